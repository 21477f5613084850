/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-stepper.h"

#include <glib/gi18n.h>

#define N_STEPS 5

struct _CcImportStepper
{
  AdwBin parent_instance;

  AdwSqueezer *squeezer;
  GtkWidget   *bar;
  GtkWidget   *buttons[N_STEPS];
  GtkStack    *signs[N_STEPS];
};

enum
{
  CHOSEN,
  TURNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportStepper, cc_import_stepper, ADW_TYPE_BIN)

/**
 * Returns: what a step is called
 */
const char *
cc_import_stepper_get_name (guint step)
{
  static const char *const names[N_STEPS] = { N_ ("Sender"), N_ ("Tables"), N_ ("Columns"),
                                              N_ ("Values"), N_ ("Check") };

  return step < N_STEPS ? _ (names[step]) : "";
}

static void
on_clicked (GtkWidget *button, gpointer user_data)
{
  CcImportStepper *self = CC_IMPORT_STEPPER (user_data);

  for (guint i = 0; i < N_STEPS; i++)
    if (self->buttons[i] == button)
      g_signal_emit (self, signals[CHOSEN], 0, i);
}

static GtkWidget *
create_step (CcImportStepper *self, guint step)
{
  g_autofree char *number = g_strdup_printf ("%u", step + 1);
  GtkWidget       *button = gtk_button_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *sign = gtk_stack_new ();
  GtkWidget       *label = gtk_label_new (cc_import_stepper_get_name (step));

  gtk_stack_add_named (GTK_STACK (sign), gtk_label_new (number), "number");
  gtk_stack_add_named (GTK_STACK (sign), gtk_image_new_from_icon_name ("object-select-symbolic"),
                       "done");
  gtk_widget_add_css_class (sign, "step-sign");
  gtk_widget_add_css_class (sign, "numeric");
  gtk_widget_set_valign (sign, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "step");
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  self->buttons[step] = button;
  self->signs[step] = GTK_STACK (sign);
  return button;
}

static void
cc_import_stepper_class_init (CcImportStepperClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", CC_TYPE_IMPORT_STEPPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[TURNED] = g_signal_new ("turned", CC_TYPE_IMPORT_STEPPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

/* The squeezer turns while places are given out, when a header cannot take other words. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  g_signal_emit (widget, signals[TURNED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_turned (CcImportStepper *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
cc_import_stepper_init (CcImportStepper *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->squeezer = ADW_SQUEEZER (adw_squeezer_new ());
  self->bar = adw_bin_new ();
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  for (guint i = 0; i < N_STEPS; i++)
    {
      if (i > 0)
        {
          GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

          gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
          gtk_widget_set_size_request (line, 24, -1);
          gtk_box_append (GTK_BOX (row), line);
        }
      gtk_box_append (GTK_BOX (row), create_step (self, i));
    }
  adw_bin_set_child (ADW_BIN (self->bar), row);
  gtk_widget_add_css_class (self->bar, "stepper");
  /* A narrow window has no row of steps: its header says which one it is. */
  adw_squeezer_set_homogeneous (self->squeezer, FALSE);
  adw_squeezer_add (self->squeezer, self->bar);
  adw_squeezer_add (self->squeezer, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  g_signal_connect_swapped (self->squeezer, "notify::visible-child", G_CALLBACK (on_turned), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->squeezer));
  cc_import_stepper_set_step (self, 0);
}

static void
show_sign (CcImportStepper *self, guint i, guint step)
{
  const char *state = i < step ? _ ("done") : i == step ? _ ("now") : _ ("to come");
  /* Translators: a step of several, its name, and whether it is done: "Step 2, Tables, done". */
  g_autofree char *name =
      g_strdup_printf (_ ("Step %d, %s, %s"), (int) i + 1, cc_import_stepper_get_name (i), state);

  gtk_stack_set_visible_child_name (self->signs[i], i < step ? "done" : "number");
  gtk_widget_set_sensitive (self->buttons[i], i <= step);
  gtk_widget_set_can_focus (self->buttons[i], i < step);
  gtk_widget_remove_css_class (self->buttons[i], "now");
  if (i == step)
    gtk_widget_add_css_class (self->buttons[i], "now");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/**
 * step: the one that is shown, from 0
 */
void
cc_import_stepper_set_step (CcImportStepper *self, guint step)
{
  g_return_if_fail (CC_IS_IMPORT_STEPPER (self));
  for (guint i = 0; i < N_STEPS; i++)
    show_sign (self, i, step);
}

/**
 * Returns: whether there is room for the row of steps
 */
gboolean
cc_import_stepper_is_seen (CcImportStepper *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_STEPPER (self), FALSE);
  return adw_squeezer_get_visible_child (self->squeezer) == self->bar;
}
