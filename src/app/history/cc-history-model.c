/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-model.h"

#include "cc-history-texts.h"
#include "cc-session-work.h"

#define PAGE    40
#define NOWHERE G_MAXUINT

struct _CcHistoryModel
{
  GObject parent_instance;

  CcSession      *session;
  CcHistoryQuery *query;
  GStrv           names; /* words of acts that the query's kind means */
  GStrv           users;
  guint           n_items;
  GHashTable     *pages; /* number to GPtrArray of CcHistoryItem */
  GCancellable   *reading;
};

/* What one load found out. */
typedef struct
{
  CcHistoryQuery *query;
  GStrv           names;
  GStrv           users;
  gint64          n;
  gint64          place;
  GPtrArray      *life; /* of a record */
} Count;

typedef struct
{
  CcHistoryQuery *query;
  GStrv           names;
  guint           page;
} PageRequest;

static void cc_history_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CcHistoryModel,
                               cc_history_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      cc_history_model_list_init))

void
cc_history_query_free (CcHistoryQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->text);
  g_free (self);
}

static CcHistoryQuery *
copy_query (const CcHistoryQuery *query)
{
  CcHistoryQuery *copy = g_memdup2 (query, sizeof *query);

  copy->user = g_strdup (query->user);
  copy->text = g_strdup (query->text);
  return copy;
}

static void
count_free (gpointer data)
{
  Count *self = data;

  if (self == NULL)
    return;
  cc_history_query_free (self->query);
  g_strfreev (self->names);
  g_strfreev (self->users);
  g_clear_pointer (&self->life, g_ptr_array_unref);
  g_free (self);
}

static void
page_request_free (gpointer data)
{
  PageRequest *self = data;

  cc_history_query_free (self->query);
  g_strfreev (self->names);
  g_free (self);
}

static CcHistoryFilter
make_filter (const CcHistoryQuery *query, GStrv names)
{
  return (CcHistoryFilter){ .names = (const char *const *) names,
                            .user = query->user,
                            .text = query->text };
}

static gboolean
count_life (Count *count, CcConnection *connection, GError **error)
{
  count->life = cc_history_entries_load_record (connection, count->query->record, error);
  if (count->life == NULL)
    return FALSE;
  count->n = count->life->len;
  for (guint i = 0; i < count->life->len; i++)
    if (((CcHistoryEntry *) g_ptr_array_index (count->life, i))->act->seq == count->query->seek)
      count->place = i;
  return TRUE;
}

/* The place of an act is the number of newer ones in the list. */
static gboolean
count_acts (Count *count, CcConnection *connection, GError **error)
{
  CcHistoryFilter filter = make_filter (count->query, count->names);
  gint64          with;

  count->n = cc_history_count (connection, &filter, error);
  if (count->n < 0 || count->query->seek <= 0)
    return count->n >= 0;
  filter.newer_than = count->query->seek;
  count->place = cc_history_count (connection, &filter, error);
  filter.newer_than = count->query->seek - 1;
  with = count->place >= 0 ? cc_history_count (connection, &filter, error) : -1;
  if (with == count->place)
    count->place = NOWHERE;
  return with >= 0;
}

static gpointer
read_count (CcSession    *session,
            CcConnection *connection,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Count *count = g_new0 (Count, 1);
  g_auto (GStrv) present = cc_history_list_names (connection, error);
  gboolean ok;

  count->query = copy_query (data);
  count->place = NOWHERE;
  count->users = present != NULL ? cc_history_list_users (connection, error) : NULL;
  ok = count->users != NULL;
  if (ok)
    count->names = cc_history_get_kind_names (count->query->kind, (const char *const *) present);
  ok = ok
       && (count->query->record != 0 ? count_life (count, connection, error)
                                     : count_acts (count, connection, error));
  if (!ok)
    g_clear_pointer (&count, count_free);
  return count;
}

static gpointer
read_page (CcSession    *session,
           CcConnection *connection,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  const PageRequest    *request = data;
  const CcHistoryFilter filter = make_filter (request->query, request->names);

  return cc_history_entries_load (connection, &filter, request->page * PAGE, PAGE, error);
}

typedef struct
{
  CcHistoryModel *model;
  GPtrArray      *items; /* those that wait */
} Waiting;

static void
on_page_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Waiting *waiting = user_data;
  g_autoptr (CcHistoryModel) self = waiting->model;
  g_autoptr (GPtrArray) items = waiting->items;
  g_autoptr (GPtrArray) entries = cc_session_read_finish (result, NULL);

  /* A place that cannot be read stays blank; loading the list says what is wrong. */
  for (guint i = 0; entries != NULL && entries->len > 0 && i < items->len; i++)
    cc_history_item_take_entry (g_ptr_array_index (items, i), g_ptr_array_steal_index (entries, 0));
}

static GPtrArray *
add_page (CcHistoryModel *self, guint page)
{
  const guint n = MIN (PAGE, self->n_items - page * PAGE);
  GPtrArray  *items = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, cc_history_item_new ());
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (page), items);
  return items;
}

static void
start_page (CcHistoryModel *self, guint page, GPtrArray *items)
{
  PageRequest *request = g_new0 (PageRequest, 1);
  Waiting     *waiting = g_new0 (Waiting, 1);

  request->query = copy_query (self->query);
  request->names = g_strdupv (self->names);
  request->page = page;
  waiting->model = g_object_ref (self);
  waiting->items = g_ptr_array_ref (items);
  cc_session_read_async (self->session, read_page, request, page_request_free,
                         (GDestroyNotify) g_ptr_array_unref, self->reading, on_page_read, waiting);
}

static GType
cc_history_model_get_item_type (GListModel *model)
{
  return CC_TYPE_HISTORY_ITEM;
}

static guint
cc_history_model_get_n_items (GListModel *model)
{
  return CC_HISTORY_MODEL (model)->n_items;
}

static gpointer
cc_history_model_get_item (GListModel *model, guint position)
{
  CcHistoryModel *self = CC_HISTORY_MODEL (model);
  const guint     page = position / PAGE;
  GPtrArray      *items;

  if (position >= self->n_items)
    return NULL;
  items = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (page));
  if (items == NULL)
    {
      items = add_page (self, page);
      start_page (self, page, items);
    }
  return g_object_ref (g_ptr_array_index (items, position % PAGE));
}

static void
cc_history_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = cc_history_model_get_item_type;
  iface->get_n_items = cc_history_model_get_n_items;
  iface->get_item = cc_history_model_get_item;
}

static void
stop_reading (CcHistoryModel *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
cc_history_model_dispose (GObject *object)
{
  CcHistoryModel *self = CC_HISTORY_MODEL (object);

  stop_reading (self);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->query, cc_history_query_free);
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->users, g_strfreev);
  g_hash_table_remove_all (self->pages);
  G_OBJECT_CLASS (cc_history_model_parent_class)->dispose (object);
}

static void
cc_history_model_finalize (GObject *object)
{
  g_hash_table_unref (CC_HISTORY_MODEL (object)->pages);
  G_OBJECT_CLASS (cc_history_model_parent_class)->finalize (object);
}

static void
cc_history_model_class_init (CcHistoryModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_history_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_history_model_finalize;
}

static void
cc_history_model_init (CcHistoryModel *self)
{
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

CcHistoryModel *
cc_history_model_new (void)
{
  return g_object_new (CC_TYPE_HISTORY_MODEL, NULL);
}

const char *const *
cc_history_model_get_users (CcHistoryModel *self)
{
  static const char *const nobody[] = { NULL };

  g_return_val_if_fail (CC_IS_HISTORY_MODEL (self), nobody);
  return self->users != NULL ? (const char *const *) self->users : nobody;
}

/* The life of a record is short and was read whole. */
static void
take_life (CcHistoryModel *self, GPtrArray *life)
{
  for (guint page = 0; page * PAGE < self->n_items; page++)
    {
      GPtrArray *items = add_page (self, page);

      for (guint i = 0; i < items->len; i++)
        cc_history_item_take_entry (g_ptr_array_index (items, i),
                                    g_ptr_array_steal_index (life, 0));
    }
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CcHistoryModel *self = g_task_get_source_object (task);
  GError         *error = NULL;
  Count          *count = cc_session_read_finish (result, &error);
  const guint     before = self->n_items;

  if (count == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  stop_reading (self);
  self->reading = g_cancellable_new ();
  g_hash_table_remove_all (self->pages);
  cc_session_ref (g_task_get_task_data (task));
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = g_task_get_task_data (task);
  g_clear_pointer (&self->query, cc_history_query_free);
  self->query = g_steal_pointer (&count->query);
  g_strfreev (self->names);
  self->names = g_steal_pointer (&count->names);
  g_strfreev (self->users);
  self->users = g_steal_pointer (&count->users);
  self->n_items = (guint) MIN (count->n, G_MAXINT);
  if (count->life != NULL)
    take_life (self, count->life);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n_items);
  g_task_return_int (task, count->place);
  count_free (count);
}

/**
 * query: (transfer full)
 */
void
cc_history_model_load_async (CcHistoryModel     *self,
                             CcSession          *session,
                             CcHistoryQuery     *query,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (CC_IS_HISTORY_MODEL (self) && session != NULL && query != NULL);
  g_task_set_source_tag (task, cc_history_model_load_async);
  g_task_set_task_data (task, cc_session_ref (session), (GDestroyNotify) cc_session_unref);
  cc_session_read_async (session, read_count, query, (GDestroyNotify) cc_history_query_free,
                         count_free, cancellable, on_counted, task);
}

gboolean
cc_history_model_load_finish (CcHistoryModel *self,
                              GAsyncResult   *result,
                              guint          *place,
                              GError        **error)
{
  GError *problem = NULL;
  gssize  value;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  value = g_task_propagate_int (G_TASK (result), &problem);
  *place = value >= 0 && value < G_MAXINT ? (guint) value : NOWHERE;
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}
