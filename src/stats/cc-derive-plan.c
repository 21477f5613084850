/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-derive-private.h"

#include <stdlib.h>
#include <string.h>

static const struct
{
  const char *word;
  CcRule      rule;
} rules[] = {
  { "value", CC_RULE_VALUE },
  { "record-count", CC_RULE_RECORD_COUNT },
  { "age-exact", CC_RULE_AGE_EXACT },
  { "age-min", CC_RULE_AGE_MIN },
  { "age-max", CC_RULE_AGE_MAX },
  { "age-class", CC_RULE_AGE_CLASS },
  { "status", CC_RULE_STATUS },
  { "status-date", CC_RULE_STATUS_DATE },
  { "place-country", CC_RULE_PLACE_COUNTRY },
  { "scope", CC_RULE_SCOPE },
  { "principal", CC_RULE_PRINCIPAL },
  { "entity-type", CC_RULE_ENTITY_TYPE },
  { "first-entity-type", CC_RULE_FIRST_ENTITY_TYPE },
  { "step-date", CC_RULE_STEP_DATE },
  { "step-outcome", CC_RULE_STEP_OUTCOME },
  { "step-exists", CC_RULE_STEP_EXISTS },
  { "split-text", CC_RULE_SPLIT_TEXT },
  { "first-by-sort", CC_RULE_FIRST_BY_SORT },
  { "event", CC_RULE_VALUE },
  { "event-union", CC_RULE_UNION_OF_EVENT },
  { "count-or-stated", CC_RULE_COUNT_OR_STATED },
};

static const struct
{
  const char *word;
  CcSelect    select;
} selects[] = {
  { "first-known", CC_SELECT_FIRST_KNOWN },
  { "latest-known", CC_SELECT_LATEST_KNOWN },
  { "earliest", CC_SELECT_EARLIEST },
  { "latest", CC_SELECT_LATEST },
  { "union", CC_SELECT_UNION },
  { "any-yes", CC_SELECT_ANY_YES },
};

/* Marks the code and all codes below it. */
static guint8 *
mark_below (CcPack *pack, const char *list, const char *code)
{
  guint8    *marks = g_new0 (guint8, cc_pack_get_n_codes (pack) + 1);
  GPtrArray *codes = cc_pack_get_list_codes (pack, list);

  for (guint i = 0; codes && i < codes->len; i++)
    {
      const CcCode *at = codes->pdata[i];
      const CcCode *own = at;

      for (guint depth = 0; at && depth < 16; depth++)
        {
          if (g_str_equal (at->code, code))
            {
              marks[own->index] = 1;
              break;
            }
          at = *at->parent ? cc_pack_find_code (pack, list, at->parent) : NULL;
        }
    }
  return marks;
}

static CcRule
find_rule (const char *derivation, const char **argument)
{
  const char *colon = strchr (derivation, ':');
  gsize       length = colon ? (gsize) (colon - derivation) : strlen (derivation);

  *argument = colon ? colon + 1 : "";
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strlen (rules[i].word) == length && strncmp (rules[i].word, derivation, length) == 0)
      return rules[i].rule;
  return CC_RULE_NONE;
}

static void
read_argument (CcDerivePlan *self, CcDerivation *derivation, const char *argument)
{
  CcPack *pack = self->fields->pack;

  switch (derivation->rule)
    {
    case CC_RULE_STATUS_DATE:
      derivation->codes = mark_below (pack, self->status->list, argument);
      break;
    case CC_RULE_PLACE_COUNTRY:
      derivation->codes = mark_below (pack, self->place_stage->list, argument);
      break;
    case CC_RULE_STEP_DATE:
    case CC_RULE_STEP_EXISTS:
      derivation->codes = mark_below (pack, self->step_stage->list, argument);
      break;
    case CC_RULE_UNION_OF_EVENT:
      derivation->variable = cc_pack_find_variable (pack, argument);
      break;
    case CC_RULE_COUNT_OR_STATED:
      derivation->linked = g_str_equal (argument, "perpetrator") ? CC_KIND_PERP : CC_KIND_VICTIM;
      break;
    default:
      break;
    }
}

static CcDerivation *
new_derivation (CcDerivePlan *self, const CcField *field)
{
  CcDerivation *derivation = g_new0 (CcDerivation, 1);
  const char   *argument;

  derivation->field = field;
  derivation->variable = cc_pack_find_variable (self->fields->pack, field->contract->variable);
  derivation->rule = find_rule (field->contract->derivation, &argument);
  for (guint i = 0; i < G_N_ELEMENTS (selects); i++)
    if (g_str_equal (selects[i].word, field->contract->select))
      derivation->select = selects[i].select;
  read_argument (self, derivation, argument);
  if (derivation->rule == CC_RULE_AGE_EXACT && field->group != CC_GROUP_NONE)
    derivation->rule = CC_RULE_STATED_AGE;
  derivation->unit =
      derivation->variable ? cc_unit_index_from_name (derivation->variable->unit) : CC_UNIT_NONE;
  return derivation;
}

static void
free_derivation (gpointer data)
{
  CcDerivation *derivation = data;

  g_free (derivation->codes);
  g_free (derivation);
}

static guint
find_code (CcPack *pack, const char *list, const char *code)
{
  const CcCode *found = cc_pack_find_code (pack, list, code);

  return found ? found->index : G_MAXUINT;
}

/* The first code of a list that rolls up to a handle. */
static guint
find_handle (CcPack *pack, const char *list, const char *handle)
{
  GPtrArray *codes = cc_pack_get_list_codes (pack, list);

  for (guint i = 0; codes && i < codes->len; i++)
    {
      const CcCode *code = codes->pdata[i];

      if (g_strcmp0 (cc_pack_roll_up (pack, "handle", list, code->code), handle) == 0)
        return code->index;
    }
  return G_MAXUINT;
}

static const char *
list_of (CcFields *fields, CcKind kind, const char *name)
{
  const CcField *field = cc_fields_find (fields, kind, name);

  return field ? field->contract->list : "";
}

/* Reads attributes and handles that rules ask for. */
static void
read_codes (CcDerivePlan *self)
{
  CcPack *pack = self->fields->pack;
  guint   n = cc_pack_get_n_codes (pack);

  self->decides = g_new0 (guint8, n + 1);
  self->rank = g_new0 (gint8, n + 1);
  self->is_yes = g_new0 (guint8, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const CcCode    *code = cc_pack_get_code (pack, i);
      g_autofree char *decides = cc_code_get_attribute (code, "decides");
      g_autofree char *rank = cc_code_get_attribute (code, "rank");
      const char      *handle = cc_pack_has_scheme (pack, "handle", code->list)
                                    ? cc_pack_roll_up (pack, "handle", code->list, code->code)
                                    : NULL;

      self->decides[i] = g_strcmp0 (decides, "yes") == 0;
      self->rank[i] = rank ? (gint8) CLAMP (atoi (rank), 0, G_MAXINT8) : 0;
      self->is_yes[i] = g_strcmp0 (handle, "yes") == 0 ? 1 : g_strcmp0 (handle, "no") == 0 ? 2 : 0;
    }
  self->presumed = find_handle (pack, self->status->list, "presumed");
  self->child = find_handle (pack, list_of (self->fields, CC_KIND_VICTIM, "age-class"), "child");
  self->adult = find_handle (pack, list_of (self->fields, CC_KIND_VICTIM, "age-class"), "adult");
  self->internal = find_handle (pack, list_of (self->fields, CC_KIND_VICTIM, "scope"), "internal");
  self->cross_border =
      find_handle (pack, list_of (self->fields, CC_KIND_VICTIM, "scope"), "cross-border");
  self->yes = find_code (pack, list_of (self->fields, CC_KIND_PERP, "final"), "YES");
  self->no = find_code (pack, list_of (self->fields, CC_KIND_PERP, "final"), "NO");
}

static void
find_variables (CcDerivePlan *self)
{
  CcPack *pack = self->fields->pack;

  self->detected_on = cc_pack_find_unit_variable (pack, "victim", "detected_on");
  self->recorded_on = cc_pack_find_unit_variable (pack, "event", "recorded_on");
  self->birth_date[CC_KIND_VICTIM] = cc_pack_find_unit_variable (pack, "victim", "birth_date");
  self->birth_date[CC_KIND_PERP] = cc_pack_find_unit_variable (pack, "perpetrator", "birth_date");
  self->age[CC_KIND_VICTIM] = cc_pack_find_unit_variable (pack, "victim", "age");
  self->age[CC_KIND_PERP] = cc_pack_find_unit_variable (pack, "perpetrator", "age");
  self->status = cc_pack_find_unit_variable (pack, "status_decision", "status");
  self->decided_on = cc_pack_find_unit_variable (pack, "status_decision", "decided_on");
  self->deciding_entity = cc_pack_find_unit_variable (pack, "status_decision", "deciding_entity");
  self->origin_country = cc_pack_find_unit_variable (pack, "victim", "origin_country");
  self->exploitation_country =
      cc_pack_find_unit_variable (pack, "victim_event", "exploitation_country");
  self->place_stage = cc_pack_find_unit_variable (pack, "place", "place_stage");
  self->place_country = cc_pack_find_unit_variable (pack, "place", "place_country");
  self->step_stage = cc_pack_find_unit_variable (pack, "justice_step", "stage");
  self->step_on = cc_pack_find_unit_variable (pack, "justice_step", "step_on");
  self->event_stage = cc_pack_find_unit_variable (pack, "event", "stage");
  self->stage_on = cc_pack_find_unit_variable (pack, "event", "stage_on");
  self->form = cc_pack_find_unit_variable (pack, "victim_event", "form");
}

/* Looks up the contract's derivations. */
CcDerivePlan *
cc_derive_plan_new (CcFields *fields)
{
  CcDerivePlan *self = g_new0 (CcDerivePlan, 1);

  self->fields = cc_fields_ref (fields);
  self->source = cc_source_plan_new (fields);
  find_variables (self);
  read_codes (self);
  self->recruitment = mark_below (fields->pack, self->place_stage->list, "RECR");
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    {
      self->of[kind] = g_ptr_array_new_with_free_func (free_derivation);
      for (guint i = 0; kind != CC_KIND_RETURN && i < fields->of[kind]->len; i++)
        g_ptr_array_add (self->of[kind], new_derivation (self, fields->of[kind]->pdata[i]));
    }
  return self;
}

void
cc_derive_plan_free (CcDerivePlan *self)
{
  if (!self)
    return;
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    g_ptr_array_unref (self->of[kind]);
  g_free (self->recruitment);
  g_free (self->decides);
  g_free (self->rank);
  g_free (self->is_yes);
  cc_source_plan_free (self->source);
  cc_fields_unref (self->fields);
  g_free (self);
}
