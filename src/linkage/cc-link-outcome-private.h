/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-file-private.h"

#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* Of the text that models are kept as. */
#define CC_LINK_MODEL_VERSION 1

/* A scored pair by record ids, a < b. */
typedef struct
{
  gint64   a;
  gint64   b;
  double   weight; /* bits */
  double   probability;
  guint64  levels;
  gboolean joined;
} CcLinkPair;

/* What the act of a run writes. */
typedef struct
{
  const char         *kind;
  const CcLinkParams *params;
  CcProgress         *progress;
  CcLinkCounts       *counts;
  char               *model;       /* NULL for events */
  GArray             *pairs;       /* CcLinkPair by (a, b) */
  GArray             *ties;        /* guint: indices of pairs that the accept level joins */
  GArray             *undecidable; /* gint64: records, rising */
} CcLinkOutcome;

/* The model that a person accepted for the kind; NULL where none was. */
gboolean
cc_link_read_accepted (CcConnection *connection, const char *kind, char **model, GError **error);

/* The text of a stored model of the kind and the hash that settings know it by; both to free.
 * CC_ERROR_NOT_FOUND where there is none of this number. */
gboolean cc_link_find_model (CcConnection *connection,
                             const char   *kind,
                             gint64        model,
                             char        **body,
                             char        **hash,
                             GError      **error);

/* What people said of a model's sample, as settings keep it: by the model's hash. To free. */
char *cc_link_make_signature_key (const char *kind, const char *hash);

/* Adds to @verdicts (CcLinkVerdict) what people decided and what still binds. */
gboolean cc_link_take_verdicts (CcConnection *connection,
                                CcLinkTable  *table,
                                const char   *kind,
                                GArray       *verdicts,
                                GError      **error);

/* A CcActFunc; data: CcLinkOutcome. */
gboolean cc_link_write_outcome (CcAct *act, gpointer data, GError **error);

G_END_DECLS
