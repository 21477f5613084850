/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-record-stream-private.h"
#include "cc-row-image-private.h"
#include "cc-seal-private.h"

G_BEGIN_DECLS

/* Whether what stands in a case file is what its history says, as far as the history can tell. The
 * history is read from its newest change back: the newest word on a row is what the row must say;
 * older ones count for what newer ones leave open. */

/* What the history says of a record. */
typedef struct
{
  guint32 written; /* the newest act that stored what it says or whose it is, 0: unknown */
  guint32 stated;  /* the newest that stored what it says: what was sealed before does not count */
  guint32 brought; /* the newest act that made it, 0: unknown */
  guint32 flags;
  char    bound[CC_SEAL_RECORD_SIZE]; /* with CC_PROOF_BOUND */
} CcProofRecord;

enum
{
  CC_PROOF_KNOWN = 1 << 0, /* some act names it */
  CC_PROOF_GONE = 1 << 1,  /* the newest says that it is removed */
  CC_PROOF_STATE = 1 << 2, /* its state is known */
  CC_PROOF_WITHDRAWN = 1 << 3,
  CC_PROOF_WRITTEN = 1 << 4, /* the newest act that stored its values is passed */
  CC_PROOF_BOUND = 1 << 5,   /* and bound it to its delivery */
  CC_PROOF_SEALED = 1 << 6,  /* its values are those of a seal */
  CC_PROOF_PURGED = 1 << 7,  /* identifiers were removed, by an act that did not seal */
  CC_PROOF_FOREIGN = 1 << 8, /* a difference has been told */
  CC_PROOF_MUST = 1 << 9,    /* it was there when the newest act that names it ended */
  CC_PROOF_VOID = 1 << 10,   /* stored anew without its rows being kept: older ones do not count */
  CC_PROOF_SEEN = 1 << 11,   /* it stands */
  CC_PROOF_LIVE = 1 << 12,
  CC_PROOF_UNBROUGHT = 1 << 13, /* which act made it cannot be told */
  CC_PROOF_OUT = 1 << 14,       /* it stands and is withdrawn */
  CC_PROOF_PERSON = 1 << 15,    /* it stands and is one of a person or an event */
};

/* How a column of a row is accounted for. */
typedef enum
{
  CC_PROOF_NOT_SAID,
  CC_PROOF_EXACT, /* it is as an act left it, or that was told */
  CC_PROOF_OPEN,  /* it is not, but a newer act may have changed it without keeping the row */
} CcProofCover;

/* A record that an act which kept no rows moved from one person to another. */
typedef struct
{
  gint64   record;
  gint64   from; /* clusters */
  gint64   to;
  gint64   seq;
  gboolean used;
} CcProofMove;

/* An act that kept its rows made a cluster part of another, or a whole again. */
typedef struct
{
  gint64 seq;
  gint64 before; /* what it was part of before, 0: of none */
} CcProofJoin;

typedef struct
{
  CcCaseFile   *file;
  CcConnection *connection;
  CcProgress   *progress;
  GPtrArray    *problems;
  guint         n_told[8]; /* by CcProofKind */

  GArray     *records;   /* CcProofRecord, by id */
  GHashTable *layouts;   /* table to its layout */
  GHashTable *rows;      /* "table key" to a CcProofCover, as a byte, for each column */
  GHashTable *seals;     /* keys of seals passed; that of a record to its hash */
  GHashTable *sealed_by; /* delivery to the oldest act so far that sealed it */
  GHashTable *whole;     /* deliveries whose act sealed all that they brought */
  GHashTable *named;     /* "table key": rows that words name */
  GHashTable *moves;     /* CcProofMove, by record, act and where to */
  GHashTable *leaving;   /* cluster to the newest CcProofMove out of it */
  GHashTable *joins;     /* cluster to CcProofJoin: what it was part of before, the newest first */
  GHashTable *pasts;     /* "table key" to how the row was, with has_sealed_rows */
  GHashTable *bonds;     /* record to what bound it before newer acts that kept its row */

  /* What newer acts have done without keeping the rows as they were. */
  gboolean deliveries;              /* a delivery came or went */
  gboolean unsealed;                /* so did one that was not sealed */
  gboolean lost;                    /* more changed than was kept: nothing older counts */
  gboolean lost_links;              /* the same of a search for persons: it touches few tables */
  gboolean other_words;             /* what numbers stand for was changed */
  gboolean merged;                  /* a merge that kept no rows brought what is not known */
  gboolean copied;                  /* a package: it began with rows of another file */
  gboolean began;                   /* and noted which */
  gboolean has_sealed_rows;         /* one by one */
  gint64   seq;                     /* the act that is being read */
  gint64   last_sealed[CC_N_SEALS]; /* of kinds that are sealed row by row, 0: none; else + 1 */
  gint64   first_pack;              /* acts that exchanged the classifications, 0: none */
  gint64   last_pack;
} CcProof;

/* What is told of, each up to a limit. */
typedef enum
{
  CC_PROOF_OF_RECORDS,
  CC_PROOF_OF_ROWS,
  CC_PROOF_OF_SEALS,
  CC_PROOF_OF_SCHEMA,
  CC_PROOF_OF_PERSONS,
} CcProofKind;

/* connection: in a transaction. Phase "progress.verify", several times. */
gboolean cc_proof_run (CcCaseFile   *file,
                       CcConnection *connection,
                       CcProgress   *progress,
                       GPtrArray    *problems,
                       GError      **error);

gboolean cc_proof_read_chain (CcProof *self, GError **error);
gboolean cc_proof_check_records (CcProof *self, GError **error);

/* An act that kept rows has changed a record, which was so before. */
void cc_proof_take_bond (CcProof *self, gint64 record, const char *before);

/* Whether a record is of the row and delivery that its act bound it to, as far as that is known. */
gboolean cc_proof_is_bound (CcProof                *self,
                            CcDigest               *digest,
                            const CcStreamedRecord *streamed,
                            const CcProofRecord    *known);

/* Whether records stand in their tables as the program writes them, neither more nor less. */
typedef struct _CcProofShape CcProofShape;

CcProofShape *cc_proof_shape_new (CcProof *proof);
void          cc_proof_shape_free (CcProofShape *self);
gboolean      cc_proof_shape_take (CcProofShape           *self,
                                   const CcStreamedRecord *streamed,
                                   GPtrArray              *stated,
                                   gboolean               *fits,
                                   GError                **error);
gboolean      cc_proof_shape_end (CcProofShape *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcProofShape, cc_proof_shape_free)

/* Which records are one person, after the records. */
gboolean cc_proof_check_persons (CcProof *self, GError **error);
void     cc_proof_take_join (CcProof *self, gint64 cluster, const char *before);
void     cc_proof_take_move (CcProof *self, gint64 record, gint64 from, gint64 to);
guint    cc_proof_move_hash (gconstpointer move);
gboolean cc_proof_move_equal (gconstpointer a, gconstpointer b);

/* What acts say of a column of a row, whose key is a number. */
CcProofCover cc_proof_get_cover (CcProof *self, const char *table, gint64 key, const char *column);

/* Whether a newer act has changed more of the table than was kept. */
gboolean cc_proof_is_lost (const CcProof *self, const char *table);
gboolean cc_proof_check_schema (CcProof *self, GError **error);

/* Whether numbers stand where numbers belong. */
gboolean cc_proof_check_types (CcProof *self, GError **error);

/* A row as it was, the newest first. Either image may be NULL; purged: both were removed. */
gboolean cc_proof_take_image (CcProof    *self,
                              const char *table,
                              const char *key,
                              const char *before,
                              const char *after,
                              gboolean    purged,
                              GError    **error);

/* A row that was sealed by itself, "table key", and its hash; without a row: a package noted all
 * that it began with. */
gboolean cc_proof_take_sealed (CcProof *self, const char *name, const char *hash, GError **error);

/* Where rows are sealed one by one: how each was before a newer act. */
void cc_proof_keep_past (CcProof *self, const char *name, const char *before, const char *after);
gboolean cc_proof_fits_past (CcProof           *self,
                             const char        *name,
                             const CcRowLayout *layout,
                             CcStatement       *now,
                             const char        *hash);
void     cc_proof_past_free (gpointer past);
gboolean cc_proof_check_rows (CcProof *self, GError **error);
void     cc_proof_layout_free (gpointer layout);

/* NULL where no record can have that number. */
CcProofRecord *cc_proof_get_record (CcProof *self, gint64 id);

/* Adds a sentence, unless enough was said of its kind. */
void cc_proof_tell (CcProof *self, CcProofKind kind, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Returns: (transfer full): which record it is, from whom and with which delivery; which delivery
 */
char *cc_proof_name_record (CcProof *self, gint64 record);
char *cc_proof_name_delivery (CcProof *self, gint64 submission);

#define CC_PROOF_BY_OTHERS "by something other than Casecount"
#define CC_PROOF_ADVICE    "Compare it with a backup."

G_END_DECLS
