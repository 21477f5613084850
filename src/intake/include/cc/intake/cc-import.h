/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>
#include <cc/intake/cc-map.h>
#include <cc/intake/cc-profile.h>
#include <cc/store/cc-case-file.h>
#include <cc/store/cc-difference.h>

G_BEGIN_DECLS

/* From a sheet file to one committed delivery: one act, one transaction. What becomes of a row:
 * accepted (new, updated or unchanged), parked (unit, number of persons or date cannot be decided)
 * or rejected (total, note, empty). Nothing else can become of it; the sum is asserted. */

#define CC_IMPORT_REPLACES_NONE 0
#define CC_IMPORT_REPLACES_AUTO (-1) /* the latest live delivery of this entity and period */

typedef struct
{
  const char   *entity;   /* key; NULL for a sender that is not known yet */
  const char   *new_name; /* of that sender: it is added with the delivery, or not at all */
  const CcCode *new_type; /* and its kind, a code of list RETYPE */
  CcInterval    period;   /* CC_INTERVAL_UNKNOWN where none is stated */
  const char   *profile;  /* name of a kept profile, NULL: the one that fits, if any */
  CcMap        *map;      /* decisions made now (map file or window), NULL for none */
  gint64        replaces; /* submission id, or one of the two above */
  gboolean      dry_run;  /* everything but the commit */
  gboolean      whole;    /* reads a list that was sent back with questions like any other list */
  CcDay         today;    /* CC_DAY_NONE: today */
} CcImportOptions;

/* Counts by unit name (victim, perpetrator, event), sorted. */
typedef struct
{
  char  *key;
  gint64 count;
} CcImportCount;

/* A value no decision exists for. */
typedef struct
{
  char  *table;
  char  *header;
  char  *variable; /* unit.name */
  char  *text;
  gint64 count;
} CcImportUnmapped;

/* An example row behind a finding or a parked row. */
typedef struct
{
  char *rule; /* key of a text: intake.finding.date-unreadable ... */
  char *sheet;
  guint row; /* from 1, as in Excel */
  char *variable;
  char *value;
} CcImportExample;

/* What came back of a list that was sent back with questions. */
typedef struct
{
  gint64 submission; /* the delivery that was asked about */
  gint64 asked;      /* cells */
  gint64 answered;   /* of these, cells that say something else now */
  gint64 touched;    /* rows that were changed: they alone were read, with those that are new */
  gint64 untouched;
  gint64 added; /* rows that are new */
  gint64 gone;  /* rows that were taken out: what they said counts on */
} CcImportAnswers;

typedef struct
{
  gint64        submission; /* 0 after a dry run */
  gint64        replaced;   /* 0 where none */
  gboolean      same_file;  /* this very file had been imported: nothing changed */
  gint64        rows;
  GPtrArray    *fresh; /* CcImportCount*: rows by the unit of their table */
  GPtrArray    *updated;
  GPtrArray    *unchanged;
  GPtrArray    *woken; /* of the updated: taken back before and live again, with what was decided */
  GPtrArray    *records;  /* CcImportCount*: records now behind the rows, by unit */
  GPtrArray    *parked;   /* CcImportCount*: by reason */
  GPtrArray    *rejected; /* CcImportCount*: by reason */
  gint64        n_parked;
  gint64        n_rejected;
  gint64        withdrawn;        /* records of the replaced delivery that are gone */
  char        **skipped_tables;   /* sheets and tables in which nothing was recognised */
  char        **notices;          /* as in CcInspection */
  gboolean      practice;         /* invented persons in a case file that is not for practice */
  char        **unmapped_columns; /* headers, "Table: Header" where there are several tables */
  GPtrArray    *unmapped_values;  /* CcImportUnmapped* */
  GPtrArray    *findings;         /* CcImportCount*: by rule */
  gint64        n_errors;
  gint64        n_warnings;
  gint64        n_notes;
  GPtrArray    *examples;    /* CcImportExample*: at most five for each rule and parking reason */
  CcDrift      *drift;       /* against the profile used, NULL where none was */
  CcReading    *reading;     /* why the file is read so, NULL where a map was given */
  CcDifference *difference;  /* what it changes in persons and cases */
  CcImportAnswers *answers;  /* of a list that came back, else NULL */
  gint64           earlier;  /* live delivery of this sender, period and layout that it does not
                                replace, but states again for a part; 0 where none */
  gint64     n_again;        /* persons of that one that this one states, too */
  gint64     n_vanished;     /* persons of that one that this one does not state: they count on */
  GPtrArray *vanished;       /* CcDifferenceRow: the first of them; NULL where none is earlier */
  char      *profile;        /* name of the profile used or made */
  char      *entity;         /* key of the sender */
  char      *backup_problem; /* why the backup before a large delivery failed; NULL otherwise */
} CcImportResult;

/* Imports one file. On any failure (unknown entity, no table, headers only, full disk, cancelled)
 * the case file is as it was. */
CcImportResult *cc_import_file (CcCaseFile            *file,
                                const char            *path,
                                const CcImportOptions *options,
                                CcProgress            *progress,
                                GError               **error);

/* The same from an inspection already at hand, with the map the user settled on. */
CcImportResult *cc_import_inspected (CcCaseFile            *file,
                                     CcInspection          *inspection,
                                     CcMap                 *map,
                                     const CcImportOptions *options,
                                     CcProgress            *progress,
                                     GError               **error);
void            cc_import_result_free (CcImportResult *self);
gint64          cc_import_count_total (GPtrArray *counts);

/* Takes a delivery back as a whole: its records are withdrawn, its rows stay. n_records may be
 * NULL. */
gboolean cc_import_undo (CcCaseFile   *file,
                         gint64        submission,
                         gint64       *n_records,
                         GCancellable *cancellable,
                         GError      **error);

/* The same, and what is other then; a dry run changes nothing. */
CcDifference *cc_import_difference (CcCaseFile   *file,
                                    gint64        submission,
                                    gboolean      dry_run,
                                    gint64       *n_records,
                                    GCancellable *cancellable,
                                    GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcImportResult, cc_import_result_free)

G_END_DECLS
