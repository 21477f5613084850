/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-person-words.h"

#include "cc-review-words.h"

#include <glib/gi18n.h>
#include <string.h>

static guint
count_agencies (const CcReviewPerson *person)
{
  g_autoptr (GHashTable) agencies = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < person->records->len; i++)
    g_hash_table_add (agencies, &((CcReviewRecord *) person->records->pdata[i])->entity);
  return g_hash_table_size (agencies);
}

char *
cc_person_describe (CcSession *session, const CcReviewPerson *person)
{
  const guint      n = person->records->len;
  const guint      n_agencies = count_agencies (person);
  g_autofree char *records = cc_session_format_number (session, n);
  g_autofree char *agencies_number = cc_session_format_number (session, n_agencies);
  g_autofree char *agencies = NULL;
  g_autofree char *stated = NULL;

  if (n == 0)
    return g_strdup (_ ("No record is left of this person"));
  stated = g_strdup_printf (ngettext ("%s record", "%s records", n), records);
  agencies = g_strdup_printf (ngettext ("%s agency", "%s agencies", n_agencies), agencies_number);
  if (strcmp (person->kind, "EV") == 0)
    /* Translators: "3 records", "2 agencies". */
    return g_strdup_printf (_ ("One case, from %s of %s"), stated, agencies);
  /* Translators: "3 records", "2 agencies". */
  return g_strdup_printf (_ ("Counted as one person, from %s of %s"), stated, agencies);
}

static const char *
find_agency (const CcReviewPerson *person, gint64 record)
{
  for (guint i = 0; i < person->records->len; i++)
    {
      const CcReviewRecord *at = person->records->pdata[i];

      if (at->id == record && *at->entity_name != '\0')
        return at->entity_name;
    }
  return _ ("another agency or an earlier delivery");
}

/* What happened to a record: "The record of National Police came in". */
char *
cc_person_describe_step (const CcReviewPerson *person, const CcReviewStep *step)
{
  const char *agency = find_agency (person, step->record);

  if (step->left)
    return g_strdup_printf (step->other != 0 ? _ ("The record of %s was split off")
                                             : _ ("The record of %s was withdrawn"),
                            agency);
  if (step->other != 0)
    return g_strdup_printf (_ ("The record of %s was joined"), agency);
  return g_strdup_printf (_ ("The record of %s came in"), agency);
}

static gpointer
name_user (const char *user)
{
  /* Translators: whoever did it went on without a name. */
  return (gpointer) (*user != '\0' ? user : _ ("no name given"));
}

/* When, by whom and why. */
char *
cc_person_describe_step_origin (CcSession *session, const CcReviewStep *step)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *time = cc_session_format_time (session, step->time);
  g_autofree char *reason = cc_review_describe_reason (step->reason);

  g_ptr_array_add (parts, time);
  g_ptr_array_add (parts, name_user (step->user));
  if (step->by_verdict)
    g_ptr_array_add (parts, (gpointer) cc_review_get_verdict_word (step->verdict));
  if (*reason != '\0')
    g_ptr_array_add (parts, reason);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/* Verdict, reason, who and when, and whether it still rests on what the records say. */
char *
cc_person_describe_verdict (CcSession *session, const CcReviewVerdict *verdict)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *time = cc_session_format_time (session, verdict->time);
  g_autofree char *reason = cc_review_describe_reason (verdict->reason);

  g_ptr_array_add (parts, (gpointer) cc_review_get_verdict_word (verdict->verdict));
  if (*reason != '\0')
    g_ptr_array_add (parts, reason);
  if (verdict->automatic)
    g_ptr_array_add (parts, (gpointer) _ ("by the accept level"));
  else
    g_ptr_array_add (parts, name_user (verdict->user));
  g_ptr_array_add (parts, time);
  if (verdict->stale)
    g_ptr_array_add (parts, (gpointer) _ ("⚠ a record has changed since"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}
