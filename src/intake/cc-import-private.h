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

typedef struct
{
  const CcInspectColumn *found;
  CcColumnPlan          *plan;
  GPtrArray             *readers; /* CcCellReader, one for each target */
  char                  *last;    /* text of the row above, for ditto marks and merged cells */
  char                  *folded;
  gboolean               serial;
  gboolean               may_ditto; /* a ditto mark stands in the column, or cannot be ruled out */
} CcImportColumn;

typedef struct
{
  const CcInspectTable *found;
  char                 *unit; /* victim, perpetrator, event; "" undecided */
  gboolean              also_perpetrator;
  CcInterval            period;
  GPtrArray            *columns;   /* CcImportColumn, by position in the sheet */
  GArray               *key_order; /* guint: positions in columns by folded header */
  GArray               *merges;    /* CcMerge: cells merged downwards among the data */
  guint                 end_row;   /* first row of the next table of the sheet */
  GPtrArray            *plans;
} CcImportTable;

/* An event of this delivery, by its case number. */
typedef struct
{
  gint64      id;
  CcRecord   *record; /* what rows have said of it so far; NULL: nothing but its number */
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
  GHashTable  *touched;     /* record ids, where a delivery is replaced */
  GHashTable  *unmapped;    /* table, header, variable, text -> CcImportUnmapped */
  guint64      n_done;
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
  gboolean       date_ambiguous;
  const char    *parked;
  char          *key;
  CcPutResult    outcome;
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
char          *cc_import_table_make_key (CcImportTable *self, char **texts);
char          *cc_import_cells_to_json (const CcSheetCell *cells, guint n_cells);

/* rows */
void           cc_import_row_read (CcImportJob *job, CcImportRow *row);
void           cc_import_row_clear (CcImportRow *row);
void           cc_import_row_find (CcImportRow      *row,
                                   const char       *rule,
                                   CcSeverity        severity,
                                   const CcVariable *variable,
                                   const char       *value);
CcRecord      *cc_import_row_get (CcImportRow *row, const char *unit);
CcRecord      *cc_import_row_ensure (CcImportJob *job, CcImportRow *row, const char *unit);
const CcValue *cc_record_known (CcRecord *record, const char *id);
void           cc_record_merge (CcRecord *self, CcRecord *other);

/* the act */
gboolean cc_import_run_act (CcAct *act, gpointer data, GError **error);

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
