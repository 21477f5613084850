/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/stats/cc-checks.h>

#include "cc-count-private.h"

#include <math.h>
#include <string.h>

/* A change against the year before that asks for an explanation. */
#define OUTLIER_SHARE   0.5
#define OUTLIER_PERSONS 10

void
cc_check_result_free (CcCheckResult *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->table);
  g_free (self->period);
  g_free (self->rule);
  g_free (self->left);
  g_free (self->right);
  cc_questionnaire_unref (self->questionnaire);
  g_free (self);
}

static const CcTableResult *
find_result (GPtrArray *results, const char *table)
{
  for (guint i = 0; i < results->len; i++)
    {
      const CcTableResult *result = results->pdata[i];

      if (g_str_equal (result->table->id, table))
        return result;
    }
  return NULL;
}

static gboolean
has_period (const CcTableResult *result)
{
  GPtrArray *const sides[] = { result->row_blocks, result->col_blocks };

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < sides[side]->len; i++)
      for (guint j = 0; j < ((GPtrArray *) sides[side]->pdata[i])->len; j++)
        if (((CcResultAxis *) ((GPtrArray *) sides[side]->pdata[i])->pdata[j])->period)
          return TRUE;
  return FALSE;
}

/* Whether the heading stands for everybody but for its period: no part names a category. */
static gboolean
is_whole (const CcHeading *heading)
{
  for (guint i = 0; heading->parts[i]; i++)
    if (!g_str_equal (heading->parts[i], CC_TOTAL))
      return FALSE;
  return TRUE;
}

static gboolean
is_total_part (const CcHeading *heading)
{
  for (guint i = 0; heading->parts[i]; i++)
    if (g_str_equal (heading->parts[i], CC_TOTAL))
      return TRUE;
  return FALSE;
}

/* The figures of one period of the first block: sum over the rows where the columns are whole (or
 * over all columns that are no total, where they have no total). */
static double
sum_rows (const CcTableResult *result, int period, const char *row_code)
{
  double sum = 0;

  for (guint row = 0; row < result->rows->len; row++)
    {
      const CcHeading *of_row = result->rows->pdata[row];

      if (of_row->block
          || (row_code ? !g_str_equal (of_row->code, row_code)
                       : of_row->parts[0] && is_total_part (of_row)))
        continue;
      for (guint col = 0; col < result->cols->len; col++)
        {
          const CcHeading *of_col = result->cols->pdata[col];
          int              own = MAX (of_row->period, of_col->period);

          if (of_col->block || !is_whole (of_col) || (own != period && has_period (result)))
            continue;
          sum += result->cells[row * result->cols->len + col].value;
        }
    }
  return sum;
}

static double
term_value (const CcTableResult *result, const CcRuleTerm *term, int period)
{
  guint at = period >= 0 && has_period (result) ? (guint) period : result->periods->len;

  if (term->row)
    return sum_rows (result, period, term->row);
  return term->sum ? sum_rows (result, period, NULL) : result->totals[at].value;
}

static gboolean
side_value (GPtrArray *results, GPtrArray *terms, int first, int last, double *value)
{
  *value = 0;
  for (guint i = 0; i < terms->len; i++)
    {
      const CcRuleTerm    *term = terms->pdata[i];
      const CcTableResult *result = find_result (results, term->table);

      if (!result)
        return FALSE;
      for (int period = first; period <= last; period++)
        *value += term_value (result, term, period);
    }
  return TRUE;
}

static char *
side_text (GPtrArray *terms)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < terms->len; i++)
    {
      const CcRuleTerm *term = terms->pdata[i];

      if (i)
        g_string_append (text, " + ");
      if (term->row)
        g_string_append_printf (text, "%s[%s]", term->table, term->row);
      else
        g_string_append_printf (text, "%s.%s", term->table, term->sum ? "sum" : "total");
    }
  return g_string_free (text, FALSE);
}

static gboolean
compare (double left, CcOperator op, double right)
{
  switch (op)
    {
    case CC_OP_EQUAL:
      return fabs (left - right) < 1e-9;
    case CC_OP_NOT_EQUAL:
      return fabs (left - right) >= 1e-9;
    case CC_OP_LESS:
      return left < right;
    case CC_OP_LESS_EQUAL:
      return left <= right;
    case CC_OP_GREATER:
      return left > right;
    case CC_OP_GREATER_EQUAL:
    default:
      return left >= right;
    }
}

static const char *
key_of (CcOperator op, gboolean holds)
{
  static const char *const keys[] = { "stats.check.equal",   "stats.check.not-equal",
                                      "stats.check.less",    "stats.check.less-equal",
                                      "stats.check.greater", "stats.check.greater-equal" };

  return holds ? "stats.check.holds" : keys[MIN (op, CC_OP_GREATER_EQUAL)];
}

static CcCheckResult *
new_result (const char *id, CcSeverity severity, const char *period)
{
  CcCheckResult *result = g_new0 (CcCheckResult, 1);

  result->id = g_strdup (id);
  result->severity = severity;
  result->period = g_strdup (period);
  return result;
}

/* One rule over periods first to last, taken together. */
static void
check_span (const CcCheck *check,
            GPtrArray     *results,
            GArray        *periods,
            int            first,
            int            last,
            GPtrArray     *found)
{
  const char    *period = first == last && first >= 0 && !check->public.cumulated
                              ? g_array_index (periods, CcPeriod, first).code
                              : NULL;
  CcCheckResult *result;
  double         left, right;

  if (!side_value (results, check->left, first, last, &left)
      || !side_value (results, check->right, first, last, &right))
    return;
  result = new_result (check->public.id, check->public.severity, period);
  result->holds = compare (left, check->op, right);
  result->key = key_of (check->op, result->holds);
  result->definition = &check->public;
  result->rule = g_strdup (check->public.rule);
  result->left = side_text (check->left);
  result->right = side_text (check->right);
  result->left_value = left;
  result->right_value = right;
  g_ptr_array_add (found, result);
}

/* by=cumulated: from the first period up to each, because a conviction can follow a prosecution of
 * an earlier year. Only the whole span is told. */
static void
run_check (const CcCheck *check, GPtrArray *results, GPtrArray *found)
{
  const CcTableResult *first = find_result (results, ((CcRuleTerm *) check->left->pdata[0])->table);
  int                  n;

  if (!first)
    return;
  n = (int) first->periods->len;
  if (check->public.cumulated)
    check_span (check, results, first->periods, 0, n - 1, found);
  else
    for (int period = 0; period < n; period++)
      check_span (check, results, first->periods, period, period, found);
}

/* Whether all axes of the rows are additive, or none of them adds up by design. */
static gboolean
rows_add_up (const CcTableResult *result, gboolean *each)
{
  GPtrArray *axes = result->row_blocks->pdata[0];
  gboolean   additive = axes->len > 0;

  *each = FALSE;
  for (guint i = 0; i < axes->len; i++)
    {
      const CcResultAxis *axis = axes->pdata[i];

      additive = additive && axis->additive && axis->has_total;
      *each = *each || axis->each;
    }
  return additive;
}

/* additive and multi: the sum of rows against the table's own total, period by period. */
static void
check_sums (const CcTableResult *result, GPtrArray *found)
{
  const char *id = result->table->id;
  gboolean    each;
  gboolean    additive = rows_add_up (result, &each);

  if ((!additive && !each) || result->table->rate || result->table->entry || !has_period (result))
    return;
  for (guint i = 0; i < result->periods->len; i++)
    {
      CcCheckResult *check = new_result (additive ? "additive" : "multi",
                                         additive ? CC_SEVERITY_ERROR : CC_SEVERITY_NOTE,
                                         g_array_index (result->periods, CcPeriod, i).code);

      check->table = g_strdup (id);
      check->left = g_strconcat (id, ".sum", NULL);
      check->right = g_strconcat (id, ".total", NULL);
      check->rule = g_strdup_printf ("%s.sum %s %s.total", id, additive ? "=" : ">=", id);
      check->left_value = sum_rows (result, (int) i, NULL);
      check->right_value = result->totals[i].value;
      check->holds = additive ? check->left_value == check->right_value
                              : check->left_value <= check->right_value;
      check->key = check->holds ? "stats.check.holds"
                   : additive   ? "stats.check.additive"
                                : "stats.check.multi";
      g_ptr_array_add (found, check);
    }
}

/* unresolved: the sentence a statistician sends with a figure. */
static void
check_unresolved (const CcTableResult *result, GPtrArray *found)
{
  for (guint i = 0; i < result->periods->len; i++)
    {
      const CcCell  *total = &result->totals[i];
      CcCheckResult *check;

      if (total->low == total->high)
        continue;
      check = new_result ("unresolved", CC_SEVERITY_WARNING,
                          g_array_index (result->periods, CcPeriod, i).code);
      check->table = g_strdup (result->table->id);
      check->key = total->bounds_loose ? "stats.check.unresolved-loose" : "stats.check.unresolved";
      check->rule = g_strdup ("");
      check->left = g_strconcat (result->table->id, ".low", NULL);
      check->right = g_strconcat (result->table->id, ".high", NULL);
      check->left_value = (double) total->low;
      check->right_value = (double) total->high;
      g_ptr_array_add (found, check);
    }
}

/* left-out: nobody stands in the table although there are persons, because none fits its condition.
 * A list without a column for the victim's status ends so, and a row of zeros would not say it. */
static void
check_left_out (const CcTableResult *result, GPtrArray *found)
{
  const CcCell  *total = &result->totals[result->periods->len];
  gint64         left_out = 0;
  CcCheckResult *check;

  for (guint i = 0; i < result->notes->len; i++)
    {
      const CcNote *note = &g_array_index (result->notes, CcNote, i);

      if (g_str_equal (note->key, "stats.note.filtered"))
        left_out = note->count;
    }
  if (result->table->count != CC_COUNT_VICTIMS || total->count > 0 || left_out == 0
      || !g_str_has_prefix (result->table->where, "status in"))
    return;
  check = new_result ("left-out", CC_SEVERITY_WARNING, NULL);
  check->table = g_strdup (result->table->id);
  check->key = "stats.check.left-out";
  check->rule = g_strdup (result->table->where);
  check->left = g_strconcat (result->table->id, ".total", NULL);
  check->right = g_strdup ("");
  check->left_value = (double) total->count;
  check->right_value = (double) left_out;
  g_ptr_array_add (found, check);
}

/* outlier: a change of more than half and more than ten persons against the year before. */
static void
check_outliers (const CcTableResult *result, GPtrArray *found)
{
  if (result->table->rate || result->table->stock || !has_period (result))
    return;
  for (guint i = 1; i < result->periods->len; i++)
    {
      double         before = result->totals[i - 1].value;
      double         now = result->totals[i].value;
      CcCheckResult *check;

      if (before <= 0 || fabs (now - before) <= OUTLIER_PERSONS
          || fabs (now - before) <= before * OUTLIER_SHARE)
        continue;
      check = new_result ("outlier", CC_SEVERITY_NOTE,
                          g_array_index (result->periods, CcPeriod, i).code);
      check->table = g_strdup (result->table->id);
      check->key = "stats.check.outlier";
      check->rule = g_strdup ("");
      check->left = g_strdup (g_array_index (result->periods, CcPeriod, i - 1).code);
      check->right = g_strdup (check->period);
      check->left_value = before;
      check->right_value = now;
      g_ptr_array_add (found, check);
    }
}

/**
 * cc_checks_run:
 *
 * Returns: (transfer full) (element-type CcCheckResult): in the order of the definition, then the
 * built-in rules table by table
 */
GPtrArray *
cc_checks_run (CcQuestionnaire *questionnaire, GPtrArray *results, GError **error)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_check_result_free);

  for (guint i = 0; i < questionnaire->checks->len; i++)
    run_check (questionnaire->checks->pdata[i], results, found);
  for (guint i = 0; i < results->len; i++)
    {
      check_sums (results->pdata[i], found);
      check_unresolved (results->pdata[i], found);
      check_outliers (results->pdata[i], found);
      check_left_out (results->pdata[i], found);
    }
  for (guint i = 0; i < found->len; i++)
    ((CcCheckResult *) found->pdata[i])->questionnaire = cc_questionnaire_ref (questionnaire);
  return found;
}

const char *const cc_check_placeholders[] = { "difference", "id",    "left",        "left_value",
                                              "period",     "right", "right_value", "table",
                                              "title",      NULL };

/* The sentence that the definition gives to its check. */
static char *
format_own (const CcCheckResult *self, CcTexts *texts, const char *language)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *table = g_strndup (self->left, strcspn (self->left, ".["));
  g_autofree char *left = cc_texts_number (texts, language, self->left_value, 0);
  g_autofree char *right = cc_texts_number (texts, language, self->right_value, 0);
  g_autofree char *difference =
      cc_texts_number (texts, language, fabs (self->left_value - self->right_value), 0);
  const CcTableDefinition *definition = cc_questionnaire_find_table (self->questionnaire, table);
  const struct
  {
    const char *name;
    const char *value;
  } pairs[] = {
    { "difference", difference },
    { "id", self->id },
    { "left", self->left },
    { "left_value", left },
    { "period", self->period ? self->period : cc_texts_get (texts, "stats.total", language) },
    { "right", self->right },
    { "right_value", right },
    { "table", table },
    { "title", definition
                   ? cc_questionnaire_get_table_title (self->questionnaire, definition, language)
                   : table },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_hash_table_insert (values, (gpointer) pairs[i].name, (gpointer) pairs[i].value);
  return cc_texts_fill (texts, self->definition->text, language, values);
}

/**
 * cc_check_result_format:
 *
 * Returns: (transfer full): the sentence in the language: the one that the definition names for a
 * check that does not hold, else the rule in general words
 */
char *
cc_check_result_format (const CcCheckResult *self, CcTexts *texts, const char *language)
{
  g_autofree char *left = cc_texts_number (texts, language, self->left_value, 0);
  g_autofree char *right = cc_texts_number (texts, language, self->right_value, 0);

  if (!self->holds && self->definition && *self->definition->text
      && cc_texts_has (texts, self->definition->text))
    return format_own (self, texts, language);
  return cc_texts_format (texts, self->key, language, "id", self->id, "table",
                          self->table ? self->table : "", "period",
                          self->period ? self->period
                                       : cc_texts_get (texts, "stats.total", language),
                          "left", self->left, "right", self->right, "left_value", left,
                          "right_value", right, NULL);
}
