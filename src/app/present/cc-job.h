/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/base/cc-progress.h>

G_BEGIN_DECLS

/* Long work that the user waits for: it runs in a thread, and when it takes more than a moment a
 * sheet over the window shows phase, counts, rate and time left, and offers to cancel. */

/* The work. Returns its result; NULL without an error is a result, too. Phases are keys of the
 * texts catalogue. */
typedef gpointer (*CcJobFunc) (CcProgress *progress, gpointer data, GError **error);

void     cc_job_run_async (GtkWidget          *near,
                           const char         *title,
                           CcJobFunc           func,
                           gpointer            data,
                           GDestroyNotify      free_data,
                           GDestroyNotify      free_result,
                           GAsyncReadyCallback callback,
                           gpointer            user_data);
gpointer cc_job_run_finish (GAsyncResult *result, GError **error);

/* How many jobs run now, in all windows. */
guint cc_job_get_n_running (void);

G_END_DECLS
