/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-reason-button.h"

#include "cc-compare-head.h"
#include "cc-review-words.h"

#include <glib/gi18n.h>

struct _CcReasonButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkBox        *reasons;
  GtkEntry      *note;

  GtkCheckButton *choices[CC_REVIEW_N_REASONS + 1]; /* the first stands for none */
};

G_DEFINE_FINAL_TYPE (CcReasonButton, cc_reason_button, ADW_TYPE_BIN)

static void
on_changed_cb (CcReasonButton *self)
{
  g_autofree char *stored = cc_reason_button_dup_reason (self);
  g_autofree char *words = cc_review_describe_reason (stored);
  g_autofree char *label = stored == NULL ? g_strdup (_ ("Reason"))
                                          /* Translators: why somebody decided so. */
                                          : g_strdup_printf (_ ("Reason: %s"), words);

  gtk_menu_button_set_label (self->button, label);
  cc_compare_name_menu_button (GTK_WIDGET (self->button), label);
}

static void
on_note_activate_cb (CcReasonButton *self)
{
  gtk_popover_popdown (self->popover);
}

static void
cc_reason_button_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_REASON_BUTTON);
  G_OBJECT_CLASS (cc_reason_button_parent_class)->dispose (object);
}

static void
cc_reason_button_class_init (CcReasonButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_reason_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/duplicates/"
                                                             "cc-reason-button.ui");
  gtk_widget_class_bind_template_child (widget_class, CcReasonButton, button);
  gtk_widget_class_bind_template_child (widget_class, CcReasonButton, popover);
  gtk_widget_class_bind_template_child (widget_class, CcReasonButton, reasons);
  gtk_widget_class_bind_template_child (widget_class, CcReasonButton, note);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_note_activate_cb);
}

static void
cc_reason_button_init (CcReasonButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_compare_name_editable (GTK_EDITABLE (self->note), _ ("Note on the next decision"));
  for (guint i = 0; i < G_N_ELEMENTS (self->choices); i++)
    {
      g_autofree char *label =
          i == 0 ? g_strdup (_ ("No reason given"))
                 : g_strdup_printf ("%u  %s", i, cc_review_get_reason_word (i - 1));

      self->choices[i] = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (label));
      gtk_check_button_set_group (self->choices[i], i > 0 ? self->choices[0] : NULL);
      gtk_box_append (self->reasons, GTK_WIDGET (self->choices[i]));
    }
  gtk_check_button_set_active (self->choices[0], TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (self->choices); i++)
    g_signal_connect_swapped (self->choices[i], "toggled", G_CALLBACK (on_changed_cb), self);
  on_changed_cb (self);
}

char *
cc_reason_button_dup_reason (CcReasonButton *self)
{
  int index = -1;

  g_return_val_if_fail (CC_IS_REASON_BUTTON (self), NULL);
  for (int i = 0; i < CC_REVIEW_N_REASONS; i++)
    if (gtk_check_button_get_active (self->choices[i + 1]))
      index = i;
  return cc_review_make_reason (index, gtk_editable_get_text (GTK_EDITABLE (self->note)));
}

void
cc_reason_button_clear (CcReasonButton *self)
{
  g_return_if_fail (CC_IS_REASON_BUTTON (self));
  gtk_check_button_set_active (self->choices[0], TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->note), "");
}

void
cc_reason_button_choose (CcReasonButton *self, guint index)
{
  g_return_if_fail (CC_IS_REASON_BUTTON (self) && index < CC_REVIEW_N_REASONS);
  gtk_check_button_set_active (self->choices[index + 1], TRUE);
}

void
cc_reason_button_write_note (CcReasonButton *self)
{
  g_return_if_fail (CC_IS_REASON_BUTTON (self));
  gtk_popover_popup (self->popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->note));
}
