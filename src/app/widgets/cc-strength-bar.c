/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-strength-bar.h"

#include <glib/gi18n.h>

struct _CcStrengthBar
{
  GtkBox parent_instance;

  GtkLevelBar *level;
  GtkLabel    *text;
};

G_DEFINE_FINAL_TYPE (CcStrengthBar, cc_strength_bar, GTK_TYPE_BOX)

static void
cc_strength_bar_class_init (CcStrengthBarClass *klass)
{
}

static void
cc_strength_bar_init (CcStrengthBar *self)
{
  self->level = GTK_LEVEL_BAR (gtk_level_bar_new_for_interval (0, CC_PASSPHRASE_STRONG));
  self->text = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "lines", 2, NULL);
  gtk_level_bar_set_mode (self->level, GTK_LEVEL_BAR_MODE_DISCRETE);
  /* Two of four: weak. The usual offsets of a level bar would colour it otherwise. */
  gtk_level_bar_add_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_LOW, CC_PASSPHRASE_WEAK);
  gtk_level_bar_add_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_HIGH, CC_PASSPHRASE_FAIR);
  gtk_level_bar_add_offset_value (self->level, GTK_LEVEL_BAR_OFFSET_FULL, CC_PASSPHRASE_STRONG);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Strength of the passphrase"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->level), "strength");
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "caption");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 9);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->level));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->text));
  cc_strength_bar_set_level (self, CC_PASSPHRASE_NONE);
}

static void
show (CcStrengthBar *self, CcPassphraseLevel level, const char *strength)
{
  gtk_level_bar_set_value (self->level, level);
  /* The line keeps its height, so that the form does not jump at the first letter. */
  gtk_label_set_label (self->text, *strength != '\0' ? strength : " ");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  strength, -1);
}

void
cc_strength_bar_set_level (CcStrengthBar *self, CcPassphraseLevel level)
{
  g_return_if_fail (CC_IS_STRENGTH_BAR (self));
  show (self, level, cc_passphrase_describe (level));
}

void
cc_strength_bar_show (CcStrengthBar *self, const char *passphrase, CcPassphraseLevel level)
{
  g_return_if_fail (CC_IS_STRENGTH_BAR (self) && passphrase != NULL);
  show (self, level, cc_passphrase_explain (passphrase, level));
}
