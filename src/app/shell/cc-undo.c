/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-undo.h"

#include "cc-session-work.h"
#include "history/cc-history-texts.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-history.h>

/* What is to be undone: an act by its number, or what a search in the history finds. */
typedef struct
{
  gint64 seq; /* 0: to be found */
  gint64 (*find) (CcConnection *connection, GError **error);
} Wish;

/* Who is told of it. */
typedef struct
{
  GtkWidget  *near;
  CcSession  *session;
  const char *nothing; /* said where there is nothing to do */
  const char *failed;  /* heading of an error */
  gint64      seq;     /* of the act that undid */
} Report;

static void
report_free (Report *self)
{
  g_clear_object (&self->near);
  g_clear_pointer (&self->session, cc_session_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

static gboolean
undo_act (CcAct *act, gpointer user_data, GError **error)
{
  const Wish  *wish = user_data;
  GError      *problem = NULL;
  const gint64 seq =
      wish->seq != 0 ? wish->seq : wish->find (cc_act_get_connection (act), &problem);

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

static gpointer
load_entry (CcSession    *session,
            CcConnection *connection,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  return cc_history_entry_load (connection, *(const gint64 *) data, error);
}

static void
on_described (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Report) report = user_data;
  g_autoptr (CcHistoryEntry) entry = cc_session_read_finish (result, NULL);
  g_autofree char *text =
      entry != NULL ? cc_history_describe (report->session, entry) : g_strdup (_ ("Taken back."));

  cc_present_undo (report->near, text, report->seq);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Report) report = user_data;
  g_autoptr (GError) error = NULL;

  if (cc_session_act_finish (result, &report->seq, &error))
    {
      CcSession *session = report->session;
      gint64    *seq = g_memdup2 (&report->seq, sizeof report->seq);

      cc_session_read_async (session, load_entry, seq, g_free,
                             (GDestroyNotify) cc_history_entry_free, NULL, on_described,
                             g_steal_pointer (&report));
    }
  else if (g_error_matches (error, CC_ERROR, CC_ERROR_NOT_FOUND))
    cc_present_toast (report->near, report->nothing);
  else
    cc_present_error (report->near, report->failed, error);
}

/* The keys reach the window first. Where somebody types they belong to the text. */
static gboolean
is_typing (GtkWidget *near, const char *action)
{
  GtkRoot   *root = gtk_widget_get_root (near);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus))
         && gtk_widget_activate_action (focus, action, NULL);
}

static void
run (GtkWidget *near, CcSession *session, Wish wish, Report texts)
{
  Report *report = g_memdup2 (&texts, sizeof texts);

  report->near = g_object_ref (near);
  report->session = cc_session_ref (session);
  cc_present_withdraw_undo (near);
  cc_session_act_async (session, "undo", undo_act, g_memdup2 (&wish, sizeof wish), g_free, NULL,
                        on_undone, report);
}

void
cc_undo_run (GtkWidget *near, CcSession *session, gint64 seq)
{
  g_return_if_fail (GTK_IS_WIDGET (near) && session != NULL);
  if (seq == 0 && is_typing (near, "text.undo"))
    return;
  run (near, session, (Wish){ seq, cc_history_find_undoable },
       (Report){ .nothing = _ ("There is nothing to take back."),
                 .failed = _ ("It Could Not Be Taken Back") });
}

void
cc_redo_run (GtkWidget *near, CcSession *session)
{
  g_return_if_fail (GTK_IS_WIDGET (near) && session != NULL);
  if (is_typing (near, "text.redo"))
    return;
  run (near, session, (Wish){ 0, cc_history_find_redoable },
       (Report){ .nothing = _ ("There is nothing to do again."),
                 .failed = _ ("It Could Not Be Done Again") });
}
