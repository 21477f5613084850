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
}

static void
tell_window (CcWindow *window, gpointer data)
{
  if (cc_window_get_session (window) != NULL)
    cc_present_toast (GTK_WIDGET (window),
                      _ ("The case file is locked as soon as the work under way has ended."));
}

/* ---- locking ---- */

static char *
describe (const CcLocked *locked)
{
  if (locked->minutes == 0)
    return g_strdup (_ ("The case file is locked. Everything you did is kept."));
  return g_strdup_printf (
      ngettext ("Locked after %d minute without use. Everything you did is kept.",
                "Locked after %d minutes without use. Everything you did is kept.",
                (unsigned long) locked->minutes),
      locked->minutes);
}

static void
lock_window (CcWindow *window, gpointer data)
{
  GFile           *file = cc_window_get_file (window);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return;
  cc_locked_add (data, path, cc_window_get_page (window));
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
  g_autofree char *notice = describe (locked);

  for (guint i = 0; i < locked->files->len; i++)
    {
      const CcLockedFile *locked_file = g_ptr_array_index (locked->files, i);
      g_autoptr (GFile) file = g_file_new_for_path (locked_file->path);
      CcWindow *window = find_window (self, i);

      cc_window_reopen (window, file, *locked_file->page != '\0' ? locked_file->page : NULL,
                        notice);
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
  lock_now (self);
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
      lock_now (self);
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
