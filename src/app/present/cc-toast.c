/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-toast.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Long enough to read the sentence and to reach the button. */
#define UNDO_SECONDS 8

#define UNDO_ACTION "win.undo-act"

/* Microseconds after which a toast has surely arrived: the overlay takes 300000. */
#define ARRIVING 350000

/* The overlay is the content of the main window; dialogs have it in the window they belong to. */
static AdwToastOverlay *
find_overlay (GtkWidget *near)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (near, ADW_TYPE_TOAST_OVERLAY);
  GtkRoot   *root = gtk_widget_get_root (near);

  while (overlay == NULL && GTK_IS_WINDOW (root))
    {
      if (ADW_IS_APPLICATION_WINDOW (root))
        overlay = adw_application_window_get_content (ADW_APPLICATION_WINDOW (root));
      root = GTK_ROOT (gtk_window_get_transient_for (GTK_WINDOW (root)));
    }
  return ADW_IS_TOAST_OVERLAY (overlay) ? ADW_TOAST_OVERLAY (overlay) : NULL;
}

/* Titles of toasts are markup; ours are sentences that may quote what somebody typed. */
static AdwToast *
create_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

/* What an overlay shows, and what it will show next. */
typedef struct
{
  AdwToastOverlay *overlay; /* which this belongs to */
  AdwToast        *shown;
  AdwToast        *waiting;
  gint64           since; /* the frame in which the last one began to arrive, in microseconds */
  guint            tick;
  guint            arrival; /* until then nobody can send the shown one away */
} ToastSlot;

static void
on_dismissed (AdwToast *toast, ToastSlot *slot)
{
  g_signal_handlers_disconnect_by_func (toast, on_dismissed, slot);
  g_clear_object (&slot->shown);
}

/* What waited for a frame went with the overlay. */
static void
toast_slot_free (ToastSlot *self)
{
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_func (self->shown, on_dismissed, self);
  g_clear_object (&self->shown);
  g_clear_object (&self->waiting);
  g_free (self);
}

static ToastSlot *
get_slot (AdwToastOverlay *overlay)
{
  ToastSlot *slot = g_object_get_data (G_OBJECT (overlay), "cc-toast-slot");

  if (slot == NULL)
    {
      slot = g_new0 (ToastSlot, 1);
      slot->overlay = overlay;
      g_object_set_data_full (G_OBJECT (overlay), "cc-toast-slot", slot,
                              (GDestroyNotify) toast_slot_free);
    }
  return slot;
}

/* Also one that still leaves. */
static gboolean
has_toast (AdwToastOverlay *overlay)
{
  GtkWidget *content = adw_toast_overlay_get_child (overlay);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay));

  while (child != NULL && child == content)
    child = gtk_widget_get_next_sibling (child);
  return child != NULL;
}

static void
let_touch (AdwToastOverlay *overlay, gboolean touch)
{
  GtkWidget *content = adw_toast_overlay_get_child (overlay);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != content)
      {
        gtk_widget_set_can_target (child, touch);
        gtk_widget_set_can_focus (child, touch);
      }
}

static gboolean
on_arriving (GtkWidget *overlay, GdkFrameClock *clock, gpointer user_data)
{
  ToastSlot *slot = user_data;

  if (gdk_frame_clock_get_frame_time (clock) - slot->since < ARRIVING)
    return G_SOURCE_CONTINUE;
  slot->arrival = 0;
  let_touch (slot->overlay, TRUE);
  return G_SOURCE_REMOVE;
}

/* A press of Escape or a click sends a toast away as well as we do, and must not come sooner. */
static void
guard_arrival (ToastSlot *slot)
{
  let_touch (slot->overlay, FALSE);
  if (slot->arrival == 0)
    slot->arrival =
        gtk_widget_add_tick_callback (GTK_WIDGET (slot->overlay), on_arriving, slot, NULL);
}

static void
show_waiting (ToastSlot *slot)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (slot->overlay));

  slot->since = clock != NULL ? gdk_frame_clock_get_frame_time (clock) : 0;
  slot->shown = g_steal_pointer (&slot->waiting);
  g_signal_connect (slot->shown, "dismissed", G_CALLBACK (on_dismissed), slot);
  adw_toast_overlay_add_toast (slot->overlay, g_object_ref (slot->shown));
  guard_arrival (slot);
}

static gboolean
on_frame (GtkWidget *overlay, GdkFrameClock *clock, gpointer user_data)
{
  ToastSlot *slot = user_data;

  if (has_toast (slot->overlay))
    {
      if (slot->shown != NULL && gdk_frame_clock_get_frame_time (clock) - slot->since >= ARRIVING)
        adw_toast_dismiss (slot->shown);
      return G_SOURCE_CONTINUE;
    }
  slot->tick = 0;
  if (slot->waiting != NULL)
    show_waiting (slot);
  return G_SOURCE_REMOVE;
}

/* The newest word counts: one that waits its turn would come when nobody remembers the act. Yet the
 * one before arrives first, and it comes only when that has left. The overlay of libadwaita 1.2
 * uses a toast after it is freed where it has left before its arrival ends: where it is sent away
 * while it still arrives and the next frame comes late, so that the end of both falls into one
 * frame, or in place of another, when it arrives more slowly than it leaves. Frames are what counts
 * here, not the clock: while the computer is busy none come. */
static void
show_toast (GtkWidget *near, AdwToast *toast)
{
  g_autoptr (AdwToast) owned = toast;
  AdwToastOverlay *overlay = find_overlay (near);
  ToastSlot       *slot;

  if (overlay == NULL)
    return;
  slot = get_slot (overlay);
  g_set_object (&slot->waiting, toast);
  if (slot->tick != 0)
    return;
  /* Where nothing is seen nothing moves. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (overlay)) && slot->shown != NULL)
    adw_toast_dismiss (slot->shown);
  if (has_toast (overlay))
    slot->tick = gtk_widget_add_tick_callback (GTK_WIDGET (overlay), on_frame, slot, NULL);
  else
    show_waiting (slot);
}

static gboolean
offers_undo (AdwToast *toast)
{
  return toast != NULL && g_strcmp0 (adw_toast_get_action_name (toast), UNDO_ACTION) == 0;
}

void
cc_present_withdraw_undo (GtkWidget *near)
{
  AdwToastOverlay *overlay;
  ToastSlot       *slot;

  g_return_if_fail (GTK_IS_WIDGET (near));
  overlay = find_overlay (near);
  if (overlay == NULL)
    return;
  slot = get_slot (overlay);
  if (offers_undo (slot->waiting))
    g_clear_object (&slot->waiting);
  if (!offers_undo (slot->shown))
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (overlay)))
    adw_toast_dismiss (slot->shown);
  else if (slot->tick == 0)
    slot->tick = gtk_widget_add_tick_callback (GTK_WIDGET (overlay), on_frame, slot, NULL);
}

void
cc_present_toast (GtkWidget *near, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (near) && text != NULL);
  show_toast (near, create_toast (text));
}

void
cc_present_notice (GtkWidget *near, const char *text)
{
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (near) && text != NULL);
  toast = create_toast (text);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  show_toast (near, toast);
}

void
cc_present_undo (GtkWidget *near, const char *text, gint64 seq)
{
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (near) && text != NULL);
  toast = create_toast (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  adw_toast_set_action_name (toast, UNDO_ACTION);
  adw_toast_set_action_target (toast, "x", seq);
  show_toast (near, toast);
}
