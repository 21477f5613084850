/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-progress.h>

/* How often the receiver is told, in microseconds. */
#define INTERVAL (G_USEC_PER_SEC / 10)

struct _CcProgress
{
  GCancellable  *cancellable;
  CcProgressFunc func;
  gpointer       user_data;
  const char    *phase;
  guint64        total;
  double         rest;
  gint64         began;
  gint64         told;
};

/**
 * cc_progress_new:
 * @cancellable: (nullable): what cancels the work
 * @func: (nullable): told about progress, in the worker's thread
 *
 * Returns: (transfer full): a progress to hand down; free with cc_progress_free()
 */
CcProgress *
cc_progress_new (GCancellable *cancellable, CcProgressFunc func, gpointer user_data)
{
  CcProgress *self = g_new0 (CcProgress, 1);

  self->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  self->func = func;
  self->user_data = user_data;
  return self;
}

/**
 * cc_progress_free:
 */
void
cc_progress_free (CcProgress *self)
{
  if (!self)
    return;
  g_clear_object (&self->cancellable);
  g_free (self);
}

static void
tell (CcProgress *self, guint64 done, gint64 now)
{
  double          seconds = (now - self->began) / (double) G_USEC_PER_SEC;
  CcProgressState state = { self->phase, done, self->total, 0, -1 };

  if (seconds > 0 && done > 0)
    {
      state.rate = done / seconds;
      if (self->total >= done && self->rest >= 0)
        {
          const double left = (self->total - done) / state.rate;

          state.seconds_left = left + self->rest * (seconds + left);
        }
    }
  self->told = now;
  self->func (&state, self->user_data);
}

/**
 * cc_progress_begin:
 * @self: (nullable): %NULL is allowed everywhere, so that callers need no second path
 * @phase: a static key of the texts catalogue
 * @total: units of work in this phase, 0 while not known
 */
void
cc_progress_begin (CcProgress *self, const char *phase, guint64 total)
{
  if (!self)
    return;
  self->phase = phase;
  self->total = total;
  self->began = g_get_monotonic_time ();
  self->told = 0;
  if (self->func)
    tell (self, 0, self->began);
}

/**
 * cc_progress_expect:
 * @self: (nullable): a progress
 * @rest: how long what comes after a phase takes, in times of the phase; below 0 where nobody can
 * say: then no time left is told
 *
 * Without this a phase that is followed by others would tell that the work is about to end when
 * only the phase is. It holds for this phase and all later ones until it is called again; at the
 * beginning it is 0.
 */
void
cc_progress_expect (CcProgress *self, double rest)
{
  if (self)
    self->rest = rest;
}

/**
 * cc_progress_update:
 * @self: (nullable): a progress
 * @done: units done in this phase
 *
 * Returns: %FALSE with G_IO_ERROR_CANCELLED when the user cancelled
 */
gboolean
cc_progress_update (CcProgress *self, guint64 done, GError **error)
{
  gint64 now;

  if (!self)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (!self->func)
    return TRUE;
  now = g_get_monotonic_time ();
  if (now - self->told >= INTERVAL || (self->total > 0 && done == self->total))
    tell (self, done, now);
  return TRUE;
}

/**
 * cc_progress_get_cancellable:
 * @self: (nullable): a progress
 *
 * Returns: (transfer none) (nullable): what cancels the work
 */
GCancellable *
cc_progress_get_cancellable (CcProgress *self)
{
  return self ? self->cancellable : NULL;
}
