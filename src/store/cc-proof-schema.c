/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-migration-private.h"
#include "cc-proof-private.h"

#include <string.h>

/* The parts of the database against those that a fresh case file has: a trigger or a view that is
 * not ours could change what is stored or what is counted, and so could a column with a rule. */

typedef struct
{
  GHashTable *expected; /* "type name" to what makes it, as one line */
  GHashTable *units;    /* tables of units, also of those that only an earlier pack had */
  gboolean    earlier;  /* the file says that it is of an earlier format */
} Schema;

/* What makes a part, without what makes no difference: blanks, and letters' size. What stands in
 * quotation marks of a text is what it is. */
static char *
squeeze (const char *sql)
{
  GString *line = g_string_new (NULL);
  gboolean in_text = FALSE;

  for (const char *c = sql != NULL ? sql : ""; *c != '\0'; c++)
    {
      in_text = in_text != (*c == '\'');
      if (in_text)
        g_string_append_c (line, *c);
      else if (!g_ascii_isspace (*c) && *c != '"')
        g_string_append_c (line, g_ascii_tolower (*c));
    }
  return g_string_free (line, FALSE);
}

/* Returns: (transfer full) (element-type utf8): what is declared between the outermost brackets of
 * a table, part by part */
static GHashTable *
split_columns (const char *line)
{
  GHashTable *parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *from = strchr (line, '(');
  guint       depth = 0;

  for (const char *c = from; c != NULL && *c != '\0'; c++)
    {
      depth += *c == '(' ? 1 : 0;
      depth -= *c == ')' ? 1 : 0;
      if (depth > 1 || (depth == 1 && *c != ','))
        continue;
      if (c > from)
        g_hash_table_add (parts, g_strndup (from + 1, (gsize) (c - from - 1)));
      from = c;
      if (depth == 0)
        {
          /* Such as WITHOUT ROWID. */
          g_hash_table_add (parts, g_strdup (c));
          break;
        }
    }
  return parts;
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
                                /* What the database makes itself has no text. */
                                " WHERE sql IS NOT NULL ORDER BY type, name",
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
  Schema *self = data;

  g_hash_table_insert (self->expected,
                       g_strdup_printf ("%s %s", cc_statement_text (part, 0),
                                        cc_statement_text (part, 1)),
                       squeeze (cc_statement_text (part, 2)));
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
  int      version;
  gboolean followed; /* the tables are those of the pack in use */
} Comparison;

static const char *
name_type (const char *type)
{
  return strcmp (type, "trigger") == 0 ? "a rule that acts by itself (trigger)" : type;
}

static void
tell_changed (CcProof *self, const char *type, const char *name)
{
  cc_proof_tell (self, CC_PROOF_OF_SCHEMA,
                 "Part of the file's structure, the %s “%s”, was changed " CC_PROOF_BY_OTHERS
                 ". Restore a backup from before.",
                 type, name);
}

/* A column as packs bring it: the record, what it is a part of, or a variable, also of an earlier
 * pack. */
static gboolean
is_of_pack (const char *part)
{
  return g_regex_match_simple ("^(\\)|recordintegerprimarykeyreferencesrecord\\(id\\)"
                               "|[a-z_]+integerreferencesrecord\\(id\\)"
                               "|v[0-9]+(_first|_last|_text|_min|_max|_day)?(integer|text))$",
                               part, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* The tables of units have columns in the order in which packs brought them.
 * expected: (nullable): of a unit that this pack does not have */
static gboolean
is_unit_table (const Comparison *self, const char *line, const char *expected)
{
  g_autoptr (GHashTable) found = split_columns (line);
  g_autoptr (GHashTable) sought = expected != NULL ? split_columns (expected) : NULL;
  GHashTableIter each;
  gpointer       part;

  g_hash_table_iter_init (&each, found);
  while (g_hash_table_iter_next (&each, &part, NULL))
    if (!(sought != NULL && g_hash_table_remove (sought, part)) && !is_of_pack (part))
      return FALSE;
  /* A newer pack is followed when the file is opened for writing. */
  return sought == NULL || !self->followed || g_hash_table_size (sought) == 0;
}

/* An index that leads from a record to its parts, perhaps of an earlier pack. */
static gboolean
is_unit_index (const char *line, const char *name, const char *table)
{
  const gsize      length = strlen (table);
  g_autofree char *expected = NULL;
  g_autofree char *squeezed = NULL;

  if (!g_str_has_prefix (name, table) || name[length] != '_')
    return FALSE;
  expected = g_strdup_printf ("CREATE INDEX %s ON %s (%s) WHERE %s IS NOT NULL", name, table,
                              name + length + 1, name + length + 1);
  squeezed = squeeze (expected);
  return strcmp (squeezed, line) == 0;
}

static gboolean
is_as_made (const Comparison *self, CcStatement *part, const char *line, const char *expected)
{
  const char *type = cc_statement_text (part, 0);
  const char *name = cc_statement_text (part, 1);

  if (strcmp (type, "table") != 0)
    return strcmp (expected, line) == 0;
  /* An older format has its own tables; what is computed follows the pack. */
  if (self->schema->earlier || (!self->followed && strcmp (name, "person_fact") == 0))
    return TRUE;
  return strcmp (expected, line) == 0
         || (g_hash_table_contains (self->schema->units, name)
             && is_unit_table (self, line, expected));
}

/* An earlier pack had units that this one does not have: their tables stay. */
static gboolean
is_of_earlier_pack (const Comparison *self, CcStatement *part, const char *line)
{
  const char *type = cc_statement_text (part, 0);
  const char *name = cc_statement_text (part, 1);
  const char *table = cc_statement_text (part, 3);

  if (!g_hash_table_contains (self->schema->units, table))
    return FALSE;
  return strcmp (type, "table") == 0   ? is_unit_table (self, line, NULL)
         : strcmp (type, "index") == 0 ? is_unit_index (line, name, table)
                                       : FALSE;
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

  if (expected == NULL && is_of_earlier_pack (self, part, line))
    return;
  if (expected == NULL)
    cc_proof_tell (self->proof, CC_PROOF_OF_SCHEMA,
                   "The file holds something that Casecount has not made: %s “%s”. It was "
                   "added " CC_PROOF_BY_OTHERS
                   " and may change what is stored or counted. Restore a "
                   "backup that does not have it.",
                   name_type (type), name);
  else if (!is_as_made (self, part, line, expected)
           || (self->schema->earlier && strcmp (type, "table") == 0
               && cc_migration_makes_table (self->version, name)))
    tell_changed (self->proof, type, name);
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
  g_autofree char *current = cc_pack_get_checksum (self->file->pack);
  g_autofree char *stored = cc_case_file_read_meta (self->connection, "pack-checksum", NULL);
  const int        version =
      (int) cc_connection_get_int64 (self->connection, "PRAGMA user_version", 0, NULL);
  Schema     schema = { expected, units, version < CC_SCHEMA_VERSION };
  Comparison comparison = { self, &schema, version, g_strcmp0 (stored, current) == 0 };

  if (!list_units (self, &schema, error) || !make_fresh (self, &schema, error)
      || !for_parts (self->connection, compare_part, &comparison, error))
    return FALSE;
  /* An older format has fewer parts. */
  if (!schema.earlier)
    tell_missing (self, &schema);
  return TRUE;
}
