/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-book-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-raw-file.h>

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEAD_SIZE 4096
/* An OLE container names its streams in a directory that may lie anywhere. */
#define OLE_SEARCH_SIZE (64 * 1024 * 1024)

typedef struct
{
  const char *start; /* bytes a file begins with */
  gsize       length;
  const char *message;
} Signature;

#define SAVE_AS_XLSX                                                                                    \
  "Open it in Excel or LibreOffice, choose “Save as”, take the type “Excel workbook (.xlsx)”, " \
  "and "                                                                                                \
  "use that copy."

/* Formats that arrive under the name of a spreadsheet. */
static const Signature signatures[] = {
  { "%PDF", 4,
    "This is a PDF document, whose tables cannot be read reliably. Ask the sender for the "
    "spreadsheet it was made from." },
  { "{\\rtf", 5, "This is a text document. Copy its table into a spreadsheet and save that." },
  { "SQLite format 3", 16, "This is a database, not a spreadsheet. Export its table as .csv." },
  { "\x89PNG", 4, "This is a picture. Ask the sender for the spreadsheet it shows." },
  { "\xff\xd8\xff", 3, "This is a picture. Ask the sender for the spreadsheet it shows." },
  { "GIF8", 4, "This is a picture. Ask the sender for the spreadsheet it shows." },
  { "\x1f\x8b", 2, "This is a packed file. Unpack it and use what is inside." },
  { "Rar!", 4, "This is a packed file. Unpack it and use what is inside." },
  { "7z\xbc\xaf", 4, "This is a packed file. Unpack it and use what is inside." },
  { "\x09\x04", 2, "This is a workbook of an old Excel (.xls). " SAVE_AS_XLSX },
  { "\x09\x02", 2, "This is a workbook of an old Excel (.xls). " SAVE_AS_XLSX },
};

static void
set_foreign (GError **error, const char *message)
{
  g_set_error_literal (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT, message);
}

/* --- bytes --- */

static gssize
read_at (int fd, GBytes *bytes, char *buffer, gsize size, gsize offset)
{
  if (bytes != NULL)
    {
      gsize       length;
      const char *data = g_bytes_get_data (bytes, &length);
      gsize       n = offset < length ? MIN (size, length - offset) : 0;

      if (n > 0)
        memcpy (buffer, data + offset, n);
      return (gssize) n;
    }
  return pread (fd, buffer, size, (off_t) offset);
}

static gboolean
find_in_file (int fd, GBytes *bytes, const char *needle, gsize length)
{
  g_autofree char *buffer = g_malloc (65536);
  gsize            offset = 0;
  gssize           n;

  /* Windows overlap by what may lie across their border. */
  while (offset < OLE_SEARCH_SIZE
         && (n = read_at (fd, bytes, buffer, 65536, offset)) >= (gssize) length)
    {
      if (memmem (buffer, (gsize) n, needle, length) != NULL)
        return TRUE;
      offset += (gsize) n - length + 1;
    }
  return FALSE;
}

/* --- kinds --- */

/* FALSE with an error for what is no workbook. */
static gboolean
look_at_ole (int fd, GBytes *bytes, GError **error)
{
  static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  static const char workbook[] = "W\0o\0r\0k\0b\0o\0o\0k";
  static const char book[] = "B\0o\0o\0k\0\0\0";

  if (find_in_file (fd, bytes, encrypted, sizeof encrypted - 1))
    set_foreign (error, "This workbook is protected by a password. Open it in Excel or LibreOffice "
                        "with the password, save it without one, and use that copy.");
  else if (find_in_file (fd, bytes, workbook, sizeof workbook - 1)
           || find_in_file (fd, bytes, book, sizeof book - 1))
    return TRUE;
  else
    set_foreign (error, "This is a document of an old Office program, but not a workbook. Ask the "
                        "sender for the spreadsheet.");
  return FALSE;
}

/* Whether the text is markup: many systems "export to Excel" a web page under the name .xls. */
static gboolean
explain_markup (const char *head, GError **error)
{
  const char *p = g_str_has_prefix (head, "\xef\xbb\xbf") ? head + 3 : head;

  p += strspn (p, " \t\r\n");
  if (g_ascii_strncasecmp (p, "<!doctype html", 14) == 0 || g_ascii_strncasecmp (p, "<html", 5) == 0
      || g_ascii_strncasecmp (p, "<table", 6) == 0)
    set_foreign (error,
                 "This is a web page that was given the name of a spreadsheet. " SAVE_AS_XLSX);
  else if (g_str_has_prefix (p, "<?xml") && strstr (p, "office:spreadsheet") != NULL)
    set_foreign (error, "This is a workbook saved as XML. " SAVE_AS_XLSX);
  else if (g_str_has_prefix (p, "<?xml"))
    set_foreign (error, "This is an XML file that is no workbook. Ask the sender for the "
                        "spreadsheet or a .csv file.");
  else
    return FALSE;
  return TRUE;
}

/* A text may come in UTF-16, which is full of NULs; other files with NULs are no texts. */
static gboolean
looks_like_text (const char *head, gsize length)
{
  gsize odd = 0, even = 0, controls = 0;

  for (gsize i = 0; i < length; i++)
    if (head[i] == '\0')
      *(i % 2 == 0 ? &even : &odd) += 1;
    else if ((guchar) head[i] < 0x20 && strchr ("\t\n\v\f\r\x1a\x1b", head[i]) == NULL)
      controls++;
  if (length >= 2 && (memcmp (head, "\xff\xfe", 2) == 0 || memcmp (head, "\xfe\xff", 2) == 0))
    return TRUE;
  if (odd + even == 0)
    return controls * 50 <= length;
  /* NULs on one side only; some of the other side's bytes may be 6, the block of Arabic letters. */
  return MIN (odd, even) * 20 <= MAX (odd, even) && MAX (odd, even) * 20 >= length;
}

static gboolean
has_workbook_name (const char *path)
{
  static const char *const endings[] = {
    ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
look_at_head (const char *path, const char *head, gsize length, CcLooks *looks, GError **error)
{
  if (length == 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "The file is empty. Perhaps its download or copy failed; ask for it again.");
      return FALSE;
    }
  if (length >= 4 && (memcmp (head, "PK\3\4", 4) == 0 || memcmp (head, "PK\5\6", 4) == 0))
    {
      *looks = CC_LOOKS_LIKE_ZIP;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= signatures[i].length
        && memcmp (head, signatures[i].start, signatures[i].length) == 0)
      {
        set_foreign (error, signatures[i].message);
        return FALSE;
      }
  if (!looks_like_text (head, length))
    {
      set_foreign (error, "This is neither a workbook nor a text: its content is not known here. "
                          "Check that it is the right file, or ask for it again.");
      return FALSE;
    }
  if (explain_markup (head, error))
    return FALSE;
  if (has_workbook_name (path))
    {
      set_foreign (error,
                   "The file has the name of a workbook but holds plain text, as a .csv file "
                   "that was renamed does. Give it a name that ends in .csv and use it "
                   "again.");
      return FALSE;
    }
  *looks = CC_LOOKS_LIKE_TEXT;
  return TRUE;
}

gboolean
cc_book_sniff (const char *path, GBytes *bytes, CcLooks *looks, GError **error)
{
  char     head[HEAD_SIZE + 1];
  int      fd = bytes == NULL ? cc_raw_file_open (path) : -1;
  gssize   n = bytes != NULL || fd >= 0 ? read_at (fd, bytes, head, HEAD_SIZE, 0) : -1;
  gboolean good = FALSE;

  if (n < 0)
    {
      int reason = errno;

      g_set_error (error, CC_ERROR, reason == ENOENT ? CC_ERROR_NOT_FOUND : CC_ERROR_FAILED,
                   "The file “%s” cannot be read: %s.", path, g_strerror (reason));
    }
  else
    {
      head[n] = '\0';
      if (n >= 8 && memcmp (head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
        {
          *looks = CC_LOOKS_LIKE_XLS;
          good = look_at_ole (fd, bytes, error);
        }
      /* A bare stream of records. */
      else if (n >= 8 && memcmp (head, "\x09\x08", 2) == 0)
        {
          *looks = CC_LOOKS_LIKE_XLS;
          good = TRUE;
        }
      else
        good = look_at_head (path, head, (gsize) n, looks, error);
    }
  cc_raw_file_close (fd);
  return good;
}

void
cc_book_set_foreign_zip (const char *mimetype, GError **error)
{
  if (g_str_has_prefix (mimetype, "application/vnd.oasis.opendocument"))
    set_foreign (error,
                 "This is an OpenDocument file, but not a spreadsheet. Copy its table into a "
                 "spreadsheet and save that.");
  else if (g_str_equal (mimetype, "xlsb"))
    set_foreign (error, "This is a binary Excel workbook (.xlsb). " SAVE_AS_XLSX);
  else if (g_str_equal (mimetype, "docx") || g_str_equal (mimetype, "pptx"))
    set_foreign (error, "This is a Word or PowerPoint document. Copy its table into a spreadsheet "
                        "and save that.");
  else
    set_foreign (error, "This is a packed file without a workbook in it. Unpack it and use the "
                        "spreadsheets that it holds.");
}
