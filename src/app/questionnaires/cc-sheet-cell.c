/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sheet-cell.h"

#define PADDING_X 8
#define PADDING_Y 5

struct _CcSheetCell
{
  GtkWidget parent_instance;

  CcAnswerKind kind;
  PangoLayout *layout;
};

G_DEFINE_FINAL_TYPE (CcSheetCell, cc_sheet_cell, GTK_TYPE_WIDGET)

static const struct
{
  const char       *css_class;
  GtkAccessibleRole role;
  gboolean          focusable;
} kinds[] = {
  [CC_ANSWER_SHEET_TITLE] = { "sheet-title", GTK_ACCESSIBLE_ROLE_HEADING, FALSE },
  [CC_ANSWER_STATEMENT] = { "statement", GTK_ACCESSIBLE_ROLE_LABEL, FALSE },
  [CC_ANSWER_TITLE] = { "table-title", GTK_ACCESSIBLE_ROLE_HEADING, FALSE },
  [CC_ANSWER_SUBTITLE] = { "table-subtitle", GTK_ACCESSIBLE_ROLE_LABEL, FALSE },
  [CC_ANSWER_HEADER] = { "header", GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, FALSE },
  [CC_ANSWER_BAND] = { "band", GTK_ACCESSIBLE_ROLE_ROW_HEADER, FALSE },
  [CC_ANSWER_LABEL] = { "row-label", GTK_ACCESSIBLE_ROLE_ROW_HEADER, FALSE },
  [CC_ANSWER_FIGURE] = { "figure", GTK_ACCESSIBLE_ROLE_GRID_CELL, TRUE },
  [CC_ANSWER_NOTE_LABEL] = { "note-label", GTK_ACCESSIBLE_ROLE_ROW_HEADER, FALSE },
  [CC_ANSWER_NOTE_FIGURE] = { "note-figure", GTK_ACCESSIBLE_ROLE_CELL, FALSE },
  [CC_ANSWER_BOX_LABEL] = { "box-label", GTK_ACCESSIBLE_ROLE_ROW_HEADER, FALSE },
  [CC_ANSWER_BOX_STATED] = { "box-stated", GTK_ACCESSIBLE_ROLE_CELL, FALSE },
  [CC_ANSWER_BOX_TYPED] = { "box-typed", GTK_ACCESSIBLE_ROLE_GRID_CELL, TRUE },
};

gboolean
cc_sheet_cell_is_figure (CcSheetCell *self)
{
  g_return_val_if_fail (CC_IS_SHEET_CELL (self), FALSE);
  return self->kind == CC_ANSWER_FIGURE || self->kind == CC_ANSWER_NOTE_FIGURE;
}

static gboolean
is_centred (CcSheetCell *self)
{
  return self->kind == CC_ANSWER_HEADER;
}

/* A text starts where the reading direction of the sheet does, not where its own letters would. */
static void
align (CcSheetCell *self)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  PangoAlignment alignment = rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;

  if (is_centred (self))
    alignment = PANGO_ALIGN_CENTER;
  else if (cc_sheet_cell_is_figure (self))
    alignment = rtl ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
  pango_layout_set_auto_dir (self->layout, FALSE);
  pango_layout_set_alignment (self->layout, alignment);
}

static void
cc_sheet_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CcSheetCell *self = CC_SHEET_CELL (widget);
  const int    width = gtk_widget_get_width (widget) - 2 * PADDING_X;
  const int    height = gtk_widget_get_height (widget);
  int          text_height;

  if (width <= 0)
    return;
  pango_layout_set_width (self->layout, width * PANGO_SCALE);
  align (self);
  pango_layout_get_pixel_size (self->layout, NULL, &text_height);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), PADDING_X,
                              MAX ((height - text_height) / 2.0, 0), self->layout);
}

static void
cc_sheet_cell_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
cc_sheet_cell_dispose (GObject *object)
{
  g_clear_object (&CC_SHEET_CELL (object)->layout);
  G_OBJECT_CLASS (cc_sheet_cell_parent_class)->dispose (object);
}

/* A change of font or direction reaches the layout through its context. */
static void
cc_sheet_cell_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  CcSheetCell *self = CC_SHEET_CELL (widget);

  GTK_WIDGET_CLASS (cc_sheet_cell_parent_class)->css_changed (widget, change);
  if (self->layout != NULL)
    pango_layout_context_changed (self->layout);
}

static void
cc_sheet_cell_class_init (CcSheetCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_sheet_cell_dispose;
  widget_class->snapshot = cc_sheet_cell_snapshot;
  widget_class->measure = cc_sheet_cell_measure;
  widget_class->css_changed = cc_sheet_cell_css_changed;
  gtk_widget_class_set_css_name (widget_class, "cell");
}

static void
cc_sheet_cell_init (CcSheetCell *self)
{
}

CcSheetCell *
cc_sheet_cell_new (CcAnswerKind kind)
{
  CcSheetCell *self;

  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);
  self = g_object_new (CC_TYPE_SHEET_CELL, "accessible-role", kinds[kind].role, NULL);
  self->kind = kind;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (self), kinds[kind].css_class);
  gtk_widget_set_focusable (GTK_WIDGET (self), kinds[kind].focusable);
  return self;
}

CcAnswerKind
cc_sheet_cell_get_kind (CcSheetCell *self)
{
  g_return_val_if_fail (CC_IS_SHEET_CELL (self), CC_ANSWER_LABEL);
  return self->kind;
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

void
cc_sheet_cell_set (CcSheetCell *self, const char *markup, gboolean total, gboolean typed)
{
  g_return_if_fail (CC_IS_SHEET_CELL (self) && markup != NULL);
  set_class (GTK_WIDGET (self), "total", total);
  set_class (GTK_WIDGET (self), "typed", typed);
  pango_layout_set_attributes (self->layout, NULL);
  pango_layout_set_markup (self->layout, markup, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
cc_sheet_cell_measure_height (CcSheetCell *self, int width)
{
  int height;

  g_return_val_if_fail (CC_IS_SHEET_CELL (self), 0);
  pango_layout_set_width (self->layout, MAX (width - 2 * PADDING_X, 1) * PANGO_SCALE);
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  return height + 2 * PADDING_Y;
}

int
cc_sheet_cell_measure_width (CcSheetCell *self, double characters)
{
  PangoFontMetrics *metrics;
  int               width;

  g_return_val_if_fail (CC_IS_SHEET_CELL (self), 0);
  metrics = pango_context_get_metrics (pango_layout_get_context (self->layout), NULL, NULL);
  width =
      (int) (pango_font_metrics_get_approximate_char_width (metrics) * characters / PANGO_SCALE);
  pango_font_metrics_unref (metrics);
  return width + 2 * PADDING_X;
}
