/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-lazy-model.h"

#include "cc-session-work.h"

/* Lines read at once: what a screen shows of wrapped text. */
#define BLOCK 16

/* Lines given to their widgets at once, and milliseconds until the next ones: what comes between
 * two frames is measured together, and more of it holds up the window. */
#define PORTION 8
#define PAUSE   16

/* Wishes older than these are forgotten: who scrolls fast does not look at what flies by. */
#define MOST_WISHES 512

/* Lines kept although nobody looks at them. */
#define MOST_KEPT 768

/* Views make widgets for some 200 lines, seen or not. They learn of a screen at once, and of more
 * after each pause. */
#define FIRST_TOLD 24
#define STEP       16
#define MOST_MADE  208

/* How rows are read; threads hold it while they do so. */
typedef struct
{
  CcLazyRead     read;
  gpointer       data;
  GDestroyNotify free_data;
  GDestroyNotify free_row;
} Source;

struct _CcLazyModel
{
  GObject parent_instance;

  Source       *source;
  CcSession    *session;
  GArray       *ids;    /* NULL: none */
  guint         n_told; /* lines that views know of */
  guint         moving; /* source that brings it near the length */
  GHashTable   *lines;  /* position to Line: those that somebody holds */
  GQueue        kept;   /* CcLazyItem, the newest first */
  GQueue        wishes; /* likewise */
  GCancellable *cancellable;
  guint         idle;
  gboolean      reading;
};

static void cc_lazy_model_list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CcLazyModel,
                               cc_lazy_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      cc_lazy_model_list_iface_init))

static void
source_clear (gpointer data)
{
  Source *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
}

static void
source_unref (Source *self)
{
  g_atomic_rc_box_release_full (self, source_clear);
}

/* Lines on their way. */
typedef struct
{
  Source    *source;
  GPtrArray *items; /* CcLazyItem, touched on the main loop only */
  GArray    *ids;   /* for which they stood then */
} Block;

static void
block_free (Block *self)
{
  source_unref (self->source);
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
  const Block *self = data;

  return self->source->read (cc_session_get_file (session), connection, self->source->data,
                             (const gint64 *) self->ids->data, self->ids->len, error);
}

static void start_reading (CcLazyModel *self);

static CcLazyItem *
find_item (const Block *block, gint64 id)
{
  for (guint i = 0; i < block->items->len; i++)
    if (cc_lazy_item_get_id (g_ptr_array_index (block->items, i)) == id)
      return g_ptr_array_index (block->items, i);
  return NULL;
}

/* What a block has read, until all of it is given to its lines. */
typedef struct
{
  CcLazyModel  *model;
  Block        *block;
  GPtrArray    *rows; /* NULL: none */
  guint         n_given;
  GCancellable *cancellable; /* the lines are others */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  for (guint i = self->n_given; self->rows != NULL && i < self->rows->len; i++)
    self->block->source->free_row (g_ptr_array_index (self->rows, i));
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  block_free (self->block);
  g_object_unref (self->model);
  g_object_unref (self->cancellable);
  g_free (self);
}

static gboolean
give_rows (gpointer user_data)
{
  Reading    *self = user_data;
  const guint n = self->rows != NULL ? self->rows->len : 0;

  if (g_cancellable_is_cancelled (self->cancellable))
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < PORTION && self->n_given < n; i++)
    {
      gint64     *row = g_ptr_array_index (self->rows, self->n_given++);
      CcLazyItem *item = find_item (self->block, *row);

      if (item != NULL)
        cc_lazy_item_set_row (item, row, self->block->source->free_row);
      else
        self->block->source->free_row (row);
    }
  if (self->n_given < n)
    return G_SOURCE_CONTINUE;
  self->model->reading = FALSE;
  start_reading (self->model);
  return G_SOURCE_REMOVE;
}

static void
on_block_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *self = user_data;
  g_autoptr (GError) error = NULL;

  self->rows = cc_session_read_finish (result, &error);
  if (self->rows != NULL)
    g_ptr_array_set_free_func (self->rows, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Lines of a list could not be read: %s", error->message);
  if (give_rows (self) == G_SOURCE_CONTINUE)
    g_timeout_add_full (G_PRIORITY_DEFAULT, PAUSE, give_rows, self, reading_free);
  else
    reading_free (self);
}

/* The newest wishes first: they are what is looked at now. */
static void
start_reading (CcLazyModel *self)
{
  Block   *block;
  Reading *reading;

  if (self->reading || self->session == NULL || g_queue_is_empty (&self->wishes))
    return;
  block = g_new0 (Block, 1);
  block->source = g_atomic_rc_box_acquire (self->source);
  block->items = g_ptr_array_new_with_free_func (g_object_unref);
  block->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  while (block->items->len < BLOCK && !g_queue_is_empty (&self->wishes))
    {
      CcLazyItem  *item = g_queue_pop_head (&self->wishes);
      const gint64 id = cc_lazy_item_get_id (item);

      g_ptr_array_add (block->items, item);
      g_array_append_val (block->ids, id);
    }
  reading = g_new0 (Reading, 1);
  reading->model = g_object_ref (self);
  reading->block = block;
  reading->cancellable = g_object_ref (self->cancellable);
  self->reading = TRUE;
  cc_session_read_async (self->session, read_block, block, NULL, (GDestroyNotify) g_ptr_array_unref,
                         self->cancellable, on_block_read, reading);
}

static gboolean
on_idle (gpointer user_data)
{
  CcLazyModel *self = user_data;

  self->idle = 0;
  start_reading (self);
  return G_SOURCE_REMOVE;
}

static void
wish (CcLazyModel *self, CcLazyItem *item)
{
  g_queue_push_head (&self->wishes, g_object_ref (item));
  if (g_queue_get_length (&self->wishes) > MOST_WISHES)
    g_object_unref (g_queue_pop_tail (&self->wishes));
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

/* What is being read is for the lines of before. */
static void
stop_reading (CcLazyModel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->reading = FALSE;
  g_clear_handle_id (&self->idle, g_source_remove);
  g_queue_clear_full (&self->wishes, g_object_unref);
}

/* A line that somebody holds, without holding it. */
typedef struct
{
  guint        position;
  CcLazyModel *model;
  CcLazyItem  *item;
} Line;

/* Only while the model lives: it lets go of all lines before it goes. */
static void
on_item_gone (gpointer data, GObject *item)
{
  Line *line = data;

  g_hash_table_remove (line->model->lines, GUINT_TO_POINTER (line->position));
}

static void
drop_line (gpointer position, gpointer data, gpointer user_data)
{
  Line *line = data;

  g_object_weak_unref (G_OBJECT (line->item), on_item_gone, line);
}

static guint
get_length (CcLazyModel *self)
{
  return self->ids != NULL ? self->ids->len : 0;
}

static gint64
get_id (CcLazyModel *self, guint position)
{
  return position < get_length (self) ? g_array_index (self->ids, gint64, position) : 0;
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
  Line        *line;
  CcLazyItem  *item;

  if (position >= self->n_told)
    return NULL;
  line = g_hash_table_lookup (self->lines, GUINT_TO_POINTER (position));
  if (line != NULL)
    return g_object_ref (line->item);
  item = cc_lazy_item_new (get_id (self, position));
  line = g_new0 (Line, 1);
  *line = (Line){ position, self, item };
  g_hash_table_insert (self->lines, GUINT_TO_POINTER (position), line);
  g_object_weak_ref (G_OBJECT (item), on_item_gone, line);
  g_queue_push_head (&self->kept, g_object_ref (item));
  if (g_queue_get_length (&self->kept) > MOST_KEPT)
    g_object_unref (g_queue_pop_tail (&self->kept));
  if (position < get_length (self))
    wish (self, item);
  return item;
}

static void
cc_lazy_model_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = cc_lazy_model_get_item_type;
  iface->get_n_items = cc_lazy_model_get_n_items;
  iface->get_item = cc_lazy_model_get_item;
}

static void
cc_lazy_model_dispose (GObject *object)
{
  CcLazyModel *self = CC_LAZY_MODEL (object);

  stop_reading (self);
  g_clear_handle_id (&self->moving, g_source_remove);
  g_hash_table_foreach (self->lines, drop_line, NULL);
  g_hash_table_remove_all (self->lines);
  g_queue_clear_full (&self->kept, g_object_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->session, cc_session_unref);
  G_OBJECT_CLASS (cc_lazy_model_parent_class)->dispose (object);
}

static void
cc_lazy_model_finalize (GObject *object)
{
  CcLazyModel *self = CC_LAZY_MODEL (object);

  g_hash_table_unref (self->lines);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->source, source_unref);
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
  self->lines = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * read: reads rows
 * free_row: frees one
 */
CcLazyModel *
cc_lazy_model_new (CcLazyRead read, GDestroyNotify free_row)
{
  CcLazyModel *self = g_object_new (CC_TYPE_LAZY_MODEL, NULL);

  cc_lazy_model_set_source (self, read, NULL, NULL, free_row);
  return self;
}

void
cc_lazy_model_set_source (CcLazyModel   *self,
                          CcLazyRead     read,
                          gpointer       data,
                          GDestroyNotify free_data,
                          GDestroyNotify free_row)
{
  Source *source;

  g_return_if_fail (CC_IS_LAZY_MODEL (self) && read != NULL && free_row != NULL);
  source = g_atomic_rc_box_new0 (Source);
  *source = (Source){ read, data, free_data, free_row };
  g_clear_pointer (&self->source, source_unref);
  self->source = source;
}

static void
tell (CcLazyModel *self, guint n)
{
  const guint before = self->n_told;

  self->n_told = n;
  if (n > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n - before);
  else if (n < before)
    g_list_model_items_changed (G_LIST_MODEL (self), n, before - n, 0);
}

/* Returns: how many lines views know of after the next step. Beyond those for which they make
 * widgets, all come and go at once. */
static guint
choose_step (CcLazyModel *self)
{
  const guint length = get_length (self);

  if (self->n_told < length)
    return self->n_told < MOST_MADE ? MIN (self->n_told + STEP, length) : length;
  if (self->n_told > MOST_MADE + STEP)
    return MAX (length, MOST_MADE);
  return MAX (length, self->n_told - MIN (self->n_told, STEP));
}

static gboolean
on_move (gpointer user_data)
{
  CcLazyModel *self = user_data;

  tell (self, choose_step (self));
  if (self->n_told != get_length (self))
    return G_SOURCE_CONTINUE;
  self->moving = 0;
  return G_SOURCE_REMOVE;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Line *first = *(Line *const *) a;
  const Line *second = *(Line *const *) b;

  return (first->position > second->position) - (first->position < second->position);
}

/* Lines that are held stand for what is at their place now. The first ones are read first. */
static void
change_lines (CcLazyModel *self)
{
  g_autoptr (GPtrArray) lines = NULL;
  GHashTableIter iter;
  gpointer       line;

  g_queue_clear_full (&self->kept, g_object_unref);
  lines = g_ptr_array_sized_new (g_hash_table_size (self->lines));
  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, NULL, &line))
    g_ptr_array_add (lines, line);
  g_ptr_array_sort (lines, compare_places);
  for (guint i = lines->len; i-- > 0;)
    {
      const Line *changed = g_ptr_array_index (lines, i);

      cc_lazy_item_set_id (changed->item, get_id (self, changed->position));
      if (changed->position < get_length (self))
        wish (self, changed->item);
    }
}

void
cc_lazy_model_set (CcLazyModel *self, CcSession *session, GArray *ids)
{
  g_return_if_fail (CC_IS_LAZY_MODEL (self) && (session != NULL || ids == NULL));
  stop_reading (self);
  if (session != NULL)
    cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  if (ids != NULL)
    g_array_ref (ids);
  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = ids;
  change_lines (self);
  g_clear_handle_id (&self->moving, g_source_remove);
  tell (self, self->n_told == 0 ? MIN (get_length (self), FIRST_TOLD) : choose_step (self));
  if (self->n_told != get_length (self))
    self->moving = g_timeout_add (PAUSE, on_move, self);
}

gboolean
cc_lazy_model_is_same (CcLazyModel *self, CcSession *session, GArray *ids)
{
  g_return_val_if_fail (CC_IS_LAZY_MODEL (self) && ids != NULL, FALSE);
  return session == self->session && ids->len == get_length (self)
         && (ids->len == 0 || memcmp (ids->data, self->ids->data, ids->len * sizeof (gint64)) == 0);
}

guint
cc_lazy_model_get_length (CcLazyModel *self)
{
  g_return_val_if_fail (CC_IS_LAZY_MODEL (self), 0);
  return get_length (self);
}

gint64
cc_lazy_model_get_id (CcLazyModel *self, guint position)
{
  g_return_val_if_fail (CC_IS_LAZY_MODEL (self), 0);
  return get_id (self, position);
}

guint
cc_lazy_model_find (CcLazyModel *self, gint64 id)
{
  g_return_val_if_fail (CC_IS_LAZY_MODEL (self), G_MAXUINT);
  for (guint i = 0; i < get_length (self); i++)
    if (g_array_index (self->ids, gint64, i) == id)
      return i;
  return G_MAXUINT;
}
