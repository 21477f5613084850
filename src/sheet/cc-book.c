/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-book-private.h"
#include "cc-xml-private.h"

#include <cc/base/cc-error.h>

void
cc_book_init (CcBook *self, const CcBookFormat *format)
{
  self->format = format;
  self->sheets = g_array_new (FALSE, FALSE, sizeof (CcSheetInfo));
}

void
cc_book_clear (CcBook *self)
{
  for (guint i = 0; i < self->sheets->len; i++)
    g_free ((char *) g_array_index (self->sheets, CcSheetInfo, i).name);
  g_array_unref (self->sheets);
  g_free (self->encoding);
  g_free (self->title);
}

void
cc_book_add_sheet (CcBook *self, const char *name, gboolean hidden, gboolean right_to_left)
{
  CcSheetInfo info = { g_strdup (name), hidden, right_to_left };

  g_array_append_val (self->sheets, info);
}

void
cc_book_set_limit_error (GError **error, guint row, const char *what)
{
  g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
               "The file was refused at row %u: %s. Save it again in a spreadsheet program, or "
               "divide it, and use that copy.",
               row + 1, what);
}

gboolean
cc_book_check_n_sheets (CcBook *self, GError **error)
{
  if (self->sheets->len < CC_BOOK_MAX_SHEETS)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
               "The file was refused: it has more than %u sheets. Divide it into several files.",
               CC_BOOK_MAX_SHEETS);
  return FALSE;
}

gboolean
cc_book_check_text (const GString *text, GError **error)
{
  /* Four bytes are the longest character: what is longer need not be looked at. */
  if (text->len > 4 * CC_BOOK_MAX_TEXT
      || (text->len > CC_BOOK_MAX_TEXT && g_utf8_validate_len (text->str, text->len, NULL)
          && g_utf8_strlen (text->str, (gssize) text->len) > CC_BOOK_MAX_TEXT))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                   "The file was refused: one of its cells holds more than 32,767 characters, "
                   "which no spreadsheet program allows. Save it again in a spreadsheet program "
                   "and use that copy.");
      return FALSE;
    }
  if (g_utf8_validate_len (text->str, text->len, NULL))
    return TRUE;
  cc_xml_set_malformed (error);
  return FALSE;
}

/* A packed file: which of the two formats of workbooks it holds. */
static CcBook *
open_archive (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  CcArchive *archive = cc_archive_open (path, bytes, error);

  if (archive == NULL)
    return NULL;
  return cc_ods_is_book (archive) ? cc_ods_book_open (archive, cancellable, error)
                                  : cc_xlsx_book_open (archive, error);
}

static CcBook *
open_book (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  CcLooks looks;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !cc_book_sniff (path, bytes, &looks, error))
    return NULL;
  if (looks == CC_LOOKS_LIKE_XLS)
    return cc_xls_book_open (path, bytes, cancellable, error);
  return looks == CC_LOOKS_LIKE_ZIP ? open_archive (path, bytes, cancellable, error)
                                    : cc_csv_book_open (path, bytes, cancellable, error);
}

CcBook *
cc_book_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_book (path, NULL, cancellable, error);
}

CcBook *
cc_book_open_bytes (const char *name, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (name != NULL && bytes != NULL, NULL);

  return open_book (name, bytes, cancellable, error);
}

void
cc_book_free (CcBook *self)
{
  if (self != NULL)
    self->format->free (self);
}

const char *
cc_book_get_format (CcBook *self)
{
  return self->format->name;
}

const char *
cc_book_get_encoding (CcBook *self)
{
  return self->encoding;
}

char
cc_book_get_separator (CcBook *self)
{
  return self->separator;
}

gboolean
cc_book_get_date_1904 (CcBook *self)
{
  return self->date_1904;
}

guint
cc_book_get_notices (CcBook *self)
{
  return self->notices;
}

const char *
cc_book_get_title (CcBook *self)
{
  return self->title;
}

guint
cc_book_get_n_sheets (CcBook *self)
{
  return self->sheets->len;
}

const CcSheetInfo *
cc_book_get_sheet (CcBook *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->sheets->len, NULL);

  return &g_array_index (self->sheets, CcSheetInfo, index);
}

CcSheetReader *
cc_book_open_sheet (CcBook *self, guint index, GError **error)
{
  g_return_val_if_fail (self != NULL && index < self->sheets->len, NULL);

  return self->format->open_sheet (self, index, error);
}

GArray *
cc_book_load_merges (CcBook *self, guint index, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && index < self->sheets->len, NULL);

  return self->format->load_merges (self, index, cancellable, error);
}

GArray *
cc_book_load_tables (CcBook *self, guint index, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL && index < self->sheets->len, NULL);

  return self->format->load_tables (self, index, cancellable, error);
}

GArray *
cc_book_load_no_tables (CcBook *self, guint index, GCancellable *cancellable, GError **error)
{
  return g_array_new (FALSE, FALSE, sizeof (CcDefinedTable));
}

void
cc_sheet_reader_free (CcSheetReader *self)
{
  if (self != NULL)
    self->free (self);
}

gboolean
cc_sheet_reader_next (CcSheetReader     *self,
                      const CcSheetRow **row,
                      GCancellable      *cancellable,
                      GError           **error)
{
  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  return self->next (self, row, cancellable, error);
}

double
cc_sheet_reader_get_fraction (CcSheetReader *self)
{
  return self->get_fraction (self);
}
