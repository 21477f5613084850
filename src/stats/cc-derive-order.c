/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-derive-private.h"

#include <stdlib.h>
#include <string.h>

/* Where a record stands in the order of its cluster. */
typedef struct
{
  CcInterval      date;
  CcSourceRecord *record;
} Place;

/* The date of one source value, unknown where there is none. */
static CcInterval
get_date (const CcSourcePlan *plan, const CcSourceRecord *record, const CcVariable *variable)
{
  const CcSourceValue *value = cc_source_get (plan, record, variable);

  return value && value->n ? value->u.date : CC_INTERVAL_UNKNOWN;
}

/* Unknown dates last; then by first and by last day. */
static int
compare_dates (CcInterval a, CcInterval b)
{
  gboolean known_a = cc_interval_is_known (a);
  gboolean known_b = cc_interval_is_known (b);

  if (!known_a || !known_b)
    return known_b - known_a;
  if (a.first != b.first)
    return a.first < b.first ? -1 : 1;
  return a.last != b.last ? (a.last < b.last ? -1 : 1) : 0;
}

static const char *
entity_key (const CcSourceRecord *record)
{
  return record->entity && record->entity->key ? record->entity->key : "";
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *place_a = a;
  const Place *place_b = b;
  int          order = compare_dates (place_a->date, place_b->date);

  if (!order)
    order = strcmp (entity_key (place_a->record), entity_key (place_b->record));
  if (!order)
    order = place_a->record->id < place_b->record->id ? -1 : 1;
  return order;
}

/* The day that orders a record: detection, earliest step, or recording of the case. */
static CcInterval
order_date (CcDeriveContext *context, const CcSourceRecord *record)
{
  const CcDerivePlan *plan = context->plan;
  GPtrArray          *steps = context->set->of[CC_UNIT_JUSTICE_STEP];
  CcInterval          earliest = CC_INTERVAL_UNKNOWN;

  if (context->set->kind == CC_KIND_VICTIM)
    return get_date (plan->source, record, plan->detected_on);
  if (context->set->kind == CC_KIND_EVENT)
    return get_date (plan->source, record, plan->recorded_on);
  for (guint i = 0; i < steps->len; i++)
    {
      const CcSourceRecord *step = steps->pdata[i];
      CcInterval            date = get_date (plan->source, step, plan->step_on);

      if (step->parent == record->id && compare_dates (date, earliest) < 0)
        earliest = date;
    }
  return earliest;
}

static guint
find_own (GPtrArray *own, gint64 record)
{
  for (guint i = 0; i < own->len; i++)
    if (((const CcSourceRecord *) own->pdata[i])->id == record)
      return i;
  return own->len;
}

static int
compare_children (gconstpointer a, gconstpointer b, gpointer data)
{
  const CcSourceRecord *child_a = *(const CcSourceRecord *const *) a;
  const CcSourceRecord *child_b = *(const CcSourceRecord *const *) b;
  guint                 own_a = find_own (data, child_a->parent);
  guint                 own_b = find_own (data, child_b->parent);

  if (own_a != own_b)
    return own_a < own_b ? -1 : 1;
  return child_a->id != child_b->id ? (child_a->id < child_b->id ? -1 : 1) : 0;
}

/**
 * cc_derive_sort:
 *
 * Puts the cluster's records into their order: (date first, date last, entity key, record id),
 * unknown dates last; what hangs on them follows their order.
 *
 * Returns: the first day of the earliest known date, CC_DAY_NONE where none is known
 */
CcDay
cc_derive_sort (CcDeriveContext *context)
{
  static const CcUnitIndex units[] = { CC_UNIT_VICTIM, CC_UNIT_PERPETRATOR, CC_UNIT_EVENT };
  CcUnitIndex              unit = units[context->set->kind];
  GPtrArray               *own = context->set->of[unit];
  Place *places = cc_arena_alloc (context->arena, sizeof (Place) * (own->len + 1));

  for (guint i = 0; i < own->len; i++)
    places[i] = (Place){ order_date (context, own->pdata[i]), own->pdata[i] };
  if (own->len > 1)
    qsort (places, own->len, sizeof (Place), compare_places);
  for (guint i = 0; i < own->len; i++)
    own->pdata[i] = places[i].record;
  for (guint i = 0; i < CC_N_UNITS; i++)
    if (i != unit && context->set->of[i]->len > 1)
      g_ptr_array_sort_with_data (context->set->of[i], compare_children, own);
  return own->len ? places[0].date.first : CC_DAY_NONE;
}

/* Whether the value is a code, or holds one, of those marked. */
gboolean
cc_source_is_code (const CcSourceValue *value, const guint8 *codes)
{
  return value && value->n && codes[value->u.code];
}

typedef struct
{
  int      min;
  int      max; /* -1 = open */
  gboolean known;
} Age;

#define OPEN_AGE 200

static int
age_width (Age age)
{
  return (age.max < 0 ? OPEN_AGE : age.max) - age.min;
}

/* Completed years on day D of somebody born within the interval. */
static Age
age_from_birth (CcInterval birth, CcDay day)
{
  int min = cc_day_completed_years (birth.last, day);
  int max = cc_day_completed_years (birth.first, day);

  if (max < 0)
    return (Age){ 0, 0, FALSE };
  return (Age){ MAX (0, min), max, TRUE };
}

/* A stated age holds on a day of its own. Moved to day D by whole years in both directions: d days
 * are at least d / 366 and at most (d + 364) / 365 birthdays. */
static Age
age_from_statement (const CcSourceValue *stated, CcDay stated_on, CcDay day)
{
  Age age = { MAX (0, stated->u.age.min), stated->u.age.max, TRUE };
  int days;

  if (stated_on == CC_DAY_NONE || day == CC_DAY_NONE || stated_on == day)
    return age;
  days = stated_on - day;
  if (days > 0)
    {
      age.min = MAX (0, age.min - (days + 364) / 365);
      if (age.max >= 0)
        age.max = MAX (0, age.max - days / 366);
    }
  else
    {
      age.min += -days / 366;
      if (age.max >= 0)
        age.max += (-days + 364) / 365;
    }
  return age;
}

/**
 * cc_derive_age:
 * @min: completed years on the cluster's day; -1 where nothing is known
 * @max: -1 where open or not known
 *
 * The narrowest of what each record says, by its birth date, else by its stated age; ties go to the
 * earlier record.
 */
void
cc_derive_age (CcDeriveContext *context, int *min, int *max)
{
  const CcDerivePlan *plan = context->plan;
  CcKind              kind = context->set->kind;
  GPtrArray *own = context->set->of[kind == CC_KIND_VICTIM ? CC_UNIT_VICTIM : CC_UNIT_PERPETRATOR];
  Age        best = { 0, 0, FALSE };

  for (guint i = 0; i < own->len; i++)
    {
      const CcSourceRecord *record = own->pdata[i];
      CcInterval            birth = get_date (plan->source, record, plan->birth_date[kind]);
      const CcSourceValue  *stated = cc_source_get (plan->source, record, plan->age[kind]);
      Age                   age = { 0, 0, FALSE };

      if (cc_interval_is_known (birth) && context->day != CC_DAY_NONE)
        age = age_from_birth (birth, context->day);
      if (!age.known && stated && stated->n)
        {
          CcDay on = stated->u.age.day != CC_DAY_NONE ? stated->u.age.day
                                                      : order_date (context, record).first;

          age = age_from_statement (stated, on, context->day);
        }
      if (age.known && (!best.known || age_width (age) < age_width (best)))
        best = age;
    }
  *min = best.known ? best.min : -1;
  *max = best.known ? best.max : -1;
}

/* A decision in the order of decisions. */
typedef struct
{
  CcDay       day;
  const char *key;
  gint64      id;
} Decided;

static gboolean
is_later (const Decided *a, const Decided *b)
{
  int keys;

  if (a->day != b->day)
    return a->day > b->day;
  keys = strcmp (a->key, b->key);
  return keys ? keys > 0 : a->id > b->id;
}

static CcDay
decision_day (CcDeriveContext *context, const CcSourceRecord *decision)
{
  const CcDerivePlan *plan = context->plan;
  CcInterval          day = get_date (plan->source, decision, plan->decided_on);
  GPtrArray          *own = context->set->of[CC_UNIT_VICTIM];
  guint               parent = find_own (own, decision->parent);

  if (!cc_interval_is_known (day) && parent < own->len)
    day = get_date (plan->source, own->pdata[parent], plan->detected_on);
  return day.first;
}

static const CcSourceEntity *
decision_entity (CcDeriveContext *context, const CcSourceRecord *decision)
{
  const CcSourceValue *stated =
      cc_source_get (context->plan->source, decision, context->plan->deciding_entity);
  const CcSourceEntity *entity = stated && stated->n && context->entity
                                     ? context->entity (context->entity_data, stated->u.number)
                                     : NULL;

  return entity ? entity : decision->entity;
}

/* The latest decision of an entity entitled to decide, else the highest of what was reported. An
 * identification by an entity that is not entitled counts as presumed, its refusal as nothing. */
void
cc_derive_status (CcDeriveContext *context, CcFactValue *value)
{
  const CcDerivePlan *plan = context->plan;
  GPtrArray          *decisions = context->set->of[CC_UNIT_STATUS_DECISION];
  Decided             latest = { 0, NULL, 0 };
  guint               decided = G_MAXUINT, reported = G_MAXUINT;

  for (guint i = 0; i < decisions->len; i++)
    {
      const CcSourceRecord *decision = decisions->pdata[i];
      const CcSourceValue  *status = cc_source_get (plan->source, decision, plan->status);
      const CcSourceEntity *entity;
      guint                 code;

      if (!status || !status->n)
        continue;
      code = status->u.code;
      entity = decision_entity (context, decision);
      if (plan->decides[code] && entity && entity->identifies)
        {
          Decided own = { decision_day (context, decision), entity->key ? entity->key : "",
                          decision->id };

          if (!latest.key || is_later (&own, &latest))
            {
              latest = own;
              decided = code;
            }
          continue;
        }
      if (plan->decides[code])
        code = plan->rank[code] > 0 ? plan->presumed : G_MAXUINT;
      if (code != G_MAXUINT && (reported == G_MAXUINT || plan->rank[code] > plan->rank[reported]))
        reported = code;
    }
  if (decided != G_MAXUINT)
    reported = decided;
  if (reported != G_MAXUINT)
    *value = (CcFactValue){ .u.code = reported, .n = 1 };
}
