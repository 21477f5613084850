/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"

#include "cc-gone-windows.h"
#include "cc-label-width.h"
#include "cc-window-groups.h"
#include "cc-session.h"
#include "unlock/cc-unlock-page.h"
#include "unlock/cc-user-page.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_SECONDS 30

static char *data_home;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
remove_data_home (void)
{
  remove_tree (data_home);
  g_free (data_home);
}

/* The library of case files of whoever runs the tests stays out of it. G_TEST_OPTION_ISOLATE_DIRS
 * would take away the icons as well. */
static void
set_up_data_home (void)
{
  data_home = g_dir_make_tmp ("casecount-data-XXXXXX", NULL);
  g_assert_nonnull (data_home);
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  atexit (remove_data_home);
}

void
app_test_init (int *argc, char ***argv)
{
  set_up_data_home ();
  if (!gtk_init_check ())
    {
      puts ("1..0 # SKIP there is no display");
      exit (0);
    }
  g_test_init (argc, argv, NULL);
  adw_init ();
  cc_gone_windows_watch ();
  cc_window_groups_watch ();
  cc_label_width_mend ();
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

/* What scrolls sideways shows the rest by and by. */
static gboolean
scrolls_sideways (GtkWidget *widget)
{
  GtkPolicyType policy = GTK_POLICY_NEVER;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
  return policy != GTK_POLICY_NEVER;
}

GtkWidget *
app_test_find_wide (GtkWidget *root, int most)
{
  int least = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found =
          gtk_widget_get_mapped (child) && !GTK_IS_NATIVE (child) && !scrolls_sideways (child)
              ? app_test_find_wide (child, most)
              : NULL;

      if (found != NULL)
        return found;
    }
  gtk_widget_measure (root, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least > most ? root : NULL;
}

gboolean
app_test_is_in_sight (GtkWidget *widget)
{
  GtkWidget      *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place;

  return gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, scrolled, &place)
         && place.size.height > 0 && place.origin.y >= 0
         && place.origin.y + place.size.height <= gtk_widget_get_height (scrolled);
}

/* The names of the file are read when the button works. */
static gboolean
asks_who (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data)
         && gtk_widget_is_sensitive (
             app_test_find (user_data, GTK_TYPE_LABEL,
                            g_dgettext ("casecount", "Continue _Without a Name")));
}

void
app_test_unlock (GtkWidget *root, const char *passphrase)
{
  GtkWidget *page = app_test_find (root, CC_TYPE_UNLOCK_PAGE, NULL);
  GtkWidget *entry = app_test_find (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  GtkWidget *user = app_test_find (page, CC_TYPE_USER_PAGE, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), passphrase);
  g_signal_emit_by_name (entry, "entry-activated");
  app_test_wait (asks_who, user);
  g_assert_true (gtk_widget_activate_action (user, "user.continue-without", NULL));
}

gboolean
app_test_find_dialog (gpointer user_data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        *(GtkWidget **) user_data = window;
    }
  return *(GtkWidget **) user_data != NULL;
}
