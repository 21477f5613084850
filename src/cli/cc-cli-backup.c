/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>
#include <cc/store/cc-backup.h>

#include <inttypes.h>

/* What backup, restore and rekey have in common with verify. */
static void
say_good (CcCli *cli)
{
  cc_cli_json_flag (cli, "ok", TRUE);
  cc_cli_json_begin_array (cli, "problems");
  cc_cli_json_end_array (cli);
}

static gboolean
say_backup (CcCli *cli, CcCaseFile *file, const char *path, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  g_autoptr (CcLastBackup) last = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GPtrArray) kept = NULL;

  if (!reader)
    return FALSE;
  last = cc_backup_find_last (reader, NULL);
  cc_case_file_release_reader (file, reader);
  kept = cc_case_file_list_backups (file, folder, error);
  if (!kept)
    return FALSE;
  say_good (cli);
  cc_cli_json_text (cli, "backup", path);
  cc_cli_json_text (cli, "head", last ? last->head : NULL);
  cc_cli_json_int (cli, "kept", kept->len);
  cc_cli_print (cli, _ ("Written and tested: %s"), path);
  return TRUE;
}

/* ---- the rule by which backups are made and kept ---- */

static const struct
{
  const char *name;
  gsize       offset;
} counts[] = {
  { "recent", G_STRUCT_OFFSET (CcBackupRule, recent) },
  { "days", G_STRUCT_OFFSET (CcBackupRule, days) },
  { "weeks", G_STRUCT_OFFSET (CcBackupRule, weeks) },
  { "months", G_STRUCT_OFFSET (CcBackupRule, months) },
};

static gboolean
read_yes (const char *text, gboolean *yes, GError **error)
{
  *yes = g_str_equal (text, "yes");
  return *yes || g_str_equal (text, "no")
         || cc_cli_usage (error, _ ("“%s” is neither yes nor no."), text);
}

/* NAME=VALUE */
static gboolean
read_part (CcBackupRule *rule, const char *part, GError **error)
{
  g_auto (GStrv) words = g_strsplit (part, "=", 2);
  const gboolean rows = words[0] && g_str_equal (words[0], "import-rows");
  gint64         number;

  if (g_strv_length (words) != 2)
    return cc_cli_usage (error, _ ("“%s” is not NAME=VALUE, such as days=7."), part);
  if (g_str_equal (words[0], "daily"))
    return read_yes (words[1], &rule->daily, error);
  if (!cc_text_to_int (words[1], 0, rows ? CC_BACKUP_RULE_MOST_ROWS : CC_BACKUP_RULE_MOST_KEPT,
                       &number))
    return cc_cli_usage (error, _ ("“%s” is no number that a rule can have."), words[1]);
  if (rows)
    {
      rule->import_rows = number;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (g_str_equal (words[0], counts[i].name))
      {
        *(guint *) G_STRUCT_MEMBER_P (rule, counts[i].offset) = (guint) number;
        return TRUE;
      }
  return cc_cli_usage (error,
                       _ ("A rule has no “%s”; it has recent, days, weeks, months, import-rows and "
                          "daily."),
                       words[0]);
}

static gboolean
read_rule (CcBackupRule *rule, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i]; i++)
    if (!read_part (rule, parts[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
load_rule (CcCaseFile *file, CcBackupRule *rule, GError **error)
{
  CcConnection  *reader = cc_case_file_acquire_reader (file, error);
  const gboolean ok = reader && cc_backup_load_rule (reader, rule, error);

  cc_case_file_release_reader (file, reader);
  return ok;
}

static gboolean
set_rule (CcAct *act, gpointer rule, GError **error)
{
  return cc_act_set_backup_rule (act, rule, error);
}

static void
say_rule (CcCli *cli, const CcBackupRule *rule)
{
  say_good (cli);
  cc_cli_json_begin_object (cli, "rule");
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    cc_cli_json_int (cli, counts[i].name,
                     *(const guint *) G_STRUCT_MEMBER_P (rule, counts[i].offset));
  cc_cli_json_int (cli, "import_rows", rule->import_rows);
  cc_cli_json_flag (cli, "daily", rule->daily);
  cc_cli_json_end_object (cli);
  cc_cli_print (cli, "recent=%u,days=%u,weeks=%u,months=%u,import-rows=%" PRId64 ",daily=%s",
                rule->recent, rule->days, rule->weeks, rule->months, rule->import_rows,
                rule->daily ? "yes" : "no");
}

/* text: "" to show the rule, else what changes of it */
static gboolean
change_rule (CcCli *cli, const char *path, const char *text, GError **error)
{
  g_autoptr (CcCaseFile) file = NULL;
  CcBackupRule rule;

  file = cc_cli_open_as_it_is (cli, path, *text ? CC_OPEN_READ_WRITE : CC_OPEN_READ_ONLY, error);
  if (!file || !load_rule (file, &rule, error))
    return FALSE;
  if (*text
      && (!read_rule (&rule, text, error)
          || !cc_case_file_act (file, "setting", set_rule, &rule, cli->cancellable, error)))
    return FALSE;
  say_rule (cli, &rule);
  return cc_case_file_close (file, error);
}

static gboolean
make_backup (CcCli *cli, const char *path, const char *folder, gboolean daily, GError **error)
{
  g_autoptr (CcCaseFile) file = cc_cli_open_to_copy (cli, path, error);
  g_autoptr (CcProgress) progress = NULL;
  g_autofree char *backup = NULL;

  if (!file)
    return FALSE;
  progress = cc_cli_progress_new (cli);
  if (!cc_case_file_backup (file, folder, daily ? CC_BACKUP_DAILY : CC_BACKUP_BY_HAND, progress,
                            &backup, error))
    return FALSE;
  cc_cli_progress_end ();
  if (cc_case_file_is_read_only (file))
    cc_cli_say (cli, "%s",
                _ ("The case file cannot be written where it lies, so its history does not tell of "
                   "this backup."));
  return say_backup (cli, file, backup, error) && cc_case_file_close (file, error);
}

/* backup FILE [DIR] [--daily], or backup FILE --show-rule, or backup FILE --rule NAME=VALUE,... */
gboolean
cc_cli_backup (CcCli *cli, int argc, char **argv, GError **error)
{
  gboolean           daily = FALSE, show = FALSE;
  g_autofree char   *rule = NULL;
  const GOptionEntry entries[] = {
    { "daily", 0, 0, G_OPTION_ARG_NONE, &daily,
      N_ ("As the program does it by itself: older ones that are no longer needed are removed"),
      NULL },
    { "show-rule", 0, 0, G_OPTION_ARG_NONE, &show,
      N_ ("Print the rule of this case file: which backups are kept, and when one is made"), NULL },
    { "rule", 0, 0, G_OPTION_ARG_STRING, &rule,
      N_ ("Change the rule: recent, days, weeks, months (how many are kept of each), import-rows "
          "(a larger delivery is preceded by a backup; 0: never), daily (yes or no)"),
      N_ ("NAME=VALUE,…") },
    { NULL }
  };

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if ((show || rule) && !daily && argc == 2 && !(show && rule))
    return change_rule (cli, argv[1], rule ? rule : "", error);
  if (show || rule || argc < 2 || argc > 3)
    return cc_cli_usage (error, _ ("Please say: backup FILE FOLDER, backup FILE --show-rule, or "
                                   "backup FILE --rule NAME=VALUE."));
  return make_backup (cli, argv[1], argc > 2 ? argv[2] : NULL, daily, error);
}

/* restore BACKUP FILE */
gboolean
cc_cli_restore (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autoptr (CcSecret) passphrase = NULL;
  g_autoptr (CcProgress) progress = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, NULL, error))
    return FALSE;
  if (argc != 3)
    return cc_cli_usage (error, _ ("Please say: restore BACKUP FILE."));
  if (!cc_cli_need_pack (cli, error) || !(passphrase = cc_cli_read_passphrase (cli, FALSE, error)))
    return FALSE;
  progress = cc_cli_progress_new (cli);
  if (!cc_case_file_restore (argv[1], passphrase, cli->pack, argv[2], progress, error))
    return FALSE;
  say_good (cli);
  cc_cli_json_text (cli, "file", argv[2]);
  cc_cli_print (cli, _ ("The backup is in order. It was brought back as %s."), argv[2]);
  return TRUE;
}

/* rekey FILE [--new-passphrase-file FILE] [--backups DIR] */
gboolean
cc_cli_rekey (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *new_file = NULL, *folder = NULL;
  const GOptionEntry entries[] = { { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &new_file,
                                     N_ ("File that holds the new passphrase"), N_ ("FILE") },
                                   { "backups", 0, 0, G_OPTION_ARG_FILENAME, &folder,
                                     N_ ("Folder for the backup that is made first"), N_ ("DIR") },
                                   { NULL } };
  g_autoptr (CcSecret) before = NULL;
  g_autoptr (CcSecret) after = NULL;
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcProgress) progress = NULL;
  g_autofree char *backup = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  if (!cc_cli_need_pack (cli, error) || !(before = cc_cli_read_passphrase (cli, FALSE, error)))
    return FALSE;
  file = cc_case_file_open (argv[1], before, cli->pack, CC_OPEN_READ_WRITE, error);
  if (!file || !(after = cc_cli_read_new_passphrase (new_file, error)))
    return FALSE;
  progress = cc_cli_progress_new (cli);
  if (!cc_case_file_change_passphrase (file, before, after, folder, progress, &backup, error))
    return FALSE;
  cc_cli_progress_end ();
  /* Also of a practice file: whoever changes its passphrase means it to keep something. */
  cc_cli_warn_weak (cli, after, argv[1], cc_case_file_get_country (file));
  say_good (cli);
  cc_cli_json_text (cli, "file", argv[1]);
  cc_cli_json_text (cli, "backup", backup);
  cc_cli_print (cli, "%s", _ ("The passphrase was changed."));
  cc_cli_print (cli, _ ("A backup from before, which opens with the old passphrase: %s"), backup);
  return cc_case_file_close (file, error);
}
