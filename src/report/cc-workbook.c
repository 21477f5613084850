/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <string.h>

#include <cc/base/cc-error.h>

static const char *const words[] = { "agency", "authority", "public", "research" };

/**
 * cc_audience_from_text:
 *
 * Returns: whether it is the word of an audience
 */
gboolean
cc_audience_from_text (const char *text, CcAudience *audience)
{
  g_return_val_if_fail (text != NULL && audience != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      {
        *audience = (CcAudience) i;
        return TRUE;
      }
  return FALSE;
}

const char *
cc_audience_to_text (CcAudience audience)
{
  g_return_val_if_fail (audience < G_N_ELEMENTS (words), NULL);
  return words[audience];
}

static gboolean
check_request (const CcWorkbookRequest *request, GError **error)
{
  if (!g_strv_contains (cc_pack_languages, request->language))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "Workbooks are written in en, fr, pt, es, ar and sw; “%s” is none of them.",
                   request->language);
      return FALSE;
    }
  if (request->audience != CC_AUDIENCE_AUTHORITY && request->audience != CC_AUDIENCE_PUBLIC)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "A questionnaire is written for the authority or for the public.");
      return FALSE;
    }
  if (request->options == NULL || request->options->periods == NULL
      || request->options->periods->len == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE, "The questionnaire needs at least one year.");
      return FALSE;
    }
  return TRUE;
}

guint
cc_report_count_small (const CcReportContent *content, const CcTableResult *result)
{
  guint small = 0;

  for (guint k = 0; k < result->rows->len * result->cols->len; k++)
    small += result->cells[k].state == CC_CELL_COMPUTED && result->cells[k].count > 0
             && result->cells[k].count < content->threshold;
  return small;
}

/* Masking small cells alone does not protect them: most can be computed from totals. Until hidden
 * cells are protected by others, a public copy with a small cell is refused. */
gboolean
cc_report_check_public (const CcReportContent *content, GError **error)
{
  guint n_cells = 0, n_tables = 0;

  for (guint i = 0; i < content->tables->len; i++)
    {
      guint small = cc_report_count_small (content, content->tables->pdata[i]);

      n_cells += small;
      n_tables += small > 0;
    }
  if (n_cells == 0)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
               "%u cells in %u tables count fewer than %d persons, and hiding them one by one "
               "would "
               "let readers compute them from the totals. No public copy was written; the copy for "
               "the authority shows all figures.",
               n_cells, n_tables, content->threshold);
  return FALSE;
}

static void
count_findings (CcWorkbookSummary *summary)
{
  for (guint i = 0; i < summary->checks->len; i++)
    {
      const CcCheckResult *check = summary->checks->pdata[i];

      if (check->holds)
        continue;
      summary->n_errors += check->severity == CC_SEVERITY_ERROR;
      summary->n_warnings += check->severity == CC_SEVERITY_WARNING;
      summary->n_notes += check->severity == CC_SEVERITY_NOTE;
    }
}

/* Counts and reads all that the workbook of a request says. */
CcReportContent *
cc_workbook_gather (CcCaseFile              *file,
                    const CcWorkbookRequest *request,
                    CcTexts                 *texts,
                    CcProgress              *progress,
                    GError                 **error)
{
  g_autoptr (CcReportContent) content = NULL;

  if (!check_request (request, error))
    return NULL;
  content = cc_report_content_new (request->questionnaire, texts, request->language,
                                   cc_case_file_get_country (file), request->options->periods);
  content->created = request->created != 0 ? request->created : g_get_real_time () / G_USEC_PER_SEC;
  if (!cc_report_content_gather (content, file, request->options, progress, error))
    return NULL;
  return g_steal_pointer (&content);
}

/**
 * cc_workbook_write:
 *
 * Returns: (transfer full): what was written, with the counted tables and the checks
 */
CcWorkbookSummary *
cc_workbook_write (CcCaseFile              *file,
                   const CcWorkbookRequest *request,
                   CcTexts                 *texts,
                   const char              *path,
                   CcProgress              *progress,
                   GError                 **error)
{
  g_autoptr (CcReportContent) content = NULL;
  CcWorkbookSummary *summary;

  g_return_val_if_fail (file != NULL && request != NULL && request->questionnaire != NULL
                            && request->language != NULL && texts != NULL && path != NULL,
                        NULL);

  content = cc_workbook_gather (file, request, texts, progress, error);
  if (content == NULL)
    return NULL;
  if (request->audience == CC_AUDIENCE_PUBLIC && !cc_report_check_public (content, error))
    return NULL;
  if (!cc_report_write_book (content, path, progress, error))
    return NULL;

  summary = g_new0 (CcWorkbookSummary, 1);
  summary->path = g_strdup (path);
  summary->tables = g_ptr_array_ref (content->tables);
  summary->checks = g_ptr_array_ref (content->checks);
  summary->head_hash = g_strdup (content->head_hash);
  count_findings (summary);
  return summary;
}

void
cc_workbook_summary_free (CcWorkbookSummary *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->head_hash);
  g_free (self->sha256);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->checks);
  g_free (self);
}
