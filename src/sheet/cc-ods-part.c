/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-ods-private.h"

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"

static const CcXmlNamespace namespaces[] = {
  { "office", OASIS "office:1.0" },
  { "table", OASIS "table:1.0" },
  { "text", OASIS "text:1.0" },
  { "style", OASIS "style:1.0" },
  { "number", OASIS "datastyle:1.0" },
  { "fo", OASIS "xsl-fo-compatible:1.0" },
  { "calcext", "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" },
  { NULL, NULL },
};

static gssize
read_part (gpointer data, void *buffer, gsize size, GError **error)
{
  return cc_part_read (data, buffer, size, error);
}

CcOdsSource *
cc_ods_source_open (CcArchive *archive, const char *part, GError **error)
{
  g_autoptr (CcOdsSource) self = g_new0 (CcOdsSource, 1);

  self->part = cc_archive_open_part (archive, part, error);
  if (self->part == NULL)
    return NULL;
  self->xml =
      cc_xml_reader_new_mixed (read_part, self->part, CC_XML_ENGINE_AUTOMATIC, namespaces, error);
  return self->xml != NULL ? g_steal_pointer (&self) : NULL;
}

void
cc_ods_source_free (CcOdsSource *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->xml, cc_xml_reader_free);
  g_clear_pointer (&self->part, cc_part_free);
  g_free (self);
}

gboolean
cc_ods_source_skip (CcOdsSource *self, GError **error)
{
  guint      depth = 1;
  CcXmlEvent event;

  while (depth > 0)
    {
      if (!cc_xml_reader_next (self->xml, &event, error))
        return FALSE;
      /* The tokenizers see to it that every element ends. */
      if (event == CC_XML_START)
        depth++;
      else if (event == CC_XML_END)
        depth--;
    }
  return TRUE;
}

gboolean
cc_ods_is_group (CcXmlReader *xml)
{
  return cc_xml_is (xml, "table:table-rows") || cc_xml_is (xml, "table:table-row-group")
         || cc_xml_is (xml, "table:table-header-rows") || cc_xml_is (xml, "table:table-columns")
         || cc_xml_is (xml, "table:table-column-group")
         || cc_xml_is (xml, "table:table-header-columns");
}

guint
cc_ods_read_count (const char *value, guint limit)
{
  guint64 count = 0;

  for (const char *p = value; p != NULL && g_ascii_isdigit (*p) && count <= limit; p++)
    count = count * 10 + (guint64) (*p - '0');
  return (guint) CLAMP (count, 1, limit);
}
