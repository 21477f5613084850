/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-map.h>

#include <cc/base/cc-text.h>
#include <cc/intake/cc-code-text.h>

#include <string.h>

#include "cc-header-private.h"
#include "cc-map-private.h"
#include "cc-suggest-private.h"

static gboolean
is_decided (const CcMapColumn *column)
{
  return column->targets[0] != '\0' && !g_str_equal (column->targets, "-");
}

/* The same variables, however the text is spaced. */
static gboolean
same_targets (const char *a, const char *b)
{
  g_auto (GStrv) x = g_strsplit_set (a, ",;", -1);
  g_auto (GStrv) y = g_strsplit_set (b, ",;", -1);

  if (g_strv_length (x) != g_strv_length (y) || a[0] == '\0')
    return FALSE;
  for (guint i = 0; x[i]; i++)
    if (!g_str_equal (g_strstrip (x[i]), g_strstrip (y[i])))
      return FALSE;
  return TRUE;
}

static const CcMapColumn *
find_known (const CcMapTable *known, const CcInspectColumn *column)
{
  const CcMapColumn *found = cc_map_table_find_column (known, column->header);

  return found || !column->machine ? found : cc_map_table_find_column (known, column->machine);
}

/* Whether a column of the profile is in the file, or what it says is said by another one that the
 * profile knows. */
static gboolean
is_there (const CcMapTable *known, CcInspectTable *found, const CcMapColumn *column)
{
  for (guint i = 0; i < found->columns->len; i++)
    {
      const CcMapColumn *other = find_known (known, found->columns->pdata[i]);

      if (other && (other == column || same_targets (other->targets, column->targets)))
        return TRUE;
    }
  return FALSE;
}

/* How well a column that the profile has never seen stands for one that is gone: by what its header
 * or its values say, better still where it stands in the same place. 0: not at all. */
static double
compare_renamed (const CcMapTable *known, CcInspectTable *found, guint at, const CcMapColumn *gone)
{
  const CcInspectColumn *column = found->columns->pdata[at];
  const CcMapColumn     *before = at > 0 ? find_known (known, found->columns->pdata[at - 1]) : NULL;
  const CcMapColumn     *after =
      at + 1 < found->columns->len ? find_known (known, found->columns->pdata[at + 1]) : NULL;
  double place = 0;
  guint  position = 0;

  if (!column->suggestion || !same_targets (column->suggestion, gone->targets))
    return 0;
  while (known->columns->pdata[position] != gone)
    position++;
  if (before && position > 0 && known->columns->pdata[position - 1] == before)
    place += 0.5;
  if (after && position + 1 < known->columns->len && known->columns->pdata[position + 1] == after)
    place += 0.5;
  return column->score >= CC_HEADER_ENOUGH || place > 0 ? column->score + place : 0;
}

/* For each column of the file the column of the profile that it was called before, or NULL. Each is
 * taken once, the best pair first.
 *
 * Returns: (transfer full): an array as long as the table's columns */
static const CcMapColumn **
pair_renamed (const CcMapTable *known, CcInspectTable *found)
{
  const CcMapColumn **pairs = g_new0 (const CcMapColumn *, found->columns->len + 1);

  for (;;)
    {
      const CcMapColumn *best = NULL;
      double             most = 0;
      guint              place = 0;

      for (guint k = 0; k < known->columns->len; k++)
        {
          const CcMapColumn *gone = known->columns->pdata[k];
          gboolean           taken = FALSE;

          for (guint i = 0; i < found->columns->len; i++)
            taken = taken || pairs[i] == gone;
          if (taken || !is_decided (gone) || is_there (known, found, gone))
            continue;
          for (guint i = 0; i < found->columns->len; i++)
            {
              double value = 0;

              if (!pairs[i] && !find_known (known, found->columns->pdata[i]))
                value = compare_renamed (known, found, i, gone);
              if (value > most)
                {
                  most = value;
                  best = gone;
                  place = i;
                }
            }
        }
      if (!best)
        return pairs;
      pairs[place] = best;
    }
}

/* What a table of the file is read with: the known map's columns first, suggestions for the rest.
 */
static void
suggest_table_columns (CcMapTable       *table,
                       const CcMapTable *known,
                       const CcMapTable *general,
                       CcInspectTable   *found,
                       gboolean          complete)
{
  g_autofree const CcMapColumn **renamed = known && complete ? pair_renamed (known, found) : NULL;

  for (guint i = 0; i < found->columns->len; i++)
    {
      CcInspectColumn *column = found->columns->pdata[i];
      CcMapColumn     *decided = known ? cc_map_table_find_column (known, column->header) : NULL;
      CcMapColumn     *made;

      if (!decided && known && column->machine)
        decided = cc_map_table_find_column (known, column->machine);
      if (!decided && general)
        decided = cc_map_table_find_column (general, column->header);
      if (decided && decided->targets[0] != '\0')
        {
          made = cc_map_table_set_column (table, column->header, decided->targets);
          made->reason = g_strdup (complete ? "intake.reason.profile" : "intake.reason.map");
        }
      else if (!decided && renamed && renamed[i])
        {
          made = cc_map_table_set_column (table, column->header, renamed[i]->targets);
          made->reason = g_strdup ("intake.reason.renamed");
        }
      else if (complete || column->score < CC_HEADER_ENOUGH)
        {
          made = cc_map_table_set_column (table, column->header, "");
          made->reason =
              g_strdup (complete                             ? "intake.reason.new-column"
                        : cc_suggestion_was_dropped (column) ? column->reason
                                                             : "intake.reason.not-known");
          made->score = 0;
        }
      else
        {
          made = cc_map_table_set_column (table, column->header, column->suggestion);
          made->reason = g_strdup (column->reason);
          made->language = g_strdup (column->language);
          made->score = column->score;
        }
    }
}

/* A person who maps headers to the variables of a unit has said what the table holds. */
static const char *
infer_unit (const CcMapTable *table, CcPack *pack)
{
  guint n_victim = 0, n_perpetrator = 0, n_event = 0;

  for (guint i = 0; table && i < table->columns->len; i++)
    {
      const char *text = ((CcMapColumn *) table->columns->pdata[i])->targets;
      g_auto (GStrv) targets = g_strsplit_set (text, ",;", -1);

      for (guint j = 0; targets[j]; j++)
        {
          const char *name = g_strstrip (targets[j]);
          g_autoptr (CcTarget) victim = cc_target_parse (pack, "victim", name);
          g_autoptr (CcTarget) perpetrator = cc_target_parse (pack, "perpetrator", name);

          if (*name == '\0' || g_str_equal (name, "-"))
            continue;
          if (victim && g_str_equal (victim->unit->name, "event"))
            n_event++;
          else if (victim && !g_str_equal (victim->unit->name, "perpetrator"))
            n_victim++;
          if (perpetrator && !victim)
            n_perpetrator += 2;
        }
    }
  if (n_perpetrator > n_victim)
    return "perpetrator";
  if (n_victim > 0)
    return "victim";
  return n_event > 0 ? "event" : "";
}

static void
suggest_table (CcMap *self, CcMap *known, CcInspectTable *found, CcPack *pack)
{
  CcMapTable *table = cc_map_add_table (self, found->name);
  CcMapTable *decided = known ? cc_map_match_table (known, found) : NULL;
  CcMapTable *general = known ? cc_map_find_table (known, "") : NULL;

  g_free (table->sheet);
  table->sheet = g_strdup (found->sheet_name);
  if (decided)
    {
      table->unit = g_strdup (decided->unit);
      table->period = g_strdup (decided->period);
      table->also = g_strdup (decided->also);
      table->aggregate = g_strdup (decided->aggregate);
      table->header_row = decided->header_row;
      table->last_row = decided->last_row;
    }
  /* Kept with the profile: the next delivery is read alike, however few rows it has. */
  if (!table->aggregate)
    table->aggregate = g_strdup (found->aggregate ? "yes" : "no");
  if (!table->unit)
    table->unit = g_strdup (found->unit[0] != '\0' ? found->unit
                            : decided              ? infer_unit (decided, pack)
                                                   : infer_unit (general, pack));
  else if (!g_str_equal (table->unit, found->unit))
    cc_suggest_columns (found, pack, table->unit);
  suggest_table_columns (table, decided, general, found, known && known->complete);
}

/* [join] names the columns by which sheets belong together: that is the number of the case, unless
 * the column is known as something else. */
static void
apply_join (CcMap *self, const char *side)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      CcMapTable  *table = self->tables->pdata[i];
      gsize        length = strlen (table->name);
      CcMapColumn *column = NULL;

      if (g_str_has_prefix (side, table->name) && side[length] == '.')
        column = cc_map_table_find_column (table, side + length + 1);
      if (column && (column->targets[0] == '\0' || g_str_equal (column->targets, "-")))
        {
          cc_map_table_set_column (table, column->header, "case_no");
          column->reason = g_strdup ("intake.reason.map");
        }
    }
}

static void
copy_pairs (GPtrArray *from, GPtrArray *to)
{
  for (guint i = 0; i < from->len; i++)
    {
      CcMapPair *pair = from->pdata[i];

      cc_map_set_pair (to, pair->key, pair->value, pair->line);
    }
}

/**
 * cc_map_suggest:
 * @inspection: a file; suggestions of tables whose unit the map changes are made again
 * @known: (nullable): a map file or profile
 *
 * Returns: (transfer full): a complete map with every table and column of the file, or %NULL with
 * an error where @known names things the pack does not have
 */
CcMap *
cc_map_suggest (CcInspection *inspection, CcPack *pack, CcMap *known, GError **error)
{
  g_autoptr (CcMap) self = NULL;

  g_return_val_if_fail (inspection != NULL && pack != NULL, NULL);

  if (known && !cc_map_check (known, pack, error))
    return NULL;
  self = cc_map_new ();
  self->complete = TRUE;
  for (guint i = 0; i < inspection->tables->len; i++)
    suggest_table (self, known, inspection->tables->pdata[i], pack);
  if (known)
    {
      copy_pairs (known->dates, self->dates);
      copy_pairs (known->blanks, self->blanks);
      copy_pairs (known->joins, self->joins);
      copy_pairs (known->constants, self->constants);
      cc_map_copy_numbers (known, self);
      for (guint i = 0; i < known->values->len; i++)
        {
          CcMapValues *values = known->values->pdata[i];

          for (guint j = 0; j < values->texts->len; j++)
            cc_map_values_set (cc_map_add_values (self, values->variable), values->texts->pdata[j],
                               values->codes->pdata[j]);
        }
    }
  for (guint i = 0; i < self->joins->len; i++)
    {
      CcMapPair *pair = self->joins->pdata[i];

      apply_join (self, pair->key);
      apply_join (self, pair->value);
    }
  cc_map_settle_sex (self, pack);
  return g_steal_pointer (&self);
}

/**
 * cc_column_plan_free:
 */
void
cc_column_plan_free (CcColumnPlan *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->targets);
  g_free (self->header);
  g_free (self->reason);
  g_free (self->language);
  g_free (self);
}

static void
read_targets (CcPack *pack, const char *unit, const char *text, GPtrArray *targets)
{
  g_auto (GStrv) names = g_strsplit_set (text, ",;", -1);

  for (guint i = 0; names[i]; i++)
    {
      CcTarget *target = *g_strstrip (names[i]) ? cc_target_parse (pack, unit, names[i]) : NULL;

      if (target)
        g_ptr_array_add (targets, target);
    }
}

static CcColumnPlan *
plan_column (CcPack *pack, const CcMapTable *table, const CcInspectColumn *column, const char *unit)
{
  CcColumnPlan *plan = g_new0 (CcColumnPlan, 1);
  CcMapColumn  *decided = table ? cc_map_table_find_column (table, column->header) : NULL;

  plan->header = g_strdup (column->header);
  plan->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_target_free);
  if (!decided)
    return plan;
  plan->reason = g_strdup (decided->reason);
  plan->language = g_strdup (decided->language);
  plan->score = decided->score;
  plan->ignored = g_str_equal (decided->targets, "-");
  if (!plan->ignored)
    read_targets (pack, unit, decided->targets, plan->targets);
  return plan;
}

/**
 * cc_map_plan_columns:
 *
 * Returns: (transfer full): CcColumnPlan for each column of the table, in its order
 */
GPtrArray *
cc_map_plan_columns (CcMap *self, CcPack *pack, const CcInspectTable *table)
{
  GPtrArray  *plans = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_column_plan_free);
  CcMapTable *decided;
  const char *unit;

  g_return_val_if_fail (self != NULL && pack != NULL && table != NULL, plans);

  decided = cc_map_find_table (self, table->name);
  unit = decided && decided->unit && g_ascii_isalpha (decided->unit[0]) ? decided->unit : "victim";
  for (guint i = 0; i < table->columns->len; i++)
    g_ptr_array_add (plans, plan_column (pack, decided, table->columns->pdata[i], unit));
  return plans;
}

static void
add_drift (GPtrArray *texts, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

static char **
end_drift (GPtrArray *texts)
{
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (texts, FALSE);
}

/* Values of coded columns that neither the pack nor the profile knows. */
static void
compare_values (CcMap                 *profile,
                CcPack                *pack,
                const CcInspectColumn *column,
                const CcTarget        *target,
                GPtrArray             *new_values)
{
  if (target->part != CC_TARGET_VALUE || !*target->variable->list
      || g_str_equal (target->variable->list, "SEX"))
    return;
  for (guint i = 0; column->values && i < column->values->len; i++)
    {
      const CcDistinct *distinct = column->values->pdata[i];
      g_auto (GStrv) parts = NULL;

      if (cc_map_get_value (profile, target->variable, distinct->text)
          || cc_word_is_ditto (pack, distinct->text))
        continue;
      parts = cc_code_text_split (pack, target->variable->list, distinct->text);
      for (guint j = 0; parts[j]; j++)
        {
          CcCodeText result;

          if (!cc_map_get_value (profile, target->variable, parts[j])
              && cc_code_text_read (pack, target->variable->list, parts[j], "XXX", &result)
                     == CC_CODE_READ_UNMAPPED)
            {
              g_autofree char *text = g_strdup_printf ("%s: %s", column->header, parts[j]);

              add_drift (new_values, text);
            }
        }
    }
}

/**
 * cc_map_compare:
 * @profile: a kept profile
 *
 * Returns: (transfer full): what the file has that the profile does not know, and the other way
 */
CcDrift *
cc_map_compare (CcMap *profile, CcInspection *inspection, CcPack *pack)
{
  CcDrift   *drift = g_new0 (CcDrift, 1);
  GPtrArray *missing = g_ptr_array_new (), *added = g_ptr_array_new ();
  GPtrArray *new_values = g_ptr_array_new (), *renamed = g_ptr_array_new ();
  GPtrArray *moved = g_ptr_array_new ();

  for (guint i = 0; i < inspection->tables->len; i++)
    {
      CcInspectTable *found = inspection->tables->pdata[i];
      CcMapTable     *table = cc_map_match_table (profile, found);
      const char     *unit =
          table && table->unit && g_ascii_isalpha (table->unit[0]) ? table->unit : "victim";
      g_autofree const CcMapColumn **pairs = table ? pair_renamed (table, found) : NULL;

      for (guint c = 0; c < found->columns->len; c++)
        {
          CcInspectColumn *column = found->columns->pdata[c];
          g_autoptr (CcColumnPlan) plan = plan_column (pack, table, column, unit);

          if (pairs && pairs[c])
            {
              g_autofree char *text = g_strdup_printf ("%s → %s", pairs[c]->header, column->header);

              add_drift (renamed, text);
              read_targets (pack, unit, pairs[c]->targets, plan->targets);
            }
          else if (!table || !find_known (table, column))
            add_drift (added, column->header);
          for (guint t = 0; t < plan->targets->len; t++)
            compare_values (profile, pack, column, plan->targets->pdata[t], new_values);
        }
      for (guint c = 0; table && c < table->columns->len; c++)
        {
          const CcMapColumn *known = table->columns->pdata[c];
          gboolean           there = !is_decided (known) || is_there (table, found, known);

          for (guint k = 0; k < found->columns->len && !there; k++)
            there = pairs[k] == known;
          if (!there)
            add_drift (missing, known->header);
        }
      if (table)
        {
          g_autoptr (GPtrArray) elsewhere = cc_map_list_moved (table, found);

          for (guint c = 0; c < elsewhere->len; c++)
            add_drift (moved, elsewhere->pdata[c]);
        }
    }
  drift->missing = end_drift (missing);
  drift->added = end_drift (added);
  drift->new_values = end_drift (new_values);
  drift->renamed = end_drift (renamed);
  drift->moved = end_drift (moved);
  return drift;
}

/**
 * cc_drift_is_empty:
 *
 * Returns: whether the file is as the profile expects it, in whatever order
 */
gboolean
cc_drift_is_empty (const CcDrift *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return !self->missing[0] && !self->added[0] && !self->new_values[0] && !self->renamed[0];
}

/**
 * cc_drift_free:
 */
void
cc_drift_free (CcDrift *self)
{
  if (!self)
    return;
  g_strfreev (self->missing);
  g_strfreev (self->added);
  g_strfreev (self->new_values);
  g_strfreev (self->renamed);
  g_strfreev (self->moved);
  g_free (self);
}
