/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-suggest-private.h"

#include <cc/base/cc-text.h>
#include <cc/intake/cc-age-text.h>
#include <cc/intake/cc-code-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-header-private.h"
#include "cc-map-private.h"

/* Distinct values looked at for a column's shape. */
#define SHAPE_VALUES 40

/* What the name of a sheet adds: it decides between units whose columns fit about as well, and
 * never against the columns ("Suspects" above a list of victims with their exploitation). */
#define SHEET_NAME_WEIGHT 1.4

static const char *const table_units[] = { "victim", "perpetrator", "event" };

static GArray *
read_column_header (CcPack *pack, const CcInspectColumn *column, const char **reason)
{
  GArray *guesses;

  *reason = "intake.reason.synonym";
  /* Of several header rows the last one names the column; those above only group ("Dossier"), and
   * must not be taken for a second fact in the same cell. */
  if (column->leaf)
    {
      if (cc_header_is_ignored (pack, column->leaf))
        return g_array_new (FALSE, FALSE, sizeof (CcHeaderGuess));
      guesses = cc_header_read (pack, column->leaf);
      if (guesses->len > 0 && g_array_index (guesses, CcHeaderGuess, 0).score >= CC_HEADER_ENOUGH)
        return guesses;
      g_array_unref (guesses);
    }
  guesses = cc_header_read (pack, column->header);
  /* People type under the label they see; the machine name decides where the label says nothing
   * (htcds-mapping.md, trap T2). */
  if ((guesses->len == 0 || g_array_index (guesses, CcHeaderGuess, 0).score < CC_HEADER_ENOUGH)
      && column->machine)
    {
      g_autoptr (GArray) machine = cc_header_read (pack, column->machine);

      if (machine->len > 0)
        {
          g_array_unref (guesses);
          *reason = "intake.reason.machine";
          return g_steal_pointer (&machine);
        }
    }
  return guesses;
}

static gboolean
is_person_variable (const CcVariable *variable)
{
  return variable->type == CC_VARIABLE_AGE || g_str_equal (variable->name, "sex")
         || g_str_equal (variable->name, "full_name") || g_str_equal (variable->name, "family_name")
         || g_str_equal (variable->name, "given_name")
         || g_str_equal (variable->name, "citizenship")
         || g_str_equal (variable->name, "birth_date")
         || g_str_equal (variable->name, "agency_ref");
}

/* The table a person would take the header for instead. */
static const char *
rival_of (const char *unit)
{
  return g_str_equal (unit, "perpetrator") ? "victim" : "perpetrator";
}

/* How well the headers fit a table of `unit`. A header that the rival cannot have weighs more. */
static double
score_unit (CcInspectTable *table, CcPack *pack, const char *unit, guint *n_person)
{
  double score = 0;

  *n_person = 0;
  for (guint i = 0; i < table->columns->len; i++)
    {
      const char *reason;
      g_autoptr (GArray) guesses = read_column_header (pack, table->columns->pdata[i], &reason);
      double   best = 0;
      gboolean others = FALSE;

      for (guint j = 0; j < guesses->len; j++)
        {
          CcHeaderGuess *guess = &g_array_index (guesses, CcHeaderGuess, j);
          int            rank = cc_unit_family_rank (unit, guess->unit);

          if (guess->score < CC_HEADER_ENOUGH)
            continue;
          others = others || cc_unit_family_rank (rival_of (unit), guess->unit) >= 0;
          if (rank < 0)
            continue;
          best = MAX (best, guess->score);
          *n_person += g_str_equal (guess->unit, unit) && is_person_variable (guess->variable);
        }
      score += others ? best : best * 1.5;
    }
  return score;
}

static const char *
find_sheet_unit (CcPack *pack, const char *sheet)
{
  g_autofree char *folded = cc_text_fold (sheet);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint u = 0; u < G_N_ELEMENTS (table_units); u++)
    {
      g_autofree char *kind = g_strconcat ("sheet-", table_units[u], NULL);

      if (cc_pack_match_token (pack, kind, sheet))
        return table_units[u];
    }
  for (guint u = 0; u < G_N_ELEMENTS (table_units); u++)
    {
      g_autofree char *kind = g_strconcat ("sheet-", table_units[u], NULL);

      for (guint i = 0; words[i]; i++)
        if (words[i][0] && cc_pack_match_token (pack, kind, words[i]))
          return table_units[u];
    }
  return NULL;
}

static gboolean
has_variable (CcInspectTable *table, CcPack *pack, const char *unit, const char *name)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const char *reason;
      g_autoptr (GArray) guesses = read_column_header (pack, table->columns->pdata[i], &reason);

      for (guint j = 0; j < guesses->len; j++)
        {
          CcHeaderGuess *guess = &g_array_index (guesses, CcHeaderGuess, j);

          if (guess->score >= CC_HEADER_ENOUGH && g_str_equal (guess->unit, unit)
              && g_str_equal (guess->variable->name, name))
            return TRUE;
        }
    }
  return FALSE;
}

/* A body of counts with no column that tells of one person. */
static gboolean
is_aggregate (CcInspectTable *table, guint n_person)
{
  guint n_number_columns = 0, n_filled_columns = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];

      if (column->n_filled == 0 || (int) column->column == table->serial_column)
        continue;
      n_filled_columns++;
      n_number_columns += column->n_number == column->n_filled;
    }
  return n_person == 0 && n_number_columns >= 3 && n_number_columns * 3 >= n_filled_columns * 2;
}

static gboolean
is_name (const CcVariable *variable)
{
  return g_str_equal (variable->name, "full_name") || g_str_equal (variable->name, "family_name");
}

/* A list of victims may name the accused in a column of its own. It is told by another column that
 * names people of no stated role, or counts victims, beside the one for the accused. */
static gboolean
names_accused_aside (CcInspectTable *table, CcPack *pack)
{
  gboolean general = FALSE, accused = FALSE;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const char *reason;
      g_autoptr (GArray) guesses = read_column_header (pack, table->columns->pdata[i], &reason);
      gboolean victim = FALSE, perpetrator = FALSE;

      for (guint j = 0; j < guesses->len; j++)
        {
          CcHeaderGuess *guess = &g_array_index (guesses, CcHeaderGuess, j);

          if (guess->score < CC_HEADER_ENOUGH)
            continue;
          if (is_name (guess->variable) && g_str_equal (guess->unit, "victim"))
            victim = TRUE;
          else if (is_name (guess->variable) && g_str_equal (guess->unit, "perpetrator"))
            perpetrator = TRUE;
          else if (g_str_equal (guess->variable->name, "victims_number"))
            victim = TRUE;
        }
      general = general || victim;
      accused = accused || (perpetrator && !victim);
    }
  return general && accused;
}

static void
choose_unit (CcInspectTable *table, CcPack *pack)
{
  const char *named = find_sheet_unit (pack, table->sheet_name);
  double      best = 0;
  guint       n_person[3];
  double      scores[3];
  int         chosen = -1;

  for (guint u = 0; u < G_N_ELEMENTS (table_units); u++)
    {
      scores[u] = score_unit (table, pack, table_units[u], &n_person[u]);
      /* A table without one column about a person holds events. */
      if (u < 2 && n_person[u] == 0)
        scores[u] *= 0.5;
      if (u == 1 && names_accused_aside (table, pack))
        scores[u] *= 0.5;
      if (u == 2 && (n_person[0] > 1 || n_person[1] > 1))
        scores[u] *= 0.5;
      /* A sheet called "Cases" may still list one person in a row. */
      if (named && g_str_equal (named, table_units[u]) && scores[u] > 0
          && !(u == 2 && (n_person[0] > 1 || n_person[1] > 1)))
        scores[u] *= SHEET_NAME_WEIGHT;
      if (scores[u] > best)
        {
          best = scores[u];
          chosen = (int) u;
        }
    }
  table->aggregate = is_aggregate (table, MAX (n_person[0], n_person[1]));
  if (chosen < 0 || best < 1.0)
    return;
  if (chosen == 0 && !named && n_person[0] < 2
      && has_variable (table, pack, "event", "victims_number") && scores[2] > 0)
    chosen = 2;
  g_free (table->unit);
  table->unit = g_strdup (table_units[chosen]);
  g_ptr_array_add (table->notes, g_strdup (named && g_str_equal (named, table_units[chosen])
                                               ? "intake.note.unit-by-sheet"
                                               : "intake.note.unit-by-headers"));
}

/* Share of a column's values that read as `list`, as ages or as dates. */
static double
measure_shape (const CcInspectColumn *column, CcPack *pack, const CcVariable *variable)
{
  guint n = 0, n_fit = 0;

  if (variable->type == CC_VARIABLE_DATE)
    {
      guint all = column->dates.n_read + column->dates.n_unreadable;

      return all > 0 ? (double) column->dates.n_read / all : 0;
    }
  for (guint i = 0; column->values && i < column->values->len && i < SHAPE_VALUES; i++)
    {
      const CcDistinct *distinct = column->values->pdata[i];
      CcCodeText        code;
      CcAgeText         age;

      n++;
      if (variable->type == CC_VARIABLE_AGE)
        n_fit +=
            cc_age_text_read (pack, distinct->text, CC_DATE_ORDER_UNKNOWN, cc_day_today (), &age)
            == CC_AGE_READ_OK;
      else if (*variable->list)
        n_fit += cc_code_text_read (pack, variable->list, distinct->text, NULL, &code)
                 <= CC_CODE_READ_NO_VALUE;
    }
  return n > 0 ? (double) n_fit / n : 0;
}

/* What values alone would suggest, shown and never taken. */
static const CcVariable *
guess_by_shape (const CcInspectColumn *column, CcPack *pack, const char *unit)
{
  static const char *const candidates[][2] = {
    { "victim", "sex" },           { "perpetrator", "sex" },
    { "victim_event", "form" },    { "status_decision", "status" },
    { "victim", "citizenship" },   { "perpetrator", "citizenship" },
    { "justice_step", "outcome" }, { NULL, NULL }
  };

  if (!column->values || column->values->len == 0 || column->n_text * 2 < column->n_filled)
    return NULL;
  for (guint i = 0; candidates[i][0]; i++)
    {
      const CcVariable *variable =
          cc_pack_find_unit_variable (pack, candidates[i][0], candidates[i][1]);

      if (variable && cc_unit_family_rank (unit, candidates[i][0]) >= 0
          && measure_shape (column, pack, variable) >= 0.8)
        return variable;
    }
  return NULL;
}

/* The guess of one fact that fits the unit best: score, then shape, then the family's order. */
static const CcHeaderGuess *
choose_guess (GArray                *guesses,
              guint                  fact,
              const char            *unit,
              const CcInspectColumn *column,
              CcPack                *pack)
{
  const CcHeaderGuess *best = NULL;
  double               best_value = -1;

  for (guint i = 0; i < guesses->len; i++)
    {
      const CcHeaderGuess *guess = &g_array_index (guesses, CcHeaderGuess, i);
      int                  rank = cc_unit_family_rank (unit, guess->unit);
      double               value;

      if (guess->fact != fact || rank < 0 || guess->variable->storage == CC_STORAGE_META
          || guess->variable->storage == CC_STORAGE_PARENT)
        continue;
      value = guess->score * 100 - rank;
      if (!guess->code)
        value += measure_shape (column, pack, guess->variable) * 4;
      if (value > best_value)
        {
          best = guess;
          best_value = value;
        }
    }
  return best;
}

static char *
guess_to_text (CcPack *pack, const char *unit, const CcHeaderGuess *guess)
{
  CcTarget target = { cc_pack_find_unit (pack, guess->unit), guess->variable, CC_TARGET_VALUE,
                      guess->code };

  if (guess->code)
    target.part = guess->variable->type == CC_VARIABLE_DATE ? CC_TARGET_STEP : CC_TARGET_TICK;
  return cc_target_to_text (pack, unit, &target);
}

/* In a list of cases the day a victim was found is the day the case was recorded. */
static const CcVariable *
event_date (GArray *guesses, CcPack *pack, const char *unit)
{
  if (!g_str_equal (unit, "event"))
    return NULL;
  for (guint i = 0; i < guesses->len; i++)
    {
      const CcHeaderGuess *guess = &g_array_index (guesses, CcHeaderGuess, i);

      if (guess->score >= CC_HEADER_ENOUGH && guess->variable->type == CC_VARIABLE_DATE
          && g_str_equal (guess->variable->group, "detection"))
        return cc_pack_find_unit_variable (pack, "event", "recorded_on");
    }
  return NULL;
}

static void
suggest_column (CcInspectColumn *column, CcInspectTable *table, CcPack *pack, const char *unit)
{
  const char *reason;
  g_autoptr (GArray) guesses = read_column_header (pack, column, &reason);
  g_autoptr (GString) text = g_string_new (NULL);
  const CcVariable *shape;

  g_clear_pointer (&column->reason, g_free);
  g_clear_pointer (&column->language, g_free);
  column->score = 0;
  for (guint fact = 0; fact < 3; fact++)
    {
      const CcHeaderGuess *guess = choose_guess (guesses, fact, unit, column, pack);
      g_autofree char     *target = guess ? guess_to_text (pack, unit, guess) : NULL;

      if (!guess)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", target);
      if (column->score == 0)
        {
          column->score = guess->score;
          column->language = g_strdup (guess->language);
        }
    }
  if (text->len > 0)
    column->reason = g_strdup (reason);
  else if ((shape = event_date (guesses, pack, unit)))
    {
      g_string_assign (text, shape->name);
      column->reason = g_strdup (reason);
      column->score = 0.8;
    }
  else if ((int) column->column == table->serial_column
           || cc_header_is_ignored (pack, column->header)
           || (column->leaf && cc_header_is_ignored (pack, column->leaf)))
    {
      g_string_assign (text, "-");
      column->reason = g_strdup ("intake.reason.not-needed");
      column->score = 1;
    }
  else if ((shape = guess_by_shape (column, pack, unit)))
    {
      CcTarget target = { cc_pack_find_unit (pack, shape->unit), shape, CC_TARGET_VALUE, NULL };
      g_autofree char *name = cc_target_to_text (pack, unit, &target);

      g_string_assign (text, name);
      column->reason = g_strdup ("intake.reason.shape");
      column->score = 0.4;
    }
  g_free (column->suggestion);
  column->suggestion = g_string_free (g_steal_pointer (&text), FALSE);
}

/* Variables that several columns may feed together. */
static gboolean
may_repeat (CcPack *pack, const char *unit, const char *suggestion)
{
  g_autoptr (CcTarget) target = cc_target_parse (pack, unit, suggestion);

  if (!target)
    return TRUE;
  return target->part != CC_TARGET_VALUE || target->variable->type == CC_VARIABLE_MULTI
         || target->variable->type == CC_VARIABLE_AGE
         || target->variable->type == CC_VARIABLE_IDENTIFIER
         || target->variable->type == CC_VARIABLE_TEXT;
}

/* One single-valued variable takes one column: the better header, then the fuller column, then the
 * first. The others stay as raw text and are named. */
static void
resolve_rivals (CcInspectTable *table, CcPack *pack, const char *unit)
{
  for (guint i = 0; i < table->columns->len; i++)
    for (guint j = i + 1; j < table->columns->len; j++)
      {
        CcInspectColumn *a = table->columns->pdata[i], *b = table->columns->pdata[j], *loser;

        if (a->suggestion[0] == '\0' || g_str_equal (a->suggestion, "-")
            || !g_str_equal (a->suggestion, b->suggestion)
            || may_repeat (pack, unit, a->suggestion))
          continue;
        loser = b->score > a->score || (b->score == a->score && a->n_filled == 0) ? a : b;
        g_free (loser->suggestion);
        loser->suggestion = g_strdup ("");
        g_free (loser->reason);
        loser->reason = g_strdup ("intake.reason.rival");
        loser->score = 0;
      }
}

void
cc_suggest_columns (CcInspectTable *table, CcPack *pack, const char *unit)
{
  const char *family = unit[0] != '\0' && !g_str_equal (unit, "-") ? unit : "victim";

  for (guint i = 0; i < table->columns->len; i++)
    suggest_column (table->columns->pdata[i], table, pack, family);
  resolve_rivals (table, pack, family);
}

static gint
compare_counts (gconstpointer a, gconstpointer b)
{
  const CcDistinct *x = a, *y = b;

  return x->count != y->count ? (x->count > y->count ? -1 : 1) : strcmp (x->text, y->text);
}

/* Languages of the headers; machine names and HTCDS are no languages. */
static void
collect_languages (CcInspection *inspection)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (CcDistinct));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint l = 0; cc_pack_languages[l]; l++)
    {
      CcDistinct language = { (char *) cc_pack_languages[l], 0 };

      for (guint t = 0; t < inspection->tables->len; t++)
        {
          CcInspectTable *table = inspection->tables->pdata[t];

          for (guint c = 0; c < table->columns->len; c++)
            language.count +=
                g_strcmp0 (((CcInspectColumn *) table->columns->pdata[c])->language, language.text)
                == 0;
        }
      if (language.count > 0)
        g_array_append_val (counts, language);
    }
  g_array_sort (counts, compare_counts);
  for (guint i = 0; i < counts->len; i++)
    g_strv_builder_add (builder, g_array_index (counts, CcDistinct, i).text);
  inspection->languages = g_strv_builder_end (builder);
}

void
cc_suggest_tables (CcInspection *inspection, CcPack *pack)
{
  for (guint i = 0; i < inspection->tables->len; i++)
    {
      CcInspectTable *table = inspection->tables->pdata[i];

      choose_unit (table, pack);
      cc_suggest_columns (table, pack, table->unit);
    }
  collect_languages (inspection);
}
