/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-line-list.h"

#include "cc-import-line-row.h"
#include "widgets/cc-tab.h"

/* Lines that come or go between two frames: each is a small form. */
#define STEP 12
/* In milliseconds. */
#define PAUSE 15

struct _CcImportLineList
{
  AdwBin parent_instance;

  GtkListView *view;
  GListStore  *lines;
  GListStore  *shown;   /* follows the lines, in the same order */
  guint        n_moved; /* since the last pause */
  guint        mover;
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportLineList, cc_import_line_list, ADW_TYPE_BIN)

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, GTK_WIDGET (cc_import_line_row_new ()));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  CcImportLine    *line = gtk_list_item_get_item (item);
  CcImportLineRow *row = CC_IMPORT_LINE_ROW (gtk_list_item_get_child (item));
  const gboolean   active = line->kind != CC_LINE_TEXT && line->kind != CC_LINE_HEADING;

  /* Headings take the focus, too: GTK 4.8 goes no further where a line refuses it, which a line
   * does that is not selectable. Nothing is ever selected. */
  gtk_list_item_set_activatable (item, active);
  cc_import_line_row_set_line (row, line);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  cc_import_line_row_set_line (CC_IMPORT_LINE_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_activated (CcImportLineList *self, guint position)
{
  g_autoptr (CcImportLine) line = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (line != NULL && g_list_store_find (self->lines, line, NULL))
    g_signal_emit (self, signals[ACTIVATED], 0, line);
}

/* Brings the first line that differs nearer to what it should be. A line that takes the place of
 * another one costs less than one that comes anew.
 *
 * Returns: FALSE where none differs */
static gboolean
move_line (CcImportLineList *self, guint *position)
{
  for (;; ++*position)
    {
      g_autoptr (GObject) shown = g_list_model_get_item (G_LIST_MODEL (self->shown), *position);
      g_autoptr (GObject) line = g_list_model_get_item (G_LIST_MODEL (self->lines), *position);
      gboolean gone, comes;

      if (shown == line && shown == NULL)
        return FALSE;
      if (shown == line)
        continue;
      gone = shown != NULL && !g_list_store_find (self->lines, shown, NULL);
      comes = line != NULL && !g_list_store_find (self->shown, line, NULL);
      /* One that stands elsewhere now comes again there. */
      g_list_store_splice (self->shown, *position, gone || !comes, (gpointer *) &line, comes);
      return TRUE;
    }
}

/* Returns: FALSE where all lines are there */
static gboolean
move_lines (CcImportLineList *self)
{
  guint position = 0;

  while (self->n_moved < STEP)
    {
      if (!move_line (self, &position))
        return FALSE;
      self->n_moved++;
    }
  return TRUE;
}

static gboolean
on_pause_ended (gpointer user_data)
{
  CcImportLineList *self = user_data;

  self->n_moved = 0;
  if (move_lines (self))
    return G_SOURCE_CONTINUE;
  self->n_moved = 0;
  self->mover = 0;
  return G_SOURCE_REMOVE;
}

/* The first lines that come are there at once, for the focus to go to. */
static void
on_lines_changed (CcImportLineList *self, guint position, guint removed, guint added)
{
  if (added > 0)
    move_lines (self);
  if (self->mover == 0)
    self->mover = g_timeout_add (PAUSE, on_pause_ended, self);
}

static void
cc_import_line_list_dispose (GObject *object)
{
  CcImportLineList *self = CC_IMPORT_LINE_LIST (object);

  g_clear_handle_id (&self->mover, g_source_remove);
  if (self->lines != NULL)
    g_signal_handlers_disconnect_by_data (self->lines, self);
  g_clear_object (&self->lines);
  g_clear_object (&self->shown);
  G_OBJECT_CLASS (cc_import_line_list_parent_class)->dispose (object);
}

static void
cc_import_line_list_class_init (CcImportLineListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_import_line_list_dispose;
  signals[ACTIVATED] = g_signal_new ("activated", CC_TYPE_IMPORT_LINE_LIST, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, CC_TYPE_IMPORT_LINE);
}

static void
cc_import_line_list_init (CcImportLineList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget          *clamp = adw_clamp_scrollable_new ();
  GtkWidget          *scroller = gtk_scrolled_window_new ();

  self->lines = g_list_store_new (CC_TYPE_IMPORT_LINE);
  self->shown = g_list_store_new (CC_TYPE_IMPORT_LINE);
  g_signal_connect_swapped (self->lines, "items-changed", G_CALLBACK (on_lines_changed), self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (
                                                     g_object_ref (G_LIST_MODEL (self->shown)))),
                                                 factory));
  gtk_list_view_set_single_click_activate (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "import-lines");
  cc_tab_make_one_stop (GTK_WIDGET (self->view));
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activated), self);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 960);
  adw_clamp_scrollable_set_tightening_threshold (ADW_CLAMP_SCROLLABLE (clamp), 760);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

void
cc_import_line_list_set_label (CcImportLineList *self, const char *label)
{
  g_return_if_fail (CC_IS_IMPORT_LINE_LIST (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/**
 * Returns: (transfer none): the lines, for the step to fill
 */
GListStore *
cc_import_line_list_get_lines (CcImportLineList *self)
{
  g_return_val_if_fail (CC_IS_IMPORT_LINE_LIST (self), NULL);
  return self->lines;
}

/**
 * Takes some lines away, of a list that is not used any more.
 *
 * Returns: FALSE where none are left
 */
gboolean
cc_import_line_list_take_apart (CcImportLineList *self)
{
  guint n;

  g_return_val_if_fail (CC_IS_IMPORT_LINE_LIST (self), FALSE);
  g_signal_handlers_disconnect_by_data (self->lines, self);
  g_clear_handle_id (&self->mover, g_source_remove);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  g_list_store_splice (self->shown, n - MIN (n, 4 * STEP), MIN (n, 4 * STEP), NULL, 0);
  return n > 0;
}
