/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-fields-private.h"

#include <cc/base/cc-day.h>

G_BEGIN_DECLS

/* One value of a fact. n = 0 means unknown; for CC_VALUE_LIST n is the number of places. */
typedef struct
{
  union
  {
    guint          code; /* CODE: index in the pack */
    guint64        mask; /* MASK: bit = place in the list */
    const guint16 *list; /* LIST: places in the list, first stated first */
    CcInterval     date;
    gint64         number;
    const char    *text;
  } u;
  guint32 n;
} CcFactValue;

/* The rows of one group: n rows of as many values as the group has fields. */
typedef struct
{
  guint        n;
  CcFactValue *values;
  CcInterval  *dates; /* STAGE only: since when each row holds */
  gint64 *events; /* DETECTION only: cluster of the case it belongs to, 0 where none is stated */
} CcFactRows;

/* What is counted: a person, a case, a registration or a return. */
typedef struct
{
  CcKind       kind;
  gint64       id;     /* cluster; of registrations the record, of returns the delivery */
  CcFactValue *values; /* one per field of the record kind */
  CcFactRows   rows[CC_N_GROUPS];
} CcFact;

/* Memory that is given back all at once: facts are made and forgotten by the million. */
typedef struct _CcArena CcArena;

CcArena *cc_arena_new (void);
void     cc_arena_free (CcArena *self);
void     cc_arena_reset (CcArena *self);
gpointer cc_arena_alloc (CcArena *self, gsize size);

CcFact *cc_fact_new (CcArena *arena, CcFields *fields, CcKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcArena, cc_arena_free)

G_END_DECLS
