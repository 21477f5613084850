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
  gboolean   stays; /* a cluster that the act made and that goes on in another instead of going */
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
  GHashTable   *moves;    /* records that are moved back, see cc_undo_moves_take () */
  gboolean      let_go;   /* past memberships point to rows that go */
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

/* What an act is by now. */
typedef enum
{
  CC_UNDO_PART_DOES,   /* it did something, or did something again, and that stands */
  CC_UNDO_PART_UNDOES, /* it took something back, and that stands */
  CC_UNDO_PART_GONE,   /* it was taken back, or what it did again was */
} CcUndoPart;

/* root: (out): the act that it does again or takes back, itself where none */
gboolean
cc_undo_look (CcConnection *connection, gint64 seq, gint64 *root, CcUndoPart *part, GError **error);

/* The same: whether it is CC_UNDO_PART_DOES. */
gboolean cc_undo_stands (CcConnection *connection,
                         gint64        seq,
                         gint64       *root,
                         gboolean     *stands,
                         GError      **error);

/* A membership that is not as the act left it. In *taken whether its record is to be moved back
 * instead of its rows; else, where a later act stands in the way, in *other which. */
gboolean cc_undo_moves_take (CcUndoPlan      *self,
                             const CcUndoRow *row,
                             gboolean        *taken,
                             gint64          *other,
                             GError         **error);

/* Whether the row is one of a record that is moved back, and stays as it is. */
gboolean
cc_undo_moves_covers (CcUndoPlan *self, const CcUndoRow *row, gboolean *covers, GError **error);

/* The same of any membership in the table. */
gboolean
cc_undo_moves_has_row (CcUndoPlan *self, const char *membership, gboolean *has, GError **error);

/* Whether a row that the plan does not name, and that points to a row that is to go, does not stand
 * in the way. A cluster then stays. */
gboolean cc_undo_moves_lets_go (CcUndoPlan *self,
                                CcUndoRow  *row,
                                const char *table,
                                const char *key,
                                gboolean   *lets,
                                GError    **error);

/* Moves the records back, once the other rows went back. */
gboolean cc_undo_moves_apply (CcUndoPlan *self, CcAct *act, GError **error);

/* Records that came back after the act, where they came because of it: they go where they would
 * have come without it. To be called last. */
gboolean cc_undo_woken_follow (CcUndoPlan *self, CcAct *act, GError **error);

/* What else counts with a record: its events, and their persons. */
gboolean cc_undo_mark_record (CcAct *act, gint64 record, GError **error);

/* The newest act after `seq` that changed a row; 0 where none. */
gboolean cc_undo_find_later (CcConnection *connection,
                             gint64        seq,
                             const char   *table,
                             const char   *key,
                             gint64       *later,
                             GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcUndoPlan, cc_undo_plan_free)

G_END_DECLS
