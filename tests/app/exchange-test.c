/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "checks/cc-checks-page.h"

#include <cc/store/cc-act.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-records.h>

void
exchange_test_set_up (PageTest *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 6, .sound = TRUE };

  page_test_set_up (fixture, CC_TYPE_CHECKS_PAGE, &params);
}

/* One name of the first victim, by hand. */
static gboolean
rename_first (CcAct *act, gpointer name, GError **error)
{
  CcCaseFile  *file = cc_act_get_file (act);
  CcPack      *pack = cc_case_file_get_pack (file);
  const gint64 id = cc_connection_get_int64 (cc_act_get_connection (act),
                                             "SELECT min (record) FROM victim", 0, error);
  g_autoptr (CcRecord) record = cc_store_read_record (file, cc_act_get_connection (act), id, error);
  CcPutResult put;

  g_assert_nonnull (record);
  cc_record_remove (record, "X_VI_ID_FAMILY");
  cc_record_add (record, cc_pack_find_variable (pack, "X_VI_ID_FAMILY"))->text = g_strdup (name);
  return cc_act_put_record (act, record, 0, 0, 0, &put, error);
}

void
exchange_test_change (CcCaseFile *file, const char *name)
{
  GError *error = NULL;

  cc_case_file_act (file, "case", rename_first, (gpointer) name, NULL, &error);
  g_assert_no_error (error);
}

/* A copy of the open file, changed on its own. */
char *
exchange_test_make_copy (PageTest *fixture, const char *name)
{
  GError     *error = NULL;
  CcCaseFile *here = cc_session_get_file (fixture->session);
  char       *path = app_test_path (&fixture->base, "copy.casecount");
  CcCaseFile *copy;

  cc_case_file_copy (here, path, NULL, &error);
  g_assert_no_error (error);
  copy = cc_case_file_open (path, CASE_PASSPHRASE, cc_case_file_get_pack (here), CC_OPEN_READ_WRITE,
                            &error);
  g_assert_no_error (error);
  exchange_test_change (copy, name);
  g_assert_true (cc_case_file_close (copy, &error));
  cc_case_file_free (copy);
  return path;
}
