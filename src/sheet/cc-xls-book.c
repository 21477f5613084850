/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xls-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* All different texts of a workbook are kept; the format's own cells reach a quarter of this. */
#define MAX_TOTAL (G_GUINT64_CONSTANT (256) << 20)

static gboolean
keep_text (CcXlsBook *self, const GString *text, GError **error)
{
  if (!cc_book_check_text (text, error))
    return FALSE;
  if (self->pool.total + text->len > MAX_TOTAL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                   "The file was refused: its texts are larger than 256 megabytes. Divide it into "
                   "several files.");
      return FALSE;
    }
  g_ptr_array_add (self->texts,
                   text->len > 0 ? cc_text_pool_copy (&self->pool, text->str, text->len) : NULL);
  return TRUE;
}

static gboolean
load_texts (CcXlsBook *self, GError **error)
{
  g_autoptr (CcXlsRecords) records = cc_xls_records_new (self->stream, self->strings);
  g_autoptr (GString) text = g_string_new (NULL);
  guint8  head[8];
  guint   place = 0;
  guint32 n;

  if (!cc_xls_records_next (records, error)
      || !cc_xls_records_take (records, &place, head, sizeof head, error))
    return FALSE;
  n = cc_get_le32 (head + 4);
  for (guint32 i = 0; i < n && cc_xls_records_has_more (records, place); i++)
    if (!cc_xls_records_take_text (records, &place, 2, (GIConv) -1, text, error)
        || !keep_text (self, text, error))
      return FALSE;
  return TRUE;
}

static CcSheetReader *
open_sheet (CcBook *base, guint index, GError **error)
{
  CcXlsBook *self = (CcXlsBook *) base;

  if (self->texts == NULL)
    {
      self->texts = g_ptr_array_new ();
      if (self->strings != 0 && !load_texts (self, error))
        {
          g_clear_pointer (&self->texts, g_ptr_array_unref);
          cc_text_pool_reset (&self->pool);
          return NULL;
        }
    }
  return cc_xls_sheet_open (self, index, error);
}

static GArray *
load_merges (CcBook *base, guint index, GCancellable *cancellable, GError **error)
{
  return g_array_copy (g_array_index (((CcXlsBook *) base)->sheets, CcXlsSheet, index).merges);
}

static void
clear_sheet (gpointer data)
{
  g_clear_pointer (&((CcXlsSheet *) data)->merges, g_array_unref);
}

static void
free_book (CcBook *base)
{
  CcXlsBook *self = (CcXlsBook *) base;

  cc_book_clear (base);
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_clear_pointer (&self->stream, cc_ole_stream_free);
  g_clear_pointer (&self->ole, cc_ole_free);
  g_array_unref (self->sheets);
  g_array_unref (self->styles);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  cc_text_pool_clear (&self->pool);
  g_free (self);
}

static const CcBookFormat xls_format = { "xls", free_book, open_sheet, load_merges,
                                         cc_book_load_no_tables };

/* The names that programs give to the stream of a workbook: since 1997, before, and a bare file's.
 */
static CcOleStream *
open_stream (CcOle *ole, GError **error)
{
  return cc_ole_open_stream (ole, cc_ole_has (ole, "workbook") ? "workbook" : "book", error);
}

static gboolean
load_book (CcXlsBook *self, GCancellable *cancellable, GError **error)
{
  self->stream = open_stream (self->ole, error);
  if (self->stream == NULL)
    {
      if (error != NULL && g_error_matches (*error, CC_ERROR, CC_ERROR_NOT_FOUND))
        {
          g_clear_error (error);
          cc_ole_set_damaged (error);
        }
      return FALSE;
    }
  if (!cc_xls_globals_load (self, cancellable, error))
    return FALSE;
  if (cc_ole_has (self->ole, "_vba_project_cur") || cc_ole_has (self->ole, "_vba_project"))
    self->base.notices |= CC_BOOK_NOTICE_MACROS;
  if (self->base.sheets->len == 0)
    g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                 "The workbook has no sheet with cells. Check that it is the right file.");
  return self->base.sheets->len > 0;
}

CcBook *
cc_xls_book_open (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  CcOle     *ole = cc_ole_open (path, bytes, error);
  CcXlsBook *self;

  if (ole == NULL)
    return NULL;
  self = g_new0 (CcXlsBook, 1);
  cc_book_init (&self->base, &xls_format);
  self->ole = ole;
  self->converter = (GIConv) -1;
  self->sheets = g_array_new (FALSE, TRUE, sizeof (CcXlsSheet));
  g_array_set_clear_func (self->sheets, clear_sheet);
  self->styles = g_array_new (FALSE, FALSE, sizeof (CcXlsStyle));
  cc_text_pool_init (&self->pool);
  if (!load_book (self, cancellable, error))
    {
      free_book (&self->base);
      return NULL;
    }
  return &self->base;
}
