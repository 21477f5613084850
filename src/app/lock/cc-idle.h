/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Notices when nobody uses the program: no key, no pointer, no touch in any of its windows. Time
 * that the computer slept counts. */
typedef struct _CcIdle CcIdle;

/* Called at each look while the time is over; minutes is the time without use that was allowed. */
typedef void (*CcIdleFunc) (int minutes, gpointer user_data);

CcIdle *cc_idle_new (CcIdleFunc func, gpointer user_data);
void    cc_idle_free (CcIdle *self);

/* 0: never. */
void     cc_idle_set_minutes (CcIdle *self, int minutes);
gboolean cc_idle_is_over (CcIdle *self);

/* Whether the time is over, all in seconds of one clock. */
gboolean cc_idle_compute_is_over (gint64 now, gint64 last_use, int minutes);

G_END_DECLS
