/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-persons.h"

#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>
#include <string.h>

char *
cc_history_describe_party (const CcHistoryParty *party)
{
  g_autofree char *number = NULL;
  g_autofree char *agency = cc_isolate (party->agency != NULL ? party->agency : "");

  if (party->number != NULL)
    number = cc_isolate (party->number);
  else
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, party->record);

      /* Translators: in a list of records; %s is the number of a record. */
      number = g_strdup_printf (C_ ("in a list", "record %s"), id);
    }
  if (party->agency == NULL)
    return g_steal_pointer (&number);
  /* Translators: the number of a record, and the agency that states it. */
  return g_strdup_printf (_ ("%1$s (%2$s)"), number, agency);
}

/* "BPM-017 (National Police), record 45 (Labour Inspectorate) and 2 more" */
static char *
list_parties (CcSession *session, const CcHistoryParties *parties)
{
  GString *text = g_string_new (NULL);
  /* One more than is named would take no more room than saying so. */
  const gint64 named = parties->n <= CC_HISTORY_N_NAMED ? parties->n : CC_HISTORY_N_NAMED - 1;

  for (guint i = 0; i < parties->named->len && i < named; i++)
    {
      g_autofree char *party = cc_history_describe_party (g_ptr_array_index (parties->named, i));

      if (i > 0)
        g_string_append (text, C_ ("list of fields", ", "));
      g_string_append (text, party);
    }
  if (named < parties->n)
    {
      g_autofree char *more = cc_session_format_number (session, parties->n - named);

      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("and %s more", "and %s more",
                                        (gulong) (parties->n - named)),
                              more);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_joined (CcSession *session, const CcHistoryParties *parties, gboolean event)
{
  g_autofree char *n = cc_session_format_number (session, parties->n);
  g_autofree char *list = list_parties (session, parties);
  g_autofree char *person = g_strdup_printf ("%" G_GINT64_FORMAT, parties->person);
  g_autofree char *n_persons = cc_session_format_number (session, parties->n_persons);

  if (parties->person == 0 && event)
    /* Translators: two numbers: of records, and of cases that they are now. */
    return g_strdup_printf (ngettext ("%1$s record joined to %2$s cases",
                                      "%1$s records joined to %2$s cases", (gulong) parties->n),
                            n, n_persons);
  if (parties->person == 0)
    /* Translators: two numbers: of records, and of persons who they are now. */
    return g_strdup_printf (ngettext ("%1$s record joined to %2$s persons",
                                      "%1$s records joined to %2$s persons", (gulong) parties->n),
                            n, n_persons);
  if (event)
    /* Translators: how many records are now one case, its number, and which records they are. */
    return g_strdup_printf (ngettext ("%1$s record joined as case %2$s: %3$s",
                                      "%1$s records joined as case %2$s: %3$s",
                                      (gulong) parties->n),
                            n, person, list);
  /* Translators: how many records are now one person, its number, and which records they are: "3
   * records joined as person 12: BPM-017 (National Police), record 45". */
  return g_strdup_printf (ngettext ("%1$s record joined as person %2$s: %3$s",
                                    "%1$s records joined as person %2$s: %3$s",
                                    (gulong) parties->n),
                          n, person, list);
}

static char *
describe_parted (CcSession *session, const CcHistoryParties *parties, gboolean event)
{
  g_autofree char *n = cc_session_format_number (session, parties->n);
  g_autofree char *list = list_parties (session, parties);
  g_autofree char *person = g_strdup_printf ("%" G_GINT64_FORMAT, parties->person);

  if (parties->person == 0 && event)
    return g_strdup_printf (ngettext ("%1$s record told apart as another case: %2$s",
                                      "%1$s records told apart as other cases: %2$s",
                                      (gulong) parties->n),
                            n, list);
  if (parties->person == 0)
    return g_strdup_printf (ngettext ("%1$s record told apart as another person: %2$s",
                                      "%1$s records told apart as other persons: %2$s",
                                      (gulong) parties->n),
                            n, list);
  if (event)
    return g_strdup_printf (ngettext ("%1$s record told apart from case %2$s: %3$s",
                                      "%1$s records told apart from case %2$s: %3$s",
                                      (gulong) parties->n),
                            n, person, list);
  /* Translators: how many records are no longer one with a person, its number, and which they are.
   */
  return g_strdup_printf (ngettext ("%1$s record told apart from person %2$s: %3$s",
                                    "%1$s records told apart from person %2$s: %3$s",
                                    (gulong) parties->n),
                          n, person, list);
}

/* One against the others; nothing is said about those among themselves. */
static char *
describe_apart (CcSession *session, const char *verdict, CcHistoryParties *parties, gboolean event)
{
  g_autofree char *apart = cc_history_describe_party (parties->apart);
  g_autofree char *list = list_parties (session, parties);

  if (g_strcmp0 (verdict, "different") == 0 && event)
    return g_strdup_printf (_ ("%1$s decided to be another case than %2$s"), apart, list);
  if (g_strcmp0 (verdict, "different") == 0)
    /* Translators: a record, and a list of records: "BPM-017 (National Police) decided to be
     * another person than record 45, record 46". */
    return g_strdup_printf (_ ("%1$s decided to be another person than %2$s"), apart, list);
  if (g_strcmp0 (verdict, "same") == 0)
    return g_strdup_printf (_ ("%1$s decided to be the same as %2$s"), apart, list);
  if (g_strcmp0 (verdict, "related") == 0)
    return g_strdup_printf (_ ("%1$s decided to be different from %2$s, but related"), apart, list);
  return g_strdup_printf (_ ("Not sure whether %1$s is the same as %2$s"), apart, list);
}

static char *
describe_verdict (CcSession        *session,
                  const char       *verdict,
                  CcHistoryParties *parties,
                  gboolean          event)
{
  g_autofree char *n = cc_session_format_number (session, parties->n);
  g_autofree char *list = list_parties (session, parties);
  const char      *format;

  if (g_strcmp0 (verdict, "different") == 0 && event)
    format = ngettext ("%1$s record decided to be a different case: %2$s",
                       "%1$s records decided to be different cases: %2$s", (gulong) parties->n);
  else if (g_strcmp0 (verdict, "different") == 0)
    format = ngettext ("%1$s record decided to be a different person: %2$s",
                       "%1$s records decided to be different persons: %2$s", (gulong) parties->n);
  else if (g_strcmp0 (verdict, "same") == 0)
    format = ngettext ("%1$s record decided to be the same: %2$s",
                       "%1$s records decided to be the same: %2$s", (gulong) parties->n);
  else if (g_strcmp0 (verdict, "related") == 0)
    format =
        ngettext ("%1$s record decided to be different, but related: %2$s",
                  "%1$s records decided to be different, but related: %2$s", (gulong) parties->n);
  else
    format = ngettext ("Not sure whether %1$s record is the same: %2$s",
                       "Not sure whether %1$s records are the same: %2$s", (gulong) parties->n);
  {
    g_autoptr (GString) text = g_string_new (format);

    g_string_replace (text, "%1$s", n, 1);
    g_string_replace (text, "%2$s", list, 1);
    return g_string_free (g_steal_pointer (&text), FALSE);
  }
}

/* Of more changes than are looked at. */
static char *
describe_many (const CcHistoryEntry *entry)
{
  if (entry->gist == CC_GIST_JOINED)
    return g_strdup (_ ("Many records joined"));
  if (entry->gist == CC_GIST_PARTED)
    return g_strdup (_ ("Many records told apart"));
  return g_strdup (_ ("Many pairs of records decided"));
}

char *
cc_history_describe_persons (CcSession *session, const CcHistoryEntry *entry)
{
  const gboolean event = g_strcmp0 (entry->unit, "EV") == 0;

  g_return_val_if_fail (session != NULL && entry != NULL, NULL);
  if (entry->parties == NULL)
    return describe_many (entry);
  if (entry->gist == CC_GIST_JOINED)
    return describe_joined (session, entry->parties, event);
  if (entry->parties->apart != NULL)
    return describe_apart (session, entry->verdict, entry->parties, event);
  if (entry->gist == CC_GIST_PARTED)
    return describe_parted (session, entry->parties, event);
  return describe_verdict (session, entry->verdict, entry->parties, event);
}
