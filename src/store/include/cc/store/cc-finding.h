/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* The result of one check, or one value that could not be read. Ids are 0 where there is none. */
typedef struct
{
  gint64            id;
  char             *rule; /* key of its text */
  gint64            record;
  gint64            source_row;
  gint64            submission;
  const CcVariable *variable; /* may be NULL */
  char             *value;    /* what was found, as given; may be NULL */
  char             *severity; /* error, warning or note */
  char             *state;    /* open, or how it was settled: corrected, confirmed, dismissed ... */
  char             *resolved_by;
  char             *resolution;
} CcFinding;

void cc_finding_free (CcFinding *self);

/* Stores a finding of `submission`, sets its id; the state is "open". A finding is computed from
 * what is there, so it is not logged; settling it is. */
gboolean cc_act_add_finding (CcAct *act, CcFinding *finding, GError **error);
gboolean cc_act_resolve_finding (CcAct      *act,
                                 gint64      finding,
                                 const char *state,
                                 const char *resolution,
                                 GError    **error);

/* Takes away the open findings of a delivery, of a record or of a rule before checks run anew; 0
 * and NULL stand for any. Settled ones stay. */
gboolean cc_act_clear_findings (CcAct      *act,
                                gint64      submission,
                                gint64      record,
                                const char *rule,
                                GError    **error);

/* Element-type CcFinding, by id. submission 0: of all; state NULL: in any state. */
GPtrArray *cc_finding_list (CcCaseFile *file, gint64 submission, const char *state, GError **error);

/* Those of one record, in any state, through a reader or the connection of a running act. */
GPtrArray *cc_store_list_record_findings (CcCaseFile   *file,
                                          CcConnection *connection,
                                          gint64        record,
                                          GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcFinding, cc_finding_free)

G_END_DECLS
