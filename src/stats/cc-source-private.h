/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-fact-private.h"

G_BEGIN_DECLS

/* The units whose records facts are derived from. */
typedef enum
{
  CC_UNIT_VICTIM,
  CC_UNIT_PERPETRATOR,
  CC_UNIT_EVENT,
  CC_UNIT_VICTIM_EVENT,
  CC_UNIT_PERP_EVENT,
  CC_UNIT_VICTIM_PERP,
  CC_UNIT_STATUS_DECISION,
  CC_UNIT_JUSTICE_STEP,
  CC_UNIT_ASSISTANCE,
  CC_UNIT_PLACE,
  CC_N_UNITS,
  CC_UNIT_NONE = CC_N_UNITS,
} CcUnitIndex;

/* What one record says about one variable. n = 0: nothing known. */
typedef struct
{
  union
  {
    guint      code; /* index in the pack */
    CcInterval date;
    struct
    {
      int   min; /* completed years, -1 where open */
      int   max;
      CcDay day;
    } age;
    gint64         number;
    const char    *text;
    const guint16 *codes; /* indices in the pack, in the order stated */
  } u;
  guint32 n;
} CcSourceValue;

/* Who reports. */
typedef struct
{
  gint64   id;
  char    *key;
  guint    type; /* index of the code in the pack; G_MAXUINT where not known */
  gboolean identifies;
} CcSourceEntity;

typedef struct
{
  gint64      id;
  CcUnitIndex unit;
  gint64      parent; /* the record of the cluster that it hangs on; own units: 0 */
  gint64      event;  /* of a victim's row of an event: the cluster of that event; else 0 */
  const CcSourceEntity *entity; /* NULL where entered without one */
  CcSourceValue        *values; /* one per slot of the unit */
} CcSourceRecord;

/* Which variables are read, and where their values stand. */
typedef struct
{
  CcFields  *fields;
  guint     *slot;                  /* per variable of the pack: slot + 1, 0 = not read */
  GPtrArray *variables[CC_N_UNITS]; /* const CcVariable*, by slot */
} CcSourcePlan;

/* A departure from the selection rules that a user chose. */
typedef struct
{
  const CcVariable *variable;
  gint64            record;
} CcSourceChoice;

/* All that is known of one cluster. */
typedef struct
{
  gint64      cluster;
  CcKind      kind;
  const char *country;            /* reporting country, ISO 3166-1 alpha-3 */
  GPtrArray  *of[CC_N_UNITS];     /* CcSourceRecord*; events of perpetrators stand in of[EVENT] */
  GArray     *choices;            /* CcSourceChoice */
  guint       linked[CC_N_KINDS]; /* of events: distinct clusters of that kind in it */
} CcSourceSet;

CcSourcePlan *cc_source_plan_new (CcFields *fields);
void          cc_source_plan_free (CcSourcePlan *self);
CcUnitIndex   cc_unit_index_from_name (const char *name);
const char   *cc_unit_index_get_name (CcUnitIndex unit);
CcSourceSet  *cc_source_set_new (CcKind kind, const char *country);
void          cc_source_set_clear (CcSourceSet *self);
void          cc_source_set_free (CcSourceSet *self);
CcSourceValue *
cc_source_get (const CcSourcePlan *plan, const CcSourceRecord *record, const CcVariable *variable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSourcePlan, cc_source_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSourceSet, cc_source_set_free)

G_END_DECLS
