/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-number-private.h"

#include <math.h>
#include <string.h>

#define MAX_DIGITS 15
/* Powers of ten that a double holds exactly; a quotient or product of two exact doubles is rounded
 * right (Clinger 1990, "How to read floating point numbers accurately"). */
#define MAX_EXACT_POWER 22

static const double powers[MAX_EXACT_POWER + 1] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

typedef struct
{
  gboolean negative;
  guint64  digits;   /* at most 15 significant ones */
  int      exponent; /* value = digits * 10^exponent */
  gboolean plain;    /* the source is the canonical text itself */
} Decimal;

static gboolean
read_exponent (const char *p, const char *end, int *exponent)
{
  gboolean negative = FALSE;
  int      value = 0;

  if (p < end && (*p == '+' || *p == '-'))
    negative = *p++ == '-';
  if (p == end)
    return FALSE;
  for (; p < end; p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      value = MIN (value * 10 + (*p - '0'), 100000);
    }
  *exponent = negative ? -value : value;
  return TRUE;
}

static void
round_up (Decimal *decimal)
{
  decimal->digits++;
  /* 999999999999999 + 1 has a digit too many, and it is a zero. */
  if (decimal->digits == G_GUINT64_CONSTANT (1000000000000000))
    {
      decimal->digits /= 10;
      decimal->exponent++;
    }
}

static gboolean
read_decimal (const char *source, gsize length, Decimal *decimal)
{
  const char *p = source;
  const char *end = source + length;
  guint       n_digits = 0; /* significant */
  guint       n_read = 0;
  gboolean    in_fraction = FALSE;
  gboolean    rounds_up = FALSE;
  int         exponent = 0;

  memset (decimal, 0, sizeof *decimal);
  decimal->plain = TRUE;
  if (p < end && (*p == '-' || *p == '+'))
    {
      decimal->negative = *p == '-';
      decimal->plain = decimal->negative;
      p++;
    }
  /* Zeros that lead, but for the one before a point. */
  if (end - p > 1 && p[0] == '0' && p[1] != '.')
    decimal->plain = FALSE;
  for (; p < end; p++)
    {
      if (*p == '.' && !in_fraction)
        {
          in_fraction = TRUE;
          decimal->plain &= n_read > 0;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        break;
      n_read++;
      if (n_digits < MAX_DIGITS)
        {
          decimal->digits = decimal->digits * 10 + (guint64) (*p - '0');
          n_digits += decimal->digits > 0;
          decimal->exponent -= in_fraction;
        }
      else
        {
          rounds_up = n_digits == MAX_DIGITS ? *p >= '5' : rounds_up;
          n_digits++;
          decimal->exponent += !in_fraction;
          decimal->plain = FALSE;
        }
    }
  if (n_read == 0)
    return FALSE;
  if (in_fraction && (p[-1] == '0' || p[-1] == '.'))
    decimal->plain = FALSE;
  if (p < end)
    {
      if ((*p != 'e' && *p != 'E') || !read_exponent (p + 1, end, &exponent))
        return FALSE;
      decimal->exponent += exponent;
      decimal->plain = FALSE;
    }
  /* 0.00000001 is written 1e-8. */
  if ((int) n_digits + decimal->exponent < -6)
    decimal->plain = FALSE;
  if (rounds_up)
    round_up (decimal);
  return TRUE;
}

static double
get_value (const Decimal *decimal)
{
  double value;

  if (decimal->exponent == 0)
    value = (double) decimal->digits;
  else if (decimal->exponent < 0 && decimal->exponent >= -MAX_EXACT_POWER)
    value = (double) decimal->digits / powers[-decimal->exponent];
  else if (decimal->exponent > 0 && decimal->exponent <= MAX_EXACT_POWER)
    value = (double) decimal->digits * powers[decimal->exponent];
  else
    {
      char text[CC_NUMBER_TEXT_SIZE];

      g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT "e%d", decimal->digits,
                  decimal->exponent);
      value = g_ascii_strtod (text, NULL);
    }
  return decimal->negative && value != 0 ? -value : value;
}

static void
write_text (Decimal *decimal, char *text)
{
  char  digits[24];
  int   n;
  int   point; /* where the point stands, counted from the first digit */
  char *out = text;

  if (decimal->digits == 0)
    {
      strcpy (text, "0");
      return;
    }
  while (decimal->digits % 10 == 0)
    {
      decimal->digits /= 10;
      decimal->exponent++;
    }
  n = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, decimal->digits);
  point = n + decimal->exponent;
  if (decimal->negative)
    *out++ = '-';

  if (point > 21 || point < -6)
    {
      *out++ = digits[0];
      if (n > 1)
        *out++ = '.';
      memcpy (out, digits + 1, (gsize) (n - 1));
      g_snprintf (out + n - 1, 8, "e%d", point - 1);
      return;
    }
  if (point <= 0)
    {
      *out++ = '0';
      *out++ = '.';
      for (int i = point; i < 0; i++)
        *out++ = '0';
    }
  for (int i = 0; i < MAX (n, point); i++)
    {
      if (i == point && point > 0)
        *out++ = '.';
      *out++ = i < n ? digits[i] : '0';
    }
  *out = '\0';
}

/* Nearly all numbers: at most 15 digits, canonical as they stand. Copied while they are read; what
 * an unusual number leaves in `text` is overwritten. */
static inline gboolean
read_plain (const char *source, gsize length, double *value, char *text)
{
  guint64 digits = 0;
  gsize   i = 0;
  gsize   point;

  if (length > MAX_DIGITS || length == 0)
    return FALSE;
  if (source[0] == '-')
    text[i++] = '-';
  if (i == length || source[i] < '1' || source[i] > '9')
    return FALSE;
  for (; i < length && source[i] >= '0' && source[i] <= '9'; i++)
    {
      digits = digits * 10 + (guint64) (source[i] - '0');
      text[i] = source[i];
    }
  point = i;
  if (i < length)
    {
      if (source[i] != '.' || source[length - 1] == '0' || i + 1 == length)
        return FALSE;
      text[i++] = '.';
      for (; i < length && source[i] >= '0' && source[i] <= '9'; i++)
        {
          digits = digits * 10 + (guint64) (source[i] - '0');
          text[i] = source[i];
        }
      if (i < length)
        return FALSE;
    }
  text[i] = '\0';
  *value = (double) digits;
  if (point < length)
    *value /= powers[length - point - 1];
  if (source[0] == '-')
    *value = -*value;
  return TRUE;
}

gboolean
cc_number_read (const char *source, gsize length, double *value, char *text)
{
  Decimal decimal;

  if (read_plain (source, length, value, text))
    return TRUE;
  while (length > 0 && g_ascii_isspace (*source))
    {
      source++;
      length--;
    }
  while (length > 0 && g_ascii_isspace (source[length - 1]))
    length--;
  if (!read_decimal (source, length, &decimal))
    return FALSE;
  *value = get_value (&decimal);
  if (!isfinite (*value))
    return FALSE;
  if (decimal.plain && decimal.digits > 0 && length < 20)
    {
      memcpy (text, source, length);
      text[length] = '\0';
    }
  else if (*value == 0)
    strcpy (text, "0");
  else
    write_text (&decimal, text);
  return TRUE;
}
