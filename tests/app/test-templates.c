/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-templates UI_FOLDER: each class with a template is made, shown and gone. */
#include "app-test.h"

#include "preferences/cc-backup-rule-group.h"
#include "preferences/cc-backups-page.h"
#include "preferences/cc-rekey-window.h"
#include "preferences/cc-restore-window.h"
#include "preferences/cc-retention-page.h"
#include "classification/cc-pack-window.h"
#include "conflicts/cc-conflicts-bar.h"
#include "conflicts/cc-conflicts-window.h"
#include "agencies/cc-agencies-page.h"
#include "agencies/cc-agency-view.h"
#include "agencies/cc-return-dialog.h"
#include "agencies/cc-sent-window.h"
#include "cases/cc-cases-page.h"
#include "cases/cc-details-pane.h"
#include "cases/cc-filter-popover.h"
#include "cc-window.h"
#include "checks/cc-checks-page.h"
#include "duplicates/cc-duplicates-page.h"
#include "duplicates/cc-person-view.h"
#include "duplicates/cc-queue-pane.h"
#include "duplicates/cc-reason-button.h"
#include "duplicates/cc-review-view.h"
#include "duplicates/cc-verdict-bar.h"
#include "duplicates/cc-verdicts-view.h"
#include "exchange/cc-package-window.h"
#include "editor/cc-case-editor.h"
#include "help/cc-help-window.h"
#include "history/cc-history-details.h"
#include "history/cc-history-page.h"
#include "history/cc-history-row.h"
#include "import/cc-import-agency-dialog.h"
#include "import/cc-import-chooser.h"
#include "import/cc-import-home.h"
#include "import/cc-import-line-row.h"
#include "import/cc-import-page.h"
#include "import/cc-import-period-group.h"
#include "import/cc-import-result-view.h"
#include "import/cc-import-sender-step.h"
#include "import/cc-import-summary-step.h"
#include "import/cc-import-table-step.h"
#include "import/cc-import-wizard.h"
#include "overview/cc-overview-page.h"
#include "preferences/cc-preferences-window.h"
#include "present/cc-job-sheet.h"
#include "questionnaires/cc-answer-view.h"
#include "questionnaires/cc-cell-popover.h"
#include "questionnaires/cc-check-list.h"
#include "questionnaires/cc-detail-window.h"
#include "questionnaires/cc-form-view.h"
#include "questionnaires/cc-questionnaire-options.h"
#include "questionnaires/cc-questionnaires-home.h"
#include "questionnaires/cc-questionnaires-page.h"
#include "shell/cc-shell.h"
#include "start/cc-country-row.h"
#include "start/cc-create-page.h"
#include "start/cc-library-row.h"
#include "start/cc-practice-page.h"
#include "start/cc-start-page.h"
#include "tables/cc-cell-window.h"
#include "tables/cc-figure-options.h"
#include "tables/cc-figure-view.h"
#include "tables/cc-gallery-card.h"
#include "tables/cc-table-builder.h"
#include "tables/cc-tables-gallery.h"
#include "tables/cc-tables-page.h"
#include "unlock/cc-unlock-page.h"
#include "unlock/cc-user-page.h"
#include "widgets/cc-chart-card.h"
#include "widgets/cc-figure-row.h"
#include "widgets/cc-hat-row.h"

#include <string.h>

static GType (*const classes[]) (void) = {
  cc_backup_rule_group_get_type,
  cc_backups_page_get_type,
  cc_rekey_window_get_type,
  cc_restore_window_get_type,
  cc_retention_page_get_type,
  cc_pack_window_get_type,
  cc_package_window_get_type,
  cc_conflicts_bar_get_type,
  cc_conflicts_window_get_type,
  cc_agencies_page_get_type,
  cc_agency_view_get_type,
  cc_return_dialog_get_type,
  cc_sent_window_get_type,
  cc_cases_page_get_type,
  cc_details_pane_get_type,
  cc_filter_popover_get_type,
  cc_window_get_type,
  cc_checks_page_get_type,
  cc_duplicates_page_get_type,
  cc_person_view_get_type,
  cc_queue_pane_get_type,
  cc_reason_button_get_type,
  cc_review_view_get_type,
  cc_verdict_bar_get_type,
  cc_verdicts_view_get_type,
  cc_case_editor_get_type,
  cc_help_window_get_type,
  cc_history_details_get_type,
  cc_history_page_get_type,
  cc_history_row_get_type,
  cc_import_agency_dialog_get_type,
  cc_import_chooser_get_type,
  cc_import_home_get_type,
  cc_import_line_row_get_type,
  cc_import_page_get_type,
  cc_import_period_group_get_type,
  cc_import_result_view_get_type,
  cc_import_sender_step_get_type,
  cc_import_summary_step_get_type,
  cc_import_table_step_get_type,
  cc_import_wizard_get_type,
  cc_overview_page_get_type,
  cc_preferences_window_get_type,
  cc_job_sheet_get_type,
  cc_answer_view_get_type,
  cc_cell_popover_get_type,
  cc_check_list_get_type,
  cc_detail_window_get_type,
  cc_form_view_get_type,
  cc_questionnaire_options_get_type,
  cc_questionnaires_home_get_type,
  cc_questionnaires_page_get_type,
  cc_shell_get_type,
  cc_country_row_get_type,
  cc_create_page_get_type,
  cc_library_row_get_type,
  cc_practice_page_get_type,
  cc_start_page_get_type,
  cc_cell_window_get_type,
  cc_figure_options_get_type,
  cc_figure_view_get_type,
  cc_gallery_card_get_type,
  cc_table_builder_get_type,
  cc_tables_gallery_get_type,
  cc_tables_page_get_type,
  cc_unlock_page_get_type,
  cc_user_page_get_type,
  cc_chart_card_get_type,
  cc_figure_row_get_type,
  cc_hat_row_get_type,
};

/* ---- the templates there are ---- */

static void
note_class (const char *path, GPtrArray *names)
{
  static const char mark[] = "<template class=\"";
  g_autofree char  *text = NULL;
  const char       *at;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  at = strstr (text, mark);
  /* Lines of lists are templates of the toolkit's own class. */
  if (at == NULL || g_str_has_prefix (at + strlen (mark), "Gtk"))
    return;
  at += strlen (mark);
  g_ptr_array_add (names, g_strndup (at, strcspn (at, "\"")));
}

static void
list_classes (const char *folder, GPtrArray *names)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *entry;

  g_assert_nonnull (entries);
  while ((entry = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        list_classes (path, names);
      else if (g_str_has_suffix (entry, ".ui"))
        note_class (path, names);
    }
}

static GType
find_class (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (strcmp (g_type_name (classes[i]()), name) == 0)
      return classes[i]();
  g_error ("%s has a template and no place in this test", name);
}

/* ---- one of them ---- */

/* A part of a window is shown in one; popovers and lines are only made. */
static GtkWidget *
put_into_window (GtkWidget *widget)
{
  GtkWidget *window;

  if (GTK_IS_POPOVER (widget))
    return NULL;
  if (GTK_IS_WINDOW (widget))
    window = widget;
  else
    {
      GtkWidget *part = widget;

      if (GTK_IS_LIST_BOX_ROW (widget))
        gtk_list_box_append (GTK_LIST_BOX (part = gtk_list_box_new ()), widget);
      else if (GTK_IS_FLOW_BOX_CHILD (widget))
        gtk_flow_box_append (GTK_FLOW_BOX (part = gtk_flow_box_new ()), widget);
      window = adw_window_new ();
      adw_window_set_content (ADW_WINDOW (window), part);
    }
  gtk_window_present (GTK_WINDOW (window));
  app_test_settle ();
  return window;
}

static gboolean
is_gone (gpointer user_data)
{
  return *(GObject **) user_data == NULL;
}

/* Warnings of any of this end the test. */
static void
test_class (gconstpointer data)
{
  const GType type = find_class (data);
  GObject    *object = g_object_new (type, NULL);
  GtkWidget  *window;

  /* Windows belong to the toolkit until they are destroyed. */
  if (!GTK_IS_WINDOW (object))
    g_object_ref_sink (object);
  g_object_add_weak_pointer (object, (gpointer *) &object);
  window = put_into_window (GTK_WIDGET (object));
  if (window != (GtkWidget *) object)
    g_object_unref (object);
  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
  app_test_wait (is_gone, &object);
  g_assert_null (object);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  app_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  list_classes (argv[1], names);
  g_ptr_array_sort (names, compare_names);
  g_assert_cmpuint (names->len, ==, G_N_ELEMENTS (classes));
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/templates/%s", (char *) names->pdata[i]);

      g_test_add_data_func (path, names->pdata[i], test_class);
    }
  return g_test_run ();
}
