/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-session-follow.h"

#include "cc-session-work.h"

#include <cc/store/cc-history.h>

#define SECONDS_BETWEEN 2

typedef struct
{
  CcSession    *session;
  GCancellable *cancellable;
  guint         source;
  gint64        last; /* number of the newest act seen; 0 before the first look */
  gboolean      looking;
} Follow;

static gpointer
read_last (CcSession    *session,
           CcConnection *connection,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  const gint64 last = cc_history_get_last (connection, error);

  return last > 0 ? g_memdup2 (&last, sizeof last) : NULL;
}

/* self is only valid where the look was not cancelled. A file that cannot be read at this moment is
 * looked at again. */
static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Follow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *last = cc_session_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->looking = FALSE;
  if (last == NULL)
    return;
  if (self->last != 0 && *last != self->last)
    cc_session_changed (self->session);
  self->last = *last;
}

static gboolean
look (gpointer data)
{
  Follow *self = data;

  if (self->looking)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  cc_session_read_async (self->session, read_last, NULL, NULL, g_free, self->cancellable, on_read,
                         self);
  return G_SOURCE_CONTINUE;
}

static void
stop (gpointer data)
{
  Follow *self = data;

  g_source_remove (self->source);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  cc_session_unref (self->session);
  g_free (self);
}

void
cc_session_follow (CcSession *session, GObject *owner)
{
  Follow *self;

  g_return_if_fail (session != NULL && G_IS_OBJECT (owner));
  if (!cc_session_is_read_only (session))
    return;
  self = g_new0 (Follow, 1);
  self->session = cc_session_ref (session);
  self->cancellable = g_cancellable_new ();
  self->source = g_timeout_add_seconds (SECONDS_BETWEEN, look, self);
  g_object_set_data_full (owner, "session-follow", self, stop);
  (void) look (self);
}
