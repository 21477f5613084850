/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-library-private.h"
#include "unlock/cc-open-message.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <cc/base/cc-error.h>
#include <cc/base/cc-raw-file.h>
#include <cc/store/cc-making.h>
#include <cc/store/cc-repair.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Copying case files in and out: into a hidden part in the target's folder, onto the disk, and only
 * then under its name. Whatever goes wrong before leaves what was there. */

#define CHUNK (1024 * 1024)

/* One file on its way: it exists under its part's name until it is settled. */
typedef struct
{
  char     *part;
  char     *target;
  CcMaking *made; /* tells other programs that the part is being made */
  int       fd;
} Copy;

static void
copy_free (Copy *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->part != NULL)
    (void) g_unlink (self->part);
  cc_making_end (self->made);
  g_free (self->part);
  g_free (self->target);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void
report_write (int problem, GError **error)
{
  if (problem == ENOSPC || problem == EDQUOT || problem == EFBIG)
    g_set_error_literal (error, CC_ERROR, CC_ERROR_NO_SPACE,
                         _ ("The disk is full: the copy was not finished, and the unfinished part "
                            "was removed. The file itself is untouched. Make room, or choose "
                            "another disk."));
  else if (problem == EACCES || problem == EROFS || problem == EPERM)
    g_set_error_literal (error, CC_ERROR, CC_ERROR_READ_ONLY,
                         _ ("This folder cannot be written. Nothing was copied and the file itself "
                            "is untouched. Choose another folder."));
  else
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 _ ("The copy could not be written (%s). The unfinished part was removed, and the "
                    "file itself is untouched. Try another disk."),
                 g_strerror (problem));
}

static void
report_read (const GError *reason, GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
               _ ("The file could not be read to its end (%s). Nothing was copied and nothing was "
                  "changed. Copy it again from where it came from."),
               reason->message);
}

static gboolean
is_empty_or_absent (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) != 0 || info.st_size == 0;
}

/* A document portal gives the right to write one name only: there the part may be refused, and the
 * target itself is written, and removed again if that fails. Never where something is kept under
 * that name: it could not be given back. */
static Copy *
copy_new (const char *target, gboolean allow_direct, GError **error)
{
  g_autoptr (Copy) self = g_new0 (Copy, 1);
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *name = g_strdup_printf ("%s%08x", CC_MAKING_PREFIX, g_random_int ());
  g_autofree char *part = g_build_filename (folder, name, NULL);
  int              problem;

  self->target = g_strdup (target);
  self->fd = -1;
  if (!cc_making_begin (part, &self->made, error))
    return NULL;
  self->part = g_strdup (part);
  self->fd = open (self->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  problem = errno;
  if (self->fd < 0 && allow_direct && (problem == EACCES || problem == EPERM)
      && is_empty_or_absent (target))
    {
      g_free (self->part);
      self->part = g_strdup (target);
      self->fd = open (self->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
      problem = errno;
      /* The portal may have made it already. Some file systems know no rights. */
      if (self->fd >= 0)
        (void) fchmod (self->fd, 0600);
    }
  if (self->fd >= 0)
    return g_steal_pointer (&self);
  g_clear_pointer (&self->part, g_free);
  report_write (problem, error);
  return NULL;
}

static gboolean
write_all (Copy *self, const guint8 *data, gsize size, GError **error)
{
  while (size > 0)
    {
      const gssize n = write (self->fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          report_write (errno, error);
          return FALSE;
        }
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* From a file that may be open in this very program: beside the database that works in it. */
static gboolean
copy_local (Copy       *self,
            const char *path,
            guint8     *buffer,
            guint64    *done,
            CcProgress *progress,
            GError    **problem,
            GError    **error)
{
  const int fd = cc_raw_file_open (path);
  gboolean  ok = fd >= 0;
  gssize    n = 0;

  while (ok && ((n = read (fd, buffer, CHUNK)) > 0 || (n < 0 && errno == EINTR)))
    {
      *done += (guint64) MAX (n, 0);
      ok = write_all (self, buffer, (gsize) MAX (n, 0), error)
           && (progress == NULL || cc_progress_update (progress, *done, error));
    }
  if (fd < 0 || n < 0)
    g_set_error_literal (problem, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  cc_raw_file_close (fd);
  return ok && n == 0;
}

/* done: counts on over several files. */
static gboolean
copy_contents (Copy *self, GFile *source, guint64 *done, CcProgress *progress, GError **error)
{
  GCancellable      *cancellable = progress != NULL ? cc_progress_get_cancellable (progress) : NULL;
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  const char        *path = g_file_peek_path (source);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFileInputStream) stream =
      path == NULL ? g_file_read (source, cancellable, &problem) : NULL;
  gssize n = 0;

  if (path != NULL && !copy_local (self, path, buffer, done, progress, &problem, error)
      && problem == NULL)
    return FALSE;
  while (
      stream != NULL && problem == NULL
      && (n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, CHUNK, cancellable, &problem))
             > 0)
    {
      if (!write_all (self, buffer, (gsize) n, error))
        return FALSE;
      *done += (guint64) n;
      if (progress != NULL && !cc_progress_update (progress, *done, error))
        return FALSE;
    }
  if (problem == NULL)
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    report_read (problem, error);
  return FALSE;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const int        fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  (void) fsync (fd);
  close (fd);
}

/* Onto the disk, then under its name. */
static gboolean
copy_settle (Copy *self, GError **error)
{
  const int fd = self->fd;

  self->fd = -1;
  if (fsync (fd) != 0)
    {
      report_write (errno, error);
      close (fd);
      return FALSE;
    }
  /* Some file systems tell only now that there was no room. */
  if (close (fd) != 0
      || (!g_str_equal (self->part, self->target) && rename (self->part, self->target) != 0))
    {
      report_write (errno, error);
      return FALSE;
    }
  g_clear_pointer (&self->part, g_free);
  sync_folder (self->target);
  return TRUE;
}

/* ---- in ---- */

/* Size and time of the last change: they must be the same before and after. */
typedef struct
{
  guint64 size;
  guint64 modified;
} Stamp;

static gboolean
take_stamp (GFile *source, Stamp *stamp, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFileInfo) info =
      g_file_query_info (source,
                         G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED
                                                        "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                         G_FILE_QUERY_INFO_NONE, NULL, &problem);

  if (info == NULL)
    {
      report_read (problem, error);
      return FALSE;
    }
  stamp->size = (guint64) g_file_info_get_size (info);
  stamp->modified =
      g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) * G_USEC_PER_SEC
      + g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
  return TRUE;
}

static gboolean
check_kind (const char *path, const char *name, GError **error)
{
  const CcFileKind kind = cc_case_file_probe (path, error);
  g_autoptr (CcOpenMessage) message = cc_open_message_new_for_kind (name, kind);

  if (message == NULL)
    return TRUE;
  g_clear_error (error);
  g_set_error_literal (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT, message->body);
  return FALSE;
}

/* A file that is being written cannot be copied whole. */
static gboolean
check_source (GFile *source, GError **error)
{
  g_autofree char *path = g_file_get_path (source);
  g_autofree char *base = g_file_get_basename (source);
  g_autofree char *name = g_filename_display_name (base);

  return path == NULL || (cc_library_check_closed (path, error) && check_kind (path, name, error));
}

/* The log of a program that ended while writing; NULL where there is none. */
static GFile *
find_log (GFile *source, const char *suffix)
{
  g_autofree char *path = g_file_get_path (source);
  g_autofree char *log = path != NULL ? g_strconcat (path, suffix, NULL) : NULL;
  GStatBuf         info;

  if (log == NULL || g_stat (log, &info) != 0 || info.st_size == 0)
    return NULL;
  return g_file_new_for_path (log);
}

/* Logs come under their names first: a log without its file harms nobody, while a file without its
 * log would have lost acts. */
static gboolean
copy_logs (GFile *source, const char *target, guint64 *done, CcProgress *progress, GError **error)
{
  for (guint i = 0; cc_library_logs[i] != NULL; i++)
    {
      g_autoptr (GFile) log = find_log (source, cc_library_logs[i]);
      g_autofree char *log_target = g_strconcat (target, cc_library_logs[i], NULL);
      g_autoptr (Copy) copy = NULL;

      if (log == NULL)
        continue;
      copy = copy_new (log_target, FALSE, error);
      if (copy == NULL || !copy_contents (copy, log, done, progress, error)
          || !copy_settle (copy, error))
        return FALSE;
    }
  return TRUE;
}

static void
remove_logs (const char *path)
{
  for (guint i = 0; cc_library_logs[i] != NULL; i++)
    {
      g_autofree char *log = g_strconcat (path, cc_library_logs[i], NULL);

      (void) g_unlink (log);
    }
}

static gboolean
check_unchanged (GFile *source, const Stamp *before, guint64 copied, GError **error)
{
  Stamp after;

  if (!take_stamp (source, &after, error))
    return FALSE;
  if (after.size == before->size && after.modified == before->modified && copied == after.size)
    return TRUE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_LOCKED,
                       _ ("The file was changed while it was being copied. Nothing was brought in. "
                          "Close it in the other program and try again."));
  return FALSE;
}

/* Copies the file and its logs; what was settled is taken back where a later step fails. */
static gboolean
bring_in (GFile *source, const char *target, const char *name, CcProgress *progress, GError **error)
{
  g_autoptr (Copy) copy = NULL;
  guint64 done = 0;
  Stamp   before;

  if (!take_stamp (source, &before, error))
    return FALSE;
  if (progress != NULL)
    cc_progress_begin (progress, "progress.copy", before.size);
  copy = copy_new (target, FALSE, error);
  if (copy == NULL || !copy_contents (copy, source, &done, progress, error)
      || !check_unchanged (source, &before, done, error) || !check_kind (copy->part, name, error))
    return FALSE;
  return copy_logs (source, target, &done, progress, error) && copy_settle (copy, error);
}

gboolean
cc_library_add (const char *folder,
                GFile      *source,
                const char *name,
                CcProgress *progress,
                char      **path,
                GError    **error)
{
  g_autofree char *target = NULL;

  g_return_val_if_fail (folder != NULL && G_IS_FILE (source) && name != NULL, FALSE);
  if (!cc_library_make_folder (folder, error) || !cc_library_check_name (folder, name, error)
      || !check_source (source, error))
    return FALSE;
  target = cc_library_build_path (folder, name);
  if (!bring_in (source, target, name, progress, error))
    {
      remove_logs (target);
      return FALSE;
    }
  if (path != NULL)
    *path = g_steal_pointer (&target);
  return TRUE;
}

/* ---- out ---- */

static gboolean
check_settled (const char *path, GError **error)
{
  g_autofree char *name = NULL;

  if (!cc_library_check_closed (path, error))
    return FALSE;
  if (!cc_library_is_unsettled (path))
    return TRUE;
  name = cc_library_display_name (path);
  g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
               _ ("The program ended before “%s” was put in order, for example by a power failure. "
                  "Nothing was changed. Open the file once and close it, then try again."),
               name);
  return FALSE;
}

/* Of copies to the same stick, say, that were cut off. */
static void
clear_remains (const char *target)
{
  g_autofree char *folder = g_path_get_dirname (target);

  cc_making_clear (folder);
}

gboolean
cc_library_save_copy (const char *path, GFile *target, CcProgress *progress, GError **error)
{
  g_autofree char *target_path = NULL;
  g_autoptr (GFile) source = NULL;
  g_autoptr (Copy) copy = NULL;
  guint64 done = 0;
  Stamp   stamp;

  g_return_val_if_fail (path != NULL && G_IS_FILE (target), FALSE);
  source = g_file_new_for_path (path);
  target_path = g_file_get_path (target);
  if (target_path == NULL || g_file_equal (source, target))
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED,
                           _ ("A copy cannot be written there. Nothing was changed. Choose another "
                              "folder of this computer, or a stick."));
      return FALSE;
    }
  /* In the place of a file that is open, or that a log still belongs to, the copy and the work in
   * that file would spoil each other. */
  if (!check_settled (path, error) || !check_settled (target_path, error)
      || !take_stamp (source, &stamp, error))
    return FALSE;
  clear_remains (target_path);
  if (progress != NULL)
    cc_progress_begin (progress, "progress.copy", stamp.size);
  copy = copy_new (target_path, TRUE, error);
  return copy != NULL && copy_contents (copy, source, &done, progress, error)
         && check_unchanged (source, &stamp, done, error) && copy_settle (copy, error);
}

/* ---- another name, and away ---- */

static void
report_folder (GError **error)
{
  g_set_error_literal (error, CC_ERROR, CC_ERROR_READ_ONLY,
                       _ ("The folder of your case files cannot be written. Nothing was changed, "
                          "and the file is still there under its name. Ask whoever looks after "
                          "this computer for the right to write in it."));
}

static void
report_rename (int problem, GError **error)
{
  if (problem == EACCES || problem == EROFS || problem == EPERM)
    report_folder (error);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 /* Translators: %s is the system's reason. */
                 _ ("The file could not be given another name (%s). It is still there under its "
                    "old one, and nothing was changed. Try again later."),
                 g_strerror (problem));
}

gboolean
cc_library_rename (const char *folder,
                   const char *path,
                   const char *name,
                   char      **path_out,
                   GError    **error)
{
  g_autofree char *target = NULL;

  g_return_val_if_fail (folder != NULL && path != NULL && name != NULL, FALSE);
  if (!check_settled (path, error) || !cc_library_check_name (folder, name, error))
    return FALSE;
  target = cc_library_build_path (folder, name);
  if (rename (path, target) != 0)
    {
      report_rename (errno, error);
      return FALSE;
    }
  cc_repair_follow (path, target);
  sync_folder (target);
  cc_library_move_note (folder, path, target);
  if (path_out != NULL)
    *path_out = g_steal_pointer (&target);
  return TRUE;
}

/* From a folder that cannot be written nothing goes, neither to the trash nor for
 * good. */
static gboolean
may_leave (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0;
}

static gboolean
put_away (const char *path, gboolean forever, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) problem = NULL;

  if (!may_leave (path))
    {
      report_folder (error);
      return FALSE;
    }
  if (forever ? g_file_delete (file, NULL, &problem) : g_file_trash (file, NULL, &problem))
    return TRUE;
  if (forever)
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 _ ("The file could not be removed (%s). It is still there."), problem->message);
  else
    g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED,
                         _ ("There is no trash for this disk. The file is still there. Save a copy "
                            "first if you may need it, then delete it for good."));
  return FALSE;
}

gboolean
cc_library_remove (const char *folder, const char *path, gboolean forever, GError **error)
{
  g_autofree char *lock = NULL;

  g_return_val_if_fail (folder != NULL && path != NULL, FALSE);
  if (!cc_library_check_closed (path, error) || !put_away (path, forever, error))
    return FALSE;
  /* Acts that stand in a log alone go with their file; without it nobody can read them. */
  remove_logs (path);
  cc_repair_forget (path);
  lock = g_strconcat (path, ".lock", NULL);
  (void) g_unlink (lock);
  cc_library_move_note (folder, path, NULL);
  return TRUE;
}
