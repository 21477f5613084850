/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-said-private.h"

#include <cc/store/cc-act.h>

gboolean
cc_act_note_absent (CcAct *act, gint64 record, gint64 submission, gint64 source_row, GError **error)
{
  const CcSaidSide after = { submission, source_row, NULL, TRUE };

  g_return_val_if_fail (act != NULL && submission != 0, FALSE);
  return cc_act_needs_audit (act, error) && cc_said_note (act, record, NULL, &after, error);
}

gboolean
cc_act_note_first (CcAct *act, CcRecord *stored, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  g_autofree char *key = NULL;
  CcSaidSide       before = { 0, 0, stored, FALSE };
  gboolean         has_row;

  g_return_val_if_fail (act != NULL && stored != NULL && stored->id != 0, FALSE);
  find = cc_connection_prepare (act->connection,
                                "SELECT submission, source_row FROM record WHERE id = ?1"
                                " AND NOT EXISTS (SELECT 1 FROM audit_change"
                                "  WHERE tbl = '" CC_SAID_TABLE "' AND key = ?2"
                                "  AND NOT (tbl = 'record' AND before IS NULL))",
                                error);
  if (find == NULL)
    return FALSE;
  key = g_strdup_printf ("%" G_GINT64_FORMAT, stored->id);
  cc_statement_bind_int64 (find, 1, stored->id);
  cc_statement_bind_text (find, 2, key);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  before.submission = cc_statement_int64 (find, 0);
  before.source_row = cc_statement_int64 (find, 1);
  cc_statement_reset (find);
  return cc_said_note (act, stored->id, &before, NULL, error);
}

gboolean
cc_act_note_stated (CcAct *act, CcRecord *own, gint64 submission, gint64 source_row, GError **error)
{
  const CcSaidSide after = { submission, source_row, own, FALSE };

  g_return_val_if_fail (act != NULL && own != NULL && own->id != 0 && submission != 0, FALSE);
  return cc_act_needs_audit (act, error) && cc_said_note (act, own->id, NULL, &after, error);
}

/* What a record says of one variable, NULL where nothing. */
static char *
describe_variable (CcRecord *record, const CcVariable *variable)
{
  g_autoptr (CcRecord) alone = cc_record_new (record->unit);
  g_autoptr (GPtrArray) lines = NULL;

  for (guint i = 0; i < record->values->len; i++)
    {
      const CcValue *value = g_ptr_array_index (record->values, i);

      if (value->variable == variable)
        cc_record_take (alone, cc_value_copy (value));
    }
  lines = cc_said_describe (alone);
  return lines->len > 1 ? g_strdup (g_ptr_array_index (lines, 1)) : NULL;
}

/* What a person changed by hand in an event since the deliveries were joined stays: the values in
 * which the tables differ from what the deliveries said before. */
void
cc_said_keep_by_hand (CcPack *pack, CcRecord *record, CcRecord *now, GPtrArray *expected)
{
  g_autoptr (CcRecord) before = NULL;
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();

  if (expected == NULL)
    return;
  before = cc_said_build (pack, record->unit, expected);
  for (guint i = 0; i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);
      g_autofree char  *is = NULL;
      g_autofree char  *was = NULL;

      if (strcmp (variable->unit, record->unit->name) != 0)
        continue;
      is = describe_variable (now, variable);
      was = describe_variable (before, variable);
      if (g_strcmp0 (is, was) != 0)
        g_ptr_array_add (changed, (gpointer) variable);
    }
  for (guint i = 0; i < changed->len; i++)
    {
      const CcVariable *variable = g_ptr_array_index (changed, i);

      cc_record_remove (record, variable->id);
      for (guint j = 0; j < now->values->len; j++)
        {
          const CcValue *value = g_ptr_array_index (now->values, j);

          if (value->variable == variable)
            cc_record_take (record, cc_value_copy (value));
        }
    }
}
