/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>
#include <cc/intake/cc-date-text.h>
#include <cc/model/cc-pack.h>
#include <cc/sheet/cc-book.h>

G_BEGIN_DECLS

/* How a delivery is read; see cc-map.h. */
typedef struct _CcMap CcMap;
/* What a workbook knows that was sent back to its sender with questions; see cc-send-back.h. */
typedef struct _CcReturned CcReturned;

/* What a sheet file holds, found by reading it once: tables, header rows, columns and what their
 * values look like. Rows and columns count from 0 here; map files and messages count from 1. */

typedef enum
{
  CC_ROW_DATA,
  CC_ROW_BLANK,
  CC_ROW_HEADER,   /* the header again, in the middle */
  CC_ROW_TOTAL,    /* a total or subtotal */
  CC_ROW_NOTE,     /* one text, or a text in an otherwise empty row below the table */
  CC_ROW_NUMBERED, /* nothing but a running number */
  CC_ROW_EXAMPLE,  /* the example row of a template (EX-) */
  CC_ROW_NIL,      /* says that there was nothing to report */
} CcRowKind;

#define CC_ROW_N_KINDS (CC_ROW_NIL + 1)

typedef struct
{
  char *text;
  guint count;
} CcDistinct;

typedef struct
{
  guint       column;
  char       *letter;  /* as in Excel: A, B ... AA */
  char       *header;  /* header rows joined top-down by " / " */
  char       *leaf;    /* last of several header rows; NULL where there is one */
  char       *label;   /* as it stands in the last header row; NULL where nothing stands there */
  char       *machine; /* text of a hidden machine row, else NULL */
  char       *machine_suggestion; /* where that means something else than the header, else NULL */
  gboolean    doubled;            /* a column before it in the table has the same header */
  gboolean    years;              /* nothing but years */
  gboolean    counts;             /* its numbers would be counts, were the table one of counts */
  gboolean    hidden;
  guint       n_filled; /* data rows with a value */
  guint       n_text;
  guint       n_number;
  guint       n_date;
  double      sum;      /* of the numbers */
  GPtrArray  *values;   /* CcDistinct*, most frequent first, at most CC_INSPECT_MAX_DISTINCT */
  gboolean    too_many; /* there were more different values than that */
  char      **samples;  /* the first three different values */
  CcDateScan  dates;
  CcDateOrder date_order;
  gboolean    date_ambiguous;
  char       *suggestion; /* as in a map file: "sex", "birth_date, age", "" */
  char       *reason;     /* key in data/texts: intake.reason.synonym ... */
  char       *language;   /* of the synonym that matched, else NULL */
  double      score;      /* 0 to 1 */
} CcInspectColumn;

/* A total that the sheet states and its own rows do not give. */
typedef struct
{
  guint  row;
  char  *header; /* NULL where the number stands in the words of the row */
  double stated;
  double found; /* of the sums it could be, the nearest */
} CcTotalDifference;

typedef struct
{
  guint      sheet;
  char      *name; /* table name used in map files, unique in the file */
  char      *sheet_name;
  char      *unit; /* victim, perpetrator, event; "" where it cannot be told; "-" to leave out */
  gboolean   aggregate;        /* the body holds counts, not persons */
  gboolean   population;       /* its numbers are inhabitants: no part of a delivery */
  gboolean   population_ready; /* and it is as cc_population_import () reads it */
  char      *heading;          /* a short text right above the header ("Suspects"), else NULL */
  guint      begins; /* first row that is the table's: its heading, machine row or header */
  guint      first_column, last_column; /* of the sheet, where tables stand side by side */
  guint      header_first, header_last;
  int        machine_row; /* -1 where there is none */
  int        totals_row;  /* of a table that the sheet itself defines; -1 where it has none */
  guint      data_first;
  guint      data_last;     /* last row that is data */
  int        serial_column; /* running number, -1 where there is none */
  guint      n_rows[CC_ROW_N_KINDS];
  GPtrArray *columns;     /* CcInspectColumn*, by column */
  GArray    *merges;      /* CcMerge of the sheet */
  char      *signature;   /* folded headers: the same in files of the same making */
  int        sheet_month; /* 1 to 12 where the sheet is named after a month alone, else 0 */
  CcInterval period;      /* from the sheet's name ("Jan"), a title (2023), else unknown */
  GPtrArray *notes;       /* keys of texts: why the table was taken so, and what to look at */
  guint      usual_width; /* cells that at least an eighth of the data rows fill */
  guint      n_hidden;    /* data rows that the sheet hides: they are read like the others */
  GPtrArray *titles;      /* char*: texts above the header */
  GPtrArray *differences; /* CcTotalDifference*, at most ten */
  gboolean   identifies;  /* by names, numbers or days: two rows alike are one thing said twice */
  guint64    digest;      /* of the data rows' texts, to tell a copy of another table */
} CcInspectTable;

typedef struct
{
  char    *name;
  gboolean hidden;
  gboolean right_to_left;
  guint    n_rows;   /* rows with something in them */
  gboolean says_nil; /* no table was found, but words that there was nothing to report */
  char    *problem;  /* key of a text where no table was found, else NULL */
} CcInspectSheet;

typedef struct
{
  char       *path;
  char       *file_name;
  char       *format;
  char       *encoding; /* csv only */
  char        separator;
  gboolean    date_1904;
  char      **notices;  /* keys of texts: what the file holds that is not used, as macros */
  char       *practice; /* words that say that its persons are invented, else NULL */
  gboolean    nil;      /* no data row, and words that there was nothing to report */
  char       *sha256;
  char      **languages; /* of the headers, most frequent first */
  GPtrArray  *sheets;    /* CcInspectSheet* */
  GPtrArray  *tables;    /* CcInspectTable* */
  CcReturned *returned;  /* of a list that comes back with answers, else NULL; its sheets of
                            questions  are not among the tables */
} CcInspection;

#define CC_INSPECT_MAX_DISTINCT 1000

/* Reads the whole file once. today bounds dates. A file without any table is no error: tables is
 * empty and each sheet says why. */
CcInspection *
cc_inspect (CcPack *pack, const char *path, CcDay today, CcProgress *progress, GError **error);
/* The same with what a map file or profile says about header rows and last rows. */
CcInspection *cc_inspect_with (CcPack     *pack,
                               const char *path,
                               CcMap      *known,
                               CcDay       today,
                               CcProgress *progress,
                               GError    **error);
void          cc_inspection_free (CcInspection *self);
/* (transfer none) (nullable): where nothing but figures of the population was found, their table.
 */
const CcInspectTable *cc_inspection_find_population (const CcInspection *self);
const char           *cc_row_kind_to_text (CcRowKind kind); /* "data", "total" ... */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcInspection, cc_inspection_free)

G_END_DECLS
