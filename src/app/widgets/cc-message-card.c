/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-message-card.h"

struct _CcMessageCard
{
  GtkBox parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (CcMessageCard, cc_message_card, GTK_TYPE_BOX)

static void
cc_message_card_class_init (CcMessageCardClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
cc_message_card_init (CcMessageCard *self)
{
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-warning-symbolic", "valign",
                    GTK_ALIGN_START, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                              PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "message");
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), icon);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->label));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
cc_message_card_show (CcMessageCard *self, const char *text)
{
  const char *shown = text != NULL ? text : "";

  g_return_if_fail (CC_IS_MESSAGE_CARD (self));
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  gtk_label_set_label (self->label, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
}

const char *
cc_message_card_get_text (CcMessageCard *self)
{
  g_return_val_if_fail (CC_IS_MESSAGE_CARD (self), "");
  return gtk_label_get_label (self->label);
}
