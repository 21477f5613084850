/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-retention-work.h"

void
cc_retention_state_free (CcRetentionState *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_free (self);
}

gpointer
cc_retention_load (CcSession    *session,
                   CcConnection *connection,
                   gpointer      data,
                   GCancellable *cancellable,
                   GError      **error)
{
  CcRetentionState *state = g_new0 (CcRetentionState, 1);
  g_autoptr (GPtrArray) due = NULL;

  state->rules = cc_retention_list (connection, error);
  if (state->rules != NULL)
    due = cc_retention_list_due (cc_session_get_file (session), connection, cc_day_today (),
                                 &state->undated, error);
  if (due != NULL)
    state->groups = cc_retention_group_due (connection, due, error);
  if (state->groups == NULL)
    {
      cc_retention_state_free (state);
      return NULL;
    }
  for (guint i = 0; i < due->len; i++)
    {
      const CcRetentionDue *item = g_ptr_array_index (due, i);

      state->records += item->record != 0;
      state->rows += item->record == 0;
    }
  return state;
}

gboolean
cc_retention_set (CcAct *act, gpointer rule, GError **error)
{
  return cc_act_set_retention (act, rule, error);
}

gboolean
cc_retention_unset (CcAct *act, gpointer id, GError **error)
{
  return cc_act_remove_retention (act, *(const gint64 *) id, error);
}

gpointer
cc_retention_remove_due (CcProgress *progress, gpointer session, GError **error)
{
  g_autofree CcPurgeResult *result = g_new0 (CcPurgeResult, 1);

  if (!cc_retention_purge (cc_session_get_file (session), cc_day_today (), progress, result, error))
    return NULL;
  return g_steal_pointer (&result);
}
