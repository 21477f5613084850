/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-import-private.h"
#include "cc-returned-private.h"

G_BEGIN_DECLS

/* A list that comes back with answers: which rows are as they were sent, which were touched, and
 * what the touched ones were. */

/* A row of the delivery that was asked about. */
struct _CcAnswerWas
{
  guint    row;  /* from 0 */
  guint64  code; /* of its texts, as they were sent back */
  gboolean header;
  gint     now; /* index of the row that it is now, -1 where it is gone */
  gboolean touched;
  gint64   id;   /* of the source row, 0 where it was none */
  char    *unit; /* of its table */
  char    *base; /* what identified it: its number or its content */
  char    *key;  /* the same with the occurrence; NULL where it was no data */
  gboolean parked;
  GSList  *asks;    /* const CcReturnedAsk*: about its cells */
  gboolean several; /* parked, as it stated several persons */
  char   **texts;   /* by column; NULL unless it was touched */
};

/* A row as it is now. */
typedef struct
{
  guint    row;
  guint64  code;
  gint     was; /* index, -1 where it is new or cannot be told */
  gboolean unplaced;
  char   **texts; /* of rows whose place was looked for; or NULL */
} CcAnswerNow;

typedef struct
{
  guint                  sheet; /* of the book; G_MAXUINT where it is gone */
  const CcReturnedSheet *known;
  GPtrArray             *was; /* CcAnswerWas*, by row */
  GArray                *now; /* CcAnswerNow, by row */
} CcAnswerSheet;

struct _CcImportAnswer
{
  const CcReturned *returned;
  gint64            submission;
  GPtrArray        *sheets; /* CcAnswerSheet* */
};

/* Pairs rows that are alike, and those between them. */
void cc_answer_align (CcAnswerSheet *self);
/* Whether texts are needed to pair the rest, and pairing it. */
gboolean cc_answer_has_doubt (const CcAnswerSheet *self);
void     cc_answer_align_doubtful (CcAnswerSheet *self);

G_END_DECLS
