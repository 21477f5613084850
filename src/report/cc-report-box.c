/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

#include <cc/report/cc-answer.h>

/* The box of metadata under a table: what the program knows by itself, then what a person types
 * once per questionnaire. */

#define LINE_HEIGHT 12.5
#define MIN_COLUMNS 6
#define COVERAGE    "coverage"

typedef struct
{
  CcReportSheet *sheet;
  guint          last_column;
} BoxWork;

static void
put_line (BoxWork *work, const char *code, const char *label, const char *text, gboolean entry)
{
  CcReportSheet *sheet = work->sheet;
  guint          first = CC_REPORT_LABEL_COLUMN + 1;
  double         width = cc_report_span_width (sheet, first, work->last_column) * 1.45;
  guint          lines = MAX (cc_report_lines (text != NULL ? text : "", width),
                              cc_report_lines (label, cc_report_span_width (sheet, CC_REPORT_LABEL_COLUMN,
                                                                            CC_REPORT_LABEL_COLUMN)
                                                          * 1.25));

  cc_sheet_writer_text (sheet->sheet, sheet->row, 0, code, 0);
  cc_sheet_writer_text (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN, label,
                        CC_STYLE_SMALL | CC_STYLE_SUBTITLE | CC_STYLE_WRAP);
  cc_sheet_writer_merge (sheet->sheet, sheet->row, first, sheet->row, work->last_column,
                         text != NULL ? text : "",
                         CC_STYLE_SMALL | CC_STYLE_WRAP | (entry ? CC_STYLE_ENTRY : 0));
  cc_report_sheet_height (sheet, sheet->row, MAX (lines * LINE_HEIGHT + 2, entry ? 16 : 0));
  sheet->row++;
}

/* The sentence a statistician sends with a figure: between 97 and 104 persons. */
static char *
describe_bounds (const CcReportContent *content, const CcTableResult *result)
{
  const CcCell    *total = &result->totals[result->periods->len];
  g_autofree char *between = NULL;
  g_autofree char *value = NULL;

  if (content->blank || result->table->entry || total->state != CC_CELL_COMPUTED
      || total->low >= total->high)
    return NULL;
  between = cc_report_between (content, total->low, total->high);
  value = cc_report_number (content, total->count);
  return cc_texts_format (content->texts,
                          total->bounds_loose ? "report.box.bounds-loose" : "report.box.bounds",
                          content->language, "value", value, "between", between, NULL);
}

/* What the line on certainty or the one on several answers says already. */
static gboolean
is_said_elsewhere (const CcNote *note)
{
  return strcmp (note->key, "stats.note.open-pairs") == 0
         || strcmp (note->key, "stats.note.loose-bounds") == 0
         || strcmp (note->key, "stats.note.several") == 0;
}

static char *
describe_notes (const CcReportContent *content, const CcTableResult *result)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; result->notes != NULL && i < result->notes->len; i++)
    {
      const CcNote *note = &g_array_index (result->notes, CcNote, i);

      if (is_said_elsewhere (note))
        continue;
      g_ptr_array_add (lines, cc_texts_format_count (content->texts, note->key, content->language,
                                                     note->count, NULL));
    }
  return lines->len > 0 ? cc_report_join (content, lines) : NULL;
}

static char *
describe_blanks (const CcReportContent *content, const CcTableResult *result)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();

  for (guint i = 0; i < result->rows->len * result->cols->len; i++)
    {
      const CcCell *cell = &result->cells[i];

      if (cell->reason != NULL
          && !g_ptr_array_find_with_equal_func (reasons, cell->reason, g_str_equal, NULL))
        g_ptr_array_add (reasons, (gpointer) cell->reason);
    }
  for (guint i = 0; i < reasons->len; i++)
    reasons->pdata[i] = (gpointer) cc_report_text (content, reasons->pdata[i]);
  return reasons->len > 0 ? cc_report_join (content, reasons) : NULL;
}

static char *
describe_coverage (const CcReportContent *content)
{
  guint            received = 0, nil = 0;
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;
  g_autofree char *none = NULL;

  for (guint i = 0; i < content->agencies->len; i++)
    {
      const CcReportAgency *agency = content->agencies->pdata[i];

      received += agency->deliveries > 0;
      nil += agency->nil;
    }
  if (content->blank || content->agencies->len == 0)
    return NULL;
  all = cc_report_number (content, content->agencies->len);
  some = cc_report_number (content, received);
  none = cc_report_number (content, nil);
  return cc_texts_format (content->texts, "report.box.coverage", content->language, "received",
                          some, "all", all, "nil", none, NULL);
}

static void
free_line (gpointer data)
{
  CcReportBoxLine *line = data;

  g_free (line->code);
  g_free (line->text);
  g_free (line);
}

static void
add_line (GPtrArray *lines, const char *code, const char *name, const char *label, char *text)
{
  CcReportBoxLine *line = g_new0 (CcReportBoxLine, 1);

  line->code = g_strdup (code);
  line->name = name;
  line->label = label;
  line->text = text;
  g_ptr_array_add (lines, line);
}

static void
add_stated (const CcReportContent *content, GPtrArray *lines, const char *key, char *text)
{
  if (text != NULL)
    add_line (lines, "@box", NULL, cc_report_text (content, key), text);
}

static gboolean
asks_coverage (const CcTableResult *result)
{
  return result->table->meta != NULL
         && g_strv_contains ((const char *const *) result->table->meta, COVERAGE);
}

/* The boxes that a person fills, as the definition lists them. What the program states by itself
 * is left out, except in a blank questionnaire. */
static void
add_typed (const CcReportContent *content, const CcTableResult *result, GPtrArray *lines)
{
  for (guint i = 0; result->table->meta != NULL && result->table->meta[i] != NULL; i++)
    {
      const char      *name = result->table->meta[i];
      gboolean         coverage = strcmp (name, COVERAGE) == 0;
      g_autofree char *key = g_strconcat ("report.box.", coverage ? "coverage-typed" : name, NULL);
      g_autofree char *code = g_strconcat ("@meta ", name, NULL);

      if (strcmp (name, "multi-response") == 0 || (coverage && !content->blank))
        continue;
      add_line (lines, code, name,
                cc_texts_has (content->texts, key) ? cc_report_text (content, key) : name,
                g_strdup (cc_report_content_answer (content, CC_ANSWER_META, name)));
    }
}

/**
 * cc_report_box_lines:
 *
 * Returns: (transfer full) (element-type CcReportBoxLine): what the program knows by itself, then
 *   what a person types; @content and @result must outlive it
 */
GPtrArray *
cc_report_box_lines (const CcReportContent *content, const CcTableResult *result)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_line);

  add_stated (content, lines, "report.box.duplicates", describe_bounds (content, result));
  add_stated (content, lines, "report.box.not-counted", describe_notes (content, result));
  add_stated (content, lines, "report.box.blanks", describe_blanks (content, result));
  if (cc_report_counts_several (result))
    add_stated (content, lines, "report.box.multi-response",
                g_strdup (cc_report_text (content, "report.box.several")));
  if (asks_coverage (result))
    add_stated (content, lines, "report.box.coverage-label", describe_coverage (content));
  add_typed (content, result, lines);
  return lines;
}

static gboolean
put_coverage_choice (BoxWork *work, GError **error)
{
  CcReportSheet *sheet = work->sheet;
  const char    *choices[] = { cc_report_text (sheet->content, "report.coverage.all"),
                               cc_report_text (sheet->content, "report.coverage.part"),
                               cc_report_text (sheet->content, "report.coverage.none"),
                               cc_report_text (sheet->content, "report.coverage.unknown"), NULL };
  const char    *range = g_hash_table_lookup (sheet->lists, COVERAGE);

  return cc_sheet_writer_validate_list (sheet->sheet, sheet->row - 1, CC_REPORT_LABEL_COLUMN + 1,
                                        sheet->row - 1, CC_REPORT_LABEL_COLUMN + 1, choices, range,
                                        error);
}

gboolean
cc_report_write_box (CcReportSheet *sheet, const CcTableResult *result, GError **error)
{
  g_autoptr (GPtrArray) lines = cc_report_box_lines (sheet->content, result);
  BoxWork work = { sheet, MAX (sheet->last_column, CC_REPORT_LABEL_COLUMN + MIN_COLUMNS) };

  cc_report_sheet_height (sheet, sheet->row++, 6);
  for (guint i = 0; i < lines->len; i++)
    {
      const CcReportBoxLine *line = lines->pdata[i];

      put_line (&work, line->code, line->label, line->text, line->name != NULL);
      if (g_strcmp0 (line->name, COVERAGE) == 0 && !put_coverage_choice (&work, error))
        return FALSE;
    }
  return TRUE;
}
