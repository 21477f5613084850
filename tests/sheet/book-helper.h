/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/sheet/cc-book.h>

/* Parts of a small hand-made workbook; NULL takes the usual. */
typedef struct
{
  const char *workbook;
  const char *relations;
  const char *sheet;
  const char *strings; /* without it there is none */
  const char *styles;
  const char *sheet_relations;
  const char *tables[2]; /* xl/tables/a.xml and b.xml; only with relations of the sheet */
} BookParts;

#define MAIN_NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATIONS_NS                                                                               \
  "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

GBytes *book_helper_pack (const BookParts *parts);
/* A workbook whose only sheet holds these rows (what stands in sheetData). */
GBytes *book_helper_pack_rows (const char *rows);

#define ODF_NS "urn:oasis:names:tc:opendocument:xmlns:"
/* An OpenDocument workbook with this inside its content.xml's root, and inside the first of its
 * styles.xml (NULL: without that part). */
GBytes *book_helper_pack_ods (const char *content, const char *styles);

/* All rows of a sheet: "1: A='text' B=15 C=d2024-03-02 D=!TRUE E=#REF!\n", with an h behind the
 * number of a hidden row and b, f, h before a bold, filled, hidden cell. Fails the test on errors.
 */
char *book_helper_dump (CcBook *book, guint index);
/* All sheets: "-- Name hidden rtl\n", the rows, "merged: A1-B2 ...\n" where there are such. */
char *book_helper_describe (CcBook *book);
/* Opens, dumps the first sheet, frees. */
char *book_helper_dump_bytes (const char *name, GBytes *bytes);

/* Reads everything; the first error, or NULL. */
GError *book_helper_read_all (const char *name, GBytes *bytes);
