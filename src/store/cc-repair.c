/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-repair-private.h"
#include "cc-case-file-private.h"
#include "cc-copy-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-raw-file.h>
#include <cc/store/cc-backup.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Backups examined, newest first: an older one helps little. */
#define BACKUPS_TRIED 3

/* Logs that belong to a file. */
static const char *const logs[] = { "-wal", "-journal" };

void
cc_repair_free (CcRepair *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self);
}

static gboolean
fail_write (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);

  g_set_error (error, CC_ERROR,
               errno == ENOSPC || errno == EDQUOT ? CC_ERROR_NO_SPACE : CC_ERROR_FAILED,
               "“%s” could not be repaired (%s). It is as it was. Make room on its disk, or copy "
               "it "
               "to a folder where you may write, and try again.",
               name, g_strerror (errno));
  return FALSE;
}

/* *readable: FALSE where not the copy but what is copied failed; then there is no error */
static gboolean
copy_bytes (const char *path,
            const char *part,
            CcProgress *progress,
            gboolean   *readable,
            GError    **error)
{
  GCancellable *cancellable = progress != NULL ? cc_progress_get_cancellable (progress) : NULL;

  switch (cc_copy_bytes (path, part, cancellable))
    {
    case CC_COPY_DONE:
      return TRUE;
    case CC_COPY_CANCELLED:
      (void) g_cancellable_set_error_if_cancelled (cancellable, error);
      return FALSE;
    case CC_COPY_UNREADABLE:
      *readable = FALSE;
      return TRUE;
    case CC_COPY_UNWRITABLE:
    default:
      return fail_write (path, error);
    }
}

static gboolean
write_beginning (const char *kept, const char *part, GError **error)
{
  guint8   page[CC_PAGE_SIZE];
  int      fd;
  gboolean ok;

  if (!cc_repair_read_first_page (kept, page))
    return fail_write (part, error);
  fd = open (part, O_WRONLY | O_CLOEXEC);
  ok = fd >= 0 && pwrite (fd, page, CC_PAGE_SIZE, 0) == CC_PAGE_SIZE && fsync (fd) == 0;
  if (!ok)
    (void) fail_write (part, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

/* TRUE where an error tells that the examination, not the file, failed. */
static gboolean
says_nothing (const GError *problem)
{
  return problem != NULL
         && (problem->domain != CC_ERROR || problem->code == CC_ERROR_NO_SPACE
             || problem->code == CC_ERROR_LIMIT || problem->code == CC_ERROR_READ_ONLY
             || problem->code == CC_ERROR_LOCKED || problem->code == CC_ERROR_NOT_FOUND);
}

/* Opens and is whole: an outdated page would give a file that opens and is none. What a journal
 * takes back is taken back in the part. A disk that fails now and then is asked twice: what it did
 * not read once is not taken for damage. */
static gboolean
examine (const char *part, const char *passphrase, CcPack *pack, gboolean *whole, GError **error)
{
  g_autofree char *journal = g_strconcat (part, "-journal", NULL);

  *whole = FALSE;
  for (guint i = 0; i < 2 && !*whole; i++)
    {
      const CcOpenMode mode =
          g_file_test (journal, G_FILE_TEST_EXISTS) ? CC_OPEN_READ_WRITE : CC_OPEN_READ_ONLY;
      GError *problem = NULL;
      g_autoptr (CcCaseFile) file = cc_case_file_open (part, passphrase, pack, mode, &problem);
      g_autoptr (GPtrArray) problems = NULL;

      *whole = file != NULL && cc_case_file_verify (file, &problems, &problem) && problems->len == 0
               && cc_case_file_close (file, &problem);
      if (says_nothing (problem))
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      g_clear_error (&problem);
    }
  return TRUE;
}

static gboolean
copy_logs (const char *path,
           const char *part,
           CcProgress *progress,
           gboolean   *readable,
           GError    **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *log = g_strconcat (path, logs[i], NULL);
      g_autofree char *part_log = g_strconcat (part, logs[i], NULL);

      if (g_file_test (log, G_FILE_TEST_EXISTS)
          && !copy_bytes (log, part_log, progress, readable, error))
        return FALSE;
    }
  return TRUE;
}

/* What takes the place of a file is open to whom that was, and so are its logs. */
static void
share_part (const char *path, const char *part)
{
  cc_copy_rights (path, part);
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *log = g_strconcat (part, logs[i], NULL);

      if (g_file_test (log, G_FILE_TEST_EXISTS))
        cc_copy_rights (path, log);
    }
}

static char *
build_part (const char *path)
{
  return g_strconcat (path, ".repair", NULL);
}

static void
remove_part (const char *part)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (part, suffixes[i], NULL);

      (void) unlink (path);
    }
}

void
cc_repair_clear (const char *path)
{
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *part = build_part (resolved);

  if (g_file_test (part, G_FILE_TEST_IS_REGULAR))
    remove_part (part);
}

/* A copy of the file with its beginning put back, or of the backup. *whole: it is a case file
 * again. What the disk does not give back any more is no error: another way may help. */
static gboolean
prepare (const CcRepair *self,
         const char     *path,
         const char     *part,
         const char     *passphrase,
         CcPack         *pack,
         CcProgress     *progress,
         gboolean       *whole,
         GError        **error)
{
  gboolean readable = TRUE;
  gboolean ok;

  /* Of an attempt that was cut off: its log would be taken for this one's. */
  remove_part (part);
  if (progress != NULL)
    cc_progress_begin (progress, "progress.copy", 0);
  if (self->way == CC_REPAIR_BACKUP)
    ok = copy_bytes (self->source, part, progress, &readable, error);
  else
    ok = copy_bytes (path, part, progress, &readable, error)
         && copy_logs (path, part, progress, &readable, error)
         && (!readable || write_beginning (self->source, part, error));
  *whole = FALSE;
  if (!ok || !readable)
    return ok;
  if (progress != NULL)
    cc_progress_begin (progress, "progress.verify", 0);
  return examine (part, passphrase, pack, whole, error);
}

static gboolean
try_way (CcRepair   *self,
         CcRepairWay way,
         const char *source,
         gint64      time,
         const char *path,
         const char *passphrase,
         CcPack     *pack,
         CcProgress *progress,
         GError    **error)
{
  g_autofree char *part = build_part (path);
  gboolean         whole = FALSE;
  GError          *problem = NULL;
  CcFileLock      *lock = cc_file_lock_take (path, TRUE, &problem);
  gboolean         ok;

  /* Whoever opens the file for writing clears away what is made beside it. Where nothing can be
   * locked or written, making it tells why. */
  if (g_error_matches (problem, CC_ERROR, CC_ERROR_LOCKED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);
  self->way = way;
  self->source = g_strdup (source);
  self->time = time;
  ok = prepare (self, path, part, passphrase, pack, progress, &whole, error);
  remove_part (part);
  cc_file_lock_free (lock);
  if (ok && whole)
    return TRUE;
  self->way = CC_REPAIR_NONE;
  g_clear_pointer (&self->source, g_free);
  return ok;
}

/* Of the backups that the passphrase opens, the newest that is whole. *known: one was opened. */
static gboolean
try_backups (CcRepair   *self,
             const char *path,
             const char *passphrase,
             CcPack     *pack,
             CcProgress *progress,
             gboolean   *known,
             GError    **error)
{
  g_autoptr (GPtrArray) backups = cc_repair_list_backups (path);
  guint n_tried = 0;

  self->n_backups = backups->len;
  for (guint i = 0; i < MIN (backups->len, CC_REPAIR_BACKUPS_LOOKED_AT) && n_tried < BACKUPS_TRIED;
       i++)
    {
      const CcBackup *backup = g_ptr_array_index (backups, i);

      if (!cc_repair_fits (backup->path, passphrase, NULL))
        continue;
      n_tried++;
      *known = TRUE;
      if (!try_way (self, CC_REPAIR_BACKUP, backup->path, backup->time, path, passphrase, pack,
                    progress, error))
        return FALSE;
      if (self->way != CC_REPAIR_NONE)
        return TRUE;
    }
  return TRUE;
}

CcRepair *
cc_repair_find (const char *path,
                const char *passphrase,
                CcPack     *pack,
                CcProgress *progress,
                GError    **error)
{
  g_autoptr (CcRepair) self = g_new0 (CcRepair, 1);
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *kept = NULL;
  struct stat      info;
  const gboolean   there = stat (resolved, &info) == 0 && info.st_size >= CC_PAGE_SIZE;
  gboolean         as_closed;
  gboolean         known;

  kept = cc_repair_choose_kept (resolved, passphrase, NULL, &as_closed);
  known = as_closed ? cc_repair_fits (resolved, passphrase, NULL) : kept != NULL;
  self->changed = stat (resolved, &info) == 0 ? info.st_mtime : 0;
  if (known && there && !as_closed
      && !try_way (self, CC_REPAIR_BEGINNING, kept, stat (kept, &info) == 0 ? info.st_mtime : 0,
                   resolved, passphrase, pack, progress, error))
    return NULL;
  if (self->way == CC_REPAIR_NONE && (known || !as_closed)
      && !try_backups (self, resolved, passphrase, pack, progress, &known, error))
    return NULL;
  /* Nothing helps; but is it the file that needs help? */
  if (known || cc_repair_fits_pages (resolved, passphrase))
    return g_steal_pointer (&self);
  if (!cc_repair_has_source (resolved))
    {
      if (!there)
        return g_steal_pointer (&self);
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "The passphrase opens no part of “%s”, and there is no backup of it in the "
                   "usual places that could tell why: the passphrase may be mistyped, or the file "
                   "may be damaged. Nothing was changed. Try the passphrase again. If it is "
                   "certainly right, keep this file, and look for copies and backups on sticks, on "
                   "other computers and with colleagues.",
                   name);
      return NULL;
    }
  g_set_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE,
               "Neither a backup of “%s” nor what is kept of its beginning opens with this "
               "passphrase. Nothing was changed. Check the passphrase, or look for a backup "
               "elsewhere and restore it.",
               name);
  return NULL;
}

CcRepair *
cc_repair_find_with (const char *path,
                     const char *backup,
                     const char *passphrase,
                     CcPack     *pack,
                     CcProgress *progress,
                     GError    **error)
{
  g_autoptr (CcRepair) self = g_new0 (CcRepair, 1);
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *name = g_path_get_basename (backup);
  g_autofree char *stem = NULL;
  g_autofree char *tag = NULL;
  CcBackupStamp    stamp;
  struct stat      info;

  if (!cc_backup_parse_name (name, &stem, &stamp, &tag))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "“%s” has not the name of a backup, so it cannot take the place of another "
                   "file. Nothing was changed. Bring it in as a case file of its own instead.",
                   name);
      return NULL;
    }
  if (!cc_repair_fits (backup, passphrase, NULL))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE,
                   "The backup “%s” does not open with this passphrase, or is damaged itself. "
                   "Nothing was changed. An older backup may have an older passphrase.",
                   name);
      return NULL;
    }
  self->changed = stat (resolved, &info) == 0 ? info.st_mtime : 0;
  if (!try_way (self, CC_REPAIR_BACKUP, backup, cc_backup_stamp_to_unix (&stamp), resolved,
                passphrase, pack, progress, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* "count-damaged.casecount", with a number where that is taken. */
static char *
build_aside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = cc_repair_dup_stem (path);
  g_autofree char *stem = g_build_filename (folder, name, NULL);

  for (guint i = 1;; i++)
    {
      g_autofree char *aside = i == 1 ? g_strdup_printf ("%s-damaged.casecount", stem)
                                      : g_strdup_printf ("%s-damaged-%u.casecount", stem, i);

      if (!g_file_test (aside, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&aside);
    }
}

/* Logs go with the file that they belong to: beside another one they would spoil it. */
static void
move_logs (const char *from, const char *to)
{
  g_autofree char *index = g_strconcat (from, "-shm", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *log = g_strconcat (from, logs[i], NULL);
      g_autofree char *target = g_strconcat (to, logs[i], NULL);

      (void) rename (log, target);
    }
  (void) unlink (index);
}

/* A second name for the damaged file. Sticks and some network drives know no second names: there it
 * is renamed, and the path is empty for a moment. *moved: so it was */
static gboolean
put_aside (const char *path, const char *aside, gboolean *moved)
{
  *moved = FALSE;
  if (link (path, aside) == 0)
    return TRUE;
  if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS && errno != EMLINK)
    return FALSE;
  *moved = rename (path, aside) == 0;
  return *moved;
}

/* The names stand, but the disk does not confirm that they stay. */
static gboolean
doubt_swap (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);

  g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
               "“%s” was repaired, but its disk does not confirm that it stays so: after a power "
               "cut the damaged file may stand in its place again. Nothing is lost. Open it; where "
               "it is damaged again, have it repaired once more.",
               name);
  return FALSE;
}

/* At each moment the path holds the damaged file or the repaired one, with the logs of its own. */
static gboolean
swap (const char *path, const char *part, char **aside, GError **error)
{
  const gboolean   there = g_file_test (path, G_FILE_TEST_EXISTS);
  g_autofree char *target = build_aside (path);
  gboolean         moved = FALSE;

  if (there && !put_aside (path, target, &moved))
    return fail_write (path, error);
  move_logs (path, target);
  move_logs (part, path);
  if (rename (part, path) != 0)
    {
      (void) fail_write (path, error);
      move_logs (path, part);
      move_logs (target, path);
      if (moved)
        (void) rename (target, path);
      else
        (void) unlink (target);
      return FALSE;
    }
  if (aside != NULL)
    *aside = there ? g_steal_pointer (&target) : NULL;
  return cc_copy_sync_folder (path, NULL) || doubt_swap (path, error);
}

gboolean
cc_repair_run (const CcRepair *self,
               const char     *path,
               const char     *passphrase,
               CcPack         *pack,
               CcProgress     *progress,
               char          **aside,
               GError        **error)
{
  g_autofree char *resolved = cc_place_resolve (path);
  g_autofree char *part = build_part (resolved);
  g_autofree char *name = g_path_get_basename (path);
  CcFileLock      *lock;
  gboolean         whole = FALSE;
  gboolean         ok;

  g_return_val_if_fail (self != NULL && self->way != CC_REPAIR_NONE, FALSE);
  lock = cc_file_lock_take (resolved, TRUE, error);
  if (lock == NULL)
    return FALSE;
  ok = prepare (self, resolved, part, passphrase, pack, progress, &whole, error);
  if (ok && !whole)
    {
      ok = FALSE;
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "“%s” could not be repaired this way after all. It is as it was. Restore an "
                   "older backup.",
                   name);
    }
  if (ok)
    share_part (resolved, part);
  ok = ok && cc_copy_sync (part, error) && swap (resolved, part, aside, error);
  remove_part (part);
  cc_file_lock_free (lock);
  return ok;
}
