/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "case-fixture.h"
#include "engine-count.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "cc-window.h"

/* With the toolkit and all it loads, and a case file open beside it. */
static void
test_one_engine (void)
{
  const CaseParams params = { .n_victims = 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autofree char *folder = g_dir_make_tmp ("casecount-libraries-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GtkFileChooserNative) chooser = NULL;

  g_assert_no_error (error);
  if (!gtk_init_check ())
    {
      g_test_skip ("no display");
      return;
    }
  adw_init ();
  g_type_ensure (CC_TYPE_WINDOW);
  /* The chooser searches, for which some systems bring a database of their own. */
  chooser = gtk_file_chooser_native_new ("", NULL, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  engine_count_check ();
  g_clear_pointer (&file, cc_case_file_free);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/libraries/one-engine", test_one_engine);
  return g_test_run ();
}
