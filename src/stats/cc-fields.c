/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-fields-private.h"

#include "cc-nearest-private.h"

#include <string.h>

static const char *const record_names[] = { "victim", "perp", "event", "return" };
static const char *const unit_names[] = { "victim", "perpetrator", "event", "submission" };
static const char *const unit_abbrs[] = { "VI", "PE", "EV", "SB" };

static const struct
{
  const char *name;
  CcGroup     group;
} group_names[] = {
  { "step", CC_GROUP_STEP },
  { "service", CC_GROUP_SERVICE },
  { "return", CC_GROUP_RETURN },
  { "residence", CC_GROUP_RESIDENCE },
  { "exploitation", CC_GROUP_EXPLOITATION },
  { "status-decision", CC_GROUP_STATUS_DECISION },
};

/* The contract's word for a record kind: victim, perp, event, return. */
const char *
cc_kind_get_record (CcKind kind)
{
  return record_names[kind];
}

/* The pack's unit of a record kind. */
const char *
cc_kind_get_unit (CcKind kind)
{
  return unit_names[kind];
}

/* The unit's abbreviation, which is also the kind of its clusters. */
const char *
cc_kind_get_abbr (CcKind kind)
{
  return unit_abbrs[kind];
}

/* Reads the contract's word for a record kind. FALSE where there is no such kind. */
gboolean
cc_kind_from_record (const char *record, CcKind *kind)
{
  for (guint i = 0; i < CC_N_KINDS; i++)
    if (g_str_equal (record_names[i], record))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static int
find_group (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (group_names); i++)
    if (g_str_equal (group_names[i].name, name))
      return (int) group_names[i].group;
  return CC_GROUP_NONE;
}

static CcValueKind
choose_type (const CcContractField *contract, GPtrArray *codes)
{
  if (g_str_equal (contract->type, "date"))
    return CC_VALUE_DATE;
  if (codes && (contract->multi || g_str_equal (contract->type, "multi")))
    return codes->len <= CC_MASK_BITS ? CC_VALUE_MASK : CC_VALUE_LIST;
  if (codes)
    return CC_VALUE_CODE;
  if (g_str_equal (contract->type, "text"))
    return CC_VALUE_TEXT;
  return CC_VALUE_INT;
}

static void
free_field (gpointer data)
{
  CcField *field = data;

  g_free (field->column);
  g_free (field);
}

static void
add_field (CcFields *self, CcKind kind, const CcContractField *contract)
{
  CcField *field = g_new0 (CcField, 1);

  field->contract = contract;
  field->name = contract->field;
  field->kind = kind;
  field->index = self->of[kind]->len;
  if (*contract->list)
    field->codes = cc_pack_get_list_codes (self->pack, contract->list);
  field->country = g_str_equal (contract->list, "COUNTRY");
  field->type = choose_type (contract, field->codes);
  field->group = find_group (contract->group);
  field->column = g_strdelimit (g_strdup (contract->field), "-", '_');
  if (field->group != CC_GROUP_NONE)
    {
      field->slot = self->in_group[kind][field->group]->len;
      g_ptr_array_add (self->in_group[kind][field->group], field);
    }
  g_ptr_array_add (self->of[kind], field);
}

/* Fields whose values are also kept row by row although tests look at the person. */
static void
add_kept (CcFields *self, CcKind kind, CcGroup group, const char *name)
{
  const CcField *field = cc_fields_find (self, kind, name);

  if (field)
    g_ptr_array_add (self->in_group[kind][group], (gpointer) field);
}

/* Reads the pack's contract into fields. */
CcFields *
cc_fields_new (CcPack *pack)
{
  CcFields *self = g_atomic_rc_box_new0 (CcFields);

  self->pack = cc_pack_ref (pack);
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    {
      GPtrArray *contracts = cc_pack_get_fields (pack, record_names[kind]);

      self->of[kind] = g_ptr_array_new_with_free_func (free_field);
      for (guint i = 0; i < CC_N_GROUPS; i++)
        self->in_group[kind][i] = g_ptr_array_new ();
      for (guint i = 0; contracts && i < contracts->len; i++)
        add_field (self, kind, contracts->pdata[i]);
      if (contracts)
        g_ptr_array_unref (contracts);
    }
  add_kept (self, CC_KIND_VICTIM, CC_GROUP_DETECTION, "detected-on");
  add_kept (self, CC_KIND_EVENT, CC_GROUP_STAGE, "stage");
  self->place = g_new0 (guint16, cc_pack_get_n_codes (pack) + 1);
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    for (guint i = 0; i < self->of[kind]->len; i++)
      {
        const CcField *field = self->of[kind]->pdata[i];

        for (guint j = 0; field->codes && j < field->codes->len; j++)
          self->place[((const CcCode *) field->codes->pdata[j])->index] = (guint16) j;
      }
  return self;
}

CcFields *
cc_fields_ref (CcFields *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_fields (gpointer data)
{
  CcFields *self = data;

  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    {
      for (guint i = 0; i < CC_N_GROUPS; i++)
        g_ptr_array_unref (self->in_group[kind][i]);
      g_ptr_array_unref (self->of[kind]);
    }
  g_free (self->place);
  cc_pack_unref (self->pack);
}

void
cc_fields_unref (CcFields *self)
{
  if (self)
    g_atomic_rc_box_release_full (self, clear_fields);
}

/* The field of that name, NULL where the record kind has none. */
const CcField *
cc_fields_find (CcFields *self, CcKind kind, const char *name)
{
  for (guint i = 0; i < self->of[kind]->len; i++)
    {
      const CcField *field = self->of[kind]->pdata[i];

      if (g_str_equal (field->name, name))
        return field;
    }
  return NULL;
}

/* The field name of the record kinds (bits of CcKind) that is spelled most like `name`, or NULL. */
const char *
cc_fields_nearest (CcFields *self, guint kinds, const char *name)
{
  CcNearest nearest;

  cc_nearest_init (&nearest, name);
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    if (kinds & (1u << kind))
      for (guint i = 0; i < self->of[kind]->len; i++)
        cc_nearest_try (&nearest, ((const CcField *) self->of[kind]->pdata[i])->name);
  return nearest.best;
}
