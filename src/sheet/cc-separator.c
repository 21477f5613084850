/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-encoding-private.h"

#include <string.h>

#define MAX_LINES 200
/* In the order in which equals are preferred. */
static const char candidates[] = { '\t', ';', ',', '|' };
#define N_CANDIDATES G_N_ELEMENTS (candidates)

typedef struct
{
  guint counts[MAX_LINES];
  guint n_lines;
} Column;

/* How many lines have the count that most lines with this separator have, and which count. */
static guint
find_agreement (const Column *column, guint *usual)
{
  guint best = 0;

  *usual = 0;
  for (guint i = 0; i < column->n_lines; i++)
    {
      guint n = 0;

      if (column->counts[i] == 0)
        continue;
      for (guint j = 0; j < column->n_lines; j++)
        n += column->counts[j] == column->counts[i];
      if (n > best || (n == best && column->counts[i] > *usual))
        {
          best = n;
          *usual = column->counts[i];
        }
    }
  return best;
}

/* Counts each candidate outside of quotes, line by line; blank lines do not count. */
static void
count_lines (const char *sample, gsize length, gboolean decimals, Column *columns)
{
  guint    counts[N_CANDIDATES] = { 0 };
  guint    n_lines = 0;
  gboolean quoted = FALSE;
  gboolean fresh = TRUE; /* at the beginning of a cell */
  gboolean blank = TRUE;

  for (gsize i = 0; i <= length && n_lines < MAX_LINES; i++)
    {
      char        c = i < length ? sample[i] : '\n';
      const char *found;

      if (quoted && i < length)
        {
          quoted = c != '"';
          continue;
        }
      if (c == '\n' || c == '\r')
        {
          for (guint k = 0; k < N_CANDIDATES && !blank; k++)
            columns[k].counts[n_lines] = counts[k];
          n_lines += !blank;
          memset (counts, 0, sizeof counts);
          fresh = blank = TRUE;
          continue;
        }
      blank = FALSE;
      if (c == '"' && (fresh || (i > 0 && sample[i - 1] == '"')))
        {
          quoted = TRUE;
          fresh = FALSE;
          continue;
        }
      found = memchr (candidates, c, N_CANDIDATES);
      fresh = found != NULL;
      if (found != NULL
          && (decimals || c != ',' || i == 0 || i + 1 >= length || !g_ascii_isdigit (sample[i - 1])
              || !g_ascii_isdigit (sample[i + 1])))
        counts[found - candidates]++;
    }
  for (guint k = 0; k < N_CANDIDATES; k++)
    columns[k].n_lines = n_lines;
}

/* The best candidate and how many of a hundred lines agree on it. */
static char
choose (const Column *columns, guint *percent)
{
  char  best = ',';
  guint best_usual = 0;

  *percent = 0;
  for (guint k = 0; k < N_CANDIDATES; k++)
    {
      guint usual;
      guint share = find_agreement (&columns[k], &usual) * 100 / MAX (columns[k].n_lines, 1);

      /* A few lines more or less are titles and notes; then more cells speak for a separator. */
      if (share > *percent + 10 || (share + 10 >= *percent && usual > best_usual && share > 0))
        {
          best = candidates[k];
          best_usual = usual;
          *percent = share;
        }
    }
  return best;
}

char
cc_separator_detect (const char *sample, gsize length)
{
  g_autofree Column *columns = g_new0 (Column, N_CANDIDATES);
  guint              percent;
  char               best;

  count_lines (sample, length, FALSE, columns);
  best = choose (columns, &percent);
  if (percent >= 50)
    return best;
  memset (columns, 0, N_CANDIDATES * sizeof *columns);
  count_lines (sample, length, TRUE, columns);
  return choose (columns, &percent);
}

char
cc_separator_declared (const char *sample)
{
  if (g_str_has_prefix (sample, "\xef\xbb\xbf"))
    sample += 3;
  if (g_ascii_strncasecmp (sample, "sep=", 4) == 0
      && (sample[5] == '\r' || sample[5] == '\n' || sample[5] == '\0')
      && (g_ascii_ispunct (sample[4]) || sample[4] == '\t') && sample[4] != '"')
    return sample[4];
  return 0;
}
