/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-record-list.h>

#include "cc-session-work.h"

G_BEGIN_DECLS

/* The unit under which rows that were set aside are listed. */
#define CC_CASES_PARKED "parked"

/* What the page of cases asks for. */
typedef struct
{
  char          *unit; /* victim, perpetrator, event or CC_CASES_PARKED */
  CcRecordQuery *query;
  CcRecordTable *table;  /* of the unit, if it is still the present one; NULL: read it */
  char          *target; /* what is to be shown, see CcPage; it may lead to another unit and query.
                          * NULL where nothing */
} CcCasesRequest;

typedef struct
{
  char          *unit;
  CcRecordQuery *query;
  CcRecordTable *table;    /* NULL for rows set aside */
  CcRecordList  *list;     /* NULL for rows set aside */
  GArray        *ids;      /* gint64, what is listed */
  guint          n_parked; /* rows set aside, in all live deliveries */
  char          *target;   /* that was asked for, NULL for none */
  gint64         select;   /* the target; 0 where nothing is to be selected */
  gint64         hidden;   /* what was saved, where the query hides it; 0 for none */
  char          *delivery; /* name of the file of query->submission */
} CcCasesResult;

CcCasesRequest      *
cc_cases_request_new (const char *unit, const CcRecordQuery *query, CcRecordTable *table);
void cc_cases_request_free (CcCasesRequest *self);
void cc_cases_result_free (CcCasesResult *self);

/* A CcReadFunc: data is a CcCasesRequest, the result a CcCasesResult. */
gpointer cc_cases_load (CcSession    *session,
                        CcConnection *connection,
                        gpointer      data,
                        GCancellable *cancellable,
                        GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCasesRequest, cc_cases_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCasesResult, cc_cases_result_free)

G_END_DECLS
