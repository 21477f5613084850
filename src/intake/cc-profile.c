/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-profile.h>

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>
#include <cc/store/cc-entity.h>

#include <string.h>

#include "cc-map-private.h"

#define SELECT_NEWEST                                                                              \
  "SELECT v.id, p.name, coalesce (e.key, ''), v.version, coalesce (v.signature, ''), v.body"       \
  " FROM profile p JOIN profile_version v ON v.profile = p.id"                                     \
  " LEFT JOIN entity e ON e.id = p.entity"                                                         \
  " WHERE v.version = (SELECT max (version) FROM profile_version WHERE profile = p.id)"            \
  " ORDER BY p.name"

/* Share of headers two signatures must have in common for the decisions of one to be of use for the
 * other, and for both to be the same layout, with columns that came and went. */
#define SIGNATURE_ENOUGH 0.6
#define SIGNATURE_SAME   0.7

/**
 * cc_profile_free:
 */
void
cc_profile_free (CcProfile *self)
{
  if (!self)
    return;
  g_free (self->name);
  g_free (self->entity);
  g_free (self->signature);
  g_free (self->body);
  g_free (self);
}

/**
 * cc_profile_list:
 *
 * Returns: (transfer full): CcProfile, the newest version of each, by name
 */
GPtrArray *
cc_profile_list (CcCaseFile *file, GError **error)
{
  g_autoptr (GPtrArray) profiles =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_profile_free);
  CcConnection *connection;
  CcStatement  *rows;
  gboolean      has_row = TRUE, ok = TRUE;

  g_return_val_if_fail (file != NULL, NULL);

  connection = cc_case_file_acquire_reader (file, error);
  if (!connection)
    return NULL;
  rows = cc_connection_prepare (connection, SELECT_NEWEST, error);
  ok = rows != NULL;
  while (ok && has_row)
    {
      CcProfile *profile;

      ok = cc_statement_step (rows, &has_row, error);
      if (!ok || !has_row)
        break;
      profile = g_new0 (CcProfile, 1);
      profile->id = cc_statement_int64 (rows, 0);
      profile->name = g_strdup (cc_statement_text (rows, 1));
      profile->entity = g_strdup (cc_statement_text (rows, 2));
      profile->version = cc_statement_int64 (rows, 3);
      profile->signature = g_strdup (cc_statement_text (rows, 4));
      profile->body = g_strdup (cc_statement_text (rows, 5));
      g_ptr_array_add (profiles, profile);
    }
  g_clear_pointer (&rows, cc_statement_release);
  cc_case_file_release_reader (file, connection);
  return ok ? g_steal_pointer (&profiles) : NULL;
}

/**
 * cc_profile_find:
 *
 * Returns: (transfer full): the newest version, or %NULL with CC_ERROR_NOT_FOUND
 */
CcProfile *
cc_profile_find (CcCaseFile *file, const char *name, GError **error)
{
  g_autoptr (GPtrArray) profiles = NULL;

  g_return_val_if_fail (file != NULL && name != NULL, NULL);

  profiles = cc_profile_list (file, error);
  for (guint i = 0; profiles && i < profiles->len; i++)
    if (g_str_equal (((CcProfile *) profiles->pdata[i])->name, name))
      return g_ptr_array_steal_index (profiles, i);
  if (profiles)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 "There is no mapping profile called “%s” in this case file.", name);
  return NULL;
}

static char *
join_signatures (CcInspection *inspection)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < inspection->tables->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            ((CcInspectTable *) inspection->tables->pdata[i])->signature);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
count_common (const char *a, const char *b, guint *n_a, guint *n_b)
{
  g_auto (GStrv) x = g_strsplit_set (a, "|\n", -1);
  g_auto (GStrv) y = g_strsplit_set (b, "|\n", -1);
  guint n_both = 0;

  *n_a = g_strv_length (x);
  *n_b = g_strv_length (y);
  for (guint i = 0; i < *n_a; i++)
    n_both += g_strv_contains ((const char *const *) y, x[i]);
  return n_both;
}

/* Share of the headers of both signatures that stand in both. */
static double
compare_signatures (const char *a, const char *b)
{
  guint       n_a, n_b;
  const guint n_both = count_common (a, b, &n_a, &n_b);

  return MAX (n_a, n_b) > 0 ? (double) n_both / MAX (n_a, n_b) : 0;
}

/**
 * cc_profile_match:
 * @entity: key of the sender
 *
 * Returns: (transfer full) (nullable): the entity's profile whose headers fit best, %NULL without
 * an error where none fits
 */
CcProfile *
cc_profile_match (CcCaseFile *file, const char *entity, CcInspection *inspection, GError **error)
{
  g_autoptr (GPtrArray) profiles = NULL;
  g_autofree char *signature = NULL;
  double           best_value = SIGNATURE_ENOUGH;
  int              best = -1;

  g_return_val_if_fail (file != NULL && entity != NULL && inspection != NULL, NULL);

  profiles = cc_profile_list (file, error);
  signature = join_signatures (inspection);
  for (guint i = 0; profiles && i < profiles->len; i++)
    {
      CcProfile *profile = profiles->pdata[i];
      double     value = compare_signatures (profile->signature, signature);

      if (g_str_equal (profile->entity, entity) && value >= best_value)
        {
          best_value = value;
          best = (int) i;
        }
    }
  return best >= 0 ? g_ptr_array_steal_index (profiles, (guint) best) : NULL;
}

/**
 * cc_profile_compare:
 *
 * Returns: the share of headers that the file and the one the profile was made for have in common
 */
double
cc_profile_compare (const CcProfile *self, CcInspection *inspection)
{
  g_autofree char *signature = NULL;

  g_return_val_if_fail (self != NULL && inspection != NULL, 0);

  signature = join_signatures (inspection);
  return compare_signatures (self->signature, signature);
}

/**
 * cc_profile_count_common:
 *
 * Returns: how many headers of the file stand in the one that the profile was made for, too
 */
guint
cc_profile_count_common (const CcProfile *self,
                         CcInspection    *inspection,
                         guint           *n_columns,
                         guint           *n_known)
{
  g_autofree char *signature = NULL;

  g_return_val_if_fail (self != NULL && inspection != NULL, 0);

  signature = join_signatures (inspection);
  return count_common (signature, self->signature, n_columns, n_known);
}

/**
 * cc_profile_covers:
 *
 * Returns: whether the file has the layout that the profile is about; else its decisions may help,
 * and the file gets a profile of its own
 */
gboolean
cc_profile_covers (const CcProfile *self, CcInspection *inspection)
{
  return cc_profile_compare (self, inspection) >= SIGNATURE_SAME;
}

/**
 * cc_profile_load_map:
 *
 * Returns: (transfer full): what the profile decides for a file; where that has another layout,
 * suggestions may fill in what the profile does not know
 */
CcMap *
cc_profile_load_map (const CcProfile *self, CcInspection *inspection, GError **error)
{
  CcMap *map;

  g_return_val_if_fail (self != NULL && inspection != NULL, NULL);

  map = cc_map_load_text (self->name, self->body, error);
  if (map && *self->signature && !cc_profile_covers (self, inspection))
    map->complete = FALSE;
  return map;
}

/**
 * cc_profile_choose_name:
 * @entity: key of the sender
 *
 * An agency may send lists of several layouts, each with a profile of its own: the first is called
 * like the agency, the others have a number behind.
 *
 * Returns: (transfer full): the name of the profile that fits, else one that is free; %NULL with an
 * error
 */
char *
cc_profile_choose_name (CcCaseFile   *file,
                        const char   *entity,
                        CcInspection *inspection,
                        GError      **error)
{
  g_autoptr (GPtrArray) profiles = NULL;

  g_return_val_if_fail (file != NULL && entity != NULL && inspection != NULL, NULL);

  profiles = cc_profile_list (file, error);
  for (guint n = 1; profiles != NULL; n++)
    {
      g_autofree char *name = n == 1 ? g_strdup (entity) : g_strdup_printf ("%s %u", entity, n);
      const CcProfile *taken = NULL;

      for (guint i = 0; i < profiles->len && !taken; i++)
        if (g_str_equal (((CcProfile *) profiles->pdata[i])->name, name))
          taken = profiles->pdata[i];
      /* A profile without a signature was brought in by hand, for whatever the agency sends. */
      if (!taken || !*taken->signature || cc_profile_covers (taken, inspection))
        return g_steal_pointer (&name);
    }
  return NULL;
}

static gint64
find_or_add_profile (CcAct *act, gint64 entity, const char *name, GError **error)
{
  CcConnection *connection = cc_act_get_connection (act);
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT id FROM profile WHERE name = ?1", error);
  g_autoptr (CcStatement) insert = NULL;
  gboolean has_row;
  gint64   id;

  if (!find)
    return 0;
  cc_statement_bind_text (find, 1, name);
  if (!cc_statement_step (find, &has_row, error))
    return 0;
  if (has_row)
    return cc_statement_int64 (find, 0);
  insert = cc_connection_prepare (connection, "INSERT INTO profile (entity, name) VALUES (?1, ?2)",
                                  error);
  if (!insert)
    return 0;
  if (entity)
    cc_statement_bind_int64 (insert, 1, entity);
  else
    cc_statement_bind_null (insert, 1);
  cc_statement_bind_text (insert, 2, name);
  if (!cc_statement_run (insert, error))
    return 0;
  id = cc_connection_last_id (connection);
  return cc_act_log (act, "profile", name, NULL, name, error) ? id : 0;
}

/* The newest version of a profile: its id and number, 0 where there is none. */
static gboolean
find_newest (CcAct *act, gint64 profile, gint64 *id, gint64 *version, char **body, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (cc_act_get_connection (act),
                             "SELECT id, version, body FROM profile_version WHERE profile = ?1 "
                             "ORDER BY version DESC "
                             "LIMIT 1",
                             error);
  gboolean has_row;

  *id = *version = 0;
  *body = NULL;
  if (!find)
    return FALSE;
  cc_statement_bind_int64 (find, 1, profile);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *id = cc_statement_int64 (find, 0);
      *version = cc_statement_int64 (find, 1);
      *body = g_strdup (cc_statement_text (find, 2));
    }
  return TRUE;
}

/* The text of the map, and of what the profile knows beside it. A map file that is brought in
 * stands as it is. */
static char *
write_body (CcMap *map, const char *known)
{
  g_autoptr (CcMap) joined = cc_map_is_complete (map) ? cc_map_copy (map) : NULL;
  g_autoptr (CcMap) before = NULL;

  if (!joined)
    return cc_map_to_text (map);
  if (known)
    before = cc_map_load_text ("profile", known, NULL);
  cc_map_remember (joined, before);
  return cc_map_to_text (joined);
}

/**
 * cc_profile_keep:
 * @entity: row id of the sender, 0 for none
 * @signature: of the file the map was used for
 *
 * What the profile knew of columns that the file has not stays in it.
 *
 * Returns: id of the version that holds the map's text, the newest one where nothing changed; 0
 * with an error
 */
gint64
cc_profile_keep (CcAct      *act,
                 gint64      entity,
                 const char *name,
                 const char *signature,
                 CcMap      *map,
                 GError    **error)
{
  g_autofree char *body = NULL;
  g_autofree char *known = NULL;
  g_autoptr (CcStatement) insert = NULL;
  gint64 profile, id, version;

  g_return_val_if_fail (act != NULL && name != NULL && map != NULL, 0);

  profile = find_or_add_profile (act, entity, name, error);
  if (!profile || !find_newest (act, profile, &id, &version, &known, error))
    return 0;
  body = write_body (map, known);
  if (id && g_strcmp0 (known, body) == 0)
    return id;
  insert = cc_connection_prepare (cc_act_get_connection (act),
                                  "INSERT INTO profile_version (profile, version, body, signature, "
                                  "time) VALUES (?1, ?2, ?3, ?4, ?5)",
                                  error);
  if (!insert)
    return 0;
  cc_statement_bind_int64 (insert, 1, profile);
  cc_statement_bind_int64 (insert, 2, version + 1);
  cc_statement_bind_text (insert, 3, body);
  cc_statement_bind_text (insert, 4, signature);
  cc_statement_bind_int64 (insert, 5, cc_act_get_time (act));
  if (!cc_statement_run (insert, error))
    return 0;
  id = cc_connection_last_id (cc_act_get_connection (act));
  return cc_act_log (act, "profile_version", name, known, body, error) ? id : 0;
}

/**
 * cc_profile_export:
 *
 * Writes the newest version of a profile as a map file.
 */
gboolean
cc_profile_export (CcCaseFile *file, const char *name, const char *path, GError **error)
{
  g_autoptr (CcProfile) profile = cc_profile_find (file, name, error);

  return profile && g_file_set_contents (path, profile->body, -1, error);
}

typedef struct
{
  CcMap      *map;
  const char *entity;
  const char *name;
} ImportProfile;

static gboolean
import_profile (CcAct *act, gpointer data, GError **error)
{
  ImportProfile *import = data;
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;
  gint64   entity = 0;

  if (import->entity)
    {
      find = cc_connection_prepare (cc_act_get_connection (act),
                                    "SELECT id FROM entity WHERE key = ?1", error);
      if (!find)
        return FALSE;
      cc_statement_bind_text (find, 1, import->entity);
      if (!cc_statement_step (find, &has_row, error))
        return FALSE;
      if (!has_row)
        {
          g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                       "There is no reporting entity with the key “%s”. The profile was not kept.",
                       import->entity);
          return FALSE;
        }
      entity = cc_statement_int64 (find, 0);
    }
  return cc_profile_keep (act, entity, import->name, "", import->map, error) != 0;
}

/**
 * cc_profile_import:
 * @entity: (nullable): key of the entity it belongs to
 * @path: a map file
 *
 * Keeps a map file as a profile of this name, in an act of its own.
 */
gboolean
cc_profile_import (CcCaseFile *file,
                   const char *entity,
                   const char *name,
                   const char *path,
                   GError    **error)
{
  g_autoptr (CcMap) map = NULL;
  ImportProfile import;

  g_return_val_if_fail (file != NULL && name != NULL && path != NULL, FALSE);

  map = cc_map_load (path, error);
  if (!map || !cc_map_check (map, cc_case_file_get_pack (file), error))
    return FALSE;
  import = (ImportProfile){ map, entity, name };
  return cc_case_file_act (file, "profile", import_profile, &import, NULL, error);
}
