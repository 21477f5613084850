/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-pack-install.h>

#include <inttypes.h>

static void
tell_open (CcCli *cli, GPtrArray *list)
{
  cc_cli_json_begin_array (cli, "open");
  for (guint i = 0; i < list->len; i++)
    {
      const CcOpenCode *open = list->pdata[i];
      g_autofree char  *targets = g_strjoinv (" ", open->targets);

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "list", open->list);
      cc_cli_json_text (cli, "code", open->code);
      cc_cli_json_begin_array (cli, "targets");
      for (guint j = 0; open->targets[j]; j++)
        cc_cli_json_item (cli, open->targets[j]);
      cc_cli_json_end_array (cli);
      cc_cli_json_int (cli, "records", open->records);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli,
                    ngettext ("%s.%s: %" PRId64 " record; it may become %s",
                              "%s.%s: %" PRId64 " records; they may become %s",
                              (gulong) open->records),
                    open->list, open->code, open->records, targets);
    }
  cc_cli_json_end_array (cli);
}

static gboolean
list_open (CcCli *cli, CcCaseFile *file, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  g_autoptr (GPtrArray) list = reader ? cc_pack_list_open (file, reader, error) : NULL;

  cc_case_file_release_reader (file, reader);
  if (!list)
    return FALSE;
  cc_cli_json_text (cli, "pack", cc_pack_get_id (cc_case_file_get_pack (file)));
  cc_cli_print (cli, _ ("Classification: %s"),
                cc_pack_get_title (cc_case_file_get_pack (file), cli->language));
  tell_open (cli, list);
  return TRUE;
}

static const char *
get_kind_word (CcPackChangeKind kind)
{
  static const char *const words[CC_N_PACK_CHANGES] = { [CC_PACK_CHANGE_RENAMED] = "renamed",
                                                        [CC_PACK_CHANGE_SPLIT] = "split",
                                                        [CC_PACK_CHANGE_MERGED] = "merged",
                                                        [CC_PACK_CHANGE_KEPT] = "kept" };

  return words[kind];
}

static void
tell_change (CcCli *cli, const CcPackChange *change)
{
  g_autofree char *targets = g_strjoinv (" ", change->targets);
  g_autofree char *old =
      change->list ? g_strdup_printf ("%s.%s", change->list, change->old) : g_strdup (change->old);

  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_text (cli, "kind", get_kind_word (change->kind));
  cc_cli_json_text (cli, "list", change->list ? change->list : "");
  cc_cli_json_text (cli, "old", change->old);
  cc_cli_json_text (cli, "name", change->name);
  cc_cli_json_begin_array (cli, "targets");
  for (guint i = 0; change->targets[i]; i++)
    cc_cli_json_item (cli, change->targets[i]);
  cc_cli_json_end_array (cli);
  cc_cli_json_int (cli, "records", change->records);
  cc_cli_json_end_object (cli);
  cc_cli_print (cli, "%-8s %-24s %-24s %8" PRId64, get_kind_word (change->kind), old,
                *targets ? targets : change->name, change->records);
}

static gboolean
preview (CcCli      *cli,
         const char *path,
         const char *directory,
         const char *concordance,
         GError    **error)
{
  g_autoptr (CcCaseFile) file = cc_cli_open (cli, path, CC_OPEN_READ_ONLY, error);
  g_autoptr (CcPackPreview) result = NULL;

  if (!file || !(result = cc_pack_preview (file, directory, concordance, cli->cancellable, error)))
    return FALSE;
  cc_cli_json_text (cli, "pack", cc_pack_get_id (result->pack));
  cc_cli_json_begin_array (cli, "changes");
  for (guint i = 0; i < result->changes->len; i++)
    tell_change (cli, result->changes->pdata[i]);
  cc_cli_json_end_array (cli);
  cc_cli_json_int (cli, "added", result->added);
  cc_cli_json_int (cli, "records", result->records);
  cc_cli_print (cli,
                ngettext ("%" PRId64 " record states a code that changes. Nothing was changed yet.",
                          "%" PRId64 " records state a code that changes. Nothing was changed yet.",
                          (gulong) result->records),
                result->records);
  return cc_case_file_close (file, error);
}

static gboolean
install (CcCli      *cli,
         const char *path,
         const char *directory,
         const char *concordance,
         GError    **error)
{
  g_autoptr (CcPackInstall) result = NULL;
  g_autoptr (CcPackPreview) before = NULL;
  g_autoptr (CcCaseFile) file = cc_cli_open (cli, path, CC_OPEN_READ_WRITE, error);
  g_autoptr (CcCaseFile) again = NULL;
  g_autofree char *backup = NULL;

  /* What would be refused anyway needs no backup. */
  if (!file || !(before = cc_pack_preview (file, directory, concordance, cli->cancellable, error))
      || !cc_case_file_backup (file, NULL, CC_BACKUP_PACK, NULL, &backup, error)
      || !(result = cc_pack_install (file, directory, concordance, error))
      || !cc_case_file_close (file, error))
    return FALSE;
  /* Opened again, the file gives ids to what is new. */
  again = cc_cli_open (cli, path, CC_OPEN_READ_WRITE, error);
  if (!again)
    return FALSE;
  cc_cli_json_int (cli, "act", result->act);
  cc_cli_json_text (cli, "backup", backup);
  cc_cli_json_int (cli, "codes", result->recoded);
  cc_cli_json_int (cli, "kept", result->kept);
  cc_cli_json_int (cli, "variables", result->variables);
  cc_cli_json_text (cli, "pack", cc_pack_get_id (cc_case_file_get_pack (again)));
  cc_cli_print (cli,
                ngettext ("%u code has a new name.", "%u codes have new names.", result->recoded),
                result->recoded);
  cc_cli_print (cli,
                ngettext ("%u old code stays beside the new ones. What was counted by it is "
                          "counted as before.",
                          "%u old codes stay beside the new ones. What was counted by them is "
                          "counted as before.",
                          result->kept),
                result->kept);
  cc_cli_print (cli, _ ("A backup from before: %s"), backup);
  tell_open (cli, result->open);
  return cc_case_file_close (again, error);
}

/* pack FILE install DIR --concordance CSV, pack FILE preview with the same, or pack FILE list */
gboolean
cc_cli_pack (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *concordance = NULL;
  const GOptionEntry entries[] = {
    { "concordance", 0, 0, G_OPTION_ARG_FILENAME, &concordance,
      N_ ("What each old code and variable becomes: a table with kind, list, old, new"),
      N_ ("TABLE.csv") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc == 4 && g_str_equal (argv[2], "install") && concordance)
    return install (cli, argv[1], argv[3], concordance, error);
  if (argc == 4 && g_str_equal (argv[2], "preview") && concordance)
    return preview (cli, argv[1], argv[3], concordance, error);
  if (argc != 3 || !g_str_equal (argv[2], "list"))
    return cc_cli_usage (error, _ ("Please say: pack FILE install FOLDER --concordance TABLE.csv, "
                                   "pack FILE "
                                   "preview FOLDER --concordance TABLE.csv, or pack FILE list."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error);
  return file && list_open (cli, file, error) && cc_case_file_close (file, error);
}
