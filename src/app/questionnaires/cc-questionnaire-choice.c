/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-questionnaire-choice.h"

#define FIRST_YEAR    1900
#define LAST_YEAR     2200
#define MOST_YEARS    50
#define DEFAULT_YEARS 5

CcQuestionnaireChoice *
cc_questionnaire_choice_new (CcQuestionnaire *questionnaire, int last_year, const char *language)
{
  CcQuestionnaireChoice *self = g_new0 (CcQuestionnaireChoice, 1);
  int                    n = cc_questionnaire_get_n_years (questionnaire);

  self->questionnaire = cc_questionnaire_ref (questionnaire);
  self->language = language;
  self->audience = CC_AUDIENCE_AUTHORITY;
  cc_questionnaire_choice_set_years (self, last_year - (n > 0 ? n : DEFAULT_YEARS) + 1, last_year);
  return self;
}

CcQuestionnaireChoice *
cc_questionnaire_choice_copy (const CcQuestionnaireChoice *self)
{
  CcQuestionnaireChoice *copy = g_memdup2 (self, sizeof *self);

  cc_questionnaire_ref (copy->questionnaire);
  return copy;
}

/* The audience changes what may leave, not what is counted. */
gboolean
cc_questionnaire_choice_counts_alike (const CcQuestionnaireChoice *self,
                                      const CcQuestionnaireChoice *other)
{
  return self->questionnaire == other->questionnaire && self->first_year == other->first_year
         && self->last_year == other->last_year && g_str_equal (self->language, other->language);
}

void
cc_questionnaire_choice_free (CcQuestionnaireChoice *self)
{
  if (self == NULL)
    return;
  cc_questionnaire_unref (self->questionnaire);
  g_free (self);
}

void
cc_questionnaire_choice_set_years (CcQuestionnaireChoice *self, int first, int last)
{
  g_return_if_fail (self != NULL);
  self->last_year = CLAMP (last, FIRST_YEAR, LAST_YEAR);
  self->first_year =
      CLAMP (first, MAX (FIRST_YEAR, self->last_year - MOST_YEARS + 1), self->last_year);
}

int
cc_questionnaire_choice_find_last_year (int newest, int this_year)
{
  return newest > 0 && newest < this_year ? newest : this_year - 1;
}

GArray *
cc_questionnaire_choice_make_periods (const CcQuestionnaireChoice *self)
{
  return cc_periods_new_years (self->first_year, self->last_year,
                               cc_questionnaire_get_first_month (self->questionnaire));
}

CcQuestionnaireRequest *
cc_questionnaire_choice_build (const CcQuestionnaireChoice *self)
{
  CcQuestionnaireRequest *request = g_new0 (CcQuestionnaireRequest, 1);

  request->options.periods = cc_questionnaire_choice_make_periods (self);
  request->request.questionnaire = cc_questionnaire_ref (self->questionnaire);
  request->request.options = &request->options;
  request->request.language = self->language;
  request->request.audience = self->audience;
  return request;
}

void
cc_questionnaire_request_free (CcQuestionnaireRequest *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->options.periods);
  cc_questionnaire_unref (self->request.questionnaire);
  g_free (self);
}

char *
cc_questionnaire_choice_make_file_name (const CcQuestionnaireChoice *self,
                                        const char                  *country,
                                        gboolean                     practice,
                                        gboolean                     blank)
{
  g_autofree char *years = self->first_year == self->last_year
                               ? g_strdup_printf ("%d", self->last_year)
                               : g_strdup_printf ("%d-%d", self->first_year, self->last_year);

  return g_strdup_printf ("%s%s%s%s_%s_%s.xlsx", practice && !blank ? "TRAINING_" : "",
                          cc_questionnaire_get_id (self->questionnaire), blank ? "_blank_" : "_",
                          country, years, self->language);
}

const char *
cc_questionnaire_language_name (const char *language)
{
  static const char *const names[][2] = { { "en", "English" },   { "fr", "Français" },
                                          { "pt", "Português" }, { "es", "Español" },
                                          { "ar", "العربية" },   { "sw", "Kiswahili" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], language))
      return names[i][1];
  return language;
}
