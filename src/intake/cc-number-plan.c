/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-number-plan.h>

#include <string.h>

#include "cc-cell-read-private.h"

/* More texts than this are no numbers that somebody marked, but a column taken for another. */
#define MOST_TEXTS 40

void
cc_number_question_free (CcNumberQuestion *self)
{
  if (!self)
    return;
  g_free (self->text);
  g_free (self);
}

/**
 * cc_number_question_look:
 *
 * Sets what is decided anew from the map.
 */
void
cc_number_question_look (CcNumberQuestion *self, CcMap *map)
{
  g_return_if_fail (self != NULL && map != NULL);

  self->meaning = -1;
  self->no_value = CC_NO_VALUE_NONE;
  self->mark = self->sign ? cc_map_get_number_mark (map, self->sign) : CC_NUMBER_MARK_UNKNOWN;
  self->decided = self->sign ? self->mark != CC_NUMBER_MARK_UNKNOWN
                             : cc_map_get_number (map, self->text, &self->meaning, &self->no_value);
}

static CcNumberQuestion *
find_question (GPtrArray *list, char sign, const char *text)
{
  for (guint i = 0; i < list->len; i++)
    {
      CcNumberQuestion *question = list->pdata[i];

      if (question->sign == sign && (sign || g_str_equal (question->text, text)))
        return question;
    }
  return NULL;
}

static void
add_question (GPtrArray          *list,
              CcMap              *map,
              char                sign,
              const CcDistinct   *value,
              const CcNumberText *read)
{
  CcNumberQuestion *question = find_question (list, sign, value->text);

  if (question)
    {
      question->count += value->count;
      return;
    }
  question = g_new0 (CcNumberQuestion, 1);
  question->sign = sign;
  question->text = g_strdup (value->text);
  question->count = value->count;
  question->number = sign ? read->number : -1;
  question->min = read->min;
  question->max = read->max;
  cc_number_question_look (question, map);
  g_ptr_array_add (list, question);
}

static void
look_at_value (GPtrArray *list, CcPack *pack, CcMap *map, const CcDistinct *value)
{
  CcNumberText read = { -1, -1, -1, FALSE };
  CcNoValue    no_value;
  gint64       number;

  if (cc_map_get_number (map, value->text, &number, &no_value))
    {
      cc_number_text_read (pack, value->text, CC_NUMBER_MARK_UNKNOWN, CC_NUMBER_MARK_UNKNOWN,
                           &read);
      add_question (list, map, '\0', value, &read);
      return;
    }
  if (cc_word_no_value (pack, value->text) != CC_NO_VALUE_NONE)
    return;
  switch (cc_number_text_read (pack, value->text, CC_NUMBER_MARK_UNKNOWN, CC_NUMBER_MARK_UNKNOWN,
                               &read))
    {
    case CC_NUMBER_READ_OK:
    case CC_NUMBER_READ_BLANK:
      return;
    case CC_NUMBER_READ_MARK:
      add_question (list, map, strchr (value->text, '.') ? '.' : ',', value, &read);
      return;
    case CC_NUMBER_READ_BOUND:
    case CC_NUMBER_READ_FRACTION:
    case CC_NUMBER_READ_UNREADABLE:
    default:
      add_question (list, map, '\0', value, &read);
    }
}

static gboolean
feeds_number (const CcColumnPlan *plan)
{
  for (guint i = 0; i < plan->targets->len; i++)
    {
      const CcTarget *target = plan->targets->pdata[i];

      if (target->part == CC_TARGET_VALUE && target->variable->type == CC_VARIABLE_INT
          && !g_str_has_suffix (target->variable->name, "_months"))
        return TRUE;
    }
  return FALSE;
}

static int
compare_questions (gconstpointer a, gconstpointer b)
{
  const CcNumberQuestion *x = *(CcNumberQuestion *const *) a;
  const CcNumberQuestion *y = *(CcNumberQuestion *const *) b;

  if (!x->decided != !y->decided)
    return x->decided ? 1 : -1;
  if (!x->sign != !y->sign)
    return x->sign ? -1 : 1;
  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp (x->text, y->text);
}

static void
look_at_table (GPtrArray *list, CcPack *pack, CcMap *map, const CcInspectTable *table)
{
  g_autoptr (GPtrArray) plans = cc_map_plan_columns (map, pack, table);

  for (guint c = 0; c < plans->len; c++)
    {
      const CcInspectColumn *column = table->columns->pdata[c];
      const guint            n = list->len;

      for (guint i = 0; feeds_number (plans->pdata[c]) && i < column->values->len; i++)
        look_at_value (list, pack, map, column->values->pdata[i]);
      if (list->len > n + MOST_TEXTS)
        g_ptr_array_set_size (list, n);
    }
}

/**
 * cc_number_plan_list:
 * @map: a map of cc_map_suggest () for the inspection
 *
 * Returns: (transfer full) (element-type CcNumberQuestion): what the numbers of the tables that are
 * imported leave open, or what was decided of them; empty where all can be read
 */
GPtrArray *
cc_number_plan_list (CcPack *pack, CcMap *map, CcInspection *inspection)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_number_question_free);

  g_return_val_if_fail (pack && map && inspection, list);

  for (guint t = 0; t < inspection->tables->len; t++)
    {
      const CcInspectTable *table = inspection->tables->pdata[t];

      if (!cc_map_is_skipped (map, table->name) && !cc_map_is_aggregate (map, table))
        look_at_table (list, pack, map, table);
    }
  g_ptr_array_sort (list, compare_questions);
  return list;
}
