/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-bind-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-kept.h>

#define NEWEST                                                                                     \
  "SELECT v.id, p.id, p.entity, v.version, p.name, v.body, v.signature"                            \
  " FROM profile p JOIN profile_version v ON v.profile = p.id"                                     \
  " AND v.version = (SELECT max (version) FROM profile_version WHERE profile = p.id)"

void
cc_profile_version_free (CcProfileVersion *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->body);
  g_free (self->signature);
  g_free (self);
}

static CcProfileVersion *
read_profile (CcStatement *row)
{
  CcProfileVersion *profile = g_new0 (CcProfileVersion, 1);

  profile->id = cc_statement_int64 (row, 0);
  profile->profile = cc_statement_int64 (row, 1);
  profile->entity = cc_statement_int64 (row, 2);
  profile->version = (int) cc_statement_int64 (row, 3);
  profile->name = g_strdup (cc_statement_text (row, 4));
  profile->body = g_strdup (cc_statement_text (row, 5));
  profile->signature = g_strdup (cc_statement_text (row, 6));
  return profile;
}

/* Returns: (transfer full): the profile; NULL with an error */
CcProfileVersion *
cc_store_find_profile (CcConnection *connection, const char *name, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, NEWEST " WHERE p.name = ?1", error);
  gboolean has_row;

  if (find == NULL)
    return NULL;
  cc_statement_bind_text (find, 1, name);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  if (has_row)
    return read_profile (find);
  g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
               "There is no mapping profile “%s” in this case file.", name);
  return NULL;
}

/* Returns: (transfer full) (element-type CcProfileVersion) */
GPtrArray *
cc_store_list_profiles (CcConnection *connection, gint64 entity, GError **error)
{
  g_autoptr (GPtrArray) profiles =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_profile_version_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                NEWEST " WHERE ?1 IS NULL OR p.entity = ?1 ORDER BY p.name", error);
  if (rows == NULL)
    return NULL;
  cc_bind_id (rows, 1, entity);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (profiles, read_profile (rows));
    }
  return g_steal_pointer (&profiles);
}

static gboolean
insert_profile (CcAct *act, CcProfileVersion *profile, GError **error)
{
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (act->connection, "INSERT INTO profile (entity, name) VALUES (?1, ?2)",
                             error);

  if (insert == NULL)
    return FALSE;
  cc_bind_id (insert, 1, profile->entity);
  cc_statement_bind_text (insert, 2, profile->name);
  if (!cc_statement_run (insert, error))
    return FALSE;
  profile->profile = cc_connection_last_id (act->connection);
  return TRUE;
}

static gboolean
insert_version (CcAct *act, CcProfileVersion *profile, GError **error)
{
  g_autoptr (CcStatement) insert = NULL;
  char version[16];

  insert =
      cc_connection_prepare (act->connection,
                             "INSERT INTO profile_version (profile, version, body, signature, time)"
                             " VALUES (?1, ?2, ?3, ?4, ?5)",
                             error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, profile->profile);
  cc_statement_bind_int64 (insert, 2, profile->version);
  cc_statement_bind_text (insert, 3, profile->body);
  cc_statement_bind_text (insert, 4, profile->signature);
  cc_statement_bind_int64 (insert, 5, act->time);
  if (!cc_statement_run (insert, error))
    return FALSE;
  profile->id = cc_connection_last_id (act->connection);
  g_snprintf (version, sizeof version, "version %d", profile->version);
  return cc_act_log (act, "profile", profile->name, NULL, version, error);
}

gboolean
cc_act_keep_profile (CcAct *act, CcProfileVersion *profile, GError **error)
{
  g_autoptr (CcProfileVersion) newest = NULL;
  GError *problem = NULL;

  g_return_val_if_fail (profile->name != NULL && profile->body != NULL, FALSE);
  newest = cc_store_find_profile (act->connection, profile->name, &problem);
  if (newest == NULL && !g_error_matches (problem, CC_ERROR, CC_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);
  if (newest == NULL)
    {
      profile->version = 1;
      return insert_profile (act, profile, error) && insert_version (act, profile, error);
    }
  profile->profile = newest->profile;
  profile->version = newest->version;
  profile->id = newest->id;
  if (g_strcmp0 (newest->body, profile->body) == 0
      && g_strcmp0 (newest->signature, profile->signature) == 0)
    return TRUE;
  profile->version++;
  return insert_version (act, profile, error);
}
