/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-text.h>

#include <string.h>

#define ARABIC_TATWEEL 0x0640

/* Letters that Arabic keyboards exchange freely at the end of words, and their Persian forms. */
static gunichar
unify_arabic (gunichar c)
{
  switch (c)
    {
    case 0x0629: /* teh marbuta */
      return 0x0647;
    case 0x0649: /* alef maksura */
    case 0x06CC: /* Persian yeh */
      return 0x064A;
    case 0x06A9: /* Persian kaf */
      return 0x0643;
    default:
      return c;
    }
}

/* Western digit of an Arabic-Indic, Persian or other decimal digit; 0 where it is none. */
static char
western_digit (gunichar c)
{
  int value = g_unichar_digit_value (c);

  return value >= 0 && c > 127 ? '0' + value : 0;
}

static gboolean
is_mark (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_FORMAT:
      return TRUE;
    default:
      return c == ARABIC_TATWEEL;
    }
}

/**
 * cc_text_fold:
 * @text: (nullable): any text
 *
 * Folds a text so that spellings that mean the same word compare equal: NFKD, case folding, marks
 * dropped, digits of any script made Western, Arabic letters that keyboards exchange made one,
 * everything that is neither letter nor digit made one space, ends trimmed.
 *
 * Returns: (transfer full): the folded text, "" for %NULL or text that is not UTF-8
 */
char *
cc_text_fold (const char *text)
{
  return cc_text_fold_keep (text, "");
}

/* ASCII needs no tables: nothing decomposes, and no letter folds into two. NULL where the text has
 * more than ASCII. */
static char *
fold_ascii (const char *text, const char *keep)
{
  char    *result = g_malloc (strlen (text) + 1);
  char    *end = result;
  gboolean pending_space = FALSE;

  for (const char *p = text; *p; p++)
    {
      if ((guchar) *p >= 0x80)
        {
          g_free (result);
          return NULL;
        }
      if (!g_ascii_isalnum (*p) && !strchr (keep, *p))
        {
          pending_space = end > result;
          continue;
        }
      if (pending_space)
        *end++ = ' ';
      pending_space = FALSE;
      *end++ = g_ascii_tolower (*p);
    }
  *end = '\0';
  return result;
}

/**
 * cc_text_fold_keep:
 * @text: (nullable): any text
 * @keep: ASCII characters that stay, such as "<>+-/?"
 *
 * As cc_text_fold(), but keeps some punctuation that carries meaning in ages and dates.
 *
 * Returns: (transfer full): the folded text
 */
char *
cc_text_fold_keep (const char *text, const char *keep)
{
  g_autofree char *decomposed = NULL;
  g_autofree char *folded = NULL;
  GString         *result;
  char            *quick;
  gboolean         pending_space = FALSE;

  g_return_val_if_fail (keep != NULL, NULL);

  if (text && (quick = fold_ascii (text, keep)))
    return quick;
  if (!text || !(decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD)))
    return g_strdup ("");
  folded = g_utf8_casefold (decomposed, -1);
  result = g_string_sized_new (strlen (folded));
  for (const char *p = folded; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      char     digit = western_digit (c);

      if (is_mark (c))
        continue;
      if (!digit && !g_unichar_isalnum (c) && !(c < 128 && strchr (keep, (char) c)))
        {
          pending_space = result->len > 0;
          continue;
        }
      if (pending_space)
        g_string_append_c (result, ' ');
      pending_space = FALSE;
      if (digit)
        g_string_append_c (result, digit);
      else
        g_string_append_unichar (result, unify_arabic (c));
    }
  return g_string_free (result, FALSE);
}

/**
 * cc_text_western_digits:
 * @text: any text
 *
 * Returns: (transfer full): the text with digits of every script made Western
 */
char *
cc_text_western_digits (const char *text)
{
  GString *result;

  g_return_val_if_fail (text != NULL, NULL);

  result = g_string_sized_new (strlen (text));
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      char     digit = western_digit (c);

      if (digit)
        g_string_append_c (result, digit);
      else
        g_string_append_unichar (result, c);
    }
  return g_string_free (result, FALSE);
}

/**
 * cc_text_collapse:
 * @text: any text
 *
 * Returns: (transfer full): the text with ends trimmed and each run of white space, no-break spaces
 * and line ends included, made one space
 */
char *
cc_text_collapse (const char *text)
{
  GString *result;
  gboolean pending_space = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  result = g_string_sized_new (strlen (text));
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == 0x00A0 || c == 0x200B || c == 0xFEFF)
        {
          pending_space = result->len > 0;
          continue;
        }
      if (pending_space)
        g_string_append_c (result, ' ');
      pending_space = FALSE;
      g_string_append_unichar (result, c);
    }
  return g_string_free (result, FALSE);
}

/**
 * cc_text_repair_double_utf8:
 * @text: valid UTF-8
 *
 * Undoes the commonest damage of exchanged files: UTF-8 that was read as Windows-1252 and written
 * as UTF-8 again ("CÃ´te d'Ivoire").
 *
 * Returns: (transfer full) (nullable): the repaired text, or %NULL where the text is not so damaged
 */
char *
cc_text_repair_double_utf8 (const char *text)
{
  g_autofree char *bytes = NULL;
  gsize            length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  /* Only texts in which a lead byte of UTF-8 stands as a Latin letter can be damaged so. */
  if (!strstr (text, "\303\203") && !strstr (text, "\303\202") && !strstr (text, "\303\230")
      && !strstr (text, "\303\231"))
    return NULL;
  bytes = g_convert (text, -1, "WINDOWS-1252", "UTF-8", NULL, &length, NULL);
  if (!bytes || !g_utf8_validate (bytes, length, NULL) || strlen (bytes) != length)
    return NULL;
  return g_steal_pointer (&bytes);
}

/**
 * cc_text_is_blank:
 * @text: (nullable): any text
 *
 * Returns: whether there is nothing but white space
 */
gboolean
cc_text_is_blank (const char *text)
{
  for (const char *p = text; p && *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && c != 0x00A0 && c != 0x200B && c != 0xFEFF)
        return FALSE;
    }
  return TRUE;
}

/**
 * cc_text_equal:
 *
 * Returns: whether both texts fold to the same
 */
gboolean
cc_text_equal (const char *a, const char *b)
{
  g_autofree char *folded_a = cc_text_fold (a);
  g_autofree char *folded_b = cc_text_fold (b);

  return g_str_equal (folded_a, folded_b);
}

/**
 * cc_text_to_int:
 * @text: decimal digits, perhaps behind a minus; nothing else, not even blanks
 * @number: (out): the number; untouched where the text is none
 *
 * GLib's own function reads errno after a call that may set it in its first use of the C locale,
 * and then refuses a good number once in some hundred runs.
 *
 * Returns: whether the text is a whole number from @least to @most
 */
gboolean
cc_text_to_int (const char *text, gint64 least, gint64 most, gint64 *number)
{
  gboolean    negative;
  gint64      value = 0;
  const char *p;

  g_return_val_if_fail (text != NULL && number != NULL, FALSE);

  negative = text[0] == '-';
  p = text + negative;
  if (!g_ascii_isdigit (*p))
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    {
      /* Counted downwards, because the smallest number has no positive twin. */
      if (value < (G_MININT64 + (*p - '0')) / 10)
        return FALSE;
      value = value * 10 - (*p - '0');
    }
  if (*p != '\0' || (!negative && value == G_MININT64))
    return FALSE;
  if (!negative)
    value = -value;
  if (value < least || value > most)
    return FALSE;
  *number = value;
  return TRUE;
}

/**
 * cc_text_edit_distance:
 * @a: UTF-8
 * @b: UTF-8
 * @limit: the largest distance of interest
 *
 * Optimal string alignment distance (insert, delete, change, swap of neighbours) in characters.
 *
 * Returns: the distance, or @limit + 1 where it is larger
 */
guint
cc_text_edit_distance (const char *a, const char *b, guint limit)
{
  glong                n_a = 0, n_b = 0;
  g_autofree gunichar *chars_a = NULL;
  g_autofree gunichar *chars_b = NULL;
  g_autofree guint    *rows = NULL;
  guint               *before, *last, *row;

  g_return_val_if_fail (a != NULL && b != NULL, limit + 1);

  chars_a = g_utf8_to_ucs4_fast (a, -1, &n_a);
  chars_b = g_utf8_to_ucs4_fast (b, -1, &n_b);
  if ((guint) ABS (n_a - n_b) > limit)
    return limit + 1;
  rows = g_new0 (guint, 3 * (n_b + 1));
  before = rows;
  last = rows + n_b + 1;
  row = rows + 2 * (n_b + 1);
  for (glong j = 0; j <= n_b; j++)
    last[j] = j;
  for (glong i = 1; i <= n_a; i++)
    {
      guint *spare = before;

      row[0] = i;
      for (glong j = 1; j <= n_b; j++)
        {
          guint cost = chars_a[i - 1] != chars_b[j - 1];

          row[j] = MIN (MIN (row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
          if (i > 1 && j > 1 && chars_a[i - 1] == chars_b[j - 2]
              && chars_a[i - 2] == chars_b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
      before = last;
      last = row;
      row = spare;
    }
  return MIN (last[n_b], limit + 1);
}
