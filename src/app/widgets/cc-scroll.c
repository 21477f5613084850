/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-scroll.h"

/* Room left around what is scrolled to. */
#define AROUND 12

/* Frames without a movement after which it has come to rest, and how many are waited at most. */
#define STILL       3
#define MOST_FRAMES 120

static void
show_start (GtkScrolledWindow *scrolled, GtkAdjustment *across)
{
  if (gtk_widget_get_direction (GTK_WIDGET (scrolled)) == GTK_TEXT_DIR_RTL)
    gtk_adjustment_set_value (across, gtk_adjustment_get_upper (across)
                                          - gtk_adjustment_get_page_size (across));
}

void
cc_scroll_from_start (GtkScrolledWindow *scrolled)
{
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (scrolled), "changed",
                           G_CALLBACK (show_start), scrolled, G_CONNECT_SWAPPED);
}

/* Its room stays: lines that grow wider or narrower while others arrive would jump. */
static gboolean
show_bar (gpointer user_data)
{
  GtkWidget     *bar = user_data;
  GtkAdjustment *along = gtk_scrollbar_get_adjustment (GTK_SCROLLBAR (bar));
  const gboolean needed = gtk_adjustment_get_upper (along) - gtk_adjustment_get_lower (along)
                          > gtk_adjustment_get_page_size (along);
  GtkWidget *trough = gtk_widget_get_first_child (gtk_widget_get_first_child (bar));

  gtk_widget_set_opacity (bar, needed ? 1 : 0);
  gtk_widget_set_can_target (bar, needed);
  gtk_widget_queue_resize (trough);
  return G_SOURCE_REMOVE;
}

/* A list finds out how long it is while it is laid out; what asks for another size then is not
 * heard, and the bar would show a shorter list. */
static void
on_changed (GtkWidget *bar)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_bar, g_object_ref (bar), g_object_unref);
}

GtkWidget *
cc_scroll_new_with_bar (GtkScrolledWindow *scrolled)
{
  GtkWidget     *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkAdjustment *along;
  GtkWidget     *bar;

  g_return_val_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled), NULL);
  along = gtk_scrolled_window_get_vadjustment (scrolled);
  bar = gtk_scrollbar_new (GTK_ORIENTATION_VERTICAL, along);
  gtk_scrolled_window_set_policy (scrolled, GTK_POLICY_AUTOMATIC, GTK_POLICY_EXTERNAL);
  /* What is wider than its place is seen to go on, too. */
  gtk_scrolled_window_set_overlay_scrolling (scrolled, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (scrolled), TRUE);
  /* The bar stands on the ground of the list. */
  gtk_widget_add_css_class (box, "view");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (scrolled));
  gtk_box_append (GTK_BOX (box), bar);
  g_signal_connect_object (along, "changed", G_CALLBACK (on_changed), bar, G_CONNECT_SWAPPED);
  show_bar (bar);
  return box;
}

typedef struct
{
  double value; /* where it was scrolled to at the last frame */
  guint  still; /* frames since that changed */
  guint  frames;
} Wait;

/* What was shown just now has its place after a frame, and a widget that got the keyboard is
 * scrolled to over several. */
static gboolean
on_tick (GtkWidget *child, GdkFrameClock *clock, gpointer user_data)
{
  Wait           *wait = user_data;
  GtkWidget      *scrolled = gtk_widget_get_ancestor (child, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment  *along;
  graphene_rect_t place;
  double          top;

  if (scrolled == NULL || !gtk_widget_get_mapped (child))
    return G_SOURCE_REMOVE;
  along = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  wait->still = wait->value == gtk_adjustment_get_value (along) ? wait->still + 1 : 0;
  wait->value = gtk_adjustment_get_value (along);
  if (wait->still < STILL && ++wait->frames < MOST_FRAMES)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_compute_bounds (child, scrolled, &place))
    {
      top = wait->value + place.origin.y;
      gtk_adjustment_clamp_page (along, top - AROUND, top + place.size.height + AROUND);
    }
  return G_SOURCE_REMOVE;
}

void
cc_scroll_to (GtkWidget *child)
{
  g_return_if_fail (GTK_IS_WIDGET (child));
  gtk_widget_add_tick_callback (child, on_tick, g_new0 (Wait, 1), g_free);
}
