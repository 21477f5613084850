/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-widths CASECOUNT_CLI LANGUAGE SECOND_PACK.PY: every page and every window goes down to the
 * width of a narrow screen with text of twice the size. It goes the way of the pictures.
 */
#include "app-test.h"
#include "picture.h"
#include "picture-views.h"

#include "cc-application.h"

#include <libintl.h>
#include <glib/gstdio.h>
#include <locale.h>

#define PASSPHRASE "practice"
#define NARROW     360

/* How long nothing may move before it is measured. */
#define QUIET_MS 60

static const Look look = { "narrow-large", NARROW, 720, FALSE, 192 };

static guint n_views, n_wide;

/* What the toolkit builds whole is its own. */
static void
tell (const Tour *tour, GtkWidget *window, const char *name)
{
  g_autofree char *wide = NULL;

  if (window == NULL)
    wide = g_strdup ("nothing came");
  else if (!ADW_IS_ABOUT_WINDOW (window) && !GTK_IS_SHORTCUTS_WINDOW (window))
    wide = tour_find_wide (window, NARROW);
  n_views++;
  n_wide += wide != NULL;
  g_print ("%s %u %s%s%s\n", wide == NULL ? "ok" : "not ok", n_views, name,
           wide != NULL ? "\n# " : "", wide != NULL ? wide : "");
}

static void
prove (const Tour *tour)
{
  GtkWidget       *window = adw_window_new ();
  GtkWidget       *label = gtk_label_new ("A text that does not wrap and is too wide");
  g_autofree char *wide = NULL;

  adw_window_set_content (ADW_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  picture_wait_until_quiet (window);
  wide = tour_find_wide (window, NARROW);
  g_print ("%s 1 a text that is too wide is found\n", wide != NULL ? "ok" : "not ok");
  n_views = 1;
  n_wide = wide == NULL;
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
run (const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *said = NULL;
  GError          *error = NULL;
  int              status = 0;
  va_list          list;

  va_start (list, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (list, char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* The folder that the pictures are taken from, see take-screenshots.c. */
static void
make_demo (const char *cli, const char *folder, const char *second_pack)
{
  static const char *const names[] = { "empty", "setup", "real" };
  g_autofree char         *secret = g_build_filename (folder, "passphrase", NULL);
  g_autofree char         *setup = g_build_filename (folder, "setup.casecount", NULL);
  g_autofree char         *lists = g_build_filename (folder, "setup", NULL);
  g_autofree char         *list = g_build_filename (folder, "agencies", "police.xlsx", NULL);
  g_autofree char         *second = g_build_filename (folder, "second", NULL);

  run (cli, "demo", "--out", folder, "--victims", "60", NULL);
  g_assert_true (g_file_set_contents (secret, PASSPHRASE, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat (names[i], ".casecount", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      run (cli, "new", path, "--country", "BEN", "--passphrase-file", secret,
           i < 2 ? "--practice" : NULL, NULL);
    }
  run (cli, "entity", setup, "add", "police", "--name", "Police nationale", "--type", "POL",
       "--passphrase-file", secret, NULL);
  g_assert_cmpint (g_mkdir (lists, 0700), ==, 0);
  run ("cp", list, lists, NULL);
  run ("python3", second_pack, second, NULL);
}

static void
set_up (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain ("casecount", g_getenv ("CASECOUNT_LOCALE_DIR"));
  bind_textdomain_codeset ("casecount", "UTF-8");
  textdomain ("casecount");
}

int
main (int argc, char **argv)
{
  g_autoptr (CcApplication) application = NULL;
  g_autofree char *demo = NULL;
  AppTest          base;
  int              dpi = 0;

  if (argc > 2)
    set_up (argv[2]);
  app_test_init (&argc, &argv);
  g_assert_cmpint (argc, >, 3);
  app_test_set_up (&base, NULL);
  demo = app_test_path (&base, "demo");
  make_demo (argv[1], demo, argv[3]);
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-xft-dpi",
                look.dpi * 1024, NULL);
  picture_set_quiet (QUIET_MS);
  application = cc_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_set_default (G_APPLICATION (application));
  {
    const Tour tour = { demo, PASSPHRASE, NULL, argv[2], &look, tell };

    prove (&tour);
    picture_views_take (&tour);
  }
  g_print ("# %u of %u views are too wide\n1..%u\n", n_wide, n_views, n_views);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  run ("rm", "-r", demo, NULL);
  app_test_tear_down (&base, NULL);
  return 0;
}
