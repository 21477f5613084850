/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/sheet/cc-book.h>
#include <string.h>
#include <zip.h>

/* What the targets of packed workbooks share. */

typedef struct
{
  const char *name;
  const char *text;
} FuzzPart;

/* A package of these parts, one of which the input takes the place of. */
static inline GBytes *
fuzz_pack (const FuzzPart *good, guint n, guint replaced, const guint8 *data, gsize size)
{
  zip_error_t   error;
  zip_source_t *target;
  zip_t        *archive;
  zip_stat_t    info;
  GBytes       *bytes = NULL;

  zip_error_init (&error);
  target = zip_source_buffer_create (NULL, 0, 0, &error);
  zip_source_keep (target);
  archive = zip_open_from_source (target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (guint i = 0; i < n; i++)
    {
      zip_source_t *part =
          i == replaced ? zip_source_buffer (archive, data, size, 0)
                        : zip_source_buffer (archive, good[i].text, strlen (good[i].text), 0);
      zip_int64_t index = zip_file_add (archive, good[i].name, part, 0);

      zip_set_file_compression (archive, (zip_uint64_t) index, ZIP_CM_STORE, 0);
    }
  if (zip_close (archive) == 0 && zip_source_stat (target, &info) == 0
      && zip_source_open (target) == 0)
    {
      guint8 *content = g_malloc (info.size);

      zip_source_read (target, content, info.size);
      zip_source_close (target);
      bytes = g_bytes_new_take (content, info.size);
    }
  zip_source_free (target);
  zip_error_fini (&error);
  return bytes;
}

static inline void
fuzz_read_sheet (CcBook *book, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcSheetReader) reader = cc_book_open_sheet (book, index, &error);
  g_autoptr (GArray) merges = NULL;
  g_autoptr (GArray) tables = NULL;
  const CcSheetRow *row = NULL;
  gint64            last = -1;

  while (reader != NULL && cc_sheet_reader_next (reader, &row, NULL, &error) && row != NULL)
    {
      g_assert_cmpint (row->row, >, last);
      last = row->row;
      for (guint i = 0; i < row->n_cells; i++)
        {
          const CcSheetCell *cell = &row->cells[i];

          g_assert_true (cell->type != CC_SHEET_CELL_BLANK && cell->text != NULL
                         && *cell->text != '\0');
          g_assert_true (g_utf8_validate (cell->text, -1, NULL));
          g_assert_true (i == 0 || cell->column > row->cells[i - 1].column);
        }
    }
  g_assert_true (reader != NULL || error != NULL);
  g_clear_error (&error);
  merges = cc_book_load_merges (book, index, NULL, &error);
  g_assert_true (merges != NULL || error != NULL);
  g_clear_error (&error);
  tables = cc_book_load_tables (book, index, NULL, &error);
  g_assert_true (tables != NULL || error != NULL);
}

static inline void
fuzz_read_book (const char *name, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcBook) book = cc_book_open_bytes (name, bytes, NULL, &error);

  g_assert_true (book != NULL || error != NULL);
  for (guint i = 0; book != NULL && i < cc_book_get_n_sheets (book); i++)
    fuzz_read_sheet (book, i);
}
