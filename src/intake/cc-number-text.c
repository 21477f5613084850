/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-number-text.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-scan-private.h"

/* More than this in one cell is the number of a file, a telephone or a date. */
#define NUMBER_MAX 100000

#define MAX_TERMS 16

/* How a number is tied to the one before it. */
typedef enum
{
  LINK_NONE,  /* nothing but a space or a word that labels */
  LINK_PLUS,  /* "5 + 2", "5 et 2" */
  LINK_LIST,  /* "1H/1M", "2 F, 1 M" */
  LINK_RANGE, /* "5 à 10", "5-10" */
} Link;

typedef struct
{
  gint64   number;
  Link     link;
  gboolean labelled; /* a word stands behind it: "2 filles" */
} Term;

typedef struct
{
  CcPack      *pack;
  GArray      *tokens;
  CcNumberMark point, comma;
  Term         terms[MAX_TERMS];
  guint        n_terms;
  Link         link; /* since the last number */
  gboolean     below, above, equal, approximate, between, strange, fraction, mark;
} NumberScan;

/* What is beyond any count stays beyond: numbers must not come round to small ones. */
static gint64
append_group (gint64 number, gint64 group)
{
  return number > NUMBER_MAX ? NUMBER_MAX + 1 : number * 1000 + group;
}

/* Digits in groups of three with spaces or apostrophes between: 1 200, 1'200'000. */
static guint
take_spaced_groups (GArray *tokens, guint index, gint64 *number)
{
  guint at = index + 1;

  if (cc_scan_at (tokens, index)->n_digits > 3 || cc_scan_at (tokens, index)->number == 0)
    return at;
  for (;;)
    {
      const gboolean apostrophe =
          (cc_scan_is_sign (tokens, at, '\'') || cc_scan_is_sign (tokens, at, 0x2019))
          && cc_scan_at (tokens, at)->glued;
      const guint  group = apostrophe ? at + 1 : at;
      CcScanToken *token = cc_scan_at (tokens, group);

      if (!token || token->kind != CC_SCAN_NUMBER || token->n_digits != 3 || token->in_words
          || token->glued != apostrophe)
        return at;
      *number = append_group (*number, token->number);
      at = group + 1;
    }
}

static gboolean
is_mark (GArray *tokens, guint index, gunichar sign)
{
  return cc_scan_is_sign (tokens, index, sign) && cc_scan_at (tokens, index)->glued
         && cc_scan_is_number (tokens, index + 1) && cc_scan_at (tokens, index + 1)->glued;
}

static gboolean
is_zero_fraction (const CcScanToken *token)
{
  return token->number == 0;
}

/* Digits with points or commas between: 1.200, 1,200,000, 2.5, 15.0. */
static guint
take_marked_groups (NumberScan *scan, guint index, gint64 *number)
{
  CcScanToken       *first = cc_scan_at (scan->tokens, index);
  CcScanToken       *sign = cc_scan_at (scan->tokens, index + 1);
  CcScanToken       *next = cc_scan_at (scan->tokens, index + 2);
  const CcNumberMark said = sign->sign == '.' ? scan->point : scan->comma;
  guint              at = index + 3, n_groups = 1;
  gboolean           groups = first->n_digits <= 3 && first->number > 0 && next->n_digits == 3;
  gint64             value = append_group (first->number, next->number);

  while (groups && is_mark (scan->tokens, at, sign->sign)
         && cc_scan_at (scan->tokens, at + 1)->n_digits == 3)
    {
      value = append_group (value, cc_scan_at (scan->tokens, at + 1)->number);
      n_groups++;
      at += 2;
    }
  if (is_mark (scan->tokens, at, '.') || is_mark (scan->tokens, at, ','))
    {
      scan->strange = TRUE;
      return at;
    }
  if (groups && (n_groups > 1 || said == CC_NUMBER_MARK_THOUSANDS))
    *number = value;
  else if (groups && said == CC_NUMBER_MARK_UNKNOWN)
    {
      *number = value;
      scan->mark = TRUE;
    }
  else if (n_groups == 1 && is_zero_fraction (next) && said != CC_NUMBER_MARK_THOUSANDS)
    *number = first->number;
  else
    scan->fraction = TRUE;
  return at;
}

static guint
take_number (NumberScan *scan, guint index)
{
  CcScanToken *token = cc_scan_at (scan->tokens, index);
  gint64       number = token->number;
  guint        next;
  Term        *term;

  if (!token->in_words
      && (is_mark (scan->tokens, index + 1, '.') || is_mark (scan->tokens, index + 1, ',')))
    next = take_marked_groups (scan, index, &number);
  else
    next = token->in_words ? index + 1 : take_spaced_groups (scan->tokens, index, &number);
  if (scan->n_terms == MAX_TERMS)
    {
      scan->strange = TRUE;
      return next;
    }
  term = &scan->terms[scan->n_terms++];
  term->number = number;
  term->link = scan->link;
  term->labelled = FALSE;
  scan->link = LINK_NONE;
  return next;
}

static gboolean
note_phrase (NumberScan *scan, const char *phrase, gboolean between)
{
  if (between && cc_pack_match_token (scan->pack, "joiner", phrase))
    scan->link = scan->between ? LINK_RANGE : LINK_PLUS;
  else if (between && cc_pack_match_token (scan->pack, "age-range", phrase))
    scan->link = LINK_RANGE;
  else if (cc_pack_match_token (scan->pack, "age-and-over", phrase))
    scan->above = scan->equal = TRUE;
  else if (cc_pack_match_token (scan->pack, "approx", phrase))
    scan->approximate = TRUE;
  else if (cc_pack_match_token (scan->pack, "age-under", phrase))
    scan->below = TRUE;
  else if (cc_pack_match_token (scan->pack, "age-over", phrase))
    scan->above = TRUE;
  else if (cc_pack_match_token (scan->pack, "number-at-most", phrase))
    scan->below = scan->equal = TRUE;
  else if (cc_pack_match_token (scan->pack, "number-at-least", phrase))
    scan->above = scan->equal = TRUE;
  else if (scan->n_terms == 0 && cc_pack_match_token (scan->pack, "age-between", phrase))
    scan->between = TRUE;
  else
    return FALSE;
  return TRUE;
}

/* The longest run of up to three words that the grammar knows; a word it does not know labels the
 * number before it. */
static guint
take_words (NumberScan *scan, guint index)
{
  for (guint n = 3; n > 0; n--)
    {
      g_autoptr (GString) phrase = g_string_new (NULL);
      guint i;

      for (i = 0; i < n && cc_scan_is_word (scan->tokens, index + i); i++)
        g_string_append_printf (phrase, "%s%s", i > 0 ? " " : "",
                                cc_scan_at (scan->tokens, index + i)->word);
      if (i == n
          && note_phrase (scan, phrase->str,
                          scan->n_terms > 0 && cc_scan_is_number (scan->tokens, index + n)))
        return n;
    }
  if (scan->n_terms > 0)
    scan->terms[scan->n_terms - 1].labelled = TRUE;
  return 1;
}

static void
note_sign (NumberScan *scan, guint index)
{
  const gboolean last = index + 1 == scan->tokens->len;
  const gboolean between = scan->n_terms > 0 && !last;

  switch (cc_scan_at (scan->tokens, index)->sign)
    {
    case '<':
      scan->below = TRUE;
      break;
    case 0x2264:
      scan->below = scan->equal = TRUE;
      break;
    case '>':
      scan->above = TRUE;
      break;
    case 0x2265:
      scan->above = scan->equal = TRUE;
      break;
    case '=':
      scan->equal = TRUE;
      break;
    case '~':
    case '?':
    case 0x00B1: /* plus-minus */
      scan->approximate = TRUE;
      break;
    case '+':
    case '&':
      if (between)
        scan->link = LINK_PLUS;
      else
        scan->above = scan->equal = TRUE;
      break;
    case '-':
      /* A dash between a label and what it explains is no range: "2 filles - mineures". */
      if (between && cc_scan_is_number (scan->tokens, index + 1))
        scan->link = LINK_RANGE;
      else if (scan->n_terms == 0)
        scan->strange = TRUE;
      break;
    case '/':
    case ',':
    case ';':
      if (between)
        scan->link = LINK_LIST;
      break;
    case '%':
      scan->strange = TRUE;
      break;
    default:
      break;
    }
}

static void
scan_tokens (NumberScan *scan)
{
  int depth = 0;

  for (guint i = 0; i < scan->tokens->len;)
    {
      CcScanToken *token = cc_scan_at (scan->tokens, i);

      /* What stands in brackets explains the number before it and is not added. */
      if (token->kind == CC_SCAN_SIGN && (token->sign == '(' || token->sign == '['))
        {
          depth++;
          i++;
        }
      else if (token->kind == CC_SCAN_SIGN && (token->sign == ')' || token->sign == ']'))
        {
          depth--;
          i++;
        }
      else if (depth > 0)
        {
          if (token->kind == CC_SCAN_WORD
              && cc_pack_match_token (scan->pack, "approx", token->word))
            scan->approximate = TRUE;
          i++;
        }
      else if (token->kind == CC_SCAN_NUMBER)
        i = take_number (scan, i);
      else if (token->kind == CC_SCAN_WORD)
        i += take_words (scan, i);
      else
        note_sign (scan, i++);
    }
}

static CcNumberRead
set_bound (CcNumberText *result, gint64 min, gint64 max)
{
  if ((max >= 0 && min > max) || min > NUMBER_MAX || max > NUMBER_MAX)
    return CC_NUMBER_READ_UNREADABLE;
  result->min = min;
  result->max = max;
  return CC_NUMBER_READ_BOUND;
}

/* Several numbers are a sum only where each says what it counts, or a plus stands between. */
static CcNumberRead
add_terms (const NumberScan *scan, CcNumberText *result)
{
  gint64 sum = 0;

  for (guint i = 0; i < scan->n_terms; i++)
    {
      const Term *term = &scan->terms[i];

      if (i > 0 && term->link != LINK_PLUS && !(scan->terms[i - 1].labelled && term->labelled))
        return CC_NUMBER_READ_UNREADABLE;
      if (term->link == LINK_RANGE)
        return CC_NUMBER_READ_UNREADABLE;
      sum += MIN (term->number, NUMBER_MAX + 1);
    }
  if (sum > NUMBER_MAX)
    return CC_NUMBER_READ_UNREADABLE;
  result->number = sum;
  return scan->mark ? CC_NUMBER_READ_MARK : CC_NUMBER_READ_OK;
}

static CcNumberRead
read_scan (const NumberScan *scan, CcNumberText *result)
{
  const gint64 first = scan->n_terms > 0 ? scan->terms[0].number : -1;

  if (scan->n_terms == 0 || scan->strange || (scan->below && scan->above))
    return CC_NUMBER_READ_UNREADABLE;
  if (scan->fraction)
    return CC_NUMBER_READ_FRACTION;
  if (scan->n_terms == 2 && scan->terms[1].link == LINK_RANGE && !scan->mark && !scan->below
      && !scan->above)
    return set_bound (result, first, scan->terms[1].number);
  if ((scan->below || scan->above) && (scan->n_terms > 1 || scan->mark))
    return CC_NUMBER_READ_UNREADABLE;
  if (scan->below)
    return first == 0 && !scan->equal ? CC_NUMBER_READ_UNREADABLE
                                      : set_bound (result, 0, scan->equal ? first : first - 1);
  if (scan->above)
    return set_bound (result, scan->equal ? first : first + 1, -1);
  result->approximate = scan->approximate;
  return add_terms (scan, result);
}

/**
 * cc_number_text_read:
 * @text: (nullable): a cell that states a number of things or persons
 * @point: what the sender means by a point between digits, UNKNOWN where nobody said so
 * @comma: the same of a comma
 * @result: (out): what was read
 *
 * "3"; "1 200"; "2 (Menores)"; "5 + 2 bébés" = 7; "1H/1M" = 2; "néant" = 0; "1 (U)" = 1. What
 * stands in brackets after a number explains it and is not added. "5/10" and "5 10" are no sum.
 *
 * Returns: what could be made of it
 */
CcNumberRead
cc_number_text_read (CcPack       *pack,
                     const char   *text,
                     CcNumberMark  point,
                     CcNumberMark  comma,
                     CcNumberText *result)
{
  g_autoptr (GArray) tokens = NULL;
  NumberScan   scan = { 0 };
  CcNumberRead read;

  g_return_val_if_fail (pack != NULL && result != NULL, CC_NUMBER_READ_UNREADABLE);

  *result = (CcNumberText){ .number = -1, .min = -1, .max = -1 };
  if (cc_text_is_blank (text))
    return CC_NUMBER_READ_BLANK;
  if (cc_pack_match_token (pack, "none", text))
    {
      result->number = 0;
      return CC_NUMBER_READ_OK;
    }
  tokens = cc_scan (text);
  if (tokens->len > CC_SCAN_MAX_TOKENS)
    return CC_NUMBER_READ_UNREADABLE;
  cc_scan_read_number_words (pack, tokens);
  scan.pack = pack;
  scan.tokens = tokens;
  scan.point = point;
  scan.comma = comma;
  scan_tokens (&scan);
  read = read_scan (&scan, result);
  if (read != CC_NUMBER_READ_OK && read != CC_NUMBER_READ_MARK)
    result->approximate = FALSE;
  return read;
}

/**
 * cc_persons_text_read:
 * @text: (nullable): a cell that states a number of persons
 *
 * Returns: the number, -1 where the cell states none, or none that is beyond doubt
 */
int
cc_persons_text_read (CcPack *pack, const char *text)
{
  CcNumberText number;

  return cc_number_text_read (pack, text, CC_NUMBER_MARK_UNKNOWN, CC_NUMBER_MARK_UNKNOWN, &number)
                 == CC_NUMBER_READ_OK
             ? (int) number.number
             : -1;
}

/**
 * cc_number_mark_from_text:
 * @text: (nullable): "thousands" or "decimals"
 *
 * Returns: the mark's meaning, UNKNOWN for anything else
 */
CcNumberMark
cc_number_mark_from_text (const char *text)
{
  for (CcNumberMark mark = CC_NUMBER_MARK_THOUSANDS; mark <= CC_NUMBER_MARK_DECIMALS; mark++)
    if (text && g_ascii_strcasecmp (text, cc_number_mark_to_text (mark)) == 0)
      return mark;
  return CC_NUMBER_MARK_UNKNOWN;
}

/**
 * cc_number_mark_to_text:
 *
 * Returns: the meaning as in a map file, "" for UNKNOWN
 */
const char *
cc_number_mark_to_text (CcNumberMark mark)
{
  switch (mark)
    {
    case CC_NUMBER_MARK_THOUSANDS:
      return "thousands";
    case CC_NUMBER_MARK_DECIMALS:
      return "decimals";
    case CC_NUMBER_MARK_UNKNOWN:
    default:
      return "";
    }
}
