/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-backup.h>

/* What backup, restore and rekey have in common with verify. */
static void
say_good (CcCli *cli)
{
  cc_cli_json_flag (cli, "ok", TRUE);
  cc_cli_json_begin_array (cli, "problems");
  cc_cli_json_end_array (cli);
}

static gboolean
say_backup (CcCli *cli, CcCaseFile *file, const char *path, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  g_autoptr (CcLastBackup) last = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GPtrArray) kept = NULL;

  if (!reader)
    return FALSE;
  last = cc_backup_find_last (reader, NULL);
  cc_case_file_release_reader (file, reader);
  kept = cc_case_file_list_backups (file, folder, error);
  if (!kept)
    return FALSE;
  say_good (cli);
  cc_cli_json_text (cli, "backup", path);
  cc_cli_json_text (cli, "head", last ? last->head : NULL);
  cc_cli_json_int (cli, "kept", kept->len);
  cc_cli_print (cli, _ ("Written and tested: %s"), path);
  return TRUE;
}

/* backup FILE [DIR] [--daily] */
gboolean
cc_cli_backup (CcCli *cli, int argc, char **argv, GError **error)
{
  gboolean           daily = FALSE;
  const GOptionEntry entries[] = {
    { "daily", 0, 0, G_OPTION_ARG_NONE, &daily,
      N_ ("As the program does it by itself: older ones that are no longer needed are removed"),
      NULL },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcProgress) progress = NULL;
  g_autofree char *path = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc < 2 || argc > 3)
    return cc_cli_usage (error, _ ("Please say: backup FILE FOLDER."));
  file = cc_cli_open_as_it_is (cli, argv[1], CC_OPEN_READ_WRITE, error);
  if (!file)
    return FALSE;
  progress = cc_cli_progress_new (cli);
  if (!cc_case_file_backup (file, argc > 2 ? argv[2] : NULL,
                            daily ? CC_BACKUP_DAILY : CC_BACKUP_BY_HAND, progress, &path, error))
    return FALSE;
  cc_cli_progress_end ();
  return say_backup (cli, file, path, error) && cc_case_file_close (file, error);
}

/* restore BACKUP FILE */
gboolean
cc_cli_restore (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autoptr (CcSecret) passphrase = NULL;
  g_autoptr (CcProgress) progress = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, NULL, error))
    return FALSE;
  if (argc != 3)
    return cc_cli_usage (error, _ ("Please say: restore BACKUP FILE."));
  if (!cc_cli_need_pack (cli, error) || !(passphrase = cc_cli_read_passphrase (cli, FALSE, error)))
    return FALSE;
  progress = cc_cli_progress_new (cli);
  if (!cc_case_file_restore (argv[1], passphrase, cli->pack, argv[2], progress, error))
    return FALSE;
  say_good (cli);
  cc_cli_json_text (cli, "file", argv[2]);
  cc_cli_print (cli, _ ("The backup is in order. It was brought back as %s."), argv[2]);
  return TRUE;
}

/* rekey FILE [--new-passphrase-file FILE] [--backups DIR] */
gboolean
cc_cli_rekey (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *new_file = NULL, *folder = NULL;
  const GOptionEntry entries[] = { { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &new_file,
                                     N_ ("File that holds the new passphrase"), N_ ("FILE") },
                                   { "backups", 0, 0, G_OPTION_ARG_FILENAME, &folder,
                                     N_ ("Folder for the backup that is made first"), N_ ("DIR") },
                                   { NULL } };
  g_autoptr (CcSecret) before = NULL;
  g_autoptr (CcSecret) after = NULL;
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcProgress) progress = NULL;
  g_autofree char *backup = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  if (!cc_cli_need_pack (cli, error) || !(before = cc_cli_read_passphrase (cli, FALSE, error)))
    return FALSE;
  file = cc_case_file_open (argv[1], before, cli->pack, CC_OPEN_READ_WRITE, error);
  if (!file || !(after = cc_cli_read_new_passphrase (new_file, error)))
    return FALSE;
  progress = cc_cli_progress_new (cli);
  if (!cc_case_file_change_passphrase (file, before, after, folder, progress, &backup, error))
    return FALSE;
  cc_cli_progress_end ();
  say_good (cli);
  cc_cli_json_text (cli, "file", argv[1]);
  cc_cli_json_text (cli, "backup", backup);
  cc_cli_print (cli, "%s", _ ("The passphrase was changed."));
  cc_cli_print (cli, _ ("A backup from before, which opens with the old passphrase: %s"), backup);
  return cc_case_file_close (file, error);
}
