/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-act-private.h"

G_BEGIN_DECLS

/* Where a record belongs that left the counts and comes back: to the person that somebody put it
 * with last, or that it came as, or to the one that this has become part of. */

/* Whether act `seq` put the record with another person, instead of bringing it back, and neither
 * was ever taken back nor takes anything back. */
gboolean cc_wake_was_moved (CcConnection *connection,
                            gint64        record,
                            gint64        seq,
                            gboolean     *moved,
                            GError      **error);

/* cluster: (out): where it would come back to now, whoever may have decided against that; 0 where
 * it never was anywhere. seq: the running act, whose words are not noted yet; what it did counts as
 * put there. 0: none */
gboolean cc_wake_find_place (CcConnection *connection,
                             gint64        record,
                             gint64        seq,
                             gint64       *cluster,
                             GError      **error);

/* Whether somebody decided that the record is not the same as a member of the cluster. */
gboolean cc_wake_is_kept_apart (CcConnection *connection,
                                gint64        cluster,
                                gint64        record,
                                gboolean     *apart,
                                GError      **error);

/* A withdrawn record comes back: the decisions about it wake. It returns to its place, unless
 * somebody has decided that it is not the same as a member of it; then it is a person of its own.
 */
gboolean cc_act_wake_cluster (CcAct *self, gint64 record, const char *kind, GError **error);

/* The withdrawal of a record is taken back: the membership that act `ended_by` ended goes on as if
 * it had not ended, unless the record was in another since, or belongs elsewhere by now; then the
 * record wakes as any other. */
gboolean cc_act_resume_membership (CcAct      *self,
                                   gint64      record,
                                   const char *kind,
                                   gint64      ended_by,
                                   GError    **error);

G_END_DECLS
