/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One answer for one word: what a text of an agency means in one column it means in every other
 * column of the same code list, unless somebody says otherwise there. */
#include <cc/intake/cc-value-plan.h>

#include <string.h>

#include "cc-map-private.h"

static gboolean
is_open (const CcPlannedValue *value)
{
  return value->state == CC_VALUE_ASK || value->state == CC_VALUE_OPEN;
}

static gboolean
same_list (const CcVariable *a, const CcVariable *b)
{
  return a == b || g_str_equal (a->list, b->list);
}

/* "It stays a text" says nothing of what the word means elsewhere, and several codes together need
 * a variable that takes several. */
static gboolean
holds_for (const char *codes, const CcVariable *variable)
{
  return codes && !g_str_equal (codes, "_X")
         && (variable->type == CC_VARIABLE_MULTI || !strpbrk (codes, ";,"));
}

typedef struct
{
  GPtrArray        *plans;
  CcPack           *pack;
  CcMap            *map;
  const CcVariable *variable; /* that was answered */
  const char       *codes;
  const char       *own_country;
} Answer;

/* Whether the answer for the most frequent spelling is one for this value, too. */
static gboolean
follows_spelling (const CcPlannedValue *value)
{
  return is_open (value) || value->as_spelling;
}

/* One text, in all columns that the answer holds for. */
static void
decide_text (const Answer *answer, const char *text, gboolean as_spelling)
{
  for (guint i = 0; i < answer->plans->len; i++)
    {
      CcValuePlan   *plan = answer->plans->pdata[i];
      const gboolean own = plan->variable == answer->variable;

      if (!same_list (plan->variable, answer->variable)
          || (!own && !holds_for (answer->codes, plan->variable)))
        continue;
      for (guint j = 0; j < plan->values->len; j++)
        {
          CcPlannedValue *same = plan->values->pdata[j];

          if (!cc_map_is_same_text (same->text, text)
              || (own && as_spelling && !follows_spelling (same))
              || (!own && !is_open (same) && same->like != answer->variable))
            continue;
          cc_value_plan_decide (plan, answer->pack, answer->map, same, answer->codes,
                                answer->own_country);
          same->like = own ? NULL : answer->variable;
          same->as_spelling = own && as_spelling && answer->codes;
        }
    }
}

/* The other spellings of a text that the answer holds for as well: char*. */
static GPtrArray *
list_spellings (const Answer *answer, const char *text)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < answer->plans->len; i++)
    {
      const CcValuePlan *plan = answer->plans->pdata[i];

      for (guint j = 0; plan->variable == answer->variable && j < plan->values->len; j++)
        {
          const CcPlannedValue *value = plan->values->pdata[j];

          if (g_strcmp0 (value->spelling_of, text) == 0 && follows_spelling (value)
              && !cc_map_is_same_text (value->text, text))
            g_ptr_array_add (texts, g_strdup (value->text));
        }
    }
  return texts;
}

static void
count_down (const Answer *answer, const char *text)
{
  for (guint i = 0; i < answer->plans->len; i++)
    {
      const CcValuePlan *plan = answer->plans->pdata[i];

      for (guint j = 0; plan->variable == answer->variable && j < plan->values->len; j++)
        {
          CcPlannedValue *value = plan->values->pdata[j];

          if (value->n_spellings > 0 && g_str_equal (value->text, text))
            value->n_spellings--;
        }
    }
}

/* What is answered by itself is no spelling of another text any more. */
static void
part_from_spellings (const Answer *answer, const char *text)
{
  g_autofree char *leader = NULL;

  for (guint i = 0; i < answer->plans->len; i++)
    {
      const CcValuePlan *plan = answer->plans->pdata[i];

      for (guint j = 0; plan->variable == answer->variable && j < plan->values->len; j++)
        {
          CcPlannedValue *value = plan->values->pdata[j];

          if (!value->spelling_of || !g_str_equal (value->text, text))
            continue;
          g_free (leader);
          leader = g_steal_pointer (&value->spelling_of);
          value->as_spelling = FALSE;
        }
    }
  if (leader)
    count_down (answer, leader);
}

/**
 * cc_value_plans_decide:
 * @plans: (element-type CcValuePlan): all of the delivery
 * @plan: the one that was answered
 * @value: the value of it that was answered
 * @codes: as cc_value_plan_decide () takes them
 *
 * Decides a value, and the same text in other columns: always in those of the same variable, and in
 * those of the same code list where it is still open or followed this one. An answer for the most
 * frequent of several spellings is one for the others that nobody answered by themselves.
 */
void
cc_value_plans_decide (GPtrArray      *plans,
                       CcPack         *pack,
                       CcMap          *map,
                       CcValuePlan    *plan,
                       CcPlannedValue *value,
                       const char     *codes,
                       const char     *own_country)
{
  const Answer     answer = { plans, pack, map, plan ? plan->variable : NULL, codes, own_country };
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) spellings = NULL;

  g_return_if_fail (plans && pack && map && plan && value);

  text = g_strdup (value->text);
  part_from_spellings (&answer, text);
  spellings = list_spellings (&answer, text);
  decide_text (&answer, text, FALSE);
  for (guint i = 0; i < spellings->len; i++)
    decide_text (&answer, spellings->pdata[i], TRUE);
}

/* What the map says of the text for other variables of the list, where they agree. */
static const char *
find_answer (CcPack            *pack,
             CcMap             *map,
             const CcVariable  *variable,
             const char        *text,
             const CcVariable **like)
{
  const char *answer = NULL;

  for (guint i = 0; i < map->values->len; i++)
    {
      const CcMapValues *values = map->values->pdata[i];
      const CcVariable  *other = cc_map_find_value_variable (pack, values->variable);
      const char        *codes = cc_map_values_get (values, text);

      if (!other || other == variable || !same_list (other, variable)
          || !holds_for (codes, variable))
        continue;
      if (answer && !g_str_equal (answer, codes))
        return NULL;
      answer = codes;
      *like = other;
    }
  return answer;
}

/**
 * cc_value_plans_follow:
 * @plans: (element-type CcValuePlan): all of the delivery
 *
 * Answers what is open as the map answers the same text for other variables of its code list: what
 * was asked in an earlier column or delivery is not asked again. Where those answers differ, and of
 * texts that nobody has explained yet, the question stays.
 *
 * Returns: how many values were answered
 */
guint
cc_value_plans_follow (GPtrArray *plans, CcPack *pack, CcMap *map, const char *own_country)
{
  guint n = 0;

  g_return_val_if_fail (plans && pack && map, 0);

  for (guint i = 0; i < plans->len; i++)
    {
      CcValuePlan *plan = plans->pdata[i];

      for (guint j = 0; plan->n_open > 0 && j < plan->values->len; j++)
        {
          CcPlannedValue   *value = plan->values->pdata[j];
          const CcVariable *like = NULL;
          g_autofree char  *codes =
              is_open (value)
                   ? g_strdup (find_answer (pack, map, plan->variable, value->text, &like))
                   : NULL;

          if (!codes)
            continue;
          cc_value_plan_decide (plan, pack, map, value, codes, own_country);
          value->like = like;
          n++;
        }
    }
  return n;
}
