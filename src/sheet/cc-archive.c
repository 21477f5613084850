/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-archive-private.h"

#include <cc/base/cc-error.h>

#include <string.h>
#include <zip.h>

struct _CcArchive
{
  zip_t  *zip;
  GBytes *bytes;
};

struct _CcPart
{
  zip_file_t *file;
  char       *name;
  guint64     packed;
  guint64     size; /* as the archive says */
  guint64     done;
};

static gboolean
fail_to_open (int code, GError **error)
{
  switch (code)
    {
    case ZIP_ER_NOENT:
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND, "There is no such file.");
      break;
    case ZIP_ER_OPEN:
    case ZIP_ER_READ:
      g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                   "The file cannot be read. Check that you may open it and that its disk is "
                   "connected.");
      break;
    case ZIP_ER_MEMORY:
      g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
                   "The file's table of contents is too large to be a workbook. It was not read.");
      break;
    default:
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "The workbook is damaged: its end is missing or does not fit its beginning. "
                   "This happens when a download or a copy was cut off. Ask for the file again.");
    }
  return FALSE;
}

static zip_t *
open_bytes (GBytes *bytes, int *code)
{
  zip_error_t   error;
  zip_source_t *source;
  zip_t        *zip = NULL;

  zip_error_init (&error);
  source = zip_source_buffer_create (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0,
                                     &error);
  if (source != NULL)
    {
      zip = zip_open_from_source (source, ZIP_RDONLY, &error);
      if (zip == NULL)
        zip_source_free (source);
    }
  *code = zip_error_code_zip (&error);
  zip_error_fini (&error);
  return zip;
}

CcArchive *
cc_archive_open (const char *path, GBytes *bytes, GError **error)
{
  CcArchive *self;
  zip_t     *zip;
  int        code = 0;

  zip = bytes != NULL ? open_bytes (bytes, &code) : zip_open (path, ZIP_RDONLY, &code);
  if (zip == NULL)
    {
      fail_to_open (code, error);
      return NULL;
    }
  self = g_new0 (CcArchive, 1);
  self->zip = zip;
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  return self;
}

void
cc_archive_free (CcArchive *self)
{
  if (self == NULL)
    return;
  zip_discard (self->zip);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static zip_int64_t
find_part (CcArchive *self, const char *name)
{
  zip_int64_t index = zip_name_locate (self->zip, name, 0);

  if (index < 0)
    index = zip_name_locate (self->zip, name, ZIP_FL_NOCASE);
  if (index < 0)
    {
      /* Some programs pack with the separators of their own system. */
      g_autofree char *other = g_strdelimit (g_strdup (name), "/", '\\');

      index = zip_name_locate (self->zip, other, ZIP_FL_NOCASE);
    }
  return index;
}

gboolean
cc_archive_has (CcArchive *self, const char *name)
{
  return find_part (self, name) >= 0;
}

gboolean
cc_archive_has_folder (CcArchive *self, const char *folder)
{
  zip_int64_t n = zip_get_num_entries (self->zip, 0);

  for (zip_int64_t i = 0; i < n; i++)
    {
      const char *name = zip_get_name (self->zip, (zip_uint64_t) i, 0);

      if (name != NULL && g_str_has_prefix (name, folder) && name[strlen (folder)] != '\0')
        return TRUE;
    }
  return FALSE;
}

static void
fail_part (const char *name, GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "The workbook is damaged: its part “%s” cannot be unpacked. Open it in the program "
               "that made it and save it again, or ask for the file again.",
               name);
}

CcPart *
cc_archive_open_part (CcArchive *self, const char *name, GError **error)
{
  zip_int64_t index = find_part (self, name);
  zip_stat_t  info;
  zip_file_t *file;
  CcPart     *part;

  if (index < 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "The workbook is incomplete: its part “%s” is missing. Open it in the program "
                   "that made it and save it again, or ask for the file again.",
                   name);
      return NULL;
    }
  if (zip_stat_index (self->zip, (zip_uint64_t) index, 0, &info) != 0
      || !(info.valid & ZIP_STAT_SIZE) || !(info.valid & ZIP_STAT_COMP_SIZE))
    {
      fail_part (name, error);
      return NULL;
    }
  if ((info.valid & ZIP_STAT_ENCRYPTION_METHOD) && info.encryption_method != ZIP_EM_NONE)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
                   "The file is protected by a password. Open it with the password, save it "
                   "without one, and use that copy.");
      return NULL;
    }
  file = zip_fopen_index (self->zip, (zip_uint64_t) index, 0);
  if (file == NULL)
    {
      fail_part (name, error);
      return NULL;
    }

  part = g_new0 (CcPart, 1);
  part->file = file;
  part->name = g_strdup (name);
  part->packed = info.comp_size;
  part->size = info.size;
  return part;
}

void
cc_part_free (CcPart *self)
{
  if (self == NULL)
    return;
  zip_fclose (self->file);
  g_free (self->name);
  g_free (self);
}

static gboolean
check_limits (CcPart *self, GError **error)
{
  if (self->done <= CC_PART_FREE_SIZE
      || (self->done <= CC_PART_MAX_SIZE && self->done / CC_PART_MAX_RATIO <= self->packed))
    return TRUE;

  g_set_error (error, CC_ERROR, CC_ERROR_LIMIT,
               "The file was refused: its part “%s” unpacks to far more than a workbook of this "
               "size holds, as files made to fill a computer's memory do. Ask the sender how it "
               "was made, or save it again in a spreadsheet program and use that copy.",
               self->name);
  return FALSE;
}

gssize
cc_part_read (CcPart *self, void *buffer, gsize size, GError **error)
{
  zip_int64_t n = zip_fread (self->file, buffer, size);

  if (n < 0 || (n == 0 && self->done != self->size))
    {
      fail_part (self->name, error);
      return -1;
    }
  self->done += (guint64) n;
  return check_limits (self, error) ? (gssize) n : -1;
}

double
cc_part_get_fraction (CcPart *self)
{
  return self->size > 0 ? MIN ((double) self->done / (double) self->size, 1) : 1;
}
