/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-archive-private.h"
#include "cc-book-private.h"
#include "cc-number-private.h"
#include "cc-xml-private.h"

/* A part opened for pulling its XML. */
typedef struct
{
  CcPart      *part;
  CcXmlReader *xml;
} CcXlsxPart;

gboolean cc_xlsx_part_open (CcXlsxPart *self, CcArchive *archive, const char *name, GError **error);
void     cc_xlsx_part_close (CcXlsxPart *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CcXlsxPart, cc_xlsx_part_close)

/* --- shared strings --- */

typedef struct
{
  CcTextPool pool;
  GPtrArray *texts; /* in the pool; NULL is an empty one */
} CcXlsxStrings;

CcXlsxStrings      *
cc_xlsx_strings_load (CcArchive *archive, const char *part, GCancellable *c, GError **error);
void cc_xlsx_strings_free (CcXlsxStrings *self);

/* Makes a text of the file that of the cell: checks it, undoes _x000D_ and the like, in place.
 * FALSE with CC_ERROR_LIMIT or CC_ERROR_DAMAGED. */
gboolean cc_xlsx_finish_text (GString *text, GError **error);

/* --- styles --- */

typedef struct
{
  guint8 flags; /* CcSheetCellFlags */
  guint8 shows; /* CcShows */
} CcXlsxStyle;

/* CcXlsxStyle, by the number that cells give; empty when `part` is NULL. */
GArray *cc_xlsx_styles_load (CcArchive *archive, const char *part, GError **error);

/* --- relations --- */

typedef struct
{
  char *id;
  char *type;   /* the last word of its address: worksheet, styles */
  char *target; /* the part's name in the archive */
} CcXlsxRelation;

/* The relations of `part` ("" for the archive's own); an empty array where it has none. */
GPtrArray      *cc_xlsx_relations_load (CcArchive *archive, const char *part, GError **error);
CcXlsxRelation *cc_xlsx_relations_find (GPtrArray *self, const char *id, const char *type);

/* --- the book --- */

typedef struct
{
  CcBook         base;
  CcArchive     *archive;
  GPtrArray     *parts; /* of the sheets, by index */
  char          *strings_part;
  char          *styles_part;
  CcXlsxStrings *strings; /* loaded with the first sheet that is opened */
  GArray        *styles;
} CcXlsxBook;

CcSheetReader *cc_xlsx_sheet_open (CcXlsxBook *book, const char *part, GError **error);
gboolean       cc_xlsx_sheet_read_view (CcArchive  *archive,
                                        const char *part,
                                        gboolean   *right_to_left,
                                        GError    **error);
GArray        *cc_xlsx_sheet_load_merges (CcArchive    *archive,
                                          const char   *part,
                                          GCancellable *cancellable,
                                          GError      **error);

GArray *cc_xlsx_sheet_load_tables (CcArchive    *archive,
                                   const char   *part,
                                   GCancellable *cancellable,
                                   GError      **error);

/* "A1:C3"; FALSE when it is no range of a sheet. */
gboolean cc_xlsx_read_range (const char *text, CcMerge *range);

/* "AB12" to 11 and 27, from 0; FALSE when it is no cell of a sheet. */
gboolean cc_xlsx_read_reference (const char **text, guint *row, guint *column);
