/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-undo.h"

#include "cc-import-difference.h"
#include "cc-import-texts.h"
#include "cc-session-work.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-long-question.h"
#include "present/cc-toast.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <cc/intake/cc-import.h>
#include <cc/store/cc-act.h>

/* As wide as the question above it. */
#define MOST_CHARS 40

typedef struct
{
  GtkWidget *near;
  CcSession *session;
  gint64     submission;
  char      *body;
} Undo;

static void
clear_undo (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->near);
  cc_session_unref (undo->session);
  g_free (undo->body);
}

static void
free_undo (gpointer data)
{
  g_rc_box_release_full (data, clear_undo);
}

static void
free_with_closure (gpointer data, GClosure *closure)
{
  free_undo (data);
}

static void
free_difference (gpointer data)
{
  cc_difference_free (data);
}

static gboolean
withdraw (CcAct *act, gpointer data, GError **error)
{
  guint n_records;

  return cc_act_withdraw_submission (act, *(gint64 *) data, &n_records, error);
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) near = user_data;
  g_autoptr (GError) error = NULL;
  gint64 seq;

  if (cc_session_act_finish (result, &seq, &error))
    cc_present_undo (near, _ ("The delivery was taken back."), seq);
  else
    cc_present_error (near, _ ("The Delivery Could Not Be Taken Back"), error);
}

static void
on_response (Undo *undo, const char *response)
{
  if (!g_str_equal (response, "undo"))
    return;
  cc_present_withdraw_undo (undo->near);
  cc_session_act_async (undo->session, "undo-import", withdraw,
                        g_memdup2 (&undo->submission, sizeof undo->submission), g_free, NULL,
                        on_withdrawn, g_object_ref (undo->near));
}

/* list: markup */
static GtkWidget *
create_list (const char *list)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), list);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
  return label;
}

static void
ask (Undo *undo, const CcDifference *difference)
{
  g_autofree char *list = cc_import_describe_all (undo->session, difference);
  GtkWidget       *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (undo->near)),
                                                    _ ("Take This Delivery Back?"), undo->body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "undo",
                                    _ ("_Take Back"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "undo",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  if (list != NULL)
    adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), create_list (list));
  cc_long_question_scroll (ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), g_rc_box_acquire (undo),
                         free_with_closure, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
look_in_thread (CcProgress *progress, gpointer data, GError **error)
{
  Undo *undo = data;

  return cc_import_difference (cc_session_get_file (undo->session), undo->submission, TRUE, NULL,
                               cc_progress_get_cancellable (progress), error);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Undo *undo = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcDifference) difference = cc_job_run_finish (result, &error);

  if (difference != NULL && gtk_widget_get_root (undo->near) != NULL)
    ask (undo, difference);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cc_present_error (undo->near, _ ("The Delivery Could Not Be Taken Back"), error);
  free_undo (undo);
}

void
cc_import_ask_undo (GtkWidget          *near,
                    CcSession          *session,
                    const CcSubmission *submission,
                    const char         *agency)
{
  Undo *undo = g_rc_box_new0 (Undo);

  undo->near = g_object_ref (near);
  undo->session = cc_session_ref (session);
  undo->submission = submission->id;
  undo->body = cc_import_describe_undo (session, agency, submission);
  cc_job_run_async (near, _ ("Looking at What Would Be Other"), look_in_thread,
                    g_rc_box_acquire (undo), free_undo, free_difference, on_looked, undo);
}
