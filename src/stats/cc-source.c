/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-source-private.h"

static const char *const names[] = {
  "victim",      "perpetrator",     "event",        "victim_event", "perp_event",
  "victim_perp", "status_decision", "justice_step", "assistance",   "place",
};

/* Variables that derivations need besides those the contract names. */
static const char *const extra[][2] = {
  { "victim", "birth_date" },
  { "victim", "age" },
  { "victim", "origin_country" },
  { "victim", "detected_on" },
  { "perpetrator", "birth_date" },
  { "perpetrator", "age" },
  { "status_decision", "status" },
  { "status_decision", "decided_on" },
  { "status_decision", "deciding_entity" },
  { "justice_step", "stage" },
  { "justice_step", "step_on" },
  { "place", "place_stage" },
  { "place", "place_country" },
  { "victim_event", "form" },
  { "victim_event", "exploitation_country" },
  { "event", "stage_on" },
  { "event", "recorded_on" },
  { "event", "organised_group" },
};

/* The pack's name of a unit. */
const char *
cc_unit_index_get_name (CcUnitIndex unit)
{
  return names[unit];
}

/* CC_UNIT_NONE where facts need no records of that unit. */
CcUnitIndex
cc_unit_index_from_name (const char *name)
{
  for (guint i = 0; i < CC_N_UNITS; i++)
    if (g_str_equal (names[i], name))
      return i;
  return CC_UNIT_NONE;
}

static void
add_variable (CcSourcePlan *self, const CcVariable *variable)
{
  CcUnitIndex unit = variable ? cc_unit_index_from_name (variable->unit) : CC_UNIT_NONE;

  if (unit == CC_UNIT_NONE || self->slot[variable->index]
      || (variable->storage != CC_STORAGE_COLUMN && variable->storage != CC_STORAGE_ANSWER))
    return;
  g_ptr_array_add (self->variables[unit], (gpointer) variable);
  self->slot[variable->index] = self->variables[unit]->len;
}

/* Chooses what is read of each unit: what the contract names, and what its derivations need. */
CcSourcePlan *
cc_source_plan_new (CcFields *fields)
{
  CcSourcePlan *self = g_new0 (CcSourcePlan, 1);

  self->fields = cc_fields_ref (fields);
  self->slot = g_new0 (guint, cc_pack_get_n_variables (fields->pack) + 1);
  for (guint i = 0; i < CC_N_UNITS; i++)
    self->variables[i] = g_ptr_array_new ();
  for (guint kind = 0; kind < CC_KIND_RETURN; kind++)
    for (guint i = 0; i < fields->of[kind]->len; i++)
      {
        const CcField *field = fields->of[kind]->pdata[i];

        add_variable (self, cc_pack_find_variable (fields->pack, field->contract->variable));
      }
  for (guint i = 0; i < G_N_ELEMENTS (extra); i++)
    add_variable (self, cc_pack_find_unit_variable (fields->pack, extra[i][0], extra[i][1]));
  return self;
}

void
cc_source_plan_free (CcSourcePlan *self)
{
  if (!self)
    return;
  for (guint i = 0; i < CC_N_UNITS; i++)
    g_ptr_array_unref (self->variables[i]);
  g_free (self->slot);
  cc_fields_unref (self->fields);
  g_free (self);
}

/* An empty set; records belong to whoever made them. */
CcSourceSet *
cc_source_set_new (CcKind kind, const char *country)
{
  CcSourceSet *self = g_new0 (CcSourceSet, 1);

  self->kind = kind;
  self->country = country;
  self->choices = g_array_new (FALSE, FALSE, sizeof (CcSourceChoice));
  for (guint i = 0; i < CC_N_UNITS; i++)
    self->of[i] = g_ptr_array_new ();
  return self;
}

/* Makes the set ready for the next cluster. */
void
cc_source_set_clear (CcSourceSet *self)
{
  for (guint i = 0; i < CC_N_UNITS; i++)
    g_ptr_array_set_size (self->of[i], 0);
  for (guint i = 0; i < CC_N_KINDS; i++)
    self->linked[i] = 0;
  g_array_set_size (self->choices, 0);
}

void
cc_source_set_free (CcSourceSet *self)
{
  if (!self)
    return;
  for (guint i = 0; i < CC_N_UNITS; i++)
    g_ptr_array_unref (self->of[i]);
  g_array_unref (self->choices);
  g_free (self);
}

/* The value of a variable in a record; NULL where the variable is not read or is not of its unit.
 */
CcSourceValue *
cc_source_get (const CcSourcePlan *plan, const CcSourceRecord *record, const CcVariable *variable)
{
  if (!variable || !plan->slot[variable->index]
      || cc_unit_index_from_name (variable->unit) != record->unit)
    return NULL;
  return &record->values[plan->slot[variable->index] - 1];
}
