/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-record-list.h>

G_BEGIN_DECLS

#define CC_ORDER_NONE G_MAXUINT32

/* One record of a table. Codes are ids of the case file. */
typedef struct
{
  gint64 id;
  CcDay  first, last;
  gint32 entity, submission; /* 0 where none */
  gint32 sex, age_class, status;
  gint32 cluster; /* place in the table's clusters, -1 where none */
  gint16 age_min, age_max;
  guint8 signs;
} CcTableRow;

typedef struct
{
  gint64 id;
  guint  n;     /* live records */
  guint  first; /* into by_cluster */
} CcTableCluster;

typedef struct
{
  char *name;
  guint rank; /* by folded name */
} CcTableAgency;

struct _CcRecordTable
{
  gatomicrefcount ref_count;
  CcCaseFile     *file; /* borrowed: whoever holds a table holds the file */
  const char     *unit; /* of the pack */
  const char     *abbr;
  GArray         *rows;     /* CcTableRow, by id */
  GArray         *clusters; /* CcTableCluster, by id */
  guint32        *by_cluster;
  GHashTable     *agencies; /* id to CcTableAgency */
  guint           n_live;
  GMutex          lock; /* for what is made when first asked for */
  guint32        *ranks[CC_ORDER_CHANGE + 1];
};

/* Place of a record in the table, -1 where it is not there. */
int cc_record_table_find (CcRecordTable *self, gint64 id);

/* Ranks of the rows by an order, CC_ORDER_NONE where the row has nothing to be ordered by; kept
 * with the table. */
const guint32 *cc_record_table_get_ranks (CcRecordTable *self,
                                          CcConnection  *connection,
                                          CcRecordOrder  order,
                                          GError       **error);

/* One byte a row, not 0 where identifiers contain each word of a text. */
guint8 *cc_record_table_search (CcRecordTable *self,
                                CcConnection  *connection,
                                const char    *text,
                                GError       **error);

gboolean cc_record_table_load_rows (CcRecordTable *self, CcConnection *connection, GError **error);

/* Column of a variable of this unit: v12_first; NULL where the pack has none of that name. */
char *cc_record_table_get_column (CcRecordTable *self,
                                  const char    *unit,
                                  const char    *variable,
                                  const char    *suffix);

/* What a record is called: its name, else its number; NULL where neither is stated. */
gboolean
cc_record_read_title (CcConnection *connection, gint64 record, char **title, GError **error);

G_END_DECLS
