/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-summary-step.h"

#include "cc-import-losses.h"
#include "cc-import-names.h"
#include "cc-import-outcome.h"
#include "cc-import-period-group.h"
#include "cc-import-strange.h"
#include "cc-import-texts.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>

/* How long nobody changes the period before the file is tried with it. */
#define PAUSE_MS 700
/* The others stand under the values kept as text. */
#define MAX_LOSSES 12

struct _CcImportSummaryStep
{
  CcImportStep parent_instance;

  GtkStack            *stack;
  AdwStatusPage       *failure;
  GtkLabel            *file_name;
  GtkLabel            *sender;
  AdwPreferencesGroup *earlier_group;
  AdwActionRow        *add_row;
  GtkCheckButton      *add_check;
  AdwActionRow        *replace_row;
  GtkCheckButton      *replace_check;
  CcImportOutcome     *outcome;
  AdwPreferencesGroup *known_group;
  CcImportPeriodGroup *period;
  AdwPreferencesGroup *drift_group;
  GtkWidget           *drift_buttons;
  AdwPreferencesGroup *practice_group;
  GtkCheckButton      *practice_check;
  AdwPreferencesGroup *open_group;
  GtkWidget           *answer_row;

  CcImportDraft *trying;     /* whose dry run is under way; on_tried () lets go of it */
  GPtrArray     *drift_rows; /* borrowed */
  GPtrArray     *open_rows;  /* borrowed */
  guint          timer;
  gboolean       known;
  gboolean       loading;
};

enum
{
  ADJUST,
  ANSWER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportSummaryStep, cc_import_summary_step, CC_TYPE_IMPORT_STEP)

/* What a thread found out. */
typedef struct
{
  CcImportResult *result;
  GPtrArray      *losses;
} Tried;

static void
free_tried (gpointer data)
{
  Tried *tried = data;

  cc_import_result_free (tried->result);
  g_clear_pointer (&tried->losses, g_ptr_array_unref);
  g_free (tried);
}

static gpointer
try_in_thread (CcProgress *progress, gpointer data, GError **error)
{
  Tried *tried = g_new0 (Tried, 1);

  tried->result = cc_import_draft_run (data, TRUE, progress, error);
  if (tried->result != NULL)
    tried->losses = cc_import_list_losses (data, NULL);
  else
    g_clear_pointer (&tried, free_tried);
  return tried;
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcImportSummaryStep) self = CC_IMPORT_SUMMARY_STEP (user_data);
  g_autoptr (CcImportDraft) draft = g_steal_pointer (&self->trying);
  g_autoptr (GError) error = NULL;
  Tried *tried = cc_job_run_finish (result, &error);

  cc_import_draft_set_busy (draft, FALSE);
  if (tried != NULL)
    {
      cc_import_set_losses (draft, g_steal_pointer (&tried->losses));
      cc_import_draft_set_result (draft, g_steal_pointer (&tried->result), FALSE);
      free_tried (tried);
      cc_import_step_emit_settled (CC_IMPORT_STEP (self));
      return;
    }
  if (draft == cc_import_step_get_draft (CC_IMPORT_STEP (self)))
    {
      g_autofree char *text = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                  ? g_strdup (_ ("The check was cancelled. Nothing was imported."))
                                  : cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
    }
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
start_trying (CcImportSummaryStep *self, CcImportDraft *draft)
{
  if (self->trying != NULL || draft->busy || draft->map == NULL
      || cc_import_draft_get_entity (draft) == NULL)
    return;
  self->trying = g_object_ref (draft);
  cc_import_draft_set_busy (draft, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "trying");
  cc_job_run_async (GTK_WIDGET (self), _ ("Checking the File"), try_in_thread, g_object_ref (draft),
                    g_object_unref, free_tried, on_tried, g_object_ref (self));
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
show_sender (CcImportSummaryStep *self, CcImportDraft *draft)
{
  const CcEntity  *entity = cc_import_draft_get_entity (draft);
  g_autofree char *period = cc_interval_is_known (draft->period)
                                ? cc_session_format_interval (draft->session, draft->period)
                                : g_strdup (_ ("no period stated"));
  g_autofree char *agency = cc_isolate (entity != NULL ? entity->name : "");
  /* Translators: an agency and the period its file covers. */
  g_autofree char *text = g_strdup_printf (_ ("%s · %s"), agency, period);

  gtk_label_set_label (self->file_name, draft->name);
  gtk_label_set_label (self->sender, text);
}

static void
show_earlier (CcImportSummaryStep *self, CcImportDraft *draft)
{
  const CcSubmission *earlier = cc_import_draft_get_earlier (draft);
  g_autofree char    *text = NULL;
  g_autofree char    *delivery = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->earlier_group),
                          earlier != NULL && (draft->result == NULL || !draft->result->same_file));
  if (earlier == NULL)
    return;
  delivery = cc_import_describe_delivery (draft->session, earlier);
  text = g_strdup_printf (_ ("%s: %s"), earlier->file_name, delivery);
  adw_preferences_group_set_description (self->earlier_group, text);
  gtk_check_button_set_active (draft->replaces == earlier->id ? self->replace_check
                                                              : self->add_check,
                               TRUE);
}

static void
on_replace_cb (CcImportSummaryStep *self)
{
  CcImportDraft      *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));
  const CcSubmission *earlier = draft != NULL ? cc_import_draft_get_earlier (draft) : NULL;

  if (self->loading || earlier == NULL)
    return;
  cc_import_draft_set_replaces (draft, gtk_check_button_get_active (self->replace_check)
                                           ? earlier->id
                                           : 0);
  if (draft->result == NULL)
    start_trying (self, draft);
}

static void
show_practice (CcImportSummaryStep *self, CcImportDraft *draft)
{
  const gboolean   invented = cc_import_is_invented (draft);
  g_autofree char *text = invented ? cc_import_describe_invented (draft) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->practice_group), invented);
  adw_preferences_group_set_description (self->practice_group, text);
  gtk_check_button_set_active (self->practice_check, draft->invented);
}

static void
on_practice_cb (CcImportSummaryStep *self)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (self->loading || draft == NULL)
    return;
  cc_import_draft_set_invented (draft, gtk_check_button_get_active (self->practice_check));
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
on_try_again_cb (CcImportSummaryStep *self)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (draft != NULL)
    start_trying (self, draft);
}

static void
on_answer_cb (CcImportSummaryStep *self)
{
  g_signal_emit (self, signals[ANSWER], 0);
}

/* What open questions cost: small losses, too, which nobody was asked about. */
static void
show_open (CcImportSummaryStep *self, CcImportDraft *draft)
{
  for (guint i = 0; i < self->open_rows->len; i++)
    adw_preferences_group_remove (self->open_group, g_ptr_array_index (self->open_rows, i));
  g_ptr_array_set_size (self->open_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->open_group),
                          draft->losses != NULL && draft->losses->len > 0);
  if (draft->losses == NULL || draft->losses->len == 0)
    return;
  adw_preferences_group_remove (self->open_group, self->answer_row);
  for (guint i = 0; i < MIN (draft->losses->len, MAX_LOSSES); i++)
    {
      GtkWidget       *row = adw_action_row_new ();
      g_autofree char *text =
          cc_import_describe_loss (draft->session, g_ptr_array_index (draft->losses, i));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_preferences_group_add (self->open_group, row);
      g_ptr_array_add (self->open_rows, row);
    }
  adw_preferences_group_add (self->open_group, self->answer_row);
}

static void
clear_drift (CcImportSummaryStep *self)
{
  for (guint i = 0; i < self->drift_rows->len; i++)
    adw_preferences_group_remove (self->drift_group, g_ptr_array_index (self->drift_rows, i));
  g_ptr_array_set_size (self->drift_rows, 0);
}

static void
add_drift (CcImportSummaryStep *self, const char *title, char **names, const char *icon)
{
  g_autofree char *text = NULL;
  GtkWidget       *row;

  if (names[0] == NULL)
    return;
  text = g_strjoinv (" · ", names);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 6);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  adw_preferences_group_add (self->drift_group, row);
  g_ptr_array_add (self->drift_rows, row);
}

static void
show_known (CcImportSummaryStep *self, CcImportDraft *draft)
{
  const gboolean drift = self->known && draft->drift != NULL && !cc_drift_is_empty (draft->drift);

  clear_drift (self);
  gtk_widget_set_visible (GTK_WIDGET (self->known_group), self->known && !drift);
  gtk_widget_set_visible (GTK_WIDGET (self->period), self->known);
  gtk_widget_set_visible (GTK_WIDGET (self->drift_group), drift);
  if (self->known)
    cc_import_period_group_set (self->period, draft->session, draft->period, draft->period_said);
  if (!drift)
    return;
  add_drift (self, _ ("Columns With a New Name"), draft->drift->renamed, "document-edit-symbolic");
  add_drift (self, _ ("Columns That Are Missing"), draft->drift->missing, "list-remove-symbolic");
  add_drift (self, _ ("Columns That Are New"), draft->drift->added, "list-add-symbolic");
  add_drift (self, _ ("Values That Are New"), draft->drift->new_values, "dialog-question-symbolic");
  gtk_widget_set_visible (self->drift_buttons, !draft->drift_said);
}

static void
settle_drift (CcImportSummaryStep *self, gboolean take)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  if (draft == NULL || draft->busy)
    return;
  cc_import_draft_settle_drift (draft, take);
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
on_accept_cb (CcImportSummaryStep *self)
{
  settle_drift (self, TRUE);
}

static void
on_without_cb (CcImportSummaryStep *self)
{
  settle_drift (self, FALSE);
}

static void
on_adjust_cb (CcImportSummaryStep *self)
{
  g_signal_emit (self, signals[ADJUST], 0);
}

static gboolean
on_pause_ended (gpointer user_data)
{
  CcImportSummaryStep *self = user_data;
  CcImportDraft       *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));

  self->timer = 0;
  if (draft != NULL && draft->result == NULL)
    cc_import_step_load (CC_IMPORT_STEP (self));
  return G_SOURCE_REMOVE;
}

static void
on_period_chosen_cb (CcImportSummaryStep *self)
{
  CcImportDraft *draft = cc_import_step_get_draft (CC_IMPORT_STEP (self));
  CcInterval     period;

  if (draft == NULL || self->loading || self->trying != NULL
      || !cc_import_period_group_get (self->period, &period))
    return;
  cc_import_draft_set_period (draft, period);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (PAUSE_MS, on_pause_ended, self);
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
cc_import_summary_step_load (CcImportStep *step, CcImportDraft *draft)
{
  CcImportSummaryStep *self = CC_IMPORT_SUMMARY_STEP (step);

  self->loading = TRUE;
  show_sender (self, draft);
  show_earlier (self, draft);
  show_known (self, draft);
  show_practice (self, draft);
  cc_import_name_parts (GTK_WIDGET (self));
  self->loading = FALSE;
  if (draft->result == NULL)
    {
      start_trying (self, draft);
      return;
    }
  show_open (self, draft);
  cc_import_outcome_show (self->outcome, draft, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "outcome");
}

static char *
cc_import_summary_step_find_obstacle (CcImportStep *step, CcImportDraft *draft)
{
  if (draft->importing)
    return g_strdup (_ ("The file is being imported."));
  if (draft->busy || CC_IMPORT_SUMMARY_STEP (step)->trying != NULL)
    return g_strdup (_ ("The file is being checked."));
  if (!draft->drift_said && CC_IMPORT_SUMMARY_STEP (step)->known)
    return g_strdup (_ ("Say what becomes of what is new in the file."));
  if (!cc_interval_is_known (draft->period) && !draft->period_said)
    return g_strdup (_ ("Say which period the file covers, or choose “Not stated”."));
  if (draft->result == NULL)
    return g_strdup (_ ("The file was not checked to its end."));
  if (draft->result->same_file)
    return g_strdup (_ ("There is nothing new in this file."));
  if (cc_session_is_read_only (draft->session))
    return g_strdup (_ ("The case file is opened for reading only."));
  if (cc_import_is_invented (draft) && !draft->invented)
    return g_strdup (_ ("Say whether practice data are to be imported."));
  return NULL;
}

static void
cc_import_summary_step_dispose (GObject *object)
{
  CcImportSummaryStep *self = CC_IMPORT_SUMMARY_STEP (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->drift_rows, g_ptr_array_unref);
  g_clear_pointer (&self->open_rows, g_ptr_array_unref);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_IMPORT_SUMMARY_STEP);
  G_OBJECT_CLASS (cc_import_summary_step_parent_class)->dispose (object);
}

static void
cc_import_summary_step_class_init (CcImportSummaryStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_import_summary_step_dispose;
  CC_IMPORT_STEP_CLASS (klass)->load = cc_import_summary_step_load;
  CC_IMPORT_STEP_CLASS (klass)->find_obstacle = cc_import_summary_step_find_obstacle;
  signals[ADJUST] = g_signal_new ("adjust", CC_TYPE_IMPORT_SUMMARY_STEP, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWER] = g_signal_new ("answer", CC_TYPE_IMPORT_SUMMARY_STEP, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CC_TYPE_IMPORT_OUTCOME);
  g_type_ensure (CC_TYPE_IMPORT_PERIOD_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/import/"
                                                             "cc-import-summary-step.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, stack);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, failure);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, file_name);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, sender);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, earlier_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, add_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, add_check);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, replace_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, replace_check);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, outcome);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, known_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, period);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, drift_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, drift_buttons);
  gtk_widget_class_bind_template_callback (widget_class, on_accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_without_cb);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, practice_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, practice_check);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, open_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportSummaryStep, answer_row);
  gtk_widget_class_bind_template_callback (widget_class, on_adjust_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_practice_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_period_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_replace_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_cb);
}

static void
cc_import_summary_step_init (CcImportSummaryStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->drift_rows = g_ptr_array_new ();
  self->open_rows = g_ptr_array_new ();
}

void
cc_import_summary_step_set_known (CcImportSummaryStep *self, gboolean known)
{
  g_return_if_fail (CC_IS_IMPORT_SUMMARY_STEP (self));
  self->known = known;
}
