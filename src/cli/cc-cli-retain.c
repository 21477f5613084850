/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-retention.h>

#include <inttypes.h>
#include <stdlib.h>

typedef struct
{
  gboolean due;
  char    *day;
  char    *rule;
  char    *entity;
  int      remove;
  char    *withdraw;
  char    *reason;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->day);
  g_free (self->rule);
  g_free (self->entity);
  g_free (self->withdraw);
  g_free (self->reason);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What every answer ends with: a removal reaches this file, not what was copied from it. */
static const char *
get_note (void)
{
  return _ ("Backups, packages and copies that were made before still hold what was removed here. "
            "Delete them, or let them expire.");
}

static gboolean
set_rule (CcAct *act, gpointer data, GError **error)
{
  return cc_act_set_retention (act, data, error);
}

static gboolean
remove_rule (CcAct *act, gpointer data, GError **error)
{
  return cc_act_remove_retention (act, *(const int *) data, error);
}

/* UNIT,KIND,MONTHS,FROM */
static gboolean
add_rule (CcCli *cli, CcCaseFile *file, const Options *options, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (options->rule, ",", -1);
  CcRetentionRule rule = { 0 };
  char           *end = NULL;

  if (g_strv_length (parts) != 4)
    return cc_cli_usage (error,
                         _ ("A rule is UNIT,KIND,MONTHS,FROM, such as VI,*,120,last-contact."));
  rule.unit = parts[0];
  rule.kind = parts[1];
  rule.months = (int) strtol (parts[2], &end, 10);
  rule.counted_from = parts[3];
  if (*parts[2] == '\0' || *end != '\0')
    return cc_cli_usage (error, _ ("“%s” is no number of months."), parts[2]);
  if (options->entity)
    {
      CcEntity *entity = cc_entity_find (file, options->entity, error);

      if (!entity)
        return FALSE;
      rule.entity = entity->id;
      cc_entity_free (entity);
    }
  return cc_case_file_act (file, "retention", set_rule, &rule, cli->cancellable, error);
}

static void
tell_rules (CcCli *cli, GPtrArray *rules, GPtrArray *entities)
{
  cc_cli_json_begin_array (cli, "rules");
  for (guint i = 0; i < rules->len; i++)
    {
      const CcRetentionRule *rule = rules->pdata[i];
      const char            *key = NULL;

      for (guint j = 0; j < entities->len; j++)
        if (((const CcEntity *) entities->pdata[j])->id == rule->entity)
          key = ((const CcEntity *) entities->pdata[j])->key;
      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_int (cli, "id", rule->id);
      cc_cli_json_text (cli, "unit", rule->unit);
      cc_cli_json_text (cli, "kind", rule->kind);
      cc_cli_json_text (cli, "entity", key ? key : "");
      cc_cli_json_int (cli, "months", rule->months);
      cc_cli_json_text (cli, "counted_from", rule->counted_from);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, _ ("%4" PRId64 "  %-4s %-12s %-12s %5d months from %s"), rule->id,
                    rule->unit, rule->kind, key ? key : "", rule->months, rule->counted_from);
    }
  cc_cli_json_end_array (cli);
}

static char *
describe_uuid (const CcRetentionDue *due)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; due->record != 0 && i < sizeof due->uuid; i++)
    g_string_append_printf (text, "%02x", due->uuid[i]);
  return g_string_free (text, FALSE);
}

/* Where it stood when it came: what somebody can look up, and no name. */
static char *
describe_place (CcConnection *reader, gint64 source_row)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (reader,
                             "SELECT w.row, s.file_name FROM source_row w"
                             " JOIN submission s ON s.id = w.submission WHERE w.id = ?1",
                             NULL);
  gboolean    has_row = FALSE;
  const char *file;

  if (!find || source_row == 0)
    return g_strdup (_ ("entered by hand"));
  cc_statement_bind_int64 (find, 1, source_row);
  if (!cc_statement_step (find, &has_row, NULL) || !has_row)
    return g_strdup ("");
  file = cc_statement_text (find, 1);
  return g_strdup_printf (_ ("row %d of “%s”"), (int) cc_statement_int64 (find, 0),
                          file ? file : "");
}

static const char *
describe_unit (const CcRetentionDue *due)
{
  if (due->record == 0)
    return _ ("raw row");
  if (g_str_equal (due->unit, "VI"))
    return _ ("victim");
  return g_str_equal (due->unit, "PE") ? _ ("perpetrator") : _ ("event");
}

static void
tell_due (CcCli *cli, CcConnection *reader, GPtrArray *list)
{
  cc_cli_json_begin_array (cli, "due");
  for (guint i = 0; i < list->len; i++)
    {
      const CcRetentionDue *due = list->pdata[i];
      g_autofree char      *uuid = describe_uuid (due);
      g_autofree char      *kinds = g_strjoinv (" ", due->kinds);
      g_autofree char      *place = describe_place (reader, due->source_row);
      g_autofree char      *counted =
          due->counted != CC_DAY_NONE ? cc_day_to_iso (due->counted) : g_strdup ("");

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "uuid", uuid);
      cc_cli_json_text (cli, "unit", due->unit);
      cc_cli_json_text (cli, "entity", due->entity ? due->entity : "");
      cc_cli_json_int (cli, "row", due->source_row);
      cc_cli_json_begin_array (cli, "kinds");
      for (guint j = 0; due->kinds[j]; j++)
        cc_cli_json_item (cli, due->kinds[j]);
      cc_cli_json_end_array (cli);
      cc_cli_json_int (cli, "rule", due->rule);
      cc_cli_json_text (cli, "counted", counted);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, "%-10s  %-12s  %s, %s  %s  %s", counted, due->entity ? due->entity : "",
                    describe_unit (due), place, kinds, uuid);
    }
  cc_cli_json_end_array (cli);
}

static gboolean
tell_state (CcCli *cli, CcCaseFile *file, CcDay day, gboolean with_due, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  g_autoptr (GPtrArray) entities = reader ? cc_entity_list (file, error) : NULL;
  g_autoptr (GPtrArray) rules = entities ? cc_retention_list (reader, error) : NULL;
  g_autoptr (GPtrArray) list = NULL;
  gint64 undated = 0;

  if (rules)
    list = cc_retention_list_due (file, reader, day, &undated, error);
  if (!list)
    {
      cc_case_file_release_reader (file, reader);
      return FALSE;
    }
  tell_rules (cli, rules, entities);
  cc_cli_json_int (cli, "undated", undated);
  if (with_due)
    tell_due (cli, reader, list);
  cc_case_file_release_reader (file, reader);
  if (!with_due)
    return TRUE;
  cc_cli_json_int (cli, "records", list->len);
  cc_cli_print (cli, _ ("Due: %u. Without a day to count from: %" PRId64 "."), list->len, undated);
  return TRUE;
}

static void
tell_result (CcCli *cli, const CcPurgeResult *result)
{
  cc_cli_json_int (cli, "act", result->act);
  cc_cli_json_int (cli, "records", result->records);
  cc_cli_json_int (cli, "identifiers", result->identifiers);
  cc_cli_json_int (cli, "rows", result->rows);
  cc_cli_json_int (cli, "changes", result->changes);
  cc_cli_json_flag (cli, "compacted", result->compacted);
  if (result->act == 0)
    cc_cli_print (cli, _ ("Nothing is due. Nothing was removed."));
  else
    cc_cli_print (cli,
                  _ ("Removed: %" PRId64 " identifiers of %" PRId64 " records, %" PRId64
                     " raw rows, and %" PRId64 " lines of the history. Counts are as they were. "
                     "This cannot be taken back."),
                  result->identifiers, result->records, result->rows, result->changes);
  if (!result->compacted)
    cc_cli_print (cli, _ ("The file is compacted when it is opened next."));
}

static gboolean
find_record (CcCaseFile *file, const char *uuid, gint64 *record, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  gboolean      has_row = FALSE;
  gboolean      ok;

  if (!reader)
    return FALSE;
  {
    g_autoptr (CcStatement) find =
        cc_connection_prepare (reader, "SELECT id FROM record WHERE uuid = unhex (?1, '-')", error);

    if (find)
      cc_statement_bind_text (find, 1, uuid);
    ok = find && cc_statement_step (find, &has_row, error);
    if (ok && has_row)
      *record = cc_statement_int64 (find, 0);
  }
  cc_case_file_release_reader (file, reader);
  if (ok && !has_row)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 _ ("There is no record “%s”. Nothing was removed."), uuid);
  return ok && has_row;
}

static gboolean
remove_data (CcCli *cli, CcCaseFile *file, CcDay day, const Options *options, GError **error)
{
  g_autoptr (CcProgress) progress = cc_cli_progress_new (cli);
  CcPurgeResult result;
  gint64        record = 0;
  gboolean      ok;

  if (options->withdraw)
    ok = find_record (file, options->withdraw, &record, error)
         && cc_retention_withdraw (file, record, options->reason, progress, &result, error);
  else
    ok = cc_retention_purge (file, day, progress, &result, error);
  cc_cli_progress_end ();
  if (ok)
    tell_result (cli, &result);
  return ok;
}

static gboolean
choose_day (const Options *options, CcDay *day, GError **error)
{
  CcInterval interval;

  *day = cc_day_today ();
  if (!options->day)
    return TRUE;
  if (!cc_interval_from_iso (options->day, &interval) || !cc_interval_is_day (interval))
    return cc_cli_usage (error, _ ("“%s” is no day. Write it as 2026-03-31."), options->day);
  if (!options->due && interval.first > *day)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_REFUSED,
                   _ ("What falls due only on %s cannot be removed today. Nothing was removed. Use "
                      "--due to list it."),
                   options->day);
      return FALSE;
    }
  *day = interval.first;
  return TRUE;
}

static gboolean
carry_out (CcCli *cli, const char *path, const Options *options, GError **error)
{
  const gboolean rules = options->rule || options->remove != 0;
  g_autoptr (CcCaseFile) file = NULL;
  CcDay day;

  if (!choose_day (options, &day, error))
    return FALSE;
  file = cc_cli_open (cli, path, options->due ? CC_OPEN_READ_ONLY : CC_OPEN_READ_WRITE, error);
  if (!file || (options->rule && !add_rule (cli, file, options, error))
      || (options->remove != 0
          && !cc_case_file_act (file, "retention", remove_rule, (gpointer) &options->remove,
                                cli->cancellable, error)))
    return FALSE;
  if (!options->due && !rules && !remove_data (cli, file, day, options, error))
    return FALSE;
  if (!tell_state (cli, file, day, options->due || rules, error))
    return FALSE;
  cc_cli_json_text (cli, "note", get_note ());
  if (!rules)
    cc_cli_print (cli, "%s", get_note ());
  return cc_case_file_close (file, error);
}

/* retain FILE [--due] */
gboolean
cc_cli_retain (CcCli *cli, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "due", 0, 0, G_OPTION_ARG_NONE, &options.due, N_ ("List what is due, and remove nothing"),
      NULL },
    { "day", 0, 0, G_OPTION_ARG_STRING, &options.day,
      N_ ("What is due on that day; without it, today"), N_ ("DAY") },
    { "rule", 0, 0, G_OPTION_ARG_STRING, &options.rule,
      N_ ("Add or change a rule: unit (VI PE EV ROW), kind of identifier or *, months, counted "
          "from received, last-contact or case-closed"),
      N_ ("UNIT,KIND,MONTHS,FROM") },
    { "entity", 0, 0, G_OPTION_ARG_STRING, &options.entity,
      N_ ("The rule is for this reporting entity alone"), N_ ("KEY") },
    { "remove-rule", 0, 0, G_OPTION_ARG_INT, &options.remove, N_ ("Remove a rule by its number"),
      N_ ("ID") },
    { "withdraw", 0, 0, G_OPTION_ARG_STRING, &options.withdraw,
      N_ ("Remove the identifiers of one record, whatever the rules say"), N_ ("UUID") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason,
      N_ ("Why, for the history; it must not name the person"), N_ ("REASON") },
    { NULL }
  };

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || (options.due && options.withdraw)
      || ((options.rule || options.remove) && (options.due || options.withdraw)))
    return cc_cli_usage (error, _ ("Please say: retain FILE, with --due, --rule or --withdraw."));
  return carry_out (cli, argv[1], &options, error);
}
