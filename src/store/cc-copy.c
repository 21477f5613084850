/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-copy-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-making.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pages copied between two looks at the progress: one mebibyte. */
#define PAGES_PER_STEP 256

/* How long to wait between two tries where another program writes, and how often to try. */
#define BUSY_MS    50
#define BUSY_TRIES 200

void
cc_copy_marks_clear (CcCopyMarks *self)
{
  g_clear_pointer (&self->head, g_free);
  g_clear_pointer (&self->counts, g_free);
}

static gboolean
report_io (const char *path, int problem, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);

  if (g_str_has_suffix (name, CC_PART_SUFFIX))
    name[strlen (name) - strlen (CC_PART_SUFFIX)] = '\0';
  if (problem == EACCES || problem == EPERM || problem == EROFS)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                   "The copy “%s” could not be written, as you may not write to that folder (%s). "
                   "Nothing else was changed. Choose a folder of your own.",
                   name, g_strerror (problem));
      return FALSE;
    }
  if (problem == ENOENT || problem == ENOTDIR)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "The folder in which “%s” is to be written is not there. Nothing was changed. "
                   "Make the folder, or choose another one.",
                   name);
      return FALSE;
    }
  g_set_error (error, CC_ERROR,
               problem == ENOSPC || problem == EDQUOT || problem == EFBIG ? CC_ERROR_NO_SPACE
                                                                          : CC_ERROR_FAILED,
               "The copy “%s” could not be written (%s). The case file itself is untouched. Free "
               "some space, or choose another folder or disk.",
               name, g_strerror (problem));
  return FALSE;
}

/**
 * Waits until a file is on the disk, and forgets it in memory, so that whoever reads it next reads
 * what the disk holds.
 */
gboolean
cc_copy_sync (const char *path, GError **error)
{
  const int fd = open (path, O_RDWR | O_CLOEXEC);
  gboolean  ok;

  if (fd < 0)
    return report_io (path, errno, error);
  ok = fsync (fd) == 0 || report_io (path, errno, error);
  if (ok)
    (void) posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  if (close (fd) != 0 && ok)
    ok = report_io (path, errno, error);
  return ok;
}

/* A file that takes the place of another stays open to whom the other was, and to nobody else.
 * Where the other is gone, only to its maker. */
void
cc_copy_rights (const char *from, const char *to)
{
  struct stat info;

  if (stat (from, &info) != 0)
    {
      (void) chmod (to, 0600);
      return;
    }
  (void) chmod (to, info.st_mode & 07777);
  if (chown (to, info.st_uid, info.st_gid) != 0 && errno != EPERM)
    g_debug ("the owner of the copy could not be set");
}

/* Waits until the name of a file is on the disk. Some file systems cannot say: then they know
 * best. */
gboolean
cc_copy_sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const int        fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean         ok;

  if (fd < 0)
    return report_io (path, errno, error);
  ok = fsync (fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == ENOSYS
       || report_io (path, errno, error);
  close (fd);
  return ok;
}

/* Gives a finished part its name. Without `replace` a file of that name is never touched. */
static gboolean
give_name (const char *part, const char *path, gboolean replace, GError **error)
{
  if (replace)
    return rename (part, path) == 0 || report_io (path, errno, error);
  if (renameat2 (AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return TRUE;
  /* File systems that do not know the flag. */
  if ((errno == EINVAL || errno == ENOSYS || errno == ENOTSUP)
      && !g_file_test (path, G_FILE_TEST_EXISTS) && rename (part, path) == 0)
    return TRUE;
  if (errno == EEXIST || g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_path_get_basename (path);

      g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                   "“%s” exists already and was left as it is. Choose another name, or move the "
                   "old one away first.",
                   name);
      return FALSE;
    }
  return report_io (path, errno, error);
}

/**
 * Makes a copy durable under its name: contents first, then the name, then the folder. Whatever
 * happens meanwhile, the name stands for nothing, for what stood there before, or for the whole
 * copy.
 */
gboolean
cc_copy_settle (const char *part, const char *path, gboolean replace, GError **error)
{
  if (!cc_copy_sync (part, error) || !give_name (part, path, replace, error))
    return FALSE;
  /* An empty log that could not be removed when it was no longer needed. */
  cc_copy_discard (part);
  return cc_copy_sync_folder (path, error);
}

/* Removes an unfinished copy and what SQLite may have left beside it. */
void
cc_copy_discard (const char *part)
{
  static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (part, suffixes[i], NULL);

      (void) unlink (path);
    }
}

static gboolean
count_rows (CcConnection *connection, const char *table, GString *counts, GError **error)
{
  g_autofree char *sql = NULL;
  g_auto (GStrv) parts = g_strsplit (table, "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);
  GError          *problem = NULL;
  gint64           n;

  sql = g_strdup_printf ("SELECT count(*) FROM main.\"%s\"", quoted);
  n = cc_connection_get_int64 (connection, sql, 0, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_string_append_printf (counts, "%s %" G_GINT64_FORMAT "\n", table, n);
  return TRUE;
}

static char *
count_tables (CcConnection *connection, GError **error)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  g_autoptr (CcStatement) tables = NULL;
  gboolean has_row = TRUE;

  tables = cc_connection_prepare (connection,
                                  "SELECT name FROM main.sqlite_master WHERE type = 'table'"
                                  " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
                                  error);
  if (tables == NULL)
    return NULL;
  while (has_row)
    {
      if (!cc_statement_step (tables, &has_row, error))
        return NULL;
      if (has_row && !count_rows (connection, cc_statement_text (tables, 0), counts, error))
        return NULL;
    }
  return g_string_free (g_steal_pointer (&counts), FALSE);
}

/* Reads what two copies of one state have in common. Best inside a transaction. */
gboolean
cc_copy_read_marks (CcConnection *connection, CcCopyMarks *marks, GError **error)
{
  GError *problem = NULL;

  cc_copy_marks_clear (marks);
  marks->pages = (guint64) cc_connection_get_int64 (connection, "PRAGMA page_count", 0, &problem);
  if (problem == NULL)
    marks->head =
        cc_connection_get_text (connection, "SELECT hash FROM main.audit ORDER BY seq DESC LIMIT 1",
                                &problem);
  if (problem == NULL)
    marks->counts = count_tables (connection, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/* One state of the source for all steps, whatever acts run meanwhile. */
static gboolean
copy_steps (sqlite3_backup *backup, CcConnection *target, CcProgress *progress, GError **error)
{
  guint busy = 0;

  for (;;)
    {
      const int     code = sqlite3_backup_step (backup, PAGES_PER_STEP);
      const guint64 total = (guint64) sqlite3_backup_pagecount (backup);
      const guint64 done = total - (guint64) sqlite3_backup_remaining (backup);

      if (code == SQLITE_DONE)
        return TRUE;
      if ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && busy++ < BUSY_TRIES)
        g_usleep (BUSY_MS * 1000);
      else if (code != SQLITE_OK)
        return cc_connection_fail (target, code, error);
      if (!cc_progress_update (progress, done, error))
        return FALSE;
    }
}

static gboolean
run_copy (CcConnection *source, CcConnection *target, CcProgress *progress, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target->db, "main", source->db, "main");
  gboolean        ok;
  int             code;

  if (backup == NULL)
    return cc_connection_fail (target, sqlite3_errcode (target->db), error);
  ok = copy_steps (backup, target, progress, error);
  code = sqlite3_backup_finish (backup);
  return ok && (code == SQLITE_OK || cc_connection_fail (target, code, error));
}

static gboolean
end_log_once (const char *path, const CcKey *key, char **mode, GError **error)
{
  g_autoptr (CcConnection) target = cc_connection_open (path, key, SQLITE_OPEN_READWRITE, error);

  if (target == NULL || !cc_connection_execute (target, "PRAGMA locking_mode = EXCLUSIVE", error))
    return FALSE;
  *mode = cc_connection_get_text (target, "PRAGMA journal_mode = DELETE", error);
  return *mode != NULL;
}

/* A copy says of itself what its source says: that a log belongs to it. It has none. Where that
 * could not be written SQLite does not say why, but leaves a journal: taking that back tells it. */
gboolean
cc_copy_end_log (const char *path, const CcKey *key, GError **error)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *mode = NULL;

      if (!end_log_once (path, key, &mode, error))
        return FALSE;
      if (strcmp (mode, "delete") == 0 && !g_file_test (journal, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  /* The copy would need a log or a journal wherever it is opened. */
  return report_io (path, EIO, error);
}

static gboolean
copy_into (CcConnection *source,
           const char   *target,
           const CcKey  *key,
           CcCopyMarks  *marks,
           CcProgress   *progress,
           GError      **error)
{
  g_autoptr (CcConnection) copy = cc_connection_open (target, key, SQLITE_OPEN_READWRITE, error);

  /* Nobody else sees the copy, and where it is cut off it is thrown away. */
  if (copy == NULL || !cc_connection_execute (copy, "PRAGMA locking_mode = EXCLUSIVE", error)
      || !cc_connection_execute (copy, "PRAGMA journal_mode = OFF", error)
      || !cc_connection_execute (copy, "PRAGMA synchronous = OFF", error)
      || !cc_copy_read_marks (source, marks, error))
    return FALSE;
  cc_progress_begin (progress, "progress.copy", marks->pages);
  return run_copy (source, copy, progress, error);
}

/* For the owner alone from its first moment. */
gboolean
cc_copy_make_empty (const char *path, GError **error)
{
  const int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    return report_io (path, errno, error);
  close (fd);
  return TRUE;
}

/**
 * Copies a case file page by page, encrypted under another key or the same: free pages and ids stay
 * what they are, so the copy is the file. The source may be in use; what is copied is its state at
 * the beginning.
 *
 * source: outside a transaction
 * target: must not exist; on failure nothing is left of it
 * key: with the salt that is to stand at the copy's beginning
 * marks: (out): what cc_copy_test () holds the copy against
 * progress: (nullable): phase "progress.copy", in pages
 */
gboolean
cc_copy_pages (CcConnection *source,
               const char   *target,
               const CcKey  *key,
               CcCopyMarks  *marks,
               CcProgress   *progress,
               GError      **error)
{
  gboolean ok;

  if (!cc_copy_make_empty (target, error))
    return FALSE;
  cc_connection_set_cancellable (source, cc_progress_get_cancellable (progress));
  ok = cc_connection_execute (source, "BEGIN", error)
       && copy_into (source, target, key, marks, progress, error);
  cc_connection_set_cancellable (source, NULL);
  if (cc_connection_in_transaction (source))
    (void) cc_connection_execute (source, "ROLLBACK", NULL);
  ok = ok && cc_copy_end_log (target, key, error) && cc_copy_sync (target, error);
  if (!ok)
    cc_copy_discard (target);
  return ok;
}

static gboolean
compare_marks (const CcCopyMarks *found, const CcCopyMarks *expected)
{
  return g_strcmp0 (found->head, expected->head) == 0
         && g_strcmp0 (found->counts, expected->counts) == 0 && found->pages == expected->pages;
}

static gboolean
examine (CcConnection *copy, const CcCopyMarks *marks, GError **error)
{
  g_auto (CcCopyMarks) found = { 0 };
  g_autofree char *answer = cc_connection_get_text (copy, "PRAGMA quick_check (1)", error);
  g_autofree char *mode = NULL;

  if (answer == NULL)
    return FALSE;
  /* A copy that says that a log belongs to it would leave one wherever it is opened. */
  mode = cc_connection_get_text (copy, "PRAGMA journal_mode", error);
  if (mode == NULL)
    return FALSE;
  if (strcmp (answer, "ok") == 0 && strcmp (mode, "delete") == 0)
    {
      if (!cc_copy_read_marks (copy, &found, error))
        return FALSE;
      if (compare_marks (&found, marks))
        return TRUE;
    }
  g_set_error_literal (error, CC_ERROR, CC_ERROR_DAMAGED, "");
  return FALSE;
}

/**
 * Tests a copy as a restore would: it opens with the key, its structure is whole, each table has
 * the rows its source had and the history ends with the same act. What it reads comes from the disk
 * where the system forgets on request.
 *
 * progress: (nullable): phase "progress.test", in pages
 *
 * Returns: FALSE with CC_ERROR_DAMAGED where the copy is not what it should be
 */
gboolean
cc_copy_test (const char        *copy,
              const CcKey       *key,
              const CcCopyMarks *marks,
              CcProgress        *progress,
              GError           **error)
{
  g_autoptr (CcConnection) connection = NULL;
  g_autofree char *name = g_path_get_basename (copy);
  GError          *problem = NULL;

  cc_progress_begin (progress, "progress.test", marks->pages);
  connection = cc_connection_open (copy, key, SQLITE_OPEN_READONLY, &problem);
  if (connection != NULL)
    {
      cc_connection_set_progress (connection, progress, marks->pages);
      if (examine (connection, marks, &problem))
        return TRUE;
    }
  if (!g_error_matches (problem, CC_ERROR, CC_ERROR_DAMAGED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_error_free (problem);
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "The copy “%s” was written, but when it was tested it was not the same as the case "
               "file: the disk it lies on may be failing. The copy was removed; the case file and "
               "all older backups are untouched. Choose a folder on another disk and try again.",
               name);
  return FALSE;
}

/**
 * Writes a tested copy of what a connection reads, under a name that must not exist.
 *
 * progress: (nullable)
 */
gboolean
cc_copy_connection (CcConnection *source,
                    const CcKey  *key,
                    const char   *path,
                    CcProgress   *progress,
                    GError      **error)
{
  g_autofree char *part = g_strconcat (path, CC_PART_SUFFIX, NULL);
  g_auto (CcCopyMarks) marks = { 0 };
  g_autoptr (CcMaking) made = NULL;
  gboolean ok;

  if (!cc_making_begin (part, &made, error)
      || !cc_copy_pages (source, part, key, &marks, progress, error))
    return FALSE;
  ok = cc_copy_test (part, key, &marks, progress, error)
       && cc_copy_settle (part, path, FALSE, error);
  if (!ok)
    cc_copy_discard (part);
  return ok;
}
