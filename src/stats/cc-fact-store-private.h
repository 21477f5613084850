/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-fact-load-private.h"

G_BEGIN_DECLS

void
cc_fact_rows_pack (CcFields *fields, const CcFact *fact, const CcCodeMap *codes, GByteArray *out);
gboolean cc_fact_rows_unpack (CcFields        *fields,
                              CcFact          *fact,
                              const CcCodeMap *codes,
                              CcArena         *arena,
                              const guint8    *bytes,
                              gsize            size);

/* Writes facts of one kind into person_fact. */
typedef struct _CcFactWriter CcFactWriter;

CcFactWriter *
cc_fact_writer_new (CcFields *fields, CcConnection *connection, CcKind kind, GError **error);
gboolean
cc_fact_writer_put (CcFactWriter *self, const CcFact *fact, const CcCodeMap *codes, GError **error);

/* Whether the fact stands as it would be put, with nothing besides in its row. */
gboolean cc_fact_writer_match (CcFactWriter    *self,
                               const CcFact    *fact,
                               const CcCodeMap *codes,
                               gboolean        *matches,
                               GError         **error);
void     cc_fact_writer_free (CcFactWriter *self);

/* Reads facts of one kind from person_fact: all, or one cluster. */
typedef struct _CcFactReader CcFactReader;

CcFactReader *cc_fact_reader_new (CcFields        *fields,
                                  CcConnection    *connection,
                                  const CcCodeMap *codes,
                                  CcKind           kind,
                                  const guint8    *used,
                                  gboolean         rows,
                                  gint64           cluster,
                                  GError         **error);
gboolean      cc_fact_reader_next (CcFactReader *self,
                                   CcFact       *fact,
                                   CcArena      *arena,
                                   gboolean     *found,
                                   GError      **error);
void          cc_fact_reader_free (CcFactReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcFactWriter, cc_fact_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcFactReader, cc_fact_reader_free)

G_END_DECLS
