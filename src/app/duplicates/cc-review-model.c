/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-review-model.h"

#include "cc-session-work.h"
#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>
#include <string.h>

/* As many questions at once are told to views in two steps. */
#define MANY 64

struct _CcReviewEntry
{
  GObject parent_instance;

  CcReviewItem item;
  char        *title; /* NULL until it is read */
};

enum
{
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CcReviewEntry, cc_review_entry, G_TYPE_OBJECT)

static void
cc_review_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_TITLE)
    g_value_set_string (value, CC_REVIEW_ENTRY (object)->title);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cc_review_entry_finalize (GObject *object)
{
  g_free (CC_REVIEW_ENTRY (object)->title);
  G_OBJECT_CLASS (cc_review_entry_parent_class)->finalize (object);
}

static void
cc_review_entry_class_init (CcReviewEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cc_review_entry_get_property;
  object_class->finalize = cc_review_entry_finalize;
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cc_review_entry_init (CcReviewEntry *self)
{
}

const CcReviewItem *
cc_review_entry_get_item (CcReviewEntry *self)
{
  g_return_val_if_fail (CC_IS_REVIEW_ENTRY (self), NULL);
  return &self->item;
}

/* Returns: (nullable): NULL until it is read; then "title" is notified */
const char *
cc_review_entry_get_title (CcReviewEntry *self)
{
  g_return_val_if_fail (CC_IS_REVIEW_ENTRY (self), NULL);
  return self->title;
}

struct _CcReviewModel
{
  GObject parent_instance;

  CcSession     *session;
  CcReviewQueue *queue;
  CcReviewFilter filter;
  GArray        *shown;   /* guint: positions in the queue */
  GHashTable    *decided; /* proposals taken out */
  GPtrArray     *waiting; /* CcReviewEntry* without a title */
  GPtrArray     *asked;   /* those that are being read */
  guint          idle;
  GCancellable  *cancellable;
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CcReviewModel,
                               cc_review_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The records of entries whose titles are read, in a thread. */
static gpointer
read_titles (CcSession    *session,
             CcConnection *connection,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  const GArray *items = data;
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < items->len; i++)
    {
      const CcReviewItem *item = &g_array_index (items, CcReviewItem, i);
      g_autoptr (GString) title = g_string_new (NULL);

      for (guint k = 0; k < item->n_records; k++)
        {
          g_autofree char *name = cc_review_read_name (connection, item->records[k], error);
          g_autofree char *apart = NULL;

          if (name == NULL)
            return NULL;
          if (*name == '\0' || strstr (title->str, name) != NULL)
            continue;
          apart = cc_isolate (name);
          g_string_append_printf (title, "%s%s", title->len > 0 ? " · " : "", apart);
        }
      g_ptr_array_add (titles, g_string_free (g_steal_pointer (&title), FALSE));
    }
  return g_steal_pointer (&titles);
}

static void ask_titles (CcReviewModel *self);

static void
on_titles_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcReviewModel) self = CC_REVIEW_MODEL (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) titles = cc_session_read_finish (result, &error);
  g_autoptr (GPtrArray) asked = NULL;

  /* Whoever cancelled has taken back what was asked. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  asked = g_steal_pointer (&self->asked);

  for (guint i = 0; titles != NULL && asked != NULL && i < asked->len; i++)
    {
      CcReviewEntry *entry = asked->pdata[i];
      const char    *title = titles->pdata[i];

      g_free (entry->title);
      entry->title = g_strdup (*title != '\0' ? title : _ ("Without a name"));
      g_object_notify_by_pspec (G_OBJECT (entry), properties[PROP_TITLE]);
    }
  if (self->waiting->len > 0 && self->session != NULL)
    ask_titles (self);
}

static void
free_items (gpointer data)
{
  g_array_unref (data);
}

static void
free_titles (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
ask_titles (CcReviewModel *self)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (CcReviewItem));

  self->asked = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->asked->len; i++)
    g_array_append_val (items, ((CcReviewEntry *) self->asked->pdata[i])->item);
  cc_session_read_async (self->session, read_titles, items, free_items, free_titles,
                         self->cancellable, on_titles_read, g_object_ref (self));
}

static gboolean
on_idle (gpointer user_data)
{
  CcReviewModel *self = user_data;

  self->idle = 0;
  if (self->asked == NULL && self->session != NULL)
    ask_titles (self);
  return G_SOURCE_REMOVE;
}

static GType
get_item_type (GListModel *model)
{
  return CC_TYPE_REVIEW_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return CC_REVIEW_MODEL (model)->shown->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  CcReviewModel *self = CC_REVIEW_MODEL (model);
  CcReviewEntry *entry;

  if (position >= self->shown->len)
    return NULL;
  entry = g_object_new (CC_TYPE_REVIEW_ENTRY, NULL);
  entry->item = *cc_review_model_get_item (self, position);
  g_ptr_array_add (self->waiting, g_object_ref (entry));
  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
  return entry;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static void
stop_reading (CcReviewModel *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  if (self->waiting != NULL)
    g_ptr_array_set_size (self->waiting, 0);
}

static void
cc_review_model_dispose (GObject *object)
{
  CcReviewModel *self = CC_REVIEW_MODEL (object);

  stop_reading (self);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->queue, cc_review_queue_free);
  G_OBJECT_CLASS (cc_review_model_parent_class)->dispose (object);
}

static void
cc_review_model_finalize (GObject *object)
{
  CcReviewModel *self = CC_REVIEW_MODEL (object);

  g_array_unref (self->shown);
  g_hash_table_unref (self->decided);
  g_ptr_array_unref (self->waiting);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  G_OBJECT_CLASS (cc_review_model_parent_class)->finalize (object);
}

static void
cc_review_model_class_init (CcReviewModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_review_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_review_model_finalize;
}

static void
cc_review_model_init (CcReviewModel *self)
{
  cc_review_filter_init (&self->filter);
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  self->decided = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

CcReviewModel *
cc_review_model_new (void)
{
  return g_object_new (CC_TYPE_REVIEW_MODEL, NULL);
}

static gboolean
is_same (const CcReviewItem *a, const CcReviewItem *b)
{
  return a->proposal == b->proposal && a->n_records == b->n_records && a->n_persons == b->n_persons
         && a->band == b->band && a->undecided == b->undecided && a->changed == b->changed
         && memcmp (a->records, b->records, a->n_records * sizeof *a->records) == 0
         && memcmp (a->entities, b->entities, a->n_records * sizeof *a->entities) == 0;
}

static const CcReviewItem *
get_shown (const CcReviewQueue *queue, const GArray *shown, guint position)
{
  return &g_array_index (queue->items, CcReviewItem, g_array_index (shown, guint, position));
}

/* Tells the least that changed, so that a view stays where it is. Many at once are told in two
 * steps: in one, a selection would look for its question among all of them and have each made. */
static void
tell_shown (CcReviewModel *self, const CcReviewQueue *old_queue, const GArray *old)
{
  GArray *shown = self->shown;
  guint   head = 0, tail = 0, n_removed, n_added;

  while (head < old->len && head < shown->len
         && is_same (get_shown (old_queue, old, head), get_shown (self->queue, shown, head)))
    head++;
  while (tail < old->len - head && tail < shown->len - head
         && is_same (get_shown (old_queue, old, old->len - 1 - tail),
                     get_shown (self->queue, shown, shown->len - 1 - tail)))
    tail++;
  n_removed = old->len - head - tail;
  n_added = shown->len - head - tail;
  if (n_removed > 0 && n_added > MANY)
    {
      g_autoptr (GArray) ends = g_array_copy (shown);

      g_array_remove_range (ends, head, n_added);
      self->shown = ends;
      g_list_model_items_changed (G_LIST_MODEL (self), head, n_removed, 0);
      self->shown = shown;
      n_removed = 0;
    }
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_removed, n_added);
}

/* old_queue: (nullable): what self->shown is of */
static void
choose_shown (CcReviewModel *self, const CcReviewQueue *old_queue)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->shown);

  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; self->queue != NULL && i < self->queue->items->len; i++)
    {
      const CcReviewItem *item = &g_array_index (self->queue->items, CcReviewItem, i);

      if (cc_review_filter_matches (&self->filter, item)
          && !g_hash_table_contains (self->decided, &item->proposal))
        g_array_append_val (self->shown, i);
    }
  tell_shown (self, old_queue, old);
}

void
cc_review_model_clear (CcReviewModel *self)
{
  g_autoptr (CcReviewQueue) old = g_steal_pointer (&self->queue);

  g_return_if_fail (CC_IS_REVIEW_MODEL (self));
  stop_reading (self);
  g_clear_pointer (&self->session, cc_session_unref);
  choose_shown (self, old);
}

/* Titles that were on their way are read on the next occasion. */
static void
keep_waiting (CcReviewModel *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  for (guint i = 0; self->asked != NULL && i < self->asked->len; i++)
    g_ptr_array_add (waiting, g_object_ref (self->asked->pdata[i]));
  stop_reading (self);
  self->waiting = g_steal_pointer (&waiting);
  if (self->waiting->len > 0)
    self->idle = g_idle_add (on_idle, self);
}

void
cc_review_model_set_queue (CcReviewModel *self, CcSession *session, CcReviewQueue *queue)
{
  g_autoptr (CcReviewQueue) old = NULL;

  g_return_if_fail (CC_IS_REVIEW_MODEL (self) && session != NULL && queue != NULL);
  old = g_steal_pointer (&self->queue);
  keep_waiting (self);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  self->cancellable = g_cancellable_new ();
  self->queue = queue;
  g_hash_table_remove_all (self->decided);
  choose_shown (self, old);
}

void
cc_review_model_set_filter (CcReviewModel *self, const CcReviewFilter *filter)
{
  g_return_if_fail (CC_IS_REVIEW_MODEL (self) && filter != NULL);
  self->filter = *filter;
  choose_shown (self, self->queue);
}

const CcReviewItem *
cc_review_model_get_item (CcReviewModel *self, guint position)
{
  g_return_val_if_fail (CC_IS_REVIEW_MODEL (self) && position < self->shown->len, NULL);
  return &g_array_index (self->queue->items, CcReviewItem,
                         g_array_index (self->shown, guint, position));
}

int
cc_review_model_find (CcReviewModel *self, gint64 proposal)
{
  g_return_val_if_fail (CC_IS_REVIEW_MODEL (self), -1);
  for (guint i = 0; i < self->shown->len; i++)
    if (cc_review_model_get_item (self, i)->proposal == proposal)
      return (int) i;
  return -1;
}

void
cc_review_model_remove (CcReviewModel *self, gint64 proposal)
{
  const int position = cc_review_model_find (self, proposal);

  g_hash_table_add (self->decided, g_memdup2 (&proposal, sizeof proposal));
  if (position < 0)
    return;
  g_array_remove_index (self->shown, (guint) position);
  g_list_model_items_changed (G_LIST_MODEL (self), (guint) position, 1, 0);
}

/* Questions that wait, shown or not. */
guint
cc_review_model_get_n_open (CcReviewModel *self)
{
  g_return_val_if_fail (CC_IS_REVIEW_MODEL (self), 0);
  return self->queue != NULL ? self->queue->items->len - g_hash_table_size (self->decided) : 0;
}
