/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

typedef enum
{
  CC_PUT_NEW,
  CC_PUT_UPDATED,
  CC_PUT_UNCHANGED,
  CC_PUT_WOKEN, /* known and withdrawn before: live again, changed or not */
} CcPutResult;

CcCaseFile   *cc_act_get_file (CcAct *self);
CcConnection *cc_act_get_connection (CcAct *self);
gint64        cc_act_get_time (CcAct *self); /* Unix seconds, the same all through the act */
gint64        cc_act_get_seq (CcAct *self);  /* the act's number in the audit chain */
GCancellable *cc_act_get_cancellable (CcAct *self);

/* Who is told how far what follows the act's own work is: the counting cache, "progress.write".
 * NULL for nobody; must live as long as the act. */
void        cc_act_set_progress (CcAct *self, CcProgress *progress);
CcProgress *cc_act_get_progress (CcAct *self);

/* Notes one change for the audit chain. Texts may be NULL. The caller made the change itself
 * through the connection. */
gboolean cc_act_log (CcAct      *self,
                     const char *table,
                     const char *key,
                     const char *before,
                     const char *after,
                     GError    **error);

/* Stores a record: by UUID it is new, updated or unchanged. Victims, perpetrators and events get a
 * cluster of their own when they are new. Sets record->id. submission and source_row may be 0 for
 * records entered by hand; then the change is logged field by field, while an import's change
 * points to its source row. */
gboolean cc_act_put_record (CcAct       *self,
                            CcRecord    *record,
                            gint64       entity,
                            gint64       submission,
                            gint64       source_row,
                            CcPutResult *result,
                            GError     **error);
gboolean cc_act_withdraw_record (CcAct *self, gint64 record, GError **error);

/* Takes a whole delivery back: it is marked, and each record it states goes back to what other
 * deliveries that stand say of it; records that no other states are withdrawn. n_records: how many
 * those were; may be NULL. */
gboolean
cc_act_withdraw_submission (CcAct *self, gint64 submission, guint *n_records, GError **error);

/* What a delivery says of records that were here before it. cc_act_put_record () notes it by itself
 * but for events, which say what all deliveries say of them, and for what a row has not. */

/* The delivery states the row that the record belongs to without it. The caller withdraws it. */
gboolean cc_act_note_absent (CcAct   *act,
                             gint64   record,
                             gint64   submission,
                             gint64   source_row,
                             GError **error);

/* Of an event, before another delivery adds to it: what it says by now. */
gboolean cc_act_note_first (CcAct *act, CcRecord *stored, GError **error);

/* Of the same, when all rows of the delivery are read: what the delivery alone says of it. */
gboolean cc_act_note_stated (CcAct    *act,
                             CcRecord *own,
                             gint64    submission,
                             gint64    source_row,
                             GError  **error);

/* For the delivery that replaces another, when all its rows are stored: what the other states does
 * not count any more. n_withdrawn: records that no delivery which counts states. */
gboolean cc_act_leave_out (CcAct *act, gint64 replaced, gint64 *n_withdrawn, GError **error);

/* Record UUID from import: first 128 bits of HMAC-SHA-256 under the file's record secret over
 * (entity, unit, key), key being the agency's own number or else row content and occurrence. */
void cc_act_make_uuid (CcAct      *self,
                       const char *entity,
                       const char *unit,
                       const char *key,
                       guint8      uuid[16]);

/* A code of a text that only this file can make, and makes again: 64 bits of an HMAC under its
 * record secret. What bears it can be recognised when it comes back, and tells nobody else what it
 * said.
 */
guint64 cc_case_file_recognise (CcCaseFile *file, const char *purpose, const char *text);

/* A random UUID, for records entered by hand. */
gboolean cc_act_make_random_uuid (CcAct *self, guint8 uuid[16], GError **error);

/* Clusters: one act each. cluster kinds are the units victim, perpetrator and event. */
gboolean
cc_act_join (CcAct *self, gint64 cluster_a, gint64 cluster_b, gint64 decision, GError **error);
gboolean cc_act_split (CcAct        *self,
                       gint64        cluster,
                       const gint64 *records,
                       guint         n_records,
                       gint64        decision,
                       GError      **error);
gboolean cc_act_mark_dirty (CcAct *self, gint64 cluster, GError **error);
gint64   cc_act_find_cluster (CcAct *self, gint64 record, GError **error);

G_END_DECLS
