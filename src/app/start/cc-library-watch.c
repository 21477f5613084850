/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-library-watch.h"

#include "cc-backups.h"
#include "library/cc-library.h"

#include <cc/store/cc-place.h>

/* Opening and closing a case file touch several files, one after the other. */
#define QUIET_MS 300

/* An import may write for minutes; other files change meanwhile. */
#define LONGEST_MS 3000

/* Locks that are let go of without a trace are looked for this often. */
#define LOOK_MS 3000

struct _CcLibraryWatch
{
  GObject parent_instance;

  GCancellable *cancellable; /* while it watches or begins to */
  GPtrArray    *monitors;
  guint         timer;
  gint64        since; /* the first event that was not yet told of; 0: none */
  guint         look_timer;
};

G_DEFINE_FINAL_TYPE (CcLibraryWatch, cc_library_watch, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- telling ---- */

static void
tell (CcLibraryWatch *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->since = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_quiet (gpointer user_data)
{
  CcLibraryWatch *self = user_data;

  self->timer = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_look (gpointer user_data)
{
  CcLibraryWatch *self = user_data;

  self->look_timer = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

/* The pages of a log change with every act, what the list says of a log only with its existence. */
static gboolean
is_of_interest (GFile *file, GFileMonitorEvent event)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : g_strdup (".");

  if (*name == '.')
    return FALSE;
  if (g_str_has_suffix (name, CC_LIBRARY_SUFFIX "-wal")
      || g_str_has_suffix (name, CC_LIBRARY_SUFFIX "-journal"))
    return event != G_FILE_MONITOR_EVENT_CHANGED && event != G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT;
  return g_str_has_suffix (name, CC_LIBRARY_SUFFIX)
         || g_str_has_suffix (name, CC_LIBRARY_SUFFIX ".lock")
         || g_str_equal (name, CC_LIBRARY_INDEX);
}

static void
on_event (CcLibraryWatch   *self,
          GFile            *file,
          GFile            *other,
          GFileMonitorEvent event,
          GFileMonitor     *monitor)
{
  const gint64 now = g_get_monotonic_time ();

  /* A file that gets its name when it is whole comes as the other one. */
  if (!is_of_interest (file, event) && !is_of_interest (other, event))
    return;
  if (self->since == 0)
    self->since = now;
  else if (self->timer != 0 && now - self->since > LONGEST_MS * G_TIME_SPAN_MILLISECOND)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (QUIET_MS, on_quiet, self);
}

/* ---- beginning ---- */

static void
add_monitor (GPtrArray *monitors, const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GError) error = NULL;
  GFileMonitor *monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);

  /* Without it the list is as it was when it was last shown. */
  if (monitor == NULL)
    g_debug ("A folder of the library cannot be watched: %s", error->message);
  else
    g_ptr_array_add (monitors, monitor);
}

/* A folder may lie on a drive that takes its time. Events come to the main loop all the same,
 * because this thread has none of its own. */
static void
start_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) monitors = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folder = cc_library_get_folder ();
  g_autofree char *backups = cc_backups_dup_folder ();

  cc_backups_prepare_folder ();
  if (cc_place_make_folder (folder))
    add_monitor (monitors, folder);
  add_monitor (monitors, backups);
  g_task_return_pointer (task, g_steal_pointer (&monitors), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcLibraryWatch *self = CC_LIBRARY_WATCH (source);
  g_autoptr (GPtrArray) monitors = g_task_propagate_pointer (G_TASK (result), NULL);

  /* NULL: stopped meanwhile. */
  if (monitors == NULL)
    return;
  self->monitors = g_steal_pointer (&monitors);
  for (guint i = 0; i < self->monitors->len; i++)
    g_signal_connect_object (g_ptr_array_index (self->monitors, i), "changed",
                             G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  tell (self);
}

void
cc_library_watch_start (CcLibraryWatch *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CC_IS_LIBRARY_WATCH (self));
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_started, NULL);
  g_task_set_name (task, "watch the library");
  g_task_set_source_tag (task, cc_library_watch_start);
  g_task_run_in_thread (task, start_in_thread);
}

static void
cancel_monitor (gpointer monitor, gpointer user_data)
{
  g_signal_handlers_disconnect_by_data (monitor, user_data);
  g_file_monitor_cancel (monitor);
}

void
cc_library_watch_stop (CcLibraryWatch *self)
{
  g_return_if_fail (CC_IS_LIBRARY_WATCH (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->look_timer, g_source_remove);
  self->since = 0;
  if (self->monitors != NULL)
    g_ptr_array_foreach (self->monitors, cancel_monitor, self);
  g_clear_pointer (&self->monitors, g_ptr_array_unref);
}

void
cc_library_watch_set_in_use (CcLibraryWatch *self, gboolean in_use)
{
  g_return_if_fail (CC_IS_LIBRARY_WATCH (self));
  g_clear_handle_id (&self->look_timer, g_source_remove);
  if (in_use && self->cancellable != NULL)
    self->look_timer = g_timeout_add (LOOK_MS, on_look, self);
}

/* ---- class ---- */

static void
cc_library_watch_dispose (GObject *object)
{
  cc_library_watch_stop (CC_LIBRARY_WATCH (object));
  G_OBJECT_CLASS (cc_library_watch_parent_class)->dispose (object);
}

static void
cc_library_watch_class_init (CcLibraryWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_library_watch_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cc_library_watch_init (CcLibraryWatch *self)
{
}

CcLibraryWatch *
cc_library_watch_new (void)
{
  return g_object_new (CC_TYPE_LIBRARY_WATCH, NULL);
}
