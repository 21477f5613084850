/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A spreadsheet file opened for reading: .xlsx, .ods, .xls and .csv. The content decides what it
 * is, not the name. Rows are streamed; a sheet is never held in memory. A book and its readers
 * belong to one thread at a time.
 *
 * Errors of all functions: CC_ERROR_NOT_FOUND, CC_ERROR_FAILED (cannot be read),
 * CC_ERROR_FOREIGN_FORMAT (another kind of file, a password), CC_ERROR_DAMAGED (cut off, broken,
 * parts missing), CC_ERROR_INVALID_DATA (empty, no sheets), CC_ERROR_LIMIT (beyond what Excel
 * allows, or made to fill a memory), G_IO_ERROR_CANCELLED. Each message says what to do. */
typedef struct _CcBook        CcBook;
typedef struct _CcSheetReader CcSheetReader;

/* The text of a formula cell whose result was never computed and stored: not blank, not a number.
 */
#define CC_SHEET_NOT_CALCULATED "#CALC!"

typedef enum
{
  CC_SHEET_CELL_BLANK,
  CC_SHEET_CELL_TEXT, /* all cells of .csv; in the others also times of day: 14:30:00 */
  /* Rounded to the 15 digits that Excel shows. A number shown as a date that is none (0, or one
   * beyond the year 9999) stays a number. */
  CC_SHEET_CELL_NUMBER,
  CC_SHEET_CELL_DATE, /* a number shown as a date; `number` is days since 1970-01-01, with a
                         fraction */
  CC_SHEET_CELL_BOOLEAN,
  CC_SHEET_CELL_ERROR, /* #REF! and the like; the text says which. #CALC!: a formula without a
                          result */
} CcSheetCellType;

typedef enum
{
  CC_SHEET_CELL_BOLD = 1 << 0,
  CC_SHEET_CELL_FILL = 1 << 1,
  CC_SHEET_CELL_HIDDEN = 1 << 2, /* its column is hidden */
} CcSheetCellFlags;

typedef struct
{
  CcSheetCellType type;
  guint           column; /* from 0 */
  guint           flags;
  double          number;
  /* Never NULL; for numbers and dates a canonical text (15, 0.5, 2024-03-02, and
   * 2024-03-02T14:30:00 where the format shows the time); TRUE and FALSE. Valid UTF-8. */
  const char *text;
} CcSheetCell;

typedef struct
{
  guint              row; /* from 0; rows without cells are skipped, so numbers may jump */
  gboolean           hidden;
  const CcSheetCell *cells; /* rising columns, blanks left out */
  guint              n_cells;
} CcSheetRow;

typedef struct
{
  guint first_row, last_row, first_column, last_column; /* inclusive */
} CcMerge;

/* A range that a person made a table of in the spreadsheet program ("Format as Table"). Files that
 * other programs wrote on may have rows and columns beside it that belong to it by now. */
typedef struct
{
  CcMerge range;    /* with its header and its totals */
  guint   n_header; /* rows; 0: it has none */
  guint   n_totals;
} CcDefinedTable;

typedef struct
{
  const char *name;
  gboolean    hidden;
  gboolean    right_to_left;
} CcSheetInfo;

/* What a file holds beside its cells that is not used, and of which its sender should know. */
typedef enum
{
  CC_BOOK_NOTICE_MACROS = 1 << 0, /* programs; they are not run */
  CC_BOOK_NOTICE_LINKS = 1 << 1,  /* values from other files, as they were last seen */
} CcBookNotices;

CcBook *cc_book_open (const char *path, GCancellable *cancellable, GError **error);
/* The same for a file in memory; `name` is only looked at as a file's name is. */
CcBook *
cc_book_open_bytes (const char *name, GBytes *bytes, GCancellable *cancellable, GError **error);
void        cc_book_free (CcBook *self);
const char *cc_book_get_format (CcBook *self);    /* "xlsx", "ods", "xls", "csv" */
const char *cc_book_get_encoding (CcBook *self);  /* csv: "UTF-8", "WINDOWS-1252" ...; else NULL */
char        cc_book_get_separator (CcBook *self); /* csv, else 0 */
gboolean    cc_book_get_date_1904 (CcBook *self);
guint       cc_book_get_notices (CcBook *self); /* CcBookNotices */
const char *cc_book_get_title (CcBook *self);   /* .xlsx and .ods: of its properties; or NULL */
guint       cc_book_get_n_sheets (CcBook *self);
const CcSheetInfo *cc_book_get_sheet (CcBook *self, guint index);

/* Several readers of one book may be open; each must be freed before the book. A row is valid until
 * the next call on its reader. After an error the reader can only be freed. */
CcSheetReader *cc_book_open_sheet (CcBook *self, guint index, GError **error);
void           cc_sheet_reader_free (CcSheetReader *self);
gboolean       cc_sheet_reader_next (CcSheetReader     *self,
                                     const CcSheetRow **row, /* NULL at the end */
                                     GCancellable      *cancellable,
                                     GError           **error);
/* Fraction of the sheet's bytes read so far, 0 to 1. */
double cc_sheet_reader_get_fraction (CcSheetReader *self);

/* Merged ranges stand behind the rows in the file, so this reads the sheet once by itself.
 * An array of CcMerge, in the file's order. */
GArray *cc_book_load_merges (CcBook *self, guint index, GCancellable *cancellable, GError **error);

/* An array of CcDefinedTable, by rows, then by columns; empty where the format or the sheet has
 * none. A description of a table that makes no sense is passed over. */
GArray *cc_book_load_tables (CcBook *self, guint index, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcBook, cc_book_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSheetReader, cc_sheet_reader_free)

G_END_DECLS
