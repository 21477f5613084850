/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-merge-rules-private.h"

#include <cc/base/cc-error.h>

#include <stdlib.h>
#include <string.h>

/* Bringing rows of such tables together, by the rules of cc-merge-rules.c. */

typedef struct
{
  char      *key; /* literal of the primary key */
  char      *name;
  GPtrArray *literals; /* char *, by column */
  gboolean   dangling; /* part of its name points to what is not here */
} Row;

typedef struct
{
  CcMerge           *merge;
  const CcMergeRule *rule;
  GPtrArray         *columns; /* CcMergeColumn */
  GHashTable        *here;    /* name to Row */
  GHashTable        *gone;    /* names of rows removed here since */
} Table;

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->key);
  g_free (row->name);
  g_ptr_array_unref (row->literals);
  g_free (row);
}

static void
table_clear (Table *self)
{
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->here, g_hash_table_unref);
  g_clear_pointer (&self->gone, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

/* In terms of this file. FALSE where it points to nothing here. */
static gboolean
translate (Table *self, const CcMergeColumn *column, char **literal)
{
  gint64 here;

  if (column->kind == NULL || strcmp (*literal, "NULL") == 0)
    return TRUE;
  here = cc_merge_find (self->merge, column->kind, g_ascii_strtoll (*literal, NULL, 10));
  g_free (*literal);
  *literal = here != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, here) : g_strdup ("NULL");
  return here != 0;
}

static void
name_row (Table *self, Row *row, GHashTable *seen)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint n;

  for (guint i = 0; i < self->columns->len; i++)
    if (((const CcMergeColumn *) g_ptr_array_index (self->columns, i))->recognised)
      g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "",
                              (const char *) g_ptr_array_index (row->literals, i));
  if (seen != NULL)
    {
      n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, name->str)) + 1;
      g_hash_table_insert (seen, g_strdup (name->str), GUINT_TO_POINTER (n));
      if (n > 1)
        g_string_append_printf (name, " (%u)", n);
    }
  row->name = g_string_free (g_steal_pointer (&name), FALSE);
}

static Row *
read_row (Table *self, CcStatement *statement, gboolean there, GHashTable *seen)
{
  Row *row = g_new0 (Row, 1);

  row->key = g_strdup (cc_statement_text (statement, 0));
  row->literals = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const CcMergeColumn *column = g_ptr_array_index (self->columns, i);
      char                *literal = g_strdup (cc_statement_text (statement, 1 + (int) i));

      if (there && !translate (self, column, &literal) && column->recognised)
        row->dangling = TRUE;
      g_ptr_array_add (row->literals, literal);
    }
  if (!row->dangling)
    name_row (self, row, seen);
  return row;
}

static char *
build_select (Table *self)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT quote (\"%s\")", self->rule->key);
  for (guint i = 0; i < self->columns->len; i++)
    g_string_append_printf (sql, ", quote (\"%s\")",
                            ((const CcMergeColumn *) g_ptr_array_index (self->columns, i))->name);
  g_string_append_printf (sql, " FROM \"%s\" ORDER BY \"%s\"", self->rule->table, self->rule->key);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
load_here (Table *self, GError **error)
{
  g_autofree char *sql = build_select (self);
  g_autoptr (CcStatement) rows = cc_connection_prepare (self->merge->here, sql, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      Row *row;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      row = read_row (self, rows, FALSE, seen);
      g_hash_table_insert (self->here, row->name, row);
    }
  return TRUE;
}

/* The row that an image of the chain describes. */
static Row *
read_gone (Table *self, const CcGoneRow *gone, gboolean there)
{
  g_autoptr (GPtrArray) cells = cc_row_cells_parse (gone->image);
  Row *row = g_new0 (Row, 1);

  row->key = g_strdup (gone->key);
  row->literals = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const CcMergeColumn *column = g_ptr_array_index (self->columns, i);
      char                *literal = NULL;

      for (guint j = 0; j < cells->len; j++)
        if (g_strcmp0 (((CcRowCell *) g_ptr_array_index (cells, j))->column, column->name) == 0)
          literal = g_strdup (((CcRowCell *) g_ptr_array_index (cells, j))->literal);
      if (literal == NULL)
        literal = g_strdup ("NULL");
      if (there && !translate (self, column, &literal) && column->recognised)
        row->dangling = TRUE;
      g_ptr_array_add (row->literals, literal);
    }
  if (!row->dangling)
    name_row (self, row, NULL);
  return row;
}

static void
load_gone (Table *self)
{
  GPtrArray *gone = self->merge->here_touches->gone;

  for (guint i = 0; i < gone->len; i++)
    {
      const CcGoneRow *entry = g_ptr_array_index (gone, i);

      if (strcmp (entry->table, self->rule->table) == 0)
        {
          Row *row = read_gone (self, entry, FALSE);

          g_hash_table_add (self->gone, g_strdup (row->name));
          free_row (row);
        }
    }
}

static gboolean
bind (CcStatement *statement, int index, const char *literal, GError **error)
{
  if (cc_row_literal_bind (statement, index, literal))
    return TRUE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_DAMAGED,
                       "A row of the file that was to be brought in cannot be read. Nothing was "
                       "changed. Verify that file.");
  return FALSE;
}

static const char *
get_literal (Table *self, const Row *row, guint i, char buffer[24])
{
  if (!((const CcMergeColumn *) g_ptr_array_index (self->columns, i))->act)
    return g_ptr_array_index (row->literals, i);
  g_snprintf (buffer, 24, "%" G_GINT64_FORMAT, self->merge->act->seq);
  return buffer;
}

static gboolean
insert_row (Table *self, const Row *row, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new (NULL);
  g_autofree char *sql = NULL;
  g_autoptr (CcStatement) insert = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      g_string_append_printf (names, "%s\"%s\"", i > 0 ? ", " : "",
                              ((const CcMergeColumn *) g_ptr_array_index (self->columns, i))->name);
      g_string_append_printf (marks, "%s?%u", i > 0 ? ", " : "", i + 1);
    }
  sql = g_strdup_printf ("INSERT INTO main.\"%s\" (%s) VALUES (%s)", self->rule->table, names->str,
                         marks->str);
  insert = cc_connection_prepare (self->merge->here, sql, error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      char buffer[24];

      if (!bind (insert, (int) i + 1, get_literal (self, row, i, buffer), error))
        return FALSE;
    }
  if (!cc_statement_run (insert, error))
    return FALSE;
  if (self->rule->kind != NULL)
    cc_merge_map (self->merge, self->rule->kind, g_ascii_strtoll (row->key, NULL, 10),
                  cc_connection_last_id (self->merge->here));
  self->merge->result->others++;
  if (strcmp (self->rule->table, "entity") == 0)
    self->merge->result->agencies++;
  else if (strcmp (self->rule->table, "submission") == 0)
    self->merge->result->deliveries++;
  return TRUE;
}

static gboolean
take_column (Table               *self,
             const Row           *mine,
             const CcMergeColumn *column,
             const char          *literal,
             GError             **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE main.\"%s\" SET \"%s\" = ?1 WHERE \"%s\" = ?2",
                                          self->rule->table, column->name, self->rule->key);
  g_autoptr (CcStatement) update = cc_connection_prepare (self->merge->here, sql, error);

  return update != NULL && bind (update, 1, literal, error) && bind (update, 2, mine->key, error)
         && cc_statement_run (update, error);
}

static gboolean
update_row (Table *self, const Row *mine, const Row *theirs, GError **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const CcMergeColumn *column = g_ptr_array_index (self->columns, i);
      const char          *literal = g_ptr_array_index (theirs->literals, i);

      if (column->recognised || column->added || column->act || column->smaller
          || strcmp (literal, g_ptr_array_index (mine->literals, i)) == 0)
        continue;
      if (!take_column (self, mine, column, literal, error))
        return FALSE;
    }
  self->merge->result->others++;
  return TRUE;
}

static gboolean
keep_smaller (Table *self, const Row *mine, const Row *theirs, GError **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const CcMergeColumn *column = g_ptr_array_index (self->columns, i);
      const char          *literal = g_ptr_array_index (theirs->literals, i);

      if (!column->smaller
          || g_ascii_strtoll (literal, NULL, 10)
                 >= g_ascii_strtoll (g_ptr_array_index (mine->literals, i), NULL, 10))
        continue;
      if (!take_column (self, mine, column, literal, error))
        return FALSE;
    }
  return TRUE;
}

/* "name='x',count=3": the columns in which two rows differ. */
static char *
describe (Table *self, const Row *row, const Row *other)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CcMergeColumn *column = g_ptr_array_index (self->columns, i);

      if (!column->recognised && !column->added && !column->act && !column->smaller
          && strcmp (g_ptr_array_index (row->literals, i), g_ptr_array_index (other->literals, i))
                 != 0)
        g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "," : "", column->name,
                                (const char *) g_ptr_array_index (row->literals, i));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
merge_known (Table *self, const Row *mine, const Row *theirs, GError **error)
{
  CcMerge       *merge = self->merge;
  const CcTouch *here = cc_touches_find_row (merge->here_touches, self->rule->table, mine->key);
  const CcTouch *there = cc_touches_find_row (merge->there_touches, self->rule->table, theirs->key);
  g_autofree char *my_text = describe (self, mine, theirs);
  g_autofree char *their_text = describe (self, theirs, mine);
  CcConflictEntry  conflict = { 0 };

  if (self->rule->kind != NULL)
    cc_merge_map (merge, self->rule->kind, g_ascii_strtoll (theirs->key, NULL, 10),
                  g_ascii_strtoll (mine->key, NULL, 10));
  if (!keep_smaller (self, mine, theirs, error))
    return FALSE;
  if (*my_text == '\0' || there == NULL)
    return TRUE;
  if (here == NULL)
    return update_row (self, mine, theirs, error);
  conflict.kind = CC_CONFLICT_ROW;
  conflict.table = self->rule->table;
  conflict.key = mine->key;
  conflict.name = mine->name;
  conflict.mine = my_text;
  conflict.theirs = their_text;
  conflict.mine_time = here->time;
  conflict.theirs_time = there->time;
  conflict.kept_theirs = cc_merge_is_newer (there->time, here->time, their_text, my_text);
  if (conflict.kept_theirs && !update_row (self, mine, theirs, error))
    return FALSE;
  return cc_merge_add_conflict (merge, &conflict, error);
}

static gboolean
merge_row (Table *self, const Row *theirs, GError **error)
{
  const Row *mine;

  /* A row of something that is not here, such as a record left out of both. */
  if (theirs->dangling)
    return TRUE;
  mine = g_hash_table_lookup (self->here, theirs->name);
  if (mine != NULL)
    return merge_known (self, mine, theirs, error);
  /* Removed here, and not touched there since. */
  if (g_hash_table_contains (self->gone, theirs->name)
      && cc_touches_find_row (self->merge->there_touches, self->rule->table, theirs->key) == NULL)
    return TRUE;
  return insert_row (self, theirs, error);
}

static gboolean
remove_row (Table *self, const Row *mine, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM main.\"%s\" WHERE \"%s\" = ?1",
                                          self->rule->table, self->rule->key);
  g_autoptr (CcStatement) remove = cc_connection_prepare (self->merge->here, sql, error);

  self->merge->result->others++;
  return remove != NULL && bind (remove, 1, mine->key, error) && cc_statement_run (remove, error);
}

/* Removed there, and neither made anew there nor touched here. */
static gboolean
merge_gone (Table *self, GHashTable *there, GError **error)
{
  GPtrArray *gone = self->merge->there_touches->gone;

  for (guint i = 0; self->rule->goes && i < gone->len; i++)
    {
      const CcGoneRow *entry = g_ptr_array_index (gone, i);
      Row             *row;
      const Row       *mine = NULL;
      gboolean         ok = TRUE;

      if (strcmp (entry->table, self->rule->table) != 0)
        continue;
      row = read_gone (self, entry, TRUE);
      if (!row->dangling && !g_hash_table_contains (there, row->name))
        mine = g_hash_table_lookup (self->here, row->name);
      if (mine != NULL
          && cc_touches_find_row (self->merge->here_touches, self->rule->table, mine->key) == NULL)
        {
          ok = remove_row (self, mine, error);
          g_hash_table_remove (self->here, row->name);
        }
      free_row (row);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* A profile's versions are numbered by their age, wherever they were made. */
static gboolean
number_versions (CcMerge *self, GError **error)
{
  return cc_connection_execute (
      self->here,
      "UPDATE profile_version SET version = -1 - (SELECT count (*) FROM profile_version o"
      " WHERE o.profile = profile_version.profile AND (o.time < profile_version.time"
      "  OR (o.time = profile_version.time AND (o.body < profile_version.body"
      "   OR (o.body = profile_version.body AND o.id < profile_version.id)))))"
      " WHERE profile IN (SELECT profile FROM profile_version WHERE version >= 1000000);"
      "UPDATE profile_version SET version = -version WHERE version < 0;",
      error);
}

/* Two versions of one number meet: the one that came gets a number out of the way until all are
 * numbered anew. */
static void
move_version (Table *self, Row *row)
{
  char **literal = NULL;

  if (strcmp (self->rule->table, "profile_version") != 0)
    return;
  for (guint i = 0; literal == NULL && i < self->columns->len; i++)
    {
      const CcMergeColumn *column = g_ptr_array_index (self->columns, i);

      if (strcmp (column->name, "version") == 0)
        literal = (char **) &g_ptr_array_index (row->literals, i);
    }
  g_return_if_fail (literal != NULL);
  g_free (*literal);
  *literal = g_strdup_printf ("%" G_GINT64_FORMAT, 1000000 + g_ascii_strtoll (row->key, NULL, 10));
}

static gboolean
merge_table (CcMerge *merge, const CcMergeRule *rule, GError **error)
{
  g_auto (Table) self = { merge, rule, cc_merge_rule_parse (rule),
                          g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_row),
                          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_autofree char *sql = build_select (&self);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  if (!load_here (&self, error))
    return FALSE;
  load_gone (&self);
  rows = cc_connection_prepare (merge->there, sql, error);
  while (rows != NULL && has_row)
    {
      Row     *row;
      gboolean ok;

      if (!cc_statement_step (rows, &has_row, error)
          || g_cancellable_set_error_if_cancelled (merge->act->cancellable, error))
        return FALSE;
      if (!has_row)
        break;
      row = read_row (&self, rows, TRUE, seen);
      move_version (&self, row);
      ok = merge_row (&self, row, error);
      free_row (row);
      if (!ok)
        return FALSE;
    }
  return rows != NULL && merge_gone (&self, seen, error)
         && (strcmp (rule->table, "profile_version") != 0 || number_versions (merge, error));
}

gboolean
cc_merge_rows (CcMerge *self, gboolean before_records, GError **error)
{
  guint              n;
  const CcMergeRule *rules = cc_merge_list_rules (&n);

  for (guint i = 0; i < n; i++)
    if (rules[i].early == before_records && !merge_table (self, &rules[i], error))
      return FALSE;
  return TRUE;
}
