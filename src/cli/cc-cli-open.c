/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/stats/cc-facts.h>
#include <cc/store/cc-backup.h>

/**
 * cc_cli_open_as_it_is:
 *
 * Opens a case file with the passphrase the user gives, and attaches the counting cache.
 *
 * Returns: (transfer full): the open file
 */
CcCaseFile *
cc_cli_open_as_it_is (CcCli *cli, const char *path, CcOpenMode mode, GError **error)
{
  g_autoptr (CcSecret) passphrase = NULL;
  g_autoptr (CcCaseFile) file = NULL;

  if (!cc_cli_need_pack (cli, error))
    return NULL;
  passphrase = cc_cli_read_passphrase (cli, FALSE, error);
  if (!passphrase)
    return NULL;
  file = cc_case_file_open (path, passphrase, cli->pack, mode, error);
  if (!file || (mode == CC_OPEN_READ_WRITE && !cc_facts_attach (file, error)))
    return NULL;
  /* A case file may bring a pack of its own. */
  if (cc_case_file_get_pack (file) != cli->pack)
    {
      cc_pack_unref (cli->pack);
      cli->pack = cc_pack_ref (cc_case_file_get_pack (file));
    }
  return g_steal_pointer (&file);
}

/**
 * cc_cli_open:
 *
 * As cc_cli_open_as_it_is(), and makes the day's backup where it is due: a command that writes is
 * about to. Where the backup fails, that is said, and the work goes on.
 *
 * Returns: (transfer full): the open file
 */
CcCaseFile *
cc_cli_open (CcCli *cli, const char *path, CcOpenMode mode, GError **error)
{
  CcCaseFile *file = cc_cli_open_as_it_is (cli, path, mode, error);
  g_autoptr (CcProgress) progress = NULL;
  g_autoptr (GError) problem = NULL;

  if (!file || mode != CC_OPEN_READ_WRITE)
    return file;
  progress = cc_cli_progress_new (cli);
  if (!cc_case_file_backup_if_due (file, progress, NULL, &problem))
    cc_cli_say (cli, _ ("The day's backup was not made. %s"), problem->message);
  cc_cli_progress_end ();
  return file;
}
