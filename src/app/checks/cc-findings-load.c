/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-findings-load.h"

#include <cc/store/cc-act.h>
#include <cc/store/cc-finding-list.h>
#include <cc/store/cc-finding.h>

gpointer
cc_findings_read_groups (CcSession    *session,
                         CcConnection *connection,
                         gpointer      data,
                         GCancellable *cancellable,
                         GError      **error)
{
  return cc_finding_list_groups (connection, error);
}

CcFindingsQuestion *
cc_findings_question_new (const char *rule, gboolean settled)
{
  CcFindingsQuestion *self = g_new0 (CcFindingsQuestion, 1);

  self->rule = g_strdup (rule);
  self->settled = settled;
  return self;
}

void
cc_findings_question_free (gpointer data)
{
  CcFindingsQuestion *self = data;

  g_free (self->rule);
  g_free (self);
}

gpointer
cc_findings_read_ids (CcSession    *session,
                      CcConnection *connection,
                      gpointer      data,
                      GCancellable *cancellable,
                      GError      **error)
{
  const CcFindingsQuestion *question = data;

  return cc_finding_find (connection, question->rule, question->settled, error);
}

GPtrArray *
cc_findings_read_rows (CcCaseFile   *file,
                       CcConnection *connection,
                       gpointer      data,
                       const gint64 *ids,
                       guint         n_ids,
                       GError      **error)
{
  return cc_finding_read_rows (file, connection, ids, n_ids, error);
}

/**
 * ids: (transfer full)
 */
CcFindingsVerdict *
cc_findings_verdict_new (GArray *ids, const char *state)
{
  CcFindingsVerdict *self = g_new0 (CcFindingsVerdict, 1);

  self->ids = ids;
  self->state = state;
  return self;
}

void
cc_findings_verdict_free (gpointer data)
{
  CcFindingsVerdict *self = data;

  g_array_unref (self->ids);
  g_free (self);
}

gboolean
cc_findings_settle (CcAct *act, gpointer data, GError **error)
{
  const CcFindingsVerdict *verdict = data;

  for (guint i = 0; i < verdict->ids->len; i++)
    if (!cc_act_resolve_finding (act, g_array_index (verdict->ids, gint64, i), verdict->state, NULL,
                                 error))
      return FALSE;
  return TRUE;
}
