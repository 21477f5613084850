/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-session-follow.h"

#include "cc-session-work.h"

#include <cc/store/cc-history.h>

#define SECONDS_BETWEEN 2

struct _CcSessionFollow
{
  CcSession    *session;
  GCancellable *cancellable;
  guint         source;
  gint64        last; /* number of the newest act seen; 0 before the first look */
  gboolean      looking;
};

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
  CcSessionFollow *self = user_data;
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
  CcSessionFollow *self = data;

  if (self->looking)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  cc_session_read_async (self->session, read_last, NULL, NULL, g_free, self->cancellable, on_read,
                         self);
  return G_SOURCE_CONTINUE;
}

CcSessionFollow *
cc_session_follow_new (CcSession *session)
{
  CcSessionFollow *self = g_new0 (CcSessionFollow, 1);

  self->session = cc_session_ref (session);
  self->cancellable = g_cancellable_new ();
  self->source = g_timeout_add_seconds (SECONDS_BETWEEN, look, self);
  (void) look (self);
  return self;
}

void
cc_session_follow_free (CcSessionFollow *self)
{
  if (self == NULL)
    return;
  g_source_remove (self->source);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  cc_session_unref (self->session);
  g_free (self);
}
