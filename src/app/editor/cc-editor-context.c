/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-editor-context.h"

#include "cc-choice.h"

#include <string.h>
#include <cc/base/cc-text.h>

static int
compare_entities (gconstpointer a, gconstpointer b)
{
  const CcEntity *x = *(const CcEntity *const *) a;
  const CcEntity *y = *(const CcEntity *const *) b;

  return g_utf8_collate (x->name, y->name);
}

CcEditorContext *
cc_editor_context_new (CcSession *session, GPtrArray *entities)
{
  CcEditorContext *self = g_new0 (CcEditorContext, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->session = cc_session_ref (session);
  self->pack = cc_case_file_get_pack (cc_session_get_file (session));
  self->order =
      cc_entry_get_date_order (cc_session_get_texts (session), cc_session_get_language (session));
  self->today = cc_day_today ();
  self->entities = entities;
  g_ptr_array_sort (self->entities, compare_entities);
  self->searches =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) cc_code_search_free);
  return self;
}

CcEditorContext *
cc_editor_context_ref (CcEditorContext *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cc_editor_context_unref (gpointer data)
{
  CcEditorContext *self = data;

  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->searches);
  g_ptr_array_unref (self->entities);
  cc_session_unref (self->session);
  g_free (self);
}

CcCodeSearch *
cc_editor_context_get_search (CcEditorContext *self, const char *list)
{
  CcCodeSearch *search = g_hash_table_lookup (self->searches, list);

  if (search == NULL)
    {
      search = cc_code_search_new (self->pack, list, cc_session_get_language (self->session));
      g_hash_table_insert (self->searches, (gpointer) list, search);
    }
  return search;
}

const CcEntity *
cc_editor_context_find_entity (CcEditorContext *self, gint64 id)
{
  for (guint i = 0; i < self->entities->len; i++)
    if (((CcEntity *) self->entities->pdata[i])->id == id)
      return self->entities->pdata[i];
  return NULL;
}

GPtrArray *
cc_editor_context_find_entities (gpointer data, const char *text)
{
  CcEditorContext *self = data;
  GPtrArray       *choices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *typed = cc_text_fold (text);

  for (guint i = 0; i < self->entities->len; i++)
    {
      const CcEntity  *entity = self->entities->pdata[i];
      g_autofree char *name = cc_text_fold (entity->name);
      g_autofree char *key = cc_text_fold (entity->key);

      if (strstr (name, typed) != NULL || g_str_has_prefix (key, typed))
        g_ptr_array_add (choices, cc_choice_new (entity, entity->name, NULL, 0));
    }
  return choices;
}

GPtrArray *
cc_editor_find_codes (gpointer search, const char *text)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) found = cc_code_search_find (search, text);

  for (guint i = 0; i < found->len; i++)
    {
      const CcCodeChoice *choice = found->pdata[i];

      g_ptr_array_add (choices, cc_choice_new (choice->code, choice->label, choice->other,
                                               *text == '\0' ? choice->depth : 0));
    }
  return choices;
}
