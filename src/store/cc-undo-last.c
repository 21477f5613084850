/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo-private.h"

/* Which act is taken back, or done again, where nobody names one. The history tells, so it is the
 * same after the file was closed. */

/* *undone: the act that it takes back, 0: none */
static gboolean
find_undone (CcConnection *connection, gint64 seq, gint64 *undone, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection,
                             "SELECT CAST (key AS INTEGER) FROM audit_change WHERE seq = ?1"
                             " AND n = 0 AND tbl = '" CC_UNDO_TABLE "'",
                             error);
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, seq);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  *undone = has_row ? cc_statement_int64 (find, 0) : 0;
  return TRUE;
}

gboolean
cc_undo_look (CcConnection *connection, gint64 seq, gint64 *root, CcUndoPart *part, GError **error)
{
  gboolean does = TRUE;
  gint64   undone_by;
  gint64   undoes = seq;

  if (!cc_history_find_undone_by (connection, seq, &undone_by, error))
    return FALSE;
  /* An act that takes back one that took back does again. */
  for (gboolean first = TRUE; undoes != 0; first = FALSE)
    {
      *root = undoes;
      does = first || !does;
      if (!find_undone (connection, *root, &undoes, error))
        return FALSE;
    }
  /* What was done again can be taken back as the act itself, too. */
  if (does && undone_by == 0 && *root != seq
      && !cc_history_find_undone_by (connection, *root, &undone_by, error))
    return FALSE;
  *part = undone_by != 0 ? CC_UNDO_PART_GONE : does ? CC_UNDO_PART_DOES : CC_UNDO_PART_UNDOES;
  return TRUE;
}

gboolean
cc_undo_stands (CcConnection *connection,
                gint64        seq,
                gint64       *root,
                gboolean     *stands,
                GError      **error)
{
  CcUndoPart part;

  if (!cc_undo_look (connection, seq, root, &part, error))
    return FALSE;
  *stands = part == CC_UNDO_PART_DOES;
  return TRUE;
}

/* Acts that took others back, or were taken back, are passed over: pressing again goes further
 * back. What was done again counts from when that was: it was done last. Acts that changed no data,
 * as what was handed in, or what opening the file does of its own accord, are passed over, too:
 * that adds what a newer edition of the classification brings and changes no code that is stored.
 * Another that cannot be taken back, such as a concordance, stops here: whoever meant it must not
 * lose the import before it instead. */
gint64
cc_history_find_undoable (CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) acts =
      cc_connection_prepare (connection, "SELECT seq FROM audit ORDER BY seq DESC", error);
  gboolean has_row = acts != NULL;

  while (has_row)
    {
      gboolean    stands;
      gint64      act;
      CcUndoState state;

      if (!cc_statement_step (acts, &has_row, error))
        return 0;
      if (!has_row)
        break;
      if (!cc_undo_stands (connection, cc_statement_int64 (acts, 0), &act, &stands, error))
        return 0;
      if (!stands)
        continue;
      if (!cc_history_check_undo (connection, act, &state, NULL, error))
        return 0;
      if (state != CC_UNDO_NOTHING && state != CC_UNDO_LEFT)
        return act;
    }
  return 0;
}

/* What was taken back or done again is passed over: pressing again goes further on. So are acts
 * that changed no data: what was handed in, a backup, what opening the file does of its own accord.
 */
gint64
cc_history_find_redoable (CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) acts =
      cc_connection_prepare (connection, "SELECT seq FROM audit ORDER BY seq DESC", error);
  gboolean has_row = acts != NULL;

  while (has_row)
    {
      gint64      seq;
      gint64      root;
      CcUndoPart  part;
      CcUndoState state;

      if (!cc_statement_step (acts, &has_row, error))
        return 0;
      seq = has_row ? cc_statement_int64 (acts, 0) : 0;
      if (!has_row || !cc_undo_look (connection, seq, &root, &part, error))
        return 0;
      if (part == CC_UNDO_PART_GONE || (part == CC_UNDO_PART_DOES && root != seq))
        continue;
      if (!cc_history_check_undo (connection, seq, &state, NULL, error))
        return 0;
      if (part == CC_UNDO_PART_UNDOES)
        return state == CC_UNDO_POSSIBLE ? seq : 0;
      if (state != CC_UNDO_NOTHING && state != CC_UNDO_LEFT)
        return 0;
    }
  return 0;
}
