/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "cc-xml-private.h"

/* Where expat reads a text that is meant for our own tokenizer, the latter says the same. (It may
 * read more: it does not check names and characters.) */

typedef struct
{
  const guint8 *data;
  gsize         size, position, piece;
} Source;

static gssize
read_source (gpointer data, void *buffer, gsize size, GError **error)
{
  Source *source = data;
  gsize   n = MIN (MIN (size, source->piece), source->size - source->position);

  if (n > 0)
    memcpy (buffer, source->data + source->position, n);
  source->position += n;
  return (gssize) n;
}

static void
append_event (GString *out, CcXmlReader *xml, CcXmlEvent event)
{
  if (event == CC_XML_TEXT)
    {
      g_string_append_len (out, xml->text, (gssize) xml->text_length);
      return;
    }
  g_string_append_c (out, event == CC_XML_START ? '\1' : '\2');
  g_string_append_len (out, xml->name, xml->name_length);
  for (guint i = 0; event == CC_XML_START && i < xml->n_attributes; i++)
    {
      g_string_append_c (out, xml->attributes[i].prefixed ? '\3' : '\4');
      g_string_append_len (out, xml->attributes[i].name, xml->attributes[i].name_length);
      g_string_append_c (out, '=');
      g_string_append (out, xml->attributes[i].value);
    }
  g_string_append_c (out, '\5');
}

static GString *
describe (const guint8 *data, gsize size, gsize piece, CcXmlEngine engine, gboolean *good)
{
  Source source = { data, size, 0, piece };
  g_autoptr (GError) error = NULL;
  g_autoptr (CcXmlReader) xml = cc_xml_reader_new (read_source, &source, engine, &error);
  GString   *out = g_string_new (NULL);
  CcXmlEvent event = CC_XML_TEXT;

  while ((*good = cc_xml_reader_next (xml, &event, &error)) && event != CC_XML_FINISHED)
    append_event (out, xml, event);
  g_assert_true (*good || error != NULL);
  return out;
}

static gboolean
is_for_own (const guint8 *data, gsize size)
{
  Source source = { data, size, 0, G_MAXINT };
  g_autoptr (CcXmlReader) xml =
      cc_xml_reader_new (read_source, &source, CC_XML_ENGINE_AUTOMATIC, NULL);

  return xml->peek != NULL;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gboolean expat_good, own_good, pieces_good;
  GString *expat = describe (data, size, G_MAXINT, CC_XML_ENGINE_EXPAT, &expat_good);
  GString *own = describe (data, size, G_MAXINT, CC_XML_ENGINE_OWN, &own_good);
  GString *pieces = describe (data, size, 5, CC_XML_ENGINE_OWN, &pieces_good);

  g_assert_cmpint (own_good, ==, pieces_good);
  if (own_good)
    g_assert_cmpmem (own->str, own->len, pieces->str, pieces->len);
  if (expat_good && is_for_own (data, size))
    {
      g_assert_true (own_good);
      g_assert_cmpmem (own->str, own->len, expat->str, expat->len);
    }
  g_string_free (expat, TRUE);
  g_string_free (own, TRUE);
  g_string_free (pieces, TRUE);
  return 0;
}
