/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>

#include "cc-case-file-private.h"
#include "cc-seal-private.h"
#include "cc-value-private.h"

G_BEGIN_DECLS

/* All records of a file in the order of their numbers, each with what it says: every table is read
 * once. For work that goes over the whole file. */
typedef struct _CcRecordStream CcRecordStream;

/* Valid until the next one. */
typedef struct
{
  gint64        id;
  const char   *unit; /* as the file has it */
  gconstpointer uuid;
  gsize         uuid_size;
  gint64        entity;
  gint64        submission; /* 0: none */
  gint64        source_row;
  gint64        basis;
  gint64        state;
  gconstpointer digest; /* of what was stored */
  gsize         digest_size;
  CcRecord     *record;              /* NULL where the pack knows no such unit */
  guint         n_rows[CC_N_AROUND]; /* that stand around its unit's row */
  gboolean      odd;                 /* one of these is not as the program writes it */
  gint64        strays;              /* rows so far that belong to no record */
} CcStreamedRecord;

/* The connection must be in a transaction, so that all is of one state. */
CcRecordStream *cc_record_stream_new (CcCaseFile *file, CcConnection *connection, GError **error);
void            cc_record_stream_free (CcRecordStream *self);

/* *record NULL at the end; FALSE with an error. */
gboolean cc_record_stream_next (CcRecordStream *self, CcStreamedRecord **record, GError **error);

/* What binds it; its parts stay with the stream. */
CcSealBond cc_record_stream_get_bond (const CcStreamedRecord *streamed);

/* After the end: values of records that are not there. */
gint64 cc_record_stream_get_strays (CcRecordStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRecordStream, cc_record_stream_free)

G_END_DECLS
