/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* What a workbook that was sent back to its sender knows of itself: a hidden sheet tells which file
 * it was made of, what each of its rows said (as a code that only the case file can make), and
 * which cells were asked about. So a list that comes back is recognised, and nothing is read of it
 * but what the sender touched. */

typedef struct
{
  guint   row; /* from 0 */
  guint64 code;
} CcReturnedRow;

typedef struct
{
  char   *name;     /* in the workbook that was sent back */
  char   *original; /* in the sender's file */
  GArray *rows;     /* CcReturnedRow, rising */
  GArray *headers;  /* the same, of header rows */
} CcReturnedSheet;

typedef struct
{
  guint sheet; /* in sheets */
  guint row, column;
  char *question; /* key of its text */
} CcReturnedAsk;

struct _CcReturned
{
  char       *sha256;    /* of the sender's file */
  guint64     token;     /* that the case file made */
  char       *questions; /* name of the first sheet */
  char       *title;     /* what stands in its first cell */
  GPtrArray  *sheets;    /* CcReturnedSheet* */
  GPtrArray  *asks;      /* CcReturnedAsk* */
  CcReturned *older;     /* of questions that were asked about answers: the earlier ones */
};

#define CC_RETURNED_SHEET   "_casecount"
#define CC_RETURNED_MARK    "casecount-send-back"
#define CC_RETURNED_VERSION "1"

CcReturned      *cc_returned_new (const char *sha256, guint64 token);
void             cc_returned_free (CcReturned *self);
CcReturnedSheet *cc_returned_add_sheet (CcReturned *self, const char *name, const char *original);
void
cc_returned_add_ask (CcReturned *self, guint sheet, guint row, guint column, const char *question);

/* The code of a row's texts; blanks do not count. */
guint64 cc_returned_hash_row (CcCaseFile        *file,
                              const char        *sha256,
                              const CcSheetCell *cells,
                              guint              n_cells);
/* That of the file as a whole. */
guint64 cc_returned_hash_file (CcCaseFile *file, const char *sha256);

/* The lines of the hidden sheet: arrays of texts. */
GPtrArray *cc_returned_to_lines (const CcReturned *self);
/* NULL without an error where the book was not sent back by Casecount. */
gboolean
cc_returned_load (CcBook *book, CcReturned **returned, GCancellable *cancellable, GError **error);
/* Whether a sheet of the book is one that was added to it. */
gboolean
cc_returned_is_ours (const CcReturned *self, CcBook *book, guint sheet, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReturned, cc_returned_free)

G_END_DECLS
