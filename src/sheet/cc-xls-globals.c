/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xls-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

#define MAX_MERGES 1000000u
/* Excel stops at 64,000 formats in a file. */
#define MAX_STYLES  65536u
#define VERSION_8   0x0600
#define VERSION_5   0x0500
#define IS_GLOBALS  0x0005
#define BOLD_WEIGHT 600

typedef struct
{
  CcXlsBook    *book;
  CcXlsRecords *records;
  GString      *text;
  GByteArray   *bold;    /* by font */
  GHashTable   *formats; /* number -> CcShows + 1 */
  GArray       *types;   /* guint8, by sheet as listed */
  GArray       *places;  /* guint64 */
  GPtrArray    *names;
  GByteArray   *states;
} Globals;

/* --- records of the book --- */

static gboolean
check_begin (Globals *self, GError **error)
{
  CcXlsRecords *records = self->records;
  const guint16 version = cc_get_le16 (records->data);

  if (records->type != XLS_BOF || (version != VERSION_8 && version != VERSION_5)
      || cc_get_le16 (records->data + 2) != IS_GLOBALS)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
                   "This is a workbook of an Excel from before 1993. Open it in LibreOffice, "
                   "choose “Save as”, take the type “Excel workbook (.xlsx)”, and use that copy.");
      return FALSE;
    }
  self->book->is_old = version == VERSION_5;
  return TRUE;
}

/* The bytes of old files; newer ones have UTF-16 and say 1200. */
static void
take_code_page (Globals *self, guint16 number)
{
  g_autofree char *name = NULL;
  CcXlsBook       *book = self->book;

  if (!book->is_old)
    return;
  if (number == 10000 || number == 32768)
    name = g_strdup ("MACINTOSH");
  else if (number == 367)
    name = g_strdup ("WINDOWS-1252");
  else
    name = g_strdup_printf ("CP%u", number == 32769 || number == 1200 ? 1252 : number);
  if (book->converter != (GIConv) -1)
    g_iconv_close (book->converter);
  book->converter = g_iconv_open ("UTF-8", name);
  if (book->converter == (GIConv) -1)
    book->converter = g_iconv_open ("UTF-8", "ISO-8859-1");
}

static void
take_font (Globals *self)
{
  guint8 bold = cc_get_le16 (self->records->data + 6) >= BOLD_WEIGHT;

  /* There is no font number 4, for a reason that nobody remembers. */
  if (self->bold->len == 4)
    g_byte_array_append (self->bold, &bold, 1);
  if (self->bold->len < MAX_STYLES)
    g_byte_array_append (self->bold, &bold, 1);
}

static gboolean
take_format (Globals *self, GError **error)
{
  CcXlsBook *book = self->book;
  guint      place = 2;

  if (!cc_xls_records_take_text (self->records, &place, book->is_old ? 1 : 2, book->converter,
                                 self->text, error))
    return FALSE;
  g_hash_table_insert (self->formats, GUINT_TO_POINTER (cc_get_le16 (self->records->data)),
                       GUINT_TO_POINTER (cc_shows_of_code (self->text->str) + 1));
  return TRUE;
}

static void
take_style (Globals *self)
{
  const guint8 *data = self->records->data;
  const guint16 font = cc_get_le16 (data);
  const guint16 format = cc_get_le16 (data + 2);
  gpointer      shows = g_hash_table_lookup (self->formats, GUINT_TO_POINTER (format));
  const guint   pattern =
      self->book->is_old ? cc_get_le32 (data + 8) >> 16 & 0x3f : cc_get_le32 (data + 14) >> 26;
  CcXlsStyle style = { 0, 0 };

  if (font < self->bold->len && self->bold->data[font])
    style.flags |= CC_SHEET_CELL_BOLD;
  if (pattern != 0)
    style.flags |= CC_SHEET_CELL_FILL;
  style.shows =
      (guint8) (shows != NULL ? GPOINTER_TO_UINT (shows) - 1 : cc_shows_of_builtin (format));
  if (self->book->styles->len < MAX_STYLES)
    g_array_append_val (self->book->styles, style);
}

static gboolean
take_sheet_entry (Globals *self, GError **error)
{
  CcXlsBook    *book = self->book;
  const guint8 *data = self->records->data;
  guint64       place_in_stream = cc_get_le32 (data);
  guint8        state = data[4] & 3;
  guint8        type = data[5];
  guint         place = 6;

  if (self->names->len >= CC_BOOK_MAX_SHEETS)
    return cc_book_check_n_sheets (&book->base, error);
  if (!cc_xls_records_take_text (self->records, &place, 1, book->converter, self->text, error))
    return FALSE;
  g_ptr_array_add (self->names, g_strdup (self->text->str));
  g_array_append_val (self->types, type);
  g_array_append_val (self->places, place_in_stream);
  g_byte_array_append (self->states, &state, 1);
  return TRUE;
}

static gboolean
take_record (Globals *self, guint64 place, GError **error)
{
  CcXlsBook    *book = self->book;
  CcXlsRecords *records = self->records;

  switch (records->type)
    {
    case XLS_FILEPASS:
      g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
                   "This workbook is protected by a password. Open it in Excel or LibreOffice "
                   "with the password, save it without one, and use that copy.");
      return FALSE;
    case XLS_CODEPAGE:
      take_code_page (self, cc_get_le16 (records->data));
      return TRUE;
    case XLS_DATEMODE:
      book->base.date_1904 = cc_get_le16 (records->data) == 1;
      return TRUE;
    case XLS_FONT:
      take_font (self);
      return TRUE;
    case XLS_FORMAT:
      return take_format (self, error);
    case XLS_XF:
      take_style (self);
      return TRUE;
    case XLS_BOUNDSHEET:
      return take_sheet_entry (self, error);
    case XLS_SST:
      book->strings = place;
      return TRUE;
    case XLS_OBPROJ:
      book->base.notices |= CC_BOOK_NOTICE_MACROS;
      return TRUE;
    case XLS_SUPBOOK:
      /* Four bytes stand for this very file and for functions added to the program. */
      if (records->length > 4)
        book->base.notices |= CC_BOOK_NOTICE_LINKS;
      return TRUE;
    default:
      return TRUE;
    }
}

static gboolean
read_globals (Globals *self, GError **error)
{
  if (!cc_xls_records_next (self->records, error) || !check_begin (self, error))
    return FALSE;
  if (self->book->is_old)
    take_code_page (self, 1252);
  for (;;)
    {
      guint64 place = self->records->next;

      if (!cc_xls_records_next (self->records, error))
        return FALSE;
      if (self->records->type == XLS_EOF)
        return TRUE;
      if (!take_record (self, place, error))
        return FALSE;
    }
}

/* --- the sheets --- */

static gboolean
take_merges (Globals *self, CcXlsSheet *sheet, guint *n_merges, GError **error)
{
  const CcXlsRecords *records = self->records;
  const guint         n = cc_get_le16 (records->data);

  for (guint i = 0; i < n && 2 + 8 * (i + 1) <= records->length; i++)
    {
      const guint8 *data = records->data + 2 + 8 * i;
      CcMerge       merge = { cc_get_le16 (data), cc_get_le16 (data + 2), cc_get_le16 (data + 4),
                              cc_get_le16 (data + 6) };

      if (merge.first_row > merge.last_row || merge.first_column > merge.last_column
          || merge.last_column >= CC_BOOK_MAX_COLUMNS)
        continue;
      if (++*n_merges > MAX_MERGES)
        {
          cc_book_set_limit_error (error, merge.first_row,
                                   "it has more than a million merged ranges");
          return FALSE;
        }
      g_array_append_val (sheet->merges, merge);
    }
  return TRUE;
}

/* Steps over a sheet; charts that lie in it have a beginning and an end of their own. */
static gboolean
scan_sheet (Globals      *self,
            CcXlsSheet   *sheet,
            gboolean     *right_to_left,
            guint        *n_merges,
            GCancellable *cancellable,
            GError      **error)
{
  CcXlsRecords *records = self->records;
  guint         depth = 0, n = 0;

  records->next = sheet->start;
  do
    {
      if (!cc_xls_records_next (records, error)
          || (n++ % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error)))
        return FALSE;
      if (depth == 0 && records->type != XLS_BOF)
        {
          cc_ole_set_damaged (error);
          return FALSE;
        }
      if (records->type == XLS_BOF)
        depth++;
      else if (records->type == XLS_EOF)
        depth--;
      else if (depth == 1 && records->type == XLS_WINDOW2)
        *right_to_left = (cc_get_le16 (records->data) & 0x40) != 0;
      else if (depth == 1 && records->type == XLS_MERGEDCELLS
               && !take_merges (self, sheet, n_merges, error))
        return FALSE;
    }
  while (depth > 0);
  sheet->end = records->next;
  return TRUE;
}

static gboolean
add_sheets (Globals *self, GCancellable *cancellable, GError **error)
{
  CcXlsBook *book = self->book;
  guint64    budget = 64 * cc_ole_stream_get_size (book->stream);
  guint      n_merges = 0;

  for (guint i = 0; i < self->names->len; i++)
    {
      CcXlsSheet sheet = { .start = g_array_index (self->places, guint64, i) };
      gboolean   right_to_left = FALSE;

      /* Sheets of charts and of old macros have no cells to read. */
      if (g_array_index (self->types, guint8, i) != 0)
        continue;
      sheet.merges = g_array_new (FALSE, FALSE, sizeof (CcMerge));
      g_array_append_val (book->sheets, sheet);
      if (!scan_sheet (self, &g_array_index (book->sheets, CcXlsSheet, book->sheets->len - 1),
                       &right_to_left, &n_merges, cancellable, error))
        return FALSE;
      cc_book_add_sheet (&book->base, g_ptr_array_index (self->names, i),
                         self->states->data[i] != 0, right_to_left);
      /* Entries that all lead to one large sheet. */
      sheet = g_array_index (book->sheets, CcXlsSheet, book->sheets->len - 1);
      if (sheet.end - sheet.start > budget)
        {
          cc_ole_set_damaged (error);
          return FALSE;
        }
      budget -= sheet.end - sheet.start;
    }
  return TRUE;
}

gboolean
cc_xls_globals_load (CcXlsBook *book, GCancellable *cancellable, GError **error)
{
  g_autoptr (CcXlsRecords) records = cc_xls_records_new (book->stream, 0);
  Globals  self = { .book = book, .records = records };
  gboolean good;

  self.text = g_string_new (NULL);
  self.bold = g_byte_array_new ();
  self.formats = g_hash_table_new (NULL, NULL);
  self.types = g_array_new (FALSE, FALSE, sizeof (guint8));
  self.places = g_array_new (FALSE, FALSE, sizeof (guint64));
  self.names = g_ptr_array_new_with_free_func (g_free);
  self.states = g_byte_array_new ();
  good = read_globals (&self, error) && add_sheets (&self, cancellable, error);
  g_string_free (self.text, TRUE);
  g_byte_array_unref (self.bold);
  g_hash_table_unref (self.formats);
  g_array_unref (self.types);
  g_array_unref (self.places);
  g_ptr_array_unref (self.names);
  g_byte_array_unref (self.states);
  return good;
}
