/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-repair.h>

static char *
format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

  return time ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static gboolean
tell (CcCli *cli, const CcRepair *repair, const char *aside)
{
  static const char *const ways[] = { "none", "beginning", "backup" };
  g_autofree char         *day = format_time (repair->time);
  g_autofree char         *changed = format_time (repair->changed);

  cc_cli_json_text (cli, "way", ways[repair->way]);
  cc_cli_json_text (cli, "source", repair->source ? repair->source : "");
  cc_cli_json_text (cli, "aside", aside ? aside : "");
  if (repair->way == CC_REPAIR_BEGINNING)
    cc_cli_print (cli, "%s",
                  _ ("Its beginning can be put back as it was when the file was closed. Nothing is "
                     "lost."));
  else if (repair->way == CC_REPAIR_BACKUP && repair->changed > 0)
    cc_cli_print (cli,
                  _ ("The backup of %1$s can take its place. What was done since is lost; the "
                     "damaged file was last written on %2$s."),
                  day, changed);
  else if (repair->way == CC_REPAIR_BACKUP)
    cc_cli_print (cli, _ ("The backup of %s can take its place. What was done since is lost."),
                  day);
  if (aside)
    cc_cli_print (cli, _ ("Done. The damaged file is kept as “%s”."), aside);
  return TRUE;
}

/* What happened, what is kept, and where to look on. */
static gboolean
report_no_way (const CcRepair *repair, const char *path, GError **error)
{
  if (repair->n_backups == 0)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 _ ("“%s” is damaged, and there is no backup of it in the usual places. It was not "
                    "changed, and nothing is written over it. Look for backups and copies on "
                    "sticks, on other computers and with colleagues: name the folder of backups "
                    "with “--backups”, and go on in a copy under its own name. Keep the damaged "
                    "file: whoever helps you with Casecount may still read parts of it. Without a "
                    "copy, make a new case file and import the agencies’ lists again."),
                 path);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 _ ("“%s” is damaged, and none of its newest backups is whole and opens with this "
                    "passphrase. It was not changed, and nothing is written over it. Bring an "
                    "older backup back under another name with “restore”; it may have an older "
                    "passphrase. Backups in another folder are found with “--backups”. Keep the "
                    "damaged file: whoever helps you with Casecount may still read parts of it."),
                 path);
  return FALSE;
}

static gboolean
repair_file (CcCli *cli, const char *path, gboolean dry_run, GError **error)
{
  g_autoptr (CcSecret) passphrase = cc_cli_read_passphrase (cli, FALSE, error);
  g_autoptr (CcProgress) progress = cc_cli_progress_new (cli);
  g_autoptr (CcRepair) repair = NULL;
  g_autofree char *aside = NULL;
  gboolean         ok;

  if (!passphrase)
    return FALSE;
  repair = cc_repair_find (path, passphrase, cli->pack, progress, error);
  ok = repair != NULL;
  if (ok && repair->way == CC_REPAIR_NONE)
    ok = report_no_way (repair, path, error);
  ok = ok
       && (dry_run || cc_repair_run (repair, path, passphrase, cli->pack, progress, &aside, error));
  cc_cli_progress_end ();
  return ok && tell (cli, repair, aside);
}

/* A file may open and be damaged further on. problem: why it is not whole */
static gboolean
is_whole (CcCli *cli, CcCaseFile *file, GError **problem)
{
  g_autoptr (CcProgress) progress = cc_cli_progress_new (cli);
  g_autoptr (GPtrArray) problems = NULL;
  gboolean ok = cc_case_file_verify_with (file, progress, &problems, problem);

  cc_cli_progress_end ();
  if (ok && problems->len > 0)
    {
      g_set_error_literal (problem, CC_ERROR, CC_ERROR_DAMAGED, g_ptr_array_index (problems, 0));
      ok = FALSE;
    }
  return ok;
}

/* Where a file is gone or nothing of it can be recognised, a backup of its name may still help. */
static gboolean
may_help (const GError *problem, const char *path)
{
  if (g_error_matches (problem, CC_ERROR, CC_ERROR_DAMAGED)
      || g_error_matches (problem, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE))
    return TRUE;
  return (g_error_matches (problem, CC_ERROR, CC_ERROR_NOT_FOUND)
          || g_error_matches (problem, CC_ERROR, CC_ERROR_FOREIGN_FORMAT))
         && !g_file_test (path, G_FILE_TEST_IS_DIR) && cc_repair_has_source (path);
}

/* repair FILE [--backups DIR] [--dry-run] */
gboolean
cc_cli_repair (CcCli *cli, int argc, char **argv, GError **error)
{
  gboolean           dry_run = FALSE;
  g_autofree char   *folder = NULL;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Only say what can be done"), NULL },
    { "backups", 0, 0, G_OPTION_ARG_FILENAME, &folder,
      N_ ("Folder of its backups, where it is not beside the file"), N_ ("DIR") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GError) problem = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  if (folder)
    cc_backup_set_folder (folder);
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, &problem);
  if (file && is_whole (cli, file, &problem))
    {
      cc_cli_json_text (cli, "way", "none");
      cc_cli_json_text (cli, "source", "");
      cc_cli_json_text (cli, "aside", "");
      cc_cli_print (cli, "%s", _ ("The file is whole and needs no repair."));
      return cc_case_file_close (file, error);
    }
  g_clear_pointer (&file, cc_case_file_free);
  if (!may_help (problem, argv[1]))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return repair_file (cli, argv[1], dry_run, error);
}
