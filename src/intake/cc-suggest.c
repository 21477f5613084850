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
suggest_column (CcInspectTable *table,
                guint           position,
                CcPack         *pack,
                CcHeaders      *headers,
                const char     *unit)
{
  CcInspectColumn *column = table->columns->pdata[position];
  GArray          *guesses = headers->guesses->pdata[position];
  const char      *reason = headers->reasons[position];
  g_autoptr (GString) text = g_string_new (NULL);
  const CcVariable *shape;

  g_clear_pointer (&column->reason, g_free);
  g_clear_pointer (&column->language, g_free);
  column->score = 0;
  for (guint fact = 0; fact < 3; fact++)
    {
      const CcHeaderGuess *guess = choose_guess (guesses, fact, unit, column, pack);
      g_autofree char     *target = guess ? cc_header_guess_to_text (pack, unit, guess) : NULL;

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
  else if ((int) column->column == table->serial_column || cc_suggest_is_needless (pack, column)
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

static void
drop_suggestion (CcInspectColumn *column, const char *reason)
{
  g_free (column->suggestion);
  column->suggestion = g_strdup ("");
  g_free (column->reason);
  column->reason = g_strdup (reason);
  column->score = 0;
}

gboolean
cc_suggestion_was_dropped (const CcInspectColumn *column)
{
  return g_strcmp0 (column->reason, "intake.reason.rival") == 0
         || g_strcmp0 (column->reason, "intake.reason.doubled") == 0;
}

/* One single-valued variable takes one column: the better header, then the fuller column, then the
 * first. The others stay as raw text and are named. */
static void
resolve_rivals (CcInspectTable *table, CcPack *pack, const char *unit)
{
  g_autoptr (GHashTable) winners = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < table->columns->len; i++)
    {
      CcInspectColumn *b = table->columns->pdata[i], *a;

      if (b->suggestion[0] == '\0' || g_str_equal (b->suggestion, "-"))
        continue;
      a = g_hash_table_lookup (winners, b->suggestion);
      if (!a)
        g_hash_table_insert (winners, b->suggestion, b);
      else if (may_repeat (pack, unit, b->suggestion))
        continue;
      else if (b->score > a->score || (b->score == a->score && a->n_filled == 0))
        {
          g_hash_table_replace (winners, b->suggestion, b);
          drop_suggestion (a, "intake.reason.rival");
        }
      else
        drop_suggestion (b, "intake.reason.rival");
    }
}

/* The same header once more, without a word whose it is: two ages would be taken for one that is
 * not certain, and the accused for the victim. */
static void
leave_doubled (CcInspectTable *table, CcPack *pack, const char *unit)
{
  guint n_doubled = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcInspectColumn *column = table->columns->pdata[i];

      n_doubled += column->doubled && column->suggestion[0] != '\0'
                   && !g_str_equal (column->suggestion, "-");
    }
  for (guint i = 0; n_doubled > 0 && i < table->columns->len; i++)
    {
      CcInspectColumn *column = table->columns->pdata[i];
      g_autoptr (CcTarget) target = column->doubled && column->score >= CC_HEADER_ENOUGH
                                            && !g_str_equal (column->suggestion, "-")
                                        ? cc_target_parse (pack, unit, column->suggestion)
                                        : NULL;

      /* "Nationality, Nationality" are two nationalities. */
      if (target && (n_doubled > 1 || target->variable->type != CC_VARIABLE_MULTI))
        drop_suggestion (column, "intake.reason.doubled");
    }
}

static void
suggest_columns (CcInspectTable *table, CcPack *pack, CcHeaders *headers, const char *unit)
{
  const char *family = g_ascii_isalpha (unit[0]) ? unit : "victim";

  for (guint i = 0; i < table->columns->len; i++)
    suggest_column (table, i, pack, headers, family);
  leave_doubled (table, pack, family);
  resolve_rivals (table, pack, family);
  cc_suggest_date_parts (table, pack, family);
  cc_suggest_check_fit (table, pack, family);
  cc_suggest_sex (table, pack, family);
  if (table->machine_row >= 0)
    cc_suggest_machine (table, pack, family);
}

void
cc_suggest_columns (CcInspectTable *table, CcPack *pack, const char *unit)
{
  g_autoptr (CcHeaders) headers = cc_headers_read (pack, table);

  suggest_columns (table, pack, headers, unit);
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
      g_autoptr (CcHeaders) headers = cc_headers_read (pack, table);

      cc_suggest_unit (table, pack, headers);
      cc_suggest_counts (table, pack, headers);
      cc_suggest_population (table, pack);
      suggest_columns (table, pack, headers, table->unit);
      cc_suggest_leave_out (inspection, pack, i);
    }
  collect_languages (inspection);
}
