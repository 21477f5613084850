/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-tour.h"

#include "app-test.h"
#include "picture.h"
#include "picture-scenes.h"

/* How often it is looked whether something stands in front of a window. */
#define MOST_WAITS 20

/* The widest child is why a part is wide, down to the one that holds no other; it may stand on a
 * page of a stack that is not shown. */
static GtkWidget *
find_widest (GtkWidget *widget)
{
  GtkWidget *widest = NULL;
  int        most = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least;

      if (!gtk_widget_get_visible (child) || GTK_IS_NATIVE (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      if (least <= most)
        continue;
      most = least;
      widest = child;
    }
  return widest != NULL ? find_widest (widest) : widget;
}

char *
tour_find_wide (GtkWidget *window, int most)
{
  GtkWidget *wide = app_test_find_wide (window, most);
  GtkWidget *widest = wide != NULL ? find_widest (wide) : NULL;
  GString   *text;
  int        least;

  if (wide == NULL)
    return NULL;
  gtk_widget_measure (wide, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  text = g_string_new (NULL);
  g_string_printf (text, "needs a width of %d because of %s", least, G_OBJECT_TYPE_NAME (widest));
  if (GTK_IS_LABEL (widest))
    g_string_append_printf (text, " “%s”", gtk_label_get_text (GTK_LABEL (widest)));
  for (guint n = 0; n < 8 && (widest = gtk_widget_get_parent (widest)) != NULL; n++)
    g_string_append_printf (text, " in %s", G_OBJECT_TYPE_NAME (widest));
  return g_string_free (text, FALSE);
}

static void
take (GtkWidget *window, const char *folder, const char *prefix, const char *page, const Look *look)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-%s.png", prefix, page, look->name);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *wide = NULL;

  while (!picture_save (window, path))
    picture_wait_until_quiet (window);
  wide = tour_find_wide (window, look->width);
  if (wide != NULL)
    g_print ("%s %s\n", page, wide);
}

static gboolean
is_unlocked (gpointer user_data)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (user_data), "page");
}

static CcWindow *
create_window (void)
{
  return cc_window_new (GTK_APPLICATION (g_application_get_default ()));
}

static gboolean
nothing_is_open (gpointer user_data)
{
  return cc_session_get_n_open () == 0;
}

void
tour_show (const Tour *tour, gpointer window, const char *name)
{
  picture_wait_until_quiet (window);
  if (tour->tell != NULL)
    tour->tell (tour, window, name);
  else
    take (window, tour->folder, tour->prefix, name, tour->look);
}

CcWindow *
tour_open_window (const Tour *tour)
{
  CcWindow *window = create_window ();

  gtk_window_set_default_size (GTK_WINDOW (window), tour->look->width, tour->look->height);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* NULL where the case file is missing. */
CcWindow *
tour_open_file (const Tour *tour, const char *name)
{
  g_autofree char *path = g_build_filename (tour->demo, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  CcWindow *window;

  if (!g_file_query_exists (file, NULL))
    return NULL;
  window = tour_open_window (tour);
  cc_window_open (window, file);
  app_test_settle ();
  if (g_str_equal (name, "demo.casecount"))
    {
      tour_show (tour, window, "unlock");
      picture_scenes_type (GTK_WIDGET (window), tour->passphrase);
      tour_show (tour, window, "who");
      picture_scenes_sign (GTK_WIDGET (window));
    }
  else
    app_test_unlock (GTK_WIDGET (window), tour->passphrase);
  app_test_wait (is_unlocked, window);
  return window;
}

void
tour_close_file (CcWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  app_test_wait (nothing_is_open, NULL);
  app_test_settle ();
}

/* The window that was presented last, in front of another. */
GtkWindow *
tour_find_front (GtkWindow *behind)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *item = all; item != NULL; item = item->next)
    if (gtk_widget_get_visible (item->data) && gtk_window_get_transient_for (item->data) == behind)
      return tour_find_front (item->data);
  return behind;
}

/* A screen is not wider than the look. */
static void
fit (const Tour *tour, GtkWindow *front)
{
  int width = 0;
  int height = 0;

  gtk_window_get_default_size (front, &width, &height);
  if (width > tour->look->width)
    gtk_window_set_default_size (front, tour->look->width, height);
}

void
tour_take_front (const Tour *tour, CcWindow *window, const char *name)
{
  GtkWindow *front = GTK_WINDOW (window);

  for (guint n = 0; n < MOST_WAITS && front == GTK_WINDOW (window); n++)
    {
      if (n > 0)
        picture_wait_until_quiet (GTK_WIDGET (window));
      front = tour_find_front (GTK_WINDOW (window));
    }
  if (front == GTK_WINDOW (window))
    {
      if (tour->tell != NULL)
        tour->tell (tour, NULL, name);
      return;
    }
  fit (tour, front);
  tour_show (tour, front, name);
  /* Who asks may hold the case file until there is an answer. */
  if (ADW_IS_MESSAGE_DIALOG (front))
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (front), adw_message_dialog_get_close_response (
                                                                 ADW_MESSAGE_DIALOG (front)));
  gtk_window_destroy (front);
}
