/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tamper-tricks.h"

#include <string.h>

typedef struct
{
  char    *name;
  char    *type; /* INTEGER, TEXT, BLOB, REAL or empty */
  gboolean needed;
  int      key;    /* place in the primary key, from 1; 0: not in it */
  gboolean unique; /* in another index whose rows are each once */
  char    *other;  /* table that it points to; NULL: none */
  char    *other_key;
} Column;

typedef struct
{
  CcConnection *connection;
  const char   *table;
  GPtrArray    *columns; /* Column */
  GPtrArray    *tricks;
  gboolean      last; /* of the rows that are tried */
} Maker;

static void
free_trick (gpointer data)
{
  TamperTrick *self = data;

  g_free (self->table);
  g_free (self->what);
  g_free (self->sql);
  g_free (self);
}

static void
free_column (gpointer data)
{
  Column *self = data;

  g_free (self->name);
  g_free (self->type);
  g_free (self->other);
  g_free (self->other_key);
  g_free (self);
}

static CcStatement *
prepare (CcConnection *connection, const char *sql, const char *first, const char *second)
{
  GError      *error = NULL;
  CcStatement *rows = cc_connection_prepare (connection, sql, &error);

  g_assert_no_error (error);
  if (first != NULL)
    cc_statement_bind_text (rows, 1, first);
  if (second != NULL)
    cc_statement_bind_text (rows, 2, second);
  return rows;
}

static gboolean
step (CcStatement *rows)
{
  GError  *error = NULL;
  gboolean has_row = FALSE;

  cc_statement_step (rows, &has_row, &error);
  g_assert_no_error (error);
  return has_row;
}

/* Of one value; NULL where it is NULL or there is no row. */
static char *
ask (CcConnection *connection, const char *sql)
{
  g_autoptr (CcStatement) rows = prepare (connection, sql, NULL, NULL);

  return step (rows) ? g_strdup (cc_statement_text (rows, 0)) : NULL;
}

static void
read_pointer (Maker *self, Column *column)
{
  g_autoptr (CcStatement) rows =
      prepare (self->connection,
               "SELECT \"table\", \"to\" FROM pragma_foreign_key_list (?1) WHERE \"from\" = ?2",
               self->table, column->name);

  if (!step (rows))
    return;
  column->other = g_strdup (cc_statement_text (rows, 0));
  column->other_key = g_strdup (cc_statement_text (rows, 1));
}

static void
read_columns (Maker *self)
{
  g_autoptr (CcStatement) rows =
      prepare (self->connection,
               "SELECT t.name, t.type, t.\"notnull\", t.pk, EXISTS (SELECT 1 FROM "
               "pragma_index_list (?1) l"
               "  JOIN pragma_index_info (l.name) i WHERE l.\"unique\" AND l.origin <> 'pk'"
               "  AND i.name = t.name)"
               " FROM pragma_table_info (?1) t ORDER BY t.cid",
               self->table, NULL);

  while (step (rows))
    {
      Column *column = g_new0 (Column, 1);

      column->name = g_strdup (cc_statement_text (rows, 0));
      column->type = g_strdup (cc_statement_text (rows, 1));
      column->needed = cc_statement_int64 (rows, 2) != 0;
      column->key = (int) cc_statement_int64 (rows, 3);
      column->unique = cc_statement_int64 (rows, 4) != 0;
      g_ptr_array_add (self->columns, column);
    }
  for (guint i = 0; i < self->columns->len; i++)
    read_pointer (self, g_ptr_array_index (self->columns, i));
}

static void
take (Maker *self, const char *what, char *sql)
{
  TamperTrick *trick = g_new0 (TamperTrick, 1);

  trick->table = g_strdup (self->table);
  trick->what = g_strdup (what);
  trick->sql = sql;
  g_ptr_array_add (self->tricks, trick);
}

/* Another row than the one a value points to; NULL: there is none. */
static char *
find_other (Maker *self, const Column *column, const char *where)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT quote (max (o.\"%s\")) FROM \"%s\" o WHERE o.\"%s\" IS NOT"
                       " (SELECT \"%s\" FROM \"%s\" WHERE %s)",
                       column->other_key, column->other, column->other_key, column->name,
                       self->table, where);
  char *found = ask (self->connection, sql);

  if (g_strcmp0 (found, "NULL") != 0)
    return found;
  g_free (found);
  return NULL;
}

/* What stands in a column, changed a little. Returns: (transfer full): an expression; NULL: nothing
 * else can stand there */
static char *
make_other (Maker *self, const Column *column, const char *where)
{
  g_autofree char *sql = g_strdup_printf ("SELECT typeof (\"%s\") FROM \"%s\" WHERE %s",
                                          column->name, self->table, where);
  g_autofree char *type = NULL;

  if (column->other != NULL)
    return find_other (self, column, where);
  type = ask (self->connection, sql);
  if (strcmp (type, "integer") == 0)
    return g_strdup_printf ("\"%s\" + %d", column->name, column->key != 0 ? 5000 : 1);
  if (strcmp (type, "real") == 0)
    return g_strdup_printf ("\"%s\" + 0.5", column->name);
  if (strcmp (type, "text") == 0)
    return g_strdup_printf ("\"%s\" || 'x'", column->name);
  if (strcmp (type, "blob") == 0)
    return g_strdup_printf ("CAST (substr (\"%s\", 1, length (\"%s\") - 1)"
                            " || iif (substr (\"%s\", -1) = X'7f', X'7e', X'7f') AS BLOB)",
                            column->name, column->name, column->name);
  return g_strdup (strcmp (column->type, "INTEGER") == 0 ? "1"
                   : strcmp (column->type, "REAL") == 0  ? "0.5"
                   : strcmp (column->type, "BLOB") == 0  ? "X'01'"
                                                         : "'x'");
}

static gboolean
is_null (Maker *self, const Column *column, const char *where)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"%s\" IS NULL FROM \"%s\" WHERE %s",
                                          column->name, self->table, where);
  g_autofree char *answer = ask (self->connection, sql);

  return strcmp (answer, "1") == 0;
}

static void
change (Maker *self, const char *where)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column    *column = g_ptr_array_index (self->columns, i);
      g_autofree char *other = make_other (self, column, where);

      if (other != NULL)
        take (self, column->name,
              g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = %s WHERE %s", self->table, column->name,
                               other, where));
      if (!column->needed && column->key == 0 && !is_null (self, column, where))
        take (self, column->name,
              g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = NULL WHERE %s", self->table,
                               column->name, where));
      /* What stands behind the byte 0 is not read as a part of the text. */
      if (self->last && strcmp (column->type, "TEXT") == 0)
        take (self, column->name,
              g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = coalesce (\"%s\", '') || char (0) || 'x'"
                               " WHERE %s",
                               self->table, column->name, column->name, where));
      /* A number that is none: every number is less. */
      if (self->last && strcmp (column->type, "INTEGER") == 0 && column->other == NULL
          && column->key == 0)
        take (self, column->name,
              g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = coalesce (\"%s\", '') || 'a' WHERE %s",
                               self->table, column->name, column->name, where));
    }
}

/* A copy of a row in which one column of the key, and all that must be each once, is another.
 * pointing: (nullable): this points elsewhere, too. */
static void
insert_beside (Maker *self, const Column *twisted, const Column *pointing, const char *where)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column    *column = g_ptr_array_index (self->columns, i);
      g_autofree char *other = NULL;

      if (column == twisted && strcmp (column->type, "INTEGER") == 0 && column->other == NULL)
        other =
            g_strdup_printf ("(SELECT max (\"%s\") + 1 FROM \"%s\")", column->name, self->table);
      else if (column == twisted || column == pointing || (column->unique && column->key == 0))
        other = make_other (self, column, where);
      g_string_append_printf (names, "%s\"%s\"", i > 0 ? ", " : "", column->name);
      if (other != NULL)
        g_string_append_printf (values, "%s%s", i > 0 ? ", " : "", other);
      else
        g_string_append_printf (values, "%s\"%s\"", i > 0 ? ", " : "", column->name);
    }
  take (self, TAMPER_INSERT,
        g_strdup_printf ("INSERT INTO \"%s\" (%s) SELECT %s FROM \"%s\" WHERE %s", self->table,
                         names->str, values->str, self->table, where));
}

static void
try_row (Maker *self, const char *where)
{
  take (self, TAMPER_DELETE, g_strdup_printf ("DELETE FROM \"%s\" WHERE %s", self->table, where));
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = g_ptr_array_index (self->columns, i);

      if (column->key == 0)
        continue;
      insert_beside (self, column, NULL, where);
      for (guint j = 0; self->last && j < self->columns->len; j++)
        {
          const Column *pointing = g_ptr_array_index (self->columns, j);

          if (pointing->key == 0 && pointing->other != NULL)
            insert_beside (self, column, pointing, where);
        }
    }
  change (self, where);
}

/* Returns: (element-type utf8): conditions that a row alone fulfils, in the order of the key */
static GPtrArray *
list_rows (Maker *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (GString) order = g_string_new (" ORDER BY ");
  gboolean first = TRUE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = g_ptr_array_index (self->columns, i);

      if (column->key == 0)
        continue;
      g_string_append_printf (sql, "%s'\"%s\" = ' || quote (\"%s\")",
                              first ? "" : " || ' AND ' || ", column->name, column->name);
      g_string_append_printf (order, "%s\"%s\"", first ? "" : ", ", column->name);
      first = FALSE;
    }
  g_string_append_printf (sql, " FROM \"%s\"%s", self->table, order->str);
  {
    g_autoptr (CcStatement) found = prepare (self->connection, sql->str, NULL, NULL);

    while (step (found))
      g_ptr_array_add (rows, g_strdup (cc_statement_text (found, 0)));
  }
  return rows;
}

static void
try_table (CcConnection *connection, const char *table, GPtrArray *tricks)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (free_column);
  g_autoptr (GPtrArray) rows = NULL;
  Maker self = { connection, table, columns, tricks, FALSE };

  read_columns (&self);
  rows = list_rows (&self);
  for (guint i = 0; i < rows->len; i += MAX (rows->len - 1, 1))
    {
      self.last = i + 1 == rows->len;
      try_row (&self, g_ptr_array_index (rows, i));
    }
}

static GPtrArray *
list_tables (CcConnection *connection)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CcStatement) rows =
      prepare (connection,
               "SELECT name FROM sqlite_master WHERE type = 'table'"
               " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
               NULL, NULL);

  while (step (rows))
    g_ptr_array_add (tables, g_strdup (cc_statement_text (rows, 0)));
  return tables;
}

static gboolean
is_one_of (const char *table, const char *const *tables)
{
  for (; tables != NULL && *tables != NULL; tables++)
    if (strcmp (*tables, table) == 0)
      return TRUE;
  return tables == NULL;
}

GPtrArray *
tamper_list_tricks (CcConnection *connection, const char *const *wanted)
{
  GPtrArray *tricks = g_ptr_array_new_with_free_func (free_trick);
  g_autoptr (GPtrArray) tables = list_tables (connection);

  for (guint i = 0; i < tables->len; i++)
    if (is_one_of (tables->pdata[i], wanted))
      try_table (connection, tables->pdata[i], tricks);
  return tricks;
}

GPtrArray *
tamper_list_empty (CcConnection *connection)
{
  GPtrArray *empty = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tables = list_tables (connection);

  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"%s\"", (char *) tables->pdata[i]);
      g_autofree char *one = ask (connection, sql);

      if (one == NULL)
        g_ptr_array_add (empty, g_strdup (tables->pdata[i]));
    }
  return empty;
}
