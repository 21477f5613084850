/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-private.h"

#include <cc/base/cc-error.h>

#include <stdlib.h>
#include <string.h>

#define NO_TARGET "none"

typedef struct
{
  const char *target;
  int         sort;
} Target;

static int
compare_targets (gconstpointer a, gconstpointer b)
{
  const Target *target_a = a;
  const Target *target_b = b;

  return target_a->sort != target_b->sort ? target_a->sort - target_b->sort
                                          : strcmp (target_a->target, target_b->target);
}

static gboolean
load_targets (CcPack *self, GError **error)
{
  const char *const columns[] = { "scheme", "list", "target", "sort", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "rollup_targets.csv", columns, error);
  g_autoptr (GHashTable) sorted =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  int            scheme, list, target, sort;
  GHashTableIter iter;
  gpointer       key, value;

  if (!table)
    return FALSE;
  scheme = cc_csv_table_find_column (table, "scheme");
  list = cc_csv_table_find_column (table, "list");
  target = cc_csv_table_find_column (table, "target");
  sort = cc_csv_table_find_column (table, "sort");
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      g_autofree char *place = cc_pack_key (cc_csv_table_get (table, row, scheme),
                                            cc_csv_table_get (table, row, list), NULL);
      GArray          *targets = g_hash_table_lookup (sorted, place);
      Target           added = { cc_pack_keep (self, cc_csv_table_get (table, row, target)),
                                 atoi (cc_csv_table_get (table, row, sort)) };

      if (!targets)
        {
          targets = g_array_new (FALSE, FALSE, sizeof (Target));
          g_hash_table_insert (sorted, g_steal_pointer (&place), targets);
        }
      g_array_append_val (targets, added);
    }
  g_hash_table_iter_init (&iter, sorted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      GArray    *targets = value;
      GPtrArray *names = g_ptr_array_new ();

      g_array_sort (targets, compare_targets);
      for (guint i = 0; i < targets->len; i++)
        g_ptr_array_add (names, (gpointer) g_array_index (targets, Target, i).target);
      g_hash_table_insert (self->targets, g_strdup (key), names);
    }
  return TRUE;
}

static gboolean
has_target (GPtrArray *targets, const char *target)
{
  return targets && g_ptr_array_find_with_equal_func (targets, target, g_str_equal, NULL);
}

static gboolean
add_roll_up (CcPack *self, CcCsvTable *table, guint row, GHashTable *places, GError **error)
{
#define CELL(column) cc_csv_table_get (table, row, cc_csv_table_find_column (table, column))
  const char      *scheme = CELL ("scheme");
  const char      *list = CELL ("list");
  const char      *code = CELL ("code");
  const char      *target = CELL ("target");
  g_autofree char *key = cc_pack_key (scheme, list, code, NULL);
  g_autofree char *place = cc_pack_key (scheme, list, NULL);

  if (!cc_pack_find_code (self, list, code))
    return cc_pack_fail (table, row, error, "“%s” is no code of the list “%s”.", code, list);
  if (g_hash_table_contains (self->roll_ups, key))
    return cc_pack_fail (table, row, error, "“%s” has two targets in the scheme “%s”.", code,
                         scheme);
  if (!g_str_equal (target, NO_TARGET)
      && !has_target (g_hash_table_lookup (self->targets, place), target))
    return cc_pack_fail (table, row, error, "“%s” is no target of the scheme “%s” for “%s”.",
                         target, scheme, list);
  g_hash_table_insert (self->roll_ups, g_steal_pointer (&key),
                       (gpointer) cc_pack_keep (self, target));
  g_hash_table_add (places, g_steal_pointer (&place));
  if (!g_ptr_array_find_with_equal_func (self->schemes, scheme, g_str_equal, NULL))
    g_ptr_array_add (self->schemes, (gpointer) cc_pack_keep (self, scheme));
  return TRUE;
#undef CELL
}

/* Every code of a list must have a row in each scheme that speaks of the list. */
static gboolean
check_complete (CcPack *self, GHashTable *places, GError **error)
{
  for (guint i = 0; i < self->codes->len; i++)
    {
      const CcCode *code = self->codes->pdata[i];

      for (guint j = 0; j < self->schemes->len; j++)
        {
          const char      *scheme = self->schemes->pdata[j];
          g_autofree char *place = cc_pack_key (scheme, code->list, NULL);
          g_autofree char *key = cc_pack_key (scheme, code->list, code->code, NULL);

          if (g_hash_table_contains (places, place) && !g_hash_table_contains (self->roll_ups, key))
            {
              g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                           "rollups.csv: the code “%s” of the list “%s” has neither a target nor "
                           "“none” in the scheme “%s”.",
                           code->code, code->list, scheme);
              return FALSE;
            }
        }
    }
  return TRUE;
}

/* Loads rollup_targets.csv and rollups.csv. */
gboolean
cc_pack_load_roll_ups (CcPack *self, GError **error)
{
  const char *const columns[] = { "scheme", "list", "code", "target", NULL };
  g_autoptr (CcCsvTable) table = NULL;
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!load_targets (self, error)
      || !(table = cc_pack_load_table (self, "rollups.csv", columns, error)))
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    if (!add_roll_up (self, table, row, places, error))
      return FALSE;
  return check_complete (self, places, error);
}

/**
 * cc_pack_has_scheme:
 *
 * Returns: whether the roll-up scheme speaks of the list
 */
gboolean
cc_pack_has_scheme (CcPack *self, const char *scheme, const char *list)
{
  return cc_pack_get_targets (self, scheme, list) != NULL;
}

/**
 * cc_pack_roll_up:
 * @scheme: such as "unodc"; "code" is the scheme in which each code is its own target
 *
 * Returns: (nullable): the code's one target in the scheme, %NULL where it has none
 */
const char *
cc_pack_roll_up (CcPack *self, const char *scheme, const char *list, const char *code)
{
  g_autofree char *key = NULL;
  const char      *target;

  g_return_val_if_fail (self && scheme && list && code, NULL);

  if (g_str_equal (scheme, "code"))
    {
      const CcCode *found = cc_pack_find_code (self, list, code);

      return found ? found->code : NULL;
    }
  key = cc_pack_key (scheme, list, code, NULL);
  target = g_hash_table_lookup (self->roll_ups, key);
  /* "none" is an answer of its own where the targets list it (no return, no compensation ...). */
  if (target && g_str_equal (target, NO_TARGET)
      && !has_target (cc_pack_get_targets (self, scheme, list), NO_TARGET))
    return NULL;
  return target;
}

/**
 * cc_pack_get_targets:
 *
 * Returns: (transfer none) (nullable) (element-type utf8): the targets of a scheme for a list in
 * their order
 */
GPtrArray *
cc_pack_get_targets (CcPack *self, const char *scheme, const char *list)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (self && scheme && list, NULL);

  place = cc_pack_key (scheme, list, NULL);
  return g_hash_table_lookup (self->targets, place);
}

/**
 * cc_pack_get_schemes:
 *
 * Returns: (transfer none) (element-type utf8): the names of all schemes
 */
GPtrArray *
cc_pack_get_schemes (CcPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->schemes;
}
