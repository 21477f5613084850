/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

/* The hidden sheet _meta: keys and values that a program reads, and a person who wants to know
 * exactly what this workbook was made from. */

typedef struct
{
  CcReportSheet *sheet;
} MetaWork;

static void
put (MetaWork *work, const char *key, const char *value)
{
  cc_sheet_writer_text (work->sheet->sheet, work->sheet->row, 0, key, 0);
  cc_sheet_writer_text (work->sheet->sheet, work->sheet->row, 1, value != NULL ? value : "", 0);
  work->sheet->row++;
}

static void
put_number (MetaWork *work, const char *key, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  put (work, key, text);
}

static void
put_params (MetaWork *work)
{
  const CcReportContent *content = work->sheet->content;
  char                 **names = cc_questionnaire_get_params (content->questionnaire);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *key = g_strconcat ("param.", names[i], NULL);
      const char      *value =
          content->params != NULL ? g_hash_table_lookup (content->params, names[i]) : NULL;

      if (value == NULL)
        value = cc_questionnaire_get_param (content->questionnaire, names[i]);
      if (value == NULL && strcmp (names[i], "country") == 0)
        value = content->country_code;
      put (work, key, value);
    }
}

static void
put_notes (MetaWork *work)
{
  const CcReportContent *content = work->sheet->content;

  for (guint i = 0; i < content->tables->len; i++)
    {
      const CcTableResult *result = content->tables->pdata[i];
      g_autofree char     *key = g_strdup_printf ("base.%s", result->table->id);

      if (!content->blank)
        put_number (work, key, result->base);
      for (guint k = 0; result->notes != NULL && k < result->notes->len; k++)
        {
          const CcNote    *note = &g_array_index (result->notes, CcNote, k);
          g_autofree char *name = g_strdup_printf ("excluded.%s.%s", result->table->id, note->key);

          put_number (work, name, note->count);
        }
    }
}

static void
put_units (MetaWork *work)
{
  const CcReportContent   *content = work->sheet->content;
  gint64                   rows[4] = { 0 };
  static const char *const names[] = { "rows", "rows.accepted", "rows.parked", "rows.rejected" };

  for (guint i = 0; i < content->agencies->len; i++)
    {
      const CcReportAgency *agency = content->agencies->pdata[i];

      rows[0] += agency->rows;
      rows[1] += agency->accepted;
      rows[2] += agency->parked;
      rows[3] += agency->rejected;
    }
  for (guint i = 0; i < 4; i++)
    put_number (work, names[i], rows[i]);
  for (guint i = 0; i < content->units->len; i++)
    {
      const CcReportUnit *unit = &g_array_index (content->units, CcReportUnit, i);
      g_autofree char    *records = g_strconcat ("records.", unit->unit, NULL);
      g_autofree char    *persons = g_strconcat ("clusters.", unit->unit, NULL);
      g_autofree char    *pairs = g_strconcat ("undecided.", unit->unit, NULL);
      g_autofree char    *undecidable = g_strconcat ("undecidable.", unit->unit, NULL);

      put_number (work, records, unit->records);
      put_number (work, persons, unit->persons);
      put_number (work, pairs, unit->open_pairs);
      put_number (work, undecidable, unit->undecidable);
    }
}

static char *
list_periods (const CcReportContent *content)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < content->periods->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ";" : "",
                            g_array_index (content->periods, CcPeriod, i).code);
  return g_string_free (list, FALSE);
}

void
cc_report_write_meta (CcReportSheet *sheet)
{
  const CcReportContent *content = sheet->content;
  MetaWork               work = { sheet };
  CcPack                *pack = cc_questionnaire_get_pack (content->questionnaire);
  g_autofree char       *pack_checksum = cc_pack_get_checksum (pack);
  g_autofree char       *periods = list_periods (content);
  g_autofree char       *cut_off =
      content->cut_off != CC_DAY_NONE ? cc_day_to_iso (content->cut_off) : g_strdup ("");
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (content->created);
  g_autofree char *created_text = g_date_time_format (created, "%Y-%m-%dT%H:%M:%SZ");

  sheet->row = 0;
  put (&work, "casecount", "questionnaire");
  put_number (&work, "format", CC_REPORT_FORMAT);
  put (&work, "questionnaire", cc_questionnaire_get_id (content->questionnaire));
  put_number (&work, "questionnaire.version",
              cc_questionnaire_get_version (content->questionnaire));
  put (&work, "questionnaire.checksum", cc_questionnaire_get_checksum (content->questionnaire));
  put (&work, "classification", cc_pack_get_id (pack));
  put_number (&work, "classification.version", cc_pack_get_version (pack));
  put (&work, "classification.checksum", pack_checksum);
  put (&work, "classification.statement", cc_pack_get_statement (pack, "en"));
  put (&work, "software", "Casecount " CC_VERSION);
  put (&work, "language", content->language);
  put (&work, "country", content->country_code);
  put (&work, "periods", periods);
  put (&work, "blank", content->blank ? "yes" : "no");
  put (&work, "practice", content->practice ? "yes" : "no");
  put (&work, "data.cut-off", cut_off);
  put (&work, "created", created_text);
  put (&work, "audit.head", content->head_hash);
  put_params (&work);
  if (!content->blank)
    put_units (&work);
  put_notes (&work);
}
