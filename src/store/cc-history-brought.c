/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-private.h"
#include "cc-lineage-private.h"
#include "cc-row-image-private.h"

/* What an act "merge" brought: its words tell of records, the rows as they were of the rest. */

#define WORDS  " FROM audit_change c WHERE c.seq = ?1 AND c.n < ?2"
#define IMAGES " FROM audit_change c WHERE c.seq = ?1 AND c.n >= ?2 AND c.before IS NULL"

/* A record of a delivery is noted by where it came from. */
#define IS_POINTER "c.tbl = 'record' AND ifnull (c.after, '') <> 'withdrawn'"

/* A value of a record: "12:VI03". */
#define IS_VALUE                                                                                   \
  "c.tbl NOT IN ('" CC_MERGE_TABLE "', '" CC_CAME_TABLE "') AND c.key GLOB '[0-9]*:*'"

/* Records that came: by the rows where those are kept, else by the deliveries' alone. */
#define NEW_BY_ROWS "SELECT CAST (c.key AS INTEGER)" IMAGES " AND c.tbl = '" CC_ROW_PREFIX "record'"
#define NEW_BY_WORDS                                                                               \
  "SELECT CAST (c.key AS INTEGER)" WORDS " AND " IS_POINTER " AND c.before IS NULL"
#define CHANGED                                                                                    \
  "SELECT count (DISTINCT CAST (c.key AS INTEGER))" WORDS " AND (" IS_VALUE " OR (" IS_POINTER     \
  " AND c.before IS NOT NULL))"                                                                    \
  " AND CAST (c.key AS INTEGER) NOT IN "

void
cc_history_brought_free (CcHistoryBrought *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->agencies);
  g_free (self);
}

static CcStatement *
prepare (CcConnection *connection, const CcHistoryAct *act, const char *sql, GError **error)
{
  CcStatement *statement = cc_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;
  cc_statement_bind_int64 (statement, 1, act->seq);
  cc_statement_bind_int64 (statement, 2, act->n_changes);
  return statement;
}

static gboolean
count (CcConnection       *connection,
       const CcHistoryAct *act,
       const char         *sql,
       gint64             *number,
       GError            **error)
{
  g_autoptr (CcStatement) find = prepare (connection, act, sql, error);
  gboolean has_row = FALSE;

  if (find == NULL || !cc_statement_step (find, &has_row, error))
    return FALSE;
  *number = has_row ? cc_statement_int64 (find, 0) : 0;
  return TRUE;
}

/* One row for each: a name, or nothing where the file no longer knows it. */
static gboolean
read_agencies (CcHistoryBrought   *self,
               CcConnection       *connection,
               const CcHistoryAct *act,
               const char         *sql,
               GError            **error)
{
  g_autoptr (CcStatement) rows = prepare (connection, act, sql, error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return FALSE;
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      self->n_agencies++;
      if (!cc_statement_is_null (rows, 0))
        g_ptr_array_add (self->agencies, g_strdup (cc_statement_text (rows, 0)));
    }
  return TRUE;
}

static gboolean
read_counts (CcHistoryBrought   *self,
             CcConnection       *connection,
             const CcHistoryAct *act,
             GError            **error)
{
  if (act->has_images)
    return read_agencies (self, connection, act,
                          "SELECT (SELECT name FROM entity WHERE id = CAST (c.key AS "
                          "INTEGER))" IMAGES " AND c.tbl = '" CC_ROW_PREFIX "entity' ORDER BY c.n",
                          error)
           && count (connection, act,
                     "SELECT count (*)" IMAGES " AND c.tbl = '" CC_ROW_PREFIX "submission'",
                     &self->deliveries, error)
           && count (connection, act, "SELECT count (*) FROM (" NEW_BY_ROWS ")", &self->added,
                     error)
           && count (connection, act, CHANGED "(" NEW_BY_ROWS ")", &self->changed, error);
  return read_agencies (self, connection, act,
                        "SELECT name FROM entity WHERE id IN (SELECT r.entity FROM record r"
                        " WHERE r.id IN (" NEW_BY_WORDS ")) ORDER BY id",
                        error)
         && count (connection, act,
                   "SELECT count (DISTINCT r.submission) FROM record r WHERE r.id IN"
                   " (" NEW_BY_WORDS ")",
                   &self->deliveries, error)
         && count (connection, act, "SELECT count (*) FROM (" NEW_BY_WORDS ")", &self->added, error)
         && count (connection, act, CHANGED "(" NEW_BY_WORDS ")", &self->changed, error);
}

CcHistoryBrought *
cc_history_get_brought (CcConnection *connection, const CcHistoryAct *act, GError **error)
{
  g_autoptr (CcHistoryBrought) self = g_new0 (CcHistoryBrought, 1);
  gint64 package = 0;

  self->agencies = g_ptr_array_new_with_free_func (g_free);
  if (!count (connection, act,
              "SELECT count (*)" WORDS " AND c.n = 0 AND c.tbl = '" CC_MERGE_TABLE
              "' AND c.after = 'package'",
              &package, error)
      || !count (connection, act,
                 "SELECT count (*)" WORDS " AND c.tbl = 'record' AND c.after = 'withdrawn'",
                 &self->withdrawn, error)
      || !read_counts (self, connection, act, error))
    return NULL;
  self->package = package > 0;
  return g_steal_pointer (&self);
}

GPtrArray *
cc_history_list_brought_changes (CcConnection       *connection,
                                 const CcHistoryAct *act,
                                 guint               limit,
                                 gint64             *n_all,
                                 GError            **error)
{
  g_autoptr (GPtrArray) changes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_history_change_free);
  g_autoptr (CcStatement) rows =
      prepare (connection, act,
               "SELECT c.n" WORDS " AND c.tbl NOT IN ('" CC_MERGE_TABLE "', '" CC_CAME_TABLE
               "') AND NOT (" IS_POINTER ") ORDER BY c.n",
               error);
  gboolean has_row = TRUE;

  *n_all = 0;
  if (rows == NULL)
    return NULL;
  while (has_row)
    {
      g_autoptr (GPtrArray) one = NULL;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (!has_row || ++*n_all > limit)
        continue;
      one = cc_history_list_changes (connection, act->seq, (guint) cc_statement_int64 (rows, 0), 1,
                                     error);
      if (one == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (changes, g_steal_pointer (&one));
    }
  return g_steal_pointer (&changes);
}
