/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-emptied-private.h"
#include "cc-seal-private.h"
#include "cc-value-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-records.h>

#include <string.h>

typedef struct
{
  CcSealKind kind;
  gint64     id;
} Seal;

/* Findings to a seal: so few that a change of one costs little, so many that the seals of a large
 * delivery are few beside its rows. */
#define FINDINGS_BITS 8

/* What a seal covers. */
static const struct
{
  const char *name;
  const char *sql;     /* columns of the rows of ?1, in order */
  int         bits;    /* of a row's id, by which rows share a seal */
  const char *earlier; /* the columns that seals of earlier versions of the program covered */
} kinds[CC_N_SEALS] = {
  [CC_SEAL_DELIVERY] = { "submission",
                         "SELECT entity, first, last, file_name, sha256, received, rows, accepted,"
                         " parked, rejected, nil, profile_version, replaces, state"
                         " FROM submission WHERE id = ?1" },
  [CC_SEAL_ROWS] = { "source_row",
                     "SELECT id, sheet, row, cells, state, reason FROM source_row"
                     " WHERE submission = ?1 ORDER BY id",
                     0,
                     "SELECT id, sheet, row, cells FROM source_row"
                     " WHERE submission = ?1 ORDER BY id" },
  [CC_SEAL_COUNTS] = { "aggregate_cell",
                       "SELECT id, source_row, event, unit, first, last, categories, count"
                       " FROM aggregate_cell WHERE submission = ?1 ORDER BY id" },
  [CC_SEAL_RECORD] = { "record", NULL },
  [CC_SEAL_PACK] = { "pack_file", "SELECT name, body FROM pack_file WHERE ?1 = 0 ORDER BY name" },
  [CC_SEAL_META] = { "meta", "SELECT key, value FROM meta"
                             " WHERE ?1 = 0 AND key <> 'compact-due' ORDER BY key" },
  [CC_SEAL_WORDS] = { "classification",
                      "SELECT * FROM (SELECT 1 AS t, id, key, unit, kind || ' ' || list FROM "
                      "variable"
                      " UNION ALL SELECT 2, id, list, code, parent FROM code"
                      " UNION ALL SELECT 3, 0, scheme, ancestor, descendant FROM code_closure"
                      " UNION ALL SELECT 4, id, kind || ' ' || list, old || ' ' || new,"
                      "  act || ' ' || state || ' ' || target FROM concordance)"
                      " WHERE ?1 = 0 ORDER BY 1, 2, 3, 4, 5" },
  [CC_SEAL_PERSONS] = { "membership", "SELECT id, record, cluster, decision FROM membership"
                                      " WHERE ?1 = 0 AND from_act = 1 ORDER BY id" },
  [CC_SEAL_FINDINGS] = { "finding",
                         "SELECT id, rule, record, source_row, submission, variable, value,"
                         " severity, state, resolved_by, resolution FROM finding"
                         " WHERE id BETWEEN ?1 * 256 AND ?1 * 256 + 255 ORDER BY id",
                         FINDINGS_BITS },
  [CC_SEAL_PROFILE] = { "profile", "SELECT id, entity, name FROM profile WHERE id = ?1" },
  [CC_SEAL_VERSION] = { "profile_version", "SELECT id, profile, version, body, signature, time"
                                           " FROM profile_version WHERE id = ?1" },
  [CC_SEAL_USER] = { "user", "SELECT id, name FROM user WHERE id = ?1" },
};

GArray *
cc_act_new_seals (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Seal));
}

void
cc_act_seal (CcAct *act, CcSealKind kind, gint64 id)
{
  const Seal seal = { kind, id };

  /* A delivery is named once a row. */
  for (guint i = act->seals->len; i > 0 && act->seals->len - i < CC_N_SEALS; i--)
    {
      const Seal *other = &g_array_index (act->seals, Seal, i - 1);

      if (other->kind == kind && other->id == id)
        return;
    }
  g_array_append_val (act->seals, seal);
}

/* Told of every row of the file, so it looks at the first letter. */
static void
on_row (void *data, int what, const char *database, const char *table, sqlite3_int64 id)
{
  if (*table != 'f' && *table != 'p' && *table != 'u')
    return;
  for (CcSealKind kind = CC_SEAL_FINDINGS; kind < CC_N_SEALS; kind++)
    if (strcmp (table, kinds[kind].name) == 0 && strcmp (database, "main") == 0)
      cc_act_seal (data, kind, id >> kinds[kind].bits);
}

void
cc_act_watch_rows (CcAct *act, gboolean watch)
{
  sqlite3_update_hook (act->connection->db, watch ? on_row : NULL, watch ? act : NULL);
}

static gboolean
find_last (CcConnection *connection, CcSealKind kind, gint64 *last, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max (id) FROM \"%s\"", kinds[kind].name);
  GError          *problem = NULL;

  *last = cc_connection_get_int64 (connection, sql, 0, &problem) >> kinds[kind].bits;
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

gboolean
cc_seal_is_beyond (CcConnection *connection,
                   CcSealKind    kind,
                   gint64        last,
                   gboolean     *beyond,
                   GError      **error)
{
  gint64 now = 0;

  if (!find_last (connection, kind, &now, error))
    return FALSE;
  *beyond = now > last;
  return TRUE;
}

void
cc_act_seal_delivery (CcAct *act, gint64 submission)
{
  cc_act_seal (act, CC_SEAL_DELIVERY, submission);
  cc_act_seal (act, CC_SEAL_ROWS, submission);
  cc_act_seal (act, CC_SEAL_COUNTS, submission);
}

gboolean
cc_act_seal_all (CcAct *act, CcSealKind kind, const char *sql, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (act->connection, sql, error);
  g_autoptr (GArray) ids = rows != NULL ? cc_statement_list_ids (rows, error) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    cc_act_seal (act, kind, g_array_index (ids, gint64, i));
  return ids != NULL;
}

static void
add_column (CcDigest *digest, CcStatement *row, int column)
{
  gsize         size = 0;
  gconstpointer data = cc_statement_blob (row, column, &size);

  if (cc_statement_is_null (row, column))
    {
      cc_digest_add_int64 (digest, -1);
      return;
    }
  cc_digest_add_int64 (digest, (gint64) size);
  if (size > 0)
    cc_digest_add_raw (digest, data, size);
}

static char *
hash_query (CcConnection *connection, const char *sql, gint64 id, GError **error)
{
  g_autoptr (CcDigest) digest = cc_digest_new ();
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  gboolean has_row = TRUE;
  gint64   n = 0;

  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, id);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      for (int i = 0; has_row && i < sqlite3_column_count (rows->statement); i++)
        add_column (digest, rows, i);
      n += has_row;
    }
  return n > 0 ? cc_digest_end_hex (digest) : g_strdup ("-");
}

static char *
hash_rows (CcConnection *connection, CcSealKind kind, gint64 id, GError **error)
{
  return hash_query (connection, kinds[kind].sql, id, error);
}

static char *
hash_record (CcCaseFile *file, CcConnection *connection, gint64 id, GError **error)
{
  GError *problem = NULL;
  g_autoptr (CcRecord) record = cc_store_read_record (file, connection, id, &problem);
  g_autoptr (GPtrArray) stated = NULL;
  g_autoptr (CcDigest) digest = cc_digest_new ();
  guint8 hash[CC_CONTENT_SIZE];

  if (g_error_matches (problem, CC_ERROR, CC_ERROR_NOT_FOUND))
    {
      g_error_free (problem);
      return g_strdup ("-");
    }
  if (record == NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  stated = cc_record_get_stated (record);
  cc_record_digest (digest, file->dictionary, record, stated, hash);
  return cc_hex_from_bytes (hash, sizeof hash);
}

char *
cc_seal_compute (CcCaseFile   *file,
                 CcConnection *connection,
                 CcSealKind    kind,
                 gint64        id,
                 GError      **error)
{
  return kind == CC_SEAL_RECORD ? hash_record (file, connection, id, error)
                                : hash_rows (connection, kind, id, error);
}

gboolean
cc_seal_fits (CcCaseFile   *file,
              CcConnection *connection,
              CcSealKind    kind,
              gint64        id,
              const char   *hash,
              gboolean     *fits,
              gboolean     *gone,
              GError      **error)
{
  g_autofree char *now = cc_seal_compute (file, connection, kind, id, error);
  g_autofree char *earlier = NULL;

  if (now == NULL)
    return FALSE;
  *gone = strcmp (now, "-") == 0;
  *fits = strcmp (now, hash) == 0;
  if (*fits || kinds[kind].earlier == NULL)
    return TRUE;
  earlier = hash_query (connection, kinds[kind].earlier, id, error);
  *fits = g_strcmp0 (earlier, hash) == 0;
  return earlier != NULL;
}

/* The newest seal of a thing; NULL without an error: there is none. */
static char *
find_newest (CcConnection *connection, CcSealKind kind, gint64 id, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT after FROM audit_change WHERE tbl = '" CC_SEAL_TABLE
                       "' AND key = '%s:%" G_GINT64_FORMAT "' AND NOT (tbl = 'record' AND before"
                       " IS NULL) ORDER BY seq DESC LIMIT 1",
                       kinds[kind].name, id);

  return cc_connection_get_text (connection, sql, error);
}

gboolean
cc_act_seal_on (CcAct *act, gint64 record, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  g_autofree char *key = g_strdup_printf ("record:%" G_GINT64_FORMAT, record);
  g_autofree char *now = NULL;
  gboolean         has_row;

  find = cc_connection_prepare (act->connection,
                                "SELECT after FROM audit_change WHERE tbl = '" CC_SEAL_TABLE
                                "' AND key = ?1 AND NOT (tbl = 'record' AND before IS NULL)",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_text (find, 1, key);
  for (;;)
    {
      if (!cc_statement_step (find, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (now == NULL)
        now = hash_record (act->file, act->connection, record, error);
      if (now == NULL)
        return FALSE;
      if (g_strcmp0 (cc_statement_text (find, 0), now) == 0)
        {
          cc_act_seal (act, CC_SEAL_RECORD, record);
          return TRUE;
        }
    }
}

gboolean
cc_seal_is_intact (CcConnection *connection, CcSealKind kind, gboolean *sealed)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *then = find_newest (connection, kind, 0, &problem);
  g_autofree char *now = then != NULL ? hash_rows (connection, kind, 0, NULL) : NULL;

  /* Of a history that cannot be read nobody knows; verifying says so. */
  *sealed = then != NULL || problem != NULL;
  return problem == NULL && g_strcmp0 (then, now) == 0;
}

guint
cc_seal_list_intact (CcConnection *connection, gboolean *sealed)
{
  guint bits = 0;

  for (CcSealKind kind = 0; kind < CC_N_SEALS; kind++)
    if ((CC_SEALS_OF_FILE & CC_SEAL_BIT (kind)) != 0
        && (cc_seal_is_intact (connection, kind, sealed) || !*sealed))
      bits |= CC_SEAL_BIT (kind);
  return bits;
}

gboolean
cc_seal_append_act (CcConnection *connection,
                    const char   *name,
                    const char   *user,
                    guint         wanted,
                    GError      **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);

  for (CcSealKind kind = 0; kind < CC_N_SEALS; kind++)
    {
      g_autofree char *hash = NULL;

      if ((wanted & CC_SEAL_BIT (kind)) == 0)
        continue;
      hash = hash_rows (connection, kind, 0, error);
      if (hash == NULL)
        return FALSE;
      g_ptr_array_add (changes, g_strconcat (kinds[kind].name, ":0", NULL));
      g_ptr_array_add (changes, g_steal_pointer (&hash));
    }
  if (!cc_emptied_begin (connection, changes, error))
    return FALSE;
  return cc_audit_append_notes_to (connection, name, user, CC_SEAL_TABLE, changes, error);
}

void
cc_seal_begin (CcConnection *connection)
{
  if (cc_connection_execute (connection, "BEGIN IMMEDIATE", NULL)
      && cc_seal_append_act (connection, "seal", CC_AUDIT_PROGRAM, CC_SEALS_OF_FILE, NULL))
    (void) cc_connection_execute (connection, "COMMIT", NULL);
  if (cc_connection_in_transaction (connection))
    (void) cc_connection_execute (connection, "ROLLBACK", NULL);
}

char *
cc_seal_make_key (CcSealKind kind, gint64 id)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, kinds[kind].name, id);
}

gboolean
cc_seal_parse_key (const char *key, CcSealKind *kind, gint64 *id)
{
  const char *colon = key != NULL ? strchr (key, ':') : NULL;

  for (guint i = 0; colon != NULL && i < CC_N_SEALS; i++)
    if (strlen (kinds[i].name) == (gsize) (colon - key)
        && strncmp (kinds[i].name, key, (gsize) (colon - key)) == 0)
      {
        *kind = (CcSealKind) i;
        *id = g_ascii_strtoll (colon + 1, NULL, 10);
        return TRUE;
      }
  return FALSE;
}

static int
compare_seals (gconstpointer a, gconstpointer b)
{
  const Seal *x = a;
  const Seal *y = b;

  if (x->kind != y->kind)
    return (x->kind > y->kind) - (x->kind < y->kind);
  return (x->id > y->id) - (x->id < y->id);
}

/* The last rows of each table that rows were changed of. */
static gboolean
seal_last (CcAct *act, GError **error)
{
  gboolean touched[CC_N_SEALS] = { FALSE };

  for (guint i = 0; i < act->seals->len; i++)
    touched[g_array_index (act->seals, Seal, i).kind] = TRUE;
  for (CcSealKind kind = CC_SEAL_FINDINGS; kind < CC_N_SEALS; kind++)
    {
      gint64 last;

      if (!touched[kind])
        continue;
      if (!find_last (act->connection, kind, &last, error))
        return FALSE;
      cc_act_seal (act, kind, last);
    }
  return TRUE;
}

gboolean
cc_act_write_seals (CcAct *act, GError **error)
{
  const Seal *last = NULL;

  if (!seal_last (act, error))
    return FALSE;
  g_array_sort (act->seals, compare_seals);
  for (guint i = 0; i < act->seals->len; i++)
    {
      const Seal      *seal = &g_array_index (act->seals, Seal, i);
      g_autofree char *hash = NULL;
      char             key[48];

      if (last != NULL && compare_seals (last, seal) == 0)
        continue;
      last = seal;
      hash = cc_seal_compute (act->file, act->connection, seal->kind, seal->id, error);
      g_snprintf (key, sizeof key, "%s:%" G_GINT64_FORMAT, kinds[seal->kind].name, seal->id);
      if (hash == NULL || !cc_act_log (act, CC_SEAL_TABLE, key, NULL, hash, error))
        return FALSE;
    }
  g_array_set_size (act->seals, 0);
  return TRUE;
}

void
cc_seal_bind_record (CcDigest *digest, const CcSealBond *bond, char text[CC_SEAL_RECORD_SIZE + 1])
{
  static const char digits[] = "0123456789abcdef";
  guint8            hash[CC_HASH_SIZE];

  cc_digest_begin (digest);
  cc_digest_add_raw (digest, bond->uuid, 16);
  cc_digest_add_text (digest, bond->unit);
  cc_digest_add_int64 (digest, bond->entity);
  cc_digest_add_int64 (digest, bond->submission);
  cc_digest_add_raw (digest, bond->content, bond->size);
  if (!bond->earlier)
    {
      cc_digest_add_int64 (digest, bond->source_row);
      cc_digest_add_int64 (digest, bond->basis);
    }
  cc_digest_end (digest, hash);
  for (guint i = 0; i < CC_SEAL_RECORD_SIZE; i++)
    text[i] = digits[hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
  text[CC_SEAL_RECORD_SIZE] = '\0';
}

static gboolean
read_bond (CcStatement *row, CcSealBond *bond)
{
  gsize uuid_size;

  bond->uuid = cc_statement_blob (row, 0, &uuid_size);
  bond->unit = cc_statement_text (row, 1);
  bond->entity = cc_statement_int64 (row, 2);
  bond->submission = cc_statement_int64 (row, 3);
  bond->source_row = cc_statement_int64 (row, 4);
  bond->basis = cc_statement_int64 (row, 5);
  bond->content = cc_statement_blob (row, 6, &bond->size);
  return bond->uuid != NULL && uuid_size == 16 && bond->content != NULL;
}

gboolean
cc_act_log_stored (CcAct *act, gint64 record, const char *before, gint64 source_row, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, record);
  g_autofree char *after = NULL;
  char             bound[CC_SEAL_RECORD_SIZE + 1] = "";
  CcSealBond       bond = { 0 };
  gboolean         has_row;

  find = cc_connection_prepare (act->connection,
                                "SELECT uuid, unit, entity, submission, source_row, basis, digest"
                                " FROM record WHERE id = ?1",
                                error);
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, record);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row && read_bond (find, &bond))
    cc_seal_bind_record (act->digest, &bond, bound);
  after =
      g_strdup_printf ("source_row:%" G_GINT64_FORMAT "%c%s", source_row, CC_SEAL_SEPARATOR, bound);
  return cc_act_log (act, "record", key, before, after, error);
}
