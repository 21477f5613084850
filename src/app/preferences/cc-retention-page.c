/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-retention-page.h"

#include "cc-retention-work.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-long-question.h"
#include "present/cc-toast.h"
#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>
#include <cc/model/cc-retention-dates.h>

struct _CcRetentionPage
{
  CcFilePage parent_instance;

  AdwPreferencesGroup *due_group;
  AdwActionRow        *due_row;
  GtkWidget           *remove_button;
  AdwPreferencesGroup *rules_group;
  AdwPreferencesGroup *new_group;
  AdwComboRow         *whose;
  AdwComboRow         *from;
  GtkSpinButton       *years;

  GPtrArray *rows;    /* of rules, not owned */
  GPtrArray *dues;    /* rows of what is due, not owned */
  GPtrArray *groups;  /* CcRetentionGroup: what they show; NULL before it is read */
  GPtrArray *offered; /* CcRetentionRule: units and kinds, in the order of the list */
  GPtrArray *starts;  /* words of the days, in the order of the list */
};

G_DEFINE_FINAL_TYPE (CcRetentionPage, cc_retention_page, CC_TYPE_FILE_PAGE)

static void load (CcRetentionPage *self);

/* ---- rules ---- */

static void
on_rule_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcRetentionPage) self = CC_RETENTION_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  const gboolean ok = cc_session_act_finish (result, NULL, &error);

  if (!cc_file_page_is_shown (self))
    return;
  if (!ok)
    cc_present_error (GTK_WIDGET (self), _ ("The Rule Could Not Be Changed"), error);
  load (self);
}

static void
on_remove_rule_clicked (GtkButton *button, gpointer user_data)
{
  CcRetentionPage       *self = CC_RETENTION_PAGE (user_data);
  const CcRetentionRule *rule = g_object_get_data (G_OBJECT (button), "rule");

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  cc_session_act_async (cc_file_page_get_session (self), "retention", cc_retention_unset,
                        g_memdup2 (&rule->id, sizeof rule->id), g_free, NULL, on_rule_changed,
                        g_object_ref (self));
}

/* Takes the rule over. */
static GtkWidget *
create_row (CcRetentionPage *self, CcRetentionRule *rule)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *whose = cc_retention_describe_whose (cc_file_page_get_session (self), rule);
  g_autofree char *title = g_markup_escape_text (whose, -1);
  g_autofree char *time = cc_retention_describe_time (cc_file_page_get_session (self), rule);
  /* Translators: what a button does; %s is what a rule is about. */
  g_autofree char *label = g_strdup_printf (_ ("Remove the rule for “%s”"), whose);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), time);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove the rule"));
  gtk_widget_set_sensitive (button, cc_file_page_can_write (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "rule", rule, (GDestroyNotify) cc_retention_rule_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_rule_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_rules (CcRetentionPage *self, CcRetentionState *state)
{
  cc_file_page_clear_rows (self->rules_group, self->rows);
  for (guint i = 0; i < state->rules->len; i++)
    {
      GtkWidget *row = create_row (self, state->rules->pdata[i]);

      state->rules->pdata[i] = NULL;
      cc_file_page_add_row (self->rules_group, self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->rules_group), self->rows->len > 0);
}

/* Takes the groups over. */
static void
show_due (CcRetentionPage *self, CcRetentionState *state)
{
  cc_file_page_clear_rows (self->due_group, self->dues);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  self->groups = g_steal_pointer (&state->groups);
  for (guint i = 0; i < self->groups->len; i++)
    {
      CcSession       *session = cc_file_page_get_session (self);
      GtkWidget       *row = adw_action_row_new ();
      g_autofree char *name = cc_retention_name_group (session, self->groups->pdata[i]);
      g_autofree char *title = g_markup_escape_text (name, -1);
      g_autofree char *text = cc_retention_describe_group (session, self->groups->pdata[i]);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      cc_file_page_set_subtitle (ADW_ACTION_ROW (row), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
      cc_file_page_add_row (self->due_group, self->dues, row);
    }
}

static void
show_state (CcRetentionPage *self, CcRetentionState *state)
{
  g_autofree char *due = cc_retention_describe_due (cc_file_page_get_session (self), state);

  adw_action_row_set_subtitle (self->due_row, due);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "retention.remove-due",
                                 cc_file_page_can_write (self) && state->records + state->rows > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "retention.add", cc_file_page_can_write (self));
  show_due (self, state);
  show_rules (self, state);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcRetentionPage) self = CC_RETENTION_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcRetentionState) state = cc_session_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || cc_file_page_get_session (self) == NULL)
    return;
  if (state != NULL)
    show_state (self, state);
  else
    {
      g_autofree char *text = cc_describe_error (error);

      cc_file_page_set_subtitle (self->due_row, text);
    }
}

static void
load (CcRetentionPage *self)
{
  GCancellable *cancellable = cc_file_page_begin_loading (self);

  cc_session_read_async (cc_file_page_get_session (self), cc_retention_load, NULL, NULL,
                         (GDestroyNotify) cc_retention_state_free, cancellable, on_loaded,
                         g_object_ref (self));
}

/* ---- a new rule ---- */

static CcRetentionRule *
rule_new (const char *unit, const char *kind)
{
  CcRetentionRule *rule = g_new0 (CcRetentionRule, 1);

  rule->unit = g_strdup (unit);
  rule->kind = g_strdup (kind);
  return rule;
}

/* Each kind of record as a whole, then its identifiers one by one; at the end the raw rows. */
static void
fill_whose (CcRetentionPage *self)
{
  static const char *const units[] = { "VI", "PE", "EV" };
  CcPack *pack = cc_case_file_get_pack (cc_session_get_file (cc_file_page_get_session (self)));
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->offered, 0);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      const CcUnit *unit = cc_pack_find_unit (pack, units[i]);

      g_ptr_array_add (self->offered, rule_new (units[i], "*"));
      for (guint j = 0; unit != NULL && j < cc_pack_get_n_variables (pack); j++)
        {
          const CcVariable *variable = cc_pack_get_variable (pack, j);

          if (variable->storage == CC_STORAGE_IDENTIFIER
              && g_str_equal (variable->unit, unit->name))
            g_ptr_array_add (self->offered, rule_new (units[i], variable->name));
        }
    }
  g_ptr_array_add (self->offered, rule_new (CC_RETENTION_ROWS, "*"));
  for (guint i = 0; i < self->offered->len; i++)
    {
      g_autofree char *text =
          cc_retention_describe_whose (cc_file_page_get_session (self), self->offered->pdata[i]);

      gtk_string_list_append (list, text);
    }
  adw_combo_row_set_model (self->whose, G_LIST_MODEL (list));
}

static void
offer_start (CcRetentionPage *self, GtkStringList *list, const char *word, const char *text)
{
  g_ptr_array_add (self->starts, (gpointer) word);
  gtk_string_list_append (list, text);
}

/* What a period can be counted from depends on whose it is. */
static void
on_whose_chosen_cb (CcRetentionPage *self)
{
  const guint            choice = adw_combo_row_get_selected (self->whose);
  const CcRetentionRule *rule;
  const CcUnit          *unit;
  CcPack                *pack;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) closing = NULL;

  if (cc_file_page_get_session (self) == NULL || choice >= self->offered->len)
    return;
  rule = g_ptr_array_index (self->offered, choice);
  pack = cc_case_file_get_pack (cc_session_get_file (cc_file_page_get_session (self)));
  unit = cc_pack_find_unit (pack, rule->unit);
  g_ptr_array_set_size (self->starts, 0);
  if (unit != NULL)
    {
      offer_start (self, list, "last-contact", _ ("Last Contact"));
      closing = cc_pack_get_retention_dates (pack, "case-closed", unit->name);
      if (closing->len > 0)
        offer_start (self, list, "case-closed", _ ("Closing of the Case"));
    }
  offer_start (self, list, "received", _ ("Receipt"));
  adw_combo_row_set_model (self->from, G_LIST_MODEL (list));
}

static void
on_add_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcRetentionPage       *self = CC_RETENTION_PAGE (widget);
  const guint            whose = adw_combo_row_get_selected (self->whose);
  const guint            from = adw_combo_row_get_selected (self->from);
  const CcRetentionRule *offered;
  CcRetentionRule       *rule;

  if (!cc_file_page_can_write (self) || whose >= self->offered->len || from >= self->starts->len)
    return;
  offered = g_ptr_array_index (self->offered, whose);
  rule = rule_new (offered->unit, offered->kind);
  rule->months = 12 * gtk_spin_button_get_value_as_int (self->years);
  rule->counted_from = g_strdup (g_ptr_array_index (self->starts, from));
  cc_session_act_async (cc_file_page_get_session (self), "retention", cc_retention_set, rule,
                        (GDestroyNotify) cc_retention_rule_free, NULL, on_rule_changed,
                        g_object_ref (self));
}

/* ---- removal ---- */

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcRetentionPage) self = CC_RETENTION_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree CcPurgeResult *removed = cc_job_run_finish (result, &error);
  g_autofree char          *text = NULL;

  if (cc_file_page_get_session (self) == NULL)
    return;
  if (removed != NULL)
    cc_session_changed (cc_file_page_get_session (self));
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (removed == NULL)
    {
      cc_present_error (GTK_WIDGET (self), _ ("Nothing Was Removed"), error);
      return;
    }
  text = cc_retention_describe_result (cc_file_page_get_session (self), removed);
  cc_present_toast (GTK_WIDGET (self), text);
  load (self);
}

static void
on_remove_answered (AdwMessageDialog *dialog, const char *response, CcRetentionPage *self)
{
  if (g_strcmp0 (response, "remove") != 0 || !cc_file_page_can_write (self))
    return;
  cc_job_run_async (GTK_WIDGET (self), _ ("Removing What Is Due"), cc_retention_remove_due,
                    cc_session_ref (cc_file_page_get_session (self)),
                    (GDestroyNotify) cc_session_unref, g_free, on_removed, g_object_ref (self));
}

static void
on_remove_due_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcRetentionPage *self = CC_RETENTION_PAGE (widget);
  GtkWidget       *dialog;
  g_autofree char *body = NULL;

  if (self->groups == NULL || cc_file_page_get_session (self) == NULL)
    return;
  body = cc_retention_describe_removal (cc_file_page_get_session (self), self->groups);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                   _ ("Remove for Good?"), NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove",
                                    _ ("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  cc_long_question_scroll (ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- class ---- */

static void
cc_retention_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_RETENTION_PAGE);
  G_OBJECT_CLASS (cc_retention_page_parent_class)->dispose (object);
}

static void
cc_retention_page_finalize (GObject *object)
{
  CcRetentionPage *self = CC_RETENTION_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->dues);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_ptr_array_unref (self->offered);
  g_ptr_array_unref (self->starts);
  G_OBJECT_CLASS (cc_retention_page_parent_class)->finalize (object);
}

static void
cc_retention_page_class_init (CcRetentionPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cc_retention_page_dispose;
  object_class->finalize = cc_retention_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/preferences/"
                                                             "cc-retention-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcRetentionPage, due_group);
  gtk_widget_class_bind_template_child (widget_class, CcRetentionPage, due_row);
  gtk_widget_class_bind_template_child (widget_class, CcRetentionPage, remove_button);
  gtk_widget_class_bind_template_child (widget_class, CcRetentionPage, rules_group);
  gtk_widget_class_bind_template_child (widget_class, CcRetentionPage, new_group);
  gtk_widget_class_bind_template_child (widget_class, CcRetentionPage, whose);
  gtk_widget_class_bind_template_child (widget_class, CcRetentionPage, from);
  gtk_widget_class_bind_template_child (widget_class, CcRetentionPage, years);
  gtk_widget_class_bind_template_callback (widget_class, on_whose_chosen_cb);
  gtk_widget_class_install_action (widget_class, "retention.add", NULL, on_add_activated);
  gtk_widget_class_install_action (widget_class, "retention.remove-due", NULL,
                                   on_remove_due_activated);
}

static void
cc_retention_page_init (CcRetentionPage *self)
{
  self->rows = g_ptr_array_new ();
  self->dues = g_ptr_array_new ();
  self->offered = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_retention_rule_free);
  self->starts = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_combo_row_show_whole_labels (self->whose);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "retention.add", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "retention.remove-due", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->rules_group), FALSE);
}

void
cc_retention_page_set_session (CcRetentionPage *self, CcSession *session)
{
  g_return_if_fail (CC_IS_RETENTION_PAGE (self));
  cc_file_page_set_session (self, session);
  gtk_widget_set_visible (GTK_WIDGET (self), session != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->new_group), cc_file_page_can_write (self));
  if (session == NULL)
    return;
  fill_whose (self);
  load (self);
}
