/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/stats/cc-facts.h>

#include <string.h>

/**
 * cc_cli_open:
 *
 * Opens a case file with the passphrase the user gives, and attaches the counting cache.
 *
 * Returns: (transfer full): the open file
 */
CcCaseFile *
cc_cli_open (CcCli *cli, const char *path, CcOpenMode mode, GError **error)
{
  g_autofree char *passphrase = NULL;
  g_autoptr (CcCaseFile) file = NULL;

  if (!cc_cli_need_pack (cli, error))
    return NULL;
  passphrase = cc_cli_read_passphrase (cli, FALSE, error);
  if (!passphrase)
    return NULL;
  file = cc_case_file_open (path, passphrase, cli->pack, mode, error);
  explicit_bzero (passphrase, strlen (passphrase));
  if (!file || (mode == CC_OPEN_READ_WRITE && !cc_facts_attach (file, error)))
    return NULL;
  return g_steal_pointer (&file);
}
