/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-book-private.h"
#include "cc-number-private.h"
#include "cc-ole-private.h"

/* Workbooks of Excel 5 to 2003 ([MS-XLS], and its predecessor of 1993): one stream of records, in
 * which the sheets lie one behind the other. Read by ourselves because the library there is for it
 * leaves the results of formulas out and takes days after 2099 wrong, without a word. */
enum
{
  XLS_EOF = 0x000A,
  XLS_FILEPASS = 0x002F,
  XLS_FONT = 0x0031,
  XLS_CONTINUE = 0x003C,
  XLS_CODEPAGE = 0x0042,
  XLS_DATEMODE = 0x0022,
  XLS_COLINFO = 0x007D,
  XLS_BOUNDSHEET = 0x0085,
  XLS_MULRK = 0x00BD,
  XLS_RSTRING = 0x00D6,
  XLS_OBPROJ = 0x00D3,
  XLS_XF = 0x00E0,
  XLS_MERGEDCELLS = 0x00E5,
  XLS_SST = 0x00FC,
  XLS_LABELSST = 0x00FD,
  XLS_SUPBOOK = 0x01AE,
  XLS_NUMBER = 0x0203,
  XLS_LABEL = 0x0204,
  XLS_BOOLERR = 0x0205,
  XLS_STRING = 0x0207,
  XLS_ROW = 0x0208,
  XLS_ARRAY = 0x0221,
  XLS_TABLE = 0x0236,
  XLS_WINDOW2 = 0x023E,
  XLS_RK = 0x027E,
  XLS_FORMAT = 0x041E,
  XLS_SHRFMLA = 0x04BC,
  XLS_BOF = 0x0809,
  XLS_FORMULA = 0x0006,
  XLS_FORMULA_3 = 0x0206, /* as older versions numbered them */
  XLS_FORMULA_4 = 0x0406,
};

/* --- records --- */

/* Where a reader stands in the stream, and the record at hand. */
typedef struct
{
  CcOleStream *stream;
  guint64      next; /* place of the record that follows */
  guint16      type;
  guint        length;
  guint8       data[65536];

  guint64 window_start;
  gsize   window_length;
  guint8  window[32768];
} CcXlsRecords;

CcXlsRecords *cc_xls_records_new (CcOleStream *stream, guint64 start);
void          cc_xls_records_free (CcXlsRecords *self);
gboolean      cc_xls_records_next (CcXlsRecords *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcXlsRecords, cc_xls_records_free)

/* Bytes of the record at hand and of those that continue it; *place counts in the record. */
gboolean
cc_xls_records_take (CcXlsRecords *self, guint *place, guint8 *bytes, gsize size, GError **error);
/* A text whose length is given in `width` bytes before it, 1 or 2. `converter` is for the bytes of
 * files before 1997, (GIConv) -1 for those after. What is no character becomes U+FFFD. */
gboolean cc_xls_records_take_text (CcXlsRecords *self,
                                   guint        *place,
                                   guint         width,
                                   GIConv        converter,
                                   GString      *text,
                                   GError      **error);
/* Whether the record at hand has more to take. */
gboolean cc_xls_records_has_more (CcXlsRecords *self, guint place);

/* --- the book --- */

typedef struct
{
  guint8 flags; /* CcSheetCellFlags */
  guint8 shows; /* CcShows */
} CcXlsStyle;

typedef struct
{
  guint64 start, end; /* in the stream */
  GArray *merges;     /* CcMerge */
} CcXlsSheet;

typedef struct
{
  CcBook       base;
  CcOle       *ole;
  CcOleStream *stream;
  gboolean     is_old;    /* of 1993 or 1995: texts are bytes of a code page */
  GIConv       converter; /* for these, else (GIConv) -1 */
  guint64      strings;   /* place of the table of texts, 0 where there is none */
  GArray      *sheets;    /* CcXlsSheet, as those of the base */
  GArray      *styles;    /* CcXlsStyle, by the number that cells give */
  CcTextPool   pool;
  GPtrArray   *texts; /* of the table; NULL is an empty one; loaded with the first sheet */
} CcXlsBook;

/* Reads what stands before the sheets, and each sheet's end, direction and merged areas. */
gboolean       cc_xls_globals_load (CcXlsBook *self, GCancellable *cancellable, GError **error);
CcSheetReader *cc_xls_sheet_open (CcXlsBook *book, guint index, GError **error);
