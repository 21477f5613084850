/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-repair.h>

static gboolean
tell (CcCli *cli, const CcRepair *repair, const char *aside)
{
  static const char *const ways[] = { "none", "beginning", "backup" };
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (repair->time);
  g_autofree char *day = time ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");

  cc_cli_json_text (cli, "way", ways[repair->way]);
  cc_cli_json_text (cli, "source", repair->source ? repair->source : "");
  cc_cli_json_text (cli, "aside", aside ? aside : "");
  if (repair->way == CC_REPAIR_BEGINNING)
    cc_cli_print (cli, "%s",
                  _ ("Its beginning can be put back as it was when the file was closed. Nothing is "
                     "lost."));
  else if (repair->way == CC_REPAIR_BACKUP)
    cc_cli_print (cli, _ ("The backup of %s can take its place. What was done since is lost."),
                  day);
  if (aside)
    cc_cli_print (cli, _ ("Done. The damaged file is kept as “%s”."), aside);
  return TRUE;
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
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   _ ("No way to repair “%s” was found: neither what is kept of its beginning nor "
                      "its newest backups help. It was not changed. Look for a backup elsewhere."),
                   path);
      ok = FALSE;
    }
  ok = ok
       && (dry_run || cc_repair_run (repair, path, passphrase, cli->pack, progress, &aside, error));
  cc_cli_progress_end ();
  return ok && tell (cli, repair, aside);
}

/* repair FILE [--dry-run] */
gboolean
cc_cli_repair (CcCli *cli, int argc, char **argv, GError **error)
{
  gboolean           dry_run = FALSE;
  const GOptionEntry entries[] = { { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run,
                                     N_ ("Only say what can be done"), NULL },
                                   { NULL } };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GError) problem = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, &problem);
  if (file)
    {
      cc_cli_json_text (cli, "way", "none");
      cc_cli_json_text (cli, "source", "");
      cc_cli_json_text (cli, "aside", "");
      cc_cli_print (cli, "%s", _ ("The file opens and needs no repair. “verify” looks further."));
      return cc_case_file_close (file, error);
    }
  if (!g_error_matches (problem, CC_ERROR, CC_ERROR_DAMAGED)
      && !g_error_matches (problem, CC_ERROR, CC_ERROR_WRONG_PASSPHRASE))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return repair_file (cli, argv[1], dry_run, error);
}
