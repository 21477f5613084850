/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-entity.h>

G_BEGIN_DECLS

/* What one reporting entity owes and sent, period by period. */

typedef enum
{
  CC_RETURN_MISSING,   /* expected, and nothing came for any day of it */
  CC_RETURN_RECEIVED,  /* a delivery with rows */
  CC_RETURN_NIL,       /* the entity said that there was no case */
  CC_RETURN_WITHDRAWN, /* a delivery that was taken back */
} CcReturnState;

typedef struct
{
  CcReturnState state;
  CcInterval    period;     /* unknown where a delivery states none */
  gint64        submission; /* 0 for missing ones */
  char         *file_name;  /* may be NULL */
  gint64        received;   /* Unix seconds; 0 for missing ones */
  gint64        rows;
  gint64        parked;
  gint64 expected; /* id of the expectation it fulfils or misses; 0 where none asked for it */
} CcReturn;

/* Element-type CcReturn: the latest period first, those without one at the end. */
GPtrArray *cc_returns_list_periods (CcConnection *connection, gint64 entity, GError **error);
void       cc_return_free (CcReturn *self);

/* Expects the return of a period, unless it is expected already. */
gboolean cc_act_ensure_expected (CcAct *act, gint64 entity, CcInterval period, GError **error);
gboolean cc_act_remove_expected (CcAct *act, gint64 expected, GError **error);

/* Notes that the entity had no case in the period. Returns the id, 0 with an error. */
gint64 cc_act_add_nil (CcAct *act, gint64 entity, CcInterval period, GError **error);

/* Changes what an entity is called and what it is; its key stays. type may be NULL. */
gboolean cc_act_update_entity (CcAct        *act,
                               gint64        entity,
                               const char   *name,
                               const CcCode *type,
                               GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReturn, cc_return_free)

G_END_DECLS
