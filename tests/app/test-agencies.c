/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-test.h"

#include <cc/store/cc-act.h>
#include <cc/store/cc-entity.h>

#include "agencies/cc-agencies-page.h"
#include "agencies/cc-return-dialog.h"
#include "agencies/cc-return-periods.h"
#include "agencies/cc-sent-window.h"
#include "import/cc-import-agency-dialog.h"
#include "widgets/cc-figure-row.h"

/* The page of agencies over a case file with three agencies, of which two sent something. */

static void
set_up (PageTest *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 12 };

  page_test_set_up (fixture, CC_TYPE_AGENCIES_PAGE, &params);
}

static GtkWidget *
find_row (PageTest *fixture, const char *title)
{
  return app_test_find (fixture->window, CC_TYPE_FIGURE_ROW, title);
}

static gboolean
has_agency (gpointer user_data)
{
  return find_row (user_data, "National Police") != NULL
         && gtk_widget_get_mapped (find_row (user_data, "National Police"));
}

/* "Short key" shows the agency that was asked for. */
static gboolean
shows_police (gpointer user_data)
{
  GtkWidget *row = find_row (user_data, "Short key");

  return row != NULL && g_strcmp0 (cc_figure_row_get_figure (CC_FIGURE_ROW (row)), "police") == 0;
}

static void
show_police (PageTest *fixture)
{
  app_test_wait (has_agency, fixture);
  cc_page_open_target (fixture->page, "entity:police");
  app_test_wait (shows_police, fixture);
}

static CcReturnDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (CC_IS_RETURN_DIALOG (window))
        return CC_RETURN_DIALOG (window);
    }
  return NULL;
}

static void
answer (const char *button, int year, guint period)
{
  CcReturnDialog *dialog = find_dialog ();
  GtkWidget      *spin = app_test_find (GTK_WIDGET (dialog), GTK_TYPE_SPIN_BUTTON, NULL);
  GtkWidget      *row = app_test_find (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, NULL);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), year);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), period);
  g_signal_emit_by_name (app_test_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, button), "clicked");
}

static gboolean
misses_a_quarter (gpointer user_data)
{
  GtkWidget *row = find_row (user_data, "Third quarter of 2019");

  return row != NULL && g_strcmp0 (cc_figure_row_get_figure (CC_FIGURE_ROW (row)), "Missing") == 0;
}

static gboolean
had_no_case (gpointer user_data)
{
  GtkWidget *row = find_row (user_data, "Third quarter of 2019");

  return row != NULL && g_strcmp0 (cc_figure_row_get_figure (CC_FIGURE_ROW (row)), "No case") == 0;
}

/* What is expected is missing until it comes, or until the agency says that it had no case. */
static void
test_returns (PageTest *fixture, gconstpointer data)
{
  show_police (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "agencies.expect", NULL);
  answer ("_Expect", 2019, CC_EVERY_QUARTER);
  app_test_wait (misses_a_quarter, fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "agencies.nil", NULL);
  answer ("_Note", 2019, 1 + 2 + 2); /* after the year and its halves, the third quarter */
  app_test_wait (had_no_case, fixture);
}

/* What was only shown is not offered to be kept. */
static void
test_untouched (PageTest *fixture, gconstpointer data)
{
  GtkWidget *row, *apply;

  app_test_wait (has_agency, fixture);
  row = app_test_find (fixture->window, ADW_TYPE_ENTRY_ROW, NULL);
  gtk_widget_grab_focus (row);
  show_police (fixture);
  apply = app_test_find (row, GTK_TYPE_BUTTON, NULL);
  g_assert_true (gtk_widget_has_css_class (apply, "suggested-action"));
  g_assert_false (gtk_widget_get_visible (apply));
  gtk_editable_set_text (GTK_EDITABLE (row), "Gendarmerie");
  g_assert_true (gtk_widget_get_visible (apply));
}

static gboolean
send_counts (CcAct *act, gpointer data, GError **error)
{
  const CcEntity *police = data;
  CcSubmission    delivery = { .entity = police->id,
                               .period = cc_interval_year (1995),
                               .file_name = (char *) "counts.csv" };
  gboolean        ok = cc_act_add_submission (act, &delivery, error);
  gint64          row = ok ? cc_act_add_source_row (act, delivery.id, "Page 1", 2, "[]", "parked",
                                                    "intake.parked.aggregate", error)
                           : 0;

  ok = row != 0
       && cc_act_add_aggregate_cell (act, delivery.id, row, 0, "victim", delivery.period,
                                     "Country=Togo;column=Women", 7, error)
              != 0
       && cc_act_add_aggregate_cell (act, delivery.id, row, 0, "victim", delivery.period,
                                     "Country=Togo;column=Men", 2, error)
              != 0;
  g_free (delivery.state);
  return ok;
}

static gboolean
shows_counts (gpointer user_data)
{
  GtkWidget *row = app_test_find (user_data, CC_TYPE_FIGURE_ROW, "1995");

  return row != NULL
         && g_strcmp0 (cc_figure_row_get_figure (CC_FIGURE_ROW (row)), "9 victims") == 0;
}

static CcSentWindow *
find_sent (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (CC_IS_SENT_WINDOW (window))
        return CC_SENT_WINDOW (window);
    }
  return NULL;
}

static gboolean
lists_figures (gpointer user_data)
{
  return app_test_find (user_data, GTK_TYPE_LABEL, "Togo, Women: 7") != NULL
         && app_test_find (user_data, GTK_TYPE_LABEL, "Page 1, row 2") != NULL;
}

/* What came as figures stands apart, and each figure says where it stood. */
static void
test_counts (PageTest *fixture, gconstpointer data)
{
  CcCaseFile *file = cc_session_get_file (fixture->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcEntity) police = cc_entity_find (file, "police", &error);
  GtkWidget *group;

  show_police (fixture);
  group = app_test_find (fixture->window, ADW_TYPE_PREFERENCES_GROUP, "Sent as Counts");
  g_assert_false (gtk_widget_get_visible (group));
  g_assert_true (cc_case_file_act (file, "import", send_counts, police, NULL, &error));
  g_assert_no_error (error);
  cc_session_changed (fixture->session);
  app_test_wait (shows_counts, group);
  g_assert_true (gtk_widget_get_visible (group));
  g_signal_emit_by_name (app_test_find (group, CC_TYPE_FIGURE_ROW, "1995"), "activated");
  g_assert_nonnull (find_sent ());
  app_test_wait (lists_figures, find_sent ());
  gtk_window_destroy (GTK_WINDOW (find_sent ()));
}

static gboolean
is_renamed (gpointer user_data)
{
  return find_row (user_data, "Gendarmerie") != NULL;
}

static void
test_rename (PageTest *fixture, gconstpointer data)
{
  GtkWidget *entry;

  show_police (fixture);
  entry = app_test_find (fixture->window, ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), " Gendarmerie ");
  g_signal_emit_by_name (entry, "apply");
  app_test_wait (is_renamed, fixture);
}

static void
assert_kind (GtkWidget *kind, const char *label)
{
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (kind)), ==, label);
}

/* A new agency has no kind until its name or somebody says it; a long kind is not cut off. */
static void
test_new_agency (PageTest *fixture, gconstpointer data)
{
  GtkWidget *dialog;
  GtkWidget *name;
  GtkWidget *kind;
  GtkWidget *add;

  show_police (fixture);
  dialog = GTK_WIDGET (cc_import_agency_dialog_new (GTK_WIDGET (fixture->page), fixture->session));
  gtk_window_present (GTK_WINDOW (dialog));
  app_test_settle ();
  name = app_test_find (dialog, ADW_TYPE_ENTRY_ROW, NULL);
  kind = app_test_find (dialog, ADW_TYPE_COMBO_ROW, NULL);
  add = gtk_widget_get_parent (app_test_find (dialog, GTK_TYPE_LABEL, "_Add"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (kind)), ==, "Choose…");
  gtk_editable_set_text (GTK_EDITABLE (name), "Office 12");
  g_assert_false (gtk_widget_get_sensitive (add));
  gtk_editable_set_text (GTK_EDITABLE (name), "Police");
  assert_kind (kind, "Police and other law enforcement");
  g_assert_true (gtk_widget_get_sensitive (add));
  gtk_editable_set_text (GTK_EDITABLE (name), "محكمة الشمال");
  assert_kind (kind, "Court");
  /* What a person chose stays, whatever is typed. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (kind), 1);
  gtk_editable_set_text (GTK_EDITABLE (name), "Shelter of the north");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (kind)), ==, 1);
  g_assert_true (gtk_widget_get_sensitive (add));
  gtk_editable_set_text (GTK_EDITABLE (name), " ");
  g_assert_false (gtk_widget_get_sensitive (add));
  g_assert_cmpint (adw_action_row_get_subtitle_lines (ADW_ACTION_ROW (kind)), ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Every day of a year lies in exactly one period of each rhythm. */
static void
test_periods (void)
{
  for (int rhythm = 0; rhythm < CC_N_RHYTHMS; rhythm++)
    {
      g_autoptr (GArray) periods = cc_return_periods_split (2024, (CcRhythm) rhythm);
      CcDay next = cc_day_from_ymd (2024, 1, 1);

      for (guint i = 0; i < periods->len; i++)
        {
          const CcInterval *period = &g_array_index (periods, CcInterval, i);

          g_assert_cmpint (period->first, ==, next);
          next = period->last + 1;
        }
      g_assert_cmpint (next, ==, cc_day_from_ymd (2025, 1, 1));
    }
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add ("/app/agencies/returns", PageTest, NULL, set_up, test_returns, page_test_tear_down);
  g_test_add ("/app/agencies/counts", PageTest, NULL, set_up, test_counts, page_test_tear_down);
  g_test_add ("/app/agencies/rename", PageTest, NULL, set_up, test_rename, page_test_tear_down);
  g_test_add ("/app/agencies/untouched", PageTest, NULL, set_up, test_untouched,
              page_test_tear_down);
  g_test_add ("/app/agencies/new", PageTest, NULL, set_up, test_new_agency, page_test_tear_down);
  g_test_add_func ("/app/agencies/periods", test_periods);
  return g_test_run ();
}
