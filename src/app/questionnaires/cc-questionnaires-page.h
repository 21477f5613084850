/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_QUESTIONNAIRES_PAGE (cc_questionnaires_page_get_type ())
G_DECLARE_FINAL_TYPE (CcQuestionnairesPage, cc_questionnaires_page, CC, QUESTIONNAIRES_PAGE, CcPage)

/* Questionnaires: which there are, the answer to one, what was handed in. Targets:
 * "questionnaire:ID" opens one, "questionnaire:ID/TABLE" one of its tables, "checks:ID" its checks.
 * Actions, prefix "questionnaires": open (s), export, export-blank, read-back, show-checks,
 * show-ranges, edit, behind, open-folder. */

G_END_DECLS
