/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-report-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include <cc/base/cc-error.h>
#include <cc/stats/cc-facts.h>

/* A blank questionnaire is the filled one of an empty case file, made ready for typing: so both
 * have the same rows and columns by construction. */

#define NO_COUNTRY "BEN" /* any country will do where none was named: its row is taken out */
#define OPEN_ROWS  15    /* rows of a country list for countries to be chosen */

typedef struct
{
  char       *folder;
  char       *path;
  CcCaseFile *file;
} EmptyFile;

/* It holds nobody, so where it lies for a moment is no secret. */
static gboolean
open_empty (EmptyFile *empty, CcPack *pack, const char *country, GError **error)
{
  empty->folder = g_dir_make_tmp ("casecount-blank-XXXXXX", error);
  if (empty->folder == NULL)
    return FALSE;
  empty->path = g_build_filename (empty->folder, "blank.casecount", NULL);
  empty->file = cc_case_file_create (empty->path, "blank", pack, country, FALSE, error);
  return empty->file != NULL && cc_facts_attach (empty->file, error);
}

static void
close_empty (EmptyFile *empty)
{
  GDir       *dir;
  const char *name;

  if (empty->file != NULL)
    cc_case_file_close (empty->file, NULL);
  g_clear_pointer (&empty->file, cc_case_file_free);
  dir = empty->folder != NULL ? g_dir_open (empty->folder, 0, NULL) : NULL;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (empty->folder, name, NULL);

      g_remove (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  if (empty->folder != NULL)
    g_rmdir (empty->folder);
  g_free (empty->folder);
  g_free (empty->path);
}

/* Whether its rows are the countries in use, of which an empty file shows none. */
static gboolean
lists_countries (const CcTableResult *result, CcPack *pack)
{
  const CcContractField *field;
  const CcResultAxis    *axis;
  GPtrArray             *axes;

  if (result->row_blocks->len != 1)
    return FALSE;
  axes = result->row_blocks->pdata[0];
  if (axes->len != 1)
    return FALSE;
  axis = axes->pdata[0];
  if (axis->field == NULL || *axis->field == '\0')
    return FALSE;
  field = cc_pack_find_field (pack, result->table->count == CC_COUNT_PERPS ? "perp" : "victim",
                              axis->field);
  return field != NULL && strcmp (field->list, "COUNTRY") == 0;
}

static CcHeading *
make_open_row (guint number)
{
  CcHeading *heading = g_new0 (CcHeading, 1);

  heading->period = -1;
  heading->code = g_strdup_printf ("?%u", number);
  heading->parts = g_strsplit (heading->code, ";", -1);
  return heading;
}

static void
free_heading (CcHeading *heading)
{
  g_strfreev (heading->parts);
  g_free (heading->code);
  g_free (heading);
}

/* Puts rows for countries to be chosen before the catches at the end of the list, and takes out the
 * row of the country that only stood in. */
static void
open_list (CcTableResult *result, const char *stand_in, guint n_open)
{
  GPtrArray *rows = result->rows;
  guint      at = 0;

  for (guint i = 0; stand_in != NULL && i < rows->len; i++)
    if (strcmp (((CcHeading *) rows->pdata[i])->code, stand_in) == 0)
      {
        CcHeading *heading = g_ptr_array_steal_index (rows, i);

        free_heading (heading);
        break;
      }
  while (at < rows->len)
    {
      const char *code = ((CcHeading *) rows->pdata[at])->code;

      if (strlen (code) != 3 || !g_ascii_isupper (code[0]) || strcmp (code, "XXX") == 0)
        break;
      at++;
    }
  for (guint i = 0; i < n_open; i++)
    g_ptr_array_insert (rows, (int) (at + i), make_open_row (i + 1));
}

/* Every figure becomes an empty cell for typing. */
static void
empty_cells (CcTableResult *result)
{
  guint n = result->rows->len * result->cols->len;

  g_free (result->cells);
  result->cells = g_new0 (CcCell, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      result->cells[i].state = CC_CELL_ENTRY;
      result->cells[i].value = NAN;
    }
  g_array_set_size (result->notes, 0);
}

static gboolean
count_blank (CcReportContent *content, CcCaseFile *file, gboolean stand_in, GError **error)
{
  CcCountOptions options = { .periods = content->periods, .no_bounds = TRUE };
  CcPack        *pack = cc_questionnaire_get_pack (content->questionnaire);

  for (guint i = 0; i < cc_questionnaire_get_n_tables (content->questionnaire); i++)
    {
      CcTableResult *result =
          cc_count_table (file, content->questionnaire,
                          cc_questionnaire_get_table (content->questionnaire, i), &options, NULL,
                          error);

      if (result == NULL)
        return FALSE;
      g_ptr_array_add (content->tables, result);
      if (lists_countries (result, pack))
        open_list (result, stand_in ? NO_COUNTRY : NULL, OPEN_ROWS);
      empty_cells (result);
    }
  return TRUE;
}

/**
 * cc_workbook_write_blank:
 * @country: reporting country (alpha-3); %NULL or "" where it is not known
 * @created: Unix seconds, 0 for now
 *
 * Returns: %FALSE with an error when nothing was written
 */
gboolean
cc_workbook_write_blank (CcQuestionnaire *questionnaire,
                         GArray          *periods,
                         const char      *country,
                         CcTexts         *texts,
                         const char      *language,
                         gint64           created,
                         const char      *path,
                         GError         **error)
{
  g_autoptr (CcReportContent) content = NULL;
  EmptyFile empty = { 0 };
  gboolean  stand_in = country == NULL || *country == '\0';
  gboolean  ok;

  g_return_val_if_fail (questionnaire != NULL && periods != NULL && texts != NULL
                            && language != NULL && path != NULL,
                        FALSE);

  if (!g_strv_contains (cc_pack_languages, language))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "Workbooks are written in en, fr, pt, es, ar and sw; “%s” is none of them.",
                   language);
      return FALSE;
    }
  content =
      cc_report_content_new (questionnaire, texts, language, stand_in ? "" : country, periods);
  content->blank = TRUE;
  content->created = created != 0 ? created : g_get_real_time () / G_USEC_PER_SEC;
  ok = open_empty (&empty, cc_questionnaire_get_pack (questionnaire),
                   stand_in ? NO_COUNTRY : country, error)
       && count_blank (content, empty.file, stand_in, error)
       && cc_report_write_book (content, path, NULL, error);
  close_empty (&empty);
  return ok;
}
