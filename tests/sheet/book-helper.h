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
} BookParts;

#define MAIN_NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATIONS_NS                                                                               \
  "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

GBytes *book_helper_pack (const BookParts *parts);
/* A workbook whose only sheet holds these rows (what stands in sheetData). */
GBytes *book_helper_pack_rows (const char *rows);

/* All rows of a sheet: "1: A='text' B=15 C=d2024-03-02 D=!TRUE E=#REF!\n", with an h behind the
 * number of a hidden row and b, f, h before a bold, filled, hidden cell. Fails the test on errors.
 */
char *book_helper_dump (CcBook *book, guint index);
/* Opens, dumps the first sheet, frees. */
char *book_helper_dump_bytes (const char *name, GBytes *bytes);

/* Reads everything; the first error, or NULL. */
GError *book_helper_read_all (const char *name, GBytes *bytes);
