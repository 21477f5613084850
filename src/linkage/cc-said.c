/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-said-private.h"

#include <string.h>
#include <cc/base/cc-text.h>
#include <cc/model/cc-names.h>

/* Telephone numbers are one where their last digits are: the country's number is written in three
 * ways or left out. */
#define PHONE_DIGITS 8

/* Two dates in the same way of writing share at least this, in hundredths. */
#define LEAST_LIKENESS 50

/* Words shorter than this must not be a letter apart: most short names are one letter away from
 * another name. */
#define SHORT_WORD 4
#define LONG_WORD  7

void
cc_said_init (CcSaid *self)
{
  self->values = g_ptr_array_new ();
  self->no_value = CC_NO_VALUE_NONE;
  self->text = NULL;
  self->parts = g_array_new (FALSE, FALSE, sizeof (CcSaidPart));
}

void
cc_said_clear (CcSaid *self)
{
  g_ptr_array_unref (self->values);
  g_free (self->text);
  g_array_unref (self->parts);
}

static gboolean
says_something (const CcValue *value)
{
  switch (value->variable->type)
    {
    case CC_VARIABLE_MULTI:
      return value->codes != NULL && value->codes->len > 0;
    case CC_VARIABLE_DATE:
      return cc_interval_is_known (value->date) || !cc_text_is_blank (value->text);
    case CC_VARIABLE_AGE:
      return value->age_min >= 0 || value->age_max >= 0;
    case CC_VARIABLE_TEXT:
    case CC_VARIABLE_IDENTIFIER:
      return !cc_text_is_blank (value->text);
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
      return value->code != NULL;
    case CC_VARIABLE_INT:
      return TRUE;
    case CC_VARIABLE_REF:
    default:
      return FALSE;
    }
}

void
cc_said_take (CcSaid *self, CcValue *value)
{
  if (value->no_value != CC_NO_VALUE_NONE)
    self->no_value = value->no_value;
  else if (says_something (value))
    g_ptr_array_add (self->values, value);
}

static void
add_part (CcSaid *self, GString *text, const char *comma, const char *part, const CcCode *code)
{
  CcSaidPart at = { .code = code };

  for (guint i = 0; code != NULL && i < self->parts->len; i++)
    if (g_array_index (self->parts, CcSaidPart, i).code == code)
      return;
  if (text->len > 0)
    g_string_append (text, comma);
  at.span.start = (guint) text->len;
  g_string_append (text, part);
  at.span.end = (guint) text->len;
  g_array_append_val (self->parts, at);
}

static void
add_code (CcSaid       *self,
          GString      *text,
          const char   *comma,
          CcPack       *pack,
          const CcCode *code,
          const char   *language)
{
  g_autofree char *label = cc_pack_get_code_label (pack, code, language);

  add_part (self, text, comma, label, code);
}

static char *
format_age (CcTexts *texts, const char *language, const CcValue *value)
{
  g_autofree char *min = cc_texts_number (texts, language, MAX (value->age_min, 0), 0);
  g_autofree char *max = cc_texts_number (texts, language, MAX (value->age_max, 0), 0);

  if (value->age_max < 0)
    return g_strconcat (min, "+", NULL);
  if (value->age_min == value->age_max)
    return g_steal_pointer (&min);
  return cc_texts_format (texts, "report.interval", language, "first", min, "last", max, NULL);
}

/* As given; only what machines write (2021-03-04) is written as people do. */
static char *
format_date (CcTexts *texts, const char *language, const CcValue *value)
{
  CcInterval interval;

  if (cc_text_is_blank (value->text)
      || (cc_interval_from_iso (value->text, &interval) && interval.first == value->date.first
          && interval.last == value->date.last))
    return cc_compare_format_interval (texts, language, value->date);
  return g_strdup (value->text);
}

/* Writes out what is said, the words of the pack in the language asked for. */
void
cc_said_write (CcSaid *self, CcPack *pack, CcTexts *texts, const char *language)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *comma = strcmp (language, "ar") == 0 ? "، " : ", ";

  for (guint i = 0; i < self->values->len; i++)
    {
      const CcValue   *value = self->values->pdata[i];
      g_autofree char *part = NULL;

      if (value->code != NULL)
        add_code (self, text, comma, pack, value->code, language);
      for (guint k = 0; value->variable->type == CC_VARIABLE_MULTI && k < value->codes->len; k++)
        add_code (self, text, comma, pack, value->codes->pdata[k], language);
      if (value->variable->type == CC_VARIABLE_DATE)
        part = format_date (texts, language, value);
      else if (value->variable->type == CC_VARIABLE_AGE)
        part = format_age (texts, language, value);
      else if (value->variable->type == CC_VARIABLE_INT)
        part = cc_texts_number (texts, language, (double) value->number, 0);
      else if (value->variable->type == CC_VARIABLE_TEXT
               || value->variable->type == CC_VARIABLE_IDENTIFIER)
        part = g_strdup (value->text);
      if (part != NULL)
        add_part (self, text, comma, part, NULL);
    }
  if (text->len > 0)
    self->text = g_strdup (text->str);
}

/* text: (transfer full) (nullable): what is said, made by the caller */
void
cc_said_write_text (CcSaid *self, char *text)
{
  CcSaidPart part = { .span = { 0, text != NULL ? (guint) strlen (text) : 0 } };

  self->text = text;
  if (text != NULL)
    g_array_append_val (self->parts, part);
}

CcSaidKind
cc_said_get_kind (const CcVariable *variable)
{
  static const char *const words[] = { "family",      "given",       "full_name", "alias",
                                       "father_name", "birth_place", NULL };

  switch (variable->type)
    {
    case CC_VARIABLE_IDENTIFIER:
      if (g_strv_contains (words, variable->name))
        return CC_SAID_WORDS;
      return strcmp (variable->name, "phone") == 0 ? CC_SAID_PHONE : CC_SAID_NUMBER;
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
    case CC_VARIABLE_MULTI:
      return CC_SAID_CODES;
    case CC_VARIABLE_DATE:
      return CC_SAID_DATE;
    default:
      return CC_SAID_PLAIN;
    }
}

/* How well two words go together. */
typedef enum
{
  WORD_SAME,
  WORD_VARIANT,
  WORD_SLIP,
  WORD_OTHER,
} Word;

static gboolean
share_group (CcPack *pack, const char *a, const char *b)
{
  const GArray *x = cc_names_variant_groups (pack, a);
  const GArray *y = cc_names_variant_groups (pack, b);

  for (guint i = 0; x != NULL && i < x->len; i++)
    for (guint j = 0; y != NULL && j < y->len; j++)
      if (g_array_index (x, guint32, i) == g_array_index (y, guint32, j))
        return TRUE;
  return FALSE;
}

static Word
relate_word (CcPack *pack, const char *a, const char *b)
{
  const glong      shorter = MIN (g_utf8_strlen (a, -1), g_utf8_strlen (b, -1));
  const guint      limit = shorter >= LONG_WORD ? 2 : 1;
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  if (strcmp (a, b) == 0)
    return WORD_SAME;
  x = cc_names_skeleton (pack, a);
  y = cc_names_skeleton (pack, b);
  if ((*x != '\0' && strcmp (x, y) == 0) || share_group (pack, a, b))
    return WORD_VARIANT;
  if (shorter < SHORT_WORD)
    return WORD_OTHER;
  return cc_text_edit_distance (a, b, limit) <= limit ? WORD_SLIP : WORD_OTHER;
}

/**
 * Names and places: words in any order, as linkage reads them.
 */
CcCompareState
cc_said_relate_words (CcPack *pack, const char *a, const char *b)
{
  g_auto (GStrv) x = cc_names_tokenise (pack, a);
  g_auto (GStrv) y = cc_names_tokenise (pack, b);
  const guint          n = g_strv_length (x);
  const guint          m = g_strv_length (y);
  g_autofree gboolean *done_x = g_new0 (gboolean, n + 1);
  g_autofree gboolean *done_y = g_new0 (gboolean, m + 1);
  guint                n_matched = 0;
  Word                 worst = WORD_SAME;

  if (n == 0 || m == 0)
    return cc_letter_equal (a, b) ? CC_COMPARE_EQUAL : CC_COMPARE_DIFFERS;
  for (Word level = WORD_SAME; level < WORD_OTHER; level++)
    for (guint i = 0; i < n; i++)
      for (guint j = 0; !done_x[i] && j < m; j++)
        if (!done_y[j] && relate_word (pack, x[i], y[j]) <= level)
          {
            done_x[i] = done_y[j] = TRUE;
            worst = MAX (worst, level);
            n_matched++;
          }
  if (n_matched < MIN (n, m))
    return CC_COMPARE_DIFFERS;
  if (worst == WORD_SLIP)
    return CC_COMPARE_SLIP;
  if (n != m)
    return CC_COMPARE_FITS;
  return worst == WORD_SAME ? CC_COMPARE_EQUAL : CC_COMPARE_VARIANT;
}

/* Letters and digits alone; of telephone numbers the last digits. */
static char *
make_number_key (CcSaidKind kind, const char *text)
{
  g_autofree char *western = cc_text_western_digits (text);
  GString         *key = g_string_new (NULL);

  for (const char *at = western; *at != '\0'; at = g_utf8_next_char (at))
    {
      const gunichar c = g_utf8_get_char (at);

      if (kind == CC_SAID_PHONE ? g_unichar_isdigit (c) : g_unichar_isalnum (c))
        g_string_append_unichar (key, g_unichar_toupper (c));
    }
  if (kind == CC_SAID_PHONE && key->len > PHONE_DIGITS)
    g_string_erase (key, 0, (gssize) key->len - PHONE_DIGITS);
  return g_string_free (key, FALSE);
}

static CcCompareState
relate_numbers (CcSaidKind kind, const CcSaid *a, const CcSaid *b)
{
  guint    n_shared = 0;
  gboolean near = FALSE;

  for (guint i = 0; i < a->values->len; i++)
    for (guint j = 0; j < b->values->len; j++)
      {
        g_autofree char *x = make_number_key (kind, ((CcValue *) a->values->pdata[i])->text);
        g_autofree char *y = make_number_key (kind, ((CcValue *) b->values->pdata[j])->text);

        n_shared += strcmp (x, y) == 0;
        near = near || (strlen (x) > SHORT_WORD && cc_text_edit_distance (x, y, 1) <= 1);
      }
  if (n_shared > 0)
    return n_shared >= MAX (a->values->len, b->values->len) ? CC_COMPARE_EQUAL : CC_COMPARE_FITS;
  return near ? CC_COMPARE_SLIP : CC_COMPARE_DIFFERS;
}

static gboolean
has_code (const CcSaid *said, const CcCode *code)
{
  for (guint i = 0; i < said->parts->len; i++)
    if (g_array_index (said->parts, CcSaidPart, i).code == code)
      return TRUE;
  return FALSE;
}

static CcCompareState
relate_codes (const CcVariable *variable, const CcSaid *a, const CcSaid *b)
{
  guint n_shared = 0;

  for (guint i = 0; i < a->parts->len; i++)
    n_shared += has_code (b, g_array_index (a->parts, CcSaidPart, i).code);
  if (n_shared > 0)
    return n_shared == a->parts->len && n_shared == b->parts->len ? CC_COMPARE_EQUAL
                                                                  : CC_COMPARE_FITS;
  return strcmp (variable->name, "sex") == 0 ? CC_COMPARE_CONTRADICTS : CC_COMPARE_DIFFERS;
}

/* Day and month changed about, one digit or one day off. */
static gboolean
is_slip (CcDay a, CcDay b)
{
  char  x[16];
  char  y[16];
  int   ya, ma, da, yb, mb, db;
  guint n = 0;

  cc_day_to_ymd (a, &ya, &ma, &da);
  cc_day_to_ymd (b, &yb, &mb, &db);
  if (ABS (a - b) == 1 || (ya == yb && ma == db && da == mb))
    return TRUE;
  g_snprintf (x, sizeof x, "%04d%02d%02d", ya, ma, da);
  g_snprintf (y, sizeof y, "%04d%02d%02d", yb, mb, db);
  for (guint i = 0; x[i] != '\0' && y[i] != '\0'; i++)
    n += x[i] != y[i];
  return n == 1;
}

/**
 * When two records say that the person was born; both known.
 */
CcCompareState
cc_said_relate_births (CcInterval a, CcInterval b)
{
  if (a.first == b.first && a.last == b.last)
    return CC_COMPARE_EQUAL;
  if (a.first <= b.last && b.first <= a.last)
    return CC_COMPARE_FITS;
  if (cc_interval_is_day (a) && cc_interval_is_day (b) && is_slip (a.first, b.first))
    return CC_COMPARE_SLIP;
  return CC_COMPARE_CONTRADICTS;
}

static CcCompareState
relate_dates (const CcSaid *a, const CcSaid *b)
{
  const CcInterval x = ((CcValue *) a->values->pdata[0])->date;
  const CcInterval y = ((CcValue *) b->values->pdata[0])->date;
  CcCompareState   state;

  if (!cc_interval_is_known (x) || !cc_interval_is_known (y))
    return cc_letter_equal (a->text, b->text) ? CC_COMPARE_EQUAL : CC_COMPARE_DIFFERS;
  state = cc_said_relate_births (x, y);
  /* Another agency meets the same person on another day. */
  return state == CC_COMPARE_CONTRADICTS || state == CC_COMPARE_SLIP ? CC_COMPARE_DIFFERS : state;
}

/* Both say something. */
CcCompareState
cc_said_relate (CcPack *pack, const CcVariable *variable, const CcSaid *a, const CcSaid *b)
{
  const CcSaidKind kind = cc_said_get_kind (variable);

  switch (kind)
    {
    case CC_SAID_WORDS:
      return cc_said_relate_words (pack, a->text, b->text);
    case CC_SAID_NUMBER:
    case CC_SAID_PHONE:
      return relate_numbers (kind, a, b);
    case CC_SAID_CODES:
      return relate_codes (variable, a, b);
    case CC_SAID_DATE:
      return relate_dates (a, b);
    case CC_SAID_PLAIN:
    default:
      return cc_letter_equal (a->text, b->text) ? CC_COMPARE_EQUAL : CC_COMPARE_DIFFERS;
    }
}

static void
mark_codes (const CcSaid *a, const CcSaid *b, GArray *spans)
{
  for (guint i = 0; i < a->parts->len; i++)
    {
      const CcSaidPart *part = &g_array_index (a->parts, CcSaidPart, i);

      if (!has_code (b, part->code))
        g_array_append_val (spans, part->span);
    }
}

/* Letters of dates that are written in different ways say nothing about the days. */
static void
mark_dates (const CcSaid *a, const CcSaid *b, GArray *spans_a, GArray *spans_b)
{
  const guint n_a = spans_a->len;
  const guint n_b = spans_b->len;

  if (cc_letter_diff (a->text, b->text, spans_a, spans_b) >= LEAST_LIKENESS)
    return;
  g_array_set_size (spans_a, n_a);
  g_array_set_size (spans_b, n_b);
}

/* Adds the letters that one says and the other does not. */
void
cc_said_mark (CcSaidKind kind, const CcSaid *a, const CcSaid *b, GArray *spans_a, GArray *spans_b)
{
  switch (kind)
    {
    case CC_SAID_CODES:
      mark_codes (a, b, spans_a);
      mark_codes (b, a, spans_b);
      break;
    case CC_SAID_WORDS:
      cc_letter_diff_words (a->text, b->text, spans_a, spans_b);
      break;
    case CC_SAID_DATE:
      mark_dates (a, b, spans_a, spans_b);
      break;
    case CC_SAID_NUMBER:
    case CC_SAID_PHONE:
    case CC_SAID_PLAIN:
    default:
      cc_letter_diff (a->text, b->text, spans_a, spans_b);
      break;
    }
}
