/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

#define LABEL_MIN       24.0
#define LABEL_MIN_INNER 14.0
#define LABEL_MAX       46.0
#define DATA_MIN        10.5
#define DATA_MAX        16.0
#define MAX_LABELS      8
#define MIN_COLUMNS     12 /* a page then shows a table at about four fifths of its size */
#define LISTS_SHEET     "Lists"
#define META_SHEET      "_meta"

typedef struct
{
  const CcReportContent *content;
  CcBookWriter          *book;
  GPtrArray             *names; /* of sheets, taken */
  guint                  n_sheets;
  GHashTable            *lists;
  GArray                *differences;
  char                  *footer;
} BookWork;

static void
clear_difference (gpointer data)
{
  CcReportDifference *difference = data;

  g_free (difference->table);
  g_free (difference->range);
}

static const CcTableResult *
find_result (const CcReportContent *content, const char *id)
{
  for (guint i = 0; i < content->tables->len; i++)
    {
      const CcTableResult *result = content->tables->pdata[i];

      if (strcmp (result->table->id, id) == 0)
        return result;
    }
  return NULL;
}

static gboolean
open_sheet (BookWork *work, const char *wish, CcReportSheet *sheet, GError **error)
{
  char *name;

  g_ptr_array_add (work->names, NULL);
  name = cc_book_writer_make_sheet_name (wish, (const char *const *) work->names->pdata);
  work->names->pdata[work->names->len - 1] = name;
  memset (sheet, 0, sizeof *sheet);
  sheet->content = work->content;
  sheet->book = work->book;
  sheet->sheet_name = name;
  sheet->cover = work->n_sheets++ == 0;
  sheet->lists = work->lists;
  sheet->differences = work->differences;
  sheet->widths = g_array_new (FALSE, TRUE, sizeof (double));
  sheet->heights = g_array_new (FALSE, TRUE, sizeof (double));
  sheet->blocks = g_array_new (FALSE, TRUE, sizeof (guint));
  sheet->parts = g_array_new (FALSE, TRUE, sizeof (guint));
  sheet->n_labels = 1;
  sheet->sheet = cc_book_writer_add_sheet (work->book, name, error);
  return sheet->sheet != NULL;
}

static void
close_sheet (CcReportSheet *sheet)
{
  g_clear_pointer (&sheet->widths, g_array_unref);
  g_clear_pointer (&sheet->heights, g_array_unref);
  g_clear_pointer (&sheet->blocks, g_array_unref);
  g_clear_pointer (&sheet->parts, g_array_unref);
}

static double
longest_word (const char *text)
{
  glong longest = 0;
  g_auto (GStrv) words = g_strsplit_set (text, " -/", -1);

  for (guint i = 0; words[i] != NULL; i++)
    longest = MAX (longest, g_utf8_strlen (words[i], -1));
  return (double) longest;
}

/* Every label of a result's axes, for the widths of columns. */
static double
measure_labels (const CcReportContent *content,
                const CcTableResult   *result,
                gboolean               of_columns,
                guint                  part,
                gboolean               words)
{
  GPtrArray *headings = of_columns ? result->cols : result->rows;
  double     longest = 0;

  for (guint i = 0; i < headings->len; i++)
    {
      const CcHeading *heading = headings->pdata[i];
      g_autofree char *text = NULL;

      if (heading->parts == NULL || g_strv_length (heading->parts) <= part)
        continue;
      text = cc_table_result_label (result, heading, part, of_columns, content->texts,
                                    content->language);
      if (text != NULL)
        longest = MAX (longest, words ? longest_word (text) : (double) g_utf8_strlen (text, -1));
    }
  return longest;
}

/* Columns serve all tables of a sheet: the width of a column of row labels, in characters. */
double
cc_report_label_width (const CcReportContent *content, GPtrArray *results, guint part)
{
  double least = part == 0 ? LABEL_MIN : LABEL_MIN_INNER;
  double longest = least;

  for (guint i = 0; i < results->len; i++)
    longest = MAX (longest, measure_labels (content, results->pdata[i], FALSE, part, FALSE) * 1.05);
  return MIN (longest, LABEL_MAX);
}

/* The width of a column of figures, in characters. */
double
cc_report_data_width (const CcReportContent *content, GPtrArray *results)
{
  double widest = DATA_MIN;

  for (guint i = 0; i < results->len; i++)
    for (guint part = 0; part < 3; part++)
      widest =
          MAX (widest, measure_labels (content, results->pdata[i], TRUE, part, TRUE) * 1.15 + 1);
  return MIN (widest, DATA_MAX);
}

static void
plan_columns (CcReportSheet *sheet, GPtrArray *results)
{
  const CcReportContent *content = sheet->content;
  const double           data = cc_report_data_width (content, results);

  for (guint i = 0; i < results->len; i++)
    sheet->n_labels = MAX (sheet->n_labels, cc_report_result_labels (results->pdata[i]));
  sheet->n_labels = MIN (sheet->n_labels, MAX_LABELS);
  sheet->last_column = CC_REPORT_LABEL_COLUMN + MIN_COLUMNS;
  for (guint i = 0; i < results->len; i++)
    {
      g_autoptr (CcReportGrid) grid =
          cc_report_grid_new (results->pdata[i], sheet->n_labels, content->blank);

      sheet->last_column = MAX (sheet->last_column, grid->first_data + grid->max_places - 1);
    }
  cc_report_sheet_width (sheet, 0, 14);
  for (guint part = 0; part < sheet->n_labels; part++)
    cc_report_sheet_width (sheet, CC_REPORT_LABEL_COLUMN + part,
                           cc_report_label_width (content, results, part));
  for (guint column = CC_REPORT_LABEL_COLUMN + sheet->n_labels; column <= sheet->last_column;
       column++)
    cc_report_sheet_width (sheet, column, data);
}

static gboolean
write_tables (BookWork                *work,
              const CcSheetDefinition *definition,
              CcReportSheet           *sheet,
              const char              *title,
              GError                 **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();

  for (guint i = 0; definition->tables != NULL && definition->tables[i] != NULL; i++)
    {
      const CcTableResult *result = find_result (work->content, definition->tables[i]);

      if (result != NULL)
        g_ptr_array_add (results, (gpointer) result);
    }
  plan_columns (sheet, results);
  cc_report_sheet_begin (sheet, title);
  for (guint i = 0; i < results->len; i++)
    if (!cc_report_write_table (sheet, results->pdata[i], error))
      return FALSE;
  cc_sheet_writer_freeze (sheet->sheet, 0, CC_REPORT_LABEL_COLUMN + sheet->n_labels);
  return TRUE;
}

static void
plan_page (CcReportSheet *sheet, const double *widths, guint n)
{
  cc_report_sheet_width (sheet, 0, 14);
  for (guint i = 0; i < n; i++)
    cc_report_sheet_width (sheet, CC_REPORT_LABEL_COLUMN + i, widths[i]);
  sheet->last_column = CC_REPORT_LABEL_COLUMN + n - 1;
}

static void
write_text_sheet (CcReportSheet *sheet, const CcSheetDefinition *definition)
{
  const char *text = cc_questionnaire_get_text (sheet->content->questionnaire, definition->group,
                                                "text", sheet->content->language);

  if (text == NULL)
    return;
  cc_sheet_writer_merge (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN, sheet->row,
                         sheet->last_column, text, CC_STYLE_WRAP);
  cc_report_sheet_height (sheet, sheet->row,
                          cc_report_lines (text,
                                           cc_report_span_width (sheet, CC_REPORT_LABEL_COLUMN,
                                                                 sheet->last_column))
                              * 15.0);
  sheet->row++;
}

/* On the first sheet: what stands where. */
static void
write_contents (CcReportSheet *sheet)
{
  const CcReportContent *content = sheet->content;
  CcQuestionnaire       *questionnaire = content->questionnaire;

  sheet->row += 2;
  cc_sheet_writer_text (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN,
                        cc_report_text (content, "report.contents"), CC_STYLE_HEADING);
  cc_report_sheet_height (sheet, sheet->row, 20);
  sheet->row++;
  for (guint i = 0; i < cc_questionnaire_get_n_sheets (questionnaire); i++)
    {
      const CcSheetDefinition *definition = cc_questionnaire_get_sheet (questionnaire, i);
      const char              *title =
          cc_questionnaire_get_text (questionnaire, definition->group, "title", content->language);

      for (guint k = 0; definition->tables != NULL && definition->tables[k] != NULL; k++)
        {
          const CcTableDefinition *table =
              cc_questionnaire_find_table (questionnaire, definition->tables[k]);
          g_autofree char *text = NULL;

          if (table == NULL)
            continue;
          text = g_strdup_printf ("%s  %s", table->id,
                                  cc_questionnaire_get_table_title (questionnaire, table,
                                                                    content->language));
          cc_sheet_writer_text (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN,
                                k == 0 ? (title != NULL ? title : definition->id) : "",
                                CC_STYLE_SUBTITLE);
          cc_sheet_writer_text (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN + 1, text,
                                CC_STYLE_INDENT);
          sheet->row++;
        }
    }
}

static gboolean
write_sheet (BookWork *work, const CcSheetDefinition *definition, GError **error)
{
  static const double form_widths[] = { 40, 70 };
  const char   *title = cc_questionnaire_get_text (work->content->questionnaire, definition->group,
                                                   "title", work->content->language);
  CcReportSheet sheet;
  gboolean      ok = open_sheet (work, title != NULL ? title : definition->id, &sheet, error);

  if (ok && definition->kind == CC_SHEET_TABLES)
    ok = write_tables (work, definition, &sheet, title != NULL ? title : definition->id, error);
  else if (ok)
    {
      plan_page (&sheet, form_widths, G_N_ELEMENTS (form_widths));
      cc_report_sheet_begin (&sheet, title != NULL ? title : definition->id);
      if (definition->kind == CC_SHEET_FORM)
        ok = cc_report_write_form (&sheet, definition, error);
      else
        write_text_sheet (&sheet, definition);
      if (ok && definition == cc_questionnaire_get_sheet (work->content->questionnaire, 0))
        write_contents (&sheet);
    }
  if (ok)
    cc_report_sheet_finish (&sheet, work->footer);
  close_sheet (&sheet);
  return ok;
}

static gboolean
write_checks (BookWork *work, GError **error)
{
  static const double widths[] = { 15, 10, 16, 74, 44 };
  const char         *title = cc_report_text (work->content, "report.sheet.checks");
  CcReportSheet       sheet;
  gboolean            ok = open_sheet (work, title, &sheet, error);

  if (ok)
    {
      plan_page (&sheet, widths, G_N_ELEMENTS (widths));
      cc_report_sheet_begin (&sheet, title);
      cc_report_write_checks (&sheet);
      cc_report_sheet_finish (&sheet, work->footer);
    }
  close_sheet (&sheet);
  return ok;
}

static gboolean
write_sources (BookWork *work, GError **error)
{
  static const double widths[] = { 36, 26, 18, 34, 12, 12, 12, 12 };
  const char         *title = cc_report_text (work->content, "report.sheet.sources");
  CcReportSheet       sheet;
  gboolean            ok = open_sheet (work, title, &sheet, error);

  if (ok)
    {
      plan_page (&sheet, widths, G_N_ELEMENTS (widths));
      cc_report_sheet_begin (&sheet, title);
      cc_report_write_sources (&sheet);
      cc_report_sheet_finish (&sheet, work->footer);
    }
  close_sheet (&sheet);
  return ok;
}

static gboolean
write_meta (BookWork *work, GError **error)
{
  CcReportSheet sheet = { .content = work->content, .book = work->book };

  sheet.sheet = cc_book_writer_add_sheet (work->book, META_SHEET, error);
  if (sheet.sheet == NULL)
    return FALSE;
  cc_report_write_meta (&sheet);
  cc_sheet_writer_set_column_width (sheet.sheet, 0, 1, 40);
  cc_sheet_writer_hide (sheet.sheet);
  cc_sheet_writer_protect (sheet.sheet);
  return TRUE;
}

static guint
put_list (CcSheetWriter *sheet, guint column, const char *const *values)
{
  guint n = 0;

  for (; values[n] != NULL; n++)
    cc_sheet_writer_text (sheet, n, column, values[n], 0);
  return n;
}

static gboolean
name_list (BookWork *work, const char *list, const char *name, guint column, guint n)
{
  g_autofree char *last = cc_report_cell_name (0, column);
  g_autofree char *letters = g_strndup (last, strlen (last) - 1);
  g_autofree char *range = g_strdup_printf ("=" LISTS_SHEET "!$%s$1:$%s$%u", letters, letters, n);

  g_hash_table_insert (work->lists, g_strdup (list), g_strdup (name));
  return cc_book_writer_define_name (work->book, name, range);
}

static char **
list_countries (const CcReportContent *content, gboolean codes)
{
  CcPack    *pack = cc_questionnaire_get_pack (content->questionnaire);
  GPtrArray *all = cc_pack_get_list_codes (pack, "COUNTRY");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < all->len; i++)
    {
      const CcCode *code = all->pdata[i];

      if (codes)
        g_strv_builder_add (builder, code->code);
      else
        {
          g_autofree char *label = cc_pack_get_code_label (pack, code, content->language);

          g_strv_builder_add (builder, label);
        }
    }
  return g_strv_builder_end (builder);
}

/* Names are defined before the sheets that use them; the sheet itself stands behind them. */
static gboolean
write_lists (BookWork *work, GError **error)
{
  CcSheetWriter *sheet;
  const char    *coverage[] = { cc_report_text (work->content, "report.coverage.all"),
                                cc_report_text (work->content, "report.coverage.part"),
                                cc_report_text (work->content, "report.coverage.none"),
                                cc_report_text (work->content, "report.coverage.unknown"), NULL };
  g_auto (GStrv) codes = list_countries (work->content, TRUE);
  g_auto (GStrv) labels = list_countries (work->content, FALSE);
  guint column = 3;

  sheet = cc_book_writer_add_sheet (work->book, LISTS_SHEET, error);
  if (sheet == NULL)
    return FALSE;
  put_list (sheet, 0, (const char *const *) codes);
  put_list (sheet, 1, (const char *const *) labels);
  put_list (sheet, 2, coverage);
  for (guint i = 0; i < cc_questionnaire_get_n_sheets (work->content->questionnaire); i++)
    {
      const CcSheetDefinition *definition =
          cc_questionnaire_get_sheet (work->content->questionnaire, i);

      for (guint k = 0; definition->fields != NULL && definition->fields[k] != NULL; k++)
        {
          const CcFieldDefinition *field =
              cc_questionnaire_find_field (work->content->questionnaire, definition->fields[k]);

          if (field != NULL && field->choices != NULL && field->choices[0] != NULL)
            put_list (sheet, column++, (const char *const *) field->choices);
        }
    }
  cc_sheet_writer_hide (sheet);
  cc_sheet_writer_protect (sheet);
  return TRUE;
}

static void
name_lists (BookWork *work)
{
  g_auto (GStrv) codes = list_countries (work->content, TRUE);
  guint column = 3;

  name_list (work, "countries", "cc_countries", 1, g_strv_length (codes));
  name_list (work, "coverage", "cc_coverage", 2, 4);
  for (guint i = 0; i < cc_questionnaire_get_n_sheets (work->content->questionnaire); i++)
    {
      const CcSheetDefinition *definition =
          cc_questionnaire_get_sheet (work->content->questionnaire, i);

      for (guint k = 0; definition->fields != NULL && definition->fields[k] != NULL; k++)
        {
          const CcFieldDefinition *field =
              cc_questionnaire_find_field (work->content->questionnaire, definition->fields[k]);
          g_autofree char *list = NULL;
          g_autofree char *name = NULL;

          if (field == NULL || field->choices == NULL || field->choices[0] == NULL)
            continue;
          list = g_strconcat ("field ", field->name, NULL);
          name = g_strdup_printf ("cc_choice_%u", column);
          name_list (work, list, name, column++, g_strv_length (field->choices));
        }
    }
}

/* The day in figures: a footer has no direction of its own, and words of two scripts would be
 * shuffled. */
static char *
make_footer (const CcReportContent *content)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (content->created);
  g_autofree char *day = g_date_time_format (created, "%Y-%m-%d");

  return g_strdup_printf ("%s v%d · %s · Casecount " CC_VERSION "%s%s",
                          cc_questionnaire_get_id (content->questionnaire),
                          cc_questionnaire_get_version (content->questionnaire), day,
                          content->practice ? " · " : "",
                          content->practice ? cc_report_text (content, "report.training-short")
                                            : "");
}

static gboolean
write_all (BookWork *work, CcProgress *progress, GError **error)
{
  guint n = cc_questionnaire_get_n_sheets (work->content->questionnaire);

  if (progress != NULL)
    cc_progress_begin (progress, "progress.write", n + 3);
  name_lists (work);
  for (guint i = 0; i < n; i++)
    if (!write_sheet (work, cc_questionnaire_get_sheet (work->content->questionnaire, i), error)
        || (progress != NULL && !cc_progress_update (progress, i + 1, error)))
      return FALSE;
  return write_checks (work, error) && write_sources (work, error) && write_lists (work, error)
         && write_meta (work, error);
}

static CcBookWriter *
begin_book (BookWork *work, const char *title, const char *path, GError **error)
{
  CcBookWriter *book = cc_book_writer_new (path, error);

  if (book == NULL)
    return NULL;
  cc_book_writer_set_created (book, work->content->created);
  if (cc_texts_is_rtl (work->content->language))
    cc_book_writer_set_right_to_left (book);
  cc_book_writer_set_title (book, title);
  work->book = book;
  work->names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (work->names, g_strdup (LISTS_SHEET));
  g_ptr_array_add (work->names, g_strdup (META_SHEET));
  work->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  work->differences = g_array_new (FALSE, TRUE, sizeof (CcReportDifference));
  g_array_set_clear_func (work->differences, clear_difference);
  work->footer = make_footer (work->content);
  return book;
}

static void
end_book (BookWork *work)
{
  g_ptr_array_unref (work->names);
  g_hash_table_unref (work->lists);
  g_array_unref (work->differences);
  g_free (work->footer);
}

/* The whole table of a figure, on a sheet of its own. */
static gboolean
write_figure_table (BookWork *work, GError **error)
{
  const char   *title = cc_report_text (work->content, "chart.sheet.table");
  CcReportSheet sheet;
  gboolean      ok = open_sheet (work, title, &sheet, error);

  if (ok)
    {
      sheet.cover = FALSE;
      plan_columns (&sheet, work->content->tables);
      cc_report_sheet_begin (&sheet, title);
      ok = cc_report_write_table (&sheet, work->content->tables->pdata[0], error);
      cc_sheet_writer_freeze (sheet.sheet, 0, CC_REPORT_LABEL_COLUMN + sheet.n_labels);
      cc_report_sheet_finish (&sheet, work->footer);
    }
  close_sheet (&sheet);
  return ok;
}

/**
 * cc_report_write_figure_sheets:
 * @write_chart: writes the first sheet, a native chart over its numbers; NULL where there is none
 *
 * Writes the workbook of one table: its chart, the whole table, sources and notes, the hidden
 * _meta.
 */
gboolean
cc_report_write_figure_sheets (const CcReportContent *content,
                               const char            *title,
                               const char            *path,
                               CcReportSheetFunc      write_chart,
                               gconstpointer          data,
                               GError               **error)
{
  BookWork work = { .content = content };
  g_autoptr (CcBookWriter) book = begin_book (&work, title, path, error);
  gboolean ok = TRUE;

  if (book == NULL)
    return FALSE;
  if (write_chart != NULL)
    {
      CcReportSheet sheet;

      ok = open_sheet (&work, cc_report_text (content, "chart.sheet.chart"), &sheet, error)
           && write_chart (&sheet, data, error);
      if (ok)
        cc_sheet_writer_print_setup (sheet.sheet, work.footer, -1, -1);
      close_sheet (&sheet);
    }
  ok = ok && write_figure_table (&work, error) && write_sources (&work, error)
       && write_meta (&work, error) && cc_book_writer_close (book, error);
  end_book (&work);
  return ok;
}

/**
 * cc_report_write_book:
 *
 * Writes what was gathered. Sheets stand in the order of the definition, then the checks, sources
 * and notes, and the hidden lists and _meta.
 */
gboolean
cc_report_write_book (const CcReportContent *content,
                      const char            *path,
                      CcProgress            *progress,
                      GError               **error)
{
  BookWork work = { .content = content };
  g_autoptr (CcBookWriter) book =
      begin_book (&work, cc_questionnaire_get_title (content->questionnaire, content->language),
                  path, error);
  gboolean ok;

  if (book == NULL)
    return FALSE;
  ok = write_all (&work, progress, error) && cc_book_writer_close (book, error);
  end_book (&work);
  return ok;
}
