/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-number-private.h"

#include <cc/base/cc-day.h>

#include <math.h>
#include <string.h>

#define SECONDS_PER_DAY 86400
/* 1900-01-01 is 1 in the system of 1900, and 60 its 29 February that never was. */
#define DAY_OF_1900 (-25568)
#define DAY_OF_1904 (-24107)
#define LEAP_BUG    60
/* 9999-12-31. */
#define LAST_DAY 2932896

CcShows
cc_shows_of_builtin (guint id)
{
  switch (id)
    {
    case 14:
    case 15:
    case 16:
    case 17:
      return CC_SHOWS_DATE;
    case 22:
      return CC_SHOWS_DATE_TIME;
    case 18:
    case 19:
    case 20:
    case 21:
    case 32: /* times of day in East Asian locales */
    case 33:
    case 34:
    case 35:
    case 45:
    case 46:
    case 47:
    case 55:
    case 56:
      return CC_SHOWS_TIME;
    default:
      /* Dates of East Asian locales. */
      return (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? CC_SHOWS_DATE : CC_SHOWS_NUMBER;
    }
}

typedef struct
{
  gboolean date;  /* y, d, or an era */
  gboolean month; /* m: a month, or minutes beside hours and seconds */
  gboolean time;
} Letters;

/* Steps over "quoted text", [brackets], escaped and filling characters; NULL at the section's end.
 */
static const char *
skip_literals (const char *p, Letters *letters)
{
  for (;;)
    switch (*p)
      {
      case '\0':
      case ';':
        return NULL;
      case '"':
        p++;
        p += strcspn (p, "\"");
        p += *p == '"';
        break;
      case '\\':
      case '_':
      case '*':
        if (p[1] == '\0')
          return NULL;
        p += 1 + g_utf8_skip[(guchar) p[1]];
        break;
      case '[':
        {
          gsize length = strcspn (p + 1, "]");

          /* [h], [mm], [ss] count elapsed time; others are colours, conditions, locales. */
          if (length > 0 && strspn (p + 1, "hHmMsS") == length)
            letters->time = TRUE;
          p += 1 + length;
          p += *p == ']';
          break;
        }
      default:
        return p;
      }
}

CcShows
cc_shows_of_code (const char *code)
{
  Letters letters = { FALSE, FALSE, FALSE };

  if (g_ascii_strcasecmp (code, "General") == 0 || !g_utf8_validate (code, -1, NULL))
    return CC_SHOWS_NUMBER;

  for (const char *p = skip_literals (code, &letters); p != NULL; p = skip_literals (p, &letters))
    {
      if (g_ascii_strncasecmp (p, "General", 7) == 0)
        {
          p += 7;
          continue;
        }
      if (g_ascii_strncasecmp (p, "AM/PM", 5) == 0 || g_ascii_strncasecmp (p, "A/P", 3) == 0)
        {
          letters.time = TRUE;
          p += g_ascii_strncasecmp (p, "AM/PM", 5) == 0 ? 5 : 3;
          continue;
        }
      /* 1.5E+3 is no era. */
      if ((*p == 'E' || *p == 'e') && (p[1] == '+' || p[1] == '-'))
        {
          p += 2;
          continue;
        }
      switch (g_ascii_tolower (*p))
        {
        case 'y':
        case 'd':
        case 'e':
        case 'b':
          letters.date = TRUE;
          break;
        case 'm':
          letters.month = TRUE;
          break;
        case 'h':
        case 's':
          letters.time = TRUE;
          break;
        default:
          break;
        }
      p++;
    }

  if (letters.date)
    return letters.time ? CC_SHOWS_DATE_TIME : CC_SHOWS_DATE;
  if (letters.time)
    return CC_SHOWS_TIME;
  return letters.month ? CC_SHOWS_DATE : CC_SHOWS_NUMBER;
}

gboolean
cc_serial_to_days (double serial, gboolean date_1904, double *days)
{
  if (date_1904)
    {
      *days = serial + DAY_OF_1904;
      return serial >= 0 && *days < LAST_DAY + 1;
    }
  if (serial < 1 || (serial >= LEAP_BUG && serial < LEAP_BUG + 1))
    return FALSE;
  *days = serial + DAY_OF_1900 - (serial > LEAP_BUG);
  return *days < LAST_DAY + 1;
}

static char *
put_digits (char *out, int value, int width)
{
  for (int i = width - 1; i >= 0; i--)
    {
      out[i] = (char) ('0' + value % 10);
      value /= 10;
    }
  return out + width;
}

static char *
put_time (char *out, int seconds)
{
  out = put_digits (out, seconds / 3600, 2);
  *out++ = ':';
  out = put_digits (out, seconds / 60 % 60, 2);
  *out++ = ':';
  return put_digits (out, seconds % 60, 2);
}

void
cc_days_to_text (double days, CcShows shows, char *text)
{
  double whole = floor (days);
  int    seconds = (int) lround ((days - whole) * SECONDS_PER_DAY);
  int    year, month, day;
  char  *out = text;

  /* The last half second of a day belongs to the next when times are shown. */
  if (shows == CC_SHOWS_DATE_TIME && seconds == SECONDS_PER_DAY && whole < LAST_DAY)
    {
      whole += 1;
      seconds = 0;
    }
  cc_day_to_ymd ((CcDay) whole, &year, &month, &day);
  out = put_digits (out, year, 4);
  *out++ = '-';
  out = put_digits (out, month, 2);
  *out++ = '-';
  out = put_digits (out, day, 2);
  if (shows == CC_SHOWS_DATE_TIME && seconds > 0 && seconds < SECONDS_PER_DAY)
    {
      *out++ = 'T';
      out = put_time (out, seconds);
    }
  *out = '\0';
}

void
cc_time_to_text (double serial, char *text)
{
  gint64 seconds = (gint64) llround (fabs (serial) * SECONDS_PER_DAY);

  g_snprintf (text, CC_NUMBER_TEXT_SIZE,
              "%s%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT,
              serial < 0 && seconds > 0 ? "-" : "", seconds / 3600, seconds / 60 % 60,
              seconds % 60);
}

static gboolean
read_digits (const char **p, int width, int *value)
{
  *value = 0;
  for (int i = 0; i < width; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      *value = *value * 10 + (**p - '0');
    }
  return TRUE;
}

gboolean
cc_days_from_iso (const char *text, double *days, gboolean *has_time)
{
  const char *p = text;
  int         year, month, day, hour, minute, second = 0;

  *has_time = FALSE;
  if (!read_digits (&p, 4, &year) || *p++ != '-' || !read_digits (&p, 2, &month) || *p++ != '-'
      || !read_digits (&p, 2, &day))
    return FALSE;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > cc_day_days_in_month (year, month))
    return FALSE;
  *days = cc_day_from_ymd (year, month, day);
  if (*p == '\0')
    return TRUE;

  if (*p++ != 'T' || !read_digits (&p, 2, &hour) || *p++ != ':' || !read_digits (&p, 2, &minute))
    return FALSE;
  if (*p == ':')
    {
      p++;
      if (!read_digits (&p, 2, &second))
        return FALSE;
      if (*p == '.')
        p += 1 + strspn (p + 1, "0123456789");
    }
  if (hour > 23 || minute > 59 || second > 59 || (*p != '\0' && strcmp (p, "Z") != 0))
    return FALSE;
  *days += (hour * 3600 + minute * 60 + second) / (double) SECONDS_PER_DAY;
  *has_time = TRUE;
  return TRUE;
}

gboolean
cc_days_from_duration (const char *text, double *days)
{
  static const struct
  {
    char   letter;
    double seconds;
  } units[] = { { 'D', SECONDS_PER_DAY }, { 'H', 3600 }, { 'M', 60 }, { 'S', 1 } };
  const char *p = text;
  double      seconds = 0;
  double      sign = *p == '-' ? -1 : 1;
  guint       n = 0;
  gboolean    in_time = FALSE;

  p += *p == '-';
  if (*p++ != 'P')
    return FALSE;
  for (; *p != '\0'; n++)
    {
      char  *end;
      double number;
      guint  unit = 0;

      if (*p == 'T' && !in_time)
        {
          in_time = TRUE;
          p++;
        }
      if (!g_ascii_isdigit (*p))
        return FALSE;
      number = g_ascii_strtod (p, &end);
      while (unit < G_N_ELEMENTS (units) && units[unit].letter != *end)
        unit++;
      if (unit == G_N_ELEMENTS (units) || in_time != (unit > 0))
        return FALSE;
      seconds += number * units[unit].seconds;
      p = end + 1;
    }
  *days = sign * seconds / SECONDS_PER_DAY;
  return n > 0 && seconds < 1e7 * SECONDS_PER_DAY;
}
