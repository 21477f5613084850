/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-test.h"

static void
test_close (EditorTest *self, gconstpointer data)
{
  editor_test_start (self, "VI");
  cc_case_editor_request_close (self->editor);
  g_assert_cmpuint (self->n_closed, ==, 1);
  editor_test_start (self, "VI");
  editor_test_type (self, "X_VI_ID_FAMILY", "Diallo");
  cc_case_editor_request_close (self->editor);
  g_assert_cmpuint (self->n_closed, ==, 1);
  g_assert_true (cc_case_editor_is_dirty (self->editor));
}

static gboolean
is_closed (gpointer user_data)
{
  return ((EditorTest *) user_data)->n_closed > 0;
}

/* Whoever goes back while the case is being stored is asked nothing, and is not held back. */
static void
test_close_saving (EditorTest *self, gconstpointer data)
{
  const gint64 before = editor_test_get_last (self);
  guint        n_windows;

  editor_test_start (self, "VI");
  editor_test_type (self, "X_VI_ID_FAMILY", "Diallo");
  n_windows = g_list_model_get_n_items (gtk_window_get_toplevels ());
  editor_test_act (self, "editor.save");
  g_assert_true (self->editor->saving);
  cc_case_editor_request_close (self->editor);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n_windows);
  app_test_wait (is_closed, self);
  g_assert_cmpuint (self->n_closed, ==, 1);
  g_assert_cmpint (editor_test_get_last (self), ==, before + 1);
}

static gboolean
is_kept (gpointer user_data)
{
  EditorTest *self = user_data;

  return cc_case_editor_get_kept (self->editor) != CC_KEPT_BUSY && self->editor->unit != NULL
         && !self->editor->saving;
}

/* When the file locks itself, what can be stored is, and the rest is told of. */
static void
test_keep (EditorTest *self, gconstpointer data)
{
  const gint64 before = editor_test_get_last (self);

  editor_test_start (self, "VI");
  cc_case_editor_keep (self->editor);
  g_assert_cmpint (cc_case_editor_get_kept (self->editor), ==, CC_KEPT_NOTHING);

  editor_test_type (self, "VI05", "no day");
  g_assert_true (cc_case_editor_is_dirty (self->editor));
  cc_case_editor_keep (self->editor);
  g_assert_cmpint (cc_case_editor_get_kept (self->editor), ==, CC_KEPT_NONE);
  g_assert_cmpint (editor_test_get_last (self), ==, before);

  editor_test_type (self, "X_VI_ID_FAMILY", "Diallo");
  cc_case_editor_keep (self->editor);
  g_assert_cmpint (cc_case_editor_get_kept (self->editor), ==, CC_KEPT_BUSY);
  app_test_wait (is_kept, self);
  g_assert_cmpint (cc_case_editor_get_kept (self->editor), ==, CC_KEPT_PARTLY);
  g_assert_cmpint (editor_test_get_last (self), ==, before + 1);

  editor_test_load (self, self->saved);
  editor_test_assert_value (self, "VI", "X_VI_ID_FAMILY", "Diallo");
  editor_test_type (self, "X_VI_ID_GIVEN", "Awa");
  cc_case_editor_keep (self->editor);
  app_test_wait (is_kept, self);
  g_assert_cmpint (cc_case_editor_get_kept (self->editor), ==, CC_KEPT_ALL);
  editor_test_load (self, self->saved);
  editor_test_assert_value (self, "VI", "X_VI_ID_GIVEN", "Awa");
}

/* Nobody reads the case behind the question of who locks the file. */
static void
test_cover (EditorTest *self, gconstpointer data)
{
  GtkWidget *stack = GTK_WIDGET (self->editor->stack);
  GtkWidget *dialog;

  editor_test_start (self, "VI");
  editor_test_type (self, "X_VI_ID_FAMILY", "Diallo");
  for (guint i = 0; i < 2; i++)
    {
      cc_case_editor_cover (self->editor, TRUE);
      cc_case_editor_request_close (self->editor);
      g_assert_cmpfloat (gtk_widget_get_opacity (stack), ==, 0);
      g_assert_true (gtk_widget_get_visible (self->editor->covered));
      dialog = editor_test_find_dialog ();
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), i == 0 ? "keep" : "discard");
      app_test_settle ();
      if (i == 0)
        g_assert_cmpfloat (gtk_widget_get_opacity (stack), ==, 1);
    }
  editor_test_start (self, "VI");
  g_assert_cmpfloat (gtk_widget_get_opacity (stack), ==, 1);
  g_assert_false (gtk_widget_get_visible (self->editor->covered));
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/app/editor/" name, EditorTest, NULL, editor_test_set_up, func,                     \
              editor_test_tear_down)
  app_test_init (&argc, &argv);
  ADD ("close", test_close);
  ADD ("close-saving", test_close_saving);
  ADD ("keep", test_keep);
  ADD ("cover", test_cover);
  return g_test_run ();
}
