/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-order-private.h"

#include <stdlib.h>
#include <string.h>

/* Sampling, blocks that are cut and ties are settled by numbers: of words, of values, of records.
 * So that the order in which records arrived changes nothing, all of these are given out anew from
 * what the records say before anything is compared. */

typedef struct
{
  guint64     hash;
  const char *text;
  guint32     id;
} Text;

/* FNV-1a over 64 bits (Fowler, Noll, Vo), finished as in MurmurHash3. */
static guint64
hash_text (const char *text)
{
  guint64 h = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *text; text++)
    h = (h ^ (guchar) *text) * G_GUINT64_CONSTANT (0x100000001b3);
  return (h ^ h >> 33) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
}

static int
order_texts (gconstpointer a, gconstpointer b)
{
  const Text *x = a;
  const Text *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return strcmp (x->text, y->text);
}

/* Gives the texts of a table of ids their numbers, from 1 on. Returns: the new id of each old one;
 * n: texts there are, without 0 */
static guint32 *
number_texts (const CcLinkTable *self, GHashTable *ids, guint n)
{
  g_autofree Text *texts = g_new (Text, MAX (n, 1));
  guint32         *numbers = g_new0 (guint32, n + 1);
  GHashTableIter   iter;
  gpointer         text;
  gpointer         id;
  guint            i = 0;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &text, &id))
    texts[i++] = (Text){ hash_text (text), text, GPOINTER_TO_UINT (id) };
  g_assert (i == n);
  if (!cc_sort (texts, n, sizeof *texts, order_texts, self->n_threads, self->cancellable))
    return numbers;
  for (i = 0; i < n; i++)
    numbers[texts[i].id] = i + 1;
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &text, &id))
    g_hash_table_iter_replace (&iter, GUINT_TO_POINTER (numbers[GPOINTER_TO_UINT (id)]));
  return numbers;
}

static void
renumber_tokens (GArray **tokens, const guint32 *numbers, const guint32 *skeletons)
{
  GArray *result = g_array_new (FALSE, TRUE, sizeof (CcLinkToken));

  g_array_set_size (result, (*tokens)->len);
  for (guint i = 1; i < (*tokens)->len; i++)
    {
      CcLinkToken *to = &g_array_index (result, CcLinkToken, numbers[i]);

      *to = g_array_index (*tokens, CcLinkToken, i);
      to->skeleton = skeletons[to->skeleton];
    }
  g_array_unref (*tokens);
  *tokens = result;
}

static void
renumber_list (guint32 *list, guint n, const guint32 *numbers)
{
  for (guint i = 0; i < n; i++)
    list[i] = numbers[list[i]];
}

static void
renumber_texts (CcLinkTable *self)
{
  g_autofree guint32 *skeletons = number_texts (self, self->skeletons_by_text, self->n_skeletons);
  g_autofree guint32 *words = number_texts (self, self->tokens_by_text, self->tokens->len - 1);

  renumber_tokens (&self->tokens, words, skeletons);
  for (guint i = 0; i < self->rows->len && !cc_link_table_stops (self, i); i++)
    {
      CcLinkRow *row = &g_array_index (self->rows, CcLinkRow, i);

      renumber_list (row->names, row->n_names, words);
      renumber_list (row->aliases, row->n_aliases, words);
      renumber_list (row->fathers, row->n_fathers, words);
    }
  for (guint c = 0; c < self->n_columns && !cc_link_table_is_cancelled (self); c++)
    {
      CcLinkColumn       *column = &self->columns[c];
      g_autofree guint32 *values = number_texts (self, column->ids, column->values->len - 1);

      renumber_tokens (&column->values, values, skeletons);
      for (guint i = 0; i < self->rows->len; i++)
        renumber_list (&g_array_index (self->rows, CcLinkRow, i).values[c], 1, values);
    }
}

/* ---- rows ---- */

/* A row on its way to its place: by what it says, then by what its source says of others. */
typedef struct
{
  guint64          first;  /* the first words of its name, most rows end here */
  guint64          source; /* of its entity, delivery, event and own number; see sum_sources() */
  gint64           id;     /* the caller's */
  const CcLinkRow *row;
  guint32          position;
} Place;

#define N_WORDS (G_STRUCT_OFFSET (CcLinkRow, delivery) / sizeof (guint32))

static int
order_said (const CcLinkRow *a, const CcLinkRow *b)
{
  const guint32 *x = (const guint32 *) a;
  const guint32 *y = (const guint32 *) b;

  for (guint i = 0; i < N_WORDS; i++)
    if (x[i] != y[i])
      return x[i] < y[i] ? -1 : 1;
  return memcmp (a->roles, b->roles, sizeof *a - G_STRUCT_OFFSET (CcLinkRow, roles));
}

static int
order_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;
  int          said;

  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  said = order_said (x->row, y->row);
  if (said != 0)
    return said;
  if (x->source != y->source)
    return x->source < y->source ? -1 : 1;
  if (x->id != y->id)
    return x->id < y->id ? -1 : 1;
  return x->position < y->position ? -1 : x->position > y->position;
}

static guint64
mix (guint64 h, guint64 value)
{
  h = (h ^ value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return h ^ h >> 32;
}

static guint64
hash_said (const CcLinkRow *row)
{
  const guint32 *words = (const guint32 *) row;
  guint64        h = 1;

  for (guint i = 0; i < N_WORDS; i++)
    h = mix (h, words[i]);
  for (const guint8 *at = row->roles; at < (const guint8 *) (row + 1); at++)
    h = mix (h, *at);
  return h;
}

static guint32
get_source_number (const CcLinkRow *row, guint kind)
{
  return kind == 0   ? row->entity
         : kind == 1 ? row->delivery
         : kind == 2 ? row->event
                     : row->own_number;
}

/* Entities, deliveries, events and own numbers are numbered by the caller, perhaps in the order in
 * which they came up. What tells them apart without their number are all the rows that go with
 * them: a sum does not depend on the order. */
static void
sum_sources (CcLinkTable *self, Place *places)
{
  const guint         n = self->rows->len;
  g_autofree guint64 *said = g_new (guint64, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    said[i] = hash_said (cc_link_table_row (self, i));
  for (guint kind = 0; kind < 4; kind++)
    {
      g_autoptr (GHashTable) indices = g_hash_table_new (NULL, NULL);
      g_autofree guint64 *sums = g_new0 (guint64, n + 1);
      g_autofree guint32 *index_of = g_new0 (guint32, MAX (n, 1));

      for (guint i = 0; i < n && !cc_link_table_stops (self, i); i++)
        {
          const CcLinkRow *row = cc_link_table_row (self, i);
          gpointer         number = GUINT_TO_POINTER (get_source_number (row, kind));

          if (number == NULL)
            continue;
          index_of[i] = GPOINTER_TO_UINT (g_hash_table_lookup (indices, number));
          if (index_of[i] == 0)
            {
              index_of[i] = g_hash_table_size (indices) + 1;
              g_hash_table_insert (indices, number, GUINT_TO_POINTER (index_of[i]));
            }
          sums[index_of[i]] += said[i];
        }
      for (guint i = 0; i < n; i++)
        places[i].source = mix (places[i].source, sums[index_of[i]]);
    }
}

static void
arrange_rows (CcLinkTable *self)
{
  const guint       n = self->rows->len;
  g_autofree Place *places = g_new0 (Place, MAX (n, 1));
  GArray           *rows = g_array_sized_new (FALSE, TRUE, sizeof (CcLinkRow), n);

  self->positions = g_new (guint32, MAX (n, 1));
  self->row_at = g_new (guint32, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const CcLinkRow *row = cc_link_table_row (self, i);

      places[i].first = (guint64) row->names[0] << 32 | row->names[1];
      places[i].row = row;
      places[i].id = g_array_index (self->ids, gint64, i);
      places[i].position = i;
    }
  sum_sources (self, places);
  if (!cc_sort (places, n, sizeof *places, order_places, self->n_threads, self->cancellable))
    {
      g_array_unref (rows);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_array_append_vals (rows, places[i].row, 1);
      self->positions[i] = places[i].position;
      self->row_at[places[i].position] = i;
    }
  g_array_unref (self->rows);
  self->rows = rows;
}

/**
 * cc_link_order_table:
 *
 * Numbers words, values and rows by what they say, so that nothing found later depends on the order
 * in which they were added. Rows that say the same are told apart by the rows of the same source,
 * and where these are alike as well, by the caller's ids.
 */
void
cc_link_order_table (CcLinkTable *self)
{
  renumber_texts (self);
  if (!cc_link_table_is_cancelled (self))
    arrange_rows (self);
}

/* ---- between rows and positions ---- */

/**
 * cc_link_order_verdicts:
 * @verdicts: (array length=n): by positions
 *
 * Returns: (transfer full): the same by rows
 */
CcLinkVerdict *
cc_link_order_verdicts (const CcLinkTable *self, const CcLinkVerdict *verdicts, guint n)
{
  CcLinkVerdict *result = g_new (CcLinkVerdict, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    result[i] = (CcLinkVerdict){ self->row_at[verdicts[i].a], self->row_at[verdicts[i].b],
                                 verdicts[i].same };
  return result;
}

/**
 * cc_link_order_clusters:
 * @cluster_of: (inout): in: the first row of each row's cluster; out: the first position of each
 *   position's cluster
 */
void
cc_link_order_clusters (const CcLinkTable *self, guint32 **cluster_of)
{
  const guint         n = self->rows->len;
  guint32            *result = g_new (guint32, MAX (n, 1));
  g_autofree guint32 *first = g_new (guint32, MAX (n, 1));

  memset (first, 0xff, n * sizeof *first);
  for (guint i = 0; i < n; i++)
    {
      guint32 cluster = (*cluster_of)[self->row_at[i]];

      if (first[cluster] == G_MAXUINT32)
        first[cluster] = i;
      result[i] = first[cluster];
    }
  g_free (*cluster_of);
  *cluster_of = result;
}

/**
 * cc_link_order_flags:
 * @flags: (inout): in: by rows; out: by positions
 */
void
cc_link_order_flags (const CcLinkTable *self, guint8 **flags)
{
  guint8 *result = g_new (guint8, MAX (self->rows->len, 1));

  for (guint i = 0; i < self->rows->len; i++)
    result[i] = (*flags)[self->row_at[i]];
  g_free (*flags);
  *flags = result;
}

static int
order_proposals (gconstpointer a, gconstpointer b)
{
  const CcLinkProposal *x = a;
  const CcLinkProposal *y = b;

  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

/**
 * cc_link_order_proposals:
 * @proposals: in: by rows; out: by positions, in the order of positions
 */
void
cc_link_order_proposals (const CcLinkTable *self, GArray *proposals)
{
  for (guint i = 0; i < proposals->len; i++)
    {
      CcLinkProposal *at = &g_array_index (proposals, CcLinkProposal, i);
      guint32         a = self->positions[at->a];
      guint32         b = self->positions[at->b];

      at->a = MIN (a, b);
      at->b = MAX (a, b);
    }
  (void) cc_link_table_sort (self, proposals, order_proposals);
}
