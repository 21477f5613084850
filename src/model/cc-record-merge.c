/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-record.h>

/* Several statements about the same thing as one: cells of a row, rows of a case, deliveries that
 * name the same case. */

/* Two statements of one age: where they agree, both hold; two different numbers are a range. */
static void
combine_ages (CcValue *a, const CcValue *b)
{
  int a_max = a->age_max < 0 ? G_MAXINT : a->age_max;
  int b_max = b->age_max < 0 ? G_MAXINT : b->age_max;
  int a_min = MAX (a->age_min, 0), b_min = MAX (b->age_min, 0);
  int min = MAX (a_min, b_min), max = MIN (a_max, b_max);

  if (min > max)
    {
      min = MIN (a_min, b_min);
      max = MAX (a_max, b_max);
    }
  a->age_min = min;
  a->age_max = max == G_MAXINT ? -1 : max;
}

static void
merge_value (CcValue *own, const CcValue *other)
{
  if (other->no_value != CC_NO_VALUE_NONE)
    return;
  switch (own->variable->type)
    {
    case CC_VARIABLE_MULTI:
      for (guint i = 0; i < other->codes->len; i++)
        if (!g_ptr_array_find (own->codes, other->codes->pdata[i], NULL))
          g_ptr_array_add (own->codes, other->codes->pdata[i]);
      own->complete = MAX (own->complete, other->complete);
      break;
    case CC_VARIABLE_AGE:
      combine_ages (own, other);
      break;
    default:
      break;
    }
}

/* Adds a copy of a value to a record: what is known wins over what is not, what came first over
 * what came later, lists are joined, and ages that differ become a range. */
void
cc_record_add_known (CcRecord *record, const CcValue *value)
{
  for (guint i = 0; i < record->values->len; i++)
    {
      CcValue *own = record->values->pdata[i];

      if (own->variable != value->variable)
        continue;
      if (value->variable->type == CC_VARIABLE_IDENTIFIER)
        {
          if (value->no_value != CC_NO_VALUE_NONE || g_strcmp0 (own->text, value->text) == 0)
            return;
          if (own->no_value == CC_NO_VALUE_NONE)
            continue;
        }
      if (own->no_value == CC_NO_VALUE_NONE)
        {
          if (value->variable->type == CC_VARIABLE_IDENTIFIER)
            continue;
          merge_value (own, value);
          return;
        }
      if (value->no_value == CC_NO_VALUE_NONE)
        {
          cc_value_free (own);
          record->values->pdata[i] = cc_value_copy (value);
        }
      return;
    }
  cc_record_take (record, cc_value_copy (value));
}

/* Adds what another statement about the same thing says and this one does not. */
void
cc_record_merge (CcRecord *self, CcRecord *other)
{
  for (guint i = 0; i < other->values->len; i++)
    cc_record_add_known (self, other->values->pdata[i]);
}
