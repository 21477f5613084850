/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sheet-words.h"

#include <inttypes.h>
#include <glib/gi18n.h>
#include <math.h>
#include <cc/report/cc-answer.h>

gboolean
cc_sheet_words_is_typed (const CcAnswerPart *part)
{
  return part->kind == CC_ANSWER_BOX_TYPED
         || (part->cell != NULL && part->cell->state == CC_CELL_ENTRY);
}

/* The sign of a figure that there is not, and what it means; NULL where there is a figure. */
static const char *
missing_sign (const CcCell *cell, const char **meaning)
{
  switch (cell->state)
    {
    case CC_CELL_NOT_DETERMINED:
      *meaning = _ ("not determined: the dates may lie in two years");
      return "?";
    case CC_CELL_MASKED:
      *meaning = _ ("hidden, because few persons are counted");
      return "";
    case CC_CELL_ENTRY:
      *meaning = _ ("empty, to be typed in");
      return isfinite (cell->value) ? NULL : "…";
    case CC_CELL_BLANK:
      *meaning = _ ("not known, empty in the workbook");
      return "–";
    case CC_CELL_COMPUTED:
    default:
      return NULL;
    }
}

static char *
figure_markup (CcAnswerBook *book, const CcAnswerPart *part, gboolean ranges)
{
  const CcCell    *cell = part->cell;
  const char      *meaning = NULL;
  const char      *sign = missing_sign (cell, &meaning);
  g_autofree char *text = g_markup_escape_text (part->text, -1);
  g_autofree char *word = NULL;

  if (sign != NULL)
    return g_strdup_printf ("<span alpha=\"65%%\">%s%s</span>", text, sign);
  if (cell->state == CC_CELL_ENTRY)
    {
      /* Translators: small word below a figure that a person typed instead of the counted one. */
      word = g_markup_escape_text (_ ("typed"), -1);
      return g_strdup_printf ("%s\n<small>%s</small>", text, word);
    }
  if (ranges && cell->low < cell->high)
    return g_strdup_printf ("%s\n<small>%" PRId64 "–%" PRId64 "</small>", text, cell->low,
                            cell->high);
  return g_steal_pointer (&text);
}

char *
cc_sheet_words_markup (CcAnswerBook *book, const CcAnswerPart *part, gboolean ranges)
{
  g_autofree char *text = NULL;

  if (part->kind == CC_ANSWER_FIGURE)
    return figure_markup (book, part, ranges);
  if (part->kind == CC_ANSWER_BOX_TYPED && *part->text == '\0')
    {
      /* Translators: stands in an empty box of the questionnaire that a person fills. */
      text = g_markup_escape_text (_ ("Nothing typed yet"), -1);
      return g_strdup_printf ("<span alpha=\"65%%\">%s</span>", text);
    }
  return g_markup_escape_text (part->text, -1);
}

static char *
figure_spoken (CcAnswerBook *book, const CcAnswerPart *part)
{
  g_autofree char *place = cc_answer_book_describe_place (book, part);
  const char      *meaning = NULL;
  const char      *sign = missing_sign (part->cell, &meaning);

  if (sign != NULL)
    /* Translators: a cell of a table read aloud: its headings, and why it has no figure. */
    return g_strdup_printf (_ ("%s: %s"), place, meaning);
  if (part->cell->state == CC_CELL_ENTRY)
    /* Translators: a cell of a table read aloud: its headings and a figure typed by a person. */
    return g_strdup_printf (_ ("%s: %s, typed"), place, part->text);
  if (part->cell->low < part->cell->high)
    /* Translators: a cell of a table read aloud: its headings, its figure, lowest and highest. */
    return g_strdup_printf (_ ("%s: %s, between %" PRId64 " and %" PRId64), place, part->text,
                            part->cell->low, part->cell->high);
  /* Translators: a cell of a table read aloud: its headings and its figure. */
  return g_strdup_printf (_ ("%s: %s"), place, part->text);
}

static const char *
find_label (CcAnswerBook *book, const CcAnswerPart *part)
{
  GPtrArray *sheets = cc_answer_book_get_sheets (book);

  for (guint i = 0; i < sheets->len; i++)
    {
      const CcAnswerSheet *sheet = sheets->pdata[i];
      const CcAnswerPart  *label;

      if (part->line >= sheet->n_lines
          || cc_answer_sheet_find (sheet, part->line, part->column) != part)
        continue;
      label = cc_answer_sheet_find (sheet, part->line, 0);
      return label != NULL ? label->text : part->name;
    }
  return part->name;
}

/* What stands beside a typed box. */
char *
cc_sheet_words_label (CcAnswerBook *book, const CcAnswerPart *part)
{
  return g_strdup (find_label (book, part));
}

char *
cc_sheet_words_spoken (CcAnswerBook *book, const CcAnswerPart *part)
{
  if (part->kind == CC_ANSWER_FIGURE)
    return figure_spoken (book, part);
  if (part->kind == CC_ANSWER_BOX_TYPED)
    return g_strdup_printf (_ ("%s: %s"), find_label (book, part),
                            *part->text != '\0' ? part->text : _ ("Nothing typed yet"));
  return g_strdup (part->text);
}

char *
cc_sheet_words_tooltip (CcAnswerBook *book, const CcAnswerPart *part)
{
  const char *meaning = NULL;

  if (part->kind == CC_ANSWER_BOX_TYPED)
    {
      const CcAnswerTyped *typed = cc_answer_book_find_typed (book, CC_ANSWER_META, part->name);

      return typed != NULL ? cc_sheet_words_kept (book, typed) : NULL;
    }
  if (part->cell == NULL)
    return NULL;
  if (missing_sign (part->cell, &meaning) != NULL)
    return g_strdup (meaning);
  return cc_answer_book_describe_figure (book, part);
}

char *
cc_sheet_words_kept (CcAnswerBook *book, const CcAnswerTyped *typed)
{
  const CcInterval asked = cc_answer_book_get_interval (book);
  int              first, last;

  if (!cc_interval_is_known (typed->periods)
      || (typed->periods.first == asked.first && typed->periods.last == asked.last))
    return NULL;
  first = cc_day_year (typed->periods.first);
  last = cc_day_year (typed->periods.last);
  if (first == last)
    /* Translators: %d is a year. */
    return g_strdup_printf (_ ("Kept from the answer for %d"), first);
  /* Translators: %d are the first and the last year. */
  return g_strdup_printf (_ ("Kept from the answer for %d to %d"), first, last);
}
