/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must fit a screen of 360 pixels with text of twice the size. */
#include "page-test.h"

#include "agencies/cc-return-dialog.h"
#include "cc-window.h"
#include "import/cc-import-page.h"
#include "import/cc-import-queue-row.h"
#include "import/cc-import-wizard.h"
#include "library/cc-library.h"
#include "start/cc-library-row.h"
#include "start/cc-start-page.h"
#include "unlock/cc-unlock-page.h"

#include <glib/gstdio.h>

#define NARROW 360

typedef struct
{
  PageTest page;
  int      dpi;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 4 };

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &fixture->dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * fixture->dpi, NULL);
  page_test_set_up (&fixture->page, CC_TYPE_IMPORT_PAGE, &params);
  gtk_window_set_default_size (GTK_WINDOW (fixture->page.window), NARROW, 720);
  app_test_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  page_test_tear_down (&fixture->page, data);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", fixture->dpi, NULL);
}

static void
check_titles (GtkWidget *widget, const char *what)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "heading")
      && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    g_error ("%s: “%s” is cut off", what, gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_titles (child, what);
}

/* Nor may the title of a group be cut off. */
static void
check_width (gpointer widget, const char *what)
{
  GtkWidget *wide;
  int        width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (width > NARROW)
    {
      wide = app_test_find_wide (widget, NARROW - 1);
      g_test_message ("%s is %d wide because of a %s", what, width,
                      wide != NULL ? G_OBJECT_TYPE_NAME (wide) : "nothing");
    }
  g_assert_cmpint (width, <=, NARROW);
  check_titles (widget, what);
}

/* ---- an import ---- */

static gboolean
draft_is_idle (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return draft->state == CC_DRAFT_READY && !draft->busy;
}

static gboolean
draft_is_done (gpointer user_data)
{
  return ((CcImportDraft *) user_data)->state == CC_DRAFT_DONE;
}

static CcImportDraft *
add_list (Fixture *fixture)
{
  static const char text[] = "Number,Sex,Age,Citizen of,Registered,Shoe\n"
                             "N-1,Female,12,Nigeria,2023-01-14,31\n"
                             "N-2,Male,13,Nowhere,2023-02-14,32\n"
                             "N-3,Female,14,Togo,2023-03-14,33\n";
  g_autofree char  *path = app_test_path (&fixture->page.base, "list.csv");
  GtkWidget        *page = GTK_WIDGET (fixture->page.page);
  CcImportDraft    *draft;
  GtkWidget        *row;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  cc_import_page_add_file (CC_IMPORT_PAGE (page), path);
  row = app_test_find (page, CC_TYPE_IMPORT_QUEUE_ROW, NULL);
  draft = cc_import_queue_row_get_draft (CC_IMPORT_QUEUE_ROW (row));
  app_test_wait (draft_is_idle, draft);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  app_test_settle ();
  return draft;
}

/* Also where something keeps from going on and stands beside the buttons. */
static void
test_wizard (Fixture *fixture, gconstpointer data)
{
  static const char *const steps[] = { "the sender", "the table", "the columns", "the values",
                                       "the summary" };
  GtkWidget               *page = GTK_WIDGET (fixture->page.page);
  CcImportDraft           *draft = add_list (fixture);
  CcImportWizard *wizard = CC_IMPORT_WIZARD (app_test_find (page, CC_TYPE_IMPORT_WIZARD, NULL));

  check_width (page, "a sender that must be said");
  cc_import_draft_set_period (draft, cc_interval_year (2023));
  cc_import_draft_set_newcomer (draft, "Nobody", draft->guess->new_type);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_cmpint (cc_import_wizard_get_step (wizard), ==, i);
      app_test_wait (draft_is_idle, draft);
      app_test_settle ();
      check_width (page, steps[i]);
      cc_import_wizard_go_on (wizard);
    }
  app_test_wait (draft_is_done, draft);
  app_test_settle ();
  check_width (page, "the result");
}

/* ---- returns ---- */

static void
check_dialog (CcReturnDialog *dialog, const char *what)
{
  check_width (dialog, what);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_returns (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page.page);
  CcSession *session = fixture->page.session;

  check_dialog (cc_return_dialog_new_expect (page, session, "National Police"), "what is expected");
  check_dialog (cc_return_dialog_new_nil (page, session, "National Police"), "no case");
}

/* ---- files ---- */

static gboolean
shows_row (gpointer user_data)
{
  GtkWidget *row = app_test_find (user_data, CC_TYPE_LIBRARY_ROW, NULL);

  return row != NULL && gtk_widget_get_mapped (row);
}

static gboolean
says_place (gpointer user_data)
{
  GtkWidget *row =
      app_test_find (user_data, ADW_TYPE_ACTION_ROW, "This File Is Not in the Library");

  return row != NULL && gtk_widget_get_mapped (row);
}

/* The library with a file for training, and one that is opened where it is. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 2, .practice = TRUE };
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *inside = cc_library_build_path (folder, "training");
  g_autofree char *outside = app_test_path (&fixture->page.base, "outside.casecount");
  g_autoptr (GFile) file = g_file_new_for_path (outside);
  CcWindow *window;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  case_fixture_write (inside, &params);
  case_fixture_write (outside, &params);
  window = cc_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), NARROW, 720);
  gtk_window_present (GTK_WINDOW (window));
  app_test_wait (shows_row, window);
  app_test_settle ();
  check_width (app_test_find (GTK_WIDGET (window), CC_TYPE_START_PAGE, NULL), "the library");
  cc_window_open (window, file);
  app_test_wait (says_place, window);
  app_test_settle ();
  check_width (app_test_find (GTK_WIDGET (window), CC_TYPE_UNLOCK_PAGE, NULL), "the passphrase");
  gtk_window_destroy (GTK_WINDOW (window));
  app_test_settle ();
  g_assert_cmpint (g_unlink (inside), ==, 0);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(path, func) g_test_add ("/app/narrow/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("wizard", test_wizard);
  ADD ("returns", test_returns);
  ADD ("files", test_files);
#undef ADD
  return g_test_run ();
}
