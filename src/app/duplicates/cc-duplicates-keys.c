/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-duplicates-keys.h"

#include "cc-compare-view.h"

typedef struct
{
  guint       key;
  const char *action;
  int         target; /* 0: the action takes none */
} Key;

/* Before the widget with the focus, which would take letters for a search. */
static const Key letters[] = {
  { GDK_KEY_s, "duplicates.same", 0 },         { GDK_KEY_d, "duplicates.different", 0 },
  { GDK_KEY_u, "duplicates.unsure", 0 },       { GDK_KEY_r, "duplicates.related", 0 },
  { GDK_KEY_x, "duplicates.take-out", 0 },     { GDK_KEY_z, "duplicates.undo", 0 },
  { GDK_KEY_w, "duplicates.why", 0 },          { GDK_KEY_n, "duplicates.note", 0 },
  { GDK_KEY_Page_Down, "duplicates.next", 0 }, { GDK_KEY_Page_Up, "duplicates.previous", 0 },
};

/* After it: lists use the arrows themselves. */
static const Key arrows[] = {
  { GDK_KEY_Down, "duplicates.next", 0 },
  { GDK_KEY_Up, "duplicates.previous", 0 },
};

static GtkWidget *
find_focus (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

static gboolean
is_typing (GtkWidget *page)
{
  GtkWidget *focus = find_focus (page);

  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)
         || (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL);
}

/* Rows of buttons use the arrows themselves. */
static gboolean
is_reading (GtkWidget *page)
{
  GtkWidget *focus = find_focus (page);

  return focus != NULL
         && (gtk_widget_get_ancestor (focus, CC_TYPE_COMPARE_VIEW) != NULL
             || gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) != NULL);
}

/* Keys that do nothing now go on to whoever wants them. */
static gboolean
on_key (GtkWidget *page, GVariant *arguments, gpointer user_data)
{
  const Key *key = user_data;

  if (!gtk_widget_get_mapped (page) || is_typing (page))
    return FALSE;
  if (key->target != 0)
    return gtk_widget_activate_action (page, key->action, "i", key->target);
  return gtk_widget_activate_action (page, key->action, NULL);
}

static void
add_key (GtkShortcutController *controller, const Key *key)
{
  gtk_shortcut_controller_add_shortcut (controller,
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key->key, 0),
                                                          gtk_callback_action_new (on_key,
                                                                                   (gpointer) key,
                                                                                   NULL)));
}

/* In a language that runs from right to left the next column is to the left. */
static gboolean
on_sideways (GtkWidget *page, GVariant *arguments, gpointer user_data)
{
  const gboolean right = GPOINTER_TO_INT (user_data) != 0;
  const gboolean forward = right == (gtk_widget_get_direction (page) != GTK_TEXT_DIR_RTL);

  if (is_typing (page) || !is_reading (page))
    return FALSE;
  return gtk_widget_activate_action (page,
                                     forward ? "duplicates.mark-next" : "duplicates.mark-previous",
                                     NULL);
}

static void
add_sideways (GtkShortcutController *controller, guint key, gboolean right)
{
  gtk_shortcut_controller_add_shortcut (controller,
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, 0),
                                                          gtk_callback_action_new (on_sideways,
                                                                                   GINT_TO_POINTER (
                                                                                       right),
                                                                                   NULL)));
}

void
cc_duplicates_add_keys (GtkWidget *page)
{
  static const Key digits[] = {
    { GDK_KEY_1, "duplicates.reason", 1 }, { GDK_KEY_2, "duplicates.reason", 2 },
    { GDK_KEY_3, "duplicates.reason", 3 }, { GDK_KEY_4, "duplicates.reason", 4 },
    { GDK_KEY_5, "duplicates.reason", 5 }, { GDK_KEY_6, "duplicates.reason", 6 },
  };
  GtkShortcutController *before = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());
  GtkShortcutController *after = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  g_return_if_fail (GTK_IS_WIDGET (page));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (before), GTK_PHASE_CAPTURE);
  /* Who comes by the sidebar, a key or a button has the focus still there, or nowhere. */
  gtk_shortcut_controller_set_scope (before, GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    add_key (before, &letters[i]);
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    add_key (before, &digits[i]);
  add_sideways (before, GDK_KEY_Right, TRUE);
  add_sideways (before, GDK_KEY_Left, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    add_key (after, &arrows[i]);
  gtk_widget_add_controller (page, GTK_EVENT_CONTROLLER (before));
  gtk_widget_add_controller (page, GTK_EVENT_CONTROLLER (after));
}
