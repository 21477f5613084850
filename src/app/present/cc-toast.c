/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-toast.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Long enough to read the sentence and to reach the button. */
#define UNDO_SECONDS 8

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

/* The newest word counts: one that waits its turn would come when nobody remembers the act. */
static void
show_toast (GtkWidget *near, AdwToast *toast)
{
  AdwToastOverlay *overlay = find_overlay (near);
  AdwToast        *before;

  if (overlay == NULL)
    {
      g_object_unref (toast);
      return;
    }
  before = g_object_get_data (G_OBJECT (overlay), "toast");
  if (before != NULL)
    adw_toast_dismiss (before);
  g_object_set_data_full (G_OBJECT (overlay), "toast", g_object_ref (toast), g_object_unref);
  adw_toast_overlay_add_toast (overlay, toast);
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
  adw_toast_set_action_name (toast, "win.undo-act");
  adw_toast_set_action_target (toast, "x", seq);
  show_toast (near, toast);
}
