/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-agency-acts.h"

/**
 * entities, periods: (transfer full)
 */
CcExpectAct *
cc_expect_act_new (GArray *entities, GArray *periods)
{
  CcExpectAct *self = g_new0 (CcExpectAct, 1);

  self->entities = entities;
  self->periods = periods;
  return self;
}

void
cc_expect_act_free (gpointer data)
{
  CcExpectAct *self = data;

  g_array_unref (self->entities);
  g_array_unref (self->periods);
  g_free (self);
}

gboolean
cc_expect_act_run (CcAct *act, gpointer data, GError **error)
{
  const CcExpectAct *self = data;

  for (guint i = 0; i < self->entities->len; i++)
    for (guint j = 0; j < self->periods->len; j++)
      if (!cc_act_ensure_expected (act, g_array_index (self->entities, gint64, i),
                                   g_array_index (self->periods, CcInterval, j), error))
        return FALSE;
  return TRUE;
}

gboolean
cc_return_act_add_nil (CcAct *act, gpointer data, GError **error)
{
  const CcReturnAct *self = data;

  return cc_act_add_nil (act, self->entity, self->period, error) != 0;
}

gboolean
cc_return_act_remove (CcAct *act, gpointer data, GError **error)
{
  const CcReturnAct *self = data;

  return cc_act_remove_expected (act, self->expected, error);
}

CcAgencyAct *
cc_agency_act_new (const CcEntity *entity)
{
  CcAgencyAct *self = g_new0 (CcAgencyAct, 1);

  self->entity = entity->id;
  self->name = g_strdup (entity->name);
  self->type = entity->type;
  self->identifies = entity->identifies;
  self->basis = entity->basis;
  return self;
}

void
cc_agency_act_free (gpointer data)
{
  CcAgencyAct *self = data;

  g_free (self->name);
  g_free (self);
}

gboolean
cc_agency_act_run (CcAct *act, gpointer data, GError **error)
{
  const CcAgencyAct *self = data;

  return cc_act_update_entity (act, self->entity, self->name, self->type, error)
         && cc_act_set_entity_rights (act, self->entity, self->identifies, self->basis, error);
}
