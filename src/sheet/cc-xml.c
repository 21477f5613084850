/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xml-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Enough for the declaration and the root's tag with its twenty namespaces. */
#define HEAD_SIZE 16384

void
cc_xml_set_malformed (GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "The workbook is damaged: the text of one of its parts breaks the rules of its "
               "format. Open it in the program that made it and save it again, or ask for the "
               "file again.");
}

void
cc_xml_set_too_deep (GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
               "The file was refused: one of its parts is nested deeper, longer or has longer "
               "tags than any workbook needs. Save it again in a spreadsheet program and use that "
               "copy.");
}

static const char *
skip_blanks (const char *p)
{
  while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
    p++;
  return p;
}

/* The value of name="..." or name='...' in a tag, newly allocated. */
static char *
find_quoted (const char *tag, const char *end, const char *name)
{
  const char *p = g_strstr_len (tag, end - tag, name);
  const char *close;

  if (p == NULL)
    return NULL;
  p = skip_blanks (p + strlen (name));
  if (*p != '=')
    return NULL;
  p = skip_blanks (p + 1);
  if (*p != '"' && *p != '\'')
    return NULL;
  close = memchr (p + 1, *p, (gsize) (end - p - 1));
  return close != NULL ? g_strndup (p + 1, (gsize) (close - p - 1)) : NULL;
}

static gboolean
is_plain_encoding (const char *declaration, const char *end)
{
  g_autofree char *encoding = find_quoted (declaration, end, "encoding");

  return encoding == NULL || g_ascii_strcasecmp (encoding, "UTF-8") == 0
         || g_ascii_strcasecmp (encoding, "US-ASCII") == 0;
}

/* A root that binds its own namespace to a prefix too may hold prefixed elements of it. */
static gboolean
binds_prefix_to_own (const char *tag, const char *end)
{
  g_autofree char *own = NULL;
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);

  for (const char *p = tag; (p = g_strstr_len (p, end - p, "xmlns")) != NULL;)
    {
      const char      *name_end = p + strcspn (p, "= \t\r\n>");
      g_autofree char *name = g_strndup (p, (gsize) (name_end - p));
      char            *uri = find_quoted (p, end, name);

      if (g_str_equal (name, "xmlns") && own == NULL)
        own = uri;
      else
        g_ptr_array_add (others, uri);
      p = name_end;
    }
  for (guint i = 0; own != NULL && i < others->len; i++)
    if (g_strcmp0 (g_ptr_array_index (others, i), own) == 0)
      return TRUE;
  return FALSE;
}

gboolean
cc_xml_is_usual (const CcXmlNamespace *namespaces,
                 const char           *prefix,
                 gsize                 prefix_length,
                 const char           *uri)
{
  for (; namespaces->prefix != NULL; namespaces++)
    {
      gboolean same_prefix = strlen (namespaces->prefix) == prefix_length
                             && memcmp (namespaces->prefix, prefix, prefix_length) == 0;

      if (same_prefix != g_str_equal (namespaces->uri, uri))
        return FALSE;
    }
  return TRUE;
}

/* Whether the root calls all that we know by the prefixes we know it by. */
static gboolean
has_usual_prefixes (const CcXmlNamespace *namespaces, const char *tag, const char *end)
{
  guint n_known = 0;

  for (const char *p = tag; (p = g_strstr_len (p, end - p, "xmlns")) != NULL;)
    {
      const char      *name_end = p + strcspn (p, "= \t\r\n>");
      g_autofree char *name = g_strndup (p, (gsize) (name_end - p));
      g_autofree char *uri = find_quoted (p, end, name);
      const char      *prefix = name[5] == ':' ? name + 6 : "";

      if (uri == NULL || !cc_xml_is_usual (namespaces, prefix, strlen (prefix), uri))
        return FALSE;
      n_known++;
      p = name_end;
    }
  return n_known > 0;
}

/* The end of a start tag, quotes respected; NULL when it lies beyond. */
static const char *
find_tag_end (const char *p)
{
  char quote = 0;

  for (; *p != '\0'; p++)
    if (quote != 0)
      quote = *p == quote ? 0 : quote;
    else if (*p == '"' || *p == '\'')
      quote = *p;
    else if (*p == '>')
      return p;
  return NULL;
}

static gboolean
suits_own_tokenizer (const char *head, const CcXmlNamespace *namespaces)
{
  const char *p = head;
  const char *end;

  if (g_str_has_prefix (p, "\xef\xbb\xbf"))
    p += 3;
  if (g_str_has_prefix (p, "<?xml"))
    {
      end = strstr (p, "?>");
      if (end == NULL || !is_plain_encoding (p, end))
        return FALSE;
      p = end + 2;
    }
  for (p = skip_blanks (p); p[0] == '<' && (p[1] == '?' || g_str_has_prefix (p, "<!--"));
       p = skip_blanks (end))
    {
      const char *closing = p[1] == '?' ? "?>" : "-->";

      end = strstr (p, closing);
      if (end == NULL)
        return FALSE;
      end += strlen (closing);
    }
  if (p[0] != '<' || !(g_ascii_isalpha (p[1]) || p[1] == '_'))
    return FALSE;
  end = find_tag_end (p);
  if (end != NULL && namespaces != NULL)
    return has_usual_prefixes (namespaces, p, end);
  if (end == NULL || memchr (p, ':', strcspn (p, " \t\r\n/>")) != NULL)
    return FALSE;
  return !binds_prefix_to_own (p, end);
}

CcXmlReader *
cc_xml_reader_new (CcXmlReadFunc read, gpointer data, CcXmlEngine engine, GError **error)
{
  return cc_xml_reader_new_mixed (read, data, engine, NULL, error);
}

CcXmlReader *
cc_xml_reader_new_mixed (CcXmlReadFunc         read,
                         gpointer              data,
                         CcXmlEngine           engine,
                         const CcXmlNamespace *namespaces,
                         GError              **error)
{
  g_autofree char *head = g_malloc (HEAD_SIZE + 1);
  CcXmlReader     *self;
  gsize            length = 0;
  gssize           n = 1;

  while (length < HEAD_SIZE && n > 0)
    {
      n = read (data, head + length, HEAD_SIZE - length, error);
      if (n < 0)
        return NULL;
      length += (gsize) n;
    }
  head[length] = '\0';
  if (engine == CC_XML_ENGINE_AUTOMATIC)
    engine = suits_own_tokenizer (head, namespaces) ? CC_XML_ENGINE_OWN : CC_XML_ENGINE_EXPAT;
  self = engine == CC_XML_ENGINE_OWN ? cc_xml_own_new (read, data, head, length)
                                     : cc_xml_expat_new (read, data, head, length);
  self->namespaces = namespaces;
  return self;
}

void
cc_xml_reader_free (CcXmlReader *self)
{
  if (self != NULL)
    self->free (self);
}

static const char *
find_attribute (CcXmlReader *self, const char *name, gboolean prefixed)
{
  gsize length = strlen (name);

  for (guint i = 0; i < self->n_attributes; i++)
    {
      const CcXmlAttribute *a = &self->attributes[i];

      if (a->name_length == length && a->prefixed == prefixed
          && memcmp (a->name, name, length) == 0)
        return a->value;
    }
  return NULL;
}

const char *
cc_xml_reader_get (CcXmlReader *self, const char *name)
{
  return find_attribute (self, name, FALSE);
}

const char *
cc_xml_reader_get_prefixed (CcXmlReader *self, const char *name)
{
  return find_attribute (self, name, TRUE);
}

gboolean
cc_xml_reader_get_boolean (CcXmlReader *self, const char *name)
{
  const char *value = cc_xml_reader_get (self, name);

  return value != NULL && (g_str_equal (value, "1") || g_str_equal (value, "true"));
}
