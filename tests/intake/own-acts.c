/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "own-acts.h"

#include <cc/linkage/cc-linkage.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-exchange.h>
#include <cc/store/cc-finding.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-kept.h>
#include <cc/store/cc-retention.h>

#include <string.h>

#define ROWS 8 /* of one delivery */

gint32
own_acts_roll (Worker *self, gint32 n)
{
  return g_rand_int_range (self->random, 0, MAX (n, 1));
}

gint64
own_acts_ask (Worker *self, const char *sql)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  gint64        n;

  g_assert_no_error (error);
  n = cc_connection_get_int64 (reader, sql, 0, &error);
  g_assert_no_error (error);
  cc_case_file_release_reader (self->file, reader);
  return n;
}

/* One of the numbers in the first column of a table; 0: there is none. */
gint64
own_acts_pick (Worker *self, const char *column, const char *from)
{
  g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM %s", from);
  const gint64     n = own_acts_ask (self, count);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s ORDER BY 1 LIMIT 1 OFFSET %d", column,
                                          from, own_acts_roll (self, (gint32) n));

  return n > 0 ? own_acts_ask (self, sql) : 0;
}

static gint64
pick_victim (Worker *self)
{
  return own_acts_pick (self, "id", "record WHERE unit = 'VI' AND state = 0");
}

gboolean
own_acts_act (Worker *self, const char *name, CcActFunc func, gpointer data, GError **error)
{
  return cc_case_file_act (self->file, name, func, data, NULL, error);
}

/* ---- by hand ---- */

static gint64
put_unit (CcAct *act, const char *unit, gint64 first, gint64 second, GError **error)
{
  g_autoptr (CcRecord) record = cc_record_new (cc_pack_find_unit (pack, unit));

  record->parents[0] = first;
  record->parents[1] = second;
  if (!cc_act_make_random_uuid (act, record->uuid, error)
      || !cc_act_put_record (act, record, 0, 0, 0, NULL, error))
    return 0;
  return record->id;
}

static gboolean
run_enter (CcAct *act, gpointer data, GError **error)
{
  const gint64 victim = put_unit (act, "victim", 0, 0, error);
  const gint64 event = victim != 0 ? put_unit (act, "event", 0, 0, error) : 0;

  return event != 0 && put_unit (act, "victim_event", victim, event, error) != 0;
}

static gboolean
enter (Worker *self, GError **error)
{
  return own_acts_act (self, "record", run_enter, NULL, error);
}

typedef struct
{
  gint64 id;
  gint64 other;
  int    number;
} What;

static gboolean
run_edit (CcAct *act, gpointer data, GError **error)
{
  const What *what = data;
  g_autoptr (CcRecord) record =
      cc_store_read_record (cc_act_get_file (act), cc_act_get_connection (act), what->id, error);
  CcValue *value;

  if (record == NULL)
    return FALSE;
  cc_record_remove (record, "VI03");
  value = cc_record_add (record, cc_pack_find_variable (pack, "VI03"));
  value->code = cc_pack_find_code (pack, "SEX", what->number % 2 ? "M" : "F");
  return cc_act_put_record (act, record, 0, 0, 0, NULL, error);
}

static gboolean
edit (Worker *self, GError **error)
{
  What what = { pick_victim (self), 0, own_acts_roll (self, 2) };

  return what.id == 0 || own_acts_act (self, "record", run_edit, &what, error);
}

static gboolean
run_withdraw (CcAct *act, gpointer data, GError **error)
{
  return cc_act_withdraw_record (act, ((What *) data)->id, error);
}

static gboolean
withdraw (Worker *self, GError **error)
{
  What what = { pick_victim (self), 0, 0 };

  return what.id == 0 || own_acts_act (self, "record", run_withdraw, &what, error);
}

static gboolean
run_keep (CcAct *act, gpointer data, GError **error)
{
  const What      *what = data;
  g_autofree char *text = g_strdup_printf ("%d", what->number);
  CcProfileVersion profile = { .name = (char *) "by hand", .body = text };

  return cc_act_set_setting (act, "a", text, error) && cc_act_keep_profile (act, &profile, error);
}

static gboolean
keep (Worker *self, GError **error)
{
  What what = { 0, 0, own_acts_roll (self, 3) };

  return own_acts_act (self, "settings", run_keep, &what, error);
}

static gboolean
run_resolve (CcAct *act, gpointer data, GError **error)
{
  const What *what = data;

  return cc_act_resolve_finding (act, what->id, what->number ? "accepted" : "corrected", "checked",
                                 error);
}

static gboolean
resolve (Worker *self, GError **error)
{
  What what = { own_acts_pick (self, "id", "finding WHERE state = 'open'"), 0,
                own_acts_roll (self, 2) };

  return what.id == 0 || own_acts_act (self, "finding", run_resolve, &what, error);
}

static gboolean
find_again (CcAct *act, gpointer data, GError **error)
{
  const What *what = data;
  CcFinding   finding = { .rule = (char *) "check.invented",
                          .record = what->id,
                          .severity = (char *) "note" };
  gboolean    ok = cc_act_clear_findings (act, 0, 0, finding.rule, error)
                && (what->id == 0 || cc_act_add_finding (act, &finding, error));

  g_free (finding.state);
  return ok;
}

static gboolean
check_rules (Worker *self, GError **error)
{
  What what = { pick_victim (self), 0, 0 };

  return own_acts_act (self, "check", find_again, &what, error);
}

/* ---- deliveries ---- */

static gboolean
deliver_as (Worker *self, guint32 number, guint salt, GError **error)
{
  static const char *const given[] = { "Awa", "Kofi", "Mariam", "Yao" };
  static const char *const family[] = { "Sarr", "Mensah", "Diallo" };
  CcImportOptions          options = options_for (number % 2 ? "police" : "court");
  g_autoptr (GString) csv = g_string_new ("Victim ID,Case No,Family name,Given name,Phone,Sex,"
                                          "Age,Nationality,Date rescued\n");
  g_autofree char *name = g_strdup_printf ("list-%u.csv", number);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (CcImportResult) result = NULL;

  options.replaces = salt % 2 ? CC_IMPORT_REPLACES_AUTO : CC_IMPORT_REPLACES_NONE;
  options.period = cc_interval_year (2020 + (int) number % 3);
  for (guint i = 0; i < ROWS; i++)
    g_string_append_printf (csv, "V%u-%u,C%u-%u,%s,%s,%05u,%s,%u,%s,2023-04-%02u\n", number % 5,
                            i + salt % 3, number % 5, i / 2, family[(number + i) % 3],
                            given[(number / 3 + i) % 4], number % 7 + i, i % 2 ? "F" : "M",
                            10 + i + salt % 2, i == 7 ? "Nowhere" : "Togo", 1 + i);
  if (!g_file_set_contents (path, csv->str, -1, error))
    return FALSE;
  result = cc_import_file (self->file, path, &options, NULL, error);
  return result != NULL;
}

static gboolean
deliver (Worker *self, GError **error)
{
  return deliver_as (self, (guint32) own_acts_roll (self, 1000), (guint) own_acts_roll (self, 6),
                     error);
}

/* The same number again: the very same file, or one with other rows. */
gboolean
own_acts_deliver_again (Worker *self, GError **error)
{
  return deliver_as (self, (guint32) own_acts_roll (self, 4), (guint) own_acts_roll (self, 2),
                     error);
}

/* A list that holds counts alone, or a return that says there was nobody. */
static gboolean
run_counts (CcAct *act, gpointer data, GError **error)
{
  const What    *what = data;
  CcSubmission   counts = { .entity = 1 + what->number % 2,
                            .period = cc_interval_year (2030 + what->number / 2),
                            .nil = what->other != 0 };
  const gboolean ok = cc_act_add_submission (act, &counts, error);

  for (int i = 0; ok && !counts.nil && i < what->number; i++)
    if (cc_act_add_aggregate_cell (act, counts.id, 0, 0, "victim", counts.period, "sex=F", 7 + i,
                                   error)
        == 0)
      break;
  g_free (counts.state);
  return ok;
}

static gboolean
count (Worker *self, GError **error)
{
  What what = { 0, own_acts_roll (self, 2), own_acts_roll (self, 4) };

  return own_acts_act (self, "counts", run_counts, &what, error);
}

/* From now on the agency's records may be used for more, or for less. */
static gboolean
run_rights (CcAct *act, gpointer data, GError **error)
{
  const What *what = data;

  return cc_act_set_entity_rights (act, what->id, FALSE, what->number, error);
}

static gboolean
set_rights (Worker *self, GError **error)
{
  What what = { 1 + own_acts_roll (self, 2), 0, own_acts_roll (self, 3) };

  return own_acts_act (self, "rights", run_rights, &what, error);
}

static gboolean
take_delivery_back (Worker *self, GError **error)
{
  const gint64 id = own_acts_pick (self, "id", "submission WHERE state = 'live'");

  return id <= self->submission || cc_import_undo (self->file, id, NULL, NULL, error);
}

/* ---- persons ---- */

static gboolean
read_uuid (Worker *self, gint64 record, guint8 uuid[16])
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  g_autoptr (CcRecord) found = cc_store_read_record (self->file, reader, record, &error);

  cc_case_file_release_reader (self->file, reader);
  g_assert_no_error (error);
  memcpy (uuid, found->uuid, 16);
  return TRUE;
}

static gboolean
decide (Worker *self, GError **error)
{
  static const CcVerdict verdicts[] = { CC_VERDICT_SAME, CC_VERDICT_SAME, CC_VERDICT_DIFFERENT,
                                        CC_VERDICT_RELATED, CC_VERDICT_UNDECIDED };
  const gint64           a = pick_victim (self);
  const gint64           b = pick_victim (self);
  guint8                 uuids[2][16];
  guint                  persons;

  if (a == b)
    return TRUE;
  read_uuid (self, a, uuids[0]);
  read_uuid (self, b, uuids[1]);
  return cc_link_decide (self->file, uuids[0], uuids[1],
                         verdicts[own_acts_roll (self, G_N_ELEMENTS (verdicts))], "looked",
                         &persons, NULL, error);
}

static gboolean
search (Worker *self, GError **error)
{
  static const char *const units[] = { "victim", "event" };
  CcLinkParams             params;
  CcLinkCounts             counts;

  cc_link_params_init (&params);
  params.n_threads = 1;
  params.accept = own_acts_roll (self, 3) == 0 ? 1.5 : 0.3;
  return cc_link_run (self->file, units[own_acts_roll (self, 3) == 0], &params, NULL, &counts,
                      error);
}

/* ---- back and forth ---- */

static gint64
find_act (Worker *self, gint64 (*find) (CcConnection *connection, GError **error))
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (self->file, &error);
  const gint64  seq = find (reader, &error);

  cc_case_file_release_reader (self->file, reader);
  g_assert_no_error (error);
  return seq;
}

gint64
own_acts_find_undoable (Worker *self)
{
  return find_act (self, cc_history_find_undoable);
}

gboolean
own_acts_undo (Worker *self, gint64 seq, GError **error)
{
  return seq <= MAX (self->first, OWN_ACTS_FIRST)
         || cc_history_undo (self->file, seq, NULL, NULL, error);
}

static gboolean
undo (Worker *self, GError **error)
{
  return own_acts_undo (self, own_acts_find_undoable (self), error);
}

static gboolean
redo (Worker *self, GError **error)
{
  return own_acts_undo (self, find_act (self, cc_history_find_redoable), error);
}

static gboolean
undo_any (Worker *self, GError **error)
{
  const gint64   seq = own_acts_pick (self, "seq", "audit");
  CcConnection  *reader = cc_case_file_acquire_reader (self->file, error);
  const gboolean can = reader != NULL && cc_history_can_undo (reader, seq, NULL);

  cc_case_file_release_reader (self->file, reader);
  return !can || own_acts_undo (self, seq, error);
}

/* ---- removal ---- */

static gboolean
run_rule (CcAct *act, gpointer data, GError **error)
{
  CcRetentionRule rule = { .unit = (char *) "VI",
                           .kind = (char *) "*",
                           .months = 1,
                           .counted_from = (char *) "received" };

  return cc_act_set_retention (act, &rule, error);
}

static gboolean
purge (Worker *self, GError **error)
{
  CcPurgeResult result;
  const CcDay   today = cc_day_from_ymd (2200, 1, 1);

  if (own_acts_roll (self, 2) == 0)
    {
      const gint64 id = pick_victim (self);

      return id == 0
             || cc_retention_withdraw (self->file, id, "asked for it", NULL, &result, error);
    }
  return own_acts_act (self, "retention", run_rule, NULL, error)
         && cc_retention_purge (self->file, today, NULL, &result, error);
}

/* ---- files ---- */

CcCaseFile *
own_acts_open (const char *path)
{
  GError     *error = NULL;
  CcCaseFile *file =
      cc_case_file_open (path, OWN_ACTS_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  return file;
}

void
own_acts_close (CcCaseFile *file)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_close (file, &error));
  g_assert_no_error (error);
  cc_case_file_free (file);
}

static gboolean
run_settle (CcAct *act, gpointer data, GError **error)
{
  const What *what = data;

  return cc_act_settle_conflict (act, what->id, what->number != 0, error);
}

static gboolean
settle (Worker *self, GError **error)
{
  What what = { own_acts_pick (self, "id", "merge_conflict WHERE state = 'open'"), 0,
                own_acts_roll (self, 2) };

  return what.id == 0 || own_acts_act (self, "settle", run_settle, &what, error);
}

static gboolean
reopen (Worker *self, GError **error)
{
  g_autofree char *path = g_strdup (cc_case_file_get_path (self->file));

  own_acts_close (self->file);
  self->file = own_acts_open (path);
  return TRUE;
}

const Deed own_acts_deeds[] = {
  { "enter", enter, 2 },
  { "edit", edit, 3 },
  { "withdraw", withdraw, 2 },
  { "keep", keep, 1 },
  { "resolve", resolve, 2 },
  { "check", check_rules, 1 },
  { "deliver", deliver, 3 },
  { "deliver-again", own_acts_deliver_again, 4 },
  { "count", count, 1 },
  { "rights", set_rights, 1 },
  { "take-delivery-back", take_delivery_back, 2 },
  { "decide", decide, 6 },
  { "search", search, 3 },
  { "undo", undo, 6 },
  { "redo", redo, 3 },
  { "undo-any", undo_any, 3 },
  { "purge", purge, 1 },
  { "settle", settle, 2 },
  { "reopen", reopen, 1 },
  { NULL },
};
