/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

/* The sheet "Sources and notes": who reported, what became of the rows, from records to persons,
 * the rules of counting, and what the classification is. */

#define N_COLUMNS 8

static void
put_heading (CcReportSheet *sheet, const char *key)
{
  cc_sheet_writer_text (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN,
                        cc_report_text (sheet->content, key), CC_STYLE_HEADING);
  cc_report_sheet_height (sheet, sheet->row, 20);
  sheet->row++;
}

static void
put_paragraph (CcReportSheet *sheet, const char *text)
{
  double width = cc_report_span_width (sheet, CC_REPORT_LABEL_COLUMN, sheet->last_column);

  if (text == NULL || *text == '\0')
    return;
  cc_sheet_writer_merge (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN, sheet->row,
                         sheet->last_column, text, CC_STYLE_WRAP);
  cc_report_sheet_height (sheet, sheet->row, cc_report_lines (text, width * 0.98) * 15.0 + 2);
  sheet->row++;
}

static void
put_fact (CcReportSheet *sheet, const char *key, const char *value)
{
  double width;

  if (value == NULL || *value == '\0')
    return;
  width = cc_report_span_width (sheet, CC_REPORT_LABEL_COLUMN + 1, sheet->last_column);
  cc_sheet_writer_text (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN,
                        cc_report_text (sheet->content, key), CC_STYLE_SUBTITLE | CC_STYLE_WRAP);
  cc_sheet_writer_merge (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN + 1, sheet->row,
                         sheet->last_column, value, CC_STYLE_WRAP);
  cc_report_sheet_height (sheet, sheet->row, cc_report_lines (value, width * 0.98) * 15.0);
  sheet->row++;
}

static void
put_headers (CcReportSheet *sheet, const char *const *keys, guint n)
{
  guint lines = 1;

  for (guint i = 0; i < n; i++)
    {
      const char *text = cc_report_text (sheet->content, keys[i]);
      guint       column = CC_REPORT_LABEL_COLUMN + i;

      cc_sheet_writer_text (sheet->sheet, sheet->row, column, text, CC_STYLE_HEADER);
      lines =
          MAX (lines, cc_report_lines (text, cc_report_span_width (sheet, column, column) * 0.9));
    }
  cc_report_sheet_height (sheet, sheet->row, lines * 15 + 3);
  sheet->row++;
}

static void
write_about (CcReportSheet *sheet)
{
  const CcReportContent *content = sheet->content;
  CcPack                *pack = cc_questionnaire_get_pack (content->questionnaire);
  g_autofree char       *periods = cc_report_periods (content);
  g_autofree char       *cut_off =
      content->cut_off != CC_DAY_NONE ? cc_report_date (content, content->cut_off) : NULL;
  g_autofree char *created = cc_report_moment (content, content->created);
  const char      *statement = cc_questionnaire_get_text (content->questionnaire, "questionnaire",
                                                          "statement", content->language);

  put_heading (sheet, "report.sources.about");
  put_fact (sheet, "report.sources.questionnaire",
            cc_questionnaire_get_title (content->questionnaire, content->language));
  put_fact (sheet, "report.sources.issuer",
            cc_questionnaire_get_text (content->questionnaire, "questionnaire", "issuer",
                                       content->language));
  put_fact (sheet, "report.sources.country", content->country);
  put_fact (sheet, "report.sources.years", periods);
  put_fact (sheet, "report.sources.cut-off", cut_off);
  put_fact (sheet, "report.sources.created", created);
  put_fact (sheet, "report.sources.pack", cc_pack_get_title (pack, content->language));
  sheet->row++;
  if (cc_questionnaire_is_stand_in (content->questionnaire))
    put_paragraph (sheet,
                   statement != NULL ? statement : cc_report_text (content, "report.stand-in"));
  put_paragraph (sheet, cc_pack_get_statement (pack, content->language));
  sheet->row++;
}

static void
put_agency (CcReportSheet *sheet, const CcReportAgency *agency)
{
  const CcReportContent *content = sheet->content;
  g_autofree char       *period = cc_report_interval (content, agency->period);
  const char            *received = agency->deliveries > 0 ? "report.received.yes"
                                    : agency->nil          ? "report.received.nil"
                                                           : "report.received.no";
  gint64      counts[] = { agency->rows, agency->accepted, agency->parked, agency->rejected };
  guint       column = CC_REPORT_LABEL_COLUMN;
  const char *texts[] = { agency->name, agency->type, cc_report_text (content, received), period };
  guint       lines = 1;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++, column++)
    {
      cc_sheet_writer_text (sheet->sheet, sheet->row, column, texts[i],
                            CC_STYLE_LABEL | CC_STYLE_WRAP);
      lines = MAX (lines,
                   cc_report_lines (texts[i], cc_report_span_width (sheet, column, column) * 1.08));
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++, column++)
    if (agency->deliveries > 0)
      cc_sheet_writer_number (sheet->sheet, sheet->row, column, (double) counts[i], CC_STYLE_VALUE);
    else
      cc_sheet_writer_blank (sheet->sheet, sheet->row, column, CC_STYLE_VALUE);
  cc_report_sheet_height (sheet, sheet->row, lines * 15.0 + 1);
  sheet->row++;
}

static void
put_agency_totals (CcReportSheet *sheet, guint first)
{
  const CcReportContent *content = sheet->content;
  gint64                 sums[4] = { 0 };

  for (guint i = 0; i < content->agencies->len; i++)
    {
      const CcReportAgency *agency = content->agencies->pdata[i];

      sums[0] += agency->rows;
      sums[1] += agency->accepted;
      sums[2] += agency->parked;
      sums[3] += agency->rejected;
    }
  cc_sheet_writer_merge (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN, sheet->row,
                         CC_REPORT_LABEL_COLUMN + 3, cc_report_text (content, "report.total"),
                         CC_STYLE_LABEL | CC_STYLE_TOTAL);
  for (guint i = 0; i < 4; i++)
    {
      guint            column = CC_REPORT_LABEL_COLUMN + 4 + i;
      g_autofree char *from = cc_report_cell_name (first, column);
      g_autofree char *to = cc_report_cell_name (sheet->row - 1, column);
      g_autofree char *formula = g_strdup_printf ("=SUM(%s:%s)", from, to);

      cc_sheet_writer_formula (sheet->sheet, sheet->row, column, formula, (double) sums[i],
                               CC_STYLE_VALUE | CC_STYLE_TOTAL);
    }
  sheet->row++;
}

static void
write_agencies (CcReportSheet *sheet)
{
  static const char *const keys[] = { "report.sources.agency",   "report.sources.type",
                                      "report.sources.received", "report.sources.period",
                                      "report.sources.rows",     "report.sources.accepted",
                                      "report.sources.parked",   "report.sources.rejected" };
  const CcReportContent   *content = sheet->content;
  guint                    first;

  if (content->agencies->len == 0)
    return;
  put_heading (sheet, "report.sources.agencies");
  put_headers (sheet, keys, G_N_ELEMENTS (keys));
  first = sheet->row;
  for (guint i = 0; i < content->agencies->len; i++)
    put_agency (sheet, content->agencies->pdata[i]);
  put_agency_totals (sheet, first);
  put_paragraph (sheet, cc_report_text (content, "report.sources.rows-note"));
  sheet->row++;
}

static const char *
get_remark (const CcSentCounts *sent)
{
  if (sent->kind == CC_SENT_ROWS)
    return "report.sent.rows";
  if (sent->has_records)
    return "report.sent.beside";
  return sent->total < 0 ? "report.sent.unclear" : "report.sent.only";
}

static void
put_sent (CcReportSheet *sheet, const CcSentCounts *sent)
{
  const CcReportContent *content = sheet->content;
  const guint            column = CC_REPORT_LABEL_COLUMN;
  g_autofree char       *period = cc_report_interval (content, sent->period);
  g_autofree char       *key = g_strconcat ("report.unit-name.", sent->unit, NULL);
  const char            *remark = cc_report_text (content, get_remark (sent));
  const char            *texts[] = { sent->agency, sent->file_name != NULL ? sent->file_name : "",
                                     cc_report_text (content, key), period };
  const double           width = cc_report_span_width (sheet, column + 6, sheet->last_column);
  guint                  lines = cc_report_lines (remark, width * 0.95);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const double own = cc_report_span_width (sheet, column + i, column + i);

      cc_sheet_writer_text (sheet->sheet, sheet->row, column + i, texts[i],
                            CC_STYLE_LABEL | CC_STYLE_WRAP);
      lines = MAX (lines, cc_report_lines (texts[i], own * 0.95));
    }
  if (sent->total >= 0)
    cc_sheet_writer_number (sheet->sheet, sheet->row, column + 4, (double) sent->total,
                            CC_STYLE_VALUE);
  else
    cc_sheet_writer_blank (sheet->sheet, sheet->row, column + 4, CC_STYLE_VALUE);
  cc_sheet_writer_number (sheet->sheet, sheet->row, column + 5, (double) sent->n_figures,
                          CC_STYLE_VALUE);
  cc_sheet_writer_merge (sheet->sheet, sheet->row, column + 6, sheet->row, sheet->last_column,
                         remark, CC_STYLE_LABEL | CC_STYLE_WRAP);
  cc_report_sheet_height (sheet, sheet->row, lines * 15.0 + 1);
  sheet->row++;
}

/* Apart from all that is counted: figures that were sent as figures. They are not summed up, since
 * two agencies may tell of the same persons. */
static void
write_sent (CcReportSheet *sheet)
{
  static const char *const keys[] = { "report.sources.agency",  "report.sources.file",
                                      "report.sources.unit",    "report.sources.period",
                                      "report.sources.sum",     "report.sources.figures",
                                      "report.sources.standing" };
  const CcReportContent   *content = sheet->content;

  if (content->sent->len == 0)
    return;
  put_heading (sheet, "report.sources.sent");
  put_headers (sheet, keys, G_N_ELEMENTS (keys));
  for (guint i = 0; i < content->sent->len; i++)
    put_sent (sheet, content->sent->pdata[i]);
  put_paragraph (sheet, cc_report_text (content, "report.sources.sent-note"));
  sheet->row++;
}

static void
write_units (CcReportSheet *sheet)
{
  static const char *const keys[] = { "report.sources.unit",       "report.sources.records",
                                      "report.sources.persons",    "report.sources.lowest",
                                      "report.sources.highest",    "report.sources.pairs",
                                      "report.sources.undecidable" };
  const CcReportContent   *content = sheet->content;

  if (content->units->len == 0)
    return;
  put_heading (sheet, "report.sources.linkage");
  put_headers (sheet, keys, G_N_ELEMENTS (keys));
  for (guint i = 0; i < content->units->len; i++)
    {
      const CcReportUnit *unit = &g_array_index (content->units, CcReportUnit, i);
      g_autofree char    *key = g_strconcat ("report.unit-name.", unit->unit, NULL);
      gint64              figures[] = { unit->records, unit->persons,    unit->low,
                                        unit->high,    unit->open_pairs, unit->undecidable };

      cc_sheet_writer_text (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN,
                            cc_report_text (content, key), CC_STYLE_LABEL);
      for (guint k = 0; k < G_N_ELEMENTS (figures); k++)
        cc_sheet_writer_number (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN + 1 + k,
                                (double) figures[k], CC_STYLE_VALUE);
      sheet->row++;
    }
  put_paragraph (sheet, cc_report_text (content, "report.sources.linkage-note"));
  sheet->row++;
}

static void
write_rules (CcReportSheet *sheet)
{
  static const char *const keys[] = { "report.rule.person", "report.rule.year",
                                      "report.rule.age",    "report.rule.unknown",
                                      "report.rule.forms",  "report.rule.country",
                                      "report.rule.totals", "report.rule.blank" };

  put_heading (sheet, "report.sources.rules");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    put_paragraph (sheet, cc_report_text (sheet->content, keys[i]));
}

void
cc_report_write_sources (CcReportSheet *sheet)
{
  write_about (sheet);
  write_agencies (sheet);
  write_sent (sheet);
  write_units (sheet);
  write_rules (sheet);
}
