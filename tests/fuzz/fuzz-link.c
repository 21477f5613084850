/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>
#include <glib/gstdio.h>
#include <cc/linkage/cc-link-csv.h>
#include <cc/linkage/cc-link-engine.h>

/* Tables for linkage: a schema, a line "---" and the table. Both are read, or refused with a
 * reason; what was read is linked to the end. */

#define MOST_RECORDS 300

static char *
write_file (const char *text, gsize size)
{
  char *path = NULL;
  int   fd = g_file_open_tmp ("fuzz-link-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, (gssize) size, NULL));
  return path;
}

static void
link_records (CcLinkTable *table)
{
  g_autoptr (CcLinkResult) result = NULL;
  CcLinkParams params;

  if (cc_link_table_get_n_records (table) > MOST_RECORDS)
    return;
  cc_link_params_init (&params);
  params.n_threads = 1;
  params.accept = 0.9;
  result = cc_link_engine_run (table, &params, NULL, NULL);
  g_assert_nonnull (result);
  for (guint i = 0; i < result->n_records; i++)
    {
      g_assert_cmpuint (result->cluster_of[i], <=, i);
      g_assert_cmpuint (result->accept_of[i], <=, i);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static CcPack   *pack;
  const char      *text = (const char *) data;
  const char      *cut = size > 0 ? g_strstr_len (text, (gssize) size, "\n---\n") : NULL;
  gsize            length = cut ? (gsize) (cut - text) : size;
  g_autofree char *schema = write_file (text, length);
  g_autofree char *table = write_file (cut ? cut + 5 : "", cut ? size - length - 5 : 0);
  const char      *paths[] = { table, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CcLinkCsv) csv = NULL;

  if (pack == NULL)
    pack = cc_pack_load_default (NULL);
  g_assert_nonnull (pack);
  csv = cc_link_csv_load (pack, paths, schema, NULL, &error);
  g_assert_true ((csv == NULL) == (error != NULL));
  if (csv)
    link_records (csv->table);
  g_unlink (schema);
  g_unlink (table);
  return 0;
}
