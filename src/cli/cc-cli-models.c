/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <cc/linkage/cc-link-learn.h>

#include <inttypes.h>
#include <string.h>

/* How a sample is drawn. */
typedef struct
{
  int    pairs;
  gint64 seed;
} Draw;

static void
add_fit (CcCli *cli, const char *key, const CcLinkFit *fit)
{
  cc_cli_json_begin_object (cli, key);
  cc_cli_json_int (cli, "verdicts", fit->n);
  cc_cli_json_double (cli, "agreement", fit->agreement);
  cc_cli_json_double (cli, "surprise_bits", fit->log_loss);
  cc_cli_json_double (cli, "calibration_error", fit->calibration_error);
  cc_cli_json_begin_array (cli, "bands");
  for (guint i = 0; i < CC_LINK_BANDS; i++)
    {
      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_int (cli, "verdicts", fit->bands[i].n);
      cc_cli_json_double (cli, "stated", fit->bands[i].stated);
      cc_cli_json_double (cli, "same", fit->bands[i].same);
      cc_cli_json_end_object (cli);
    }
  cc_cli_json_end_array (cli);
  cc_cli_json_end_object (cli);
}

/* A band of probabilities: what the models stated, and how many of its pairs people called one. */
static void
print_bands (CcCli *cli, const CcLinkFit *before, const CcLinkFit *after)
{
  cc_cli_print (cli, "%s",
                _ ("Probability   in use: pairs, stated, same   learnt: pairs, stated, same"));
  for (guint i = 0; i < CC_LINK_BANDS; i++)
    cc_cli_print (cli, "%.1f - %.1f     %12u  %.2f  %.2f        %12u  %.2f  %.2f", i / 10.0,
                  (i + 1) / 10.0, before->bands[i].n, before->bands[i].stated,
                  before->bands[i].same, after->bands[i].n, after->bands[i].stated,
                  after->bands[i].same);
}

static void
print_learning (CcCli *cli, const CcLinkLearning *learning, const char *path)
{
  cc_cli_print (cli, _ ("Learnt from %u decisions, %u of them “same”."), learning->labels,
                learning->same);
  cc_cli_print (cli,
                _ ("The model in use agrees with %.1f %% of them, the new one with %.1f %% of "
                   "those "
                   "it was not taught by."),
                100 * learning->before.agreement, 100 * learning->after.agreement);
  cc_cli_print (cli,
                _ ("Surprise by a decision: %.3f bits before, %.3f after; calibration error: "
                   "%.3f before, %.3f after."),
                learning->before.log_loss, learning->after.log_loss,
                learning->before.calibration_error, learning->after.calibration_error);
  print_bands (cli, &learning->before, &learning->after);
  cc_cli_print (cli, "%s",
                learning->better
                    ? _ ("The new model is better. It is kept, and is not used before somebody "
                         "accepts it:")
                    : _ ("The new model is not better, so nothing speaks for using it. It is kept; "
                         "to accept it all the same:"));
  cc_cli_print (cli, "  casecount-cli models %s accept %" PRId64, path, learning->model);
}

static gboolean
learn_model (CcCli *cli, CcCaseFile *file, const char *path, const char *kind, GError **error)
{
  g_autoptr (CcProgress) progress = cc_cli_progress_new (cli);
  CcLinkLearning learning;
  gboolean       ok = cc_link_learn (file, kind, 1, progress, &learning, error);

  cc_cli_progress_end ();
  if (!ok)
    return FALSE;
  cc_cli_json_begin_object (cli, "learnt");
  cc_cli_json_int (cli, "model", learning.model);
  cc_cli_json_int (cli, "decisions", learning.labels);
  cc_cli_json_int (cli, "same", learning.same);
  cc_cli_json_flag (cli, "better", learning.better);
  cc_cli_json_double (cli, "matches_before", learning.matches_before);
  cc_cli_json_double (cli, "matches_after", learning.matches_after);
  add_fit (cli, "before", &learning.before);
  add_fit (cli, "after", &learning.after);
  cc_cli_json_end_object (cli);
  print_learning (cli, &learning, path);
  return TRUE;
}

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (time);

  return when ? g_date_time_format (when, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

/* Shares of people's answers, which are what a signature says. */
static void
add_signature (CcCli *cli, const CcLinkSignature *at)
{
  g_autofree char *time = at->time > 0 ? format_time (at->time) : NULL;

  cc_cli_json_begin_object (cli, "signed");
  cc_cli_json_double (cli, "precision", at->precision);
  cc_cli_json_double (cli, "low", at->low);
  cc_cli_json_double (cli, "high", at->high);
  cc_cli_json_double (cli, "found", at->found);
  if (time)
    {
      cc_cli_json_text (cli, "time", time);
      cc_cli_json_text (cli, "user", at->user);
    }
  cc_cli_json_begin_array (cli, "bands");
  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    {
      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_int (cli, "pairs", at->bands[i].pairs);
      cc_cli_json_int (cli, "drawn", at->bands[i].drawn);
      cc_cli_json_int (cli, "same", at->bands[i].same);
      cc_cli_json_int (cli, "different", at->bands[i].different);
      cc_cli_json_int (cli, "undecided", at->bands[i].undecided);
      cc_cli_json_end_object (cli);
    }
  cc_cli_json_end_array (cli);
  cc_cli_json_end_object (cli);
}

static void
print_signature (CcCli *cli, const CcLinkSignature *at)
{
  static const char *const bands[] = { "0.05 - 0.2", "0.2 - 0.5", "0.5 - 0.9", "0.9 - 0.99",
                                       "0.99 - 1" };

  cc_cli_print (cli,
                _ ("   Of the pairs that it calls one person, %.1f %% are, by the sample that "
                   "people looked at (between %.1f and %.1f %%)."),
                100 * at->precision, 100 * at->low, 100 * at->high);
  cc_cli_print (cli, "%s", _ ("   Probability: pairs, looked at, same, different, undecided"));
  for (guint i = 0; i < CC_LINK_SAMPLE_BANDS; i++)
    cc_cli_print (cli, "   %-10s %8u %6u %6u %6u %6u", bands[i], at->bands[i].pairs,
                  at->bands[i].drawn, at->bands[i].same, at->bands[i].different,
                  at->bands[i].undecided);
}

static gboolean
list_models (CcCli *cli, CcCaseFile *file, const char *kind, GError **error)
{
  g_autoptr (GPtrArray) models = cc_link_list_models (file, kind, error);

  if (!models)
    return FALSE;
  cc_cli_json_begin_array (cli, "models");
  for (guint i = 0; i < models->len; i++)
    {
      const CcLinkStoredModel *at = models->pdata[i];
      g_autofree char         *time = format_time (at->time);

      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_int (cli, "model", at->id);
      cc_cli_json_int (cli, "version", i + 1);
      cc_cli_json_int (cli, "decisions", at->labels);
      cc_cli_json_int (cli, "same", at->same);
      cc_cli_json_flag (cli, "accepted", at->accepted);
      if (at->accepted)
        {
          cc_cli_json_text (cli, "time", time);
          cc_cli_json_text (cli, "user", at->user);
        }
      if (at->is_signed)
        add_signature (cli, &at->signature);
      cc_cli_json_end_object (cli);
      if (at->accepted)
        cc_cli_print (cli, _ ("%" PRId64 ": from %u decisions; in use, accepted by %s on %s"),
                      at->id, at->labels, at->user, time);
      else
        cc_cli_print (cli, _ ("%" PRId64 ": from %u decisions; not in use"), at->id, at->labels);
      if (at->is_signed)
        print_signature (cli, &at->signature);
    }
  cc_cli_json_end_array (cli);
  if (models->len == 0)
    cc_cli_print (cli, "%s", _ ("No model was learnt from decisions yet."));
  return TRUE;
}

static gboolean
accept_model (CcCli *cli, CcCaseFile *file, const char *kind, const char *number, GError **error)
{
  char  *end = NULL;
  gint64 model = number ? g_ascii_strtoll (number, &end, 10) : 0;

  if (number && (model <= 0 || *end != '\0'))
    return cc_cli_usage (error, _ ("“%s” is no number of a model."), number);
  if (!cc_link_accept_model (file, kind, model, cli->cancellable, error))
    return FALSE;
  cc_cli_print (cli, "%s",
                model != 0 ? _ ("Accepted. Records are linked by this model from now on.")
                           : _ ("No model is accepted now. Each run learns its own, without "
                                "decisions."));
  return TRUE;
}

static char *
uuid_to_text (const guint8 uuid[16])
{
  GString *text = g_string_sized_new (32);

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, "%02x", uuid[i]);
  return g_string_free (text, FALSE);
}

/* The pairs of the sample as they are to be looked at: nothing tells what the model thinks. */
static gboolean
list_sample (CcCli *cli, CcCaseFile *file, const char *kind, GError **error)
{
  gint64 model;
  g_autoptr (GPtrArray) items = cc_link_list_sample (file, kind, &model, error);
  guint n_open = 0;

  if (!items)
    return FALSE;
  cc_cli_json_begin_object (cli, "sample");
  cc_cli_json_int (cli, "model", model);
  cc_cli_json_begin_array (cli, "items");
  for (guint i = 0; i < items->len; i++)
    {
      const CcLinkSampleItem *at = items->pdata[i];
      g_autofree char        *a = uuid_to_text (at->uuid_a);
      g_autofree char        *b = uuid_to_text (at->uuid_b);
      const char             *state = at->gone      ? "gone"
                                      : at->is_open ? "open"
                                                    : cc_verdict_to_text (at->verdict);

      n_open += at->is_open;
      cc_cli_json_begin_object (cli, NULL);
      cc_cli_json_text (cli, "a", a);
      cc_cli_json_text (cli, "b", b);
      cc_cli_json_text (cli, "state", state);
      cc_cli_json_end_object (cli);
      cc_cli_print (cli, "%s  %s  %s", a, b, state);
    }
  cc_cli_json_end_array (cli);
  cc_cli_json_int (cli, "open", n_open);
  cc_cli_json_end_object (cli);
  cc_cli_print (cli,
                _ ("%u pairs were drawn, %u of them wait. Decide on each with “decide”, without "
                   "regard to what the model thinks; then: models FILE sign %" PRId64),
                items->len, n_open, model);
  return TRUE;
}

static gboolean
read_number (const char *text, gint64 *number, GError **error)
{
  char *end = NULL;

  *number = g_ascii_strtoll (text, &end, 10);
  return (*number > 0 && *end == '\0')
         || cc_cli_usage (error, _ ("“%s” is no number of a model."), text);
}

/* Draws a sample of a model where its number is given, and lists what was drawn last. */
static gboolean
sample_model (CcCli      *cli,
              CcCaseFile *file,
              const char *kind,
              const char *number,
              const Draw *wishes,
              GError    **error)
{
  gint64   model;
  gboolean ok = TRUE;

  if (number)
    {
      g_autoptr (CcProgress) progress = cc_cli_progress_new (cli);

      ok = read_number (number, &model, error)
           && cc_link_sample_model (file, kind, model, (guint) wishes->pairs,
                                    (guint64) wishes->seed, progress, error);
      cc_cli_progress_end ();
    }
  return ok && list_sample (cli, file, kind, error);
}

static gboolean
sign_model (CcCli *cli, CcCaseFile *file, const char *kind, const char *number, GError **error)
{
  CcLinkSignature signature;
  gint64          model;

  if (!read_number (number, &model, error)
      || !cc_link_sign_model (file, kind, model, &signature, cli->cancellable, error))
    return FALSE;
  cc_cli_print (cli, "%s", _ ("Signed. What people said of the pairs is kept with the model."));
  return TRUE;
}

/* models FILE [list | learn | sample [N] | sign N | accept N | withdraw]
 * [--kind victim|perpetrator] [--pairs N] [--seed N] */
gboolean
cc_cli_models (CcCli *cli, int argc, char **argv, GError **error)
{
  static const char *const verbs[] = {
    "list", "learn", "sample", "sign", "accept", "withdraw", NULL
  };
  g_autofree char   *kind = NULL;
  Draw               draw = { .pairs = 100, .seed = 1 };
  const GOptionEntry entries[] = { { "kind", 0, 0, G_OPTION_ARG_STRING, &kind,
                                     N_ ("Which kind of record; victims by default"),
                                     N_ ("victim|perpetrator") },
                                   { "pairs", 0, 0, G_OPTION_ARG_INT, &draw.pairs,
                                     N_ ("Pairs to draw for a sample; 100"), N_ ("N") },
                                   { "seed", 0, 0, G_OPTION_ARG_INT64, &draw.seed,
                                     N_ ("Another number, another sample"), N_ ("N") },
                                   { NULL } };
  g_autoptr (CcCaseFile) file = NULL;
  const char *verb;
  int         takes;
  gboolean    ok = TRUE;

  if (!cc_cli_parse (cli, &argc, &argv, entries, error))
    return FALSE;
  verb = argc > 2 ? argv[2] : "list";
  takes = g_str_equal (verb, "accept") || g_str_equal (verb, "sign") ? 1
          : g_str_equal (verb, "sample") && argc == 4                ? 1
                                                                     : 0;
  if (argc < 2 || !g_strv_contains (verbs, verb) || argc > 3 + takes
      || (takes > 0 && argc != 3 + takes))
    return cc_cli_usage (error, _ ("Please say: models FILE list, learn, sample, sample NUMBER, "
                                   "sign NUMBER, accept NUMBER or withdraw."));
  if (draw.pairs < CC_LINK_LEAST_SAMPLE || draw.pairs > 5000)
    return cc_cli_usage (error, _ ("--pairs takes a number from %d to 5,000."),
                         CC_LINK_LEAST_SAMPLE);
  if (kind && !g_str_equal (kind, "victim") && !g_str_equal (kind, "perpetrator"))
    return cc_cli_usage (error, _ ("--kind takes “victim” or “perpetrator”."));
  file = cc_cli_open (cli, argv[1],
                      g_str_equal (verb, "list") || (g_str_equal (verb, "sample") && takes == 0)
                          ? CC_OPEN_READ_ONLY
                          : CC_OPEN_READ_WRITE,
                      error);
  if (!file)
    return FALSE;
  if (g_str_equal (verb, "learn"))
    ok = learn_model (cli, file, argv[1], kind ? kind : "victim", error);
  else if (g_str_equal (verb, "sample"))
    ok = sample_model (cli, file, kind ? kind : "victim", argc > 3 ? argv[3] : NULL, &draw, error);
  else if (g_str_equal (verb, "sign"))
    ok = sign_model (cli, file, kind ? kind : "victim", argv[3], error);
  else if (g_str_equal (verb, "accept"))
    ok = accept_model (cli, file, kind ? kind : "victim", argv[3], error);
  else if (g_str_equal (verb, "withdraw"))
    ok = accept_model (cli, file, kind ? kind : "victim", NULL, error);
  return ok && list_models (cli, file, kind ? kind : "victim", error)
         && cc_case_file_close (file, error);
}
