/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <pango/pangocairo.h>

/* Noto covers all our scripts; the rest stands in where it is not installed. */
#define FONT_FAMILIES                                                                              \
  "Noto Sans, Adwaita Sans, Cantarell, DejaVu Sans, Noto Sans Arabic, sans-serif"

typedef struct
{
  CcColor ground, title, text, quiet, rule, strong, accent, stamp;
} Theme;

static const Theme themes[] = {
  [CC_CHART_LIGHT] = {
    .ground = { 1, 1, 1 },
    .title = { 0.09, 0.16, 0.26 },
    .text = { 0.13, 0.14, 0.16 },
    .quiet = { 0.36, 0.38, 0.41 },
    .rule = { 0.84, 0.85, 0.87 },
    .strong = { 0.30, 0.32, 0.35 },
    .accent = { 0.14, 0.33, 0.50 },
    .stamp = { 0.70, 0.16, 0.12 },
  },
  [CC_CHART_DARK] = {
    .ground = { 0.118, 0.118, 0.118 },
    .title = { 0.97, 0.97, 0.98 },
    .text = { 0.92, 0.92, 0.93 },
    .quiet = { 0.72, 0.73, 0.75 },
    .rule = { 0.25, 0.25, 0.26 },
    .strong = { 0.68, 0.69, 0.71 },
    .accent = { 0.36, 0.58, 0.78 },
    .stamp = { 1.0, 0.55, 0.48 },
  },
};

/* Metrics without hinting and 72 dpi: a text is exactly as large on screen as on paper. */
static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

static PangoLayout *
make_layout (PangoContext *context, const char *text, double size, gboolean bold, double wrap)
{
  PangoLayout          *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, FONT_FAMILIES);
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE + 0.5));
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  if (wrap > 0)
    {
      /* Half a point: a text measured and then set in its own width must not wrap. */
      pango_layout_set_width (layout, (int) ((wrap + 0.5) * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  return layout;
}

/**
 * cc_chart_measure_pango:
 * @user_data: unused
 *
 * The measure of screen and files.
 */
void
cc_chart_measure_pango (const char *text,
                        double      size,
                        gboolean    bold,
                        double      wrap,
                        double     *width,
                        double     *height,
                        gpointer    user_data)
{
  PangoContext  *context = make_context ();
  PangoLayout   *layout = make_layout (context, text, size, bold, wrap);
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  *width = (double) extents.width / PANGO_SCALE;
  *height = (double) extents.height / PANGO_SCALE;
  g_object_unref (layout);
  g_object_unref (context);
}

static void
set_color (cairo_t *cr, CcColor color)
{
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
}

static CcColor
pick_ink (const Theme *theme, const CcLabel *label, CcChartTheme which)
{
  switch (label->role)
    {
    case CC_ROLE_TITLE:
      return theme->title;
    case CC_ROLE_QUIET:
      return theme->quiet;
    case CC_ROLE_STAMP:
      return theme->stamp;
    case CC_ROLE_INSIDE:
      return cc_chart_ink_on (cc_chart_style_color (label->style, which));
    case CC_ROLE_TEXT:
    default:
      return theme->text;
    }
}

/* A figure on a pattern gets a plain ground of its own. */
static void
clear_behind (cairo_t *cr, const CcLabel *label, CcBox text, CcChartTheme which)
{
  set_color (cr, cc_chart_style_color (label->style, which));
  cairo_rectangle (cr, text.x - 1.5, text.y + 1, text.width + 3, text.height - 2);
  cairo_fill (cr);
}

static void
draw_label (cairo_t       *cr,
            PangoContext  *context,
            const CcLabel *label,
            gboolean       rtl,
            CcChartTheme   which)
{
  const Theme *theme = &themes[which];
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle extents;
  CcTextAlign    align = label->align;
  double         x = label->box.x;

  layout = make_layout (context, label->text, label->size, label->bold,
                        label->wrap ? label->box.width : 0);
  if (label->cut)
    {
      pango_layout_set_width (layout, (int) (label->box.width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  /* Lines are put in place by hand: the direction is the chart's, not that of the first letter. */
  pango_layout_set_auto_dir (layout, FALSE);
  if (rtl && align != CC_ALIGN_CENTER)
    align = align == CC_ALIGN_START ? CC_ALIGN_END : CC_ALIGN_START;
  if (label->wrap || label->cut)
    pango_layout_set_alignment (layout, align == CC_ALIGN_START    ? PANGO_ALIGN_LEFT
                                        : align == CC_ALIGN_CENTER ? PANGO_ALIGN_CENTER
                                                                   : PANGO_ALIGN_RIGHT);
  pango_layout_get_extents (layout, NULL, &extents);
  if (!label->wrap && !label->cut)
    {
      double room = label->box.width - (double) extents.width / PANGO_SCALE;

      x += align == CC_ALIGN_START ? 0 : align == CC_ALIGN_CENTER ? room / 2 : room;
    }
  if (label->role == CC_ROLE_INSIDE)
    clear_behind (cr, label,
                  (CcBox){ x, label->box.y, (double) extents.width / PANGO_SCALE,
                           (double) extents.height / PANGO_SCALE },
                  which);
  set_color (cr, pick_ink (theme, label, which));
  if (label->role == CC_ROLE_STAMP)
    {
      cairo_set_line_width (cr, 0.9);
      cairo_rectangle (cr, label->box.x, label->box.y, label->box.width, label->box.height);
      cairo_stroke (cr);
    }
  cairo_move_to (cr, x, label->box.y + (label->role == CC_ROLE_STAMP ? 1.5 : 0));
  pango_cairo_show_layout (cr, layout);
}

/* A sign for a figure that is held back: an open, dashed box has no size to be read. */
static void
draw_sign (cairo_t *cr, const CcBox *box, const Theme *theme)
{
  const double dashes[] = { 2, 1.5 };

  cairo_save (cr);
  set_color (cr, theme->strong);
  cairo_set_line_width (cr, 0.7);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_rectangle (cr, box->x + 0.5, box->y + 0.5, box->width - 1, box->height - 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_rules (cairo_t *cr, const CcChartGeometry *geometry, const Theme *theme, gboolean strong)
{
  for (guint i = 0; i < geometry->rules->len; i++)
    {
      const CcRule *rule = &g_array_index (geometry->rules, CcRule, i);

      if (rule->strong != strong)
        continue;
      set_color (cr, strong ? theme->strong : theme->rule);
      cairo_set_line_width (cr, strong ? 0.9 : 0.6);
      cairo_move_to (cr, rule->x1, rule->y1);
      cairo_line_to (cr, rule->x2, rule->y2);
      cairo_stroke (cr);
    }
}

/* The word of practice files lies across the picture as well, so that no part of it can be cut out
 * and taken for real. */
static void
draw_watermark (cairo_t               *cr,
                PangoContext          *context,
                const CcChart         *chart,
                const CcChartGeometry *geometry,
                const Theme           *theme)
{
  g_autoptr (PangoLayout) layout = make_layout (context, chart->stamp, 64, TRUE, 0);
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  cairo_save (cr);
  cairo_translate (cr, geometry->width / 2, geometry->height / 2);
  cairo_rotate (cr, chart->rtl ? 0.42 : -0.42);
  cairo_set_source_rgba (cr, theme->stamp.red, theme->stamp.green, theme->stamp.blue, 0.07);
  cairo_move_to (cr, -(double) extents.width / PANGO_SCALE / 2,
                 -(double) extents.height / PANGO_SCALE / 2);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}

/* The stroke above the title. */
static void
draw_accent (cairo_t *cr, const CcChart *chart, const CcChartGeometry *geometry, const Theme *theme)
{
  set_color (cr, theme->accent);
  cairo_rectangle (cr,
                   chart->rtl ? geometry->width - CC_CHART_MARGIN - CC_ACCENT_WIDTH
                              : CC_CHART_MARGIN,
                   CC_CHART_MARGIN - 4, CC_ACCENT_WIDTH, CC_ACCENT_HEIGHT);
  cairo_fill (cr);
}

static void
draw_marks (cairo_t *cr, const CcChartGeometry *geometry, const Theme *theme, CcChartTheme which)
{
  for (guint i = 0; i < geometry->lines->len; i++)
    cc_chart_draw_line (cr, &g_array_index (geometry->lines, CcLine, i), which);
  for (guint i = 0; i < geometry->marks->len; i++)
    {
      const CcMark *mark = &g_array_index (geometry->marks, CcMark, i);

      if (mark->state != CC_POINT_VALUE)
        draw_sign (cr, &mark->box, theme);
      else if (mark->dot)
        cc_chart_draw_dot (cr, mark->box.x + mark->box.width / 2,
                           mark->box.y + mark->box.height / 2, mark->style, which);
      else
        cc_chart_fill_area (cr, &mark->box, mark->style, which);
    }
}

static void
draw_swatches (cairo_t *cr, const CcChartGeometry *geometry, CcChartTheme which)
{
  for (guint i = 0; i < geometry->swatches->len; i++)
    {
      const CcSwatch *swatch = &g_array_index (geometry->swatches, CcSwatch, i);
      double          middle = swatch->box.y + swatch->box.height / 2;
      CcLine          line = { swatch->box.x, middle, swatch->box.x + swatch->box.width,
                               middle,        0,      swatch->style };

      if (!swatch->line)
        {
          cc_chart_fill_area (cr, &swatch->box, swatch->style, which);
          continue;
        }
      cc_chart_draw_line (cr, &line, which);
      cc_chart_draw_dot (cr, swatch->box.x + swatch->box.width / 2, middle, swatch->style, which);
    }
}

/**
 * cc_chart_paint_geometry:
 *
 * Draws what was laid out before.
 */
void
cc_chart_paint_geometry (const CcChart         *chart,
                         const CcChartGeometry *geometry,
                         cairo_t               *cr,
                         CcChartTheme           which,
                         gboolean               clear_ground)
{
  const Theme  *theme = &themes[which];
  PangoContext *context;

  g_return_if_fail (chart != NULL && geometry != NULL && cr != NULL);

  context = make_context ();
  pango_context_set_base_dir (context, chart->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  cairo_save (cr);
  if (!clear_ground)
    {
      set_color (cr, theme->ground);
      cairo_rectangle (cr, 0, 0, geometry->width, geometry->height);
      cairo_fill (cr);
    }
  if (!chart->bare)
    draw_accent (cr, chart, geometry, theme);
  draw_rules (cr, geometry, theme, FALSE);
  draw_marks (cr, geometry, theme, which);
  draw_rules (cr, geometry, theme, TRUE);
  draw_swatches (cr, geometry, which);
  for (guint i = 0; i < geometry->labels->len; i++)
    draw_label (cr, context, &g_array_index (geometry->labels, CcLabel, i), chart->rtl, which);
  if (chart->stamp != NULL && !chart->bare)
    draw_watermark (cr, context, chart, geometry, theme);
  cairo_restore (cr);
  g_object_unref (context);
}

/**
 * cc_chart_paint:
 *
 * Lays the chart out for that size and draws it.
 */
void
cc_chart_paint (const CcChart *chart,
                cairo_t       *cr,
                double         width,
                double         height,
                CcChartTheme   theme,
                gboolean       clear_ground)
{
  g_autoptr (CcChartGeometry) geometry = NULL;

  g_return_if_fail (chart != NULL && cr != NULL);

  geometry = cc_chart_layout (chart, width, height, cc_chart_measure_pango, NULL);
  cc_chart_paint_geometry (chart, geometry, cr, theme, clear_ground);
}
