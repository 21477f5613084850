/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-check-groups.h"

#include <glib/gi18n.h>

int
cc_check_groups_section (const CcAnswerCheck *check)
{
  if (check->outcome == CC_ANSWER_FAILS)
    return (int) check->severity;
  return check->outcome == CC_ANSWER_NOT_COMPUTED ? CC_CHECKS_NOT_COMPUTED : CC_CHECKS_PASSED;
}

/* Rules that the program has for every table would say the same sentence many times over: they are
 * one row that opens. NULL where a check stands for itself. */
char *
cc_check_groups_title (const CcAnswerCheck *check, guint n)
{
  if (check->outcome == CC_ANSWER_NOT_COMPUTED || n < 2)
    return NULL;
  if (check->outcome == CC_ANSWER_HOLDS)
    return g_strdup_printf (ngettext ("%u check passed", "%u checks passed", n), n);
  if (g_str_equal (check->id, "unresolved"))
    return g_strdup_printf (ngettext ("Undecided pairs touch %u table",
                                      "Undecided pairs touch %u tables", n),
                            n);
  if (g_str_equal (check->id, "multi"))
    return g_strdup_printf (ngettext ("One person may stand in several rows of %u table",
                                      "One person may stand in several rows of %u tables", n),
                            n);
  if (g_str_equal (check->id, "outlier"))
    return g_strdup_printf (ngettext ("%u large jump against the year before",
                                      "%u large jumps against the year before", n),
                            n);
  return NULL;
}

gboolean
cc_check_groups_are_alike (const CcAnswerCheck *a, const CcAnswerCheck *b)
{
  return cc_check_groups_section (a) == cc_check_groups_section (b)
         && (a->outcome == CC_ANSWER_HOLDS || g_str_equal (a->id, b->id));
}

guint
cc_check_groups_count_alike (GPtrArray *checks, const CcAnswerCheck *check)
{
  guint n = 0;

  for (guint i = 0; i < checks->len; i++)
    n += cc_check_groups_are_alike (checks->pdata[i], check);
  return n;
}

gboolean
cc_check_groups_is_first (GPtrArray *checks, guint index)
{
  for (guint i = 0; i < index; i++)
    if (cc_check_groups_are_alike (checks->pdata[i], checks->pdata[index]))
      return FALSE;
  return TRUE;
}

guint
cc_check_groups_count (GPtrArray *checks, int section)
{
  guint n = 0;

  for (guint i = 0; i < checks->len; i++)
    {
      const CcAnswerCheck *check = checks->pdata[i];
      g_autofree char     *title = NULL;

      if (cc_check_groups_section (check) != section)
        continue;
      title = cc_check_groups_title (check, cc_check_groups_count_alike (checks, check));
      n += title == NULL || cc_check_groups_is_first (checks, i);
    }
  return n;
}

guint
cc_check_groups_count_places (GPtrArray *checks, int section)
{
  guint n = 0;

  for (guint i = 0; i < checks->len; i++)
    n += cc_check_groups_section (checks->pdata[i]) == section;
  return n;
}

static char *
count_rows (GPtrArray *checks, int section)
{
  const guint n = cc_check_groups_count (checks, section);

  switch (section)
    {
    case CC_CHECKS_ERRORS:
      return g_strdup_printf (ngettext ("%u error", "%u errors", n), n);
    case CC_CHECKS_WARNINGS:
      return g_strdup_printf (ngettext ("%u warning", "%u warnings", n), n);
    case CC_CHECKS_NOTES:
      return g_strdup_printf (ngettext ("%u note", "%u notes", n), n);
    default:
      return g_strdup_printf (ngettext ("%u check", "%u checks", n), n);
    }
}

char *
cc_check_groups_describe (GPtrArray *checks, int section)
{
  const guint      n_places = cc_check_groups_count_places (checks, section);
  g_autofree char *rows = count_rows (checks, section);

  if (section > CC_CHECKS_NOTES)
    return NULL;
  /* Translators: "3 warnings", and the number of tables and years that they touch. */
  return g_strdup_printf (ngettext ("%s in %u place", "%s in %u places", n_places), rows, n_places);
}

char *
cc_check_groups_summarise (GPtrArray *checks)
{
  const guint n_errors = cc_check_groups_count (checks, CC_CHECKS_ERRORS);
  const guint n_warnings = cc_check_groups_count (checks, CC_CHECKS_WARNINGS);

  if (n_errors > 0)
    return g_strdup_printf (ngettext ("%u error should be solved or explained before the workbook "
                                      "is handed in.",
                                      "%u errors should be solved or explained before the workbook "
                                      "is handed in.",
                                      n_errors),
                            n_errors);
  if (n_warnings > 0)
    return g_strdup_printf (ngettext ("No errors. %u warning asks for a look.",
                                      "No errors. %u warnings ask for a look.", n_warnings),
                            n_warnings);
  return g_strdup (_ ("No errors and no warnings: the tables agree with each other."));
}
