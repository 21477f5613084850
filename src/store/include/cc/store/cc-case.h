/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-records.h>

G_BEGIN_DECLS

/* A whole case around one record: what an entry form shows together. */

/* More records than these are cut off: nobody works on them in one form. */
#define CC_CASE_MOST 400

typedef struct
{
  CcRecord *record;
  gint64    entity;     /* that stated it, 0 where none is known */
  gint64    submission; /* it came with, 0 where it was entered by hand */
} CcCaseRecord;

void cc_case_record_free (CcCaseRecord *self);

/* The live records of the case around @record: its events, or itself where it has none; their
 * victims and perpetrators, and all rows that hang on these and nothing else. Parents come before
 * what hangs on them, each unit in the order of entry. cut: (out) (nullable): whether there were
 * more. Element-type CcCaseRecord; NULL with CC_ERROR_NOT_FOUND where there is no such record or it
 * was withdrawn. */
GPtrArray *cc_store_read_case (CcCaseFile   *file,
                               CcConnection *connection,
                               gint64        record,
                               gboolean     *cut,
                               GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCaseRecord, cc_case_record_free)

G_END_DECLS
