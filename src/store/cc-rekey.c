/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-backup-private.h"
#include "cc-copy-private.h"
#include "cc-repair-private.h"

#include <cc/base/cc-error.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How long readers are waited for, in microseconds. */
#define READERS_TIMEOUT (3 * G_USEC_PER_SEC)

/* SQLite's own rekey rewrites each page in place and leans on a journal under the old key all the
 * while. A whole copy under the new key, tested, that takes the file's name in one step needs no
 * such trust: at every instant the name stands for a whole file, and the passphrase that opens it
 * is the old one or the new one. */

typedef struct
{
  const CcKey *key; /* the new one, with a salt of its own */
  const char  *folder;
  CcProgress  *progress;
  char        *target; /* the file itself, where its path is a link to it */
  char        *part;
  char        *backup;
  char        *head; /* of the backup */
} Change;

/* Where the copy under the new key is made: beside the file, as only there one step can put it in
 * its place. */
char *
cc_rekey_part_path (const char *target)
{
  return g_strconcat (target, ".new-passphrase", NULL);
}

/* The copy that a program left that ended in the middle of a change. Needs the file's lock. */
void
cc_rekey_clear (const char *path)
{
  char            *target = realpath (path, NULL);
  g_autofree char *part = target != NULL ? cc_rekey_part_path (target) : NULL;

  if (part != NULL && g_file_test (part, G_FILE_TEST_EXISTS))
    cc_copy_discard (part);
  free (target);
}

static gboolean
make_backup (CcCaseFile *self, CcConnection *connection, Change *change, GError **error)
{
  GError *problem = NULL;

  if (cc_backup_make (self, connection, change->folder, CC_BACKUP_PASSPHRASE, change->progress,
                      &change->backup, &change->head, &problem))
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_set_error (error, CC_ERROR, problem->code,
               "Before the passphrase of “%s” is changed a backup is made, and that failed. The "
               "old "
               "passphrase still holds. %s",
               self->name, problem->message);
  g_error_free (problem);
  return FALSE;
}

/* The acts stand in the copy only: the file says that its passphrase was changed once it was. */
static gboolean
sign_copy (CcCaseFile *self, Change *change, GError **error)
{
  g_autoptr (CcConnection) copy =
      cc_connection_open (change->part, change->key, SQLITE_OPEN_READWRITE, error);
  g_autofree char *user = cc_case_file_get_user (self);

  return copy != NULL && cc_connection_execute (copy, "PRAGMA synchronous = FULL", error)
         && cc_backup_note_to (copy, user, change->backup, change->head, error)
         && cc_audit_append_act (copy, "rekey", user, "passphrase", NULL, "changed", error);
}

static gboolean
make_copy (CcCaseFile *self, CcConnection *connection, Change *change, GError **error)
{
  g_auto (CcCopyMarks) marks = { 0 };

  if (!cc_copy_pages (connection, change->part, change->key, &marks, change->progress, error))
    return FALSE;
  cc_copy_rights (change->target, change->part);
  return cc_copy_test (change->part, change->key, &marks, change->progress, error)
         && sign_copy (self, change, error) && cc_copy_sync (change->part, error);
}

/* A log that lay beside the file when its name changes hands would be taken for the new file's: all
 * of it must be in the file, and nobody may be reading. */
static gboolean
end_log (CcCaseFile *self, CcConnection *connection, const char *target, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-journal" };
  g_autofree char         *mode = NULL;

  if (!cc_connection_execute (connection, "PRAGMA wal_checkpoint (TRUNCATE)", error))
    return FALSE;
  mode = cc_connection_get_text (connection, "PRAGMA journal_mode = DELETE", error);
  if (mode == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (target, suffixes[i], NULL);

      if (g_strcmp0 (mode, "delete") == 0 && !g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      /* SQLite does not say why: where nothing can be written this tells, and changes nothing. */
      if (cc_connection_execute (connection, "UPDATE meta SET value = value WHERE key = 'file-id'",
                                 error))
        g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
                     "“%s” is being read by another program, so its passphrase was not changed. "
                     "Close it there and try again.",
                     self->name);
      return FALSE;
    }
  return TRUE;
}

/* The writer's connection to what now stands under the file's name. */
static gboolean
take_up (CcCaseFile *self, GError **error)
{
  g_autoptr (CcConnection) connection =
      cc_connection_open (self->path, self->key, SQLITE_OPEN_READWRITE, error);

  if (connection == NULL || !cc_case_file_set_up_writer (self, connection, error))
    return FALSE;
  cc_writer_set_connection (self->writer, g_steal_pointer (&connection));
  return TRUE;
}

/* From here on there is no cancelling. */
static gboolean
put_in_place (CcCaseFile *self, Change *change, GError **error)
{
  gboolean moved;
  int      problem;

  cc_writer_set_connection (self->writer, NULL);
  moved = rename (change->part, change->target) == 0;
  problem = errno;
  if (moved)
    {
      cc_copy_discard (change->part);
      /* Where this fails a power cut may bring the old file back: whole, with the old words. */
      (void) cc_copy_sync_folder (change->target, NULL);
      memcpy (self->key, change->key, sizeof *self->key);
      cc_case_file_note_identity (self);
      /* What is kept of the beginning must not speak for the old words. */
      cc_repair_keep_beginning (self->path);
    }
  if (!take_up (self, error))
    return FALSE;
  if (!moved)
    g_set_error (error, CC_ERROR,
                 problem == ENOSPC || problem == EDQUOT ? CC_ERROR_NO_SPACE : CC_ERROR_FAILED,
                 "The passphrase of “%s” was not changed, because the new copy could not take its "
                 "place (%s). The old passphrase still holds.",
                 self->name, g_strerror (problem));
  return moved;
}

/* Readers hold the old file open: they make way for as long as it takes. */
static gboolean
exchange (CcCaseFile *self, CcConnection *connection, Change *change, GError **error)
{
  gboolean ok;

  if (!cc_reader_pool_pause (self->readers, READERS_TIMEOUT))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
                   "“%s” is being read, so its passphrase was not changed. Wait until the work "
                   "under way has ended and try again.",
                   self->name);
      return FALSE;
    }
  if (end_log (self, connection, change->target, error))
    ok = put_in_place (self, change, error);
  else
    {
      (void) cc_case_file_set_up_writer (self, connection, NULL);
      ok = FALSE;
    }
  cc_reader_pool_resume (self->readers);
  return ok;
}

static gboolean
change_key (CcCaseFile *self, CcConnection *connection, gpointer data, GError **error)
{
  Change  *change = data;
  gboolean ok;

  cc_copy_discard (change->part);
  if (!make_backup (self, connection, change, error))
    return FALSE;
  ok = make_copy (self, connection, change, error)
       && !g_cancellable_set_error_if_cancelled (cc_progress_get_cancellable (change->progress),
                                                 error)
       && exchange (self, connection, change, error);
  if (!ok)
    cc_copy_discard (change->part);
  return ok;
}

static gboolean
check_words (CcCaseFile *self,
             const char *old_passphrase,
             const char *new_passphrase,
             GError    **error)
{
  g_autoptr (CcKey) old = NULL;

  if (*new_passphrase == '\0')
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                           "A case file needs a passphrase; an empty one protects nobody. Nothing "
                           "was changed.");
      return FALSE;
    }
  old = cc_key_derive (old_passphrase, self->key->salt, error);
  if (old == NULL)
    return FALSE;
  if (memcmp (old->key, self->key->key, CC_KEY_SIZE) != 0)
    g_set_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE,
                 "The old passphrase of “%s” is not right. Nothing was changed.", self->name);
  else if (strcmp (old_passphrase, new_passphrase) == 0)
    g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                 "The new passphrase of “%s” is the old one. Nothing was changed. Choose another.",
                 self->name);
  else
    return TRUE;
  return FALSE;
}

static CcKey *
make_key (const char *passphrase, GError **error)
{
  guint8 salt[CC_SALT_SIZE];

  return cc_crypto_random (salt, sizeof salt, error) ? cc_key_derive (passphrase, salt, error)
                                                     : NULL;
}

gboolean
cc_case_file_change_passphrase (CcCaseFile *self,
                                const char *old_passphrase,
                                const char *new_passphrase,
                                const char *folder,
                                CcProgress *progress,
                                char      **backup,
                                GError    **error)
{
  g_autoptr (CcKey) key = NULL;
  Change   change = { 0 };
  gboolean ok = FALSE;

  g_return_val_if_fail (self != NULL && old_passphrase != NULL && new_passphrase != NULL, FALSE);
  if (!check_words (self, old_passphrase, new_passphrase, error)
      || (key = make_key (new_passphrase, error)) == NULL)
    return FALSE;
  change.key = key;
  change.folder = folder;
  change.progress = progress;
  change.target = realpath (self->path, NULL);
  if (change.target == NULL)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 "“%s” is no longer where it was, so its passphrase was not changed.", self->name);
  else
    {
      change.part = cc_rekey_part_path (change.target);
      ok = cc_writer_run_plain (self, change_key, &change, error);
    }
  if (ok && backup != NULL)
    *backup = g_steal_pointer (&change.backup);
  free (change.target);
  g_free (change.part);
  g_free (change.backup);
  g_free (change.head);
  return ok;
}
