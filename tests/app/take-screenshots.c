/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"

#include "cc-application.h"
#include "cc-session.h"
#include "cc-window.h"
#include "import/cc-import-page.h"
#include "import/cc-import-queue-row.h"
#include "import/cc-import-wizard.h"
#include "shell/cc-pages.h"
#include "shell/cc-shell.h"

#include <libintl.h>
#include <locale.h>

/* Pictures of every page in every look, for people to look at; build-aux/screenshots.sh calls this
 * once for each language.
 *
 *   take-screenshots DEMO PASSPHRASE FOLDER PREFIX [LOOK...]
 *
 * DEMO is the folder of casecount-cli demo; beside its case file may stand empty.casecount, without
 * anything in it, and setup.casecount, which knows the agency "police" and no delivery. */

/* A page is ready when nothing turned or moved for so long, and was drawn after that. */
#define QUIET_MS 400
#define MOST_MS  20000
#define N_FRAMES 3

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
  { "desktop", 1600, 1000, FALSE, 96 }, { "high-contrast", 1366, 768, FALSE, 96 },
  { "readme", 1366, 768, FALSE, 96 },
};

/* Views inside pages that a link leads to. */
static const struct
{
  const char *page;
  const char *target;
  const char *name;
} views[] = {
  { "cases", "record:3", "cases-details" },
  { "cases", "edit:3", "case-editor" },
  { "cases", "new", "case-editor-new" },
  { "duplicates", "why", "duplicates-why" },
  { "duplicates", "person:5", "person" },
  { "duplicates", "decisions", "decisions" },
  { "questionnaires", "questionnaire:ecowas-tip", "questionnaire-form" },
  { "questionnaires", "questionnaire:ecowas-tip/V3", "questionnaire-tables" },
  { "questionnaires", "checks:ecowas-tip", "questionnaire-checks" },
  { "agencies", "entity:police", "agency" },
  { "history", "act:3", "history-act" },
  { "tables", "figure:age-sex-pyramid", "chart" },
  { "tables", "figure:table:by-year", "table" },
};

/* FALSE where nothing was drawn yet. */
static gboolean
save (GtkWidget *window, const char *path)
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

static void
wait_until_quiet (GtkWidget *window)
{
  const gint64 end = g_get_monotonic_time () + MOST_MS * G_TIME_SPAN_MILLISECOND;

  do
    {
      wait_a_while (QUIET_MS);
      wait_for_frames (window, end);
    }
  while (is_on_its_way (window) && g_get_monotonic_time () < end);
}

/* A page that does not go down to the width of the look is named. */
static void
check_width (GtkWidget *window, const char *page, const Look *look)
{
  int least;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (least > look->width)
    g_print ("%s needs a width of %d\n", page, least);
}

static void
take (GtkWidget *window, const char *folder, const char *prefix, const char *page, const Look *look)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-%s.png", prefix, page, look->name);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  wait_until_quiet (window);
  while (!save (window, path))
    wait_until_quiet (window);
  check_width (window, page, look);
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

typedef struct
{
  const char *demo;
  const char *passphrase;
  const char *folder;
  const char *prefix;
  const Look *look;
} Tour;

static void
show (const Tour *tour, gpointer window, const char *name)
{
  take (GTK_WIDGET (window), tour->folder, tour->prefix, name, tour->look);
}

static CcWindow *
open_window (const Tour *tour)
{
  CcWindow *window = create_window ();

  gtk_window_set_default_size (GTK_WINDOW (window), tour->look->width, tour->look->height);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* NULL where the case file is missing. */
static CcWindow *
open_file (const Tour *tour, const char *name)
{
  g_autofree char *path = g_build_filename (tour->demo, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  CcWindow *window;

  if (!g_file_query_exists (file, NULL))
    return NULL;
  window = open_window (tour);
  cc_window_open (window, file);
  app_test_settle ();
  if (g_str_equal (name, "demo.casecount"))
    show (tour, window, "unlock");
  app_test_unlock (GTK_WIDGET (window), tour->passphrase);
  app_test_wait (is_unlocked, window);
  return window;
}

static void
close_file (CcWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  app_test_wait (nothing_is_open, NULL);
  app_test_settle ();
}

static void
wear (const Look *look)
{
  /* A bare X server says nothing about fonts, and small letters would lose their dots. */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", look->dpi * 1024,
                "gtk-hint-font-metrics", TRUE, "gtk-xft-antialias", 1, "gtk-xft-hinting", 1,
                "gtk-xft-hintstyle", "hintslight", NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      look->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                 : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

/* The start page and the forms that lead from it. */
static void
take_start (const Tour *tour)
{
  static const char *const forms[] = { "new-file", "practice-country" };
  CcWindow                *window = open_window (tour);

  show (tour, window, "start");
  gtk_window_destroy (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      window = open_window (tour);
      app_test_settle ();
      g_action_group_activate_action (G_ACTION_GROUP (window), forms[i], NULL);
      show (tour, window, forms[i]);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* A window in front of the main one: takes its picture and closes it. */
static void
take_dialog (const Tour *tour, CcWindow *window, const char *name)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *item = all; item != NULL; item = item->next)
    if (item->data != (gpointer) window && gtk_widget_get_visible (item->data)
        && gtk_window_get_transient_for (item->data) == GTK_WINDOW (window))
      {
        wait_until_quiet (item->data);
        show (tour, item->data, name);
        gtk_window_destroy (item->data);
        return;
      }
}

static GtkWidget *
find_figure (GtkWidget *root)
{
  if (gtk_widget_has_css_class (root, "figure-cell") && GTK_IS_BUTTON (root)
      && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_figure (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
take_views (const Tour *tour, CcWindow *window, const char *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_str_equal (views[i].page, page))
      {
        g_action_group_activate_action (G_ACTION_GROUP (window), "go",
                                        g_variant_new ("(ss)", page, views[i].target));
        show (tour, window, views[i].name);
      }
  if (g_str_equal (page, "tables"))
    {
      GtkWidget *figure = find_figure (GTK_WIDGET (window));

      if (figure != NULL)
        g_signal_emit_by_name (figure, "clicked");
      take_dialog (tour, window, "records");
    }
}

static void
take_pages (const Tour *tour, CcWindow *window, const char *before, gboolean inside)
{
  for (guint i = 0; i < cc_pages_get_n (); i++)
    {
      const char      *page = cc_pages_get (i)->name;
      g_autofree char *name = g_strconcat (before, page, NULL);

      g_action_group_activate_action (G_ACTION_GROUP (window), "page", g_variant_new_string (page));
      show (tour, window, name);
      if (inside)
        take_views (tour, window, page);
    }
}

static gboolean
draft_is_idle (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return draft->state == CC_DRAFT_READY && !draft->busy;
}

static gboolean
shows_deliveries (gpointer user_data)
{
  return cc_page_get_session (user_data) != NULL;
}

static gboolean
is_imported (gpointer user_data)
{
  return cc_import_wizard_get_step (user_data) == CC_WIZARD_RESULT;
}

/* Each look imports into a copy of its own, which knows no delivery yet. */
static CcWindow *
open_copy (const Tour *tour)
{
  g_autofree char *from = g_build_filename (tour->demo, "setup.casecount", NULL);
  g_autofree char *to = g_build_filename (tour->demo, "first.casecount", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL))
    return NULL;
  return open_file (tour, "first.casecount");
}

/* The steps of an agency's first file. */
static void
take_wizard (const Tour *tour)
{
  static const char *const names[] = { "import-sender", "import-table", "import-columns",
                                       "import-values", "import-summary" };
  g_autofree char         *path = g_build_filename (tour->demo, "setup", "police.xlsx", NULL);
  CcWindow                *window = open_copy (tour);
  GtkWidget               *page, *row;
  CcImportWizard          *wizard;
  CcImportDraft           *draft;

  if (window == NULL)
    return;
  g_action_group_activate_action (G_ACTION_GROUP (window), "page", g_variant_new_string ("import"));
  page = app_test_find (GTK_WIDGET (window), CC_TYPE_IMPORT_PAGE, NULL);
  app_test_wait (shows_deliveries, page);
  wait_until_quiet (GTK_WIDGET (window));
  cc_import_page_add_file (CC_IMPORT_PAGE (page), path);
  row = app_test_find (page, CC_TYPE_IMPORT_QUEUE_ROW, NULL);
  draft = cc_import_queue_row_get_draft (CC_IMPORT_QUEUE_ROW (row));
  app_test_wait (draft_is_idle, draft);
  show (tour, window, "import-queue");
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  wizard = CC_IMPORT_WIZARD (app_test_find (page, CC_TYPE_IMPORT_WIZARD, NULL));
  cc_import_draft_set_entity (draft, "police");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      app_test_wait (draft_is_idle, draft);
      show (tour, window, names[i]);
      cc_import_wizard_go_on (wizard);
    }
  app_test_wait (is_imported, wizard);
  show (tour, window, "import-result");
  close_file (window);
}

static void
take_all (const Tour *tour)
{
  CcWindow *window;

  wear (tour->look);
  take_start (tour);
  window = open_file (tour, "demo.casecount");
  take_pages (tour, window, "", TRUE);
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "preferences",
                                  NULL);
  take_dialog (tour, window, "preferences");
  close_file (window);
  take_wizard (tour);
  window = open_file (tour, "empty.casecount");
  if (window == NULL)
    return;
  take_pages (tour, window, "empty-", FALSE);
  close_file (window);
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
      g_printerr ("take-screenshots DEMO PASSPHRASE FOLDER PREFIX [LOOK...]\n");
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
      {
        const Tour tour = { argv[1], argv[2], argv[3], argv[4], &looks[i] };

        take_all (&tour);
      }
  return 0;
}
