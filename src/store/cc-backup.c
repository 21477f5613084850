/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-backup-private.h"
#include "cc-copy-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-making.h>
#include <cc/store/cc-place.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TAG_SIZE 8

/* A part without its maker's lock that nobody has written to for so long was cut off, in seconds: a
 * power cut may take the lock and leave the part. */
#define PART_AGE 3600

/* How far ahead of the clock the last backup's time may be, in seconds. */
#define CLOCK_SKEW 60

/* Bytes of a name that a backup takes over: time, reason, mark and suffix come behind it. */
#define MAX_STEM 150

/* The case file's name without its suffix, and without its end where it is so long that no backup
 * could be called after it. */
static char *
dup_stem (CcCaseFile *self)
{
  gsize length = strlen (self->name)
                 - (g_str_has_suffix (self->name, ".casecount") ? strlen (".casecount") : 0);

  if (length > MAX_STEM)
    for (length = MAX_STEM; length > 0 && (self->name[length] & 0xc0) == 0x80;)
      length--;
  return g_strndup (self->name, length);
}

static char *
read_tag (CcConnection *connection, GError **error)
{
  g_autofree char *id = cc_case_file_read_meta (connection, "file-id", error);

  return id != NULL ? g_strndup (id, TAG_SIZE) : NULL;
}

/* A folder that somebody chose may be a disk that is not plugged in: it is not made anew in its
 * place. */
static gboolean
prepare_folder (const char *folder, gboolean make, GError **error)
{
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!make)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 "The folder for backups, “%s”, is not there. No backup was made. Plug in the disk "
                 "that it lies on, or choose another folder.",
                 folder);
  else if (cc_place_make_folder (folder))
    return TRUE;
  else
    g_set_error (error, CC_ERROR, errno == ENOSPC ? CC_ERROR_NO_SPACE : CC_ERROR_READ_ONLY,
                 "The folder for backups, “%s”, cannot be made (%s). No backup was made. Choose "
                 "another folder, or copy the file to a disk where you may write.",
                 folder, g_strerror (errno));
  return FALSE;
}

/* Remains of copies that were cut off, and of which the lock is lost. */
static void
clear_parts (const char *folder, const char *stem, const char *tag)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *whole = g_strdup (name);
      g_autofree char *found_stem = NULL;
      g_autofree char *found_tag = NULL;
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *lock = g_strconcat (path, ".lock", NULL);
      CcBackupStamp    stamp;
      struct stat      info;

      if (!g_str_has_suffix (name, ".part") || stat (lock, &info) == 0)
        continue;
      whole[strlen (whole) - strlen (".part")] = '\0';
      if (cc_backup_parse_name (whole, &found_stem, &stamp, &found_tag)
          && g_str_equal (stem, found_stem) && g_str_equal (tag, found_tag)
          && stat (path, &info) == 0 && info.st_mtime + PART_AGE < time (NULL))
        cc_copy_discard (path);
    }
}

static void
add_second (CcBackupStamp *stamp)
{
  if (++stamp->second < 86400)
    return;
  stamp->day++;
  stamp->second = 0;
}

/* A second copy in the same second bears the next one's time: the newest is always that which was
 * made last, but for a clock that was wrong for longer. */
static void
follow_newest (CcBackup *self, const char *folder)
{
  g_autoptr (GPtrArray) others = cc_backup_list (folder, self->stem, self->file_tag, NULL);

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      CcBackupStamp other = ((CcBackup *) g_ptr_array_index (others, i))->stamp;

      const gint64 ahead =
          cc_backup_stamp_to_unix (&other) - cc_backup_stamp_to_unix (&self->stamp);

      if (ahead < 0 || ahead > CLOCK_SKEW)
        continue;
      add_second (&other);
      self->stamp.day = other.day;
      self->stamp.second = other.second;
      return;
    }
}

static CcBackup *
choose_name (const char *folder, const char *stem, const char *tag, CcBackupReason reason)
{
  CcBackup *self = g_new0 (CcBackup, 1);

  self->stem = g_strdup (stem);
  self->file_tag = g_strdup (tag);
  self->stamp = cc_backup_stamp_now (reason);
  follow_newest (self, folder);
  for (;;)
    {
      g_autofree char *name = cc_backup_format_name (stem, &self->stamp, tag);
      g_autofree char *part = NULL;

      g_free (self->path);
      self->path = g_build_filename (folder, name, NULL);
      part = g_strconcat (self->path, ".part", NULL);
      if (!g_file_test (self->path, G_FILE_TEST_EXISTS) && !g_file_test (part, G_FILE_TEST_EXISTS))
        return self;
      add_second (&self->stamp);
    }
}

static gboolean
write_backup (CcCaseFile     *file,
              CcConnection   *connection,
              const CcBackup *backup,
              CcProgress     *progress,
              char          **head,
              GError        **error)
{
  g_autofree char *part = g_strconcat (backup->path, ".part", NULL);
  g_auto (CcCopyMarks) marks = { 0 };
  g_autoptr (CcMaking) made = NULL;

  if (!cc_making_begin (part, &made, error)
      || !cc_copy_pages (connection, part, file->key, &marks, progress, error))
    return FALSE;
  if (!cc_copy_test (part, file->key, &marks, progress, error)
      || !cc_copy_settle (part, backup->path, FALSE, error))
    {
      cc_copy_discard (part);
      return FALSE;
    }
  *head = g_steal_pointer (&marks.head);
  return TRUE;
}

/* Returns: (transfer full) (element-type utf8): names of the backups that the history tells of */
static GHashTable *
list_own (CcConnection *connection, GError **error)
{
  g_autoptr (GHashTable) own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  /* The last condition is that of the index. */
  rows = cc_connection_prepare (connection,
                                "SELECT key FROM audit_change WHERE tbl = 'backup'"
                                " AND NOT (tbl = 'record' AND before IS NULL)",
                                error);
  if (rows == NULL)
    return NULL;
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_hash_table_add (own, g_strdup (cc_statement_text (rows, 0)));
    }
  return g_steal_pointer (&own);
}

/* Returns: (transfer full): the backup that was made, tested and named */
static CcBackup *
make_backup (CcCaseFile    *file,
             CcConnection  *connection,
             const char    *folder,
             CcBackupReason reason,
             CcProgress    *progress,
             char         **head,
             GError       **error)
{
  g_autoptr (CcBackup) backup = NULL;
  g_autoptr (GHashTable) own = NULL;
  g_autofree char *usual = cc_backup_dup_folder (file->path);
  g_autofree char *around = g_path_get_dirname (usual);
  g_autofree char *home = g_path_get_dirname (file->path);
  g_autofree char *stem = dup_stem (file);
  g_autofree char *tag = NULL;
  CcBackupRule     rule;

  tag = read_tag (connection, error);
  if (tag == NULL || (own = list_own (connection, error)) == NULL
      || !cc_backup_load_rule (connection, &rule, error)
      || !prepare_folder (folder != NULL ? folder : usual,
                          folder == NULL && g_str_equal (around, home), error))
    return NULL;
  if (folder == NULL)
    folder = usual;
  cc_making_clear (folder);
  clear_parts (folder, stem, tag);
  backup = choose_name (folder, stem, tag, reason);
  if (!write_backup (file, connection, backup, progress, head, error))
    return NULL;
  /* Where a migration fails its backup goes again: until then it replaces no other. */
  if (reason != CC_BACKUP_BY_HAND && reason != CC_BACKUP_MIGRATION)
    cc_backup_rotate (backup, &rule, own);
  return g_steal_pointer (&backup);
}

gboolean
cc_backup_make (CcCaseFile    *file,
                CcConnection  *connection,
                const char    *folder,
                CcBackupReason reason,
                CcProgress    *progress,
                char         **path,
                char         **head,
                GError       **error)
{
  g_autofree char *found = NULL;
  g_autoptr (CcBackup) backup =
      make_backup (file, connection, folder, reason, progress, &found, error);

  if (backup == NULL)
    return FALSE;
  *path = g_steal_pointer (&backup->path);
  if (head != NULL)
    *head = g_steal_pointer (&found);
  return TRUE;
}

/* "HASH FOLDER"; the name is the change's key. */
static char *
format_note (const char *path, const char *head)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_strconcat (head, " ", folder, NULL);
}

typedef struct
{
  CcCaseFile    *file;
  const char    *folder;
  CcBackupReason reason;
  CcProgress    *progress;
  char          *path;
  char          *head;
} Task;

static gboolean
note_backup (CcAct *act, gpointer data, GError **error)
{
  const Task      *task = data;
  g_autofree char *name = g_path_get_basename (task->path);
  g_autofree char *note = format_note (task->path, task->head);

  return cc_act_log (act, "backup", name, NULL, note, error);
}

static gboolean
run_task (CcCaseFile *self, CcConnection *connection, gpointer data, GError **error)
{
  Task *task = data;

  return cc_backup_make (self, connection, task->folder, task->reason, task->progress, &task->path,
                         &task->head, error);
}

/* With a log readers do not hinder the writer. With the classic journal they would: there acts wait
 * until the backup is done, as behind each other. */
static gboolean
run_where_it_fits (CcCaseFile *self, Task *task, GError **error)
{
  CcConnection    *reader = cc_case_file_acquire_reader (self, error);
  g_autofree char *mode = NULL;
  gboolean         ok;

  if (reader == NULL)
    return FALSE;
  mode = cc_connection_get_text (reader, "PRAGMA journal_mode", NULL);
  if (self->writer == NULL || g_strcmp0 (mode, "wal") == 0)
    {
      ok = run_task (self, reader, task, error);
      cc_case_file_release_reader (self, reader);
      return ok;
    }
  cc_case_file_release_reader (self, reader);
  return cc_writer_run_plain (self, run_task, task, error);
}

/**
 * A file that is open for reading only can be backed up; it cannot remember that.
 *
 * Returns: FALSE with CC_ERROR_DAMAGED where the copy was not what it should be, CC_ERROR_NO_SPACE,
 *   CC_ERROR_NOT_FOUND where the folder is not there; no older backup was touched then
 */
gboolean
cc_case_file_backup (CcCaseFile    *self,
                     const char    *folder,
                     CcBackupReason reason,
                     CcProgress    *progress,
                     char         **path,
                     GError       **error)
{
  Task     task = { self, folder, reason, progress, NULL, NULL };
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);
  ok = run_where_it_fits (self, &task, error)
       && (cc_case_file_is_read_only (self)
           || cc_case_file_act (self, "backup", note_backup, &task, NULL, error));
  if (ok && path != NULL)
    *path = g_steal_pointer (&task.path);
  g_free (task.path);
  g_free (task.head);
  return ok;
}

void
cc_last_backup_free (CcLastBackup *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->head);
  g_free (self);
}

CcLastBackup *
cc_backup_find_last (CcConnection *connection, GError **error)
{
  g_autoptr (CcLastBackup) self = NULL;
  g_autoptr (CcStatement) find = NULL;
  const char *note;
  gboolean    has_row;

  /* The condition is that of the index. */
  find = cc_connection_prepare (connection,
                                "SELECT a.seq, a.time, c.key, c.after,"
                                " EXISTS (SELECT 1 FROM audit l WHERE l.seq > a.seq"
                                " AND l.act <> 'backup')"
                                " FROM audit_change c JOIN audit a ON a.seq = c.seq"
                                " WHERE c.tbl = 'backup'"
                                " AND NOT (c.tbl = 'record' AND c.before IS NULL)"
                                " ORDER BY c.seq DESC LIMIT 1",
                                error);
  if (find == NULL || !cc_statement_step (find, &has_row, error) || !has_row)
    return NULL;
  note = cc_statement_text (find, 3);
  self = g_new0 (CcLastBackup, 1);
  self->seq = cc_statement_int64 (find, 0);
  self->time = cc_statement_int64 (find, 1);
  self->changed = cc_statement_int64 (find, 4) != 0;
  if (note != NULL && strlen (note) > 2 * CC_HASH_SIZE)
    {
      self->head = g_strndup (note, 2 * CC_HASH_SIZE);
      self->path =
          g_build_filename (note + 2 * CC_HASH_SIZE + 1, cc_statement_text (find, 2), NULL);
    }
  else
    self->path = g_strdup (cc_statement_text (find, 2));
  return g_steal_pointer (&self);
}

GPtrArray *
cc_case_file_list_backups (CcCaseFile *self, const char *folder, GError **error)
{
  g_autofree char *usual = cc_backup_dup_folder (self->path);
  CcConnection    *reader = cc_case_file_acquire_reader (self, error);
  g_autofree char *tag = NULL;

  if (reader == NULL)
    return NULL;
  tag = read_tag (reader, error);
  cc_case_file_release_reader (self, reader);
  return tag != NULL ? cc_backup_list (folder != NULL ? folder : usual, NULL, tag, error) : NULL;
}

/* Whether the file holds what somebody sent or typed. */
static gboolean
has_data (CcConnection *connection, gboolean *has, GError **error)
{
  GError *problem = NULL;

  *has = cc_connection_get_int64 (connection,
                                  "SELECT EXISTS (SELECT 1 FROM record)"
                                  " OR EXISTS (SELECT 1 FROM submission)",
                                  0, &problem)
         != 0;
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

static CcDay
get_day (gint64 unix_seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (unix_seconds);

  return moment != NULL
             ? cc_day_from_ymd (g_date_time_get_year (moment), g_date_time_get_month (moment),
                                g_date_time_get_day_of_month (moment))
             : CC_DAY_NONE;
}

static gboolean
judge_day (CcConnection *connection, gboolean *due, GError **error)
{
  g_autoptr (CcLastBackup) last = NULL;
  GError      *problem = NULL;
  CcBackupRule rule;
  gboolean     filled;

  *due = FALSE;
  if (!cc_backup_load_rule (connection, &rule, error) || !has_data (connection, &filled, error))
    return FALSE;
  last = cc_backup_find_last (connection, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  /* A backup that somebody removed, or whose disk is elsewhere, protects nothing here. */
  if (last != NULL && !g_file_test (last->path, G_FILE_TEST_EXISTS))
    g_clear_pointer (&last, cc_last_backup_free);
  *due = filled
         && cc_backup_rule_is_due (&rule, last != NULL ? get_day (last->time) : CC_DAY_NONE,
                                   cc_day_today (), last == NULL || last->changed);
  return TRUE;
}

gboolean
cc_case_file_backup_if_due (CcCaseFile *self, CcProgress *progress, char **path, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (self, error);
  gboolean      due = FALSE;
  gboolean      ok;

  if (path != NULL)
    *path = NULL;
  if (reader == NULL)
    return FALSE;
  /* What is invented can be invented again. */
  ok = self->practice || judge_day (reader, &due, error);
  cc_case_file_release_reader (self, reader);
  if (!ok || !due || cc_case_file_is_read_only (self))
    return ok;
  return cc_case_file_backup (self, NULL, CC_BACKUP_DAILY, progress, path, error);
}

/* One that holds all that was done so far is as good as a new one. */
static gboolean
judge_import (CcConnection *connection, gint64 rows, gboolean *due, GError **error)
{
  g_autoptr (CcLastBackup) last = NULL;
  GError      *problem = NULL;
  CcBackupRule rule;
  gboolean     filled;

  *due = FALSE;
  if (!cc_backup_load_rule (connection, &rule, error) || !has_data (connection, &filled, error))
    return FALSE;
  if (!cc_backup_rule_wants_import (&rule, rows, filled))
    return TRUE;
  last = cc_backup_find_last (connection, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  *due = last == NULL || last->changed || !g_file_test (last->path, G_FILE_TEST_EXISTS);
  return TRUE;
}

gboolean
cc_case_file_backup_before_import (CcCaseFile *self,
                                   gint64      rows,
                                   CcProgress *progress,
                                   char      **path,
                                   GError    **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (self, error);
  gboolean      due = FALSE;
  gboolean      ok;

  if (path != NULL)
    *path = NULL;
  if (reader == NULL)
    return FALSE;
  ok = self->practice || judge_import (reader, rows, &due, error);
  cc_case_file_release_reader (self, reader);
  if (!ok || !due)
    return ok;
  return cc_case_file_backup (self, NULL, CC_BACKUP_IMPORT, progress, path, error);
}

gboolean
cc_backup_before_migration (CcCaseFile   *file,
                            CcConnection *connection,
                            CcProgress   *progress,
                            char        **path,
                            char        **head,
                            GError      **error)
{
  GError *problem = NULL;

  if (cc_backup_make (file, connection, NULL, CC_BACKUP_MIGRATION, progress, path, head, &problem))
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_set_error (error, CC_ERROR, problem->code,
               "“%s” was written by an older Casecount. Before it is brought to the newer format a "
               "backup is made, and that failed. It was not changed. %s",
               file->name, problem->message);
  g_error_free (problem);
  return FALSE;
}

/* Tells a file's history of a backup, on a connection that has no writer. user: "" where nobody
 * said. */
gboolean
cc_backup_note_to (CcConnection *connection,
                   const char   *user,
                   const char   *path,
                   const char   *head,
                   GError      **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *note = format_note (path, head);

  return cc_audit_append_act (connection, "backup", user, "backup", name, note, error);
}

gboolean
cc_case_file_copy (CcCaseFile *self, const char *path, CcProgress *progress, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (self, error);
  gboolean      ok;

  if (reader == NULL)
    return FALSE;
  ok = cc_copy_connection (reader, self->key, path, progress, error);
  cc_case_file_release_reader (self, reader);
  return ok;
}
