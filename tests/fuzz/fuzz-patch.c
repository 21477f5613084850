/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "cc-patch-private.h"

/* The first byte chooses which part of a workbook the rest is: each is written by programs that are
 * not known here, and is changed as text. */

typedef struct
{
  const guint8 *data;
  gsize         size;
} Source;

static gssize
read_source (gpointer data, void *buffer, gsize size, GError **error)
{
  Source *source = data;
  /* Small pieces, so that tags are torn. */
  const gsize n = MIN (MIN (size, source->size), 37);

  if (n > 0)
    memcpy (buffer, source->data, n);
  source->data += n;
  source->size -= n;
  return (gssize) n;
}

static CcPatchMark *
create_mark (guint row, guint column, const char *comment)
{
  CcPatchMark *mark = g_new0 (CcPatchMark, 1);

  mark->row = row;
  mark->column = column;
  mark->color = CC_PATCH_DOUBT;
  mark->comment = g_string_new (comment);
  return mark;
}

static void
free_mark (gpointer data)
{
  g_string_free (((CcPatchMark *) data)->comment, TRUE);
  g_free (data);
}

static GPtrArray *
create_marks (void)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func (free_mark);

  g_ptr_array_add (marks, create_mark (0, 0, "?"));
  g_ptr_array_add (marks, create_mark (0, 3, "a < b"));
  g_ptr_array_add (marks, create_mark (2, 1, "_x0041_"));
  return marks;
}

static void
rewrite (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) marks = create_marks ();
  g_autoptr (CcPatchStyles) styles = cc_patch_styles_new (NULL, 0, &error);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  Source          source = { data, size };
  CcPatchSheetJob job = { marks, styles, TRUE, "rId9", NULL };
  gboolean        good, selected;

  good = cc_patch_rewrite_sheet (&job, read_source, &source, out, NULL, &error);
  g_assert_true (good == (error == NULL));
  g_clear_error (&error);
  g_free (job.found_drawing);
  source = (Source){ data, size };
  good = cc_patch_is_selected (read_source, &source, &selected, &error);
  g_assert_true (good == (error == NULL));
}

static void
style (const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPatchStyles) styles = cc_patch_styles_new (text, size, &error);
  g_autofree char *written = NULL;

  g_assert_true ((styles == NULL) == (error != NULL));
  if (styles == NULL)
    return;
  for (guint i = 0; i < 4; i++)
    cc_patch_styles_mark (styles, i, CC_PATCH_ALARM);
  cc_patch_styles_look (styles, CC_PATCH_HEADER);
  written = cc_patch_styles_to_text (styles);
}

static void
check (char *text, GError **error)
{
  g_assert_true ((text == NULL) == (*error != NULL));
  g_free (text);
  g_clear_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) marks = create_marks ();
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  g_autofree char *text = NULL;
  GError          *error = NULL;
  gsize            length;

  if (size == 0)
    return 0;
  if (data[0] % 7 == 0)
    {
      rewrite (data + 1, size - 1);
      return 0;
    }
  /* As cc_patch_read_part () leaves it. */
  text = g_utf8_make_valid ((const char *) data + 1, (gssize) size - 1);
  length = strlen (text);
  switch (data[0] % 7)
    {
    case 1:
      style (text, length);
      break;
    case 2:
      check (cc_patch_comments_add (text, length, marks, FALSE, fresh, &error), &error);
      break;
    case 3:
      cc_patch_shapes_find_block (text);
      check (cc_patch_shapes_add (text, length, marks, 3, &error), &error);
      break;
    case 4:
      check (cc_patch_workbook_add (text, length, "Q & A", "rId9", TRUE, &error), &error);
      break;
    case 5:
      check (cc_patch_relations_add (text, length, "rId9", "t", "/a&b", &error), &error);
      break;
    default:
      check (cc_patch_types_add (text, length, "t", "/xl/a.xml", &error), &error);
      check (cc_patch_types_add (text, length, "t", "vml", &error), &error);
    }
  return 0;
}
