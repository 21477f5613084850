/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "bench-case.h"
#include "bench-list.h"
#include "bench-loop.h"

#include "agencies/cc-return-dialog.h"
#include "cc-application.h"
#include "cc-session.h"
#include "cc-window.h"
#include "duplicates/cc-review-view.h"
#include "editor/cc-case-editor-private.h"
#include "editor/cc-code-entry.h"
#include "editor/cc-field-row.h"
#include "import/cc-import-page.h"
#include "import/cc-import-queue-row.h"
#include "import/cc-import-wizard.h"
#include "shell/cc-page.h"
#include "shell/cc-pages.h"
#include "tables/cc-figure-grid.h"
#include "unlock/cc-unlock-page.h"
#include "unlock/cc-user-page.h"

#include <cc/store/cc-record-list.h>

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* For how long acts of the window keep the main loop away, on a large case file. No act may do so
 * for more than 50 ms of processor; other work on the machine makes elapsed time say little.
 *
 *   bench-window FILE [PART...]     needs a display
 *
 * FILE is what `bench-records 200000 1 FILE` wrote; it is copied, not changed. Parts are page,
 * cases, editor, duplicates, tables, questionnaires, import, rest, settings, large (an import of
 * 200,000 rows, and closing the file after it), or an act of page ("page history"); none: all.
 * BENCH_TRACE=FILE
 * writes down when the loop was away for long, by the monotonic clock, to lay beside what a
 * profiler sampled. */

#define BAR       50.0
#define N_LARGE   200000
#define N_SCREENS 200

typedef struct
{
  GtkWidget *window;
  char      *folder;
  char      *path;
  gint64     record; /* of a victim */
  char     **wanted;
} Bench;

static void
die (const char *what, const GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

static gboolean
is_wanted (Bench *bench, const char *name)
{
  for (guint i = 0; bench->wanted[i] != NULL; i++)
    if (g_str_has_prefix (name, bench->wanted[i]))
      return TRUE;
  return bench->wanted[0] == NULL;
}

/* "page history" asks for acts of the part "page". */
static gboolean
is_part_wanted (Bench *bench, const char *name)
{
  for (guint i = 0; bench->wanted[i] != NULL; i++)
    if (g_str_has_prefix (bench->wanted[i], name))
      return TRUE;
  return is_wanted (bench, name);
}

/* What is told to the window, and all that follows until nothing moves any more. */
#define ACT(name, what)                                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    bench_loop_begin (name);                                                                       \
    what;                                                                                          \
    if (!bench_loop_settle ())                                                                     \
      g_printerr ("%s: still busy after ten minutes\n", name);                                     \
    bench_loop_end ();                                                                             \
  }                                                                                                \
  G_STMT_END

static void
activate (Bench *bench, const char *action, const char *format, const char *a, const char *b)
{
  GVariant  *target = format == NULL                 ? NULL
                      : g_str_equal (format, "(ss)") ? g_variant_new (format, a, b)
                                                     : g_variant_new_string (a);
  GtkWidget *page = app_test_find (bench->window, CC_TYPE_PAGE, NULL);

  for (; page != NULL && !gtk_widget_get_mapped (page); page = gtk_widget_get_next_sibling (page))
    ;
  if (!gtk_widget_activate_action_variant (page != NULL ? page : bench->window, action, target))
    g_printerr ("%s does nothing\n", action);
}

static void
go (Bench *bench, const char *page, const char *target)
{
  activate (bench, "win.go", "(ss)", page, target);
}

static GtkWidget *
get_page (Bench *bench)
{
  GtkWidget *page = app_test_find (bench->window, CC_TYPE_PAGE, NULL);

  for (; page != NULL && !gtk_widget_get_mapped (page); page = gtk_widget_get_next_sibling (page))
    ;
  return page;
}

static GtkWidget *
find (Bench *bench, GType type, const char *text)
{
  GtkWidget *found = app_test_find (get_page (bench), type, text);

  if (found == NULL)
    g_printerr ("no %s %s\n", g_type_name (type), text != NULL ? text : "");
  return found;
}

static gboolean
is_unlocked (gpointer user_data)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (user_data), "page");
}

static gboolean
asks_who (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data)
         && gtk_widget_is_sensitive (
             app_test_find (user_data, GTK_TYPE_LABEL, "Continue _Without a Name"));
}

static void
unlock (Bench *bench)
{
  GtkWidget *page = app_test_find (bench->window, CC_TYPE_UNLOCK_PAGE, NULL);
  GtkWidget *user = app_test_find (page, CC_TYPE_USER_PAGE, NULL);
  GtkWidget *entry = app_test_find (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  ACT ("unlock: passphrase", {
    gtk_editable_set_text (GTK_EDITABLE (entry), BENCH_PASSPHRASE);
    g_signal_emit_by_name (entry, "entry-activated");
    app_test_wait (asks_who, user);
  });
  ACT ("unlock: first page", {
    gtk_widget_activate_action (user, "user.continue-without", NULL);
    app_test_wait (is_unlocked, bench->window);
  });
}

static void
open_file (Bench *bench)
{
  g_autoptr (GFile) file = g_file_new_for_path (bench->path);

  ACT ("open", cc_window_open (CC_WINDOW (bench->window), file));
  unlock (bench);
}

static void
open_window (Bench *bench)
{
  ACT ("window", {
    bench->window = GTK_WIDGET (cc_window_new (GTK_APPLICATION (g_application_get_default ())));
    bench_loop_watch (bench->window);
    gtk_window_set_default_size (GTK_WINDOW (bench->window), 1366, 768);
    gtk_window_present (GTK_WINDOW (bench->window));
  });
  open_file (bench);
}

static void
run_pages (Bench *bench)
{
  static const char *const rounds[] = { "first", "again", "reload" };

  for (guint round = 0; round < G_N_ELEMENTS (rounds); round++)
    for (guint i = 0; i < cc_pages_get_n (); i++)
      {
        const char      *name = cc_pages_get (i)->name;
        g_autofree char *act = g_strdup_printf ("page %s, %s", name, rounds[round]);

        if (!is_wanted (bench, act))
          continue;
        if (round == 2)
          {
            go (bench, name, "");
            bench_loop_settle ();
            ACT (act, activate (bench, "win.refresh", NULL, NULL, NULL));
          }
        else
          ACT (act, go (bench, name, ""));
      }
}

static void
scroll (GtkWidget *view, guint n)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  for (guint i = 0; i < n; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment)
                                                + gtk_adjustment_get_page_size (adjustment));
      for (guint j = 0; j < 6; j++)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
run_cases (Bench *bench)
{
  GtkWidget *view, *entry, *popover;

  go (bench, "cases", "");
  bench_loop_settle ();
  view = find (bench, GTK_TYPE_COLUMN_VIEW, NULL);
  entry = find (bench, GTK_TYPE_SEARCH_ENTRY, NULL);
  popover = find (bench, g_type_from_name ("CcFilterPopover"), NULL);
  ACT ("cases: scroll", scroll (view, N_SCREENS));
  ACT ("cases: to the end", {
    GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  });
  ACT ("cases: details",
       gtk_selection_model_select_item (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)), 9,
                                        TRUE));
  ACT ("cases: sort by name", activate (bench, "cases.order", "s", "name", NULL));
  ACT ("cases: reverse", activate (bench, "cases.descending", NULL, NULL, NULL));
  ACT ("cases: search", gtk_editable_set_text (GTK_EDITABLE (entry), "Traor\303\251 marie"));
  ACT ("cases: search taken back", activate (bench, "cases.clear", NULL, NULL, NULL));
  ACT ("cases: filters", gtk_popover_popup (GTK_POPOVER (popover)));
  ACT ("cases: one year",
       g_signal_emit_by_name (popover, "chosen", (guint) CC_FACET_YEAR, (gint64) 2021, TRUE));
  ACT ("cases: filters shut", gtk_popover_popdown (GTK_POPOVER (popover)));
  ACT ("cases: all years", activate (bench, "cases.clear", NULL, NULL, NULL));
  ACT ("cases: events", activate (bench, "cases.unit", "s", "event", NULL));
  ACT ("cases: victims", activate (bench, "cases.unit", "s", "victim", NULL));
}

/* Holds the windows: closing one may take another one with it. */
static GList *
list_windows (void)
{
  GList *windows = gtk_window_list_toplevels ();

  g_list_foreach (windows, (GFunc) (void (*) (void)) g_object_ref, NULL);
  return windows;
}

/* As the button does: a question that is answered goes. */
static void
answer_dialogs (const char *response)
{
  g_autolist (GObject) windows = list_windows ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data)
        && adw_message_dialog_has_response (link->data, response))
      {
        adw_message_dialog_response (link->data, response);
        gtk_window_destroy (link->data);
      }
    else if (GTK_IS_FILE_CHOOSER (link->data))
      gtk_dialog_response (link->data, GTK_RESPONSE_ACCEPT);
}

static void
close_dialogs (Bench *bench)
{
  g_autolist (GObject) windows = list_windows ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (GTK_WIDGET (link->data) != bench->window && gtk_widget_get_visible (link->data))
      gtk_window_close (link->data);
  bench_loop_settle ();
}

static void
run_editor (Bench *bench)
{
  g_autofree char *target = g_strdup_printf ("edit:%" G_GINT64_FORMAT, bench->record);
  GtkWidget       *widget;
  CcCaseEditor    *editor;
  CcFieldRow      *row;

  go (bench, "cases", "");
  bench_loop_settle ();
  ACT ("editor: open", go (bench, "cases", target));
  widget = find (bench, CC_TYPE_CASE_EDITOR, NULL);
  editor = widget != NULL ? CC_CASE_EDITOR (widget) : NULL;
  row = editor != NULL ? cc_unit_form_find_row (editor->form, "VI06") : NULL;
  if (row == NULL)
    return;
  widget = app_test_find (GTK_WIDGET (row), GTK_TYPE_TEXT, NULL);
  ACT ("editor: type", {
    gtk_widget_grab_focus (widget);
    gtk_editable_set_text (GTK_EDITABLE (widget), "1");
    bench_loop_settle ();
    gtk_editable_set_text (GTK_EDITABLE (widget), "17");
  });
  ACT ("editor: save", gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL));
  ACT ("editor: back", cc_page_go_back (CC_PAGE (get_page (bench))));
  ACT ("editor: undo", activate (bench, "win.undo", NULL, NULL, NULL));
  ACT ("editor: new case", go (bench, "cases", "new"));
  row = cc_unit_form_find_row (editor->form, "VI08");
  widget = row != NULL ? app_test_find (GTK_WIDGET (row), CC_TYPE_CODE_ENTRY, NULL) : NULL;
  if (widget != NULL)
    {
      ACT ("editor: type-ahead", {
        gtk_widget_grab_focus (widget);
        cc_code_entry_type (CC_CODE_ENTRY (widget), "to");
      });
      cc_code_entry_type (CC_CODE_ENTRY (widget), "");
    }
  ACT ("editor: add a victim",
       gtk_widget_activate_action (GTK_WIDGET (editor), "editor.add-victim", NULL));
  ACT ("editor: delete", gtk_widget_activate_action (GTK_WIDGET (editor), "editor.delete", NULL));
  answer_dialogs ("delete");
  bench_loop_settle ();
  ACT ("editor: close", cc_page_go_back (CC_PAGE (get_page (bench))));
  answer_dialogs ("discard");
  bench_loop_settle ();
}

static void
run_duplicates (Bench *bench)
{
  go (bench, "duplicates", "");
  bench_loop_settle ();
  for (guint i = 0; i < 5; i++)
    ACT (i % 2 ? "duplicates: different" : "duplicates: same",
         activate (bench, i % 2 ? "duplicates.different" : "duplicates.same", NULL, NULL, NULL));
  ACT ("duplicates: undo", activate (bench, "duplicates.undo", NULL, NULL, NULL));
  ACT ("duplicates: next", activate (bench, "duplicates.next", NULL, NULL, NULL));
  ACT ("duplicates: why", go (bench, "duplicates", "why"));
  ACT ("duplicates: decisions", go (bench, "duplicates", "decisions"));
  ACT ("duplicates: a person", go (bench, "duplicates", "person:5"));
  ACT ("duplicates: back", cc_page_go_back (CC_PAGE (get_page (bench))));
}

static void
run_tables (Bench *bench)
{
  GtkWidget *year, *cell;

  go (bench, "tables", "");
  bench_loop_settle ();
  ACT ("tables: a chart", go (bench, "tables", "figure:age-sex-pyramid"));
  ACT ("tables: chart as a table", activate (bench, "tables.toggle-view", NULL, NULL, NULL));
  cell = find (bench, CC_TYPE_FIGURE_GRID, NULL);
  cell = cell != NULL ? app_test_find (cell, GTK_TYPE_BUTTON, NULL) : NULL;
  if (cell != NULL)
    {
      ACT ("tables: records behind", g_signal_emit_by_name (cell, "clicked"));
      ACT ("tables: records shut", close_dialogs (bench));
    }
  ACT ("tables: as a chart again", activate (bench, "tables.toggle-view", NULL, NULL, NULL));
  ACT ("tables: save the chart", activate (bench, "tables.save", "s", "png", NULL));
  ACT ("tables: save, place", answer_dialogs ("save"));
  close_dialogs (bench);
  ACT ("tables: back", cc_page_go_back (CC_PAGE (get_page (bench))));
  ACT ("tables: a table", go (bench, "tables", "figure:table:by-year"));
  year = find (bench, ADW_TYPE_COMBO_ROW, "Last year");
  if (year != NULL)
    ACT ("tables: other years", adw_combo_row_set_selected (ADW_COMBO_ROW (year), 2));
  ACT ("tables: back from table", cc_page_go_back (CC_PAGE (get_page (bench))));
}

static void
run_questionnaires (Bench *bench)
{
  go (bench, "questionnaires", "");
  bench_loop_settle ();
  ACT ("questionnaires: open", go (bench, "questionnaires", "questionnaire:ecowas-tip"));
  ACT ("questionnaires: a table", go (bench, "questionnaires", "questionnaire:ecowas-tip/V3"));
  ACT ("questionnaires: records behind",
       activate (bench, "questionnaires.behind", NULL, NULL, NULL));
  ACT ("questionnaires: records shut", close_dialogs (bench));
  ACT ("questionnaires: type a cell", activate (bench, "questionnaires.edit", NULL, NULL, NULL));
  ACT ("questionnaires: next sheet",
       activate (bench, "questionnaires.next-sheet", NULL, NULL, NULL));
  ACT ("questionnaires: checks", go (bench, "questionnaires", "checks:ecowas-tip"));
  ACT ("questionnaires: export", activate (bench, "questionnaires.export", NULL, NULL, NULL));
  ACT ("questionnaires: export, place", answer_dialogs ("export"));
  ACT ("questionnaires: export, done", answer_dialogs ("export"));
  close_dialogs (bench);
  ACT ("questionnaires: back", cc_page_go_back (CC_PAGE (get_page (bench))));
}

static gboolean
is_settled (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return !draft->busy && (draft->state == CC_DRAFT_READY || draft->state == CC_DRAFT_FAILED);
}

static void
import_list (Bench *bench, const char *path)
{
  CcImportDraft  *draft = NULL;
  CcImportWizard *wizard;
  GtkWidget      *row;

  go (bench, "import", "");
  bench_loop_settle ();
  ACT ("import: read the file", {
    cc_import_page_add_file (CC_IMPORT_PAGE (get_page (bench)), path);
    row = find (bench, CC_TYPE_IMPORT_QUEUE_ROW, NULL);
    draft = cc_import_queue_row_get_draft (CC_IMPORT_QUEUE_ROW (row));
    app_test_wait (is_settled, draft);
  });
  ACT ("import: sender", g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row));
  ACT ("import: choose sender", {
    cc_import_draft_set_entity (draft, "agency3");
    cc_import_draft_set_period (draft, cc_interval_year (2024));
  });
  wizard = CC_IMPORT_WIZARD (find (bench, CC_TYPE_IMPORT_WIZARD, NULL));
  ACT ("import: table", cc_import_wizard_go_on (wizard));
  ACT ("import: columns", cc_import_wizard_go_on (wizard));
  ACT ("import: values", cc_import_wizard_go_on (wizard));
  ACT ("import: summary", cc_import_wizard_go_on (wizard));
  ACT ("import: import", cc_import_wizard_go_on (wizard));
  if (cc_import_wizard_get_step (wizard) != CC_WIZARD_RESULT)
    g_printerr ("the import stopped at step %d\n", cc_import_wizard_get_step (wizard));
  ACT ("import: back", cc_page_go_back (CC_PAGE (get_page (bench))));
}

static void
run_import (Bench *bench)
{
  g_autofree char *path = bench_case_write_list (bench->folder);

  import_list (bench, path);
}

static gboolean
nothing_is_open (gpointer user_data)
{
  return cc_session_get_n_open () == 0;
}

static void
run_large (Bench *bench)
{
  g_autofree char *path = g_build_filename (bench->folder, "large.xlsx", NULL);

  bench_list_write (path, N_LARGE);
  import_list (bench, path);
  ACT ("large: close the file", {
    activate (bench, "win.close-file", NULL, NULL, NULL);
    app_test_wait (nothing_is_open, NULL);
  });
}

static void
run_settings (Bench *bench)
{
  GActionGroup *application = G_ACTION_GROUP (g_application_get_default ());

  ACT ("settings: open", g_action_group_activate_action (application, "preferences", NULL));
  ACT ("settings: shut", close_dialogs (bench));
  ACT ("settings: close the file", {
    activate (bench, "win.close-file", NULL, NULL, NULL);
    app_test_wait (nothing_is_open, NULL);
  });
  open_file (bench);
}

static void
answer_return (void)
{
  g_autolist (GObject) windows = list_windows ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (CC_IS_RETURN_DIALOG (link->data))
      g_signal_emit_by_name (link->data, "chosen");
}

static void
run_rest (Bench *bench)
{
  GtkWidget *entry, *view;

  go (bench, "history", "");
  bench_loop_settle ();
  ACT ("history: an act", go (bench, "history", "act:5"));
  entry = find (bench, GTK_TYPE_SEARCH_ENTRY, NULL);
  ACT ("history: search", gtk_editable_set_text (GTK_EDITABLE (entry), "import"));
  ACT ("history: search taken back", gtk_editable_set_text (GTK_EDITABLE (entry), ""));
  go (bench, "agencies", "");
  bench_loop_settle ();
  ACT ("agencies: one", go (bench, "agencies", "entity:agency7"));
  ACT ("agencies: nothing to report", activate (bench, "agencies.nil", NULL, NULL, NULL));
  ACT ("agencies: record a nil return", answer_return ());
  close_dialogs (bench);
  ACT ("agencies: back", cc_page_go_back (CC_PAGE (get_page (bench))));
  go (bench, "checks", "");
  bench_loop_settle ();
  view = find (bench, GTK_TYPE_LIST_BASE, NULL);
  if (view != NULL)
    ACT ("checks: scroll", scroll (view, 50));
  ACT ("checks: one rule", go (bench, "checks", "unmapped"));
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      g_unlink (child);
    }
  g_rmdir (path);
}

static const struct
{
  const char *name;
  void (*run) (Bench *bench);
} parts[] = {
  { "page", run_pages },        { "cases", run_cases },
  { "editor", run_editor },     { "duplicates", run_duplicates },
  { "tables", run_tables },     { "questionnaires", run_questionnaires },
  { "import", run_import },     { "rest", run_rest },
  { "settings", run_settings }, { "large", run_large },
};

/* Nobody touches keyboard or pointer here, so the case file would lock itself in the middle of it,
 * and the program with it, which starts anew without its arguments. */
static void
keep_unlocked (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.casecount.Casecount");

  g_settings_set_int (settings, "lock-after-minutes", 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (CcApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  Bench bench = { .wanted = argv + MIN (argc, 2) };

  if (argc < 2)
    {
      g_printerr ("bench-window FILE [PART...]\n");
      return 2;
    }
  bench.folder = g_dir_make_tmp ("casecount-bench-XXXXXX", &error);
  if (bench.folder == NULL)
    die ("folder", error);
  bench.path = bench_case_prepare (bench.folder, argv[1], &bench.record);
  /* Where a workbook goes that nobody gives a place. */
  if (g_chdir (bench.folder) != 0)
    die ("folder", NULL);
  bench_loop_init ();
  keep_unlocked ();
  g_set_application_name ("Casecount");
  application = cc_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    die ("application", error);
  g_application_set_default (G_APPLICATION (application));
  open_window (&bench);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (is_part_wanted (&bench, parts[i].name))
      parts[i].run (&bench);
  ACT ("close", gtk_window_close (GTK_WINDOW (bench.window)));
  app_test_wait (nothing_is_open, NULL);
  app_test_settle ();
  remove_folder (bench.folder);
  g_free (bench.path);
  return bench_loop_report (BAR) ? 0 : 1;
}
