/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-backup.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* "count-2026-03-01-141500.casecount"; a second copy in the same second gets "-2". */
static char *
choose_name (CcCaseFile *self, const char *folder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  g_autofree char *stem = g_strdup (self->name);

  if (g_str_has_suffix (stem, ".casecount"))
    stem[strlen (stem) - strlen (".casecount")] = '\0';
  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("%s-%s.casecount", stem, when)
                                     : g_strdup_printf ("%s-%s-%u.casecount", stem, when, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static gboolean
copy_into (CcConnection *connection, const char *path, GError **error)
{
  g_autoptr (CcStatement) vacuum = cc_connection_prepare (connection, "VACUUM INTO ?1", error);

  if (vacuum == NULL)
    return FALSE;
  cc_statement_bind_text (vacuum, 1, path);
  return cc_statement_run (vacuum, error);
}

/* A copy counts when it is on the disk and can be read. */
static gboolean
settle_copy (CcCaseFile *self, const char *part, const char *path, GError **error)
{
  g_autoptr (CcConnection) copy = NULL;
  g_autofree char *answer = NULL;
  int              fd;
  gboolean         ok;

  copy = cc_connection_open (part, self->key, SQLITE_OPEN_READONLY, error);
  if (copy == NULL)
    return FALSE;
  answer = cc_connection_get_text (copy, "PRAGMA quick_check", error);
  if (answer == NULL)
    return FALSE;
  fd = open (part, O_RDONLY | O_CLOEXEC);
  ok = strcmp (answer, "ok") == 0 && fd >= 0 && fsync (fd) == 0 && rename (part, path) == 0;
  if (!ok)
    g_set_error (error, CC_ERROR, errno == ENOSPC ? CC_ERROR_NO_SPACE : CC_ERROR_FAILED,
                 "The copy of “%s” could not be finished (%s). The file itself is untouched. "
                 "Choose "
                 "another folder or disk.",
                 self->name, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

/**
 * The copy that is made before the file itself changes its format: in the folder “backups” beside
 * it, without an act, as the chain of an older format is not added to.
 *
 * path: (out) (transfer full)
 */
gboolean
cc_case_file_copy_before (CcCaseFile *self, CcConnection *connection, char **path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (self->path);
  g_autofree char *folder = g_build_filename (parent, "backups", NULL);
  g_autofree char *target = NULL;
  g_autofree char *part = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, CC_ERROR, errno == ENOSPC ? CC_ERROR_NO_SPACE : CC_ERROR_READ_ONLY,
                   "“%s” needs a backup before it is changed, and the folder “backups” beside it "
                   "cannot be made (%s). It was not changed. Copy it to a disk with room where you "
                   "may write, or open it for reading only.",
                   self->name, g_strerror (errno));
      return FALSE;
    }
  target = choose_name (self, folder);
  part = g_strconcat (target, ".part", NULL);
  if (!copy_into (connection, part, error) || !settle_copy (self, part, target, error))
    {
      (void) unlink (part);
      return FALSE;
    }
  *path = g_steal_pointer (&target);
  return TRUE;
}

static gboolean
note_backup (CcAct *act, gpointer data, GError **error)
{
  g_autofree char *name = g_path_get_basename (data);

  return cc_act_log (act, "backup", name, NULL, "copied", error);
}

gboolean
cc_case_file_backup (CcCaseFile *self, const char *folder, char **path, GError **error)
{
  g_autofree char *target = NULL;
  g_autofree char *part = NULL;
  CcConnection    *reader;
  gboolean         ok;

  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);
  target = choose_name (self, folder);
  part = g_strconcat (target, ".part", NULL);
  reader = cc_case_file_acquire_reader (self, error);
  if (reader == NULL)
    return FALSE;
  ok = copy_into (reader, part, error);
  cc_case_file_release_reader (self, reader);
  ok = ok && settle_copy (self, part, target, error);
  if (!ok)
    {
      (void) unlink (part);
      return FALSE;
    }
  /* The copy holds everything but the line in the history that tells of it. */
  if (!cc_case_file_is_read_only (self)
      && !cc_case_file_act (self, "backup", note_backup, target, NULL, error))
    return FALSE;
  if (path != NULL)
    *path = g_steal_pointer (&target);
  return TRUE;
}

static gboolean
examine_backup (const char *backup, const char *passphrase, CcPack *pack, GError **error)
{
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  file = cc_case_file_open (backup, passphrase, pack, CC_OPEN_READ_ONLY, error);
  if (file == NULL || !cc_case_file_verify (file, &problems, error))
    return FALSE;
  if (problems->len == 0)
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "The backup “%s” is itself damaged: %s Nothing was changed. Try an older backup.",
               file->name, (const char *) g_ptr_array_index (problems, 0));
  return FALSE;
}

gboolean
cc_case_file_restore (const char *backup,
                      const char *passphrase,
                      CcPack     *pack,
                      const char *path,
                      GError    **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (backup);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path);
  GError          *problem = NULL;

  g_return_val_if_fail (backup != NULL && passphrase != NULL && pack != NULL && path != NULL,
                        FALSE);
  if (!examine_backup (backup, passphrase, pack, error))
    return FALSE;
  if (g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &problem))
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_EXISTS))
    g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                 "“%s” exists already and was left as it is. Give the restored file another name, "
                 "or move the old one away first.",
                 name);
  else
    {
      g_set_error (error, CC_ERROR,
                   g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? CC_ERROR_NO_SPACE
                                                                              : CC_ERROR_FAILED,
                   "“%s” could not be written (%s). The backup is untouched. Choose another folder "
                   "or disk.",
                   name, problem->message);
      (void) unlink (path);
    }
  g_error_free (problem);
  return FALSE;
}

/* A raw key without salt: the salt at the file's beginning stays. */
static gboolean
rekey (CcConnection *connection, const CcKey *key, GError **error)
{
  char  literal[2 * CC_KEY_SIZE + 4];
  char *hex = cc_hex_from_bytes (key->key, CC_KEY_SIZE);
  int   code;

  g_snprintf (literal, sizeof literal, "x'%s'", hex);
  cc_crypto_wipe (hex, 2 * CC_KEY_SIZE);
  g_free (hex);
  code = sqlite3_rekey (connection->db, literal, (int) strlen (literal));
  cc_crypto_wipe (literal, sizeof literal);
  return code == SQLITE_OK || cc_connection_fail (connection, code, error);
}

static gboolean
change_key (CcCaseFile *self, CcConnection *connection, gpointer data, GError **error)
{
  const CcKey *key = data;

  /* Pages in the log carry the old key until they are in the file. */
  if (!cc_connection_execute (connection, "PRAGMA wal_checkpoint (TRUNCATE)", error)
      || !rekey (connection, key, error)
      || !cc_connection_execute (connection, "PRAGMA wal_checkpoint (TRUNCATE)", error))
    return FALSE;
  memcpy (self->key->key, key->key, CC_KEY_SIZE);
  return TRUE;
}

static gboolean
note_rekey (CcAct *act, gpointer data, GError **error)
{
  return cc_act_log (act, "passphrase", NULL, NULL, "changed", error);
}

gboolean
cc_case_file_change_passphrase (CcCaseFile *self,
                                const char *old_passphrase,
                                const char *new_passphrase,
                                GError    **error)
{
  g_autoptr (CcKey) old = NULL;
  g_autoptr (CcKey) new = NULL;

  g_return_val_if_fail (self != NULL && old_passphrase != NULL && new_passphrase != NULL, FALSE);
  if (*new_passphrase == '\0')
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                           "A case file needs a passphrase; an empty one protects nobody. Nothing "
                           "was changed.");
      return FALSE;
    }
  old = cc_key_derive (old_passphrase, self->key->salt, error);
  new = old != NULL ? cc_key_derive (new_passphrase, self->key->salt, error) : NULL;
  if (new == NULL)
    return FALSE;
  if (memcmp (old->key, self->key->key, CC_KEY_SIZE) != 0)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE,
                   "The old passphrase of “%s” is not right. Nothing was changed.", self->name);
      return FALSE;
    }
  if (!cc_reader_pool_drain_all (self->readers))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
                   "“%s” is being read, so its passphrase was not changed. Wait until the work "
                   "under way has ended and try again.",
                   self->name);
      return FALSE;
    }
  return cc_writer_run_plain (self, change_key, new, error)
         && cc_case_file_act (self, "rekey", note_rekey, NULL, NULL, error);
}
