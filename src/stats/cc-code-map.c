/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-fact-load-private.h"

#include <string.h>

static void
free_entity (gpointer data)
{
  CcSourceEntity *entity = data;

  g_free (entity->key);
  g_free (entity);
}

static gboolean
load_entities (CcCodeMap *self, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection, "SELECT id, key, type, identifies FROM entity", error);
  gboolean has_row;

  while (rows)
    {
      CcSourceEntity *entity;
      guint           type;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      entity = g_new0 (CcSourceEntity, 1);
      entity->id = cc_statement_int64 (rows, 0);
      entity->key = g_strdup (cc_statement_text (rows, 1));
      type = cc_statement_is_null (rows, 2) ? 0
                                            : cc_code_map_find (self, cc_statement_int64 (rows, 2));
      entity->type = type ? type - 1 : G_MAXUINT;
      entity->identifies = cc_statement_int64 (rows, 3) != 0;
      g_hash_table_insert (self->entities, &entity->id, entity);
    }
  return FALSE;
}

/* Reads which id each code has in this file, and the entities. */
CcCodeMap *
cc_code_map_new (CcCaseFile *file, CcConnection *connection, GError **error)
{
  g_autoptr (CcCodeMap) self = g_new0 (CcCodeMap, 1);
  guint n;

  self->pack = cc_pack_ref (cc_case_file_get_pack (file));
  n = cc_pack_get_n_codes (self->pack);
  self->id = g_new0 (gint64, n + 1);
  self->entities = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_entity);
  for (guint i = 0; i < n; i++)
    {
      const CcCode *code = cc_pack_get_code (self->pack, i);

      self->id[i] = cc_case_file_code_id (file, code);
      if (self->id[i] >= self->n_index && self->id[i] < G_MAXINT32)
        self->n_index = (guint) self->id[i] + 1;
    }
  self->index = g_new0 (guint32, self->n_index + 1);
  for (guint i = 0; i < n; i++)
    {
      const CcCode *code = cc_pack_get_code (self->pack, i);

      if (self->id[i] > 0 && !g_str_equal (code->list, "_NOVALUE"))
        self->index[self->id[i]] = i + 1;
    }
  return load_entities (self, connection, error) ? g_steal_pointer (&self) : NULL;
}

void
cc_code_map_free (CcCodeMap *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->entities, g_hash_table_unref);
  cc_pack_unref (self->pack);
  g_free (self->index);
  g_free (self->id);
  g_free (self);
}

/* Index of the code in the pack + 1; 0 for the kinds of no value and for codes not in the pack. */
guint
cc_code_map_find (const CcCodeMap *self, gint64 id)
{
  return id > 0 && id < (gint64) self->n_index ? self->index[id] : 0;
}

/* The entity of that id, NULL where there is none. */
const CcSourceEntity *
cc_code_map_find_entity (gpointer map, gint64 id)
{
  return g_hash_table_lookup (((CcCodeMap *) map)->entities, &id);
}
