/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-migration-private.h"

#include <cc/base/cc-error.h>

#include "cc-act-private.h"

/* In the order of their versions, without a gap: the first leads to version 2. */
static const CcMigration *const steps[] = { &cc_migration_2 };

G_STATIC_ASSERT (G_N_ELEMENTS (steps) == CC_SCHEMA_VERSION - 1);

static gboolean
run_all (CcConnection *connection, const char *const *sql, GError **error)
{
  for (guint i = 0; sql != NULL && sql[i] != NULL; i++)
    if (!cc_connection_execute (connection, sql[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
take_step (CcConnection *connection, const CcMigration *step, CcProgress *progress, GError **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %d", step->version);

  return run_all (connection, step->sql, error)
         && (step->func == NULL || step->func (connection, progress, error))
         && cc_connection_execute (connection, version, error);
}

/* Steps may make tables anew, so references are looked at when all is in place. */
static gboolean
check_references (CcConnection *connection, GError **error)
{
  g_autofree char *table = NULL;
  GError          *problem = NULL;

  table = cc_connection_get_text (connection, "SELECT \"table\" FROM pragma_foreign_key_check",
                                  &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (table == NULL)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "The file could not be brought to the new format: in its table “%s” something "
               "points "
               "to what is not there. It is as it was before. Restore the newest backup, or send "
               "this message to those who look after the program.",
               table);
  return FALSE;
}

static gboolean
take_steps (CcConnection *connection, int from, CcProgress *progress, GError **error)
{
  g_autofree char *before = g_strdup_printf ("%d", from);
  g_autofree char *after = g_strdup_printf ("%d", CC_SCHEMA_VERSION);
  guint64          done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (steps[i]->version <= from)
        continue;
      if (!take_step (connection, steps[i], progress, error)
          || (progress != NULL && !cc_progress_update (progress, ++done, error)))
        return FALSE;
    }
  return check_references (connection, error)
         && cc_audit_append_change_to (connection, "migrate", "meta", "format", before, after,
                                       error);
}

gboolean
cc_migration_run (CcConnection *connection, int from, CcProgress *progress, GError **error)
{
  gboolean ok;

  g_return_val_if_fail (from >= 1 && from < CC_SCHEMA_VERSION, FALSE);
  if (progress != NULL)
    cc_progress_begin (progress, "progress.migrate", (guint64) (CC_SCHEMA_VERSION - from));
  /* Has no effect inside a transaction, so it stands before it. */
  if (!cc_connection_execute (connection, "PRAGMA foreign_keys = OFF", error))
    return FALSE;
  cc_connection_set_cancellable (connection,
                                 progress != NULL ? cc_progress_get_cancellable (progress) : NULL);
  ok = cc_connection_execute (connection, "BEGIN IMMEDIATE", error)
       && take_steps (connection, from, progress, error);
  /* From here on cancelling comes too late. */
  cc_connection_set_cancellable (connection, NULL);
  ok = ok && cc_connection_execute (connection, "COMMIT", error);
  if (cc_connection_in_transaction (connection))
    (void) cc_connection_execute (connection, "ROLLBACK", NULL);
  return cc_connection_execute (connection, "PRAGMA foreign_keys = ON", ok ? error : NULL) && ok;
}

gboolean
cc_migration_look (CcConnection *connection, GError **error)
{
  GError      *problem = NULL;
  const gint64 version = cc_connection_get_int64 (connection, "PRAGMA user_version", 0, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i]->version > version && !run_all (connection, steps[i]->look, error))
      return FALSE;
  return TRUE;
}

gboolean
cc_migration_makes_table (int from, const char *table)
{
  g_autofree char *begin = g_strdup_printf ("CREATE TABLE %s ", table);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    for (guint j = 0; steps[i]->version > from && steps[i]->sql != NULL && steps[i]->sql[j] != NULL;
         j++)
      if (g_str_has_prefix (steps[i]->sql[j], begin))
        return TRUE;
  return FALSE;
}
