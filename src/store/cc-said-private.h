/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>

#include "cc-act-private.h"

G_BEGIN_DECLS

/* Several deliveries may state the same record: a list that is sent again, corrected or continued.
 * The record's tables hold what the newest of them states; that it was stated by others, and what
 * they said where they said something else, stands in the chain, so that a delivery can be taken
 * back and come again in any order.
 *
 * table "said", key = record; before: the delivery that the record stood for and, where it goes out
 * of the tables, what that one said; after: the delivery that states it now and, where that is
 * something else, what it says. Directly behind it, key = record:variable: the same for each
 * identifier, so that a purge finds them. */
#define CC_SAID_TABLE "said"

/* SQL: the delivery and the row that one side of a change begins with. */
#define CC_SAID_DELIVERY(side) "CAST (" side " AS INTEGER)"
#define CC_SAID_ROW(side)      "CAST (substr (" side ", instr (" side ", ':') + 1) AS INTEGER)"

/* One side of a change. */
typedef struct
{
  gint64    submission; /* 0: entered by hand */
  gint64    source_row;
  CcRecord *record; /* NULL: no need to say, or the same as on the other side */
  gboolean  gone;   /* the delivery states the row without this part of it */
} CcSaidSide;

gboolean cc_said_note (CcAct            *act,
                       gint64            record,
                       const CcSaidSide *before,
                       const CcSaidSide *after,
                       GError          **error);

/* What was said, shared by deliveries that say the same. */
typedef struct
{
  GPtrArray *lines;   /* char *; NULL where it was not kept */
  gboolean   current; /* it is what the tables hold */
} CcSaidImage;

/* What one delivery says of a record. */
typedef struct
{
  gint64       submission;
  gint64       source_row;
  gboolean     gone;
  CcSaidImage *image; /* reference-counted; NULL where gone */
} CcSaid;

typedef struct
{
  gint64   received;
  gint64   replaces;
  gboolean live;
  gboolean counts; /* live, and no delivery that stands replaces it */
} CcSaidDelivery;

/* Looks things up in one act. */
typedef struct
{
  CcAct       *act;
  CcStatement *changes;
  CcStatement *head;
  CcStatement *left;        /* the act that withdrew a record last */
  GHashTable  *deliveries;  /* id to CcSaidDelivery */
  GHashTable  *by_delivery; /* acts that withdrew: whether a delivery or a merge did */
  GHashTable  *undone;      /* merges that were taken back: the numbers they gave are given again */
} CcSaidReader;

CcSaidReader *cc_said_reader_new (CcAct *act, GError **error);
void          cc_said_reader_free (CcSaidReader *self);

/* Reads anew which deliveries count. */
gboolean cc_said_reader_load (CcSaidReader *self, GError **error);

/* Ids of the records that a delivery states, rising. */
GArray *cc_said_reader_list_records (CcSaidReader *self, gint64 submission, GError **error);

/* All statements about a record, oldest delivery first; `owner` is the delivery that the record
 * stands for. Returns: (element-type CcSaid) */
GPtrArray *cc_said_reader_read (CcSaidReader *self,
                                gint64        record,
                                gint64        owner,
                                gint64        source_row,
                                GError      **error);

GPtrArray *cc_said_describe (CcRecord *record);
gboolean   cc_said_lines_equal (GPtrArray *a, GPtrArray *b);
CcRecord  *cc_said_build (CcPack *pack, const CcUnit *unit, GPtrArray *lines);

/* Sets in `record` what a person changed by hand: where `now` differs from what was expected. */
void cc_said_keep_by_hand (CcPack *pack, CcRecord *record, CcRecord *now, GPtrArray *expected);

/* Has a delivery count or not count any more, with all that follows for the records that it and the
 * deliveries it replaces state. ended_by: the act that is taken back, 0 for none. */
gboolean cc_said_turn (CcAct   *act,
                       gint64   submission,
                       gboolean live,
                       gint64   ended_by,
                       guint   *n_withdrawn,
                       GError **error);

/* Findings that an import made about a record wait again where they are of the row that it stands
 * for now, and no longer where they are of another. What a person settled stays settled. */
gboolean cc_said_turn_findings (CcAct *act, gint64 record, gint64 source_row, GError **error);

/* The number here of a "record", "submission", "source_row" or "entity" there; "identifiers": that
 * of the record where its identifiers may come along. 0: it is not here. */
typedef gint64 (*CcSaidFind) (gpointer data, const char *kind, gint64 there);

/* Notes in the act what the chain of another file says after act `since`. */
gboolean cc_said_carry (CcAct        *act,
                        CcPack       *pack,
                        CcConnection *source,
                        gint64        since,
                        CcSaidFind    find,
                        gpointer      data,
                        GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSaidReader, cc_said_reader_free)

G_END_DECLS
