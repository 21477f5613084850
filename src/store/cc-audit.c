/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"

#include <string.h>

/* Each change carries an HMAC-SHA-256 under a salt of its own; the act's content_hash is the
 * SHA-256 over these in order; the act's hash takes in content_hash and the hash of the act before.
 * So a purge may remove what a change said and still prove that nothing else was touched. */

#define SALT_SIZE  16
#define SALT_STOCK (SALT_SIZE * 256)

void
cc_audit_mac (CcMac        *mac,
              gconstpointer salt,
              gsize         salt_size,
              const char   *table,
              const char   *key,
              const char   *before,
              const char   *after,
              guint8        hash[CC_HASH_SIZE])
{
  cc_mac_begin (mac, salt, salt_size);
  cc_mac_add_text (mac, table);
  cc_mac_add_text (mac, key);
  cc_mac_add_text (mac, before);
  cc_mac_add_text (mac, after);
  cc_mac_end (mac, hash);
}

/* Returns: (transfer full): the act's hash in hexadecimal */
char *
cc_audit_hash (gint64      seq,
               gint64      time,
               const char *user,
               const char *act,
               gint64      n,
               const char *content_hash,
               const char *prev)
{
  g_autoptr (CcDigest) digest = cc_digest_new ();

  cc_digest_add_int64 (digest, seq);
  cc_digest_add_int64 (digest, time);
  cc_digest_add_text (digest, user);
  cc_digest_add_text (digest, act);
  cc_digest_add_int64 (digest, n);
  cc_digest_add_text (digest, content_hash);
  cc_digest_add_text (digest, prev);
  return cc_digest_end_hex (digest);
}

/* Random bytes are fetched in stock: one call per change would cost more than the change. */
static gboolean
take_salt (CcAct *self, guint8 salt[SALT_SIZE], GError **error)
{
  if (self->salts->len < SALT_SIZE)
    {
      g_byte_array_set_size (self->salts, SALT_STOCK);
      if (!cc_crypto_random (self->salts->data, SALT_STOCK, error))
        return FALSE;
    }
  memcpy (salt, self->salts->data + self->salts->len - SALT_SIZE, SALT_SIZE);
  g_byte_array_set_size (self->salts, self->salts->len - SALT_SIZE);
  return TRUE;
}

/**
 * Notes one change for the audit chain. The caller makes the change itself through the act's
 * connection; in the chain, order is the order of these calls.
 *
 * table, key: what was changed; key is a row id or another key of the table
 * before, after: (nullable): NULL before stands for a new row, NULL after for a removed one
 */
gboolean
cc_act_log (CcAct      *self,
            const char *table,
            const char *key,
            const char *before,
            const char *after,
            GError    **error)
{
  CcStatement *insert = cc_act_statement (self, CC_SQL_INSERT_CHANGE, error);
  guint8       salt[SALT_SIZE];
  guint8       hash[CC_HASH_SIZE];

  if (insert == NULL || !cc_act_needs_audit (self, error) || !take_salt (self, salt, error))
    return FALSE;
  cc_audit_mac (self->mac, salt, SALT_SIZE, table, key, before, after, hash);
  cc_digest_add_raw (self->changes, hash, sizeof hash);
  cc_statement_bind_int64 (insert, 1, self->seq);
  cc_statement_bind_int64 (insert, 2, self->n_changes++);
  cc_statement_bind_text (insert, 3, table);
  cc_statement_bind_text (insert, 4, key);
  cc_statement_bind_text (insert, 5, before);
  cc_statement_bind_text (insert, 6, after);
  cc_statement_bind_blob (insert, 7, salt, SALT_SIZE);
  return cc_statement_run (insert, error);
}

static gboolean
append_row (CcConnection *connection,
            gint64        seq,
            gint64        time,
            const char   *user,
            const char   *act,
            gint64        n,
            const char   *content_hash,
            GError      **error)
{
  g_autoptr (CcStatement) insert = NULL;
  g_autofree char *prev = NULL;
  g_autofree char *hash = NULL;
  GError          *problem = NULL;

  prev = cc_connection_get_text (connection, "SELECT hash FROM audit ORDER BY seq DESC LIMIT 1",
                                 &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (prev == NULL)
    prev = g_strdup ("");
  insert =
      cc_connection_prepare (connection,
                             "INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", error);
  if (insert == NULL)
    return FALSE;
  if (*user == '\0')
    user = cc_case_file_get_usual_user ();
  hash = cc_audit_hash (seq, time, user, act, n, content_hash, prev);
  cc_statement_bind_int64 (insert, 1, seq);
  cc_statement_bind_int64 (insert, 2, time);
  cc_statement_bind_text (insert, 3, user);
  cc_statement_bind_text (insert, 4, act);
  cc_statement_bind_int64 (insert, 5, n);
  cc_statement_bind_text (insert, 6, content_hash);
  cc_statement_bind_text (insert, 7, prev);
  cc_statement_bind_text (insert, 8, hash);
  return cc_statement_run (insert, error);
}

/* The act's own row, at its end. */
gboolean
cc_audit_append (CcAct *self, const char *name, GError **error)
{
  g_autofree char *content_hash = cc_digest_end_hex (self->changes);
  g_autofree char *user = cc_case_file_get_user (self->file);

  return append_row (self->connection, self->seq, self->time, user, name, self->n_changes,
                     content_hash, error);
}

/* A change of an act of the program's own. */
static gboolean
insert_change (CcConnection *connection,
               CcDigest     *changes,
               gint64        seq,
               gint64        n,
               const char   *table,
               const char   *key,
               const char   *before,
               const char   *after,
               GError      **error)
{
  guint8 salt[SALT_SIZE];
  guint8 hash[CC_HASH_SIZE];
  g_autoptr (CcMac) mac = cc_mac_new ();
  g_autoptr (CcStatement) insert = NULL;

  if (!cc_crypto_random (salt, SALT_SIZE, error))
    return FALSE;
  cc_audit_mac (mac, salt, SALT_SIZE, table, key, before, after, hash);
  cc_digest_add_raw (changes, hash, sizeof hash);
  insert = cc_connection_prepare (connection,
                                  "INSERT INTO audit_change (seq, n, tbl, key, before, after, salt)"
                                  " VALUES (?1, ?7, ?2, ?3, ?4, ?5, ?6)",
                                  error);
  if (insert == NULL)
    return FALSE;
  cc_statement_bind_int64 (insert, 1, seq);
  cc_statement_bind_text (insert, 2, table);
  cc_statement_bind_text (insert, 3, key);
  cc_statement_bind_text (insert, 4, before);
  cc_statement_bind_text (insert, 5, after);
  cc_statement_bind_blob (insert, 6, salt, SALT_SIZE);
  cc_statement_bind_int64 (insert, 7, n);
  return cc_statement_run (insert, error);
}

static gboolean
find_last (CcConnection *connection, gint64 *last, GError **error)
{
  GError *problem = NULL;

  *last = cc_connection_get_int64 (connection, "SELECT max (seq) FROM audit", 0, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* What the program does of its own accord in opening a file is signed by it where nobody works yet.
 */
static const char *
sign_own (const char *user)
{
  if (*user == '\0')
    user = cc_case_file_get_usual_user ();
  return *user != '\0' ? user : CC_AUDIT_PROGRAM;
}

gboolean
cc_history_act_is_by_program (const CcHistoryAct *self)
{
  /* Earlier versions left these without a name. */
  static const char *const own[] = { "pack", "seal", "migrate", "rebuild-cache" };

  if (*self->user != '\0')
    return strcmp (self->user, CC_AUDIT_PROGRAM) == 0;
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (strcmp (self->name, own[i]) == 0)
      return self->n_changes == 0 || i > 0;
  return FALSE;
}

/* A row with one change, or none where table is NULL. The salt and the proof are those of every
 * change. */
static gboolean
append_signed (CcConnection *connection,
               const char   *name,
               const char   *user,
               const char   *table,
               const char   *key,
               const char   *before,
               const char   *after,
               GError      **error)
{
  g_autoptr (CcDigest) changes = cc_digest_new ();
  g_autofree char *content_hash = NULL;
  gint64           last;

  if (!find_last (connection, &last, error))
    return FALSE;
  if (table != NULL
      && !insert_change (connection, changes, last + 1, 0, table, key, before, after, error))
    return FALSE;
  content_hash = cc_digest_end_hex (changes);
  return append_row (connection, last + 1, g_get_real_time () / G_USEC_PER_SEC, user, name,
                     table != NULL, content_hash, error);
}

/* A row for what the program itself does in opening, with one change: "migrate". */
gboolean
cc_audit_append_change_to (CcConnection *connection,
                           const char   *name,
                           const char   *table,
                           const char   *key,
                           const char   *before,
                           const char   *after,
                           GError      **error)
{
  return append_signed (connection, name, sign_own (""), table, key, before, after, error);
}

/* A row with new notes, key and text in turn. */
gboolean
cc_audit_append_notes_to (CcConnection *connection,
                          const char   *name,
                          const char   *user,
                          const char   *table,
                          GPtrArray    *notes,
                          GError      **error)
{
  g_autoptr (CcDigest) changes = cc_digest_new ();
  g_autofree char *content_hash = NULL;
  gint64           last;

  if (!find_last (connection, &last, error))
    return FALSE;
  for (guint i = 0; i + 1 < notes->len; i += 2)
    if (!insert_change (connection, changes, last + 1, i / 2, table, g_ptr_array_index (notes, i),
                        NULL, g_ptr_array_index (notes, i + 1), error))
      return FALSE;
  content_hash = cc_digest_end_hex (changes);
  return append_row (connection, last + 1, g_get_real_time () / G_USEC_PER_SEC, user, name,
                     notes->len / 2, content_hash, error);
}

/* A row without changes, of the program itself: "pack". */
gboolean
cc_audit_append_to (CcConnection *connection, const char *name, GError **error)
{
  return append_signed (connection, name, CC_AUDIT_PROGRAM, NULL, NULL, NULL, NULL, error);
}

/**
 * An act of one change on a connection that has no writer yet: before a migration, in a copy that
 * is about to take the file's place. A transaction of its own.
 *
 * user: (nullable): who signs it, "" where whoever works did not say; NULL: the program, where
 * nobody works yet
 */
gboolean
cc_audit_append_act (CcConnection *connection,
                     const char   *name,
                     const char   *user,
                     const char   *table,
                     const char   *key,
                     const char   *after,
                     GError      **error)
{
  if (!cc_connection_execute (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (append_signed (connection, name, user != NULL ? user : sign_own (""), table, key, NULL, after,
                     error)
      && cc_connection_execute (connection, "COMMIT", error))
    return TRUE;
  if (cc_connection_in_transaction (connection))
    (void) cc_connection_execute (connection, "ROLLBACK", NULL);
  return FALSE;
}
