/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

#include <string.h>

#define PHONE_OWNERS 40 /* whose numbers others use, for each 2,000 persons */

/* Names of one kind, the commonest first. */
typedef struct
{
  GArray  *names; /* CcNameEntry */
  guint32 *sums;  /* of their weights up to each */
} Names;

/* The names of a large country are concentrated as real ones are: one family name has 12 % of the
 * families, the others fall off as in Zipf's law, by the common names of the practice data first
 * and then by built ones; given names in the same way, but less so. */
struct _CcCrowd
{
  Names kinds[3]; /* family, given f, given m */
  guint n_phone_owners;
};

static const struct
{
  guint n;
  guint top; /* of 100 persons have the commonest one */
} plans[] = { { 20000, 12 }, { 4000, 4 }, { 4000, 4 } };

static void
clear_entry (gpointer data)
{
  CcNameEntry *entry = data;

  for (guint i = 0; i < CC_PRACTICE_N_SPELLINGS; i++)
    g_free (entry->spelled[i]);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const CcNameEntry *x = a, *y = b;

  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  return strcmp (x->spelled[CC_SPELLING_FRENCH], y->spelled[CC_SPELLING_FRENCH]);
}

/* Takes the spellings over, unless another name is written like it. */
static void
add_name (Names *self, GHashTable *seen, CcNameEntry entry)
{
  if (g_hash_table_contains (seen, entry.spelled[CC_SPELLING_FRENCH]))
    {
      clear_entry (&entry);
      return;
    }
  g_array_append_val (self->names, entry);
  g_hash_table_add (seen, entry.spelled[CC_SPELLING_FRENCH]);
}

static void
add_common (Names *self, guint kind, CcPracticeData *data, GHashTable *seen)
{
  for (guint r = 0; r < data->regions->len; r++)
    {
      GArray *names = ((CcNameRegion *) data->regions->pdata[r])->names[kind];

      for (guint i = 0; i < names->len; i++)
        {
          const CcNameEntry *common = &g_array_index (names, CcNameEntry, i);
          CcNameEntry        entry = { .weight = common->weight };

          for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
            entry.spelled[s] = g_strdup (common->spelled[s]);
          add_name (self, seen, entry);
        }
    }
  g_array_sort (self->names, compare_entries);
}

/* Built from the sounds of the regions that have any. */
static void
add_rare (Names *self, guint n, CcPracticeData *data, GHashTable *seen, guint64 seed)
{
  g_autoptr (GPtrArray) regions = g_ptr_array_new ();
  CcRandom random;

  for (guint r = 0; r < data->regions->len; r++)
    if (((CcNameRegion *) data->regions->pdata[r])->sounds[0]->len > 0)
      g_ptr_array_add (regions, data->regions->pdata[r]);
  cc_random_init (&random, seed);
  while (regions->len > 0 && self->names->len < n)
    {
      CcNameEntry entry = { 0 };

      cc_practice_build_name (regions->pdata[cc_random_below (&random, regions->len)], &random,
                              entry.spelled);
      add_name (self, seen, entry);
    }
}

/* Whole numbers, so that every machine draws alike: the sum stays below 2^32. */
static void
add_up (Names *self, guint top)
{
  guint32 sum = 0;

  self->sums = g_new (guint32, self->names->len);
  for (guint i = 1; i < self->names->len; i++)
    sum += 100000000 / (i + 2);
  sum = (guint32) ((guint64) sum * top / (100 - top));
  for (guint i = 0; i < self->names->len; i++)
    self->sums[i] = sum += i == 0 ? 0 : 100000000 / (i + 2);
}

/* The names of a large country of so many persons; `data` gives names and sounds. */
CcCrowd *
cc_crowd_new (CcPracticeData *data, guint64 seed, guint persons)
{
  CcCrowd *self = g_new0 (CcCrowd, 1);

  self->n_phone_owners = MAX (PHONE_OWNERS, persons / 2000 * PHONE_OWNERS);
  for (guint kind = 0; kind < G_N_ELEMENTS (self->kinds); kind++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
      Names *names = &self->kinds[kind];

      names->names = g_array_new (FALSE, TRUE, sizeof (CcNameEntry));
      g_array_set_clear_func (names->names, clear_entry);
      add_common (names, kind, data, seen);
      add_rare (names, plans[kind].n, data, seen, cc_practice_mix (seed, 60 + kind));
      add_up (names, plans[kind].top);
    }
  return self;
}

void
cc_crowd_free (CcCrowd *self)
{
  if (self == NULL)
    return;
  for (guint kind = 0; kind < G_N_ELEMENTS (self->kinds); kind++)
    {
      g_array_unref (self->kinds[kind].names);
      g_free (self->kinds[kind].sums);
    }
  g_free (self);
}

/* A name in all spellings, to free; the commonest of its kind (0 family, 1 given f, 2 given m) has
 * the number 0. */
guint
cc_crowd_draw (const CcCrowd *self, guint kind, CcRandom *random, char **spelled)
{
  const Names *names = &self->kinds[kind];
  guint32      at = cc_random_below (random, names->sums[names->names->len - 1]);
  guint        low = 0, high = names->names->len - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (names->sums[middle] <= at)
        low = middle + 1;
      else
        high = middle;
    }
  for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
    spelled[s] = g_strdup (g_array_index (names->names, CcNameEntry, low).spelled[s]);
  return low;
}

/* How many people own the telephones that others use. */
guint
cc_crowd_count_phone_owners (const CcCrowd *self)
{
  return self->n_phone_owners;
}
