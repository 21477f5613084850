/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xlsx-fast-private.h"
#include "cc-xlsx-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* All different texts of a workbook are kept; this many bytes and no more. */
#define MAX_TOTAL (G_GUINT64_CONSTANT (1) << 30)
/* Four bytes a character, and room for _xHHHH_. */
#define MAX_RAW (CC_BOOK_MAX_TEXT * 8)

static gboolean
read_escape (const char *p, gunichar *c)
{
  *c = 0;
  if (p[0] != '_' || p[1] != 'x')
    return FALSE;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return FALSE;
      *c = *c * 16 + (gunichar) g_ascii_xdigit_value (p[i]);
    }
  return p[6] == '_';
}

/* _xHHHH_ stands for a UTF-16 unit that XML cannot hold; a pair of them for one character. */
static void
undo_escapes (GString *text)
{
  const char *p = text->str;
  char       *out = text->str;
  gunichar    c, low;

  while (*p != '\0')
    {
      if (*p != '_' || !read_escape (p, &c))
        {
          *out++ = *p++;
          continue;
        }
      p += 7;
      if (c >= 0xD800 && c < 0xDC00 && read_escape (p, &low) && low >= 0xDC00 && low < 0xE000)
        {
          c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
          p += 7;
        }
      if (c >= 0xD800 && c < 0xE000)
        c = 0xFFFD;
      /* A NUL would hide the rest of the text. */
      if (c != 0)
        out += g_unichar_to_utf8 (c, out);
    }
  g_string_truncate (text, (gsize) (out - text->str));
}

gboolean
cc_xlsx_finish_text (GString *text, GError **error)
{
  if (text->len <= MAX_RAW && memchr (text->str, '_', text->len) != NULL
      && g_utf8_validate_len (text->str, text->len, NULL))
    undo_escapes (text);
  return cc_book_check_text (text, error);
}

static gboolean
keep_text (CcXlsxStrings *self, const char *text, gsize length, GError **error)
{
  if (self->pool.total + length > MAX_TOTAL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                   "The file was refused: its texts are larger than one gigabyte. Divide it into "
                   "several files.");
      return FALSE;
    }
  g_ptr_array_add (self->texts, length > 0 ? cc_text_pool_copy (&self->pool, text, length) : NULL);
  return TRUE;
}

/* Takes the texts that are written as usual and wait whole in the buffer. */
static gboolean
take_fast_strings (CcXlsxStrings *self, CcXmlReader *xml, GError **error)
{
  const char *waiting, *text;
  gsize       taken, length;

  while (cc_xml_reader_peek (xml, &waiting) > 0
         && (taken = cc_xlsx_fast_string (waiting, &text, &length)) > 0
         && length <= CC_BOOK_MAX_TEXT)
    {
      cc_xml_reader_skip (xml, taken);
      if (!keep_text (self, text, length, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_strings (CcXlsxStrings *self, CcXmlReader *xml, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean   in_item = FALSE;
  gboolean   in_text = FALSE;
  guint      in_phonetic = 0;
  CcXmlEvent event;

  for (;;)
    {
      if (!in_item && !take_fast_strings (self, xml, error))
        return FALSE;
      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      switch (event)
        {
        case CC_XML_FINISHED:
          return TRUE;
        case CC_XML_START:
          if (cc_xml_is (xml, "si"))
            {
              in_item = TRUE;
              g_string_truncate (text, 0);
              if (self->texts->len % 1024 == 0
                  && g_cancellable_set_error_if_cancelled (cancellable, error))
                return FALSE;
            }
          else if (cc_xml_is (xml, "t"))
            in_text = TRUE;
          else if (cc_xml_is (xml, "rPh"))
            in_phonetic++;
          break;
        case CC_XML_END:
          if (cc_xml_is (xml, "si"))
            {
              in_item = FALSE;
              if (!cc_xlsx_finish_text (text, error)
                  || !keep_text (self, text->str, text->len, error))
                return FALSE;
            }
          else if (cc_xml_is (xml, "t"))
            in_text = FALSE;
          else if (cc_xml_is (xml, "rPh"))
            in_phonetic--;
          break;
        case CC_XML_TEXT:
        default:
          if (in_item && in_text && in_phonetic == 0 && text->len <= MAX_RAW)
            g_string_append_len (text, xml->text, (gssize) xml->text_length);
          break;
        }
    }
}

CcXlsxStrings *
cc_xlsx_strings_load (CcArchive    *archive,
                      const char   *part,
                      GCancellable *cancellable,
                      GError      **error)
{
  CcXlsxStrings *self = g_new0 (CcXlsxStrings, 1);
  g_auto (CcXlsxPart) source = { 0 };

  cc_text_pool_init (&self->pool);
  self->texts = g_ptr_array_new ();
  if (part != NULL
      && (!cc_xlsx_part_open (&source, archive, part, error)
          || !read_strings (self, source.xml, cancellable, error)))
    g_clear_pointer (&self, cc_xlsx_strings_free);
  return self;
}

void
cc_xlsx_strings_free (CcXlsxStrings *self)
{
  if (self == NULL)
    return;
  cc_text_pool_clear (&self->pool);
  g_ptr_array_unref (self->texts);
  g_free (self);
}
