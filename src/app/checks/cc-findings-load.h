/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session-work.h"

G_BEGIN_DECLS

/* Reading and settling findings off the main loop. */

/* Result: GPtrArray of CcFindingGroup. */
gpointer cc_findings_read_groups (CcSession    *session,
                                  CcConnection *connection,
                                  gpointer      data,
                                  GCancellable *cancellable,
                                  GError      **error);

/* Which findings to list. */
typedef struct
{
  char    *rule;
  gboolean settled;
} CcFindingsQuestion;

CcFindingsQuestion *cc_findings_question_new (const char *rule, gboolean settled);
void                cc_findings_question_free (gpointer data);

/* data: CcFindingsQuestion. Result: GArray of gint64. */
gpointer cc_findings_read_ids (CcSession    *session,
                               CcConnection *connection,
                               gpointer      data,
                               GCancellable *cancellable,
                               GError      **error);

/* A CcLazyRead without data: rows are CcFindingRow. */
GPtrArray *cc_findings_read_rows (CcCaseFile   *file,
                                  CcConnection *connection,
                                  gpointer      data,
                                  const gint64 *ids,
                                  guint         n_ids,
                                  GError      **error);

/* What to do with some findings. */
typedef struct
{
  GArray     *ids;   /* gint64 */
  const char *state; /* a static word: confirmed, dismissed, open */
} CcFindingsVerdict;

CcFindingsVerdict *cc_findings_verdict_new (GArray *ids, const char *state);
void               cc_findings_verdict_free (gpointer data);

/* A CcActFunc; data: CcFindingsVerdict. */
gboolean cc_findings_settle (CcAct *act, gpointer data, GError **error);

G_END_DECLS
