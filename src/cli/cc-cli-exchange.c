/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <inttypes.h>
#include <cc/base/cc-error.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-exchange.h>

/* The passphrase of what is brought in: from a file of its own, else as for any file. */
static CcSecret *
read_passphrase (CcCli *cli, char *path, GError **error)
{
  CcCli other = *cli;

  if (path)
    other.passphrase_file = path;
  return cc_cli_read_passphrase (&other, FALSE, error);
}

static gboolean
parse_period (const char *text, CcInterval *period, GError **error)
{
  *period = CC_INTERVAL_UNKNOWN;
  if (!text || cc_interval_from_iso (text, period))
    return TRUE;
  return cc_cli_usage (error, _ ("“%s” is no period. Write 2023, 2023-05 or 2023-01..2023-06."),
                       text);
}

static gboolean
check_units (char **units, GError **error)
{
  static const char *const known[] = { "victim", "perpetrator", "event" };

  for (guint i = 0; units && units[i]; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (known); j++)
        found = found || g_str_equal (units[i], known[j]);
      if (!found)
        return cc_cli_usage (error, _ ("“%s” is no unit. Known are: victim perpetrator event."),
                             units[i]);
    }
  return TRUE;
}

static gboolean
check_audience (const char *audience, GError **error)
{
  if (!audience || g_str_equal (audience, "agency") || g_str_equal (audience, "authority")
      || g_str_equal (audience, "research"))
    return TRUE;
  return cc_cli_usage (error, _ ("“%s” is no audience. Known are: agency authority research."),
                       audience);
}

static gboolean
write_package (CcCli                *cli,
               CcCaseFile           *file,
               const CcPackageOrder *order,
               const char           *out,
               char                 *passphrase_file,
               GError              **error)
{
  g_autoptr (CcSecret) passphrase = cc_cli_read_package_passphrase (passphrase_file, error);
  g_autoptr (CcProgress) progress = cc_cli_progress_new (cli);
  CcPackageResult result = { 0 };
  gboolean        ok;

  if (!passphrase)
    return FALSE;
  ok = cc_package_write (file, order, out, passphrase, progress, &result, error);
  if (ok && !cc_case_file_is_practice (file))
    cc_cli_warn_weak (cli, passphrase, out, cc_case_file_get_country (file));
  g_clear_pointer (&passphrase, cc_secret_free);
  cc_cli_progress_end ();
  if (!ok)
    return FALSE;
  cc_cli_json_text (cli, "output", out);
  cc_cli_json_int (cli, "records", result.records);
  cc_cli_json_int (cli, "victims", result.victims);
  cc_cli_json_int (cli, "perpetrators", result.perpetrators);
  cc_cli_json_int (cli, "events", result.events);
  cc_cli_json_int (cli, "left_out_basis", result.left_out_basis);
  cc_cli_json_int (cli, "left_out_dates", result.left_out_dates);
  cc_cli_json_text (cli, "head", result.head);
  cc_cli_print (cli, _ ("Victims: %" PRId64 ", perpetrators: %" PRId64 ", events: %" PRId64 "."),
                result.victims, result.perpetrators, result.events);
  if (result.left_out_basis > 0)
    cc_cli_say (cli, _ ("Left out because their agreements do not let them travel: %" PRId64 "."),
                result.left_out_basis);
  if (result.left_out_dates > 0)
    cc_cli_say (cli, _ ("Left out because their dates are not known: %" PRId64 "."),
                result.left_out_dates);
  cc_package_result_clear (&result);
  return TRUE;
}

/* package FILE --entity KEY.. --out X.casecount */
gboolean
cc_cli_package (CcCli *cli, int argc, char **argv, GError **error)
{
  g_auto (GStrv) entities = NULL;
  g_auto (GStrv) units = NULL;
  g_autofree char   *period = NULL;
  g_autofree char   *out = NULL;
  g_autofree char   *audience = NULL;
  g_autofree char   *passphrase_file = NULL;
  gboolean           without = FALSE;
  const GOptionEntry entries[] = {
    { "entity", 0, 0, G_OPTION_ARG_STRING_ARRAY, &entities,
      N_ ("Reporting entity; may be given several times, without it all"), N_ ("KEY") },
    { "period", 0, 0, G_OPTION_ARG_STRING, &period, N_ ("Only what lies in a period"),
      N_ ("FROM..TO") },
    { "unit", 0, 0, G_OPTION_ARG_STRING_ARRAY, &units,
      N_ ("Only victim, perpetrator or event; may be given several times"), N_ ("UNIT") },
    { "without-identifiers", 0, 0, G_OPTION_ARG_NONE, &without,
      N_ ("Leave out names, documents, numbers and raw rows"), NULL },
    { "audience", 0, 0, G_OPTION_ARG_STRING, &audience, N_ ("agency, authority or research"),
      N_ ("AUDIENCE") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_ ("The package to write"), N_ ("FILE") },
    { "package-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
      N_ ("File with the package's own passphrase; without it you are asked for one"),
      N_ ("FILE") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  CcPackageOrder order = { 0 };

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || !out)
    return cc_cli_usage (error, _ ("Please say: package FILE --entity KEY --out X.casecount."));
  if (!parse_period (period, &order.period, error) || !check_units (units, error)
      || !check_audience (audience, error))
    return FALSE;
  order.entities = (const char *const *) entities;
  order.units = (const char *const *) units;
  order.identifiers = !without;
  order.audience = audience;
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error);
  return file && write_package (cli, file, &order, out, passphrase_file, error)
         && cc_case_file_close (file, error);
}

static void
tell_merge (CcCli *cli, const CcMergeResult *result)
{
  cc_cli_json_int (cli, "new", result->added);
  cc_cli_json_int (cli, "updated", result->updated);
  cc_cli_json_int (cli, "unchanged", result->unchanged);
  cc_cli_json_int (cli, "withdrawn", result->withdrawn);
  cc_cli_json_int (cli, "woken", result->woken);
  cc_cli_json_int (cli, "agencies", result->agencies);
  cc_cli_json_int (cli, "deliveries", result->deliveries);
  cc_cli_json_int (cli, "others", result->others);
  cc_cli_json_int (cli, "persons", result->persons);
  cc_cli_json_int (cli, "conflicts", result->conflicts);
  cc_cli_json_int (cli, "act", result->act);
  cc_cli_print (cli,
                _ ("New records: %" PRId64 ", updated: %" PRId64 ", unchanged: %" PRId64
                   ", withdrawn: %" PRId64 "."),
                result->added, result->updated, result->unchanged, result->withdrawn);
  if (result->agencies + result->deliveries > 0)
    cc_cli_print (cli, _ ("New agencies: %" PRId64 ", new deliveries: %" PRId64 "."),
                  result->agencies, result->deliveries);
  if (result->conflicts > 0)
    cc_cli_say (cli,
                _ ("Changed on both sides: %" PRId64
                   ". The newest stands; look at them with “conflicts”."),
                result->conflicts);
}

/* merge FILE X.casecount */
gboolean
cc_cli_merge (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char *passphrase_file = NULL;
  g_autoptr (CcSecret) passphrase = NULL;
  const GOptionEntry entries[] = {
    { "package-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
      N_ ("File with the passphrase of what is brought in"), N_ ("FILE") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcCaseFile) other = NULL;
  g_autoptr (CcProgress) progress = NULL;
  CcMergeResult result = { 0 };
  gboolean      ok;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 3)
    return cc_cli_usage (error, _ ("Please say: merge FILE X.casecount."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error);
  passphrase = file ? read_passphrase (cli, passphrase_file, error) : NULL;
  if (!passphrase)
    return FALSE;
  other = cc_case_file_open (argv[2], passphrase, cli->pack, CC_OPEN_READ_ONLY, error);
  g_clear_pointer (&passphrase, cc_secret_free);
  if (!other)
    return FALSE;
  progress = cc_cli_progress_new (cli);
  ok = cc_merge (file, other, progress, &result, error);
  cc_cli_progress_end ();
  if (!ok)
    return FALSE;
  tell_merge (cli, &result);
  return cc_case_file_close (other, error) && cc_case_file_close (file, error);
}

typedef struct
{
  gint64   id;
  gboolean theirs;
} Settle;

static gboolean
settle (CcAct *act, gpointer data, GError **error)
{
  const Settle *self = data;

  return cc_act_settle_conflict (act, self->id, self->theirs, error);
}

static gboolean
settle_all (CcAct *act, gpointer data, GError **error)
{
  const Settle *self = data;
  g_autoptr (GPtrArray) conflicts =
      cc_conflict_list (cc_act_get_file (act), cc_act_get_connection (act), FALSE, error);

  for (guint i = 0; conflicts && i < conflicts->len; i++)
    if (!cc_act_settle_conflict (act, ((const CcConflict *) conflicts->pdata[i])->id, self->theirs,
                                 error))
      return FALSE;
  return conflicts != NULL;
}

/* "2;5|7": which records are one person. */
static char *
say_side (const CcConflict *conflict, const char *text)
{
  g_auto (GStrv) persons = NULL;
  guint n;

  if (!text)
    return g_strdup (_ ("(removed)"));
  if (conflict->kind != CC_CONFLICT_PERSON)
    return g_strdup (text);
  persons = g_strsplit (text, "|", -1);
  n = g_strv_length (persons);
  if (n == 1)
    return g_strdup (_ ("all are one"));
  for (guint i = 0; i < n; i++)
    g_strdelimit (persons[i], ";", '+');
  return g_strjoinv (", ", persons);
}

static void
tell_conflict (CcCli *cli, const CcConflict *conflict)
{
  const char *stands = conflict->kept_theirs ? _ ("theirs stands") : _ ("mine stands");
  const char *settled = conflict->kept_theirs ? _ ("settled: theirs") : _ ("settled: mine");
  static const char *const kinds[] = { "value", "state", "person", "row" };
  g_autofree char         *mine = say_side (conflict, conflict->mine);
  g_autofree char         *theirs = say_side (conflict, conflict->theirs);

  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_int (cli, "id", conflict->id);
  cc_cli_json_text (cli, "kind", kinds[conflict->kind]);
  cc_cli_json_int (cli, "record", conflict->record);
  cc_cli_json_text (cli, "unit", conflict->unit ? conflict->unit : "");
  cc_cli_json_text (cli, "variable", conflict->variable ? conflict->variable->id : "");
  cc_cli_json_text (cli, "name", conflict->name ? conflict->name : "");
  cc_cli_json_text (cli, "mine", conflict->mine ? conflict->mine : "");
  cc_cli_json_text (cli, "theirs", conflict->theirs ? conflict->theirs : "");
  cc_cli_json_text (cli, "kept", conflict->kept_theirs ? "theirs" : "mine");
  cc_cli_json_flag (cli, "open", conflict->open);
  cc_cli_json_end_object (cli);
  cc_cli_print (cli, "%5" PRId64 " %-8s %s%s%s: %s | %s (%s)", conflict->id, kinds[conflict->kind],
                conflict->name ? conflict->name : "",
                conflict->variable && conflict->name ? ", " : "",
                conflict->variable ? conflict->variable->id : "", mine, theirs,
                conflict->open ? stands : settled);
  if (conflict->open && g_strcmp0 (conflict->table, "entity") == 0)
    cc_cli_print (cli, "%s",
                  _ ("      What both sides sent belongs to one agency now. If they are two "
                     "agencies, undo the merge, and bring the lists of one of them in again under "
                     "an agency with another key."));
}

static GPtrArray *
read_conflicts (CcCaseFile *file, gboolean all, GError **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  GPtrArray    *conflicts;

  if (!reader)
    return NULL;
  conflicts = cc_conflict_list (file, reader, all, error);
  cc_case_file_release_reader (file, reader);
  return conflicts;
}

static gboolean
is_among (GPtrArray *conflicts, gint64 id)
{
  for (guint i = 0; i < conflicts->len; i++)
    if (((const CcConflict *) conflicts->pdata[i])->id == id)
      return TRUE;
  return FALSE;
}

/* What waited before, and does not any more. */
static gboolean
tell_settled (CcCli *cli, CcCaseFile *file, GPtrArray *waited, GError **error)
{
  g_autoptr (GPtrArray) now = read_conflicts (file, TRUE, error);
  guint n_settled = 0;
  guint n_open = 0;

  if (!now)
    return FALSE;
  cc_cli_json_begin_array (cli, "settled");
  for (guint i = 0; i < now->len; i++)
    {
      const CcConflict *conflict = now->pdata[i];

      n_open += conflict->open;
      if (conflict->open || !is_among (waited, conflict->id))
        continue;
      n_settled++;
      tell_conflict (cli, conflict);
    }
  cc_cli_json_end_array (cli);
  cc_cli_print (cli, _ ("Settled: %u. Still open: %u."), n_settled, n_open);
  return TRUE;
}

static gboolean
list (CcCli *cli, CcCaseFile *file, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) conflicts = read_conflicts (file, all, error);

  if (!conflicts)
    return FALSE;
  cc_cli_json_begin_array (cli, "items");
  for (guint i = 0; i < conflicts->len; i++)
    tell_conflict (cli, conflicts->pdata[i]);
  cc_cli_json_end_array (cli);
  return TRUE;
}

/* conflicts FILE [--settle ID|all --take mine|theirs] */
gboolean
cc_cli_conflicts (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *which = NULL;
  g_autofree char   *side = NULL;
  gboolean           all = FALSE;
  const GOptionEntry entries[] = {
    { "settle", 0, 0, G_OPTION_ARG_STRING, &which, N_ ("Number of the question, or all"),
      N_ ("ID") },
    { "take", 0, 0, G_OPTION_ARG_STRING, &side,
      N_ ("mine: what was here; theirs: what was brought in"), N_ ("SIDE") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("List settled ones, too"), NULL },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (GPtrArray) waited = NULL;
  Settle   job = { 0, FALSE };
  gboolean every;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || !which != !side
      || (side && !g_str_equal (side, "mine") && !g_str_equal (side, "theirs")))
    return cc_cli_usage (error, _ ("Please say: conflicts FILE --settle 3 --take theirs."));
  every = g_strcmp0 (which, "all") == 0;
  job.theirs = g_strcmp0 (side, "theirs") == 0;
  if (which && !every && !g_ascii_string_to_signed (which, 10, 1, G_MAXINT64, &job.id, NULL))
    return cc_cli_usage (error, _ ("“%s” is no number of a question."), which);
  file = cc_cli_open (cli, argv[1], which ? CC_OPEN_READ_WRITE : CC_OPEN_READ_ONLY, error);
  if (!file || !(waited = read_conflicts (file, FALSE, error))
      || (which
          && !cc_case_file_act (file, "settle-merge", every ? settle_all : settle, &job,
                                cli->cancellable, error))
      || (which && !tell_settled (cli, file, waited, error)))
    return FALSE;
  return list (cli, file, all, error) && cc_case_file_close (file, error);
}
