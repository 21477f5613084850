/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-wizard.h"

#include "cc-import-columns-step.h"
#include "cc-import-losses.h"
#include "cc-import-result-view.h"
#include "cc-import-sender-step.h"
#include "cc-import-stepper.h"
#include "cc-import-summary-step.h"
#include "cc-import-table-step.h"
#include "cc-import-values-step.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-long-question.h"
#include "present/cc-toast.h"
#include "widgets/cc-folding-bar.h"

#include <glib/gi18n.h>

struct _CcImportWizard
{
  AdwBin parent_instance;

  CcImportStepper *stepper;
  GtkStack        *stack;
  CcImportStep    *sender;
  CcImportStep    *table;
  CcImportStep    *columns;
  CcImportStep    *values;
  CcImportStep    *summary;
  CcImportStep    *result;
  GtkWidget       *bar;
  GtkLabel        *obstacle;
  GtkWidget       *back;
  GtkWidget       *forward;
  GtkLabel        *forward_label;

  CcImportDraft *draft;
  CcWizardStep   step;
  gboolean       known; /* one page instead of the steps */
};

enum
{
  LEFT,
  NEXT,
  ANOTHER,
  STEP_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportWizard, cc_import_wizard, ADW_TYPE_BIN)

static CcImportStep *
get_view (CcImportWizard *self, CcWizardStep step)
{
  switch (step)
    {
    case CC_WIZARD_TABLE:
      return self->table;
    case CC_WIZARD_COLUMNS:
      return self->columns;
    case CC_WIZARD_VALUES:
      return self->values;
    case CC_WIZARD_SUMMARY:
      return self->summary;
    case CC_WIZARD_RESULT:
      return self->result;
    case CC_WIZARD_SENDER:
    default:
      return self->sender;
    }
}

/* What keeps the user from going on stands beside the button, so that nobody has to guess; else
 * what they leave open by going on. */
static void
show_obstacle (CcImportWizard *self)
{
  CcImportStep    *view = get_view (self, self->step);
  g_autofree char *obstacle = cc_import_step_find_obstacle (view);
  g_autofree char *open = obstacle == NULL ? cc_import_step_describe_open (view) : NULL;
  const char      *text = obstacle != NULL ? obstacle : open;
  const gboolean   last = self->step == CC_WIZARD_SUMMARY;

  gtk_label_set_label (self->obstacle, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->obstacle), text != NULL);
  gtk_widget_set_sensitive (self->forward, obstacle == NULL);
  gtk_label_set_label (self->forward_label, last ? _ ("_Import") : _ ("_Continue"));
  gtk_widget_set_visible (self->bar, self->step != CC_WIZARD_RESULT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->forward),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "",
                                  -1);
}

static void
show_step (CcImportWizard *self, CcWizardStep step)
{
  CcImportStep *view = get_view (self, step);

  self->step = step;
  cc_import_stepper_set_step (self->stepper, step);
  gtk_widget_set_visible (GTK_WIDGET (self->stepper), step != CC_WIZARD_RESULT && !self->known);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (view));
  cc_import_step_load (view);
  show_obstacle (self);
  g_signal_emit (self, signals[STEP_CHANGED], 0);
}

static void
go_to (CcImportWizard *self, CcWizardStep step)
{
  show_step (self, step);
  gtk_widget_child_focus (GTK_WIDGET (get_view (self, step)), GTK_DIR_TAB_FORWARD);
}

/* What a running import belongs to. */
typedef struct
{
  CcImportWizard *wizard;
  CcImportDraft  *draft;
} Importing;

static gpointer
import_in_thread (CcProgress *progress, gpointer data, GError **error)
{
  return cc_import_draft_run (data, FALSE, progress, error);
}

static void
show_failure (CcImportWizard *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cc_present_toast (GTK_WIDGET (self), _ ("The import was cancelled. Nothing was stored."));
  else
    cc_present_error (GTK_WIDGET (self), _ ("The File Could Not Be Imported"), error);
}

/* The wizard may show another file by then, or none. */
static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Importing *importing = user_data;
  g_autoptr (CcImportWizard) self = importing->wizard;
  g_autoptr (CcImportDraft) draft = importing->draft;
  g_autoptr (GError) error = NULL;
  CcImportResult *outcome = cc_job_run_finish (result, &error);
  const gboolean  shown = self->draft == draft;

  cc_import_draft_set_importing (draft, FALSE);
  if (outcome == NULL)
    {
      if (shown)
        show_obstacle (self);
      show_failure (self, error);
      return;
    }
  cc_import_draft_set_result (draft, outcome, TRUE);
  cc_session_changed (draft->session);
  if (shown)
    go_to (self, CC_WIZARD_RESULT);
}

static void
import (CcImportWizard *self)
{
  Importing *importing = g_new (Importing, 1);

  importing->wizard = g_object_ref (self);
  importing->draft = g_object_ref (self->draft);
  cc_import_draft_set_importing (self->draft, TRUE);
  show_obstacle (self);
  cc_job_run_async (GTK_WIDGET (self), _ ("Importing"), import_in_thread,
                    g_object_ref (self->draft), g_object_unref,
                    (GDestroyNotify) cc_import_result_free, on_imported, importing);
}

static void
on_open_answered (CcImportWizard *self, const char *response)
{
  if (!g_str_equal (response, "leave") || self->draft == NULL || self->step != CC_WIZARD_VALUES)
    return;
  cc_import_leave_open (self->draft);
  go_to (self, self->step + 1);
}

/* What much is lost with is asked about once, all of it together. */
static gboolean
ask_open (CcImportWizard *self)
{
  g_autofree char  *text = cc_import_step_ask_open (get_view (self, self->step));
  AdwMessageDialog *dialog;

  if (text == NULL)
    return FALSE;
  dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              _ ("Leave These Questions Open?"), text));
  adw_message_dialog_add_responses (dialog, "answer", _ ("_Answer Them"), "leave",
                                    _ ("_Leave Them Open"), NULL);
  adw_message_dialog_set_default_response (dialog, "answer");
  adw_message_dialog_set_close_response (dialog, "answer");
  cc_long_question_scroll (dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_open_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

void
cc_import_wizard_go_on (CcImportWizard *self)
{
  g_autofree char *obstacle = NULL;

  g_return_if_fail (CC_IS_IMPORT_WIZARD (self));
  obstacle = cc_import_step_find_obstacle (get_view (self, self->step));
  if (self->draft == NULL || obstacle != NULL || self->step == CC_WIZARD_RESULT)
    return;
  if (self->step == CC_WIZARD_SUMMARY)
    import (self);
  else if (!ask_open (self))
    go_to (self, self->step + 1);
}

void
cc_import_wizard_go_back (CcImportWizard *self)
{
  g_return_if_fail (CC_IS_IMPORT_WIZARD (self));
  if (self->draft != NULL && self->draft->busy && self->step == CC_WIZARD_SUMMARY)
    return;
  if (self->step == CC_WIZARD_SENDER || self->step == CC_WIZARD_RESULT || self->known)
    g_signal_emit (self, signals[LEFT], 0);
  else
    go_to (self, self->step - 1);
}

static void
on_back_cb (CcImportWizard *self)
{
  cc_import_wizard_go_back (self);
}

static void
on_forward_cb (CcImportWizard *self)
{
  cc_import_wizard_go_on (self);
}

/* A step that was done already can be looked at again from the row of steps. */
static void
on_step_chosen_cb (CcImportWizard *self, guint step)
{
  if (step < self->step && (self->draft == NULL || !self->draft->busy))
    go_to (self, step);
}

static void
on_turned_cb (CcImportWizard *self)
{
  if (self->draft != NULL)
    g_signal_emit (self, signals[STEP_CHANGED], 0);
}

static void
on_settled_cb (CcImportWizard *self)
{
  show_obstacle (self);
}

static void
show_steps (CcImportWizard *self)
{
  self->known = FALSE;
  cc_import_summary_step_set_known (CC_IMPORT_SUMMARY_STEP (self->summary), FALSE);
}

static void
on_adjust_cb (CcImportWizard *self)
{
  if (self->draft == NULL || self->draft->busy)
    return;
  show_steps (self);
  self->draft->drift_said = TRUE;
  go_to (self, CC_WIZARD_COLUMNS);
}

/* Back to what was left open; the columns before it are as they were. */
static void
on_answer_cb (CcImportWizard *self)
{
  if (self->draft == NULL || self->draft->busy)
    return;
  show_steps (self);
  go_to (self, CC_WIZARD_VALUES);
}

static void
on_next_cb (CcImportWizard *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

static void
on_another_cb (CcImportWizard *self)
{
  g_signal_emit (self, signals[ANOTHER], 0);
}

static void
on_draft_changed (CcImportWizard *self)
{
  /* Figures that were taken over leave nothing to show. */
  if (self->draft->state == CC_DRAFT_DONE && self->draft->result == NULL)
    {
      g_signal_emit (self, signals[LEFT], 0);
      return;
    }
  /* A file that turns out to be read as last time needs one page. */
  if (self->step == CC_WIZARD_SENDER && !self->draft->entity_said
      && cc_import_draft_is_known (self->draft) && !self->draft->busy)
    {
      self->known = TRUE;
      cc_import_summary_step_set_known (CC_IMPORT_SUMMARY_STEP (self->summary), TRUE);
      show_step (self, CC_WIZARD_SUMMARY);
      return;
    }
  if (self->step == CC_WIZARD_SENDER || self->step == CC_WIZARD_TABLE
      || self->step == CC_WIZARD_SUMMARY)
    cc_import_step_load (get_view (self, self->step));
  show_obstacle (self);
}

static void
release_draft (CcImportWizard *self)
{
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);
}

static void
cc_import_wizard_dispose (GObject *object)
{
  CcImportWizard *self = CC_IMPORT_WIZARD (object);

  release_draft (self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_IMPORT_WIZARD);
  G_OBJECT_CLASS (cc_import_wizard_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, CC_TYPE_IMPORT_WIZARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/import/"
                                                             "cc-import-wizard.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, stepper);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, stack);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, sender);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, table);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, columns);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, values);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, summary);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, result);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, bar);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, obstacle);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, back);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, forward);
  gtk_widget_class_bind_template_child (widget_class, CcImportWizard, forward_label);
  gtk_widget_class_bind_template_callback (widget_class, on_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_forward_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_step_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_settled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_turned_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_adjust_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_another_cb);
}

static void
cc_import_wizard_class_init (CcImportWizardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_import_wizard_dispose;
  signals[LEFT] = add_signal ("left");
  signals[NEXT] = add_signal ("next");
  signals[ANOTHER] = add_signal ("another");
  signals[STEP_CHANGED] = add_signal ("step-changed");
  g_type_ensure (CC_TYPE_FOLDING_BAR);
  g_type_ensure (CC_TYPE_IMPORT_STEPPER);
  g_type_ensure (CC_TYPE_IMPORT_SENDER_STEP);
  g_type_ensure (CC_TYPE_IMPORT_TABLE_STEP);
  g_type_ensure (CC_TYPE_IMPORT_COLUMNS_STEP);
  g_type_ensure (CC_TYPE_IMPORT_VALUES_STEP);
  g_type_ensure (CC_TYPE_IMPORT_SUMMARY_STEP);
  g_type_ensure (CC_TYPE_IMPORT_RESULT_VIEW);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
cc_import_wizard_init (CcImportWizard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * draft: (nullable): the file to set up; its first step is shown, or the one page where it is read
 *   as last time
 */
void
cc_import_wizard_set_draft (CcImportWizard *self, CcImportDraft *draft)
{
  g_return_if_fail (CC_IS_IMPORT_WIZARD (self));
  release_draft (self);
  show_steps (self);
  for (guint i = CC_WIZARD_SENDER; i <= CC_WIZARD_RESULT; i++)
    cc_import_step_set_draft (get_view (self, i), draft);
  if (draft == NULL)
    return;
  self->draft = g_object_ref (draft);
  g_signal_connect_swapped (draft, "changed", G_CALLBACK (on_draft_changed), self);
  if (draft->state == CC_DRAFT_DONE)
    show_step (self, CC_WIZARD_RESULT);
  else
    {
      show_step (self, CC_WIZARD_SENDER);
      on_draft_changed (self);
    }
}

/**
 * Lets go of the file and takes one step away for good, or a part of it.
 *
 * Returns: FALSE where none is left
 */
gboolean
cc_import_wizard_take_apart (CcImportWizard *self)
{
  g_autoptr (GtkWidget) step = NULL;

  g_return_val_if_fail (CC_IS_IMPORT_WIZARD (self), FALSE);
  release_draft (self);
  for (guint i = CC_WIZARD_SENDER; i <= CC_WIZARD_RESULT; i++)
    cc_import_step_set_draft (get_view (self, i), NULL);
  step = gtk_widget_get_last_child (GTK_WIDGET (self->stack));
  if (step != NULL)
    g_object_ref (step);
  if (step == NULL || cc_import_step_take_apart (CC_IMPORT_STEP (step)))
    return step != NULL;
  gtk_stack_remove (self->stack, step);
  /* The template keeps it for as long as the wizard is there: what it shows goes now. */
  g_object_run_dispose (G_OBJECT (step));
  return TRUE;
}

CcImportDraft *
cc_import_wizard_get_draft (CcImportWizard *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_WIZARD (self), NULL);
  return self->draft;
}

/**
 * n_waiting: other files of the queue that are not imported yet
 */
void
cc_import_wizard_set_n_waiting (CcImportWizard *self, guint n_waiting)
{
  g_return_if_fail (CC_IS_IMPORT_WIZARD (self));
  cc_import_result_view_set_n_waiting (CC_IMPORT_RESULT_VIEW (self->result), n_waiting);
}

CcWizardStep
cc_import_wizard_get_step (CcImportWizard *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_WIZARD (self), CC_WIZARD_SENDER);
  return self->step;
}

const char *
cc_import_wizard_get_title (CcImportWizard *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_WIZARD (self), NULL);
  if (self->step == CC_WIZARD_RESULT)
    return _ ("Imported");
  if (self->known)
    /* Translators: a title with little room: a file of which all is known, so that its import needs
     * one page only. */
    return _ ("As Last Time");
  return cc_import_stepper_is_seen (self->stepper) ? NULL : cc_import_stepper_get_name (self->step);
}

char *
cc_import_wizard_get_subtitle (CcImportWizard *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_WIZARD (self), NULL);
  if (self->step == CC_WIZARD_RESULT || self->known || self->draft == NULL)
    return NULL;
  /* The row of steps says which one it is. */
  if (cc_import_stepper_is_seen (self->stepper))
    return g_strdup (self->draft->name);
  return g_strdup_printf (_ ("Step %d of %d"), self->step + 1, CC_WIZARD_N_STEPS);
}
