/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture.h"

#include <adwaita.h>

/* A page is ready when nothing turned or moved for so long, and was drawn after that. */
#define MOST_MS  20000
#define N_FRAMES 3

static guint quiet_ms = 400;

void
picture_set_quiet (guint milliseconds)
{
  quiet_ms = milliseconds;
}

gboolean
picture_save (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_printerr ("%s could not be written\n", path);
  else
    g_print ("%s\n", path);
  return TRUE;
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
moves (GtkWidget *widget)
{
  if (GTK_IS_SPINNER (widget))
    return gtk_spinner_get_spinning (GTK_SPINNER (widget));
  if (GTK_IS_STACK (widget))
    return gtk_stack_get_transition_running (GTK_STACK (widget));
  if (ADW_IS_LEAFLET (widget))
    return adw_leaflet_get_child_transition_running (ADW_LEAFLET (widget));
  /* What stands where something is still being read. */
  if (GTK_IS_LABEL (widget))
    return g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), "…");
  return FALSE;
}

/* A page is on its way while a spinner turns or a view slides or fades. */
static gboolean
is_on_its_way (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (moves (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_on_its_way (child))
      return TRUE;
  return FALSE;
}

static void
wait_a_while (guint milliseconds)
{
  gboolean passed = FALSE;

  g_timeout_add (milliseconds, on_time, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_painted (guint *n_frames)
{
  *n_frames += 1;
}

/* The pictures show what was drawn last, and a busy machine draws late. */
static void
wait_for_frames (GtkWidget *window, gint64 end)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  guint          n_frames = 0;
  const gulong   handler =
      g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_painted), &n_frames);

  while (n_frames < N_FRAMES && g_get_monotonic_time () < end)
    {
      gtk_widget_queue_draw (window);
      wait_a_while (20);
    }
  g_signal_handler_disconnect (clock, handler);
}

void
picture_wait_until_quiet (GtkWidget *window)
{
  const gint64 end = g_get_monotonic_time () + MOST_MS * G_TIME_SPAN_MILLISECOND;

  do
    {
      wait_a_while (quiet_ms);
      wait_for_frames (window, end);
    }
  while (is_on_its_way (window) && g_get_monotonic_time () < end);
}
