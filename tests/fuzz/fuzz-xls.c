/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-book.h"
#include "fuzz.h"

/* A whole file: a compound one, or a bare stream of records, which the reader takes too. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);

  fuzz_read_book ("a.xls", bytes);
  return 0;
}
