/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-retention-work.h"

#include <glib/gi18n.h>

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
