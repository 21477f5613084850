/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-norm.h>

#include "cc-act-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>
#include <cc/store/cc-retention.h>

/* Rows mended at a time: all of a large file may be of an older way of folding. */
#define MAX_STALE 10000

/* An identifier whose folded form does not follow from it. */
typedef struct
{
  gint64 record;
  char  *kind;
  gint64 seq;
  char  *norm; /* as it should be */
} Stale;

typedef struct
{
  GCancellable *cancellable;
  CcStatement  *rows;
} Walk;

static void
clear_stale (gpointer data)
{
  Stale *self = data;

  g_free (self->kind);
  g_free (self->norm);
}

char *
cc_norm_make (const char *value)
{
  return g_strcmp0 (value, CC_PURGED_MARK) != 0 ? cc_text_fold (value) : NULL;
}

/* Steps to the next row that differs; *norm NULL and *has_row FALSE at the end. */
static gboolean
find_next (Walk *self, gboolean *has_row, char **norm, GError **error)
{
  for (;;)
    {
      g_autofree char *made = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
          || !cc_statement_step (self->rows, has_row, error))
        return FALSE;
      if (!*has_row)
        return TRUE;
      made = cc_norm_make (cc_statement_text (self->rows, 3));
      if (g_strcmp0 (made, cc_statement_text (self->rows, 4)) != 0)
        {
          *norm = g_steal_pointer (&made);
          return TRUE;
        }
    }
}

/* From a record on, in the order in which they lie. */
static gboolean
open_walk (Walk         *self,
           CcConnection *connection,
           gint64        from,
           GCancellable *cancellable,
           GError      **error)
{
  self->cancellable = cancellable;
  self->rows = cc_connection_prepare (connection,
                                      "SELECT record, kind, seq, value, norm FROM identifier"
                                      " WHERE record >= ?1 ORDER BY record, kind, seq",
                                      error);
  if (self->rows != NULL)
    cc_statement_bind_int64 (self->rows, 1, from);
  return self->rows != NULL;
}

gboolean
cc_norm_verify (CcConnection *connection, GCancellable *cancellable, GError **error)
{
  g_autofree char *norm = NULL;
  gboolean         has_row;
  gboolean         ok;
  Walk             walk;

  if (!open_walk (&walk, connection, G_MININT64, cancellable, error))
    return FALSE;
  ok = find_next (&walk, &has_row, &norm, error);
  if (ok && has_row)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "The figures kept for searching and comparing do not follow from the names and "
                   "numbers of record %" G_GINT64_FORMAT ".",
                   cc_statement_int64 (walk.rows, 0));
      ok = FALSE;
    }
  cc_statement_release (walk.rows);
  return ok;
}

static gboolean
collect (CcAct *act, gint64 from, GArray *stale, GError **error)
{
  gboolean has_row = TRUE;
  gboolean ok;
  Walk     walk;

  if (!open_walk (&walk, act->connection, from, act->cancellable, error))
    return FALSE;
  do
    {
      char *norm = NULL;

      ok = find_next (&walk, &has_row, &norm, error);
      if (ok && has_row)
        {
          const Stale row = { cc_statement_int64 (walk.rows, 0),
                              g_strdup (cc_statement_text (walk.rows, 1)),
                              cc_statement_int64 (walk.rows, 2), norm };

          g_array_append_val (stale, row);
        }
    }
  while (ok && has_row && stale->len < MAX_STALE);
  cc_statement_release (walk.rows);
  return ok;
}

static gboolean
mend (CcAct *act, const GArray *stale, GError **error)
{
  g_autoptr (CcStatement) update =
      cc_connection_prepare (act->connection,
                             "UPDATE identifier SET norm = ?4"
                             " WHERE record = ?1 AND kind = ?2 AND seq = ?3",
                             error);

  for (guint i = 0; update != NULL && i < stale->len; i++)
    {
      const Stale *row = &g_array_index (stale, Stale, i);

      cc_statement_bind_int64 (update, 1, row->record);
      cc_statement_bind_text (update, 2, row->kind);
      cc_statement_bind_int64 (update, 3, row->seq);
      cc_statement_bind_text (update, 4, row->norm);
      if (!cc_statement_run (update, error))
        return FALSE;
    }
  return update != NULL;
}

gboolean
cc_norm_rebuild (CcAct *act, GError **error)
{
  g_autoptr (GArray) stale = g_array_new (FALSE, FALSE, sizeof (Stale));
  gint64 from = G_MININT64;
  guint  n;

  g_array_set_clear_func (stale, clear_stale);
  /* What can be made anew has no before and after; kept, so many rows would end what is known of
   * all older ones. */
  cc_capture_stop (cc_writer_get_capture (act->writer));
  do
    {
      g_array_set_size (stale, 0);
      if (!collect (act, from, stale, error) || !mend (act, stale, error))
        return FALSE;
      n = stale->len;
      if (n > 0)
        from = g_array_index (stale, Stale, n - 1).record;
    }
  while (n == MAX_STALE);
  return TRUE;
}
