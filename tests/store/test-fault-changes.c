/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-loop.h"
#include "second-pack.h"
#include "steady.h"
#include "store-fixture.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-pack-install.h>
#include <cc/store/cc-repair.h>
#include <cc/store/cc-retention.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Rare operations whose calls fail: redoing, the removal of what may no longer be kept, another
 * classification, and the repair of a file that does not open. */

/* A second classification, in which one code has another name. It lies outside the folder whose
 * disk fails: here it is the case file that matters. */
static SecondPack second_pack;

static gboolean
set_rule (CcAct *act, gpointer data, GError **error)
{
  CcRetentionRule rule = { .unit = (char *) "VI",
                           .kind = (char *) "*",
                           .months = 1,
                           .counted_from = (char *) "received" };

  return cc_act_set_retention (act, &rule, error);
}

static void
fill (CcCaseFile *file)
{
  Victims victims = { 1, 20, { 0 } };
  GError *error = NULL;

  g_assert_true (cc_case_file_act (file, "record", add_victims, &victims, NULL, &error));
  g_assert_true (cc_case_file_act (file, "retention", set_rule, NULL, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
take_back (FaultTry *self, gint64 (*find) (CcConnection *, GError **), GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (self->file, error);
  GError       *problem = NULL;
  gint64        seq;

  if (reader == NULL)
    return FALSE;
  seq = find (reader, &problem);
  cc_case_file_release_reader (self->file, reader);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_assert_cmpint (seq, >, 0);
  return cc_history_undo (self->file, seq, NULL, NULL, error);
}

static void
prepare_redo (FaultTry *self)
{
  Victims victims = { 1000, 3, { 0 } };
  GError *error = NULL;

  g_assert_true (cc_case_file_act (self->file, "record", add_victims, &victims, NULL, &error));
  g_assert_true (take_back (self, cc_history_find_undoable, &error));
  g_assert_no_error (error);
}

static gboolean
run_redo (FaultTry *self, GError **error)
{
  return take_back (self, cc_history_find_redoable, error);
}

/* All twenty are due: they were received when the clock of these tests stands still. */
static gboolean
run_retain (FaultTry *self, GError **error)
{
  const CcDay   today = (CcDay) (STEADY_TIME / G_TIME_SPAN_DAY) + 365;
  CcPurgeResult result = { 0 };

  if (!cc_retention_purge (self->file, today, NULL, &result, error))
    return FALSE;
  g_assert_cmpint (result.records, ==, 20);
  return TRUE;
}

static gboolean
run_pack (FaultTry *self, GError **error)
{
  g_autoptr (CcPackInstall) done =
      cc_pack_install (self->file, second_pack.folder, second_pack.concordance, error);

  g_assert_true (done == NULL || done->recoded == 1);
  return done != NULL;
}

static void
damage (FaultTry *self, gsize size)
{
  g_autofree guint8 *zeros = g_malloc0 (size);
  GError            *error = NULL;
  int                fd;

  g_assert_true (cc_case_file_close (self->file, &error));
  g_assert_no_error (error);
  g_clear_pointer (&self->file, cc_case_file_free);
  fd = open (self->path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (pwrite (fd, zeros, size, 0), ==, (gssize) size);
  g_assert_cmpint (fsync (fd), ==, 0);
  close (fd);
  g_assert_true (g_file_get_contents (self->path, &self->damaged, &self->damaged_size, NULL));
  self->extra = g_build_filename (self->folder, "count-damaged.casecount", NULL);
}

static void
prepare_damaged (FaultTry *self, gsize size)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_backup (self->file, NULL, CC_BACKUP_BY_HAND, NULL, NULL, &error));
  g_assert_no_error (error);
  damage (self, size);
}

static void
prepare_beginning (FaultTry *self)
{
  prepare_damaged (self, 4096);
}

static void
prepare_from_backup (FaultTry *self)
{
  prepare_damaged (self, 3 * 4096);
}

static gboolean
run_repair (FaultTry *self, GError **error)
{
  g_autofree char *aside = NULL;
  g_autoptr (CcRepair) repair =
      cc_repair_find (self->path, FAULT_PASSPHRASE, self->pack, NULL, error);

  if (repair == NULL)
    return FALSE;
  if (repair->way == CC_REPAIR_NONE)
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_DAMAGED,
                           "Neither the beginning nor a backup could be read from this disk.");
      return FALSE;
    }
  return cc_repair_run (repair, self->path, FAULT_PASSPHRASE, self->pack, NULL, &aside, error);
}

/* What was damaged is kept, and where the repair failed it works without the failure. */
static void
check_repair (FaultTry *self, gboolean ok)
{
  g_autofree char *bytes = NULL;
  g_autofree char *aside = NULL;
  gsize            size;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCaseFile) file = NULL;

  if (g_file_get_contents (self->extra, &bytes, &size, NULL))
    g_assert_cmpmem (bytes, size, self->damaged, self->damaged_size);
  else
    g_assert_false (ok);
  file = cc_case_file_open (self->path, FAULT_PASSPHRASE, self->pack, CC_OPEN_READ_WRITE, NULL);
  if (file == NULL)
    {
      g_assert_true (run_repair (self, &error));
      g_assert_no_error (error);
      file =
          cc_case_file_open (self->path, FAULT_PASSPHRASE, self->pack, CC_OPEN_READ_WRITE, &error);
      g_assert_no_error (error);
      aside = g_build_filename (self->folder, "count-damaged-2.casecount", NULL);
      g_unlink (aside);
    }
  g_assert_true (cc_case_file_close (file, &error));
}

static const FaultOperation operations[] = {
  { "redo", .prepare = prepare_redo, .run = run_redo },
  { "retain", .run = run_retain },
  { "pack", .settles = TRUE, .run = run_pack },
  { "repair-beginning", .examines = TRUE, .prepare = prepare_beginning, .run = run_repair,
    .check = check_repair },
  { "repair-backup", .examines = TRUE, .prepare = prepare_from_backup, .run = run_repair,
    .check = check_repair },
};

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  second_pack_make (&second_pack, pack);
  fault_loop_init (pack, fill);
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    fault_loop_add ("/store/faults", &operations[i]);
  status = g_test_run ();
  fault_loop_free ();
  second_pack_remove (&second_pack);
  return status;
}
