/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"

#include "cc-application.h"
#include "cc-session.h"
#include "cc-window.h"
#include "shell/cc-pages.h"
#include "shell/cc-shell.h"

#include <libintl.h>
#include <locale.h>

/* Pictures of every page in every look, for people to look at; build-aux/screenshots.sh calls this
 * once for each language.
 *
 *   take-screenshots CASE_FILE PASSPHRASE FOLDER PREFIX [LOOK...] */

/* A page is ready when nothing has happened for so long. */
#define QUIET_MS 900
#define MOST_MS  15000

typedef struct
{
  const char *name;
  int         width;
  int         height;
  gboolean    dark;
  int         dpi; /* in points of GTK: 96 * 1024 is 100 % */
} Look;

static const Look looks[] = {
  { "light", 1366, 768, FALSE, 96 },    { "dark", 1366, 768, TRUE, 96 },
  { "narrow", 360, 720, FALSE, 96 },    { "large-text", 1366, 768, FALSE, 192 },
  { "desktop", 1600, 1000, FALSE, 96 },
};

/* Views inside pages that a link leads to. */
static const struct
{
  const char *page;
  const char *target;
  const char *name;
} views[] = {
  { "cases", "new", "case-editor" },
  { "duplicates", "why", "duplicates-why" },
  { "duplicates", "person:5", "person" },
  { "duplicates", "decisions", "decisions" },
  { "questionnaires", "questionnaire:ecowas-tip", "questionnaire-form" },
  { "questionnaires", "questionnaire:ecowas-tip/V3", "questionnaire-tables" },
  { "questionnaires", "checks:ecowas-tip", "questionnaire-checks" },
  { "tables", "figure:age-sex-pyramid", "chart" },
  { "tables", "figure:table:by-year", "table" },
};

static void
save (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  g_return_if_fail (node != NULL);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_printerr ("%s could not be written\n", path);
  else
    g_print ("%s\n", path);
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
spins (GtkWidget *widget)
{
  if (GTK_IS_SPINNER (widget) && gtk_widget_get_mapped (widget)
      && gtk_spinner_get_spinning (GTK_SPINNER (widget)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (spins (child))
      return TRUE;
  return FALSE;
}

/* Until no spinner turns any more, and then a little for what fades in. */
static void
wait_until_quiet (GtkWidget *window)
{
  const gint64 end = g_get_monotonic_time () + MOST_MS * G_TIME_SPAN_MILLISECOND;

  do
    {
      gboolean passed = FALSE;

      g_timeout_add (QUIET_MS, on_time, &passed);
      while (!passed)
        g_main_context_iteration (NULL, TRUE);
    }
  while (spins (window) && g_get_monotonic_time () < end);
}

static void
take (GtkWidget *window, const char *folder, const char *prefix, const char *page, const char *look)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-%s.png", prefix, page, look);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  wait_until_quiet (window);
  save (window, path);
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

static CcWindow *
open_file (const char *path, const char *passphrase, const Look *look)
{
  CcWindow *window = create_window ();
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

  gtk_window_set_default_size (GTK_WINDOW (window), look->width, look->height);
  gtk_window_present (GTK_WINDOW (window));
  cc_window_open (window, file);
  app_test_settle ();
  app_test_unlock (GTK_WIDGET (window), passphrase);
  app_test_wait (is_unlocked, window);
  return window;
}

static void
wear (const Look *look)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      look->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                 : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", look->dpi * 1024, NULL);
}

static void
take_all (const char *path,
          const char *passphrase,
          const char *folder,
          const char *prefix,
          const Look *look)
{
  CcWindow *window;

  wear (look);
  window = create_window ();
  gtk_window_set_default_size (GTK_WINDOW (window), look->width, look->height);
  gtk_window_present (GTK_WINDOW (window));
  take (GTK_WIDGET (window), folder, prefix, "start", look->name);
  gtk_window_destroy (GTK_WINDOW (window));

  window = open_file (path, passphrase, look);
  for (guint i = 0; i < cc_pages_get_n (); i++)
    {
      const CcPageInfo *page = cc_pages_get (i);

      g_action_group_activate_action (G_ACTION_GROUP (window), "page",
                                      g_variant_new_string (page->name));
      take (GTK_WIDGET (window), folder, prefix, page->name, look->name);
      for (guint j = 0; j < G_N_ELEMENTS (views); j++)
        if (g_str_equal (views[j].page, page->name))
          {
            g_action_group_activate_action (G_ACTION_GROUP (window), "go",
                                            g_variant_new ("(ss)", page->name, views[j].target));
            take (GTK_WIDGET (window), folder, prefix, views[j].name, look->name);
          }
    }
  gtk_window_destroy (GTK_WINDOW (window));
  app_test_wait (nothing_is_open, NULL);
  app_test_settle ();
}

static gboolean
is_wanted (const Look *look, int argc, char **argv)
{
  for (int i = 5; i < argc; i++)
    if (g_str_equal (argv[i], look->name))
      return TRUE;
  return argc <= 5;
}

static void
set_up_translation (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain ("casecount", g_getenv ("CASECOUNT_LOCALE_DIR"));
  bind_textdomain_codeset ("casecount", "UTF-8");
  textdomain ("casecount");
}

int
main (int argc, char **argv)
{
  g_autoptr (CcApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 5)
    {
      g_printerr ("take-screenshots CASE_FILE PASSPHRASE FOLDER PREFIX [LOOK...]\n");
      return 2;
    }
  set_up_translation ();
  application = cc_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_application_set_default (G_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (is_wanted (&looks[i], argc, argv))
      take_all (argv[1], argv[2], argv[3], argv[4], &looks[i]);
  return 0;
}
