/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>

#include "cc-column-stats-private.h"
#include "cc-grid-private.h"

G_BEGIN_DECLS

/* A table rows are being added to. */
typedef struct _CcTableRun CcTableRun;

/* The state of reading one sheet. */
typedef struct
{
  CcPack         *pack;
  CcInspection   *inspection;
  CcInspectSheet *sheet;
  guint           index;
  GArray         *merges;
  GArray         *defined; /* CcDefinedTable: what the sheet itself calls a table */
  GPtrArray      *head;    /* CcGridRow, until the header is found */
  GPtrArray      *tables; /* CcTableRun: tables that stand side by side, from the first column on */
  CcGridRow      *held; /* a row of one text: the last of these rows, or the next table's heading */
  CcDay           today;
  int             wanted_header;
  int             last_row; /* -1 where the map names none */
  guint           previous_row;
  gboolean        after_end;  /* the row before was a total, a note or a heading */
  gboolean        row_hidden; /* the row being added */
} CcSheetRun;

gboolean
      cc_inspect_read_sheet (CcSheetRun *run, CcBook *book, CcProgress *progress, GError **error);
char *cc_inspect_find_mark (CcPack *pack, const CcInspection *inspection, const char *book_title);
void  cc_inspect_column_free (CcInspectColumn *self);
void  cc_total_difference_free (gpointer data);

/* What the sheet's own tables say. */
int cc_defined_find_header (CcSheetRun *run, GPtrArray *rows, const CcHeadFind *head);
const CcDefinedTable          *
cc_defined_find (CcSheetRun *run, guint row, guint first_column, guint last_column);
gboolean cc_defined_parts (CcSheetRun *run, guint row, guint before, guint column);
gboolean cc_defined_begins (CcSheetRun *run, const CcSheetCell *cells, guint n_cells, guint row);

/* One table while its rows stream by. */
GPtrArray      *cc_table_runs_begin (CcSheetRun *sheet, GPtrArray *rows, const CcHeadFind *head);
CcInspectTable *cc_table_run_get_table (CcTableRun *self);
void      cc_table_run_read_title (CcTableRun *self, const char *text, gboolean is_sheet_name);
CcRowKind cc_table_run_add (CcTableRun *self, const CcSheetCell *cells, guint n_cells, guint row);
void      cc_table_run_finish (CcTableRun *self);
void      cc_table_run_free (CcTableRun *self);

G_END_DECLS
