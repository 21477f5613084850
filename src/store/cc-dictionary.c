/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-schema-private.h"

#include <string.h>

/* The integer ids of variables and codes in one file. An id, once given, stays: later packs add
 * ids. Roll-up targets are codes, too, of the list "@scheme.LIST". */
struct _CcDictionary
{
  CcPack     *pack;
  gint64     *variables; /* by index in the pack; 0 = not in this file */
  gint64     *codes;
  GHashTable *code_by_id;     /* id to const CcCode */
  GHashTable *variable_by_id; /* id to const CcVariable */
};

static const char *const type_names[] = { [CC_VARIABLE_CODE] = "code",
                                          [CC_VARIABLE_MULTI] = "multi",
                                          [CC_VARIABLE_DATE] = "date",
                                          [CC_VARIABLE_AGE] = "age",
                                          [CC_VARIABLE_INT] = "int",
                                          [CC_VARIABLE_TEXT] = "text",
                                          [CC_VARIABLE_FLAG] = "flag",
                                          [CC_VARIABLE_REF] = "ref",
                                          [CC_VARIABLE_IDENTIFIER] = "identifier" };

CcDictionary *
cc_dictionary_new (CcPack *pack)
{
  CcDictionary *self = g_new0 (CcDictionary, 1);

  self->pack = cc_pack_ref (pack);
  self->variables = g_new0 (gint64, cc_pack_get_n_variables (pack) + 1);
  self->codes = g_new0 (gint64, cc_pack_get_n_codes (pack) + 1);
  self->code_by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->variable_by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
cc_dictionary_free (CcDictionary *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->code_by_id);
  g_hash_table_unref (self->variable_by_id);
  g_free (self->variables);
  g_free (self->codes);
  cc_pack_unref (self->pack);
  g_free (self);
}

static void
set_variable (CcDictionary *self, const CcVariable *variable, gint64 id)
{
  self->variables[variable->index] = id;
  g_hash_table_insert (self->variable_by_id, g_memdup2 (&id, sizeof id), (gpointer) variable);
}

static void
set_code (CcDictionary *self, const CcCode *code, gint64 id)
{
  self->codes[code->index] = id;
  g_hash_table_insert (self->code_by_id, g_memdup2 (&id, sizeof id), (gpointer) code);
}

/* Reads the ids of the file. Variables and codes that the file does not know keep 0. */
gboolean
cc_dictionary_load (CcDictionary *self, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) variables = NULL;
  g_autoptr (CcStatement) codes = NULL;
  gboolean has_row;

  variables = cc_connection_prepare (connection, "SELECT id, key FROM variable", error);
  if (variables == NULL)
    return FALSE;
  for (;;)
    {
      const CcVariable *variable;

      if (!cc_statement_step (variables, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      variable = cc_pack_find_variable (self->pack, cc_statement_text (variables, 1));
      if (variable != NULL)
        set_variable (self, variable, cc_statement_int64 (variables, 0));
    }
  codes = cc_connection_prepare (connection,
                                 "SELECT id, list, code FROM code WHERE substr (list, 1, 1) <> '@'",
                                 error);
  if (codes == NULL)
    return FALSE;
  for (;;)
    {
      const CcCode *code;

      if (!cc_statement_step (codes, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      code = cc_pack_find_code (self->pack, cc_statement_text (codes, 1),
                                cc_statement_text (codes, 2));
      if (code != NULL && strcmp (code->list, cc_statement_text (codes, 1)) == 0)
        set_code (self, code, cc_statement_int64 (codes, 0));
    }
}

static gboolean
assign_variables (CcDictionary *self, CcConnection *connection, gboolean *changed, GError **error)
{
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (connection,
                             "INSERT INTO variable (key, unit, kind, list) VALUES (?1, ?2, ?3, ?4)",
                             error);

  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < cc_pack_get_n_variables (self->pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (self->pack, i);

      if (self->variables[i] != 0)
        continue;
      cc_statement_bind_text (insert, 1, variable->id);
      cc_statement_bind_text (insert, 2, variable->unit);
      cc_statement_bind_text (insert, 3, type_names[variable->type]);
      cc_statement_bind_text (insert, 4, variable->list);
      if (!cc_statement_run (insert, error))
        return FALSE;
      set_variable (self, variable, cc_connection_last_id (connection));
      *changed = TRUE;
    }
  return TRUE;
}

static gboolean
insert_code (CcConnection *connection,
             const char   *list,
             const char   *code,
             gint64       *id,
             GError      **error)
{
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (connection, "INSERT INTO code (list, code) VALUES (?1, ?2)", error);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_text (insert, 1, list);
  cc_statement_bind_text (insert, 2, code);
  if (!cc_statement_run (insert, error))
    return FALSE;
  *id = cc_connection_last_id (connection);
  return TRUE;
}

/* Parents may stand behind their children in the pack, so they are set when all ids are there. */
static gboolean
set_parents (CcDictionary *self, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) update =
      cc_connection_prepare (connection, "UPDATE code SET parent = ?2 WHERE id = ?1", error);

  if (update == NULL)
    return FALSE;
  for (guint i = 0; i < cc_pack_get_n_codes (self->pack); i++)
    {
      const CcCode *code = cc_pack_get_code (self->pack, i);
      const CcCode *parent = NULL;

      if (*code->parent != '\0')
        parent = cc_pack_find_code (self->pack, code->list, code->parent);
      if (parent == NULL)
        continue;
      cc_statement_bind_int64 (update, 1, self->codes[i]);
      cc_statement_bind_int64 (update, 2, self->codes[parent->index]);
      if (!cc_statement_run (update, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
assign_codes (CcDictionary *self, CcConnection *connection, gboolean *changed, GError **error)
{
  for (guint i = 0; i < cc_pack_get_n_codes (self->pack); i++)
    {
      const CcCode *code = cc_pack_get_code (self->pack, i);
      gint64        id;

      if (self->codes[i] != 0)
        continue;
      if (!insert_code (connection, code->list, code->code, &id, error))
        return FALSE;
      set_code (self, code, id);
      *changed = TRUE;
    }
  return TRUE;
}

static gboolean
insert_closure (CcConnection *connection,
                const char   *scheme,
                gint64        ancestor,
                gint64        descendant,
                GError      **error)
{
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (connection, "INSERT OR IGNORE INTO code_closure VALUES (?1, ?2, ?3)",
                             error);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_text (insert, 1, scheme);
  cc_statement_bind_int64 (insert, 2, ancestor);
  cc_statement_bind_int64 (insert, 3, descendant);
  return cc_statement_run (insert, error);
}

/* Scheme "tree": each code below itself and below each of its parents. */
static gboolean
fill_tree (CcDictionary *self, CcConnection *connection, GError **error)
{
  const guint n = cc_pack_get_n_codes (self->pack);

  for (guint i = 0; i < n; i++)
    {
      const CcCode *code = cc_pack_get_code (self->pack, i);
      const CcCode *ancestor = code;

      /* Bounded by the number of codes, so that a circle in a broken pack ends. */
      for (guint depth = 0; ancestor != NULL && depth <= n; depth++)
        {
          if (!insert_closure (connection, "tree", self->codes[ancestor->index], self->codes[i],
                               error))
            return FALSE;
          if (*ancestor->parent == '\0')
            break;
          ancestor = cc_pack_find_code (self->pack, code->list, ancestor->parent);
        }
    }
  return TRUE;
}

static gboolean
find_target (CcConnection *connection,
             const char   *list,
             const char   *target,
             gint64       *id,
             GError      **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT id FROM code WHERE list = ?1 AND code = ?2",
                             error);
  gboolean has_row = FALSE;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_text (find, 1, list);
  cc_statement_bind_text (find, 2, target);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *id = cc_statement_int64 (find, 0);
      return TRUE;
    }
  return insert_code (connection, list, target, id, error);
}

/* The targets of one scheme for one list get their ids in the order of the pack. */
static gboolean
assign_targets (CcDictionary *self,
                CcConnection *connection,
                const char   *scheme,
                const char   *list,
                GError      **error)
{
  GPtrArray       *targets = cc_pack_get_targets (self->pack, scheme, list);
  g_autofree char *target_list = g_strdup_printf ("@%s.%s", scheme, list);
  gint64           id;

  for (guint i = 0; targets != NULL && i < targets->len; i++)
    if (!find_target (connection, target_list, g_ptr_array_index (targets, i), &id, error))
      return FALSE;
  return TRUE;
}

static gboolean
fill_roll_up (CcDictionary *self,
              CcConnection *connection,
              const char   *scheme,
              const CcCode *code,
              GError      **error)
{
  const char      *target = cc_pack_roll_up (self->pack, scheme, code->list, code->code);
  g_autofree char *list = NULL;
  gint64           id = 0;

  if (target == NULL)
    return TRUE;
  list = g_strdup_printf ("@%s.%s", scheme, code->list);
  return find_target (connection, list, target, &id, error)
         && insert_closure (connection, scheme, id, self->codes[code->index], error);
}

static gboolean
fill_closure (CcDictionary *self, CcConnection *connection, GError **error)
{
  GPtrArray  *schemes = cc_pack_get_schemes (self->pack);
  const char *list = "";

  if (!cc_connection_execute (connection, "DELETE FROM code_closure", error)
      || !fill_tree (self, connection, error))
    return FALSE;
  for (guint s = 0; schemes != NULL && s < schemes->len; s++)
    {
      const char *scheme = g_ptr_array_index (schemes, s);

      for (guint i = 0; i < cc_pack_get_n_codes (self->pack); i++)
        {
          const CcCode *code = cc_pack_get_code (self->pack, i);

          if (!cc_pack_has_scheme (self->pack, scheme, code->list))
            continue;
          if (strcmp (list, code->list) != 0
              && !assign_targets (self, connection, scheme, code->list, error))
            return FALSE;
          list = code->list;
          if (!fill_roll_up (self, connection, scheme, code, error))
            return FALSE;
        }
      list = "";
    }
  return TRUE;
}

/**
 * Gives ids to what the file does not know yet and fills code_closure anew. Runs in the caller's
 * transaction, after cc_dictionary_load ().
 *
 * changed: (out): set to TRUE where an id was given; else left alone
 */
gboolean
cc_dictionary_assign (CcDictionary *self,
                      CcConnection *connection,
                      gboolean     *changed,
                      GError      **error)
{
  return assign_variables (self, connection, changed, error)
         && assign_codes (self, connection, changed, error) && set_parents (self, connection, error)
         && fill_closure (self, connection, error);
}

gint64
cc_dictionary_get_variable (CcDictionary *self, const CcVariable *variable)
{
  return self->variables[variable->index];
}

gint64
cc_dictionary_get_code (CcDictionary *self, const CcCode *code)
{
  return self->codes[code->index];
}

const CcCode *
cc_dictionary_find_code (CcDictionary *self, gint64 id)
{
  return g_hash_table_lookup (self->code_by_id, &id);
}

const CcVariable *
cc_dictionary_find_variable (CcDictionary *self, gint64 id)
{
  return g_hash_table_lookup (self->variable_by_id, &id);
}
