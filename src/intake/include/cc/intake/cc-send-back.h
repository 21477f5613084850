/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>
#include <cc/model/cc-texts.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Questions to the sender of a list, in the sender's own workbook: coloured cells, comments, and a
 * first sheet that lists them all. It holds nothing but what the sender wrote and what is asked
 * about it, no word of any other agency or person. What comes back is imported like any list; then
 * only what was touched is read (CcImportResult, answers). */

typedef struct
{
  gint64   rows;      /* that are asked about */
  gint64   questions; /* on the first sheet; the same one about several cells is one */
  gint64   cells;     /* coloured */
  gboolean fresh;     /* a new workbook was made, as the list is no .xlsx that can be changed */
  char    *language;  /* of the questions */
  char    *sha256;    /* of what was written */
} CcSendBackResult;

void cc_send_back_result_free (CcSendBackResult *self);

/* Writes the list of a delivery with questions.
 *
 * original: the file as it was imported; the case file does not keep it, so it is asked for again
 * and known by its hash. language: NULL for the one that the list's headers are in. Phases of
 * progress: "progress.inspect", "progress.send-back", "progress.send-back-write".
 *
 * What left is noted in the chain. Errors: CC_ERROR_NOT_FOUND (no such delivery),
 * CC_ERROR_INVALID_DATA (another file), CC_ERROR_REFUSED (nothing is to be asked; a nil return; a
 * delivery that was taken back), those of reading and writing workbooks. */
CcSendBackResult *cc_send_back (CcCaseFile *file,
                                CcTexts    *texts,
                                gint64      submission,
                                const char *original,
                                const char *out,
                                const char *language,
                                CcProgress *progress,
                                GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSendBackResult, cc_send_back_result_free)

G_END_DECLS
