/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-questionnaire-export.h"

#include "cc-check-groups.h"
#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <cc/report/cc-answer.h>

#define MOST_ERRORS 6

/* Places with a warning, from which on handing in asks first. */
#define MANY_WARNINGS 10

/* One export from the question to the result. It ends with the page, too: a question that is taken
 * away with its window, as when the file is locked, is never answered. */
typedef struct
{
  GtkWidget             *near;
  GtkWindow             *dialog; /* (nullable): that is asking, not held */
  CcSession             *session;
  CcQuestionnaireChoice *choice;
  gboolean               blank;
  GtkFileChooserNative  *chooser;
  char                  *path;
} Export;

/* Answers only count once. */
static void
stop_asking (Export *self)
{
  if (self->dialog != NULL)
    g_signal_handlers_disconnect_by_data (self->dialog, self);
  g_clear_weak_pointer (&self->dialog);
  g_signal_handlers_disconnect_by_data (self->near, self);
}

static void
export_free (gpointer data)
{
  Export *self = data;

  stop_asking (self);
  g_object_unref (self->near);
  cc_session_unref (self->session);
  cc_questionnaire_choice_free (self->choice);
  g_clear_object (&self->chooser);
  g_free (self->path);
  g_free (self);
}

static Export *
export_new (GtkWidget                   *near,
            CcSession                   *session,
            const CcQuestionnaireChoice *choice,
            gboolean                     blank)
{
  Export *self = g_new0 (Export, 1);

  self->near = g_object_ref (near);
  self->session = cc_session_ref (session);
  self->choice = cc_questionnaire_choice_copy (choice);
  self->blank = blank;
  return self;
}

static GtkWindow *
get_window (Export *self)
{
  GtkRoot *root = gtk_widget_get_root (self->near);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
on_page_gone (GtkWidget *near, GParamSpec *pspec, gpointer user_data)
{
  if (gtk_widget_get_root (near) == NULL)
    export_free (user_data);
}

static void
start_asking (Export *self, GtkWidget *dialog, GCallback on_answer)
{
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  g_signal_connect (dialog, "response", on_answer, self);
  g_signal_connect (self->near, "notify::root", G_CALLBACK (on_page_gone), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_result_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Export          *self = user_data;
  g_autofree char *folder = NULL;
  g_autofree char *uri = NULL;

  if (g_str_equal (response, "folder"))
    {
      folder = g_path_get_dirname (self->path);
      uri = g_filename_to_uri (folder, NULL, NULL);
      if (uri != NULL)
        gtk_show_uri (get_window (self), uri, GDK_CURRENT_TIME);
    }
  export_free (self);
}

static char *
describe_result (Export *self, const CcWorkbookSummary *summary)
{
  g_autofree char *name = g_filename_display_name (self->path);
  g_autofree char *tables = NULL;

  if (summary == NULL)
    return g_strdup (name);
  tables = g_strdup_printf (ngettext ("%u table", "%u tables", summary->tables->len),
                            summary->tables->len);
  /* Translators: %s are the place of a file, and "26 tables". */
  return g_strdup_printf (_ ("%s\n\n%s. It is listed under Handed In, with what tells this file "
                             "from any other, so that you can show later which one you sent."),
                          name, tables);
}

static void
show_result (Export *self, const CcWorkbookSummary *summary)
{
  g_autofree char *body = describe_result (self, summary);
  GtkWidget       *dialog = adw_message_dialog_new (get_window (self),
                                              self->blank ? _ ("Blank Questionnaire Written")
                                                                : _ ("Workbook Written"),
                                                    body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "folder", _ ("_Open Folder"),
                                    "close", _ ("_Close"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  start_asking (self, dialog, G_CALLBACK (on_result_response));
}

static void
free_summary (gpointer data)
{
  cc_workbook_summary_free (data);
}

/* What the work in the thread needs; the widgets stay on the main loop. */
typedef struct
{
  CcSession              *session;
  CcQuestionnaireRequest *request;
  char                   *path;
} Job;

static Job *
job_new (Export *self)
{
  Job *job = g_new0 (Job, 1);

  job->session = cc_session_ref (self->session);
  job->request = cc_questionnaire_choice_build (self->choice);
  job->path = g_strdup (self->path);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  cc_session_unref (job->session);
  cc_questionnaire_request_free (job->request);
  g_free (job->path);
  g_free (job);
}

static gpointer
write_workbook (CcProgress *progress, gpointer data, GError **error)
{
  Job *job = data;

  return cc_workbook_export (cc_session_get_file (job->session), &job->request->request,
                             cc_session_get_texts (job->session), job->path, progress, error);
}

static gpointer
write_blank (CcProgress *progress, gpointer data, GError **error)
{
  Job *job = data;

  cc_workbook_write_blank (job->request->request.questionnaire, job->request->options.periods,
                           cc_case_file_get_country (cc_session_get_file (job->session)),
                           cc_session_get_texts (job->session), job->request->request.language, 0,
                           job->path, error);
  return NULL;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcWorkbookSummary) summary = cc_job_run_finish (result, &error);

  if (error != NULL)
    {
      if (get_window (self) != NULL)
        cc_present_error (self->near,
                          self->blank ? _ ("The Blank Questionnaire Could Not Be Written")
                                      : _ ("The Workbook Could Not Be Written"),
                          error);
      export_free (self);
      return;
    }
  if (!self->blank)
    cc_session_changed (self->session);
  if (get_window (self) != NULL)
    show_result (self, summary);
  else
    export_free (self);
}

static void
on_place_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  self->path = file != NULL ? g_file_get_path (file) : NULL;
  if (self->path == NULL || get_window (self) == NULL)
    {
      export_free (self);
      return;
    }
  g_clear_object (&self->chooser);
  cc_job_run_async (self->near,
                    self->blank ? _ ("Writing the Blank Questionnaire")
                                : _ ("Writing the Workbook"),
                    self->blank ? write_blank : write_workbook, job_new (self), job_free,
                    free_summary, on_written, self);
}

static void
choose_place (Export *self)
{
  CcCaseFile      *file = cc_session_get_file (self->session);
  g_autofree char *name =
      cc_questionnaire_choice_make_file_name (self->choice, cc_case_file_get_country (file),
                                              cc_case_file_is_practice (file), self->blank);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  self->chooser = gtk_file_chooser_native_new (self->blank ? _ ("Export Blank Questionnaire")
                                                           : _ ("Export Workbook"),
                                               get_window (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _ ("_Export"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_file_filter_set_name (filter, _ ("Workbooks"));
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_place_chosen), self);
  cc_chooser_show (self->chooser, CC_CHOOSER_EXPORT);
}

static void
on_question_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Export *self = user_data;

  stop_asking (self);
  if (g_str_equal (response, "export"))
    {
      choose_place (self);
      return;
    }
  if (g_str_equal (response, "checks"))
    gtk_widget_activate_action (self->near, "questionnaires.show-checks", NULL);
  export_free (self);
}

char *
cc_questionnaire_export_list_errors (CcAnswerBook *book, const char *language, guint most)
{
  g_autoptr (GPtrArray) checks = cc_answer_book_list_checks (book, language);
  GString *text = g_string_new (NULL);
  guint    n = 0;

  for (guint i = 0; i < checks->len; i++)
    {
      const CcAnswerCheck *check = checks->pdata[i];

      if (check->outcome != CC_ANSWER_FAILS || check->severity != CC_SEVERITY_ERROR)
        continue;
      if (n++ < most)
        g_string_append_printf (text, "%s• %s", text->len > 0 ? "\n" : "", check->text);
    }
  if (n > most)
    {
      g_autofree char *more =
          g_strdup_printf (ngettext ("and %u more", "and %u more", n - most), n - most);

      g_string_append_printf (text, "\n%s", more);
    }
  return g_string_free (text, FALSE);
}

static void
add_line (GString *text, const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* The names of the empty boxes of the first form, which is the cover; NULL where none is. */
static char *
list_empty_boxes (CcAnswerBook *book, guint *n)
{
  CcQuestionnaire         *questionnaire = cc_answer_book_get_questionnaire (book);
  const CcSheetDefinition *cover = cc_questionnaire_get_sheet (questionnaire, 0);
  GString                 *text = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; cover->kind == CC_SHEET_FORM && cover->fields[i] != NULL; i++)
    {
      const CcFieldDefinition *field =
          cc_questionnaire_find_field (questionnaire, cover->fields[i]);
      const char *label;

      if (field == NULL || cc_answer_book_find_typed (book, CC_ANSWER_FORM, field->name) != NULL)
        continue;
      label = cc_questionnaire_get_text (questionnaire, field->group, field->key,
                                         cc_answer_book_get_language (book));
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                              label != NULL ? label : field->name);
      ++*n;
    }
  return g_string_free (text, *n == 0);
}

static void
add_empty_boxes (GString *text, CcAnswerBook *book)
{
  guint            n;
  g_autofree char *names = list_empty_boxes (book, &n);

  if (names == NULL)
    return;
  {
    g_autofree char *line = g_strdup_printf (ngettext ("%u box of the cover is empty: %s",
                                                       "%u boxes of the cover are empty: %s", n),
                                             n, names);

    add_line (text, line);
  }
}

char *
cc_questionnaire_export_find_doubts (CcAnswerBook *book, const char *language)
{
  g_autoptr (GPtrArray) checks = cc_answer_book_list_checks (book, language);
  GString *text = g_string_new (NULL);

  if (cc_check_groups_count (checks, CC_CHECKS_ERRORS) > 0)
    {
      g_autofree char *line = cc_check_groups_describe (checks, CC_CHECKS_ERRORS);
      g_autofree char *errors = cc_questionnaire_export_list_errors (book, language, MOST_ERRORS);

      add_line (text, line);
      add_line (text, errors);
    }
  if (cc_check_groups_count_places (checks, CC_CHECKS_WARNINGS) >= MANY_WARNINGS)
    {
      g_autofree char *line = cc_check_groups_describe (checks, CC_CHECKS_WARNINGS);

      add_line (text, line);
    }
  add_empty_boxes (text, book);
  return g_string_free (text, text->len == 0);
}

static void
ask (Export *self, const char *doubts)
{
  GtkWidget *dialog =
      adw_message_dialog_new (get_window (self), _ ("Is the Workbook Ready?"), doubts);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "checks",
                                    _ ("_Look at the Checks"), "export", _ ("_Export Anyway"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "checks");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  start_asking (self, dialog, G_CALLBACK (on_question_response));
}

void
cc_questionnaire_export_run (GtkWidget                   *near,
                             CcSession                   *session,
                             const CcQuestionnaireChoice *choice,
                             CcAnswerBook                *book)
{
  Export          *self;
  g_autofree char *doubts = NULL;

  g_return_if_fail (GTK_IS_WIDGET (near) && session != NULL && choice != NULL && book != NULL);
  self = export_new (near, session, choice, FALSE);
  doubts = cc_questionnaire_export_find_doubts (book, cc_session_get_language (session));
  if (doubts != NULL)
    ask (self, doubts);
  else
    choose_place (self);
}

void
cc_questionnaire_export_run_blank (GtkWidget                   *near,
                                   CcSession                   *session,
                                   const CcQuestionnaireChoice *choice)
{
  g_return_if_fail (GTK_IS_WIDGET (near) && session != NULL && choice != NULL);
  choose_place (export_new (near, session, choice, TRUE));
}
