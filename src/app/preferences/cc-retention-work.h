/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-retention.h>

#include "cc-session-work.h"

G_BEGIN_DECLS

/* What the page shows. */
typedef struct
{
  GPtrArray *rules;   /* CcRetentionRule */
  guint      records; /* whose time is over */
  guint      rows;    /* raw rows without a record whose time is over */
  GPtrArray *groups;  /* CcRetentionGroup: what is due, by agency and kind of record */
  gint64     undated; /* records that a rule fits and that have no day to count from */
} CcRetentionState;

void cc_retention_state_free (CcRetentionState *self);

/* For cc_session_read_async (). */
gpointer cc_retention_load (CcSession    *session,
                            CcConnection *connection,
                            gpointer      data,
                            GCancellable *cancellable,
                            GError      **error);

/* For cc_session_act_async (): data is a rule, or the number of one (gint64). */
gboolean cc_retention_set (CcAct *act, gpointer rule, GError **error);
gboolean cc_retention_unset (CcAct *act, gpointer id, GError **error);

/* For cc_job_run_async (): data is the session; the result is a CcPurgeResult for g_free (). */
gpointer cc_retention_remove_due (CcProgress *progress, gpointer session, GError **error);

/* Sentences. unit, kind, from as in a rule. */
char *cc_retention_describe_whose (CcSession *session, const CcRetentionRule *rule);
char *cc_retention_describe_time (CcSession *session, const CcRetentionRule *rule);
char *cc_retention_describe_due (CcSession *session, const CcRetentionState *state);
/* "Victim, Police", and what goes and stays of them. */
char *cc_retention_name_group (CcSession *session, const CcRetentionGroup *group);
char *cc_retention_describe_group (CcSession *session, const CcRetentionGroup *group);

/* What the question before the removal says of what is due. */
char *cc_retention_describe_removal (CcSession *session, GPtrArray *groups);

char *cc_retention_describe_result (CcSession *session, const CcPurgeResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRetentionState, cc_retention_state_free)

G_END_DECLS
