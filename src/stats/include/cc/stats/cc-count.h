/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-texts.h>
#include <cc/stats/cc-questionnaire.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* One column of the period axis. */
typedef struct
{
  CcInterval interval;
  char       code[16]; /* "2023"; "2023-04" where the year begins in April */
} CcPeriod;

/* What is asked of a count. */
typedef struct
{
  GArray     *periods;   /* CcPeriod, see cc_periods_new_years () */
  GHashTable *params;    /* name -> value: overrides of param.<name>; may be NULL */
  GHashTable *repeats;   /* table id -> "first", "yearly", "new-event": overrides; may be NULL */
  gboolean    no_bounds; /* leaves out the bounds from undecided pairs */
  const char *const *agencies; /* keys of entities: only persons (records, returns) that at least
                                  one of them reported are looked at; NULL = all */
} CcCountOptions;

typedef enum
{
  CC_CELL_COMPUTED,
  CC_CELL_BLANK,          /* not known: blank on paper, never zero */
  CC_CELL_NOT_DETERMINED, /* nothing is certain: all candidates overlap periods */
  CC_CELL_ENTRY,          /* typed in */
  CC_CELL_MASKED,         /* by disclosure control */
} CcCellState;

typedef struct
{
  CcCellState state;
  double      value; /* the figure: a count, or the rate */
  gint64      count; /* persons (records, returns) counted: the numerator of a rate */
  gint64      low;   /* bounds of count from undecided pairs, inclusive */
  gint64      high;
  gboolean bounds_loose; /* a component had too many outcomes: low and high hold but may be wide */
  double   denominator;  /* inhabitants, 0 where there is none */
  const char *reason;    /* text key, set where the cell is blank; NULL otherwise */
  const char *entry_reason; /* reason the user gave for a typed-in figure, or NULL */
} CcCell;

/* A row or a column of a counted table: one category of each of its axes. The period is kept apart:
 * `code` and `parts` do not contain it. */
typedef struct
{
  guint    block;  /* position among the blocks joined by "|" */
  int      period; /* index into periods; -1 = all periods together, or no period axis here */
  char   **parts;  /* category codes, outer first; "total" where the axis is summed over */
  char    *code;   /* parts joined by ";"; "total" where there is no axis but the period */
  gboolean total;  /* a part, or the period where it is an axis here, is a total */
} CcHeading;

/* An axis as it stands in a counted table. */
typedef struct
{
  const char *name;   /* sexage7 */
  const char *field;  /* of a list axis, "" otherwise */
  gboolean    period; /* the period axis */
  gboolean    each;   /* one person may stand in several categories */
  gboolean    additive;
  gboolean    has_total;
  char      **codes; /* categories without the total */
} CcResultAxis;

/* One sentence under a table: a key of data/texts and its count. */
typedef struct
{
  const char *key;   /* "stats.note.no-date" ... */
  gint64      count; /* persons left out, or concerned */
} CcNote;

typedef struct
{
  CcQuestionnaire         *questionnaire;
  const CcTableDefinition *table;
  GArray                  *periods;    /* CcPeriod */
  GPtrArray               *row_blocks; /* GPtrArray* of CcResultAxis*, one per block, outer first */
  GPtrArray               *col_blocks;
  GPtrArray               *rows; /* CcHeading* in print order, totals last in their axis */
  GPtrArray               *cols;
  CcCell                  *cells;  /* rows->len * cols->len, row by row */
  CcCell                  *totals; /* one per period, then all periods: independent of all cells */
  gint64                   base;   /* persons that the table looked at */
  GArray                  *notes;  /* CcNote */
} CcTableResult;

/* Years first..last; first_month 4 makes 1 April to 31 March, named after the year it begins in. */
GArray  *cc_periods_new_years (int first, int last, int first_month);
GArray  *cc_periods_new_reported (CcCaseFile *file, int first_month, GError **error);
GArray  *cc_periods_new_days (CcDay first, CcDay last);
gboolean cc_periods_parse (const char *text, int first_month, GArray **periods, GError **error);

CcTableResult *cc_count_table (CcCaseFile              *file,
                               CcQuestionnaire         *questionnaire,
                               const CcTableDefinition *table,
                               const CcCountOptions    *options,
                               GCancellable            *cancellable,
                               GError                 **error);
void           cc_table_result_free (CcTableResult *self);
const CcCell  *cc_table_result_get (const CcTableResult *self, guint row, guint col);
const CcCell  *cc_table_result_find (const CcTableResult *self,
                                     const char          *row_code,
                                     const char          *col_code,
                                     const char          *period_code);
char          *cc_table_result_label (const CcTableResult *self,
                                      const CcHeading     *heading,
                                      guint                part,
                                      gboolean             of_columns,
                                      CcTexts             *texts,
                                      const char          *language);
char *
cc_period_label (const CcPeriod *period, int first_month, CcTexts *texts, const char *language);

/* Why a person is not in a cell. */
typedef struct
{
  gint64      cluster;  /* of a registration: the record */
  GArray     *records;  /* gint64 record ids of the cluster, live ones */
  const char *reason;   /* NULL = behind the cell; else a text key "stats.why.*" */
  char       *category; /* where it stands instead: codes joined by ";", or NULL */
  CcInterval  date; /* by which it counts, here or elsewhere; unknown where the table has none */
} CcCellPerson;

/* The persons behind one cell and those that are not in it, with the reason. period_code NULL means
 * all periods. at_most limits each of the two lists (0 = no limit). */
typedef struct
{
  GPtrArray *inside;  /* CcCellPerson* */
  GPtrArray *outside; /* CcCellPerson* */
  gint64     n_inside;
  gint64     n_outside;
  GArray    *reasons; /* CcNote: how many are outside for each reason, the most frequent first */
} CcCellPersons;

CcCellPersons *cc_count_cell (CcCaseFile              *file,
                              CcQuestionnaire         *questionnaire,
                              const CcTableDefinition *table,
                              const CcCountOptions    *options,
                              const char              *row_code,
                              const char              *col_code,
                              const char              *period_code,
                              guint                    at_most,
                              GCancellable            *cancellable,
                              GError                 **error);
void           cc_cell_persons_free (CcCellPersons *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcTableResult, cc_table_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCellPersons, cc_cell_persons_free)

G_END_DECLS
