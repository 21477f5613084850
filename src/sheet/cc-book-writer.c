/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cc/base/cc-error.h>
#include <glib/gstdio.h>

#include "cc-book-writer-private.h"

#define MAX_SHEET_NAME 31

static CcError
code_of_errno (int reason)
{
  switch (reason)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return CC_ERROR_NO_SPACE;
    case ENOENT:
    case ENOTDIR:
      return CC_ERROR_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS:
      return CC_ERROR_READ_ONLY;
    default:
      return CC_ERROR_FAILED;
    }
}

/* Makes the empty file that the workbook is written to, in the target's folder so that the rename
 * stays inside one file system. The mode follows the user's umask, as a new file's should. */
char *
cc_book_writer_make_part_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  int              reason = EEXIST;

  for (guint i = 0; i < 100 && reason == EEXIST; i++)
    {
      g_autofree char *part = g_strdup_printf ("%s/.%s.%08x", folder, name, g_random_int ());
      int              fd = g_open (part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);

      if (fd >= 0)
        {
          close (fd);
          return g_steal_pointer (&part);
        }
      reason = errno;
    }
  g_set_error (error, CC_ERROR, code_of_errno (reason),
               "The workbook “%s” cannot be written: %s. Choose another folder or name.", path,
               g_strerror (reason));
  return NULL;
}

static CcBookWriter *
open_writer (const char *path, gboolean streaming, GError **error)
{
  g_autoptr (CcBookWriter) self = NULL;
  lxw_workbook_options options = { .constant_memory = streaming, .use_zip64 = streaming };

  g_return_val_if_fail (path != NULL, NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "“%s” is a folder. Give the name of a file that ends in .xlsx.", path);
      return NULL;
    }

  self = g_new0 (CcBookWriter, 1);
  self->path = g_strdup (path);
  self->streaming = streaming;
  self->formats = g_hash_table_new (NULL, NULL);
  self->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_sheet_writer_free);
  self->part_path = cc_book_writer_make_part_file (path, error);
  if (self->part_path == NULL)
    return NULL;
  self->temp_dir = cc_book_writer_make_temp_dir (path, streaming, error);
  if (self->temp_dir == NULL)
    return NULL;

  options.tmpdir = self->temp_dir;
  self->book = workbook_new_opt (self->part_path, &options);
  if (self->book == NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                   "The workbook “%s” could not be begun. Nothing was written.", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

CcBookWriter *
cc_book_writer_new (const char *path, GError **error)
{
  return open_writer (path, FALSE, error);
}

CcBookWriter *
cc_book_writer_new_streaming (const char *path, GError **error)
{
  return open_writer (path, TRUE, error);
}

void
cc_book_writer_free (CcBookWriter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->book, lxw_workbook_free);
  if (self->part_path != NULL)
    g_unlink (self->part_path);
  if (self->temp_dir != NULL)
    cc_book_writer_remove_temp_dir (self->temp_dir);
  g_clear_pointer (&self->formats, g_hash_table_unref);
  g_clear_error (&self->error);
  g_free (self->path);
  g_free (self->part_path);
  g_free (self->temp_dir);
  g_free (self->title);
  g_free (self);
}

static gboolean
write_parts (CcBookWriter *self, GError **error)
{
  lxw_doc_properties properties = { .title = self->title, .created = (time_t) self->created };
  lxw_error          result;
  int                reason;

  workbook_set_properties (self->book, &properties);
  errno = 0;
  /* Frees the workbook whatever it answers. */
  result = workbook_close (g_steal_pointer (&self->book));
  reason = errno;
  if (result == LXW_NO_ERROR)
    return TRUE;

  if (code_of_errno (reason) == CC_ERROR_NO_SPACE)
    g_set_error (error, CC_ERROR, CC_ERROR_NO_SPACE,
                 "The workbook “%s” was not written: the disk or the temporary folder is full. An "
                 "older file of this name was kept. Make room and try again.",
                 self->path);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 "The workbook “%s” was not written: %s An older file of this name was kept.",
                 self->path, lxw_strerror (result));
  return FALSE;
}

/* A file that is replaced keeps its permissions; its bytes are on the disk before its name is. */
gboolean
cc_book_writer_put_in_place (const char *part_path, const char *path, GError **error)
{
  struct stat old;
  int         fd = g_open (part_path, O_RDONLY | O_CLOEXEC, 0);
  gboolean    good = fd >= 0;

  if (good && g_stat (path, &old) == 0 && fchmod (fd, old.st_mode & 07777) != 0)
    g_debug ("permissions of the replaced workbook were not kept");
  good = good && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  good = good && g_rename (part_path, path) == 0;
  if (!good)
    {
      int reason = errno;

      g_set_error (error, CC_ERROR, code_of_errno (reason),
                   "The workbook “%s” could not be put in place: %s. An older file of this name "
                   "was kept.",
                   path, g_strerror (reason));
    }
  return good;
}

gboolean
cc_book_writer_close (CcBookWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->book != NULL, FALSE);

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  return write_parts (self, error) && cc_book_writer_verify (self->part_path, error)
         && cc_book_writer_put_in_place (self->part_path, self->path, error);
}

void
cc_book_writer_set_right_to_left (CcBookWriter *self)
{
  g_return_if_fail (self != NULL);

  self->right_to_left = TRUE;
}

void
cc_book_writer_set_title (CcBookWriter *self, const char *title)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  self->title = g_strdup (title);
}

void
cc_book_writer_set_created (CcBookWriter *self, gint64 created)
{
  g_return_if_fail (self != NULL);

  self->created = created;
}

gboolean
cc_book_writer_define_name (CcBookWriter *self, const char *name, const char *formula)
{
  g_return_val_if_fail (self != NULL && name != NULL && formula != NULL, FALSE);

  return workbook_define_name (self->book, name, formula) == LXW_NO_ERROR;
}

static gboolean
is_taken (CcBookWriter *self, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = 0; i < self->sheets->len; i++)
    {
      CcSheetWriter   *sheet = g_ptr_array_index (self->sheets, i);
      g_autofree char *other = g_utf8_casefold (sheet->name, -1);

      if (g_str_equal (folded, other))
        return TRUE;
    }
  return FALSE;
}

CcSheetWriter *
cc_book_writer_add_sheet (CcBookWriter *self, const char *name, GError **error)
{
  lxw_worksheet *worksheet;
  CcSheetWriter *sheet;
  const char    *reason = NULL;

  g_return_val_if_fail (self != NULL && self->book != NULL && name != NULL, NULL);

  if (*name == '\0' || !g_utf8_validate (name, -1, NULL))
    reason = "it is empty or not readable";
  else if (g_utf8_strlen (name, -1) > MAX_SHEET_NAME)
    reason = "it has more than 31 characters";
  else if (strpbrk (name, "[]:*?/\\") != NULL)
    reason = "it contains one of [ ] : * ? / \\";
  else if (*name == '\'' || g_str_has_suffix (name, "'"))
    reason = "it begins or ends with an apostrophe";
  else if (is_taken (self, name))
    reason = "another sheet has it already";

  worksheet = reason == NULL ? workbook_add_worksheet (self->book, name) : NULL;
  if (worksheet == NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "“%s” cannot be the name of a sheet: %s.", name,
                   reason != NULL ? reason : "the spreadsheet format refuses it");
      return NULL;
    }
  sheet = cc_sheet_writer_new (self, worksheet, name);
  g_ptr_array_add (self->sheets, sheet);
  return sheet;
}

/* Cuts to `limit` characters, the last of them replaced when something was cut. */
static char *
shorten (const char *text, glong limit)
{
  if (g_utf8_strlen (text, -1) <= limit)
    return g_strdup (text);
  else
    {
      g_autofree char *head = g_utf8_substring (text, 0, limit - 1);

      return g_strconcat (head, "…", NULL);
    }
}

static gboolean
is_among (const char *name, const char *const *names)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *other = g_utf8_casefold (names[i], -1);

      if (g_str_equal (folded, other))
        return TRUE;
    }
  return FALSE;
}

char *
cc_book_writer_make_sheet_name (const char *wish, const char *const *taken)
{
  g_autofree char *valid = g_utf8_make_valid (wish, -1);
  g_autofree char *name = NULL;

  g_strdelimit (valid, "[]:*?/\\'", '-');
  g_strdelimit (valid, "\r\n\t", ' ');
  g_strstrip (valid);
  name = shorten (*valid != '\0' ? valid : "-", MAX_SHEET_NAME);
  for (guint i = 2; is_among (name, taken); i++)
    {
      g_autofree char *number = g_strdup_printf (" (%u)", i);
      g_autofree char *head = shorten (valid, MAX_SHEET_NAME - (glong) strlen (number));

      g_free (name);
      name = g_strconcat (head, number, NULL);
    }
  return g_steal_pointer (&name);
}
