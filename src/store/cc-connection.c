/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-file-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-repair.h>

#include <errno.h>
#include <string.h>

/* Idle statements kept per connection. The busiest user, an import, runs about forty texts. */
#define MAX_IDLE 96

/* Steps of SQLite's machine between two looks at the cancellable: well under a millisecond. */
#define STEPS_PER_LOOK 5000

/* How long a statement waits for another connection's lock before it gives up, in milliseconds. */
#define BUSY_TIMEOUT 10000

/* The same while somebody waits for a file to open. */
#define OPENING_TIMEOUT 4000

static void
free_statement (CcStatement *self)
{
  sqlite3_finalize (self->statement);
  g_free (self);
}

/* Before the first use of the library in the process: no statistics of memory, which take a lock at
 * each allocation, and nothing left behind in memory. */
static void
set_up_library (void)
{
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      (void) sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      cc_sqlite_wipe_memory ();
      g_once_init_leave (&ready, 1);
    }
}

/* "x'<key><salt>'": a raw key, so that SQLCipher derives nothing. */
static int
set_key (sqlite3 *db, const CcKey *key)
{
  char  literal[2 * (CC_KEY_SIZE + CC_SALT_SIZE) + 4];
  char *key_hex = cc_hex_from_bytes (key->key, CC_KEY_SIZE);
  char *salt_hex = cc_hex_from_bytes (key->salt, CC_SALT_SIZE);
  int   code;

  literal[0] = 'x';
  literal[1] = '\'';
  memcpy (literal + 2, key_hex, 2 * CC_KEY_SIZE);
  memcpy (literal + 2 + 2 * CC_KEY_SIZE, salt_hex, 2 * CC_SALT_SIZE);
  memcpy (literal + sizeof literal - 2, "'", 2);
  code = sqlite3_key (db, literal, (int) strlen (literal));
  cc_crypto_wipe (literal, sizeof literal);
  cc_crypto_wipe (key_hex, 2 * CC_KEY_SIZE);
  g_free (key_hex);
  g_free (salt_hex);
  return code;
}

/* On network drives and unknown file systems the first lock is taken for the whole process and kept
 * until the file is closed: nobody else gets in between, and no memory is shared with others. The
 * connections of this process share it. Where a program has put a VFS of its own in front of
 * SQLite's, that one stays. */
static const char *
choose_vfs (const char *path, int flags)
{
  if ((flags & SQLITE_OPEN_READWRITE) == 0 || cc_place_is_local (path)
      || strcmp (sqlite3_vfs_find (NULL)->zName, "unix") != 0)
    return NULL;
  return "unix-excl";
}

static CcConnection *
open_as (const char *path, const char *filename, const CcKey *key, int flags, GError **error)
{
  g_autoptr (CcConnection) self = g_new0 (CcConnection, 1);
  g_autofree char *version = NULL;
  GError          *problem = NULL;
  int              code;

  set_up_library ();
  self->name = g_path_get_basename (path);
  self->opening = TRUE;
  self->reading = (flags & SQLITE_OPEN_READONLY) != 0;
  self->making = (flags & SQLITE_OPEN_CREATE) != 0 || g_str_has_suffix (path, CC_PART_SUFFIX);
  self->idle = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->recent);

  code =
      sqlite3_open_v2 (filename, &self->db, flags | SQLITE_OPEN_NOMUTEX, choose_vfs (path, flags));
  /* Before the first lock is taken. */
  self->hold = cc_raw_file_hold (path);
  /* Closing writes a log that was left over into the file, without asking the key: not before the
   * key has proved to be right. */
  if (code == SQLITE_OK)
    sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (code == SQLITE_OK)
    code = set_key (self->db, key);
  if (code != SQLITE_OK)
    {
      cc_connection_fail (self, code, error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, OPENING_TIMEOUT);

  version = cc_connection_get_text (self, "PRAGMA cipher_version", &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  if (version == NULL || *version == '\0')
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_REFUSED,
                           "This installation has no encryption (its SQLite is not SQLCipher), so "
                           "case files cannot be opened. Nothing was changed. Install the program "
                           "again from its package.");
      return NULL;
    }
  if (!cc_connection_execute (self, "PRAGMA cipher_log_level = NONE", error)
      || !cc_connection_execute (self, "PRAGMA temp_store = MEMORY", error)
      || !cc_connection_execute (self, "PRAGMA cache_size = -65536", error)
      /* EXTRA: also the removal of a journal is on the disk before an act counts as done; a journal
       * that a power cut brings back would take the act back. With a log it is the same as FULL. */
      || !cc_connection_execute (self, "PRAGMA synchronous = EXTRA", error)
      || !cc_connection_execute (self, "PRAGMA foreign_keys = ON", error)
      || !cc_connection_execute (self, "PRAGMA trusted_schema = OFF", error))
    return NULL;
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT);
  self->opening = FALSE;
  return g_steal_pointer (&self);
}

/**
 * Opens one connection, keys it and reads for the first time; a wrong key is reported as
 * CC_ERROR_DAMAGED, as SQLCipher cannot tell it from a damaged first page. An SQLite without
 * encryption is refused here: it would write the file in the clear.
 *
 * flags: SQLITE_OPEN_READONLY, or SQLITE_OPEN_READWRITE with or without SQLITE_OPEN_CREATE
 */
CcConnection *
cc_connection_open (const char *path, const CcKey *key, int flags, GError **error)
{
  return open_as (path, path, key, flags, error);
}

/* For reading what the file holds without the log beside it, which stays as it is. */
CcConnection *
cc_connection_open_alone (const char *path, const CcKey *key, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strconcat ("file:", escaped, "?immutable=1", NULL);

  return open_as (path, uri, key, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

/* Closing does not write the log into the file. */
void
cc_connection_leave_log (CcConnection *self)
{
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

void
cc_connection_close (CcConnection *self)
{
  if (self == NULL)
    return;
  if (self->idle != NULL)
    {
      GHashTableIter iter;
      gpointer       statement;

      g_hash_table_iter_init (&iter, self->idle);
      while (g_hash_table_iter_next (&iter, NULL, &statement))
        free_statement (statement);
      g_hash_table_unref (self->idle);
    }
  g_clear_object (&self->cancellable);
  /* A statement still in use would keep the file open behind our back. */
  if (sqlite3_close (self->db) != SQLITE_OK)
    {
      g_critical ("a statement of “%s” was not released", self->name);
      sqlite3_close_v2 (self->db);
    }
  cc_raw_file_release (self->hold);
  g_free (self->name);
  g_free (self);
}

static CcError
classify (sqlite3 *db, int code)
{
  const int system = db != NULL ? sqlite3_system_errno (db) : 0;

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return CC_ERROR_NO_SPACE;
    case SQLITE_IOERR:
      if (system == ENOSPC || system == EFBIG || system == EDQUOT)
        return CC_ERROR_NO_SPACE;
      return CC_ERROR_DAMAGED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return CC_ERROR_DAMAGED;
    case SQLITE_ERROR:
      /* So SQLCipher reports everything after a page whose code did not fit; a mistake of ours in
       * SQL has a message of its own. */
      return db != NULL && strcmp (sqlite3_errmsg (db), "SQL logic error") == 0 ? CC_ERROR_DAMAGED
                                                                                : CC_ERROR_FAILED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return CC_ERROR_LOCKED;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return CC_ERROR_READ_ONLY;
    case SQLITE_CANTOPEN:
      /* A log or journal cannot be made there, either. */
      return system == ENOSPC || system == EDQUOT ? CC_ERROR_NO_SPACE : CC_ERROR_NOT_FOUND;
    case SQLITE_NOMEM:
      return CC_ERROR_LIMIT;
    default:
      return CC_ERROR_FAILED;
    }
}

/* A file that comes to be has nothing that it was before. */
static char *
describe_making (CcConnection *self)
{
  g_autofree char *name = g_strdup (self->name);

  if (g_str_has_suffix (name, CC_PART_SUFFIX))
    name[strlen (name) - strlen (CC_PART_SUFFIX)] = '\0';
  return g_strdup_printf ("The disk is full, so “%s” could not be written. What was begun of it "
                          "was "
                          "removed; other files are as they were. Free some space, or choose "
                          "another folder or disk.",
                          name);
}

/* Failures while the file is being opened. */
static char *
describe_opening (CcConnection *self, CcError reason)
{
  switch (reason)
    {
    case CC_ERROR_NO_SPACE:
      return g_strdup_printf ("The disk that holds “%s” is full, so it was not opened for writing. "
                              "The file is as it was. Free some space on that disk, or open the "
                              "file for reading only.",
                              self->name);
    case CC_ERROR_DAMAGED:
      return g_strdup_printf ("A part of “%s” cannot be read: the file or its disk is damaged. It "
                              "was not opened and not changed. Have it repaired (%s), or restore "
                              "the newest backup on another disk; keep this file "
                              "for examination.",
                              self->name, cc_repair_get_way ());
    case CC_ERROR_BUSY:
      return g_strdup_printf ("Another program holds “%s” at this moment, such as one that makes "
                              "backups or synchronises folders. It was not opened and not changed. "
                              "Wait until that program has finished, or end it, and try again.",
                              self->name);
    case CC_ERROR_READ_ONLY:
      return g_strdup_printf ("“%s” is protected against writing, so it was not opened for "
                              "writing. "
                              "Nothing was changed. Open it for reading only, take the protection "
                              "away, or work in a copy.",
                              self->name);
    case CC_ERROR_LIMIT:
      return g_strdup_printf ("There was not enough memory to open “%s”. The file is as it was. "
                              "Close other programs and try again.",
                              self->name);
    default:
      return NULL;
    }
}

/* Failures of connections that only read: there was no act. */
static char *
describe_reading (CcConnection *self, CcError reason)
{
  switch (reason)
    {
    case CC_ERROR_DAMAGED:
      return g_strdup_printf (
          "A part of “%s” cannot be read: the file or its disk is damaged. Nothing was changed; "
          "what stands in other parts can still be looked at. Close the file and have it repaired "
          "(%s), or restore the newest backup on another disk; keep this file for "
          "examination.",
          self->name, cc_repair_get_way ());
    case CC_ERROR_LOCKED:
      return g_strdup_printf ("“%s” is in use by another program at this moment and could not be "
                              "read. Nothing was changed. Try again in a minute.",
                              self->name);
    case CC_ERROR_LIMIT:
      return g_strdup_printf ("There was not enough memory to read “%s”. Nothing was changed. "
                              "Close "
                              "other programs and try again.",
                              self->name);
    case CC_ERROR_NO_SPACE:
    case CC_ERROR_READ_ONLY:
    case CC_ERROR_NOT_FOUND:
      return g_strdup_printf ("“%s” could not be read. Nothing was changed. Look whether the file "
                              "is still there, whether you may write in its folder and whether "
                              "its disk is full, and try again.",
                              self->name);
    default:
      return g_strdup_printf ("“%s” could not be read (%s). Nothing was changed. Please report "
                              "this.",
                              self->name,
                              self->db != NULL ? sqlite3_errmsg (self->db) : "no memory");
    }
}

/* Failures of acts. */
static char *
describe (CcConnection *self, CcError reason)
{
  switch (reason)
    {
    case CC_ERROR_NO_SPACE:
      return g_strdup_printf ("The disk that holds “%s” is full. The act was not carried out; the "
                              "file is as it was "
                              "before it. Free some space on that disk and try again.",
                              self->name);
    case CC_ERROR_DAMAGED:
      return g_strdup_printf (
          "A part of “%s” cannot be read or written: the file or its disk is damaged. The act was "
          "not carried out. Close the file and have it repaired (%s), or restore "
          "the newest backup on another disk; keep this file for examination.",
          self->name, cc_repair_get_way ());
    case CC_ERROR_LOCKED:
      return g_strdup_printf ("“%s” is in use by another program at this moment. The act was not "
                              "carried out. Try "
                              "again in a minute.",
                              self->name);
    case CC_ERROR_READ_ONLY:
      return g_strdup_printf (
          "“%s” is open for reading only, or its folder cannot be written. The act was not carried "
          "out. Open it where it can be written, or ask for the right to write.",
          self->name);
    case CC_ERROR_NOT_FOUND:
      return g_strdup_printf ("“%s” cannot be opened. Nothing was changed. Look whether the file "
                              "is still there and "
                              "whether you may write in its folder.",
                              self->name);
    case CC_ERROR_LIMIT:
      return g_strdup_printf ("There was not enough memory to go on with “%s”. The act was not "
                              "carried out; the file is as it was before it. Close other programs "
                              "and try again.",
                              self->name);
    default:
      return g_strdup_printf ("“%s” could not carry out a step (%s). The act was not carried out; "
                              "the file is as it "
                              "was before it. Please report this.",
                              self->name,
                              self->db != NULL ? sqlite3_errmsg (self->db) : "no memory");
    }
}

/**
 * Fills an error from a result code of SQLite, in words a user can act on.
 *
 * Returns: FALSE, so that it can stand in a return statement
 */
gboolean
cc_connection_fail (CcConnection *self, int code, GError **error)
{
  CcError          reason = classify (self->db, code);
  g_autofree char *message = NULL;

  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           "Cancelled. The case file is as it was before.");
      return FALSE;
    }
  if (self->opening && reason == CC_ERROR_LOCKED)
    reason = CC_ERROR_BUSY;
  if (reason == CC_ERROR_NO_SPACE && self->making
      && (self->opening || g_str_has_suffix (self->name, CC_PART_SUFFIX)))
    message = describe_making (self);
  else if (self->opening)
    message = describe_opening (self, reason);
  else if (self->reading)
    message = describe_reading (self, reason);
  if (message == NULL)
    message = describe (self, reason);
  g_set_error_literal (error, CC_ERROR, reason, message);
  return FALSE;
}

gboolean
cc_connection_in_transaction (CcConnection *self)
{
  return !sqlite3_get_autocommit (self->db);
}

static int
look_at_cancellable (gpointer data)
{
  CcConnection *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/**
 * Makes queries on this connection stop with G_IO_ERROR_CANCELLED soon after the cancellable is
 * cancelled. NULL ends that. A connection given back to the pool loses it by itself.
 */
void
cc_connection_set_cancellable (CcConnection *self, GCancellable *cancellable)
{
  g_return_if_fail (self != NULL);
  g_set_object (&self->cancellable, cancellable);
  if (cancellable != NULL)
    sqlite3_progress_handler (self->db, STEPS_PER_LOOK, look_at_cancellable, self);
  else
    sqlite3_progress_handler (self->db, 0, NULL, NULL);
}

/* Pages that a query fetched are what it has done; queries of a whole file fetch each about once.
 */
static int
look_at_progress (gpointer data)
{
  CcConnection *self = data;
  int           fetched = 0;
  int           highest = 0;

  (void) sqlite3_db_status (self->db, SQLITE_DBSTATUS_CACHE_MISS, &fetched, &highest, FALSE);
  return !cc_progress_update (self->progress, MIN ((guint64) (guint) fetched, self->progress_total),
                              NULL);
}

/**
 * Makes queries on a connection of its own report their progress in pages, and stop when it is
 * cancelled. Ends with the connection or with NULL.
 *
 * total: pages of the file
 */
void
cc_connection_set_progress (CcConnection *self, CcProgress *progress, guint64 total)
{
  self->progress = progress;
  self->progress_total = total;
  if (progress != NULL)
    sqlite3_progress_handler (self->db, STEPS_PER_LOOK, look_at_progress, self);
  else
    sqlite3_progress_handler (self->db, 0, NULL, NULL);
}

/**
 * A statement ready for binding: an idle one of the cache or a new one. A statement in use is never
 * handed out twice.
 *
 * Returns: (transfer full): the statement; give it back with cc_statement_release ()
 */
CcStatement *
cc_connection_prepare (CcConnection *self, const char *sql, GError **error)
{
  CcStatement  *statement;
  sqlite3_stmt *prepared = NULL;
  int           code;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);
  statement = g_hash_table_lookup (self->idle, sql);
  if (statement != NULL)
    {
      g_hash_table_remove (self->idle, sql);
      g_queue_unlink (&self->recent, &statement->link);
      return statement;
    }
  code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, NULL);
  if (code != SQLITE_OK)
    {
      cc_connection_fail (self, code, error);
      return NULL;
    }
  g_return_val_if_fail (prepared != NULL, NULL);
  statement = g_new0 (CcStatement, 1);
  statement->connection = self;
  statement->statement = prepared;
  statement->link.data = statement;
  return statement;
}

/**
 * Gives a statement back to its connection's cache, which holds a bounded number of them and drops
 * the one that was not used for longest. Allows NULL.
 */
void
cc_statement_release (CcStatement *self)
{
  CcConnection *connection;
  const char   *sql;

  if (self == NULL)
    return;
  connection = self->connection;
  sql = sqlite3_sql (self->statement);
  sqlite3_reset (self->statement);
  sqlite3_clear_bindings (self->statement);
  self->bound = SQLITE_OK;
  if (g_hash_table_contains (connection->idle, sql))
    {
      free_statement (self);
      return;
    }
  g_hash_table_insert (connection->idle, (char *) sql, self);
  g_queue_push_head_link (&connection->recent, &self->link);
  if (g_queue_get_length (&connection->recent) > MAX_IDLE)
    {
      CcStatement *last = g_queue_pop_tail_link (&connection->recent)->data;

      g_hash_table_remove (connection->idle, sqlite3_sql (last->statement));
      free_statement (last);
    }
}

/**
 * Runs SQL without values and without results: schema, pragmas, transactions. May hold several
 * statements.
 */
gboolean
cc_connection_execute (CcConnection *self, const char *sql, GError **error)
{
  int code;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);
  code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);
  return code == SQLITE_OK || cc_connection_fail (self, code, error);
}

/* The id of the last row inserted through this connection. */
gint64
cc_connection_last_id (CcConnection *self)
{
  return sqlite3_last_insert_rowid (self->db);
}

/**
 * First column of the first row as a number.
 *
 * Returns: the number; fallback where there is no row, the value is NULL or an error is set
 */
gint64
cc_connection_get_int64 (CcConnection *self, const char *sql, gint64 fallback, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (self, sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL || !cc_statement_step (statement, &has_row, error) || !has_row
      || cc_statement_is_null (statement, 0))
    return fallback;
  return cc_statement_int64 (statement, 0);
}

/* First column of the first row as a text; NULL where there is none or an error is set. */
char *
cc_connection_get_text (CcConnection *self, const char *sql, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (self, sql, error);
  const char *text;
  gboolean    has_row = FALSE;

  if (statement == NULL || !cc_statement_step (statement, &has_row, error) || !has_row)
    return NULL;
  text = cc_statement_text (statement, 0);
  return cc_statement_check (statement, error) ? g_strdup (text) : NULL;
}
