/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

#include <cc/base/cc-text.h>

/* Under which unit the rows of a table have keys, and the variable that holds their numbers. */
const char *
cc_import_key_unit (const char *unit)
{
  return g_str_equal (unit, "event") || g_str_equal (unit, "perpetrator") ? unit : "victim";
}

const char *
cc_import_key_variable (const char *unit)
{
  if (g_str_equal (unit, "event"))
    return "EV02";
  return g_str_equal (unit, "perpetrator") ? "X_PE_ID_AGENCYREF" : "X_VI_ID_AGENCYREF";
}

/* A number of the agency that came before in this delivery cannot be the number of two persons
 * without somebody looking at it. */
void
cc_import_make_key (CcImportJob *job, CcImportRow *row, const char *unit, const char *ref_id)
{
  const CcValue   *ref = cc_record_known (cc_import_row_get (row, unit), ref_id);
  g_autofree char *base = NULL;
  g_autofree char *seen = NULL;
  guint            n;

  if (ref)
    {
      g_autofree char *folded = cc_text_fold_keep (ref->text, "/-.");

      base = g_strconcat ("ref:", folded, NULL);
    }
  else
    base = cc_import_table_make_key (row->table, row->texts);
  seen = g_strconcat (unit, "|", base, NULL);
  row->key = cc_import_answer_keep_key (row->was, ref ? base : NULL);
  if (row->key)
    return;
  n = GPOINTER_TO_UINT (g_hash_table_lookup (job->keys, seen)) + 1;
  g_hash_table_insert (job->keys, g_steal_pointer (&seen), GUINT_TO_POINTER (n));
  if (n > 1)
    cc_import_row_find (row,
                        ref ? "intake.finding.duplicate-number" : "intake.finding.duplicate-row",
                        CC_SEVERITY_WARNING, ref ? ref->variable : NULL, ref ? ref->text : NULL);
  row->key = n > 1 ? g_strdup_printf ("%s#%u", base, n) : g_steal_pointer (&base);
}
