/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-book-private.h"
#include "cc-xml-private.h"

#include <string.h>

/* What stands among the properties before the title is short; a file that hides it behind more has
 * none. */
#define MAX_EVENTS 1000
#define MAX_TITLE  1000

static const CcXmlNamespace namespaces[] = {
  { "dc", "http://purl.org/dc/elements/1.1/" },
  { NULL, NULL },
};

static gssize
read_part (gpointer data, void *buffer, gsize size, GError **error)
{
  return cc_part_read (data, buffer, size, error);
}

static char *
read_title (CcXmlReader *xml)
{
  g_autoptr (GString) title = g_string_new (NULL);
  gboolean   inside = FALSE;
  CcXmlEvent event;

  for (guint i = 0; i < MAX_EVENTS && cc_xml_reader_next (xml, &event, NULL); i++)
    {
      if (event == CC_XML_FINISHED)
        return NULL;
      if (event == CC_XML_START)
        inside = inside || cc_xml_is (xml, "dc:title");
      else if (event == CC_XML_END && inside)
        return g_utf8_validate (title->str, (gssize) title->len, NULL)
                   ? g_string_free (g_steal_pointer (&title), FALSE)
                   : NULL;
      else if (event == CC_XML_TEXT && inside && title->len + xml->text_length <= MAX_TITLE)
        g_string_append_len (title, xml->text, (gssize) xml->text_length);
    }
  return NULL;
}

/* The title among the properties of the document; what is wrong with them is none of ours, for no
 * other use is made of them. NULL where there is none. */
char *
cc_book_load_title (CcArchive *archive, const char *part_name)
{
  g_autoptr (CcPart) part = NULL;
  g_autoptr (CcXmlReader) xml = NULL;
  g_autofree char *title = NULL;

  if (part_name == NULL || !cc_archive_has (archive, part_name))
    return NULL;
  part = cc_archive_open_part (archive, part_name, NULL);
  if (part != NULL)
    xml = cc_xml_reader_new_mixed (read_part, part, CC_XML_ENGINE_AUTOMATIC, namespaces, NULL);
  if (xml != NULL)
    title = read_title (xml);
  return title != NULL && *g_strstrip (title) != '\0' ? g_steal_pointer (&title) : NULL;
}
