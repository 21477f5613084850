/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-test.h"

#include "cases/cc-cases-page.h"
#include "cases/cc-cases-texts.h"
#include "cases/cc-record-view.h"
#include "editor/cc-case-editor.h"
#include "shell/cc-undo.h"
#include "widgets/cc-lazy-item.h"

#define N_VICTIMS 40

static void
set_up (PageTest *self, gconstpointer data)
{
  const CaseParams params = { .n_victims = N_VICTIMS };

  page_test_set_up (self, CC_TYPE_CASES_PAGE, &params);
}

static GtkWidget *
find (PageTest *self, GType type, const char *text)
{
  return app_test_find (GTK_WIDGET (self->page), type, text);
}

static CcRecordView *
get_view (PageTest *self)
{
  return CC_RECORD_VIEW (find (self, CC_TYPE_RECORD_VIEW, NULL));
}

static GtkSelectionModel *
get_lines (PageTest *self)
{
  GtkWidget *table = app_test_find (GTK_WIDGET (get_view (self)), GTK_TYPE_COLUMN_VIEW, NULL);

  return table != NULL ? gtk_column_view_get_model (GTK_COLUMN_VIEW (table)) : NULL;
}

static guint
count_lines (PageTest *self)
{
  GtkSelectionModel *lines = get_lines (self);

  return lines != NULL ? g_list_model_get_n_items (G_LIST_MODEL (lines)) : 0;
}

static gboolean
is_full (gpointer self)
{
  return count_lines (self) == N_VICTIMS;
}

static gboolean
lacks_one (gpointer self)
{
  return count_lines (self) == N_VICTIMS - 1;
}

/* Lines go a few a frame. */
static gboolean
finds_nothing (gpointer self)
{
  return count_lines (self) == 0
         && gtk_widget_get_mapped (find (self, GTK_TYPE_LABEL, "Nothing Found"));
}

static gint64
get_id (PageTest *self, guint line)
{
  g_autoptr (CcLazyItem) item = g_list_model_get_item (G_LIST_MODEL (get_lines (self)), line);

  return cc_lazy_item_get_id (item);
}

typedef struct
{
  PageTest *test;
  gint64    record;
} Wanted;

static gboolean
is_selected (gpointer user_data)
{
  const Wanted *wanted = user_data;
  CcLazyItem   *item = cc_record_view_get_selected (get_view (wanted->test));

  return item != NULL && cc_lazy_item_get_id (item) == wanted->record;
}

static void
wait_for_selected (PageTest *self, gint64 record)
{
  Wanted wanted = { self, record };

  app_test_wait (is_selected, &wanted);
}

static guint
count_columns (PageTest *self)
{
  GtkWidget  *table = app_test_find (GTK_WIDGET (get_view (self)), GTK_TYPE_COLUMN_VIEW, NULL);
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (table));
  guint       n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      n += gtk_column_view_column_get_visible (column) ? 1 : 0;
    }
  return n;
}

/* Whether the columns that are seen take all the room of the table. */
static gboolean
fill_the_table (gpointer self)
{
  GtkWidget     *table = app_test_find (GTK_WIDGET (get_view (self)), GTK_TYPE_COLUMN_VIEW, NULL);
  GtkAdjustment *across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (table));

  return gtk_adjustment_get_upper (across) == gtk_widget_get_width (table);
}

static gboolean
has_all_columns (gpointer self)
{
  return count_columns (self) == 8;
}

static gboolean
leaves_one (gpointer self)
{
  return count_columns (self) == 7;
}

static gboolean
leaves_two (gpointer self)
{
  return count_columns (self) == 6;
}

/* Sex and age make room for names while the details beside the table say them as well, but not
 * where the list is ordered by one of them. */
static void
test_columns (PageTest *self, gconstpointer data)
{
  AdwFlap *flap;

  app_test_wait (is_full, self);
  flap = ADW_FLAP (find (self, ADW_TYPE_FLAP, NULL));
  g_assert_true (has_all_columns (self));
  gtk_selection_model_select_item (get_lines (self), 3, TRUE);
  app_test_wait (leaves_two, self);
  g_assert_false (adw_flap_get_folded (flap));
  app_test_wait (fill_the_table, self);
  cc_record_view_set_order (get_view (self), CC_ORDER_AGE, FALSE);
  app_test_wait (leaves_one, self);
  cc_record_view_set_order (get_view (self), CC_ORDER_NAME, FALSE);
  app_test_wait (leaves_two, self);
  adw_flap_set_reveal_flap (flap, FALSE);
  app_test_wait (has_all_columns, self);
  adw_flap_set_reveal_flap (flap, TRUE);
  app_test_wait (leaves_two, self);
}

/* Undo selects what was deleted, where it was. */
static void
test_undo_delete (PageTest *self, gconstpointer data)
{
  gint64 record;

  app_test_wait (is_full, self);
  gtk_selection_model_select_item (get_lines (self), 30, TRUE);
  app_test_settle ();
  record = get_id (self, 30);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), "cases.delete", NULL));
  app_test_wait (lacks_one, self);
  g_assert_null (cc_record_view_get_selected (get_view (self)));
  app_test_settle ();
  cc_undo_run (GTK_WIDGET (self->page), self->session, 0);
  app_test_wait (is_full, self);
  wait_for_selected (self, record);
}

/* The toast says what went with the record. */
static void
test_toast (PageTest *self, gconstpointer data)
{
  g_autofree char *alone = cc_cases_tell_deleted (self->session, 0);
  g_autofree char *one = cc_cases_tell_deleted (self->session, 1);
  g_autofree char *two = cc_cases_tell_deleted (self->session, 2);

  g_assert_cmpstr (alone, ==, "The record was deleted.");
  g_assert_cmpstr (one, ==, "The record was deleted, and 1 part that belongs to it.");
  g_assert_cmpstr (two, ==, "The record was deleted, and 2 parts that belong to it.");
}

/* As the form does: the act loads the page again before the form is closed. */
static void
save (PageTest *self, gint64 record)
{
  GtkWidget *editor;

  cc_page_open_target (self->page, "new");
  editor = find (self, CC_TYPE_CASE_EDITOR, NULL);
  cc_session_changed (self->session);
  g_signal_emit_by_name (editor, "saved", record);
  app_test_settle ();
  g_signal_emit_by_name (editor, "closed");
}

/* What the form saved is selected when it closes; where a search hides it, that is said. */
static void
test_saved (PageTest *self, gconstpointer data)
{
  GtkWidget *button;
  gint64     record;

  app_test_wait (is_full, self);
  record = get_id (self, 35);
  button = find (self, GTK_TYPE_BUTTON, "_Show It");
  save (self, record);
  wait_for_selected (self, record);
  g_assert_false (gtk_widget_get_mapped (button));
  gtk_editable_set_text (GTK_EDITABLE (find (self, GTK_TYPE_SEARCH_ENTRY, NULL)), "qqqq");
  app_test_wait (finds_nothing, self);
  save (self, record);
  app_test_wait ((AppCondition) gtk_widget_get_mapped, button);
  app_test_wait (finds_nothing, self);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), "cases.show-saved", NULL));
  wait_for_selected (self, record);
  app_test_wait (is_full, self);
  g_assert_false (gtk_widget_get_mapped (button));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/app/cases-saved/" name, PageTest, NULL, set_up, func, page_test_tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("columns", test_columns);
  ADD ("undo-delete", test_undo_delete);
  ADD ("toast", test_toast);
  ADD ("saved", test_saved);
  return g_test_run ();
}
