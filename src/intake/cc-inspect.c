/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-inspect.h>

#include "cc-inspect-private.h"
#include "cc-map-private.h"
#include "cc-returned-private.h"
#include "cc-suggest-private.h"

void
cc_inspect_column_free (CcInspectColumn *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_strfreev (self->samples);
  g_free (self->letter);
  g_free (self->header);
  g_free (self->leaf);
  g_free (self->label);
  g_free (self->machine_suggestion);
  g_free (self->machine);
  g_free (self->suggestion);
  g_free (self->reason);
  g_free (self->language);
  g_free (self);
}

void
cc_total_difference_free (gpointer data)
{
  g_free (((CcTotalDifference *) data)->header);
  g_free (data);
}

static void
free_inspect_table (gpointer data)
{
  CcInspectTable *self = data;

  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->differences);
  g_clear_pointer (&self->merges, g_array_unref);
  g_free (self->name);
  g_free (self->sheet_name);
  g_free (self->unit);
  g_free (self->signature);
  g_free (self->heading);
  g_free (self);
}

static void
free_inspect_sheet (gpointer data)
{
  CcInspectSheet *self = data;

  g_free (self->name);
  g_free (self->problem);
  g_free (self);
}

/**
 * cc_inspection_free:
 */
void
cc_inspection_free (CcInspection *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->tables);
  g_clear_pointer (&self->returned, cc_returned_free);
  g_strfreev (self->languages);
  g_strfreev (self->notices);
  g_free (self->path);
  g_free (self->file_name);
  g_free (self->format);
  g_free (self->encoding);
  g_free (self->sha256);
  g_free (self->practice);
  g_free (self);
}

/**
 * cc_row_kind_to_text:
 *
 * Returns: the word used in results and in reasons of rejected rows
 */
const char *
cc_row_kind_to_text (CcRowKind kind)
{
  static const char *const words[] = { "data", "empty",    "header-again", "total",
                                       "note", "numbered", "example",      "nil" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (words), "");

  return words[kind];
}

static gboolean
inspect_sheet (CcInspection *inspection,
               CcBook       *book,
               CcPack       *pack,
               CcMap        *known,
               guint         index,
               CcDay         today,
               CcProgress   *progress,
               GError      **error)
{
  const CcSheetInfo *info = cc_book_get_sheet (book, index);
  CcInspectSheet    *sheet = g_new0 (CcInspectSheet, 1);
  CcSheetRun         run = { 0 };

  sheet->name = g_strdup (info->name);
  sheet->hidden = info->hidden;
  sheet->right_to_left = info->right_to_left;
  g_ptr_array_add (inspection->sheets, sheet);
  run.pack = pack;
  run.inspection = inspection;
  run.sheet = sheet;
  run.index = index;
  run.today = today;
  run.wanted_header = known ? cc_map_get_header_row (known, info->name) : -1;
  run.last_row = known ? cc_map_get_last_row (known, info->name) : -1;
  if (inspection->returned
      && cc_returned_is_ours (inspection->returned, book, index,
                              progress ? cc_progress_get_cancellable (progress) : NULL))
    return TRUE;
  return cc_inspect_read_sheet (&run, book, progress, error);
}

/* Whether the file has no row of data and says itself that there is none. */
static gboolean
is_nil_file (CcInspection *self)
{
  guint n_data = 0, n_nil = 0;

  for (guint i = 0; i < self->tables->len; i++)
    {
      const CcInspectTable *table = self->tables->pdata[i];

      n_data += g_str_equal (table->unit, "-") ? 0 : table->n_rows[CC_ROW_DATA];
      n_nil += table->n_rows[CC_ROW_NIL];
    }
  for (guint i = 0; i < self->sheets->len; i++)
    n_nil += ((CcInspectSheet *) self->sheets->pdata[i])->says_nil;
  return n_data == 0 && n_nil > 0;
}

/**
 * cc_inspection_find_population:
 *
 * Returns: (transfer none) (nullable): the first table of inhabitants of a file that holds nothing
 *   else; %NULL where it holds a list
 */
const CcInspectTable *
cc_inspection_find_population (const CcInspection *self)
{
  const CcInspectTable *found = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->tables->len; i++)
    {
      const CcInspectTable *table = self->tables->pdata[i];

      if (table->population && !found)
        found = table;
      else if (!table->population && !g_str_equal (table->unit, "-"))
        return NULL;
    }
  return found;
}

static char *
hash_file (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (1 << 16);
  gssize             n;

  if (!stream)
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, 1 << 16, cancellable, error))
         > 0)
    g_checksum_update (checksum, buffer, n);
  return n < 0 ? NULL : g_strdup (g_checksum_get_string (checksum));
}

static char **
list_notices (guint notices)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  if (notices & CC_BOOK_NOTICE_MACROS)
    g_strv_builder_add (keys, "intake.file.macros");
  if (notices & CC_BOOK_NOTICE_LINKS)
    g_strv_builder_add (keys, "intake.file.links");
  return g_strv_builder_end (keys);
}

/**
 * cc_inspect:
 * @path: an .xlsx, .ods, .xls or .csv file
 * @today: no date lies after it
 * @progress: (nullable): phase "progress.inspect"
 *
 * Returns: (transfer full): what the file holds, or %NULL with an error
 */
CcInspection *
cc_inspect (CcPack *pack, const char *path, CcDay today, CcProgress *progress, GError **error)
{
  return cc_inspect_with (pack, path, NULL, today, progress, error);
}

/**
 * cc_inspect_with:
 * @known: (nullable): a map whose header-row and last-row are obeyed and whose columns count as
 * known headers
 *
 * Returns: (transfer full): what the file holds, or %NULL with an error
 */
CcInspection *
cc_inspect_with (CcPack     *pack,
                 const char *path,
                 CcMap      *known,
                 CcDay       today,
                 CcProgress *progress,
                 GError    **error)
{
  g_autoptr (CcInspection) self = NULL;
  g_autoptr (CcBook) book = NULL;
  GCancellable *cancellable = progress ? cc_progress_get_cancellable (progress) : NULL;
  guint         n_sheets;

  g_return_val_if_fail (pack != NULL && path != NULL, NULL);

  book = cc_book_open (path, cancellable, error);
  if (!book)
    return NULL;
  self = g_new0 (CcInspection, 1);
  self->sheets = g_ptr_array_new_with_free_func (free_inspect_sheet);
  self->tables = g_ptr_array_new_with_free_func (free_inspect_table);
  self->path = g_strdup (path);
  self->file_name = g_path_get_basename (path);
  self->format = g_strdup (cc_book_get_format (book));
  self->encoding = g_strdup (cc_book_get_encoding (book));
  self->separator = cc_book_get_separator (book);
  self->date_1904 = cc_book_get_date_1904 (book);
  self->notices = list_notices (cc_book_get_notices (book));
  self->sha256 = hash_file (path, cancellable, error);
  if (!self->sha256)
    return NULL;
  if (!cc_returned_load (book, &self->returned, cancellable, error))
    return NULL;
  n_sheets = cc_book_get_n_sheets (book);
  if (progress)
    cc_progress_begin (progress, "progress.inspect", n_sheets * 1000);
  for (guint i = 0; i < n_sheets; i++)
    if (!inspect_sheet (self, book, pack, known, i, today, progress, error))
      return NULL;
  cc_suggest_tables (self, pack);
  self->nil = is_nil_file (self);
  self->practice = cc_inspect_find_mark (pack, self, cc_book_get_title (book));
  return g_steal_pointer (&self);
}
