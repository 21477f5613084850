/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-history.h>

#include "cc-capture-private.h"
#include "cc-case-file-private.h"

G_BEGIN_DECLS

/* The statements an import runs for each record. They stay prepared as long as the writer lives. */
typedef enum
{
  CC_SQL_FIND_RECORD,
  CC_SQL_INSERT_RECORD,
  CC_SQL_UPDATE_RECORD,
  CC_SQL_WITHDRAW_RECORD,
  CC_SQL_INSERT_ANSWER,
  CC_SQL_INSERT_MULTI,
  CC_SQL_INSERT_NO_VALUE,
  CC_SQL_INSERT_EXTRA,
  CC_SQL_INSERT_IDENTIFIER,
  CC_SQL_DELETE_ANSWER,
  CC_SQL_DELETE_MULTI,
  CC_SQL_DELETE_NO_VALUE,
  CC_SQL_DELETE_EXTRA,
  CC_SQL_DELETE_IDENTIFIER,
  CC_SQL_INSERT_CLUSTER,
  CC_SQL_INSERT_MEMBERSHIP,
  CC_SQL_END_MEMBERSHIP,
  CC_SQL_CURRENT_CLUSTER,
  CC_SQL_INSERT_CHANGE,
  CC_SQL_MARK_DIRTY,
  CC_SQL_ENTITY_BASIS,
  CC_N_SQL,
} CcSql;

/* Records remembered as marked, by their number's last bits: children follow their parents. */
#define CC_N_MARKED 4096

struct _CcAct
{
  CcCaseFile   *file;
  CcConnection *connection;
  CcWriter     *writer;
  GCancellable *cancellable;
  CcProgress   *progress;
  gint64        time;
  gint64        seq;       /* number of the act in the chain */
  gboolean      audited;   /* FALSE for upkeep, which may touch derived tables only */
  gboolean      brings_in; /* it merges what stands elsewhere: removed identifiers stay removed */
  gint64        n_changes;
  CcDigest     *changes; /* over the HMACs of the changes, in order */
  CcMac        *mac;
  CcMac        *uuid_mac;     /* keeps the key of the file's record secret */
  CcDigest     *digest;       /* of one record at a time */
  GByteArray   *salts;        /* random bytes in stock */
  GArray       *seals;        /* what is to be sealed at the end, see cc_act_seal () */
  GArray       *dirty;        /* cluster ids not yet written to dirty_cluster */
  gint64        basis_entity; /* the entity whose basis was read last */
  int           basis;
  struct _CcWatch *watch;                       /* who is told what changes; NULL for nobody */
  gint64           marked[CC_N_MARKED];         /* records whose clusters are dirty already */
  gint64           marked_persons[CC_N_MARKED]; /* events whose persons are */
};

CcAct   *cc_act_begin (CcWriter     *writer,
                       CcCaseFile   *file,
                       CcConnection *connection,
                       GCancellable *cancellable,
                       gboolean      audited,
                       GError      **error);
gboolean cc_act_end (CcAct *self, const char *name, GError **error);
void     cc_act_free (CcAct *self);

/* Not to be released by the caller; reset after use. */
CcStatement *cc_act_statement (CcAct *self, CcSql which, GError **error);
CcStatement *cc_writer_get_statement (CcWriter *self, CcSql which, GError **error);
CcStatement *cc_writer_get_insert (CcWriter *self, const CcUnitPlan *plan, GError **error);
CcCapture   *cc_writer_get_capture (CcWriter *self);
void         cc_writer_share_refresh (CcWriter *from, CcWriter *to);

gboolean cc_act_flush_dirty (CcAct *self, GError **error);
gboolean cc_act_needs_audit (CcAct *self, GError **error);

/* Who did what nobody has signed. */
#define CC_AUDIT_PROGRAM CC_HISTORY_PROGRAM

/* The chain. */
char    *cc_audit_hash (gint64      seq,
                        gint64      time,
                        const char *user,
                        const char *act,
                        gint64      n,
                        const char *content_hash,
                        const char *prev);
void     cc_audit_mac (CcMac        *mac,
                       gconstpointer salt,
                       gsize         salt_size,
                       const char   *table,
                       const char   *key,
                       const char   *before,
                       const char   *after,
                       guint8        hash[CC_HASH_SIZE]);
gboolean cc_audit_append (CcAct *self, const char *name, GError **error);
gboolean cc_audit_append_to (CcConnection *connection, const char *name, GError **error);
gboolean cc_audit_append_notes_to (CcConnection *connection,
                                   const char   *name,
                                   const char   *user,
                                   const char   *table,
                                   GPtrArray    *notes,
                                   GError      **error);
gboolean cc_audit_append_change_to (CcConnection *connection,
                                    const char   *name,
                                    const char   *table,
                                    const char   *key,
                                    const char   *before,
                                    const char   *after,
                                    GError      **error);
gboolean cc_audit_append_act (CcConnection *connection,
                              const char   *name,
                              const char   *user,
                              const char   *table,
                              const char   *key,
                              const char   *after,
                              GError      **error);

/* Clusters. */
gboolean cc_act_start_cluster (CcAct *self, gint64 record, const char *kind, GError **error);
gboolean
cc_act_add_membership (CcAct *self, gint64 record, gint64 cluster, gint64 decision, GError **error);
gboolean cc_act_move_woken (CcAct *self, gint64 record, gint64 from, gint64 to, GError **error);
gboolean cc_act_settle_cluster (CcAct *self, gint64 cluster, GError **error);
gboolean cc_act_end_membership (CcAct *self, gint64 record, GError **error);
gboolean cc_act_mark_record_dirty (CcAct *self, gint64 record, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcAct, cc_act_free)

G_END_DECLS
