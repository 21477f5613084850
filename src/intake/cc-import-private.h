/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-check.h>
#include <cc/intake/cc-import.h>
#include <cc/intake/cc-profile.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-entity.h>

#include "cc-cell-read-private.h"
#include "cc-grid-private.h"

G_BEGIN_DECLS

/* A list that comes back with answers; see cc-import-answer-private.h. */
typedef struct _CcImportAnswer CcImportAnswer;
typedef struct _CcAnswerWas    CcAnswerWas;

typedef enum
{
  CC_ANSWER_UNTOUCHED,
  CC_ANSWER_TOUCHED,
  CC_ANSWER_NEW,
  CC_ANSWER_UNPLACED, /* changed and moved: which row it was cannot be told */
} CcAnswerState;

typedef struct
{
  const CcInspectColumn *found;
  CcColumnPlan          *plan;
  GPtrArray             *readers; /* CcCellReader, one for each target */
  char                  *last;    /* text of the row above, for ditto marks and merged cells */
  char                  *folded;
  gboolean               serial;
  gboolean               numbers;   /* it numbers rows, persons or cases */
  gboolean               names;     /* it names persons */
  GHashTable            *shapes;    /* of its texts ("A-9"), NULL until a row is doubtful */
  gboolean               may_ditto; /* a ditto mark stands in the column, or cannot be ruled out */
} CcImportColumn;

typedef struct
{
  const CcInspectTable *found;
  char                 *unit;      /* victim, perpetrator, event; "" undecided */
  gboolean              aggregate; /* rows of counts */
  gboolean              also_perpetrator;
  CcInterval            period;
  gboolean              contradictions_told;
  GPtrArray            *columns;   /* CcImportColumn, by position in the sheet */
  GArray               *key_order; /* guint: positions in columns by folded header */
  GArray               *merges;    /* CcMerge: cells merged downwards among the data */
  guint                 end_row;   /* first row of the next table of the sheet */
  GPtrArray            *plans;
  GPtrArray            *constants; /* CcConstant: what each row says besides its cells */
} CcImportTable;

/* An event of this delivery, by its case number. */
typedef struct
{
  gint64      id;
  CcRecord   *record; /* what is said of it so far; NULL: nothing but its number */
  CcRecord   *own;    /* what this delivery's rows said; NULL where no other named the case */
  CcRecord   *stored; /* what others said before; NULL where none stands */
  CcInterval  recorded;
  gboolean    changed; /* record must be put again when all rows are read */
  gint64      source_row;
  CcPutResult first; /* what the first put made of it */
} CcImportEvent;

typedef struct
{
  CcCaseFile            *file;
  CcPack                *pack;
  CcInspection          *inspection;
  CcMap                 *map;
  const CcImportOptions *options;
  CcProgress            *progress;
  CcEntity              *entity;
  CcDay                  today;
  GHashTable            *entities; /* folded key or name -> id */
  GPtrArray             *tables; /* CcImportTable: events first, then victims, then perpetrators */
  char                  *profile_name;
  CcImportResult        *result;
  gboolean               rolled_back; /* on purpose: dry run, or the same file again */

  /* while the act runs */
  CcAct       *act;
  CcSubmission submission;
  GHashTable  *events;      /* folded case number -> CcImportEvent */
  GPtrArray   *event_order; /* CcImportEvent, as they came */
  GHashTable  *keys;        /* unit and key -> times seen */
  GHashTable  *unmapped;    /* table, header, variable, text -> CcImportUnmapped */
  guint64      n_done;
  guint64      n_all;         /* rows of this delivery, data or not */
  guint64      n_rows_before; /* of all deliveries before it */

  CcImportAnswer *answer; /* NULL for a list like any other */
  CcInterval      answered_period;
} CcImportJob;

/* One finding of a row before it is stored. */
typedef struct
{
  const char       *rule;
  CcSeverity        severity;
  const CcVariable *variable;
  char             *value;
} CcRowFinding;

typedef struct
{
  const CcUnit *unit;
  const CcCode *stage; /* steps and places: one record for each */
  CcRecord     *record;
} CcRowRecord;

typedef struct
{
  CcImportTable *table;
  guint          row;
  char         **texts; /* one for each column of the table, ditto marks resolved; may be NULL */
  char          *cells; /* JSON array of the raw texts */
  gint64         source_row;
  GPtrArray     *records;  /* CcRowRecord */
  GArray        *findings; /* CcRowFinding */
  int            n_persons;
  gboolean       n_unclear;  /* a number of persons stands there that cannot be told */
  GArray        *date_parts; /* parts of dates that stand in columns of their own; or NULL */
  GArray        *shares;     /* CcCellShare: how n_persons divides; NULL where no cell says it */
  gboolean       date_ambiguous;
  gboolean       other_calendar; /* what is ambiguous is the calendar */
  const char    *parked;
  char          *key;
  CcPutResult    outcome;
  const CcAnswerWas *was; /* of a touched row: what it was; else NULL */
  gboolean           unplaced;
} CcImportRow;

/* result */
CcImportResult *cc_import_result_new (void);
void            cc_import_count_add (GPtrArray *counts, const char *key, gint64 n);
void            cc_import_result_sort (CcImportResult *self);
void            cc_import_result_example (CcImportResult *self,
                                          const char     *rule,
                                          const char     *sheet,
                                          guint           row,
                                          const char     *variable,
                                          const char     *value);

/* tables */
CcImportTable *cc_import_table_new (CcImportJob *job, const CcInspectTable *found);
void           cc_import_table_free (CcImportTable *self);
char         **cc_import_table_resolve (CcImportTable     *self,
                                        CcPack            *pack,
                                        const CcSheetCell *cells,
                                        guint              n_cells,
                                        guint              row);
/* Frees what was resolved: blank cells are NULL in the middle of it. */
void  cc_import_table_free_texts (const CcImportTable *self, char **texts);
char *cc_import_table_make_key (CcImportTable *self, char **texts);
char *cc_import_cells_to_json (const CcSheetCell *cells, guint n_cells);

/* answers */
gboolean cc_import_answer_find (CcImportJob *job, GError **error);
gboolean cc_import_answer_load (CcImportJob *job, CcBook *book, GError **error);
gboolean cc_import_answer_load_old (CcImportJob *job, GError **error);
void     cc_import_answer_count_gone (CcImportJob *job);
CcAnswerState
         cc_import_answer_look (CcImportJob *job, guint sheet, guint row, const CcAnswerWas **was);
void     cc_import_answer_compare (CcImportJob *job, const CcAnswerWas *was, const CcSheetRow *row);
gboolean cc_import_answer_settle (CcImportJob *job, CcImportRow *row, GError **error);
/* The key that a row keeps where its number is not another; NULL else. */
char *cc_import_answer_keep_key (const CcAnswerWas *was, const char *number);
void  cc_import_answer_free (CcImportAnswer *self);

/* keys */
void cc_import_make_key (CcImportJob *job, CcImportRow *row, const char *unit, const char *ref_id);
const char *cc_import_key_unit (const char *unit);
const char *cc_import_key_variable (const char *unit);

/* rows */
void           cc_import_row_read (CcImportJob *job, CcImportRow *row);
GArray        *cc_import_findings_new (void);
void           cc_import_row_begin (CcImportRow *row);
void           cc_import_row_clear (CcImportRow *row);
void           cc_import_row_find (CcImportRow      *row,
                                   const char       *rule,
                                   CcSeverity        severity,
                                   const CcVariable *variable,
                                   const char       *value);
void           cc_import_row_note_part (CcImportRow        *row,
                                        const CcCellReader *reader,
                                        const CcCellRead   *read,
                                        const char         *text);
void           cc_import_row_join_dates (CcImportJob *job, CcImportRow *row);
CcRecord      *cc_import_row_get (CcImportRow *row, const char *unit);
CcRecord      *cc_import_row_ensure (CcImportJob *job, CcImportRow *row, const char *unit);
const CcValue *cc_record_known (CcRecord *record, const char *id);

/* the act */
gboolean cc_import_run_act (CcAct *act, gpointer data, GError **error);

/* doubts */
void cc_import_doubt_table (CcImportTable *self);
void cc_import_read_row (CcImportJob *job, CcImportRow *row);

/* counts */
gboolean cc_import_write_aggregate_row (CcImportJob       *job,
                                        CcImportRow       *row,
                                        const CcSheetCell *cells,
                                        guint              n_cells,
                                        GError           **error);

/* writing */
gboolean cc_import_write_row (CcImportJob *job, CcImportRow *row, GError **error);
gboolean
cc_import_write_findings (CcImportJob *job, CcImportRow *row, gint64 record, GError **error);
gboolean cc_import_put (CcImportJob *job,
                        CcRecord    *record,
                        const char  *key,
                        gint64       source_row,
                        CcPutResult *result,
                        GError     **error);
gboolean
cc_import_get_event (CcImportJob *job, CcImportRow *row, CcImportEvent **event, GError **error);
gboolean cc_import_flush_events (CcImportJob *job, GError **error);
void     cc_import_event_free (CcImportEvent *self);

G_END_DECLS
