/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"

#include "cc-session.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_SECONDS 10

void
app_test_init (int *argc, char ***argv)
{
  if (!gtk_init_check ())
    {
      puts ("1..0 # SKIP there is no display");
      exit (0);
    }
  g_test_init (argc, argv, NULL);
  adw_init ();
}

void
app_test_set_up (AppTest *self, gconstpointer data)
{
  GError *error = NULL;

  self->folder = g_dir_make_tmp ("casecount-app-XXXXXX", &error);
  g_assert_no_error (error);
}

static gboolean
nothing_is_open (gpointer user_data)
{
  return cc_session_get_n_open () == 0;
}

void
app_test_tear_down (AppTest *self, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  /* Work in other threads may keep a case file open a little longer than its window. */
  app_test_wait (nothing_is_open, NULL);
  app_test_settle ();
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

char *
app_test_path (AppTest *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
app_test_wait (AppCondition condition, gpointer user_data)
{
  const gint64 end = g_get_monotonic_time () + MOST_SECONDS * G_USEC_PER_SEC;
  const guint  tick = g_timeout_add (20, on_tick, NULL);

  while (!condition (user_data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

void
app_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  static const char *const names[] = { "label", "title" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = NULL;

      if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), names[i]) == NULL)
        continue;
      g_object_get (widget, names[i], &value, NULL);
      if (g_strcmp0 (value, text) == 0)
        return TRUE;
    }
  return FALSE;
}

GtkWidget *
app_test_find (GtkWidget *root, GType type, const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (text == NULL || has_text (root, text)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = app_test_find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}
