/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

#include <cc/report/cc-answer.h>

/* A sheet of typed-in boxes: what was answered, or an empty white cell. */

static void
put_value (CcReportSheet *sheet, const CcFieldDefinition *field, const char *answer)
{
  guint      row = sheet->row;
  guint      column = CC_REPORT_LABEL_COLUMN + 1;
  CcInterval date;

  if (answer != NULL && strcmp (field->type, "date") == 0 && cc_interval_from_iso (answer, &date)
      && cc_interval_is_day (date))
    {
      cc_sheet_writer_date (sheet->sheet, row, column, date.first, CC_STYLE_ENTRY | CC_STYLE_DATE);
      return;
    }
  if (answer != NULL && strcmp (field->type, "number") == 0)
    {
      char  *end;
      double number = g_ascii_strtod (answer, &end);

      if (end != answer && *end == '\0')
        {
          cc_sheet_writer_number (sheet->sheet, row, column, number, CC_STYLE_ENTRY);
          return;
        }
    }
  if (answer == NULL && strcmp (field->type, "date") == 0)
    cc_sheet_writer_blank (sheet->sheet, row, column, CC_STYLE_ENTRY | CC_STYLE_DATE);
  else
    cc_sheet_writer_text (sheet->sheet, row, column, answer != NULL ? answer : "",
                          CC_STYLE_ENTRY | CC_STYLE_WRAP);
}

static gboolean
put_choices (CcReportSheet *sheet, const CcFieldDefinition *field, GError **error)
{
  g_autofree char *list = g_strconcat ("field ", field->name, NULL);

  if (strcmp (field->type, "choice") != 0 || field->choices == NULL || field->choices[0] == NULL)
    return TRUE;
  return cc_sheet_writer_validate_list (sheet->sheet, sheet->row, CC_REPORT_LABEL_COLUMN + 1,
                                        sheet->row, CC_REPORT_LABEL_COLUMN + 1,
                                        (const char *const *) field->choices,
                                        g_hash_table_lookup (sheet->lists, list), error);
}

gboolean
cc_report_write_form (CcReportSheet *sheet, const CcSheetDefinition *form, GError **error)
{
  const CcReportContent *content = sheet->content;
  g_autofree char       *mark = g_strdup_printf ("#form %s", form->id);
  guint                  column = CC_REPORT_LABEL_COLUMN;

  cc_sheet_writer_text (sheet->sheet, sheet->row - 1, 0, mark, 0);
  for (guint i = 0; form->fields != NULL && form->fields[i] != NULL; i++)
    {
      const CcFieldDefinition *field =
          cc_questionnaire_find_field (content->questionnaire, form->fields[i]);
      const char *label, *answer;

      if (field == NULL)
        continue;
      label = cc_questionnaire_get_text (content->questionnaire, field->group, field->key,
                                         content->language);
      answer = cc_report_content_answer (content, CC_ANSWER_FORM, field->name);
      cc_sheet_writer_text (sheet->sheet, sheet->row, 0, field->name, 0);
      cc_sheet_writer_text (sheet->sheet, sheet->row, column, label != NULL ? label : field->name,
                            CC_STYLE_LABEL | CC_STYLE_WRAP);
      put_value (sheet, field, answer);
      if (!put_choices (sheet, field, error))
        return FALSE;
      cc_report_sheet_height (sheet, sheet->row,
                              MAX (24, cc_report_lines (answer != NULL ? answer : "",
                                                        cc_report_span_width (sheet, column + 1,
                                                                              column + 1))
                                           * 15.0));
      sheet->row++;
    }
  return TRUE;
}
