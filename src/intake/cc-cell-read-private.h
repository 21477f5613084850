/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-code-text.h>
#include <cc/intake/cc-map.h>
#include <cc/model/cc-record.h>

G_BEGIN_DECLS

/* What one cell says about one target: computed once for each different text of a column. */
typedef struct
{
  CcValue    *value;     /* NULL where the cell says nothing */
  CcValue    *extra;     /* another variable the same cell states: an age in a birth date column */
  const char *rule;      /* finding, NULL where the cell was read */
  gboolean    ambiguous; /* somebody must be asked before the row can be counted */
  int         n_persons; /* 0 where the cell does not say; 2 and more: several persons */
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
  CcDay                  today;
  gboolean               date_1904;
  gboolean               has_sex;   /* another target of the column is a sex: "Sex/Age" */
  gboolean               has_codes; /* the target's list has codes */
  CcSexReader           *sex;
  CcNoValue              blank; /* what a blank cell means; NONE for not collected */
  GHashTable            *memo;  /* text -> CcCellRead */
} CcCellReader;

CcCellReader     *cc_cell_reader_new (CcPack                *pack,
                                      CcMap                 *map,
                                      const CcInspectColumn *column,
                                      const CcColumnPlan    *plan,
                                      const CcTarget        *target);
void              cc_cell_reader_free (CcCellReader *self);
const CcCellRead *cc_cell_reader_read (CcCellReader *self, const char *text);

G_END_DECLS
