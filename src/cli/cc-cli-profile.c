/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <inttypes.h>
#include <cc/intake/cc-profile.h>

static gboolean
list_profiles (CcCli *cli, CcCaseFile *file, GError **error)
{
  g_autoptr (GPtrArray) profiles = cc_profile_list (file, error);

  if (!profiles)
    return FALSE;
  cc_cli_json_begin_array (cli, "profiles");
  for (guint i = 0; i < profiles->len; i++)
    {
      const CcProfile *profile = profiles->pdata[i];

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "name", profile->name);
      cc_cli_json_text (cli, "entity", *profile->entity ? profile->entity : NULL);
      cc_cli_json_int (cli, "version", profile->version);
      cc_cli_json_end_object (cli);
      if (*profile->entity)
        /* Translators: name of a profile, key of the agency, number. */
        cc_cli_print (cli, _ ("%s: of %s, version %" PRId64), profile->name, profile->entity,
                      profile->version);
      else
        cc_cli_print (cli, _ ("%s: of no agency, version %" PRId64), profile->name,
                      profile->version);
    }
  cc_cli_json_end_array (cli);
  return TRUE;
}

/* The name of the file without its folder and what follows the last dot. */
static char *
name_after (const char *path)
{
  char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot && dot != name)
    *dot = '\0';
  return name;
}

/* profile FILE list | export NAME OUT | import IN [--entity KEY] [--name NAME] */
gboolean
cc_cli_profile (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *entity = NULL, *name = NULL;
  const GOptionEntry entries[] = { { "entity", 0, 0, G_OPTION_ARG_STRING, &entity,
                                     N_ ("Reporting entity whose lists it reads"), N_ ("KEY") },
                                   { "name", 0, 0, G_OPTION_ARG_STRING, &name,
                                     N_ ("Name to keep it under; without it, that of the file"),
                                     N_ ("NAME") },
                                   { NULL } };
  g_autoptr (CcCaseFile) file = NULL;
  const char *verb;
  gboolean    writes;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  verb = argc > 2 ? argv[2] : "";
  writes = g_str_equal (verb, "import") && argc == 4;
  if (!writes && !(g_str_equal (verb, "list") && argc == 3)
      && !(g_str_equal (verb, "export") && argc == 5))
    return cc_cli_usage (error,
                         _ ("Please say: profile FILE list, profile FILE export NAME OUT, or "
                            "profile FILE import IN --entity KEY."));
  file = cc_cli_open (cli, argv[1], writes ? CC_OPEN_READ_WRITE : CC_OPEN_READ_ONLY, error);
  if (!file)
    return FALSE;
  if (g_str_equal (verb, "export"))
    {
      if (!cc_profile_export (file, argv[3], argv[4], error))
        return FALSE;
      cc_cli_print (cli, _ ("The profile “%s” was written to %s."), argv[3], argv[4]);
    }
  else if (writes)
    {
      if (!name)
        name = name_after (argv[3]);
      if (!cc_profile_import (file, entity, name, argv[3], error))
        return FALSE;
      cc_cli_print (cli, _ ("The profile “%s” was kept."), name);
    }
  return list_profiles (cli, file, error) && cc_case_file_close (file, error);
}
