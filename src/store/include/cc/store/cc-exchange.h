/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/base/cc-progress.h>
#include <cc/model/cc-record.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* A part of a case file that travels as a case file of its own, and bringing it, or another copy of
 * the same case file, in again. Nothing here belongs on a main loop. */

/* What goes into a package. */
typedef struct
{
  const char *const *entities;    /* keys; NULL: all */
  CcInterval         period;      /* of the statistical date of victims, perpetrators and events;
                                   * unknown: any */
  const char *const *units;       /* of victim, perpetrator, event; NULL: all */
  gboolean           identifiers; /* with direct identifiers and raw rows */
  const char        *audience;    /* whom it is for: agency, authority or research; noted */
} CcPackageOrder;

typedef struct
{
  gint64 records;        /* in the package, of all units */
  gint64 victims;        /* of these */
  gint64 perpetrators;   /* of these */
  gint64 events;         /* of these */
  gint64 left_out_basis; /* victims, perpetrators and events that may not travel */
  gint64 left_out_dates; /* the same whose date is not known, where a period was asked for */
  char  *head;           /* hash of the newest act that the package holds */
} CcPackageResult;

void cc_package_result_clear (CcPackageResult *self);

/* Writes a package to a path that must not exist, under a passphrase of its own; that it left is an
 * act of the file. Records of withdrawn deliveries, and such whose basis is aggregate-only or
 * withdrawn, stay; of those whose basis is hash-only no identifier and no raw row leaves. The
 * package is built from nothing, so that it holds no trace of the rest. progress and result may be
 * NULL. Errors: CC_ERROR_EXISTS, CC_ERROR_NOT_FOUND for an unknown entity, CC_ERROR_USAGE,
 * CC_ERROR_NO_SPACE, CC_ERROR_READ_ONLY; then no file is left. */
gboolean cc_package_write (CcCaseFile           *self,
                           const CcPackageOrder *order,
                           const char           *path,
                           const char           *passphrase,
                           CcProgress           *progress,
                           CcPackageResult      *result,
                           GError              **error);

/* Takes the written package from its path to where it goes. */
typedef gboolean (*CcPackageDeliver) (const char *path, gpointer data, GError **error);

/* The same for a package that is carried on from path: that it left is noted only where deliver
 * succeeded; where it did not, no file is left at path and the history says nothing. deliver is
 * called from within the act. */
gboolean cc_package_hand_over (CcCaseFile           *self,
                               const CcPackageOrder *order,
                               const char           *path,
                               const char           *passphrase,
                               CcPackageDeliver      deliver,
                               gpointer              data,
                               CcProgress           *progress,
                               CcPackageResult      *result,
                               GError              **error);

/* What a package of this order would hold; writes nothing and is no act. cancellable: (nullable).
 * Errors: CC_ERROR_NOT_FOUND for an unknown entity, CC_ERROR_USAGE. */
gboolean cc_package_preview (CcCaseFile           *self,
                             const CcPackageOrder *order,
                             GCancellable         *cancellable,
                             CcPackageResult      *result,
                             GError              **error);

/* What an open file says of itself. */
typedef struct
{
  gboolean   is_package;
  gboolean   identifiers; /* FALSE: it was made without them */
  char      *entities;    /* keys joined by ";", "" for all */
  char      *units;       /* names joined by ";", "" for all */
  CcInterval period;      /* unknown for any */
  gint64     time;        /* when it was made: Unix seconds */
  char      *head;        /* of the file it was taken from */
} CcPackageInfo;

CcPackageInfo *cc_package_info_read (CcConnection *connection, GError **error);
void           cc_package_info_free (CcPackageInfo *self);

/* How another file stands to one. */
typedef enum
{
  CC_KINSHIP_OTHER,    /* another case file altogether */
  CC_KINSHIP_SAME,     /* nothing differs */
  CC_KINSHIP_OLDER,    /* it holds nothing that is not known here */
  CC_KINSHIP_NEWER,    /* it went on from here */
  CC_KINSHIP_DIVERGED, /* both went on */
} CcKinship;

/* Compares by the histories of both, reading no record. */
gboolean
cc_exchange_compare (CcCaseFile *self, CcCaseFile *other, CcKinship *kinship, GError **error);

/* TRUE where two files begin with the same salt, that is, are copies of one case file; known
 * without a passphrase. Packages have a salt of their own. */
gboolean cc_exchange_is_copy (const char *path, const char *other);

typedef struct
{
  gint64 added; /* records of all units */
  gint64 updated;
  gint64 unchanged;
  gint64 withdrawn;
  gint64 woken;
  gint64 agencies;   /* reporting entities that are new here */
  gint64 deliveries; /* new here */
  gint64 others;     /* rows that are no records: decisions, deliveries, entities, settings ... */
  gint64 persons;    /* records that came to another person or event */
  gint64 conflicts;  /* waiting to be settled */
  gint64 act;        /* number of the act; 0 where there was nothing to bring in */
} CcMergeResult;

/* Brings a package or another copy of the same case file in, in one act: by record UUID what
 * is new, changed or withdrawn there. What changed on both sides is decided for the newest act and
 * put into the queue of conflicts with both values. Merging the same once more changes nothing.
 * Cancelling or failing leaves the file as it was. other: open for reading; with the same pack.
 * Errors: CC_ERROR_REFUSED with a sentence (another case file, practice into real, itself, newer
 * classification), CC_ERROR_DAMAGED where the other file does not pass cc_case_file_verify ().
 * progress may be NULL. */
gboolean cc_merge (CcCaseFile    *self,
                   CcCaseFile    *other,
                   CcProgress    *progress,
                   CcMergeResult *result,
                   GError       **error);

typedef enum
{
  CC_CONFLICT_VALUE,  /* one variable of one record */
  CC_CONFLICT_STATE,  /* a record withdrawn on one side and changed on the other */
  CC_CONFLICT_PERSON, /* which records are one person or event */
  CC_CONFLICT_ROW,    /* anything else */
} CcConflictKind;

typedef struct
{
  gint64            id;
  CcConflictKind    kind;
  gint64            act;    /* the merge that found it */
  gint64            record; /* 0 for a row that is about no record */
  gint64            other;  /* the second of a pair, 0 where there is none */
  char             *unit;   /* of that record; may be NULL */
  const CcVariable *variable;
  GPtrArray        *mine_values; /* CcValue: CC_CONFLICT_VALUE */
  GPtrArray        *their_values;
  char             *table; /* CC_CONFLICT_ROW */
  char             *name;  /* which records or which row, in words */
  char             *mine;  /* in words */
  char             *theirs;
  gint64            mine_time;   /* when it was changed here: Unix seconds */
  gint64            theirs_time; /* when it was changed there */
  gboolean          kept_theirs; /* what stands in the file now */
  gboolean          open;
} CcConflict;

void cc_conflict_free (CcConflict *self);

/* Element-type CcConflict, by id; settled ones too where all is TRUE. */
GPtrArray        *
cc_conflict_list (CcCaseFile *file, CcConnection *connection, gboolean all, GError **error);
gint64 cc_conflict_count_open (CcConnection *connection, GError **error);

/* Settles one: the value of this file (mine) or of the one that was brought in (theirs) stands. The
 * queue keeps both, until a purge removes what they name. CC_ERROR_NOT_FOUND where it is settled or
 * unknown. */
gboolean cc_act_settle_conflict (CcAct *act, gint64 conflict, gboolean theirs, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPackageInfo, cc_package_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcConflict, cc_conflict_free)

G_END_DECLS
