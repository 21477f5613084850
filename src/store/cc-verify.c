/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-emptied-private.h"
#include "cc-page-check-private.h"
#include "cc-proof-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Problems listed of one kind: a damaged file may have thousands. */
#define MAX_LISTED 50

#define HISTORY CC_VERIFY_HISTORY

static void add_problem (GPtrArray *problems, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_problem (GPtrArray *problems, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, args));
  va_end (args);
}

/* A query that cannot even be read is a finding, not a failure of the examination. */
static gboolean
take_damage (GPtrArray *problems, GError *problem, GError **error)
{
  if (g_error_matches (problem, CC_ERROR, CC_ERROR_DAMAGED))
    {
      add_problem (problems, "%s", problem->message);
      g_error_free (problem);
      return TRUE;
    }
  g_propagate_error (error, problem);
  return FALSE;
}

/* Pragmas that report a list of complaints; `fine` is the word for none. */
static gboolean
run_pragma (CcConnection *connection,
            const char   *sql,
            const char   *fine,
            const char   *what,
            GPtrArray    *problems,
            GError      **error)
{
  GError  *problem = NULL;
  gboolean has_row = TRUE;
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, &problem);

  for (guint n = 0; rows != NULL && has_row && n < MAX_LISTED; n++)
    {
      const char *text;

      if (!cc_statement_step (rows, &has_row, &problem))
        break;
      text = has_row ? cc_statement_text (rows, 0) : NULL;
      if (has_row && (fine == NULL || g_strcmp0 (text, fine) != 0))
        add_problem (problems, "%s: %s", what, text != NULL ? text : "");
    }
  return problem == NULL || take_damage (problems, problem, error);
}

typedef struct
{
  gint64  seq;
  char   *hash;
  guint64 n_changes; /* seen so far */
} Link;

/* The columns of a row as the program writes them: i a number, t a text without the byte 0, behind
 * which it would read no further, b bytes; as capitals they may be nothing. Hashes are made of what
 * is read, so what is not read would be free to change. To be asked before the row is read. */
static gboolean
stands_as_written (CcStatement *row, const char *kinds)
{
  for (int i = 0; kinds[i] != '\0'; i++)
    {
      const int   type = sqlite3_column_type (row->statement, i);
      const char  kind = g_ascii_tolower (kinds[i]);
      const char *text = kind == 't' && type == SQLITE_TEXT ? cc_statement_text (row, i) : NULL;

      if (type == SQLITE_NULL && kind != kinds[i])
        continue;
      if (type
              != (kind == 'i'   ? SQLITE_INTEGER
                  : kind == 't' ? SQLITE_TEXT
                                : SQLITE_BLOB)
          || (text != NULL && strlen (text) != (gsize) sqlite3_column_bytes (row->statement, i)))
        return FALSE;
    }
  return TRUE;
}

/* Recomputes the hash over the changes of one act. */
static gboolean
hash_changes (CcStatement *changes,
              CcMac       *mac,
              gint64       seq,
              CcProgress  *progress,
              Link        *link,
              gint64      *n,
              gboolean    *as_made,
              char       **content_hash,
              GError     **error)
{
  g_autoptr (CcDigest) digest = cc_digest_new ();
  gboolean has_row = TRUE;

  *n = 0;
  *as_made = TRUE;
  cc_statement_reset (changes);
  cc_statement_bind_int64 (changes, 1, seq);
  for (;;)
    {
      guint8        hash[CC_HASH_SIZE] = { 0 };
      gconstpointer salt;
      gconstpointer kept;
      gsize         salt_size;
      gsize         kept_size;

      if (!cc_statement_step (changes, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      if (!cc_progress_update (progress, ++link->n_changes, error))
        return FALSE;
      *as_made = *as_made && stands_as_written (changes, "itTTTBB");
      salt = cc_statement_blob (changes, 5, &salt_size);
      kept = cc_statement_blob (changes, 6, &kept_size);
      /* Where the content is there, it is what counts. */
      if (salt != NULL)
        cc_audit_mac (mac, salt, salt_size, cc_statement_text (changes, 1),
                      cc_statement_text (changes, 2), cc_statement_text (changes, 3),
                      cc_statement_text (changes, 4), hash);
      else if (kept != NULL && kept_size == sizeof hash)
        memcpy (hash, kept, sizeof hash);
      cc_digest_add_raw (digest, hash, sizeof hash);
      *as_made = *as_made && cc_statement_int64 (changes, 0) == *n;
      (*n)++;
    }
  *content_hash = cc_digest_end_hex (digest);
  return TRUE;
}

static gboolean
check_act (CcStatement *act,
           CcStatement *changes,
           CcMac       *mac,
           CcProgress  *progress,
           Link        *link,
           GPtrArray   *problems,
           GError     **error)
{
  const gint64     seq = cc_statement_int64 (act, 0);
  const gboolean   as_written = stands_as_written (act, "iittittt");
  const char      *prev = cc_statement_text (act, 6);
  g_autofree char *content_hash = NULL;
  g_autofree char *hash = NULL;
  gint64           n;
  gboolean         as_made;

  if (!hash_changes (changes, mac, seq, progress, link, &n, &as_made, &content_hash, error))
    return FALSE;
  hash = cc_audit_hash (seq, cc_statement_int64 (act, 1), cc_statement_text (act, 2),
                        cc_statement_text (act, 3), cc_statement_int64 (act, 4),
                        cc_statement_text (act, 5), prev);
  if (seq != link->seq + 1)
    add_problem (problems,
                 HISTORY "an act is missing between numbers %" G_GINT64_FORMAT
                         " and %" G_GINT64_FORMAT ".",
                 link->seq, seq);
  if (!as_made || n != cc_statement_int64 (act, 4)
      || g_strcmp0 (content_hash, cc_statement_text (act, 5)) != 0)
    add_problem (problems,
                 HISTORY "the changes noted for act %" G_GINT64_FORMAT
                         " are not those that were made.",
                 seq);
  if (g_strcmp0 (hash, cc_statement_text (act, 7)) != 0 || g_strcmp0 (prev, link->hash) != 0
      || !as_written)
    add_problem (problems,
                 HISTORY "act %" G_GINT64_FORMAT " was altered, or does not follow the one "
                         "before it.",
                 seq);
  link->seq = seq;
  g_free (link->hash);
  link->hash = g_strdup (cc_statement_text (act, 7));
  return TRUE;
}

/* after: the act behind which to begin; 0 for the whole chain. hash: (nullable): of that act */
static gboolean
check_chain (CcConnection *connection,
             gint64        after,
             const char   *hash,
             CcProgress   *progress,
             GPtrArray    *problems,
             GError      **error)
{
  g_autoptr (CcStatement) acts = NULL;
  g_autoptr (CcStatement) changes = NULL;
  g_autoptr (CcMac) mac = cc_mac_new ();
  g_autofree char *last = NULL;
  Link             link = { after, g_strdup (hash != NULL ? hash : ""), 0 };
  gboolean         has_row = TRUE;
  gboolean         ok = TRUE;

  cc_progress_begin (progress, "progress.verify",
                     (guint64) cc_connection_get_int64 (connection,
                                                        "SELECT count(*) FROM audit_change", 0,
                                                        NULL));
  acts = cc_connection_prepare (connection,
                                "SELECT seq, time, user, act, n, content_hash, prev, hash"
                                " FROM audit WHERE seq > ?1 ORDER BY seq",
                                error);
  changes = cc_connection_prepare (connection,
                                   "SELECT n, tbl, key, before, after, salt, mac"
                                   " FROM audit_change WHERE seq = ?1 ORDER BY n",
                                   acts != NULL ? error : NULL);
  ok = acts != NULL && changes != NULL;
  if (ok)
    cc_statement_bind_int64 (acts, 1, after);
  while (ok && has_row)
    {
      ok = cc_statement_step (acts, &has_row, error);
      if (ok && has_row)
        ok = check_act (acts, changes, mac, progress, &link, problems, error);
    }
  if (ok && link.seq == 0)
    add_problem (problems, HISTORY "it is empty, though the file's creation is its first act.");
  last = link.hash;
  return ok;
}

/* The acts behind one, as far as they follow from it. problems: sentences are added */
gboolean
cc_verify_chain_from (CcConnection *connection,
                      gint64        seq,
                      const char   *hash,
                      GPtrArray    *problems,
                      GError      **error)
{
  return check_chain (connection, seq, hash, NULL, problems, error);
}

static gboolean
check_orphans (CcConnection *connection, GPtrArray *problems, GError **error)
{
  GError      *problem = NULL;
  const gint64 n = cc_connection_get_int64 (connection,
                                            "SELECT count (*) FROM audit_change WHERE seq NOT IN "
                                            "(SELECT seq FROM audit)",
                                            0, &problem);

  if (problem != NULL)
    return take_damage (problems, problem, error);
  if (n > 0)
    add_problem (problems, HISTORY "%" G_GINT64_FORMAT " changes belong to no act.", n);
  return TRUE;
}

/* What was removed from the history leaves its hash alone, and the removal names it; what was not
 * has none beside it. */
static gboolean
check_emptied (CcConnection *connection, GPtrArray *problems, GError **error)
{
  GError      *problem = NULL;
  const gint64 n =
      cc_connection_get_int64 (connection,
                               "SELECT count (*) FROM audit_change WHERE (salt IS NULL) <> (mac IS "
                               "NOT NULL)"
                               " OR (salt IS NULL AND (before IS NOT NULL OR after IS NOT NULL))",
                               0, &problem);

  if (problem != NULL)
    return take_damage (problems, problem, error);
  if (n > 0)
    add_problem (problems,
                 HISTORY "%" G_GINT64_FORMAT " changes say more or less than was noted of them.",
                 n);
  return cc_emptied_check (connection, problems, &problem)
         || take_damage (problems, problem, error);
}

/* The database's own check reads every page that is in use about once. */
static gboolean
check_structure (CcConnection *connection,
                 CcProgress   *progress,
                 GPtrArray    *problems,
                 GError      **error)
{
  const guint64 n_pages =
      (guint64) cc_connection_get_int64 (connection, "PRAGMA page_count", 0, NULL);
  gboolean ok;

  cc_progress_begin (progress, "progress.verify", n_pages);
  cc_connection_set_progress (connection, progress, n_pages);
  ok = run_pragma (connection, "PRAGMA integrity_check", "ok", "Database", problems, error)
       && run_pragma (connection, "PRAGMA foreign_key_check", NULL,
                      "Rows that point to nothing in table", problems, error);
  cc_connection_set_progress (connection, NULL, 0);
  return ok;
}

/**
 * Examines what a connection leads to: the code of each page on the disk, the structure, references
 * between tables, the chain recomputed from its first act. All of one state, however many acts run
 * meanwhile.
 *
 * connection: outside a transaction; the schema may be an older one
 * path, key: of the file behind it
 * progress: (nullable): phase "progress.verify", several times
 */
gboolean
cc_verify_connection (CcConnection *connection,
                      const char   *path,
                      const CcKey  *key,
                      CcProgress   *progress,
                      GPtrArray    *problems,
                      GError      **error)
{
  GError  *problem = NULL;
  gboolean ok;

  if (!cc_page_check_run (path, key, progress, problems, error))
    return FALSE;
  /* After a page that cannot be decrypted every other answer would be about that page. */
  if (problems->len > 0)
    return TRUE;
  if (!cc_connection_execute (connection, "BEGIN", error))
    return FALSE;
  ok = check_structure (connection, progress, problems, error);
  if (ok && !check_chain (connection, 0, NULL, progress, problems, &problem))
    ok = take_damage (problems, problem, error);
  ok = ok && check_orphans (connection, problems, error)
       && check_emptied (connection, problems, error);
  (void) cc_connection_execute (connection, "ROLLBACK", NULL);
  return ok;
}

/* Where the database itself is damaged, what its rows say proves nothing. */
static gboolean
can_be_proven (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (!g_str_has_prefix (g_ptr_array_index (problems, i), HISTORY))
      return FALSE;
  return TRUE;
}

static gboolean
check_content (CcCaseFile   *self,
               CcConnection *connection,
               CcProgress   *progress,
               GPtrArray    *problems,
               GError      **error)
{
  GError  *problem = NULL;
  gboolean ok;

  if (!can_be_proven (problems))
    return TRUE;
  if (!cc_connection_execute (connection, "BEGIN", error))
    return FALSE;
  ok = cc_proof_run (self, connection, progress, problems, &problem)
       || take_damage (problems, problem, error);
  (void) cc_connection_execute (connection, "ROLLBACK", NULL);
  return ok;
}

/**
 * Examines the file: the codes of all encrypted pages, the database's structure, references between
 * tables, the audit chain, recomputed from its first act, and that what stands in the file is what
 * the chain says, as far as it says it. Changes nothing.
 *
 * progress: (nullable): phase "progress.verify"
 * problems: (out) (transfer full) (element-type utf8): sentences; empty when all is well
 *
 * Returns: TRUE when the examination was carried out, whatever it found
 */
gboolean
cc_case_file_verify_with (CcCaseFile *self,
                          CcProgress *progress,
                          GPtrArray **problems,
                          GError    **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  CcConnection *connection;
  gboolean      ok;

  g_return_val_if_fail (self != NULL && problems != NULL, FALSE);
  connection = cc_case_file_acquire_reader (self, error);
  if (connection == NULL)
    return FALSE;
  ok = cc_verify_connection (connection, self->path, self->key, progress, found, error)
       && check_content (self, connection, progress, found, error);
  cc_case_file_release_reader (self, connection);
  if (ok)
    *problems = g_steal_pointer (&found);
  return ok;
}

/* The same without progress. */
gboolean
cc_case_file_verify (CcCaseFile *self, GPtrArray **problems, GError **error)
{
  return cc_case_file_verify_with (self, NULL, problems, error);
}

/**
 * Examines the audit chain alone, recomputed from its first act: quicker than the whole file. The
 * first problem names the first broken link.
 *
 * progress: (nullable): phase "progress.verify"
 * problems: (out) (transfer full) (element-type utf8): sentences; empty when all is well
 */
gboolean
cc_case_file_verify_history (CcCaseFile *self,
                             CcProgress *progress,
                             GPtrArray **problems,
                             GError    **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  GError       *problem = NULL;
  CcConnection *connection;
  gboolean      ok;

  g_return_val_if_fail (self != NULL && problems != NULL, FALSE);
  connection = cc_case_file_acquire_reader (self, error);
  if (connection == NULL)
    return FALSE;
  ok = cc_connection_execute (connection, "BEGIN", error);
  if (ok)
    ok = check_chain (connection, 0, NULL, progress, found, &problem)
         || take_damage (found, problem, error);
  ok = ok && check_orphans (connection, found, error) && check_emptied (connection, found, error);
  cc_case_file_release_reader (self, connection);
  if (ok)
    *problems = g_steal_pointer (&found);
  return ok;
}

/**
 * Removals of identifiers that do not name what they took out of the history: those of earlier
 * versions of the program. What stood there is not proven, and that it was they who took it out is
 * proven from the next act on that names what it finds empty.
 *
 * n: (out)
 */
gboolean
cc_case_file_count_nameless_removals (CcCaseFile *self, gint64 *n, GError **error)
{
  CcConnection *connection;
  gboolean      ok;

  g_return_val_if_fail (self != NULL && n != NULL, FALSE);
  connection = cc_case_file_acquire_reader (self, error);
  if (connection == NULL)
    return FALSE;
  ok = cc_emptied_count_nameless (connection, n, error);
  cc_case_file_release_reader (self, connection);
  return ok;
}

/**
 * The hash of the last act. Printed in releases and backups (a workbook prints that of the last act
 * that is no export, see cc_release_find_head ()), it is an anchor: whoever
 * holds it can prove later that the history up to there was not cut or written anew.
 *
 * Returns: (transfer full): 64 hexadecimal digits; %NULL also where there is no act at all
 */
char *
cc_case_file_head_hash (CcCaseFile *self, GError **error)
{
  CcConnection *connection = cc_case_file_acquire_reader (self, error);
  char         *hash;

  if (connection == NULL)
    return NULL;
  hash = cc_connection_get_text (connection, "SELECT hash FROM audit ORDER BY seq DESC LIMIT 1",
                                 error);
  cc_case_file_release_reader (self, connection);
  if (hash == NULL && (error == NULL || *error == NULL))
    g_set_error_literal (error, CC_ERROR, CC_ERROR_DAMAGED,
                         "The history is empty, though the first act of each case file is that it "
                         "was made: somebody took it out. Nothing was changed. Restore the newest "
                         "backup, and keep this file for examination.");
  return hash;
}

/**
 * Looks for an anchor in the chain. Meaningful together with a chain that cc_case_file_verify ()
 * found whole.
 *
 * seq: (out): the act whose hash it is; 0 where no act has it: the history was cut or rewritten
 */
gboolean
cc_case_file_find_anchor (CcCaseFile *self, const char *hash, gint64 *seq, GError **error)
{
  CcConnection *connection = cc_case_file_acquire_reader (self, error);
  gboolean      has_row = FALSE;
  gboolean      ok;

  *seq = 0;
  if (connection == NULL)
    return FALSE;
  {
    g_autoptr (CcStatement) find =
        cc_connection_prepare (connection, "SELECT seq FROM audit WHERE hash = ?1", error);

    if (find != NULL)
      cc_statement_bind_text (find, 1, hash);
    ok = find != NULL && cc_statement_step (find, &has_row, error);
    if (ok && has_row)
      *seq = cc_statement_int64 (find, 0);
  }
  cc_case_file_release_reader (self, connection);
  return ok;
}
