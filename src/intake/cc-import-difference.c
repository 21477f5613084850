/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>
#include <cc/intake/cc-import.h>

typedef struct
{
  gint64        submission;
  gboolean      dry_run;
  guint         n_records;
  CcDifference *difference;
} Undo;

static gboolean
take_back (CcAct *act, gpointer data, GError **error)
{
  Undo *undo = data;

  if (!cc_act_watch (act, error)
      || !cc_act_withdraw_submission (act, undo->submission, &undo->n_records, error)
      || !(undo->difference = cc_act_end_watch (act, error)))
    return FALSE;
  if (!undo->dry_run)
    return TRUE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED, "Nothing was to be changed.");
  return FALSE;
}

/**
 * cc_import_difference:
 * @submission: a live delivery
 * @dry_run: only look, and leave the case file as it was
 * @n_records: (out) (nullable): how many records are withdrawn
 *
 * Takes a delivery back as a whole, as cc_import_undo () does.
 *
 * Returns: (transfer full): what is other then, or %NULL with an error
 */
CcDifference *
cc_import_difference (CcCaseFile   *file,
                      gint64        submission,
                      gboolean      dry_run,
                      gint64       *n_records,
                      GCancellable *cancellable,
                      GError      **error)
{
  Undo    undo = { submission, dry_run, 0, NULL };
  GError *problem = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  if (!cc_case_file_act (file, "undo-import", take_back, &undo, cancellable, &problem)
      && !(dry_run && undo.difference))
    {
      g_propagate_error (error, problem);
      cc_difference_free (undo.difference);
      return NULL;
    }
  g_clear_error (&problem);
  if (n_records)
    *n_records = undo.n_records;
  return undo.difference;
}
