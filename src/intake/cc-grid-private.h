/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>

G_BEGIN_DECLS

/* Rows with something in them among which the header of a sheet is sought. */
#define CC_GRID_HEAD_ROWS 40

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
const char       *
cc_grid_header_label (GPtrArray *rows, const CcHeadFind *head, GArray *merges, guint column);
char *cc_grid_header_leaf (GPtrArray *rows, const CcHeadFind *head, GArray *merges, guint column);

/* What a row below the header is. */
CcRowKind cc_grid_classify (CcPack               *pack,
                            const CcInspectTable *table,
                            const CcSheetCell    *cells,
                            guint                 n_cells,
                            guint                 row);
gboolean  cc_grid_is_known_header (CcPack *pack, const CcSheetCell *cells, guint n_cells);
gboolean  cc_grid_repeats_header (const CcInspectTable *table,
                                  const CcSheetCell    *cells,
                                  guint                 n_cells,
                                  guint                 tenths);
gboolean  cc_grid_says_nil (CcPack *pack, const char *text);
const CcSheetCell *
cc_grid_slice (const CcInspectTable *table, const CcSheetCell *cells, guint *n_cells);
CcInspectColumn *cc_inspect_table_find_column (const CcInspectTable *table, guint column);

G_END_DECLS
