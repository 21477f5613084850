/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The XML of a workbook's part, pulled piece by piece. Two engines answer the same: our own
 * tokenizer, which does what spreadsheet programs write (UTF-8, no document type, the main
 * namespace unprefixed) at the speed of unpacking, and expat for everything else. Elements of
 * another namespace than the root's are left out with all they contain, so callers meet local names
 * of one vocabulary only, in the transitional and in the strict variant of the format alike. */
typedef enum
{
  CC_XML_FINISHED,
  CC_XML_START,
  CC_XML_END,
  CC_XML_TEXT, /* a run of text may arrive in several pieces */
} CcXmlEvent;

typedef enum
{
  CC_XML_ENGINE_AUTOMATIC,
  CC_XML_ENGINE_OWN,
  CC_XML_ENGINE_EXPAT,
} CcXmlEngine;

typedef struct
{
  const char *name; /* local, not terminated */
  guint       name_length;
  gboolean    prefixed;
  const char *value; /* terminated */
} CcXmlAttribute;

/* Bytes read, 0 at the end, -1 on error. */
typedef gssize (*CcXmlReadFunc) (gpointer data, void *buffer, gsize size, GError **error);

/* A vocabulary of several namespaces: the prefix that programs write and that names are told with,
 * and what it stands for. */
typedef struct
{
  const char *prefix;
  const char *uri;
} CcXmlNamespace;

typedef struct _CcXmlReader CcXmlReader;

/* Valid until the next call of cc_xml_reader_next (). */
struct _CcXmlReader
{
  const char           *name; /* of START and END; local, not terminated */
  guint                 name_length;
  const CcXmlAttribute *attributes; /* of START, without declarations of namespaces */
  guint                 n_attributes;
  const char           *text; /* of TEXT; not terminated */
  gsize                 text_length;

  /* The engine's. */
  gboolean (*next) (CcXmlReader *self, CcXmlEvent *event, GError **error);
  gsize (*peek) (CcXmlReader *self, const char **text); /* or NULL */
  void (*skip) (CcXmlReader *self, gsize length);
  void (*free) (CcXmlReader *self);
  CcXmlReadFunc read;
  gpointer      data;

  const CcXmlNamespace *namespaces; /* NULL: one vocabulary */
};

#define CC_XML_MAX_DEPTH      200
#define CC_XML_MAX_ATTRIBUTES 128
/* Bytes that may be read behind what peek () shows. */
#define CC_XML_SLACK 16
/* One tag, with its attributes. */
#define CC_XML_MAX_TAG (4 * 1024 * 1024)

CcXmlReader *
cc_xml_reader_new (CcXmlReadFunc read, gpointer data, CcXmlEngine engine, GError **error);
/* The same for a format that mixes namespaces, as OpenDocument does: names of elements and of
 * attributes are told as "table:table-row", with the prefixes of `namespaces` (ended by one of
 * NULLs, which must live as long as the reader) whatever the file calls them. Names of other
 * namespaces keep a prefix that is none of these, or have none. */
CcXmlReader *cc_xml_reader_new_mixed (CcXmlReadFunc         read,
                                      gpointer              data,
                                      CcXmlEngine           engine,
                                      const CcXmlNamespace *namespaces,
                                      GError              **error);
void         cc_xml_reader_free (CcXmlReader *self);

static inline gboolean
cc_xml_reader_next (CcXmlReader *self, CcXmlEvent *event, GError **error)
{
  return self->next (self, event, error);
}

/* For the two places where nearly all of a workbook's bytes are: what waits in the tokenizer's
 * buffer, ended by a NUL, and a step over whole elements of it. 0 where the engine has none to
 * show. Whoever knows what is written there nearly always takes that and leaves all else to next
 * (). */
static inline gsize
cc_xml_reader_peek (CcXmlReader *self, const char **text)
{
  return self->peek != NULL ? self->peek (self, text) : 0;
}

static inline void
cc_xml_reader_skip (CcXmlReader *self, gsize length)
{
  self->skip (self, length);
}

#define cc_xml_is(self, literal)                                                                   \
  ((self)->name_length == sizeof (literal) - 1                                                     \
   && memcmp ((self)->name, (literal), sizeof (literal) - 1) == 0)

/* The value of an unprefixed attribute, or NULL. */
const char *cc_xml_reader_get (CcXmlReader *self, const char *name);
/* The value of an attribute of any other namespace than the element's, or NULL. */
const char *cc_xml_reader_get_prefixed (CcXmlReader *self, const char *name);
/* "1" and "true". */
gboolean cc_xml_reader_get_boolean (CcXmlReader *self, const char *name);

/* The engines; `head` are the bytes read already. */
CcXmlReader *
cc_xml_own_new (CcXmlReadFunc read, gpointer data, const char *head, gsize head_length);
CcXmlReader *
cc_xml_expat_new (CcXmlReadFunc read, gpointer data, const char *head, gsize head_length);
/* Whether a declaration of `prefix` (length nought: the default) leaves the names of `namespaces`
 * as they are written. */
gboolean cc_xml_is_usual (const CcXmlNamespace *namespaces,
                          const char           *prefix,
                          gsize                 prefix_length,
                          const char           *uri);

/* Turns references into characters, in place, for a decoded text is never longer. In values of
 * attributes blanks become spaces, in texts the ends of lines become LF, as the standard wants.
 * FALSE for a reference that means nothing. */
gboolean cc_xml_decode (char *text, gsize *length, gboolean is_value, gboolean references);

/* The sentences both engines use. */
void cc_xml_set_malformed (GError **error);
void cc_xml_set_too_deep (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcXmlReader, cc_xml_reader_free)
