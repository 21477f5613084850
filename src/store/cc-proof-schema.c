/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"

#include <string.h>

/* The parts of the database against those that a fresh case file has: a trigger or a view that is
 * not ours could change what is stored or what is counted. */

typedef struct
{
  GHashTable *expected; /* "type name" to what makes it, as one line; "": not compared */
  GHashTable *units;    /* tables of units, also of those that only an earlier pack had */
} Schema;

/* What makes a part, without what makes no difference: blanks, and letters' size. */
static char *
squeeze (const char *sql)
{
  GString *line = g_string_new (NULL);

  for (const char *c = sql != NULL ? sql : ""; *c != '\0'; c++)
    if (!g_ascii_isspace (*c) && *c != '"')
      g_string_append_c (line, g_ascii_tolower (*c));
  return g_string_free (line, FALSE);
}

/* Calls back for each part of a database. */
static gboolean
for_parts (CcConnection *connection,
           void (*func) (CcStatement *part, gpointer data),
           gpointer data,
           GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                "SELECT type, name, sql, tbl_name FROM main.sqlite_master"
                                " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name",
                                error);
  while (rows != NULL && has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        func (rows, data);
    }
  return rows != NULL;
}

static void
expect (CcStatement *part, gpointer data)
{
  Schema     *self = data;
  const char *type = cc_statement_text (part, 0);

  /* Tables got columns since they were made; what stands in them is looked at row by row. */
  g_hash_table_insert (self->expected, g_strdup_printf ("%s %s", type, cc_statement_text (part, 1)),
                       strcmp (type, "table") == 0 ? g_strdup ("")
                                                   : squeeze (cc_statement_text (part, 2)));
}

/* A database in memory with the parts that this version makes. */
static gboolean
make_fresh (CcProof *self, Schema *schema, GError **error)
{
  static const CcKey key = { { 1 }, { 1 } };
  g_autoptr (CcConnection) fresh =
      cc_connection_open (":memory:", &key, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  return fresh != NULL && cc_schema_create (fresh, error)
         && cc_schema_create_units (fresh, self->file->pack, self->file->dictionary, error)
         && cc_schema_create_person_fact (fresh, self->file->pack, error)
         && for_parts (fresh, expect, schema, error);
}

typedef struct
{
  CcProof *proof;
  Schema  *schema;
} Comparison;

static const char *
name_type (const char *type)
{
  return strcmp (type, "trigger") == 0 ? "a rule that acts by itself (trigger)" : type;
}

static void
compare_part (CcStatement *part, gpointer data)
{
  Comparison      *self = data;
  const char      *type = cc_statement_text (part, 0);
  const char      *name = cc_statement_text (part, 1);
  g_autofree char *key = g_strdup_printf ("%s %s", type, name);
  g_autofree char *line = squeeze (cc_statement_text (part, 2));
  const char      *expected = g_hash_table_lookup (self->schema->expected, key);

  /* An earlier pack had units that this one does not have: their tables stay. */
  if (expected == NULL && (strcmp (type, "table") == 0 || strcmp (type, "index") == 0)
      && g_hash_table_contains (self->schema->units, cc_statement_text (part, 3)))
    return;
  if (expected == NULL)
    cc_proof_tell (self->proof, CC_PROOF_OF_SCHEMA,
                   "The file holds something that Casecount has not made: %s “%s”. It was "
                   "added " CC_PROOF_BY_OTHERS
                   " and may change what is stored or counted. Restore a "
                   "backup that does not have it.",
                   name_type (type), name);
  else if (*expected != '\0' && strcmp (expected, line) != 0)
    cc_proof_tell (self->proof, CC_PROOF_OF_SCHEMA,
                   "Part of the file's structure, the %s “%s”, was changed " CC_PROOF_BY_OTHERS
                   ". Restore a backup from before.",
                   type, name);
  g_hash_table_remove (self->schema->expected, key);
}

static void
tell_missing (CcProof *self, Schema *schema)
{
  g_autoptr (GList) missing =
      g_list_sort (g_hash_table_get_keys (schema->expected), (GCompareFunc) strcmp);

  for (GList *key = missing; key != NULL; key = key->next)
    cc_proof_tell (self, CC_PROOF_OF_SCHEMA,
                   "Part of the file's structure is missing: %s. It was removed " CC_PROOF_BY_OTHERS
                   ". Restore a backup from before.",
                   (const char *) key->data);
}

static gboolean
list_units (CcProof *self, Schema *schema, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (self->connection, "SELECT DISTINCT unit FROM variable", error);
  gboolean has_row = TRUE;

  while (rows != NULL && has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        g_hash_table_add (schema->units, g_strdup (cc_statement_text (rows, 0)));
    }
  return rows != NULL;
}

gboolean
cc_proof_check_schema (CcProof *self, GError **error)
{
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Schema     schema = { expected, units };
  Comparison comparison = { self, &schema };
  gint64     version = cc_connection_get_int64 (self->connection, "PRAGMA user_version", 0, NULL);

  /* An older format is read as it is; it was made by an older version. */
  if (version != CC_SCHEMA_VERSION)
    return TRUE;
  if (!list_units (self, &schema, error) || !make_fresh (self, &schema, error)
      || !for_parts (self->connection, compare_part, &comparison, error))
    return FALSE;
  tell_missing (self, &schema);
  return TRUE;
}
