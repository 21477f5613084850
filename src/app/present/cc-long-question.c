/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-long-question.h"

#define MOST_HEIGHT 480

static GtkWidget *
find_area (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (widget, "message-area"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_area (child);
  return found;
}

void
cc_long_question_scroll (AdwMessageDialog *dialog)
{
  GtkWidget *area, *box, *scroller;

  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (dialog));
  area = find_area (GTK_WIDGET (dialog));
  box = area != NULL ? gtk_widget_get_parent (area) : NULL;
  /* Another version of the toolkit may scroll by itself. */
  if (!GTK_IS_BOX (box))
    return;
  scroller =
      g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                    "propagate-natural-width", TRUE, "propagate-natural-height", TRUE,
                    "max-content-height", MOST_HEIGHT, "vexpand", TRUE, "focusable", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_message_dialog_get_heading (dialog), -1);
  g_object_ref (area);
  gtk_box_remove (GTK_BOX (box), area);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), area);
  gtk_box_prepend (GTK_BOX (box), scroller);
  g_object_unref (area);
}
