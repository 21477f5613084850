/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include <cc/base/cc-error.h>
#include <glib/gstdio.h>

#include "cc-book-writer-private.h"
#include "cc-patch-private.h"

#define SHEET_TYPE    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
#define STYLES_TYPE   "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
#define COMMENTS_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
#define DRAWING_TYPE  "application/vnd.openxmlformats-officedocument.vmlDrawing"

/* One run: the parts that are other in the end, each as a file in a private folder. */
typedef struct
{
  CcPatch       *patch;
  CcArchive     *archive;
  GCancellable  *cancellable;
  char          *folder;
  GPtrArray     *names; /* char*: parts */
  GPtrArray     *files; /* char*: their content */
  GHashTable    *texts; /* part to its text as it is by now: lists that are added to repeatedly */
  CcPatchStyles *styles;
  guint          block; /* of shapes */
  guint          n_drawings;
} Run;

static void
clear_run (Run *run)
{
  for (guint i = 0; run->files != NULL && i < run->files->len; i++)
    g_unlink (g_ptr_array_index (run->files, i));
  if (run->folder != NULL)
    cc_book_writer_remove_temp_dir (run->folder);
  g_clear_pointer (&run->names, g_ptr_array_unref);
  g_clear_pointer (&run->files, g_ptr_array_unref);
  g_clear_pointer (&run->texts, g_hash_table_unref);
  g_clear_pointer (&run->styles, cc_patch_styles_free);
  g_free (run->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, clear_run)

static void
set_unwritten (GError **error, const char *reason)
{
  g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
               "The workbook could not be written: %s. An older file of this name was kept.",
               reason);
}

/* --- parts --- */

static const char *
add_file (Run *run, const char *part)
{
  char *file = g_strdup_printf ("%s/%u", run->folder, run->files->len);

  g_ptr_array_add (run->names, g_strdup (part));
  g_ptr_array_add (run->files, file);
  return file;
}

/* A text of the archive as it is by now; NULL without an error where it has no such part. */
static gboolean
get_text (Run *run, const char *part, const char **text, GError **error)
{
  char *read;

  *text = g_hash_table_lookup (run->texts, part);
  if (*text != NULL || !cc_archive_has (run->archive, part))
    return TRUE;
  read = cc_patch_read_part (run->archive, part, error);
  if (read == NULL)
    return FALSE;
  g_hash_table_insert (run->texts, g_strdup (part), read);
  *text = read;
  return TRUE;
}

/* Marks a text as one that changed; takes it. */
static gboolean
set_text (Run *run, const char *part, char *text)
{
  if (text == NULL)
    return FALSE;
  if (!g_ptr_array_find_with_equal_func (run->names, part, g_str_equal, NULL))
    add_file (run, part);
  g_hash_table_insert (run->texts, g_strdup (part), text);
  return TRUE;
}

static gboolean
add_type (Run *run, const char *key, const char *type, GError **error)
{
  static const char name[] = "[Content_Types].xml";
  const char       *text;

  if (!get_text (run, name, &text, error))
    return FALSE;
  if (text == NULL)
    {
      cc_patch_set_refused (error, name);
      return FALSE;
    }
  return set_text (run, name, cc_patch_types_add (text, strlen (text), type, key, error));
}

static char *
name_relations (const char *part)
{
  g_autofree char *folder = g_path_get_dirname (part);
  g_autofree char *base = g_path_get_basename (part);

  return g_str_equal (folder, ".") ? g_strdup_printf ("_rels/%s.rels", base)
                                   : g_strdup_printf ("%s/_rels/%s.rels", folder, base);
}

/* An id that no relation of a part has. */
static char *
find_id (GPtrArray *relations)
{
  for (guint i = 1;; i++)
    {
      char *id = g_strdup_printf ("rIdCc%u", i);

      if (cc_xlsx_relations_find (relations, id, NULL) == NULL)
        return id;
      g_free (id);
    }
}

static char *
find_part_name (Run *run, const char *format_before, const char *format_behind)
{
  for (guint i = 1;; i++)
    {
      char *name = g_strdup_printf ("%s%u%s", format_before, i, format_behind);

      if (!cc_archive_has (run->archive, name)
          && !g_ptr_array_find_with_equal_func (run->names, name, g_str_equal, NULL))
        return name;
      g_free (name);
    }
}

/* Adds a relation from one part to another, whose address is given from the root. */
static gboolean
relate (Run        *run,
        const char *part,
        const char *id,
        const char *type,
        const char *target,
        GError    **error)
{
  g_autofree char *name = name_relations (part);
  g_autofree char *address = g_strconcat ("/", target, NULL);
  g_autofree char *whole = g_strconcat (CC_PATCH_RELATION_NS "/", type, NULL);
  const char      *text;

  return get_text (run, name, &text, error)
         && set_text (run, name,
                      cc_patch_relations_add (text, text != NULL ? strlen (text) : 0, id, whole,
                                              address, error));
}

/* --- sheets --- */

static gssize
read_part (gpointer data, void *buffer, gsize size, GError **error)
{
  return cc_part_read (data, buffer, size, error);
}

static gboolean
rewrite_part (Run *run, const char *part, CcPatchSheetJob *job, GError **error)
{
  g_autoptr (CcPart) source = cc_archive_open_part (run->archive, part, error);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileOutputStream) out = NULL;

  if (source == NULL)
    return FALSE;
  file = g_file_new_for_path (add_file (run, part));
  out = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, run->cancellable, error);
  return out != NULL
         && cc_patch_rewrite_sheet (job, read_part, source, G_OUTPUT_STREAM (out), run->cancellable,
                                    error)
         && g_output_stream_close (G_OUTPUT_STREAM (out), run->cancellable, error);
}

static gint
compare_marks (gconstpointer a, gconstpointer b)
{
  const CcPatchMark *x = *(CcPatchMark *const *) a;
  const CcPatchMark *y = *(CcPatchMark *const *) b;

  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  return x->column < y->column ? -1 : x->column > y->column;
}

static gboolean
has_comment (GPtrArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    if (((CcPatchMark *) g_ptr_array_index (marks, i))->comment != NULL)
      return TRUE;
  return FALSE;
}

/* Writes the comments of a sheet, in the part that it has or a new one. fresh: those that need a
 * shape. */
static gboolean
add_comments (Run        *run,
              const char *part,
              GPtrArray  *relations,
              GPtrArray  *fresh,
              guint       sheet,
              GError    **error)
{
  GPtrArray       *marks = g_ptr_array_index (run->patch->sheets, sheet);
  CcXlsxRelation  *old = cc_xlsx_relations_find (relations, NULL, "comments");
  const gboolean   threads = cc_xlsx_relations_find (relations, NULL, "threadedComment") != NULL;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;
  const char      *text;

  if (old != NULL && cc_archive_has (run->archive, old->target))
    return get_text (run, old->target, &text, error)
           && set_text (run, old->target,
                        cc_patch_comments_add (text, strlen (text), marks, threads, fresh, error));
  name = find_part_name (run, "xl/comments", ".xml");
  key = g_strconcat ("/", name, NULL);
  id = find_id (relations);
  return set_text (run, name, cc_patch_comments_add (NULL, 0, marks, FALSE, fresh, error))
         && add_type (run, key, COMMENTS_TYPE, error)
         && relate (run, part, id, "comments", name, error);
}

/* The shapes: into the drawing that the sheet names, or a new one that it names as `new_id`. */
static gboolean
add_shapes (Run        *run,
            const char *part,
            GPtrArray  *relations,
            GPtrArray  *fresh,
            const char *old_id,
            const char *new_id,
            GError    **error)
{
  CcXlsxRelation  *old = old_id != NULL ? cc_xlsx_relations_find (relations, old_id, NULL) : NULL;
  const guint      block = run->block;
  g_autofree char *name = NULL;
  const char      *text;

  run->block += (fresh->len + 1022) / 1023;
  if (old != NULL && cc_archive_has (run->archive, old->target))
    return get_text (run, old->target, &text, error)
           && set_text (run, old->target,
                        cc_patch_shapes_add (text, strlen (text), fresh, block, error));
  if (old_id != NULL)
    {
      cc_patch_set_refused (error, part);
      return FALSE;
    }
  name = find_part_name (run, "xl/drawings/vmlDrawing", ".vml");
  return set_text (run, name, cc_patch_shapes_add (NULL, 0, fresh, block, error))
         && add_type (run, "vml", DRAWING_TYPE, error)
         && relate (run, part, new_id, "vmlDrawing", name, error);
}

static gboolean
write_sheet (Run *run, guint sheet, gboolean unselect, GError **error)
{
  CcPatch    *patch = run->patch;
  const char *part = g_ptr_array_index (patch->parts, sheet);
  GPtrArray  *marks = sheet < patch->sheets->len ? g_ptr_array_index (patch->sheets, sheet) : NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  g_autoptr (GPtrArray) relations = cc_xlsx_relations_load (run->archive, part, error);
  g_autofree char *id = NULL;
  g_autofree char *found = NULL;
  CcPatchSheetJob  job = { marks != NULL ? marks : none, run->styles, unselect, NULL, NULL };
  gboolean         good;

  if (relations == NULL)
    return FALSE;
  if (marks != NULL)
    g_ptr_array_sort (marks, compare_marks);
  if (marks != NULL && has_comment (marks)
      && !add_comments (run, part, relations, fresh, sheet, error))
    return FALSE;
  /* The relation of the comments has the first free id. */
  id = find_id (relations);
  if (fresh->len > 0)
    {
      g_autofree char *other = g_strconcat (id, "v", NULL);

      g_free (id);
      id = g_steal_pointer (&other);
      job.drawing = id;
    }
  good = rewrite_part (run, part, &job, error);
  found = job.found_drawing;
  return good && (fresh->len == 0 || add_shapes (run, part, relations, fresh, found, id, error));
}

/* The first block of numbers that no drawing has. */
static gboolean
find_block (Run *run, GError **error)
{
  for (guint i = 0; i < run->patch->parts->len; i++)
    {
      g_autoptr (GPtrArray) relations =
          cc_xlsx_relations_load (run->archive, g_ptr_array_index (run->patch->parts, i), error);

      if (relations == NULL)
        return FALSE;
      for (guint j = 0; j < relations->len; j++)
        {
          CcXlsxRelation *relation = g_ptr_array_index (relations, j);
          const char     *text = NULL;

          if (!g_str_equal (relation->type, "vmlDrawing"))
            continue;
          if (!get_text (run, relation->target, &text, error))
            return FALSE;
          if (text != NULL)
            run->block = MAX (run->block, cc_patch_shapes_find_block (text));
        }
    }
  run->block++;
  return TRUE;
}

static gboolean
write_sheets (Run *run, GError **error)
{
  CcPatch *patch = run->patch;
  gboolean has_first = FALSE;

  for (guint i = 0; i < patch->new_sheets->len; i++)
    has_first = has_first || ((CcPatchSheet *) g_ptr_array_index (patch->new_sheets, i))->first;
  for (guint i = 0; i < patch->parts->len; i++)
    {
      const char *part = g_ptr_array_index (patch->parts, i);
      gboolean    selected = FALSE;

      if (has_first)
        {
          g_autoptr (CcPart) source = cc_archive_open_part (run->archive, part, error);

          if (source == NULL || !cc_patch_is_selected (read_part, source, &selected, error))
            return FALSE;
        }
      if ((selected || (i < patch->sheets->len && g_ptr_array_index (patch->sheets, i) != NULL))
          && !write_sheet (run, i, selected, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_new_sheet (Run *run, CcPatchSheet *sheet, GPtrArray *relations, GError **error)
{
  const char      *workbook = run->patch->workbook;
  g_autofree char *name = find_part_name (run, "xl/worksheets/sheetCc", ".xml");
  g_autofree char *key = g_strconcat ("/", name, NULL);
  g_autofree char *id = find_id (relations);
  CcXlsxRelation  *taken;
  const char      *text;

  if (!set_text (run, name, cc_patch_sheet_to_text (sheet, run->styles))
      || !add_type (run, key, SHEET_TYPE, error)
      || !relate (run, workbook, id, "worksheet", name, error)
      || !get_text (run, workbook, &text, error)
      || !set_text (run, workbook,
                    cc_patch_workbook_add (text, strlen (text), sheet->name, id, sheet->first,
                                           error)))
    return FALSE;
  taken = g_new0 (CcXlsxRelation, 1);
  taken->id = g_steal_pointer (&id);
  taken->type = g_strdup ("worksheet");
  taken->target = g_strdup (name);
  g_ptr_array_add (relations, taken);
  return TRUE;
}

static gboolean
write_styles (Run *run, GPtrArray *relations, GError **error)
{
  CcXlsxRelation  *old = cc_xlsx_relations_find (relations, NULL, "styles");
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;

  if (run->styles->formats->len == run->styles->n_old)
    return TRUE;
  if (old != NULL)
    return set_text (run, old->target, cc_patch_styles_to_text (run->styles));
  name = find_part_name (run, "xl/styles", ".xml");
  key = g_strconcat ("/", name, NULL);
  id = find_id (relations);
  return set_text (run, name, cc_patch_styles_to_text (run->styles))
         && add_type (run, key, STYLES_TYPE, error)
         && relate (run, run->patch->workbook, id, "styles", name, error);
}

static gboolean
make_parts (Run *run, GError **error)
{
  CcPatch *patch = run->patch;
  g_autoptr (GPtrArray) relations = cc_xlsx_relations_load (run->archive, patch->workbook, error);
  CcXlsxRelation *styles =
      relations != NULL ? cc_xlsx_relations_find (relations, NULL, "styles") : NULL;
  const char *text = NULL;

  if (relations == NULL || (styles != NULL && !get_text (run, styles->target, &text, error)))
    return FALSE;
  run->styles = cc_patch_styles_new (text, text != NULL ? strlen (text) : 0, error);
  if (run->styles == NULL || !find_block (run, error) || !write_sheets (run, error))
    return FALSE;
  for (guint i = 0; i < patch->new_sheets->len; i++)
    if (!write_new_sheet (run, g_ptr_array_index (patch->new_sheets, i), relations, error))
      return FALSE;
  return write_styles (run, relations, error);
}

/* --- the package --- */

static gboolean
write_texts (Run *run, GError **error)
{
  for (guint i = 0; i < run->names->len; i++)
    {
      const char *text = g_hash_table_lookup (run->texts, g_ptr_array_index (run->names, i));

      if (text != NULL && !g_file_set_contents (g_ptr_array_index (run->files, i), text, -1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_part (zip_t *zip, const char *name, const char *file)
{
  zip_source_t *source = zip_source_file (zip, file, 0, -1);
  zip_int64_t   index = zip_name_locate (zip, name, 0);

  if (index < 0)
    index = zip_name_locate (zip, name, ZIP_FL_NOCASE);
  if (source == NULL)
    return FALSE;
  if (index >= 0 ? zip_file_replace (zip, (zip_uint64_t) index, source, 0) != 0
                 : (index = zip_file_add (zip, name, source, ZIP_FL_ENC_UTF_8)) < 0)
    {
      zip_source_free (source);
      return FALSE;
    }
  /* 1980-01-01, as other programs write it: the same workbook gives the same bytes. */
  return zip_set_file_compression (zip, (zip_uint64_t) index, ZIP_CM_DEFLATE, 0) == 0
         && zip_file_set_dostime (zip, (zip_uint64_t) index, 0, 0x21, 0) == 0;
}

static gboolean
change_archive (Run *run, const char *path, GError **error)
{
  int      code = 0;
  zip_t   *zip = zip_open (path, 0, &code);
  gboolean good = zip != NULL;

  for (guint i = 0; good && i < run->names->len; i++)
    good = put_part (zip, g_ptr_array_index (run->names, i), g_ptr_array_index (run->files, i));
  if (good && zip_close (zip) == 0)
    return TRUE;
  set_unwritten (error, zip != NULL ? zip_strerror (zip) : "it cannot be opened");
  if (zip != NULL)
    zip_discard (zip);
  return FALSE;
}

static gboolean
copy_file (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GFileInputStream) in = g_file_read (source, cancellable, error);
  g_autoptr (GFileIOStream) out =
      in != NULL ? g_file_open_readwrite (target, cancellable, error) : NULL;

  /* A copy of the file would also have its permissions, which may be read-only. */
  return out != NULL
         && g_output_stream_splice (g_io_stream_get_output_stream (G_IO_STREAM (out)),
                                    G_INPUT_STREAM (in), G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                    cancellable, error)
                >= 0;
}

static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat x, y;

  return g_stat (a, &x) == 0 && g_stat (b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

gboolean
cc_patch_save (CcPatch *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_auto (Run) run = { .patch = self, .cancellable = cancellable };
  g_autofree char *part = NULL;
  gboolean         good;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (is_same_file (self->path, path))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "The workbook cannot take the place of the sender's own file. Choose another "
                   "name or folder.");
      return FALSE;
    }
  run.archive = self->book->archive;
  run.names = g_ptr_array_new_with_free_func (g_free);
  run.files = g_ptr_array_new_with_free_func (g_free);
  run.texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  run.folder = cc_book_writer_make_temp_dir (path, FALSE, error);
  if (run.folder == NULL || !make_parts (&run, error) || !write_texts (&run, error)
      || !(part = cc_book_writer_make_part_file (path, error)))
    return FALSE;
  good = copy_file (self->path, part, cancellable, error) && change_archive (&run, part, error)
         && cc_book_writer_verify (part, error) && cc_book_writer_put_in_place (part, path, error);
  if (!good)
    g_unlink (part);
  return good;
}
