/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-private.h"

static gboolean
check_field (CcPack *self, CcCsvTable *table, guint row, CcContractField *field, GError **error)
{
  if (!*field->variable && !*field->derivation)
    return cc_pack_fail (table, row, error, "the field “%s” of “%s” has no source.", field->field,
                         field->record);
  if (*field->variable && !cc_pack_find_variable (self, field->variable))
    return cc_pack_fail (table, row, error, "“%s” is no variable of the pack.", field->variable);
  if (!cc_pack_find_unit (self, field->unit))
    return cc_pack_fail (table, row, error, "“%s” is no unit of the pack.", field->unit);
  if (*field->list && !cc_pack_has_list (self, field->list))
    return cc_pack_fail (table, row, error, "“%s” is no list of the pack.", field->list);
  if (*field->handles && !g_str_equal (field->handles, "@") && !g_str_equal (field->handles, "code")
      && !cc_pack_has_scheme (self, field->handles, field->list))
    return cc_pack_fail (table, row, error, "the scheme “%s” does not speak of the list “%s”.",
                         field->handles, field->list);
  return TRUE;
}

static gboolean
add_field (CcPack *self, CcCsvTable *table, guint row, GError **error)
{
#define CELL(column)                                                                               \
  cc_pack_keep (self, cc_csv_table_get (table, row, cc_csv_table_find_column (table, column)))
  g_autofree CcContractField *field = g_new0 (CcContractField, 1);
  g_autofree char            *key = NULL;

  field->record = CELL ("record");
  field->field = CELL ("field");
  field->type = CELL ("type");
  field->multi = g_str_equal (CELL ("multi"), "yes");
  field->tree = g_str_equal (CELL ("tree"), "yes");
  field->unit = CELL ("unit");
  field->group = CELL ("group");
  field->variable = CELL ("variable");
  field->list = CELL ("list");
  field->handles = CELL ("handles");
  field->derivation = CELL ("derivation");
  field->select = CELL ("select");
  key = cc_pack_key (field->record, field->field, NULL);
  if (g_hash_table_contains (self->fields_by_key, key))
    return cc_pack_fail (table, row, error, "the field “%s” stands twice.", key);
  if (!check_field (self, table, row, field, error))
    return FALSE;
  g_hash_table_insert (self->fields_by_key, g_steal_pointer (&key), field);
  g_ptr_array_add (self->fields, g_steal_pointer (&field));
  return TRUE;
#undef CELL
}

/* Loads contract.csv: what questionnaires may refer to, and where each field comes from. */
gboolean
cc_pack_load_contract (CcPack *self, GError **error)
{
  const char *const columns[] = { "record",     "field",  "type",     "multi", "tree",
                                  "unit",       "group",  "variable", "list",  "handles",
                                  "derivation", "select", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "contract.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    if (!add_field (self, table, row, error))
      return FALSE;
  return TRUE;
}

/**
 * cc_pack_find_field:
 * @record: victim, perp, event or return
 * @field: such as "age-class"
 *
 * Returns: (transfer none) (nullable): the field of the contract
 */
const CcContractField *
cc_pack_find_field (CcPack *self, const char *record, const char *field)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self && record && field, NULL);

  key = cc_pack_key (record, field, NULL);
  return g_hash_table_lookup (self->fields_by_key, key);
}

/**
 * cc_pack_get_fields:
 * @record: (nullable): victim, perp, event or return; %NULL for all
 *
 * Returns: (transfer container) (element-type CcContractField): the fields in the contract's order
 */
GPtrArray *
cc_pack_get_fields (CcPack *self, const char *record)
{
  GPtrArray *fields;

  g_return_val_if_fail (self != NULL, NULL);

  fields = g_ptr_array_new ();
  for (guint i = 0; i < self->fields->len; i++)
    {
      CcContractField *field = self->fields->pdata[i];

      if (!record || g_str_equal (field->record, record))
        g_ptr_array_add (fields, field);
    }
  return fields;
}
