/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "checks/cc-checks-page.h"
#include "widgets/cc-figure-row.h"
#include "widgets/cc-lazy-item.h"

#include <cc/stats/cc-facts.h>

/* The page of checks over a case file with three open findings. */

typedef struct
{
  AppTest    base;
  GtkWidget *window;
  CcPage    *page;
  CcSession *session;
} Fixture;

static void
on_changed (CcSession *session, gpointer user_data)
{
  cc_page_refresh (((Fixture *) user_data)->page);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 40, .n_parked = 2 };
  g_autofree char *path = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  CcCaseFile *file;
  GError     *error = NULL;

  app_test_set_up (&fixture->base, data);
  path = app_test_path (&fixture->base, "checks.casecount");
  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  fixture->session = cc_session_new (file, texts);
  cc_session_set_changed_func (fixture->session, on_changed, fixture);
  fixture->page = g_object_new (CC_TYPE_CHECKS_PAGE, NULL);
  fixture->window = g_object_ref_sink (adw_application_window_new (NULL));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window),
                                      GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  cc_page_set_session (fixture->page, fixture->session);
  cc_page_load (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cc_session_set_changed_func (fixture->session, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  g_clear_pointer (&fixture->session, cc_session_unref);
  app_test_tear_down (&fixture->base, data);
}

static GtkSelectionModel *
get_lines (Fixture *fixture)
{
  GtkWidget *list = app_test_find (fixture->window, GTK_TYPE_LIST_VIEW, NULL);

  return list != NULL ? gtk_list_view_get_model (GTK_LIST_VIEW (list)) : NULL;
}

static gboolean
has_lines (gpointer user_data)
{
  GtkSelectionModel *lines = get_lines (user_data);
  g_autoptr (CcLazyItem) item = NULL;

  if (lines == NULL || g_list_model_get_n_items (G_LIST_MODEL (lines)) == 0)
    return FALSE;
  item = g_list_model_get_item (G_LIST_MODEL (lines), 0);
  return cc_lazy_item_get_row (item) != NULL;
}

static gboolean
has_no_lines (gpointer user_data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_lines (user_data))) == 0;
}

static gboolean
is_enabled (Fixture *fixture, const char *label)
{
  return gtk_widget_get_sensitive (app_test_find (fixture->window, GTK_TYPE_BUTTON, label));
}

/* Nothing can be settled before something is chosen; settling empties the list. */
static void
test_settle (Fixture *fixture, gconstpointer data)
{
  GtkWidget *rule;

  app_test_wait (has_lines, fixture);
  rule = app_test_find (fixture->window, CC_TYPE_FIGURE_ROW, NULL);
  g_assert_nonnull (strstr (cc_figure_row_get_figure (CC_FIGURE_ROW (rule)), "open"));
  g_assert_false (is_enabled (fixture, "It Is _Right"));
  gtk_selection_model_select_all (get_lines (fixture));
  g_assert_true (is_enabled (fixture, "It Is _Right"));
  g_assert_true (is_enabled (fixture, "_Put Aside"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "checks.confirm", NULL));
  g_assert_false (is_enabled (fixture, "It Is _Right"));
  app_test_wait (has_no_lines, fixture);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (app_test_find (fixture->window,
                                                                  GTK_TYPE_TOGGLE_BUTTON,
                                                                  "Settled")),
                                TRUE);
  app_test_wait (has_lines, fixture);
  gtk_selection_model_select_all (get_lines (fixture));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "checks.reopen", NULL));
  app_test_wait (has_no_lines, fixture);
}

/* A link to a rule that has no findings shows the page all the same. */
static void
test_target (Fixture *fixture, gconstpointer data)
{
  app_test_wait (has_lines, fixture);
  cc_page_open_target (fixture->page, "unmapped");
  app_test_wait (has_lines, fixture);
  cc_page_open_target (fixture->page, "nonsense");
  app_test_wait (has_lines, fixture);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add ("/app/checks/settle", Fixture, NULL, set_up, test_settle, tear_down);
  g_test_add ("/app/checks/target", Fixture, NULL, set_up, test_target, tear_down);
  return g_test_run ();
}
