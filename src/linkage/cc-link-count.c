/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-file-private.h"

guint
cc_link_count_clusters (CcConnection *connection, const char *kind, GError **error)
{
  g_autoptr (CcStatement) count =
      cc_connection_prepare (connection,
                             "SELECT count (*) FROM cluster WHERE kind = ?1 AND state = 0", error);
  gboolean has_row;

  if (!count)
    return 0;
  cc_statement_bind_text (count, 1, kind);
  return cc_statement_step (count, &has_row, error) && has_row
             ? (guint) cc_statement_int64 (count, 0)
             : 0;
}
