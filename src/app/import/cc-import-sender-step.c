/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-sender-step.h"

#include "cc-import-agency-dialog.h"
#include "cc-import-chooser.h"
#include "cc-import-grid.h"
#include "cc-import-names.h"
#include "cc-import-period-group.h"
#include "cc-import-sender-choice.h"
#include "cc-import-strange.h"
#include "cc-import-texts.h"
#include "present/cc-error-presenter.h"

#include <glib/gi18n.h>

struct _CcImportSenderStep
{
  CcImportStep parent_instance;

  GtkStack            *stack;
  AdwStatusPage       *failure;
  GtkLabel            *file_name;
  GtkLabel            *summary;
  GtkWidget           *reading;
  GtkProgressBar      *progress;
  CcImportGrid        *grid;
  AdwActionRow        *same_row;
  GtkWidget           *same_group;
  AdwActionRow        *practice_row;
  GtkWidget           *practice_group;
  AdwStatusPage       *population;
  GtkWidget           *take;
  AdwActionRow        *agency;
  GtkWidget           *newcomer;
  CcImportPeriodGroup *period;
  GtkWidget           *map_group;
  AdwActionRow        *map_row;
  GtkSwitch           *map_switch;

  CcPreview *shown_rows; /* borrowed: those the grid shows */
  CcEntity  *proposed;   /* whom a person named and the file may speak against */
  gboolean   loading;
};

G_DEFINE_FINAL_TYPE (CcImportSenderStep, cc_import_sender_step, CC_TYPE_IMPORT_STEP)

static CcImportDraft *
get_draft (CcImportSenderStep *self)
{
  return cc_import_step_get_draft (CC_IMPORT_STEP (self));
}

static void on_agency_cb (CcImportSenderStep *self);

/* What a person said becomes the sender; one without a key is not in the case file yet. */
static void
take_sender (CcImportSenderStep *self)
{
  CcImportDraft *draft = get_draft (self);
  g_autoptr (CcEntity) sender = g_steal_pointer (&self->proposed);

  if (draft == NULL || sender == NULL)
    return;
  if (sender->key != NULL)
    cc_import_draft_set_entity (draft, sender->key);
  else
    cc_import_draft_set_newcomer (draft, sender->name, sender->type);
  cc_import_step_load (CC_IMPORT_STEP (self));
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
on_doubt_answered (CcImportSenderStep *self, const char *response)
{
  if (g_str_equal (response, "keep"))
    take_sender (self);
  else if (g_str_equal (response, "choose"))
    on_agency_cb (self);
}

/* Of whom the file itself does not speak is asked about by name. */
static void
propose (CcImportSenderStep *self, CcImportDraft *draft, const CcEntity *entity)
{
  GtkWindow *doubt = cc_import_doubt_sender (GTK_WIDGET (self), draft, entity);

  if (doubt == NULL)
    {
      take_sender (self);
      return;
    }
  g_signal_connect_object (doubt, "response", G_CALLBACK (on_doubt_answered), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (doubt);
}

static void
choose_agency (CcImportSenderStep *self, CcImportDraft *draft, const char *key)
{
  g_clear_pointer (&self->proposed, cc_entity_free);
  for (guint i = 0; i < draft->entities->len; i++)
    {
      const CcEntity *entity = g_ptr_array_index (draft->entities, i);

      if (!g_str_equal (entity->key, key))
        continue;
      self->proposed = g_new0 (CcEntity, 1);
      self->proposed->key = g_strdup (key);
      /* Chosen before, it was asked about then. */
      if (draft->entity_said && g_strcmp0 (draft->entity, key) == 0)
        take_sender (self);
      else
        propose (self, draft, entity);
      return;
    }
}

static void
on_agency_named (CcImportSenderStep *self, const char *name, gpointer type)
{
  CcImportDraft *draft = get_draft (self);

  if (draft == NULL)
    return;
  g_clear_pointer (&self->proposed, cc_entity_free);
  self->proposed = g_new0 (CcEntity, 1);
  self->proposed->name = g_strdup (name);
  self->proposed->type = type;
  propose (self, draft, self->proposed);
}

/* A new agency is stored together with its delivery: an import that is given up leaves none. */
static void
add_agency (CcImportSenderStep *self)
{
  CcImportDraft        *draft = get_draft (self);
  CcImportAgencyDialog *dialog;

  if (draft == NULL)
    return;
  dialog = cc_import_agency_dialog_new_question (GTK_WIDGET (self), draft->session);
  if (draft->newcomer != NULL)
    cc_import_agency_dialog_suggest (dialog, draft->newcomer->name, draft->newcomer->type);
  else if (draft->guess != NULL && draft->guess->entity == NULL && draft->guess->new_name != NULL)
    cc_import_agency_dialog_suggest (dialog, draft->guess->new_name, draft->guess->new_type);
  g_signal_connect_object (dialog, "named", G_CALLBACK (on_agency_named), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_agency_chosen (CcImportSenderStep *self, const char *key)
{
  CcImportDraft *draft = get_draft (self);

  if (draft == NULL || draft->entities == NULL)
    return;
  if (g_str_equal (key, CC_IMPORT_NEW_SENDER))
    add_agency (self);
  else
    choose_agency (self, draft, key);
}

static void
on_agency_cb (CcImportSenderStep *self)
{
  CcImportDraft   *draft = get_draft (self);
  CcImportChooser *chooser;
  GListModel      *senders;
  gboolean         first;

  if (draft == NULL || draft->entities == NULL)
    return;
  if (draft->entities->len == 0)
    {
      add_agency (self);
      return;
    }
  chooser =
      cc_import_chooser_new (GTK_WIDGET (self), _ ("Sender"), _ ("Which agency sent this file?"));
  senders = cc_import_list_senders (draft, &first);
  cc_import_chooser_set_choices (chooser, senders);
  if (!first)
    cc_import_chooser_suggest_none (chooser);
  cc_import_chooser_offer_other (chooser, _ ("_New Agency…"));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_agency_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (chooser, "other", G_CALLBACK (add_agency), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
show_period (CcImportSenderStep *self, CcImportDraft *draft)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self->period);
  g_autofree char     *period = cc_session_format_interval (draft->session, draft->period);
  g_autofree char     *reason = NULL;
  g_autofree char     *text = NULL;

  if (!cc_interval_is_known (draft->period))
    text = g_strdup (draft->period_said
                         ? _ ("No period is stated. Rows without a date of their own will be set "
                              "aside.")
                         : _ ("Nothing in the file says it. Rows without a date of their own are "
                              "counted in this period."));
  else if (draft->period_said || draft->guess == NULL || draft->guess->period_reason == NULL)
    text = g_strdup (period);
  else
    {
      reason = cc_import_text (draft->session, draft->guess->period_reason);
      /* Translators: a period, and why it is suggested: "2023 (from the file's name)". */
      text = g_strdup_printf (_ ("%s (%s). Please check."), period, reason);
    }
  adw_preferences_group_set_description (group, text);
}

static void
on_period_chosen_cb (CcImportSenderStep *self)
{
  CcImportDraft *draft = get_draft (self);
  CcInterval     period;

  if (draft == NULL || self->loading)
    return;
  if (cc_import_period_group_get (self->period, &period))
    cc_import_draft_set_period (draft, period);
  show_period (self, draft);
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
on_map_switched_cb (CcImportSenderStep *self)
{
  CcImportDraft *draft = get_draft (self);

  if (draft != NULL && !self->loading)
    cc_import_draft_set_use_map (draft, gtk_switch_get_active (self->map_switch));
}

static void
on_try_again_cb (CcImportSenderStep *self)
{
  if (get_draft (self) != NULL)
    cc_import_draft_read (get_draft (self));
}

static void
show_agency (CcImportSenderStep *self, CcImportDraft *draft)
{
  g_autofree char *text = cc_import_describe_sender (draft);

  gtk_widget_set_visible (self->newcomer, draft->newcomer != NULL);
  adw_action_row_set_subtitle (self->agency, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->agency),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_summary (CcImportSenderStep *self, CcImportDraft *draft)
{
  const guint      n = draft->inspection->tables->len;
  guint            n_rows = 0;
  g_autofree char *rows = NULL;
  g_autofree char *tables = NULL;
  g_autofree char *number = cc_session_format_number (draft->session, n);
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    n_rows +=
        ((CcInspectTable *) g_ptr_array_index (draft->inspection->tables, i))->n_rows[CC_ROW_DATA];
  rows = cc_session_format_number (draft->session, n_rows);
  tables = g_strdup_printf (ngettext ("%s table", "%s tables", n), number);
  /* Translators: how many rows, and in how many tables ("2 tables"). */
  text = g_strdup_printf (ngettext ("%s row in %s", "%s rows in %s", n_rows), rows, tables);
  gtk_label_set_label (self->summary, text);
}

static void
show_same (CcImportSenderStep *self, CcImportDraft *draft)
{
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->same_group, draft->same != NULL);
  if (draft->same == NULL)
    return;
  when = cc_session_format_time (draft->session, draft->same->received);
  text = g_strdup_printf (_ ("On %s. Importing it again changes nothing, unless it is read another "
                             "way now."),
                          when);
  adw_action_row_set_subtitle (self->same_row, text);
}

/* Before anything else is asked: the question itself stands before the import. */
static void
show_practice (CcImportSenderStep *self, CcImportDraft *draft)
{
  const gboolean   invented = cc_import_is_invented (draft);
  g_autofree char *text = invented ? cc_import_describe_invented (draft) : NULL;

  gtk_widget_set_visible (self->practice_group, invented);
  if (invented)
    adw_action_row_set_subtitle (self->practice_row, text);
}

/* Inhabitants are no victims: nobody has to find out by choosing an agency for them. */
static void
show_population (CcImportSenderStep *self, CcImportDraft *draft)
{
  g_autofree char *text = cc_import_describe_population (draft);

  adw_status_page_set_description (self->population, text);
  gtk_widget_set_visible (self->take, cc_import_can_take_population (draft));
  gtk_widget_set_sensitive (self->take, !draft->busy);
  if (cc_import_is_invented (draft))
    gtk_widget_remove_css_class (self->take, "suggested-action");
  else
    gtk_widget_add_css_class (self->take, "suggested-action");
  gtk_stack_set_visible_child_name (self->stack, "population");
}

static void
on_take_cb (CcImportSenderStep *self)
{
  CcImportDraft *draft = get_draft (self);

  if (draft == NULL)
    return;
  cc_import_take_population (GTK_WIDGET (self), draft);
  gtk_widget_set_sensitive (self->take, FALSE);
  cc_import_step_emit_settled (CC_IMPORT_STEP (self));
}

static void
on_as_list_cb (CcImportSenderStep *self)
{
  if (get_draft (self) != NULL)
    cc_import_draft_set_as_list (get_draft (self));
}

static void
show_map (CcImportSenderStep *self, CcImportDraft *draft)
{
  g_autofree char *name =
      draft->map_path != NULL ? g_filename_display_basename (draft->map_path) : NULL;

  gtk_widget_set_visible (self->map_group, name != NULL);
  if (name != NULL)
    adw_action_row_set_subtitle (self->map_row, name);
  gtk_switch_set_active (self->map_switch, draft->use_map);
}

static void
show_reading (CcImportSenderStep *self, CcImportDraft *draft)
{
  const gboolean reading = draft->state == CC_DRAFT_READING || draft->state == CC_DRAFT_WAITING;

  gtk_widget_set_visible (self->reading, reading);
  gtk_progress_bar_set_fraction (self->progress, draft->fraction);
  if (reading && draft->first_rows != NULL && self->shown_rows != draft->first_rows)
    {
      /* The grid keeps its rows; the draft's stay with it for later visits. */
      self->shown_rows = draft->first_rows;
      cc_import_grid_set_preview (self->grid, cc_preview_copy (draft->first_rows), NULL, FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->grid), reading && draft->first_rows != NULL);
}

static void
show_failure (CcImportSenderStep *self, CcImportDraft *draft)
{
  g_autofree char *text = draft->error != NULL ? cc_describe_error (draft->error) : NULL;

  adw_status_page_set_title (self->failure, _ ("The File Could Not Be Read"));
  adw_status_page_set_description (self->failure, text);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

/* A file without any table: each sheet says why. */
static void
show_no_table (CcImportSenderStep *self, CcImportDraft *draft)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < draft->inspection->sheets->len; i++)
    {
      const CcInspectSheet *sheet = g_ptr_array_index (draft->inspection->sheets, i);
      g_autofree char      *why =
          sheet->problem != NULL ? cc_import_text (draft->session, sheet->problem) : NULL;

      if (why != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", sheet->name, why);
    }
  g_string_append_printf (text, "\n\n%s",
                          _ ("If the agency had no case in the period, note a nil return on the "
                             "page Agencies. Otherwise ask for the list, with one row of headers "
                             "above the rows."));
  adw_status_page_set_title (self->failure, _ ("No Table Was Found in the File"));
  adw_status_page_set_description (self->failure, text->str);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

static void
cc_import_sender_step_load (CcImportStep *step, CcImportDraft *draft)
{
  CcImportSenderStep *self = CC_IMPORT_SENDER_STEP (step);

  self->loading = TRUE;
  gtk_label_set_label (self->file_name, draft->name);
  show_reading (self, draft);
  gtk_stack_set_visible_child_name (self->stack, "sender");
  gtk_widget_set_visible (GTK_WIDGET (self->agency), draft->inspection != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->period), draft->inspection != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), draft->inspection != NULL);
  gtk_widget_set_visible (self->map_group, FALSE);
  gtk_widget_set_visible (self->same_group, FALSE);
  gtk_widget_set_visible (self->practice_group, FALSE);
  if (draft->state == CC_DRAFT_FAILED)
    show_failure (self, draft);
  else if (cc_import_is_population (draft))
    show_population (self, draft);
  else if (draft->inspection != NULL && draft->inspection->tables->len == 0)
    show_no_table (self, draft);
  else if (draft->inspection != NULL)
    {
      show_summary (self, draft);
      show_same (self, draft);
      show_practice (self, draft);
      show_agency (self, draft);
      cc_import_period_group_set (self->period, draft->session, draft->period, draft->period_said);
      show_period (self, draft);
      show_map (self, draft);
    }
  cc_import_name_parts (GTK_WIDGET (self));
  self->loading = FALSE;
}

static char *
cc_import_sender_step_find_obstacle (CcImportStep *step, CcImportDraft *draft)
{
  CcImportSenderStep *self = CC_IMPORT_SENDER_STEP (step);
  CcInterval          period;

  if (draft->state == CC_DRAFT_FAILED
      || (draft->inspection != NULL && draft->inspection->tables->len == 0))
    return g_strdup (_ ("This file cannot be imported as it is."));
  if (draft->inspection == NULL || draft->busy)
    return g_strdup (_ ("The file is being read."));
  if (cc_import_is_population (draft))
    return g_strdup (_ ("This file is no list of an agency."));
  if (cc_import_draft_get_entity (draft) == NULL)
    return g_strdup (_ ("Choose the agency that sent the file."));
  if (cc_import_period_group_is_unset (self->period))
    return g_strdup (_ ("Say which period the file covers, or choose “Not stated”."));
  if (!cc_import_period_group_get (self->period, &period))
    return g_strdup (_ ("The days of the period cannot be read yet. Write them like 2023-05-31."));
  return NULL;
}

static gboolean
cc_import_sender_step_take_apart (CcImportStep *step)
{
  return cc_import_grid_take_apart (CC_IMPORT_SENDER_STEP (step)->grid);
}

static void
cc_import_sender_step_dispose (GObject *object)
{
  g_clear_pointer (&CC_IMPORT_SENDER_STEP (object)->proposed, cc_entity_free);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_IMPORT_SENDER_STEP);
  G_OBJECT_CLASS (cc_import_sender_step_parent_class)->dispose (object);
}

static void
cc_import_sender_step_class_init (CcImportSenderStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_import_sender_step_dispose;
  CC_IMPORT_STEP_CLASS (klass)->load = cc_import_sender_step_load;
  CC_IMPORT_STEP_CLASS (klass)->find_obstacle = cc_import_sender_step_find_obstacle;
  CC_IMPORT_STEP_CLASS (klass)->take_apart = cc_import_sender_step_take_apart;
  g_type_ensure (CC_TYPE_IMPORT_GRID);
  g_type_ensure (CC_TYPE_IMPORT_PERIOD_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/import/"
                                                             "cc-import-sender-step.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, stack);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, failure);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, file_name);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, summary);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, reading);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, progress);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, grid);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, same_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, same_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, practice_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, practice_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, population);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, take);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, agency);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, newcomer);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, period);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, map_group);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, map_row);
  gtk_widget_class_bind_template_child (widget_class, CcImportSenderStep, map_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_agency_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_period_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_map_switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_take_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_as_list_cb);
}

static void
cc_import_sender_step_init (CcImportSenderStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
