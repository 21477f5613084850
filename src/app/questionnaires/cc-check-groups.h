/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

/* How the checks of an answer are listed: rules that say the same of many tables are one row, and
 * whoever names a number of them counts rows. The arrays are of CcAnswerCheck. */

/* The parts of the list, from the top. */
typedef enum
{
  CC_CHECKS_ERRORS,
  CC_CHECKS_WARNINGS,
  CC_CHECKS_NOTES,
  CC_CHECKS_NOT_COMPUTED,
  CC_CHECKS_PASSED,
  CC_CHECKS_N_SECTIONS,
} CcChecksSection;

int cc_check_groups_section (const CcAnswerCheck *check);

/* The rows of a part as listed, and the tables and years that they touch. */
guint cc_check_groups_count (GPtrArray *checks, int section);
guint cc_check_groups_count_places (GPtrArray *checks, int section);

/* What stands below the title of a part: "3 warnings in 23 places". */
char *cc_check_groups_describe (GPtrArray *checks, int section);
char *cc_check_groups_summarise (GPtrArray *checks);

gboolean cc_check_groups_are_alike (const CcAnswerCheck *a, const CcAnswerCheck *b);
guint    cc_check_groups_count_alike (GPtrArray *checks, const CcAnswerCheck *check);
gboolean cc_check_groups_is_first (GPtrArray *checks, guint index);

/* n: checks like this one. NULL where it stands for itself. */
char *cc_check_groups_title (const CcAnswerCheck *check, guint n);

G_END_DECLS
