/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

/* new FILE --country ISO3 [--practice] */
gboolean
cc_cli_new (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *country = NULL;
  gboolean           practice = FALSE;
  const GOptionEntry entries[] = { { "country", 0, 0, G_OPTION_ARG_STRING, &country,
                                     N_ ("Reporting country, ISO 3166-1 alpha-3"), N_ ("CODE") },
                                   { "practice", 0, 0, G_OPTION_ARG_NONE, &practice,
                                     N_ ("For training: every export is marked"), NULL },
                                   { NULL } };
  g_autoptr (CcSecret) passphrase = NULL;
  g_autoptr (CcCaseFile) file = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || !country)
    return cc_cli_usage (error, _ ("Please name the file and the reporting country: "
                                   "new FILE --country BEN."));
  if (!cc_cli_need_pack (cli, error))
    return FALSE;
  passphrase = cc_cli_read_passphrase (cli, TRUE, error);
  if (!passphrase)
    return FALSE;
  file = cc_case_file_create (argv[1], passphrase, cli->pack, country, practice, error);
  if (!file)
    return FALSE;
  /* A practice file holds nothing worth hiding. */
  if (!practice)
    cc_cli_warn_weak (cli, passphrase, argv[1], country);
  cc_cli_json_text (cli, "file", argv[1]);
  cc_cli_json_int (cli, "schema", cc_case_file_get_schema_version (file));
  cc_cli_print (cli, _ ("Created %s."), argv[1]);
  return cc_case_file_close (file, error);
}
