/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-capture-private.h"
#include "cc-row-image-private.h"
#include "cc-schema-private.h"

#include <string.h>

/* More rows than this are not kept: taking such an act back row by row would not end well, and
 * keeping them would double the file. */
#define MAX_ROWS 50000

struct _CcCapture
{
  CcConnection *connection;
  GPtrArray    *layouts; /* CcRowLayout, by the number that triggers call them */
  gint64        schema;  /* PRAGMA schema_version when the triggers were made */
  gboolean      active;
  gboolean      too_many;
  gboolean      enabled; /* triggers are compiled into statements */
  GHashTable   *by_key;  /* "table number,key" to Row */
  GPtrArray    *rows;    /* the same in order, owned */
};

typedef struct
{
  guint layout;
  char *name; /* "table number,key" */
  char *key;  /* inside name */
  char *before;
  char *after;
} Row;

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->before);
  g_free (row->after);
  g_free (row);
}

CcCapture *
cc_capture_new (CcConnection *connection)
{
  CcCapture *self = g_new0 (CcCapture, 1);

  self->connection = connection;
  self->schema = -1;
  self->enabled = TRUE;
  self->layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_row_layout_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  return self;
}

void
cc_capture_free (CcCapture *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->layouts);
  g_free (self);
}

static void
forget (CcCapture *self)
{
  g_hash_table_remove_all (self->by_key);
  g_ptr_array_set_size (self->rows, 0);
}

static void
note (CcCapture *self, guint layout, const char *key, const char *before, const char *after)
{
  g_autofree char *name = g_strdup_printf ("%u,%s", layout, key);
  Row             *row = g_hash_table_lookup (self->by_key, name);

  if (row == NULL && self->rows->len >= MAX_ROWS)
    {
      self->too_many = TRUE;
      return;
    }
  if (row == NULL)
    {
      row = g_new0 (Row, 1);
      row->layout = layout;
      row->key = strchr (name, ',') + 1;
      row->name = g_steal_pointer (&name);
      row->before = g_strdup (before);
      g_ptr_array_add (self->rows, row);
      g_hash_table_insert (self->by_key, row->name, row);
    }
  g_free (row->after);
  row->after = g_strdup (after);
}

/* cc_capture (table number, old key, new key, old row, new row), called by the triggers. */
static void
on_row (sqlite3_context *context, int n, sqlite3_value **values)
{
  CcCapture  *self = sqlite3_user_data (context);
  const guint layout = (guint) sqlite3_value_int (values[0]);
  const char *texts[4];

  if (!self->active || self->too_many || layout >= self->layouts->len)
    return;
  for (int i = 0; i < 4; i++)
    texts[i] = (const char *) sqlite3_value_text (values[1 + i]);
  if (texts[0] != NULL && texts[1] != NULL && strcmp (texts[0], texts[1]) != 0)
    {
      note (self, layout, texts[0], texts[2], NULL);
      note (self, layout, texts[1], NULL, texts[3]);
    }
  else if (texts[0] != NULL || texts[1] != NULL)
    note (self, layout, texts[0] != NULL ? texts[0] : texts[1], texts[2], texts[3]);
}

static gboolean
create_triggers (CcCapture *self, guint number, GError **error)
{
  static const char *const events[] = { "INSERT", "UPDATE", "DELETE" };
  const CcRowLayout       *layout = g_ptr_array_index (self->layouts, number);
  g_autofree char         *old_keys = cc_row_layout_quote_keys (layout, "OLD.");
  g_autofree char         *new_keys = cc_row_layout_quote_keys (layout, "NEW.");
  g_autofree char         *old_row = cc_row_layout_quote_columns (layout, "OLD.");
  g_autofree char         *new_row = cc_row_layout_quote_columns (layout, "NEW.");

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      const gboolean   has_old = i > 0;
      const gboolean   has_new = i < 2;
      g_autofree char *sql =
          g_strdup_printf ("DROP TRIGGER IF EXISTS temp.\"capture_%s_%s\";"
                           "CREATE TEMP TRIGGER \"capture_%s_%s\" AFTER %s ON main.\"%s\""
                           " BEGIN SELECT cc_capture (%u, %s, %s, %s, %s); END;",
                           layout->table, events[i], layout->table, events[i], events[i],
                           layout->table, number, has_old ? old_keys : "NULL",
                           has_new ? new_keys : "NULL", has_old ? old_row : "NULL",
                           has_new ? new_row : "NULL");

      if (!cc_connection_execute (self->connection, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* What tells of the file and of who works with it, not of what it holds: a new passphrase or a name
 * on the door is nothing that could be taken back. */
static gboolean
is_about_file (const char *table)
{
  return strcmp (table, "meta") == 0 || strcmp (table, "user") == 0;
}

static gboolean
read_layouts (CcCapture *self, GError **error)
{
  g_autoptr (CcStatement) tables = NULL;
  gboolean has_row = TRUE;

  g_ptr_array_set_size (self->layouts, 0);
  tables = cc_connection_prepare (self->connection,
                                  "SELECT name FROM main.sqlite_master WHERE type = 'table'"
                                  " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
                                  error);
  if (tables == NULL)
    return FALSE;
  while (has_row)
    {
      const char  *table;
      CcRowLayout *layout;

      if (!cc_statement_step (tables, &has_row, error))
        return FALSE;
      table = has_row ? cc_statement_text (tables, 0) : NULL;
      if (table == NULL || is_about_file (table) || cc_schema_is_derived (table)
          || cc_schema_is_audit (table))
        continue;
      layout = cc_row_layout_read (self->connection, table, error);
      if (layout == NULL)
        return FALSE;
      g_ptr_array_add (self->layouts, layout);
    }
  return TRUE;
}

/* Triggers follow the tables: columns come with variables. */
static gboolean
install (CcCapture *self, GError **error)
{
  GError      *problem = NULL;
  const gint64 schema =
      cc_connection_get_int64 (self->connection, "PRAGMA main.schema_version", 0, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (schema == self->schema)
    return TRUE;
  if (sqlite3_create_function_v2 (self->connection->db, "cc_capture", 5, SQLITE_UTF8, self, on_row,
                                  NULL, NULL, NULL)
      != SQLITE_OK)
    return cc_connection_fail (self->connection, SQLITE_ERROR, error);
  /* Without it a row that is replaced would be gone without a word. */
  if (!cc_connection_execute (self->connection, "PRAGMA recursive_triggers = ON", error)
      || !read_layouts (self, error))
    return FALSE;
  for (guint i = 0; i < self->layouts->len; i++)
    if (!create_triggers (self, i, error))
      return FALSE;
  self->schema = schema;
  return TRUE;
}

/* Switched off, triggers cost nothing: statements are compiled without them. */
static void
enable (CcCapture *self, gboolean enabled)
{
  if (self->enabled == enabled)
    return;
  sqlite3_db_config (self->connection->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, (int) enabled, NULL);
  self->enabled = enabled;
}

gboolean
cc_capture_begin (CcCapture *self, gboolean wanted, GError **error)
{
  forget (self);
  self->active = FALSE;
  self->too_many = FALSE;
  if (!wanted)
    return TRUE;
  if (!install (self, error))
    return FALSE;
  enable (self, TRUE);
  self->active = TRUE;
  return TRUE;
}

static void
switch_off (CcCapture *self)
{
  forget (self);
  self->active = FALSE;
  enable (self, FALSE);
}

void
cc_capture_stop (CcCapture *self)
{
  self->too_many = FALSE;
  switch_off (self);
}

void
cc_capture_check (CcCapture *self)
{
  if (self->too_many && self->active)
    switch_off (self);
}

void
cc_capture_visit (CcCapture *self, CcCaptureVisit visit, gpointer data)
{
  for (guint i = 0; !self->too_many && i < self->rows->len; i++)
    {
      const Row         *row = g_ptr_array_index (self->rows, i);
      const CcRowLayout *layout = g_ptr_array_index (self->layouts, row->layout);

      if (g_strcmp0 (row->before, row->after) != 0)
        visit (layout->table, row->key, row->before != NULL ? row->before : row->after, data);
    }
}

static gboolean
tell (CcCapture *self, const Row *row, CcRowChangeFunc func, gpointer data, GError **error)
{
  const CcRowLayout *layout = g_ptr_array_index (self->layouts, row->layout);
  CcRowChange        change = { layout->table, row->key, NULL, NULL };
  gboolean           ok;

  if (g_strcmp0 (row->before, row->after) == 0)
    return TRUE;
  cc_row_layout_diff (layout, row->before, row->after, &change.before, &change.after);
  ok = func (&change, data, error);
  g_free (change.before);
  g_free (change.after);
  return ok;
}

gboolean
cc_capture_take (CcCapture *self, CcRowChangeFunc func, gpointer data, GError **error)
{
  const CcRowChange too_many = { "", NULL, NULL, NULL };
  gboolean          ok = !self->too_many || func (&too_many, data, error);

  cc_capture_check (self);
  self->active = FALSE;
  for (guint i = 0; ok && i < self->rows->len; i++)
    ok = tell (self, g_ptr_array_index (self->rows, i), func, data, error);
  forget (self);
  return ok;
}
