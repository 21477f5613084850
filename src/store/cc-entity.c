/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-bind-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-entity.h>

#include <string.h>

CcEntity *
cc_entity_copy (const CcEntity *self)
{
  CcEntity *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->name = g_strdup (self->name);
  return copy;
}

void
cc_entity_free (CcEntity *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  g_free (self);
}

/* Keys stand in file names, scripts and exports. */
static gboolean
check_key (const char *key, GError **error)
{
  gboolean good = *key != '\0' && strlen (key) <= 64;

  for (const char *c = key; *c != '\0'; c++)
    good = good && (g_ascii_isalnum (*c) || strchr ("_.-", *c) != NULL);
  if (!good)
    g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                 "“%s” cannot be the key of an agency: use up to 64 letters without accents, "
                 "digits, and the signs _ . - only. Nothing was changed.",
                 key);
  return good;
}

/* Whether an entity of this type may decide on a victim's status, by the pack. */
static gboolean
may_identify (const CcCode *type)
{
  g_autofree char *answer = type != NULL ? cc_code_get_attribute (type, "identifies") : NULL;

  return g_strcmp0 (answer, "yes") == 0;
}

static gboolean
is_key_taken (CcConnection *connection, const char *key, gboolean *taken, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT 1 FROM entity WHERE key = ?1", error);

  if (find == NULL)
    return FALSE;
  cc_statement_bind_text (find, 1, key);
  return cc_statement_step (find, taken, error);
}

/**
 * Adds a reporting entity.
 *
 * key: letters without accents, digits, _ . -; unique
 * type: (nullable): a code of list RETYPE; decides whether the entity may identify victims
 *
 * Returns: its id; 0 with CC_ERROR_EXISTS where the key is taken, or another error
 */
gint64
cc_act_add_entity (CcAct        *act,
                   const char   *key,
                   const char   *name,
                   const CcCode *type,
                   GError      **error)
{
  g_autoptr (CcStatement) insert = NULL;
  gboolean taken;
  gint64   id;

  g_return_val_if_fail (act != NULL && key != NULL && name != NULL, 0);
  if (!check_key (key, error) || !is_key_taken (act->connection, key, &taken, error))
    return 0;
  if (taken)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                   "There is already an agency with the key “%s”. Nothing was changed. Choose "
                   "another key.",
                   key);
      return 0;
    }
  insert = cc_connection_prepare (act->connection,
                                  "INSERT INTO entity (key, name, type, identifies) VALUES (?1, "
                                  "?2, ?3, ?4)",
                                  error);
  if (insert == NULL)
    return 0;
  cc_statement_bind_text (insert, 1, key);
  cc_statement_bind_text (insert, 2, name);
  cc_bind_id (insert, 3, type != NULL ? cc_case_file_code_id (act->file, type) : 0);
  cc_statement_bind_int64 (insert, 4, may_identify (type));
  if (!cc_statement_run (insert, error))
    return 0;
  id = cc_connection_last_id (act->connection);
  return cc_act_log (act, "entity", key, NULL, name, error) ? id : 0;
}

/**
 * Sets whether an entity may decide on a victim's status, and the basis of its records from now on
 * (0 full, 1 hash-only, 2 aggregate-only).
 */
gboolean
cc_act_set_entity_rights (CcAct *act, gint64 entity, gboolean identifies, int basis, GError **error)
{
  g_autoptr (CcStatement) update = NULL;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, entity);
  g_autofree char *after = g_strdup_printf ("identifies=%d;basis=%d", identifies, basis);

  update =
      cc_connection_prepare (act->connection,
                             "UPDATE entity SET identifies = ?2, basis = ?3 WHERE id = ?1", error);
  if (update == NULL)
    return FALSE;
  cc_statement_bind_int64 (update, 1, entity);
  cc_statement_bind_int64 (update, 2, identifies);
  cc_statement_bind_int64 (update, 3, basis);
  act->basis_entity = 0;
  return cc_statement_run (update, error) && cc_act_log (act, "entity", key, NULL, after, error)
         && cc_connection_execute (act->connection,
                                   "INSERT OR IGNORE INTO dirty_cluster"
                                   " SELECT id FROM cluster WHERE state = 0",
                                   error);
}

typedef struct
{
  const char   *key;
  const char   *name;
  const CcCode *type;
} NewEntity;

static gboolean
add_entity (CcAct *act, gpointer data, GError **error)
{
  const NewEntity *entity = data;

  return cc_act_add_entity (act, entity->key, entity->name, entity->type, error) != 0;
}

/* Adds a reporting entity as an act of its own; see cc_act_add_entity (). */
gboolean
cc_entity_add (CcCaseFile   *file,
               const char   *key,
               const char   *name,
               const CcCode *type,
               GError      **error)
{
  NewEntity entity = { key, name, type };

  return cc_case_file_act (file, "entity", add_entity, &entity, NULL, error);
}

static CcEntity *
read_entity (CcCaseFile *file, CcStatement *row)
{
  CcEntity *entity = g_new0 (CcEntity, 1);

  entity->id = cc_statement_int64 (row, 0);
  entity->key = g_strdup (cc_statement_text (row, 1));
  entity->name = g_strdup (cc_statement_text (row, 2));
  entity->type = cc_case_file_code_from_id (file, cc_statement_int64 (row, 3));
  entity->identifies = cc_statement_int64 (row, 4) != 0;
  entity->basis = (int) cc_statement_int64 (row, 5);
  return entity;
}

static gboolean
read_entities (CcCaseFile   *file,
               CcConnection *connection,
               const char   *key,
               GPtrArray    *entities,
               GError      **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                "SELECT id, key, name, type, identifies, basis FROM entity"
                                " WHERE ?1 IS NULL OR key = ?1 ORDER BY key",
                                error);
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_text (rows, 1, key);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        g_ptr_array_add (entities, read_entity (file, rows));
    }
  return TRUE;
}

static GPtrArray *
load_entities (CcCaseFile *file, const char *key, GError **error)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_entity_free);
  CcConnection *connection = cc_case_file_acquire_reader (file, error);
  gboolean      ok;

  if (connection == NULL)
    return NULL;
  ok = read_entities (file, connection, key, entities, error);
  cc_case_file_release_reader (file, connection);
  return ok ? g_steal_pointer (&entities) : NULL;
}

/* Returns: (transfer full): the entity; NULL with CC_ERROR_NOT_FOUND where no entity has that key
 */
CcEntity *
cc_entity_find (CcCaseFile *file, const char *key, GError **error)
{
  g_autoptr (GPtrArray) entities = NULL;

  g_return_val_if_fail (file != NULL && key != NULL, NULL);
  entities = load_entities (file, key, error);
  if (entities == NULL)
    return NULL;
  if (entities->len > 0)
    return g_ptr_array_steal_index (entities, 0);
  g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
               "No agency has the key “%s”. Add the agency first, or look at the list of agencies.",
               key);
  return NULL;
}

/* Returns: (transfer full) (element-type CcEntity): all entities by key */
GPtrArray *
cc_entity_list (CcCaseFile *file, GError **error)
{
  g_return_val_if_fail (file != NULL, NULL);
  return load_entities (file, NULL, error);
}
