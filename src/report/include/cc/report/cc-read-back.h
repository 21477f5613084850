/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <cc/model/cc-texts.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* A questionnaire workbook of ours read back by its machine row and column. Nothing is stored: the
 * caller shows the differences and decides. */

/* One cell of a table, or one box of a form (table NULL, row = the field's name). */
typedef struct
{
  char    *sheet;
  char    *cell;   /* D12, as the reader of the workbook calls it */
  char    *table;  /* Q7; NULL in forms */
  char    *row;    /* category codes joined by ";", "total"; the field of a form or metadata box */
  char    *col;    /* the same without the period */
  char    *period; /* 2023; "" where the column has none */
  gboolean known;  /* FALSE: the cell is blank, which is not zero */
  double   value;
  char    *text;       /* what is not a number: texts of forms, "<5", "-"; NULL otherwise */
  gboolean uncomputed; /* a formula whose result the last program did not store: not compared */
} CcReadCell;

typedef enum
{
  CC_READ_SAME,
  CC_READ_CHANGED,   /* another figure or text */
  CC_READ_ADDED,     /* the case file has none */
  CC_READ_REMOVED,   /* the case file has one */
  CC_READ_UNMATCHED, /* the case file's table has no such row or column */
} CcReadDifference;

typedef struct
{
  const CcReadCell *cell; /* of the read-back */
  CcReadDifference  kind;
  gboolean          known; /* the case file's figure */
  double            value;
  char             *text;
} CcReadChange;

typedef struct
{
  char      *questionnaire; /* id */
  int        version;
  char      *checksum;
  char      *language;
  char      *country;
  char      *head_hash; /* of the audit chain when it was written; "" in a blank questionnaire */
  gboolean   blank;     /* written as a blank questionnaire */
  gboolean   practice;
  char     **periods; /* codes */
  GPtrArray *cells;   /* CcReadCell *, in sheet order */
  guint      n_uncomputed;
  GPtrArray *changes; /* CcReadChange *: set by cc_read_back_compare () */
} CcReadBack;

/* CC_ERROR_FOREIGN_FORMAT when the workbook is none of ours (no hidden _meta sheet),
 * CC_ERROR_NEWER_VERSION, and the errors of cc_book_open (). */
CcReadBack *cc_read_back_load (const char *path, GCancellable *cancellable, GError **error);

/* Counts the same tables for the same periods and lists every cell that differs. The definition is
 * found by its id; where it has another checksum by now, cells that still have a place are
 * compared and the others are UNMATCHED. */
gboolean cc_read_back_compare (CcReadBack   *self,
                               CcCaseFile   *file,
                               const char   *user_directory,
                               CcTexts      *texts,
                               GCancellable *cancellable,
                               GError      **error);
void     cc_read_back_free (CcReadBack *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReadBack, cc_read_back_free)

G_END_DECLS
