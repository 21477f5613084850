/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/intake/cc-guess.h>

#include <cc/base/cc-text.h>
#include <cc/intake/cc-profile.h>
#include <cc/model/cc-words.h>
#include <cc/store/cc-entity.h>

#include <string.h>

/* A guess below this is none. */
#define ENOUGH 0.6

/* Words this short name nothing by themselves ("of", "des"). */
#define SHORT_WORD 3

/**
 * cc_guess_free:
 */
void
cc_guess_free (CcGuess *self)
{
  if (!self)
    return;
  g_free (self->entity);
  g_free (self->entity_reason);
  g_free (self->new_name);
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

static char *
get_stem (const char *file_name)
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
  g_autofree char *stem = get_stem (inspection->file_name);

  if (join_tables (inspection, &self->period))
    self->period_reason =
        is_from_sheet (pack, inspection) ? "intake.guess.sheet" : "intake.guess.title";
  else if (search_stem (pack, stem, &self->period))
    self->period_reason = "intake.guess.file-name";
  else if (span_dates (pack, inspection, cc_day_today (), &self->period))
    self->period_reason = "intake.guess.dates";
}

static gboolean
holds_words (const char *folded, const char *words)
{
  g_autofree char *text = g_strdup_printf (" %s ", folded);
  g_autofree char *part = g_strdup_printf (" %s ", words);

  return *words != '\0' && strstr (text, part) != NULL;
}

/* In how many of the agencies' names the word stands: one that stands in all says nothing. */
static guint
count_names (GPtrArray *entities, const char *word)
{
  guint n = 0;

  for (guint i = 0; i < entities->len; i++)
    {
      g_autofree char *name = cc_text_fold (((CcEntity *) entities->pdata[i])->name);

      n += holds_words (name, word);
    }
  return n;
}

/* How much of an agency's name stands in a text, 0 to 1. */
static double
score_name (GPtrArray *entities, const CcEntity *entity, const char *text)
{
  g_autofree char *opened = g_strdelimit (g_strdup (text), "_-.", ' ');
  g_autofree char *folded = cc_text_fold (opened);
  g_autofree char *key = cc_text_fold (entity->key);
  g_autofree char *name = cc_text_fold (entity->name);
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  double all = 0, found = 0;

  if (holds_words (folded, name) || holds_words (folded, key))
    return 1;
  for (guint i = 0; words[i]; i++)
    {
      double weight;

      if (g_utf8_strlen (words[i], -1) <= SHORT_WORD)
        continue;
      weight = 1.0 / MAX (count_names (entities, words[i]), 1);
      all += weight;
      found += holds_words (folded, words[i]) ? weight : 0;
    }
  return all > 0 ? found / all : 0;
}

static double
score_titles (GPtrArray *entities, const CcEntity *entity, CcInspection *inspection)
{
  double best = 0;

  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *table = inspection->tables->pdata[i];

      best = MAX (best, score_name (entities, entity, table->sheet_name));
      for (guint j = 0; j < table->titles->len; j++)
        best = MAX (best, score_name (entities, entity, table->titles->pdata[j]));
    }
  return best;
}

static double
score_profiles (GPtrArray *profiles, const CcEntity *entity, CcInspection *inspection)
{
  double best = 0;

  for (guint i = 0; i < profiles->len; i++)
    {
      const CcProfile *profile = profiles->pdata[i];

      if (g_str_equal (profile->entity, entity->key))
        best = MAX (best, cc_profile_compare (profile, inspection));
    }
  return best;
}

/* The agency that most points to; where two are as good as each other, none. */
static void
guess_entity (CcGuess *self, CcInspection *inspection, GPtrArray *entities, GPtrArray *profiles)
{
  g_autofree char *stem = get_stem (inspection->file_name);
  double           best = 0, second = 0;

  for (guint i = 0; i < entities->len; i++)
    {
      const CcEntity *entity = entities->pdata[i];
      double          named = score_name (entities, entity, stem);
      double          titled = score_titles (entities, entity, inspection);
      double          known = score_profiles (profiles, entity, inspection);
      double          score = MAX (MAX (named, titled), known) + known + named / 2 + titled / 2;

      if (MAX (MAX (named, titled), known) < ENOUGH)
        continue;
      second = score > best ? best : MAX (second, score);
      if (score <= best)
        continue;
      best = score;
      g_free (self->entity);
      g_free (self->entity_reason);
      self->entity = g_strdup (entity->key);
      self->entity_reason = g_strdup (known >= ENOUGH   ? "intake.guess.profile"
                                      : named >= titled ? "intake.guess.file-name"
                                                        : "intake.guess.title");
    }
  if (self->entity && best <= second + 0.01)
    {
      g_clear_pointer (&self->entity, g_free);
      g_clear_pointer (&self->entity_reason, g_free);
    }
}

static char **
split_words (const char *text)
{
  g_autofree char *opened = g_strdelimit (g_strdup (text), "_-.,;:/()", ' ');
  g_autofree char *collapsed = cc_text_collapse (opened);

  return g_strsplit (collapsed, " ", -1);
}

/**
 * cc_guess_agency_type:
 * @text: the name of an agency, or of a file without its ending
 *
 * The longest run of up to five words that the pack has for a kind of agency, in any of its
 * languages; of two as long, the first.
 *
 * Returns: (transfer none) (nullable): a code of list RETYPE
 */
const CcCode *
cc_guess_agency_type (CcPack *pack, const char *text)
{
  g_auto (GStrv) words = NULL;
  guint n;

  g_return_val_if_fail (pack != NULL && text != NULL, NULL);

  words = split_words (text);
  n = g_strv_length (words);
  for (guint size = MIN (n, 5); size > 0; size--)
    for (guint from = 0; from + size <= n; from++)
      {
        g_autoptr (GString) run = g_string_new (words[from]);
        const CcCode *type;

        for (guint i = 1; i < size; i++)
          g_string_append_printf (run, " %s", words[from + i]);
        type = cc_pack_match_word (pack, "RETYPE", run->str);
        if (type && cc_no_value_from_code (type->code) == CC_NO_VALUE_NONE)
          return type;
      }
  return NULL;
}

static gboolean
has_digit (const char *word)
{
  for (const char *p = word; *p; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* "police_nord-2023 T1" is sent by something like "Police nord", "ngo-hope" by "NGO hope". */
static void
guess_new_entity (CcGuess *self, CcPack *pack, CcInspection *inspection)
{
  g_autofree char *stem = get_stem (inspection->file_name);
  g_auto (GStrv) words = split_words (stem);
  g_autoptr (GString) name = g_string_new (NULL);

  self->new_type = cc_guess_agency_type (pack, stem);
  if (!self->new_type)
    return;
  for (guint i = 0; words[i]; i++)
    if (!has_digit (words[i]))
      {
        const char *acronym = cc_pack_match_token (pack, "acronym", words[i]);

        g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "",
                                acronym != NULL ? acronym : words[i]);
      }
  if (name->len > 0)
    {
      g_autofree char *first = g_strndup (name->str, g_utf8_next_char (name->str) - name->str);
      g_autofree char *upper = g_utf8_strup (first, -1);

      self->new_name = g_strconcat (upper, name->str + strlen (first), NULL);
    }
}

/**
 * cc_guess_delivery:
 * @entities: (element-type CcEntity): the agencies of the case file
 * @profiles: (element-type CcProfile): its kept profiles
 *
 * Returns: (transfer full): what can be guessed; nothing, where nothing points anywhere
 */
CcGuess *
cc_guess_delivery (CcPack *pack, CcInspection *inspection, GPtrArray *entities, GPtrArray *profiles)
{
  CcGuess *self = g_new0 (CcGuess, 1);

  g_return_val_if_fail (pack && inspection && entities && profiles, self);

  self->period = CC_INTERVAL_UNKNOWN;
  guess_period (self, pack, inspection);
  guess_entity (self, inspection, entities, profiles);
  if (!self->entity)
    guess_new_entity (self, pack, inspection);
  return self;
}
