/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-scan-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

static void
clear_token (gpointer data)
{
  g_free (((CcScanToken *) data)->word);
}

/* One sign for what typists use alike: all dashes, the fullwidth forms, curly quotes. */
static gunichar
plain_sign (gunichar c)
{
  if (c == 0x2212 || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION)
    return '-';
  switch (c)
    {
    case 0x2044: /* fraction slash */
    case 0x2215:
    case 0xFF0F:
      return '/';
    case 0x060C: /* Arabic comma */
      return ',';
    case 0x061B: /* Arabic semicolon */
      return ';';
    case 0x061F: /* Arabic question mark */
      return '?';
    case 0x066B: /* Arabic decimal separator */
      return ',';
    case 0x223C: /* tilde operators */
    case 0x2248:
      return '~';
    default:
      return c;
    }
}

static const char *
take_number (const char *p, CcScanToken *token)
{
  token->kind = CC_SCAN_NUMBER;
  while (g_unichar_digit_value (g_utf8_get_char (p)) >= 0)
    {
      if (token->number < G_GINT64_CONSTANT (100000000000000000))
        token->number = token->number * 10 + g_unichar_digit_value (g_utf8_get_char (p));
      token->n_digits++;
      p = g_utf8_next_char (p);
    }
  return p;
}

static gboolean
is_word_part (gunichar c)
{
  return (g_unichar_isalpha (c) || g_unichar_ismark (c) || c == 0x0640)
         && g_unichar_digit_value (c) < 0;
}

static const char *
take_word (const char *p, CcScanToken *token)
{
  const char      *start = p;
  g_autofree char *raw = NULL;

  token->kind = CC_SCAN_WORD;
  while (*p && is_word_part (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  raw = g_strndup (start, p - start);
  token->word = cc_text_fold (raw);
  return p;
}

/**
 * cc_scan:
 * @text: UTF-8
 *
 * Returns: (transfer full): CcScanToken; more than CC_SCAN_MAX_TOKENS are cut off, one token past
 * it so that callers see that there was more
 */
GArray *
cc_scan (const char *text)
{
  GArray  *tokens = g_array_new (FALSE, FALSE, sizeof (CcScanToken));
  gboolean glued = FALSE;

  g_array_set_clear_func (tokens, clear_token);
  for (const char *p = text; *p && tokens->len <= CC_SCAN_MAX_TOKENS;)
    {
      gunichar    c = g_utf8_get_char (p);
      CcScanToken token = { 0 };

      if (g_unichar_isspace (c) || c == 0x200B || c == 0xFEFF
          || g_unichar_type (c) == G_UNICODE_FORMAT)
        {
          /* Direction marks separate nothing. */
          if (g_unichar_isspace (c))
            glued = FALSE;
          p = g_utf8_next_char (p);
          continue;
        }
      token.glued = glued;
      token.start = p - text;
      if (g_unichar_digit_value (c) >= 0)
        p = take_number (p, &token);
      else if (is_word_part (c))
        p = take_word (p, &token);
      else
        {
          token.kind = CC_SCAN_SIGN;
          token.sign = plain_sign (c);
          p = g_utf8_next_char (p);
        }
      token.end = p - text;
      glued = TRUE;
      if (token.kind == CC_SCAN_WORD && token.word[0] == '\0')
        {
          g_free (token.word);
          continue;
        }
      g_array_append_val (tokens, token);
    }
  return tokens;
}

CcScanToken *
cc_scan_at (GArray *tokens, guint index)
{
  return index < tokens->len ? &g_array_index (tokens, CcScanToken, index) : NULL;
}

gboolean
cc_scan_is_sign (GArray *tokens, guint index, gunichar sign)
{
  CcScanToken *token = cc_scan_at (tokens, index);

  return token && token->kind == CC_SCAN_SIGN && token->sign == sign;
}

gboolean
cc_scan_is_number (GArray *tokens, guint index)
{
  CcScanToken *token = cc_scan_at (tokens, index);

  return token && token->kind == CC_SCAN_NUMBER;
}

gboolean
cc_scan_is_word (GArray *tokens, guint index)
{
  CcScanToken *token = cc_scan_at (tokens, index);

  return token && token->kind == CC_SCAN_WORD;
}

void
cc_scan_remove (GArray *tokens, guint index)
{
  g_array_remove_index (tokens, index);
}
