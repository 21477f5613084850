/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-overview-texts.h"

#include <glib/gi18n.h>

/* Numbers come formatted by the program's own table, so that a figure looks the same here, in a
 * workbook and in a chart; ngettext () still sees the plain number. */

char *
cc_overview_describe_persons (CcSession *session, const CcOverviewFigures *figures)
{
  const gint64     n = figures->victims.value;
  g_autofree char *number = cc_session_format_number (session, n);

  /* Translators: the count of persons reported as victims; it is the headline of the overview. */
  return g_strdup_printf (ngettext ("%s person", "%s persons", (gulong) n), number);
}

static char *
describe_range (CcSession *session, const CcPersonBounds *bounds)
{
  g_autofree char *low = cc_session_format_number (session, bounds->low);
  g_autofree char *high = cc_session_format_number (session, bounds->high);
  g_autofree char *pairs = cc_session_format_number (session, bounds->open_pairs);

  if (bounds->open_pairs == 0)
    return g_strdup (_ ("No pair waits for a decision that could change this number."));
  if (bounds->low == bounds->high)
    return g_strdup_printf (ngettext ("%s pair is undecided, but the number is the same "
                                      "whatever is decided.",
                                      "%s pairs are undecided, but the number is the "
                                      "same whatever is decided.",
                                      bounds->open_pairs),
                            pairs);
  if (bounds->loose)
    return g_strdup_printf (
        ngettext ("Somewhere between %s and %s, depending on %s undecided pair.",
                  "Somewhere between %s and %s, depending on %s undecided pairs.",
                  bounds->open_pairs),
        low, high, pairs);
  return g_strdup_printf (ngettext ("Between %s and %s, depending on %s undecided pair.",
                                    "Between %s and %s, depending on %s undecided pairs.",
                                    bounds->open_pairs),
                          low, high, pairs);
}

/**
 * Says between what the number of persons lies, and on what that depends.
 */
char *
cc_overview_describe_range (CcSession *session, const CcPersonBounds *bounds)
{
  g_autofree char *range = describe_range (session, bounds);
  g_autofree char *number = cc_session_format_number (session, bounds->undecidable);
  g_autofree char *beside = NULL;

  if (bounds->undecidable == 0)
    return g_steal_pointer (&range);
  beside = g_strdup_printf (
      /* Translators: such a record holds no more than, say, a common name and an age. */
      ngettext ("%s record says too little to tell whether its person is counted already; it "
                "counts "
                "as one.",
                "%s records say too little to tell whether their persons are counted already; each "
                "counts as one.",
                bounds->undecidable),
      number);
  return g_strdup_printf ("%s %s", range, beside);
}

char *
cc_overview_describe_records (CcSession *session, const CcOverviewFigures *figures)
{
  const gint64     n = figures->held.n_victims;
  g_autofree char *records = cc_session_format_number (session, n);
  g_autofree char *sources = cc_session_format_number (session, figures->held.n_sources);

  if (n == 0)
    return g_strdup (_ ("No victim records yet."));
  if (figures->held.n_sources <= 1)
    return g_strdup_printf (ngettext ("Counted from %s victim record of one source.",
                                      "Counted from %s victim records of one source.", (gulong) n),
                            records);
  /* Translators: the first number is of records, the second (2 or more) of agencies. */
  return g_strdup_printf (ngettext ("Counted from %s victim record of %s sources.",
                                    "Counted from %s victim records of %s sources.", (gulong) n),
                          records, sources);
}

char *
cc_overview_describe_unit_records (CcSession *session, gint64 n_records)
{
  g_autofree char *number = cc_session_format_number (session, n_records);

  return g_strdup_printf (ngettext ("from %s record", "from %s records", (gulong) n_records),
                          number);
}

char *
cc_overview_describe_deliveries (CcSession *session, const CcOverviewFigures *figures)
{
  const gint64     n = figures->expected - figures->missing;
  g_autofree char *expected = cc_session_format_number (session, figures->expected);
  g_autofree char *here = cc_session_format_number (session, n);
  g_autofree char *received = cc_session_format_number (session, figures->received);
  g_autofree char *nil = cc_session_format_number (session, figures->nil);

  if (figures->returns->len == 0)
    return g_strdup (_ ("No agency is known yet."));
  if (figures->expected == 0 && figures->nil == 0)
    return g_strdup_printf (ngettext ("%s delivery arrived. None was marked as expected.",
                                      "%s deliveries arrived. None was marked as expected.",
                                      (gulong) figures->received),
                            received);
  if (figures->expected == 0)
    /* Translators: the first number is of deliveries, the second of nil returns. */
    return g_strdup_printf (
        ngettext ("%s delivery arrived. Nil returns: %s. None was marked as expected.",
                  "%s deliveries arrived. Nil returns: %s. None was marked as expected.",
                  (gulong) figures->received),
        received, nil);
  if (figures->missing == 0)
    return g_strdup_printf (ngettext ("The %s delivery that was expected is here.",
                                      "All %s deliveries that were expected are here.",
                                      (gulong) figures->expected),
                            expected);
  return g_strdup_printf (ngettext ("%s of %s expected delivery is here.",
                                    "%s of %s expected deliveries are here.",
                                    (gulong) figures->expected),
                          here, expected);
}

static char *
describe_arrived (CcSession *session, const CcReturns *delivery)
{
  g_autofree char *received = cc_session_format_number (session, delivery->received);
  g_autofree char *nil = cc_session_format_number (session, delivery->nil);

  if (delivery->received == 0 && delivery->nil == 0)
    return g_strdup (_ ("Nothing received"));
  if (delivery->nil == 0)
    return g_strdup_printf (ngettext ("%s received", "%s received", (gulong) delivery->received),
                            received);
  if (delivery->received == 0)
    return g_strdup_printf (ngettext ("%s nil return", "%s nil returns", (gulong) delivery->nil),
                            nil);
  /* Translators: the first number is of deliveries, the second of nil returns. */
  return g_strdup_printf (ngettext ("%s received, %s nil return", "%s received, %s nil returns",
                                    (gulong) delivery->nil),
                          received, nil);
}

char *
cc_overview_describe_delivery (CcSession *session, const CcReturns *delivery)
{
  g_autofree char *arrived = describe_arrived (session, delivery);
  g_autofree char *missing = cc_session_format_number (session, delivery->missing);
  g_autofree char *expected = cc_session_format_number (session, delivery->expected);

  if (delivery->missing == 0)
    return g_steal_pointer (&arrived);
  /* Translators: deliveries of one agency: how many are missing, how many are expected. */
  return g_strdup_printf (ngettext ("%s of %s missing", "%s of %s missing",
                                    (gulong) delivery->missing),
                          missing, expected);
}

char *
cc_overview_describe_pairs (CcSession *session, const CcOverviewFigures *figures)
{
  g_autofree char *victims = cc_session_format_number (session, figures->victim_questions);
  g_autofree char *perpetrators =
      cc_session_format_number (session, figures->perpetrator_questions);
  g_autofree char *events = cc_session_format_number (session, figures->event_questions);

  /* Translators: pairs of records to review, of each kind; each %s is a number. */
  return g_strdup_printf (_ ("Records that may be one. Victims: %s. Perpetrators: %s. Cases: %s."),
                          victims, perpetrators, events);
}

char *
cc_overview_describe_findings (CcSession *session, const CcOverviewFigures *figures)
{
  g_autofree char *errors = cc_session_format_number (session, figures->held.errors);
  g_autofree char *warnings = cc_session_format_number (session, figures->held.warnings);
  g_autofree char *notes = cc_session_format_number (session, figures->held.notes);

  if (figures->held.errors + figures->held.warnings + figures->held.notes == 0)
    return g_strdup (_ ("The checks found nothing."));
  /* Translators: results of the checks by weight; each %s is a number. */
  return g_strdup_printf (_ ("Errors: %s. Warnings: %s. Notes: %s."), errors, warnings, notes);
}
