/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-lazy-model.h"

#include "cc-session-work.h"

/* Lines read at once, and lines kept for whoever scrolls back. */
#define BLOCK  64
#define N_KEPT 1024

/* Views make widgets for some 200 lines, seen or not. They learn of a screen at once, and of more
 * while there is nothing else to do. */
#define FIRST_TOLD 24
#define MORE_TOLD  16
#define MOST_MADE  208

struct _CcLazyModel
{
  GObject parent_instance;

  CcLazyRead     read;
  GDestroyNotify free_row;
  CcSession     *session;
  GArray        *ids;
  guint          n_told;  /* of them, to views */
  guint          telling; /* source */
  GHashTable    *items;   /* position to CcLazyItem */
  GQueue         recent;  /* positions, the latest looked at first */
  GHashTable    *asked;   /* first positions of blocks that are being read */
  GCancellable  *cancellable;
};

/* A block on its way. */
typedef struct
{
  CcLazyModel *model;
  guint        first;
  guint        n;
  gint64       ids[BLOCK];
} Block;

static void cc_lazy_model_list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CcLazyModel,
                               cc_lazy_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      cc_lazy_model_list_iface_init))

static void
block_free (gpointer data)
{
  Block *self = data;

  g_object_unref (self->model);
  g_free (self);
}

static gpointer
read_block (CcSession    *session,
            CcConnection *connection,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Block *self = data;

  return self->model->read (cc_session_get_file (session), connection, self->ids, self->n, error);
}

static guint
find_in_block (const Block *block, gint64 id)
{
  for (guint i = 0; i < block->n; i++)
    if (block->ids[i] == id)
      return i;
  return G_MAXUINT;
}

static void
on_block_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Block *block = g_task_get_task_data (G_TASK (user_data));
  g_autoptr (GTask) holder = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cc_session_read_finish (result, &error);
  CcLazyModel *self = block->model;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_hash_table_remove (self->asked, GUINT_TO_POINTER (block->first));
  if (rows == NULL)
    {
      g_warning ("Lines of a list could not be read: %s", error->message);
      return;
    }
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64     *row = g_ptr_array_index (rows, i); /* begins with the id */
      const guint offset = find_in_block (block, *row);
      CcLazyItem *item = NULL;

      if (offset != G_MAXUINT)
        item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (block->first + offset));
      if (item != NULL)
        cc_lazy_item_set_row (item, row, self->free_row);
      else
        self->free_row (row);
    }
}

static void
ask_for (CcLazyModel *self, guint position)
{
  const guint first = position - position % BLOCK;
  Block      *block;
  GTask      *holder;

  if (self->session == NULL || !g_hash_table_add (self->asked, GUINT_TO_POINTER (first)))
    return;
  block = g_new0 (Block, 1);
  block->model = g_object_ref (self);
  block->first = first;
  block->n = MIN (BLOCK, self->ids->len - first);
  memcpy (block->ids, &g_array_index (self->ids, gint64, first), block->n * sizeof (gint64));
  holder = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (holder, block, block_free);
  cc_session_read_async (self->session, read_block, block, NULL, (GDestroyNotify) g_ptr_array_unref,
                         self->cancellable, on_block_read, holder);
}

static void
forget_oldest (CcLazyModel *self)
{
  while (g_queue_get_length (&self->recent) > N_KEPT)
    g_hash_table_remove (self->items, g_queue_pop_tail (&self->recent));
}

static GType
cc_lazy_model_get_item_type (GListModel *model)
{
  return CC_TYPE_LAZY_ITEM;
}

static guint
cc_lazy_model_get_n_items (GListModel *model)
{
  return CC_LAZY_MODEL (model)->n_told;
}

static gpointer
cc_lazy_model_get_item (GListModel *model, guint position)
{
  CcLazyModel *self = CC_LAZY_MODEL (model);
  CcLazyItem  *item;

  if (position >= cc_lazy_model_get_n_items (model))
    return NULL;
  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));
  if (item == NULL)
    {
      item = cc_lazy_item_new (g_array_index (self->ids, gint64, position));
      g_hash_table_insert (self->items, GUINT_TO_POINTER (position), item);
      g_queue_push_head (&self->recent, GUINT_TO_POINTER (position));
      g_object_ref (item);
      forget_oldest (self);
      ask_for (self, position);
      return item;
    }
  if (cc_lazy_item_get_row (item) == NULL)
    ask_for (self, position);
  return g_object_ref (item);
}

static void
cc_lazy_model_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = cc_lazy_model_get_item_type;
  iface->get_n_items = cc_lazy_model_get_n_items;
  iface->get_item = cc_lazy_model_get_item;
}

static void
forget_all (CcLazyModel *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->telling, g_source_remove);
  g_hash_table_remove_all (self->items);
  g_hash_table_remove_all (self->asked);
  g_queue_clear (&self->recent);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->session, cc_session_unref);
}

static void
cc_lazy_model_dispose (GObject *object)
{
  forget_all (CC_LAZY_MODEL (object));
  G_OBJECT_CLASS (cc_lazy_model_parent_class)->dispose (object);
}

static void
cc_lazy_model_finalize (GObject *object)
{
  CcLazyModel *self = CC_LAZY_MODEL (object);

  g_hash_table_unref (self->items);
  g_hash_table_unref (self->asked);
  G_OBJECT_CLASS (cc_lazy_model_parent_class)->finalize (object);
}

static void
cc_lazy_model_class_init (CcLazyModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_lazy_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_lazy_model_finalize;
}

static void
cc_lazy_model_init (CcLazyModel *self)
{
  self->items = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->asked = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->recent);
}

/**
 * read: reads rows
 * free_row: frees one
 */
CcLazyModel *
cc_lazy_model_new (CcLazyRead read, GDestroyNotify free_row)
{
  CcLazyModel *self = g_object_new (CC_TYPE_LAZY_MODEL, NULL);

  self->read = read;
  self->free_row = free_row;
  return self;
}

static gboolean
on_tell (gpointer user_data)
{
  CcLazyModel *self = user_data;
  const guint  before = self->n_told;
  const guint  n = before < MOST_MADE ? MIN (before + MORE_TOLD, self->ids->len) : self->ids->len;

  self->n_told = n;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n - before);
  if (self->n_told < self->ids->len)
    return G_SOURCE_CONTINUE;
  self->telling = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
are_same (const GArray *a, const GArray *b)
{
  return a != NULL && b != NULL && a->len == b->len
         && memcmp (a->data, b->data, a->len * sizeof (gint64)) == 0;
}

/* The same lines may say something else now. */
static void
read_again (CcLazyModel *self)
{
  GHashTableIter iter;
  gpointer       position;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->asked);
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &position, NULL))
    ask_for (self, GPOINTER_TO_UINT (position));
}

void
cc_lazy_model_set (CcLazyModel *self, CcSession *session, GArray *ids)
{
  guint n_before;

  g_return_if_fail (CC_IS_LAZY_MODEL (self));
  if (session == self->session && are_same (ids, self->ids))
    {
      read_again (self);
      return;
    }
  n_before = self->n_told;
  if (session != NULL)
    cc_session_ref (session);
  if (ids != NULL)
    g_array_ref (ids);
  forget_all (self);
  self->session = session;
  self->ids = ids;
  self->cancellable = g_cancellable_new ();
  self->n_told = 0;
  /* In two steps: in one, views and selections look for their lines among all new ones. */
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
  if (ids == NULL || ids->len == 0)
    return;
  self->n_told = MIN (ids->len, FIRST_TOLD);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->n_told);
  if (self->n_told < ids->len)
    self->telling = g_idle_add (on_tell, self);
}

gint64
cc_lazy_model_get_id (CcLazyModel *self, guint position)
{
  g_return_val_if_fail (CC_IS_LAZY_MODEL (self)
                            && position < g_list_model_get_n_items (G_LIST_MODEL (self)),
                        0);
  return g_array_index (self->ids, gint64, position);
}
