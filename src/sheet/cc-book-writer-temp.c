/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <zip.h>

#include <cc/base/cc-error.h>
#include <glib/gstdio.h>

#include "cc-book-writer-private.h"

/* Temporary parts hold the sheets in plain text. In memory they leave no trace; a folder on disk is
 * taken only where memory would not hold them, and then the target's own, whose owner has chosen to
 * put the finished file there. */
#define ROOM_NEEDED       (G_GUINT64_CONSTANT (128) << 20)
#define ROOM_NEEDED_LARGE (G_GUINT64_CONSTANT (1) << 30)

static gboolean
has_room_in_memory (const char *folder, guint64 needed)
{
  struct statfs  kind;
  struct statvfs room;

  if (folder == NULL || !g_path_is_absolute (folder) || g_access (folder, W_OK | X_OK) != 0)
    return FALSE;
  if (statfs (folder, &kind) != 0 || (unsigned long) kind.f_type != TMPFS_MAGIC)
    return FALSE;
  return statvfs (folder, &room) == 0 && (guint64) room.f_bavail * room.f_frsize >= needed;
}

char *
cc_book_writer_make_temp_dir (const char *target, gboolean large, GError **error)
{
  guint64          needed = large ? ROOM_NEEDED_LARGE : ROOM_NEEDED;
  const char      *candidates[] = { g_getenv ("XDG_RUNTIME_DIR"), "/dev/shm" };
  g_autofree char *parent = g_path_get_dirname (target);
  g_autofree char *beside = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      g_autofree char *pattern = NULL;

      if (!has_room_in_memory (candidates[i], needed))
        continue;
      pattern = g_build_filename (candidates[i], "casecount-XXXXXX", NULL);
      if (g_mkdtemp_full (pattern, 0700) != NULL)
        return g_steal_pointer (&pattern);
    }

  beside = g_build_filename (parent, ".casecount-XXXXXX", NULL);
  if (g_mkdtemp_full (beside, 0700) == NULL)
    {
      int reason = errno;

      g_set_error (error, CC_ERROR, reason == ENOSPC ? CC_ERROR_NO_SPACE : CC_ERROR_READ_ONLY,
                   "No temporary folder could be made for the workbook: %s. Nothing was written.",
                   g_strerror (reason));
      return NULL;
    }
  return g_steal_pointer (&beside);
}

void
cc_book_writer_remove_temp_dir (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/* "<worksheet" of the head, as "</worksheet>". */
static char *
find_closing_tag (const char *head)
{
  for (const char *p = strchr (head, '<'); p != NULL; p = strchr (p + 1, '<'))
    if (g_ascii_isalpha (p[1]))
      return g_strdup_printf ("</%.*s>", (int) strcspn (p + 1, " \t\r\n/>"), p + 1);
  return NULL;
}

static gboolean
verify_part (zip_t *archive, guint64 index)
{
  const char      *name = zip_get_name (archive, index, 0);
  zip_file_t      *file = zip_fopen_index (archive, index, 0);
  g_autofree char *buffer = g_malloc (65536 + 1);
  g_autofree char *closing = NULL;
  char             tail[128];
  gsize            tail_len = 0;
  zip_int64_t      n;
  gboolean         first = TRUE;

  if (file == NULL)
    return FALSE;
  while ((n = zip_fread (file, buffer, 65536)) > 0)
    {
      gsize keep = MIN ((gsize) n, sizeof tail - 1);
      gsize old = MIN (tail_len, sizeof tail - 1 - keep);

      buffer[n] = '\0';
      if (first && (g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".rels")))
        closing = find_closing_tag (buffer);
      first = FALSE;
      memmove (tail, tail + tail_len - old, old);
      memcpy (tail + old, buffer + n - keep, keep);
      tail_len = old + keep;
    }
  if (zip_fclose (file) != 0 || n < 0)
    return FALSE;
  tail[tail_len] = '\0';
  g_strchomp (tail);
  return closing == NULL || g_str_has_suffix (tail, closing);
}

gboolean
cc_book_writer_verify (const char *path, GError **error)
{
  int      code = 0;
  zip_t   *archive = zip_open (path, ZIP_RDONLY, &code);
  gboolean good = archive != NULL && zip_get_num_entries (archive, 0) > 0;

  for (zip_int64_t i = 0; good && i < zip_get_num_entries (archive, 0); i++)
    good = verify_part (archive, i);
  if (archive != NULL)
    zip_discard (archive);
  if (!good)
    g_set_error (error, CC_ERROR, CC_ERROR_NO_SPACE,
                 "The workbook could not be written completely: the disk or the temporary folder "
                 "is full. An older file of this name was kept. Make room and try again.");
  return good;
}
