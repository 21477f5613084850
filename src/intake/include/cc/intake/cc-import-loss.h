/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-value-plan.h>

G_BEGIN_DECLS

/* What a delivery says that nobody will know, because questions about its values or its dates are
 * left open: how many rows, and which questions. No rows are read for it; the inspection knows what
 * its cells hold. */

typedef enum
{
  CC_LOSS_VALUE, /* the rows have no value of the variable */
  CC_LOSS_PART,  /* their cells are lists, of which one part is known and another is not */
  CC_LOSS_DATE,  /* their dates may be one of two days, or of another calendar */
} CcImportLossKind;

/* Of one header, in all tables that have it. Borrows from the pack. */
typedef struct
{
  CcImportLossKind  kind;
  const CcVariable *variable; /* of a date the first that the column feeds */
  gboolean          cases;    /* the rows are cases; else persons */
  char             *header;
  guint             n_rows; /* rows that lose */
  guint             n_all;  /* rows of the tables */
  GPtrArray        *texts;  /* char*: the open values, those first that cost most; empty: dates */
} CcImportLoss;

/* Those that cost most first; empty where nothing is open. plans are those of
 * cc_value_plan_list () for the same map and inspection. */
GPtrArray *
cc_import_loss_list (CcPack *pack, CcMap *map, CcInspection *inspection, GPtrArray *plans);
/* Whether nobody should pass over it by accident. */
gboolean cc_import_loss_is_large (const CcImportLoss *self);
void     cc_import_loss_free (CcImportLoss *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcImportLoss, cc_import_loss_free)

G_END_DECLS
