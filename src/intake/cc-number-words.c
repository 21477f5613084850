/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-scan-private.h"

#include <cc/model/cc-words.h>

#include <stdlib.h>

/* "kumi na tano" has three words, and "dix-sept" two with a dash between. */
#define MAX_WORDS 3

/* How many tokens the longest number in words takes that begins at `index`; 0 for none. */
static guint
match_number (CcPack *pack, GArray *tokens, guint index, gint64 *number)
{
  g_autoptr (GString) phrase = g_string_new (NULL);
  guint n_words = 0, best = 0;

  for (guint i = index; i < tokens->len && n_words < MAX_WORDS; i++)
    {
      CcScanToken *token = cc_scan_at (tokens, i);
      const char  *value;

      if (i > index && cc_scan_is_sign (tokens, i, '-') && token->glued
          && cc_scan_is_word (tokens, i + 1) && cc_scan_at (tokens, i + 1)->glued)
        continue;
      if (token->kind != CC_SCAN_WORD)
        break;
      g_string_append_printf (phrase, "%s%s", n_words > 0 ? " " : "", token->word);
      n_words++;
      value = cc_pack_match_token (pack, "number-word", phrase->str);
      if (value)
        {
          best = i + 1 - index;
          *number = atoi (value);
        }
    }
  return best;
}

/* Whether two numbers in words are one: twenty-five, soixante-quinze. */
static gboolean
is_compound (gint64 tens, gint64 rest)
{
  if (tens < 20 || tens > 90 || tens % 10 != 0 || rest < 1)
    return FALSE;
  return rest <= 9 || (rest <= 19 && (tens == 60 || tens == 80));
}

/**
 * cc_scan_read_number_words:
 *
 * Puts a number in the place of numbers written in words ("quinze", "twenty-five").
 */
void
cc_scan_read_number_words (CcPack *pack, GArray *tokens)
{
  gint64 before = -1;

  for (guint i = 0; i < tokens->len; i++)
    {
      CcScanToken *token = cc_scan_at (tokens, i);
      gint64       number = 0;
      guint        n;

      if (cc_scan_is_sign (tokens, i, '-') && token->glued && before >= 0)
        continue;
      n = token->kind == CC_SCAN_WORD ? match_number (pack, tokens, i, &number) : 0;
      if (n == 0)
        {
          before = -1;
          continue;
        }
      for (guint j = 1; j < n; j++)
        cc_scan_remove (tokens, i + 1);
      token = cc_scan_at (tokens, i);
      g_clear_pointer (&token->word, g_free);
      token->kind = CC_SCAN_NUMBER;
      token->number = number;
      token->n_digits = number > 9 ? 2 : 1;
      token->in_words = TRUE;
      if (before >= 0 && is_compound (before, number))
        {
          guint first = cc_scan_is_sign (tokens, i - 1, '-') ? i - 2 : i - 1;

          cc_scan_at (tokens, first)->number += number;
          while (i > first)
            cc_scan_remove (tokens, i--);
          before = -1;
          continue;
        }
      before = number;
    }
}
