/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-retention.h>

#include "cc-act-private.h"
#include "cc-emptied-private.h"

G_BEGIN_DECLS

/* What a source row's cells are once they are removed. */
#define CC_PURGED_CELLS "[\"" CC_PURGED_MARK "\"]"

/* Cells that still say something. */
#define CC_CELLS_KEPT(alias)                                                                       \
  "(" alias ".cells IS NOT NULL AND " alias ".cells <> '" CC_PURGED_CELLS "')"

#define CC_PURGE_ACT "purge"

/* What is due under one rule, as a query: parameter 1 is the last day that is due, 2 the rule's id,
 * 3 its kind. Columns: record, kind, day counted from (NULL: unknown), source
 * row. Returns: (transfer full) */
char *cc_retention_build_query (CcCaseFile *file, const CcRetentionRule *rule);
void  cc_retention_bind_query (CcStatement *query, const CcRetentionRule *rule, CcDay today);

/* Records whose identifiers are removed and whose raw row is back: columns as above. */
extern const char *const cc_retention_returned_sql;

/* Within the act: from the temporary tables purge_item and purge_row. */
gboolean cc_purge_find_rows (CcAct *act, GError **error);
gboolean cc_purge_history (CcAct *act, CcEmptied *emptied, CcPurgeResult *result, GError **error);

/* Whether a removal may empty changes of a table, rows as they were or words; those of the units'
 * tables, too. */
gboolean cc_purge_may_empty (const char *table);

/* Gives freed pages back, so that no byte of what was removed is left in the file or its log. Not
 * in a transaction. *done FALSE: somebody reads an older state; it is done on the next opening. */
gboolean cc_purge_compact (CcConnection *connection, gboolean *done, GError **error);
gboolean cc_purge_is_pending (CcConnection *connection);

/* Has a delivery that comes again leave removed identifiers removed. */
GPtrArray *cc_purge_list_kinds (CcAct *act, gint64 record, GError **error);
gboolean   cc_purge_keep_row (CcAct *act, gint64 source_row, GError **error);
gboolean   cc_purge_keep_removed (CcAct *act, gint64 record, GPtrArray *kinds, GError **error);

G_END_DECLS
