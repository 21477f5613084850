/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-model.h"

#include "cc-session-work.h"

/* Lines read at once: about what a screen shows. */
#define BLOCK 64

/* Wishes older than these are forgotten: who scrolls fast does not look at what flies by. A list
 * view holds some 200 lines. */
#define MOST_WISHES 512

/* Lines kept although nobody looks at them. */
#define MOST_KEPT 768

struct _CcRecordModel
{
  GObject parent_instance;

  CcSession     *session;
  CcRecordTable *table;  /* NULL: rows set aside */
  GArray        *ids;    /* gint64 */
  GHashTable    *items;  /* id to Entry: lines that somebody holds */
  GQueue         kept;   /* CcRecordItem, the newest first */
  GQueue         wishes; /* CcRecordItem, the newest first */
  GCancellable  *cancellable;
  guint          idle;
  gboolean       reading;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CcRecordModel,
                               cc_record_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

typedef struct
{
  CcRecordTable *table;
  GPtrArray     *items; /* CcRecordItem, touched on the main loop only */
  GArray        *ids;
} Block;

static void
block_free (gpointer data)
{
  Block *self = data;

  g_clear_pointer (&self->table, cc_record_table_unref);
  g_ptr_array_unref (self->items);
  g_array_unref (self->ids);
  g_free (self);
}

static gpointer
read_block (CcSession    *session,
            CcConnection *connection,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Block        *self = data;
  const gint64 *ids = (const gint64 *) self->ids->data;

  if (self->table != NULL)
    return cc_record_table_read_rows (self->table, connection, ids, self->ids->len, error);
  return cc_parked_read_rows (connection, ids, self->ids->len, error);
}

static void start_reading (CcRecordModel *self);

static void
give_rows (Block *block, GPtrArray *rows)
{
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    cc_record_item_take_row (g_ptr_array_index (block->items, i), g_ptr_array_index (rows, i));
  g_ptr_array_unref (rows);
}

/* One that is there no more gives no row. */
static void
give_parked (Block *block, GPtrArray *rows)
{
  guint next = 0;

  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < block->items->len && next < rows->len; i++)
    {
      CcRecordItem *item = g_ptr_array_index (block->items, i);
      CcParkedRow  *row = g_ptr_array_index (rows, next);

      if (row->id != cc_record_item_get_id (item))
        continue;
      cc_record_item_take_parked (item, row);
      next++;
    }
  g_ptr_array_unref (rows);
}

typedef struct
{
  CcRecordModel *model;
  Block         *block;
} Reading;

static void
on_block_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (CcRecordModel) self = reading->model;
  g_autoptr (GError) error = NULL;
  GPtrArray     *rows = cc_session_read_finish (result, &error);
  const gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (rows != NULL && reading->block->table != NULL)
    give_rows (reading->block, rows);
  else if (rows != NULL)
    give_parked (reading->block, rows);
  block_free (reading->block);
  g_free (reading);
  if (cancelled)
    return;
  self->reading = FALSE;
  start_reading (self);
}

/* The newest wishes first: they are what is looked at now. */
static void
start_reading (CcRecordModel *self)
{
  Block   *block;
  Reading *reading;

  if (self->reading || self->session == NULL || g_queue_is_empty (&self->wishes))
    return;
  block = g_new0 (Block, 1);
  block->table = self->table != NULL ? cc_record_table_ref (self->table) : NULL;
  block->items = g_ptr_array_new_with_free_func (g_object_unref);
  block->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  while (block->items->len < BLOCK && !g_queue_is_empty (&self->wishes))
    {
      CcRecordItem *item = g_queue_pop_head (&self->wishes);
      const gint64  id = cc_record_item_get_id (item);

      g_ptr_array_add (block->items, item);
      g_array_append_val (block->ids, id);
    }
  reading = g_new0 (Reading, 1);
  reading->model = g_object_ref (self);
  reading->block = block;
  self->reading = TRUE;
  cc_session_read_async (self->session, read_block, block, NULL, (GDestroyNotify) g_ptr_array_unref,
                         self->cancellable, on_block_read, reading);
}

static gboolean
on_idle (gpointer user_data)
{
  CcRecordModel *self = user_data;

  self->idle = 0;
  start_reading (self);
  return G_SOURCE_REMOVE;
}

static void
wish (CcRecordModel *self, CcRecordItem *item)
{
  g_queue_push_head (&self->wishes, g_object_ref (item));
  if (g_queue_get_length (&self->wishes) > MOST_WISHES)
    g_object_unref (g_queue_pop_tail (&self->wishes));
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

/* A line that somebody holds, without holding it. */
typedef struct
{
  gint64         id;
  CcRecordModel *model;
  CcRecordItem  *item;
} Entry;

/* Only while the model lives: it lets go of all lines before it goes. */
static void
on_item_gone (gpointer data, GObject *item)
{
  Entry *entry = data;

  g_hash_table_remove (entry->model->items, &entry->id);
}

static void
keep (CcRecordModel *self, CcRecordItem *item)
{
  g_queue_push_head (&self->kept, g_object_ref (item));
  if (g_queue_get_length (&self->kept) > MOST_KEPT)
    g_object_unref (g_queue_pop_tail (&self->kept));
}

static GType
get_item_type (GListModel *model)
{
  return CC_TYPE_RECORD_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  CcRecordModel *self = CC_RECORD_MODEL (model);

  return self->ids != NULL ? self->ids->len : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  CcRecordModel *self = CC_RECORD_MODEL (model);
  CcRecordItem  *item;
  Entry         *entry;
  gint64         id;

  if (position >= get_n_items (model))
    return NULL;
  id = g_array_index (self->ids, gint64, position);
  entry = g_hash_table_lookup (self->items, &id);
  if (entry != NULL)
    return g_object_ref (entry->item);
  item = cc_record_item_new (id);
  entry = g_new0 (Entry, 1);
  *entry = (Entry){ id, self, item };
  g_hash_table_insert (self->items, &entry->id, entry);
  g_object_weak_ref (G_OBJECT (item), on_item_gone, entry);
  keep (self, item);
  wish (self, item);
  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* What is being read is for the lines of before. */
static void
stop_reading (CcRecordModel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->reading = FALSE;
  g_clear_handle_id (&self->idle, g_source_remove);
  g_queue_clear_full (&self->wishes, g_object_unref);
}

static void
drop_items (CcRecordModel *self)
{
  GHashTableIter iter;
  gpointer       entry;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    g_object_weak_unref (G_OBJECT (((Entry *) entry)->item), on_item_gone, entry);
  g_hash_table_remove_all (self->items);
  g_queue_clear_full (&self->kept, g_object_unref);
}

static void
cc_record_model_dispose (GObject *object)
{
  CcRecordModel *self = CC_RECORD_MODEL (object);

  if (self->cancellable != NULL)
    stop_reading (self);
  drop_items (self);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->table, cc_record_table_unref);
  g_clear_pointer (&self->session, cc_session_unref);
  G_OBJECT_CLASS (cc_record_model_parent_class)->dispose (object);
}

static void
cc_record_model_finalize (GObject *object)
{
  g_hash_table_unref (CC_RECORD_MODEL (object)->items);
  G_OBJECT_CLASS (cc_record_model_parent_class)->finalize (object);
}

static void
cc_record_model_class_init (CcRecordModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_record_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_record_model_finalize;
}

static void
cc_record_model_init (CcRecordModel *self)
{
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->cancellable = g_cancellable_new ();
}

CcRecordModel *
cc_record_model_new (void)
{
  return g_object_new (CC_TYPE_RECORD_MODEL, NULL);
}

/* The lines that stay at both ends. */
static GArray *
join_ends (const GArray *old, guint head, guint tail)
{
  GArray *ends = g_array_sized_new (FALSE, FALSE, sizeof (gint64), MAX (head + tail, 1));

  g_array_append_vals (ends, old->data, head);
  g_array_append_vals (ends, &g_array_index (old, gint64, old->len - tail), tail);
  return ends;
}

/* How many lines at both ends are the same. */
static void
compare_ids (const GArray *old, const GArray *ids, guint *head, guint *tail)
{
  const guint   n_old = old != NULL ? old->len : 0;
  const gint64 *a = old != NULL ? (const gint64 *) old->data : NULL;
  const gint64 *b = (const gint64 *) ids->data;

  *head = *tail = 0;
  while (*head < n_old && *head < ids->len && a[*head] == b[*head])
    (*head)++;
  while (*tail < n_old - *head && *tail < ids->len - *head
         && a[n_old - 1 - *tail] == b[ids->len - 1 - *tail])
    (*tail)++;
}

gboolean
cc_record_model_is_like (CcRecordModel *self, GArray *ids)
{
  guint head, tail;

  g_return_val_if_fail (CC_IS_RECORD_MODEL (self) && ids != NULL, FALSE);
  compare_ids (self->ids, ids, &head, &tail);
  return ids->len - head - tail <= BLOCK / 2;
}

/* Tells the least that changed, so that a view stays where it is. Many lines that come in place of
 * others are told in two steps: in one, a view of GTK 4.8 would look for the line it was at among
 * all that came, and each would have to be made for it. */
static void
swap_ids (CcRecordModel *self, GArray *ids)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->ids);
  const guint n_old = old != NULL ? old->len : 0;
  guint       head, tail, removed, added;

  compare_ids (old, ids, &head, &tail);
  removed = n_old - head - tail;
  added = ids->len - head - tail;
  if (removed > 0 && added > BLOCK)
    {
      self->ids = join_ends (old, head, tail);
      g_list_model_items_changed (G_LIST_MODEL (self), head, removed, 0);
      g_array_unref (self->ids);
      removed = 0;
    }
  self->ids = g_array_ref (ids);
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, removed, added);
}

/**
 * table: (nullable): NULL where ids are those of rows set aside
 * ids: gint64, not changed any more
 */
void
cc_record_model_set (CcRecordModel *self, CcSession *session, CcRecordTable *table, GArray *ids)
{
  GHashTableIter iter;
  gpointer       entry;
  const gboolean other_kind =
      (self->table == NULL) != (table == NULL)
      || (table != NULL
          && g_strcmp0 (cc_record_table_get_unit (table), cc_record_table_get_unit (self->table)));

  g_return_if_fail (CC_IS_RECORD_MODEL (self) && session != NULL && ids != NULL);
  stop_reading (self);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  if (other_kind)
    {
      cc_record_model_clear (self);
      self->session = cc_session_ref (session);
    }
  if (table != NULL)
    cc_record_table_ref (table);
  g_clear_pointer (&self->table, cc_record_table_unref);
  self->table = table;
  /* Only what is looked at is read again, and what comes now before it. */
  g_queue_clear_full (&self->kept, g_object_unref);
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    wish (self, ((Entry *) entry)->item);
  swap_ids (self, ids);
}

void
cc_record_model_clear (CcRecordModel *self)
{
  const guint n = get_n_items (G_LIST_MODEL (self));

  g_return_if_fail (CC_IS_RECORD_MODEL (self));
  stop_reading (self);
  drop_items (self);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->table, cc_record_table_unref);
  g_clear_pointer (&self->session, cc_session_unref);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

/**
 * Returns: place of a record in the list, G_MAXUINT where it is not there
 */
guint
cc_record_model_find (CcRecordModel *self, gint64 id)
{
  for (guint i = 0; self->ids != NULL && i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      return i;
  return G_MAXUINT;
}

/**
 * Returns: the record at a place, 0 beyond the end
 */
gint64
cc_record_model_get_id (CcRecordModel *self, guint position)
{
  return position < get_n_items (G_LIST_MODEL (self)) ? g_array_index (self->ids, gint64, position)
                                                      : 0;
}
