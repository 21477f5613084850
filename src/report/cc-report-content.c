/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#define THRESHOLD 5 /* of UNODC and the text "<5", where a questionnaire states none */

void
cc_report_agency_free (CcReportAgency *self)
{
  g_free (self->name);
  g_free (self->type);
  g_free (self);
}

/**
 * cc_report_content_new:
 * @country: alpha-3, or %NULL
 *
 * Returns: (transfer full): contents without tables
 */
CcReportContent *
cc_report_content_new (CcQuestionnaire *questionnaire,
                       CcTexts         *texts,
                       const char      *language,
                       const char      *country,
                       GArray          *periods)
{
  CcReportContent *self = g_new0 (CcReportContent, 1);
  CcPack          *pack = cc_questionnaire_get_pack (questionnaire);
  const CcCode    *code;

  self->questionnaire = cc_questionnaire_ref (questionnaire);
  self->texts = cc_texts_ref (texts);
  self->language = g_strdup (language);
  self->country_code = g_strdup (country != NULL ? country : "");
  code = *self->country_code != '\0' ? cc_pack_find_code (pack, "COUNTRY", country) : NULL;
  self->country =
      code != NULL ? cc_pack_get_code_label (pack, code, language) : g_strdup (self->country_code);
  self->periods = g_array_ref (periods);
  self->cut_off = CC_DAY_NONE;
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_table_result_free);
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_check_result_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->agencies = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_report_agency_free);
  self->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_sent_counts_free);
  self->units = g_array_new (FALSE, TRUE, sizeof (CcReportUnit));
  self->head_hash = g_strdup ("");
  self->threshold = cc_questionnaire_get_suppress (questionnaire);
  if (self->threshold <= 0)
    self->threshold = THRESHOLD;
  return self;
}

void
cc_report_content_free (CcReportContent *self)
{
  if (self == NULL)
    return;
  cc_questionnaire_unref (self->questionnaire);
  cc_texts_unref (self->texts);
  g_free (self->language);
  g_free (self->country_code);
  g_free (self->country);
  g_array_unref (self->periods);
  g_clear_pointer (&self->params, g_hash_table_unref);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->checks);
  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->agencies);
  g_ptr_array_unref (self->sent);
  g_array_unref (self->units);
  g_free (self->head_hash);
  g_free (self->title);
  g_free (self->known_to);
  g_free (self);
}

/* What was typed, or NULL. */
const char *
cc_report_content_answer (const CcReportContent *self, const char *table, const char *cell)
{
  g_autofree char *key = g_strconcat (table, "\n", cell, NULL);

  return g_hash_table_lookup (self->answers, key);
}

gboolean
cc_report_counts_several (const CcTableResult *result)
{
  GPtrArray *sides[] = { result->row_blocks, result->col_blocks };

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < sides[side]->len; i++)
      {
        GPtrArray *axes = sides[side]->pdata[i];

        for (guint k = 0; k < axes->len; k++)
          if (((CcResultAxis *) axes->pdata[k])->each)
            return TRUE;
      }
  return FALSE;
}
