/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xml-private.h"

#include <cc/base/cc-error.h>

#include <expat.h>
#include <string.h>

/* Between a namespace and a local name; no name may contain it. */
#define SEPARATOR  '\x1f'
#define CHUNK_SIZE 16384

/* Expat pushes; what it says about one chunk is kept here and handed out piece by piece. Texts and
 * names lie in one string, for pointers into it would not survive its growth. */
typedef struct
{
  CcXmlEvent type;
  gsize      name, name_length;
  guint      first_attribute, n_attributes;
  gsize      text, text_length;
} Kept;

typedef struct
{
  gsize    name, name_length, value;
  gboolean prefixed;
} KeptAttribute;

typedef struct
{
  CcXmlReader base;
  XML_Parser  parser;
  char       *head;
  gsize       head_length;
  gsize       head_position;
  gboolean    at_end;

  GArray  *kept;       /* Kept */
  GArray  *attributes; /* KeptAttribute */
  GString *strings;
  guint    position; /* in kept */
  GArray  *told;     /* CcXmlAttribute */

  char    *own_namespace;
  guint    depth;
  guint    foreign; /* depth of the element that is left out, or 0 */
  gboolean too_deep;
  gboolean has_entities;
} ExpatReader;

static gsize
keep_string (ExpatReader *self, const char *text, gsize length)
{
  gsize offset = self->strings->len;

  g_string_append_len (self->strings, text, (gssize) length);
  g_string_append_c (self->strings, '\0');
  return offset;
}

/* A name as it is told; its length in *length. */
static gsize
keep_name (ExpatReader *self, const char *name, gsize *length)
{
  const char *separator = strrchr (name, SEPARATOR);
  const char *local = separator != NULL ? separator + 1 : name;
  gsize       offset = self->strings->len;

  if (self->base.namespaces != NULL && separator != NULL)
    {
      const CcXmlNamespace *space = self->base.namespaces;

      while (space->prefix != NULL
             && (strlen (space->uri) != (gsize) (separator - name)
                 || memcmp (space->uri, name, (gsize) (separator - name)) != 0))
        space++;
      /* Of a namespace that nobody asked for: no prefix stands before the colon. */
      if (space->prefix != NULL)
        g_string_append (self->strings, space->prefix);
      g_string_append_c (self->strings, ':');
    }
  g_string_append (self->strings, local);
  *length = self->strings->len - offset;
  g_string_append_c (self->strings, '\0');
  return offset;
}

static gboolean
is_own (ExpatReader *self, const char *name)
{
  const char *separator = strrchr (name, SEPARATOR);
  gsize       length = separator != NULL ? (gsize) (separator - name) : 0;

  if (self->own_namespace == NULL)
    self->own_namespace = g_strndup (name, length);
  return strlen (self->own_namespace) == length && memcmp (self->own_namespace, name, length) == 0;
}

static void
keep_attribute (ExpatReader *self, const char *name, const char *value)
{
  KeptAttribute attribute = { .prefixed = strchr (name, SEPARATOR) != NULL };

  attribute.name = keep_name (self, name, &attribute.name_length);
  attribute.value = keep_string (self, value, strlen (value));
  g_array_append_val (self->attributes, attribute);
}

static void
on_start (void *data, const XML_Char *name, const XML_Char **attributes)
{
  ExpatReader *self = data;
  Kept         kept = { .type = CC_XML_START };

  if (++self->depth > CC_XML_MAX_DEPTH)
    {
      self->too_deep = TRUE;
      XML_StopParser (self->parser, XML_FALSE);
      return;
    }
  if (self->base.namespaces == NULL && self->foreign == 0 && !is_own (self, name))
    self->foreign = self->depth;
  if (self->foreign != 0)
    return;
  kept.name = keep_name (self, name, &kept.name_length);
  kept.first_attribute = self->attributes->len;
  for (; attributes[0] != NULL; attributes += 2)
    keep_attribute (self, attributes[0], attributes[1]);
  kept.n_attributes = self->attributes->len - kept.first_attribute;
  if (kept.n_attributes > CC_XML_MAX_ATTRIBUTES)
    {
      self->too_deep = TRUE;
      XML_StopParser (self->parser, XML_FALSE);
    }
  g_array_append_val (self->kept, kept);
}

static void
on_end (void *data, const XML_Char *name)
{
  ExpatReader *self = data;
  Kept         kept = { .type = CC_XML_END };

  self->depth--;
  if (self->foreign != 0)
    {
      if (self->depth < self->foreign)
        self->foreign = 0;
      return;
    }
  kept.name = keep_name (self, name, &kept.name_length);
  g_array_append_val (self->kept, kept);
}

static void
on_text (void *data, const XML_Char *text, int length)
{
  ExpatReader *self = data;
  Kept         kept = { .type = CC_XML_TEXT };

  if (self->foreign != 0 || self->depth == 0)
    return;
  kept.text = keep_string (self, text, (gsize) length);
  kept.text_length = (gsize) length;
  g_array_append_val (self->kept, kept);
}

/* No workbook declares entities; files made to fill a memory do. */
static void
on_entity (void           *data,
           const XML_Char *name,
           int             is_parameter,
           const XML_Char *value,
           int             value_length,
           const XML_Char *base,
           const XML_Char *system_id,
           const XML_Char *public_id,
           const XML_Char *notation)
{
  ExpatReader *self = data;

  self->has_entities = TRUE;
  XML_StopParser (self->parser, XML_FALSE);
}

/* An entity whose declaration lies in a file that is not read: its text would be lost in silence.
 */
static void
on_skipped_entity (void *data, const XML_Char *name, int is_parameter)
{
  ExpatReader *self = data;

  XML_StopParser (self->parser, XML_FALSE);
}

/* Encodings of one byte a character that expat has not built in. */
static int
on_unknown_encoding (void *data, const XML_Char *name, XML_Encoding *info)
{
  for (guint i = 0; i < 256; i++)
    {
      char             byte = (char) i;
      gsize            length = 0;
      g_autofree char *text = g_convert (&byte, 1, "UTF-8", name, NULL, &length, NULL);
      gunichar c = text != NULL && length > 0 ? g_utf8_get_char_validated (text, (gssize) length)
                                              : (gunichar) -1;

      info->map[i] = c < 0x10000 && (c != 0 || i == 0) ? (int) c : -1;
    }
  if (info->map['<'] != '<' || info->map['>'] != '>')
    return XML_STATUS_ERROR;
  info->data = NULL;
  info->convert = NULL;
  info->release = NULL;
  return XML_STATUS_OK;
}

static void
set_error (ExpatReader *self, GError **error)
{
  if (self->too_deep)
    cc_xml_set_too_deep (error);
  else if (self->has_entities
           || XML_GetErrorCode (self->parser) == XML_ERROR_AMPLIFICATION_LIMIT_BREACH)
    g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                 "The file was refused: it declares shorthands of its own, with which a small file "
                 "can fill a computer's memory and which no spreadsheet program writes. Ask the "
                 "sender how it was made, or save it again in a spreadsheet program.");
  else
    cc_xml_set_malformed (error);
}

static gboolean
parse_chunk (ExpatReader *self, GError **error)
{
  void  *buffer = XML_GetBuffer (self->parser, CHUNK_SIZE);
  gsize  rest = self->head_length - self->head_position;
  gssize n;

  if (buffer == NULL)
    {
      cc_xml_set_too_deep (error);
      return FALSE;
    }
  if (rest > 0)
    {
      n = (gssize) MIN (rest, CHUNK_SIZE);
      memcpy (buffer, self->head + self->head_position, (gsize) n);
      self->head_position += (gsize) n;
    }
  else
    n = self->base.read (self->base.data, buffer, CHUNK_SIZE, error);
  if (n < 0)
    return FALSE;

  self->at_end = n == 0;
  self->position = 0;
  g_array_set_size (self->kept, 0);
  g_array_set_size (self->attributes, 0);
  g_string_truncate (self->strings, 0);
  if (XML_ParseBuffer (self->parser, (int) n, n == 0) == XML_STATUS_ERROR)
    {
      set_error (self, error);
      return FALSE;
    }
  return TRUE;
}

static void
tell_attributes (ExpatReader *self, const Kept *kept)
{
  const char *strings = self->strings->str;

  g_array_set_size (self->told, 0);
  for (guint i = 0; i < kept->n_attributes; i++)
    {
      const KeptAttribute *a =
          &g_array_index (self->attributes, KeptAttribute, kept->first_attribute + i);
      CcXmlAttribute told = { strings + a->name, (guint) a->name_length, a->prefixed,
                              strings + a->value };

      g_array_append_val (self->told, told);
    }
  self->base.attributes = (const CcXmlAttribute *) (gpointer) self->told->data;
  self->base.n_attributes = kept->n_attributes;
}

static gboolean
next_event (CcXmlReader *base, CcXmlEvent *event, GError **error)
{
  ExpatReader *self = (ExpatReader *) base;
  const Kept  *kept;

  while (self->position == self->kept->len)
    {
      if (self->at_end)
        {
          *event = CC_XML_FINISHED;
          return TRUE;
        }
      if (!parse_chunk (self, error))
        return FALSE;
    }
  kept = &g_array_index (self->kept, Kept, self->position++);
  *event = kept->type;
  if (kept->type == CC_XML_TEXT)
    {
      base->text = self->strings->str + kept->text;
      base->text_length = kept->text_length;
      return TRUE;
    }
  base->name = self->strings->str + kept->name;
  base->name_length = (guint) kept->name_length;
  tell_attributes (self, kept);
  return TRUE;
}

static void
free_reader (CcXmlReader *base)
{
  ExpatReader *self = (ExpatReader *) base;

  XML_ParserFree (self->parser);
  g_array_unref (self->kept);
  g_array_unref (self->attributes);
  g_array_unref (self->told);
  g_string_free (self->strings, TRUE);
  g_free (self->head);
  g_free (self->own_namespace);
  g_free (self);
}

CcXmlReader *
cc_xml_expat_new (CcXmlReadFunc read, gpointer data, const char *head, gsize head_length)
{
  ExpatReader *self = g_new0 (ExpatReader, 1);

  self->base.next = next_event;
  self->base.free = free_reader;
  self->base.read = read;
  self->base.data = data;
  self->head = g_memdup2 (head, head_length);
  self->head_length = head_length;
  self->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  self->attributes = g_array_new (FALSE, FALSE, sizeof (KeptAttribute));
  self->told = g_array_new (FALSE, FALSE, sizeof (CcXmlAttribute));
  self->strings = g_string_new (NULL);
  self->parser = XML_ParserCreateNS (NULL, SEPARATOR);
  XML_SetUserData (self->parser, self);
  XML_SetElementHandler (self->parser, on_start, on_end);
  XML_SetCharacterDataHandler (self->parser, on_text);
  XML_SetEntityDeclHandler (self->parser, on_entity);
  XML_SetSkippedEntityHandler (self->parser, on_skipped_entity);
  XML_SetUnknownEncodingHandler (self->parser, on_unknown_encoding, NULL);
  return &self->base;
}
