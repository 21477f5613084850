/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-loop.h"
#include "steady.h"
#include "store-fixture.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-exchange.h>

#define OTHER "nine other words"

/* Where backups go that nobody chose a folder for. */
#define BACKUPS "backups"

static void
fill (CcCaseFile *file)
{
  Victims victims = { 1, 20, { 0 } };
  GError *error = NULL;

  cc_case_file_act (file, "record", add_victims, &victims, NULL, &error);
  g_assert_no_error (error);
}

static void
check_whole (FaultTry *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (CcCaseFile) copy =
      cc_case_file_open (path, FAULT_PASSPHRASE, self->pack, CC_OPEN_READ_ONLY, &error);

  g_assert_no_error (error);
  cc_case_file_verify (copy, &problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* What lies among the backups under a backup's name is whole, however it came there. Returns: how
 * many there are */
static guint
check_backups (FaultTry *self)
{
  g_autofree char *folder = g_build_filename (self->folder, BACKUPS, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint       n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".casecount"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        check_whole (self, path);
        n++;
      }
  return n;
}

/* Somebody worked before: the log is there already, and its folder synced. */
static void
prepare_backup (FaultTry *self)
{
  Victims victims = { 500, 2, { 0 } };
  GError *error = NULL;

  g_assert_true (cc_case_file_act (self->file, "record", add_victims, &victims, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
run_backup (FaultTry *self, GError **error)
{
  return cc_case_file_backup (self->file, NULL, CC_BACKUP_DAILY, NULL, NULL, error);
}

static void
check_backup (FaultTry *self, gboolean ok)
{
  const guint n = check_backups (self);

  g_assert_true (!ok || n == 1);
}

static gboolean
run_copy (FaultTry *self, GError **error)
{
  self->extra = g_strconcat (self->path, "-copy", NULL);
  return cc_case_file_copy (self->file, self->extra, NULL, error);
}

/* The closed file itself serves as the backup. */
static gboolean
run_restore (FaultTry *self, GError **error)
{
  self->extra = g_strconcat (self->path, "-restored", NULL);
  return cc_case_file_restore (self->path, FAULT_PASSPHRASE, self->pack, self->extra, NULL, error);
}

/* Under the name of the copy there is nothing or all. */
static void
check_copy (FaultTry *self, gboolean ok)
{
  if (ok || g_file_test (self->extra, G_FILE_TEST_EXISTS))
    check_whole (self, self->extra);
}

static gboolean
run_rekey (FaultTry *self, GError **error)
{
  return cc_case_file_change_passphrase (self->file, FAULT_PASSPHRASE, OTHER, NULL, NULL, NULL,
                                         error);
}

static gboolean
run_open (FaultTry *self, GError **error)
{
  self->file =
      cc_case_file_open (self->path, FAULT_PASSPHRASE, self->pack, CC_OPEN_READ_WRITE, error);
  return self->file != NULL;
}

static gboolean
run_package (FaultTry *self, GError **error)
{
  const CcPackageOrder order = { .period = CC_INTERVAL_UNKNOWN,
                                 .identifiers = TRUE,
                                 .audience = "authority" };
  CcPackageResult      result = { 0 };
  gboolean             ok;

  self->extra = g_strconcat (self->path, "-package", NULL);
  ok = cc_package_write (self->file, &order, self->extra, FAULT_PASSPHRASE, NULL, &result, error);
  cc_package_result_clear (&result);
  return ok;
}

/* A copy that went on by itself. */
static void
prepare_merge (FaultTry *self)
{
  Victims victims = { 2000, 5, { 0 } };
  g_autoptr (GError) error = NULL;
  CcCaseFile *other;

  self->extra = g_strconcat (self->path, "-other", NULL);
  g_assert_true (cc_case_file_copy (self->file, self->extra, NULL, &error));
  other = cc_case_file_open (self->extra, FAULT_PASSPHRASE, self->pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_act (other, "record", add_victims, &victims, NULL, &error));
  g_assert_true (cc_case_file_close (other, &error));
  cc_case_file_free (other);
}

static gboolean
run_merge (FaultTry *self, GError **error)
{
  CcMergeResult result = { 0 };
  g_autoptr (CcCaseFile) other =
      cc_case_file_open (self->extra, FAULT_PASSPHRASE, self->pack, CC_OPEN_READ_ONLY, error);

  return other != NULL && cc_merge (self->file, other, NULL, &result, error);
}

/* What is brought in is only read. */
static void
check_other (FaultTry *self, gboolean ok)
{
  check_whole (self, self->extra);
}

static const FaultOperation operations[] = {
  { "backup", .examines = TRUE, .prepare = prepare_backup, .run = run_backup,
    .check = check_backup },
  { "copy", .examines = TRUE, .run = run_copy, .check = check_copy },
  { "package", .examines = TRUE, .run = run_package, .check = check_copy },
  { "merge", .prepare = prepare_merge, .run = run_merge, .check = check_other },
  { "restore", .closed = TRUE, .examines = TRUE, .run = run_restore, .check = check_copy },
  { "rekey", .examines = TRUE, .run = run_rekey, .check = check_backup, .new_passphrase = OTHER },
  { "rekey-on-network", .network = TRUE, .examines = TRUE, .run = run_rekey, .check = check_backup,
    .new_passphrase = OTHER },
};

static FaultOperation migrate = { "migrate", .closed = TRUE, .examines = TRUE, .run = run_open,
                                  .check = check_backup };

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = NULL;
  g_autofree char *stored = NULL;
  int              status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  stored = g_test_build_filename (G_TEST_DIST, "data", "case-file-v1.casecount", NULL);
  migrate.stored = stored;
  fault_loop_init (pack, fill);
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    fault_loop_add ("/store/faults", &operations[i]);
  fault_loop_add ("/store/faults", &migrate);
  status = g_test_run ();
  fault_loop_free ();
  return status;
}
