/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-entity.h>

static gboolean
list_entities (CcCli *cli, CcCaseFile *file, GError **error)
{
  g_autoptr (GPtrArray) entities = cc_entity_list (file, error);

  if (!entities)
    return FALSE;
  cc_cli_json_begin_array (cli, "entities");
  for (guint i = 0; i < entities->len; i++)
    {
      const CcEntity  *entity = entities->pdata[i];
      g_autofree char *type = cc_pack_get_code_label (cli->pack, entity->type, cli->language);

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "key", entity->key);
      cc_cli_json_text (cli, "name", entity->name);
      cc_cli_json_text (cli, "type", entity->type->code);
      cc_cli_json_flag (cli, "identifies", entity->identifies);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, "%-16s %-40s %s", entity->key, entity->name, type);
    }
  cc_cli_json_end_array (cli);
  return TRUE;
}

static gboolean
add_entity (CcCli      *cli,
            CcCaseFile *file,
            const char *key,
            const char *name,
            const char *type,
            GError    **error)
{
  const CcCode *code = cc_pack_find_code (cli->pack, "RETYPE", type);

  if (!code)
    {
      g_autoptr (GString) known = g_string_new (NULL);
      GPtrArray *codes = cc_pack_get_list_codes (cli->pack, "RETYPE");

      for (guint i = 0; i < codes->len; i++)
        g_string_append_printf (known, " %s", ((CcCode *) codes->pdata[i])->code);
      return cc_cli_usage (error, _ ("“%s” is no kind of reporting entity. Known are:%s."), type,
                           known->str);
    }
  if (!cc_entity_add (file, key, name, code, error))
    return FALSE;
  cc_cli_say (cli, _ ("Added the reporting entity “%s”."), key);
  return TRUE;
}

/* entity FILE add KEY --name NAME --type CODE, or entity FILE list */
gboolean
cc_cli_entity (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *name = NULL;
  g_autofree char   *type = NULL;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Official name"), N_ ("NAME") },
    { "type", 0, 0, G_OPTION_ARG_STRING, &type, N_ ("Kind of entity, a code of the list RETYPE"),
      N_ ("CODE") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  gboolean adding;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  adding = argc == 4 && g_str_equal (argv[2], "add");
  if (!adding && !(argc == 3 && g_str_equal (argv[2], "list")))
    return cc_cli_usage (error, _ ("Please say “add KEY --name NAME --type CODE” or “list”."));
  if (adding && (!name || !type))
    return cc_cli_usage (error, _ ("A new reporting entity needs --name and --type."));
  file = cc_cli_open (cli, argv[1], adding ? CC_OPEN_READ_WRITE : CC_OPEN_READ_ONLY, error);
  if (!file || (adding && !add_entity (cli, file, argv[3], name, type, error)))
    return FALSE;
  return list_entities (cli, file, error) && cc_case_file_close (file, error);
}
