/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-program-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* A test with its names looked up. */
typedef struct
{
  const CcField *field;
  CcOperator     op;
  gboolean       never;     /* a parameter without a value */
  gboolean       unknown;   /* "unknown" is among the values */
  gboolean       single;    /* only one of several countries counts */
  int            own_place; /* of the reporting country */
  guint8        *codes;     /* CODE: per code of the pack; MASK, LIST: per place of the list */
  guint64        mask;      /* MASK */
  guint          n_groups;  /* MIXES */
  guint8        *groups;    /* MIXES: per place, bits of the groups it falls into */
  gint64         low;       /* INT, DATE: bounds of the value, see test_number () */
  gint64         high;
  CcInterval     date;
  CcInterval     date_high; /* RANGE: its upper value */
  char          *text;
} Test;

struct _CcProgram
{
  CcNodeType type;
  CcProgram *left;
  CcProgram *right;
  Test      *test;
};

/* Frees a program. */
void
cc_program_free (CcProgram *self)
{
  if (!self)
    return;
  cc_program_free (self->left);
  cc_program_free (self->right);
  if (self->test)
    {
      g_free (self->test->codes);
      g_free (self->test->groups);
      g_free (self->test->text);
      g_free (self->test);
    }
  g_free (self);
}

static gboolean
wrong_value (const CcCompileContext *context,
             const CcField          *field,
             const char             *value,
             GError                **error)
{
  const char *nearest = field->codes
                            ? cc_codes_nearest (context->fields, field,
                                                cc_field_get_scheme (field, context->rollup), value)
                            : NULL;

  if (nearest)
    g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                 "“%s” is no value of the field “%s”; the nearest is “%s”", value, field->name,
                 nearest);
  else
    g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA, "“%s” is no value of the field “%s”",
                 value, field->name);
  return FALSE;
}

/* Replaces parameters by what they stand for. A parameter may be a list: "identified, presumed". */
static GPtrArray *
expand (const CcCompileContext *context, GPtrArray *values, gboolean *never, GError **error)
{
  g_autoptr (GPtrArray) expanded = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < values->len; i++)
    {
      const char *written = values->pdata[i];
      const char *value = NULL;
      g_auto (GStrv) parts = NULL;

      if (written[0] != '$')
        {
          g_ptr_array_add (expanded, g_strdup (written));
          continue;
        }
      if (!context->parameter || !context->parameter (context->parameter_data, written + 1, &value))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "there is no parameter “%s”; parameters stand in params= of [questionnaire]",
                       written);
          return NULL;
        }
      if (!value || !*value)
        {
          *never = TRUE;
          continue;
        }
      parts = g_strsplit (value, ",", -1);
      for (guint j = 0; parts[j]; j++)
        if (*g_strstrip (parts[j]))
          g_ptr_array_add (expanded, g_strdup (parts[j]));
    }
  return g_steal_pointer (&expanded);
}

static gboolean
compile_codes (const CcCompileContext *context, Test *test, GPtrArray *values, GError **error)
{
  const CcField     *field = test->field;
  const char        *scheme = cc_field_get_scheme (field, context->rollup);
  g_autofree guint8 *places = g_new0 (guint8, field->codes->len + 1);
  gboolean           under = test->op != CC_OP_HAS;

  if (test->op != CC_OP_EQUAL && test->op != CC_OP_NOT_EQUAL && test->op != CC_OP_IN
      && test->op != CC_OP_HAS && test->op != CC_OP_UNDER)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "the field “%s” holds codes: they are tested with =, !=, in, has, under or "
                   "mixes, not by size",
                   field->name);
      return FALSE;
    }
  for (guint i = 0; i < values->len; i++)
    if (!cc_codes_resolve (context->fields, field, scheme, values->pdata[i], under, places,
                           &test->unknown))
      return wrong_value (context, field, values->pdata[i], error);
  if (field->type == CC_VALUE_CODE)
    {
      test->codes = g_new0 (guint8, cc_pack_get_n_codes (context->fields->pack) + 1);
      for (guint i = 0; i < field->codes->len; i++)
        test->codes[((const CcCode *) field->codes->pdata[i])->index] = places[i];
    }
  else
    {
      for (guint i = 0; i < field->codes->len && i < CC_MASK_BITS; i++)
        if (places[i])
          test->mask |= G_GUINT64_CONSTANT (1) << i;
      test->codes = g_steal_pointer (&places);
    }
  return TRUE;
}

/* mixes: each value is a group of its own, "*" is all that falls into none of them. */
static gboolean
compile_mixes (const CcCompileContext *context, Test *test, GPtrArray *values, GError **error)
{
  const CcField     *field = test->field;
  const char        *scheme = cc_field_get_scheme (field, context->rollup);
  g_autofree guint8 *places = g_new0 (guint8, field->codes->len + 1);
  int                rest = -1;

  if (field->type == CC_VALUE_CODE || values->len > 8)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   field->type == CC_VALUE_CODE
                       ? "the field “%s” holds one value, so it cannot mix several"
                       : "“mixes” on the field “%s” names more than eight groups",
                   field->name);
      return FALSE;
    }
  test->groups = g_new0 (guint8, field->codes->len + 1);
  test->n_groups = values->len;
  for (guint i = 0; i < values->len; i++)
    {
      if (g_str_equal (values->pdata[i], "*"))
        {
          rest = (int) i;
          continue;
        }
      memset (places, 0, field->codes->len + 1);
      if (!cc_codes_resolve (context->fields, field, scheme, values->pdata[i], TRUE, places,
                             &test->unknown))
        return wrong_value (context, field, values->pdata[i], error);
      for (guint j = 0; j < field->codes->len; j++)
        if (places[j])
          test->groups[j] |= (guint8) (1u << i);
    }
  for (guint j = 0; rest >= 0 && j < field->codes->len; j++)
    if (!test->groups[j])
      test->groups[j] = (guint8) (1u << rest);
  return TRUE;
}

static gboolean
read_number (const char *text, gint64 *number)
{
  char *end;

  *number = g_ascii_strtoll (text, &end, 10);
  return *text && !*end;
}

/* Numbers become a closed range; != keeps its value in low. */
static gboolean
compile_numbers (const CcCompileContext *context, Test *test, GPtrArray *values, GError **error)
{
  gint64 number[2] = { 0, 0 };

  for (guint i = 0; i < values->len; i++)
    if (!read_number (values->pdata[i], &number[MIN (i, 1)]))
      return wrong_value (context, test->field, values->pdata[i], error);
  test->low = G_MININT64;
  test->high = G_MAXINT64;
  switch (test->op)
    {
    case CC_OP_EQUAL:
    case CC_OP_NOT_EQUAL:
      test->low = test->high = number[0];
      return TRUE;
    case CC_OP_LESS:
      test->high = number[0] > G_MININT64 ? number[0] - 1 : number[0];
      return TRUE;
    case CC_OP_LESS_EQUAL:
      test->high = number[0];
      return TRUE;
    case CC_OP_GREATER:
      test->low = number[0] < G_MAXINT64 ? number[0] + 1 : number[0];
      return TRUE;
    case CC_OP_GREATER_EQUAL:
      test->low = number[0];
      return TRUE;
    case CC_OP_RANGE:
      test->low = number[0];
      test->high = number[1];
      return TRUE;
    case CC_OP_IN:
      if (values->len == 1)
        {
          test->low = test->high = number[0];
          return TRUE;
        }
      break;
    default:
      break;
    }
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "the field “%s” holds a number: it is tested with =, !=, <, <=, >, >= or in A..B",
               test->field->name);
  return FALSE;
}

static gboolean
compile_dates (const CcCompileContext *context, Test *test, GPtrArray *values, GError **error)
{
  if (test->op > CC_OP_RANGE)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "the field “%s” holds a date: it is tested with =, !=, <, <=, >, >= or in A..B",
                   test->field->name);
      return FALSE;
    }
  for (guint i = 0; i < values->len; i++)
    if (!cc_interval_from_iso (values->pdata[i], i ? &test->date_high : &test->date))
      return wrong_value (context, test->field, values->pdata[i], error);
  return TRUE;
}

static gboolean
compile_text (Test *test, GPtrArray *values, GError **error)
{
  if ((test->op != CC_OP_EQUAL && test->op != CC_OP_NOT_EQUAL && test->op != CC_OP_HAS)
      || values->len != 1)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "the field “%s” holds a text: it is tested with =, != or has",
                   test->field->name);
      return FALSE;
    }
  test->text = g_strdup (values->pdata[0]);
  return TRUE;
}

static gboolean
compile_values (const CcCompileContext *context, Test *test, GPtrArray *written, GError **error)
{
  g_autoptr (GPtrArray) values = NULL;

  if (test->op == CC_OP_KNOWN || test->op == CC_OP_UNKNOWN)
    return TRUE;
  values = expand (context, written, &test->never, error);
  if (!values)
    return FALSE;
  if (test->never)
    return TRUE;
  if (test->op == CC_OP_MIXES && test->field->codes)
    return compile_mixes (context, test, values, error);
  switch (test->field->type)
    {
    case CC_VALUE_CODE:
    case CC_VALUE_MASK:
    case CC_VALUE_LIST:
      return compile_codes (context, test, values, error);
    case CC_VALUE_DATE:
      return compile_dates (context, test, values, error);
    case CC_VALUE_INT:
      return compile_numbers (context, test, values, error);
    case CC_VALUE_TEXT:
    default:
      return compile_text (test, values, error);
    }
}

static Test *
compile_test (const CcNode *node, const CcCompileContext *context, GError **error)
{
  const char    *name = node->field;
  const CcField *field;
  Test          *test;

  if (context->to_field && g_strcmp0 (name, context->from_field) == 0)
    name = context->to_field;
  field = cc_fields_find (context->fields, context->kind, name);
  if (!field)
    {
      const char *nearest = cc_fields_nearest (context->fields, 1u << context->kind, name);

      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   nearest ? "there is no field “%s” of the record “%s”; the nearest is “%s”"
                           : "there is no field “%s” of the record “%s”",
                   name, cc_kind_get_record (context->kind), nearest);
      return NULL;
    }
  test = g_new0 (Test, 1);
  test->field = field;
  test->op = node->op;
  test->single = context->single && field->type == CC_VALUE_LIST;
  test->own_place = test->single ? cc_field_find_place (field, context->country) : -1;
  return test;
}

/**
 * cc_program_compile:
 *
 * Looks up the names of a condition. Fields must be in the contract of the record kind, values must
 * mean something for their field.
 *
 * Returns: (transfer full): NULL with an error that names the word and the nearest known one
 */
CcProgram *
cc_program_compile (const CcNode *node, const CcCompileContext *context, GError **error)
{
  g_autoptr (CcProgram) self = g_new0 (CcProgram, 1);

  self->type = node->type;
  if (node->left && !(self->left = cc_program_compile (node->left, context, error)))
    return NULL;
  if (node->right && !(self->right = cc_program_compile (node->right, context, error)))
    return NULL;
  if (node->type == CC_NODE_TEST)
    {
      self->test = compile_test (node, context, error);
      if (!self->test || !compile_values (context, self->test, node->values, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
test_set (const Test *test, const CcFactValue *value)
{
  gboolean hit = FALSE;

  if (test->field->type == CC_VALUE_CODE)
    hit = test->codes[value->u.code];
  else if (test->field->type == CC_VALUE_MASK)
    hit = (value->u.mask & test->mask) != 0;
  else if (test->single)
    hit = test->codes[cc_value_single (value, test->own_place)];
  else
    for (guint i = 0; i < value->n && !hit; i++)
      hit = test->codes[value->u.list[i]];
  return test->op == CC_OP_NOT_EQUAL ? !hit : hit;
}

static gboolean
test_mixes (const Test *test, const CcFactValue *value)
{
  guint groups = 0;

  if (test->field->type == CC_VALUE_MASK)
    {
      for (guint64 rest = value->u.mask; rest; rest &= rest - 1)
        groups |= test->groups[__builtin_ctzll (rest)];
    }
  else
    for (guint i = 0; i < value->n; i++)
      groups |= test->groups[value->u.list[i]];
  return (groups & (groups - 1)) != 0;
}

/* Only what is certain holds: an interval that overlaps the asked day proves nothing. */
static gboolean
test_date (const Test *test, CcInterval value)
{
  switch (test->op)
    {
    case CC_OP_EQUAL:
      return value.first >= test->date.first && value.last <= test->date.last;
    case CC_OP_NOT_EQUAL:
      return value.last < test->date.first || value.first > test->date.last;
    case CC_OP_LESS:
      return value.last < test->date.first;
    case CC_OP_LESS_EQUAL:
      return value.last <= test->date.last;
    case CC_OP_GREATER:
      return value.first > test->date.last;
    case CC_OP_GREATER_EQUAL:
      return value.first >= test->date.first;
    case CC_OP_RANGE:
      return value.first >= test->date.first && value.last <= test->date_high.last;
    default:
      return FALSE;
    }
}

static gboolean
run_test (const Test *test, const CcScope *scope)
{
  const CcFactValue *value = cc_scope_get (scope, test->field);
  int                group = test->field->group;

  if (test->op == CC_OP_UNKNOWN)
    {
      if (scope->in_category && group != CC_GROUP_NONE && scope->row[group])
        return !(scope->known[group] & (G_GUINT64_CONSTANT (1) << test->field->slot));
      return value->n == 0;
    }
  if (value->n == 0)
    return test->unknown && test->op != CC_OP_NOT_EQUAL && test->op != CC_OP_MIXES;
  if (test->op == CC_OP_KNOWN)
    return TRUE;
  if (test->never)
    return FALSE;
  if (test->op == CC_OP_MIXES)
    return test_mixes (test, value);
  switch (test->field->type)
    {
    case CC_VALUE_DATE:
      return test_date (test, value->u.date);
    case CC_VALUE_INT:
      return (value->u.number >= test->low && value->u.number <= test->high)
             == (test->op != CC_OP_NOT_EQUAL);
    case CC_VALUE_TEXT:
      return (test->op == CC_OP_HAS ? strstr (value->u.text, test->text) != NULL
                                    : g_str_equal (value->u.text, test->text))
             == (test->op != CC_OP_NOT_EQUAL);
    case CC_VALUE_CODE:
    case CC_VALUE_MASK:
    case CC_VALUE_LIST:
    default:
      return test_set (test, value);
    }
}

/* Whether the condition holds. A test on an unknown value is false, except "is unknown". */
gboolean
cc_program_test (const CcProgram *self, const CcScope *scope)
{
  switch (self->type)
    {
    case CC_NODE_AND:
      return cc_program_test (self->left, scope) && cc_program_test (self->right, scope);
    case CC_NODE_OR:
      return cc_program_test (self->left, scope) || cc_program_test (self->right, scope);
    case CC_NODE_NOT:
      return !cc_program_test (self->left, scope);
    case CC_NODE_TEST:
      return run_test (self->test, scope);
    case CC_NODE_ANY:
    case CC_NODE_OTHERWISE:
    default:
      return TRUE;
    }
}

/* Whether the condition is the word "otherwise" alone. */
gboolean
cc_program_is_otherwise (const CcProgram *self)
{
  return self->type == CC_NODE_OTHERWISE;
}

/* Sets a byte for each field (by index) that the condition asks about. */
void
cc_program_note_fields (const CcProgram *self, guint8 *used)
{
  if (self->left)
    cc_program_note_fields (self->left, used);
  if (self->right)
    cc_program_note_fields (self->right, used);
  if (self->test)
    used[self->test->field->index] = 1;
}

/* How many tests name fields of a row group. */
guint
cc_program_count_tests (const CcProgram *self, int group)
{
  return (self->left ? cc_program_count_tests (self->left, group) : 0)
         + (self->right ? cc_program_count_tests (self->right, group) : 0)
         + (self->test && self->test->field->group == group ? 1 : 0);
}

/* Runs over the conditions that "and" joins at the top. */
void
cc_program_each_conjunct (const CcProgram *self, CcConjunctFunc func, gpointer data)
{
  if (self->type != CC_NODE_AND)
    {
      func (self, data);
      return;
    }
  cc_program_each_conjunct (self->left, func, data);
  cc_program_each_conjunct (self->right, func, data);
}

/**
 * cc_program_may_lend:
 * @scope: one of those that are merged
 *
 * Of those merged into a person for whom the condition holds, at least one gives TRUE here. A test
 * on a local field holds for the merged value only if it holds for one of the values that went into
 * it; "or" holds because one of its sides does; of an "and" within it the left side is enough for a
 * proof; nothing follows from "not", from ages, which move with the day, or from "mixes".
 */
gboolean
cc_program_may_lend (const CcProgram *self, const guint8 *local, const CcScope *scope)
{
  switch (self->type)
    {
    case CC_NODE_AND:
      return cc_program_may_lend (self->left, local, scope);
    case CC_NODE_OR:
      return cc_program_may_lend (self->left, local, scope)
             || cc_program_may_lend (self->right, local, scope);
    case CC_NODE_TEST:
      return !local[self->test->field->index] || self->test->op == CC_OP_MIXES
             || run_test (self->test, scope);
    default:
      return TRUE;
    }
}

/**
 * cc_program_is_sure:
 *
 * Whether the condition holds for each person that any of @scopes may be merged into, because it
 * holds for all of them and the merged value is one of theirs.
 */
gboolean
cc_program_is_sure (const CcProgram *self, const guint8 *local, const CcScope *scopes, guint n)
{
  switch (self->type)
    {
    case CC_NODE_AND:
      return cc_program_is_sure (self->left, local, scopes, n)
             && cc_program_is_sure (self->right, local, scopes, n);
    case CC_NODE_OR:
      return cc_program_is_sure (self->left, local, scopes, n)
             || cc_program_is_sure (self->right, local, scopes, n);
    case CC_NODE_TEST:
      if (!local[self->test->field->index] || self->test->op == CC_OP_MIXES)
        return FALSE;
      for (guint i = 0; i < n; i++)
        if (!run_test (self->test, &scopes[i]))
          return FALSE;
      return TRUE;
    case CC_NODE_ANY:
      return TRUE;
    default:
      return FALSE;
    }
}
