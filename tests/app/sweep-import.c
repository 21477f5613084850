/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-dialogs.h"

#include "app-test.h"
#include "sweep-keys.h"

#include "import/cc-import-page.h"
#include "import/cc-import-queue-row.h"
#include "import/cc-import-wizard.h"

#include <cc/base/cc-day.h>

#define N_DETECTED 12

static gboolean
draft_is_idle (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return draft->state == CC_DRAFT_READY && !draft->busy;
}

static gboolean
draft_is_tried (gpointer user_data)
{
  return draft_is_idle (user_data) && ((CcImportDraft *) user_data)->result != NULL;
}

static gboolean
draft_is_done (gpointer user_data)
{
  return ((CcImportDraft *) user_data)->state == CC_DRAFT_DONE;
}

static GtkWidget *
find_row (GtkWidget *widget, const char *path)
{
  if (CC_IS_IMPORT_QUEUE_ROW (widget)
      && g_str_equal (cc_import_queue_row_get_draft (CC_IMPORT_QUEUE_ROW (widget))->path, path))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, path);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static CcImportDraft *
add_file (GtkWidget *page, const char *path)
{
  CcImportDraft *draft;

  cc_import_page_add_file (CC_IMPORT_PAGE (page), path);
  draft = cc_import_queue_row_get_draft (CC_IMPORT_QUEUE_ROW (find_row (page, path)));
  app_test_wait (draft_is_idle, draft);
  return draft;
}

static void
open_row (Sweep *self, GtkWidget *page, const char *path)
{
  GtkWidget *row = find_row (page, path);

  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  sweep_keys_settle (self->window);
}

/* A sheet of its own making, whose headers no profile knows. */
static char *
write_sheet (Sweep *self)
{
  static const char *const countries[] = { "Nigeria", "Togo", "Nowhere" };
  g_autoptr (GString) text = g_string_new ("Number,Sex,Age,Citizenship,Registered,Shoe\n");
  char   *path = g_build_filename (self->demo, "agencies", "from-nobody.csv", NULL);
  GError *error = NULL;

  for (guint i = 0; i < N_DETECTED; i++)
    g_string_append_printf (text, "N-%u,%s,%u,%s,2023-0%u-14,%u\n", i,
                            i % 2 == 0 ? "Female" : "Male", 12 + i,
                            countries[i % G_N_ELEMENTS (countries)], 1 + i % 9, 30 + i);
  g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* The question about what the values step leaves open: Escape stays there, the other answer does
 * not. */
static void
leave_open (Sweep *self, CcImportWizard *wizard)
{
  GtkWidget *question;

  sweep_dialog (self, "import: questions left open", NULL);
  if (cc_import_wizard_get_step (wizard) != CC_WIZARD_VALUES)
    return;
  cc_import_wizard_go_on (wizard);
  sweep_keys_settle (self->window);
  question = sweep_get_front (self);
  if (ADW_IS_MESSAGE_DIALOG (question))
    {
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "leave");
      gtk_window_destroy (GTK_WINDOW (question));
    }
  sweep_keys_settle (self->window);
}

static gboolean
go_on (Sweep *self, CcImportWizard *wizard, CcImportDraft *draft, const char *what)
{
  const CcWizardStep step = cc_import_wizard_get_step (wizard);
  GtkWidget         *obstacle;

  app_test_wait (step == CC_WIZARD_SUMMARY ? draft_is_tried : draft_is_idle, draft);
  sweep_keys_settle (self->window);
  sweep_view (self, what);
  if (step == CC_WIZARD_COLUMNS)
    sweep_chooser (self, "import: the meaning of a column");
  else if (step == CC_WIZARD_VALUES)
    sweep_chooser (self, "import: the meaning of a value");
  cc_import_wizard_go_on (wizard);
  if (step == CC_WIZARD_VALUES)
    {
      sweep_keys_settle (self->window);
      leave_open (self, wizard);
    }
  app_test_wait (step == CC_WIZARD_SUMMARY ? draft_is_done : draft_is_idle, draft);
  sweep_keys_settle (self->window);
  if (cc_import_wizard_get_step (wizard) == step + 1)
    return TRUE;
  obstacle = sweep_find (self, "GtkLabel", "obstacle");
  sweep_fail (self, what,
              obstacle != NULL ? gtk_label_get_label (GTK_LABEL (obstacle))
                               : "the next step does not come");
  return FALSE;
}

/* A file from somebody of whom the case file knows nothing: all the steps. */
static void
walk (Sweep *self, GtkWidget *page)
{
  static const char *const steps[] = { "import: the sender", "import: the table",
                                       "import: the columns", "import: the values",
                                       "import: the summary" };
  g_autofree char         *path = write_sheet (self);
  CcImportDraft           *draft = add_file (page, path);
  CcImportWizard          *wizard;

  open_row (self, page, path);
  sweep_view (self, "import: a sender that must be said");
  wizard = CC_IMPORT_WIZARD (app_test_find (page, CC_TYPE_IMPORT_WIZARD, NULL));
  cc_import_draft_set_period (draft, cc_interval_year (2023));
  cc_import_draft_set_newcomer (draft, "Nobody", draft->guess->new_type);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!go_on (self, wizard, draft, steps[i]))
      return;
  sweep_view (self, "import: the result");
}

/* A file in the queue, the page of an agency that is known, and the steps. */
void
sweep_import (Sweep *self)
{
  g_autofree char *path = g_build_filename (self->demo, "agencies", "police.xlsx", NULL);
  g_autofree char *population = g_build_filename (self->demo, "agencies", "population.csv", NULL);
  GtkWidget       *page = sweep_find (self, "CcImportPage", NULL);

  (void) add_file (page, path);
  sweep_view (self, "import: queue");
  open_row (self, page, path);
  sweep_view (self, "import: a known agency");
  sweep_keys_press ("alt+Left");
  sweep_keys_settle (self->window);
  (void) add_file (page, population);
  open_row (self, page, population);
  sweep_view (self, "import: figures of the population");
  sweep_keys_press ("alt+Left");
  sweep_keys_settle (self->window);
  walk (self, page);
}
