/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/linkage/cc-link-elsewhere.h>

#include <string.h>

#define RESOURCES "/org/casecount/Casecount/splink/"

/* What is the same in every folder. */
static gboolean
write_companions (const char *folder, GPtrArray *files, GError **error)
{
  static const char *const names[] = { "casecount_levels.py", "README.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *source = g_strconcat (RESOURCES, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (source, 0, error);

      if (!bytes
          || !g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL),
                                        (gssize) g_bytes_get_size (bytes),
                                        G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
        return FALSE;
      g_ptr_array_add (files, g_steal_pointer (&path));
    }
  return TRUE;
}

static gboolean
export_model (CcCli *cli, const char *path, const char *kind, const char *out, GError **error)
{
  g_autoptr (CcProgress) progress = NULL;
  g_autoptr (CcCaseFile) file = cc_cli_open (cli, path, CC_OPEN_READ_WRITE, error);
  CcLinkExport result = { 0 };
  CcLinkParams params;
  gboolean     ok;

  if (!file)
    return FALSE;
  cc_link_params_init (&params);
  progress = cc_cli_progress_new (cli);
  ok = cc_link_export (file, kind, &params, out, progress, &result, error)
       && write_companions (out, result.files, error);
  cc_cli_progress_end ();
  if (ok)
    {
      cc_cli_json_int (cli, "records", result.records);
      cc_cli_json_begin_array (cli, "files");
      for (guint i = 0; i < result.files->len; i++)
        cc_cli_json_item (cli, result.files->pdata[i]);
      cc_cli_json_end_array (cli);
      cc_cli_print (cli,
                    _ ("%u records were written to “%s”. The folder holds names: keep it as "
                       "safe as the case file, and delete it when the pairs are back."),
                    result.records, out);
    }
  cc_link_export_clear (&result);
  return ok && cc_case_file_close (file, error);
}

/* export-model FILE --for splink --out DIR [--kind victim|perpetrator] */
gboolean
cc_cli_export_model (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *purpose = NULL;
  g_autofree char   *out = NULL;
  g_autofree char   *kind = NULL;
  const GOptionEntry entries[] = {
    { "for", 0, 0, G_OPTION_ARG_STRING, &purpose, N_ ("What it is for"), "splink" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_ ("Folder to write into"), N_ ("DIR") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, N_ ("Which kind of record; victims by default"),
      N_ ("victim|perpetrator") },
    { NULL }
  };

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || !out || g_strcmp0 (purpose, "splink") != 0)
    return cc_cli_usage (error, _ ("Please say: export-model FILE --for splink --out DIR."));
  if (kind && !g_str_equal (kind, "victim") && !g_str_equal (kind, "perpetrator"))
    return cc_cli_usage (error, _ ("--kind takes “victim” or “perpetrator”."));
  return export_model (cli, argv[1], kind ? kind : "victim", out, error);
}

static void
report_import (CcCli *cli, const CcLinkImport *result)
{
  const CcLinkCounts *counts = &result->counts;

  cc_cli_json_int (cli, "pairs", result->pairs);
  cc_cli_json_int (cli, "unknown", result->unknown);
  cc_cli_json_int (cli, "below", result->below);
  cc_cli_json_int (cli, "proposals", counts->proposals);
  cc_cli_json_int (cli, "undecidable", counts->undecidable);
  cc_cli_json_int (cli, "clusters", counts->clusters);
  cc_cli_json_int (cli, "persons_low", counts->persons_low);
  cc_cli_json_int (cli, "persons_high", counts->persons_high);
  cc_cli_print (cli, _ ("%u pairs were read; %u wait for review."), result->pairs,
                counts->proposals);
  if (result->unknown > 0)
    cc_cli_say (cli,
                ngettext ("%u pair names a record that the case file does not hold any more.",
                          "%u pairs name records that the case file does not hold any more.",
                          result->unknown),
                result->unknown);
}

/* import-pairs FILE PAIRS.csv [--kind victim|perpetrator] */
gboolean
cc_cli_import_pairs (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *kind = NULL;
  const GOptionEntry entries[] = { { "kind", 0, 0, G_OPTION_ARG_STRING, &kind,
                                     N_ ("Which kind of record; victims by default"),
                                     N_ ("victim|perpetrator") },
                                   { NULL } };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcProgress) progress = NULL;
  CcLinkImport result;
  gboolean     ok;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 3)
    return cc_cli_usage (error, _ ("Please name a case file and a table of pairs."));
  if (kind && !g_str_equal (kind, "victim") && !g_str_equal (kind, "perpetrator"))
    return cc_cli_usage (error, _ ("--kind takes “victim” or “perpetrator”."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error);
  if (!file)
    return FALSE;
  progress = cc_cli_progress_new (cli);
  ok = cc_link_import_pairs (file, kind ? kind : "victim", argv[2], progress, &result, error);
  cc_cli_progress_end ();
  if (ok)
    report_import (cli, &result);
  return ok && cc_case_file_close (file, error);
}
