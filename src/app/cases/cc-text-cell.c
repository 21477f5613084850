/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-text-cell.h"

struct _CcTextCell
{
  GtkWidget parent_instance;

  char        *label;
  PangoLayout *layout; /* NULL until it is drawn */
  int          width;  /* for which the layout was made */
};

G_DEFINE_FINAL_TYPE (CcTextCell, cc_text_cell, GTK_TYPE_WIDGET)

enum
{
  PROP_LABEL = 1,
};

static GParamSpec *label_property;

static void
cc_text_cell_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_return_if_fail (id == PROP_LABEL);
  g_value_set_string (value, CC_TEXT_CELL (object)->label);
}

static void
cc_text_cell_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  g_return_if_fail (id == PROP_LABEL);
  cc_text_cell_set_label (CC_TEXT_CELL (object), g_value_get_string (value));
}

static void
cc_text_cell_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  PangoFontMetrics *metrics;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  *minimum = *natural = PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (metrics)
                                           + pango_font_metrics_get_descent (metrics));
  pango_font_metrics_unref (metrics);
}

static void
ensure_layout (CcTextCell *self, int width)
{
  int natural;

  if (self->layout != NULL && self->width == width)
    return;
  g_clear_object (&self->layout);
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->label);
  self->width = width;
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_get_pixel_size (self->layout, &natural, NULL);
  if (natural <= width)
    return;
  pango_layout_set_width (self->layout, width * PANGO_SCALE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
}

/* The side on which a line begins is the window's, whatever the language of the text. */
static void
cc_text_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CcTextCell    *self = CC_TEXT_CELL (widget);
  const int      width = gtk_widget_get_width (widget);
  PangoRectangle ink, logical;
  int            x;

  if (self->label == NULL || *self->label == '\0' || width <= 0)
    return;
  ensure_layout (self, width);
  pango_layout_get_pixel_extents (self->layout, &ink, &logical);
  x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - logical.width : 0;
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), x - logical.x,
                              (gtk_widget_get_height (widget) - logical.height) / 2.0,
                              self->layout);
}

static gboolean
cc_text_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  CcTextCell *self = CC_TEXT_CELL (widget);

  if (self->layout == NULL || !pango_layout_is_ellipsized (self->layout))
    return FALSE;
  gtk_tooltip_set_text (tooltip, self->label);
  return TRUE;
}

static void
forget_layout (GtkWidget *widget)
{
  g_clear_object (&CC_TEXT_CELL (widget)->layout);
  gtk_widget_queue_draw (widget);
}

static void
cc_text_cell_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cc_text_cell_parent_class)->css_changed (widget, change);
  forget_layout (widget);
}

static void
cc_text_cell_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (cc_text_cell_parent_class)->direction_changed (widget, previous);
  forget_layout (widget);
}

static void
cc_text_cell_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (cc_text_cell_parent_class)->system_setting_changed (widget, setting);
  forget_layout (widget);
}

static void
cc_text_cell_finalize (GObject *object)
{
  CcTextCell *self = CC_TEXT_CELL (object);

  g_free (self->label);
  g_clear_object (&self->layout);
  G_OBJECT_CLASS (cc_text_cell_parent_class)->finalize (object);
}

static void
cc_text_cell_class_init (CcTextCellClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cc_text_cell_get_property;
  object_class->set_property = cc_text_cell_set_property;
  object_class->finalize = cc_text_cell_finalize;
  widget_class->measure = cc_text_cell_measure;
  widget_class->snapshot = cc_text_cell_snapshot;
  widget_class->query_tooltip = cc_text_cell_query_tooltip;
  widget_class->css_changed = cc_text_cell_css_changed;
  widget_class->direction_changed = cc_text_cell_direction_changed;
  widget_class->system_setting_changed = cc_text_cell_system_setting_changed;
  label_property =
      g_param_spec_string ("label", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, PROP_LABEL, label_property);
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cc_text_cell_init (CcTextCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
cc_text_cell_new (void)
{
  return g_object_new (CC_TYPE_TEXT_CELL, NULL);
}

void
cc_text_cell_set_label (CcTextCell *self, const char *label)
{
  g_return_if_fail (CC_IS_TEXT_CELL (self));
  if (g_strcmp0 (self->label, label) == 0)
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), label_property);
}

const char *
cc_text_cell_get_label (CcTextCell *self)
{
  g_return_val_if_fail (CC_IS_TEXT_CELL (self), NULL);
  return self->label;
}
