/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/report/cc-answer.h>
#include <cc/report/cc-read-back.h>
#include <cc/report/cc-report-chart.h>
#include <cc/report/cc-report-figure.h>
#include <cc/report/cc-workbook.h>
#include <cc/sheet/cc-book-writer.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-entity.h>

/* Workbooks of a real case file: the worked example of three years. */

static guint last_errors; /* of the workbook written last */

/* Keeps a copy to be looked at. */
static void
keep (const char *path)
{
  const char      *folder = g_getenv ("CASECOUNT_KEEP_DIR");
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *target = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *bytes = NULL;
  gsize            length;

  if (target != NULL && g_file_get_contents (path, &bytes, &length, NULL))
    g_file_set_contents (target, bytes, (gssize) length, NULL);
}

static char *
write_workbook (Fixture    *fixture,
                const char *id,
                const char *language,
                CcAudience  audience,
                GError    **error)
{
  g_autoptr (CcQuestionnaire) questionnaire = find_questionnaire (id);
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  CcCountOptions    options = { .periods = periods };
  CcWorkbookRequest request = { questionnaire, &options, language, audience, 1746230400 };
  g_autofree char  *name = g_strdup_printf ("%s-%s.xlsx", id, language);
  char             *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (CcWorkbookSummary) summary =
      cc_workbook_write (fixture->file, &request, texts, path, NULL, error);

  if (summary == NULL)
    {
      g_free (path);
      return NULL;
    }
  g_assert_cmpstr (summary->path, ==, path);
  g_assert_cmpuint (summary->tables->len, ==, cc_questionnaire_get_n_tables (questionnaire));
  last_errors = summary->n_errors;
  keep (path);
  return path;
}

static const CcReadCell *
find_cell (CcReadBack *back,
           const char *table,
           const char *row,
           const char *col,
           const char *period)
{
  for (guint i = 0; i < back->cells->len; i++)
    {
      const CcReadCell *cell = back->cells->pdata[i];

      if (g_strcmp0 (cell->table, table) == 0 && strcmp (cell->row, row) == 0
          && strcmp (cell->col, col) == 0 && strcmp (cell->period, period) == 0)
        return cell;
    }
  return NULL;
}

static void
assert_cell (CcReadBack *back,
             const char *table,
             const char *row,
             const char *col,
             const char *period,
             double      value)
{
  const CcReadCell *cell = find_cell (back, table, row, col, period);

  if (cell == NULL || !cell->known || cell->value != value)
    g_error ("%s %s %s %s: %s, expected %g", table, row, col, period,
             cell == NULL   ? "no such cell"
             : !cell->known ? "blank"
                            : g_strdup_printf ("%g", cell->value),
             value);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      write_workbook (fixture, "unodc-glotip", "fr", CC_AUDIENCE_AUTHORITY, &error);
  g_autoptr (CcReadBack) back = NULL;

  g_assert_no_error (error);
  back = cc_read_back_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (last_errors, ==, 0);
  g_assert_cmpstr (back->questionnaire, ==, "unodc-glotip");
  g_assert_cmpstr (back->language, ==, "fr");
  g_assert_cmpstr (back->country, ==, "BEN");
  g_assert_cmpuint (strlen (back->head_hash), ==, 64);
  g_assert_false (back->blank);
  g_assert_false (back->practice);
  g_assert_cmpuint (g_strv_length (back->periods), ==, 3);
  assert_cell (back, "Q7", "girls", "total", "2023", 1);
  assert_cell (back, "Q7", "boys", "total", "2023", 1);
  assert_cell (back, "Q7", "total", "total", "2023", 4);
  assert_cell (back, "Q7", "total", "total", "2024", 2);
  assert_cell (back, "Q7", "total", "total", "total", 6);
  assert_cell (back, "Q7", "women", "total", "2022", 0);
  assert_cell (back, "Q8", "sexual", "women", "2023", 1);
  assert_cell (back, "Q8", "labour", "total", "total", 3);
  assert_cell (back, "Q8", "total", "total", "2023", 4);
  assert_cell (back, "Q9", "BEN", "total", "2023", 2);
  g_assert_true (cc_read_back_compare (back, fixture->file, NULL, texts, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (back->changes->len, ==, 0);
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      write_workbook (fixture, "unodc-glotip", "en", CC_AUDIENCE_AUTHORITY, &error);
  g_autoptr (CcReadBack) back = cc_read_back_load (path, NULL, &error);
  const CcReadChange *change;
  CcReadCell         *cell;

  g_assert_no_error (error);
  cell = (CcReadCell *) find_cell (back, "Q7", "girls", "total", "2023");
  cell->value = 7;
  cell = (CcReadCell *) find_cell (back, "Q7", "boys", "total", "2023");
  cell->known = FALSE;
  cell = (CcReadCell *) find_cell (back, NULL, "institution", "", "");
  cell->known = TRUE;
  cell->text = g_strdup ("Ministry of Justice");
  g_assert_true (cc_read_back_compare (back, fixture->file, NULL, texts, NULL, &error));
  g_assert_cmpuint (back->changes->len, ==, 3);
  change = back->changes->pdata[0];
  g_assert_cmpint (change->kind, ==, CC_READ_ADDED);
  g_assert_cmpstr (change->cell->row, ==, "institution");
  change = back->changes->pdata[1];
  g_assert_cmpint (change->kind, ==, CC_READ_CHANGED);
  g_assert_cmpfloat (change->value, ==, 1);
  change = back->changes->pdata[2];
  g_assert_cmpint (change->kind, ==, CC_READ_REMOVED);
}

static void
test_answers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CcInterval       periods = { cc_day_from_ymd (2022, 1, 1), cc_day_from_ymd (2024, 12, 31) };
  g_autofree char *value = NULL;
  g_autofree char *path = NULL;
  g_autoptr (CcReadBack) back = NULL;

  g_assert_true (cc_answer_set (fixture->file, "unodc-glotip", periods, CC_ANSWER_FORM,
                                "institution", "Ministry of Justice", NULL, &error));
  g_assert_no_error (error);
  g_assert_true (cc_answer_set (fixture->file, "unodc-glotip", periods, CC_ANSWER_META, "source",
                                "National case file", NULL, &error));
  g_assert_false (cc_answer_set (fixture->file, "unodc-glotip", periods, "Q7", "girls,2023", "9",
                                 NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (cc_answer_set (fixture->file, "unodc-glotip", periods, "Q7", "girls,2023", "9",
                                "three cases came by telephone", &error));
  g_assert_no_error (error);
  value = cc_answer_get (fixture->file, "unodc-glotip", CC_ANSWER_FORM, "institution", &error);
  g_assert_cmpstr (value, ==, "Ministry of Justice");
  path = write_workbook (fixture, "unodc-glotip", "es", CC_AUDIENCE_AUTHORITY, &error);
  g_assert_no_error (error);
  back = cc_read_back_load (path, NULL, &error);
  g_assert_cmpstr (find_cell (back, NULL, "institution", "", "")->text, ==, "Ministry of Justice");
  g_assert_cmpstr (find_cell (back, "Q7", "@meta source", "", "")->text, ==, "National case file");
  assert_cell (back, "Q7", "girls", "total", "2023", 9);
  /* The typed figure no longer adds up to the counted total, and the checks say so. */
  g_assert_cmpuint (last_errors, >, 0);
  g_assert_true (cc_read_back_compare (back, fixture->file, NULL, texts, NULL, &error));
  g_assert_cmpuint (back->changes->len, ==, 0);
  g_assert_true (cc_answer_set (fixture->file, "unodc-glotip", periods, CC_ANSWER_FORM,
                                "institution", NULL, NULL, &error));
  g_free (value);
  value = cc_answer_get (fixture->file, "unodc-glotip", CC_ANSWER_FORM, "institution", &error);
  g_assert_null (value);
  g_assert_no_error (error);
}

static void
test_all_languages (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "ecowas-tip", "sdg-16-2-2" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint k = 0; cc_pack_languages[k] != NULL; k++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *path =
            write_workbook (fixture, ids[i], cc_pack_languages[k], CC_AUDIENCE_AUTHORITY, &error);

        g_assert_no_error (error);
        g_assert_nonnull (path);
      }
}

static void
test_public (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      write_workbook (fixture, "unodc-glotip", "en", CC_AUDIENCE_PUBLIC, &error);
  g_autofree char *absent = g_build_filename (fixture->folder, "unodc-glotip-en.xlsx", NULL);

  g_assert_null (path);
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_assert_false (g_file_test (absent, G_FILE_TEST_EXISTS));
}

static void
test_blank (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "ecowas-tip", "unodc-glotip", "sdg-16-2-2" };
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CcQuestionnaire) questionnaire = find_questionnaire (ids[i]);
      g_autofree char *name = g_strdup_printf ("%s-blank.xlsx", ids[i]);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (CcReadBack) back = NULL;

      g_assert_true (cc_workbook_write_blank (questionnaire, periods, i == 0 ? "BEN" : "", texts,
                                              i == 2 ? "ar" : "en", 1746230400, path, &error));
      g_assert_no_error (error);
      keep (path);
      back = cc_read_back_load (path, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (back->blank);
      for (guint k = 0; k < back->cells->len; k++)
        g_assert_false (((CcReadCell *) back->cells->pdata[k])->known);
      g_assert_true (cc_read_back_compare (back, fixture->file, NULL, texts, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (back->changes->len, ==, 0);
    }
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "foreign.xlsx", NULL);
  g_autoptr (CcBookWriter) book = cc_book_writer_new (path, &error);

  cc_sheet_writer_text (cc_book_writer_add_sheet (book, "Victims", &error), 0, 0, "#table Q7", 0);
  g_assert_true (cc_book_writer_close (book, &error));
  g_assert_null (cc_read_back_load (path, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT);
}

static void
test_practice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      write_workbook (fixture, "unodc-glotip", "en", CC_AUDIENCE_AUTHORITY, &error);
  g_autoptr (CcReadBack) back = cc_read_back_load (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (back->practice);
  back->practice = FALSE;
  g_assert_false (cc_read_back_compare (back, fixture->file, NULL, texts, NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
}

static void
test_charts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  g_autoptr (GPtrArray) list = cc_report_chart_list ("fr", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, >=, 2);
  for (guint i = 0; i < list->len; i++)
    for (guint k = 0; cc_pack_languages[k] != NULL; k++)
      {
        const CcReportChartInfo *info = list->pdata[i];
        g_autofree char *name = g_strdup_printf ("%s-%s.png", info->id, cc_pack_languages[k]);
        g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
        g_autoptr (CcReportChartSummary) summary =
            cc_report_chart (fixture->file, info->id, periods, texts, cc_pack_languages[k], path,
                             NULL, &error);

        g_assert_no_error (error);
        g_assert_cmpint (summary->base, ==, 6);
        g_assert_nonnull (strchr (summary->alt_text, '6'));
        keep (path);
      }
  g_assert_null (cc_report_chart_build (fixture->file, "no-such-chart", periods, texts, "en", NULL,
                                        NULL, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_NOT_FOUND);
}

static void
test_chart_figures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  g_autoptr (CcChart) chart = cc_report_chart_build (fixture->file, "victims-by-year-agesex",
                                                     periods, texts, "en", NULL, NULL, &error);
  double sum = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (chart->categories->len, ==, 3);
  g_assert_cmpuint (chart->totals->len, ==, 3);
  g_assert_cmpfloat (g_array_index (chart->totals, CcPoint, 1).value, ==, 4);
  for (guint i = 0; i < chart->series->len; i++)
    sum += ((CcChartSeries *) chart->series->pdata[i])->points[1].value;
  g_assert_cmpfloat (sum, ==, 4);
  g_assert_nonnull (strstr (chart->subtitle, "6"));
  g_assert_true (g_str_has_prefix (chart->notes->pdata[0], "Counted: persons identified"));
  g_assert_null (chart->stamp);
}

static CcReportFigure *
build_figure (Fixture *fixture, const CcReportFigureRequest *wish)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  CcReportFigureRequest request = *wish;
  CcReportFigure       *figure;

  request.periods = periods;
  request.language = "en";
  figure = cc_report_figure_build (fixture->file, &request, texts, NULL, &error);
  g_assert_no_error (error);
  return figure;
}

/* Each entry of the gallery counts the six persons of the example, or no perpetrator at all. */
static void
test_gallery (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = cc_report_figure_list (pack, "ar", &error);
  guint n_charts = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, >=, 13);
  for (guint i = 0; i < list->len; i++)
    {
      const CcReportFigureInfo *info = list->pdata[i];
      CcReportFigureRequest     request = { .id = info->id };
      g_autoptr (CcReportFigure) figure = build_figure (fixture, &request);
      g_autofree char *text = cc_report_figure_to_text (figure);
      gint64           base = cc_report_figure_get_base (figure);

      n_charts += info->chart;
      g_assert_true (
          base == 6
          || (base == 0 && cc_report_figure_get_result (figure)->table->count == CC_COUNT_PERPS));
      g_assert_nonnull (cc_report_figure_get_chart (figure));
      g_assert_true (g_str_has_prefix (text, cc_report_figure_get_title (figure)));
      if (base == 6 && !info->chart)
        g_assert_nonnull (strstr (text, "\t6\n"));
    }
  g_assert_cmpuint (n_charts, >=, 5);
}

static void
test_pyramid_figures (Fixture *fixture, gconstpointer data)
{
  CcReportFigureRequest request = { .id = "age-sex-pyramid" };
  g_autoptr (CcReportFigure) figure = build_figure (fixture, &request);
  const CcChart       *chart = cc_report_figure_get_chart (figure);
  const CcChartSeries *female;

  g_assert_cmpint (chart->kind, ==, CC_CHART_PYRAMID);
  g_assert_cmpuint (chart->series->len, ==, 2);
  g_assert_cmpuint (chart->categories->len, ==, 10);
  female = chart->series->pdata[1];
  g_assert_cmpstr (female->name, ==, "Female");
  /* Girls of 9 and 15, women of 22 and 31. */
  g_assert_cmpfloat (female->points[1].value, ==, 1);
  g_assert_cmpfloat (female->points[3].value, ==, 1);
  g_assert_cmpfloat (female->points[4].value, ==, 1);
  g_assert_cmpfloat (female->points[6].value, ==, 1);
  g_assert_cmpuint (cc_chart_point_style (chart, 1, 3), ==, 3);
  g_assert_cmpuint (cc_chart_point_style (chart, 1, 4), ==, 0);
}

/* A person known to an agency is counted with everything known of the person. */
static void
test_agencies (Fixture *fixture, gconstpointer data)
{
  static const char *const labour[] = { "labour", NULL };
  static const char *const both[] = { "labour", "police", NULL };
  static const char *const none[] = { NULL };
  const struct
  {
    const char *const *agencies;
    gint64             persons;
  } cases[] = { { labour, 2 }, { both, 6 }, { none, 0 }, { NULL, 6 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CcReportFigureRequest request = { .id = "table:by-year", .agencies = cases[i].agencies };
      g_autoptr (CcReportFigure) figure = build_figure (fixture, &request);
      g_autofree char *text = cc_report_figure_to_text (figure);

      g_assert_cmpint (cc_report_figure_get_base (figure), ==, cases[i].persons);
      g_assert_cmpint (strstr (text, "Only persons known to") != NULL, ==,
                       cases[i].agencies != NULL);
    }
}

/* A table put together by hand: one with a picture, one with too many sides. */
static void
test_own_tables (Fixture *fixture, gconstpointer data)
{
  CcReportFigureRequest flat = { .count = "victims",
                                 .rows = "sex4",
                                 .cols = "age2",
                                 .date = "detected-on" };
  CcReportFigureRequest nested = { .count = "victims",
                                   .rows = "sex4;age2",
                                   .cols = "period-year",
                                   .date = "detected-on" };
  g_autoptr (CcReportFigure) a = build_figure (fixture, &flat);
  g_autoptr (CcReportFigure) b = build_figure (fixture, &nested);
  g_autoptr (GError) error = NULL;
  g_autofree char *png = g_build_filename (fixture->folder, "nested.png", NULL);
  g_autofree char *xlsx = g_build_filename (fixture->folder, "nested.xlsx", NULL);

  g_assert_cmpstr (cc_report_figure_get_title (a), ==, "Victims: Sex × Age group");
  g_assert_cmpint (cc_report_figure_get_chart (a)->kind, ==, CC_CHART_GROUPED_BARS);
  g_assert_null (cc_report_figure_get_chart (b));
  g_assert_false (cc_report_figure_write (b, CC_AUDIENCE_AUTHORITY, png, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (cc_report_figure_write (b, CC_AUDIENCE_AUTHORITY, xlsx, &error));
  g_assert_no_error (error);
}

static void
test_figure_public (Fixture *fixture, gconstpointer data)
{
  CcReportFigureRequest request = { .id = "age-sex-pyramid" };
  g_autoptr (CcReportFigure) figure = build_figure (fixture, &request);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "public.xlsx", NULL);

  g_assert_cmpuint (cc_report_figure_count_small (figure), >, 0);
  g_assert_false (cc_report_figure_write (figure, CC_AUDIENCE_PUBLIC, path, &error));
  g_assert_error (error, CC_ERROR, CC_ERROR_REFUSED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define PYTHON "/usr/bin/python3"

/* What openpyxl finds in the workbook of a chart; NULL where it is not installed. */
static char *
read_figure (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "report", "check-figure.py", NULL);
  const char      *argv[] = { PYTHON, script, path, NULL };
  char            *out = NULL;
  g_autofree char *err = NULL;
  int              status = 0;

  if (!g_file_test (PYTHON, G_FILE_TEST_IS_EXECUTABLE))
    return NULL;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s", err);
  if (g_str_has_prefix (out, "SKIP"))
    g_clear_pointer (&out, g_free);
  return out;
}

/* Each chart's workbook holds a native chart over the numbers that stand in its cells. */
static void
test_figure_books (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = cc_report_chart_list ("en", &error);

  for (guint i = 0; i < list->len; i++)
    {
      const CcReportChartInfo *info = list->pdata[i];
      CcReportFigureRequest    request = { .id = info->id };
      g_autoptr (CcReportFigure) figure = build_figure (fixture, &request);
      g_autofree char *name = g_strdup_printf ("figure-%s.xlsx", info->id);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *found = NULL;

      g_assert_true (cc_report_figure_write (figure, CC_AUDIENCE_AUTHORITY, path, &error));
      g_assert_no_error (error);
      keep (path);
      found = read_figure (path);
      if (found == NULL)
        continue;
      g_assert_nonnull (strstr (found, "stamped True"));
      g_assert_nonnull (strstr (found, "sheets visible visible visible hidden\nstamped"));
      g_assert_nonnull (strstr (found, "\nchart "));
      if (strcmp (info->id, "age-sex-pyramid") == 0)
        {
          g_assert_nonnull (strstr (found, "chart BarChart stacked 2\n"));
          g_assert_nonnull (strstr (found, "series Male | 0 to 5=0 6 to 11=0 12 to 14=-1 "));
          g_assert_nonnull (strstr (found, "series Female | 0 to 5=0 6 to 11=1 "));
        }
      if (strcmp (info->id, "citizenship") == 0)
        g_assert_nonnull (strstr (found, "chart BarChart clustered 1\n"
                                         "series Persons | Benin=3 "));
      if (strcmp (info->id, "trend-by-status") == 0)
        g_assert_nonnull (strstr (found, "chart LineChart standard 1\n"
                                         "series Identified | 2022=0 2023=4 2024=2\n"));
    }
}

#define ADD(path, practice, func)                                                                  \
  g_test_add (path, Fixture, GINT_TO_POINTER (practice), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (NULL);
  texts = cc_texts_load_default (NULL);
  ADD ("/report/case-file/round-trip", FALSE, test_round_trip);
  ADD ("/report/case-file/changes", FALSE, test_changes);
  ADD ("/report/case-file/answers", FALSE, test_answers);
  ADD ("/report/case-file/all-languages", FALSE, test_all_languages);
  ADD ("/report/case-file/public", FALSE, test_public);
  ADD ("/report/case-file/blank", FALSE, test_blank);
  ADD ("/report/case-file/foreign", FALSE, test_foreign);
  ADD ("/report/case-file/practice", TRUE, test_practice);
  ADD ("/report/case-file/charts", TRUE, test_charts);
  ADD ("/report/case-file/chart-figures", FALSE, test_chart_figures);
  ADD ("/report/figure/gallery", FALSE, test_gallery);
  ADD ("/report/figure/pyramid", FALSE, test_pyramid_figures);
  ADD ("/report/figure/agencies", FALSE, test_agencies);
  ADD ("/report/figure/own-tables", FALSE, test_own_tables);
  ADD ("/report/figure/public", FALSE, test_figure_public);
  ADD ("/report/figure/books", TRUE, test_figure_books);
  status = g_test_run ();
  cc_pack_unref (pack);
  cc_texts_unref (texts);
  return status;
}
