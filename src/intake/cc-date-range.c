/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-date-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

/* Longer texts are prose. */
#define MAX_LENGTH 80

static gboolean
is_date (CcPack *pack, const char *text, CcCalendar calendar, CcDay today)
{
  CcDateParts parts;

  cc_date_parse (pack, text, calendar, today, FALSE, &parts);
  return parts.shape == SHAPE_FIXED || parts.shape == SHAPE_TWO_ORDERS;
}

static gboolean
is_cut_sign (GArray *tokens, guint index, gunichar sign)
{
  return cc_scan_is_sign (tokens, index, sign);
}

/* Whether dates that stand there are written with points or slashes, so that a dash between them is
 * no part of either. */
static gboolean
has_other_separator (GArray *tokens, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    if (is_cut_sign (tokens, i, '/') || is_cut_sign (tokens, i, '.'))
      return TRUE;
  return FALSE;
}

/* Whether the text may be cut at a token: a word such as "to" or "et", a dash. */
static gboolean
may_cut (CcPack *pack, GArray *tokens, guint index)
{
  static const char *const kinds[] = { "date-range", "age-range", "joiner", NULL };
  CcScanToken             *token = cc_scan_at (tokens, index);

  if (token->kind == CC_SCAN_WORD)
    {
      for (guint k = 0; kinds[k]; k++)
        if (cc_pack_match_token (pack, kinds[k], token->word))
          return TRUE;
      return FALSE;
    }
  if (!cc_scan_is_sign (tokens, index, '-'))
    return FALSE;
  /* 2022-2023 */
  if (tokens->len == 3 && cc_scan_at (tokens, 0)->n_digits == 4
      && cc_scan_at (tokens, 2)->n_digits == 4)
    return TRUE;
  return (!token->glued && !cc_scan_at (tokens, index + 1)->glued)
         || has_other_separator (tokens, index + 1, tokens->len)
         || (index == 1 && cc_scan_is_word (tokens, tokens->len - 2))
         || (cc_scan_is_word (tokens, index - 1) && cc_scan_is_word (tokens, index + 1));
}

/* The last number of four digits, 0 for none. */
static int
find_year (GArray *tokens)
{
  for (guint i = tokens->len; i > 0; i--)
    if (cc_scan_is_number (tokens, i - 1) && cc_scan_at (tokens, i - 1)->n_digits == 4)
      return (int) cc_scan_at (tokens, i - 1)->number;
  return 0;
}

/* The first end with what it leaves to the second to say: "15" of "15 au 20 mai 2023", "15 mai" of
 * "15 mai au 20 juin 2023". */
static char *
complete_first (CcPack *pack, const char *first, const char *last, CcCalendar calendar, CcDay today)
{
  g_autoptr (GArray) tokens = cc_scan (first);
  g_autoptr (GArray) others = cc_scan (last);
  const int year = find_year (others);

  if (is_date (pack, first, calendar, today))
    return g_strdup (first);
  if (tokens->len > 0 && cc_scan_is_number (tokens, tokens->len - 1)
      && cc_scan_at (tokens, tokens->len - 1)->n_digits <= 2)
    for (guint i = 0; i < others->len; i++)
      if (cc_scan_is_number (others, i))
        {
          g_autofree char *text = g_strconcat (first, last + cc_scan_at (others, i)->end, NULL);

          if (is_date (pack, text, calendar, today))
            return g_steal_pointer (&text);
          break;
        }
  for (guint i = 0; year && i < 2; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%c%d", first, i == 0 ? '/' : ' ', year);

      if (is_date (pack, text, calendar, today))
        return g_steal_pointer (&text);
    }
  return NULL;
}

gboolean
cc_date_split_range (CcPack     *pack,
                     const char *text,
                     CcCalendar  calendar,
                     CcDay       today,
                     char      **first,
                     char      **last)
{
  g_autoptr (GArray) tokens = NULL;
  guint n_numbers = 0;

  *first = *last = NULL;
  if (strlen (text) > MAX_LENGTH)
    return FALSE;
  tokens = cc_scan (text);
  for (guint i = 0; i < tokens->len; i++)
    n_numbers += cc_scan_is_number (tokens, i);
  if (n_numbers < 1 || find_year (tokens) == 0 || tokens->len > CC_SCAN_MAX_TOKENS)
    return FALSE;
  for (guint i = 1; i + 1 < tokens->len; i++)
    {
      CcScanToken     *token = cc_scan_at (tokens, i);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      if (!may_cut (pack, tokens, i))
        continue;
      before = g_strstrip (g_strndup (text, token->start));
      after = g_strstrip (g_strdup (text + token->end));
      if (!is_date (pack, after, calendar, today))
        continue;
      *first = complete_first (pack, before, after, calendar, today);
      if (!*first)
        continue;
      *last = g_steal_pointer (&after);
      return TRUE;
    }
  return FALSE;
}
