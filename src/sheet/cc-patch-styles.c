/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-patch-private.h"

#include <string.h>

/* A marked cell keeps all of its format but the ground: its format is copied with another fill, so
 * that dates stay dates and borders stay. */

static const char *const fill_colors[CC_PATCH_N_COLORS] = {
  [CC_PATCH_ALARM] = "FFFFC7CE",
  [CC_PATCH_DOUBT] = "FFFFEB9C",
  [CC_PATCH_EMPTY] = "FFDDEBF7",
};

#define HEADER_COLOR "FFDCE6F1"

/* Excel refuses workbooks with more. */
#define MAX_FORMATS 64000u

static const char empty_styles[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
    "</cellStyleXfs><cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
    "borderId=\"0\" xfId=\"0\"/></cellXfs></styleSheet>";

static const char *const behind_fonts[] = { "fills",  "borders",    "cellStyleXfs", "cellXfs",
                                            "dxfs",   "cellStyles", "tableStyles",  "colors",
                                            "extLst", NULL };
static const char *const behind_fills[] = { "borders",    "cellStyleXfs", "cellXfs",
                                            "cellStyles", "dxfs",         "tableStyles",
                                            "colors",     "extLst",       NULL };
static const char *const behind_formats[] = { "cellStyles", "dxfs",   "tableStyles",
                                              "colors",     "extLst", NULL };

/* The elements of a list, each with all it contains. */
static GPtrArray *
list_elements (const CcPatchChild *list)
{
  GPtrArray  *found = g_ptr_array_new_with_free_func (g_free);
  const char *end = list->text + strlen (list->text);
  const char *start = NULL;
  CcPatchTag  tag = { .end = list->text };
  guint       depth = 0;

  while (cc_patch_scan (tag.end, end, &tag))
    {
      if (tag.other)
        continue;
      if (!tag.closing && depth == 1)
        start = tag.start;
      if (tag.closing)
        depth--;
      else if (!tag.empty)
        depth++;
      if (start != NULL && depth == 1)
        {
          g_ptr_array_add (found, g_strndup (start, (gsize) (tag.end - start)));
          start = NULL;
        }
      if (depth == 0)
        break;
    }
  return found;
}

static guint
count_elements (CcPatchTree *tree, const char *name)
{
  CcPatchChild *child = cc_patch_tree_find (tree, name);
  g_autoptr (GPtrArray) elements = child != NULL ? list_elements (child) : NULL;

  return elements != NULL ? elements->len : 0;
}

CcPatchStyles *
cc_patch_styles_new (const char *text, gsize length, GError **error)
{
  g_autoptr (CcPatchStyles) self = g_new0 (CcPatchStyles, 1);

  self->added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fonts = g_string_new (NULL);
  self->fills = g_string_new (NULL);
  self->tree = text != NULL ? cc_patch_tree_parse (text, length)
                            : cc_patch_tree_parse (empty_styles, strlen (empty_styles));
  if (self->tree == NULL)
    {
      cc_patch_set_refused (error, "styles.xml");
      return NULL;
    }
  cc_patch_tree_ensure (self->tree, "fonts", behind_fonts);
  if (cc_patch_tree_find (self->tree, "fills") == NULL)
    {
      g_autofree char *first =
          g_strdup_printf ("<%sfill><%spatternFill patternType=\"none\"/></%sfill>"
                           "<%sfill><%spatternFill patternType=\"gray125\"/></%sfill>",
                           self->tree->prefix, self->tree->prefix, self->tree->prefix,
                           self->tree->prefix, self->tree->prefix, self->tree->prefix);

      cc_patch_child_append (cc_patch_tree_ensure (self->tree, "fills", behind_fills), first, 2);
    }
  self->formats = list_elements (cc_patch_tree_ensure (self->tree, "cellXfs", behind_formats));
  self->n_old = self->formats->len;
  self->n_fonts = count_elements (self->tree, "fonts");
  self->n_fills = count_elements (self->tree, "fills");
  for (guint i = 0; i < CC_PATCH_N_COLORS; i++)
    self->fill_of[i] = -1;
  return g_steal_pointer (&self);
}

void
cc_patch_styles_free (CcPatchStyles *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->formats, g_ptr_array_unref);
  g_clear_pointer (&self->tree, cc_patch_tree_free);
  g_hash_table_unref (self->added);
  g_string_free (self->fonts, TRUE);
  g_string_free (self->fills, TRUE);
  g_free (self);
}

static guint
add_fill (CcPatchStyles *self, const char *color)
{
  const char *prefix = self->tree->prefix;

  g_string_append_printf (self->fills,
                          "<%sfill><%spatternFill patternType=\"solid\"><%sfgColor rgb=\"%s\"/>"
                          "<%sbgColor indexed=\"64\"/></%spatternFill></%sfill>",
                          prefix, prefix, prefix, color, prefix, prefix, prefix);
  return self->n_fills + self->n_new_fills++;
}

static guint
add_font (CcPatchStyles *self, const char *traits, guint size, const char *color)
{
  const char *prefix = self->tree->prefix;

  g_string_append_printf (self->fonts,
                          "<%sfont>%s<%ssz val=\"%u\"/><%scolor rgb=\"%s\"/>"
                          "<%sname val=\"Calibri\"/></%sfont>",
                          prefix, traits, prefix, size, prefix, color, prefix, prefix);
  return self->n_fonts + self->n_new_fonts++;
}

static guint
get_fill (CcPatchStyles *self, CcPatchColor color)
{
  if (self->fill_of[color] < 0)
    self->fill_of[color] = (gint) add_fill (self, fill_colors[color]);
  return (guint) self->fill_of[color];
}

static guint
remember (CcPatchStyles *self, char *key, char *format)
{
  const guint index = self->formats->len;

  g_ptr_array_add (self->formats, format);
  g_hash_table_insert (self->added, key, GUINT_TO_POINTER (index));
  return index;
}

/* A copy of a format with another fill; where the workbook has no such format, of a plain one. */
static char *
copy_with_fill (CcPatchStyles *self, guint format, guint fill)
{
  g_autofree char *plain = NULL;
  g_autofree char *number = g_strdup_printf ("%u", fill);
  const char      *changes[] = { "fillId", number, "applyFill", "1", NULL };
  const char      *text;
  g_autoptr (GString) copy = g_string_new (NULL);
  CcPatchTag tag;

  if (format >= self->n_old)
    plain = g_strdup_printf ("<%sxf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>",
                             self->tree->prefix);
  text = plain != NULL ? plain : g_ptr_array_index (self->formats, format);
  if (!cc_patch_scan (text, text + strlen (text), &tag))
    return g_strdup (text);
  cc_patch_tag_write (copy, &tag, changes, FALSE);
  g_string_append (copy, tag.end);
  return g_string_free (g_steal_pointer (&copy), FALSE);
}

/**
 * cc_patch_styles_mark:
 * @format: the number of the style that a cell has
 *
 * Returns: the number of the same with another ground; @format where the workbook has as many
 * styles as a workbook may have
 */
guint
cc_patch_styles_mark (CcPatchStyles *self, guint format, CcPatchColor color)
{
  g_autofree char *key = g_strdup_printf ("%u/%d", MIN (format, self->n_old), (int) color);
  gpointer         known;

  if (g_hash_table_lookup_extended (self->added, key, NULL, &known))
    return GPOINTER_TO_UINT (known);
  if (self->formats->len >= MAX_FORMATS)
    return format;
  return remember (self, g_steal_pointer (&key),
                   copy_with_fill (self, format, get_fill (self, color)));
}

/* A look of our own sheets. */
static char *
describe_look (CcPatchStyles *self, CcPatchLook look)
{
  const char      *prefix = self->tree->prefix;
  guint            font = 0, fill = 0;
  g_autofree char *bold = g_strdup_printf ("<%sb/>", prefix);
  g_autofree char *underline = g_strdup_printf ("<%su/>", prefix);
  gboolean wrap = look == CC_PATCH_HEADER || look == CC_PATCH_WRAPPED || look == CC_PATCH_LINK;

  if (look == CC_PATCH_TITLE)
    font = add_font (self, bold, 16, "FF1F3864");
  else if (look == CC_PATCH_HEADER)
    {
      font = add_font (self, bold, 11, "FF000000");
      fill = add_fill (self, HEADER_COLOR);
    }
  else if (look == CC_PATCH_LINK)
    font = add_font (self, underline, 11, "FF0563C1");
  else
    font = add_font (self, "", 11, "FF000000");
  if (look >= CC_PATCH_SAMPLE)
    fill = get_fill (self, (CcPatchColor) (look - CC_PATCH_SAMPLE));
  return g_strdup_printf ("<%sxf numFmtId=\"0\" fontId=\"%u\" fillId=\"%u\" borderId=\"0\" "
                          "applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\">"
                          "<%salignment vertical=\"top\"%s%s/></%sxf>",
                          prefix, font, fill, prefix, wrap ? " wrapText=\"1\"" : "",
                          self->right_to_left ? " readingOrder=\"2\"" : "", prefix);
}

guint
cc_patch_styles_look (CcPatchStyles *self, CcPatchLook look)
{
  g_autofree char *key = g_strdup_printf ("look/%d/%d", (int) look, self->right_to_left);
  gpointer         known;

  if (g_hash_table_lookup_extended (self->added, key, NULL, &known))
    return GPOINTER_TO_UINT (known);
  if (self->formats->len >= MAX_FORMATS)
    return 0;
  return remember (self, g_steal_pointer (&key), describe_look (self, look));
}

char *
cc_patch_styles_to_text (CcPatchStyles *self)
{
  g_autoptr (GString) added = g_string_new (NULL);

  for (guint i = self->n_old; i < self->formats->len; i++)
    g_string_append (added, g_ptr_array_index (self->formats, i));
  if (self->n_new_fonts > 0)
    cc_patch_child_append (cc_patch_tree_find (self->tree, "fonts"), self->fonts->str,
                           self->n_new_fonts);
  if (self->n_new_fills > 0)
    cc_patch_child_append (cc_patch_tree_find (self->tree, "fills"), self->fills->str,
                           self->n_new_fills);
  if (added->len > 0)
    cc_patch_child_append (cc_patch_tree_find (self->tree, "cellXfs"), added->str,
                           self->formats->len - self->n_old);
  return cc_patch_tree_to_text (self->tree);
}
