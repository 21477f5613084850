/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-review-filter.h"
#include "cc-session-work.h"

G_BEGIN_DECLS

/* What the page reads, in threads: functions for cc_session_read_async (). */

/* The queue with what is known of the searches. */
typedef struct
{
  char           kind[3];
  CcReviewState  state;
  CcReviewQueue *queue; /* NULL before the first search */
  GArray        *agency_ids;
  GStrv          agency_names;
  GArray        *undone; /* gint64: of the acts asked about, those that were taken back */
} CcReviewLoad;

typedef struct
{
  char    kind[3];
  GArray *acts; /* gint64: decisions of which is asked whether they still stand */
} CcReviewWish;

CcReviewWish *cc_review_wish_new (const char *kind);
void          cc_review_wish_free (gpointer wish);

/* data: the CcReviewWish */
gpointer cc_review_load_read (CcSession    *session,
                              CcConnection *connection,
                              gpointer      data,
                              GCancellable *cancellable,
                              GError      **error);
void     cc_review_load_free (gpointer load);

/* One question with its records beside each other. */
typedef struct
{
  gint64        proposal;
  CcReviewCase *records;
  GPtrArray    *rows; /* of cc_record_compare() */
} CcReviewShown;

/* data: the CcReviewItem */
gpointer cc_review_shown_read (CcSession    *session,
                               CcConnection *connection,
                               gpointer      data,
                               GCancellable *cancellable,
                               GError      **error);
void     cc_review_shown_free (gpointer shown);

/* Why a pair was proposed. */
typedef struct
{
  char      *title;   /* whose records */
  GPtrArray *reasons; /* CcLinkReason* */
  double     probability;
  double     bits;
} CcReviewReasons;

typedef struct
{
  gint64     proposal;
  GPtrArray *pairs; /* CcReviewReasons* */
  char      *name;  /* a family name that agrees, NULL where none does */
  gint64     n_name;
  gint64     n_records;
} CcReviewEvidence;

typedef struct
{
  char         kind[3];
  CcReviewItem item;
} CcReviewQuestion;

/* data: the CcReviewQuestion */
gpointer cc_review_evidence_read (CcSession    *session,
                                  CcConnection *connection,
                                  gpointer      data,
                                  GCancellable *cancellable,
                                  GError      **error);
void     cc_review_evidence_free (gpointer evidence);

G_END_DECLS
