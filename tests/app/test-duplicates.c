/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "duplicates/cc-compare-view.h"
#include "duplicates/cc-duplicates-page.h"
#include "duplicates/cc-queue-pane.h"
#include "duplicates/cc-review-view.h"
#include "duplicates/cc-review-words.h"
#include "duplicates/cc-verdicts-view.h"
#include "shell/cc-undo.h"

#include <string.h>
#include <cc/model/cc-texts.h>
#include <cc/stats/cc-facts.h>

typedef struct
{
  AppTest           base;
  CcSession        *session;
  GtkWindow        *window;
  CcDuplicatesPage *page;
  CcReviewView     *review;
} Fixture;

static void
on_changed (CcSession *session, gpointer user_data)
{
  cc_page_refresh (CC_PAGE (((Fixture *) user_data)->page));
}

static gboolean
is_loaded (gpointer user_data)
{
  const Fixture *fixture = user_data;

  return strcmp (cc_duplicates_page_get_view (fixture->page), "loading") != 0;
}

static gboolean
asks (gpointer user_data)
{
  return cc_review_view_has_question (((Fixture *) user_data)->review);
}

static gboolean
is_idle (gpointer user_data)
{
  return !cc_review_view_is_busy (((Fixture *) user_data)->review);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 12, .n_pairs = GPOINTER_TO_UINT (data) };
  GError          *error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  CcCaseFile *file;

  app_test_set_up (&fixture->base, data);
  path = app_test_path (&fixture->base, "senegal.casecount");
  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  fixture->session = cc_session_new (file, texts);
  fixture->page = g_object_new (CC_TYPE_DUPLICATES_PAGE, NULL);
  fixture->review =
      CC_REVIEW_VIEW (app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_REVIEW_VIEW, NULL));
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 1100, 700);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
  cc_session_set_changed_func (fixture->session, on_changed, fixture);
  cc_page_set_session (CC_PAGE (fixture->page), fixture->session);
  cc_page_load (CC_PAGE (fixture->page));
  app_test_wait (is_loaded, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cc_session_set_changed_func (fixture->session, NULL, NULL);
  gtk_window_destroy (fixture->window);
  cc_session_unref (fixture->session);
  app_test_tear_down (&fixture->base, data);
}

static gint64
count (Fixture *fixture, const char *sql)
{
  CcCaseFile   *file = cc_session_get_file (fixture->session);
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  gint64        n = cc_connection_get_int64 (reader, sql, -1, &error);

  g_assert_no_error (error);
  cc_case_file_release_reader (file, reader);
  return n;
}

static void
act (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), action, NULL));
  app_test_wait (is_idle, fixture);
  app_test_settle ();
}

static guint
get_n_shown (Fixture *fixture)
{
  CcQueuePane *pane =
      CC_QUEUE_PANE (app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_QUEUE_PANE, NULL));

  return g_list_model_get_n_items (G_LIST_MODEL (cc_queue_pane_get_model (pane)));
}

static gboolean
shows_two (gpointer user_data)
{
  return get_n_shown (user_data) == 2;
}

static gboolean
shows_three (gpointer user_data)
{
  return get_n_shown (user_data) == 3;
}

#define SAME    "SELECT count (*) FROM pair_decision WHERE verdict = 'same' AND superseded_by IS NULL"
#define PERSONS "SELECT count (*) FROM cluster WHERE kind = 'VI' AND state = 0"

/* Each verdict shows the next question and is written; Undo brings the question back. */
static void
test_decide (Fixture *fixture, gconstpointer data)
{
  app_test_wait (asks, fixture);
  g_assert_cmpstr (cc_duplicates_page_get_view (fixture->page), ==, "review");
  g_assert_cmpuint (get_n_shown (fixture), ==, 3);
  g_assert_cmpint (count (fixture, PERSONS), ==, 12);

  act (fixture, "duplicates.same");
  app_test_wait (asks, fixture);
  g_assert_cmpint (count (fixture, SAME), ==, 1);
  g_assert_cmpint (count (fixture, PERSONS), ==, 11);
  g_assert_cmpuint (get_n_shown (fixture), ==, 2);

  act (fixture, "duplicates.different");
  app_test_wait (asks, fixture);
  g_assert_cmpint (count (fixture, PERSONS), ==, 11);
  g_assert_cmpuint (get_n_shown (fixture), ==, 1);

  act (fixture, "duplicates.undo");
  app_test_wait (shows_two, fixture);
  act (fixture, "duplicates.undo");
  app_test_wait (shows_three, fixture);
  g_assert_cmpint (count (fixture, PERSONS), ==, 12);
  g_assert_cmpint (count (fixture, SAME), ==, 0);
  g_assert_false (cc_review_view_can_undo (fixture->review));
}

/* What is taken back is the question that is asked next, whoever took it back. */
static void
test_undo_goes_back (Fixture *fixture, gconstpointer data)
{
  CcQueuePane *pane;
  gint64       first, second;

  app_test_wait (asks, fixture);
  pane = CC_QUEUE_PANE (app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_QUEUE_PANE, NULL));
  act (fixture, "duplicates.next");
  app_test_wait (asks, fixture);
  first = cc_queue_pane_get_selected (pane)->proposal;
  act (fixture, "duplicates.same");
  app_test_wait (asks, fixture);
  second = cc_queue_pane_get_selected (pane)->proposal;
  g_assert_cmpint (second, !=, first);
  act (fixture, "duplicates.undo");
  app_test_wait (shows_three, fixture);
  g_assert_cmpint (cc_queue_pane_get_selected (pane)->proposal, ==, first);
  /* By the button of the toast or the window's key. */
  app_test_wait (asks, fixture);
  act (fixture, "duplicates.same");
  app_test_wait (asks, fixture);
  cc_undo_run (GTK_WIDGET (fixture->page), fixture->session, 0);
  app_test_wait (shows_three, fixture);
  g_assert_cmpint (cc_queue_pane_get_selected (pane)->proposal, ==, first);
  g_assert_false (cc_review_view_can_undo (fixture->review));
}

/* Coming back, and whatever else reads the queue again, leaves the question where it was. */
static void
test_place (Fixture *fixture, gconstpointer data)
{
  CcQueuePane *pane;
  gint64       asked;

  app_test_wait (asks, fixture);
  pane = CC_QUEUE_PANE (app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_QUEUE_PANE, NULL));
  act (fixture, "duplicates.next");
  act (fixture, "duplicates.next");
  app_test_wait (asks, fixture);
  asked = cc_queue_pane_get_selected (pane)->proposal;
  g_assert_cmpint (cc_queue_pane_get_position (pane), ==, 2);
  cc_page_refresh (CC_PAGE (fixture->page));
  app_test_settle ();
  app_test_wait (asks, fixture);
  g_assert_cmpint (cc_queue_pane_get_selected (pane)->proposal, ==, asked);
  act (fixture, "duplicates.decisions");
  cc_page_go_back (CC_PAGE (fixture->page));
  app_test_settle ();
  app_test_wait (asks, fixture);
  g_assert_cmpint (cc_queue_pane_get_selected (pane)->proposal, ==, asked);
}

/* The reason that was chosen goes with the next verdict, and only with that. */
static void
test_reason (Fixture *fixture, gconstpointer data)
{
  app_test_wait (asks, fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "duplicates.reason", "i", 1);
  act (fixture, "duplicates.related");
  app_test_wait (asks, fixture);
  act (fixture, "duplicates.different");
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM pair_decision WHERE reason = 'twins'"
                                   " AND verdict = 'related'"),
                   ==, 1);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM pair_decision WHERE reason IS NULL"), ==,
                   1);
}

/* While one verdict is written, another press of the key does nothing. */
static void
test_double_press (Fixture *fixture, gconstpointer data)
{
  app_test_wait (asks, fixture);
  for (guint i = 0; i < 3; i++)
    cc_review_view_decide (fixture->review, CC_VERDICT_SAME);
  app_test_wait (is_idle, fixture);
  app_test_wait (asks, fixture);
  g_assert_cmpint (count (fixture, SAME), ==, 1);
}

/* What cannot be told is asked again at the end; when nothing waits, the page says so. */
static void
test_to_the_end (Fixture *fixture, gconstpointer data)
{
  app_test_wait (asks, fixture);
  for (guint i = 0; i < 3; i++)
    {
      app_test_wait (asks, fixture);
      act (fixture, "duplicates.different");
    }
  g_assert_cmpuint (get_n_shown (fixture), ==, 0);
  g_assert_nonnull (
      app_test_find (GTK_WIDGET (fixture->page), ADW_TYPE_STATUS_PAGE, "Nothing Waits"));
  g_assert_false (cc_review_view_has_question (fixture->review));
}

/* Records stand beside each other; each row is read aloud as one sentence. */
static void
test_rows (Fixture *fixture, gconstpointer data)
{
  GtkWidget *compare;
  GtkWidget *list;

  app_test_wait (asks, fixture);
  compare = app_test_find (GTK_WIDGET (fixture->review), CC_TYPE_COMPARE_VIEW, NULL);
  g_assert_cmpuint (cc_compare_view_get_n_rows (CC_COMPARE_VIEW (compare)), >=, 4);
  g_assert_nonnull (app_test_find (compare, GTK_TYPE_LABEL, "National Police"));
  g_assert_nonnull (app_test_find (compare, GTK_TYPE_LABEL, "Labour Inspectorate"));
  list = app_test_find (compare, GTK_TYPE_LIST_BOX, NULL);
  for (int i = 0; i < 4; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i);

      if (app_test_find (GTK_WIDGET (row), GTK_TYPE_LABEL, "Sex") == NULL)
        continue;
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           "Sex: Female, Female, the same");
      return;
    }
  g_assert_not_reached ();
}

static gboolean
has_verdicts (gpointer user_data)
{
  Fixture *fixture = user_data;

  return cc_verdicts_view_get_n (CC_VERDICTS_VIEW (
             app_test_find (GTK_WIDGET (fixture->page), CC_TYPE_VERDICTS_VIEW, NULL)))
         > 0;
}

static gboolean
has_person (gpointer user_data)
{
  Fixture   *fixture = user_data;
  GtkWidget *label = app_test_find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL,
                                    "Counted as one person, from 2 records of 2 agencies");

  return label != NULL && gtk_widget_get_mapped (label);
}

/* Decisions are remembered, and lead to the person; Back returns to the queue. */
static void
test_views (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = NULL;

  app_test_wait (asks, fixture);
  act (fixture, "duplicates.same");
  act (fixture, "duplicates.decisions");
  app_test_wait (has_verdicts, fixture);
  g_assert_cmpstr (cc_duplicates_page_get_view (fixture->page), ==, "verdicts");
  g_assert_true (cc_page_get_can_go_back (CC_PAGE (fixture->page)));

  target = g_strdup_printf ("person:%" G_GINT64_FORMAT,
                            count (fixture, "SELECT cluster FROM membership WHERE to_act IS NULL"
                                            " GROUP BY cluster HAVING count (*) = 2"));
  cc_page_open_target (CC_PAGE (fixture->page), target);
  app_test_wait (has_person, fixture);
  cc_page_go_back (CC_PAGE (fixture->page));
  app_test_wait (is_loaded, fixture);
  g_assert_cmpstr (cc_duplicates_page_get_view (fixture->page), ==, "review");
}

/* Without a search the page offers one and promises that nothing happens by itself. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  g_assert_cmpstr (cc_duplicates_page_get_view (fixture->page), ==, "review");
  act (fixture, "duplicates.decisions");
  g_assert_cmpstr (cc_page_get_title (CC_PAGE (fixture->page)), ==, "Decisions Made");
  button = app_test_find (GTK_WIDGET (fixture->page), GTK_TYPE_BUTTON, "Look for Duplicates");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==,
                   "duplicates.search");
}

/* Widgets that take the focus and would be read aloud by the name of their type. */
static void
check_names (GtkWidget *widget)
{
  if (gtk_widget_get_focusable (widget)
      && (GTK_IS_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_LIST_BOX (widget)
          || GTK_IS_LIST_VIEW (widget) || GTK_IS_EDITABLE (widget) || GTK_IS_LIST_BOX_ROW (widget)
          || GTK_IS_CHECK_BUTTON (widget))
      && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                            GTK_ACCESSIBLE_RELATION_LABELLED_BY)
      && gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN) == NULL
      && (!GTK_IS_BUTTON (widget) || gtk_button_get_label (GTK_BUTTON (widget)) == NULL)
      && (!GTK_IS_CHECK_BUTTON (widget)
          || gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)) == NULL))
    g_error ("A %s has no name", G_OBJECT_TYPE_NAME (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  app_test_wait (asks, fixture);
  check_names (GTK_WIDGET (fixture->page));
  check_names (cc_page_get_toolbar (CC_PAGE (fixture->page)));
}

/* Tab goes round the page and comes to the verdicts. */
static void
test_tab (Fixture *fixture, gconstpointer data)
{
  GtkWidget *label = app_test_find (GTK_WIDGET (fixture->review), GTK_TYPE_LABEL, "Same");
  GtkWidget *same = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  gboolean   found = FALSE;

  app_test_wait (asks, fixture);
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  for (guint i = 0; i < 60 && !found; i++)
    {
      found = gtk_root_get_focus (GTK_ROOT (fixture->window)) == same;
      gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
    }
  g_assert_true (found);
}

/* Of three pairs that hang together, four records: who is different from whom is said. */
static gboolean
tie (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act),
                                "INSERT INTO proposal (run, kind, a, b, weight, probability)"
                                " SELECT 1, 'VI', p.b, q.a, 9.5, 0.8 FROM proposal p, proposal q"
                                " WHERE p.id = 1 AND q.id = 2",
                                error);
}

static gboolean
asks_of_four (gpointer user_data)
{
  Fixture *fixture = user_data;

  return asks (fixture)
         && app_test_find (GTK_WIDGET (fixture->review), GTK_TYPE_LABEL,
                           "Are these 4 records one person?")
                != NULL;
}

static void
ask_of_four (Fixture *fixture)
{
  GError *error = NULL;

  g_assert_true (
      cc_case_file_act (cc_session_get_file (fixture->session), "look", tie, NULL, NULL, &error));
  g_assert_no_error (error);
  cc_page_refresh (CC_PAGE (fixture->page));
  app_test_wait (asks_of_four, fixture);
}

static gboolean
shows_label (Fixture *fixture, const char *text)
{
  GtkWidget *label = app_test_find (GTK_WIDGET (fixture->review), GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static gboolean
told_four (gpointer user_data)
{
  return shows_label (user_data, "Noted: 4 different persons");
}

static gboolean
told_one (gpointer user_data)
{
  return shows_label (user_data, "Noted: the record is another person than the other 3");
}

static void
test_group (Fixture *fixture, gconstpointer data)
{
  ask_of_four (fixture);
  g_assert_true (shows_label (fixture, "All the Same"));
  g_assert_true (shows_label (fixture, "All Different"));
  g_assert_true (shows_label (fixture, "Take Out"));
  g_assert_true (shows_label (fixture, "“All Different” means that no two of them are the same "
                                       "person. If only one is somebody else, mark it and choose "
                                       "“Take Out”; the others are asked again."));
  act (fixture, "duplicates.different");
  app_test_wait (told_four, fixture);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM pair_decision WHERE superseded_by IS NULL"
                                   " AND verdict = 'different'"),
                   ==, 6);
  /* A pair is asked in fewer words. */
  app_test_wait (asks, fixture);
  g_assert_true (shows_label (fixture, "Different"));
  g_assert_false (shows_label (fixture, "All Different"));
}

static void
test_group_take_out (Fixture *fixture, gconstpointer data)
{
  ask_of_four (fixture);
  act (fixture, "duplicates.take-out");
  app_test_wait (told_one, fixture);
  g_assert_cmpint (count (fixture, "SELECT count (*) FROM pair_decision WHERE superseded_by IS NULL"
                                   " AND verdict = 'different'"),
                   ==, 3);
}

/* With text of twice the size a question about a group fits a narrow screen, too. */
static void
test_group_narrow (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget   *wide;
  int          dpi, least;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  gtk_window_set_default_size (fixture->window, 360, 720);
  ask_of_four (fixture);
  app_test_settle ();
  gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                      NULL, NULL);
  wide = app_test_find_wide (GTK_WIDGET (fixture->page), 360);
  if (wide != NULL)
    g_test_message ("%d because of a %s, %s", least, G_OBJECT_TYPE_NAME (wide),
                    gtk_widget_get_name (wide));
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  g_assert_cmpint (least, <=, 360);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
#define ADD(name, n, func)                                                                         \
  g_test_add ("/app/duplicates/" name, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)
  ADD ("decide", 3, test_decide);
  ADD ("undo-goes-back", 3, test_undo_goes_back);
  ADD ("place", 3, test_place);
  ADD ("reason", 3, test_reason);
  ADD ("double-press", 3, test_double_press);
  ADD ("to-the-end", 3, test_to_the_end);
  ADD ("rows", 2, test_rows);
  ADD ("views", 2, test_views);
  ADD ("empty", 0, test_empty);
  ADD ("names", 2, test_names);
  ADD ("tab", 2, test_tab);
  ADD ("group", 3, test_group);
  ADD ("group-take-out", 3, test_group_take_out);
  ADD ("group-narrow", 3, test_group_narrow);
  return g_test_run ();
}
