/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-walk.h"

#include "import/cc-import-chooser.h"
#include "import/cc-import-page.h"
#include "import/cc-import-queue-row.h"

void
import_walk_set_up (PageTest *self, gconstpointer data)
{
  const CaseParams params = { .n_victims = 0 };

  page_test_set_up (self, CC_TYPE_IMPORT_PAGE, data != NULL ? data : &params);
}

CcImportWizard *
import_walk_get_wizard (PageTest *self)
{
  return CC_IMPORT_WIZARD (app_test_find (GTK_WIDGET (self->page), CC_TYPE_IMPORT_WIZARD, NULL));
}

static CcImportDraft *
get_draft (PageTest *self)
{
  return cc_import_wizard_get_draft (import_walk_get_wizard (self));
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

static gboolean
is_settled (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return !draft->busy && (draft->state == CC_DRAFT_READY || draft->state == CC_DRAFT_FAILED);
}

CcImportDraft *
import_walk_add_path (PageTest *self, const char *path)
{
  GtkWidget     *row;
  CcImportDraft *draft;

  cc_import_page_add_file (CC_IMPORT_PAGE (self->page), path);
  row = find_row (GTK_WIDGET (self->page), path);
  g_assert_nonnull (row);
  draft = cc_import_queue_row_get_draft (CC_IMPORT_QUEUE_ROW (row));
  app_test_wait (is_settled, draft);
  return draft;
}

CcImportDraft *
import_walk_add (PageTest *self, const char *name, const char *text)
{
  g_autofree char *path = app_test_path (&self->base, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return import_walk_add_path (self, path);
}

void
import_walk_open (PageTest *self, CcImportDraft *draft)
{
  GtkWidget *row = find_row (GTK_WIDGET (self->page), draft->path);

  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  g_assert_true (get_draft (self) == draft);
}

static gboolean
is_free (gpointer user_data)
{
  CcImportDraft *draft = get_draft (user_data);

  return draft != NULL && !draft->busy;
}

static gboolean
is_tried (gpointer user_data)
{
  return is_free (user_data) && get_draft (user_data)->result != NULL;
}

void
import_walk_wait_tried (PageTest *self)
{
  app_test_wait (is_tried, self);
}

void
import_walk_press (PageTest *self)
{
  app_test_wait (is_free, self);
  cc_import_wizard_go_on (import_walk_get_wizard (self));
  app_test_wait (is_free, self);
}

typedef struct
{
  PageTest    *test;
  CcWizardStep step;
} StepWait;

static gboolean
is_at_step (gpointer user_data)
{
  StepWait *wait = user_data;

  return cc_import_wizard_get_step (import_walk_get_wizard (wait->test)) == wait->step
         && is_free (wait->test);
}

void
import_walk_wait_step (PageTest *self, CcWizardStep step)
{
  StepWait wait = { self, step };

  app_test_wait (is_at_step, &wait);
}

void
import_walk_to (PageTest *self, CcImportDraft *draft, CcWizardStep step)
{
  app_test_wait (is_free, self);
  if (cc_import_draft_get_entity (draft) == NULL)
    cc_import_draft_set_entity (draft, "police");
  app_test_wait (is_free, self);
  cc_import_draft_set_period (draft, cc_interval_year (2023));
  while (cc_import_wizard_get_step (import_walk_get_wizard (self)) < step)
    {
      const CcWizardStep before = cc_import_wizard_get_step (import_walk_get_wizard (self));

      import_walk_press (self);
      g_assert_cmpint (cc_import_wizard_get_step (import_walk_get_wizard (self)), ==, before + 1);
    }
}

CcImportLineList *
import_walk_find_list (PageTest *self, const char *step)
{
  GtkWidget *view = app_test_find (GTK_WIDGET (self->page), g_type_from_name (step), NULL);

  return CC_IMPORT_LINE_LIST (app_test_find (view, CC_TYPE_IMPORT_LINE_LIST, NULL));
}

CcImportLine *
import_walk_find_line (CcImportLineList *list, CcLineKind kind, const char *theirs)
{
  GListModel *lines = G_LIST_MODEL (cc_import_line_list_get_lines (list));

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (CcImportLine) line = g_list_model_get_item (lines, i);

      if (line->kind == kind && g_str_equal (line->theirs, theirs))
        return line;
    }
  return NULL;
}

void
import_walk_choose (const char *typed)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkWidget *search;

      if (!CC_IS_IMPORT_CHOOSER (window))
        continue;
      search = app_test_find (window, GTK_TYPE_SEARCH_ENTRY, NULL);
      gtk_editable_set_text (GTK_EDITABLE (search), typed);
      g_signal_emit_by_name (search, "activate");
      return;
    }
  g_assert_not_reached ();
}
