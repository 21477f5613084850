/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <math.h>

/* Women and men differ in hue (warm, cool), adults and children in lightness, so the colours stay
 * apart under the common kinds of colour blindness and in grey; each also has a pattern of its own.
 */
static const guint32 colors[][2] = {
  /* light     dark */
  { 0xA63D2F, 0xD9735F },                         /* women */
  { 0x24557F, 0x5B93C7 },                         /* men */
  { 0x5E4B8B, 0x9382C6 },                         /* other 18 and over */
  { 0xEBA488, 0xF2C1AC },                         /* girls */
  { 0x9CC1E0, 0xBFDBF0 },                         /* boys */
  { 0xC0B4DC, 0xD5CCEB },                         /* other 0 to 17 */
  { 0xC9C9C4, 0x77777A },                         /* not known */
  { 0x6B8E4E, 0xA3C585 }, { 0x2F5F82, 0x6FA3CC }, /* plain */
  { 0xC98A2B, 0xE3B263 }, { 0x3E8E86, 0x76C2B9 }, { 0x8A5A83, 0xC195BA },
};

typedef enum
{
  PATTERN_SOLID,
  PATTERN_UP,
  PATTERN_DOWN,
  PATTERN_CROSS,
  PATTERN_DOTS,
  PATTERN_HORIZONTAL,
  PATTERN_VERTICAL,
} Pattern;

static const Pattern patterns[] = {
  PATTERN_SOLID,    PATTERN_UP,    PATTERN_CROSS, PATTERN_DOTS, PATTERN_DOWN, PATTERN_HORIZONTAL,
  PATTERN_VERTICAL, PATTERN_CROSS, PATTERN_SOLID, PATTERN_UP,   PATTERN_DOTS, PATTERN_DOWN,
};

/* Lines keep apart by their dashes and signs. */
static const double dashes[][4] = {
  { 0 }, { 6, 2.5 }, { 2, 2 }, { 6, 2, 1.5, 2 }, { 3.5, 2 }, { 1.2, 1.8 },
};

typedef enum
{
  SIGN_CIRCLE,
  SIGN_SQUARE,
  SIGN_TRIANGLE,
  SIGN_DIAMOND,
  SIGN_RING,
  SIGN_CROSS,
} Sign;

static const guint8 signs[][2] = {
  /* sign          dashes */
  { SIGN_CIRCLE, 0 }, { SIGN_SQUARE, 1 }, { SIGN_DIAMOND, 2 },  { SIGN_TRIANGLE, 3 },
  { SIGN_RING, 4 },   { SIGN_CROSS, 5 },  { SIGN_RING, 5 },     { SIGN_CROSS, 3 },
  { SIGN_CIRCLE, 0 }, { SIGN_SQUARE, 1 }, { SIGN_TRIANGLE, 2 }, { SIGN_DIAMOND, 3 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (signs) == CC_CHART_N_STYLES);

G_STATIC_ASSERT (G_N_ELEMENTS (colors) == CC_CHART_N_STYLES);
G_STATIC_ASSERT (G_N_ELEMENTS (patterns) == CC_CHART_N_STYLES);

CcColor
cc_chart_style_color (guint style, CcChartTheme theme)
{
  guint32 rgb = colors[style % CC_CHART_N_STYLES][theme == CC_CHART_DARK];

  return (CcColor){ ((rgb >> 16) & 0xFF) / 255.0, ((rgb >> 8) & 0xFF) / 255.0,
                    (rgb & 0xFF) / 255.0 };
}

static double
linearise (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* Black or white, whichever has the higher contrast (WCAG 2 relative luminance). */
CcColor
cc_chart_ink_on (CcColor ground)
{
  double luminance = 0.2126 * linearise (ground.red) + 0.7152 * linearise (ground.green)
                     + 0.0722 * linearise (ground.blue);

  return luminance > 0.179 ? (CcColor){ 0.08, 0.08, 0.1 } : (CcColor){ 1, 1, 1 };
}

/* Lines over the whole box, a distance apart; the caller has set the clip. */
static void
draw_slanted (cairo_t *cr, const CcBox *box, double gap, gboolean up)
{
  double first = floor ((box->x - box->height) / gap) * gap;

  for (double x = first; x < box->x + box->width + box->height; x += gap)
    {
      cairo_move_to (cr, up ? x : x + box->height, box->y + box->height);
      cairo_line_to (cr, up ? x + box->height : x, box->y);
    }
  cairo_stroke (cr);
}

static void
draw_straight (cairo_t *cr, const CcBox *box, double gap, gboolean horizontal)
{
  double end = horizontal ? box->y + box->height : box->x + box->width;

  for (double at = (horizontal ? box->y : box->x) + gap / 2; at < end; at += gap)
    {
      cairo_move_to (cr, horizontal ? box->x : at, horizontal ? at : box->y);
      cairo_line_to (cr, horizontal ? box->x + box->width : at,
                     horizontal ? at : box->y + box->height);
    }
  cairo_stroke (cr);
}

static void
draw_dots (cairo_t *cr, const CcBox *box, double gap)
{
  guint row = 0;

  for (double y = box->y + gap / 2; y < box->y + box->height + gap; y += gap / 2, row++)
    for (double x = box->x + gap / 4 + (row % 2) * gap / 2; x < box->x + box->width + gap; x += gap)
      {
        cairo_new_sub_path (cr);
        cairo_arc (cr, x, y, 0.62, 0, 2 * G_PI);
      }
  cairo_fill (cr);
}

static void
draw_pattern (cairo_t *cr, const CcBox *box, Pattern pattern)
{
  switch (pattern)
    {
    case PATTERN_UP:
      draw_slanted (cr, box, 4.6, TRUE);
      break;
    case PATTERN_DOWN:
      draw_slanted (cr, box, 4.6, FALSE);
      break;
    case PATTERN_CROSS:
      draw_slanted (cr, box, 5.4, TRUE);
      draw_slanted (cr, box, 5.4, FALSE);
      break;
    case PATTERN_DOTS:
      draw_dots (cr, box, 5);
      break;
    case PATTERN_HORIZONTAL:
      draw_straight (cr, box, 3.2, TRUE);
      break;
    case PATTERN_VERTICAL:
      draw_straight (cr, box, 3.2, FALSE);
      break;
    case PATTERN_SOLID:
    default:
      break;
    }
}

/* Fills a box with colour and pattern of a style. A hair at its top stays open, so that parts of a
 * stack keep apart; a part that is thinner than two hairs keeps at least its half. */
void
cc_chart_fill_area (cairo_t *cr, const CcBox *box, guint style, CcChartTheme theme)
{
  CcColor color = cc_chart_style_color (style, theme);
  CcColor ink = cc_chart_ink_on (color);
  double  gap = MIN (0.8, box->height / 2);

  cairo_save (cr);
  cairo_rectangle (cr, box->x, box->y + gap, box->width, box->height - gap);
  cairo_clip_preserve (cr);
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.3);
  cairo_set_line_width (cr, 0.6);
  draw_pattern (cr, box, patterns[style % CC_CHART_N_STYLES]);
  cairo_restore (cr);
}

/* Light fills of children and the grey of what is not known are too pale for a line on white. */
static CcColor
line_color (guint style, CcChartTheme theme)
{
  CcColor color = cc_chart_style_color (style, theme);

  if (theme == CC_CHART_LIGHT && (style == 3 || style == 4 || style == 5 || style == 6))
    return (CcColor){ color.red * 0.62, color.green * 0.62, color.blue * 0.62 };
  return color;
}

/* The sign of a point of a line. */
void
cc_chart_draw_dot (cairo_t *cr, double x, double y, guint style, CcChartTheme theme)
{
  const double r = 3.1;
  CcColor      color = line_color (style, theme);
  const Sign   sign = signs[style % CC_CHART_N_STYLES][0];

  cairo_save (cr);
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  cairo_set_line_width (cr, 1.4);
  cairo_new_path (cr);
  switch (sign)
    {
    case SIGN_SQUARE:
      cairo_rectangle (cr, x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r);
      break;
    case SIGN_TRIANGLE:
      cairo_move_to (cr, x, y - 1.2 * r);
      cairo_line_to (cr, x + 1.15 * r, y + 0.9 * r);
      cairo_line_to (cr, x - 1.15 * r, y + 0.9 * r);
      cairo_close_path (cr);
      break;
    case SIGN_DIAMOND:
      cairo_move_to (cr, x, y - 1.3 * r);
      cairo_line_to (cr, x + 1.3 * r, y);
      cairo_line_to (cr, x, y + 1.3 * r);
      cairo_line_to (cr, x - 1.3 * r, y);
      cairo_close_path (cr);
      break;
    case SIGN_CROSS:
      cairo_move_to (cr, x - r, y - r);
      cairo_line_to (cr, x + r, y + r);
      cairo_move_to (cr, x - r, y + r);
      cairo_line_to (cr, x + r, y - r);
      break;
    case SIGN_RING:
    case SIGN_CIRCLE:
    default:
      cairo_arc (cr, x, y, sign == SIGN_RING ? r * 0.8 : r, 0, 2 * G_PI);
      break;
    }
  if (sign == SIGN_CROSS || sign == SIGN_RING)
    cairo_stroke (cr);
  else
    cairo_fill (cr);
  cairo_restore (cr);
}

void
cc_chart_draw_line (cairo_t *cr, const CcLine *line, CcChartTheme theme)
{
  CcColor       color = line_color (line->style, theme);
  const double *dash = dashes[signs[line->style % CC_CHART_N_STYLES][1]];
  int           n = dash[0] <= 0 ? 0 : dash[2] > 0 ? 4 : 2;

  cairo_save (cr);
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  cairo_set_line_width (cr, 1.9);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, dash, n, 0);
  cairo_move_to (cr, line->x1, line->y1);
  cairo_line_to (cr, line->x2, line->y2);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static guint32
to_rgb (CcColor color)
{
  return (guint32) (color.red * 255 + 0.5) << 16 | (guint32) (color.green * 255 + 0.5) << 8
         | (guint32) (color.blue * 255 + 0.5);
}

guint32
cc_chart_style_rgb (guint style)
{
  return to_rgb (cc_chart_style_color (style, CC_CHART_LIGHT));
}

guint32
cc_chart_style_ink_rgb (guint style)
{
  return to_rgb (cc_chart_ink_on (cc_chart_style_color (style, CC_CHART_LIGHT)));
}
