/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-locker.h"

#include "cc-idle.h"
#include "cc-lock.h"
#include "cc-session.h"
#include "cc-window.h"
#include "present/cc-job.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>

#define LOOK_MS 50

struct _CcLocker
{
  GtkApplication *application; /* owns this */
  CcIdle         *idle;
  CcLocked       *locked;  /* while files are being closed */
  guint           timer;   /* waits for work, then for files to be closed */
  gboolean        by_hand; /* what waits was asked for */
  gboolean        settled; /* what was typed is saved, as far as it can be */
  int             minutes; /* of the idle time that ran out */
};

typedef void (*WindowFunc) (CcWindow *window, gpointer data);

static void
for_each_window (CcLocker *self, WindowFunc func, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (self->application));

  for (GList *l = windows; l != NULL; l = l->next)
    if (CC_IS_WINDOW (l->data))
      func (l->data, data);
}

/* ---- is there something to lock, and is it at rest? ---- */

typedef struct
{
  guint n_unlocked;
  guint n_busy;
} Tally;

static void
tally_window (CcWindow *window, gpointer data)
{
  Tally     *tally = data;
  CcSession *session = cc_window_get_session (window);

  if (session == NULL)
    return;
  tally->n_unlocked++;
  if (cc_case_file_is_busy (cc_session_get_file (session)))
    tally->n_busy++;
  else if (cc_window_get_kept (window) == CC_KEPT_BUSY)
    tally->n_busy++;
}

static void
tell_window (CcWindow *window, gpointer data)
{
  if (cc_window_get_session (window) != NULL)
    cc_present_toast (GTK_WIDGET (window),
                      _ ("The case file is locked as soon as the work under way has ended."));
}

/* ---- locking ---- */

/* Where something was being typed, what became of it is said instead. */
static char *
describe (const CcLocked *locked, const CcLockedFile *file)
{
  const char      *kept = cc_kept_describe ((CcKept) file->kept);
  g_autofree char *text = NULL;

  if (locked->minutes == 0)
    return g_strdup (_ ("The case file is locked. Everything you saved is kept."));
  if (kept == NULL)
    return g_strdup_printf (
        ngettext ("Locked after %d minute without use. Everything you saved is kept.",
                  "Locked after %d minutes without use. Everything you saved is kept.",
                  (unsigned long) locked->minutes),
        locked->minutes);
  text = g_strdup_printf (ngettext ("Locked after %d minute without use.",
                                    "Locked after %d minutes without use.",
                                    (unsigned long) locked->minutes),
                          locked->minutes);
  return g_strconcat (text, "\n", kept, NULL);
}

static void
lock_window (CcWindow *window, gpointer data)
{
  GFile           *file = cc_window_get_file (window);
  CcLockedFile    *locked_file;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return;
  locked_file = cc_locked_add (data, path, cc_window_get_page (window));
  locked_file->kept =
      ((CcLocked *) data)->minutes > 0 ? cc_window_get_kept (window) : CC_KEPT_NOTHING;
  locked_file->n_waiting = cc_window_count_waiting (window);
  cc_window_lock (window);
}

static void
save_window (CcWindow *window, gpointer data)
{
  cc_window_save_state (window);
}

static void
reopen (CcLocker *self, const CcLocked *locked, CcWindow *(*find_window) (CcLocker *, guint))
{
  for (guint i = 0; i < locked->files->len; i++)
    {
      const CcLockedFile *locked_file = g_ptr_array_index (locked->files, i);
      g_autoptr (GFile) file = g_file_new_for_path (locked_file->path);
      g_autofree char *notice = describe (locked, locked_file);
      CcWindow        *window = find_window (self, i);

      cc_window_reopen (window, file, *locked_file->page != '\0' ? locked_file->page : NULL, notice,
                        (CcKept) locked_file->kept, locked_file->n_waiting);
      gtk_window_present (GTK_WINDOW (window));
    }
}

static CcWindow *
make_window (CcLocker *self, guint index)
{
  return cc_window_new (self->application);
}

/* Only where starting anew failed: the windows that are there. */
static CcWindow *
find_locked_window (CcLocker *self, guint index)
{
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    if (CC_IS_WINDOW (l->data) && cc_window_is_locking (l->data))
      return l->data;
  return make_window (self, index);
}

static gboolean
restart_when_closed (gpointer user_data)
{
  CcLocker *self = user_data;
  g_autoptr (CcLocked) locked = NULL;

  if (cc_session_get_n_open () > 0)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  locked = g_steal_pointer (&self->locked);
  cc_lock_restart (G_APPLICATION (self->application), locked);
  reopen (self, locked, find_locked_window);
  return G_SOURCE_REMOVE;
}

static void
lock_now (CcLocker *self)
{
  self->locked = cc_locked_new (self->by_hand ? 0 : self->minutes);
  self->by_hand = FALSE;
  for_each_window (self, save_window, NULL);
  g_settings_sync ();
  for_each_window (self, lock_window, self->locked);
  self->timer = g_timeout_add (LOOK_MS, restart_when_closed, self);
}

static void
keep_unsaved (CcWindow *window, gpointer data)
{
  cc_window_keep_unsaved (window);
}

static void
lock_again (gpointer user_data)
{
  cc_locker_lock (user_data);
}

/* Work that is in no file yet: who asked for the lock is asked about it, and what is left behind
 * is saved. FALSE: that takes its time, or an answer. */
static gboolean
settle (CcLocker *self)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (self->application));
  Tally tally = { 0 };

  if (self->by_hand)
    {
      for (GList *l = windows; l != NULL; l = l->next)
        if (CC_IS_WINDOW (l->data) && cc_window_ask_unsaved (l->data, lock_again, self))
          return FALSE;
      return TRUE;
    }
  if (self->settled)
    return TRUE;
  self->settled = TRUE;
  for_each_window (self, keep_unsaved, NULL);
  for_each_window (self, tally_window, &tally);
  return tally.n_busy == 0;
}

/* FALSE: it is to be tried again. */
static gboolean
try_lock (CcLocker *self)
{
  const gboolean by_hand = self->by_hand;

  if (settle (self))
    lock_now (self);
  else if (by_hand)
    self->by_hand = FALSE;
  else
    return FALSE;
  return TRUE;
}

static gboolean
lock_when_at_rest (gpointer user_data)
{
  CcLocker *self = user_data;
  Tally     tally = { 0 };

  for_each_window (self, tally_window, &tally);
  /* Somebody came back, or closed the file. */
  if (tally.n_unlocked == 0 || (!self->by_hand && !cc_idle_is_over (self->idle)))
    {
      self->by_hand = FALSE;
      self->timer = 0;
      return G_SOURCE_REMOVE;
    }
  if (tally.n_busy > 0 || cc_job_get_n_running () > 0)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  if (try_lock (self))
    return G_SOURCE_REMOVE;
  self->timer = g_timeout_add (LOOK_MS, lock_when_at_rest, self);
  return G_SOURCE_REMOVE;
}

static void
request_lock (CcLocker *self)
{
  Tally tally = { 0 };

  if (self->timer != 0)
    return;
  for_each_window (self, tally_window, &tally);
  if (tally.n_unlocked == 0)
    {
      self->by_hand = FALSE;
      return;
    }
  if (tally.n_busy == 0 && cc_job_get_n_running () == 0)
    {
      if (!try_lock (self))
        self->timer = g_timeout_add (LOOK_MS, lock_when_at_rest, self);
      return;
    }
  for_each_window (self, tell_window, NULL);
  self->timer = g_timeout_add (LOOK_MS, lock_when_at_rest, self);
}

static void
on_idle (int minutes, gpointer user_data)
{
  CcLocker *self = user_data;

  self->minutes = minutes;
  if (self->timer == 0)
    self->settled = FALSE;
  request_lock (self);
}

CcLocker *
cc_locker_new (GtkApplication *application)
{
  CcLocker *self = g_new0 (CcLocker, 1);

  self->application = application;
  self->idle = cc_idle_new (on_idle, self);
  return self;
}

void
cc_locker_free (CcLocker *self)
{
  if (self->timer != 0)
    g_source_remove (self->timer);
  cc_idle_free (self->idle);
  g_clear_pointer (&self->locked, cc_locked_free);
  g_free (self);
}

void
cc_locker_set_minutes (CcLocker *self, int minutes)
{
  g_return_if_fail (self != NULL);
  cc_idle_set_minutes (self->idle, minutes);
}

void
cc_locker_lock (CcLocker *self)
{
  g_return_if_fail (self != NULL);
  self->by_hand = TRUE;
  request_lock (self);
}

gboolean
cc_locker_come_back (CcLocker *self)
{
  g_autoptr (CcLocked) locked = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  locked = cc_lock_take_over ();
  if (locked == NULL || locked->files->len == 0)
    return FALSE;
  reopen (self, locked, make_window);
  return TRUE;
}
