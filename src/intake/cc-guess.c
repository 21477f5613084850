/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-guess.h>

#include "cc-guess-private.h"

#include <string.h>

/**
 * cc_guess_free:
 */
void
cc_guess_free (CcGuess *self)
{
  if (!self)
    return;
  g_free (self->entity);
  g_free (self->new_name);
  g_free (self->near);
  g_free (self->words);
  g_free (self);
}

/**
 * cc_period_search:
 * @text: a title, a sheet's name or the stem of a file's name
 * @period: (out): the longest run of up to four words that is a period
 *
 * Years outside 1990 to 2100 are serial numbers and no periods.
 *
 * Returns: whether one was found; @period is unchanged where not
 */
gboolean
cc_period_search (CcPack *pack, const char *text, CcInterval *period)
{
  g_autofree char *spaced = NULL;
  g_auto (GStrv) words = NULL;
  CcInterval found;
  guint      n;

  g_return_val_if_fail (pack != NULL && text != NULL && period != NULL, FALSE);

  if (cc_period_from_text (pack, text, &found))
    {
      *period = found;
      return TRUE;
    }
  spaced = g_strdelimit (g_strdup (text), "/(),;:_", ' ');
  words = g_strsplit_set (spaced, " ", -1);
  n = g_strv_length (words);
  for (guint size = MIN (n, 4); size > 0; size--)
    for (guint from = 0; from + size <= n; from++)
      {
        g_autoptr (GString) run = g_string_new (words[from]);

        for (guint i = 1; i < size; i++)
          g_string_append_printf (run, " %s", words[from + i]);
        if (cc_period_from_text (pack, run->str, &found) && cc_day_year (found.first) >= 1990
            && cc_day_year (found.last) <= 2100)
          {
            *period = found;
            return TRUE;
          }
      }
  return FALSE;
}

char *
cc_guess_get_stem (const char *file_name)
{
  const char *dot = strrchr (file_name, '.');

  return dot && dot != file_name ? g_strndup (file_name, dot - file_name) : g_strdup (file_name);
}

/* A stem has its words joined by any sign: "police_2023-T1" is searched as it stands, then with
 * its hyphens opened. */
static gboolean
search_stem (CcPack *pack, const char *stem, CcInterval *period)
{
  g_autofree char *opened = g_strdelimit (g_strdup (stem), "_-.", ' ');

  return cc_period_search (pack, stem, period) || cc_period_search (pack, opened, period);
}

/* The stretch of time from the first to the last of the tables' periods. */
static gboolean
join_tables (CcInspection *inspection, CcInterval *period)
{
  CcInterval all = CC_INTERVAL_UNKNOWN;

  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *table = inspection->tables->pdata[i];

      if (!cc_interval_is_known (table->period))
        continue;
      if (!cc_interval_is_known (all))
        all = table->period;
      all.first = MIN (all.first, table->period.first);
      all.last = MAX (all.last, table->period.last);
    }
  if (!cc_interval_is_known (all))
    return FALSE;
  *period = all;
  return TRUE;
}

/* Whether a table took its period from the sheet's name. */
static gboolean
is_from_sheet (CcPack *pack, CcInspection *inspection)
{
  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *table = inspection->tables->pdata[i];
      CcInterval            named;

      if (cc_interval_is_known (table->period)
          && cc_period_search (pack, table->sheet_name, &named))
        return TRUE;
    }
  return FALSE;
}

/* The columns whose dates say when a case belongs to a count. */
static gboolean
is_leading_date (const CcInspectColumn *column)
{
  static const char *const leading[] = { "detected_on", "recorded_on", "step_on:CONTACT",
                                         "registered_on" };

  for (guint i = 0; i < G_N_ELEMENTS (leading); i++)
    if (g_str_equal (column->suggestion, leading[i]))
      return TRUE;
  return FALSE;
}

static gint
compare_years (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* The whole years that hold nearly all leading dates: one date in fifty may be a slip. */
static gboolean
span_dates (CcPack *pack, CcInspection *inspection, CcDay today, CcInterval *period)
{
  g_autoptr (GArray) years = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint t = 0; t < inspection->tables->len; t++)
    {
      const CcInspectTable *table = inspection->tables->pdata[t];

      for (guint c = 0; c < table->columns->len; c++)
        {
          const CcInspectColumn *column = table->columns->pdata[c];

          for (guint v = 0; is_leading_date (column) && v < column->values->len; v++)
            {
              CcInterval day;
              int        year;

              if (cc_date_text_read (pack, ((CcDistinct *) column->values->pdata[v])->text,
                                     column->date_order, today, inspection->date_1904, &day)
                  != CC_DATE_READ_OK)
                continue;
              year = cc_day_year (day.first);
              g_array_append_val (years, year);
            }
        }
    }
  if (years->len == 0)
    return FALSE;
  g_array_sort (years, compare_years);
  period->first = cc_interval_year (g_array_index (years, int, years->len / 50)).first;
  period->last =
      cc_interval_year (g_array_index (years, int, years->len - 1 - years->len / 50)).last;
  return TRUE;
}

static void
guess_period (CcGuess *self, CcPack *pack, CcInspection *inspection)
{
  g_autofree char *stem = cc_guess_get_stem (inspection->file_name);

  if (join_tables (inspection, &self->period))
    self->period_reason =
        is_from_sheet (pack, inspection) ? "intake.guess.sheet" : "intake.guess.title";
  else if (search_stem (pack, stem, &self->period))
    self->period_reason = "intake.guess.file-name";
  else if (span_dates (pack, inspection, cc_day_today (), &self->period))
    self->period_reason = "intake.guess.dates";
}

/**
 * cc_guess_delivery:
 * @entities: (element-type CcEntity): the agencies of the case file
 * @profiles: (element-type CcProfile): its kept profiles
 * @submissions: (element-type CcSubmission): its deliveries
 *
 * Returns: (transfer full): what can be guessed; nothing, where nothing points anywhere
 */
CcGuess *
cc_guess_delivery (CcPack       *pack,
                   CcInspection *inspection,
                   GPtrArray    *entities,
                   GPtrArray    *profiles,
                   GPtrArray    *submissions)
{
  CcGuess *self = g_new0 (CcGuess, 1);

  g_return_val_if_fail (pack && inspection && entities && profiles && submissions, self);

  self->period = CC_INTERVAL_UNKNOWN;
  guess_period (self, pack, inspection);
  cc_guess_sender (self, pack, inspection, entities, profiles, submissions);
  return self;
}
