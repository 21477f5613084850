/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-age-text.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <stdlib.h>
#include <string.h>

#include "cc-scan-private.h"

#define AGE_MAX 120

/* What stands in a cell besides the numbers. */
typedef enum
{
  SEEN_APPROXIMATE = 1 << 0,
  SEEN_BELOW = 1 << 1,
  SEEN_ABOVE = 1 << 2,
  SEEN_EQUAL = 1 << 3,
  SEEN_RANGE = 1 << 4,
  SEEN_AND = 1 << 5,
  SEEN_MONTHS = 1 << 6,
  SEEN_CHILD = 1 << 7,
  SEEN_ADULT = 1 << 8,
  SEEN_DAYS = 1 << 9,
  SEEN_WEEKS = 1 << 10,
  SEEN_BETWEEN = 1 << 11, /* "entre 15 et 17": the "and" behind it makes a range */
  SEEN_STRANGE = 1 << 12,
  SEEN_YEARS = 1 << 13,
  SEEN_BORN = 1 << 14, /* "né en 2005" */
} Seen;

typedef struct
{
  guint  seen;
  gint64 numbers[3];
  guint  n_numbers;
  guint  first_unit;         /* SEEN_YEARS, SEEN_MONTHS ... */
  int    band_min, band_max; /* of a word such as "teenager"; -1 for none */
} AgeScan;

static gboolean
has_token (CcPack *pack, const char *kind, const char *word)
{
  return cc_pack_match_token (pack, kind, word) != NULL;
}

static gboolean
is_age_header (CcPack *pack, const char *word)
{
  GPtrArray *meanings = cc_pack_match_header (pack, word);

  for (guint i = 0; meanings && i < meanings->len; i++)
    if (((CcHeaderMeaning *) meanings->pdata[i])->variable->type == CC_VARIABLE_AGE)
      return TRUE;
  return FALSE;
}

/* What a word says. Kinds earlier in the list win: "a" between two numbers is a range in
 * Portuguese, after one it is "anos". */
static guint
look_up_word (CcPack *pack, const char *word, gboolean between_numbers)
{
  static const struct
  {
    const char *kind;
    guint       seen;
  } kinds[] = {
    { "joiner", SEEN_AND },
    { "age-range", SEEN_RANGE },
    { "age-half", 0 },
    { "age-and-over", SEEN_ABOVE | SEEN_EQUAL },
    { "age-year", SEEN_YEARS },
    { "age-month", SEEN_MONTHS },
    { "age-week", SEEN_WEEKS },
    { "age-day", SEEN_DAYS },
    { "approx", SEEN_APPROXIMATE },
    { "age-under", SEEN_BELOW },
    { "age-over", SEEN_ABOVE },
    { "age-between", SEEN_BETWEEN },
    { "age-born", SEEN_BORN },
    { "child", SEEN_CHILD },
    { "adult", SEEN_ADULT },
  };

  for (guint i = between_numbers ? 0 : 2; i < G_N_ELEMENTS (kinds); i++)
    if (has_token (pack, kinds[i].kind, word))
      return kinds[i].seen;
  return is_age_header (pack, word) ? 0 : SEEN_STRANGE;
}

/* "teenager": a word for a range of ages, which the pack states. */
static gboolean
take_band (CcPack *pack, const char *word, AgeScan *scan)
{
  const char *value = cc_pack_match_token (pack, "age-band", word);
  g_auto (GStrv) ends = value ? g_strsplit (value, ";", 2) : NULL;

  if (!ends || g_strv_length (ends) != 2)
    return FALSE;
  scan->band_min = atoi (ends[0]);
  scan->band_max = atoi (ends[1]);
  return TRUE;
}

/* Takes the longest known run of up to three words ("moins de", "أقل من") and notes it. */
static guint
take_words (CcPack *pack, GArray *tokens, guint index, AgeScan *scan)
{
  const guint units = SEEN_YEARS | SEEN_MONTHS | SEEN_WEEKS | SEEN_DAYS;

  for (guint n = 3; n > 0; n--)
    {
      g_autoptr (GString) phrase = g_string_new (NULL);
      guint found, i;

      for (i = 0; i < n && cc_scan_is_word (tokens, index + i); i++)
        g_string_append_printf (phrase, "%s%s", i > 0 ? " " : "",
                                cc_scan_at (tokens, index + i)->word);
      if (i < n)
        continue;
      found = look_up_word (pack, phrase->str, index > 0 && cc_scan_is_number (tokens, index + n));
      if (found == SEEN_STRANGE && take_band (pack, phrase->str, scan))
        return n;
      if (found == SEEN_STRANGE && n > 1)
        continue;
      if (!scan->first_unit)
        scan->first_unit = found & units;
      scan->seen |= found;
      return n;
    }
  return 1;
}

/* A fraction after a number: "3 ans 1/2", "3,5", "3.5". Ages are completed years: it is dropped. */
static guint
skip_fraction (GArray *tokens, guint index, const AgeScan *scan)
{
  CcScanToken *token = cc_scan_at (tokens, index);

  if (scan->n_numbers != 1)
    return 0;
  if (token->kind == CC_SCAN_NUMBER && token->number == 1
      && cc_scan_is_sign (tokens, index + 1, '/') && cc_scan_is_number (tokens, index + 2)
      && cc_scan_at (tokens, index + 2)->number == 2)
    return 3;
  if (token->kind == CC_SCAN_SIGN && (token->sign == ',' || token->sign == '.') && token->glued
      && cc_scan_is_number (tokens, index + 1) && cc_scan_at (tokens, index + 1)->glued
      && cc_scan_at (tokens, index + 1)->n_digits == 1)
    return 2;
  if (token->kind == CC_SCAN_SIGN && token->sign == 0x00BD) /* one half */
    return 1;
  return 0;
}

static guint
note_sign (gunichar sign, gboolean first, gboolean last, guint n_numbers)
{
  switch (sign)
    {
    case '~':
    case '?':
      return SEEN_APPROXIMATE;
    case '<':
    case 0x2264:
      return sign == '<' ? SEEN_BELOW : SEEN_BELOW | SEEN_EQUAL;
    case '>':
    case 0x2265:
      return sign == '>' ? SEEN_ABOVE : SEEN_ABOVE | SEEN_EQUAL;
    case '=':
      return SEEN_EQUAL;
    case '+':
      return n_numbers == 0 || last ? SEEN_ABOVE | SEEN_EQUAL : SEEN_AND;
    case '-':
      /* A dash in front means below, a dash behind could be either. */
      return first ? SEEN_BELOW : last ? SEEN_STRANGE : SEEN_RANGE;
    case '/':
      return SEEN_RANGE;
    case ',':
    case ';':
    case '&':
      return SEEN_AND;
    case '(':
    case ')':
    case '[':
    case ']':
    case '.':
    case ':':
    case '\'':
      return 0;
    default:
      return SEEN_STRANGE;
    }
}

static void
scan_age (CcPack *pack, GArray *tokens, AgeScan *scan)
{
  memset (scan, 0, sizeof *scan);
  scan->band_min = scan->band_max = -1;
  for (guint i = 0; i < tokens->len;)
    {
      CcScanToken *token = cc_scan_at (tokens, i);
      guint        skip = skip_fraction (tokens, i, scan);

      if (skip > 0)
        {
          i += skip;
          continue;
        }
      if (token->kind == CC_SCAN_NUMBER)
        {
          if (scan->n_numbers < G_N_ELEMENTS (scan->numbers))
            scan->numbers[scan->n_numbers] = token->number;
          scan->n_numbers++;
          i++;
        }
      else if (token->kind == CC_SCAN_WORD)
        i += take_words (pack, tokens, i, scan);
      else
        {
          scan->seen |= note_sign (token->sign, i == 0, i + 1 == tokens->len, scan->n_numbers);
          i++;
        }
    }
}

static CcAgeRead
set_age (CcAgeText *age, gint64 min, gint64 max)
{
  if (min > AGE_MAX || max > AGE_MAX)
    return CC_AGE_READ_IMPOSSIBLE;
  if (max >= 0 && min > max)
    return CC_AGE_READ_UNREADABLE;
  age->min = (int) min;
  age->max = (int) max;
  return CC_AGE_READ_OK;
}

static CcAgeRead
read_one (const AgeScan *scan, CcDay today, CcAgeText *age)
{
  gint64 n = scan->numbers[0];

  if (scan->seen & SEEN_BORN && (n < 1900 || n > cc_day_year (today)))
    return CC_AGE_READ_UNREADABLE;
  if (scan->seen & SEEN_DAYS)
    return set_age (age, n / 365, n / 365);
  if (scan->seen & SEEN_WEEKS)
    return set_age (age, n * 7 / 365, n * 7 / 365);
  if (scan->seen & SEEN_MONTHS)
    return set_age (age, n / 12, n / 12);
  if ((scan->seen & (SEEN_BELOW | SEEN_ABOVE)) == (SEEN_BELOW | SEEN_ABOVE))
    return CC_AGE_READ_UNREADABLE;
  if (scan->seen & SEEN_BELOW)
    {
      gint64 max = scan->seen & SEEN_EQUAL ? n : n - 1;

      return max < 0 ? CC_AGE_READ_UNREADABLE : set_age (age, 0, max);
    }
  if (scan->seen & SEEN_ABOVE)
    /* ">18" and "plus de 18" are written for "18 and over"; both are of age. */
    return set_age (age, n, -1);
  if (n >= 1900 && n <= cc_day_year (today))
    {
      age->birth = cc_interval_year ((int) n);
      return CC_AGE_READ_BIRTH;
    }
  return set_age (age, n, n);
}

static CcAgeRead
read_two (const AgeScan *scan, CcAgeText *age)
{
  /* 15 ans et 6 mois: completed years */
  if (scan->seen & SEEN_AND && scan->seen & SEEN_MONTHS && scan->first_unit == SEEN_YEARS
      && scan->numbers[1] < 12)
    return set_age (age, scan->numbers[0], scan->numbers[0]);
  if (scan->seen & SEEN_AND && !(scan->seen & SEEN_BETWEEN))
    return CC_AGE_READ_SEVERAL;
  if (scan->seen & SEEN_BETWEEN)
    return set_age (age, scan->numbers[0], scan->numbers[1]);
  if (scan->seen & SEEN_MONTHS && !(scan->seen & SEEN_RANGE))
    /* 2 ans 6 mois: completed years */
    return set_age (age, scan->numbers[0], scan->numbers[0]);
  if (scan->seen & SEEN_MONTHS)
    return set_age (age, scan->numbers[0] / 12, scan->numbers[1] / 12);
  if (scan->seen & SEEN_RANGE)
    return set_age (age, scan->numbers[0], scan->numbers[1]);
  return CC_AGE_READ_UNREADABLE;
}

static CcAgeRead
read_scan (const AgeScan *scan, CcDay today, CcAgeText *age)
{
  age->approximate = (scan->seen & SEEN_APPROXIMATE) != 0;
  if (scan->seen & SEEN_STRANGE)
    return CC_AGE_READ_UNREADABLE;
  switch (scan->n_numbers)
    {
    case 0:
      if (scan->band_min >= 0 && !(scan->seen & ~SEEN_APPROXIMATE))
        return set_age (age, scan->band_min, scan->band_max);
      if ((scan->seen & (SEEN_CHILD | SEEN_ADULT)) == SEEN_CHILD)
        return set_age (age, 0, 17);
      if ((scan->seen & (SEEN_CHILD | SEEN_ADULT)) == SEEN_ADULT)
        return set_age (age, 18, -1);
      return CC_AGE_READ_UNREADABLE;
    case 1:
      return read_one (scan, today, age);
    case 2:
      return read_two (scan, age);
    default:
      return scan->seen & SEEN_AND ? CC_AGE_READ_SEVERAL : CC_AGE_READ_UNREADABLE;
    }
}

/* "nouveau-né" is one expression, not the range of two. */
static void
drop_hyphens (GArray *tokens)
{
  for (guint i = tokens->len; i > 2; i--)
    if (cc_scan_is_sign (tokens, i - 2, '-') && cc_scan_is_word (tokens, i - 3)
        && cc_scan_is_word (tokens, i - 1) && cc_scan_at (tokens, i - 2)->glued
        && cc_scan_at (tokens, i - 1)->glued)
      cc_scan_remove (tokens, i - 2);
}

static gboolean
is_punctuation_only (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/**
 * cc_age_text_read:
 * @text: (nullable): the cell as text
 * @order: order of day and month, should the cell hold a date of birth
 * @today: bounds years of birth
 * @age: (out): the ages it may mean; -1 where open
 *
 * The grammar of questionnaires.md 13.3. "15?" keeps its number and is marked approximate; "9 e 12"
 * is several persons or a range, which only the sender knows.
 *
 * Returns: what could be made of it
 */
CcAgeRead
cc_age_text_read (CcPack *pack, const char *text, CcDateOrder order, CcDay today, CcAgeText *age)
{
  g_autoptr (GArray) tokens = NULL;
  AgeScan   scan;
  CcAgeRead result;

  g_return_val_if_fail (pack != NULL && age != NULL, CC_AGE_READ_UNREADABLE);

  *age = (CcAgeText){ .min = -1, .max = -1, .birth = CC_INTERVAL_UNKNOWN };
  if (cc_text_is_blank (text))
    return CC_AGE_READ_BLANK;
  if (is_punctuation_only (text) || has_token (pack, "unknown", text))
    return CC_AGE_READ_UNKNOWN;
  /* "mineur(e)" is one word. */
  if (strchr (text, '(') && has_token (pack, "child", text))
    return set_age (age, 0, 17);
  if (strchr (text, '(') && has_token (pack, "adult", text))
    return set_age (age, 18, -1);
  tokens = cc_scan (text);
  if (tokens->len > CC_SCAN_MAX_TOKENS)
    return CC_AGE_READ_UNREADABLE;
  cc_scan_read_number_words (pack, tokens);
  drop_hyphens (tokens);
  scan_age (pack, tokens, &scan);
  result = read_scan (&scan, today, age);
  if ((result == CC_AGE_READ_UNREADABLE || result == CC_AGE_READ_IMPOSSIBLE) && scan.n_numbers > 1)
    {
      CcInterval birth;

      if (cc_date_text_read (pack, text, order, today, FALSE, &birth) == CC_DATE_READ_OK)
        {
          age->birth = birth;
          return CC_AGE_READ_BIRTH;
        }
    }
  return result;
}
