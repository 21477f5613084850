/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-ods-private.h"

#include <string.h>

/* As many as Excel allows, for each of the two parts that hold some. */
#define MAX_STYLES  131072u
#define MAX_PARENTS 16

/* What a style says of itself; the rest it has from its parent. */
typedef enum
{
  SAYS_NOTHING,
  SAYS_NO,
  SAYS_YES,
} Says;

typedef struct
{
  char      *parent;
  char      *format; /* name of its data style */
  Says       bold, fill;
  gboolean   resolved;
  CcOdsStyle style;
} Style;

struct _CcOdsStyles
{
  GHashTable *styles;  /* "table-cell ce1" -> Style */
  GHashTable *formats; /* name of a data style for dates -> whether it shows times */
  GString    *key;
};

static void
free_style (gpointer data)
{
  Style *self = data;

  g_free (self->parent);
  g_free (self->format);
  g_free (self);
}

CcOdsStyles *
cc_ods_styles_new (void)
{
  CcOdsStyles *self = g_new0 (CcOdsStyles, 1);

  self->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_style);
  self->formats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->key = g_string_new (NULL);
  return self;
}

void
cc_ods_styles_free (CcOdsStyles *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->styles);
  g_hash_table_unref (self->formats);
  g_string_free (self->key, TRUE);
  g_free (self);
}

/* --- reading --- */

static const char *
get (CcXmlReader *xml, const char *name)
{
  return cc_xml_reader_get_prefixed (xml, name);
}

/* "bold", and the weights that are shown as bold. */
static gboolean
is_bold (const char *weight)
{
  return g_str_equal (weight, "bold") || g_ascii_strtoull (weight, NULL, 10) >= 600;
}

static void
take_properties (Style *self, CcXmlReader *xml)
{
  const char *value;

  if (cc_xml_is (xml, "style:text-properties"))
    {
      value = get (xml, "fo:font-weight");
      if (value != NULL)
        self->bold = is_bold (value) ? SAYS_YES : SAYS_NO;
    }
  else if (cc_xml_is (xml, "style:table-cell-properties"))
    {
      value = get (xml, "fo:background-color");
      if (value != NULL)
        self->fill = g_str_equal (value, "transparent") ? SAYS_NO : SAYS_YES;
    }
  else if (cc_xml_is (xml, "style:table-properties"))
    {
      value = get (xml, "table:display");
      self->style.is_hidden = g_strcmp0 (value, "false") == 0;
      value = get (xml, "style:writing-mode");
      self->style.is_right_to_left = value != NULL && g_str_has_prefix (value, "rl");
    }
}

static gboolean
read_style (CcOdsStyles *self, CcOdsSource *source, GError **error)
{
  CcXmlReader *xml = source->xml;
  const char  *name = get (xml, "style:name");
  const char  *family = get (xml, "style:family");
  Style       *style;
  CcXmlEvent   event;

  if (name == NULL || family == NULL)
    return cc_ods_source_skip (source, error);
  if (g_hash_table_size (self->styles) >= MAX_STYLES)
    {
      cc_xml_set_too_deep (error);
      return FALSE;
    }
  style = g_new0 (Style, 1);
  style->parent = g_strdup (get (xml, "style:parent-style-name"));
  style->format = g_strdup (get (xml, "style:data-style-name"));
  g_hash_table_replace (self->styles, g_strconcat (family, " ", name, NULL), style);
  for (;;)
    {
      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_END)
        return TRUE;
      if (event != CC_XML_START)
        continue;
      take_properties (style, xml);
      if (!cc_ods_source_skip (source, error))
        return FALSE;
    }
}

static gboolean
read_format (CcOdsStyles *self, CcOdsSource *source, GError **error)
{
  CcXmlReader     *xml = source->xml;
  g_autofree char *name = g_strdup (get (xml, "style:name"));
  gboolean         shows_times = FALSE;
  CcXmlEvent       event;

  for (;;)
    {
      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_END)
        break;
      if (event != CC_XML_START)
        continue;
      shows_times |= cc_xml_is (xml, "number:hours") || cc_xml_is (xml, "number:minutes")
                     || cc_xml_is (xml, "number:seconds");
      if (!cc_ods_source_skip (source, error))
        return FALSE;
    }
  if (name != NULL && g_hash_table_size (self->formats) < MAX_STYLES)
    g_hash_table_replace (self->formats, g_steal_pointer (&name), GINT_TO_POINTER (shows_times));
  return TRUE;
}

gboolean
cc_ods_styles_read (CcOdsStyles *self, CcOdsSource *source, GError **error)
{
  CcXmlEvent event;

  for (;;)
    {
      gboolean good;

      if (!cc_xml_reader_next (source->xml, &event, error))
        return FALSE;
      if (event == CC_XML_END)
        return TRUE;
      if (event != CC_XML_START)
        continue;
      if (cc_xml_is (source->xml, "style:style"))
        good = read_style (self, source, error);
      else if (cc_xml_is (source->xml, "number:date-style"))
        good = read_format (self, source, error);
      else
        good = cc_ods_source_skip (source, error);
      if (!good)
        return FALSE;
    }
}

/* --- asking --- */

static Style *
find (CcOdsStyles *self, const char *family, const char *name)
{
  g_string_assign (self->key, family);
  g_string_append_c (self->key, ' ');
  g_string_append (self->key, name);
  return g_hash_table_lookup (self->styles, self->key->str);
}

/* What nobody in the line of parents says is not so. */
static void
resolve (CcOdsStyles *self, const char *family, Style *style)
{
  Says        bold = SAYS_NOTHING, fill = SAYS_NOTHING;
  const char *format = NULL;
  gpointer    shows_times;
  guint       n = 0;

  for (const Style *s = style; s != NULL && n < MAX_PARENTS;
       s = s->parent != NULL ? find (self, family, s->parent) : NULL, n++)
    {
      bold = bold == SAYS_NOTHING ? s->bold : bold;
      fill = fill == SAYS_NOTHING ? s->fill : fill;
      format = format == NULL ? s->format : format;
    }
  style->style.flags =
      (bold == SAYS_YES ? CC_SHEET_CELL_BOLD : 0) | (fill == SAYS_YES ? CC_SHEET_CELL_FILL : 0);
  style->style.shows_days =
      format != NULL && g_hash_table_lookup_extended (self->formats, format, NULL, &shows_times)
      && !GPOINTER_TO_INT (shows_times);
  style->resolved = TRUE;
}

const CcOdsStyle *
cc_ods_styles_get (CcOdsStyles *self, const char *family, const char *name)
{
  static const CcOdsStyle plain = { 0 };
  Style                  *style = name != NULL ? find (self, family, name) : NULL;

  if (style == NULL)
    return &plain;
  if (!style->resolved)
    resolve (self, family, style);
  return &style->style;
}
