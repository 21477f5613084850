/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli-link.h"

#include <cc/base/cc-error.h>
#include <cc/linkage/cc-linkage.h>

#include <inttypes.h>
#include <string.h>

/* The spaces of linkage, each apart from the others. */
static const char *const units[] = { "victim", "perpetrator", "event" };

/**
 * cc_cli_link_all:
 * @accept: probability from which records are joined without a person
 * @totals: (out caller-allocates): what it came to
 *
 * Links victims, perpetrators and events.
 *
 * Returns: %FALSE on error
 */
gboolean
cc_cli_link_all (CcCli           *cli,
                 CcCaseFile      *file,
                 double           accept,
                 guint64          seed,
                 CcProgress      *progress,
                 CcCliLinkTotals *totals,
                 GError         **error)
{
  CcLinkParams params;

  cc_link_params_init (&params);
  params.accept = accept;
  params.seed = seed;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      CcLinkCounts counts = { 0 };

      if (!cc_link_run (file, units[i], &params, progress, &counts, error))
        return FALSE;
      if (i == 0)
        totals->victim_records = counts.records;
      totals->undecided += counts.proposals;
    }
  return TRUE;
}

static void
add_counts (CcCli *cli, const CcLinkCounts *counts)
{
  cc_cli_json_int (cli, "records", counts->records);
  cc_cli_json_int (cli, "pairs_compared", (gint64) counts->pairs_compared);
  cc_cli_json_int (cli, "proposals", counts->proposals);
  cc_cli_json_int (cli, "undecidable", counts->undecidable);
  cc_cli_json_int (cli, "clusters", counts->clusters);
  cc_cli_json_int (cli, "clusters_before", counts->clusters_before);
  cc_cli_json_int (cli, "persons_low", counts->persons_low);
  cc_cli_json_int (cli, "persons_high", counts->persons_high);
  cc_cli_json_double (cli, "seconds", counts->seconds);
  cc_cli_json_double (cli, "peak_mib", counts->peak_mib);
}

static void
print_counts (CcCli *cli, const char *unit, const CcLinkCounts *counts)
{
  cc_cli_print (cli, "%s", cc_pack_get_label (cli->pack, "unit", unit, cli->language));
  cc_cli_print (cli, _ ("  %u records, %" PRIu64 " pairs compared, %u joined, %u wait for review."),
                counts->records, counts->pairs_compared, counts->joined, counts->proposals);
  cc_cli_print (cli, _ ("  Each counted once: %u, at least %u and at most %u."), counts->clusters,
                counts->persons_low, counts->persons_high);
  if (counts->clusters != counts->clusters_before)
    cc_cli_print (cli, _ ("  Before this search: %u."), counts->clusters_before);
  if (counts->clusters > counts->clusters_before)
    cc_cli_say (cli,
                _ ("Joins that an earlier search made by itself were dissolved: before, %u were "
                   "counted, now %u. What people decided stands. Each search joins anew: give it "
                   "--accept with the probability of the earlier one to keep such joins, or take "
                   "this search back with “undo”."),
                counts->clusters_before, counts->clusters);
  if (counts->undecidable > 0)
    cc_cli_print (cli,
                  ngettext ("  %u record says too little for anybody to tell whether its person is "
                            "counted already; it counts as one.",
                            "  %u records say too little for anybody to tell whether their persons "
                            "are counted already; each counts as one.",
                            counts->undecidable),
                  counts->undecidable);
  if (counts->lost_pairs > 0)
    cc_cli_say (cli,
                _ ("%" PRIu64
                   " pairs were not compared, because too many records share the same values."),
                counts->lost_pairs);
}

/* One kind after the other. The answer's own figures are those of the kind asked for, or of
 * victims: persons of different kinds are never added up. */
static gboolean
link_kinds (CcCli        *cli,
            CcCaseFile   *file,
            const char   *kind,
            CcLinkParams *params,
            CcProgress   *progress,
            GError      **error)
{
  CcLinkCounts asked = { 0 };

  cc_cli_json_begin_array (cli, "kinds");
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      CcLinkCounts counts = { 0 };

      if (kind && !g_str_equal (kind, units[i]))
        continue;
      if (!cc_link_run (file, units[i], params, progress, &counts, error))
        return FALSE;
      if (kind || i == 0)
        asked = counts;
      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "kind", units[i]);
      add_counts (cli, &counts);
      cc_cli_json_end_object (cli);
      print_counts (cli, units[i], &counts);
    }
  cc_cli_json_end_array (cli);
  add_counts (cli, &asked);
  return TRUE;
}

/* link FILE [--kind ..] [--threads N] [--accept P] [--seed N] */
gboolean
cc_cli_link (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *kind = NULL;
  int                threads = 0;
  double             accept = 0;
  gint64             seed = 1;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, N_ ("Only this kind of record"),
      N_ ("victim|perpetrator|event") },
    { "threads", 0, 0, G_OPTION_ARG_INT, &threads, N_ ("Threads to use"), N_ ("N") },
    { "accept", 0, 0, G_OPTION_ARG_DOUBLE, &accept,
      N_ ("Join without a person from this probability; never by default"), N_ ("P") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_ ("Seed of the training samples"), N_ ("N") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  g_autoptr (CcProgress) progress = NULL;
  CcLinkParams params;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  if (kind
      && !g_strv_contains ((const char *const[]){ "victim", "perpetrator", "event", NULL }, kind))
    return cc_cli_usage (error, _ ("--kind takes “victim”, “perpetrator” or “event”."));
  if (accept < 0 || accept > 1 || threads < 0)
    return cc_cli_usage (error, _ ("--accept takes a probability such as 0.99."));
  file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error);
  if (!file)
    return FALSE;
  cc_link_params_init (&params);
  if (accept > 0)
    params.accept = accept;
  params.seed = (guint64) seed;
  params.n_threads = (guint) threads;
  progress = cc_cli_progress_new (cli);
  return link_kinds (cli, file, kind, &params, progress, error) && cc_case_file_close (file, error);
}

static char *
uuid_to_text (const guint8 uuid[16])
{
  GString *text = g_string_sized_new (32);

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, "%02x", uuid[i]);
  return g_string_free (text, FALSE);
}

static gboolean
uuid_from_text (const char *text, guint8 uuid[16], GError **error)
{
  guint n_digits = 0;

  for (const char *p = text; *p; p++)
    {
      int value = g_ascii_xdigit_value (*p);

      if (*p == '-')
        continue;
      if (value < 0 || n_digits == 32)
        return cc_cli_usage (error, _ ("“%s” is no record number; it has 32 hexadecimal digits."),
                             text);
      uuid[n_digits / 2] = (guint8) (n_digits % 2 ? uuid[n_digits / 2] | value : value << 4);
      n_digits++;
    }
  if (n_digits == 32)
    return TRUE;
  return cc_cli_usage (error, _ ("“%s” is no record number; it has 32 hexadecimal digits."), text);
}

static void
add_item (CcCli *cli, const char *unit, const CcLinkItem *item)
{
  g_autofree char *a = uuid_to_text (item->uuid_a);
  g_autofree char *b = uuid_to_text (item->uuid_b);

  cc_cli_json_begin_object (cli, NULL);
  cc_cli_json_text (cli, "a", a);
  cc_cli_json_text (cli, "b", b);
  cc_cli_json_text (cli, "unit", unit);
  cc_cli_json_double (cli, "probability", item->probability);
  cc_cli_json_double (cli, "weight", item->weight);
  cc_cli_json_end_object (cli);
  cc_cli_print (cli, "%s  %s  %-12s %.4f", a, b, unit, item->probability);
}

static gboolean
parse_band (const char *text, double *low, double *high, GError **error)
{
  g_auto (GStrv) parts = NULL;

  *low = 0;
  *high = 1;
  if (!text)
    return TRUE;
  parts = g_strsplit (text, "..", 2);
  if (g_strv_length (parts) == 2)
    {
      *low = g_ascii_strtod (parts[0], NULL);
      *high = g_ascii_strtod (parts[1], NULL);
      if (*low >= 0 && *low <= *high && *high <= 1)
        return TRUE;
    }
  return cc_cli_usage (error, _ ("--band takes two probabilities: 0.5..0.9."));
}

/* queue FILE [--band LOW..HIGH] */
gboolean
cc_cli_queue (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *band = NULL;
  const GOptionEntry entries[] = { { "band", 0, 0, G_OPTION_ARG_STRING, &band,
                                     N_ ("Only pairs between these probabilities"),
                                     N_ ("LOW..HIGH") },
                                   { NULL } };
  g_autoptr (CcCaseFile) file = NULL;
  double low, high;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2)
    return cc_cli_usage (error, _ ("Please name one case file."));
  if (!parse_band (band, &low, &high, error)
      || !(file = cc_cli_open (cli, argv[1], CC_OPEN_READ_ONLY, error)))
    return FALSE;
  cc_cli_json_begin_array (cli, "items");
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GPtrArray) items = cc_link_queue (file, units[i], low, high, error);

      if (!items)
        return FALSE;
      for (guint j = 0; j < items->len; j++)
        add_item (cli, units[i], items->pdata[j]);
    }
  cc_cli_json_end_array (cli);
  return cc_case_file_close (file, error);
}

/* decide FILE --a UUID --b UUID --verdict .. [--reason R] */
gboolean
cc_cli_decide (CcCli *cli, int argc, char **argv, GError **error)
{
  g_autofree char   *a_text = NULL, *b_text = NULL, *verdict_text = NULL, *reason = NULL;
  const GOptionEntry entries[] = {
    { "a", 0, 0, G_OPTION_ARG_STRING, &a_text, N_ ("One record"), N_ ("UUID") },
    { "b", 0, 0, G_OPTION_ARG_STRING, &b_text, N_ ("The other record"), N_ ("UUID") },
    { "verdict", 0, 0, G_OPTION_ARG_STRING, &verdict_text, N_ ("What you decided"),
      N_ ("same|different|undecided|related") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_ ("Why"), N_ ("TEXT") },
    { NULL }
  };
  g_autoptr (CcCaseFile) file = NULL;
  guint8    a[16], b[16];
  CcVerdict verdict;
  guint     persons = 0;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  if (argc != 2 || !a_text || !b_text || !verdict_text)
    return cc_cli_usage (error, _ ("Please say: decide FILE --a UUID --b UUID --verdict same."));
  if (!cc_verdict_from_text (verdict_text, &verdict))
    return cc_cli_usage (error,
                         _ ("--verdict takes “same”, “different”, “undecided” or “related”."));
  if (!uuid_from_text (a_text, a, error) || !uuid_from_text (b_text, b, error)
      || !(file = cc_cli_open (cli, argv[1], CC_OPEN_READ_WRITE, error))
      || !cc_link_decide (file, a, b, verdict, reason, &persons, cli->cancellable, error))
    return FALSE;
  cc_cli_json_int (cli, "persons", persons);
  cc_cli_print (cli, ngettext ("There is now %u person.", "There are now %u persons.", persons),
                persons);
  return cc_case_file_close (file, error);
}
