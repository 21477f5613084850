/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo.h"

#include "cc-session-work.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-history.h>

static gboolean
undo_act (CcAct *act, gpointer user_data, GError **error)
{
  const gint64 *wanted = user_data;
  GError       *problem = NULL;
  const gint64  seq =
      *wanted != 0 ? *wanted : cc_history_find_undoable (cc_act_get_connection (act), &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (seq == 0)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND, "There is nothing to take back.");
      return FALSE;
    }
  return cc_act_undo (act, seq, error);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) near = GTK_WIDGET (user_data);
  g_autoptr (GError) error = NULL;
  gint64 seq;

  if (cc_session_act_finish (result, &seq, &error))
    cc_present_undo (near, _ ("Taken back."), seq);
  else if (g_error_matches (error, CC_ERROR, CC_ERROR_NOT_FOUND))
    cc_present_toast (near, _ ("There is nothing to take back."));
  else
    cc_present_error (near, _ ("It Could Not Be Taken Back"), error);
}

/**
 * near: a widget of the window; kept until the act is over
 */
void
cc_undo_run (GtkWidget *near, CcSession *session, gint64 seq)
{
  g_return_if_fail (GTK_IS_WIDGET (near) && session != NULL);
  cc_session_act_async (session, "undo", undo_act, g_memdup2 (&seq, sizeof seq), g_free, NULL,
                        on_undone, g_object_ref (near));
}
