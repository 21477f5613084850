/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-archive-private.h"

#include <cc/sheet/cc-book.h>

/* What every format of spreadsheet file answers; a new one adds such a table and a line in
 * cc-book.c. */
typedef struct
{
  const char *name; /* as cc_book_get_format () tells it */
  void (*free) (CcBook *self);
  CcSheetReader *(*open_sheet) (CcBook *self, guint index, GError **error);
  GArray *(*load_merges) (CcBook *self, guint index, GCancellable *cancellable, GError **error);
  GArray *(*load_tables) (CcBook *self, guint index, GCancellable *cancellable, GError **error);
} CcBookFormat;

/* The first member of each format's own struct. */
struct _CcBook
{
  const CcBookFormat *format;
  char               *encoding;
  char                separator;
  gboolean            date_1904;
  guint               notices; /* CcBookNotices */
  char               *title;   /* among its properties, or NULL */
  GArray             *sheets;  /* CcSheetInfo; the names are ours */
};

struct _CcSheetReader
{
  void (*free) (CcSheetReader *self);
  gboolean (*next) (CcSheetReader     *self,
                    const CcSheetRow **row,
                    GCancellable      *cancellable,
                    GError           **error);
  double (*get_fraction) (CcSheetReader *self);
};

/* Excel's own limits; files beyond them come from elsewhere or are made to harm. */
#define CC_BOOK_MAX_ROWS    1048576u
#define CC_BOOK_MAX_COLUMNS 16384u
#define CC_BOOK_MAX_TEXT    32767
#define CC_BOOK_MAX_SHEETS  4096u

/* For formats that define no tables. */
GArray *
cc_book_load_no_tables (CcBook *self, guint index, GCancellable *cancellable, GError **error);

void cc_book_init (CcBook *self, const CcBookFormat *format);
void cc_book_clear (CcBook *self);
void cc_book_add_sheet (CcBook *self, const char *name, gboolean hidden, gboolean right_to_left);

/* FALSE with CC_ERROR_LIMIT when no further sheet may be added. */
gboolean cc_book_check_n_sheets (CcBook *self, GError **error);
/* Whether it may be the text of a cell: CC_ERROR_DAMAGED, CC_ERROR_LIMIT. */
gboolean cc_book_check_text (const GString *text, GError **error);

/* Both take the archive, also when they fail. */
CcBook *cc_xlsx_book_open (CcArchive *archive, GError **error);
CcBook *cc_ods_book_open (CcArchive *archive, GCancellable *cancellable, GError **error);
/* Whether a zip file is an OpenDocument spreadsheet. */
gboolean cc_ods_is_book (CcArchive *archive);
/* Workbooks of Excel 5 to 2003. */
CcBook *
cc_xls_book_open (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error);
/* A file whose bytes come from `path` or, when not NULL, from `bytes`. */
CcBook *
cc_csv_book_open (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error);

/* (transfer full) (nullable): the title among a document's properties, in the part of this name;
 * NULL where there is none, or it cannot be read. */
char *cc_book_load_title (CcArchive *archive, const char *part_name);

/* Looks at the first bytes: a zip that may be a workbook, an old workbook, a text, or something
 * else, for which the
 * error tells what it is and what to do. */
typedef enum
{
  CC_LOOKS_LIKE_ZIP,
  CC_LOOKS_LIKE_XLS,
  CC_LOOKS_LIKE_TEXT,
} CcLooks;

gboolean cc_book_sniff (const char *path, GBytes *bytes, CcLooks *looks, GError **error);
/* Names a zip file that is no .xlsx. */
void cc_book_set_foreign_zip (const char *mimetype, GError **error);

void cc_book_set_limit_error (GError **error, guint row, const char *what);

/* A text of a cell, 32,767 characters of four bytes, fits into one block. */
#define CC_TEXT_POOL_BLOCK (256 * 1024)

/* Memory for texts that is taken piece by piece and given back at once; what it gave never moves.
 */
typedef struct
{
  GPtrArray *blocks;
  char      *block; /* the current one */
  gsize      used;  /* of it */
  gsize      total;
} CcTextPool;

void  cc_text_pool_init (CcTextPool *self);
void  cc_text_pool_clear (CcTextPool *self);
void  cc_text_pool_reset (CcTextPool *self); /* keeps one block */
char *cc_text_pool_grow (CcTextPool *self, gsize size);
char *cc_text_pool_copy (CcTextPool *self, const char *text, gsize length);

static inline char *
cc_text_pool_take (CcTextPool *self, gsize size)
{
  self->total += size;
  if (CC_TEXT_POOL_BLOCK - self->used < size)
    return cc_text_pool_grow (self, size);
  self->used += size;
  return self->block + self->used - size;
}
