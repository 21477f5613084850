/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-send-back.h"

#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/intake/cc-send-back.h>

/* One way from the question to the written workbook. */
typedef struct
{
  GtkWidget            *near;
  CcSession            *session;
  GtkFileChooserNative *chooser;
  gint64                submission;
  char                 *file_name;
  char                 *list; /* path of the sender's file */
  char                 *out;
} SendBack;

static void
send_back_free (SendBack *self)
{
  g_clear_object (&self->chooser);
  g_object_unref (self->near);
  cc_session_unref (self->session);
  g_free (self->file_name);
  g_free (self->list);
  g_free (self->out);
  g_free (self);
}

static GtkWindow *
get_window (SendBack *self)
{
  GtkRoot *root = gtk_widget_get_root (self->near);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

char *
cc_import_send_back_name (const char *file_name)
{
  g_autofree char *stem = g_strdup (file_name);
  char            *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  /* Translators: the name of a file; %s is that of the list that is asked about. */
  return g_strdup_printf (_ ("%s - questions.xlsx"), stem);
}

static gpointer
write_in_thread (CcProgress *progress, gpointer data, GError **error)
{
  SendBack *self = data;

  return cc_send_back (cc_session_get_file (self->session), cc_session_get_texts (self->session),
                       self->submission, self->list, self->out, NULL, progress, error);
}

static void
free_result (gpointer data)
{
  cc_send_back_result_free (data);
}

static void
on_written (GObject *source, GAsyncResult *answer, gpointer user_data)
{
  SendBack *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcSendBackResult) result = cc_job_run_finish (answer, &error);

  if (result != NULL)
    cc_session_changed (self->session);
  if (get_window (self) == NULL)
    g_debug ("the window was closed before the list was written");
  else if (result != NULL)
    {
      g_autofree char *number = cc_session_format_number (self->session, result->questions);
      /* Translators: %s is a number. */
      g_autofree char *text = g_strdup_printf (ngettext ("The list was written with %s question.",
                                                         "The list was written with %s "
                                                         "questions.",
                                                         (gulong) result->questions),
                                               number);

      cc_present_toast (self->near, text);
    }
  else
    cc_present_error (self->near, _ ("The List Could Not Be Written"), error);
  send_back_free (self);
}

static char *
take_path (GtkNativeDialog *dialog, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  return file != NULL ? g_file_get_path (file) : NULL;
}

static void
on_place_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  SendBack *self = user_data;

  self->out = take_path (dialog, response);
  if (self->out == NULL || get_window (self) == NULL)
    {
      send_back_free (self);
      return;
    }
  g_clear_object (&self->chooser);
  /* The work is this one's own until it ends; on_written () frees it. */
  cc_job_run_async (self->near, _ ("Writing the Questions"), write_in_thread, self, NULL,
                    free_result, on_written, self);
}

static void
choose_place (SendBack *self)
{
  g_autofree char *name = cc_import_send_back_name (self->file_name);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  self->chooser =
      gtk_file_chooser_native_new (_ ("Send Back With Questions"), get_window (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_file_filter_set_name (filter, _ ("Workbooks"));
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_place_chosen), self);
  cc_chooser_show (self->chooser, CC_CHOOSER_EXPORT);
}

static void
on_list_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  SendBack *self = user_data;

  self->list = take_path (dialog, response);
  if (self->list == NULL || get_window (self) == NULL)
    {
      send_back_free (self);
      return;
    }
  g_clear_object (&self->chooser);
  choose_place (self);
}

static void
choose_list (SendBack *self)
{
  /* Translators: %s is the name of a file. */
  g_autofree char *title = g_strdup_printf (_ ("Where Is “%s”?"), self->file_name);

  self->chooser =
      gtk_file_chooser_native_new (title, get_window (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                   _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_list_chosen), self);
  cc_chooser_show (self->chooser, CC_CHOOSER_IMPORT);
}

void
cc_import_send_back (GtkWidget  *near,
                     CcSession  *session,
                     gint64      submission,
                     const char *file_name,
                     const char *path)
{
  SendBack *self = g_new0 (SendBack, 1);

  self->near = g_object_ref (near);
  self->session = cc_session_ref (session);
  self->submission = submission;
  self->file_name = g_strdup (file_name);
  self->list = g_strdup (path);
  if (self->list != NULL)
    choose_place (self);
  else
    choose_list (self);
}
