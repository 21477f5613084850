/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-act-private.h"
#include "cc-history-private.h"
#include "cc-row-image-private.h"

G_BEGIN_DECLS

/* One row of an act as the chain keeps it. */
typedef struct
{
  char      *table;
  char      *key;    /* literals of the primary key */
  GPtrArray *keys;   /* the same, element-type CcRowCell */
  GPtrArray *before; /* element-type CcRowCell; NULL: the act made the row */
  GPtrArray *after;  /* NULL: the act removed it */
  char      *after_text;
} CcUndoRow;

/* How an act is taken back. */
typedef enum
{
  CC_UNDO_BY_NOTHING,
  CC_UNDO_BY_ROWS,     /* row by row, as they were */
  CC_UNDO_BY_DELIVERY, /* by the states of a delivery and its records */
} CcUndoWay;

typedef struct
{
  CcConnection *connection;
  CcHistoryAct *act;
  CcUndoWay     way;
  gboolean      purged;
  gboolean      too_many; /* its rows were not kept */
  gboolean      left;     /* it notes that something left the house */
  GPtrArray    *rows;     /* CcUndoRow, in the order they were noted */
  GHashTable   *by_name;  /* "table key" to CcUndoRow */
  GHashTable   *layouts;  /* table to CcRowLayout */
} CcUndoPlan;

CcUndoPlan *cc_undo_plan_new (CcConnection *connection, gint64 seq, GError **error);
void        cc_undo_plan_free (CcUndoPlan *self);

const CcRowLayout *cc_undo_plan_get_layout (CcUndoPlan *self, const char *table, GError **error);
const CcUndoRow   *cc_undo_plan_find_row (CcUndoPlan *self, const char *table, const char *key);
const char        *cc_undo_cells_find (GPtrArray *cells, const char *column);

/* Whether the plan can be carried out; see cc_history_check_undo (). */
gboolean cc_undo_plan_check (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error);

/* A sentence for a state that forbids it. */
char *cc_undo_describe (CcConnection *connection, gint64 seq, CcUndoState state, gint64 other);

/* Deliveries. */
gboolean
cc_undo_delivery_check (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error);
gboolean cc_undo_delivery_apply (CcUndoPlan *self, CcAct *act, GError **error);

/* Has the counting cache follow: to be called before and after rows change back. */
gboolean cc_undo_mark (CcUndoPlan *self, CcAct *act, GError **error);

/* Which records are one person: whether the plan leaves that whole, to be called where nothing else
 * forbids it, and what the other members of a person make of it once the rows went back. */
gboolean
cc_undo_persons_check (CcUndoPlan *self, CcUndoState *state, gint64 *other, GError **error);
gboolean cc_undo_persons_settle (CcUndoPlan *self, CcAct *act, GError **error);

/* The newest act after `seq` that changed a row; 0 where none. */
gboolean cc_undo_find_later (CcConnection *connection,
                             gint64        seq,
                             const char   *table,
                             const char   *key,
                             gint64       *later,
                             GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcUndoPlan, cc_undo_plan_free)

G_END_DECLS
