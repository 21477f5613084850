/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-archive-private.h"
#include "cc-book-private.h"
#include "cc-xml-private.h"

/* OpenDocument spreadsheets (OASIS ODF 1.3 part 3). All sheets lie one behind the other in one
 * part, content.xml, so a sheet is reached by reading what stands before it. */

/* A part opened for pulling its XML, with names as in "table:table-row". */
typedef struct
{
  CcPart      *part;
  CcXmlReader *xml;
  guint        next_table; /* number of the table that begins next, in content.xml */
} CcOdsSource;

CcOdsSource *cc_ods_source_open (CcArchive *archive, const char *part, GError **error);
void         cc_ods_source_free (CcOdsSource *self);
/* Steps over the element whose start was told last, and all it contains. */
gboolean cc_ods_source_skip (CcOdsSource *self, GError **error);
/* Whether an element holds rows or columns and is told by its content only. */
gboolean cc_ods_is_group (CcXmlReader *xml);
/* How often an element stands for itself: 1 and more, cut at `limit`. */
guint cc_ods_read_count (const char *value, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcOdsSource, cc_ods_source_free)

/* --- styles --- */

typedef struct
{
  guint8   flags;      /* CcSheetCellFlags */
  gboolean shows_days; /* dates without their times */
  gboolean is_hidden;  /* of a sheet */
  gboolean is_right_to_left;
} CcOdsStyle;

typedef struct _CcOdsStyles CcOdsStyles;

CcOdsStyles *cc_ods_styles_new (void);
void         cc_ods_styles_free (CcOdsStyles *self);
/* Takes the styles inside the element whose start was told last; the first styles.xml, then
 * content.xml. */
gboolean cc_ods_styles_read (CcOdsStyles *self, CcOdsSource *source, GError **error);
/* `family` as in the file: "table", "table-cell". The plain style for unknown names and NULL; valid
 * until the next reading. */
const CcOdsStyle *cc_ods_styles_get (CcOdsStyles *self, const char *family, const char *name);

/* --- the text of a cell --- */

typedef struct
{
  GString *text;
  gboolean has_paragraph;
  gsize    start;     /* of the paragraph */
  gsize    run;       /* of the blanks at the end */
  gboolean is_broken; /* there is a line's end among them */
} CcOdsText;

/* Takes the paragraph whose start was told last. `wanted` FALSE: steps over it. */
gboolean cc_ods_text_read (CcOdsText *self, CcOdsSource *source, gboolean wanted, GError **error);

/* --- the book --- */

typedef struct
{
  guint   table; /* its number in content.xml */
  double  start; /* of content.xml, as a fraction */
  double  end;
  GArray *merges; /* CcMerge */
} CcOdsSheet;

/* How many half read parts are kept for the sheets that come next. */
#define CC_ODS_MAX_PARKED 4

typedef struct
{
  CcBook       base;
  CcArchive   *archive;
  CcOdsStyles *styles;
  GArray      *tables; /* CcOdsSheet, one for each sheet */
  GPtrArray   *parked; /* CcOdsSource */
} CcOdsBook;

/* Reads content.xml once: styles, sheets, merged areas, and whether it can be read at all. */
gboolean       cc_ods_scan (CcOdsBook *self, GCancellable *cancellable, GError **error);
CcSheetReader *cc_ods_sheet_open (CcOdsBook *book, guint index, GError **error);
