/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-view.h"

struct _CcRecordView
{
  AdwBin parent_instance;

  GtkStack     *grids;   /* children by their unit */
  CcRecordGrid *grid;    /* the one that is seen; NULL before the first */
  CcSession    *session; /* of which they are */
  gboolean      beside;  /* details stand beside the table */
};

G_DEFINE_FINAL_TYPE (CcRecordView, cc_record_view, ADW_TYPE_BIN)

enum
{
  SELECTED,
  ACTIVATED,
  ORDERED,
  N_SIGNALS
};

static const char *const signal_names[N_SIGNALS] = { "selected", "activated", "ordered" };

static guint signals[N_SIGNALS];

static void
on_selected (CcRecordGrid *grid, CcRecordView *self)
{
  if (grid == self->grid)
    g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_activated (CcRecordGrid *grid, CcRecordView *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_ordered (CcRecordGrid *grid, CcRecordView *self)
{
  if (grid == self->grid)
    g_signal_emit (self, signals[ORDERED], 0);
}

static void
drop_grids (CcRecordView *self)
{
  GtkWidget *child;

  self->grid = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grids))) != NULL)
    gtk_stack_remove (self->grids, child);
  g_clear_pointer (&self->session, cc_session_unref);
}

static CcRecordGrid *
ensure_grid (CcRecordView *self, CcSession *session, const char *unit)
{
  GtkWidget *grid;

  if (self->session != session)
    {
      cc_session_ref (session);
      drop_grids (self);
      self->session = session;
    }
  grid = gtk_stack_get_child_by_name (self->grids, unit);
  if (grid != NULL)
    return CC_RECORD_GRID (grid);
  grid = GTK_WIDGET (cc_record_grid_new (session, unit));
  g_signal_connect_object (grid, "selected", G_CALLBACK (on_selected), self, 0);
  g_signal_connect_object (grid, "activated", G_CALLBACK (on_activated), self, 0);
  g_signal_connect_object (grid, "ordered", G_CALLBACK (on_ordered), self, 0);
  cc_record_grid_set_beside (CC_RECORD_GRID (grid), self->beside);
  gtk_stack_add_named (self->grids, grid, unit);
  return CC_RECORD_GRID (grid);
}

static void
cc_record_view_dispose (GObject *object)
{
  CcRecordView *self = CC_RECORD_VIEW (object);

  if (self->grids != NULL)
    drop_grids (self);
  self->grids = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (cc_record_view_parent_class)->dispose (object);
}

static void
cc_record_view_class_init (CcRecordViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_record_view_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (signal_names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cc_record_view_init (CcRecordView *self)
{
  self->grids = GTK_STACK (gtk_stack_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grids));
}

/**
 * Shows a list. What was selected stays so where it is in the new list, too; in the list of another
 * unit nothing is.
 *
 * unit: of the records, or CC_CASES_PARKED
 * table: (nullable): NULL for rows set aside
 */
void
cc_record_view_show (CcRecordView  *self,
                     CcSession     *session,
                     const char    *unit,
                     CcRecordTable *table,
                     GArray        *ids)
{
  CcRecordGrid *grid;

  g_return_if_fail (CC_IS_RECORD_VIEW (self) && session != NULL && ids != NULL);
  grid = ensure_grid (self, session, unit);
  if (grid != self->grid)
    {
      self->grid = NULL;
      cc_record_grid_select (grid, 0);
    }
  cc_record_grid_show (grid, table, ids);
  self->grid = grid;
  gtk_stack_set_visible_child (self->grids, GTK_WIDGET (grid));
}

gboolean
cc_record_view_select (CcRecordView *self, gint64 id)
{
  g_return_val_if_fail (CC_IS_RECORD_VIEW (self), FALSE);
  return self->grid != NULL && cc_record_grid_select (self->grid, id);
}

/* Back to the first line, where a new list is read from. */
void
cc_record_view_scroll_up (CcRecordView *self)
{
  g_return_if_fail (CC_IS_RECORD_VIEW (self));
  if (self->grid != NULL)
    cc_record_grid_scroll_up (self->grid);
}

/**
 * Returns: (transfer none) (nullable): the selected line
 */
CcLazyItem *
cc_record_view_get_selected (CcRecordView *self)
{
  g_return_val_if_fail (CC_IS_RECORD_VIEW (self), NULL);
  return self->grid != NULL ? cc_record_grid_get_selected (self->grid) : NULL;
}

void
cc_record_view_set_order (CcRecordView *self, CcRecordOrder order, gboolean descending)
{
  g_return_if_fail (CC_IS_RECORD_VIEW (self));
  if (self->grid != NULL)
    cc_record_grid_set_order (self->grid, order, descending);
}

CcRecordOrder
cc_record_view_get_order (CcRecordView *self, gboolean *descending)
{
  return cc_record_grid_get_order (self->grid, descending);
}

void
cc_record_view_set_beside (CcRecordView *self, gboolean beside)
{
  g_return_if_fail (CC_IS_RECORD_VIEW (self));
  self->beside = beside;
  for (GtkWidget *grid = gtk_widget_get_first_child (GTK_WIDGET (self->grids)); grid != NULL;
       grid = gtk_widget_get_next_sibling (grid))
    cc_record_grid_set_beside (CC_RECORD_GRID (grid), beside);
}

gboolean
cc_record_view_take_apart (CcRecordView *self)
{
  GtkWidget *grid;

  g_return_val_if_fail (CC_IS_RECORD_VIEW (self), FALSE);
  self->grid = NULL;
  grid = gtk_widget_get_first_child (GTK_WIDGET (self->grids));
  if (grid != NULL && !cc_record_grid_take_apart (CC_RECORD_GRID (grid)))
    gtk_stack_remove (self->grids, grid);
  return grid != NULL;
}
