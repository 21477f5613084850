/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-record.h>

#include <cc/base/cc-secret.h>

#include <string.h>

/**
 * cc_value_new:
 * @variable: what the value is of
 *
 * Returns: (transfer full): a value that says nothing yet
 */
CcValue *
cc_value_new (const CcVariable *variable)
{
  CcValue *self;

  g_return_val_if_fail (variable != NULL, NULL);

  self = g_new0 (CcValue, 1);
  self->variable = variable;
  self->date = CC_INTERVAL_UNKNOWN;
  self->age_min = -1;
  self->age_max = -1;
  self->age_day = CC_DAY_NONE;
  self->complete = -1;
  if (variable->type == CC_VARIABLE_MULTI)
    self->codes = g_ptr_array_new ();
  return self;
}

/**
 * cc_value_copy:
 *
 * Returns: (transfer full): a copy
 */
CcValue *
cc_value_copy (const CcValue *self)
{
  CcValue *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->text = g_strdup (self->text);
  copy->codes = NULL;
  if (self->codes)
    {
      copy->codes = g_ptr_array_sized_new (self->codes->len);
      for (guint i = 0; i < self->codes->len; i++)
        g_ptr_array_add (copy->codes, self->codes->pdata[i]);
    }
  return copy;
}

/**
 * cc_value_free:
 */
void
cc_value_free (CcValue *self)
{
  if (!self)
    return;
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  /* It may be a name. */
  cc_secret_free_text (self->text);
  g_free (self);
}

static gboolean
same_codes (const CcValue *a, const CcValue *b)
{
  guint n_a = a->codes ? a->codes->len : 0;
  guint n_b = b->codes ? b->codes->len : 0;

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (a->codes->pdata[i] != b->codes->pdata[i])
      return FALSE;
  return TRUE;
}

/**
 * cc_value_equal:
 *
 * Returns: whether both say the same of the same variable, the text as given included
 */
gboolean
cc_value_equal (const CcValue *a, const CcValue *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->variable == b->variable && a->no_value == b->no_value && a->code == b->code
         && same_codes (a, b) && a->complete == b->complete && a->date.first == b->date.first
         && a->date.last == b->date.last && a->age_min == b->age_min && a->age_max == b->age_max
         && a->age_day == b->age_day && a->number == b->number && g_strcmp0 (a->text, b->text) == 0;
}

static void
free_value (gpointer data)
{
  cc_value_free (data);
}

/**
 * cc_record_new:
 * @unit: the unit or link it is a statement about
 *
 * Returns: (transfer full): an empty record without UUID
 */
CcRecord *
cc_record_new (const CcUnit *unit)
{
  CcRecord *self;

  g_return_val_if_fail (unit != NULL, NULL);

  self = g_new0 (CcRecord, 1);
  self->unit = unit;
  self->values = g_ptr_array_new_with_free_func (free_value);
  return self;
}

/**
 * cc_record_free:
 */
void
cc_record_free (CcRecord *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * cc_record_copy:
 *
 * Returns: (transfer full): the same statement again, with its UUID, id and parents
 */
CcRecord *
cc_record_copy (CcRecord *self)
{
  CcRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = cc_record_new (self->unit);
  memcpy (copy->uuid, self->uuid, sizeof copy->uuid);
  memcpy (copy->parents, self->parents, sizeof copy->parents);
  copy->id = self->id;
  for (guint i = 0; i < self->values->len; i++)
    g_ptr_array_add (copy->values, cc_value_copy (self->values->pdata[i]));
  return copy;
}

/* The nth value of a variable; identifiers may have several. */
static CcValue *
find_nth (CcRecord *self, const CcVariable *variable, guint n)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      CcValue *value = self->values->pdata[i];

      if (value->variable == variable && n-- == 0)
        return value;
    }
  return NULL;
}

/**
 * cc_record_equal:
 *
 * Returns: whether both state the same of the same parents, in whatever order
 */
gboolean
cc_record_equal (CcRecord *a, CcRecord *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->unit != b->unit || a->parents[0] != b->parents[0] || a->parents[1] != b->parents[1]
      || a->values->len != b->values->len)
    return FALSE;
  for (guint i = 0; i < a->values->len; i++)
    {
      const CcVariable *variable = ((CcValue *) a->values->pdata[i])->variable;
      guint             n = 0;
      CcValue          *other;

      for (guint j = 0; j < i; j++)
        n += ((CcValue *) a->values->pdata[j])->variable == variable;
      other = find_nth (b, variable, n);
      if (!other || !cc_value_equal (a->values->pdata[i], other))
        return FALSE;
    }
  return TRUE;
}

/**
 * cc_record_remove:
 *
 * Takes away all values of a variable.
 */
void
cc_record_remove (CcRecord *self, const char *variable_id)
{
  g_return_if_fail (self != NULL && variable_id != NULL);

  for (guint i = self->values->len; i > 0; i--)
    if (g_str_equal (((CcValue *) self->values->pdata[i - 1])->variable->id, variable_id))
      g_ptr_array_remove_index (self->values, i - 1);
}

/**
 * cc_record_find:
 * @variable_id: such as "VI03"
 *
 * Returns: (transfer none) (nullable): the first value of that variable
 */
CcValue *
cc_record_find (CcRecord *self, const char *variable_id)
{
  g_return_val_if_fail (self != NULL && variable_id != NULL, NULL);

  for (guint i = 0; i < self->values->len; i++)
    {
      CcValue *value = self->values->pdata[i];

      if (g_str_equal (value->variable->id, variable_id))
        return value;
    }
  return NULL;
}

/**
 * cc_record_add:
 *
 * Returns: (transfer none): a new value of @variable in the record
 */
CcValue *
cc_record_add (CcRecord *self, const CcVariable *variable)
{
  CcValue *value;

  g_return_val_if_fail (self != NULL && variable != NULL, NULL);

  value = cc_value_new (variable);
  g_ptr_array_add (self->values, value);
  return value;
}

/**
 * cc_record_take:
 * @value: (transfer full): becomes part of the record
 */
void
cc_record_take (CcRecord *self, CcValue *value)
{
  g_return_if_fail (self != NULL && value != NULL);

  g_ptr_array_add (self->values, value);
}

/**
 * cc_record_is_empty:
 *
 * Returns: whether no value says anything, kinds of no value apart
 */
gboolean
cc_record_is_empty (CcRecord *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < self->values->len; i++)
    {
      CcValue *value = self->values->pdata[i];

      if (value->no_value == CC_NO_VALUE_NONE)
        return FALSE;
    }
  return TRUE;
}
