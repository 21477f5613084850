/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-dialogs.h"

#include "app-test.h"
#include "sweep-focus.h"
#include "sweep-keys.h"

#include "present/cc-error-presenter.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <adwaita.h>
#include <cc/base/cc-error.h>
#include <string.h>

/* ---- pages ---- */

static GtkWidget *
find_with_class (GtkWidget *root, const char *css_class)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (gtk_widget_has_css_class (root, css_class) && GTK_IS_BUTTON (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_with_class (child, css_class);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press_action (Sweep *self, const char *action, const char *what)
{
  GtkWidget *button = sweep_find_action (self, action);

  if (button == NULL)
    {
      sweep_fail (self, what, "nothing to press leads to it");
      return;
    }
  sweep_press (self, button);
  sweep_dialog (self, what, button);
}

/* The records behind a cell. */
void
sweep_figures (Sweep *self)
{
  GtkWidget *cell = find_with_class (self->window, "figure-cell");

  if (cell == NULL)
    {
      sweep_fail (self, "the records behind a cell", "there is no cell");
      return;
    }
  sweep_press (self, cell);
  sweep_dialog (self, "the records behind a cell", cell);
}

void
sweep_builder (Sweep *self)
{
  sweep_activate (self, "tables.build", NULL);
  sweep_keys_settle (sweep_get_front (self));
  sweep_dialog (self, "the table builder", NULL);
}

void
sweep_answer (Sweep *self)
{
  GtkWidget *sheet = sweep_find (self, "CcSheetView", NULL);

  gtk_widget_grab_focus (sheet);
  sweep_activate (self, "questionnaires.behind", NULL);
  sweep_keys_settle (sweep_get_front (self));
  sweep_dialog (self, "the records behind a cell of a questionnaire", NULL);
  gtk_widget_grab_focus (sheet);
  sweep_activate (self, "questionnaires.edit", NULL);
  sweep_keys_settle (self->window);
  sweep_popover (self, "typing into a cell", sweep_find (self, "CcCellPopover", NULL));
}

/* A text that is not saved yet is asked about. */
void
sweep_unsaved (Sweep *self)
{
  GtkWidget *field;

  sweep_codes (self);
  field = sweep_find (self, "CcFieldText", NULL);
  if (field == NULL || !gtk_widget_grab_focus (field))
    {
      sweep_fail (self, "an unsaved case", "there is no field for a text");
      return;
    }
  sweep_keys_press ("k");
  sweep_keys_press ("alt+Left");
  sweep_keys_settle (sweep_get_front (self));
  sweep_dialog (self, "the question about an unsaved case", field);
  sweep_keys_press ("alt+Left");
  sweep_keys_settle (sweep_get_front (self));
  if (ADW_IS_MESSAGE_DIALOG (sweep_get_front (self)))
    {
      GtkWidget *dialog = sweep_get_front (self);

      adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "discard");
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
  sweep_keys_settle (self->window);
}

void
sweep_agencies (Sweep *self)
{
  press_action (self, "agencies.add", "the dialog for a new agency");
}

/* What the agency sent as counts: the first of it. */
static void
sweep_sent (Sweep *self)
{
  GtkWidget *group = sweep_find (self, "AdwPreferencesGroup", "sent");
  GtkWidget *row = group != NULL ? app_test_find (group, ADW_TYPE_ACTION_ROW, NULL) : NULL;

  if (row == NULL)
    {
      sweep_fail (self, "the figures that were sent as counts", "there are none");
      return;
    }
  sweep_press (self, row);
  sweep_dialog (self, "the figures that were sent as counts", row);
}

void
sweep_agency (Sweep *self)
{
  sweep_activate (self, "agencies.nil", NULL);
  sweep_dialog (self, "the dialog for a nil return", NULL);
  sweep_activate (self, "agencies.expect", NULL);
  sweep_dialog (self, "the dialog for an expected return", NULL);
  sweep_sent (self);
}

void
sweep_act (Sweep *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "go",
                                  g_variant_new ("(ss)", "history", "act:3"));
  sweep_keys_settle (self->window);
  press_action (self, "history.undo", "the question before an act is taken back");
}

/* ---- what every page may present ---- */

static gpointer
wait_for_cancel (CcProgress *progress, gpointer data, GError **error)
{
  GCancellable *cancellable = cc_progress_get_cancellable (progress);

  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (10000);
  g_cancellable_set_error_if_cancelled (cancellable, error);
  return NULL;
}

static void
on_job_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) cc_job_run_finish (result, NULL);
}

static void
present (Sweep *self)
{
  g_autoptr (GError) error = g_error_new (CC_ERROR, CC_ERROR_FAILED, "Nothing was changed.");
  GtkWidget *focus = sweep_focus_get (self->window);

  cc_present_error (self->window, "The Case Could Not Be Saved", error);
  sweep_keys_settle (sweep_get_front (self));
  sweep_dialog (self, "an error", focus);
  cc_job_run_async (self->window, "Looking for Duplicates", wait_for_cancel, NULL, NULL, NULL,
                    on_job_done, NULL);
  g_usleep (500000);
  sweep_keys_settle (self->window);
  /* It asks to be pressed twice. */
  sweep_keys_press ("Escape");
  sweep_dialog (self, "a job on its way", focus);
  cc_present_undo (self->window, "The record was deleted.", 3);
  sweep_keys_settle (self->window);
  sweep_view (self, "a toast with a button");
}

void
sweep_windows (Sweep *self)
{
  static const struct
  {
    const char *key;
    const char *what;
  } windows[] = { { "F1", "the help" },
                  { "ctrl+F1", "the shortcuts" },
                  { "ctrl+comma", "the preferences" } };

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      GtkWidget *focus = sweep_focus_get (self->window);

      sweep_keys_press (windows[i].key);
      sweep_keys_settle (sweep_get_front (self));
      sweep_dialog (self, windows[i].what, focus);
    }
  sweep_preferences (self);
  sweep_activate (self, "app.about", NULL);
  sweep_keys_settle (sweep_get_front (self));
  sweep_dialog (self, "about the program", NULL);
  present (self);
}
