/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-private.h"
#include "cc-purge-private.h"
#include "cc-row-image-private.h"
#include "cc-said-private.h"

#include <string.h>

/* What the history kept of what is removed goes, too: its words, and rows as they were. The salted
 * hash of each change stays in their place, and it is this that the chain is built of. */

#define INDEXED " AND NOT (c.tbl = 'record' AND c.before IS NULL)"
#define TAKE    "INSERT OR IGNORE INTO purge_change SELECT c.seq, c.n FROM "

static const char *const takes[] = {
  /* Rows of identifiers as they were: their key is record, kind and place. */
  TAKE "purge_item p JOIN audit_change c ON c.tbl = '" CC_ROW_PREFIX "identifier'"
       " AND c.key >= p.record || ',' || quote (p.kind) || ','"
       " AND c.key < p.record || ',' || quote (p.kind) || '-'" INDEXED,
  TAKE "purge_row p JOIN audit_change c ON c.tbl IN ('source_row', '" CC_ROW_PREFIX "source_row')"
       " AND c.key = CAST (p.id AS TEXT)" INDEXED,
  TAKE "purge_finding p JOIN audit_change c ON c.tbl IN ('finding', '" CC_ROW_PREFIX "finding')"
       " AND c.key = CAST (p.id AS TEXT)" INDEXED,
  TAKE "purge_conflict p JOIN audit_change c"
       " ON c.tbl IN ('merge_conflict', '" CC_ROW_PREFIX "merge_conflict')"
       " AND c.key = CAST (p.id AS TEXT)" INDEXED,
};

/* Words: "12:X_VI_ID_FAMILY" under the unit's name, and what each delivery said. */
static gboolean
take_words (CcAct *act, GError **error)
{
  static const char *const tables[] = { NULL, CC_SAID_TABLE };
  CcPack                  *pack = act->file->pack;
  g_autoptr (CcStatement) take = NULL;

  take =
      cc_connection_prepare (act->connection,
                             TAKE "purge_item p JOIN audit_change c ON c.tbl = ?2"
                                  " AND c.key = p.record || ':' || ?3" INDEXED " WHERE p.kind = ?1",
                             error);
  for (guint i = 0; take != NULL && i < cc_pack_get_n_variables (pack); i++)
    {
      const CcVariable *variable = cc_pack_get_variable (pack, i);

      if (variable->storage != CC_STORAGE_IDENTIFIER)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (tables); j++)
        {
          cc_statement_bind_text (take, 1, variable->name);
          cc_statement_bind_text (take, 2, tables[j] != NULL ? tables[j] : variable->unit);
          cc_statement_bind_text (take, 3, variable->id);
          if (!cc_statement_run (take, error))
            return FALSE;
        }
    }
  return take != NULL;
}

/* Tables besides those of the units. */
gboolean
cc_purge_may_empty (const char *table)
{
  static const char *const tables[] = { "identifier", "source_row", "finding", "merge_conflict" };
  const gboolean           is_row = g_str_has_prefix (table, CC_ROW_PREFIX);

  if (is_row)
    table += strlen (CC_ROW_PREFIX);
  for (guint i = is_row ? 0 : 1; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (table, tables[i]) == 0)
      return TRUE;
  return !is_row && strcmp (table, CC_SAID_TABLE) == 0;
}

static gboolean
empty_change (CcAct       *act,
              CcStatement *change,
              CcStatement *update,
              CcEmptied   *emptied,
              GError     **error)
{
  guint8        hash[CC_HASH_SIZE];
  gsize         salt_size;
  gconstpointer salt = cc_statement_blob (change, 6, &salt_size);

  cc_audit_mac (act->mac, salt, salt_size, cc_statement_text (change, 2),
                cc_statement_text (change, 3), cc_statement_text (change, 4),
                cc_statement_text (change, 5), hash);
  cc_emptied_add (emptied, cc_statement_int64 (change, 0), cc_statement_int64 (change, 1),
                  cc_statement_text (change, 2), cc_statement_text (change, 3));
  cc_statement_bind_int64 (update, 1, cc_statement_int64 (change, 0));
  cc_statement_bind_int64 (update, 2, cc_statement_int64 (change, 1));
  cc_statement_bind_blob (update, 3, hash, sizeof hash);
  return cc_statement_run (update, error);
}

gboolean
cc_purge_history (CcAct *act, CcEmptied *emptied, CcPurgeResult *result, GError **error)
{
  g_autoptr (CcStatement) changes = NULL;
  g_autoptr (CcStatement) update = NULL;
  gboolean has_row = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (takes); i++)
    if (!cc_connection_execute (act->connection, takes[i], error))
      return FALSE;
  if (!take_words (act, error))
    return FALSE;
  changes = cc_connection_prepare (act->connection,
                                   "SELECT c.seq, c.n, c.tbl, c.key, c.before, c.after, c.salt"
                                   " FROM purge_change p CROSS JOIN audit_change c"
                                   " ON c.seq = p.seq AND c.n = p.n WHERE c.salt IS NOT NULL"
                                   " ORDER BY p.seq, p.n",
                                   error);
  update = changes != NULL
               ? cc_connection_prepare (act->connection,
                                        "UPDATE audit_change SET before = NULL, after = NULL,"
                                        " salt = NULL, mac = ?3 WHERE seq = ?1 AND n = ?2",
                                        error)
               : NULL;
  while (update != NULL && has_row)
    {
      if (!cc_statement_step (changes, &has_row, error)
          || (has_row && !empty_change (act, changes, update, emptied, error)))
        return FALSE;
      result->changes += has_row;
    }
  return update != NULL;
}
