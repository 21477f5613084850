/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

static const char *const no_value_codes[] = { "", "_U", "_X", "_R", "_Z" };

static gboolean
load_lists (CcPack *self, GError **error)
{
  const char *const columns[] = { "list", "kind", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "lists.csv", columns, error);
  int column;

  if (!table)
    return FALSE;
  column = cc_csv_table_find_column (table, "list");
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *list = cc_csv_table_get (table, row, column);

      if (g_hash_table_contains (self->lists, list))
        return cc_pack_fail (table, row, error, "the list “%s” stands twice.", list);
      g_hash_table_insert (self->lists, g_strdup (list), g_ptr_array_new ());
    }
  return TRUE;
}

static gboolean
add_code (CcPack     *self,
          CcCsvTable *table,
          guint       row,
          const char *list,
          const char *code,
          const char *parent,
          int         sort,
          const char *attributes,
          GError    **error)
{
  GPtrArray       *codes = g_hash_table_lookup (self->lists, list);
  g_autofree char *key = cc_pack_key (list, code, NULL);
  CcCode          *added;

  if (!codes)
    return cc_pack_fail (table, row, error, "“%s” belongs to the list “%s”, which lists.csv lacks.",
                         code, list);
  if (g_hash_table_contains (self->codes_by_key, key))
    return cc_pack_fail (table, row, error, "the code “%s” stands twice in the list “%s”.", code,
                         list);
  added = g_new0 (CcCode, 1);
  added->index = self->codes->len;
  added->list = cc_pack_keep (self, list);
  added->code = cc_pack_keep (self, code);
  added->parent = cc_pack_keep (self, parent);
  added->sort = sort;
  added->attributes = cc_pack_keep (self, attributes);
  g_ptr_array_add (self->codes, added);
  g_ptr_array_add (codes, added);
  g_hash_table_insert (self->codes_by_key, g_steal_pointer (&key), added);
  return TRUE;
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  const CcCode *code_a = *(const CcCode *const *) a;
  const CcCode *code_b = *(const CcCode *const *) b;

  if (code_a->sort != code_b->sort)
    return code_a->sort < code_b->sort ? -1 : 1;
  return code_a->index < code_b->index ? -1 : code_a->index > code_b->index;
}

static void
sort_lists (CcPack *self)
{
  GHashTableIter iter;
  gpointer       codes;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &codes))
    g_ptr_array_sort (codes, compare_codes);
}

/* Loads lists.csv and codes.csv. */
gboolean
cc_pack_load_codes (CcPack *self, GError **error)
{
  const char *const columns[] = { "list", "code", "parent", "sort", "attributes", NULL };
  g_autoptr (CcCsvTable) table = NULL;
  int list, code, parent, sort, attributes;

  if (!load_lists (self, error)
      || !(table = cc_pack_load_table (self, "codes.csv", columns, error)))
    return FALSE;
  list = cc_csv_table_find_column (table, "list");
  code = cc_csv_table_find_column (table, "code");
  parent = cc_csv_table_find_column (table, "parent");
  sort = cc_csv_table_find_column (table, "sort");
  attributes = cc_csv_table_find_column (table, "attributes");
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    if (!add_code (self, table, row, cc_csv_table_get (table, row, list),
                   cc_csv_table_get (table, row, code), cc_csv_table_get (table, row, parent),
                   (int) g_ascii_strtoll (cc_csv_table_get (table, row, sort), NULL, 10),
                   cc_csv_table_get (table, row, attributes), error))
      return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *above = cc_csv_table_get (table, row, parent);

      if (*above && !cc_pack_find_code (self, cc_csv_table_get (table, row, list), above))
        return cc_pack_fail (table, row, error, "the parent “%s” is no code of the list “%s”.",
                             above, cc_csv_table_get (table, row, list));
    }
  sort_lists (self);
  return TRUE;
}

static void
add_country_groups (CcPack *self, const char *alpha3, const char *groups)
{
  g_auto (GStrv) names = g_strsplit (groups, ";", -1);

  for (guint i = 0; names[i]; i++)
    if (*names[i])
      g_hash_table_add (self->country_groups, cc_pack_key (alpha3, names[i], NULL));
}

/* Loads countries.csv: the codes of the list COUNTRY, their names and groups. */
gboolean
cc_pack_load_countries (CcPack *self, GError **error)
{
  const char *const columns[] = { "alpha3", "alpha2", "region", "subregion", "groups", "en",
                                  "fr",     "pt",     "es",     "ar",        "sw",     NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "countries.csv", columns, error);
  int alpha3, alpha2, groups, region, subregion;

  if (!table)
    return FALSE;
  alpha3 = cc_csv_table_find_column (table, "alpha3");
  alpha2 = cc_csv_table_find_column (table, "alpha2");
  groups = cc_csv_table_find_column (table, "groups");
  region = cc_csv_table_find_column (table, "region");
  subregion = cc_csv_table_find_column (table, "subregion");
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char      *code = cc_csv_table_get (table, row, alpha3);
      g_autofree char *key = cc_pack_key ("COUNTRY", code, NULL);
      g_autofree char *attributes = g_strdup_printf ("alpha2=%s;region=%s;subregion=%s",
                                                     cc_csv_table_get (table, row, alpha2),
                                                     cc_csv_table_get (table, row, region),
                                                     cc_csv_table_get (table, row, subregion));

      if (strlen (code) != 3)
        return cc_pack_fail (table, row, error, "“%s” is no three-letter country code.", code);
      if (!add_code (self, table, row, "COUNTRY", code, "", (int) row, attributes, error))
        return FALSE;
      add_country_groups (self, code, cc_csv_table_get (table, row, groups));
      for (guint i = 0; cc_pack_languages[i]; i++)
        cc_pack_set_label (self, "code", key, i,
                           cc_csv_table_get (table, row,
                                             cc_csv_table_find_column (table,
                                                                       cc_pack_languages[i])));
    }
  sort_lists (self);
  return TRUE;
}

/* A code once shipped is never removed: old case files hold it. */
gboolean
cc_pack_check_codes_ever (CcPack *self, GError **error)
{
  const char *const columns[] = { "list", "code", "since", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "codes-ever.csv", columns, error);
  g_autoptr (GHashTable) ever = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int list, code;

  if (!table)
    return FALSE;
  list = cc_csv_table_find_column (table, "list");
  code = cc_csv_table_find_column (table, "code");
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *old_list = cc_csv_table_get (table, row, list);
      const char *old_code = cc_csv_table_get (table, row, code);

      if (!cc_pack_find_code (self, old_list, old_code))
        return cc_pack_fail (table, row, error,
                             "the code “%s” of the list “%s” was shipped once and is now missing; "
                             "codes are retired, never removed.",
                             old_code, old_list);
      g_hash_table_add (ever, cc_pack_key (old_list, old_code, NULL));
    }
  for (guint i = 0; i < self->codes->len; i++)
    {
      CcCode          *shipped = self->codes->pdata[i];
      g_autofree char *key = cc_pack_key (shipped->list, shipped->code, NULL);

      if (!g_hash_table_contains (ever, key) && !g_str_equal (shipped->list, "COUNTRY"))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "codes-ever.csv: the code “%s” of the list “%s” is shipped but not noted.",
                       shipped->code, shipped->list);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * cc_pack_get_n_codes:
 *
 * Returns: the number of codes of all lists
 */
guint
cc_pack_get_n_codes (CcPack *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->codes->len;
}

/**
 * cc_pack_get_code:
 *
 * Returns: (transfer none): the code at @index
 */
const CcCode *
cc_pack_get_code (CcPack *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->codes->len, NULL);

  return self->codes->pdata[index];
}

/**
 * cc_pack_find_code:
 * @list: such as "SEX"
 * @code: such as "F", or one of the four kinds of no value, which belong to every list
 *
 * Returns: (transfer none) (nullable): the code
 */
const CcCode *
cc_pack_find_code (CcPack *self, const char *list, const char *code)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && list != NULL && code != NULL, NULL);

  if (cc_no_value_from_code (code) != CC_NO_VALUE_NONE)
    list = "_NOVALUE";
  key = cc_pack_key (list, code, NULL);
  return g_hash_table_lookup (self->codes_by_key, key);
}

/**
 * cc_pack_get_list_codes:
 *
 * Returns: (transfer none) (nullable) (element-type CcCode): the codes of a list in its order, the
 * kinds of no value left out
 */
GPtrArray *
cc_pack_get_list_codes (CcPack *self, const char *list)
{
  g_return_val_if_fail (self != NULL && list != NULL, NULL);

  return g_hash_table_lookup (self->lists, list);
}

/**
 * cc_pack_has_list:
 *
 * Returns: whether the pack has such a list
 */
gboolean
cc_pack_has_list (CcPack *self, const char *list)
{
  return cc_pack_get_list_codes (self, list) != NULL;
}

/**
 * cc_pack_country_in_group:
 * @alpha3: such as "BEN"
 * @group: such as "ECOWAS"
 *
 * Returns: whether the country belongs to the group
 */
gboolean
cc_pack_country_in_group (CcPack *self, const char *alpha3, const char *group)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && alpha3 != NULL && group != NULL, FALSE);

  key = cc_pack_key (alpha3, group, NULL);
  return g_hash_table_contains (self->country_groups, key);
}

/**
 * cc_code_get_attribute:
 * @key: such as "identifies"
 *
 * Returns: (transfer full) (nullable): the value of an attribute of the code
 */
char *
cc_code_get_attribute (const CcCode *code, const char *key)
{
  g_auto (GStrv) items = NULL;
  gsize length;

  g_return_val_if_fail (code != NULL && key != NULL, NULL);

  length = strlen (key);
  items = g_strsplit (code->attributes, ";", -1);
  for (guint i = 0; items[i]; i++)
    if (strncmp (items[i], key, length) == 0 && items[i][length] == '=')
      return g_strdup (items[i] + length + 1);
  return NULL;
}

/**
 * cc_no_value_from_code:
 *
 * Returns: the kind that "_U", "_X", "_R" or "_Z" stands for, else %CC_NO_VALUE_NONE
 */
CcNoValue
cc_no_value_from_code (const char *code)
{
  g_return_val_if_fail (code != NULL, CC_NO_VALUE_NONE);

  for (guint i = CC_NO_VALUE_UNKNOWN; i < G_N_ELEMENTS (no_value_codes); i++)
    if (g_str_equal (code, no_value_codes[i]))
      return i;
  return CC_NO_VALUE_NONE;
}

/**
 * cc_no_value_to_code:
 *
 * Returns: "_U", "_X", "_R" or "_Z"; "" for %CC_NO_VALUE_NONE
 */
const char *
cc_no_value_to_code (CcNoValue no_value)
{
  g_return_val_if_fail (no_value < G_N_ELEMENTS (no_value_codes), "");

  return no_value_codes[no_value];
}
