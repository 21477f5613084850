/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-figure-grid.h"
#include "widgets/cc-scroll.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>

/* Names of rows wrap instead of pushing the figures out of the window. */
#define LABEL_CHARS 30
#define LEAST_CHARS 16
#define LEAST_WIDTH 120
#define SCROLL_ROOM 12

struct _CcFigureGrid
{
  GtkWidget parent_instance;

  GtkWidget      *scroller;
  GtkGrid        *grid;
  CcReportFigure *figure;
  CcTexts        *texts;
  gboolean        ranges;
  CcFigureShare   share;
  GPtrArray      *cells; /* GtkWidget *, borrowed from the grid, row by row */
  guint           n_rows, n_cols;
  guint           current; /* where the focus is, or was */
};

G_DEFINE_FINAL_TYPE (CcFigureGrid, cc_figure_grid, GTK_TYPE_WIDGET)

enum
{
  CELL_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
add_heading (CcFigureGrid *self, const CcFigureHeading *heading, gboolean of_columns, guint offset)
{
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "accessible-role",
                    of_columns ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_ROW_HEADER,
                    "label", heading->label, "wrap", TRUE, "max-width-chars",
                    of_columns ? 14 : LABEL_CHARS, "width-chars",
                    of_columns ? -1 : (int) MIN (g_utf8_strlen (heading->label, -1), LEAST_CHARS),
                    "xalign", of_columns ? 1.0 : 0.0, "yalign", of_columns ? 1.0 : 0.5, NULL);
  const int level = (int) heading->level;
  const int first = (int) (heading->first + offset);
  const int span = (int) (heading->last - heading->first + 1);

  gtk_widget_add_css_class (label, "figure-heading");
  if (of_columns)
    gtk_label_set_justify (GTK_LABEL (label), span > 1 ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_RIGHT);
  if (of_columns && span > 1)
    gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  if (heading->total || of_columns)
    gtk_widget_add_css_class (label, "figure-total");
  if (of_columns)
    gtk_grid_attach (self->grid, label, first, level, span, (int) heading->depth);
  else
    gtk_grid_attach (self->grid, label, level, first, (int) heading->depth, span);
  return label;
}

static void
add_line (GtkWidget *box, const char *text, gboolean quiet, gboolean total)
{
  GtkWidget *label;

  if (text == NULL)
    return;
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  if (quiet)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
  else if (total)
    gtk_widget_add_css_class (label, "figure-total");
  gtk_box_append (GTK_BOX (box), label);
}

static void
on_cell_clicked (GtkButton *button, gpointer user_data)
{
  CcFigureGrid *self = CC_FIGURE_GRID (user_data);
  guint         index;

  if (g_ptr_array_find (self->cells, button, &index))
    g_signal_emit (self, signals[CELL_ACTIVATED], 0, index / self->n_cols, index % self->n_cols);
}

static void
on_cell_focused (GtkEventController *controller, gpointer user_data)
{
  CcFigureGrid *self = CC_FIGURE_GRID (user_data);
  guint         index;

  if (g_ptr_array_find (self->cells, gtk_event_controller_get_widget (controller), &index))
    self->current = index;
}

static char *
describe_cell (CcFigureGrid *self, guint row, guint col, const char *share, const char *range)
{
  g_autofree char *figure = cc_figure_describe_cell (self->figure, row, col);

  return g_strdup_printf ("%s%s%s%s%s", figure, range != NULL ? "; " : "",
                          range != NULL ? range : "", share != NULL ? "; " : "",
                          share != NULL ? share : "");
}

static void
add_cell (CcFigureGrid *self, guint row, guint col, guint left, guint top)
{
  const CcCell  *cell = cc_table_result_get (cc_report_figure_get_result (self->figure), row, col);
  const gboolean total = cc_figure_is_total (self->figure, row, col);
  g_autofree char *figure = cc_report_figure_format_cell (self->figure, cell);
  g_autofree char *range =
      self->ranges ? cc_figure_format_range (self->figure, self->texts, row, col) : NULL;
  g_autofree char *share =
      cc_figure_format_share (self->figure, self->texts, row, col, self->share);
  g_autofree char    *name = describe_cell (self, row, col, share, range);
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget          *button =
      g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_GRID_CELL, NULL);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  add_line (box, figure, cell->state != CC_CELL_COMPUTED, total);
  add_line (box, range, TRUE, FALSE);
  add_line (box, share, TRUE, FALSE);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "figure-cell");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  cc_tip_set_text (button, _ ("Show the Records Behind This Figure"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_cell_clicked), self);
  g_signal_connect (focus, "enter", G_CALLBACK (on_cell_focused), self);
  gtk_widget_add_controller (button, focus);
  gtk_grid_attach (self->grid, button, (int) (left + col), (int) (top + row), 1, 1);
  g_ptr_array_add (self->cells, button);
}

static void
clear (CcFigureGrid *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->cells, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

static void
add_headings (CcFigureGrid *self, gboolean of_columns, guint offset)
{
  g_autoptr (GPtrArray) headings = cc_figure_headings_new (self->figure, of_columns);

  for (guint i = 0; i < headings->len; i++)
    {
      const CcFigureHeading *heading = headings->pdata[i];
      GtkWidget             *label = add_heading (self, heading, of_columns, offset);

      if (!of_columns && heading->level + heading->depth > 0 && heading->total)
        gtk_widget_add_css_class (label, "total");
    }
}

/* A widget's direction is not that of its children, and a table in Arabic runs from right to left
 * in any window. */
static void
set_direction (GtkWidget *widget, GtkTextDirection direction)
{
  gtk_widget_set_direction (widget, direction);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_direction (child, direction);
}

static void
rebuild (CcFigureGrid *self)
{
  const gboolean       had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  const CcTableResult *result;
  guint                left, top;

  clear (self);
  if (self->figure == NULL)
    return;
  result = cc_report_figure_get_result (self->figure);
  self->n_rows = result->rows->len;
  self->n_cols = result->cols->len;
  left = cc_figure_count_levels (self->figure, FALSE);
  top = cc_figure_count_levels (self->figure, TRUE);
  add_headings (self, TRUE, left);
  add_headings (self, FALSE, top);
  for (guint row = 0; row < self->n_rows; row++)
    for (guint col = 0; col < self->n_cols; col++)
      add_cell (self, row, col, left, top);
  set_direction (GTK_WIDGET (self), cc_texts_is_rtl (cc_report_figure_get_language (self->figure))
                                        ? GTK_TEXT_DIR_RTL
                                        : GTK_TEXT_DIR_LTR);
  self->current = MIN (self->current, self->cells->len > 0 ? self->cells->len - 1 : 0);
  if (had_focus && self->cells->len > 0)
    gtk_widget_grab_focus (self->cells->pdata[self->current]);
}

/* Where an arrow leads from the present cell; the same place at an edge. */
static guint
step (CcFigureGrid *self, int across, int down)
{
  int row = (int) (self->current / self->n_cols) + down;
  int col = (int) (self->current % self->n_cols) + across;

  row = CLAMP (row, 0, (int) self->n_rows - 1);
  col = CLAMP (col, 0, (int) self->n_cols - 1);
  return (guint) row * self->n_cols + (guint) col;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                gpointer               user_data)
{
  CcFigureGrid *self = CC_FIGURE_GRID (user_data);
  const int     forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  guint         to;

  if (self->cells->len == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Left:
      to = step (self, -forward, 0);
      break;
    case GDK_KEY_Right:
      to = step (self, forward, 0);
      break;
    case GDK_KEY_Up:
      to = step (self, 0, -1);
      break;
    case GDK_KEY_Down:
      to = step (self, 0, 1);
      break;
    case GDK_KEY_Home:
      to = step (self, -(int) self->n_cols, 0);
      break;
    case GDK_KEY_End:
      to = step (self, (int) self->n_cols, 0);
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  gtk_widget_grab_focus (self->cells->pdata[to]);
  return GDK_EVENT_STOP;
}

/* Tab enters at the cell that had the focus last, and leaves from any. */
static gboolean
cc_figure_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CcFigureGrid *self = CC_FIGURE_GRID (widget);

  if (gtk_widget_get_focus_child (widget) != NULL || self->cells->len == 0)
    return FALSE;
  return gtk_widget_grab_focus (self->cells->pdata[self->current]);
}

/* A scrolled window asks its child for the height at any width; here names wrap, and the height is
 * the one at the width there really is. */
static void
cc_figure_grid_measure (GtkWidget     *widget,
                        GtkOrientation orientation,
                        int            for_size,
                        int           *minimum,
                        int           *natural,
                        int           *minimum_baseline,
                        int           *natural_baseline)
{
  GtkWidget *grid = GTK_WIDGET (CC_FIGURE_GRID (widget)->grid);
  int        least, wanted, height;

  gtk_widget_measure (grid, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (least, LEAST_WIDTH);
      *natural = wanted;
      return;
    }
  gtk_widget_measure (grid, GTK_ORIENTATION_VERTICAL, MAX (least, for_size), &height, NULL, NULL,
                      NULL);
  *minimum = *natural = height + SCROLL_ROOM;
}

static void
cc_figure_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (CC_FIGURE_GRID (widget)->scroller,
                            &(GtkAllocation){ 0, 0, width, height }, -1);
}

static GtkSizeRequestMode
cc_figure_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cc_figure_grid_dispose (GObject *object)
{
  CcFigureGrid *self = CC_FIGURE_GRID (object);

  g_ptr_array_set_size (self->cells, 0);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->figure, cc_report_figure_unref);
  g_clear_pointer (&self->texts, cc_texts_unref);
  G_OBJECT_CLASS (cc_figure_grid_parent_class)->dispose (object);
}

static void
cc_figure_grid_finalize (GObject *object)
{
  g_ptr_array_unref (CC_FIGURE_GRID (object)->cells);
  G_OBJECT_CLASS (cc_figure_grid_parent_class)->finalize (object);
}

static void
cc_figure_grid_class_init (CcFigureGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_figure_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_figure_grid_finalize;
  widget_class->focus = cc_figure_grid_focus;
  widget_class->measure = cc_figure_grid_measure;
  widget_class->size_allocate = cc_figure_grid_size_allocate;
  widget_class->get_request_mode = cc_figure_grid_get_request_mode;
  signals[CELL_ACTIVATED] =
      g_signal_new ("cell-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
cc_figure_grid_init (CcFigureGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cells = g_ptr_array_new ();
  self->grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_GRID, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "figure-grid");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->grid));
  cc_scroll_from_start (GTK_SCROLLED_WINDOW (self->scroller));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

CcFigureGrid *
cc_figure_grid_new (void)
{
  return g_object_new (CC_TYPE_FIGURE_GRID, NULL);
}

void
cc_figure_grid_set_figure (CcFigureGrid *self, CcReportFigure *figure, CcTexts *texts)
{
  g_return_if_fail (CC_IS_FIGURE_GRID (self) && figure != NULL && texts != NULL);
  cc_report_figure_ref (figure);
  g_clear_pointer (&self->figure, cc_report_figure_unref);
  self->figure = figure;
  cc_texts_ref (texts);
  g_clear_pointer (&self->texts, cc_texts_unref);
  self->texts = texts;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  cc_report_figure_get_title (figure), -1);
  rebuild (self);
}

void
cc_figure_grid_set_ranges (CcFigureGrid *self, gboolean ranges)
{
  g_return_if_fail (CC_IS_FIGURE_GRID (self));
  if (self->ranges == !!ranges)
    return;
  self->ranges = !!ranges;
  rebuild (self);
}

void
cc_figure_grid_set_share (CcFigureGrid *self, CcFigureShare share)
{
  g_return_if_fail (CC_IS_FIGURE_GRID (self));
  if (self->share == share)
    return;
  self->share = share;
  rebuild (self);
}

GtkWidget *
cc_figure_grid_get_cell (CcFigureGrid *self, guint row, guint col)
{
  g_return_val_if_fail (CC_IS_FIGURE_GRID (self), NULL);
  if (row >= self->n_rows || col >= self->n_cols)
    return NULL;
  return self->cells->pdata[row * self->n_cols + col];
}
