/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-idle.h"

#include <time.h>

/* How often one looks: a lock that comes some seconds late does no harm. */
#define LOOK_SECONDS 5

struct _CcIdle
{
  CcIdleFunc  func;
  gpointer    user_data;
  GListModel *windows;
  gulong      windows_handler;
  guint       timer;
  int         minutes;
  gint64      last_use;
};

static GQuark
watched_quark (void)
{
  return g_quark_from_static_string ("cc-idle-watched");
}

/* The monotonic clock stands still while the computer sleeps. */
static gint64
get_now (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time () / G_USEC_PER_SEC;
  return now.tv_sec;
}

gboolean
cc_idle_compute_is_over (gint64 now, gint64 last_use, int minutes)
{
  return minutes > 0 && now - last_use >= (gint64) minutes * 60;
}

static gboolean
on_event (GtkEventController *controller, GdkEvent *event, gpointer user_data)
{
  CcIdle *self = user_data;

  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
      self->last_use = get_now ();
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
watch_window (CcIdle *self, GtkWidget *window)
{
  GtkEventController *controller;

  if (g_object_get_qdata (G_OBJECT (window), watched_quark ()) == self)
    return;
  controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (window, controller);
  g_object_set_qdata (G_OBJECT (window), watched_quark (), self);
}

/* Dialogs are windows of their own. */
static void
on_windows_changed (GListModel *windows,
                    guint       position,
                    guint       removed,
                    guint       added,
                    gpointer    user_data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      watch_window (user_data, window);
    }
}

gboolean
cc_idle_is_over (CcIdle *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return cc_idle_compute_is_over (get_now (), self->last_use, self->minutes);
}

static gboolean
on_look (gpointer user_data)
{
  CcIdle *self = user_data;

  if (cc_idle_is_over (self))
    self->func (self->minutes, self->user_data);
  return G_SOURCE_CONTINUE;
}

CcIdle *
cc_idle_new (CcIdleFunc func, gpointer user_data)
{
  CcIdle *self = g_new0 (CcIdle, 1);

  self->func = func;
  self->user_data = user_data;
  self->last_use = get_now ();
  self->windows = g_object_ref (gtk_window_get_toplevels ());
  self->windows_handler =
      g_signal_connect (self->windows, "items-changed", G_CALLBACK (on_windows_changed), self);
  on_windows_changed (self->windows, 0, 0, g_list_model_get_n_items (self->windows), self);
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
  return self;
}

/* The windows are gone before: their controllers point here. */
void
cc_idle_free (CcIdle *self)
{
  g_source_remove (self->timer);
  g_signal_handler_disconnect (self->windows, self->windows_handler);
  g_object_unref (self->windows);
  g_free (self);
}

void
cc_idle_set_minutes (CcIdle *self, int minutes)
{
  g_return_if_fail (self != NULL);
  self->minutes = minutes;
}
