/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-recent-files.h"
#include "cc-session.h"
#include "cc-window.h"
#include "questionnaires/cc-questionnaires-page.h"
#include "shell/cc-page.h"
#include "shell/cc-shell.h"

#include <string.h>

/* Dialogs over a case file: one that is locked away or answered more than once, and what a dialog
 * for files leaves on the desktop. */

typedef struct
{
  AppTest   base;
  CcWindow *window;
} Fixture;

static gboolean
is_closed (gpointer user_data)
{
  return cc_session_get_n_open () == 0;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 20, .n_pairs = 1 };
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  app_test_set_up (&fixture->base, data);
  path = app_test_path (&fixture->base, "case.casecount");
  file = g_file_new_for_path (path);
  case_fixture_write (path, &params);
  fixture->window = cc_window_new (NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  cc_window_open (fixture->window, file);
  app_test_unlock (GTK_WIDGET (fixture->window), CASE_PASSPHRASE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_test_wait (is_closed, NULL);
  app_test_tear_down (&fixture->base, data);
}

static GtkWidget *
get_page (Fixture *fixture)
{
  GtkWidget *page = app_test_find (GTK_WIDGET (fixture->window), CC_TYPE_PAGE, NULL);

  while (page != NULL && !gtk_widget_get_mapped (page))
    page = gtk_widget_get_next_sibling (page);
  return page;
}

static GtkWindow *
find_dialog (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != GTK_WINDOW (fixture->window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer user_data)
{
  return find_dialog (user_data) != NULL;
}

static gboolean
has_none (gpointer user_data)
{
  return find_dialog (user_data) == NULL;
}

/* What opens a dialog: where to go first, and the action. */
typedef struct
{
  const char *page;
  const char *target;
  const char *action;
  const char *parameter;
  const char *answer; /* then: a second dialog follows the first; NULL: none */
} Way;

#define FORM "questionnaires", "questionnaire:ecowas-tip"

static const Way question = { FORM, "questionnaires.export", NULL, NULL };
static const Way place = { FORM, "questionnaires.export", NULL, "export" };
static const Way blank = { FORM, "questionnaires.export-blank", NULL, NULL };
static const Way read_back = { FORM, "questionnaires.read-back", NULL, NULL };
static const Way chart = { "tables", "figure:age-sex-pyramid", "tables.save", "png", NULL };
static const Way copy = { "overview", "", "win.save-copy", NULL, NULL };
static const Way classification = { "overview", "", "win.classification", NULL, NULL };
static const Way package = { "overview", "", "win.package", NULL, NULL };

typedef struct
{
  Fixture   *fixture;
  const Way *way;
} Opening;

/* The action does nothing before the page has read what it shows. */
static gboolean
opens (gpointer user_data)
{
  const Opening *self = user_data;
  GtkWidget     *page = get_page (self->fixture);
  const char    *action = self->way->action;

  if (page != NULL && !has_dialog (self->fixture))
    {
      if (self->way->parameter != NULL)
        gtk_widget_activate_action (page, action, "s", self->way->parameter);
      else
        gtk_widget_activate_action (page, action, NULL);
    }
  return has_dialog (self->fixture);
}

static gboolean
has_page (gpointer user_data)
{
  return get_page (user_data) != NULL;
}

static void
open_dialog (Fixture *fixture, const Way *way)
{
  Opening opening = { fixture, way };

  app_test_wait (has_page, fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.go", "(ss)", way->page,
                              way->target);
  app_test_wait (opens, &opening);
}

/* A dialog that was open when the file was locked holds neither the file nor anything of it. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  const Way *way = data;
  GtkWindow *dialog;

  open_dialog (fixture, way);
  if (way->answer != NULL)
    {
      dialog = find_dialog (fixture);
      g_assert_true (ADW_IS_MESSAGE_DIALOG (dialog));
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), way->answer);
      gtk_window_destroy (dialog);
      app_test_wait (has_dialog, fixture);
    }
  cc_window_lock (fixture->window);
  app_test_wait (has_none, fixture);
  app_test_wait (is_closed, NULL);
}

/* Two answers to one question, as from two keys before the dialog has gone, are one. */
static void
test_answered_twice (Fixture *fixture, gconstpointer data)
{
  AdwMessageDialog *dialog;

  open_dialog (fixture, &question);
  dialog = g_object_ref (ADW_MESSAGE_DIALOG (find_dialog (fixture)));
  adw_message_dialog_response (dialog, "cancel");
  adw_message_dialog_response (dialog, "cancel");
  gtk_window_close (GTK_WINDOW (dialog));
  app_test_wait (has_none, fixture);
  g_object_unref (dialog);
}

#define RECENT                                                                                     \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xbel version=\"1.0\"\n"                            \
  "      xmlns:bookmark=\"http://www.freedesktop.org/standards/desktop-bookmarks\"\n"              \
  "      xmlns:mime=\"http://www.freedesktop.org/standards/shared-mime-info\"\n>\n"                \
  "  <bookmark href=\"file:///letter.txt\" added=\"2026-01-02T03:04:05Z\" "                        \
  "modified=\"2026-01-02T03:04:05Z\" visited=\"2026-01-02T03:04:05Z\">\n    <info>\n"              \
  "      <metadata owner=\"http://freedesktop.org\">\n"                                            \
  "        <mime:mime-type type=\"text/plain\"/>\n        <bookmark:applications>\n"               \
  "          <bookmark:application name=\"Letters\" exec=\"letters\" "                             \
  "modified=\"2026-01-02T03:04:05Z\" count=\"1\"/>\n        </bookmark:applications>\n"            \
  "      </metadata>\n    </info>\n  </bookmark>\n</xbel>"

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* What a dialog for files tells the desktop is not kept, and what other programs told stays. */
static void
test_recent_files (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean passed = FALSE;

  g_assert_true (g_file_set_contents (path, RECENT, -1, &error));
  cc_recent_files_stop ();
  g_assert_true (gtk_recent_manager_add_item (gtk_recent_manager_get_default (),
                                              "file:///victims%20of%20the%20north.xlsx"));
  /* It writes a quarter of a second later. */
  g_timeout_add (800, on_time, &passed);
  app_test_wait (is_true, &passed);
  g_assert_true (g_file_get_contents (path, &after, NULL, &error));
  g_assert_cmpstr (after, ==, RECENT);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_set_application_name ("Casecount");
#define ADD(name, way)                                                                             \
  g_test_add ("/app/dialogs/locked/" name, Fixture, &way, set_up, test_locked, tear_down)
  g_test_add_func ("/app/dialogs/recent-files", test_recent_files);
  ADD ("question", question);
  ADD ("place", place);
  ADD ("blank", blank);
  ADD ("read-back", read_back);
  ADD ("chart", chart);
  ADD ("copy", copy);
  ADD ("classification", classification);
  ADD ("package", package);
  g_test_add ("/app/dialogs/answered-twice", Fixture, NULL, set_up, test_answered_twice, tear_down);
#undef ADD
  return g_test_run ();
}
