/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-linkage.h>
#include <cc/linkage/cc-record-compare.h>
#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* What a person who reviews duplicates reads: the queue as a snapshot, one item with its records,
 * one person with all records, the verdicts given. Kinds are unit abbreviations: VI, PE, EV. All of
 * it is read on a connection of the caller's thread. */

#define CC_REVIEW_MOST_RECORDS 5

/* How probable it is that the records of an item are one. */
typedef enum
{
  CC_REVIEW_VERY_LIKELY, /* from 0.95 */
  CC_REVIEW_LIKELY,      /* from 0.7 */
  CC_REVIEW_POSSIBLE,    /* from 0.3 */
  CC_REVIEW_UNLIKELY,
} CcReviewBand;

#define CC_REVIEW_N_BANDS (CC_REVIEW_UNLIKELY + 1)

/* One question: two records, or up to five that hang together. */
typedef struct
{
  gint64       proposal; /* the strongest of it: the item's name */
  gint64       records[CC_REVIEW_MOST_RECORDS];
  gint64       entities[CC_REVIEW_MOST_RECORDS]; /* 0 where not known */
  guint8       n_records;
  guint8       n_persons; /* as the records are joined now: more than two make a group */
  CcReviewBand band;
  float        probability; /* of the weakest tie that is needed to hold it together */
  gboolean     undecided;   /* somebody looked and could not tell */
  gboolean     changed;     /* decided before, but a record has changed since */
} CcReviewItem;

typedef struct
{
  GArray *items; /* CcReviewItem: groups first, then pairs; the most probable first */
} CcReviewQueue;

CcReviewQueue *cc_review_read_queue (CcConnection *connection, const char *kind, GError **error);
void           cc_review_queue_free (CcReviewQueue *self);

/* How many questions the queue holds; -1 with an error. */
gint64 cc_review_count_queue (CcConnection *connection, const char *kind, GError **error);

/* What is known of the searches of one kind. */
typedef struct
{
  gint64 n_runs;
  gint64 last_run;  /* Unix seconds */
  gint64 n_records; /* live now */
  gint64 n_new;     /* came after the last search */
} CcReviewState;

gboolean cc_review_read_state (CcConnection  *connection,
                               const char    *kind,
                               CcReviewState *state,
                               GError       **error);

/* A name to call a record by in a list: the person's name, else the agency's number for it. */
char *cc_review_read_name (CcConnection *connection, gint64 record, GError **error);

/* One record as a column: what it states and where it comes from. */
typedef struct
{
  CcCompareSource source;
  gint64          id;
  gint64          cluster; /* 0 where withdrawn */
  gint64          entity;
  char           *entity_name; /* "" where not known */
  char           *entity_key;  /* the same */
  gboolean        identifies;  /* the agency may decide who is a victim */
  char           *file_name;   /* of the delivery; NULL for records entered by hand */
  gint64          row;         /* of the sheet, 0 where none */
  CcInterval      day;         /* first contact, registration or recording */
} CcReviewRecord;

CcReviewRecord *
cc_review_read_record (CcCaseFile *file, CcConnection *connection, gint64 record, GError **error);
void cc_review_record_free (CcReviewRecord *self);

/* An item as it is shown: records in the order of their persons. */
typedef struct
{
  GPtrArray *records; /* CcReviewRecord* */
  gboolean   open;    /* FALSE: meanwhile there is nothing left to decide */
} CcReviewCase;

CcReviewCase *cc_review_read_case (CcCaseFile   *file,
                                   CcConnection *connection,
                                   const gint64 *records,
                                   guint         n_records,
                                   GError      **error);
void          cc_review_case_free (CcReviewCase *self);

/* Why a pair waits: as cc_link_explain(), with the sum and the probability of the proposal. NULL
 * with CC_ERROR_NOT_FOUND where no search has compared the two. Element-type CcLinkReason. */
GPtrArray *cc_review_explain (CcConnection *connection,
                              const char   *kind,
                              gint64        a,
                              gint64        b,
                              double       *bits,
                              double       *probability,
                              GError      **error);

/* How many live records of the kind carry a name in that spelling, capitals aside; -1 with an
 * error. */
gint64
cc_review_count_name (CcConnection *connection, const char *kind, const char *name, GError **error);

/* Verdicts, in the act of the caller. */
typedef struct
{
  gint64 a;
  gint64 b;
} CcReviewPair;

gboolean cc_act_decide (CcAct              *act,
                        const CcReviewPair *pairs,
                        guint               n_pairs,
                        CcVerdict           verdict,
                        const char         *reason,
                        GError            **error);
gboolean cc_act_decide_records (CcAct        *act,
                                const gint64 *records,
                                guint         n_records,
                                CcVerdict     verdict,
                                const char   *reason,
                                GError      **error);
gboolean cc_act_take_out (CcAct        *act,
                          gint64        record,
                          const gint64 *others,
                          guint         n_others,
                          const char   *reason,
                          GError      **error);

/* A verdict in force, with whose it is. */
typedef struct
{
  gint64    id;
  gint64    act;
  gint64    a;
  gint64    b;
  char     *name_a;
  char     *name_b;
  gint64    cluster_a;
  gint64    cluster_b;
  CcVerdict verdict;
  char     *reason; /* may be NULL */
  char     *user;   /* "" where nobody gave a name */
  gint64    time;
  gboolean  automatic; /* by the accept level */
  gboolean  stale;     /* a record has changed since */
} CcReviewVerdict;

/* Newest first. text: NULL, or a part of a name, reason or user. Element-type CcReviewVerdict. */
GPtrArray *cc_review_list_verdicts (CcConnection *connection,
                                    const char   *kind,
                                    const char   *text,
                                    guint         offset,
                                    guint         limit,
                                    GError      **error);
gint64     cc_review_count_verdicts (CcConnection *connection,
                                     const char   *kind,
                                     const char   *text,
                                     GError      **error);
void       cc_review_verdict_free (CcReviewVerdict *self);

/* A record that came into a person, or left. */
typedef struct
{
  gint64    record;
  gboolean  left;
  gint64    other; /* the person it came from or went to, 0 where none */
  gint64    time;
  char     *user;
  char     *act; /* the act's word: import, decide, link ... */
  CcVerdict verdict;
  char     *reason;
  gboolean  by_verdict; /* verdict and reason are set */
} CcReviewStep;

/* One field of a person: which records' values are taken, and by which rule. */
typedef struct
{
  CcCompareRow *row;
  const char   *rule;  /* the contract's word: first-known, union, earliest, most-exact-earliest,
                        * latest-entitled; "" where the field is shown but not counted */
  gboolean  choosable; /* a user may depart from the rule */
  gboolean *taken;     /* one per record */
  gint64    choice;    /* the record a user chose, 0 where the rule decides */
} CcReviewField;

typedef struct
{
  gint64     cluster; /* as it is now: an ended one gives the one it was joined into */
  char      *kind;
  GPtrArray *records; /* CcReviewRecord*, in the order in which the rules read them */
  GPtrArray *fields;  /* CcReviewField* */
  GPtrArray *steps;   /* CcReviewStep*, oldest first */
} CcReviewPerson;

CcReviewPerson *cc_review_read_person (CcCaseFile   *file,
                                       CcConnection *connection,
                                       CcTexts      *texts,
                                       const char   *language,
                                       gint64        cluster,
                                       GError      **error);
void            cc_review_person_free (CcReviewPerson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReviewQueue, cc_review_queue_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReviewRecord, cc_review_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReviewCase, cc_review_case_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReviewVerdict, cc_review_verdict_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReviewPerson, cc_review_person_free)

G_END_DECLS
