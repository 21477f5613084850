/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-lineage-private.h"
#include "cc-history-private.h"
#include "cc-row-image-private.h"
#include "cc-said-private.h"
#include "cc-seal-private.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  CcConnection *connection;
  CcLineage    *lineage;
  CcLineage    *other;
  gint64        since;
  CcTouches    *touches;
  gint64        seq; /* of the act being read */
  gint64        place;
  gint64        time;
  gboolean      skipped; /* taken back, or part of it */
  gboolean      foreign; /* a merge of what the other file had */
} Scan;

static void
free_touch (gpointer data)
{
  CcTouch *touch = data;

  g_clear_pointer (&touch->variables, g_ptr_array_unref);
  g_free (touch);
}

static void
free_gone (gpointer data)
{
  CcGoneRow *row = data;

  g_free (row->table);
  g_free (row->key);
  g_free (row->image);
  g_free (row);
}

void
cc_touches_free (CcTouches *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->rows);
  g_ptr_array_unref (self->gone);
  g_free (self);
}

CcTouch *
cc_touches_find (GHashTable *touches, gint64 id)
{
  return g_hash_table_lookup (touches, &id);
}

CcTouch *
cc_touches_find_row (CcTouches *self, const char *table, const char *key)
{
  g_autofree char *name = g_strdup_printf ("%s %s", table, key);

  return g_hash_table_lookup (self->rows, name);
}

gboolean
cc_touch_has (const CcTouch *self, const char *variable)
{
  if (self->whole)
    return TRUE;
  for (guint i = 0; self->variables != NULL && i < self->variables->len; i++)
    if (strcmp (g_ptr_array_index (self->variables, i), variable) == 0)
      return TRUE;
  return FALSE;
}

/* The act that a chain of takings back is about in the end. */
static gboolean
find_root (CcConnection *connection, gint64 seq, gint64 *root, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row = TRUE;

  *root = seq;
  find = cc_connection_prepare (connection,
                                "SELECT CAST (key AS INTEGER) FROM audit_change WHERE seq = ?1"
                                " AND n = 0 AND tbl = '" CC_UNDO_TABLE "'",
                                error);
  if (find == NULL)
    return FALSE;
  while (has_row)
    {
      cc_statement_reset (find);
      cc_statement_bind_int64 (find, 1, *root);
      if (!cc_statement_step (find, &has_row, error))
        return FALSE;
      if (has_row)
        *root = cc_statement_int64 (find, 0);
    }
  return TRUE;
}

/* An act and what took it back cancel each other, unless the other file has seen the act alone. */
static gboolean
begin_act (Scan *self, gint64 seq, gint64 time, GError **error)
{
  gint64 undone_by;
  gint64 root;

  self->seq = seq;
  self->time = time;
  self->place = cc_lineage_get_place (self->lineage, seq);
  self->foreign = FALSE;
  if (!cc_history_find_undone_by (self->connection, seq, &undone_by, error)
      || !find_root (self->connection, seq, &root, error))
    return FALSE;
  self->skipped =
      cc_lineage_get_place (self->lineage, root) > self->since && (undone_by != 0 || root != seq);
  return TRUE;
}

static CcTouch *
touch_in (GHashTable *touches, gint64 id, Scan *self)
{
  CcTouch *touch = g_hash_table_lookup (touches, &id);

  if (touch == NULL)
    {
      touch = g_new0 (CcTouch, 1);
      g_hash_table_insert (touches, g_memdup2 (&id, sizeof id), touch);
    }
  touch->time = self->time;
  touch->place = self->place;
  return touch;
}

static void
forget_variable (CcTouch *touch, const char *variable)
{
  for (guint i = 0; touch->variables != NULL && i < touch->variables->len; i++)
    if (strcmp (g_ptr_array_index (touch->variables, i), variable) == 0)
      g_ptr_array_remove_index (touch->variables, i--);
}

/* A merge set the value to what the other file has: nothing of ours is left there. */
static void
forget (Scan *self, gint64 id, const char *variable)
{
  CcTouch *touch = g_hash_table_lookup (self->touches->records, &id);

  if (touch == NULL)
    return;
  if (variable != NULL)
    forget_variable (touch, variable);
  if (variable == NULL
      || (!touch->whole && !touch->state
          && (touch->variables == NULL || touch->variables->len == 0)))
    g_hash_table_remove (self->touches->records, &id);
}

static void
add_variable (CcTouch *touch, const char *variable)
{
  if (touch->variables == NULL)
    touch->variables = g_ptr_array_new_with_free_func (g_free);
  if (!cc_touch_has (touch, variable))
    g_ptr_array_add (touch->variables, g_strdup (variable));
}

/* "12:VI03" of a unit's table, "12" of the table of records. */
static void
take_record (Scan *self, const char *table, const char *key, const char *after)
{
  const char  *variable = key != NULL ? strchr (key, ':') : NULL;
  const gint64 id = key != NULL ? g_ascii_strtoll (key, NULL, 10) : 0;
  CcTouch     *touch;

  if (self->foreign)
    {
      forget (self, id, variable != NULL ? variable + 1 : NULL);
      return;
    }
  if (after != NULL && g_str_has_prefix (after, CC_CAME_PREFIX))
    {
      char        *time = NULL;
      const gint64 place = g_ascii_strtoll (after + strlen (CC_CAME_PREFIX), &time, 10);

      if (place <= self->since)
        return;
      touch = touch_in (self->touches->records, id, self);
      touch->place = place;
      touch->time = *time == ':' ? g_ascii_strtoll (time + 1, NULL, 10) : self->time;
      touch->whole = TRUE;
      return;
    }
  touch = touch_in (self->touches->records, id, self);
  if (variable != NULL)
    add_variable (touch, variable + 1);
  else if (g_strcmp0 (after, "withdrawn") == 0 || g_strcmp0 (after, "live") == 0)
    touch->state = TRUE;
  else
    touch->whole = TRUE;
}

/* Words tell of values, the row's image alone of what a link connects. */
static void
take_unit_row (Scan       *self,
               const char *table,
               const char *key,
               const char *before,
               const char *after)
{
  const gint64 id = g_ascii_strtoll (key, NULL, 10);
  g_autoptr (GPtrArray) cells = NULL;
  gboolean parents = FALSE;

  if (before == NULL || after == NULL)
    return;
  cells = cc_row_cells_parse (after);
  for (guint i = 0; i < cells->len; i++)
    {
      const char *column = ((const CcRowCell *) g_ptr_array_index (cells, i))->column;

      parents = parents
                || (column != NULL && strcmp (column, "record") != 0
                    && !(column[0] == 'v' && g_ascii_isdigit (column[1])));
    }
  if (strcmp (table, "record") == 0)
    {
      /* A record that is stored again wakes without a word. */
      if (!self->foreign && strstr (after, "state=") != NULL)
        touch_in (self->touches->records, id, self)->state = TRUE;
      return;
    }
  if (parents && self->foreign)
    forget (self, id, CC_TOUCH_PARENTS);
  else if (parents)
    add_variable (touch_in (self->touches->records, id, self), CC_TOUCH_PARENTS);
}

static void
take_row (Scan *self, const char *table, const char *key, const char *before, const char *after)
{
  char    *name = g_strdup_printf ("%s %s", table, key);
  CcTouch *touch;

  if (self->foreign)
    {
      g_hash_table_remove (self->touches->rows, name);
      g_free (name);
      return;
    }
  if (after == NULL && before != NULL)
    {
      CcGoneRow *row = g_new0 (CcGoneRow, 1);

      row->table = g_strdup (table);
      row->key = g_strdup (key);
      row->image = g_strdup (before);
      g_ptr_array_add (self->touches->gone, row);
    }
  touch = g_new0 (CcTouch, 1);
  touch->time = self->time;
  touch->place = self->place;
  touch->whole = TRUE;
  g_hash_table_insert (self->touches->rows, name, touch);
}

/* Who came with the change: its time there outlives the act that brought it. */
static void
take_time (Scan *self, const char *key, const char *after)
{
  const gint64 id = g_ascii_strtoll (key, NULL, 10);
  CcTouch     *touch = g_hash_table_lookup (self->touches->records, &id);

  if (touch != NULL && after != NULL && touch->place == self->place)
    touch->time = g_ascii_strtoll (after, NULL, 10);
}

/* Tables whose changes are told by records and values, or are no statement. */
static gboolean
is_told_otherwise (const char *table)
{
  static const char *const tables[] = { "record",      "answer",        "multi_value", "no_value",
                                        "extra_value", "identifier",    "cluster",     "membership",
                                        "source_row",  "merge_conflict" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (table, tables[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
take_change (Scan *self, CcStatement *change, GHashTable *units)
{
  const char *table = cc_statement_text (change, 2);
  const char *key = cc_statement_text (change, 3);
  const char *before = cc_statement_text (change, 4);
  const char *after = cc_statement_text (change, 5);

  if (strcmp (table, CC_MERGE_TABLE) == 0)
    {
      /* The first head of a merge is that of the file, further ones came through it. */
      if (cc_statement_int64 (change, 6) == 0 && after != NULL && self->other != NULL)
        self->foreign = cc_lineage_find (self->other, key) > 0;
      return;
    }
  /* That a delivery says the same again changes nothing. */
  if (self->skipped || key == NULL || strcmp (table, CC_SAID_TABLE) == 0
      || strcmp (table, CC_SEAL_TABLE) == 0)
    return;
  if (strcmp (table, "record") == 0 || g_hash_table_contains (units, table))
    take_record (self, table, key, after);
  else if (strcmp (table, "membership") == 0)
    {
      if (!self->foreign)
        touch_in (self->touches->members, g_ascii_strtoll (key, NULL, 10), self);
      else
        {
          const gint64 id = g_ascii_strtoll (key, NULL, 10);

          g_hash_table_remove (self->touches->members, &id);
        }
    }
  else if (strcmp (table, CC_CAME_TABLE) == 0)
    take_time (self, key, after);
  else if (g_str_has_prefix (table, CC_ROW_PREFIX))
    {
      table += strlen (CC_ROW_PREFIX);
      if (g_hash_table_contains (units, table) || strcmp (table, "record") == 0)
        take_unit_row (self, table, key, before, after);
      else if (!is_told_otherwise (table))
        take_row (self, table, key, before, after);
    }
  else
    take_row (self, table, key, NULL, after);
}

static GHashTable *
list_units (CcConnection *connection, GError **error)
{
  g_autoptr (GHashTable) units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection,
                             "SELECT u.unit FROM (SELECT DISTINCT unit FROM variable) u"
                             " JOIN pragma_table_info (u.unit) i ON i.name = 'record'",
                             error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return NULL;
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_hash_table_add (units, g_strdup (cc_statement_text (rows, 0)));
    }
  return g_steal_pointer (&units);
}

CcTouches *
cc_touches_read (CcConnection *connection,
                 CcLineage    *lineage,
                 gint64        since,
                 CcLineage    *other,
                 GError      **error)
{
  g_autoptr (CcTouches) touches = g_new0 (CcTouches, 1);
  g_autoptr (GHashTable) units = list_units (connection, error);
  g_autoptr (CcStatement) changes = NULL;
  Scan     self = { connection, lineage, other, since, touches, 0, 0, 0, FALSE, FALSE };
  gboolean has_row = TRUE;

  touches->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_touch);
  touches->members = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_touch);
  touches->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_touch);
  touches->gone = g_ptr_array_new_with_free_func (free_gone);
  if (units == NULL)
    return NULL;
  changes = cc_connection_prepare (connection,
                                   "SELECT c.seq, a.time, c.tbl, c.key, c.before, c.after, c.n"
                                   " FROM audit_change c JOIN audit a ON a.seq = c.seq"
                                   " WHERE c.seq > ?1 ORDER BY c.seq, c.n",
                                   error);
  if (changes == NULL)
    return NULL;
  /* What a package began with may have changed in its origin after the place asked for. */
  cc_statement_bind_int64 (changes, 1,
                           since < lineage->inherited
                               ? 0
                               : since - lineage->inherited + lineage->making);
  while (has_row)
    {
      if (!cc_statement_step (changes, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      if (cc_statement_int64 (changes, 0) != self.seq
          && !begin_act (&self, cc_statement_int64 (changes, 0), cc_statement_int64 (changes, 1),
                         error))
        return NULL;
      take_change (&self, changes, units);
    }
  return g_steal_pointer (&touches);
}
