/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-act-private.h"
#include "cc-difference-private.h"
#include "cc-row-image-private.h"
#include "cc-seal-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Cluster ids kept in memory before they are written out. */
#define MAX_DIRTY 65536

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Opens the transaction of an act and numbers it. */
CcAct *
cc_act_begin (CcWriter     *writer,
              CcCaseFile   *file,
              CcConnection *connection,
              GCancellable *cancellable,
              gboolean      audited,
              GError      **error)
{
  g_autoptr (CcAct) self = NULL;
  GError *problem = NULL;

  if (!cc_capture_begin (cc_writer_get_capture (writer), audited, error)
      || !cc_connection_execute (connection, "BEGIN IMMEDIATE", error))
    return NULL;
  self = g_new0 (CcAct, 1);
  self->file = file;
  self->connection = connection;
  self->writer = writer;
  self->cancellable = cancellable;
  self->time = now ();
  self->audited = audited;
  self->changes = cc_digest_new ();
  self->mac = cc_mac_new ();
  self->digest = cc_digest_new ();
  self->salts = g_byte_array_new ();
  self->seals = cc_act_new_seals ();
  self->dirty = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->seq = 1 + cc_connection_get_int64 (connection, "SELECT max (seq) FROM audit", 0, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      (void) cc_connection_execute (connection, "ROLLBACK", NULL);
      return NULL;
    }
  cc_act_watch_rows (self, audited);
  return g_steal_pointer (&self);
}

void
cc_act_free (CcAct *self)
{
  if (self == NULL)
    return;
  cc_act_watch_rows (self, FALSE);
  cc_digest_free (self->changes);
  cc_mac_free (self->mac);
  cc_mac_free (self->uuid_mac);
  cc_digest_free (self->digest);
  g_byte_array_unref (self->salts);
  g_array_unref (self->seals);
  g_array_unref (self->dirty);
  cc_watch_free (self->watch);
  g_free (self);
}

static gboolean
log_row (const CcRowChange *change, gpointer data, GError **error)
{
  g_autofree char *table = g_strconcat (CC_ROW_PREFIX, change->table, NULL);

  return cc_act_log (data, table, change->key, change->before, change->after, error);
}

static void
seal_row (const char *table, const char *key, const char *row, gpointer data)
{
  CcAct *self = data;
  g_autoptr (GPtrArray) cells = NULL;
  CcSealKind kind;

  if (strcmp (table, "pack_file") == 0)
    cc_act_seal (self, CC_SEAL_PACK, 0);
  else if (strcmp (table, "submission") == 0)
    cc_act_seal_delivery (self, g_ascii_strtoll (key, NULL, 10));
  else if (strcmp (table, "source_row") == 0 || strcmp (table, "aggregate_cell") == 0)
    {
      /* Both have their delivery in the second column. */
      kind = *table == 's' ? CC_SEAL_ROWS : CC_SEAL_COUNTS;
      cells = cc_row_cells_parse (row);
      if (cells->len > 1)
        cc_act_seal (self, kind,
                     g_ascii_strtoll (((const CcRowCell *) g_ptr_array_index (cells, 1))->literal,
                                      NULL, 10));
    }
}

/* What is sealed as a whole is sealed anew where the act has changed a row of it. */
static gboolean
seal_rows (CcAct *self, GError **error)
{
  cc_capture_visit (cc_writer_get_capture (self->writer), seal_row, self);
  return cc_act_write_seals (self, error);
}

/* Where the disk fails in the last step, nobody can say what it will hold when it is read anew. */
static gboolean
commit (CcAct *self, GError **error)
{
  GError *problem = NULL;

  /* A long act leaves time to take the file away. */
  if (cc_case_file_refuse_replaced (self->file, error))
    return FALSE;
  if (cc_connection_execute (self->connection, "COMMIT", &problem))
    return TRUE;
  if (g_error_matches (problem, CC_ERROR, CC_ERROR_DAMAGED))
    g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
                 "The disk that holds “%s” failed in the last step of the act, so the act does not "
                 "count for now. All earlier acts are kept. Close the file and open it again: the "
                 "history then shows this act whole or not at all. Copy the file to another disk "
                 "before you go on.",
                 self->file->name);
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  g_clear_error (&problem);
  return FALSE;
}

/* Completes the chain and commits. Whatever fails, the transaction is over afterwards. */
gboolean
cc_act_end (CcAct *self, const char *name, GError **error)
{
  gboolean ok = TRUE;

  /* SQLite ends a transaction by itself after some errors; what follows would stand alone. */
  if (!cc_connection_in_transaction (self->connection))
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_FAILED,
                           "The act failed half way and was taken back; the file is as it was "
                           "before it. Please try again.");
      return FALSE;
    }
  if (self->progress != NULL)
    {
      cc_progress_begin (self->progress, "progress.write", 0);
      cc_progress_expect (self->progress, -1);
    }
  if (self->audited)
    ok = seal_rows (self, error)
         && cc_capture_take (cc_writer_get_capture (self->writer), log_row, self, error)
         && cc_audit_append (self, name, error);
  ok = ok && !g_cancellable_set_error_if_cancelled (self->cancellable, error);
  /* From here on cancelling comes too late: a commit is done or not done, never cut. */
  cc_connection_set_cancellable (self->connection, NULL);
  return ok && commit (self, error);
}

/**
 * The file the act works on. Reading connections of its pool do not see what the act has done so
 * far; the act's own connection does.
 */
CcCaseFile *
cc_act_get_file (CcAct *self)
{
  return self->file;
}

CcConnection *
cc_act_get_connection (CcAct *self)
{
  return self->connection;
}

gint64
cc_act_get_time (CcAct *self)
{
  return self->time;
}

/* The number the act will have in the audit chain: what from_act, act ... columns hold. */
gint64
cc_act_get_seq (CcAct *self)
{
  return self->seq;
}

GCancellable *
cc_act_get_cancellable (CcAct *self)
{
  return self->cancellable;
}

void
cc_act_set_progress (CcAct *self, CcProgress *progress)
{
  self->progress = progress;
}

CcProgress *
cc_act_get_progress (CcAct *self)
{
  return self->progress;
}

CcStatement *
cc_act_statement (CcAct *self, CcSql which, GError **error)
{
  cc_capture_check (cc_writer_get_capture (self->writer));
  return cc_writer_get_statement (self->writer, which, error);
}

/* Acts that the chain does not know must leave the chain's tables and what was said alone. */
gboolean
cc_act_needs_audit (CcAct *self, GError **error)
{
  if (self->audited)
    return TRUE;
  g_set_error_literal (error, CC_ERROR, CC_ERROR_USAGE,
                       "Upkeep of the case file tried to change what was reported. Nothing was "
                       "changed. Please report this.");
  return FALSE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 x = *(const gint64 *) a;
  const gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Writes the marks in rising order, which is the fast way into a table. */
gboolean
cc_act_flush_dirty (CcAct *self, GError **error)
{
  CcStatement *mark = cc_act_statement (self, CC_SQL_MARK_DIRTY, error);
  gint64       last = 0;

  if (mark == NULL)
    return FALSE;
  g_array_sort (self->dirty, compare_ids);
  for (guint i = 0; i < self->dirty->len; i++)
    {
      const gint64 cluster = g_array_index (self->dirty, gint64, i);

      if (cluster == last)
        continue;
      last = cluster;
      cc_statement_bind_int64 (mark, 1, cluster);
      if (!cc_statement_run (mark, error))
        return FALSE;
    }
  g_array_set_size (self->dirty, 0);
  return TRUE;
}

/* Has the counting cache of a cluster computed anew before the act commits. */
gboolean
cc_act_mark_dirty (CcAct *self, gint64 cluster, GError **error)
{
  g_return_val_if_fail (cluster > 0, FALSE);
  if (self->dirty->len > 0 && g_array_index (self->dirty, gint64, self->dirty->len - 1) == cluster)
    return TRUE;
  g_array_append_val (self->dirty, cluster);
  return self->dirty->len < MAX_DIRTY || cc_act_flush_dirty (self, error);
}

/* (entity, unit, key) are kept apart by their zero bytes. */
void
cc_act_make_uuid (CcAct      *self,
                  const char *entity,
                  const char *unit,
                  const char *key,
                  guint8      uuid[16])
{
  const char *const parts[] = { entity, unit, key };
  guint8            hash[CC_HASH_SIZE];

  if (self->uuid_mac == NULL)
    {
      self->uuid_mac = cc_mac_new ();
      cc_mac_begin (self->uuid_mac, self->file->record_secret, sizeof self->file->record_secret);
    }
  else
    cc_mac_begin (self->uuid_mac, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    cc_mac_add_raw (self->uuid_mac, parts[i], strlen (parts[i]) + 1);
  cc_mac_end (self->uuid_mac, hash);
  memcpy (uuid, hash, 16);
}

guint64
cc_case_file_recognise (CcCaseFile *self, const char *purpose, const char *text)
{
  g_autoptr (CcMac) mac = cc_mac_new ();
  guint8  hash[CC_HASH_SIZE];
  guint64 code = 0;

  g_return_val_if_fail (self != NULL && purpose != NULL && text != NULL, 0);

  cc_mac_begin (mac, self->record_secret, sizeof self->record_secret);
  cc_mac_add_text (mac, purpose);
  cc_mac_add_text (mac, text);
  cc_mac_end (mac, hash);
  for (guint i = 0; i < 8; i++)
    code = code << 8 | hash[i];
  return code;
}

/* A random UUID (version 4), for records entered by hand. */
gboolean
cc_act_make_random_uuid (CcAct *self, guint8 uuid[16], GError **error)
{
  if (!cc_crypto_random (uuid, 16, error))
    return FALSE;
  uuid[6] = (guint8) ((uuid[6] & 0x0f) | 0x40);
  uuid[8] = (guint8) ((uuid[8] & 0x3f) | 0x80);
  return TRUE;
}
