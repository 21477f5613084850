/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-verify.h"

#include "cc-history-texts.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <cc/base/cc-error.h>
#include <cc/stats/cc-facts.h>

/* Problems listed in the dialog; a damaged file may have many. */
#define N_LISTED 6

typedef struct
{
  GPtrArray  *problems;
  gint64      n_acts;
  gint64      n_nameless; /* removals that do not say what they took out of the history */
  const char *left_out;   /* a sentence; NULL: nothing */
} Verdict;

static void
verdict_free (gpointer data)
{
  Verdict *self = data;

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

static gboolean
count_acts (CcCaseFile *file, gint64 *n, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  GError       *problem = NULL;

  if (reader == NULL)
    return FALSE;
  *n = cc_history_get_last (reader, &problem);
  cc_case_file_release_reader (file, reader);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* Counts that do not follow from the records are a finding as well. */
static gboolean
verify_counts (CcCaseFile *file, CcProgress *progress, Verdict *verdict, GError **error)
{
  GPtrArray *problems = verdict->problems;
  GError    *problem = NULL;

  cc_progress_begin (progress, "progress.count", 0);
  if (cc_facts_examine (file, cc_progress_get_cancellable (progress), &verdict->left_out, &problem))
    return TRUE;
  if (!g_error_matches (problem, CC_ERROR, CC_ERROR_DAMAGED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_ptr_array_add (problems, g_strdup_printf ("%s %s", problem->message,
                                              cc_facts_advise (problems->len == 0)));
  g_error_free (problem);
  return TRUE;
}

static gpointer
verify (CcProgress *progress, gpointer data, GError **error)
{
  CcCaseFile *file = cc_session_get_file (data);
  Verdict    *verdict = g_new0 (Verdict, 1);

  cc_progress_begin (progress, "progress.check", 0);
  if (count_acts (file, &verdict->n_acts, error)
      && cc_case_file_verify_with (file, progress, &verdict->problems, error)
      && cc_case_file_count_nameless_removals (file, &verdict->n_nameless, error)
      && verify_counts (file, progress, verdict, error))
    return verdict;
  verdict_free (verdict);
  return NULL;
}

typedef struct
{
  GtkWidget *near;
  CcSession *session;
} Asked;

static void
show_verdict (Asked *asked, const Verdict *verdict)
{
  GtkWidget *window = gtk_widget_get_ancestor (asked->near, GTK_TYPE_WINDOW);
  GtkWidget *dialog;
  g_autoptr (GString) body = g_string_new (NULL);

  if (window == NULL)
    return;
  if (verdict->problems->len == 0)
    {
      g_autofree char *sentence =
          cc_history_describe_intact (asked->session, verdict->n_acts, verdict->left_out == NULL);

      g_string_append (body, sentence);
    }
  for (guint i = 0; i < MIN (verdict->problems->len, N_LISTED); i++)
    g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (verdict->problems, i));
  if (verdict->problems->len > N_LISTED)
    {
      const guint      n = verdict->problems->len - N_LISTED;
      g_autofree char *number = cc_session_format_number (asked->session, n);

      g_string_append_printf (body, ngettext ("\nand %s more", "\nand %s more", n), number);
    }
  if (verdict->n_nameless > 0)
    g_string_append_printf (body, "\n\n%s",
                            _ ("Identifiers were removed by an earlier version of Casecount, which "
                               "did not note what it took out of the history: that nothing else "
                               "was taken out of the acts before is not proven."));
  if (verdict->left_out != NULL)
    g_string_append_printf (body, "\n\n%s", verdict->left_out);
  if (verdict->problems->len > 0)
    g_string_append_printf (body, "\n\n%s",
                            _ ("Nothing was changed. Keep this file as it is, and compare it with "
                               "a backup."));
  dialog = adw_message_dialog_new (GTK_WINDOW (window),
                                   verdict->problems->len == 0 ? _ ("The File Is Whole")
                                                               : _ ("Something Is Not in Order"),
                                   body->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked   *asked = user_data;
  GError  *error = NULL;
  Verdict *verdict = cc_job_run_finish (result, &error);

  if (verdict != NULL)
    show_verdict (asked, verdict);
  else
    cc_present_error (asked->near, _ ("The History Could Not Be Verified"), error);
  g_clear_error (&error);
  g_clear_pointer (&verdict, verdict_free);
  g_object_unref (asked->near);
  cc_session_unref (asked->session);
  g_free (asked);
}

void
cc_history_verify_run (GtkWidget *near, CcSession *session)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->near = g_object_ref (near);
  asked->session = cc_session_ref (session);
  cc_job_run_async (near, _ ("Verifying the History"), verify, cc_session_ref (session),
                    (GDestroyNotify) cc_session_unref, verdict_free, on_verified, asked);
}
