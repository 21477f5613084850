/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-answer-book-private.h"

#include <math.h>
#include <string.h>

void
cc_answer_check_free (CcAnswerCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->table);
  g_free (self->period);
  g_free (self->when);
  g_free (self->text);
  g_free (self);
}

guint
cc_answer_book_count_checks (CcAnswerBook *self, CcSeverity severity)
{
  guint n = 0;

  for (guint i = 0; i < self->content->checks->len; i++)
    {
      const CcCheckResult *check = self->content->checks->pdata[i];

      n += !check->holds && check->severity == severity;
    }
  return n;
}

/* "Q9.sum" and "P9[open]" speak of a table. */
static char *
table_of (const CcCheckResult *check)
{
  if (check->table != NULL)
    return g_strdup (check->table);
  return check->left != NULL ? g_strndup (check->left, strcspn (check->left, ".[ ")) : NULL;
}

static CcAnswerOutcome
outcome_of (const CcCheckResult *check)
{
  if (isnan (check->left_value) || isnan (check->right_value))
    return CC_ANSWER_NOT_COMPUTED;
  return check->holds ? CC_ANSWER_HOLDS : CC_ANSWER_FAILS;
}

static CcAnswerCheck *
make_check (CcAnswerBook *self, const CcCheckResult *from)
{
  CcAnswerCheck *check = g_new0 (CcAnswerCheck, 1);

  check->id = from->id;
  check->outcome = outcome_of (from);
  check->severity = from->severity;
  check->table = table_of (from);
  check->rule = from->rule != NULL ? from->rule : "";
  return check;
}

static CcAnswerCheck *
make_finding (CcAnswerBook *self, guint index, const char *language)
{
  CcTexts             *texts = self->content->texts;
  const CcCheckResult *from = self->content->checks->pdata[index];
  CcAnswerCheck       *check;
  g_autofree char     *when = NULL;
  guint                n = 1;

  if (cc_report_check_is_grouped (from))
    when = cc_report_check_periods (self->content, index, language, &n);
  else
    when = cc_report_check_period (self->content, from, language);
  if (when == NULL)
    return NULL;
  check = make_check (self, from);
  check->when = g_steal_pointer (&when);
  check->period = n == 1 ? g_strdup (from->period) : NULL;
  if (n > 1)
    {
      g_autofree char *key = g_strconcat ("report.checks.", from->id, NULL);

      check->text = g_strdup (cc_texts_get (texts, key, language));
    }
  else
    check->text = cc_check_result_format (from, texts, language);
  check->advises = from->definition != NULL && *from->definition->text != '\0';
  return check;
}

/* Rules that hold say so once, however many periods they were looked at for. */
static CcAnswerCheck *
make_holding (CcAnswerBook *self, const CcCheckResult *from, GHashTable *seen, const char *language)
{
  CcTexts         *texts = self->content->texts;
  g_autofree char *key = g_strdup_printf ("report.checks.holds.%s", from->id);
  CcAnswerCheck   *check;

  if (!g_hash_table_add (seen, g_strdup_printf ("%s\n%s\n%s", from->id,
                                                from->table != NULL ? from->table : "",
                                                from->rule != NULL ? from->rule : "")))
    return NULL;
  check = make_check (self, from);
  check->when = g_strdup (cc_texts_get (texts, "report.checks.every", language));
  check->text = g_strdup (
      cc_texts_get (texts, cc_texts_has (texts, key) ? key : "report.checks.holds", language));
  return check;
}

static CcAnswerCheck *
make_missing (CcAnswerBook *self, const CcCheckDefinition *definition, const char *language)
{
  CcAnswerCheck *check = g_new0 (CcAnswerCheck, 1);

  check->id = definition->id;
  check->outcome = CC_ANSWER_NOT_COMPUTED;
  check->severity = definition->severity;
  check->rule = definition->rule;
  check->when = g_strdup (cc_texts_get (self->content->texts, "report.checks.every", language));
  check->text = g_strdup ("");
  return check;
}

static gboolean
was_looked_at (CcAnswerBook *self, const char *id)
{
  for (guint i = 0; i < self->content->checks->len; i++)
    if (strcmp (((CcCheckResult *) self->content->checks->pdata[i])->id, id) == 0)
      return TRUE;
  return FALSE;
}

static int
rank_of (const CcAnswerCheck *check)
{
  if (check->outcome == CC_ANSWER_FAILS)
    return (int) check->severity;
  return check->outcome == CC_ANSWER_NOT_COMPUTED ? CC_SEVERITY_NOTE + 1 : CC_SEVERITY_NOTE + 2;
}

static void
take_ranked (GPtrArray *from, GPtrArray *to)
{
  for (int rank = 0; rank <= CC_SEVERITY_NOTE + 2; rank++)
    for (guint i = 0; i < from->len; i++)
      if (rank_of (from->pdata[i]) == rank)
        g_ptr_array_add (to, from->pdata[i]);
}

GPtrArray *
cc_answer_book_list_checks (CcAnswerBook *self, const char *language)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray       *checks = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_answer_check_free);
  CcQuestionnaire *questionnaire = self->content->questionnaire;

  for (guint i = 0; i < self->content->checks->len; i++)
    {
      const CcCheckResult *from = self->content->checks->pdata[i];
      CcAnswerCheck       *check = from->holds ? make_holding (self, from, seen, language)
                                               : make_finding (self, i, language);

      if (check != NULL)
        g_ptr_array_add (all, check);
    }
  for (guint i = 0; i < cc_questionnaire_get_n_checks (questionnaire); i++)
    {
      const CcCheckDefinition *definition = cc_questionnaire_get_check (questionnaire, i);

      if (!was_looked_at (self, definition->id))
        g_ptr_array_add (all, make_missing (self, definition, language));
    }
  take_ranked (all, checks);
  return checks;
}
