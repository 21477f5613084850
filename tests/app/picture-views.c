/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-views.h"

#include "app-test.h"
#include "picture.h"
#include "picture-import.h"
#include "picture-windows.h"

#include "shell/cc-pages.h"

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
  CcWindow                *window = tour_open_window (tour);

  tour_show (tour, window, "start");
  gtk_window_destroy (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      window = tour_open_window (tour);
      app_test_settle ();
      g_action_group_activate_action (G_ACTION_GROUP (window), forms[i], NULL);
      tour_show (tour, window, forms[i]);
      gtk_window_destroy (GTK_WINDOW (window));
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
        tour_show (tour, window, views[i].name);
      }
  if (g_str_equal (page, "tables"))
    {
      GtkWidget *figure = find_figure (GTK_WIDGET (window));

      if (figure != NULL)
        g_signal_emit_by_name (figure, "clicked");
      tour_take_front (tour, window, "records");
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
      tour_show (tour, window, name);
      if (inside)
        take_views (tour, window, page);
    }
}

static void
take_demo (const Tour *tour)
{
  CcWindow *window = tour_open_file (tour, "demo.casecount");

  take_pages (tour, window, "", TRUE);
  picture_windows_take (tour, window);
  tour_close_file (window);
}

static void
take_empty (const Tour *tour)
{
  CcWindow *window = tour_open_file (tour, "empty.casecount");

  if (window == NULL)
    return;
  take_pages (tour, window, "empty-", FALSE);
  tour_close_file (window);
}

void
picture_views_take (const Tour *tour)
{
  static const struct
  {
    const char *name;
    void (*take) (const Tour *tour);
  } scenes[] = {
    { "start", take_start },
    { "demo", take_demo },
    { "scenes", picture_windows_take_scenes },
    { "library", picture_windows_take_library },
    { "import", picture_import_take },
    { "empty", take_empty },
  };
  g_auto (GStrv) wanted =
      g_strsplit (g_getenv ("SCENES") != NULL ? g_getenv ("SCENES") : "", " ", -1);

  wear (tour->look);
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (wanted[0] == NULL || g_strv_contains ((const char *const *) wanted, scenes[i].name))
      scenes[i].take (tour);
}
