/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* One stated value of one variable. */
typedef struct
{
  const CcVariable *variable;
  CcNoValue         no_value; /* not NONE: nothing else is set but perhaps text */
  const CcCode     *code;     /* CODE and FLAG */
  GPtrArray        *codes;    /* MULTI: const CcCode*, in the order given */
  int               complete; /* MULTI: 1 the list was complete, 0 it was not, -1 not known */
  CcInterval        date;     /* DATE */
  int               age_min;  /* AGE: completed years, inclusive; -1 where open */
  int               age_max;
  CcDay             age_day; /* AGE: the day it holds for, CC_DAY_NONE where not known */
  gint64            number;  /* INT */
  char             *text;    /* TEXT, IDENTIFIER; elsewhere the text as given, or the text of _O */
} CcValue;

/* One record: one source's statement about one victim, perpetrator, event or link, before it is
 * stored or after it was read. */
typedef struct
{
  guint8        uuid[16];
  const CcUnit *unit;
  gint64        id;         /* 0 until stored */
  gint64        parents[2]; /* record ids in the order of the unit's parents; 0 = absent */
  GPtrArray    *values;     /* CcValue*, at most one per variable except identifiers */
} CcRecord;

CcValue  *cc_value_new (const CcVariable *variable);
CcValue  *cc_value_copy (const CcValue *self);
void      cc_value_free (CcValue *self);
gboolean  cc_value_equal (const CcValue *a, const CcValue *b);
CcRecord *cc_record_new (const CcUnit *unit);
CcRecord *cc_record_copy (CcRecord *self);
void      cc_record_free (CcRecord *self);
gboolean  cc_record_equal (CcRecord *a, CcRecord *b);
CcValue  *cc_record_find (CcRecord *self, const char *variable_id);
CcValue  *cc_record_add (CcRecord *self, const CcVariable *variable);
void      cc_record_take (CcRecord *self, CcValue *value);
void      cc_record_remove (CcRecord *self, const char *variable_id);
gboolean  cc_record_is_empty (CcRecord *self);

/* Adds what another statement about the same thing says and this one does not. */
void cc_record_add_known (CcRecord *self, const CcValue *value);
void cc_record_merge (CcRecord *self, CcRecord *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcValue, cc_value_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRecord, cc_record_free)

G_END_DECLS
