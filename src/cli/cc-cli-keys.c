/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-secret.h>
#include <cc/linkage/cc-link-encode.h>

typedef struct
{
  char *map;
  char *secret_file;
  char *out;
  char *case_file;
  char *kind;
} Wishes;

/* The sender's own rows. */
static GString *
encode_tables (CcCli             *cli,
               const char *const *paths,
               const Wishes      *wishes,
               const char        *secret,
               guint             *rows,
               GError           **error)
{
  g_autoptr (CcLinkCsv) csv = NULL;

  if (!cc_cli_need_pack (cli, error))
    return NULL;
  csv = cc_link_csv_load (cli->pack, paths, wishes->map, NULL, error);
  if (!csv)
    return NULL;
  *rows = csv->ids->len;
  return cc_link_encode (cli->pack, csv->table, csv->ids, csv->sources, secret, error);
}

/* The ministry's side. */
static GString *
encode_case (CcCli *cli, const Wishes *wishes, const char *secret, guint *rows, GError **error)
{
  g_autoptr (CcCaseFile) file = cc_cli_open (cli, wishes->case_file, CC_OPEN_READ_ONLY, error);
  g_autoptr (CcProgress) progress = NULL;
  GString *text;

  if (!file)
    return NULL;
  progress = cc_cli_progress_new (cli);
  text = cc_link_encode_case (file, wishes->kind ? wishes->kind : "victim", secret, progress, rows,
                              error);
  cc_cli_progress_end ();
  return text;
}

static void
report (CcCli *cli, const Wishes *wishes, guint rows, const char *secret_id)
{
  cc_cli_json_int (cli, "rows", rows);
  cc_cli_json_int (cli, "version", CC_LINK_KEYS_VERSION);
  cc_cli_json_text (cli, "secret_id", secret_id);
  cc_cli_json_text (cli, "output", wishes->out);
  cc_cli_print (cli,
                _ ("%u rows were written to “%s” with keys in the place of names, places and "
                   "numbers. The secret is known by %s; both sides need the same."),
                rows, wishes->out, secret_id);
  cc_cli_print (cli, "%s",
                _ ("What this protects: nobody who finds the file can read a name or a number in "
                   "it, and whoever has not the secret cannot make keys of names to compare."));
  cc_cli_print (cli, "%s",
                _ ("What it does not: the same name has the same key everywhere, so that common "
                   "names can be told by how often they occur; filters show which names share "
                   "letters; sex, citizenship and birth stand as they are; and whoever has the "
                   "secret can try out names. Such attacks are published. Treat the file as "
                   "personal data, and never give it and the secret to the same stranger."));
}

static gboolean
write_keys (CcCli *cli, const char *const *paths, const Wishes *wishes, GError **error)
{
  g_autoptr (CcSecret) secret = cc_secret_read_line (wishes->secret_file, error);
  g_autofree char *secret_id = secret ? cc_link_secret_id (secret, error) : NULL;
  GString         *text = NULL;
  guint            rows = 0;
  gboolean         ok;

  if (!secret_id)
    return FALSE;
  text = wishes->case_file ? encode_case (cli, wishes, secret, &rows, error)
                           : encode_tables (cli, paths, wishes, secret, &rows, error);
  if (!text)
    return FALSE;
  ok = g_file_set_contents_full (wishes->out, text->str, (gssize) text->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
  g_string_free (text, TRUE);
  if (ok)
    report (cli, wishes, rows, secret_id);
  return ok;
}

static gboolean
check_wishes (const Wishes *wishes, int argc, GError **error)
{
  if (!wishes->secret_file || !wishes->out || (wishes->case_file ? argc != 1 : argc < 2)
      || (!wishes->case_file && !wishes->map))
    return cc_cli_usage (error, _ ("Please say: keys TABLE.csv --map ROLES.ini --secret-file F "
                                   "--out KEYS.csv, or keys --case FILE --secret-file F --out "
                                   "KEYS.csv."));
  if (wishes->kind && !g_str_equal (wishes->kind, "victim")
      && !g_str_equal (wishes->kind, "perpetrator"))
    return cc_cli_usage (error, _ ("--kind takes “victim” or “perpetrator”."));
  return TRUE;
}

/* keys TABLE.csv --map ROLES.ini --secret-file F --out KEYS.csv
 * keys --case FILE --secret-file F --out KEYS.csv [--kind victim|perpetrator] */
gboolean
cc_cli_keys (CcCli *cli, int argc, char **argv, GError **error)
{
  Wishes             wishes = { 0 };
  const GOptionEntry entries[] = {
    { "map", 0, 0, G_OPTION_ARG_FILENAME, &wishes.map,
      N_ ("Key file that names the roles of the columns"), N_ ("ROLES.ini") },
    { "case", 0, 0, G_OPTION_ARG_FILENAME, &wishes.case_file,
      N_ ("A case file, for the ministry's own side"), N_ ("FILE") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &wishes.kind,
      N_ ("Which kind of record of a case file; victims by default"), N_ ("victim|perpetrator") },
    { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, &wishes.secret_file,
      N_ ("File whose first line is the secret that both sides share: 32 characters or more, drawn "
          "by chance, sent by another way than the keys"),
      N_ ("F") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &wishes.out,
      N_ ("Where the keys go. Names cannot be read in it, but it stays personal data: common names "
          "can be told by how often their keys occur"),
      N_ ("KEYS.csv") },
    { NULL }
  };
  gboolean ok;

  ok = cc_cli_parse (cli, &argc, &argv, entries, error) && check_wishes (&wishes, argc, error)
       && write_keys (cli, (const char *const *) argv + 1, &wishes, error);
  g_free (wishes.map);
  g_free (wishes.case_file);
  g_free (wishes.kind);
  g_free (wishes.secret_file);
  g_free (wishes.out);
  return ok;
}
