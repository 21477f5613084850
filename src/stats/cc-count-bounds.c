/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-count-bounds-private.h"

#include <string.h>

CcCell *
cc_bounding_get (CcBounding *self, guint slot)
{
  return slot < self->first_total ? &self->result->cells[slot]
                                  : &self->result->totals[slot - self->first_total];
}

CcFact *
cc_bounding_copy (CcBounding *self, const CcFact *fact)
{
  CcFactValue *values = self->scratch->values;

  memcpy (values, fact->values,
          sizeof (CcFactValue) * self->plan->fields->of[self->plan->kind]->len);
  *self->scratch = *fact;
  self->scratch->values = values;
  return self->scratch;
}

/* In which cells and totals a person would stand, each once. */
void
cc_bounding_hit (CcBounding *self, const CcFact *fact, GArray *slots)
{
  g_array_set_size (slots, 0);
  cc_count_evaluate (self->plan, cc_bounding_copy (self, fact), self->hits);
  g_array_append_vals (slots, self->hits->cells->data, self->hits->cells->len);
  if (self->hits->fate != CC_FATE_COUNTED)
    return;
  for (guint i = 0; i <= self->hits->periods->len; i++)
    {
      int   period = i < self->hits->periods->len ? g_array_index (self->hits->periods, int, i)
                                                  : (int) self->plan->periods->len;
      guint slot = self->first_total + (guint) period;

      if (period >= 0)
        g_array_append_val (slots, slot);
    }
}

/* What a table without row groups looks at in a fact, as bytes. */
static GBytes *
make_key (const CcCountPlan *plan, const CcFact *fact)
{
  GPtrArray  *fields = plan->fields->of[plan->kind];
  GByteArray *key = g_byte_array_new ();

  for (guint i = 0; i < fields->len; i++)
    {
      const CcFactValue *value = &fact->values[i];

      if (!plan->used[i])
        continue;
      g_byte_array_append (key, (const guint8 *) &value->n, sizeof (value->n));
      if (!value->n)
        continue;
      switch (((const CcField *) fields->pdata[i])->type)
        {
        case CC_VALUE_CODE:
          g_byte_array_append (key, (const guint8 *) &value->u.code, sizeof (value->u.code));
          break;
        case CC_VALUE_MASK:
          g_byte_array_append (key, (const guint8 *) &value->u.mask, sizeof (value->u.mask));
          break;
        case CC_VALUE_LIST:
          g_byte_array_append (key, (const guint8 *) value->u.list, value->n * sizeof (guint16));
          break;
        case CC_VALUE_DATE:
          g_byte_array_append (key, (const guint8 *) &value->u.date.first, sizeof (CcDay));
          g_byte_array_append (key, (const guint8 *) &value->u.date.last, sizeof (CcDay));
          break;
        case CC_VALUE_INT:
          g_byte_array_append (key, (const guint8 *) &value->u.number, sizeof (value->u.number));
          break;
        case CC_VALUE_TEXT:
        default:
          g_byte_array_append (key, (const guint8 *) value->u.text,
                               (guint) strlen (value->u.text) + 1);
          break;
        }
    }
  return g_byte_array_free_to_bytes (key);
}

/* Which subsets put a person into each slot. */
typedef struct
{
  GHashTable *of_slot; /* slot -> GArray* of guint, rising */
  GHashTable *known;   /* make_key () -> GArray* of slots */
} Outcomes;

static void
free_array (gpointer data)
{
  g_array_unref (data);
}

static GArray *
find_slots (CcBounding *self, Outcomes *outcomes, const CcFact *fact)
{
  g_autoptr (GBytes) key = self->plan->rows ? NULL : make_key (self->plan, fact);
  GArray *slots = key ? g_hash_table_lookup (outcomes->known, key) : NULL;

  if (slots)
    return g_array_ref (slots);
  slots = g_array_new (FALSE, FALSE, sizeof (guint));
  cc_bounding_hit (self, fact, slots);
  if (key)
    g_hash_table_insert (outcomes->known, g_steal_pointer (&key), g_array_ref (slots));
  return slots;
}

/* A merged person is known to an agency when one of those merged is. */
static gboolean
is_subset_known (const CcBounding *self, const CcComponent *component, guint index)
{
  guint64 rest = cc_partitions_get_subset (component->partitions, index);

  for (; rest; rest &= rest - 1)
    if (cc_count_is_known (self->plan, g_array_index (component->clusters, gint64,
                                                      (guint) __builtin_ctzll (rest))))
      return TRUE;
  return FALSE;
}

static void
note_outcomes (CcBounding *self, const CcComponent *component, Outcomes *outcomes)
{
  for (guint i = 0; i < component->facts->len; i++)
    {
      g_autoptr (GArray) slots = component->facts->pdata[i] && is_subset_known (self, component, i)
                                     ? find_slots (self, outcomes, component->facts->pdata[i])
                                     : NULL;

      for (guint j = 0; slots && j < slots->len; j++)
        {
          gpointer slot = GUINT_TO_POINTER (g_array_index (slots, guint, j));
          GArray  *subsets = g_hash_table_lookup (outcomes->of_slot, slot);

          if (!subsets)
            {
              subsets = g_array_new (FALSE, FALSE, sizeof (guint));
              g_hash_table_insert (outcomes->of_slot, slot, subsets);
            }
          g_array_append_val (subsets, i);
        }
    }
}

static guint
hash_subsets (gconstpointer data)
{
  const GArray *subsets = data;
  guint         hash = subsets->len;

  for (guint i = 0; i < subsets->len; i++)
    hash = hash * 31 + g_array_index (subsets, guint, i);
  return hash;
}

static gboolean
equal_subsets (gconstpointer a, gconstpointer b)
{
  const GArray *subsets_a = a;
  const GArray *subsets_b = b;

  return subsets_a->len == subsets_b->len
         && memcmp (subsets_a->data, subsets_b->data, subsets_a->len * sizeof (guint)) == 0;
}

/* Slots that the same subsets fill have the same bounds: those of a total, say, and of its only
 * cell. Gives each its number; returns how many differ. */
static guint
number_patterns (Outcomes *outcomes, GHashTable *patterns)
{
  GHashTableIter iter;
  gpointer       subsets;
  guint          n = 0;

  g_hash_table_iter_init (&iter, outcomes->of_slot);
  while (g_hash_table_iter_next (&iter, NULL, &subsets))
    if (!g_hash_table_contains (patterns, subsets))
      g_hash_table_insert (patterns, subsets, GUINT_TO_POINTER (n++));
  return n;
}

/* How many of the persons as things stand are in the slot. */
static gint64
count_now (const CcComponent *component, const GArray *subsets)
{
  gint64 n = 0;

  for (guint i = 0; i < subsets->len; i++)
    {
      guint64 subset =
          cc_partitions_get_subset (component->partitions, g_array_index (subsets, guint, i));

      n += (subset & (subset - 1)) == 0;
    }
  return n;
}

/* The least and the most that each slot can be over all partitions of the component. A slot that no
 * subset fills is 0 in all of them. */
static void
add_exact (CcBounding *self, const CcComponent *component)
{
  g_autoptr (GHashTable) of_slot = g_hash_table_new_full (NULL, NULL, NULL, free_array);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                                        (GDestroyNotify) g_bytes_unref, free_array);
  g_autoptr (GHashTable) patterns = g_hash_table_new (hash_subsets, equal_subsets);
  Outcomes          outcomes = { of_slot, known };
  g_autofree gint8 *values = NULL;
  g_autofree gint8 *low = NULL;
  g_autofree gint8 *high = NULL;
  GHashTableIter    iter;
  gpointer          key, value;
  guint             n;

  note_outcomes (self, component, &outcomes);
  n = number_patterns (&outcomes, patterns);
  values = g_new0 (gint8, (gsize) n * component->facts->len + 1);
  low = g_new (gint8, n + 1);
  high = g_new (gint8, n + 1);
  g_hash_table_iter_init (&iter, patterns);
  while (g_hash_table_iter_next (&iter, &key, &value))
    for (guint i = 0; i < ((GArray *) key)->len; i++)
      values[(gsize) g_array_index ((GArray *) key, guint, i) * n + GPOINTER_TO_UINT (value)] = 1;
  cc_partitions_solve (component->partitions, n, values, low, high);
  g_hash_table_iter_init (&iter, of_slot);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      CcCell *cell = cc_bounding_get (self, GPOINTER_TO_UINT (key));
      guint   pattern = GPOINTER_TO_UINT (g_hash_table_lookup (patterns, value));
      gint64  now = count_now (component, value);

      cell->low += low[pattern] - now;
      cell->high += high[pattern] - now;
    }
}

/**
 * cc_count_bounds:
 * @n_pairs: (out): open pairs of the table's kind
 * @n_undecidable: (out): records of that kind that say too little; they are outside the bounds
 *
 * Adds to each cell how far the open pairs may move it from its count, in low and high. Components
 * are independent, so that their parts add up. A component whose outcomes can be gone through is
 * exact: all partitions of its clusters into groups that open pairs connect and no decision
 * forbids, each group derived and counted as the person it would be. Else see
 * cc_bounding_add_loose ().
 */
gboolean
cc_count_bounds (const CcCountPlan *plan,
                 CcTableResult     *result,
                 guint             *n_pairs,
                 guint             *n_undecidable,
                 GCancellable      *cancellable,
                 GError           **error)
{
  CcComponents *components = cc_components_take (plan->file, plan->connection, plan->kind,
                                                 plan->derive, plan->codes, cancellable, error);
  g_autoptr (CcHits) hits = cc_hits_new ();
  g_autoptr (CcArena) arena = cc_arena_new ();
  g_autoptr (CcArena) facts = cc_arena_new ();
  CcBounding self = { plan, result, hits, cc_fact_new (arena, plan->fields, plan->kind),
                      plan->n_rows * plan->n_cols };
  gboolean   good = components != NULL;

  for (guint i = 0; good && i < components->items->len; i++)
    {
      CcComponent *component = components->items->pdata[i];

      if (component->clusters->len < 2)
        continue;
      cc_arena_reset (facts);
      good = !g_cancellable_set_error_if_cancelled (cancellable, error)
             && cc_component_fill (component, plan->file, plan->connection, plan->kind,
                                   plan->derive, plan->codes, facts, error);
      if (good && component->partitions)
        add_exact (&self, component);
      else if (good)
        cc_bounding_add_loose (&self, component);
      cc_component_empty (component);
    }
  if (components)
    {
      *n_pairs = components->n_pairs;
      *n_undecidable = components->n_undecidable;
      cc_components_give_back (components, plan->file, plan->kind);
    }
  return good;
}
