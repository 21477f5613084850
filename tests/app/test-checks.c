/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-test.h"

#include "checks/cc-checks-page.h"
#include "widgets/cc-figure-row.h"
#include "widgets/cc-lazy-item.h"

/* The page of checks over a case file with three open findings. */

static void
set_up (PageTest *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 40, .n_parked = 2 };

  page_test_set_up (fixture, CC_TYPE_CHECKS_PAGE, &params);
}

static GtkSelectionModel *
get_lines (PageTest *fixture)
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
is_enabled (PageTest *fixture, const char *label)
{
  return gtk_widget_get_sensitive (
      gtk_widget_get_parent (app_test_find (fixture->window, GTK_TYPE_LABEL, label)));
}

/* Nothing can be settled before something is chosen; settling empties the list. */
static void
test_settle (PageTest *fixture, gconstpointer data)
{
  GtkWidget *rule;

  app_test_wait (has_lines, fixture);
  rule = app_test_find (fixture->window, CC_TYPE_FIGURE_ROW, NULL);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (rule)), "open"));
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
test_target (PageTest *fixture, gconstpointer data)
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
  g_test_add ("/app/checks/settle", PageTest, NULL, set_up, test_settle, page_test_tear_down);
  g_test_add ("/app/checks/target", PageTest, NULL, set_up, test_target, page_test_tear_down);
  return g_test_run ();
}
