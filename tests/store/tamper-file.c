/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-act.h>
#include <cc/store/cc-case-file.h>

/* tamper-file FILE PASSPHRASE SQL: writes into a case file past the program, as somebody could who
 * has the passphrase. For tests of what then is found out. */

static gboolean
run_sql (CcAct *act, gpointer data, GError **error)
{
  return cc_connection_execute (cc_act_get_connection (act), data, error);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcCaseFile) file = NULL;

  if (pack != NULL && argc == 4)
    file = cc_case_file_open (argv[1], argv[2], pack, CC_OPEN_READ_WRITE, &error);
  if (file != NULL && cc_case_file_maintain (file, run_sql, argv[3], NULL, &error)
      && cc_case_file_close (file, &error))
    return 0;
  g_printerr ("%s\n", error != NULL ? error->message : "tamper-file FILE PASSPHRASE SQL");
  return 1;
}
