/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"

#include "cc-settings.h"
#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <glib/gstdio.h>

#include <cc/base/cc-error.h>

/* Errors, toasts and long work as every page shows them. */

typedef struct
{
  AppTest    base;
  GtkWidget *window;
  GtkWidget *label;
  gboolean   done;
  gpointer   result;
  GError    *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  fixture->window = g_object_ref_sink (adw_application_window_new (NULL));
  /* A toast needs more room than the label. */
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 400);
  fixture->label = gtk_label_new ("page");
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (fixture->window),
                                      adw_toast_overlay_new ());
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (adw_application_window_get_content (
                                   ADW_APPLICATION_WINDOW (fixture->window))),
                               fixture->label);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  g_clear_error (&fixture->error);
  app_test_tear_down (&fixture->base, data);
}

static GtkWindow *
find_other_window (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GTK_WIDGET (window) != fixture->window
          && gtk_window_get_transient_for (window) == GTK_WINDOW (fixture->window))
        return window;
    }
  return NULL;
}

static gboolean
has_other_window (gpointer user_data)
{
  return find_other_window (user_data) != NULL;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Fixture *) user_data)->done;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = cc_job_run_finish (result, &fixture->error);
  fixture->done = TRUE;
  g_assert_null (find_other_window (fixture));
}

static gpointer
work_shortly (CcProgress *progress, gpointer data, GError **error)
{
  cc_progress_begin (progress, "progress.read", 10);
  return GINT_TO_POINTER (cc_progress_update (progress, 10, error));
}

/* Counts until somebody cancels. */
static gpointer
work_for_ever (CcProgress *progress, gpointer data, GError **error)
{
  cc_progress_begin (progress, "progress.read", 5000000);
  for (guint64 i = 0; i < 5000000; i++)
    {
      if (!cc_progress_update (progress, i, error))
        return NULL;
      g_usleep (500);
    }
  return data;
}

static void
test_short_job (Fixture *fixture, gconstpointer data)
{
  cc_job_run_async (fixture->label, "Reading", work_shortly, NULL, NULL, NULL, on_done, fixture);
  g_assert_cmpuint (cc_job_get_n_running (), ==, 1);
  app_test_wait (is_done, fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (GPOINTER_TO_INT (fixture->result), ==, TRUE);
  g_assert_cmpuint (cc_job_get_n_running (), ==, 0);
}

static gboolean
counts (gpointer user_data)
{
  GtkWidget *label =
      app_test_find (GTK_WIDGET (find_other_window (user_data)), GTK_TYPE_LABEL, "Reading rows");

  return label != NULL;
}

/* The sheet shows the phase, and its button ends the work. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  cc_job_run_async (fixture->label, "Importing", work_for_ever, NULL, NULL, NULL, on_done, fixture);
  g_assert_false (has_other_window (fixture));
  app_test_wait (has_other_window, fixture);
  app_test_wait (counts, fixture);
  g_assert_nonnull (
      app_test_find (GTK_WIDGET (find_other_window (fixture)), GTK_TYPE_LABEL, "Importing"));
  button = app_test_find (GTK_WIDGET (find_other_window (fixture)), GTK_TYPE_BUTTON, "_Cancel");
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_sensitive (button));
  app_test_wait (is_done, fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* One Escape, perhaps by chance, asks; the second is meant. */
static void
test_escape (Fixture *fixture, gconstpointer data)
{
  const char *hint = "Press Escape once more to cancel.";
  GtkWindow  *sheet;

  cc_job_run_async (fixture->label, "Importing", work_for_ever, NULL, NULL, NULL, on_done, fixture);
  app_test_wait (has_other_window, fixture);
  sheet = find_other_window (fixture);
  g_assert_null (app_test_find (GTK_WIDGET (sheet), GTK_TYPE_LABEL, hint));
  gtk_window_close (sheet);
  g_assert_nonnull (app_test_find (GTK_WIDGET (sheet), GTK_TYPE_LABEL, hint));
  g_assert_true (
      gtk_widget_get_sensitive (app_test_find (GTK_WIDGET (sheet), GTK_TYPE_BUTTON, "_Cancel")));
  gtk_window_close (sheet);
  g_assert_false (
      gtk_widget_get_sensitive (app_test_find (GTK_WIDGET (sheet), GTK_TYPE_BUTTON, "_Cancel")));
  app_test_wait (is_done, fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The window goes while the work runs: nobody is left to tell, and nothing breaks. */
static void
test_window_gone (Fixture *fixture, gconstpointer data)
{
  GtkWindow *sheet;

  cc_job_run_async (fixture->label, "Importing", work_for_ever, NULL, NULL, NULL, on_done, fixture);
  app_test_wait (has_other_window, fixture);
  sheet = find_other_window (fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  gtk_window_close (sheet);
  app_test_wait (is_done, fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error =
      g_error_new_literal (CC_ERROR, CC_ERROR_NO_SPACE, "The disk is full. Nothing was changed.");
  g_autoptr (GError) system =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No space left on device");
  g_autofree char *text = cc_describe_error (error);
  g_autofree char *advice = cc_describe_error (system);

  g_assert_cmpstr (text, ==, error->message);
  g_assert_nonnull (strstr (advice, "Free some space"));
  g_assert_nonnull (strstr (advice, "No space left on device"));
  cc_present_error (fixture->label, "The Case Could Not Be Saved", error);
  app_test_wait (has_other_window, fixture);
  g_assert_cmpstr (adw_message_dialog_get_heading (
                       ADW_MESSAGE_DIALOG (find_other_window (fixture))),
                   ==, "The Case Could Not Be Saved");
  gtk_window_destroy (find_other_window (fixture));
}

static void
test_cancelled_is_no_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  cc_present_error (fixture->label, "The Case Could Not Be Saved", error);
  app_test_settle ();
  g_assert_null (find_other_window (fixture));
}

static gboolean
has_undo (gpointer user_data)
{
  return app_test_find (((Fixture *) user_data)->window, GTK_TYPE_BUTTON, "_Undo") != NULL;
}

/* The button of the toast names the act that it takes back; what was typed is no markup. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;
  g_autoptr (GVariant) target = NULL;

  cc_present_undo (fixture->label, "“Awa & <Co>” was removed", 12);
  app_test_wait (has_undo, fixture);
  button = app_test_find (fixture->window, GTK_TYPE_BUTTON, "_Undo");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.undo-act");
  target = g_variant_ref (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button)));
  g_assert_cmpint (g_variant_get_int64 (target), ==, 12);
  g_assert_nonnull (
      app_test_find (fixture->window, GTK_TYPE_LABEL, "“Awa &amp; &lt;Co&gt;” was removed"));
}

static gboolean
shows_last (gpointer user_data)
{
  return app_test_find (((Fixture *) user_data)->window, GTK_TYPE_LABEL, "Decision 40") != NULL;
}

static guint
count_toasts (Fixture *fixture)
{
  GtkWidget *overlay =
      adw_application_window_get_content (ADW_APPLICATION_WINDOW (fixture->window));
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (overlay); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += child != fixture->label;
  return n;
}

static gboolean
one_left (gpointer user_data)
{
  return count_toasts (user_data) == 1;
}

static gboolean
none_left (gpointer user_data)
{
  return count_toasts (user_data) == 0;
}

/* What was taken back otherwise is offered no more, long before its time is over; what only tells
 * something stays. */
static void
test_withdrawn_undo (Fixture *fixture, gconstpointer data)
{
  gint64 began;

  cc_present_undo (fixture->label, "The record was deleted.", 12);
  app_test_wait (has_undo, fixture);
  began = g_get_monotonic_time ();
  cc_present_withdraw_undo (fixture->label);
  app_test_wait (none_left, fixture);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 4 * G_TIME_SPAN_SECOND);
  cc_present_withdraw_undo (fixture->label);
  cc_present_notice (fixture->label, "No backup was made.");
  cc_present_withdraw_undo (fixture->label);
  app_test_settle ();
  g_assert_cmpuint (count_toasts (fixture), ==, 1);
}

/* Whoever decides quickly sends toasts away while they move: the last word stays, alone. */
static void
test_quick_toasts (Fixture *fixture, gconstpointer data)
{
  gboolean animated;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &animated, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  for (guint i = 1; i <= 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("Decision %u", i);
      /* Sent away on arrival, in the middle of it and after it. */
      const gint64 until = g_get_monotonic_time () + 1000 * (i % 3 == 0 ? 450 : 15 * (i % 11));

      cc_present_undo (fixture->label, text, i);
      while (g_get_monotonic_time () < until)
        g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (count_toasts (fixture), <=, 2);
    }
  app_test_wait (shows_last, fixture);
  app_test_wait (one_left, fixture);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", animated, NULL);
}

/* The same where the computer is busy with something else: both movements of a toast then end in
 * one frame, and its overlay would use it after it is freed. */
static void
test_late_frames (Fixture *fixture, gconstpointer data)
{
  gboolean animated;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &animated, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  for (guint i = 1; i <= 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("Decision %u", i);
      const gint64     until = g_get_monotonic_time () + 1000 * 20 * (i % 4);

      cc_present_undo (fixture->label, text, i);
      while (g_get_monotonic_time () < until)
        g_main_context_iteration (NULL, FALSE);
      if (i % 4 == 0)
        g_usleep (700 * 1000);
    }
  app_test_wait (shows_last, fixture);
  app_test_wait (one_left, fixture);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", animated, NULL);
}

static GtkWidget *
find_toast (Fixture *fixture)
{
  GtkWidget *overlay = gtk_widget_get_parent (fixture->label);
  GtkWidget *child = gtk_widget_get_first_child (overlay);

  while (child != NULL && child == fixture->label)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static gboolean
can_be_touched (gpointer user_data)
{
  GtkWidget *toast = find_toast (user_data);

  return toast != NULL && gtk_widget_get_can_target (toast) && gtk_widget_get_can_focus (toast);
}

/* Neither Escape nor a click reaches a toast that still arrives: libadwaita 1.2 would use it after
 * it is freed where the next frame comes late. */
static void
test_untouched_arrival (Fixture *fixture, gconstpointer data)
{
  gboolean animated;
  gint64   began;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &animated, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  for (guint i = 0; i < 3; i++)
    {
      app_test_settle ();
      began = g_get_monotonic_time ();
      cc_present_undo (fixture->label, "The record was deleted.", i);
      if (i == 0)
        {
          g_assert_false (can_be_touched (fixture));
          g_assert_false (gtk_widget_child_focus (find_toast (fixture), GTK_DIR_TAB_FORWARD));
        }
      /* Work that holds up the frames. */
      g_usleep (1000 * 200 * i);
      app_test_wait (can_be_touched, fixture);
      g_assert_true (i > 0 || g_get_monotonic_time () - began >= 300 * 1000);
    }
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", animated, NULL);
}

/* ---- dialogs for files ---- */

static gboolean
is_shown (gpointer user_data)
{
  return gtk_native_dialog_get_visible (user_data);
}

static GtkFileChooserNative *
create_chooser (Fixture *fixture, GtkFileChooserAction action)
{
  return gtk_file_chooser_native_new ("Choose", GTK_WINDOW (fixture->window), action, NULL, NULL);
}

static void
assert_folder (CcChooserUse use, const char *path)
{
  g_autoptr (GFile) folder = cc_chooser_get_folder (use);
  g_autofree char *is = folder != NULL ? g_file_get_path (folder) : NULL;

  g_assert_cmpstr (is, ==, path);
}

/* Of what is chosen only the folder is kept, for each use by itself. */
static void
test_remember_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("choose-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "police list.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GFile) far = g_file_new_for_uri ("sftp://example.org/lists/police.csv");
  g_autoptr (GVariant) value = NULL;
  g_autofree char *lent = g_build_filename (g_get_user_runtime_dir (), "doc", "1a", "x.csv", NULL);
  g_autoptr (GFile) borrowed = g_file_new_for_path (lent);

  g_settings_reset (cc_settings_get (), "chooser-folders");
  assert_folder (CC_CHOOSER_IMPORT, NULL);
  cc_chooser_remember (CC_CHOOSER_IMPORT, file, FALSE);
  assert_folder (CC_CHOOSER_IMPORT, folder);
  assert_folder (CC_CHOOSER_EXPORT, NULL);
  cc_chooser_remember (CC_CHOOSER_EXPORT, place, TRUE);
  assert_folder (CC_CHOOSER_EXPORT, folder);
  assert_folder (CC_CHOOSER_BACKUPS, NULL);
  /* Neither another computer nor what a sandbox lends is a folder to come back to. */
  cc_chooser_remember (CC_CHOOSER_BACKUPS, far, FALSE);
  cc_chooser_remember (CC_CHOOSER_BACKUPS, borrowed, FALSE);
  assert_folder (CC_CHOOSER_BACKUPS, NULL);
  value = g_settings_get_value (cc_settings_get (), "chooser-folders");
  text = g_variant_print (value, FALSE);
  g_assert_null (strstr (text, "police"));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static gboolean
is_in_folder (gpointer user_data)
{
  g_autoptr (GFile) shown = gtk_file_chooser_get_current_folder (user_data);
  g_autoptr (GFile) place = cc_chooser_get_folder (CC_CHOOSER_IMPORT);

  return shown != NULL && g_file_equal (shown, place);
}

/* A dialog begins where the last one of its use ended. */
static void
test_open_in_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("choose-XXXXXX", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GtkFileChooserNative) first =
      create_chooser (fixture, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
  g_autoptr (GtkFileChooserNative) second = create_chooser (fixture, GTK_FILE_CHOOSER_ACTION_OPEN);

  g_settings_reset (cc_settings_get (), "chooser-folders");
  g_assert_true (gtk_file_chooser_set_file (GTK_FILE_CHOOSER (first), place, NULL));
  cc_chooser_show (first, CC_CHOOSER_IMPORT);
  app_test_wait (is_shown, first);
  g_signal_emit_by_name (first, "response", GTK_RESPONSE_CANCEL);
  assert_folder (CC_CHOOSER_IMPORT, NULL);
  cc_chooser_remember (CC_CHOOSER_IMPORT, place, TRUE);
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (first));
  cc_chooser_show (second, CC_CHOOSER_IMPORT);
  app_test_wait (is_shown, second);
  app_test_wait (is_in_folder, second);
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (second));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A folder that is gone is not gone to, and a page that is gone asks for nothing. */
static void
test_folder_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("choose-XXXXXX", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GtkFileChooserNative) chooser = create_chooser (fixture, GTK_FILE_CHOOSER_ACTION_OPEN);
  GtkFileChooserNative *left = create_chooser (fixture, GTK_FILE_CHOOSER_ACTION_OPEN);
  g_autoptr (GFile) shown = NULL;

  cc_chooser_remember (CC_CHOOSER_IMPORT, place, TRUE);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  cc_chooser_show (left, CC_CHOOSER_IMPORT);
  g_assert_finalize_object (left);
  cc_chooser_show (chooser, CC_CHOOSER_IMPORT);
  app_test_wait (is_shown, chooser);
  shown = gtk_file_chooser_get_current_folder (GTK_FILE_CHOOSER (chooser));
  g_assert_true (shown == NULL || !g_file_equal (shown, place));
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
}

/* ---- windows that are gone ---- */

static gboolean
is_complaining (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_later (gpointer user_data)
{
  return g_get_monotonic_time () > *(gint64 *) user_data;
}

/* GTK would say in a dialog that the folder of a dialog that is hidden meanwhile could not be
 * listed. */
static void
test_hidden_while_listing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkFileChooserNative) chooser = create_chooser (fixture, GTK_FILE_CHOOSER_ACTION_OPEN);
  g_autoptr (GFile) place = g_file_new_for_path (g_get_tmp_dir ());
  gint64 later;

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
  app_test_wait (is_shown, chooser);
  g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), place, NULL));
  gtk_native_dialog_hide (GTK_NATIVE_DIALOG (chooser));
  if (GPOINTER_TO_INT (data))
    g_clear_object (&chooser);
  later = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;
  app_test_wait (is_later, &later);
  g_assert_false (is_complaining ());
}

/* The window manager may still ask for the size of a window that is gone. */
static void
test_surface_left (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = gtk_window_new ();
  g_autoptr (GdkSurface) surface = NULL;

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (fixture->window));
  gtk_window_present (GTK_WINDOW (dialog));
  surface = g_object_ref (gtk_native_get_surface (GTK_NATIVE (dialog)));
  app_test_settle ();
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpuint (g_signal_handler_find (surface, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, dialog),
                    ==, 0);
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/app/present/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("short-job", test_short_job);
  ADD ("cancel", test_cancel);
  ADD ("escape", test_escape);
  ADD ("window-gone", test_window_gone);
  ADD ("error", test_error);
  ADD ("cancelled", test_cancelled_is_no_error);
  ADD ("undo", test_undo);
  ADD ("withdrawn-undo", test_withdrawn_undo);
  ADD ("quick-toasts", test_quick_toasts);
  ADD ("late-frames", test_late_frames);
  ADD ("untouched-arrival", test_untouched_arrival);
  ADD ("remember-folder", test_remember_folder);
  ADD ("open-in-folder", test_open_in_folder);
  ADD ("folder-gone", test_folder_gone);
  ADD ("hidden-while-listing", test_hidden_while_listing);
  g_test_add ("/app/present/gone-while-listing", Fixture, GINT_TO_POINTER (TRUE), set_up,
              test_hidden_while_listing, tear_down);
  ADD ("surface-left", test_surface_left);
#undef ADD
  return g_test_run ();
}
