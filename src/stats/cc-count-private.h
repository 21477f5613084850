/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-definition-private.h"
#include "cc-fact-store-private.h"
#include "cc-stats-private.h"

#include <cc/stats/cc-count.h>

G_BEGIN_DECLS

#define CC_TOTAL "total"

/* What becomes of a fact in a table. */
typedef enum
{
  CC_FATE_COUNTED,
  CC_FATE_FILTERED,       /* where= does not hold */
  CC_FATE_NO_DATE,        /* the date is not known */
  CC_FATE_OUTSIDE,        /* the date lies in no asked period */
  CC_FATE_NOT_DETERMINED, /* it may lie in several, or only in part in one */
} CcFate;

/* An axis made ready for counting. Category n is the total. */
typedef struct
{
  const CcAxis  *axis;
  CcAxisUse      use;
  const CcField *field; /* of codes and list axes */
  const guint16 *place; /* per code of the pack: its place in its list */
  guint          n;
  GPtrArray     *codes;    /* char*: the categories' codes */
  GPtrArray     *labels;   /* const CcCategory* as written, or NULL: from the pack */
  GPtrArray     *programs; /* CcProgram* or NULL (codes and countries) */
  gint16        *of_place; /* codes and list: category of each place of the list, -1 = none */
  int            other;    /* list: category of what is not listed, -1 */
  int            unknown;  /* codes: category of what is not known, -1 */
  int            own_place;
  guint8         groups[CC_N_GROUPS]; /* row groups that its tests look at */
} CcCountAxis;

/* A block: axes side by side, outer first, and where its headings begin. */
typedef struct
{
  GPtrArray *axes; /* CcCountAxis* */
  guint      first;
  guint      n;
} CcCountBlock;

/* A table made ready for counting with its parameters and periods. */
typedef struct
{
  CcCaseFile           *file;
  CcConnection         *connection;
  CcQuestionnaire      *questionnaire;
  const CcTable        *table;
  const CcCountOptions *options;
  CcFields             *fields;
  const CcDerivePlan   *derive;
  CcCodeMap            *codes;
  const char           *country;
  CcKind                kind;
  CcRepeat              repeat;
  GArray               *periods;
  CcProgram            *where;
  const CcField        *date;
  GPtrArray            *row_blocks; /* CcCountBlock* */
  GPtrArray            *col_blocks;
  guint                 n_rows;
  guint                 n_cols;
  guint8               *used; /* per field: read from the cache */
  gboolean              rows; /* rows of groups are read too */
  gboolean              bound[CC_N_GROUPS];
  const CcField        *open_pair; /* NULL where the table does not ask */
  const CcField        *stage;     /* of stocks of cases */
  GHashTable           *open;      /* gint64*: clusters in an open pair */
  guint16               open_yes;  /* codes of the list of open_pair */
  guint16               open_no;
  GHashTable           *known; /* gint64*: ids of facts of the agencies asked for; NULL = all */
} CcCountPlan;

/* Cells that a fact falls into, each once. */
typedef struct
{
  GArray    *cells;   /* guint: row * n_cols + col */
  GArray    *periods; /* int: in which it counts */
  CcFate     fate;
  int        wanted; /* a cell for which the date is kept; -1 for none */
  CcInterval date;   /* by which the fact stands in the wanted cell */
  /* used again for each fact, because a million allocations cost more than the counting */
  GArray *matches;
  GArray *here;
  GArray *rows;
  GArray *cols;
  GArray *categories[CC_MAX_NESTED];
} CcHits;

CcCountPlan *cc_count_plan_new (CcCaseFile           *file,
                                CcConnection         *connection,
                                CcQuestionnaire      *questionnaire,
                                const CcTable        *table,
                                const CcCountOptions *options,
                                GCancellable         *cancellable,
                                GError              **error);
void         cc_count_plan_free (CcCountPlan *self);
void    cc_count_plan_headings (const CcCountPlan *self, gboolean columns, GPtrArray *headings);
CcHits *cc_hits_new (void);
void    cc_hits_free (CcHits *self);
void    cc_count_evaluate (const CcCountPlan *self, CcFact *fact, CcHits *hits);
CcFate  cc_count_periods (const CcCountPlan *self, CcFact *fact, CcHits *hits);
void    cc_heading_free (CcHeading *self);

CcConnection *cc_stats_begin (CcCaseFile *file, GError **error);

/* The same for counting: refused with CC_ERROR_READ_ONLY where figures would be missing. */
CcConnection *cc_stats_acquire (CcCaseFile *file, GError **error);
gboolean      cc_facts_need_made (CcCaseFile *file, CcConnection *connection, GError **error);
void          cc_stats_release (CcCaseFile *file, CcConnection *connection);

/* Runs over the facts a table looks at, whatever they are made of. */
typedef gboolean (*CcFactFunc) (CcFact *fact, gpointer data, GError **error);

/* Whether one of the agencies asked for reported the person, case or registration. */
gboolean cc_count_is_known (const CcCountPlan *self, gint64 id);
gboolean cc_count_load_known (CcCountPlan *self, GError **error);
gboolean cc_count_scan (const CcCountPlan *self,
                        CcFactFunc         func,
                        gpointer           data,
                        GCancellable      *cancellable,
                        GError           **error);
gboolean cc_count_sent (const CcCountPlan *plan,
                        gint64            *sent,
                        gint64            *in_rows,
                        gint64            *unclear,
                        GError           **error);
gboolean
cc_count_scan_returns (const CcCountPlan *self, CcFactFunc func, gpointer data, GError **error);

gboolean cc_count_rates (const CcCountPlan *plan, CcTableResult *result, GError **error);
gboolean cc_count_entries (const CcCountPlan *plan, CcTableResult *result, GError **error);

CcInterval cc_count_get_period (const CcCountPlan *self, guint period);
CcFate     cc_count_place_date (const CcCountPlan *self, const CcFactValue *date, GArray *periods);
CcFate     cc_count_place_person (const CcCountPlan *self, const CcFact *fact, GArray *periods);
/* The date that put a person into a period (-1: into any), by what is true of it as a whole. */
CcInterval cc_count_get_person_date (const CcCountPlan *self, const CcFact *fact, int period);

/* In which periods a fact's own date lies, whatever the filter says. */
void cc_count_date_periods (const CcCountPlan *self, const CcFact *fact, GArray *periods);
/* Whether the date is read from the rows of its group. */
gboolean cc_count_date_in_rows (const CcCountPlan *self);
gboolean cc_count_bounds (const CcCountPlan *plan,
                          CcTableResult     *result,
                          guint             *n_pairs,
                          guint             *n_undecidable,
                          GCancellable      *cancellable,
                          GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCountPlan, cc_count_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHits, cc_hits_free)

G_END_DECLS
