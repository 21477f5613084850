/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>
#include <cc/model/cc-texts.h>
#include <cc/stats/cc-checks.h>
#include <cc/stats/cc-count.h>

G_BEGIN_DECLS

/* Who will read what leaves the program; disclosure control follows from it. */
typedef enum
{
  CC_AUDIENCE_AGENCY,
  CC_AUDIENCE_AUTHORITY,
  CC_AUDIENCE_PUBLIC,
  CC_AUDIENCE_RESEARCH,
} CcAudience;

typedef struct
{
  CcQuestionnaire      *questionnaire;
  const CcCountOptions *options;  /* periods and parameters */
  const char           *language; /* en fr pt es ar sw */
  CcAudience            audience; /* AUTHORITY or PUBLIC */
  gint64                created;  /* Unix seconds printed as the run date; 0 = now */
} CcWorkbookRequest;

/* What was written. */
typedef struct
{
  char      *path;
  GPtrArray *tables; /* CcTableResult *, in print order */
  GPtrArray *checks; /* CcCheckResult * */
  guint      n_errors;
  guint      n_warnings;
  guint      n_notes;
  char      *head_hash; /* of the audit chain, as the workbook carries it */
  char      *sha256;    /* of the workbook; set by cc_workbook_export () */
} CcWorkbookSummary;

/* Counts all tables of the questionnaire and writes the workbook. The file at path is replaced only
 * by a complete one. Progress phases: progress.count (tables), progress.write (sheets); progress
 * may be NULL. Errors: CC_ERROR_REFUSED for a public copy with a cell below the threshold (the
 * message counts them), CC_ERROR_USAGE for a language that is none of the six, those of counting
 * and of cc_book_writer_close (). */
CcWorkbookSummary *cc_workbook_write (CcCaseFile              *file,
                                      const CcWorkbookRequest *request,
                                      CcTexts                 *texts,
                                      const char              *path,
                                      CcProgress              *progress,
                                      GError                 **error);

/* The same, and notes in the case file what was handed in: one act "export", together with the
 * workbook or not at all. The case file must be open for writing. */
CcWorkbookSummary *cc_workbook_export (CcCaseFile              *file,
                                       const CcWorkbookRequest *request,
                                       CcTexts                 *texts,
                                       const char              *path,
                                       CcProgress              *progress,
                                       GError                 **error);
void               cc_workbook_summary_free (CcWorkbookSummary *self);

/* Writes the same workbook empty, for an office without Casecount: white cells for typing, whole
 * numbers only, live sums and checks. country is the reporting country (alpha-3) or NULL. */
gboolean cc_workbook_write_blank (CcQuestionnaire *questionnaire,
                                  GArray          *periods, /* CcPeriod */
                                  const char      *country,
                                  CcTexts         *texts,
                                  const char      *language,
                                  gint64           created,
                                  const char      *path,
                                  GError         **error);

/* The audience of that word ("authority", "public" ...); FALSE for another word. */
gboolean    cc_audience_from_text (const char *text, CcAudience *audience);
const char *cc_audience_to_text (CcAudience audience);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcWorkbookSummary, cc_workbook_summary_free)

G_END_DECLS
