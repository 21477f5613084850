/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A streaming tokenizer for comma separated text in UTF-8 (RFC 4180, with the separator given and
 * with the liberties real files take: bare quotes inside fields, missing last line end, CR, LF or
 * CRLF). Encodings are converted before it; see the sheet layer. */
typedef struct _CcCsvReader CcCsvReader;

/* One row, valid until the next call on the reader. */
typedef struct
{
  char **cells; /* n_cells strings */
  guint  n_cells;
  guint  line; /* line of the file on which the row begins, from 1 */
} CcCsvRow;

/* Cells longer than this are refused with CC_ERROR_LIMIT (Excel's own limit is 32,767). */
#define CC_CSV_MAX_CELL (1024 * 1024)

CcCsvReader *cc_csv_reader_new (GInputStream *stream, char separator);
void         cc_csv_reader_free (CcCsvReader *self);
gboolean
cc_csv_reader_next (CcCsvReader *self, CcCsvRow *row, GCancellable *cancellable, GError **error);

/* A data file held whole: a header line and rows with as many cells. */
typedef struct _CcCsvTable CcCsvTable;

CcCsvTable *cc_csv_table_load (const char *path, GError **error);
CcCsvTable *cc_csv_table_load_bytes (const char *name, GBytes *bytes, GError **error);
void        cc_csv_table_free (CcCsvTable *self);
const char *cc_csv_table_get_name (CcCsvTable *self);
guint       cc_csv_table_get_n_rows (CcCsvTable *self);
int         cc_csv_table_find_column (CcCsvTable *self, const char *column);
gboolean    cc_csv_table_require (CcCsvTable *self, const char *const *columns, GError **error);
const char *cc_csv_table_get (CcCsvTable *self, guint row, int column);
guint       cc_csv_table_get_line (CcCsvTable *self, guint row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCsvReader, cc_csv_reader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCsvTable, cc_csv_table_free)

G_END_DECLS
