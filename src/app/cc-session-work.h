/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-connection.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Work on an open case file away from the main loop. A callback may come after the widget that
 * asked is gone: hold a reference, or cancel. */

/* Reads something, in a thread and with a connection of its own. Returns what was read; NULL
 * without an error is a result, too. */
typedef gpointer (*CcReadFunc) (CcSession    *session,
                                CcConnection *connection,
                                gpointer      data,
                                GCancellable *cancellable,
                                GError      **error);

void     cc_session_read_async (CcSession          *session,
                                CcReadFunc          func,
                                gpointer            data,
                                GDestroyNotify      free_data,
                                GDestroyNotify      free_result,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
gpointer cc_session_read_finish (GAsyncResult *result, GError **error);

/* Runs one act on the writer thread; seq (out, may be NULL) is its number in the audit chain, for
 * an Undo. Every page learns that the data changed before the callback is called. */
void     cc_session_act_async (CcSession          *session,
                               const char         *name,
                               CcActFunc           func,
                               gpointer            data,
                               GDestroyNotify      free_data,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gboolean cc_session_act_finish (GAsyncResult *result, gint64 *seq, GError **error);

G_END_DECLS
