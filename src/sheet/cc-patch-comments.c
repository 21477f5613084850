/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-patch-private.h"

#include <string.h>

#define AUTHOR "Casecount"

static const char empty_comments[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
    "<authors/><commentList/></comments>";

static const char empty_drawing[] =
    "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:"
    "office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";

/* Numbers of shapes come in blocks, and each drawing owns blocks. */
#define BLOCK 1024

/* The marks stand in order. */
static CcPatchMark *
find_mark (GPtrArray *marks, const CcPatchTag *tag)
{
  g_autofree char *reference = cc_patch_tag_get (tag, "ref");
  const char      *p = reference;
  guint            row, column;
  guint            low = 0, high = marks->len;

  if (p == NULL || !cc_xlsx_read_reference (&p, &row, &column))
    return NULL;
  while (low < high)
    {
      const guint  middle = low + (high - low) / 2;
      CcPatchMark *mark = g_ptr_array_index (marks, middle);

      if (mark->row == row && mark->column == column)
        return mark;
      if (mark->row < row || (mark->row == row && mark->column < column))
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static void
append_run (GString *out, const char *prefix, const char *text, const char *before)
{
  g_string_append_printf (out, "<%st xml:space=\"preserve\">%s", prefix, before);
  cc_patch_append_text (out, text);
  g_string_append_printf (out, "</%st>", prefix);
}

/* Copies the list of comments; ours go behind what stands in those of the same cells. */
static void
add_to_old (CcPatchChild *list,
            const char   *prefix,
            GPtrArray    *marks,
            gboolean      keep_old,
            GHashTable   *taken)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char  *end = list->text + strlen (list->text);
  const char  *from = list->text;
  CcPatchTag   tag = { .end = from };
  CcPatchMark *mark = NULL;

  while (cc_patch_scan (tag.end, end, &tag))
    {
      if (!tag.closing && cc_patch_tag_is (&tag, "comment"))
        {
          mark = find_mark (marks, &tag);
          if (mark != NULL)
            g_hash_table_add (taken, mark);
        }
      else if (mark != NULL && mark->comment != NULL && !keep_old
               && (cc_patch_tag_is (&tag, "rPh") || cc_patch_tag_is (&tag, "phoneticPr")
                   || (tag.closing && cc_patch_tag_is (&tag, "text"))))
        {
          g_string_append_len (out, from, tag.start - from);
          g_string_append_printf (out, "<%sr>", prefix);
          append_run (out, prefix, mark->comment->str, "\n\n");
          g_string_append_printf (out, "</%sr>", prefix);
          from = tag.start;
          mark = NULL;
        }
      else if (tag.closing && cc_patch_tag_is (&tag, "comment"))
        mark = NULL;
    }
  g_string_append (out, from);
  g_free (list->text);
  list->text = g_string_free (g_steal_pointer (&out), FALSE);
}

static guint
count_authors (CcPatchTree *tree)
{
  CcPatchChild *authors = cc_patch_tree_find (tree, "authors");
  CcPatchTag    tag = { .end = authors->text };
  guint         n = 0;

  while (cc_patch_scan (tag.end, authors->text + strlen (authors->text), &tag))
    n += !tag.closing && cc_patch_tag_is (&tag, "author");
  return n;
}

char *
cc_patch_comments_add (const char *text,
                       gsize       length,
                       GPtrArray  *marks,
                       gboolean    keep_old,
                       GPtrArray  *fresh,
                       GError    **error)
{
  static const char *const behind_authors[] = { "commentList", "extLst", NULL };
  static const char *const behind_list[] = { "extLst", NULL };
  g_autoptr (CcPatchTree) tree =
      text != NULL ? cc_patch_tree_parse (text, length)
                   : cc_patch_tree_parse (empty_comments, strlen (empty_comments));
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) added = g_string_new (NULL);
  g_autofree char *author = NULL;
  CcPatchChild    *list;
  guint            number;

  if (tree == NULL)
    {
      cc_patch_set_refused (error, "comments.xml");
      return NULL;
    }
  cc_patch_tree_ensure (tree, "authors", behind_authors);
  list = cc_patch_tree_ensure (tree, "commentList", behind_list);
  number = count_authors (tree);
  add_to_old (list, tree->prefix, marks, keep_old, taken);
  for (guint i = 0; i < marks->len; i++)
    {
      CcPatchMark     *mark = g_ptr_array_index (marks, i);
      g_autofree char *name = cc_patch_name_cell (mark->row, mark->column);

      if (mark->comment == NULL || g_hash_table_contains (taken, mark)
          || fresh->len >= CC_PATCH_MAX_COMMENTS)
        continue;
      g_string_append_printf (added, "<%scomment ref=\"%s\" authorId=\"%u\"><%stext>", tree->prefix,
                              name, number, tree->prefix);
      append_run (added, tree->prefix, mark->comment->str, "");
      g_string_append_printf (added, "</%stext></%scomment>", tree->prefix, tree->prefix);
      g_ptr_array_add (fresh, mark);
    }
  if (fresh->len > 0)
    {
      author = g_strdup_printf ("<%sauthor>%s</%sauthor>", tree->prefix, AUTHOR, tree->prefix);
      cc_patch_child_append (cc_patch_tree_find (tree, "authors"), author, 1);
      cc_patch_child_append (list, added->str, fresh->len);
    }
  return cc_patch_tree_to_text (tree);
}

/* --- shapes --- */

guint
cc_patch_shapes_find_block (const char *text)
{
  const char *p = text;
  guint       highest = 0;

  while ((p = strstr (p, "idmap")) != NULL)
    {
      const char *close = strchr (p, '>');
      const char *data = strstr (p, "data=");

      if (close != NULL && data != NULL && data < close)
        for (const char *q = data + 5; q < close && strchr ("\"', 0123456789", *q) != NULL; q++)
          if (g_ascii_isdigit (*q))
            {
              char         *after;
              const guint64 number = g_ascii_strtoull (q, &after, 10);

              /* Programs count blocks from 1; what is beyond any use is no block. */
              if (number < 4096)
                highest = MAX (highest, (guint) number);
              q = after - 1;
            }
      p += strlen ("idmap");
    }
  return highest;
}

static void
append_shape (GString *out, const CcPatchMark *mark, guint id)
{
  g_string_append_printf (
      out,
      "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" "
      "xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
      "xmlns:x=\"urn:schemas-microsoft-com:office:excel\" id=\"_x0000_s%u\" "
      "type=\"#_x0000_t202\" style=\"position:absolute;margin-left:107.25pt;margin-top:7.5pt;"
      "width:192pt;height:75pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" "
      "o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/>"
      "<v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>"
      "<v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div>"
      "</v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>"
      "<x:Anchor>%u, 15, %u, 10, %u, 15, %u, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
      "<x:Row>%u</x:Row><x:Column>%u</x:Column></x:ClientData></v:shape>",
      id, mark->column + 1, mark->row > 0 ? mark->row - 1 : 0, mark->column + 4, mark->row + 5,
      mark->row, mark->column);
}

/* What stands before shapes: the blocks of numbers, and what they have in common. */
static void
append_preamble (GString *out, const char *old, guint block, guint n_blocks)
{
  g_string_append (out, "<o:shapelayout xmlns:v=\"urn:schemas-microsoft-com:vml\" "
                        "xmlns:o=\"urn:schemas-microsoft-com:office:office\" v:ext=\"edit\">"
                        "<o:idmap v:ext=\"edit\" data=\"");
  for (guint i = 0; i < n_blocks; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "," : "", block + i);
  g_string_append (out, "\"/></o:shapelayout>");
  if (old == NULL || strstr (old, "_x0000_t202\"") == NULL)
    g_string_append (out,
                     "<v:shapetype xmlns:v=\"urn:schemas-microsoft-com:vml\" "
                     "xmlns:o=\"urn:schemas-microsoft-com:office:office\" id=\"_x0000_t202\" "
                     "coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">"
                     "<v:stroke joinstyle=\"miter\"/>"
                     "<v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>");
}

/* A drawing is not always well-formed XML: old programs left tags open. So only its end is looked
 * for. */
char *
cc_patch_shapes_add (const char *text, gsize length, GPtrArray *fresh, guint block, GError **error)
{
  const char *old = text != NULL ? text : empty_drawing;
  const char *closing = g_strrstr_len (old, text != NULL ? (gssize) length : -1, "</xml>");
  g_autoptr (GString) out = g_string_new (NULL);

  if (closing == NULL)
    {
      cc_patch_set_refused (error, "vmlDrawing.vml");
      return NULL;
    }
  g_string_append_len (out, old, closing - old);
  append_preamble (out, text, block, (fresh->len + BLOCK - 1) / (BLOCK - 1));
  for (guint i = 0; i < fresh->len; i++)
    append_shape (out, g_ptr_array_index (fresh, i), block * BLOCK + 1 + i);
  g_string_append (out, closing);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
