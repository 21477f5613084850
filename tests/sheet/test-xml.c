/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xml-private.h"

#include <cc/base/cc-error.h>
#include <string.h>

/* Both engines must say the same of every text that our own tokenizer is given, whatever the size
 * of the pieces in which it arrives. */

typedef struct
{
  const char *text;
  gsize       length, position, piece;
} Source;

static gssize
read_source (gpointer data, void *buffer, gsize size, GError **error)
{
  Source *source = data;
  gsize   n = MIN (MIN (size, source->piece), source->length - source->position);

  memcpy (buffer, source->text + source->position, n);
  source->position += n;
  return (gssize) n;
}

/* "<a x=1 p:y=2>text</a>", with pieces of text joined; "!" at an error. */
static char *
describe_in (const char           *text,
             gsize                 length,
             gsize                 piece,
             CcXmlEngine           engine,
             const CcXmlNamespace *namespaces)
{
  Source source = { text, length, 0, piece };
  g_autoptr (CcXmlReader) xml =
      cc_xml_reader_new_mixed (read_source, &source, engine, namespaces, NULL);
  GString   *out = g_string_new (NULL);
  CcXmlEvent event;

  for (;;)
    {
      g_autoptr (GError) error = NULL;

      if (!cc_xml_reader_next (xml, &event, &error))
        {
          g_assert_nonnull (error);
          g_string_assign (out, "!");
          break;
        }
      if (event == CC_XML_FINISHED)
        break;
      if (event == CC_XML_TEXT)
        {
          g_string_append_len (out, xml->text, (gssize) xml->text_length);
          continue;
        }
      g_string_append_printf (out, "<%s%.*s", event == CC_XML_END ? "/" : "",
                              (int) xml->name_length, xml->name);
      for (guint i = 0; event == CC_XML_START && i < xml->n_attributes; i++)
        g_string_append_printf (out, " %s%.*s=%s", xml->attributes[i].prefixed ? "p:" : "",
                                (int) xml->attributes[i].name_length, xml->attributes[i].name,
                                xml->attributes[i].value);
      g_string_append_c (out, '>');
    }
  return g_string_free (out, FALSE);
}

static char *
describe (const char *text, gsize length, gsize piece, CcXmlEngine engine)
{
  return describe_in (text, length, piece, engine, NULL);
}

static const char *const corpus[] = {
  "<a/>",
  "<a></a>",
  "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<a>x</a>\n",
  "<a b=\"1\" c='2'  d = \"3\"\n><b/><b x=\"y\"/>t</a  >",
  "<a b='\"' c=\"'\">\"'</a>",
  "<a b=\"x>y/\">1 > 0</a>",
  "<a b=\"&lt;&amp;&gt;&quot;&apos;&#65;&#x42;\">&lt;&amp;&gt;&quot;&apos;&#65;&#x42;</a>",
  "<a b=\" 1\n2\t3\r\n4 \">l1\r\nl2\rl3\nl4\r</a>",
  "<a>&#13;&#10;</a>",
  "<a>é日😀</a>",
  "<a><!-- <b> - > --><b/><!----></a>",
  "<a><!-- x -- > --></a>",
  "<a><?pi <b> ?><b/></a><!-- end --> <?x?>",
  "<a>one<![CDATA[<b>&amp;]] >\r\n]]>two<![CDATA[]]></a>",
  "<a xmlns=\"urn:a\"><b/><c xmlns=\"urn:c\"><b>no</b></c><d xmlns=\"urn:a\">yes</d></a>",
  "<a xmlns=\"urn:a\" xmlns:x=\"urn:x\"><x:b>no<b>no</b></x:b><b x:id=\"1\" id=\"2\"/></a>",
  "<a xmlns:x=\"urn:x\" x:y=\"1\"><x:z/>t</a>",
  "<a><b xmlns=\"\">yes</b></a>",
  "<a.b-c_d><e1/></a.b-c_d>",
  "<a xml:space=\"preserve\">  </a>",
  /* malformed */
  "",
  " ",
  "text",
  "<a>",
  "<a></b>",
  "<a><b></a></b>",
  "</a>",
  "<a/><b/>",
  "<a/>text",
  "text<a/>",
  "<a b></a>",
  "<a b=1></a>",
  "<a b=\"1></a>",
  "<a b=\"<\"/>",
  "<a>&nbsp;</a>",
  "<a>&amp</a>",
  "<a>& </a>",
  "<a>&#0;</a>",
  "<a>&#x110000;</a>",
  "<a>&#xD800;</a>",
  "<a><![CDATA[x</a>",
  "<a><!-- x</a>",
  "<a",
  "<a ",
  "<",
  "<a><",
  "<a></",
  "<a/",
  "< a/>",
  "<a><!DOCTYPE b></a>",
};

static void
test_corpus (void)
{
  const gsize pieces[] = { 1, 2, 3, 7, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      gsize            length = strlen (corpus[i]);
      g_autofree char *expected = describe (corpus[i], length, 100000, CC_XML_ENGINE_EXPAT);

      for (guint k = 0; k < G_N_ELEMENTS (pieces); k++)
        {
          g_autofree char *own = describe (corpus[i], length, pieces[k], CC_XML_ENGINE_OWN);

          g_test_message ("%s", corpus[i]);
          g_assert_cmpstr (own, ==, expected);
        }
    }
}

/* Long texts, tags and comments that do not fit the buffer at one go. */
static void
test_long (void)
{
  static const char *const patterns[] = { "<a>%s</a>", "<a b=\"%s\"/>", "<a><!--%s-->x</a>",
                                          "<a><![CDATA[%s]]></a>" };
  g_autoptr (GString) filling = g_string_new (NULL);

  for (guint i = 0; i < 40000; i++)
    g_string_append (filling, i % 3 == 0 ? "é&amp;\r\n" : "word ");
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_auto (GStrv) halves = g_strsplit (patterns[i], "%s", 2);
      g_autofree char *text = g_strconcat (halves[0], filling->str, halves[1], NULL);
      g_autofree char *expected = describe (text, strlen (text), 16384, CC_XML_ENGINE_EXPAT);
      g_autofree char *own = describe (text, strlen (text), 1 << 20, CC_XML_ENGINE_OWN);
      g_autofree char *pieces = describe (text, strlen (text), 4099, CC_XML_ENGINE_OWN);

      g_assert_cmpstr (expected, !=, "!");
      g_assert_cmpstr (own, ==, expected);
      g_assert_cmpstr (pieces, ==, expected);
    }
}

/* Random texts of the pieces from which workbooks are made, most of them malformed. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "<c r=\"A1\">", "</c>", "<v>",   "</v>",   "12", "&amp;", "<f/>",     "<row r=\"1\">",
    "</row>",       "\r\n", "<x:y>", "</x:y>", " ",  "é",     "<!--c-->", "<![CDATA[<]]>"
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20240302);
  guint n_good = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new ("<s xmlns:x=\"urn:x\">");
      g_autofree char *expected = NULL;
      g_autofree char *own = NULL;

      for (gint n = g_rand_int_range (random, 0, 8); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      g_string_append (text, "</s>");
      expected = describe (text->str, text->len, 100000, CC_XML_ENGINE_EXPAT);
      own = describe (text->str, text->len, 1 + i % 13, CC_XML_ENGINE_OWN);
      g_assert_cmpstr (own, ==, expected);
      n_good += strcmp (own, "!") != 0;
    }
  g_assert_cmpuint (n_good, >, 1000);
}

static void
test_choice (void)
{
  static const struct
  {
    const char *text;
    gboolean    is_own;
  } cases[] = {
    { "<?xml version=\"1.0\" encoding='utf-8'?><a xmlns=\"urn:a\" xmlns:r=\"urn:r\"><b/></a>",
      TRUE },
    { "<!-- c --><a/>", TRUE },
    { "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a/>", FALSE },
    { "<!DOCTYPE a><a/>", FALSE },
    { "<x:a xmlns:x=\"urn:a\"/>", FALSE },
    { "<a xmlns=\"urn:a\" xmlns:x=\"urn:a\"><x:b/></a>", FALSE },
    { "\xff\xfe<\0a\0/\0>\0", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Source source = { cases[i].text, strlen (cases[i].text), 0, 5 };
      g_autoptr (CcXmlReader) xml =
          cc_xml_reader_new (read_source, &source, CC_XML_ENGINE_AUTOMATIC, NULL);

      g_assert_cmpint (xml->peek != NULL, ==, cases[i].is_own);
    }
}

/* Names with their prefixes: both engines say the same where the prefixes are the usual ones, and
 * our tokenizer is not asked, or fails, where they are not. */
static void
test_mixed (void)
{
  static const CcXmlNamespace namespaces[] = { { "t", "urn:t" }, { "o", "urn:o" }, { NULL, NULL } };
  static const struct
  {
    const char *text, *expected;
    gboolean    is_own, fails;
  } cases[] = {
    { "<o:a xmlns:o=\"urn:o\" xmlns:t=\"urn:t\"><t:b o:x=\"1\" y=\"2\">z</t:b></o:a>",
      "<o:a><t:b p:o:x=1 y=2>z</t:b></o:a>", TRUE, FALSE },
    { "<o:a xmlns:o=\"urn:o\"><t:b xmlns:t=\"urn:t\"/></o:a>", "<o:a><t:b></t:b></o:a>", TRUE,
      FALSE },
    { "<a xmlns=\"urn:o\" xmlns:x=\"urn:t\"><x:b x:c=\"1\"/></a>", "<o:a><t:b p:t:c=1></t:b></o:a>",
      FALSE, FALSE },
    { "<t:a xmlns:t=\"urn:other\" xmlns:o=\"urn:o\"><o:b/></t:a>", "<:a><o:b></o:b></:a>", FALSE,
      FALSE },
    { "<o:a xmlns:o=\"urn:o\"><t:b xmlns:t=\"urn:o\"/></o:a>", "!", TRUE, TRUE },
    { "<o:a xmlns:o=\"urn:o\"><x:b xmlns:x=\"urn:o\"/></o:a>", "!", TRUE, TRUE },
    { "<a/>", "<a></a>", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gsize      length = strlen (cases[i].text);
      Source           source = { cases[i].text, length, 0, 5 };
      g_autofree char *found =
          describe_in (cases[i].text, length, 3, CC_XML_ENGINE_AUTOMATIC, namespaces);
      g_autofree char *other =
          describe_in (cases[i].text, length, 100, CC_XML_ENGINE_EXPAT, namespaces);
      g_autoptr (CcXmlReader) xml =
          cc_xml_reader_new_mixed (read_source, &source, CC_XML_ENGINE_AUTOMATIC, namespaces, NULL);

      g_assert_cmpstr (found, ==, cases[i].expected);
      g_assert_cmpint (xml->peek != NULL, ==, cases[i].is_own);
      if (!cases[i].fails)
        g_assert_cmpstr (other, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/xml/corpus", test_corpus);
  g_test_add_func ("/sheet/xml/long", test_long);
  g_test_add_func ("/sheet/xml/random", test_random);
  g_test_add_func ("/sheet/xml/choice", test_choice);
  g_test_add_func ("/sheet/xml/mixed", test_mixed);
  return g_test_run ();
}
