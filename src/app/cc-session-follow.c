/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-session-follow.h"

#include "cc-session-work.h"

#define SECONDS_BETWEEN 2

typedef struct
{
  CcSession    *session;
  GtkWidget    *owner; /* not held: what follows goes with it */
  GCancellable *cancellable;
  guint         source;
  gboolean      looking;
} Follow;

static gpointer
look_at_file (CcSession    *session,
              CcConnection *connection,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  CcChange change = CC_CHANGE_NONE;

  return cc_case_file_look (cc_session_get_file (session), &change, error)
             ? g_memdup2 (&change, sizeof change)
             : NULL;
}

/* self is only valid where the look was not cancelled. A file that cannot be read at this moment is
 * looked at again. */
static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Follow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree CcChange *change = cc_session_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->looking = FALSE;
  if (change == NULL || *change == CC_CHANGE_NONE)
    return;
  if (*change == CC_CHANGE_DATA)
    cc_session_changed (self->session);
  else
    gtk_widget_activate_action (self->owner, "win.ask-again", NULL);
}

static gboolean
look (gpointer data)
{
  Follow *self = data;

  if (self->looking)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  cc_session_read_async (self->session, look_at_file, NULL, NULL, g_free, self->cancellable,
                         on_read, self);
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
cc_session_follow (CcSession *session, GtkWidget *owner)
{
  Follow *self;

  g_return_if_fail (session != NULL && GTK_IS_WIDGET (owner));
  if (!cc_session_is_read_only (session))
    return;
  self = g_new0 (Follow, 1);
  self->session = cc_session_ref (session);
  self->owner = owner;
  self->cancellable = g_cancellable_new ();
  self->source = g_timeout_add_seconds (SECONDS_BETWEEN, look, self);
  g_object_set_data_full (G_OBJECT (owner), "session-follow", self, stop);
  (void) look (self);
}
