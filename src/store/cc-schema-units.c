/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-schema-private.h"

#include <string.h>

/* Longest code list whose multi-answers fit one 64-bit mask. */
#define MASK_BITS 64

/* The columns of a variable by type: suffix and SQL type. A code, an entity and a flag are ids. */
static const struct
{
  const char *suffix[4];
  const char *type[4];
} columns_of[] = {
  [CC_VARIABLE_CODE] = { { "" }, { "INTEGER" } },
  [CC_VARIABLE_FLAG] = { { "" }, { "INTEGER" } },
  [CC_VARIABLE_REF] = { { "" }, { "INTEGER" } },
  [CC_VARIABLE_INT] = { { "" }, { "INTEGER" } },
  [CC_VARIABLE_TEXT] = { { "" }, { "TEXT" } },
  [CC_VARIABLE_DATE] = { { "_first", "_last", "_text" }, { "INTEGER", "INTEGER", "TEXT" } },
  [CC_VARIABLE_AGE] = { { "_min", "_max", "_day" }, { "INTEGER", "INTEGER", "INTEGER" } },
  [CC_VARIABLE_MULTI] = { { NULL } },
  [CC_VARIABLE_IDENTIFIER] = { { NULL } },
};

/* How many columns the variable has in its unit's table; 0 where it is stored elsewhere. */
guint
cc_variable_get_n_columns (const CcVariable *variable)
{
  guint n = 0;

  if (variable->storage != CC_STORAGE_COLUMN)
    return 0;
  while (n < 4 && columns_of[variable->type].suffix[n] != NULL)
    n++;
  return n;
}

/* Returns: (transfer full): v12, v13_first ... */
char *
cc_variable_get_column (const CcVariable *variable, gint64 id, guint index)
{
  return g_strdup_printf ("v%" G_GINT64_FORMAT "%s", id, columns_of[variable->type].suffix[index]);
}

/* Entities and submissions have tables of their own; their variables are marked so in the pack. */
gboolean
cc_unit_has_table (CcPack *pack, const CcUnit *unit)
{
  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);

      if (strcmp (variable->unit, unit->name) == 0 && variable->storage != CC_STORAGE_META)
        return TRUE;
    }
  return FALSE;
}

/* Records of these units belong to clusters. */
gboolean
cc_unit_is_clustered (const CcUnit *unit)
{
  static const char *const clustered[] = { "VI", "PE", "EV" };

  for (guint i = 0; i < G_N_ELEMENTS (clustered); i++)
    if (strcmp (unit->abbr, clustered[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_column (CcConnection *connection, const char *table, const char *column, GError **error)
{
  g_autoptr (CcStatement) statement = NULL;
  gboolean has_row = FALSE;

  statement = cc_connection_prepare (connection,
                                     "SELECT 1 FROM pragma_table_info (?1) WHERE name = ?2", error);
  if (statement == NULL)
    return FALSE;
  cc_statement_bind_text (statement, 1, table);
  cc_statement_bind_text (statement, 2, column);
  return cc_statement_step (statement, &has_row, error) && has_row;
}

/* The columns of a table that is made anew, as they would stand there if they were added one by
 * one, which takes much longer. */
static void
append_columns (GString *sql, CcPack *pack, CcDictionary *dictionary, const CcUnit *unit)
{
  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);

      if (strcmp (variable->unit, unit->name) != 0)
        continue;
      for (guint j = 0; j < cc_variable_get_n_columns (variable); j++)
        {
          g_autofree char *column =
              cc_variable_get_column (variable, cc_dictionary_get_variable (dictionary, variable),
                                      j);

          g_string_append_printf (sql, ", %s %s", column, columns_of[variable->type].type[j]);
        }
    }
}

/* A unit's table with its parents; an index on each, for the way down. */
static gboolean
create_table (CcConnection *connection,
              CcPack       *pack,
              CcDictionary *dictionary,
              const CcUnit *unit,
              GError      **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "CREATE TABLE IF NOT EXISTS \"%s\""
                          " (record INTEGER PRIMARY KEY REFERENCES record (id)",
                          unit->name);
  for (guint i = 0; unit->parents != NULL && unit->parents[i] != NULL; i++)
    g_string_append_printf (sql, ", \"%s\" INTEGER REFERENCES record (id)", unit->parents[i]);
  append_columns (sql, pack, dictionary, unit);
  g_string_append (sql, ");");
  for (guint i = 0; unit->parents != NULL && unit->parents[i] != NULL; i++)
    g_string_append_printf (sql,
                            "CREATE INDEX IF NOT EXISTS \"%s_%s\" ON \"%s\" (\"%s\")"
                            " WHERE \"%s\" IS NOT NULL;",
                            unit->name, unit->parents[i], unit->name, unit->parents[i],
                            unit->parents[i]);
  return cc_connection_execute (connection, sql->str, error);
}

static gboolean
add_columns (CcConnection *connection, const CcVariable *variable, gint64 id, GError **error)
{
  for (guint i = 0; i < cc_variable_get_n_columns (variable); i++)
    {
      g_autofree char *column = cc_variable_get_column (variable, id, i);
      g_autofree char *sql = NULL;
      GError          *problem = NULL;

      if (has_column (connection, variable->unit, column, &problem))
        continue;
      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      sql = g_strdup_printf ("ALTER TABLE \"%s\" ADD COLUMN %s %s", variable->unit, column,
                             columns_of[variable->type].type[i]);
      if (!cc_connection_execute (connection, sql, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * Creates what is missing of the unit tables: a table per unit, columns per variable. Columns are
 * named by the ids that the dictionary gave in this file, and are never taken away.
 */
gboolean
cc_schema_create_units (CcConnection *connection,
                        CcPack       *pack,
                        CcDictionary *dictionary,
                        GError      **error)
{
  for (guint i = 0; i < cc_pack_get_n_units (pack); i++)
    {
      const CcUnit *unit = cc_pack_get_unit (pack, i);

      if (cc_unit_has_table (pack, unit)
          && !create_table (connection, pack, dictionary, unit, error))
        return FALSE;
    }
  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);

      if (!add_columns (connection, variable, cc_dictionary_get_variable (dictionary, variable),
                        error))
        return FALSE;
    }
  return TRUE;
}

/* Adds "name TYPE" unless a field of another record kind has it already. */
static void
add_fact (GString *sql, GHashTable *seen, const char *field, const char *suffix, const char *type)
{
  char *name = g_strconcat (field, suffix, NULL);

  g_strdelimit (name, "-", '_');
  if (g_hash_table_add (seen, name))
    g_string_append_printf (sql, ", \"%s\" %s", name, type);
}

static void
add_field (GString *sql, GHashTable *seen, CcPack *pack, const CcContractField *field)
{
  if (strcmp (field->type, "id") == 0)
    return;
  if (strcmp (field->type, "date") == 0)
    {
      add_fact (sql, seen, field->field, "_first", "INTEGER");
      add_fact (sql, seen, field->field, "_last", "INTEGER");
    }
  else if (strcmp (field->type, "age") == 0)
    {
      add_fact (sql, seen, field->field, "_min", "INTEGER");
      add_fact (sql, seen, field->field, "_max", "INTEGER");
    }
  else if (field->multi || strcmp (field->type, "multi") == 0)
    {
      GPtrArray *codes = NULL;

      if (*field->list != '\0')
        codes = cc_pack_get_list_codes (pack, field->list);
      add_fact (sql, seen, field->field, "",
                codes != NULL && codes->len <= MASK_BITS ? "INTEGER" : "BLOB");
    }
  else
    add_fact (sql, seen, field->field, "", strcmp (field->type, "text") == 0 ? "TEXT" : "INTEGER");
}

/**
 * Creates the counting cache anew: one narrow row per cluster with one column per field of the
 * contract. Several codes are a mask (bit = place in the list) where the list is short enough, else
 * a blob of places. The stats layer fills it.
 */
gboolean
cc_schema_create_person_fact (CcConnection *connection, CcPack *pack, GError **error)
{
  static const char *const kinds[] = { "victim", "perp", "event" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) sql = g_string_new ("DROP TABLE IF EXISTS person_fact;"
                                          "CREATE TABLE person_fact"
                                          " (cluster INTEGER PRIMARY KEY, kind TEXT NOT NULL");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) fields = cc_pack_get_fields (pack, kinds[i]);

      for (guint j = 0; fields != NULL && j < fields->len; j++)
        add_field (sql, seen, pack, g_ptr_array_index (fields, j));
    }
  g_string_append (sql, ", rows BLOB);");
  return cc_connection_execute (connection, sql->str, error);
}
