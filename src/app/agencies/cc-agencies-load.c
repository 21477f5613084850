/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-agencies-load.h"

static guint
find_key (GPtrArray *list, const char *key)
{
  for (guint i = 0; i < list->len; i++)
    {
      const CcReturns *returns = g_ptr_array_index (list, i);

      if (g_strcmp0 (returns->key, key) == 0)
        return i;
    }
  return 0;
}

static GPtrArray *
read_sent (CcSession *session, CcConnection *connection, gint64 entity, GError **error)
{
  CcPack    *pack = cc_case_file_get_pack (cc_session_get_file (session));
  GPtrArray *sent = cc_sent_counts_list (connection, pack, 0, error);

  for (guint i = sent != NULL ? sent->len : 0; i > 0; i--)
    if (((CcSentCounts *) g_ptr_array_index (sent, i - 1))->entity != entity)
      g_ptr_array_remove_index (sent, i - 1);
  return sent;
}

gpointer
cc_agencies_read (CcSession    *session,
                  CcConnection *connection,
                  gpointer      data,
                  GCancellable *cancellable,
                  GError      **error)
{
  CcCaseFile *file = cc_session_get_file (session);
  g_autoptr (CcAgencies) self = g_new0 (CcAgencies, 1);
  const CcReturns *chosen;

  self->list = cc_returns_list (file, connection, error);
  if (self->list == NULL)
    return NULL;
  if (self->list->len == 0)
    return g_steal_pointer (&self);
  self->chosen = find_key (self->list, data);
  chosen = g_ptr_array_index (self->list, self->chosen);
  self->entity = cc_entity_find (file, chosen->key, error);
  self->returns = cc_returns_list_periods (connection, chosen->entity, error);
  if (self->entity == NULL || self->returns == NULL)
    return NULL;
  self->sent = read_sent (session, connection, chosen->entity, error);
  if (self->sent == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
cc_agencies_free (CcAgencies *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->returns, g_ptr_array_unref);
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  g_clear_pointer (&self->entity, cc_entity_free);
  g_free (self);
}
