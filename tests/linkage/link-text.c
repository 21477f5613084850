/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-text.h"

#include <glib/gstdio.h>

CcLinkCsv *
link_text_load (CcPack *pack, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *schema =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency-sim.ini", NULL);
  g_autofree char *path = NULL;
  int              fd = g_file_open_tmp ("casecount-link-XXXXXX.csv", &path, &error);
  const char      *paths[] = { path, NULL };
  CcLinkCsv       *csv;

  g_assert_no_error (error);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  csv = cc_link_csv_load (pack, paths, schema, "entity_id", &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return csv;
}
