/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-error-presenter.h"

#include "cc-language.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <cc/base/cc-error.h>

#include <string.h>

/* What was kept and what to do, where the reason is one that the user can act on. */
static const struct
{
  CcError     code;
  const char *advice;
} by_reason[] = {
  { CC_ERROR_NO_SPACE,
    N_ ("The disk is full. The case file is as it was before. Free some space, then try again.") },
  { CC_ERROR_LOCKED, N_ ("The file is in use. Nothing was changed. Close the other window or "
                         "program that uses it, then try again.") },
  { CC_ERROR_READ_ONLY, N_ ("The file is opened for reading only, and nothing was changed. Save a "
                            "copy to a place where you may write, and work in the copy.") },
  { CC_ERROR_DAMAGED,
    N_ ("The file is damaged. It was left as it is. Have it repaired, or bring back the newest "
        "backup under another name, and keep the damaged file until you have compared.") },
  { CC_ERROR_FOREIGN_FORMAT,
    N_ ("The file is not of a kind that is read here. Nothing was changed. Choose another file, or "
        "save it anew from the program that made it.") },
  { CC_ERROR_NEWER_VERSION,
    N_ ("The file comes from a newer Casecount. It was left as it is. Install "
        "the newer version to use it.") },
  { CC_ERROR_WRONG_PASSPHRASE,
    N_ ("The passphrase does not fit. Nothing was changed. Try again; capital letters matter.") },
  { CC_ERROR_NOT_FOUND,
    N_ ("What was asked for is not there any more. Nothing was changed. Load the "
        "page again with F5.") },
  { CC_ERROR_EXISTS,
    N_ ("There is one of that name already. It was left as it is. Choose another name.") },
  { CC_ERROR_DENIED, N_ ("You may not read the file. It was not changed. Ask whoever it belongs to "
                         "for the right to read it.") },
  { CC_ERROR_BUSY, N_ ("Another program is working on the file. Nothing was changed. Wait until it "
                       "has finished, then try again.") },
  { CC_ERROR_UNFINISHED,
    N_ ("The file was not closed properly, and there it cannot be put in order. Nothing is lost. "
        "Bring in a copy, or open it for writing once.") },
  { CC_ERROR_NO_LOCKS, N_ ("Where the file lies, two programs could spoil it. It was not opened. "
                           "Bring in a copy and work in that.") },
  { CC_ERROR_LIMIT, N_ ("The file is larger than what is read here. Nothing was changed. Split it, "
                        "then try again.") },
};

static const char *
find_advice (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _ (by_reason[0].advice);
  for (guint i = 0; i < G_N_ELEMENTS (by_reason); i++)
    if (g_error_matches (error, CC_ERROR, by_reason[i].code))
      return _ (by_reason[i].advice);
  return _ ("Nothing was changed.");
}

/* The core explains in English, with the particulars; its sentences say what was kept and what to
 * do already. */
static gboolean
is_explained (const GError *error)
{
  return error->domain == CC_ERROR && g_str_equal (cc_language_get (), "en");
}

/**
 * Returns: (transfer full): the sentences, in the window's language as far as they exist in it
 */
char *
cc_describe_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  if (is_explained (error))
    return g_strdup (error->message);
  /* Translators: the first is what was kept and what to do, the second the particulars as the
   * program or the system reports them, perhaps in English. */
  return g_strdup_printf (_ ("%1$s\n\nIn detail: %2$s"), find_advice (error), error->message);
}

#define REPAIR_ACTION "repair-file"

/* Returns: (transfer none) (nullable): the window whose case file the error is about, where that
 *   file is damaged; other files are brought anew by whoever sent them */
static GtkWindow *
find_damaged (GtkWindow *window, const GError *error)
{
  if (!g_error_matches (error, CC_ERROR, CC_ERROR_DAMAGED))
    return NULL;
  for (; window != NULL; window = gtk_window_get_transient_for (window))
    {
      g_autoptr (GVariant) name = NULL;
      gboolean enabled;

      if (G_IS_ACTION_GROUP (window)
          && g_action_group_query_action (G_ACTION_GROUP (window), REPAIR_ACTION, &enabled, NULL,
                                          NULL, NULL, &name)
          && enabled && name != NULL && *g_variant_get_string (name, NULL) != '\0'
          && strstr (error->message, g_variant_get_string (name, NULL)) != NULL)
        return window;
    }
  return NULL;
}

static void
on_repair (GtkWindow *window)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), REPAIR_ACTION, NULL);
}

/* What was met in the middle of the work is repaired where the file is opened. */
static void
offer_repair (AdwMessageDialog *dialog, GtkWindow *window)
{
  adw_message_dialog_add_response (dialog, "repair", _ ("Close and _Repair…"));
  g_signal_connect_object (dialog, "response::repair", G_CALLBACK (on_repair), window,
                           G_CONNECT_SWAPPED);
}

/* What a dialog is about, on the dialog; that a part of the window goes, on that part. */
#define CAUSE_KEY "cc-error-cause"
#define GONE_KEY  "cc-error-gone"

/* The window that all windows of the case file stand over. */
static GtkWindow *
find_lowest (GtkWindow *window)
{
  while (gtk_window_get_transient_for (window) != NULL)
    window = gtk_window_get_transient_for (window);
  return window;
}

/* Returns: (transfer container) (element-type GtkWindow): the dialogs of errors over a window,
 * those over its dialogs among them; cause: (nullable): only those about this */
static GPtrArray *
list_dialogs (GtkWindow *lowest, const char *cause)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GPtrArray  *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      const char *about = g_object_get_data (G_OBJECT (window), CAUSE_KEY);

      if (about != NULL && gtk_widget_get_visible (GTK_WIDGET (window))
          && (cause == NULL || g_str_equal (about, cause)) && find_lowest (window) == lowest)
        g_ptr_array_add (found, g_steal_pointer (&window));
    }
  return found;
}

/* Whatever failed by damage of the file has one cause; other failures where they say the same. */
static char *
build_cause (GtkWindow *damaged, const char *heading, const char *body)
{
  return damaged != NULL ? g_strdup (REPAIR_ACTION) : g_strdup_printf ("%s\n%s", heading, body);
}

/* A dialog that tells the cause already tells no more by a second one over it. */
static gboolean
is_told (GtkWindow *window, const char *cause, const char *heading)
{
  g_autoptr (GPtrArray) dialogs = list_dialogs (find_lowest (window), cause);

  for (guint i = 0; i < dialogs->len; i++)
    {
      AdwMessageDialog *dialog = g_ptr_array_index (dialogs, i);

      if (!g_str_equal (adw_message_dialog_get_heading (dialog), heading))
        adw_message_dialog_set_heading (dialog, _ ("The Case File Is Damaged"));
    }
  return dialogs->len > 0;
}

static gboolean
is_gone (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (g_object_get_data (G_OBJECT (widget), GONE_KEY) != NULL)
      return TRUE;
  return FALSE;
}

void
cc_present_error (GtkWidget *near, const char *heading, const GError *error)
{
  g_autofree char *body = NULL;
  g_autofree char *cause = NULL;
  GtkRoot         *root;
  GtkWidget       *dialog;
  GtkWindow       *damaged;

  g_return_if_fail (GTK_IS_WIDGET (near) && error != NULL);
  root = gtk_widget_get_root (near);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !GTK_IS_WINDOW (root)
      || is_gone (near))
    return;
  body = cc_describe_error (error);
  damaged = find_damaged (GTK_WINDOW (root), error);
  cause = build_cause (damaged, heading, body);
  if (is_told (GTK_WINDOW (root), cause, heading))
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, body);
  g_object_set_data_full (G_OBJECT (dialog), CAUSE_KEY, g_steal_pointer (&cause), g_free);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  if (damaged != NULL)
    offer_repair (ADW_MESSAGE_DIALOG (dialog), damaged);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
cc_present_no_more_errors (GtkWidget *part)
{
  GtkRoot *root;
  g_autoptr (GPtrArray) dialogs = NULL;

  g_return_if_fail (GTK_IS_WIDGET (part));
  g_object_set_data (G_OBJECT (part), GONE_KEY, GINT_TO_POINTER (TRUE));
  root = gtk_widget_get_root (part);
  if (!GTK_IS_WINDOW (root))
    return;
  dialogs = list_dialogs (find_lowest (GTK_WINDOW (root)), NULL);
  for (guint i = 0; i < dialogs->len; i++)
    gtk_window_destroy (g_ptr_array_index (dialogs, i));
}
