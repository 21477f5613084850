/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-place.h>

/* Where a file lies elsewhere, whoever works in it should know what that means. */
static void
tell_place (CcCli *cli, const char *path, CcOpenMode mode)
{
  CcPlace place;

  cc_place_look (path, &place);
  if (mode != CC_OPEN_READ_WRITE || place.kind == CC_PLACE_LOCAL)
    return;
  if (place.kind == CC_PLACE_NETWORK)
    cc_cli_say (cli, "%s",
                _ ("This file lies on a network drive. One program at a time can work in it, and "
                   "slower; if the connection breaks, the act under way is not carried out."));
  else
    cc_cli_say (cli, "%s",
                _ ("This file lies on a file system that is not known here. One program at a time "
                   "can work in it. A disk of this computer is safer."));
}

static CcCaseFile *
open_with (CcCli *cli, const char *path, CcSecret *passphrase, CcOpenMode mode, GError **error)
{
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcProgress) progress = NULL;

  progress = cc_cli_progress_new (cli);
  file = cc_case_file_open_with_progress (path, passphrase, cli->pack, mode, progress, error);
  cc_cli_progress_end ();
  if (!file || (mode == CC_OPEN_READ_WRITE && !cc_facts_attach (file, error)))
    return NULL;
  /* A case file may bring a pack of its own. */
  if (cc_case_file_get_pack (file) != cli->pack)
    {
      cc_pack_unref (cli->pack);
      cli->pack = cc_pack_ref (cc_case_file_get_pack (file));
    }
  tell_place (cli, path, mode);
  return g_steal_pointer (&file);
}

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

  if (!cc_cli_need_pack (cli, error) || !(passphrase = cc_cli_read_passphrase (cli, FALSE, error)))
    return NULL;
  return open_with (cli, path, passphrase, mode, error);
}

/**
 * cc_cli_open_to_copy:
 *
 * As cc_cli_open_as_it_is(), for writing or, where the file or its folder cannot be written, for
 * reading: a copy can be made of it all the same.
 *
 * Returns: (transfer full): the open file
 */
CcCaseFile *
cc_cli_open_to_copy (CcCli *cli, const char *path, GError **error)
{
  g_autoptr (CcSecret) passphrase = NULL;
  CcCaseFile *file;
  GError     *problem = NULL;

  if (!cc_cli_need_pack (cli, error) || !(passphrase = cc_cli_read_passphrase (cli, FALSE, error)))
    return NULL;
  file = open_with (cli, path, passphrase, CC_OPEN_READ_WRITE, &problem);
  if (file != NULL || !g_error_matches (problem, CC_ERROR, CC_ERROR_READ_ONLY))
    {
      if (problem != NULL)
        g_propagate_error (error, problem);
      return file;
    }
  g_error_free (problem);
  return open_with (cli, path, passphrase, CC_OPEN_READ_ONLY, error);
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
