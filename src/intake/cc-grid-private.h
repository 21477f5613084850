/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>

G_BEGIN_DECLS

/* A row copied out of the reader: the head of a sheet is held to find the header in it. */
typedef struct
{
  guint    row;
  gboolean hidden;
  GArray  *cells; /* CcSheetCell with texts of their own */
} CcGridRow;

CcGridRow *cc_grid_row_copy (const CcSheetRow *row);
void       cc_grid_row_free (CcGridRow *self);
/* A number cell, or a text that is nothing but one: separated text knows no types. */
gboolean    cc_cell_is_number (const CcSheetCell *cell, double *number);
const char *cc_cells_find (const CcSheetCell *cells, guint n_cells, guint column);

/* Where the header of a sheet's first table stands. */
typedef struct
{
  gboolean found;
  guint    first, last; /* positions in the array of head rows */
  int      machine;     /* position, -1 where there is none */
  gboolean by_shape;    /* no known header; taken because it looks like one */
} CcHeadFind;

CcHeadFind cc_grid_find_header (CcPack *pack, GPtrArray *rows, GArray *merges, int wanted_row);
char *cc_grid_join_header (GPtrArray *rows, const CcHeadFind *head, GArray *merges, guint column);
char *cc_grid_header_leaf (GPtrArray *rows, const CcHeadFind *head, GArray *merges, guint column);

/* What a row below the header is. */
CcRowKind cc_grid_classify (CcPack               *pack,
                            const CcInspectTable *table,
                            const CcSheetCell    *cells,
                            guint                 n_cells,
                            guint                 row);
/* Whether the row begins another table: a header of known names that is not this table's. */
gboolean         cc_grid_starts_table (CcPack               *pack,
                                       const CcInspectTable *table,
                                       const CcSheetCell    *cells,
                                       guint                 n_cells);
CcInspectColumn *cc_inspect_table_find_column (const CcInspectTable *table, guint column);

G_END_DECLS
