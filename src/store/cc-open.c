/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-backup-private.h"
#include "cc-copy-private.h"
#include "cc-log-fit-private.h"
#include "cc-migration-private.h"
#include "cc-open-private.h"
#include "cc-pack-file-private.h"
#include "cc-purge-private.h"
#include "cc-repair-private.h"
#include "cc-seal-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-raw-file.h>
#include <cc/store/cc-making.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static CcCaseFile *
case_file_new (const char *path, CcPack *pack)
{
  CcCaseFile *self = g_new0 (CcCaseFile, 1);

  /* Two ways to a file must meet at one lock. */
  self->path = cc_place_resolve (path);
  self->name = g_path_get_basename (path);
  self->pack = cc_pack_ref (pack);
  g_mutex_init (&self->user_lock);
  g_mutex_init (&self->watch_lock);
  return self;
}

static gboolean
check_passphrase (const char *passphrase, GError **error)
{
  if (*passphrase != '\0')
    return TRUE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                       "A case file needs a passphrase; an empty one protects nobody.");
  return FALSE;
}

/* Settings of the writing connection. On network and unknown file systems the classic journal: a
 * shared-memory index does not work between machines. The log is emptied into the file after each
 * act: so a later act that finds the disk full can give back all the space it took. */
gboolean
cc_case_file_set_up_writer (CcCaseFile *self, CcConnection *connection, GError **error)
{
  const gboolean   local = cc_place_is_local (self->path);
  g_autofree char *mode = NULL;
  GError          *problem = NULL;

  mode =
      cc_connection_get_text (connection,
                              local ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE",
                              &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  /* After a power cut, pages half written stand whole in the log: they are written again. */
  return cc_connection_execute (connection, "PRAGMA journal_size_limit = 67108864", error)
         && cc_connection_execute (connection, "PRAGMA wal_autocheckpoint = 1", error)
         && cc_connection_execute (connection, "PRAGMA wal_checkpoint (PASSIVE)", error);
}

/* Fields, threads and pool, once the file's contents are in order. */
static gboolean
start (CcCaseFile *self, CcConnection *writer, GError **error)
{
  if (!cc_case_file_build_plans (self, error))
    return FALSE;
  self->readers = cc_reader_pool_new (self->path, self->key,
                                      self->schema_version < CC_SCHEMA_VERSION, writer != NULL);
  if (writer != NULL)
    {
      writer->opening = FALSE;
      self->writer = cc_writer_new (self, writer);
    }
  return TRUE;
}

static gboolean
write_first_meta (CcCaseFile   *self,
                  CcConnection *connection,
                  const char   *country,
                  gboolean      practice,
                  GError      **error)
{
  guint8           secret[CC_KEY_SIZE];
  guint8           id[16];
  g_autofree char *secret_hex = NULL;
  g_autofree char *id_hex = NULL;
  gboolean         ok;

  if (!cc_crypto_random (secret, sizeof secret, error) || !cc_crypto_random (id, sizeof id, error))
    return FALSE;
  secret_hex = cc_hex_from_bytes (secret, sizeof secret);
  id_hex = cc_hex_from_bytes (id, sizeof id);
  ok = cc_case_file_write_meta (connection, "country", country, error)
       && cc_case_file_write_meta (connection, "practice", practice ? "1" : "0", error)
       && cc_case_file_write_meta (connection, "record-secret", secret_hex, error)
       && cc_case_file_write_meta (connection, "file-id", id_hex, error);
  cc_crypto_wipe (secret, sizeof secret);
  cc_crypto_wipe (secret_hex, strlen (secret_hex));
  return ok;
}

/* The file's first transaction; it is also the first act of the chain. */
static gboolean
fill (CcCaseFile   *self,
      CcConnection *connection,
      const char   *country,
      gboolean      practice,
      GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                          CC_APPLICATION_ID, CC_SCHEMA_VERSION);
  gboolean         changed = FALSE;

  self->dictionary = cc_dictionary_new (self->pack);
  self->schema_version = self->opened_version = CC_SCHEMA_VERSION;
  return cc_connection_execute (connection, "BEGIN IMMEDIATE", error)
         && cc_connection_execute (connection, sql, error) && cc_schema_create (connection, error)
         && cc_dictionary_assign (self->dictionary, connection, &changed, error)
         && cc_schema_create_units (connection, self->pack, self->dictionary, error)
         && cc_schema_create_person_fact (connection, self->pack, error)
         && write_first_meta (self, connection, country, practice, error)
         && cc_open_write_pack_meta (self, connection, error)
         && cc_case_file_load_meta (self, connection, error)
         && cc_seal_append_act (connection, "create", self->user, CC_SEALS_OF_NEW_FILE, error)
         && cc_connection_execute (connection, "COMMIT", error);
}

static gboolean
make_empty_file (CcCaseFile *self, GError **error)
{
  const int fd = open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (errno == EEXIST)
    g_set_error (error, CC_ERROR, CC_ERROR_EXISTS,
                 "“%s” exists already and was left as it is. Choose another name, or open the file "
                 "that is there.",
                 self->name);
  else
    g_set_error (error, CC_ERROR,
                 errno == ENOSPC || errno == EDQUOT                    ? CC_ERROR_NO_SPACE
                 : errno == EROFS || errno == EACCES || errno == EPERM ? CC_ERROR_READ_ONLY
                                                                       : CC_ERROR_FAILED,
                 "“%s” cannot be created (%s). Choose another folder.", self->name,
                 g_strerror (errno));
  return FALSE;
}

/* There is nothing to copy elsewhere yet. */
static CcFileLock *
take_new_lock (CcCaseFile *self, GError **error)
{
  GError     *problem = NULL;
  CcFileLock *lock = cc_file_lock_take (self->path, TRUE, &problem);

  if (g_error_matches (problem, CC_ERROR, CC_ERROR_NO_LOCKS))
    {
      g_clear_error (&problem);
      g_set_error (error, CC_ERROR, CC_ERROR_NO_LOCKS,
                   "“%s” cannot be created there: in that folder two programs cannot be kept from "
                   "writing at the same time. Nothing was changed. Choose a folder on a disk of "
                   "this computer.",
                   self->name);
    }
  else if (problem != NULL)
    g_propagate_error (error, problem);
  return lock;
}

static gboolean
create_in (CcCaseFile *self,
           const char *passphrase,
           const char *country,
           gboolean    practice,
           GError    **error)
{
  guint8 salt[CC_SALT_SIZE];
  g_autoptr (CcConnection) connection = NULL;

  if (!cc_crypto_random (salt, sizeof salt, error))
    return FALSE;
  self->key = cc_key_derive (passphrase, salt, error);
  if (self->key == NULL)
    return FALSE;
  connection = cc_connection_open (self->path, self->key, SQLITE_OPEN_READWRITE, error);
  if (connection == NULL || !fill (self, connection, country, practice, error)
      || !cc_case_file_set_up_writer (self, connection, error))
    return FALSE;
  cc_case_file_note_identity (self);
  return start (self, g_steal_pointer (&connection), error);
}

/**
 * Creates a case file and opens it for writing. Takes some tenths of a second: not on a main loop.
 *
 * path: must not exist
 * passphrase: UTF-8, not empty; nobody can recover it
 * country: the reporting country, ISO 3166-1 alpha-3
 * practice: marks the file as training data for ever
 * signature: who makes it (cc-user.h) and signs the next acts; "" where nobody said
 *
 * Returns: (transfer full): the open file; NULL with an error, and then no file is left
 */
CcCaseFile *
cc_case_file_create_signed (const char *path,
                            const char *passphrase,
                            CcPack     *pack,
                            const char *country,
                            gboolean    practice,
                            const char *signature,
                            GError    **error)
{
  g_autoptr (CcCaseFile) self = NULL;

  g_return_val_if_fail (path != NULL && passphrase != NULL && pack != NULL && country != NULL,
                        NULL);
  g_return_val_if_fail (signature != NULL, NULL);
  if (!check_passphrase (passphrase, error))
    return NULL;
  if (cc_pack_find_code (pack, "COUNTRY", country) == NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "“%s” is not the three-letter code of a country. Use the ISO 3166-1 code, such "
                   "as SEN.",
                   country);
      return NULL;
    }
  self = case_file_new (path, pack);
  cc_case_file_set_user (self, signature);
  if (!cc_open_check_name (self, error) || !make_empty_file (self, error))
    return NULL;
  self->lock = take_new_lock (self, error);
  if (self->lock == NULL || !create_in (self, passphrase, country, practice, error))
    {
      g_autofree char *path_kept = g_strdup (self->path);

      g_clear_pointer (&self, cc_case_file_free);
      cc_copy_discard (path_kept);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* The same, where nobody is to be named. */
CcCaseFile *
cc_case_file_create (const char *path,
                     const char *passphrase,
                     CcPack     *pack,
                     const char *country,
                     gboolean    practice,
                     GError    **error)
{
  return cc_case_file_create_signed (path, passphrase, pack, country, practice, "", error);
}

/* An older file is brought to the newest format, after a copy of it was made. Where that fails or
 * is cancelled, the file is as it was, and so the copy is not needed. */
static gboolean
migrate (CcCaseFile *self, CcConnection *connection, CcProgress *progress, GError **error)
{
  g_autofree char *copy = NULL;
  g_autofree char *head = NULL;

  if (self->schema_version == CC_SCHEMA_VERSION)
    return TRUE;
  if (!cc_backup_before_migration (self, connection, progress, &copy, &head, error))
    return FALSE;
  if (!cc_migration_run (connection, self->schema_version, progress, error))
    {
      (void) unlink (copy);
      return FALSE;
    }
  self->schema_version = CC_SCHEMA_VERSION;
  return cc_backup_note_to (connection, NULL, copy, head, error);
}

static gboolean
check_header (CcCaseFile *self, CcConnection *connection, GError **error)
{
  GError *problem = NULL;
  gint64  application;

  application = cc_connection_get_int64 (connection, "PRAGMA application_id", 0, &problem);
  if (problem == NULL)
    self->schema_version =
        (int) cc_connection_get_int64 (connection, "PRAGMA user_version", 0, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  self->opened_version = self->schema_version;
  if (application != CC_APPLICATION_ID || self->schema_version < 1)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_FOREIGN_FORMAT,
                   "“%s” is an encrypted database of another program, not a case file. It was not "
                   "changed.",
                   self->name);
      return FALSE;
    }
  if (self->schema_version > CC_SCHEMA_VERSION)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NEWER_VERSION,
                   "“%s” was written by a newer Casecount (format %d; this program knows formats "
                   "up to %d). It was not changed. Install the newer version to open it.",
                   self->name, self->schema_version, CC_SCHEMA_VERSION);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_salt (CcCaseFile *self, guint8 salt[CC_SALT_SIZE], goffset *size, GError **error)
{
  CcFileKind  kind;
  struct stat info;
  int         fd;
  gboolean    ok;
  GError     *problem = NULL;

  *size = stat (self->path, &info) == 0 ? info.st_size : 0;
  kind = cc_case_file_probe (self->path, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (!cc_open_refuse_kind (self, kind, *size, error))
    return FALSE;
  fd = cc_raw_file_open (self->path);
  ok = fd >= 0 && pread (fd, salt, CC_SALT_SIZE, 0) == CC_SALT_SIZE;
  if (!ok)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 "“%s” cannot be read (%s). It was not changed.", self->name, g_strerror (errno));
  cc_raw_file_close (fd);
  return ok;
}

/* Where the journal is the classic one, readers in other processes would meet a half-written file:
 * there the lock keeps them out, too, unless nothing can be written there at all. */
static gboolean
take_lock (CcCaseFile *self, CcOpenMode mode, GError **error)
{
  const gboolean writes = mode == CC_OPEN_READ_WRITE;
  GError        *problem = NULL;

  if (self->lock_is_held)
    return TRUE;
  if (!writes && cc_place_is_local (self->path))
    return TRUE;
  if (writes && !cc_open_check_writable (self, error))
    return FALSE;
  self->lock = cc_file_lock_take (self->path, writes, &problem);
  if (problem != NULL && !writes && g_error_matches (problem, CC_ERROR, CC_ERROR_READ_ONLY))
    g_clear_error (&problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* What is done before SQLite reads. A file that somebody works in is not even looked into: closing
 * it again would give up the locks that connections of this process hold on it. */
static gboolean
prepare (CcCaseFile *self, const char *passphrase, CcOpenMode mode, GError **error)
{
  const gboolean in_use = mode == CC_OPEN_READ_WRITE && cc_case_file_is_in_use (self->path);
  guint8         salt[CC_SALT_SIZE];
  goffset        size;

  if (!cc_open_check_beside (self, mode, error) || (in_use && !take_lock (self, mode, error))
      || !read_salt (self, salt, &size, error) || (!in_use && !take_lock (self, mode, error)))
    return FALSE;
  self->key = cc_key_derive (passphrase, salt, error);
  return self->key != NULL;
}

static gboolean
load (CcCaseFile *self, CcConnection *connection, GError **error)
{
  if (!check_header (self, connection, error) || !cc_case_file_load_meta (self, connection, error)
      || !cc_case_file_choose_pack (self, connection, error))
    return FALSE;
  self->dictionary = cc_dictionary_new (self->pack);
  self->pack_checksum = cc_case_file_read_meta (connection, "pack-checksum", NULL);
  cc_case_file_note_identity (self);
  return cc_dictionary_load (self->dictionary, connection, error);
}

/* What was left by programs that were killed while they made something of this file, or something
 * else beside it or among its backups. */
static void
clear_remains (CcCaseFile *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *backups = cc_backup_dup_folder (self->path);

  cc_rekey_clear (self->path);
  cc_repair_clear (self->path);
  cc_making_clear (folder);
  cc_making_clear (backups);
}

/* The lock and the key are there. passphrase: (nullable): not known */
static gboolean
open_in (CcCaseFile *self,
         const char *passphrase,
         CcOpenMode  mode,
         CcProgress *progress,
         GError    **error)
{
  gboolean compacted;
  GError  *problem = NULL;
  g_autoptr (CcConnection) connection = NULL;
  g_autoptr (CcLogFit) fit = NULL;

  if (mode == CC_OPEN_READ_WRITE)
    clear_remains (self);
  fit = cc_log_fit_new (self, mode);
  connection =
      cc_connection_open (self->path, self->key,
                          mode == CC_OPEN_READ_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY,
                          &problem);
  if (connection == NULL)
    return cc_open_report (self, passphrase, mode, problem, error);
  connection->opening = TRUE;
  if (!load (self, connection, error) || !cc_log_fit_check (fit, self, connection, error))
    return FALSE;
  if (mode == CC_OPEN_READ_ONLY)
    return start (self, NULL, error);
  /* What a removal left to do when somebody was reading, or when the power went. */
  if (cc_purge_is_pending (connection) && !cc_purge_compact (connection, &compacted, error))
    return FALSE;
  if (!migrate (self, connection, progress, error)
      || !cc_case_file_set_up_writer (self, connection, error)
      || !cc_open_follow_pack (self, connection, error))
    return FALSE;
  return start (self, g_steal_pointer (&connection), error);
}

/**
 * Opens a case file. Takes some tenths of a second: not on a main loop. A file of an older format
 * takes as long as it takes to copy it: before it is brought to the newest format, in one
 * transaction, a backup is made where the program keeps them. Open for reading only, an older
 * file is not changed at all: what it has is shown, what came with later formats looks empty.
 *
 * mode: CC_OPEN_READ_WRITE is refused with CC_ERROR_LOCKED while another program has the file open
 *   for writing; CC_OPEN_READ_ONLY then shows what is committed and follows it
 * progress: (nullable): of bringing it to the newest format; cancelled, the file is as it was
 *
 * Returns: (transfer full): the open file; NULL with an error that tells foreign formats, a newer
 *   version, a wrong passphrase and damage apart, as far as can be known
 */
CcCaseFile *
cc_case_file_open_with_progress (const char *path,
                                 const char *passphrase,
                                 CcPack     *pack,
                                 CcOpenMode  mode,
                                 CcProgress *progress,
                                 GError    **error)
{
  g_autoptr (CcCaseFile) self = NULL;

  g_return_val_if_fail (path != NULL && passphrase != NULL && pack != NULL, NULL);
  if (!check_passphrase (passphrase, error))
    return NULL;
  self = case_file_new (path, pack);
  if (!prepare (self, passphrase, mode, error)
      || !open_in (self, passphrase, mode, progress, error))
    return NULL;
  return g_steal_pointer (&self);
}

CcCaseFile *
cc_case_file_open_locked (const char *path, const char *passphrase, CcPack *pack, GError **error)
{
  g_autoptr (CcCaseFile) self = case_file_new (path, pack);

  self->lock_is_held = TRUE;
  if (!prepare (self, passphrase, CC_OPEN_READ_WRITE, error)
      || !open_in (self, passphrase, CC_OPEN_READ_WRITE, NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

CcCaseFile *
cc_case_file_open_again (CcCaseFile *reader, CcProgress *progress, GError **error)
{
  g_autoptr (CcCaseFile) self = NULL;

  g_return_val_if_fail (reader != NULL && reader->key != NULL, NULL);
  self = case_file_new (reader->path, reader->pack);
  if (cc_case_file_is_replaced (reader))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE,
                   "“%s” got another passphrase, or another file took its place. Nothing was "
                   "changed. Close it and open it again.",
                   self->name);
      return NULL;
    }
  if (!take_lock (self, CC_OPEN_READ_WRITE, error))
    return NULL;
  self->key = cc_key_dup (reader->key);
  if (!open_in (self, NULL, CC_OPEN_READ_WRITE, progress, error))
    return NULL;
  return g_steal_pointer (&self);
}

CcCaseFile *
cc_case_file_open (const char *path,
                   const char *passphrase,
                   CcPack     *pack,
                   CcOpenMode  mode,
                   GError    **error)
{
  return cc_case_file_open_with_progress (path, passphrase, pack, mode, NULL, error);
}

/**
 * A reading connection to a file as it lies there: without lock, plans or migration. For backups,
 * which may be of an older format.
 *
 * key: (out) (transfer full): the file's key
 *
 * Returns: (transfer full): NULL with the errors of cc_case_file_open ()
 */
CcConnection *
cc_case_file_open_bare (const char *path,
                        const char *passphrase,
                        CcPack     *pack,
                        CcKey     **key,
                        GError    **error)
{
  g_autoptr (CcCaseFile) self = NULL;
  g_autoptr (CcConnection) connection = NULL;
  guint8  salt[CC_SALT_SIZE];
  goffset size;
  GError *problem = NULL;

  if (!check_passphrase (passphrase, error))
    return NULL;
  self = case_file_new (path, pack);
  if (!cc_open_check_beside (self, CC_OPEN_READ_ONLY, error)
      || !read_salt (self, salt, &size, error))
    return NULL;
  self->key = cc_key_derive (passphrase, salt, error);
  if (self->key == NULL)
    return NULL;
  connection = cc_connection_open (self->path, self->key, SQLITE_OPEN_READONLY, &problem);
  if (connection == NULL)
    {
      cc_open_report (self, passphrase, CC_OPEN_READ_ONLY, problem, error);
      return NULL;
    }
  if (!check_header (self, connection, error))
    return NULL;
  *key = g_steal_pointer (&self->key);
  return g_steal_pointer (&connection);
}
