/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-checks-texts.h"

#include <glib/gi18n.h>

char *
cc_checks_describe_rule (CcSession *session, const char *rule)
{
  CcTexts *texts = cc_session_get_texts (session);

  return g_strdup (cc_texts_has (texts, rule)
                       ? cc_texts_get (texts, rule, cc_session_get_language (session))
                       : rule);
}

char *
cc_checks_describe_count (CcSession *session, const CcFindingGroup *group)
{
  g_autofree char *open = cc_session_format_number (session, group->n_open);
  g_autofree char *settled = cc_session_format_number (session, group->n_settled);

  if (group->n_open == 0)
    return g_strdup_printf (ngettext ("%s settled", "%s settled", (gulong) group->n_settled),
                            settled);
  if (group->n_settled == 0)
    return g_strdup_printf (ngettext ("%s open", "%s open", (gulong) group->n_open), open);
  /* Translators: findings of one rule: how many are open, how many are settled. */
  return g_strdup_printf (_ ("%1$s open, %2$s settled"), open, settled);
}

/* "Sex: “H”", as the agency wrote it. */
static char *
describe_value (CcSession *session, const CcFindingRow *row)
{
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (session));
  g_autofree char *label = NULL;

  if (row->variable == NULL)
    return row->value != NULL ? g_strdup_printf (_ ("“%s”"), row->value)
                              : g_strdup (_ ("The whole row"));
  label = g_strdup (
      cc_pack_get_label (pack, "variable", row->variable->id, cc_session_get_language (session)));
  if (row->value == NULL)
    return g_steal_pointer (&label);
  /* Translators: a field and what was given for it. */
  return g_strdup_printf (_ ("%1$s: “%2$s”"), label, row->value);
}

/* Whom it is about and what was found: "KONE Awa · Sex: “H”". */
char *
cc_checks_describe_finding (CcSession *session, const CcFindingRow *row)
{
  g_autofree char *value = describe_value (session, row);

  if (row->title == NULL)
    return g_steal_pointer (&value);
  /* Translators: a person or case, by name or number, and what was found there. */
  return g_strdup_printf (_ ("%1$s · %2$s"), row->title, value);
}

char *
cc_checks_describe_place (CcSession *session, const CcFindingRow *row)
{
  g_autofree char *number = cc_session_format_number (session, row->row);

  if (row->agency == NULL)
    return g_strdup (_ ("Entered by hand"));
  if (row->row == 0)
    return g_strdup (row->agency);
  if (row->sheet == NULL || *row->sheet == '\0')
    /* Translators: an agency and the row of its file. */
    return g_strdup_printf (_ ("%1$s, row %2$s"), row->agency, number);
  /* Translators: an agency, the sheet of its file, and the row there. */
  return g_strdup_printf (_ ("%1$s, sheet “%2$s”, row %3$s"), row->agency, row->sheet, number);
}

/* What became of a settled finding. */
char *
cc_checks_describe_settled (CcSession *session, const CcFindingRow *row)
{
  const gboolean signed_by = row->resolved_by != NULL && *row->resolved_by != '\0';

  if (g_strcmp0 (row->state, "confirmed") == 0)
    return signed_by ? g_strdup_printf (_ ("Confirmed as right by %s"), row->resolved_by)
                     : g_strdup (_ ("Confirmed as right"));
  if (g_strcmp0 (row->state, "dismissed") == 0)
    return signed_by ? g_strdup_printf (_ ("Put aside by %s"), row->resolved_by)
                     : g_strdup (_ ("Put aside"));
  return signed_by ? g_strdup_printf (_ ("Corrected by %s"), row->resolved_by)
                   : g_strdup (_ ("Corrected"));
}

const char *
cc_checks_get_severity_name (const char *severity)
{
  if (g_strcmp0 (severity, "error") == 0)
    return _ ("Error");
  if (g_strcmp0 (severity, "warning") == 0)
    return _ ("Warning");
  return _ ("Remark");
}

const char *
cc_checks_get_severity_icon (const char *severity)
{
  if (g_strcmp0 (severity, "error") == 0)
    return "dialog-error-symbolic";
  if (g_strcmp0 (severity, "warning") == 0)
    return "dialog-warning-symbolic";
  return "dialog-information-symbolic";
}

gboolean
cc_checks_is_unmapped (const char *rule)
{
  return g_strcmp0 (rule, "intake.finding.value-unmapped") == 0
         || g_strcmp0 (rule, "intake.finding.value-ask") == 0;
}
