/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-retention-work.h"
#include "widgets/cc-isolate.h"

#include <glib/gi18n.h>

/* Lines of the due list in the question before a removal; the page shows them all. */
#define N_TOLD 5

static const char *
get_unit_label (CcSession *session, const char *abbr)
{
  CcPack       *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const CcUnit *unit = cc_pack_find_unit (pack, abbr);

  return unit != NULL
             ? cc_pack_get_label (pack, "unit", unit->name, cc_session_get_language (session))
             : abbr;
}

/* "Victim: Telephone number" */
char *
cc_retention_describe_whose (CcSession *session, const CcRetentionRule *rule)
{
  CcPack           *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const CcUnit     *unit;
  const CcVariable *variable;

  if (g_str_equal (rule->unit, CC_RETENTION_ROWS))
    return g_strdup (_ ("Rows of deliveries that are no case"));
  if (g_str_equal (rule->kind, "*"))
    /* Translators: %s is a kind of record, such as "Victim". */
    return g_strdup_printf (_ ("%s: every name and number"), get_unit_label (session, rule->unit));
  unit = cc_pack_find_unit (pack, rule->unit);
  variable = unit != NULL ? cc_pack_find_unit_variable (pack, unit->name, rule->kind) : NULL;
  /* Translators: %1$s is a kind of record, such as "Victim", %2$s a field. */
  return g_strdup_printf (_ ("%1$s: %2$s"), get_unit_label (session, rule->unit),
                          variable != NULL ? cc_pack_get_label (pack, "variable", variable->id,
                                                                cc_session_get_language (session))
                                           : rule->kind);
}

static char *
describe_length (CcSession *session, int months)
{
  const int        n = months % 12 == 0 ? months / 12 : months;
  g_autofree char *number = cc_session_format_number (session, n);

  if (months % 12 == 0)
    return g_strdup_printf (ngettext ("%s year", "%s years", (gulong) n), number);
  return g_strdup_printf (ngettext ("%s month", "%s months", (gulong) n), number);
}

char *
cc_retention_describe_time (CcSession *session, const CcRetentionRule *rule)
{
  g_autofree char *length = describe_length (session, rule->months);

  if (g_str_equal (rule->counted_from, "last-contact"))
    /* Translators: %s is a length of time, such as "10 years". */
    return g_strdup_printf (_ ("Kept for %s after the last contact"), length);
  if (g_str_equal (rule->counted_from, "case-closed"))
    /* Translators: %s is a length of time, such as "10 years". */
    return g_strdup_printf (_ ("Kept for %s after the case was closed"), length);
  /* Translators: %s is a length of time, such as "10 years". */
  return g_strdup_printf (_ ("Kept for %s after it was received"), length);
}

char *
cc_retention_describe_due (CcSession *session, const CcRetentionState *state)
{
  g_autofree char *records = cc_session_format_number (session, state->records);
  g_autofree char *undated = cc_session_format_number (session, state->undated);
  g_autoptr (GString) text = g_string_new (NULL);

  if (state->rules->len == 0)
    return g_strdup (_ ("There is no rule yet, so everything is kept."));
  if (state->records > 0)
    g_string_append_printf (text,
                            ngettext ("The time of %s record is over.",
                                      "The time of %s records is over.", (gulong) state->records),
                            records);
  else if (state->rows > 0)
    g_string_append (text, _ ("The time of some rows that are no case is over."));
  else
    g_string_append (text, _ ("Nothing is due today."));
  if (state->undated > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%s record has no day to count from yet.",
                                        "%s records have no day to count from yet.",
                                        (gulong) state->undated),
                              undated);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cc_retention_name_group (CcSession *session, const CcRetentionGroup *group)
{
  const char      *unit = g_str_equal (group->unit, CC_RETENTION_ROWS)
                              ? _ ("Rows that are no case")
                              : get_unit_label (session, group->unit);
  g_autofree char *agency = group->entity != NULL ? cc_isolate (group->entity) : NULL;

  if (agency == NULL)
    /* Translators: %s is a kind of record, such as "Victim". */
    return g_strdup_printf (_ ("%s, entered by hand"), unit);
  /* Translators: %1$s is a kind of record, such as "Victim", %2$s an agency. */
  return g_strdup_printf (_ ("%1$s, %2$s"), unit, agency);
}

/* "Family name, Telephone" */
static char *
list_kinds (CcSession *session, const char *abbr, const GPtrArray *kinds)
{
  CcPack       *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const CcUnit *unit = cc_pack_find_unit (pack, abbr);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < kinds->len; i++)
    {
      const char       *kind = g_ptr_array_index (kinds, i);
      const CcVariable *variable =
          unit != NULL ? cc_pack_find_unit_variable (pack, unit->name, kind) : NULL;

      if (i > 0)
        /* Translators: stands between the names of fields in a list. */
        g_string_append (text, C_ ("list of fields", ", "));
      g_string_append (text, variable != NULL
                                 ? cc_pack_get_label (pack, "variable", variable->id,
                                                      cc_session_get_language (session))
                                 : kind);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_count (CcSession *session, const CcRetentionGroup *group)
{
  g_autofree char *number = cc_session_format_number (session, group->n);
  g_autofree char *days = NULL;

  if (g_str_equal (group->unit, CC_RETENTION_ROWS))
    return g_strdup_printf (ngettext ("%s row.", "%s rows.", group->n), number);
  if (group->returned)
    return g_strdup_printf (ngettext ("%s record, sent again after its removal.",
                                      "%s records, sent again after their removal.", group->n),
                            number);
  days = cc_session_format_interval (session, group->counted);
  return g_strdup_printf (
      /* Translators: %1$s is a number, %2$s a day or from one day to another. */
      ngettext ("%1$s record, its time counted from %2$s.",
                "%1$s records, their time counted from %2$s.", group->n),
      number, days);
}

char *
cc_retention_describe_group (CcSession *session, const CcRetentionGroup *group)
{
  g_autofree char *count = describe_count (session, group);
  g_autofree char *goes = list_kinds (session, group->unit, group->goes);
  g_autofree char *stays = list_kinds (session, group->unit, group->stays);
  g_autoptr (GString) text = g_string_new (count);

  g_string_append_c (text, ' ');
  if (g_str_equal (group->unit, CC_RETENTION_ROWS))
    g_string_append (text, _ ("All that stands in them goes."));
  else
    /* Translators: %s is a list of fields that are removed. */
    g_string_append_printf (text, _ ("Goes: %s."), goes);
  if (*stays != '\0')
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is a list of fields that are kept. */
      g_string_append_printf (text, _ ("Stays: %s."), stays);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cc_retention_describe_removal (CcSession *session, GPtrArray *groups)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *number = NULL;
  const guint      more = groups->len > N_TOLD ? groups->len - N_TOLD : 0;

  /* What cannot be undone is read before the answer, however long the list. */
  g_string_append (text,
                   _ ("What goes is overwritten, and no act can bring it back. The records stay "
                      "with all that is counted, and so do the figures. Backups and copies made "
                      "before still hold what goes: delete them when you no longer need them."));
  for (guint i = 0; i < MIN (groups->len, N_TOLD); i++)
    {
      const CcRetentionGroup *group = g_ptr_array_index (groups, i);
      g_autofree char        *name = cc_retention_name_group (session, group);
      g_autofree char        *what = cc_retention_describe_group (session, group);

      g_string_append (text, "\n\n");
      /* Translators: %1$s is a kind of record and an agency, %2$s what goes of them. */
      g_string_append_printf (text, _ ("%1$s: %2$s"), name, what);
    }
  if (more == 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  number = cc_session_format_number (session, more);
  g_string_append (text, "\n\n");
  g_string_append_printf (text,
                          ngettext ("%s more line stands in the list behind this question.",
                                    "%s more lines stand in the list behind this question.", more),
                          number);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
cc_retention_describe_result (CcSession *session, const CcPurgeResult *result)
{
  g_autofree char *records = cc_session_format_number (session, result->records);

  if (result->act == 0)
    return g_strdup (_ ("Nothing was due."));
  return g_strdup_printf (ngettext ("The identifiers of %s record were removed for good.",
                                    "The identifiers of %s records were removed for good.",
                                    (gulong) result->records),
                          records);
}
