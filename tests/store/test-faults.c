/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-loop.h"
#include "store-fixture.h"

#include <cc/store/cc-decision.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-place.h>
#include <cc/store/cc-retention.h>
#include <glib/gstdio.h>

static gboolean
add_office (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  return cc_act_add_entity (act, "police", "Police", cc_pack_find_code (pack, "RETYPE", data),
                            error)
         != 0;
}

/* What all tries begin with: persons, and a last act that can be taken back. */
static void
fill (CcCaseFile *file)
{
  Victims victims = { 1, 20, { 0 } };
  Victims more = { 500, 3, { 0 } };
  GError *error = NULL;

  cc_case_file_act (file, "entity", add_office, "POL", NULL, &error);
  g_assert_no_error (error);
  cc_case_file_act (file, "record", add_victims, &victims, NULL, &error);
  g_assert_no_error (error);
  cc_case_file_act (file, "record", add_victims, &more, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
run_create (FaultTry *self, GError **error)
{
  self->file = cc_case_file_create (self->path, FAULT_PASSPHRASE, self->pack, "SEN", FALSE, error);
  return self->file != NULL;
}

static gboolean
run_open (FaultTry *self, GError **error)
{
  self->file =
      cc_case_file_open (self->path, FAULT_PASSPHRASE, self->pack, CC_OPEN_READ_WRITE, error);
  return self->file != NULL;
}

static gboolean
run_act (FaultTry *self, GError **error)
{
  Victims victims = { 1000, 2, { 0 } };

  return cc_case_file_act (self->file, "record", add_victims, &victims, NULL, error);
}

static gboolean
run_large_act (FaultTry *self, GError **error)
{
  Victims victims = { 1000, 400, { 0 } };

  return cc_case_file_act (self->file, "record", add_victims, &victims, NULL, error);
}

/* Join two persons by a verdict, take a record back, change the rights of an office. */
static gboolean
decide (CcAct *act, gpointer data, GError **error)
{
  CcConnection  *connection = cc_act_get_connection (act);
  GError        *problem = NULL;
  CcPairDecision decision = { .verdict = CC_VERDICT_SAME };
  gint64         first, one, other;

  first = cc_connection_get_int64 (connection, "SELECT min (record) FROM victim", 0, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  decision.kind = (char *) "VI";
  decision.source = (char *) "review";
  decision.a = first;
  decision.b = first + 1;
  return cc_act_add_decision (act, &decision, error)
         && (one = cc_act_find_cluster (act, first, error)) > 0
         && (other = cc_act_find_cluster (act, first + 1, error)) > 0
         && cc_act_join (act, one, other, decision.id, error)
         && cc_act_withdraw_record (act, first + 4, error)
         && cc_act_set_entity_rights (act, 1, FALSE, 1, error);
}

static gboolean
run_decide (FaultTry *self, GError **error)
{
  return cc_case_file_act (self->file, "decide", decide, NULL, NULL, error);
}

static gboolean
run_undo (FaultTry *self, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (self->file, error);
  GError       *problem = NULL;
  gint64        seq;

  if (reader == NULL)
    return FALSE;
  seq = cc_history_find_undoable (reader, &problem);
  cc_case_file_release_reader (self->file, reader);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_assert_cmpint (seq, >, 0);
  return cc_history_undo (self->file, seq, NULL, NULL, error);
}

/* Identifiers go and the file is compacted; what of the latter fails is done by the next session.
 */
static gboolean
run_withdraw (FaultTry *self, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (self->file, error);
  CcPurgeResult result;
  gint64        record;

  if (reader == NULL)
    return FALSE;
  record = cc_connection_get_int64 (reader, "SELECT min (record) FROM identifier", 0, error);
  cc_case_file_release_reader (self->file, reader);
  return record != 0 && cc_retention_withdraw (self->file, record, NULL, NULL, &result, error);
}

/* Where the last step of closing fails while a file is freed, nobody is told: it is no fault of the
 * program, and what was done is kept. */
static void
test_freed (gconstpointer data)
{
  CcPack *pack = (CcPack *) data;
  Victims victims = { 1, 5, { 0 } };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("casecount-fault-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean         happened;
  CcCaseFile      *file;

  fault_disk_watch (folder);
  file = cc_case_file_create (path, FAULT_PASSPHRASE, pack, "SEN", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_act (file, "record", add_victims, &victims, NULL, &error));
  before = cc_case_file_content_hash (file, &error);
  fault_plan_arm (FAULT_ALL_WRITING, FAULT_ERROR, 1, TRUE);
  cc_case_file_free (file);
  fault_plan_disarm (&happened);
  g_assert_true (happened);
  fault_disk_forget ();
  file = cc_case_file_open (path, FAULT_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  after = cc_case_file_content_hash (file, &error);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* The power goes right after the first file was made in a folder of its own. */
static void
test_new_folder (gconstpointer data)
{
  CcPack *pack = (CcPack *) data;
  g_autoptr (GError) error = NULL;
  g_autofree char *top = g_dir_make_tmp ("casecount-fault-XXXXXX", &error);
  g_autofree char *around = g_build_filename (top, "program", NULL);
  g_autofree char *folder = g_build_filename (around, "library", NULL);
  g_autofree char *path = g_build_filename (folder, "count.casecount", NULL);
  CcCaseFile      *file;

  fault_disk_watch (top);
  /* What could not be made safe is not left: the next try would take it for safe. */
  fault_plan_arm (FAULT_SYNC, FAULT_ERROR, 2, FALSE);
  g_assert_false (cc_place_make_folder (folder));
  fault_plan_disarm (NULL);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_true (cc_place_make_folder (folder));
  g_assert_true (cc_place_make_folder (folder));
  file = cc_case_file_create (path, FAULT_PASSPHRASE, pack, "SEN", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
  fault_disk_crash (FAULT_LOSE_ALL, 1);
  file = cc_case_file_open (path, FAULT_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
  g_unlink (path);
  g_rmdir (folder);
  g_rmdir (around);
  g_assert_cmpint (g_rmdir (top), ==, 0);
}

static const FaultOperation operations[] = {
  { "create", .absent = TRUE, .closed = TRUE, .run = run_create },
  { "open", .closed = TRUE, .run = run_open },
  { "act", .run = run_act },
  { "large-act", .run = run_large_act },
  { "decide", .run = run_decide },
  { "undo", .run = run_undo },
  { "withdraw", .run = run_withdraw },
  { "create-on-network", .absent = TRUE, .closed = TRUE, .network = TRUE, .run = run_create },
  { "act-on-network", .network = TRUE, .run = run_act },
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
  fault_loop_init (pack, fill);
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    fault_loop_add ("/store/faults", &operations[i]);
  g_test_add_data_func ("/store/faults/freed", pack, test_freed);
  g_test_add_data_func ("/store/faults/new-folder", pack, test_new_folder);
  status = g_test_run ();
  fault_loop_free ();
  return status;
}
