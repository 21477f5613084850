/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-texts.h"

#include "cc-history-persons.h"
#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>
#include <string.h>

/* Labels of variables named in one sentence. */
#define N_NAMED 3

static const struct
{
  const char *label;
  const char *names[13];
} kinds[] = {
  { N_ ("All Acts"), { NULL } },
  { N_ ("Deliveries"),
    { "import", "undo-import", "send-back", "nil", "profile", "merge", "package", "settle-merge",
      NULL } },
  { N_ ("Cases"), { NULL } },
  { N_ ("Duplicates"),
    { "link", "decide", "choose", "join", "split", "export-model", "import-pairs", "learn-model",
      "sample-model", "sign-model", "accept-model", NULL } },
  { N_ ("Checks"), { "settle", NULL } },
  { N_ ("Agencies"), { "entity", "agency", "expect", NULL } },
  { N_ ("Questionnaires"), { "answer", "export", "population", NULL } },
  { N_ ("Taken Back"), { "undo", NULL } },
  { N_ ("The File"),
    { "create", "pack", "backup", "rekey", "restore", "migrate", "seal", "rebuild-cache", "setting",
      "user", NULL } },
  { N_ ("Removals"), { "purge", "retention", NULL } },
};

enum
{
  KIND_ALL = 0,
  KIND_CASES = 2
};

static CcPack *
get_pack (CcSession *session)
{
  return cc_case_file_get_pack (cc_session_get_file (session));
}

static const char *
get_unit_label (CcSession *session, const char *abbr)
{
  CcPack *pack = get_pack (session);

  for (guint i = 0; abbr != NULL && i < cc_pack_get_n_units (pack); i++)
    if (strcmp (cc_pack_get_unit (pack, i)->abbr, abbr) == 0)
      return cc_pack_get_label (pack, "unit", cc_pack_get_unit (pack, i)->name,
                                cc_session_get_language (session));
  return NULL;
}

/* "Sex, Age, Citizenship and 2 more" */
static char *
list_variables (CcSession *session, const CcHistoryEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = entry->variables->len;
  /* One more than is named would take no more room than saying so. */
  const guint named = n <= N_NAMED + 1 ? n : N_NAMED;

  for (guint i = 0; i < named; i++)
    {
      const char *id = g_ptr_array_index (entry->variables, i);
      const char *label =
          cc_pack_get_label (get_pack (session), "variable", id, cc_session_get_language (session));

      if (i > 0)
        /* Translators: stands between the names of fields in a list. */
        g_string_append (text, C_ ("list of fields", ", "));
      g_string_append (text, label != NULL ? label : id);
    }
  if (named < n)
    {
      g_autofree char *number = cc_session_format_number (session, n - named);

      g_string_append_c (text, ' ');
      /* Translators: at the end of a list of fields: "Sex, Age, Form and 4 more". */
      g_string_append_printf (text, ngettext ("and %s more", "and %s more", n - named), number);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_delivery (CcSession *session, const CcHistoryEntry *entry)
{
  const CcHistoryDelivery *delivery = entry->delivery;
  g_autofree char         *agency = NULL;
  g_autofree char         *rows = NULL;
  g_autofree char         *accepted = NULL;
  g_autofree char         *period = NULL;

  if (delivery == NULL)
    return g_strdup (_ ("Delivery changed"));
  agency = cc_isolate (delivery->agency);
  rows = cc_session_format_number (session, delivery->rows);
  accepted = cc_session_format_number (session, delivery->accepted);
  switch (entry->gist)
    {
    case CC_GIST_DELIVERY_LEFT:
      /* Translators: %s is an agency. */
      return g_strdup_printf (_ ("Delivery of %s taken back"), agency);
    case CC_GIST_DELIVERY_BACK:
      /* Translators: %s is an agency. */
      return g_strdup_printf (_ ("Delivery of %s brought back"), agency);
    case CC_GIST_NIL:
      period = cc_session_format_interval (session, delivery->period);
      /* Translators: an agency and a period: it reported that it had no case. */
      return g_strdup_printf (_ ("%1$s had no case in %2$s"), agency, period);
    default:
      return g_strdup_printf (
          /* Translators: %1$s is an agency, %2$s and %3$s are numbers: of its rows, so many are
           * counted. */
          ngettext ("Delivery of %1$s imported: %2$s of %3$s row taken",
                    "Delivery of %1$s imported: %2$s of %3$s rows taken", (gulong) delivery->rows),
          agency, accepted, rows);
    }
}

static char *
describe_case (CcSession *session, const CcHistoryEntry *entry)
{
  const char      *unit = get_unit_label (session, entry->unit);
  g_autofree char *fields = list_variables (session, entry);

  switch (entry->gist)
    {
    case CC_GIST_CASE_NEW:
      if (unit != NULL)
        /* Translators: %s is what was entered first, such as "Victim" or "Case". */
        return g_strdup_printf (_ ("Case entered by hand: %s"), unit);
      return g_strdup (_ ("Case entered by hand"));
    case CC_GIST_CASE_EDITED:
      /* Translators: %s is a list of fields. */
      return g_strdup_printf (_ ("Case edited: %s"), fields);
    case CC_GIST_CASE_DELETED:
      return g_strdup_printf (ngettext ("Case deleted: %d record", "Case deleted: %d records",
                                        (gulong) entry->n),
                              (int) entry->n);
    default:
      return g_strdup_printf (ngettext ("Case brought back: %d record",
                                        "Case brought back: %d records", (gulong) entry->n),
                              (int) entry->n);
    }
}

static char *
describe_kept (CcSession *session, const CcHistoryEntry *entry)
{
  g_autofree char *number = cc_session_format_number (session, entry->n);

  switch (entry->gist)
    {
    case CC_GIST_AGENCY_NEW:
      if (entry->what == NULL)
        return g_strdup (_ ("Agency added"));
      return g_strdup_printf (_ ("Agency added: %s"), entry->what);
    case CC_GIST_AGENCY_EDITED:
      return g_strdup (_ ("Agency changed"));
    case CC_GIST_EXPECTED:
      return g_strdup_printf (ngettext ("%s expected delivery noted",
                                        "%s expected deliveries noted", (gulong) entry->n),
                              number);
    case CC_GIST_SETTING:
      return g_strdup (_ ("Setting changed"));
    case CC_GIST_ANSWER:
      return g_strdup_printf (ngettext ("%s answer of a questionnaire typed",
                                        "%s answers of a questionnaire typed", (gulong) entry->n),
                              number);
    case CC_GIST_PROFILE:
      if (entry->what == NULL)
        return g_strdup (_ ("Reading of files remembered"));
      return g_strdup_printf (_ ("Reading of files remembered: %s"), entry->what);
    case CC_GIST_POPULATION:
      return g_strdup_printf (ngettext ("%s figure of the population taken over",
                                        "%s figures of the population taken over",
                                        (gulong) entry->n),
                              number);
    case CC_GIST_FINDING:
      return g_strdup_printf (ngettext ("%s finding of the checks settled",
                                        "%s findings of the checks settled", (gulong) entry->n),
                              number);
    default:
      return g_strdup_printf (ngettext ("%s row of a delivery settled",
                                        "%s rows of a delivery settled", (gulong) entry->n),
                              number);
    }
}

static void
add_part (GString *text, const char *part)
{
  if (text->len > 0)
    g_string_append (text, C_ ("list of fields", ", "));
  g_string_append (text, part);
}

static void
add_count (GString *text, CcSession *session, const char *format, gint64 n)
{
  g_autofree char *number = cc_session_format_number (session, n);
  g_autoptr (GString) part = g_string_new (format);

  if (n == 0)
    return;
  g_string_replace (part, "%s", number, 1);
  add_part (text, part->str);
}

/* "The Shelter, 1 delivery, 429 new records" */
static char *
list_brought (CcSession *session, const CcHistoryBrought *brought)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 unnamed = brought->n_agencies;

  for (guint i = 0; i < MIN (brought->agencies->len, N_NAMED); i++, unnamed--)
    {
      g_autofree char *name = cc_isolate (g_ptr_array_index (brought->agencies, i));

      add_part (text, name);
    }
  add_count (text, session,
             unnamed < brought->n_agencies
                 /* Translators: after names of agencies in a list. */
                 ? ngettext ("%s more agency", "%s more agencies", (gulong) unnamed)
                 : ngettext ("%s agency", "%s agencies", (gulong) unnamed),
             unnamed);
  add_count (text, session, ngettext ("%s delivery", "%s deliveries", (gulong) brought->deliveries),
             brought->deliveries);
  add_count (text, session, ngettext ("%s new record", "%s new records", (gulong) brought->added),
             brought->added);
  add_count (text, session,
             ngettext ("%s changed record", "%s changed records", (gulong) brought->changed),
             brought->changed);
  add_count (text, session,
             ngettext ("%s withdrawn record", "%s withdrawn records", (gulong) brought->withdrawn),
             brought->withdrawn);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_merge (CcSession *session, const CcHistoryBrought *brought)
{
  g_autofree char *list = list_brought (session, brought);

  if (*list == '\0' && brought->package)
    return g_strdup (_ ("Package brought in: no agency and no record came or changed"));
  if (*list == '\0')
    return g_strdup (_ ("Copy brought in: no agency and no record came or changed"));
  if (brought->package)
    /* Translators: %s is a list: "The Shelter, 1 delivery, 429 new records". */
    return g_strdup_printf (_ ("Package brought in: %s"), list);
  /* Translators: another copy of this case file; %s is a list: "The Shelter, 429 new records". */
  return g_strdup_printf (_ ("Copy brought in: %s"), list);
}

static char *
describe_file (CcSession *session, const CcHistoryEntry *entry)
{
  const char *unit = get_unit_label (session, entry->unit);

  switch (entry->gist)
    {
    case CC_GIST_CREATED:
      return g_strdup (_ ("Case file created"));
    case CC_GIST_PACK:
      if (entry->n > 0)
        return g_strdup (_ ("Another classification installed"));
      return g_strdup (_ ("Classification brought up to date"));
    case CC_GIST_SEALED:
      return g_strdup (
          _ ("Country, practice mark and classification of the file are proven from here on"));
    case CC_GIST_MIGRATED:
      return g_strdup (_ ("Case file brought to the format of this version"));
    case CC_GIST_MERGED:
      return describe_merge (session, entry->brought);
    case CC_GIST_PACKAGED:
      return g_strdup (_ ("Package written"));
    case CC_GIST_MERGE_SETTLED:
      return g_strdup (_ ("Question from bringing files together answered"));
    case CC_GIST_PURGED:
      return g_strdup (_ ("Names and other identifiers removed for good"));
    case CC_GIST_SENT_BACK:
      return g_strdup (_ ("List sent back with questions"));
    case CC_GIST_MODEL_LEFT:
      return g_strdup (_ ("Names and model written for linkage on another machine"));
    case CC_GIST_PAIRS_BACK:
      return g_strdup (_ ("Pairs brought in that another machine compared"));
    case CC_GIST_MODEL_LEARNT:
      return g_strdup (_ ("Comparison of records learnt from decisions"));
    case CC_GIST_MODEL_SAMPLED:
      return g_strdup (_ ("Pairs drawn by which a model is to be judged"));
    case CC_GIST_MODEL_SIGNED:
      return g_strdup (_ ("Model signed off by a sample of its pairs"));
    case CC_GIST_MODEL_ACCEPTED:
      return g_strdup (_ ("Changed by which model records are compared"));
    case CC_GIST_RETENTION:
      return g_strdup (_ ("Rule changed on how long identifiers are kept"));
    case CC_GIST_LINKED:
      if (unit == NULL)
        return g_strdup (_ ("Duplicates searched"));
      /* Translators: %s is a kind of record, such as "Victim". */
      return g_strdup_printf (_ ("Duplicates searched: %s"), unit);
    case CC_GIST_EXPORT:
      if (entry->what != NULL)
        /* Translators: %s is a file. */
        return g_strdup_printf (_ ("Workbook handed in: %s"), entry->what);
      return g_strdup (_ ("Workbook handed in"));
    case CC_GIST_BACKUP:
      return g_strdup (_ ("Backup written"));
    case CC_GIST_REKEY:
      return g_strdup (_ ("Passphrase changed"));
    case CC_GIST_RESTORED:
      return g_strdup (_ ("Case file brought back from a backup"));
    case CC_GIST_USER:
      if (entry->what == NULL)
        return g_strdup (_ ("New user"));
      /* Translators: %s is the name of somebody who works with the file from now on. */
      return g_strdup_printf (_ ("New user: %s"), entry->what);
    case CC_GIST_CHOSEN:
      return g_strdup (_ ("Source of a value chosen for a person"));
    case CC_GIST_RECOUNT:
      return g_strdup (_ ("Persons counted anew"));
    case CC_GIST_UNREADABLE:
      return g_strdup (_ ("This act cannot be read"));
    default:
      /* Translators: %s is the internal word of an act that this version does not know. */
      return g_strdup_printf (_ ("Act “%s”"), entry->act->name);
    }
}

char *
cc_history_describe (CcSession *session, const CcHistoryEntry *entry)
{
  const CcHistoryEntry *first = entry;
  g_autofree char      *done = NULL;
  gboolean              stands = TRUE;

  for (; first->undone != NULL; first = first->undone)
    stands = !stands;
  if (first != entry)
    {
      done = cc_history_describe (session, first);
      if (stands)
        /* Translators: %s is a sentence that says what was done before: "Case edited: Sex". It was
         * taken back and is now done again. */
        return g_strdup_printf (_ ("Done again: %s"), done);
      /* Translators: %s is a sentence that says what was done before: "Case edited: Sex". */
      return g_strdup_printf (_ ("Taken back: %s"), done);
    }
  switch (entry->gist)
    {
    case CC_GIST_DELIVERY_CAME:
    case CC_GIST_DELIVERY_LEFT:
    case CC_GIST_DELIVERY_BACK:
    case CC_GIST_NIL:
      return describe_delivery (session, entry);
    case CC_GIST_CASE_NEW:
    case CC_GIST_CASE_EDITED:
    case CC_GIST_CASE_DELETED:
    case CC_GIST_CASE_BACK:
      return describe_case (session, entry);
    case CC_GIST_JOINED:
    case CC_GIST_PARTED:
    case CC_GIST_DECIDED:
      return cc_history_describe_persons (session, entry);
    case CC_GIST_AGENCY_NEW:
    case CC_GIST_AGENCY_EDITED:
    case CC_GIST_EXPECTED:
    case CC_GIST_SETTING:
    case CC_GIST_ANSWER:
    case CC_GIST_PROFILE:
    case CC_GIST_POPULATION:
    case CC_GIST_FINDING:
    case CC_GIST_ROW:
      return describe_kept (session, entry);
    default:
      return describe_file (session, entry);
    }
}

char *
cc_history_describe_moment (CcSession *session, const CcHistoryEntry *entry)
{
  g_autofree char *moment = cc_session_format_time (session, entry->act->time);
  g_autofree char *number = NULL;

  if (entry->gist == CC_GIST_UNREADABLE)
    {
      number = cc_session_format_number (session, entry->act->seq);
      /* Translators: %s is the number of an act in a damaged file. */
      return g_strdup_printf (_ ("Number %s. The file is damaged there."), number);
    }
  if (cc_history_act_is_by_program (entry->act))
    /* Translators: %s is a day and a time; nobody asked for it. */
    return g_strdup_printf (_ ("%s, by Casecount itself"), moment);
  if (*entry->act->user == '\0')
    /* Translators: %s is a day and a time; whoever did it went on without a name. */
    return g_strdup_printf (_ ("%s, no name given"), moment);
  /* Translators: %1$s is a day and a time, %2$s the person who did something. */
  return g_strdup_printf (_ ("%1$s, by %2$s"), moment, entry->act->user);
}

/* "“Case edited: Sex” of 14 March 2023, 09:05" */
static char *
name_other (CcSession *session, const CcHistoryEntry *other)
{
  g_autofree char *sentence = cc_history_describe (session, other);
  g_autofree char *moment = cc_session_format_time (session, other->act->time);

  /* Translators: names a later act: its number, what it was, and when. */
  return g_strdup_printf (_ ("number %1$d, “%2$s”, %3$s"), (int) other->act->seq, sentence, moment);
}

char *
cc_history_describe_refusal (CcSession *session, CcUndoState state, const CcHistoryEntry *other)
{
  g_autofree char *name = other != NULL ? name_other (session, other) : NULL;

  switch (state)
    {
    case CC_UNDO_UNDONE:
      if (name == NULL)
        return g_strdup (_ ("This was taken back."));
      /* Translators: %s names the act that did so. */
      return g_strdup_printf (_ ("This was taken back by %s."), name);
    case CC_UNDO_LATER:
      if (name == NULL)
        return g_strdup (_ ("Something done later builds on this. Take that back first."));
      /* Translators: %s names a later act. */
      return g_strdup_printf (_ ("A later act builds on this: %s. Take that back first."), name);
    case CC_UNDO_CHANGED:
      return g_strdup (_ ("What this changed has been changed again since."));
    case CC_UNDO_NOTHING:
      return g_strdup (_ ("This changed no data, so there is nothing to take back."));
    case CC_UNDO_NOT_KEPT:
      return g_strdup (_ ("This changed too much at once to be taken back as a whole."));
    case CC_UNDO_PURGED:
      return g_strdup (_ ("What this changed was removed under a retention rule."));
    case CC_UNDO_PACK:
      return g_strdup (_ ("This installed another classification. To go back, install the earlier "
                          "one by a concordance the other way round, or bring back the backup that "
                          "was made before."));
    case CC_UNDO_LEFT:
      return g_strdup (_ ("This notes what was handed in. What has left cannot be taken back."));
    case CC_UNDO_NOT_FOUND:
      return g_strdup (_ ("This is not in the history."));
    case CC_UNDO_POSSIBLE:
    default:
      return NULL;
    }
}

char *
cc_history_describe_record (CcSession *session, const char *unit, gint64 record)
{
  const char      *label = get_unit_label (session, unit);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, record);

  if (label == NULL)
    /* Translators: %s is the number of a record. */
    return g_strdup_printf (_ ("Record %s"), number);
  /* Translators: %1$s is a kind of record such as "Victim", %2$s its number. */
  return g_strdup_printf (_ ("%1$s, record %2$s"), label, number);
}

char *
cc_history_describe_intact (CcSession *session, gint64 n_acts, gboolean figures)
{
  g_autofree char *number = cc_session_format_number (session, n_acts);

  if (!figures)
    return g_strdup_printf (ngettext ("Examined were each page of the file on its disk and its "
                                      "history of %s act: nothing was altered.",
                                      "Examined were each page of the file on its disk and its "
                                      "history of %s acts: nothing was altered.",
                                      (gulong) n_acts),
                            number);
  return g_strdup_printf (
      ngettext ("Examined were each page of the file on its disk, its history of "
                "%s act and the figures made from it: nothing was altered.",
                "Examined were each page of the file on its disk, its history of "
                "%s acts and the figures made from it: nothing was altered.",
                (gulong) n_acts),
      number);
}

guint
cc_history_get_n_kinds (void)
{
  return G_N_ELEMENTS (kinds);
}

const char *
cc_history_get_kind_label (guint kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), "");
  return _ (kinds[kind].label);
}

static gboolean
is_known (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strv_contains (kinds[i].names, name))
      return TRUE;
  return FALSE;
}

GStrv
cc_history_get_kind_names (guint kind, const char *const *present)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);
  if (kind == KIND_ALL)
    return NULL;
  if (kind != KIND_CASES)
    return g_strdupv ((GStrv) kinds[kind].names);
  for (guint i = 0; present[i] != NULL; i++)
    if (!is_known (present[i]))
      g_strv_builder_add (names, present[i]);
  /* An empty list would mean all acts. */
  g_strv_builder_add (names, "case");
  return g_strv_builder_end (names);
}
