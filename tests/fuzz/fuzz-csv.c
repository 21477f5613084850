/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <cc/sheet/cc-book.h>

/* Separated text: its encoding, separator and rows are found and read, or refused with a reason. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (CcBook) book = cc_book_open_bytes ("a.csv", bytes, NULL, &error);
  g_autoptr (CcSheetReader) reader = NULL;
  const CcSheetRow *row = NULL;

  if (book != NULL)
    reader = cc_book_open_sheet (book, 0, &error);
  while (reader != NULL && cc_sheet_reader_next (reader, &row, NULL, &error) && row != NULL)
    for (guint i = 0; i < row->n_cells; i++)
      {
        g_assert_true (row->cells[i].text != NULL
                       && g_utf8_validate (row->cells[i].text, -1, NULL));
        g_assert_true (i == 0 || row->cells[i].column > row->cells[i - 1].column);
      }
  g_assert_true (reader == NULL || row == NULL || error != NULL);
  return 0;
}
