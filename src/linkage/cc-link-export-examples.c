/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-export-private.h"

/* Examples of each level by class of name agreement; pairs in all, and pairs looked at for them. */
#define EXAMPLES_PER_LEVEL 2
#define MOST_EXAMPLES      3000
#define MOST_PAIRS         4000000

/* One pair in so many is an example whatever it shows. */
#define ANY_PAIR 5000

typedef struct
{
  CcLinkTable        *table;
  const CcLinkLearnt *learnt;
  const guint8       *uuids;
  GHashTable         *seen; /* a << 32 | b */
  guint8              counts[CC_LINK_MAX_COMPARISONS][CC_LINK_CLASSES][CC_LINK_MAX_LEVELS];
  guint64             n_pairs;
  GString            *text;
} Choice;

static gboolean
is_wanted (Choice *self, guint64 levels)
{
  guint class = cc_link_name_class (cc_link_pattern_level (levels, CC_LINK_COMPARE_NAME));
  gboolean wanted = self->n_pairs % ANY_PAIR == 0;

  for (guint i = 0; i < self->learnt->model.n_comparisons; i++)
    wanted |= self->counts[i][class][cc_link_pattern_level (levels, i)] < EXAMPLES_PER_LEVEL;
  if (!wanted)
    return FALSE;
  for (guint i = 0; i < self->learnt->model.n_comparisons; i++)
    {
      guint8 *count = &self->counts[i][class][cc_link_pattern_level (levels, i)];

      *count = MIN (*count + 1, EXAMPLES_PER_LEVEL);
    }
  return TRUE;
}

static void
append_example (Choice *self, guint32 a, guint32 b, CcLinkPattern pattern)
{
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  cc_link_export_append_id (self->text, a, self->uuids + 16 * (gsize) a);
  g_string_append_c (self->text, ',');
  cc_link_export_append_id (self->text, b, self->uuids + 16 * (gsize) b);
  for (guint i = 0; i < self->learnt->model.n_comparisons; i++)
    g_string_append_printf (self->text, ",%u", cc_link_pattern_level (pattern.levels, i));
  g_ascii_formatd (weight, sizeof weight, "%.6f",
                   cc_link_model_weigh (&self->learnt->model, pattern) / (double) CC_LINK_BIT);
  g_string_append_printf (self->text, ",%d,%s\n", pattern.adjust, weight);
}

static void
try_pair (Choice *self, guint32 x, guint32 y)
{
  const guint32 a = MIN (x, y);
  const guint32 b = MAX (x, y);
  const guint64 key = (guint64) a << 32 | b;
  CcLinkPattern pattern =
      cc_link_compare (self->table, self->learnt->frequencies, cc_link_table_row (self->table, a),
                       cc_link_table_row (self->table, b));

  self->n_pairs++;
  if (!is_wanted (self, pattern.levels) || g_hash_table_contains (self->seen, &key))
    return;
  g_hash_table_add (self->seen, g_memdup2 (&key, sizeof key));
  append_example (self, a, b, pattern);
}

static gboolean
is_enough (Choice *self)
{
  return self->n_pairs >= MOST_PAIRS || g_hash_table_size (self->seen) >= MOST_EXAMPLES
         || cc_link_table_is_cancelled (self->table);
}

static void
try_key (Choice *self, const CcLinkKey *key)
{
  for (guint i = 0; i < key->blocks->len && !is_enough (self); i++)
    {
      const CcLinkBlock *block = &g_array_index (key->blocks, CcLinkBlock, i);
      const guint32     *records = key->records + block->first;

      for (guint x = 0; x < block->n; x++)
        for (guint y = x + 1; y < block->n; y++)
          try_pair (self, records[x], records[y]);
    }
}

/**
 * cc_link_export_examples:
 *
 * Writes pairs with what this program finds of them, so that whoever runs the rules elsewhere can
 * tell whether they find the same: some for every level that occurs, among those that name words
 * agree in none, one or several, and some as they come. The weight is what the model says, before
 * pairs of too few signs are limited.
 */
GString *
cc_link_export_examples (CcLinkTable *table, const CcLinkLearnt *learnt, const guint8 *uuids)
{
  g_autofree Choice *self = g_new0 (Choice, 1);

  self->table = table;
  self->learnt = learnt;
  self->uuids = uuids;
  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->text = g_string_new ("unique_id_l,unique_id_r,name,birth,alias,father,sex,source");
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_autofree char *name = cc_link_export_name (table->columns[i].name);

      g_string_append_printf (self->text, ",%s", name);
    }
  g_string_append (self->text, ",rarity,weight\n");
  for (guint i = 0; i < learnt->blocking->n_keys; i++)
    try_key (self, &learnt->blocking->keys[i]);
  g_hash_table_unref (self->seen);
  return self->text;
}
