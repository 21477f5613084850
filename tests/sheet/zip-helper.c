/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zip-helper.h"

#include <string.h>
#include <zip.h>

#include <glib/gstdio.h>

void
zip_helper_write (const char *path, const ZipPart *parts)
{
  int    code = 0;
  zip_t *archive = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, &code);

  g_assert_nonnull (archive);
  for (; parts->name != NULL; parts++)
    {
      gsize         length = parts->length > 0 ? (gsize) parts->length : strlen (parts->text);
      zip_source_t *source = zip_source_buffer (archive, parts->text, length, 0);

      g_assert_cmpint (zip_file_add (archive, parts->name, source, ZIP_FL_ENC_UTF_8), >=, 0);
    }
  g_assert_cmpint (zip_close (archive), ==, 0);
}

char *
zip_helper_read (const char *path, const char *name)
{
  int         code = 0;
  zip_t      *archive = zip_open (path, ZIP_RDONLY, &code);
  zip_file_t *file;
  zip_stat_t  info;
  char       *text = NULL;

  g_assert_nonnull (archive);
  if (zip_stat (archive, name, 0, &info) == 0)
    {
      file = zip_fopen (archive, name, 0);
      g_assert_nonnull (file);
      text = g_malloc0 (info.size + 1);
      g_assert_cmpint (zip_fread (file, text, info.size), ==, (gint64) info.size);
      zip_fclose (file);
    }
  zip_discard (archive);
  return text;
}

char *
zip_helper_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("cc-sheet-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
zip_helper_remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
  g_free (folder);
}

guint
zip_helper_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
