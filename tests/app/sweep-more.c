/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found on a page only by its own keys. */
#include "sweep-dialogs.h"

#include "app-test.h"
#include "sweep-focus.h"
#include "sweep-keys.h"

#include "cc-window.h"
#include "editor/cc-choice-list.h"
#include "exchange/cc-exchange-work.h"
#include "exchange/cc-passphrase-dialog.h"
#include "import/cc-import-line-row.h"
#include "questionnaires/cc-detail-item.h"
#include "questionnaires/cc-detail-window.h"
#include "widgets/cc-chart-card.h"

#include <cc/store/cc-act.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-records.h>

/* Lines that are pressed until one opens something. */
#define MOST_LINES 20

/* ---- charts ---- */

static void
add_cards (GtkWidget *widget, GPtrArray *cards)
{
  if (CC_IS_CHART_CARD (widget) && gtk_widget_get_mapped (widget))
    g_ptr_array_add (cards, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_cards (child, cards);
}

static GtkWidget *
find_toggle (GtkWidget *widget)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) && GTK_IS_ACTIONABLE (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_toggle (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
turn_cards (Sweep *self, GPtrArray *cards, gboolean to_table)
{
  for (guint i = 0; i < cards->len; i++)
    {
      gtk_widget_grab_focus (find_toggle (cards->pdata[i]));
      sweep_keys_press ("space");
      if (cc_chart_card_get_show_table (cards->pdata[i]) != to_table)
        sweep_fail (self, "a chart and its table", "the key does not change between them");
    }
  sweep_keys_settle (self->window);
}

/* All charts of the overview show their tables, and then their pictures again. */
void
sweep_charts (Sweep *self)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();

  add_cards (self->window, cards);
  if (cards->len == 0)
    sweep_fail (self, "the charts of the overview", "there are none");
  turn_cards (self, cards, TRUE);
  sweep_view (self, "overview with the tables of its charts");
  turn_cards (self, cards, FALSE);
}

/* A chart of the page of tables and its twin. */
void
sweep_twin (Sweep *self)
{
  sweep_keys_press ("ctrl+t");
  sweep_keys_settle (self->window);
  if (sweep_find (self, "CcFigureGrid", NULL) == NULL)
    sweep_fail (self, "the table of a chart", "its key does not show it");
  else
    sweep_view (self, "the table of a chart");
  sweep_keys_press ("ctrl+t");
  sweep_keys_settle (self->window);
  if (sweep_find (self, "CcChartView", NULL) == NULL)
    sweep_fail (self, "the chart of a table", "the key does not bring it back");
}

/* ---- codes of the editor ---- */

/* The list opens under the letters, the arrows mark a line and Return takes it; Escape closes the
 * list and nothing else. */
void
sweep_codes (Sweep *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();
  g_autofree char *taken = NULL;
  GtkWidget       *entry = sweep_find (self, "CcCodeEntry", NULL);
  GtkWidget       *list, *text;

  if (entry == NULL || !gtk_widget_grab_focus (entry))
    {
      sweep_fail (self, "the codes of a field", "there is no field for them");
      return;
    }
  text = sweep_focus_get (self->window);
  sweep_keys_press ("Down");
  sweep_keys_settle (self->window);
  list = app_test_find (entry, CC_TYPE_CHOICE_LIST, NULL);
  if (list == NULL || !gtk_widget_get_mapped (list))
    {
      sweep_fail (self, "the codes of a field", "the list does not open");
      return;
    }
  sweep_keys_press ("Down");
  sweep_keys_press ("Return");
  if (gtk_widget_get_mapped (list))
    g_ptr_array_add (problems, (gpointer) "Return leaves the list open");
  taken = g_strdup (GTK_IS_EDITABLE (text) ? gtk_editable_get_text (GTK_EDITABLE (text)) : "");
  if (*taken == '\0')
    g_ptr_array_add (problems, (gpointer) "Return takes nothing");
  sweep_keys_press ("Down");
  sweep_keys_settle (self->window);
  if (!gtk_widget_get_mapped (list))
    g_ptr_array_add (problems, (gpointer) "it does not open again");
  sweep_keys_press ("Escape");
  if (gtk_widget_get_mapped (list))
    g_ptr_array_add (problems, (gpointer) "Escape leaves the list open");
  if (sweep_focus_get (self->window) != text)
    g_ptr_array_add (problems, (gpointer) "Escape takes the keys away from the field");
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (text)), taken) != 0)
    g_ptr_array_add (problems, (gpointer) "Escape changes what was chosen");
  sweep_tell (self, "the codes of a field", problems);
}

/* ---- import ---- */

static void
add_lines (GtkWidget *widget, GPtrArray *lines)
{
  if (CC_IS_IMPORT_LINE_ROW (widget) && gtk_widget_get_mapped (widget))
    g_ptr_array_add (lines, g_object_ref (gtk_widget_get_parent (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_lines (child, lines);
}

/* Presses the lines of a step from the top until one asks what it means. */
void
sweep_chooser (Sweep *self, const char *what)
{
  for (guint i = 0; i < MOST_LINES; i++)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

      /* A line that unfolds puts others below it. */
      add_lines (self->window, lines);
      if (i >= lines->len)
        break;
      if (!gtk_widget_get_mapped (lines->pdata[i]) || !gtk_widget_grab_focus (lines->pdata[i]))
        continue;
      sweep_keys_press ("Return");
      sweep_keys_settle (sweep_get_front (self));
      if (sweep_get_front (self) != self->window)
        {
          sweep_dialog (self, what, lines->pdata[i]);
          return;
        }
    }
  sweep_fail (self, what, "no line opens it");
}

/* ---- questionnaires ---- */

/* The question before handing in; the place of the file is asked for by the toolkit. */
void
sweep_export (Sweep *self)
{
  sweep_activate (self, "questionnaires.export", NULL);
  sweep_keys_settle (sweep_get_front (self));
  sweep_dialog (self, "the question before a workbook is exported", NULL);
}

static void
look_at_details (Sweep *self)
{
  g_autoptr (GListStore) items = g_list_store_new (CC_TYPE_DETAIL_ITEM);
  CcDetailWindow *window;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (CcDetailItem) item = i == 0
                                          ? cc_detail_item_new_heading ("Victims", "2023")
                                          : cc_detail_item_new ("Women", "12 was changed to 13", i);

      g_list_store_append (items, item);
    }
  window = cc_detail_window_new (self->window, "What the Workbook Says");
  gtk_window_present (GTK_WINDOW (window));
  cc_detail_window_show (window, "Two figures differ.", G_LIST_MODEL (items));
  sweep_keys_settle (GTK_WIDGET (window));
  sweep_dialog (self, "what a workbook says", NULL);
}

/* ---- two copies of one case file ---- */

static gboolean
rename_first (CcAct *act, gpointer name, GError **error)
{
  CcCaseFile  *file = cc_act_get_file (act);
  CcPack      *pack = cc_case_file_get_pack (file);
  const gint64 id = cc_connection_get_int64 (cc_act_get_connection (act),
                                             "SELECT min (record) FROM victim", 0, error);
  g_autoptr (CcRecord) record = cc_store_read_record (file, cc_act_get_connection (act), id, error);
  CcPutResult put;

  g_assert_nonnull (record);
  cc_record_remove (record, "X_VI_ID_FAMILY");
  cc_record_add (record, cc_pack_find_variable (pack, "X_VI_ID_FAMILY"))->text = g_strdup (name);
  return cc_act_put_record (act, record, 0, 0, 0, &put, error);
}

static void
change (CcCaseFile *file, const char *name)
{
  GError *error = NULL;

  cc_case_file_act (file, "case", rename_first, (gpointer) name, NULL, &error);
  g_assert_no_error (error);
}

/* The same name is changed in a copy and in the open file, and both are brought together. */
static void
make_conflict (Sweep *self)
{
  CcSession       *session = cc_window_get_session (CC_WINDOW (self->window));
  CcCaseFile      *here = cc_session_get_file (session);
  g_autofree char *path = g_build_filename (self->demo, "copy.casecount", NULL);
  GError          *error = NULL;
  CcMergeResult    result;
  CcCaseFile      *copy;

  cc_case_file_copy (here, path, NULL, &error);
  g_assert_no_error (error);
  copy = cc_case_file_open (path, self->passphrase, cc_case_file_get_pack (here),
                            CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  change (copy, "Mendy");
  g_assert_true (cc_case_file_close (copy, &error));
  cc_case_file_free (copy);
  change (here, "Ndiaye");
  g_assert_true (cc_exchange_work_merge (here, path, self->passphrase, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.conflicts, >, 0);
  cc_session_changed (session);
}

static GtkWidget *
find_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
look_at_conflicts (Sweep *self)
{
  GtkWidget *bar, *button;

  make_conflict (self);
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "page",
                                  g_variant_new_string ("checks"));
  for (guint n = 0; n < 10 && sweep_find (self, "CcConflictsBar", NULL) == NULL; n++)
    sweep_keys_settle (self->window);
  bar = sweep_find (self, "CcConflictsBar", NULL);
  if (bar == NULL)
    {
      sweep_fail (self, "the bar of what was changed on both sides", "it does not come");
      return;
    }
  sweep_view (self, "the bar of what was changed on both sides");
  button = find_button (bar);
  sweep_press (self, button);
  sweep_dialog (self, "what was changed on both sides", button);
}

void
sweep_rest (Sweep *self)
{
  GtkWidget *dialog;

  look_at_details (self);
  dialog = cc_passphrase_dialog_new (GTK_WINDOW (self->window), "Passphrase of the Package or Copy",
                                     "It was chosen where the file comes from.", "_Bring In");
  gtk_window_present (GTK_WINDOW (dialog));
  sweep_keys_settle (dialog);
  sweep_dialog (self, "the passphrase of a package", NULL);
  look_at_conflicts (self);
}
