/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-code-text.h>
#include <cc/intake/cc-map.h>
#include <cc/model/cc-record.h>

G_BEGIN_DECLS

/* Persons of one code that a cell counts: "3 nigériens et 1 tunisien". */
typedef struct
{
  const CcVariable *variable;
  const CcCode     *code;
  int               n;
} CcCellShare;

/* What one cell says about one target: computed once for each different text of a column. */
typedef struct
{
  CcValue    *value; /* NULL where the cell says nothing */
  CcValue    *extra; /* another variable the same cell states: an age in a birth date column */
  const char *rule;  /* finding, NULL where the cell was read */
  gboolean    minor; /* the finding is a note: there is nothing to ask anybody */
  gboolean    other_calendar; /* nobody has said of which calendar the date is */
  gboolean    ambiguous;      /* somebody must be asked before the row can be counted */
  int         n_persons;      /* 0 where the cell does not say; 2 and more: several persons */
  gboolean    n_unclear; /* it states a number of persons that cannot be told: "<5", "5 à 10" */
  int         part;      /* day, month or year where the target is one; 0 where it is not stated */
  GArray     *shares;    /* CcCellShare: how n_persons divides, NULL where the cell does not say */
  const char *once;      /* the same, said once for the column */
  const char *note;      /* finding about a value that was taken, NULL for none */
  char      **unmapped;  /* parts no decision exists for, NULL for none */
} CcCellRead;

/* One column with one target, and what is decided for the column as a whole. */
typedef struct
{
  CcPack                *pack;
  CcMap                 *map;
  const CcInspectColumn *column;
  const CcTarget        *target;
  const char            *own_country;
  GHashTable            *entities; /* folded key or name -> GINT id */
  CcDateOrder            order;
  CcCalendar             calendar;
  gboolean               ask_calendar; /* the years are those of another calendar, nobody said so */
  CcDay                  today;
  gboolean               date_1904;
  gboolean               has_sex;   /* another target of the column is a sex: "Sex/Age" */
  gboolean               has_codes; /* the target's list has codes */
  CcNumberMark           point, comma;
  CcSexReader           *sex;
  CcSexReader           *signs; /* of a column of genders: which letters the column leaves open */
  CcNoValue              blank; /* what a blank cell means; NONE for not collected */
  gboolean               said;  /* what is said once was said */
  GHashTable            *memo;  /* text -> CcCellRead */
} CcCellReader;

CcCellReader     *cc_cell_reader_new (CcPack                *pack,
                                      CcMap                 *map,
                                      const CcInspectColumn *column,
                                      const CcColumnPlan    *plan,
                                      const CcTarget        *target);
void              cc_cell_reader_free (CcCellReader *self);
const CcCellRead *cc_cell_reader_read (CcCellReader *self, const char *text);

/* What one cell says, put together piece by piece. */
CcValue          *cc_cell_read_make_value (CcCellReader *self, CcCellRead *read);
void              cc_cell_read_set_no_value (CcCellReader *self,
                                             CcCellRead   *read,
                                             CcNoValue     no_value,
                                             const char   *text);
void              cc_cell_read_set_unknown (CcCellReader *self, CcCellRead *read, const char *text);
void              cc_cell_read_set_unreadable (CcCellReader *self,
                                               CcCellRead   *read,
                                               const char   *text,
                                               const char   *rule);
void              cc_cell_read_add_unmapped (CcCellRead *read, const char *text);
void              cc_cell_read_set_extra_age (CcCellReader *self,
                                              CcCellRead   *read,
                                              int           min,
                                              int           max,
                                              const char   *text);
const CcVariable *cc_cell_reader_sibling (CcCellReader *self, const char *name);

/* One kind of cell each. */
void cc_cell_read_sex (CcCellReader *self, CcCellRead *read, const char *text);
void cc_cell_read_codes (CcCellReader *self, CcCellRead *read, const char *text);
void cc_cell_read_tick (CcCellReader *self, CcCellRead *read, const char *text);
void cc_cell_read_date (CcCellReader *self, CcCellRead *read, const char *text);
void cc_cell_read_number (CcCellReader *self, CcCellRead *read, const char *text);
void cc_cell_read_date_part (CcCellReader *self, CcCellRead *read, const char *text);
void cc_cell_read_age (CcCellReader *self, CcCellRead *read, const char *text);

G_END_DECLS
