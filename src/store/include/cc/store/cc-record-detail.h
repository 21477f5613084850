/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-record-list.h>

G_BEGIN_DECLS

/* Everything that is known about one victim, perpetrator or event record, for a page that shows
 * it. */

/* Another record, as a place to go to. */
typedef struct
{
  gint64        id;
  const CcUnit *unit;
  char         *title;  /* name, else number; NULL where neither is stated */
  char         *agency; /* NULL where none */
  gint64        pair;   /* the open proposal that brings it here; 0 where none */
} CcRecordGlance;

/* A record that says something about this one: a decision, a service, a link to an event. */
typedef struct
{
  CcRecord       *record;
  CcRecordGlance *other; /* what it links to; NULL where nothing */
} CcRecordPart;

typedef struct
{
  CcRecord    *record;
  gboolean     withdrawn;
  int          basis;      /* 0 full, 1 hash-only, 2 aggregate-only, 3 withdrawn */
  char        *agency_key; /* NULL where entered for no agency */
  char        *agency;
  gint64       submission;   /* 0 where entered by hand */
  gint64       received;     /* Unix seconds */
  CcParkedRow *source;       /* the row as it arrived; NULL where entered by hand */
  gint64       cluster;      /* 0 where withdrawn */
  GPtrArray   *same;         /* CcRecordGlance: other records of the cluster */
  GPtrArray   *perhaps_same; /* CcRecordGlance: pairs nobody has decided */
  GPtrArray   *parts;        /* CcRecordPart, by unit in the pack's order */
  GPtrArray   *findings;     /* CcFinding, open ones, of the record and its parts */
} CcRecordDetail;

CcRecordDetail *
cc_record_detail_read (CcCaseFile *file, CcConnection *connection, gint64 record, GError **error);
void cc_record_detail_free (CcRecordDetail *self);

/* Where a list has to go to show a record: a decision or a link is shown with its victim,
 * perpetrator or event. unit (out): that one's unit, borrowed from the pack. Returns 0 where there
 * is no such record. */
gint64 cc_record_locate (CcCaseFile    *file,
                         CcConnection  *connection,
                         gint64         record,
                         const CcUnit **unit,
                         GError       **error);

/* The first record of a person or event; 0 where it has none. */
gint64 cc_record_find_member (CcConnection *connection, gint64 cluster, GError **error);

/* Withdraws a record together with what says something about it alone: decisions, services and
 * links of a person go with the person; what was said about the victims of an event stays. n_parts
 * (out) (nullable): how many records went with it, itself not counted. */
gboolean cc_act_withdraw_with_parts (CcAct *act, gint64 record, guint *n_parts, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRecordDetail, cc_record_detail_free)

G_END_DECLS
