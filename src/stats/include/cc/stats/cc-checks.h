/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/stats/cc-count.h>

G_BEGIN_DECLS

/* One rule looked at for one period. */
typedef struct
{
  char       *id;    /* of the [check ID], or "additive", "multi", "unresolved", "outlier" */
  char       *table; /* of built-in rules; NULL for [check ID] */
  CcSeverity  severity;
  gboolean    holds;
  char       *period; /* code, NULL when cumulated or over all */
  const char *key;    /* text key of the sentence */
  char       *rule;   /* as written, or made up from the axis */
  char       *left;   /* the two sides' names: "Q9.sum" */
  char       *right;
  double      left_value;
  double      right_value;

  CcQuestionnaire         *questionnaire; /* held: whose tables it speaks of */
  const CcCheckDefinition *definition;    /* of the questionnaire; NULL for built-in rules */
} CcCheckResult;

/* Evaluates the [check] groups and the built-in rules (additive axes, several answers, undecided
 * pairs, jumps against the year before) over counted tables. results: CcTableResult*, any order;
 * rules about tables that are not among them are left out. Returns CcCheckResult*, those that hold
 * included. */
GPtrArray *cc_checks_run (CcQuestionnaire *questionnaire, GPtrArray *results, GError **error);
void       cc_check_result_free (CcCheckResult *self);
char      *cc_check_result_format (const CcCheckResult *self, CcTexts *texts, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCheckResult, cc_check_result_free)

G_END_DECLS
