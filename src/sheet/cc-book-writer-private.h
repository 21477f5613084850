/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/sheet/cc-book-writer.h>
#include <xlsxwriter.h>

/* Excel's own limits. */
#define CC_SHEET_MAX_ROWS    1048576u
#define CC_SHEET_MAX_COLUMNS 16384u
#define CC_SHEET_MAX_TEXT    32767

struct _CcBookWriter
{
  char         *path;      /* where the file goes */
  char         *part_path; /* where it is written, beside it */
  char         *temp_dir;  /* private folder of the temporary parts */
  gboolean      streaming;
  gboolean      right_to_left;
  lxw_workbook *book;    /* NULL after close */
  GHashTable   *formats; /* style -> lxw_format, owned by the book */
  lxw_format   *alarm;   /* of cc_sheet_writer_format_when () */
  GPtrArray    *sheets;
  char         *title;
  gint64        created;
  GError       *error; /* the first thing that could not be written */
};

struct _CcSheetWriter
{
  CcBookWriter  *book;
  lxw_worksheet *sheet;
  char          *name;
  GArray        *columns; /* ColumnLook, by column */
  GHashTable    *rows;    /* row -> RowLook */
  GArray        *merges;  /* MergedRange */
};

lxw_format *cc_book_writer_get_format (CcBookWriter *self, guint style);
lxw_format *cc_book_writer_get_alarm (CcBookWriter *self);

/* An empty file beside `path`, to be written and put in its place; free the name. */
char    *cc_book_writer_make_part_file (const char *path, GError **error);
gboolean cc_book_writer_put_in_place (const char *part_path, const char *path, GError **error);

/* The private folder of a writer's temporary parts, made new; free the path, and call remove. */
char *cc_book_writer_make_temp_dir (const char *target, gboolean large, GError **error);
void  cc_book_writer_remove_temp_dir (const char *path);

/* Reads a finished workbook back, part by part: each must unpack to what was packed, and end with
 * the tag it began with. stdio reports a full disk too late for the library to notice. */
gboolean cc_book_writer_verify (const char *path, GError **error);

/* Remembers the first failure, with the place where it happened. */
void
cc_sheet_writer_fail (CcSheetWriter *self, guint row, guint column, int code, const char *what);
/* The same for an answer of the library. */
void cc_sheet_writer_check (CcSheetWriter *self, guint row, guint column, lxw_error result);

/* FALSE, and remembered as a failure, outside Excel's limits. */
gboolean cc_sheet_writer_has_cell (CcSheetWriter *self, guint row, guint column);
void     cc_sheet_writer_init_layout (CcSheetWriter *self);

CcSheetWriter *cc_sheet_writer_new (CcBookWriter *book, lxw_worksheet *sheet, const char *name);
void           cc_sheet_writer_free (CcSheetWriter *self);
