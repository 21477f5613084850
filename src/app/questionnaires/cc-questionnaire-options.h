/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-questionnaire-choice.h"

G_BEGIN_DECLS

#define CC_TYPE_QUESTIONNAIRE_OPTIONS (cc_questionnaire_options_get_type ())
G_DECLARE_FINAL_TYPE (CcQuestionnaireOptions,
                      cc_questionnaire_options,
                      CC,
                      QUESTIONNAIRE_OPTIONS,
                      AdwBin)

/* A button that says for which years, in which language and for whom the answer is, and lets the
 * user choose. The signal "changed" tells of another choice. */
void                         cc_questionnaire_options_set (CcQuestionnaireOptions      *self,
                                                           const CcQuestionnaireChoice *choice);
const CcQuestionnaireChoice *cc_questionnaire_options_get (CcQuestionnaireOptions *self);

G_END_DECLS
