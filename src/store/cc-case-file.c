/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-copy-private.h"
#include "cc-family-private.h"
#include "cc-repair-private.h"
#include "cc-unit-plan-private.h"

#include <cc/base/cc-error.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What is the same for a created and an opened file: fields, closing, and small answers. */

static CcStatement *
prepare_meta (CcConnection *connection, const char *key, GError **error)
{
  CcStatement *find =
      cc_connection_prepare (connection, "SELECT value FROM meta WHERE key = ?1", error);

  if (find != NULL)
    cc_statement_bind_text (find, 1, key);
  return find;
}

/**
 * One entry of the table meta.
 *
 * Returns: (transfer full) (nullable): the text; NULL where there is none or an error is set
 */
char *
cc_case_file_read_meta (CcConnection *connection, const char *key, GError **error)
{
  g_autoptr (CcStatement) find = prepare_meta (connection, key, error);
  gboolean has_row;

  if (find == NULL || !cc_statement_step (find, &has_row, error) || !has_row)
    return NULL;
  return g_strdup (cc_statement_text (find, 0));
}

gboolean
cc_case_file_write_meta (CcConnection *connection,
                         const char   *key,
                         const char   *value,
                         GError      **error)
{
  g_autoptr (CcStatement) insert =
      cc_connection_prepare (connection, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)", error);

  if (insert == NULL)
    return FALSE;
  cc_statement_bind_text (insert, 1, key);
  cc_statement_bind_text (insert, 2, value);
  return cc_statement_run (insert, error);
}

/* Reads what the file says about itself into the fields. */
gboolean
cc_case_file_load_meta (CcCaseFile *self, CcConnection *connection, GError **error)
{
  g_autofree char *practice = NULL;
  g_autofree char *secret = NULL;
  GError          *problem = NULL;
  gboolean         known;

  self->country = cc_case_file_read_meta (connection, "country", &problem);
  if (problem == NULL)
    practice = cc_case_file_read_meta (connection, "practice", &problem);
  if (problem == NULL)
    secret = cc_case_file_read_meta (connection, "record-secret", &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  self->practice = g_strcmp0 (practice, "1") == 0;
  known = cc_hex_to_bytes (secret, self->record_secret, sizeof self->record_secret);
  if (secret != NULL)
    cc_crypto_wipe (secret, strlen (secret));
  if (!known || self->country == NULL)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                   "“%s” lacks its country or the secret by which records are recognised. Nothing "
                   "was "
                   "changed. Restore the newest backup.",
                   self->name);
      return FALSE;
    }
  self->family = cc_family_read (connection, error);
  if (self->family == NULL)
    return FALSE;
  self->cipher = cc_connection_get_text (connection, "PRAGMA cipher_version", error);
  return self->cipher != NULL;
}

/* The plans and ids that storing and reading records needs. Needs the dictionary. */
gboolean
cc_case_file_build_plans (CcCaseFile *self, GError **error)
{
  static const CcNoValue kinds[] = { CC_NO_VALUE_UNKNOWN, CC_NO_VALUE_NOT_COLLECTED,
                                     CC_NO_VALUE_REFUSED, CC_NO_VALUE_NOT_APPLICABLE };

  self->plans = g_new0 (CcUnitPlan *, cc_pack_get_n_units (self->pack) + 1);
  for (guint i = 0; i < cc_pack_get_n_units (self->pack); i++)
    self->plans[i] = cc_unit_plan_new (self->pack, self->dictionary, i);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const CcCode *code =
          cc_pack_find_code (self->pack, "_NOVALUE", cc_no_value_to_code (kinds[i]));

      if (code == NULL)
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "The classification pack lacks the code %s of list _NOVALUE.",
                       cc_no_value_to_code (kinds[i]));
          return FALSE;
        }
      self->no_value_ids[kinds[i]] = cc_dictionary_get_code (self->dictionary, code);
    }
  return TRUE;
}

/* A journal that an error of the disk left before it was used. SQLite never reads one that begins
 * with a zero, but removes it only after the next act. */
static void
clear_unused_journal (const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  const int        fd = open (journal, O_RDONLY | O_CLOEXEC);
  guint8           first = 0;

  if (fd < 0)
    return;
  if (read (fd, &first, 1) >= 0 && first == 0)
    (void) unlink (journal);
  close (fd);
}

/* Writes the log of committed acts into the file and leaves one file behind. Another process that
 * reads keeps the log alive; its last reader or the next writer clears it away. */
static gboolean
settle (CcCaseFile *self, CcConnection *connection, GError **error)
{
  g_autofree char *mode = NULL;
  GError          *problem = NULL;

  if (!cc_connection_execute (connection, "PRAGMA wal_checkpoint (TRUNCATE)", &problem))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  sqlite3_busy_timeout (connection->db, 0);
  mode = cc_connection_get_text (connection, "PRAGMA journal_mode = DELETE", &problem);
  if (problem != NULL && !g_error_matches (problem, CC_ERROR, CC_ERROR_LOCKED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (problem == NULL)
    clear_unused_journal (self->path);
  g_clear_error (&problem);
  return TRUE;
}

/* What was open lives on in this process alone, as another file has its name: it is kept beside it.
 */
static gboolean
keep_replaced (CcCaseFile *self, CcConnection *connection, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  g_autofree char *stem = g_str_has_suffix (self->path, ".casecount")
                              ? g_strndup (self->path, strlen (self->path) - strlen (".casecount"))
                              : g_strdup (self->path);
  g_autofree char *path = g_strconcat (stem, "-kept-", time, ".casecount", NULL);
  g_autofree char *name = g_path_get_basename (path);

  if (!cc_copy_connection (connection, self->key, path, NULL, error))
    {
      g_prefix_error (error,
                      "Another file was put in the place of “%s” while it was open, and what was "
                      "open could not be kept beside it. Restore the newest backup. ",
                      self->name);
      return FALSE;
    }
  g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
               "Another file was put in the place of “%s” while it was open. It was not touched. "
               "What was open here was kept beside it as “%s”, with all that was done in it. Look "
               "at both and bring one into the other.",
               self->name, name);
  return FALSE;
}

/* Always FALSE: whoever closes a file that is not where it was opened must know. */
static gboolean
leave_replaced (CcCaseFile *self, CcConnection *connection, GError **error)
{
  const gboolean   other = access (self->path, F_OK) == 0;
  g_autofree char *mode = NULL;
  gboolean         written;

  if (other)
    (void) keep_replaced (self, connection, error);
  written = cc_connection_execute (connection, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  sqlite3_busy_timeout (connection->db, 0);
  /* The log must not stay beside another file. */
  mode = cc_connection_get_text (connection, "PRAGMA journal_mode = DELETE", NULL);
  if (!other && written)
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 "“%s” was moved, renamed or removed while it was open. All that was done in it is "
                 "in that file: look for it under another name, in another folder or among what "
                 "was thrown away.",
                 self->name);
  else if (!other)
    g_set_error (error, CC_ERROR, CC_ERROR_FAILED,
                 "“%s” is no longer where it was opened, perhaps as its disk was taken out. What "
                 "was done in it is on that disk, in the file and in “%s-wal” beside it together: "
                 "keep both in one folder, and open the file from there.",
                 self->name, self->name);
  return FALSE;
}

/**
 * Closes the file: waits for the acts under way, writes everything into the one file and ends the
 * lock. Readers must have been given back. The object stays until cc_case_file_free ().
 *
 * Returns: FALSE with CC_ERROR_LOCKED while a reader is out (nothing happened), or with another
 *   error where the last step failed: then all acts are safe in FILE and FILE-wal together, or
 *   where FILE was moved or replaced meanwhile: the message says where the acts are
 */
gboolean
cc_case_file_close (CcCaseFile *self, GError **error)
{
  gboolean ok = TRUE;
  gboolean settled = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  if (self->readers != NULL && !cc_reader_pool_is_idle (self->readers))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_LOCKED,
                   "“%s” is still being read, so it stays open. Wait until the work under way has "
                   "ended, then close it.",
                   self->name);
      return FALSE;
    }
  if (self->writer != NULL)
    cc_writer_stop (self->writer);
  g_clear_pointer (&self->readers, cc_reader_pool_free);
  g_clear_pointer (&self->watcher, cc_connection_close);
  if (self->writer != NULL && cc_writer_get_connection (self->writer) != NULL)
    {
      CcConnection *connection = cc_writer_get_connection (self->writer);

      ok = self->inode != 0 && cc_case_file_is_replaced (self)
               ? leave_replaced (self, connection, error)
               : settle (self, connection, error);
      settled = ok;
    }
  g_clear_pointer (&self->writer, cc_writer_free);
  if (settled && !self->unnamed)
    cc_repair_keep_beginning (self->path);
  g_clear_pointer (&self->lock, cc_file_lock_free);
  g_clear_pointer (&self->key, cc_key_free);
  return ok;
}

/* Closes, where that was not done, and frees. Allows NULL. */
void
cc_case_file_free (CcCaseFile *self)
{
  if (self == NULL)
    return;
  /* A last step that failed has been answered for by what failed before it; only a reader that is
   * still out keeps the file open. */
  if (self->readers != NULL && !cc_case_file_close (self, NULL) && self->readers != NULL)
    g_critical ("a reader of “%s” was not given back", self->name);
  for (guint i = 0; self->plans != NULL && i < cc_pack_get_n_units (self->pack); i++)
    cc_unit_plan_free (self->plans[i]);
  g_free (self->plans);
  cc_dictionary_free (self->dictionary);
  cc_reader_pool_free (self->readers);
  cc_writer_free (self->writer);
  cc_file_lock_free (self->lock);
  cc_key_free (self->key);
  cc_crypto_wipe (self->record_secret, sizeof self->record_secret);
  if (self->kept != NULL)
    self->free_kept (self->kept);
  g_clear_pointer (&self->watcher, cc_connection_close);
  g_mutex_clear (&self->user_lock);
  g_mutex_clear (&self->watch_lock);
  cc_pack_unref (self->pack);
  g_free (self->user);
  g_free (self->country);
  g_free (self->cipher);
  g_free (self->family);
  g_free (self->pack_checksum);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

CcPack *
cc_case_file_get_pack (CcCaseFile *self)
{
  return self->pack;
}

const char *
cc_case_file_get_path (CcCaseFile *self)
{
  return self->path;
}

const char *
cc_case_file_get_country (CcCaseFile *self)
{
  return self->country;
}

gboolean
cc_case_file_is_practice (CcCaseFile *self)
{
  return self->practice;
}

gboolean
cc_case_file_is_read_only (CcCaseFile *self)
{
  return self->writer == NULL;
}

int
cc_case_file_get_schema_version (CcCaseFile *self)
{
  return self->schema_version;
}

int
cc_case_file_get_opened_version (CcCaseFile *self)
{
  return self->opened_version;
}

gboolean
cc_case_file_is_of_earlier_edition (CcCaseFile *self)
{
  g_autofree char *current = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  if (!cc_case_file_is_read_only (self))
    return FALSE;
  current = cc_pack_get_checksum (self->pack);
  return self->schema_version < CC_SCHEMA_VERSION || g_strcmp0 (self->pack_checksum, current) != 0;
}

/* Returns: (transfer full): such as "SQLCipher 4.6.1 community" */
char *
cc_case_file_get_cipher (CcCaseFile *self)
{
  return g_strconcat ("SQLCipher ", self->cipher, NULL);
}

/* Returns: the id, 0 where the file does not know the variable (an older pack, open read-only) */
gint64
cc_case_file_variable_id (CcCaseFile *self, const CcVariable *variable)
{
  return cc_dictionary_get_variable (self->dictionary, variable);
}

gint64
cc_case_file_code_id (CcCaseFile *self, const CcCode *code)
{
  return cc_dictionary_get_code (self->dictionary, code);
}

/* Returns: (nullable): NULL for 0 and for variables that the pack no longer has */
const CcVariable *
cc_case_file_variable_from_id (CcCaseFile *self, gint64 id)
{
  return cc_dictionary_find_variable (self->dictionary, id);
}

/* Returns: (nullable): NULL for roll-up targets and for codes that the pack no longer has */
const CcCode *
cc_case_file_code_from_id (CcCaseFile *self, gint64 id)
{
  return cc_dictionary_find_code (self->dictionary, id);
}

static char *usual_user;

void
cc_case_file_set_usual_user (const char *name)
{
  g_return_if_fail (name != NULL);
  g_free (usual_user);
  usual_user = g_strdup (name);
}

const char *
cc_case_file_get_usual_user (void)
{
  return usual_user != NULL ? usual_user : "";
}

/* Sets who signs the next acts: chosen at unlock, self-declared, not checked. */
void
cc_case_file_set_user (CcCaseFile *self, const char *name)
{
  g_return_if_fail (self != NULL && name != NULL);
  g_mutex_lock (&self->user_lock);
  g_free (self->user);
  self->user = g_strdup (name);
  g_mutex_unlock (&self->user_lock);
}

/**
 * cc_case_file_swap_kept:
 * @kept: (nullable) (transfer full): what counting wants to find again, kept until it is asked for
 *   or the file is freed
 * @free_kept: frees it
 *
 * Takes one thing in exchange for another, so that two threads never hold the same.
 *
 * Returns: (nullable) (transfer full): what was kept so far
 */
gpointer
cc_case_file_swap_kept (CcCaseFile *self, gpointer kept, GDestroyNotify free_kept)
{
  gpointer before;

  g_return_val_if_fail (self != NULL, NULL);
  g_mutex_lock (&self->user_lock);
  before = self->kept;
  self->kept = kept;
  self->free_kept = free_kept;
  g_mutex_unlock (&self->user_lock);
  return before;
}

/* Returns: (transfer full) */
char *
cc_case_file_get_user (CcCaseFile *self)
{
  char *name;

  g_mutex_lock (&self->user_lock);
  name = g_strdup (self->user != NULL && *self->user != '\0' ? self->user
                                                             : cc_case_file_get_usual_user ());
  g_mutex_unlock (&self->user_lock);
  return name;
}
