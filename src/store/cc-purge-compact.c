/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-purge-private.h"

gboolean
cc_purge_is_pending (CcConnection *connection)
{
  g_autofree char *due = cc_case_file_read_meta (connection, "compact-due", NULL);

  return due != NULL;
}

/* FALSE in *done where a reader keeps the log alive. */
static gboolean
empty_log (CcConnection *connection, gboolean *done, GError **error)
{
  GError      *problem = NULL;
  const gint64 busy =
      cc_connection_get_int64 (connection, "PRAGMA wal_checkpoint (TRUNCATE)", 0, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  *done = *done && busy == 0;
  return TRUE;
}

gboolean
cc_purge_compact (CcConnection *connection, gboolean *done, GError **error)
{
  *done = TRUE;
  if (!cc_connection_execute (connection, "PRAGMA secure_delete = ON", error)
      || !empty_log (connection, done, error)
      || !cc_connection_execute (connection, "VACUUM", error)
      || !empty_log (connection, done, error))
    return FALSE;
  if (!*done)
    return TRUE;
  return cc_connection_execute (connection,
                                "DELETE FROM meta WHERE key = 'compact-due';"
                                "PRAGMA secure_delete = OFF",
                                error);
}
