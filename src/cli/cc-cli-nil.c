/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-day.h>
#include <cc/store/cc-entity.h>

/* nil FILE --entity KEY --period FROM..TO */
gboolean
cc_cli_nil (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *key = NULL;
  g_autofree char   *period_text = NULL;
  const GOptionEntry entries[] = { { "entity", 0, 0, G_OPTION_ARG_STRING, &key,
                                     N_ ("Reporting entity"), N_ ("KEY") },
                                   { "period", 0, 0, G_OPTION_ARG_STRING, &period_text,
                                     N_ ("Period without a case"), N_ ("FROM..TO") },
                                   { NULL } };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcEntity) entity = NULL;
  CcInterval period;
  gint64     submission;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || !key || !period_text)
    return cc_cli_usage (error, _ ("Please say: nil FILE --entity KEY --period 2023."));
  if (!cc_interval_from_iso (period_text, &period))
    return cc_cli_usage (error, _ ("“%s” is no period. Write 2023, 2023-05 or 2023-01..2023-06."),
                         period_text);
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error);
  if (!file || !(entity = cc_entity_find (file, key, error)))
    return FALSE;
  submission = cc_submission_add_nil (file, entity->id, period, error);
  if (submission == 0)
    return FALSE;
  cc_cli_json_int (cli, "submission", submission);
  cc_cli_print (cli, _ ("Noted that “%s” had no case in %s."), entity->name, period_text);
  return cc_case_file_close (file, error);
}
