/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-xlsx-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

/* Excel stops at 64,000 formats in a file. */
#define MAX_STYLES 65536u

typedef enum
{
  SECTION_OTHER,
  SECTION_FORMATS,
  SECTION_FONTS,
  SECTION_FILLS,
  SECTION_CELLS,
} Section;

typedef struct
{
  Section     section;
  GHashTable *formats; /* number -> CcShows + 1 */
  GByteArray *bold;    /* by font */
  GByteArray *filled;  /* by fill */
  GArray     *styles;
} Collector;

static guint
get_number (CcXmlReader *xml, const char *name)
{
  const char *value = cc_xml_reader_get (xml, name);
  gint64      number = 0;

  if (value == NULL || !cc_text_to_int (value, 0, G_MAXINT32, &number))
    return 0;
  return (guint) number;
}

static Section
find_section (CcXmlReader *xml)
{
  if (cc_xml_is (xml, "numFmts"))
    return SECTION_FORMATS;
  if (cc_xml_is (xml, "fonts"))
    return SECTION_FONTS;
  if (cc_xml_is (xml, "fills"))
    return SECTION_FILLS;
  if (cc_xml_is (xml, "cellXfs"))
    return SECTION_CELLS;
  return SECTION_OTHER;
}

static void
add_flag (GByteArray *flags)
{
  guint8 none = 0;

  if (flags->len < MAX_STYLES)
    g_byte_array_append (flags, &none, 1);
}

static void
set_last_flag (GByteArray *flags, gboolean value)
{
  if (flags->len > 0)
    flags->data[flags->len - 1] = value != FALSE;
}

static guint8
get_flag (GByteArray *flags, guint index)
{
  return index < flags->len ? flags->data[index] : 0;
}

/* White is the colour of sheets whose author wanted no grid, not of marked cells. */
static gboolean
is_white (CcXmlReader *xml)
{
  const char *rgb = cc_xml_reader_get (xml, "rgb");
  const char *theme = cc_xml_reader_get (xml, "theme");
  const char *indexed = cc_xml_reader_get (xml, "indexed");

  if (rgb != NULL)
    return g_ascii_strcasecmp (rgb + (strlen (rgb) == 8 ? 2 : 0), "FFFFFF") == 0;
  if (theme != NULL)
    return g_str_equal (theme, "0") && cc_xml_reader_get (xml, "tint") == NULL;
  return g_strcmp0 (indexed, "1") == 0 || g_strcmp0 (indexed, "9") == 0;
}

static void
add_style (Collector *self, CcXmlReader *xml)
{
  guint       format = get_number (xml, "numFmtId");
  gpointer    custom = g_hash_table_lookup (self->formats, GUINT_TO_POINTER (format));
  CcXlsxStyle style = { 0, 0 };

  style.shows = (guint8) (custom != NULL ? GPOINTER_TO_UINT (custom) - 1
                                         : (guint) cc_shows_of_builtin (format));
  if (get_flag (self->bold, get_number (xml, "fontId")))
    style.flags |= CC_SHEET_CELL_BOLD;
  if (get_flag (self->filled, get_number (xml, "fillId")))
    style.flags |= CC_SHEET_CELL_FILL;
  if (self->styles->len < MAX_STYLES)
    g_array_append_val (self->styles, style);
}

static void
take_start (Collector *self, CcXmlReader *xml)
{
  const char *value;

  switch (self->section)
    {
    case SECTION_FORMATS:
      value = cc_xml_reader_get (xml, "formatCode");
      if (cc_xml_is (xml, "numFmt") && value != NULL)
        g_hash_table_insert (self->formats, GUINT_TO_POINTER (get_number (xml, "numFmtId")),
                             GUINT_TO_POINTER (cc_shows_of_code (value) + 1));
      break;
    case SECTION_FONTS:
      if (cc_xml_is (xml, "font"))
        add_flag (self->bold);
      else if (cc_xml_is (xml, "b"))
        set_last_flag (self->bold, cc_xml_reader_get (xml, "val") == NULL
                                       || cc_xml_reader_get_boolean (xml, "val"));
      break;
    case SECTION_FILLS:
      if (cc_xml_is (xml, "fill"))
        add_flag (self->filled);
      else if (cc_xml_is (xml, "patternFill"))
        {
          value = cc_xml_reader_get (xml, "patternType");
          set_last_flag (self->filled, value != NULL && !g_str_equal (value, "none")
                                           && !g_str_equal (value, "gray125"));
        }
      else if (cc_xml_is (xml, "gradientFill"))
        set_last_flag (self->filled, TRUE);
      else if (cc_xml_is (xml, "fgColor") && is_white (xml))
        set_last_flag (self->filled, FALSE);
      break;
    case SECTION_CELLS:
      if (cc_xml_is (xml, "xf"))
        add_style (self, xml);
      break;
    case SECTION_OTHER:
    default:
      self->section = find_section (xml);
      break;
    }
}

static gboolean
collect (Collector *self, CcXmlReader *xml, GError **error)
{
  CcXmlEvent event;

  for (;;)
    {
      if (!cc_xml_reader_next (xml, &event, error))
        return FALSE;
      if (event == CC_XML_FINISHED)
        return TRUE;
      if (event == CC_XML_START)
        take_start (self, xml);
      else if (event == CC_XML_END && find_section (xml) != SECTION_OTHER)
        self->section = SECTION_OTHER;
    }
}

GArray *
cc_xlsx_styles_load (CcArchive *archive, const char *part, GError **error)
{
  g_autoptr (GHashTable) formats = g_hash_table_new (NULL, NULL);
  g_autoptr (GByteArray) bold = g_byte_array_new ();
  g_autoptr (GByteArray) filled = g_byte_array_new ();
  g_autoptr (GArray) styles = g_array_new (FALSE, TRUE, sizeof (CcXlsxStyle));
  g_auto (CcXlsxPart) source = { 0 };
  Collector collector = { SECTION_OTHER, formats, bold, filled, styles };

  if (part != NULL
      && (!cc_xlsx_part_open (&source, archive, part, error)
          || !collect (&collector, source.xml, error)))
    return NULL;
  return g_steal_pointer (&styles);
}
