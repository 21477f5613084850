/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-history.h>

#include <stdlib.h>

/* Makes a small stored case file out of a case file with practice data: enters one case by hand,
 * corrects it, takes the correction back, and leaves out what is computed again on opening, so that
 * the copy stays small. How it is used stands in tests/data/README.md. */

static CcRecord *
make_case (CcPack *pack, const char *phone)
{
  CcRecord *record = make_victim (pack, 4711, "Kpossouvi");

  set_text (record, pack, "X_VI_ID_PHONE", phone);
  return record;
}

static gboolean
put_case (CcAct *act, gpointer data, GError **error)
{
  g_autoptr (CcRecord) record = make_case (cc_case_file_get_pack (cc_act_get_file (act)), data);
  CcPutResult result;

  return cc_act_put_record (act, record, 0, 0, 0, &result, error);
}

/* code_closure and person_fact are made anew from the pack where the pack's checksum differs. */
static gboolean
leave_out (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act),
                                "DELETE FROM code_closure; DELETE FROM person_fact;"
                                "DELETE FROM norm;"
                                "UPDATE meta SET value = '' WHERE key = 'pack-checksum'",
                                error);
}

static gboolean
work_on (CcCaseFile *file, const char *folder, char **copy, GError **error)
{
  CcConnection *reader;
  gint64        last;

  cc_case_file_set_user (file, "Afi Sossou");
  if (!cc_case_file_act (file, "enter", put_case, (gpointer) "+229 97 00 47 11", NULL, error)
      || !cc_case_file_act (file, "edit", put_case, (gpointer) "+229 97 00 47 12", NULL, error))
    return FALSE;
  reader = cc_case_file_acquire_reader (file, error);
  if (reader == NULL)
    return FALSE;
  last = cc_history_get_last (reader, error);
  cc_case_file_release_reader (file, reader);
  *copy = g_build_filename (folder, "copy.casecount", NULL);
  return last != 0 && cc_history_undo (file, last, NULL, NULL, error)
         && cc_case_file_maintain (file, leave_out, NULL, NULL, error)
         && cc_case_file_copy (file, *copy, NULL, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (CcPack) pack = NULL;
  g_autoptr (CcCaseFile) file = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    {
      g_printerr ("Usage: make-stored-file FILE FOLDER\n");
      return 2;
    }
  pack = cc_pack_load_default (&error);
  if (pack != NULL)
    file = cc_case_file_open (argv[1], PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  if (file == NULL || !work_on (file, argv[2], &copy, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_print ("%s\n", copy);
  return 0;
}
