/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-repair-private.h"
#include "cc-case-file-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-backup.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Backups looked at, newest first: an older one helps little. */
#define BACKUPS_TRIED 3

void
cc_repair_free (CcRepair *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_free (self);
}

/* ".count.casecount.beginning" in the folder of the backups. */
static char *
build_kept_path (const char *path)
{
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = cc_backup_dup_folder (canonical);
  g_autofree char *base = g_path_get_basename (canonical);
  g_autofree char *name = g_strdup_printf (".%s.beginning", base);

  return g_build_filename (folder, name, NULL);
}

static gboolean
read_first_page (const char *path, guint8 page[CC_PAGE_SIZE])
{
  const int      fd = open (path, O_RDONLY | O_CLOEXEC);
  const gboolean ok = fd >= 0 && pread (fd, page, CC_PAGE_SIZE, 0) == CC_PAGE_SIZE;

  if (fd >= 0)
    close (fd);
  return ok;
}

void
cc_repair_keep_beginning (const char *path)
{
  g_autofree char *kept = build_kept_path (path);
  g_autofree char *folder = g_path_get_dirname (kept);
  guint8           page[CC_PAGE_SIZE];
  guint8           before[CC_PAGE_SIZE];

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) || !read_first_page (path, page)
      || (read_first_page (kept, before) && memcmp (page, before, CC_PAGE_SIZE) == 0))
    return;
  (void) g_file_set_contents_full (kept, (const char *) page, CC_PAGE_SIZE,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/* Whether a first page was written under the passphrase. known: (nullable): the key that the
 * passphrase gives with a salt already; deriving one takes its time. */
static gboolean
fits (const char *source, const char *passphrase, const CcKey *known)
{
  guint8 page[CC_PAGE_SIZE];
  g_autoptr (CcKey) key = NULL;
  CcPageCode *code;
  gboolean    fit;

  if (!read_first_page (source, page))
    return FALSE;
  if (known == NULL || memcmp (page, known->salt, CC_SALT_SIZE) != 0)
    {
      key = cc_key_derive (passphrase, page, NULL);
      if (key == NULL)
        return FALSE;
      known = key;
    }
  code = cc_page_code_new (known);
  fit = cc_page_code_fits (code, page, 1);
  cc_page_code_free (code);
  return fit;
}

/* Of this file's name, newest first. */
static GPtrArray *
list_backups (const char *path)
{
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = cc_backup_dup_folder (canonical);
  g_autofree char *stem = g_path_get_basename (canonical);

  if (g_str_has_suffix (stem, ".casecount"))
    stem[strlen (stem) - strlen (".casecount")] = '\0';
  return cc_backup_list (folder, stem, NULL, NULL);
}

static const CcBackup *
find_backup (GPtrArray *backups, const char *passphrase, const CcKey *known)
{
  for (guint i = 0; backups != NULL && i < MIN (backups->len, BACKUPS_TRIED); i++)
    {
      const CcBackup *backup = g_ptr_array_index (backups, i);

      if (fits (backup->path, passphrase, known))
        return backup;
    }
  return NULL;
}

/* The beginning is as it was when the file was closed: whatever is wrong is not wrong there. Then
 * an older backup that opens only tells that the passphrase was an older one. */
static gboolean
is_as_closed (const char *path, const char *kept)
{
  guint8 page[CC_PAGE_SIZE];
  guint8 before[CC_PAGE_SIZE];

  return read_first_page (path, page) && read_first_page (kept, before)
         && memcmp (page, before, CC_PAGE_SIZE) == 0;
}

gboolean
cc_repair_knows_passphrase (const char *path, const char *passphrase, const CcKey *key)
{
  g_autofree char *kept = build_kept_path (path);
  g_autoptr (GPtrArray) backups = NULL;

  if (is_as_closed (path, kept))
    return FALSE;
  if (g_file_test (kept, G_FILE_TEST_EXISTS))
    return fits (kept, passphrase, key);
  backups = list_backups (path);
  return find_backup (backups, passphrase, key) != NULL;
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

static gboolean
copy_bytes (const char *path, const char *part, CcProgress *progress, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GFile) target = g_file_new_for_path (part);
  GError *problem = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                   progress != NULL ? cc_progress_get_cancellable (progress) : NULL, NULL, NULL,
                   &problem))
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  errno = g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ENOSPC : EIO;
  g_error_free (problem);
  return fail_write (path, error);
}

static gboolean
write_beginning (const char *kept, const char *part, GError **error)
{
  guint8   page[CC_PAGE_SIZE];
  int      fd;
  gboolean ok;

  if (!read_first_page (kept, page))
    return fail_write (part, error);
  fd = open (part, O_WRONLY | O_CLOEXEC);
  ok = fd >= 0 && pwrite (fd, page, CC_PAGE_SIZE, 0) == CC_PAGE_SIZE && fsync (fd) == 0;
  if (!ok)
    (void) fail_write (part, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

/* Opens and is whole: an outdated page would give a file that opens and is none. */
static gboolean
is_whole (const char *part, const char *passphrase, CcPack *pack)
{
  g_autoptr (CcCaseFile) file = cc_case_file_open (part, passphrase, pack, CC_OPEN_READ_ONLY, NULL);
  g_autoptr (GPtrArray) problems = NULL;

  return file != NULL && cc_case_file_verify (file, &problems, NULL) && problems->len == 0;
}

static char *
build_part (const char *path)
{
  return g_strconcat (path, ".repair", NULL);
}

/* A copy of the file with its beginning put back, or of the backup. *whole: it is a case file
 * again. */
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
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *part_log = g_strconcat (part, "-wal", NULL);
  gboolean         ok;

  if (progress != NULL)
    cc_progress_begin (progress, "progress.copy", 0);
  if (self->way == CC_REPAIR_BACKUP)
    ok = copy_bytes (self->source, part, progress, error);
  else
    ok = copy_bytes (path, part, progress, error)
         && (!g_file_test (log, G_FILE_TEST_EXISTS) || copy_bytes (log, part_log, progress, error))
         && write_beginning (self->source, part, error);
  if (ok && progress != NULL)
    cc_progress_begin (progress, "progress.verify", 0);
  *whole = ok && is_whole (part, passphrase, pack);
  return ok;
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
  gboolean         ok;

  self->way = way;
  self->source = g_strdup (source);
  self->time = time;
  ok = prepare (self, path, part, passphrase, pack, progress, &whole, error);
  remove_part (part);
  if (ok && whole)
    return TRUE;
  self->way = CC_REPAIR_NONE;
  g_clear_pointer (&self->source, g_free);
  return ok;
}

CcRepair *
cc_repair_find (const char *path,
                const char *passphrase,
                CcPack     *pack,
                CcProgress *progress,
                GError    **error)
{
  g_autoptr (CcRepair) self = g_new0 (CcRepair, 1);
  g_autofree char *kept = build_kept_path (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GPtrArray) backups = NULL;
  const CcBackup *backup = NULL;
  struct stat     info;
  const gboolean  as_closed = is_as_closed (path, kept);
  const gboolean  known = fits (as_closed ? path : kept, passphrase, NULL);

  if (known && !as_closed
      && !try_way (self, CC_REPAIR_BEGINNING, kept, stat (kept, &info) == 0 ? info.st_mtime : 0,
                   path, passphrase, pack, progress, error))
    return NULL;
  if (self->way != CC_REPAIR_NONE)
    return g_steal_pointer (&self);
  if (known || !as_closed)
    {
      backups = list_backups (path);
      backup = find_backup (backups, passphrase, NULL);
    }
  if (backup != NULL
      && !try_way (self, CC_REPAIR_BACKUP, backup->path, backup->time, path, passphrase, pack,
                   progress, error))
    return NULL;
  if (self->way != CC_REPAIR_NONE || known || backup != NULL)
    return g_steal_pointer (&self);
  g_set_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE,
               "Neither a backup of “%s” nor what is kept of its beginning opens with this "
               "passphrase. Nothing was changed. Check the passphrase, or look for a backup "
               "elsewhere and restore it.",
               name);
  return NULL;
}

/* "count-damaged.casecount", with a number where that is taken. */
static char *
build_aside (const char *path)
{
  g_autofree char *stem = g_strdup (path);

  if (g_str_has_suffix (stem, ".casecount"))
    stem[strlen (stem) - strlen (".casecount")] = '\0';
  for (guint i = 1;; i++)
    {
      g_autofree char *aside = i == 1 ? g_strdup_printf ("%s-damaged.casecount", stem)
                                      : g_strdup_printf ("%s-damaged-%u.casecount", stem, i);

      if (!g_file_test (aside, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&aside);
    }
}

/* The log goes with the file that it belongs to. */
static void
move_log (const char *from, const char *to)
{
  g_autofree char *log = g_strconcat (from, "-wal", NULL);
  g_autofree char *target = g_strconcat (to, "-wal", NULL);
  g_autofree char *index = g_strconcat (from, "-shm", NULL);

  (void) rename (log, target);
  (void) unlink (index);
}

static gboolean
swap (const char *path, const char *part, char **aside, GError **error)
{
  g_autofree char *target = build_aside (path);

  if (link (path, target) != 0)
    return fail_write (path, error);
  move_log (path, target);
  if (rename (part, path) != 0)
    {
      (void) fail_write (path, error);
      move_log (target, path);
      (void) unlink (target);
      return FALSE;
    }
  move_log (part, path);
  if (aside != NULL)
    *aside = g_steal_pointer (&target);
  return TRUE;
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
  g_autofree char *part = build_part (path);
  g_autofree char *name = g_path_get_basename (path);
  CcFileLock      *lock;
  gboolean         whole = FALSE;
  gboolean         ok;

  g_return_val_if_fail (self != NULL && self->way != CC_REPAIR_NONE, FALSE);
  lock = cc_file_lock_take (path, TRUE, error);
  if (lock == NULL)
    return FALSE;
  ok = prepare (self, path, part, passphrase, pack, progress, &whole, error);
  if (ok && !whole)
    {
      ok = FALSE;
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "“%s” could not be repaired this way after all. It is as it was. Restore an "
                   "older backup.",
                   name);
    }
  ok = ok && swap (path, part, aside, error);
  remove_part (part);
  cc_file_lock_free (lock);
  return ok;
}
