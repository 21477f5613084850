/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-test.h"

#include "case-fixture.h"
#include "editor/cc-editor-texts.h"

#include <string.h>
#include <cc/store/cc-history.h>

static void
on_saved_cb (EditorTest *self, gint64 record)
{
  self->saved = record;
  self->n_saved++;
}

static void
on_closed_cb (EditorTest *self)
{
  self->n_closed++;
}

void
editor_test_set_up (EditorTest *self, gconstpointer data)
{
  const CaseParams params = { .n_victims = 6 };
  GError          *error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcTexts) texts = cc_texts_load_default (&error);
  CcCaseFile *file;

  app_test_set_up (&self->base, NULL);
  path = app_test_path (&self->base, "case.casecount");
  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  self->session = cc_session_new (file, texts);
  self->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (self->window, 1000, 700);
  self->editor = CC_CASE_EDITOR (cc_case_editor_new ());
  g_signal_connect_swapped (self->editor, "saved", G_CALLBACK (on_saved_cb), self);
  g_signal_connect_swapped (self->editor, "closed", G_CALLBACK (on_closed_cb), self);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->editor));
  gtk_window_present (self->window);
}

void
editor_test_tear_down (EditorTest *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  g_clear_pointer (&self->session, cc_session_unref);
  app_test_tear_down (&self->base, NULL);
}

static gboolean
is_shown (gpointer user_data)
{
  return ((EditorTest *) user_data)->editor->unit != NULL;
}

gboolean
editor_test_is_saved (gpointer user_data)
{
  EditorTest *self = user_data;

  return self->n_saved > 0 && !self->editor->saving
         && (self->editor->unit != NULL || self->n_closed > 0);
}

void
editor_test_start (EditorTest *self, const char *unit)
{
  cc_case_editor_start (self->editor, self->session, unit);
  app_test_wait (is_shown, self);
}

void
editor_test_load (EditorTest *self, gint64 record)
{
  cc_case_editor_load (self->editor, self->session, record);
  app_test_wait (is_shown, self);
}

CcFieldRow *
editor_test_row (EditorTest *self, const char *variable)
{
  CcFieldRow *found = cc_unit_form_find_row (self->editor->form, variable);

  g_assert_nonnull (found);
  return found;
}

GtkWidget *
editor_test_text (EditorTest *self, const char *variable)
{
  return app_test_find (GTK_WIDGET (editor_test_row (self, variable)), GTK_TYPE_TEXT, NULL);
}

/* A text that comes from elsewhere, and leaves the keys where they are. */
void
editor_test_put (EditorTest *self, const char *variable, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (editor_test_text (self, variable)), text);
}

void
editor_test_type (EditorTest *self, const char *variable, const char *text)
{
  gtk_widget_grab_focus (editor_test_text (self, variable));
  editor_test_put (self, variable, text);
  app_test_settle ();
}

CcCodeEntry *
editor_test_code_entry (EditorTest *self, const char *variable)
{
  return CC_CODE_ENTRY (
      app_test_find (GTK_WIDGET (editor_test_row (self, variable)), CC_TYPE_CODE_ENTRY, NULL));
}

/* Types and takes the first line of the list, as Enter does. */
void
editor_test_choose (EditorTest *self, const char *variable, const char *text)
{
  CcCodeEntry *entry = editor_test_code_entry (self, variable);

  gtk_widget_grab_focus (GTK_WIDGET (entry));
  cc_code_entry_type (entry, text);
  g_assert_true (cc_code_entry_is_open (entry));
  g_assert_true (cc_code_entry_press (entry, GDK_KEY_Return));
  g_assert_false (cc_code_entry_is_open (entry));
  app_test_settle ();
}

void
editor_test_tick (EditorTest *self, const char *variable, const char *label)
{
  GtkWidget *button =
      app_test_find (GTK_WIDGET (editor_test_row (self, variable)), GTK_TYPE_CHECK_BUTTON, label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
}

void
editor_test_go_to (EditorTest *self, const char *abbr)
{
  g_autoptr (GPtrArray) list = cc_case_draft_list (self->editor->draft);

  for (guint i = 0; i < list->len; i++)
    if (strcmp (((CcDraftUnit *) list->pdata[i])->record->unit->abbr, abbr) == 0)
      {
        cc_case_editor_show_unit (self->editor, list->pdata[i], FALSE);
        return;
      }
  g_assert_not_reached ();
}

void
editor_test_act (EditorTest *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->editor), action, NULL));
}

void
editor_test_save (EditorTest *self)
{
  self->n_saved = 0;
  editor_test_act (self, "editor.save");
  app_test_wait (editor_test_is_saved, self);
}

/* Returns: (nullable): the question on the screen */
GtkWidget *
editor_test_find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }
  return NULL;
}

CcRecord *
editor_test_stored (EditorTest *self, const char *abbr)
{
  GPtrArray *units = cc_case_draft_get_units (self->editor->draft);

  for (guint i = 0; i < units->len; i++)
    {
      CcDraftUnit *unit = units->pdata[i];

      if (strcmp (unit->record->unit->abbr, abbr) == 0)
        return unit->stored;
    }
  return NULL;
}

static char *
read_value (EditorTest *self, const char *abbr, const char *variable)
{
  CcRecord *record = editor_test_stored (self, abbr);
  CcValue  *value = record != NULL ? cc_record_find (record, variable) : NULL;

  return value != NULL ? cc_editor_write_value (self->session, value) : NULL;
}

void
editor_test_assert_value (EditorTest *self,
                          const char *abbr,
                          const char *variable,
                          const char *expected)
{
  g_autofree char *text = read_value (self, abbr, variable);

  g_test_message ("%s", variable);
  g_assert_cmpstr (text, ==, expected);
}

gint64
editor_test_get_last (EditorTest *self)
{
  CcConnection *connection =
      cc_case_file_acquire_reader (cc_session_get_file (self->session), NULL);
  gint64 seq = cc_history_get_last (connection, NULL);

  cc_case_file_release_reader (cc_session_get_file (self->session), connection);
  return seq;
}
