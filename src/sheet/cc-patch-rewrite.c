/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-patch-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

#define CHUNK 65536

/* The children of a worksheet that stand behind the one that binds the comments' drawing. */
static const char *const behind_drawing[] = { "legacyDrawingHF", "drawingHF", "picture",
                                              "oleObjects",      "controls",  "webPublishItems",
                                              "tableParts",      "extLst",    NULL };

/* Columns first to last that have a style of their own. */
typedef struct
{
  guint first, last, style;
} ColumnStyle;

typedef struct
{
  CcPatchSheetJob *job;
  CcXmlReadFunc    read;
  gpointer         data;
  GString         *in; /* what was read and not yet dealt with */
  gsize            at; /* in it */
  gboolean         ended;
  GString         *out;
  char            *prefix; /* of the main vocabulary */
  guint            depth;
  gboolean         in_data;
  guint            next;        /* of the marks */
  guint            row, column; /* the last ones seen, from 1 */
  guint            row_style;
  GArray          *columns;
  gboolean         drawn;
} Rewrite;

static gboolean
fill (Rewrite *self, GError **error)
{
  gssize n;

  if (self->at > 0)
    {
      g_string_erase (self->in, 0, (gssize) self->at);
      self->at = 0;
    }
  if (self->in->len > CC_XML_MAX_TAG + CHUNK)
    {
      cc_patch_set_refused (error, "sheet");
      return FALSE;
    }
  g_string_set_size (self->in, self->in->len + CHUNK);
  n = self->read (self->data, self->in->str + self->in->len - CHUNK, CHUNK, error);
  g_string_truncate (self->in, self->in->len - CHUNK + (gsize) MAX (n, 0));
  self->ended = n == 0;
  return n >= 0;
}

/* The next markup; what stands before it goes out as it is. */
static gboolean
next_tag (Rewrite *self, CcPatchTag *tag, gboolean *found, GError **error)
{
  for (;;)
    {
      const char *text = self->in->str + self->at;
      const char *end = self->in->str + self->in->len;

      *found = cc_patch_scan (text, end, tag);
      g_string_append_len (self->out, text, tag->start - text);
      self->at = (gsize) (tag->start - self->in->str);
      if (*found)
        {
          self->at = (gsize) (tag->end - self->in->str);
          return TRUE;
        }
      if (self->ended)
        {
          if (self->at == self->in->len)
            return TRUE;
          cc_patch_set_refused (error, "sheet");
          return FALSE;
        }
      if (!fill (self, error))
        return FALSE;
    }
}

static gboolean
is_main (Rewrite *self, const CcPatchTag *tag, const char *name)
{
  return cc_patch_tag_is (tag, name) && strlen (self->prefix) == tag->prefix_length
         && memcmp (self->prefix, tag->name, tag->prefix_length) == 0;
}

static CcPatchMark *
next_mark (Rewrite *self)
{
  return self->next < self->job->marks->len ? g_ptr_array_index (self->job->marks, self->next)
                                            : NULL;
}

/* --- cells that a mark needs --- */

static void
put_cell (Rewrite *self, const CcPatchMark *mark)
{
  g_autofree char *name = cc_patch_name_cell (mark->row, mark->column);
  guint            style = self->row_style;

  for (guint i = 0; style == 0 && i < self->columns->len; i++)
    {
      const ColumnStyle *column = &g_array_index (self->columns, ColumnStyle, i);

      if (mark->column + 1 >= column->first && mark->column + 1 <= column->last)
        style = column->style;
    }
  g_string_append_printf (self->out, "<%sc r=\"%s\" s=\"%u\"/>", self->prefix, name,
                          cc_patch_styles_mark (self->job->styles, style, mark->color));
}

/* Marks of the current row before a column (from 1) get cells. */
static void
put_cells_before (Rewrite *self, guint column)
{
  CcPatchMark *mark;

  while ((mark = next_mark (self)) != NULL && mark->row + 1 == self->row
         && mark->column + 1 < column)
    {
      put_cell (self, mark);
      self->next++;
    }
}

/* Marks in rows before `row` (from 1) that the sheet has not. */
static void
put_rows_before (Rewrite *self, guint row)
{
  CcPatchMark *mark;

  while ((mark = next_mark (self)) != NULL && mark->row + 1 < row)
    {
      self->row = mark->row + 1;
      self->row_style = 0;
      g_string_append_printf (self->out, "<%srow r=\"%u\">", self->prefix, self->row);
      put_cells_before (self, G_MAXUINT);
      g_string_append_printf (self->out, "</%srow>", self->prefix);
    }
}

/* --- elements --- */

static void
put_drawing (Rewrite *self)
{
  if (self->drawn || self->job->drawing == NULL)
    return;
  self->drawn = TRUE;
  g_string_append_printf (self->out, "<%slegacyDrawing xmlns:r=\"%s\" r:id=\"%s\"/>", self->prefix,
                          CC_PATCH_RELATION_NS, self->job->drawing);
}

static void
copy_tag (Rewrite *self, const CcPatchTag *tag)
{
  g_string_append_len (self->out, tag->start, tag->end - tag->start);
}

/* Whether a row says that it reaches from and to columns that leave a mark out. */
static gboolean
leaves_mark_out (Rewrite *self, const CcPatchTag *tag)
{
  g_autofree char *spans = cc_patch_tag_get (tag, "spans");
  const char      *last = spans != NULL ? strrchr (spans, ':') : NULL;

  if (last == NULL)
    return FALSE;
  for (guint i = self->next; i < self->job->marks->len; i++)
    {
      const CcPatchMark *mark = g_ptr_array_index (self->job->marks, i);

      if (mark->row + 1 != self->row)
        break;
      if (mark->column + 1 < g_ascii_strtoull (spans, NULL, 10)
          || mark->column + 1 > g_ascii_strtoull (last + 1, NULL, 10))
        return TRUE;
    }
  return FALSE;
}

static void
begin_row (Rewrite *self, const CcPatchTag *tag)
{
  const char *const  without_spans[] = { "spans", NULL, NULL };
  const char *const  none[] = { NULL };
  g_autofree char   *custom = cc_patch_tag_get (tag, "customFormat");
  guint              row = self->row + 1;
  guint              style = 0;
  const CcPatchMark *mark;

  cc_patch_tag_get_number (tag, "r", &row);
  put_rows_before (self, row);
  self->row = row;
  self->column = 0;
  if (custom != NULL && (g_str_equal (custom, "1") || g_str_equal (custom, "true")))
    cc_patch_tag_get_number (tag, "s", &style);
  self->row_style = style;
  mark = next_mark (self);
  if (mark == NULL || mark->row + 1 != row)
    copy_tag (self, tag);
  else if (leaves_mark_out (self, tag))
    {
      /* The two lists differ only in that a NULL value stands behind the name. */
      cc_patch_tag_write (self->out, tag, without_spans, TRUE);
    }
  else if (tag->empty)
    cc_patch_tag_write (self->out, tag, none, TRUE);
  else
    copy_tag (self, tag);
  if (tag->empty && mark != NULL && mark->row + 1 == row)
    {
      put_cells_before (self, G_MAXUINT);
      g_string_append_printf (self->out, "</%srow>", self->prefix);
    }
}

static void
begin_cell (Rewrite *self, const CcPatchTag *tag)
{
  g_autofree char   *reference = cc_patch_tag_get (tag, "r");
  const char        *p = reference;
  const CcPatchMark *mark;
  guint              row, column;

  self->column++;
  if (p != NULL && cc_xlsx_read_reference (&p, &row, &column))
    self->column = column + 1;
  put_cells_before (self, self->column);
  mark = next_mark (self);
  if (mark != NULL && mark->row + 1 == self->row && mark->column + 1 == self->column)
    {
      guint            style = 0;
      g_autofree char *number = NULL;
      const char      *changes[] = { "s", NULL, NULL };

      cc_patch_tag_get_number (tag, "s", &style);
      number = g_strdup_printf ("%u", cc_patch_styles_mark (self->job->styles, style, mark->color));
      changes[1] = number;
      cc_patch_tag_write (self->out, tag, changes, FALSE);
      self->next++;
      return;
    }
  copy_tag (self, tag);
}

static void
note_column (Rewrite *self, const CcPatchTag *tag)
{
  ColumnStyle column = { 0 };

  if (cc_patch_tag_get_number (tag, "min", &column.first)
      && cc_patch_tag_get_number (tag, "max", &column.last)
      && cc_patch_tag_get_number (tag, "style", &column.style) && column.style > 0)
    g_array_append_val (self->columns, column);
}

static gboolean
is_behind_drawing (const CcPatchTag *tag)
{
  for (guint i = 0; behind_drawing[i] != NULL; i++)
    if (cc_patch_tag_is (tag, behind_drawing[i]))
      return TRUE;
  return FALSE;
}

/* A child of the worksheet. */
static void
begin_child (Rewrite *self, const CcPatchTag *tag)
{
  if (is_main (self, tag, "legacyDrawing"))
    {
      self->drawn = TRUE;
      g_free (self->job->found_drawing);
      self->job->found_drawing = cc_patch_tag_get (tag, "id");
    }
  else if (is_behind_drawing (tag))
    put_drawing (self);
  self->in_data = is_main (self, tag, "sheetData");
  if (self->in_data && tag->empty && next_mark (self) != NULL)
    {
      const char *const none[] = { NULL };

      cc_patch_tag_write (self->out, tag, none, TRUE);
      put_rows_before (self, G_MAXUINT);
      g_string_append_printf (self->out, "</%ssheetData>", self->prefix);
      return;
    }
  copy_tag (self, tag);
}

static void
begin_element (Rewrite *self, const CcPatchTag *tag)
{
  const char *const unselected[] = { "tabSelected", NULL, NULL };

  if (self->depth == 0)
    {
      g_free (self->prefix);
      self->prefix = g_strndup (tag->name, tag->prefix_length);
      copy_tag (self, tag);
    }
  else if (self->depth == 1)
    begin_child (self, tag);
  else if (self->in_data && self->depth == 2 && is_main (self, tag, "row"))
    begin_row (self, tag);
  else if (self->in_data && self->depth == 3 && is_main (self, tag, "c"))
    begin_cell (self, tag);
  else if (self->depth == 2 && self->job->unselect && is_main (self, tag, "sheetView"))
    cc_patch_tag_write (self->out, tag, unselected, FALSE);
  else
    {
      if (self->depth == 2 && is_main (self, tag, "col"))
        note_column (self, tag);
      copy_tag (self, tag);
    }
  self->depth += !tag->empty;
}

static void
end_element (Rewrite *self, const CcPatchTag *tag)
{
  self->depth--;
  if (self->depth == 0)
    put_drawing (self);
  else if (self->depth == 1 && self->in_data)
    {
      put_rows_before (self, G_MAXUINT);
      self->in_data = FALSE;
    }
  else if (self->depth == 2 && self->in_data)
    put_cells_before (self, G_MAXUINT);
  copy_tag (self, tag);
}

static gboolean
run (Rewrite *self, GOutputStream *out, GCancellable *cancellable, GError **error)
{
  CcPatchTag tag;
  gboolean   found;

  for (;;)
    {
      if (!next_tag (self, &tag, &found, error))
        return FALSE;
      if (found && tag.other)
        copy_tag (self, &tag);
      else if (found && tag.closing ? self->depth == 0 : self->depth > CC_XML_MAX_DEPTH)
        {
          cc_patch_set_refused (error, "sheet");
          return FALSE;
        }
      else if (found && tag.closing)
        end_element (self, &tag);
      else if (found)
        begin_element (self, &tag);
      if ((self->out->len > CHUNK || !found)
          && !g_output_stream_write_all (out, self->out->str, self->out->len, NULL, cancellable,
                                         error))
        return FALSE;
      if (self->out->len > CHUNK)
        g_string_truncate (self->out, 0);
      if (!found)
        return TRUE;
    }
}

gboolean
cc_patch_rewrite_sheet (CcPatchSheetJob *job,
                        CcXmlReadFunc    read,
                        gpointer         data,
                        GOutputStream   *out,
                        GCancellable    *cancellable,
                        GError         **error)
{
  Rewrite  self = { .job = job, .read = read, .data = data };
  gboolean good;

  self.in = g_string_new (NULL);
  self.out = g_string_new (NULL);
  self.columns = g_array_new (FALSE, FALSE, sizeof (ColumnStyle));
  good = run (&self, out, cancellable, error);
  /* Nothing was found that is a sheet, or it ends too early. */
  if (good && (self.prefix == NULL || self.depth != 0 || self.next < job->marks->len))
    {
      cc_patch_set_refused (error, "sheet");
      good = FALSE;
    }
  g_array_unref (self.columns);
  g_string_free (self.in, TRUE);
  g_string_free (self.out, TRUE);
  g_free (self.prefix);
  return good;
}

gboolean
cc_patch_is_selected (CcXmlReadFunc read, gpointer data, gboolean *selected, GError **error)
{
  Rewrite    self = { .read = read, .data = data };
  CcPatchTag tag;
  gboolean   found = TRUE;
  gboolean   good = TRUE;

  *selected = FALSE;
  self.in = g_string_new (NULL);
  self.out = g_string_new (NULL);
  while (good && found && !*selected)
    {
      g_autofree char *value = NULL;

      good = next_tag (&self, &tag, &found, error);
      g_string_truncate (self.out, 0);
      if (!good || !found || cc_patch_tag_is (&tag, "sheetData"))
        break;
      if (tag.closing || !cc_patch_tag_is (&tag, "sheetView"))
        continue;
      value = cc_patch_tag_get (&tag, "tabSelected");
      *selected = value != NULL && (g_str_equal (value, "1") || g_str_equal (value, "true"));
    }
  g_string_free (self.in, TRUE);
  g_string_free (self.out, TRUE);
  return good;
}
