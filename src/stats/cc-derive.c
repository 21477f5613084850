/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-derive-private.h"

#include <string.h>

static const CcUnitIndex own_units[] = { CC_UNIT_VICTIM, CC_UNIT_PERPETRATOR, CC_UNIT_EVENT };

/* Which unit's records are the rows of a group. */
static const struct
{
  CcGroup     group;
  CcKind      kind;
  CcUnitIndex unit;
} row_units[] = {
  { CC_GROUP_STEP, CC_KIND_PERP, CC_UNIT_JUSTICE_STEP },
  { CC_GROUP_SERVICE, CC_KIND_VICTIM, CC_UNIT_ASSISTANCE },
  { CC_GROUP_RETURN, CC_KIND_VICTIM, CC_UNIT_VICTIM },
  { CC_GROUP_RESIDENCE, CC_KIND_VICTIM, CC_UNIT_VICTIM },
  { CC_GROUP_EXPLOITATION, CC_KIND_VICTIM, CC_UNIT_VICTIM_EVENT },
  { CC_GROUP_STATUS_DECISION, CC_KIND_VICTIM, CC_UNIT_STATUS_DECISION },
  { CC_GROUP_DETECTION, CC_KIND_VICTIM, CC_UNIT_VICTIM },
  { CC_GROUP_STAGE, CC_KIND_EVENT, CC_UNIT_EVENT },
};

static void
set_code (CcFactValue *value, guint code)
{
  if (code != G_MAXUINT)
    *value = (CcFactValue){ .u.code = code, .n = 1 };
}

static void
set_number (CcFactValue *value, gint64 number)
{
  *value = (CcFactValue){ .u.number = number, .n = 1 };
}

/* Adds one code to a value of several. */
static void
add_code (CcDeriveContext *context, const CcField *field, CcFactValue *value, guint code)
{
  guint16  place = context->plan->fields->place[code];
  guint16 *list;

  if (field->type == CC_VALUE_MASK)
    {
      value->u.mask |= G_GUINT64_CONSTANT (1) << place;
      value->n = 1;
      return;
    }
  for (guint i = 0; i < value->n; i++)
    if (value->u.list[i] == place)
      return;
  list = cc_arena_alloc (context->arena, sizeof (guint16) * (value->n + 1));
  if (value->n)
    memcpy (list, value->u.list, sizeof (guint16) * value->n);
  list[value->n] = place;
  value->u.list = list;
  value->n++;
}

/* One code of several: the lowest in the list, or what answers yes or no. */
static guint
choose_code (CcDeriveContext *context, const CcDerivation *derivation, const CcSourceValue *stated)
{
  const CcDerivePlan *plan = context->plan;
  guint               chosen = G_MAXUINT;

  for (guint i = 0; i < stated->n; i++)
    {
      guint code = stated->u.codes[i];

      if (chosen == G_MAXUINT)
        chosen = code;
      else if (derivation->select == CC_SELECT_ANY_YES)
        {
          if (plan->is_yes[code] == 1 && plan->is_yes[chosen] != 1)
            chosen = code;
        }
      else if (plan->fields->place[code] < plan->fields->place[chosen])
        chosen = code;
    }
  return chosen;
}

/* Several articles in one cell are cut at ";" and written alike. */
static const char *
tidy_text (CcDeriveContext *context, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autofree char *joined = NULL;
  char            *kept;

  for (guint i = 0; parts[i]; i++)
    g_strstrip (parts[i]);
  joined = g_strjoinv ("; ", parts);
  kept = cc_arena_alloc (context->arena, strlen (joined) + 1);
  return strcpy (kept, joined);
}

/* A stated value in the shape of the field. */
static void
take_value (CcDeriveContext     *context,
            const CcDerivation  *derivation,
            const CcSourceValue *stated,
            CcFactValue         *value)
{
  const CcField *field = derivation->field;
  gboolean       several = derivation->variable && derivation->variable->type == CC_VARIABLE_MULTI;

  if (!stated || !stated->n)
    return;
  switch (field->type)
    {
    case CC_VALUE_CODE:
      set_code (value, several ? choose_code (context, derivation, stated) : stated->u.code);
      break;
    case CC_VALUE_MASK:
    case CC_VALUE_LIST:
      for (guint i = 0; i < stated->n; i++)
        add_code (context, field, value, several ? stated->u.codes[i] : stated->u.code);
      break;
    case CC_VALUE_DATE:
      *value = (CcFactValue){ .u.date = stated->u.date, .n = 1 };
      break;
    case CC_VALUE_INT:
      set_number (value, stated->u.number);
      break;
    case CC_VALUE_TEXT:
    default:
      *value = (CcFactValue){ .u.text = tidy_text (context, stated->u.text), .n = 1 };
      break;
    }
}

static const CcSourceValue *
get (CcDeriveContext *context, const CcSourceRecord *record, const CcVariable *variable)
{
  return cc_source_get (context->plan->source, record, variable);
}

/* What one record says about a field. */
static void
value_of_record (CcDeriveContext      *context,
                 const CcDerivation   *derivation,
                 const CcSourceRecord *record,
                 CcFactValue          *value)
{
  const CcDerivePlan  *plan = context->plan;
  const CcSourceValue *stated;

  switch (derivation->rule)
    {
    case CC_RULE_STEP_DATE:
      if (cc_source_is_code (get (context, record, plan->step_stage), derivation->codes))
        take_value (context, derivation, get (context, record, plan->step_on), value);
      break;
    case CC_RULE_STATUS_DATE:
      if (cc_source_is_code (get (context, record, plan->status), derivation->codes))
        take_value (context, derivation, get (context, record, plan->decided_on), value);
      break;
    case CC_RULE_PLACE_COUNTRY:
      if (cc_source_is_code (get (context, record, plan->place_stage), derivation->codes))
        take_value (context, derivation, get (context, record, plan->place_country), value);
      break;
    case CC_RULE_STEP_EXISTS:
      stated = get (context, record, plan->step_stage);
      if (stated && stated->n)
        set_code (value, derivation->codes[stated->u.code] ? plan->yes : plan->no);
      break;
    case CC_RULE_STATED_AGE:
      stated = get (context, record, derivation->variable);
      if (stated && stated->n && stated->u.age.min == stated->u.age.max)
        set_number (value, stated->u.age.min);
      break;
    case CC_RULE_PRINCIPAL:
      take_value (context, derivation, get (context, record, derivation->variable), value);
      stated = get (context, record, plan->form);
      if (!value->n && stated && stated->n == 1)
        set_code (value, stated->u.codes[0]);
      break;
    case CC_RULE_ENTITY_TYPE:
      if (record->entity && record->entity->type != G_MAXUINT)
        add_code (context, derivation->field, value, record->entity->type);
      break;
    default:
      take_value (context, derivation, get (context, record, derivation->variable), value);
      break;
    }
}

static gboolean
date_is_better (CcInterval a, CcInterval b, gboolean earliest)
{
  if (earliest)
    return a.first != b.first ? a.first < b.first : a.last < b.last;
  return a.last != b.last ? a.last > b.last : a.first > b.first;
}

/* When a row holds: the date of a step, or since when a case is in its stage. Unknown dates come
 * first, so that any dated row is later. */
static CcInterval
row_date (CcDeriveContext *context, const CcSourceRecord *record)
{
  const CcVariable    *variable = record->unit == CC_UNIT_JUSTICE_STEP ? context->plan->step_on
                                  : record->unit == CC_UNIT_EVENT      ? context->plan->stage_on
                                                                       : NULL;
  const CcSourceValue *date = variable ? get (context, record, variable) : NULL;

  return date && date->n ? date->u.date : CC_INTERVAL_UNKNOWN;
}

/* Joins the value of the next record to what is selected so far. */
static void
select_value (CcDeriveContext    *context,
              const CcDerivation *derivation,
              CcFactValue        *best,
              CcInterval         *best_date,
              const CcFactValue  *next,
              CcInterval          next_date)
{
  const CcField *field = derivation->field;

  if (!next->n)
    return;
  if (!best->n)
    {
      *best = *next;
      *best_date = next_date;
      return;
    }
  switch (derivation->select)
    {
    case CC_SELECT_UNION:
      if (field->type == CC_VALUE_MASK)
        best->u.mask |= next->u.mask;
      else if (field->type == CC_VALUE_LIST)
        for (guint i = 0; i < next->n; i++)
          add_code (context, field, best,
                    ((const CcCode *) field->codes->pdata[next->u.list[i]])->index);
      else if (field->type == CC_VALUE_TEXT && !strstr (best->u.text, next->u.text))
        {
          g_autofree char *joined = g_strconcat (best->u.text, "; ", next->u.text, NULL);

          best->u.text = tidy_text (context, joined);
        }
      break;
    case CC_SELECT_ANY_YES:
      if (context->plan->is_yes[next->u.code] == 1)
        *best = *next;
      break;
    case CC_SELECT_EARLIEST:
    case CC_SELECT_LATEST:
      if (field->type == CC_VALUE_DATE)
        {
          if (date_is_better (next->u.date, best->u.date, derivation->select == CC_SELECT_EARLIEST))
            *best = *next;
          break;
        }
      if (derivation->select == CC_SELECT_EARLIEST)
        break;
      /* fall through */
    case CC_SELECT_LATEST_KNOWN:
      if (!date_is_better (*best_date, next_date, FALSE))
        {
          *best = *next;
          *best_date = next_date;
        }
      break;
    case CC_SELECT_FIRST_KNOWN:
    default:
      break;
    }
}

/* The record that a user chose for a variable, 0 where the rules decide. */
static gint64
find_choice (CcDeriveContext *context, const CcVariable *variable)
{
  GArray *choices = context->set->choices;

  for (guint i = 0; variable && i < choices->len; i++)
    if (g_array_index (choices, CcSourceChoice, i).variable == variable)
      return g_array_index (choices, CcSourceChoice, i).record;
  return 0;
}

static void
select_from (CcDeriveContext    *context,
             const CcDerivation *derivation,
             GPtrArray          *records,
             CcFactValue        *value)
{
  gint64     choice = find_choice (context, derivation->variable);
  CcInterval date = CC_INTERVAL_UNKNOWN;

  for (guint i = 0; i < records->len; i++)
    {
      const CcSourceRecord *record = records->pdata[i];
      CcFactValue           next = { .n = 0 };
      CcInterval            next_date = CC_INTERVAL_UNKNOWN;

      value_of_record (context, derivation, record, &next);
      if (choice && record->id == choice && next.n)
        {
          *value = next;
          return;
        }
      if (derivation->unit == CC_UNIT_JUSTICE_STEP
          || derivation->variable == context->plan->event_stage)
        next_date = row_date (context, record);
      select_value (context, derivation, value, &date, &next, next_date);
    }
}

static void
note_country (CcDeriveContext     *context,
              const CcSourceValue *country,
              gboolean            *known,
              gboolean            *foreign)
{
  const CcCode *code;

  if (!country || !country->n)
    return;
  code = cc_pack_get_code (context->plan->fields->pack, country->u.code);
  *known = TRUE;
  if (g_strcmp0 (code->code, context->set->country) != 0)
    *foreign = TRUE;
}

/* Over the known countries of origin, recruitment and exploitation of all records. */
static void
derive_scope (CcDeriveContext *context, CcFactValue *value)
{
  const CcDerivePlan *plan = context->plan;
  CcSourceSet        *set = context->set;
  gboolean            known = FALSE, foreign = FALSE;

  for (guint i = 0; i < set->of[CC_UNIT_VICTIM]->len; i++)
    note_country (context, get (context, set->of[CC_UNIT_VICTIM]->pdata[i], plan->origin_country),
                  &known, &foreign);
  for (guint i = 0; i < set->of[CC_UNIT_VICTIM_EVENT]->len; i++)
    note_country (context,
                  get (context, set->of[CC_UNIT_VICTIM_EVENT]->pdata[i],
                       plan->exploitation_country),
                  &known, &foreign);
  for (guint i = 0; i < set->of[CC_UNIT_PLACE]->len; i++)
    {
      const CcSourceRecord *place = set->of[CC_UNIT_PLACE]->pdata[i];

      if (cc_source_is_code (get (context, place, plan->place_stage), plan->recruitment))
        note_country (context, get (context, place, plan->place_country), &known, &foreign);
    }
  if (known)
    set_code (value, foreign ? plan->cross_border : plan->internal);
}

static void
derive_age_field (CcDeriveContext *context, CcRule rule, CcFactValue *value)
{
  int min, max;

  cc_derive_age (context, &min, &max);
  if (min < 0)
    return;
  if (rule == CC_RULE_AGE_MIN)
    set_number (value, min);
  else if (rule == CC_RULE_AGE_MAX && max >= 0)
    set_number (value, max);
  else if (rule == CC_RULE_AGE_EXACT && min == max)
    set_number (value, min);
  else if (rule == CC_RULE_AGE_CLASS && max >= 0 && max < 18)
    set_code (value, context->plan->child);
  else if (rule == CC_RULE_AGE_CLASS && min >= 18)
    set_code (value, context->plan->adult);
}

static void
derive_count (CcDeriveContext *context, const CcDerivation *derivation, CcFactValue *value)
{
  GPtrArray *own = context->set->of[CC_UNIT_EVENT];
  gint64     count = context->set->linked[derivation->linked];
  gboolean   known = count > 0;

  for (guint i = 0; i < own->len; i++)
    {
      const CcSourceValue *stated = get (context, own->pdata[i], derivation->variable);

      if (stated && stated->n)
        {
          known = TRUE;
          count = MAX (count, stated->u.number);
        }
    }
  if (known)
    set_number (value, count);
}

static void
derive_first_entity (CcDeriveContext *context, CcFactValue *value)
{
  GPtrArray            *own = context->set->of[own_units[context->set->kind]];
  const CcSourceRecord *first = own->len ? own->pdata[0] : NULL;

  if (first && first->entity && first->entity->type != G_MAXUINT)
    set_code (value, first->entity->type);
}

static void
derive_field (CcDeriveContext *context, const CcDerivation *derivation, CcFactValue *value)
{
  CcSourceSet *set = context->set;

  switch (derivation->rule)
    {
    case CC_RULE_NONE:
      break;
    case CC_RULE_RECORD_COUNT:
      set_number (value, set->of[own_units[set->kind]]->len);
      break;
    case CC_RULE_AGE_EXACT:
    case CC_RULE_AGE_MIN:
    case CC_RULE_AGE_MAX:
    case CC_RULE_AGE_CLASS:
      derive_age_field (context, derivation->rule, value);
      break;
    case CC_RULE_STATUS:
      cc_derive_status (context, value);
      break;
    case CC_RULE_SCOPE:
      derive_scope (context, value);
      break;
    case CC_RULE_FIRST_ENTITY_TYPE:
      derive_first_entity (context, value);
      break;
    case CC_RULE_COUNT_OR_STATED:
      derive_count (context, derivation, value);
      break;
    case CC_RULE_ENTITY_TYPE:
      select_from (context, derivation, set->of[own_units[set->kind]], value);
      break;
    case CC_RULE_STEP_EXISTS:
      for (guint i = 0; i < set->of[CC_UNIT_JUSTICE_STEP]->len; i++)
        {
          CcFactValue row = { .n = 0 };

          value_of_record (context, derivation, set->of[CC_UNIT_JUSTICE_STEP]->pdata[i], &row);
          if (row.n && (!value->n || row.u.code == context->plan->yes))
            *value = row;
        }
      break;
    default:
      if (derivation->unit != CC_UNIT_NONE)
        select_from (context, derivation, set->of[derivation->unit], value);
      break;
    }
}

/* The case that a victim's record belongs to: that of the first of its rows that names one. */
static gint64
find_event (CcDeriveContext *context, const CcSourceRecord *victim)
{
  GPtrArray *links = context->set->of[CC_UNIT_VICTIM_EVENT];

  for (guint i = 0; i < links->len; i++)
    {
      const CcSourceRecord *link = links->pdata[i];

      if (link->parent == victim->id && link->event)
        return link->event;
    }
  return 0;
}

/* The rows of one group, without those that say nothing. */
static void
derive_rows (CcDeriveContext *context, CcFact *fact, CcGroup group, GPtrArray *records)
{
  const CcDerivePlan *plan = context->plan;
  GPtrArray          *fields = plan->fields->in_group[fact->kind][group];
  CcFactRows         *rows = &fact->rows[group];

  if (!fields->len || !records->len)
    return;
  rows->values = cc_arena_alloc (context->arena, sizeof (CcFactValue) * fields->len * records->len);
  if (group == CC_GROUP_STAGE)
    rows->dates = cc_arena_alloc (context->arena, sizeof (CcInterval) * records->len);
  if (group == CC_GROUP_DETECTION)
    rows->events = cc_arena_alloc (context->arena, sizeof (gint64) * records->len);
  for (guint i = 0; i < records->len; i++)
    {
      CcFactValue *row = rows->values + rows->n * fields->len;
      gboolean     says = FALSE;

      memset (row, 0, sizeof (CcFactValue) * fields->len);
      for (guint j = 0; j < fields->len; j++)
        {
          const CcField *field = fields->pdata[j];

          value_of_record (context, plan->of[fact->kind]->pdata[field->index], records->pdata[i],
                           &row[j]);
          says = says || row[j].n;
        }
      if (!says)
        continue;
      if (rows->dates)
        rows->dates[rows->n] = row_date (context, records->pdata[i]);
      if (rows->events)
        rows->events[rows->n] = find_event (context, records->pdata[i]);
      rows->n++;
    }
}

/**
 * cc_derive:
 * @set: the live records of one cluster and what hangs on them; put into order here
 * @arena: where the fact lives
 * @entity: finds deciding entities by id, may be NULL
 *
 * Derives the fact of a cluster by the selection rules of the contract. A pure function: the same
 * records give the same fact, whether they are one person in the case file or only might be.
 */
CcFact *
cc_derive (const CcDerivePlan *plan,
           CcSourceSet        *set,
           CcArena            *arena,
           CcEntityFunc        entity,
           gpointer            entity_data)
{
  CcDeriveContext context = { plan, set, arena, CC_DAY_NONE, entity, entity_data };
  CcFact         *fact = cc_fact_new (arena, plan->fields, set->kind);

  fact->id = set->cluster;
  context.day = cc_derive_sort (&context);
  for (guint i = 0; i < plan->of[set->kind]->len; i++)
    {
      const CcDerivation *derivation = plan->of[set->kind]->pdata[i];

      derive_field (&context, derivation, &fact->values[derivation->field->index]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (row_units); i++)
    if (row_units[i].kind == set->kind)
      derive_rows (&context, fact, row_units[i].group, set->of[row_units[i].unit]);
  return fact;
}
