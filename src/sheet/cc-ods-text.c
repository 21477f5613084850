/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-ods-private.h"

#include <string.h>

/* Four bytes a character; what goes on after that is refused by whoever takes the text. */
#define MAX_RAW (CC_BOOK_MAX_TEXT * 4 + 1)

/* Something other than a blank comes. */
static void
end_run (CcOdsText *self)
{
  if (self->is_broken && self->run > self->start)
    g_string_append_c (self->text, ' ');
  self->is_broken = FALSE;
}

/* All blanks of a run are one by the standard (ODF 1.3 part 3, 6.1.2), but spreadsheet programs
 * write and read several as they stand. Only where lines were broken to lay the file out are they
 * run together, and left out at the ends of the paragraph. */
static void
append (CcOdsText *self, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end && self->text->len < MAX_RAW)
    {
      const char *p = text;

      while (p < end && *p != ' ' && *p != '\t' && *p != '\n' && *p != '\r')
        p++;
      if (p > text)
        {
          end_run (self);
          g_string_append_len (self->text, text, p - text);
          self->run = self->text->len;
          text = p;
          continue;
        }
      if (*p != ' ')
        {
          g_string_truncate (self->text, self->run);
          self->is_broken = TRUE;
        }
      else if (!self->is_broken)
        g_string_append_c (self->text, ' ');
      text++;
    }
}

static void
append_kept (CcOdsText *self, char c, guint count)
{
  end_run (self);
  for (; count > 0 && self->text->len < MAX_RAW; count--)
    g_string_append_c (self->text, c);
  self->run = self->text->len;
}

/* Whether the element belongs into the text; the small ones are answered at once. */
static gboolean
take_inner (CcOdsText *self, CcXmlReader *xml)
{
  if (cc_xml_is (xml, "text:s"))
    append_kept (self, ' ',
                 cc_ods_read_count (cc_xml_reader_get_prefixed (xml, "text:c"), MAX_RAW));
  else if (cc_xml_is (xml, "text:tab"))
    append_kept (self, '\t', 1);
  else if (cc_xml_is (xml, "text:line-break"))
    append_kept (self, '\n', 1);
  /* The reading of signs, printed small above them; a note at the page's foot. */
  else if (cc_xml_is (xml, "text:ruby-text") || cc_xml_is (xml, "text:note"))
    return FALSE;
  return xml->name_length > 5 && memcmp (xml->name, "text:", 5) == 0;
}

gboolean
cc_ods_text_read (CcOdsText *self, CcOdsSource *source, gboolean wanted, GError **error)
{
  guint      depth = 1;
  CcXmlEvent event;

  if (!wanted)
    return cc_ods_source_skip (source, error);
  if (self->has_paragraph)
    g_string_append_c (self->text, '\n');
  self->has_paragraph = TRUE;
  self->start = self->run = self->text->len;
  self->is_broken = FALSE;
  while (depth > 0)
    {
      if (!cc_xml_reader_next (source->xml, &event, error))
        return FALSE;
      if (event == CC_XML_TEXT)
        append (self, source->xml->text, source->xml->text_length);
      else if (event == CC_XML_END)
        depth--;
      else if (take_inner (self, source->xml))
        depth++;
      else if (!cc_ods_source_skip (source, error))
        return FALSE;
    }
  return TRUE;
}
