/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-return-dialog.h"

#include "cc-return-periods.h"
#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>

#define FIRST_YEAR 1990

struct _CcReturnDialog
{
  AdwWindow parent_instance;

  GtkLabel      *heading;
  GtkLabel      *explanation;
  GtkSpinButton *year;
  AdwComboRow   *period_row;
  AdwActionRow  *all_row;
  GtkSwitch     *for_all;
  GtkButton     *apply_button;

  CcSession *session;
  gboolean   expect;
};

G_DEFINE_FINAL_TYPE (CcReturnDialog, cc_return_dialog, ADW_TYPE_WINDOW)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static int
get_year (CcReturnDialog *self)
{
  return gtk_spin_button_get_value_as_int (self->year);
}

static void
fill_rhythms (CcReturnDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (int rhythm = 0; rhythm < CC_N_RHYTHMS; rhythm++)
    gtk_string_list_append (names, cc_rhythm_get_name ((CcRhythm) rhythm));
  adw_combo_row_set_model (self->period_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->period_row, CC_EVERY_QUARTER);
}

/* The same place in the list stands for the same part of each year. */
static void
fill_periods (CcReturnDialog *self)
{
  const guint chosen = adw_combo_row_get_selected (self->period_row);
  g_autoptr (GArray) periods = cc_return_periods_list (get_year (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < periods->len; i++)
    {
      g_autofree char *name =
          cc_return_periods_describe (self->session, g_array_index (periods, CcInterval, i));

      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (self->period_row, G_LIST_MODEL (names));
  if (chosen != GTK_INVALID_LIST_POSITION)
    adw_combo_row_set_selected (self->period_row, chosen);
}

static void
on_year_changed_cb (CcReturnDialog *self)
{
  if (self->session != NULL && !self->expect)
    fill_periods (self);
}

static void
on_apply_clicked_cb (CcReturnDialog *self)
{
  gtk_spin_button_update (self->year);
  g_signal_emit (self, signals[CHOSEN], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
cc_return_dialog_dispose (GObject *object)
{
  CcReturnDialog *self = CC_RETURN_DIALOG (object);

  g_clear_pointer (&self->session, cc_session_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_RETURN_DIALOG);
  G_OBJECT_CLASS (cc_return_dialog_parent_class)->dispose (object);
}

static void
cc_return_dialog_class_init (CcReturnDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_return_dialog_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", CC_TYPE_RETURN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/agencies/"
                                                             "cc-return-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CcReturnDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, CcReturnDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, CcReturnDialog, year);
  gtk_widget_class_bind_template_child (widget_class, CcReturnDialog, period_row);
  gtk_widget_class_bind_template_child (widget_class, CcReturnDialog, all_row);
  gtk_widget_class_bind_template_child (widget_class, CcReturnDialog, for_all);
  gtk_widget_class_bind_template_child (widget_class, CcReturnDialog, apply_button);
  gtk_widget_class_bind_template_callback (widget_class, on_year_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cc_return_dialog_init (CcReturnDialog *self)
{
  const int this_year = cc_day_year (cc_day_today ());

  gtk_widget_init_template (GTK_WIDGET (self));
  cc_combo_row_show_whole_labels (self->period_row);
  gtk_spin_button_set_range (self->year, FIRST_YEAR, this_year + 1);
  gtk_spin_button_set_value (self->year, this_year);
}

static CcReturnDialog *
create (GtkWidget *near, CcSession *session, gboolean expect)
{
  CcReturnDialog *self =
      g_object_new (CC_TYPE_RETURN_DIALOG, "transient-for", gtk_widget_get_root (near), NULL);

  self->session = cc_session_ref (session);
  self->expect = expect;
  gtk_widget_set_visible (GTK_WIDGET (self->all_row), expect);
  return self;
}

/**
 * agency: its name, shown in the dialog
 */
CcReturnDialog *
cc_return_dialog_new_expect (GtkWidget *near, CcSession *session, const char *agency)
{
  CcReturnDialog  *self = create (near, session, TRUE);
  g_autofree char *explanation = NULL;

  /* Translators: %s is an agency. */
  explanation = g_strdup_printf (_ ("Returns that are expected of %s and do not come are listed as "
                                    "missing, and told on the overview."),
                                 agency);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Expect Returns"));
  gtk_label_set_label (self->heading, _ ("Expect Returns"));
  gtk_label_set_label (self->explanation, explanation);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->period_row), _ ("How often"));
  gtk_button_set_label (self->apply_button, _ ("_Expect"));
  fill_rhythms (self);
  return self;
}

CcReturnDialog *
cc_return_dialog_new_nil (GtkWidget *near, CcSession *session, const char *agency)
{
  CcReturnDialog  *self = create (near, session, FALSE);
  g_autofree char *explanation = NULL;

  /* Translators: %s is an agency. */
  explanation =
      g_strdup_printf (_ ("Only where %s itself said that it had no case: this is not the "
                          "same as having heard nothing."),
                       agency);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Note “No Case”"));
  gtk_label_set_label (self->heading, _ ("Note “No Case”"));
  gtk_label_set_label (self->explanation, explanation);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->period_row), _ ("Period"));
  gtk_button_set_label (self->apply_button, _ ("_Note"));
  fill_periods (self);
  return self;
}

GArray *
cc_return_dialog_get_periods (CcReturnDialog *self)
{
  guint   chosen;
  GArray *all;
  GArray *one;

  g_return_val_if_fail (CC_IS_RETURN_DIALOG (self), NULL);
  chosen = adw_combo_row_get_selected (self->period_row);
  if (self->expect)
    return cc_return_periods_split (get_year (self), (CcRhythm) chosen);
  all = cc_return_periods_list (get_year (self));
  one = g_array_new (FALSE, FALSE, sizeof (CcInterval));
  g_array_append_val (one, g_array_index (all, CcInterval, chosen));
  g_array_unref (all);
  return one;
}

gboolean
cc_return_dialog_is_for_all (CcReturnDialog *self)
{
  g_return_val_if_fail (CC_IS_RETURN_DIALOG (self), FALSE);
  return gtk_switch_get_active (self->for_all);
}
