/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-error-presenter.h"

#include "cc-language.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <cc/base/cc-error.h>

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
    N_ ("The file is damaged. It was left as it is. Bring back the newest backup "
        "under another name, and keep the damaged file until you have compared.") },
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

/**
 * near: any widget of the window that the dialog belongs to
 * error: borrowed
 */
void
cc_present_error (GtkWidget *near, const char *heading, const GError *error)
{
  g_autofree char *body = NULL;
  GtkRoot         *root;
  GtkWidget       *dialog;

  g_return_if_fail (GTK_IS_WIDGET (near) && error != NULL);
  root = gtk_widget_get_root (near);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !GTK_IS_WINDOW (root))
    return;
  body = cc_describe_error (error);
  dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}
