/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xml-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Our own tokenizer works inside one buffer that always ends with a NUL, so the loops over bytes
 * need no test for the end: they stop at the NUL and ask there. A tag that the buffer does not hold
 * whole is read again from its beginning after the buffer was filled; nothing is changed before
 * that. */

#define BUFFER_SIZE (64 * 1024)
/* Text is handed on in pieces once this much of it waits. */
#define PIECE_SIZE (32 * 1024)
/* The longest reference to a character that we look for at the end of a piece. */
#define MAX_REFERENCE 12
#define NAMES_SIZE    8192

enum
{
  ENDS_NAME = 1 << 0,
  ENDS_TEXT = 1 << 1,
  ENDS_VALUE = 1 << 2,
  IS_BLANK = 1 << 3,
};

static const guint8 classes[256] = {
  ['\0'] = ENDS_NAME | ENDS_TEXT | ENDS_VALUE,
  ['\t'] = ENDS_NAME | ENDS_VALUE | IS_BLANK,
  ['\n'] = ENDS_NAME | ENDS_VALUE | IS_BLANK,
  ['\r'] = ENDS_NAME | ENDS_TEXT | ENDS_VALUE | IS_BLANK,
  [' '] = ENDS_NAME | IS_BLANK,
  ['/'] = ENDS_NAME,
  ['>'] = ENDS_NAME,
  ['='] = ENDS_NAME,
  ['<'] = ENDS_NAME | ENDS_TEXT | ENDS_VALUE,
  ['"'] = ENDS_NAME | ENDS_VALUE,
  ['\''] = ENDS_NAME | ENDS_VALUE,
  ['&'] = ENDS_NAME | ENDS_TEXT | ENDS_VALUE,
  [':'] = ENDS_NAME,
};

typedef enum
{
  OUTCOME_EVENT,
  OUTCOME_NOTHING, /* taken, but nothing to tell */
  OUTCOME_MORE,    /* the buffer must be filled */
  OUTCOME_ERROR,
} Outcome;

typedef struct
{
  CcXmlReader base;
  char       *buffer; /* capacity + CC_XML_SLACK bytes */
  gsize       capacity;
  gsize       length;
  gsize       position;
  gboolean    at_end;

  CcXmlAttribute attributes[CC_XML_MAX_ATTRIBUTES];
  char          *value_ends[CC_XML_MAX_ATTRIBUTES];
  guint8         value_flags[CC_XML_MAX_ATTRIBUTES]; /* whether the value needs decoding */

  /* The names of the open elements, one after the other. */
  char     names[NAMES_SIZE];
  guint    starts[CC_XML_MAX_DEPTH + 1];
  guint    depth;
  guint    foreign; /* depth of the element that is left out, or 0 */
  gboolean pending_end;
  gboolean had_root;
  gboolean in_cdata;
  char    *own_namespace;
} OwnReader;

static inline guint8
get_class (const char *p)
{
  return classes[(guchar) *p];
}

static inline const char *
skip_blanks (const char *p)
{
  while (get_class (p) & IS_BLANK)
    p++;
  return p;
}

/* --- buffer --- */

static gboolean
fill (OwnReader *self, GError **error)
{
  gssize n;

  if (self->position > 0)
    {
      memmove (self->buffer, self->buffer + self->position, self->length - self->position);
      self->length -= self->position;
      self->position = 0;
    }
  if (self->length == self->capacity)
    {
      if (self->capacity >= CC_XML_MAX_TAG)
        {
          cc_xml_set_too_deep (error);
          return FALSE;
        }
      self->capacity *= 2;
      self->buffer = g_realloc (self->buffer, self->capacity + CC_XML_SLACK);
    }
  n = self->base.read (self->base.data, self->buffer + self->length, self->capacity - self->length,
                       error);
  if (n < 0)
    return FALSE;
  self->at_end = n == 0;
  self->length += (gsize) n;
  self->buffer[self->length] = '\0';
  return TRUE;
}

/* --- text --- */

/* How much of a long text may be handed on without cutting a reference or a CR LF in two. */
static gsize
find_cut (const char *text, gsize length)
{
  for (gsize i = 1; i <= MAX_REFERENCE && i < length; i++)
    {
      if (text[length - i] == ';')
        break;
      if (text[length - i] == '&')
        return length - i;
    }
  return text[length - 1] == '\r' ? length - 1 : length;
}

static Outcome
tell_text (OwnReader *self, char *text, gsize length, gboolean mend, CcXmlEvent *event)
{
  if (self->depth == 0)
    {
      for (gsize i = 0; i < length; i++)
        if (!(get_class (text + i) & IS_BLANK))
          return OUTCOME_ERROR;
      return OUTCOME_NOTHING;
    }
  if (mend && !cc_xml_decode (text, &length, FALSE, !self->in_cdata))
    return OUTCOME_ERROR;
  if (self->foreign != 0 || length == 0)
    return OUTCOME_NOTHING;
  self->base.text = text;
  self->base.text_length = length;
  *event = CC_XML_TEXT;
  return OUTCOME_EVENT;
}

static Outcome
take_text (OwnReader *self, CcXmlEvent *event)
{
  char       *text = self->buffer + self->position;
  const char *end = self->buffer + self->length;
  const char *p = text;
  gboolean    mend = FALSE;
  gsize       length;

  for (;;)
    {
      while (!(get_class (p) & ENDS_TEXT))
        p++;
      if (*p == '<')
        break;
      if (*p == '\0')
        {
          if (p < end)
            return OUTCOME_ERROR;
          break;
        }
      mend = TRUE;
      p++;
    }
  length = (gsize) (p - text);
  if (p == end && !self->at_end)
    {
      if (length < PIECE_SIZE)
        return OUTCOME_MORE;
      length = find_cut (text, length);
    }
  self->position += length;
  return tell_text (self, text, length, mend, event);
}

static Outcome
take_cdata (OwnReader *self, CcXmlEvent *event)
{
  char   *text = self->buffer + self->position;
  gsize   waiting = self->length - self->position;
  char   *close = memmem (text, waiting, "]]>", 3);
  gsize   length = close != NULL ? (gsize) (close - text) : waiting;
  Outcome outcome;

  if (close == NULL)
    {
      if (self->at_end)
        return OUTCOME_ERROR;
      if (waiting < PIECE_SIZE)
        return OUTCOME_MORE;
      /* Two brackets may begin the end; a CR may be half of a line's end. */
      length = find_cut (text, waiting - 2);
    }
  if (memchr (text, '\0', length) != NULL)
    return OUTCOME_ERROR;
  self->position += length + (close != NULL ? 3 : 0);
  outcome = tell_text (self, text, length, TRUE, event);
  self->in_cdata = close == NULL;
  return outcome;
}

/* --- markup --- */

static void
set_name (OwnReader *self, const char *name, gsize length)
{
  self->base.name = name;
  self->base.name_length = (guint) length;
}

static Outcome
close_element (OwnReader *self, CcXmlEvent *event)
{
  guint start = self->starts[self->depth - 1];

  set_name (self, self->names + start, self->starts[self->depth] - start);
  self->depth--;
  if (self->foreign != 0)
    {
      if (self->depth < self->foreign)
        self->foreign = 0;
      return OUTCOME_NOTHING;
    }
  *event = CC_XML_END;
  return OUTCOME_EVENT;
}

static Outcome
take_end_tag (OwnReader *self, CcXmlEvent *event)
{
  const char *name = self->buffer + self->position + 2;
  const char *end = self->buffer + self->length;
  const char *p = name;
  guint       start, length;

  while (!(get_class (p) & ENDS_NAME) || *p == ':')
    p++;
  length = (guint) (p - name);
  p = skip_blanks (p);
  if (p == end)
    return self->at_end ? OUTCOME_ERROR : OUTCOME_MORE;
  if (*p != '>' || self->depth == 0)
    return OUTCOME_ERROR;
  start = self->starts[self->depth - 1];
  if (length != self->starts[self->depth] - start
      || memcmp (self->names + start, name, length) != 0)
    return OUTCOME_ERROR;
  self->position = (gsize) (p + 1 - self->buffer);
  return close_element (self, event);
}

/* Steps over <!-- -->, <? ?> and into <![CDATA[. */
static Outcome
take_other (OwnReader *self)
{
  const char *p = self->buffer + self->position;
  gsize       waiting = self->length - self->position;
  const char *closing = NULL;
  const char *found;
  gsize       skip = 0;

  if (p[1] == '?')
    {
      closing = "?>";
      skip = 2;
    }
  else if (waiting >= 4 && memcmp (p, "<!--", 4) == 0)
    {
      closing = "--";
      skip = 4;
    }
  else if (waiting >= 9 && memcmp (p, "<![CDATA[", 9) == 0)
    {
      if (self->depth == 0)
        return OUTCOME_ERROR;
      self->in_cdata = TRUE;
      self->position += 9;
      return OUTCOME_NOTHING;
    }
  else
    return waiting >= 9 || self->at_end ? OUTCOME_ERROR : OUTCOME_MORE;

  found = waiting > skip ? memmem (p + skip, waiting - skip, closing, strlen (closing)) : NULL;
  if (found == NULL)
    return self->at_end ? OUTCOME_ERROR : OUTCOME_MORE;
  if (*closing == '-')
    {
      /* Two hyphens must be the end of a comment. */
      if (found + 2 == self->buffer + self->length && !self->at_end)
        return OUTCOME_MORE;
      if (found[2] != '>')
        return OUTCOME_ERROR;
      found++;
    }
  self->position = (gsize) (found - self->buffer) + 2;
  return OUTCOME_NOTHING;
}

/* Reads one attribute of the tag; *p stands on its name. */
static Outcome
scan_attribute (OwnReader *self, const char **p, guint n)
{
  CcXmlAttribute *attribute = &self->attributes[n];
  const char     *end = self->buffer + self->length;
  const char     *q = *p;
  guint8          flags = 0;
  char            quote;

  attribute->name = q;
  attribute->prefixed = FALSE;
  while (!(get_class (q) & ENDS_NAME))
    q++;
  if (*q == ':' && q > attribute->name)
    {
      attribute->prefixed = TRUE;
      q++;
      while (!(get_class (q) & ENDS_NAME))
        q++;
    }
  attribute->name_length = (guint) (q - attribute->name);
  q = skip_blanks (q);
  if (*q != '=')
    return q == end ? OUTCOME_MORE : OUTCOME_ERROR;
  q = skip_blanks (q + 1);
  quote = *q;
  if (attribute->name_length == 0 || (quote != '"' && quote != '\''))
    return q == end ? OUTCOME_MORE : OUTCOME_ERROR;
  attribute->value = ++q;
  for (;; q++)
    {
      while (!(get_class (q) & ENDS_VALUE))
        q++;
      if (*q == quote)
        break;
      if (*q == '\0' || *q == '<')
        return q == end ? OUTCOME_MORE : OUTCOME_ERROR;
      flags |= *q != '"' && *q != '\'';
    }
  self->value_ends[n] = (char *) q;
  self->value_flags[n] = flags;
  *p = q + 1;
  return OUTCOME_EVENT;
}

static gboolean
is_declaration (const CcXmlAttribute *a)
{
  return a->name_length >= 5 && memcmp (a->name, "xmlns", 5) == 0
         && (a->name_length == 5 || a->name[5] == ':');
}

/* FALSE where the declaration gives what stands in it another meaning than we read: cc-xml.c sends
 * such roots to expat, and to leave such elements out would lose cells in silence. */
static gboolean
take_declaration (OwnReader *self, const CcXmlAttribute *a, gboolean *foreign)
{
  const gsize prefix = MIN (a->name_length, 6);

  if (self->base.namespaces != NULL)
    return cc_xml_is_usual (self->base.namespaces, a->name + prefix, a->name_length - prefix,
                            a->value);
  if (a->name_length > 5)
    return !self->had_root || !g_str_equal (a->value, self->own_namespace);
  if (!self->had_root)
    {
      g_free (self->own_namespace);
      self->own_namespace = g_strdup (a->value);
    }
  else if (!g_str_equal (a->value, self->own_namespace))
    *foreign = TRUE;
  return TRUE;
}

/* Ends the values, takes the declarations of namespaces out and, in one vocabulary, the prefixes
 * off; answers whether the element belongs to another namespace than the root. */
static gboolean
finish_attributes (OwnReader *self, guint n, gboolean *foreign)
{
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    {
      CcXmlAttribute *a = &self->attributes[i];
      gsize           length = (gsize) (self->value_ends[i] - a->value);

      if (self->value_flags[i] && !cc_xml_decode ((char *) a->value, &length, TRUE, TRUE))
        return FALSE;
      ((char *) a->value)[length] = '\0';
      if (is_declaration (a))
        {
          if (!take_declaration (self, a, foreign))
            return FALSE;
          continue;
        }
      if (a->prefixed && self->base.namespaces == NULL)
        {
          const char *colon = memchr (a->name, ':', a->name_length);

          a->name_length -= (guint) (colon + 1 - a->name);
          a->name = colon + 1;
        }
      if (kept < i)
        self->attributes[kept] = *a;
      kept++;
    }
  *foreign = *foreign && self->base.namespaces == NULL;
  self->base.attributes = self->attributes;
  self->base.n_attributes = kept;
  return TRUE;
}

static gboolean
push_name (OwnReader *self, const char *name, gsize length)
{
  guint start = self->starts[self->depth];

  if (self->depth == CC_XML_MAX_DEPTH || start + length > NAMES_SIZE)
    return FALSE;
  memcpy (self->names + start, name, length);
  self->starts[++self->depth] = start + (guint) length;
  return TRUE;
}

static Outcome
take_start_tag (OwnReader *self, CcXmlEvent *event, GError **error)
{
  const char *name = self->buffer + self->position + 1;
  const char *end = self->buffer + self->length;
  const char *p = name;
  gboolean    foreign = FALSE;
  gsize       name_length;
  guint       n = 0;
  gboolean    empty;

  while (!(get_class (p) & ENDS_NAME) || *p == ':')
    {
      foreign |= *p == ':';
      p++;
    }
  name_length = (gsize) (p - name);
  for (p = skip_blanks (p); *p != '>' && *p != '/'; p = skip_blanks (p))
    {
      Outcome outcome;

      if (p == end || n == CC_XML_MAX_ATTRIBUTES)
        break;
      outcome = scan_attribute (self, &p, n++);
      if (outcome != OUTCOME_EVENT)
        return outcome == OUTCOME_MORE && self->at_end ? OUTCOME_ERROR : outcome;
    }
  empty = *p == '/';
  p += empty;
  if (p == end)
    return self->at_end ? OUTCOME_ERROR : OUTCOME_MORE;
  if (*p != '>' || name_length == 0 || (self->depth == 0 && self->had_root)
      || !finish_attributes (self, n, &foreign))
    return OUTCOME_ERROR;
  if (!push_name (self, name, name_length))
    {
      cc_xml_set_too_deep (error);
      return OUTCOME_ERROR;
    }
  self->had_root = TRUE;
  self->pending_end = empty;
  self->position = (gsize) (p + 1 - self->buffer);
  if (self->foreign == 0 && foreign)
    self->foreign = self->depth;
  if (self->foreign != 0)
    return OUTCOME_NOTHING;
  set_name (self, name, name_length);
  *event = CC_XML_START;
  return OUTCOME_EVENT;
}

static Outcome
take_something (OwnReader *self, CcXmlEvent *event, GError **error)
{
  const char *p = self->buffer + self->position;

  if (self->pending_end)
    {
      self->pending_end = FALSE;
      return close_element (self, event);
    }
  if (self->in_cdata)
    return take_cdata (self, event);
  if (self->position == self->length)
    {
      if (!self->at_end)
        return OUTCOME_MORE;
      if (self->depth > 0 || !self->had_root)
        return OUTCOME_ERROR;
      *event = CC_XML_FINISHED;
      return OUTCOME_EVENT;
    }
  if (*p != '<')
    return take_text (self, event);
  if (p[1] == '/')
    return take_end_tag (self, event);
  if (p[1] == '?' || p[1] == '!')
    return take_other (self);
  if (p + 1 == self->buffer + self->length && !self->at_end)
    return OUTCOME_MORE;
  return take_start_tag (self, event, error);
}

static gboolean
next_event (CcXmlReader *base, CcXmlEvent *event, GError **error)
{
  OwnReader *self = (OwnReader *) base;

  for (;;)
    switch (take_something (self, event, error))
      {
      case OUTCOME_EVENT:
        return TRUE;
      case OUTCOME_NOTHING:
        break;
      case OUTCOME_MORE:
        if (!fill (self, error))
          return FALSE;
        break;
      case OUTCOME_ERROR:
      default:
        if (error != NULL && *error == NULL)
          cc_xml_set_malformed (error);
        return FALSE;
      }
}

static gsize
peek (CcXmlReader *base, const char **text)
{
  OwnReader *self = (OwnReader *) base;

  *text = self->buffer + self->position;
  return self->pending_end || self->in_cdata || self->foreign != 0 || self->depth == 0
             ? 0
             : self->length - self->position;
}

static void
skip (CcXmlReader *base, gsize length)
{
  OwnReader *self = (OwnReader *) base;

  self->position += length;
}

static void
free_reader (CcXmlReader *base)
{
  OwnReader *self = (OwnReader *) base;

  g_free (self->buffer);
  g_free (self->own_namespace);
  g_free (self);
}

CcXmlReader *
cc_xml_own_new (CcXmlReadFunc read, gpointer data, const char *head, gsize head_length)
{
  OwnReader *self = g_new0 (OwnReader, 1);

  self->base.next = next_event;
  self->base.peek = peek;
  self->base.skip = skip;
  self->base.free = free_reader;
  self->base.read = read;
  self->base.data = data;
  self->own_namespace = g_strdup ("");
  self->capacity = MAX (BUFFER_SIZE, head_length);
  self->buffer = g_malloc0 (self->capacity + CC_XML_SLACK);
  memcpy (self->buffer, head, head_length);
  self->buffer[head_length] = '\0';
  self->length = head_length;
  if (head_length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    self->position = 3;
  return &self->base;
}
