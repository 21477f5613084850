/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-private.h"
#include "cc-lineage-private.h"
#include "cc-package-private.h"
#include "cc-proof-private.h"
#include "cc-purge-private.h"
#include "cc-row-image-private.h"

#include <string.h>

/* What one act has done, gathered from its last change to its first. */
typedef struct
{
  gint64   seq;
  gboolean has_images;
  gboolean is_lost;
  gboolean has_delivery;
  gboolean has_seals;
} Act;

/* What it did to rows without keeping them counts against what older acts say. */
static void
end_act (CcProof *self, const Act *act)
{
  if (act->has_images || !act->has_delivery)
    return;
  self->deliveries = TRUE;
  self->unsealed = self->unsealed || !act->has_seals;
}

static void
know (CcProof *self, CcProofRecord *record)
{
  if ((record->flags & CC_PROOF_KNOWN) == 0)
    record->flags |= CC_PROOF_KNOWN | (self->lost ? 0 : CC_PROOF_MUST);
}

static void
take_state (CcProofRecord *record, gboolean withdrawn)
{
  if ((record->flags & CC_PROOF_STATE) != 0)
    return;
  record->flags |= CC_PROOF_STATE | (withdrawn ? CC_PROOF_WITHDRAWN : CC_PROOF_LIVE);
}

/* The newest act that made it counts: numbers of records that were taken back are given anew. */
static void
take_making (CcProofRecord *record, const Act *act)
{
  if (record->brought == 0 && (record->flags & CC_PROOF_UNBROUGHT) == 0)
    record->brought = (guint32) act->seq;
}

/* What older acts bound it to does not count any more. */
static void
take_bound (CcProof *self, CcProofRecord *record, const char *after)
{
  const char *bound = after != NULL ? strchr (after, CC_SEAL_SEPARATOR) : NULL;

  record->flags |= CC_PROOF_WRITTEN;
  if (bound == NULL || self->lost || strlen (bound + 1) != CC_SEAL_RECORD_SIZE)
    return;
  record->flags |= CC_PROOF_BOUND;
  memcpy (record->bound, bound + 1, CC_SEAL_RECORD_SIZE);
}

/* An act stored what the record says. */
static void
take_writing (CcProof *self, CcProofRecord *record, const Act *act, const char *after)
{
  /* Nothing older is kept of it that would still count. */
  if (!act->has_images)
    record->flags |= CC_PROOF_VOID;
  if (record->stated == 0)
    record->stated = (guint32) act->seq;
  if (record->written == 0)
    record->written = (guint32) act->seq;
  /* What an act did that kept the row as it was before is taken back for older ones. */
  if ((record->flags & CC_PROOF_WRITTEN) != 0 || (act->has_images && !act->is_lost))
    return;
  take_bound (self, record, after);
}

static void
take_record (CcProof *self, const Act *act, const char *key, const char *before, const char *after)
{
  CcProofRecord *record = cc_proof_get_record (self, g_ascii_strtoll (key, NULL, 10));

  if (record == NULL)
    return;
  know (self, record);
  if (after == NULL)
    return;
  if (g_str_has_prefix (after, "source_row:"))
    {
      take_state (record, FALSE);
      take_writing (self, record, act, after);
      if (before == NULL)
        take_making (record, act);
    }
  else if (g_str_has_prefix (after, CC_CAME_PREFIX))
    {
      if ((record->flags & CC_PROOF_WRITTEN) == 0)
        take_bound (self, record, after);
    }
  else if (strcmp (after, "withdrawn") == 0 || strcmp (after, "live") == 0)
    take_state (record, *after == 'w');
  else if (strcmp (after, "purged") == 0 && record->stated == 0)
    record->flags |= CC_PROOF_PURGED;
}

/* "12:VI03": a value that somebody stated. */
static void
take_value (CcProof *self, const Act *act, const char *key)
{
  const char    *colon = strchr (key, ':');
  CcProofRecord *record =
      colon != NULL ? cc_proof_get_record (self, g_ascii_strtoll (key, NULL, 10)) : NULL;

  if (record == NULL)
    return;
  know (self, record);
  take_writing (self, record, act, NULL);
  if ((!act->has_images || act->is_lost) && record->brought == 0)
    record->flags |= CC_PROOF_UNBROUGHT;
}

/* Of one of the kinds that are sealed row by row. */
static void
tell_rows (CcProof *self, CcSealKind kind, gboolean gone)
{
  static const char *const what[CC_N_SEALS] = {
    [CC_SEAL_FINDINGS] = "Questions that were asked about records and rows",
    [CC_SEAL_PROFILE] = "How the lists of an agency are read (a mapping profile)",
    [CC_SEAL_VERSION] = "How the lists of an agency are read (a version of a mapping profile)",
    [CC_SEAL_USER] = "The names to choose from when the file is opened",
  };

  cc_proof_tell (self, CC_PROOF_OF_SEALS, "%s: %s " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE,
                 what[kind], gone ? "removed" : "changed or added");
}

static gboolean
check_seal (CcProof *self, CcSealKind kind, gint64 id, const char *hash, GError **error)
{
  g_autofree char *name = NULL;
  gboolean         fits, gone;

  if (!cc_seal_fits (self->file, self->connection, kind, id, hash, &fits, &gone, error))
    return FALSE;
  if (fits)
    return TRUE;
  if (kind == CC_SEAL_PACK)
    {
      cc_proof_tell (self, CC_PROOF_OF_SEALS,
                     "The classifications that the file brings were changed " CC_PROOF_BY_OTHERS
                     " since they were installed. Install them again, or restore a backup.");
      return TRUE;
    }
  self->other_words = self->other_words || kind == CC_SEAL_WORDS;
  if (kind == CC_SEAL_META || kind == CC_SEAL_WORDS || kind == CC_SEAL_PERSONS)
    {
      cc_proof_tell (self, CC_PROOF_OF_SEALS,
                     kind == CC_SEAL_META
                         ? "What the file says of itself (country, practice, by what its records "
                           "are known) was changed " CC_PROOF_BY_OTHERS ". Restore a backup."
                     : kind == CC_SEAL_WORDS
                         ? "What the numbers of codes and variables in the file stand for was "
                           "changed " CC_PROOF_BY_OTHERS ". Restore a backup."
                         : "Which records are one person in this package was "
                           "changed " CC_PROOF_BY_OTHERS ". Ask for the package again.");
      return TRUE;
    }
  if (kind >= CC_SEAL_FINDINGS)
    {
      tell_rows (self, kind, gone);
      return TRUE;
    }
  name = cc_proof_name_delivery (self, id);
  if (kind == CC_SEAL_DELIVERY)
    cc_proof_tell (self, CC_PROOF_OF_SEALS,
                   gone ? "%s: it was removed " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE
                        : "%s: what is noted of it (sender, period, file, numbers of rows, state) "
                          "was changed " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE,
                   name);
  else
    cc_proof_tell (self, CC_PROOF_OF_SEALS,
                   kind == CC_SEAL_ROWS
                       ? "%s: its rows as they arrived were changed, added or "
                         "removed " CC_PROOF_BY_OTHERS
                         ". Compare them with the agency's own file or with a backup."
                       : "%s: its counts were changed, added or removed " CC_PROOF_BY_OTHERS
                         ". Compare them with the agency's own file or with a backup.",
                   name);
  return TRUE;
}

/* The newest seal of a thing is what it must be like; that of a record waits for its values. */
static gboolean
take_seal (CcProof *self, const char *key, const char *hash, GError **error)
{
  CcProofRecord *record;
  CcSealKind     kind;
  gint64         id;

  if (hash == NULL || !cc_seal_parse_key (key, &kind, &id)
      || (self->lost && kind < CC_SEAL_FINDINGS))
    return TRUE;
  if (kind == CC_SEAL_DELIVERY)
    g_hash_table_insert (self->sealed_by, g_memdup2 (&id, sizeof id),
                         g_memdup2 (&self->seq, sizeof self->seq));
  if (g_hash_table_contains (self->seals, key))
    return TRUE;
  self->last_sealed[kind] = MAX (self->last_sealed[kind], id + 1);
  g_hash_table_insert (self->seals, g_strdup (key), g_strdup (hash));
  if (kind != CC_SEAL_RECORD)
    return check_seal (self, kind, id, hash, error);
  record = cc_proof_get_record (self, id);
  /* The act that seals a record may also have stored it: its seal comes first this way round. */
  if (record != NULL && (record->stated == 0 || record->stated == (guint32) self->seq))
    record->flags |= CC_PROOF_SEALED;
  return TRUE;
}

static void
take_name (CcProof *self, const char *table, const char *key)
{
  char *name = g_strdup_printf ("%s %s", table, key);

  g_hash_table_add (self->named, name);
}

/* The act that brought a delivery, and sealed it, sealed all that it brought. */
static void
take_delivery (CcProof *self, const char *key, const char *before, const char *after)
{
  gint64        id = g_ascii_strtoll (key, NULL, 10);
  const gint64 *sealed = g_hash_table_lookup (self->sealed_by, &id);

  if (before == NULL && (after == NULL || !g_str_has_prefix (after, "rows=")) && sealed != NULL
      && *sealed == self->seq)
    g_hash_table_add (self->whole, g_memdup2 (&id, sizeof id));
}

/* More changed than is kept. A search for persons changes what it found, nothing else. */
static gboolean
take_loss (CcProof *self, Act *act, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (self->connection, "SELECT act FROM audit WHERE seq = ?1", error);
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, act->seq);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  self->lost_links = TRUE;
  act->is_lost = TRUE;
  if (!has_row || g_strcmp0 (cc_statement_text (find, 0), "link") != 0)
    self->lost = TRUE;
  return TRUE;
}

gboolean
cc_proof_is_lost (const CcProof *self, const char *table)
{
  static const char *const of_links[] = { "proposal", "link_model", "link_run", "pair_decision" };

  /* Each move of a record is told in words, too. */
  if (strcmp (table, "membership") == 0 || strcmp (table, "cluster") == 0)
    return FALSE;
  for (guint i = 0; self->lost_links && i < G_N_ELEMENTS (of_links); i++)
    if (strcmp (table, of_links[i]) == 0)
      return TRUE;
  return self->lost;
}

static void
take_moved (CcProof *self, const char *key, const char *before, const char *after)
{
  if (before != NULL && after != NULL)
    cc_proof_take_move (self, g_ascii_strtoll (key, NULL, 10), g_ascii_strtoll (before, NULL, 10),
                        g_ascii_strtoll (after, NULL, 10));
}

static gboolean
take_change (CcProof *self, CcStatement *change, Act *act, GHashTable *units, GError **error)
{
  const char *table = cc_statement_text (change, 1);
  const char *key = cc_statement_text (change, 2);
  const char *before = cc_statement_text (change, 3);
  const char *after = cc_statement_text (change, 4);

  if (cc_statement_int64 (change, 5) != 0 && !cc_purge_may_empty (table)
      && !g_hash_table_contains (units, table))
    {
      cc_proof_tell (self, CC_PROOF_OF_ROWS,
                     "What act %" G_GINT64_FORMAT " did in “%s” was taken out of the "
                     "history " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE,
                     act->seq, table);
      return TRUE;
    }
  if (g_str_has_prefix (table, CC_ROW_PREFIX))
    {
      act->has_images = TRUE;
      table += strlen (CC_ROW_PREFIX);
      if (*table == '\0')
        return take_loss (self, act, error);
      if (key != NULL && !cc_proof_is_lost (self, table))
        return cc_proof_take_image (self, table, key, before, after,
                                    cc_statement_int64 (change, 5) != 0, error);
      return TRUE;
    }
  if (key == NULL)
    return TRUE;
  if (strcmp (table, CC_SEAL_TABLE) == 0)
    {
      act->has_seals = TRUE;
      if (g_str_has_prefix (key, CC_SEAL_ROW))
        return !g_hash_table_add (self->named, g_strconcat (CC_SEAL_TABLE " ", key, NULL))
               || cc_proof_take_sealed (self, key + strlen (CC_SEAL_ROW), after, error);
      return take_seal (self, key, after, error);
    }
  if (strcmp (table, "record") == 0)
    take_record (self, act, key, before, after);
  else if (g_hash_table_contains (units, table))
    take_value (self, act, key);
  else
    take_name (self, table, key);
  if (strcmp (table, "membership") == 0 && (!act->has_images || act->is_lost))
    take_moved (self, key, before, after);
  if (strcmp (table, CC_MERGE_TABLE) == 0 && (!act->has_images || act->is_lost))
    self->merged = TRUE;
  if (strcmp (table, "submission") == 0)
    {
      act->has_delivery = TRUE;
      take_delivery (self, key, before, after);
    }
  self->copied =
      self->copied || (strcmp (table, CC_PACKAGE_TABLE) == 0 && g_strcmp0 (after, "made") == 0);
  return TRUE;
}

static GHashTable *
list_units (CcProof *self)
{
  GHashTable *units = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < cc_pack_get_n_units (self->file->pack); i++)
    /* Agencies and deliveries are units of the pack, but no records. */
    if (self->file->plans[i] != NULL)
      g_hash_table_add (units, (gpointer) cc_pack_get_unit (self->file->pack, i)->name);
  return units;
}

/* Where rows were ever sealed, the last was; what stands behind it came past the program. */
static gboolean
check_beyond (CcProof *self, GError **error)
{
  for (CcSealKind kind = CC_SEAL_FINDINGS; kind < CC_N_SEALS; kind++)
    {
      gboolean beyond = FALSE;

      if (self->last_sealed[kind] == 0)
        continue;
      if (!cc_seal_is_beyond (self->connection, kind, self->last_sealed[kind] - 1, &beyond, error))
        return FALSE;
      if (beyond)
        tell_rows (self, kind, FALSE);
    }
  return TRUE;
}

/* Earlier versions of the program sealed rows and counts only where there were any. */
static gboolean
check_nothing (CcProof *self, CcSealKind kind, const char *table, const char *what, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT DISTINCT submission FROM %s", table);
  g_autoptr (CcStatement) rows = cc_connection_prepare (self->connection, sql, error);
  g_autoptr (GArray) ids = rows != NULL ? cc_statement_list_ids (rows, error) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const gint64     id = g_array_index (ids, gint64, i);
      g_autofree char *key = cc_seal_make_key (kind, id);
      g_autofree char *name = NULL;

      if (!g_hash_table_contains (self->whole, &id) || g_hash_table_contains (self->seals, key))
        continue;
      name = cc_proof_name_delivery (self, id);
      cc_proof_tell (self, CC_PROOF_OF_SEALS,
                     "%s: it came without %s; they were added " CC_PROOF_BY_OTHERS
                     ". " CC_PROOF_ADVICE,
                     name, what);
    }
  return ids != NULL;
}

static gboolean
read_chain (CcProof *self, GError **error)
{
  g_autoptr (GHashTable) units = list_units (self);
  g_autoptr (CcStatement) changes = NULL;
  Act      act = { 0 };
  guint64  done = 0;
  gboolean has_row = TRUE;

  cc_progress_begin (self->progress, "progress.verify",
                     (guint64) cc_connection_get_int64 (self->connection,
                                                        "SELECT count (*) FROM audit_change", 0,
                                                        NULL));
  changes = cc_connection_prepare (self->connection,
                                   "SELECT seq, tbl, key, before, after, salt IS NULL"
                                   " FROM audit_change ORDER BY seq DESC, n DESC",
                                   error);
  if (changes == NULL)
    return FALSE;
  for (;;)
    {
      if (!cc_statement_step (changes, &has_row, error))
        return FALSE;
      if (!has_row || cc_statement_int64 (changes, 0) != act.seq)
        {
          end_act (self, &act);
          act = (Act){ .seq = has_row ? cc_statement_int64 (changes, 0) : 0 };
          self->seq = act.seq;
        }
      if (!has_row)
        return TRUE;
      if (!cc_progress_update (self->progress, ++done, error)
          || !take_change (self, changes, &act, units, error))
        return FALSE;
    }
}

gboolean
cc_proof_read_chain (CcProof *self, GError **error)
{
  return read_chain (self, error) && check_beyond (self, error)
         && check_nothing (self, CC_SEAL_ROWS, "source_row", "rows", error)
         && check_nothing (self, CC_SEAL_COUNTS, "aggregate_cell", "counts", error);
}
