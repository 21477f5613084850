/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-act-private.h"

G_BEGIN_DECLS

/* A delivery keeps no rows as they were in the chain: it would double the file. Instead the act
 * that brought or changed such a thing seals it: the chain notes under this table's name a hash of
 * how it stands at the end of the act, so that verifying can tell whether anything else has
 * changed it since. Seals stand between an act's words and its rows as they were. */
#define CC_SEAL_TABLE "seal"

/* Between the number of the raw row that a record came from and the hash that binds the record. */
#define CC_SEAL_SEPARATOR ' '

/* Characters of the hash beside a record. */
#define CC_SEAL_RECORD_SIZE 24

typedef enum
{
  CC_SEAL_DELIVERY, /* submission: by its id */
  CC_SEAL_ROWS,     /* source_row: by the delivery's id */
  CC_SEAL_COUNTS,   /* aggregate_cell: by the delivery's id */
  CC_SEAL_RECORD,   /* a record whose values are no longer those it was stored with: by its id */
  CC_SEAL_PACK,     /* pack_file: all of them, id 0 */
  CC_SEAL_META,     /* meta: what the file says of itself, id 0 */
  CC_SEAL_WORDS,    /* variable, code, code_closure, concordance: id 0 */
  CC_SEAL_PERSONS,  /* membership: those that a package began with, id 0 */
  CC_SEAL_FINDINGS, /* finding: so many in order of their ids, by the number of the group */
  CC_SEAL_PROFILE,  /* profile: by its id */
  CC_SEAL_VERSION,  /* profile_version: by its id */
  CC_SEAL_USER,     /* user: by its id */
  CC_N_SEALS,
} CcSealKind;

/* An empty list of what is to be sealed. */
GArray *cc_act_new_seals (void);

/* The kinds whose rows are sealed whatever changes them, from CC_SEAL_FINDINGS on: the act is told
 * of each row of a table that changes, and where one does, the last of the table is sealed, too. So
 * what stands behind all that was sealed was added by nobody's act. */
void cc_act_watch_rows (CcAct *act, gboolean watch);

/* Of such a kind; FALSE: nothing stands behind that number. */
gboolean cc_seal_is_beyond (CcConnection *connection,
                            CcSealKind    kind,
                            gint64        last,
                            gboolean     *beyond,
                            GError      **error);

/* Has the act seal this at its end, however often it is asked to. */
void cc_act_seal (CcAct *act, CcSealKind kind, gint64 id);

/* A delivery that comes, with its rows and counts: that it has none is sealed, too. */
void cc_act_seal_delivery (CcAct *act, gint64 submission);

/* The same for each id that a query gives. */
gboolean cc_act_seal_all (CcAct *act, CcSealKind kind, const char *sql, GError **error);

/* Where a record stands as it was once sealed, has the act seal it, too: the act stores it anew,
 * and a seal from before does not count any more. */
gboolean cc_act_seal_on (CcAct *act, gint64 record, GError **error);

/* Single rows of a table, sealed as they stand: the key is this, the table, a blank and the row's
 * key as rows are noted. What acts that keep rows change of them later is told by these. */
#define CC_SEAL_ROW "row:"
gboolean cc_act_seal_each (CcAct *act, const char *table, const char *where, GError **error);

/* For a package: each row that it begins with, of the tables that nothing else seals. CC_SEAL_ROW
 * alone says then that these were all. */
gboolean cc_act_seal_began (CcAct *act, GError **error);

/* (element-type utf8): literals. Returns: (transfer full) */
char *cc_seal_hash_cells (GPtrArray *cells);

/* Writes the seals of an act, after its words and before its rows as they were. */
gboolean cc_act_write_seals (CcAct *act, GError **error);

/* On opening: whether these are as they were sealed last, or never were. */
gboolean cc_seal_is_intact (CcConnection *connection, CcSealKind kind, gboolean *sealed);

/* An act on a connection that has no writer yet, inside the caller's transaction, with seals of id
 * 0. What was not intact before stays sealed as it was. user: "" for the program itself; wanted:
 * CC_SEAL_BIT () of each kind */
#define CC_SEAL_BIT(kind) (1u << (kind))
#define CC_SEALS_OF_FILE  (CC_SEAL_BIT (CC_SEAL_META) | CC_SEAL_BIT (CC_SEAL_WORDS))
#define CC_SEALS_OF_NEW_FILE                                                                       \
  (CC_SEALS_OF_FILE | CC_SEAL_BIT (CC_SEAL_FINDINGS) | CC_SEAL_BIT (CC_SEAL_PROFILE)               \
   | CC_SEAL_BIT (CC_SEAL_VERSION) | CC_SEAL_BIT (CC_SEAL_USER))
gboolean cc_seal_append_act (CcConnection *connection,
                             const char   *name,
                             const char   *user,
                             guint         wanted,
                             GError      **error);

/* Of CC_SEALS_OF_FILE, those that are as they were sealed last, or never were: sealed is FALSE then
 */
guint cc_seal_list_intact (CcConnection *connection, gboolean *sealed);

/* The same as an act of its own, for a file of a version that did not seal this: from here on it is
 * proven. Where that fails, the next opening does it. */
void cc_seal_begin (CcConnection *connection);

/* Returns: (transfer full): under which the chain notes it */
char *cc_seal_make_key (CcSealKind kind, gint64 id);

/* Allows NULL. */
gboolean cc_seal_parse_key (const char *key, CcSealKind *kind, gint64 *id);

/* Returns: (transfer full): the hash of what stands; "-" where there is no such thing */
char *cc_seal_compute (CcCaseFile   *file,
                       CcConnection *connection,
                       CcSealKind    kind,
                       gint64        id,
                       GError      **error);

/* Whether what stands is what was sealed as `hash`, also by an earlier version of the program,
 * whose seals covered less. gone: (out): there is no such thing */
gboolean cc_seal_fits (CcCaseFile   *file,
                       CcConnection *connection,
                       CcSealKind    kind,
                       gint64        id,
                       const char   *hash,
                       gboolean     *fits,
                       gboolean     *gone,
                       GError      **error);

/* Notes that the record stands now as a delivery's row states it, and binds it. before: which row
 * it stood for, in the same words. */
gboolean cc_act_log_stored (CcAct      *act,
                            gint64      record,
                            const char *before,
                            gint64      source_row,
                            GError    **error);

/* What binds a record of a delivery to the chain: who sent it, with which row of which delivery,
 * for what it may be used, what it says. */
typedef struct
{
  const guint8 *uuid; /* 16 bytes */
  const char   *unit;
  gint64        entity;
  gint64        submission;
  gint64        source_row;
  gint64        basis;
  gconstpointer content; /* its digest */
  gsize         size;
  gboolean      earlier; /* as earlier versions of the program did: without row and basis */
} CcSealBond;

void
cc_seal_bind_record (CcDigest *digest, const CcSealBond *bond, char text[CC_SEAL_RECORD_SIZE + 1]);

G_END_DECLS
