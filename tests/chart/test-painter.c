/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>
#include <cc/base/cc-error.h>
#include <cc/chart/cc-chart-painter.h>

#include "sample-charts.h"

/* With CASECOUNT_KEEP_DIR set the pictures stay there, to be looked at. */
static char *
make_folder (void)
{
  const char *kept = g_getenv ("CASECOUNT_KEEP_DIR");

  return kept != NULL ? g_strdup (kept) : g_dir_make_tmp ("casecount-chart-XXXXXX", NULL);
}

static void
remove_folder (const char *folder)
{
  GDir       *dir;
  const char *name;

  if (g_getenv ("CASECOUNT_KEEP_DIR") != NULL)
    return;
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_dir_close (dir);
  g_rmdir (folder);
}

static char *
export_one (const CcChart *chart,
            const char    *folder,
            const char    *name,
            CcChartTheme   theme,
            gsize         *length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char            *bytes = NULL;

  g_assert_true (cc_chart_export (chart, path, theme, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

static void
test_png (void)
{
  static const char *const languages[] = { "en", "fr", "ar" };
  static const struct
  {
    const char *name;
    CcChart *(*make) (const char *language);
  } kinds[] = {
    { "columns", sample_columns }, { "bars", sample_bars },       { "lines", sample_lines },
    { "pyramid", sample_pyramid }, { "ranking", sample_ranking },
  };
  g_autofree char *folder = make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    for (guint theme = 0; theme < 2; theme++)
      for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
        {
          g_autoptr (CcChart) chart = kinds[kind].make (languages[i]);
          g_autofree char *name = g_strdup_printf ("%s-%s-%s.png", kinds[kind].name, languages[i],
                                                   theme == CC_CHART_LIGHT ? "light" : "dark");
          g_autofree char *bytes = NULL;
          gsize            length;

          if (theme == CC_CHART_DARK)
            chart->stamp = g_strdup ("TRAINING");
          bytes = export_one (chart, folder, name, (CcChartTheme) theme, &length);
          g_assert_cmpuint (length, >, 10000);
          g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
          /* 170 mm at 300 dpi, and the resolution stands in the file: 11,811 points a metre. */
          g_assert_cmpmem (bytes + 16, 4, "\0\0\x07\xd8", 4);
          g_assert_cmpmem (bytes + 33, 16, "\0\0\0\x09pHYs\0\0\x2e\x23\0\0\x2e\x23", 16);
        }
  remove_folder (folder);
}

static void
test_vectors (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (CcChart) chart = sample_columns ("fr");
  g_autofree char *svg = NULL;
  g_autofree char *pdf = NULL;
  gsize            length;

  g_free (chart->alt_text);
  chart->alt_text = g_strdup ("Femmes & filles < hommes");
  svg = export_one (chart, folder, "columns.svg", CC_CHART_LIGHT, &length);
  g_assert_nonnull (strstr (svg, "<svg"));
  g_assert_nonnull (strstr (svg, "role=\"img\""));
  g_assert_nonnull (strstr (svg, "<desc>Femmes &amp; filles &lt; hommes</desc>"));
  pdf = export_one (chart, folder, "columns.pdf", CC_CHART_LIGHT, &length);
  g_assert_true (g_str_has_prefix (pdf, "%PDF"));
  remove_folder (folder);
}

static void
test_refusals (void)
{
  g_autofree char *folder = g_dir_make_tmp ("casecount-chart-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.gif", NULL);
  g_autofree char *absent = g_build_filename (folder, "no", "chart.png", NULL);
  g_autoptr (CcChart) chart = sample_bars ("en");
  g_autoptr (GError) error = NULL;

  g_assert_false (cc_chart_export (chart, path, CC_CHART_LIGHT, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_false (cc_chart_export (chart, absent, CC_CHART_LIGHT, &error));
  g_assert_nonnull (error);
  g_rmdir (folder);
}

/* The screen's size and the paper's: a text takes the same place in both, so the two look alike. */
static void
test_measure (void)
{
  double width, height, wrapped, wrapped_height;

  cc_chart_measure_pango ("Forced labour, services, slavery, servitude", 9, FALSE, 0, &width,
                          &height, NULL);
  g_assert_cmpfloat (width, >, 100);
  g_assert_cmpfloat (width, <, 260);
  cc_chart_measure_pango ("Forced labour, services, slavery, servitude", 9, FALSE, width, &wrapped,
                          &wrapped_height, NULL);
  g_assert_cmpfloat_with_epsilon (height, wrapped_height, 0.01);
  cc_chart_measure_pango ("Forced labour, services, slavery, servitude", 9, FALSE, width / 2,
                          &wrapped, &wrapped_height, NULL);
  g_assert_cmpfloat (wrapped_height, >, 1.8 * height);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/painter/measure", test_measure);
  g_test_add_func ("/chart/painter/png", test_png);
  g_test_add_func ("/chart/painter/vectors", test_vectors);
  g_test_add_func ("/chart/painter/refusals", test_refusals);
  return g_test_run ();
}
