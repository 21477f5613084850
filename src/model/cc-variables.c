/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-private.h"

typedef struct
{
  const char *name;
  int         value;
} Word;

static gboolean
find_word (const Word *words, guint n_words, const char *name, int *value)
{
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (words[i].name, name))
      {
        *value = words[i].value;
        return TRUE;
      }
  return FALSE;
}

static const Word type_words[] = {
  { "code", CC_VARIABLE_CODE },
  { "multi", CC_VARIABLE_MULTI },
  { "date", CC_VARIABLE_DATE },
  { "age", CC_VARIABLE_AGE },
  { "int", CC_VARIABLE_INT },
  { "text", CC_VARIABLE_TEXT },
  { "flag", CC_VARIABLE_FLAG },
  { "ref", CC_VARIABLE_REF },
  { "identifier", CC_VARIABLE_IDENTIFIER },
};

static const Word storage_words[] = {
  { "column", CC_STORAGE_COLUMN },         { "answer", CC_STORAGE_ANSWER },
  { "identifier", CC_STORAGE_IDENTIFIER }, { "derived", CC_STORAGE_DERIVED },
  { "parent", CC_STORAGE_PARENT },         { "meta", CC_STORAGE_META },
};

/* Loads units.csv. */
gboolean
cc_pack_load_units (CcPack *self, GError **error)
{
  const char *const columns[] = { "abbr", "unit", "kind", "parents", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "units.csv", columns, error);
  int abbr, name, kind, parents;

  if (!table)
    return FALSE;
  abbr = cc_csv_table_find_column (table, "abbr");
  name = cc_csv_table_find_column (table, "unit");
  kind = cc_csv_table_find_column (table, "kind");
  parents = cc_csv_table_find_column (table, "parents");
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *unit_name = cc_csv_table_get (table, row, name);
      const char *parent_names = cc_csv_table_get (table, row, parents);
      CcUnit     *unit;

      if (cc_pack_find_unit (self, unit_name))
        return cc_pack_fail (table, row, error, "the unit “%s” stands twice.", unit_name);
      unit = g_new0 (CcUnit, 1);
      unit->abbr = cc_pack_keep (self, cc_csv_table_get (table, row, abbr));
      unit->name = cc_pack_keep (self, unit_name);
      unit->kind = cc_pack_keep (self, cc_csv_table_get (table, row, kind));
      unit->parents = *parent_names ? g_strsplit (parent_names, ";", -1) : g_new0 (char *, 1);
      g_ptr_array_add (self->units, unit);
    }
  for (guint row = 0; row < self->units->len; row++)
    {
      CcUnit *unit = self->units->pdata[row];

      for (guint i = 0; unit->parents[i]; i++)
        if (!cc_pack_find_unit (self, unit->parents[i]))
          return cc_pack_fail (table, row, error, "there is no unit “%s” to be the parent of “%s”.",
                               unit->parents[i], unit->name);
    }
  return TRUE;
}

static gboolean
add_variable (CcPack *self, CcCsvTable *table, guint row, GError **error)
{
#define CELL(column) cc_csv_table_get (table, row, cc_csv_table_find_column (table, column))
  CcVariable      *variable;
  const char      *id = CELL ("id");
  const char      *unit = CELL ("unit");
  const char      *list = CELL ("list");
  g_autofree char *key = cc_pack_key (unit, CELL ("name"), NULL);
  int              type, storage;

  if (g_hash_table_contains (self->variables_by_id, id))
    return cc_pack_fail (table, row, error, "the variable “%s” stands twice.", id);
  if (g_hash_table_contains (self->variables_by_name, key))
    return cc_pack_fail (table, row, error, "the name “%s” stands twice in its unit.", key);
  if (!cc_pack_find_unit (self, unit))
    return cc_pack_fail (table, row, error, "“%s” names the unit “%s”, which units.csv lacks.", id,
                         unit);
  if (!find_word (type_words, G_N_ELEMENTS (type_words), CELL ("type"), &type))
    return cc_pack_fail (table, row, error, "“%s” is no type of a variable.", CELL ("type"));
  if (!find_word (storage_words, G_N_ELEMENTS (storage_words), CELL ("storage"), &storage))
    return cc_pack_fail (table, row, error, "“%s” is no storage of a variable.", CELL ("storage"));
  if (*list && !cc_pack_has_list (self, list))
    return cc_pack_fail (table, row, error, "“%s” uses the list “%s”, which lists.csv lacks.", id,
                         list);
  if (!*list && (type == CC_VARIABLE_CODE || type == CC_VARIABLE_MULTI))
    return cc_pack_fail (table, row, error, "“%s” takes codes but names no list.", id);

  variable = g_new0 (CcVariable, 1);
  variable->index = self->variables->len;
  variable->id = cc_pack_keep (self, id);
  variable->unit = cc_pack_keep (self, unit);
  variable->name = cc_pack_keep (self, CELL ("name"));
  variable->type = type;
  variable->storage = storage;
  variable->list = cc_pack_keep (self, list);
  variable->group = cc_pack_keep (self, CELL ("group"));
  variable->card = cc_pack_keep (self, CELL ("card"));
  variable->tier = (int) g_ascii_strtoll (CELL ("tier"), NULL, 10);
  variable->ours = g_str_equal (CELL ("ours"), "yes");
  variable->definition = cc_pack_keep (self, CELL ("definition"));
  g_ptr_array_add (self->variables, variable);
  g_hash_table_insert (self->variables_by_id, g_strdup (id), variable);
  g_hash_table_insert (self->variables_by_name, g_steal_pointer (&key), variable);
  return TRUE;
#undef CELL
}

/* Loads variables.csv; units and lists are there already. */
gboolean
cc_pack_load_variables (CcPack *self, GError **error)
{
  const char *const columns[] = { "id",    "unit",    "name", "type", "card",       "list",
                                  "group", "storage", "tier", "ours", "definition", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "variables.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    if (!add_variable (self, table, row, error))
      return FALSE;
  return TRUE;
}

/**
 * cc_pack_find_unit:
 * @name: a unit's name or abbreviation
 *
 * Returns: (transfer none) (nullable): the unit
 */
const CcUnit *
cc_pack_find_unit (CcPack *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->units->len; i++)
    {
      CcUnit *unit = self->units->pdata[i];

      if (g_str_equal (unit->name, name) || g_str_equal (unit->abbr, name))
        return unit;
    }
  return NULL;
}

/**
 * cc_pack_get_n_units:
 *
 * Returns: the number of units, links included
 */
guint
cc_pack_get_n_units (CcPack *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->units->len;
}

/**
 * cc_pack_get_unit:
 *
 * Returns: (transfer none): the unit at @index, in the order of units.csv
 */
const CcUnit *
cc_pack_get_unit (CcPack *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->units->len, NULL);

  return self->units->pdata[index];
}

/**
 * cc_pack_get_n_variables:
 *
 * Returns: the number of variables
 */
guint
cc_pack_get_n_variables (CcPack *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->variables->len;
}

/**
 * cc_pack_get_variable:
 *
 * Returns: (transfer none): the variable at @index, in the order of variables.csv
 */
const CcVariable *
cc_pack_get_variable (CcPack *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->variables->len, NULL);

  return self->variables->pdata[index];
}

/**
 * cc_pack_find_variable:
 * @id: such as "VI03"
 *
 * Returns: (transfer none) (nullable): the variable
 */
const CcVariable *
cc_pack_find_variable (CcPack *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  return g_hash_table_lookup (self->variables_by_id, id);
}

/**
 * cc_pack_find_unit_variable:
 * @unit: such as "victim"
 * @name: such as "sex"
 *
 * Returns: (transfer none) (nullable): the variable
 */
const CcVariable *
cc_pack_find_unit_variable (CcPack *self, const char *unit, const char *name)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && unit != NULL && name != NULL, NULL);

  key = cc_pack_key (unit, name, NULL);
  return g_hash_table_lookup (self->variables_by_name, key);
}
