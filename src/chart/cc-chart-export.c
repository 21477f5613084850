/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-private.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include <cc/base/cc-error.h>

#define WIDTH (170 / 25.4 * 72) /* 170 mm */
#define DPI   300.0

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
append_chunk_number (GByteArray *out, guint32 number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (out, (const guint8 *) &big, 4);
}

static guint32
crc32_of (const guint8 *data, gsize length)
{
  guint32 crc = 0xFFFFFFFF;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
    }
  return ~crc;
}

/* cairo writes no resolution, so a word processor would take the picture for 96 dpi and show it
 * three times too large. The pHYs chunk goes in after the header (8 bytes of signature, 25 of
 * IHDR). */
static void
set_png_resolution (GByteArray *png)
{
  g_autoptr (GByteArray) chunk = g_byte_array_new ();
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  guint32      per_metre = (guint32) (DPI / 0.0254 + 0.5);
  const guint8 metre = 1;

  if (png->len <= 33)
    return;
  g_byte_array_append (chunk, (const guint8 *) "pHYs", 4);
  append_chunk_number (chunk, per_metre);
  append_chunk_number (chunk, per_metre);
  g_byte_array_append (chunk, &metre, 1);
  g_byte_array_append (rest, png->data + 33, png->len - 33);
  g_byte_array_set_size (png, 33);
  append_chunk_number (png, 9);
  g_byte_array_append (png, chunk->data, chunk->len);
  append_chunk_number (png, crc32_of (chunk->data, chunk->len));
  g_byte_array_append (png, rest->data, rest->len);
}

static cairo_surface_t *
make_surface (const char *suffix, double height, GByteArray *out)
{
  if (strcmp (suffix, ".svg") == 0)
    {
      cairo_surface_t *surface = cairo_svg_surface_create_for_stream (collect, out, WIDTH, height);

      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
      return surface;
    }
  if (strcmp (suffix, ".pdf") == 0)
    return cairo_pdf_surface_create_for_stream (collect, out, WIDTH, height);
  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (WIDTH * DPI / 72),
                                     (int) ceil (height * DPI / 72));
}

static void
describe_pdf (cairo_surface_t *surface, const CcChart *chart)
{
  if (chart->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, chart->title);
  if (chart->alt_text != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, chart->alt_text);
}

/* Screen readers take title and description from the beginning of an SVG. */
static void
describe_svg (GByteArray *svg, const CcChart *chart)
{
  g_autofree char *text = g_strndup ((const char *) svg->data, svg->len);
  g_autofree char *title = g_markup_escape_text (chart->title != NULL ? chart->title : "", -1);
  g_autofree char *desc = g_markup_escape_text (chart->alt_text != NULL ? chart->alt_text : "", -1);
  const char      *root = strstr (text, "<svg");
  const char      *end = root != NULL ? strchr (root, '>') : NULL;
  g_autofree char *head = NULL;
  g_autofree char *described = NULL;

  if (end == NULL)
    return;
  head = g_strndup (text, (gsize) (end - text));
  described = g_strdup_printf ("%s role=\"img\">\n<title>%s</title>\n<desc>%s</desc>%s", head,
                               title, desc, end + 1);
  g_byte_array_set_size (svg, 0);
  g_byte_array_append (svg, (const guint8 *) described, (guint) strlen (described));
}

/**
 * cc_chart_export:
 *
 * Returns: %FALSE with an error when nothing was written
 */
gboolean
cc_chart_export (const CcChart *chart, const char *path, CcChartTheme theme, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree char *folded = NULL;
  const char      *suffix;
  cairo_surface_t *surface;
  cairo_t         *cr;
  cairo_status_t   status;
  double           height;

  g_return_val_if_fail (chart != NULL && path != NULL, FALSE);

  folded = g_ascii_strdown (path, -1);
  suffix = strrchr (folded, '.');
  if (suffix == NULL
      || (strcmp (suffix, ".png") != 0 && strcmp (suffix, ".svg") != 0
          && strcmp (suffix, ".pdf") != 0))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "A chart is written as .png, .svg or .pdf; “%s” is none of them.", path);
      return FALSE;
    }

  height = cc_chart_preferred_height (chart, WIDTH, cc_chart_measure_pango, NULL);
  surface = make_surface (suffix, height, out);
  if (strcmp (suffix, ".pdf") == 0)
    describe_pdf (surface, chart);
  cr = cairo_create (surface);
  if (strcmp (suffix, ".png") == 0)
    /* Whole pixels: the last row and column are covered, too. */
    cairo_scale (cr, cairo_image_surface_get_width (surface) / WIDTH,
                 cairo_image_surface_get_height (surface) / height);
  cc_chart_paint (chart, cr, WIDTH, height, theme, FALSE);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && strcmp (suffix, ".png") == 0)
    {
      status = cairo_surface_write_to_png_stream (surface, collect, out);
      set_png_resolution (out);
    }
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                   "The chart could not be drawn (%s). Nothing was written.",
                   cairo_status_to_string (status));
      return FALSE;
    }
  if (strcmp (suffix, ".svg") == 0)
    describe_svg (out, chart);
  return g_file_set_contents (path, (const char *) out->data, (gssize) out->len, error);
}
