/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Real progress of long work, passed down by whoever started it. The worker calls it as often as
 * it likes, from its own thread; the receiver is told at most ten times a second. */
typedef struct _CcProgress CcProgress;

typedef struct
{
  const char *phase; /* a key of the texts catalogue, such as "progress.read" */
  guint64     done;
  guint64     total;        /* 0 while not known */
  double      rate;         /* units per second in this phase */
  double      seconds_left; /* below 0 while not known */
} CcProgressState;

typedef void (*CcProgressFunc) (const CcProgressState *state, gpointer user_data);

CcProgress   *cc_progress_new (GCancellable *cancellable, CcProgressFunc func, gpointer user_data);
void          cc_progress_free (CcProgress *self);
void          cc_progress_begin (CcProgress *self, const char *phase, guint64 total);
void          cc_progress_expect (CcProgress *self, double rest);
gboolean      cc_progress_update (CcProgress *self, guint64 done, GError **error);
GCancellable *cc_progress_get_cancellable (CcProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcProgress, cc_progress_free)

G_END_DECLS
