/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-questionnaire-shelf.h"

G_BEGIN_DECLS

#define CC_TYPE_QUESTIONNAIRES_HOME (cc_questionnaires_home_get_type ())
G_DECLARE_FINAL_TYPE (CcQuestionnairesHome, cc_questionnaires_home, CC, QUESTIONNAIRES_HOME, AdwBin)

/* The questionnaires there are, and what was handed in. A row opens its questionnaire through the
 * action questionnaires.open. */
void cc_questionnaires_home_show (CcQuestionnairesHome       *self,
                                  CcSession                  *session,
                                  const CcQuestionnaireShelf *shelf);

G_END_DECLS
