/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-loop.h"
#include "import-fixture.h"

#include <cc/store/cc-act.h>
#include <cc/store/cc-history.h>

#include <glib/gstdio.h>

/* A delivery is one act: with any call failing it is there with all its rows or not at all. */

/* The CSV lies outside the folder whose disk fails: here it is the case file that matters. */
static char *csv_path;

static void
add_office (CcCaseFile *file)
{
  GError *error = NULL;

  cc_entity_add (file, "police", "Police nationale", cc_pack_find_code (pack, "RETYPE", "POL"),
                 &error);
  g_assert_no_error (error);
}

static gboolean
run_import (FaultTry *self, GError **error)
{
  CcImportOptions options = options_for ("police");
  g_autoptr (CcImportResult) result = cc_import_file (self->file, csv_path, &options, NULL, error);

  g_assert_true (result == NULL || result->rows == 3);
  return result != NULL;
}

static void
prepare_undo (FaultTry *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (run_import (self, &error));
  g_assert_no_error (error);
}

static gboolean
run_undo (FaultTry *self, GError **error)
{
  return cc_import_undo (self->file, 1, NULL, NULL, error);
}

static const FaultOperation operations[] = {
  { "import", .run = run_import },
  { "undo-import", .prepare = prepare_undo, .run = run_undo },
};

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("intake-faults-XXXXXX", NULL);
  int              status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  csv_path = g_build_filename (folder, "list.csv", NULL);
  g_assert_true (g_file_set_contents (csv_path, referenced_csv, -1, NULL));
  fault_loop_init (pack, add_office);
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    fault_loop_add ("/intake/faults", &operations[i]);
  status = g_test_run ();
  fault_loop_free ();
  g_unlink (csv_path);
  g_rmdir (folder);
  g_free (csv_path);
  cc_pack_unref (pack);
  return status;
}
