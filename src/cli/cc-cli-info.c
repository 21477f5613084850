/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/store/cc-backup.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-figures.h>

#include <inttypes.h>

/* Live records by unit. */
static gboolean
add_units (CcCli *cli, CcCaseFile *file, CcConnection *connection, GError **error)
{
  g_autoptr (GArray) counts = cc_figures_count_units (file, connection, error);

  if (!counts)
    return FALSE;
  cc_cli_json_begin_object (cli, "units");
  for (guint i = 0; i < counts->len; i++)
    {
      const CcUnitCount *count = &g_array_index (counts, CcUnitCount, i);

      cc_cli_json_int (cli, count->unit->name, count->n);
      cc_cli_print (cli, "  %-32s %8" PRId64,
                    cc_pack_get_label (cli->pack, "unit", count->unit->name, cli->language),
                    count->n);
    }
  cc_cli_json_end_object (cli);
  return TRUE;
}

/* Deliveries by entity, with their periods. */
static gboolean
add_entities (CcCli *cli, CcCaseFile *file, GError **error)
{
  g_autoptr (GPtrArray) entities = cc_entity_list (file, error);
  g_autoptr (GPtrArray) submissions = entities ? cc_submission_list (file, error) : NULL;

  if (!submissions)
    return FALSE;
  cc_cli_json_begin_array (cli, "entities");
  for (guint i = 0; i < entities->len; i++)
    {
      const CcEntity *entity = entities->pdata[i];

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "key", entity->key);
      cc_cli_json_text (cli, "name", entity->name);
      cc_cli_json_text (cli, "type", entity->type->code);
      cc_cli_json_begin_array (cli, "submissions");
      cc_cli_print (cli, "  %s (%s)", entity->name, entity->key);
      for (guint j = 0; j < submissions->len; j++)
        {
          const CcSubmission *submission = submissions->pdata[j];
          g_autofree char    *period = cc_interval_to_iso (submission->period);

          if (submission->entity != entity->id)
            continue;
          cc_cli_json_begin_object (cli, NULL);
          cc_cli_json_int (cli, "id", submission->id);
          cc_cli_json_text (cli, "period", period);
          cc_cli_json_flag (cli, "nil", submission->nil);
          cc_cli_json_text (cli, "state", submission->state);
          cc_cli_json_int (cli, "rows", submission->rows);
          cc_cli_json_int (cli, "accepted", submission->accepted);
          cc_cli_json_int (cli, "parked", submission->parked);
          cc_cli_json_int (cli, "rejected", submission->rejected);
          cc_cli_json_end_object (cli);
          if (g_str_equal (submission->state, "withdrawn"))
            cc_cli_print (cli, _ ("    %s: taken back; its %" PRId64 " rows do not count"),
                          *period ? period : _ ("period not stated"), submission->rows);
          else if (submission->nil)
            cc_cli_print (cli, _ ("    %s: no case (nil return)"), period);
          else
            cc_cli_print (cli,
                          _ ("    %s: %" PRId64 " rows, %" PRId64 " accepted, %" PRId64
                             " parked, %" PRId64 " rejected"),
                          *period ? period : _ ("period not stated"), submission->rows,
                          submission->accepted, submission->parked, submission->rejected);
        }
      cc_cli_json_end_array (cli);
      cc_cli_json_end_object (cli);
    }
  cc_cli_json_end_array (cli);
  return TRUE;
}

static char *
describe_country (CcCli *cli, CcCaseFile *file)
{
  const char   *country = cc_case_file_get_country (file);
  const CcCode *code = cc_pack_find_code (cli->pack, "COUNTRY", country);

  return code ? cc_pack_get_code_label (cli->pack, code, cli->language) : g_strdup (country);
}

static gboolean
add_last_backup (CcCli *cli, CcConnection *connection, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (CcLastBackup) last = cc_backup_find_last (connection, &problem);
  g_autoptr (GDateTime) moment = NULL;
  g_autofree char *text = NULL;

  if (problem)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (last)
    {
      moment = g_date_time_new_from_unix_utc (last->time);
      text = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");
      cc_cli_print (cli, _ ("Last backup: %s, tested, %s"), text, last->path);
    }
  else
    cc_cli_print (cli, "%s", _ ("Last backup: none"));
  cc_cli_json_text (cli, "last_backup", text);
  cc_cli_json_text (cli, "last_backup_path", last ? last->path : NULL);
  return TRUE;
}

/* info FILE */
gboolean
cc_cli_info (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autoptr (CcCaseFile) file = NULL;
  g_autofree char *cipher = NULL;
  g_autofree char *content_hash = NULL;
  g_autofree char *country = NULL;
  CcConnection    *connection;
  gboolean         good;

  if (!cc_cli_parse (cli, &argc, &argv, NULL, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error);
  if (!file || !(content_hash = cc_case_file_content_hash (file, error))
      || !(connection = cc_case_file_acquire_reader (file, error)))
    return FALSE;
  cipher = cc_case_file_get_cipher (file);
  cc_cli_json_text (cli, "file", argv[1]);
  cc_cli_json_int (cli, "schema", cc_case_file_get_schema_version (file));
  cc_cli_json_text (cli, "pack", cc_pack_get_id (cli->pack));
  cc_cli_json_text (cli, "cipher", cipher);
  cc_cli_json_text (cli, "country", cc_case_file_get_country (file));
  cc_cli_json_flag (cli, "practice", cc_case_file_is_practice (file));
  cc_cli_json_text (cli, "content_hash", content_hash);
  if (cc_case_file_is_practice (file))
    cc_cli_print (cli, _ ("This is a practice file: nothing in it is real."));
  country = describe_country (cli, file);
  cc_cli_print (cli, _ ("Country: %s"), country);
  cc_cli_print (cli, _ ("Classification: %s"), cc_pack_get_title (cli->pack, cli->language));
  cc_cli_print (cli, _ ("Encryption: %s; schema %d"), cipher,
                cc_case_file_get_schema_version (file));
  good = add_last_backup (cli, connection, error);
  cc_cli_print (cli, "%s", _ ("Records:"));
  good = good && add_units (cli, file, connection, error);
  cc_case_file_release_reader (file, connection);
  if (!good)
    return FALSE;
  cc_cli_print (cli, "%s", _ ("Deliveries:"));
  return add_entities (cli, file, error) && cc_case_file_close (file, error);
}
