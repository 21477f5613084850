/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/report/cc-workbook.h>

G_BEGIN_DECLS

/* What a user chose for an answer. From it follows everything that is counted and written, by rules
 * that know nothing of widgets: the window asks for the same workbook as the command does. */
typedef struct
{
  CcQuestionnaire *questionnaire;
  int              first_year; /* named after the year in which they begin */
  int              last_year;
  const char      *language; /* of cc_pack_languages */
  CcAudience       audience;
} CcQuestionnaireChoice;

/* A request with what it points to. */
typedef struct
{
  CcCountOptions    options;
  CcWorkbookRequest request;
} CcQuestionnaireRequest;

CcQuestionnaireChoice *
cc_questionnaire_choice_new (CcQuestionnaire *questionnaire, int last_year, const char *language);
CcQuestionnaireChoice *cc_questionnaire_choice_copy (const CcQuestionnaireChoice *self);
gboolean               cc_questionnaire_choice_counts_alike (const CcQuestionnaireChoice *self,
                                                             const CcQuestionnaireChoice *other);
void                   cc_questionnaire_choice_free (CcQuestionnaireChoice *self);

/* The years as they are set: the first never after the last, at most fifty of them. */
void cc_questionnaire_choice_set_years (CcQuestionnaireChoice *self, int first, int last);

/* The last year that is over and for which there are data. newest: the newest year of the data, 0
 * where there is none. */
int cc_questionnaire_choice_find_last_year (int newest, int this_year);

/* Free with cc_questionnaire_request_free (). */
CcQuestionnaireRequest *cc_questionnaire_choice_build (const CcQuestionnaireChoice *self);
GArray                 *cc_questionnaire_choice_make_periods (const CcQuestionnaireChoice *self);

/* "ecowas-tip_SEN_2020-2024_fr.xlsx": nothing of it is about a person. */
char *cc_questionnaire_choice_make_file_name (const CcQuestionnaireChoice *self,
                                              const char                  *country,
                                              gboolean                     practice,
                                              gboolean                     blank);

/* The language's own name, for choosing it. */
const char *cc_questionnaire_language_name (const char *language);

void cc_questionnaire_request_free (CcQuestionnaireRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcQuestionnaireChoice, cc_questionnaire_choice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcQuestionnaireRequest, cc_questionnaire_request_free)

G_END_DECLS
