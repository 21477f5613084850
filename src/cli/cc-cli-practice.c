/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/practice/cc-practice.h>

/* Records of a big country where nobody says how many. */
#define BIG_RECORDS 100000

/* practice --out DIR [--seed N] [--victims N] [--agencies N] [--lang ..] [--level 1..5]
 *          [--big [--records N]] */
gboolean
cc_cli_practice (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *out = NULL;
  gint64             seed = 1;
  int                victims = 0, agencies = 0, level = 0, records = 0;
  gboolean           big = FALSE;
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_ ("Folder that takes the files"), N_ ("DIR") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_ ("Another number, another country"), N_ ("N") },
    { "victims", 0, 0, G_OPTION_ARG_INT, &victims, N_ ("Number of true victims"), N_ ("N") },
    { "agencies", 0, 0, G_OPTION_ARG_INT, &agencies, N_ ("Number of agencies"), N_ ("N") },
    { "level", 0, 0, G_OPTION_ARG_INT, &level, N_ ("Disorder, from 1 (tidy) to 5"), N_ ("N") },
    { "big", 0, 0, G_OPTION_ARG_NONE, &big,
      N_ ("Tables of victims of any size, for measurements of the linkage"), NULL },
    { "records", 0, 0, G_OPTION_ARG_INT, &records,
      N_ ("With --big, the number of rows; 100,000 without --victims"), N_ ("N") },
    { NULL }
  };
  CcPracticeParams params;
  const char      *languages[2] = { NULL, NULL };
  g_autoptr (CcPracticeResult) result = NULL;
  g_autoptr (CcProgress) progress = NULL;
  gboolean one_language;

  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--lang"))
      languages[0] = "";
  one_language = languages[0] != NULL;
  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 1 || !out)
    return cc_cli_usage (error, _ ("Please name the folder for the files: practice --out DIR."));
  if (records < 0 || (records > 0 && (!big || victims > 0)))
    return cc_cli_usage (error, _ ("--records is a number of rows for --big, and takes the place "
                                   "of --victims."));
  if (!cc_cli_need_pack (cli, error))
    return FALSE;
  cc_practice_params_init (&params);
  params.seed = (guint64) seed;
  params.big = big;
  if (big && victims <= 0)
    params.records = records > 0 ? (guint) records : BIG_RECORDS;
  if (victims > 0)
    params.victims = victims;
  if (agencies > 0)
    params.agencies = agencies;
  if (level > 0)
    params.level = level;
  languages[0] = cli->language;
  if (one_language)
    params.languages = languages;
  progress = cc_cli_progress_new (cli);
  result = cc_practice_generate (&params, out, progress, error);
  if (!result)
    return FALSE;
  cc_cli_json_begin_array (cli, "files");
  for (guint i = 0; i < result->files->len; i++)
    {
      const CcPracticeFile *file = result->files->pdata[i];
      g_autofree char      *period = cc_interval_to_iso (file->period);

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "entity", file->entity);
      cc_cli_json_text (cli, "name", file->name);
      cc_cli_json_text (cli, "type", file->type);
      cc_cli_json_text (cli, "period", period);
      cc_cli_json_text (cli, "path", file->path);
      cc_cli_json_text (cli, "map", file->map_path);
      cc_cli_json_flag (cli, "nil", file->nil);
      cc_cli_json_int (cli, "rows", file->rows);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, "%-12s %6u  %s", file->entity, file->rows,
                    file->path ? file->path : _ ("(nil return)"));
    }
  cc_cli_json_end_array (cli);
  cc_cli_json_int (cli, "victims", result->victims);
  cc_cli_json_int (cli, "records", result->records);
  cc_cli_json_text (cli, "key", result->key_path);
  if (result->table_path)
    {
      cc_cli_json_text (cli, "table", result->table_path);
      cc_cli_json_text (cli, "schema", result->schema_path);
    }
  cc_cli_print (cli, _ ("%u invented victims, %u records, answer key %s"), result->victims,
                result->records, result->key_path);
  return TRUE;
}
