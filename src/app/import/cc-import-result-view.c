/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-result-view.h"

#include "cc-import-names.h"
#include "cc-import-outcome.h"
#include "cc-import-send-back.h"
#include "cc-import-texts.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/linkage/cc-linkage.h>

struct _CcImportResultView
{
  CcImportStep parent_instance;

  GtkLabel        *headline;
  GtkLabel        *summary;
  GtkLabel        *next_label;
  GtkWidget       *duplicates_row;
  AdwActionRow    *parked_row;
  GtkWidget       *send_back_row;
  GtkWidget       *agencies_row;
  GtkWidget       *another_row;
  CcImportOutcome *outcome;

  guint n_waiting;
};

enum
{
  NEXT,
  ANOTHER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportResultView, cc_import_result_view, CC_TYPE_IMPORT_STEP)

static void
go (CcImportResultView *self, const char *page, const char *target)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "(ss)", page, target);
}

static void
on_overview_cb (CcImportResultView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "overview");
}

static void
on_another_cb (CcImportResultView *self)
{
  g_signal_emit (self, signals[ANOTHER], 0);
}

static void
on_agencies_cb (CcImportResultView *self)
{
  go (self, "agencies", "");
}

static void
on_parked_cb (CcImportResultView *self)
{
  go (self, "cases", "state:parked");
}

static void
on_send_back_cb (CcImportResultView *self)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (draft != NULL && draft->result != NULL && draft->result->submission != 0)
    cc_import_send_back (GTK_WIDGET (self), draft->session, draft->result->submission, draft->name,
                         draft->path);
}

/* Looks for records of one person in all three kinds; each is an act of its own. */
static gpointer
link_in_thread (CcProgress *progress, gpointer data, GError **error)
{
  static const char *const units[] = { "victim", "perpetrator", "event" };
  CcLinkParams             params;

  cc_link_params_init (&params);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      CcLinkCounts counts;

      if (!cc_link_run (cc_session_get_file (data), units[i], &params, progress, &counts, error))
        return NULL;
    }
  return NULL;
}

static void
on_linked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcImportResultView) self = CC_IMPORT_RESULT_VIEW (user_data);
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));
  g_autoptr (GError) error = NULL;

  cc_job_run_finish (result, &error);
  if (draft != NULL)
    cc_session_changed (draft->session);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    cc_present_error (GTK_WIDGET (self), _ ("Duplicates Could Not Be Looked For"), error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "duplicates");
}

static void
on_duplicates_cb (CcImportResultView *self)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (draft == NULL)
    return;
  cc_job_run_async (GTK_WIDGET (self), _ ("Looking for Duplicates"), link_in_thread,
                    cc_session_ref (draft->session), (GDestroyNotify) cc_session_unref, NULL,
                    on_linked, g_object_ref (self));
}

static void
on_next_cb (CcImportResultView *self)
{
  if (self->n_waiting > 0)
    g_signal_emit (self, signals[NEXT], 0);
  else
    on_duplicates_cb (self);
}

static void
show_next (CcImportResultView *self, CcImportDraft *draft)
{
  g_autofree char *number = cc_session_format_number (draft->session, self->n_waiting);
  g_autofree char *text = NULL;

  /* One button is the natural next step; the other ways are rows below it. */
  gtk_label_set_label (self->next_label,
                       self->n_waiting > 0 ? _ ("_Next File") : _ ("_Find Duplicates"));
  gtk_widget_set_visible (self->duplicates_row, self->n_waiting > 0);
  gtk_widget_set_visible (self->agencies_row, self->n_waiting == 0);
  gtk_widget_set_visible (self->another_row, self->n_waiting == 0);
  text = self->n_waiting > 0
             ? g_strdup_printf (ngettext ("%s more file waits. Records of one person that came "
                                          "from several agencies are found best when all files "
                                          "are in.",
                                          "%s more files wait. Records of one person that came "
                                          "from several agencies are found best when all files "
                                          "are in.",
                                          self->n_waiting),
                                number)
             : g_strdup (_ ("No other file waits. Next, see which records may be of one person: "
                            "each person is to be counted once."));
  gtk_label_set_label (self->summary, text);
}

static void
cc_import_result_view_load (CcImportStep *step, CcImportDraft *draft)
{
  CcImportResultView *self = CC_IMPORT_RESULT_VIEW (step);
  g_autofree char    *text = NULL;

  if (draft->result == NULL)
    return;
  /* Translators: the name of a file. */
  text =
      g_strdup_printf (draft->result->same_file ? _ ("“%s” Brought Nothing New") : _ ("“%s” Is In"),
                       draft->name);
  gtk_label_set_label (self->headline, text);
  gtk_widget_set_visible (GTK_WIDGET (self->parked_row), draft->result->n_parked > 0);
  gtk_widget_set_visible (self->send_back_row,
                          draft->result->submission != 0
                              && (draft->result->n_parked > 0 || draft->result->findings->len > 0));
  show_next (self, draft);
  cc_import_outcome_show (self->outcome, draft, TRUE);
  if (draft->result->backup_problem != NULL)
    {
      /* Translators: %s is the reason, a sentence. */
      g_autofree char *notice =
          g_strdup_printf (_ ("No backup was made before it. %s"), draft->result->backup_problem);

      cc_present_notice (GTK_WIDGET (self), notice);
    }
}

static void
cc_import_result_view_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_IMPORT_RESULT_VIEW);
  G_OBJECT_CLASS (cc_import_result_view_parent_class)->dispose (object);
}

static void
cc_import_result_view_class_init (CcImportResultViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_import_result_view_dispose;
  CC_IMPORT_STEP_CLASS (klass)->load = cc_import_result_view_load;
  signals[NEXT] = g_signal_new ("next", CC_TYPE_IMPORT_RESULT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  signals[ANOTHER] = g_signal_new ("another", CC_TYPE_IMPORT_RESULT_VIEW, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CC_TYPE_IMPORT_OUTCOME);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/import/"
                                                             "cc-import-result-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportResultView, headline);
  gtk_widget_class_bind_template_child (widget_class, CcImportResultView, summary);
  gtk_widget_class_bind_template_child (widget_class, CcImportResultView, next_label);
  gtk_widget_class_bind_template_child (widget_class, CcImportResultView, duplicates_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportResultView, parked_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportResultView, send_back_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportResultView, agencies_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportResultView, another_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportResultView, outcome);
  gtk_widget_class_bind_template_callback (widget_class, on_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_overview_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_agencies_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_another_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_parked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_duplicates_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_send_back_cb);
}

static void
cc_import_result_view_init (CcImportResultView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_import_name_parts (GTK_WIDGET (self));
}

void
cc_import_result_view_set_n_waiting (CcImportResultView *self, guint n_waiting)
{
  g_return_if_fail (CC_IS_IMPORT_RESULT_VIEW (self));
  self->n_waiting = n_waiting;
}
