/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-backup-rule-group.h"

#include <glib/gi18n.h>

struct _CcBackupRuleGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget     *daily_row;
  GtkSwitch     *daily;
  GtkWidget     *rows_row;
  GtkSpinButton *rows;
  GtkSpinButton *recent;
  GtkSpinButton *days;
  GtkSpinButton *weeks;
  GtkSpinButton *months;

  gboolean showing;
};

G_DEFINE_FINAL_TYPE (CcBackupRuleGroup, cc_backup_rule_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed_cb (CcBackupRuleGroup *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
cc_backup_rule_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_BACKUP_RULE_GROUP);
  G_OBJECT_CLASS (cc_backup_rule_group_parent_class)->dispose (object);
}

static void
cc_backup_rule_group_class_init (CcBackupRuleGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_backup_rule_group_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/preferences/"
                                                             "cc-backup-rule-group.ui");
  gtk_widget_class_bind_template_child (widget_class, CcBackupRuleGroup, daily_row);
  gtk_widget_class_bind_template_child (widget_class, CcBackupRuleGroup, daily);
  gtk_widget_class_bind_template_child (widget_class, CcBackupRuleGroup, rows_row);
  gtk_widget_class_bind_template_child (widget_class, CcBackupRuleGroup, rows);
  gtk_widget_class_bind_template_child (widget_class, CcBackupRuleGroup, recent);
  gtk_widget_class_bind_template_child (widget_class, CcBackupRuleGroup, days);
  gtk_widget_class_bind_template_child (widget_class, CcBackupRuleGroup, weeks);
  gtk_widget_class_bind_template_child (widget_class, CcBackupRuleGroup, months);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
cc_backup_rule_group_init (CcBackupRuleGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_range (self->rows, 0, CC_BACKUP_RULE_MOST_ROWS);
  gtk_spin_button_set_range (self->recent, 1, CC_BACKUP_RULE_MOST_KEPT);
  gtk_spin_button_set_range (self->days, 0, CC_BACKUP_RULE_MOST_KEPT);
  gtk_spin_button_set_range (self->weeks, 0, CC_BACKUP_RULE_MOST_KEPT);
  gtk_spin_button_set_range (self->months, 0, CC_BACKUP_RULE_MOST_KEPT);
}

void
cc_backup_rule_group_show (CcBackupRuleGroup *self, const CcBackupRule *rule)
{
  g_return_if_fail (CC_IS_BACKUP_RULE_GROUP (self) && rule != NULL);
  self->showing = TRUE;
  gtk_switch_set_active (self->daily, rule->daily);
  gtk_spin_button_set_value (self->rows, (double) rule->import_rows);
  gtk_spin_button_set_value (self->recent, rule->recent);
  gtk_spin_button_set_value (self->days, rule->days);
  gtk_spin_button_set_value (self->weeks, rule->weeks);
  gtk_spin_button_set_value (self->months, rule->months);
  self->showing = FALSE;
}

void
cc_backup_rule_group_set_practice (CcBackupRuleGroup *self, gboolean practice)
{
  g_return_if_fail (CC_IS_BACKUP_RULE_GROUP (self));
  gtk_widget_set_visible (self->daily_row, !practice);
  gtk_widget_set_visible (self->rows_row, !practice);
  if (practice)
    adw_preferences_group_set_description (
        ADW_PREFERENCES_GROUP (self),
        _ ("A practice file is not backed up by itself, as what is invented can be invented again; "
           "only before its passphrase or its classifications change. Backups that the rule no "
           "longer keeps are removed when the next one is made; those made by hand stay."));
}

void
cc_backup_rule_group_read (CcBackupRuleGroup *self, CcBackupRule *rule)
{
  g_return_if_fail (CC_IS_BACKUP_RULE_GROUP (self) && rule != NULL);
  rule->daily = gtk_switch_get_active (self->daily);
  rule->import_rows = gtk_spin_button_get_value_as_int (self->rows);
  rule->recent = (guint) gtk_spin_button_get_value_as_int (self->recent);
  rule->days = (guint) gtk_spin_button_get_value_as_int (self->days);
  rule->weeks = (guint) gtk_spin_button_get_value_as_int (self->weeks);
  rule->months = (guint) gtk_spin_button_get_value_as_int (self->months);
}
