/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli-difference.h"

#include <inttypes.h>
#include <cc/base/cc-error.h>
#include <cc/intake/cc-import.h>
#include <cc/store/cc-history.h>

/* No act is meant, but the last one. */
#define LAST_ACT G_MININT64

typedef gint64 (*FindFunc) (CcConnection *connection, GError **error);

static gboolean
find_act (CcCaseFile *file, FindFunc find, gint64 *seq, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  GError       *problem = NULL;

  if (!reader)
    return FALSE;
  *seq = find (reader, &problem);
  cc_case_file_release_reader (file, reader);
  if (problem)
    g_propagate_error (error, problem);
  else if (*seq == 0 && find == cc_history_find_redoable)
    g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                 _ ("Nothing was taken back since the last act. Nothing was changed."));
  else if (*seq == 0)
    g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                 _ ("There is no act that could be taken back. Nothing was changed."));
  return *seq != 0;
}

static gboolean
undo (CcCli *cli, const char *path, gint64 seq, FindFunc find, GError **error)
{
  g_autoptr (CcCaseFile) file = cc_cli_open (cli, path, CC_OPEN_READ_WRITE, error);
  gint64 act;

  if (!file || (seq == LAST_ACT && !find_act (file, find, &seq, error))
      || !cc_history_undo (file, seq, cli->cancellable, &act, error))
    return FALSE;
  cc_cli_json_int (cli, "act", act);
  cc_cli_json_int (cli, "undoes", seq);
  cc_cli_print (cli, _ ("Act %" PRId64 " was taken back. This is act %" PRId64 "."), seq, act);
  return cc_case_file_close (file, error);
}

/* undo FILE [--act SEQ] */
gboolean
cc_cli_undo (CcCli *cli, int argc, char **argv, GError **error)
{
  gint64             seq = LAST_ACT;
  const GOptionEntry entries[] = { { "act", 0, 0, G_OPTION_ARG_INT64, &seq,
                                     N_ ("Number of the act; without it, the last one"),
                                     N_ ("SEQ") },
                                   { NULL } };

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || (seq != LAST_ACT && seq <= 0))
    return cc_cli_usage (error, _ ("Please say: undo FILE --act 12."));
  return undo (cli, argv[1], seq, cc_history_find_undoable, error);
}

/* redo FILE */
gboolean
cc_cli_redo (CcCli *cli, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please say: redo FILE."));
  return undo (cli, argv[1], LAST_ACT, cc_history_find_redoable, error);
}

/* undo-import FILE --submission ID [--dry-run] */
gboolean
cc_cli_undo_import (CcCli *cli, int argc, char **argv, GError **error)
{
  gint64             submission = 0;
  gint64             records = 0;
  gboolean           dry_run = FALSE;
  const GOptionEntry entries[] = { { "submission", 0, 0, G_OPTION_ARG_INT64, &submission,
                                     N_ ("Number of the delivery"), N_ ("ID") },
                                   { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run,
                                     N_ ("Say what would be other, change nothing"), NULL },
                                   { NULL } };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcDifference) difference = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || submission <= 0)
    return cc_cli_usage (error, _ ("Please say: undo-import FILE --submission 3."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error);
  if (!file
      || !(difference =
               cc_import_difference (file, submission, dry_run, &records, cli->cancellable, error)))
    return FALSE;
  cc_cli_json_int (cli, "records", records);
  cc_cli_add_difference (cli, difference);
  cc_cli_print_difference (cli, difference);
  if (dry_run)
    {
      cc_cli_print (cli, "%s", _ ("Nothing was changed."));
      return cc_case_file_close (file, error);
    }
  cc_cli_print (cli,
                ngettext ("%" PRId64 " record was withdrawn. The delivery's rows are kept.",
                          "%" PRId64 " records were withdrawn. The delivery's rows are kept.",
                          (gulong) records),
                records);
  return cc_case_file_close (file, error);
}
