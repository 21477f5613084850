/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a header says, held against the values below it. */
#include "cc-suggest-private.h"

#include <cc/intake/cc-code-text.h>
#include <cc/intake/cc-map.h>
#include <cc/model/cc-words.h>

#include "cc-header-private.h"

/* Different values looked at, those first that most cells hold. */
#define MAX_VALUES 40
/* So few cells prove nothing. */
#define MIN_CELLS 3

#define MISFIT  "intake.reason.misfit"
#define NO_LIST "intake.reason.no-list"

/* Whether the text is a word of the list, or spelled nearly like one: typing errors are asked about
 * one by one, and say nothing against the column. */
static gboolean
is_of_list (CcPack *pack, const char *list, CcSexReader *sex, const char *text)
{
  g_autoptr (GPtrArray) near = NULL;
  CcSexText  sex_text = { NULL };
  CcCodeText code;

  if (sex ? cc_sex_reader_read (sex, text, &sex_text) != CC_CODE_READ_UNMAPPED
                || sex_text.n_persons > 1
          : cc_code_text_read (pack, list, text, NULL, &code) != CC_CODE_READ_UNMAPPED)
    return TRUE;
  near = cc_pack_match_value_near (pack, list, text);
  return near->len > 0;
}

/* A cell that is a list is of the list where any part of it is. */
static gboolean
fits (CcPack *pack, const CcVariable *variable, CcSexReader *sex, const char *text)
{
  g_auto (GStrv) parts = NULL;

  if (cc_word_is_ditto (pack, text) || is_of_list (pack, variable->list, sex, text))
    return TRUE;
  if (variable->type != CC_VARIABLE_MULTI || cc_pack_match_token (pack, "none", text))
    return variable->type == CC_VARIABLE_MULTI;
  parts = cc_code_text_split (pack, variable->list, text);
  for (guint i = 0; parts[i]; i++)
    if (is_of_list (pack, variable->list, NULL, parts[i]))
      return TRUE;
  return FALSE;
}

static CcSexReader *
prepare_sex (CcPack *pack, const CcInspectColumn *column, const CcVariable *variable)
{
  CcSexReader *sex;

  if (!g_str_equal (variable->list, "SEX"))
    return NULL;
  sex = cc_sex_reader_new (pack);
  for (guint i = 0; i < column->values->len; i++)
    cc_sex_reader_add (sex, ((CcDistinct *) column->values->pdata[i])->text);
  cc_sex_reader_decide (sex, column->header);
  return sex;
}

/**
 * cc_suggest_fits:
 * @variable: a coded one
 *
 * Returns: whether at least half of the cells are words of the variable's list, or nearly so; TRUE
 *   where there are too few to say
 */
gboolean
cc_suggest_fits (CcPack *pack, const CcInspectColumn *column, const CcVariable *variable)
{
  CcSexReader *sex = prepare_sex (pack, column, variable);
  guint        n = 0, n_fit = 0;

  for (guint i = 0; i < MIN (column->values->len, MAX_VALUES); i++)
    {
      const CcDistinct *distinct = column->values->pdata[i];

      n += distinct->count;
      n_fit += fits (pack, variable, sex, distinct->text) ? distinct->count : 0;
    }
  cc_sex_reader_free (sex);
  return n < MIN_CELLS || n_fit * 2 >= n;
}

static gboolean
is_empty_list (CcPack *pack, const char *list)
{
  GPtrArray *codes = cc_pack_get_list_codes (pack, list);

  return !codes || codes->len == 0;
}

/**
 * cc_suggest_check_fit:
 * @unit: whose rows the table holds
 *
 * Notes with each column that is taken for a coded variable by its header where its values speak
 * against it, or where nobody has filled the list yet and nothing can be compared. The suggestion
 * stays, so that the values can be explained one by one; who maps is asked.
 */
void
cc_suggest_check_fit (CcInspectTable *table, CcPack *pack, const char *unit)
{
  for (guint i = 0; i < table->columns->len && !table->aggregate; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];
      const char      *reason = NULL;
      g_autoptr (CcTarget) target = NULL;

      if (column->score < CC_HEADER_ENOUGH || column->n_filled == 0
          || !(target = cc_target_parse (pack, unit, column->suggestion)))
        continue;
      if (*target->variable->list == '\0'
          || (target->part != CC_TARGET_VALUE && target->part != CC_TARGET_PLACE))
        continue;
      if (is_empty_list (pack, target->variable->list))
        reason = NO_LIST;
      else if (!cc_suggest_fits (pack, column, target->variable))
        reason = MISFIT;
      if (!reason)
        continue;
      g_free (column->reason);
      column->reason = g_strdup (reason);
    }
}

/**
 * cc_column_plan_is_doubtful:
 *
 * Returns: whether the column's values speak against what its header says, and nobody has said yet
 *   that it is so
 */
gboolean
cc_column_plan_is_doubtful (const CcColumnPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_strcmp0 (self->reason, MISFIT) == 0;
}

/**
 * cc_column_plan_has_no_list:
 *
 * Returns: whether the column feeds a list that nobody has filled yet: its texts wait
 */
gboolean
cc_column_plan_has_no_list (const CcColumnPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_strcmp0 (self->reason, NO_LIST) == 0;
}
