/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records of one person must disagree as often as those of the linkage development set
 * (noise-rates.csv: definitions and figures measured there), so that what works on practice files
 * works on files of that kind, and training is neither too easy nor hopeless. */

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <cc/base/cc-text.h>

#include "cc-practice-private.h"

#define VICTIMS 150000

typedef struct
{
  const CcNoteRow *note;
  guint            truth;
  char            *family;
  char            *given;
  char            *alias;
  char            *father;
  char            *town;
  char            *document;
  char            *phone;
  char            *nationality;
  const CcCode    *sex;
  const CcCode    *country;
  CcInterval       birth;
  CcDay            day;
  int              age;
} Record;

typedef struct
{
  CcWorld *world;
  GArray  *records; /* Record */
  guint64  seed;    /* of the row being read */
} Collection;

typedef struct
{
  guint hits;
  guint pairs;
} Rate;

typedef struct
{
  GHashTable *rates; /* name -> Rate */
} Measure;

static void
record_clear (gpointer data)
{
  Record *record = data;

  g_free (record->family);
  g_free (record->given);
  g_free (record->alias);
  g_free (record->father);
  g_free (record->town);
  g_free (record->document);
  g_free (record->phone);
  g_free (record->nationality);
}

static void
begin_record (Collection *self, const CcNoteRow *note)
{
  CcWrittenNames names = { 0 };
  Record         record = { .truth = note->truth,
                            .sex = note->sex,
                            .birth = note->birth,
                            .day = note->day,
                            .age = note->age_min };

  cc_practice_write_names (self->world, note, &names);
  record.family = g_strdup (names.family);
  record.given = g_strdup (names.given);
  record.country = note->citizenship.n > 0 ? note->citizenship.at[0] : NULL;
  cc_written_names_clear (&names);
  g_array_append_val (self->records, record);
  self->seed = note->seed;
}

static void
collect (const CcNoteRow *note, const CcColumnLayout *column, const char *text, gpointer data)
{
  Collection *self = data;
  Record     *record;

  if (note->unit != CC_NOTE_VICTIM)
    return;
  if (self->seed != note->seed)
    begin_record (self, note);
  record = &g_array_index (self->records, Record, self->records->len - 1);
  if (g_str_equal (column->field, "alias"))
    record->alias = g_strdup (text);
  else if (g_str_equal (column->field, "father"))
    record->father = g_strdup (text);
  else if (g_str_equal (column->field, "town"))
    record->town = g_strdup (text);
  else if (g_str_equal (column->field, "document"))
    record->document = g_strdup (text);
  else if (g_str_equal (column->field, "phone"))
    record->phone = g_strdup (text);
  else if (g_str_equal (column->field, "citizenship") && record->country != NULL)
    record->nationality = g_strdup (text);
}

static void
count (Measure *self, const char *name, gboolean hit)
{
  Rate *rate = g_hash_table_lookup (self->rates, name);

  if (rate == NULL)
    {
      rate = g_new0 (Rate, 1);
      g_hash_table_insert (self->rates, g_strdup (name), rate);
    }
  rate->pairs++;
  rate->hits += hit ? 1 : 0;
}

static gboolean
is_present (const char *text)
{
  return text != NULL && *text != '\0';
}

static guint
common_tokens (const char *a, const char *b, guint *n_a, guint *n_b)
{
  g_autofree char *fold_a = cc_text_fold (a);
  g_autofree char *fold_b = cc_text_fold (b);
  g_auto (GStrv) tokens_a = g_strsplit (fold_a, " ", -1);
  g_auto (GStrv) tokens_b = g_strsplit (fold_b, " ", -1);
  guint common = 0;

  for (guint i = 0; tokens_a[i] != NULL; i++)
    common += g_strv_contains ((const char *const *) tokens_b, tokens_a[i]);
  *n_a = g_strv_length (tokens_a);
  *n_b = g_strv_length (tokens_b);
  return common;
}

static void
compare_texts (Measure *self, const char *name, const char *a, const char *b)
{
  g_autofree char *written = g_strconcat (name, " written", NULL);
  g_autofree char *folded = g_strconcat (name, " folded", NULL);

  if (!is_present (a) || !is_present (b))
    return;
  count (self, written, !g_str_equal (a, b));
  count (self, folded, !cc_text_equal (a, b));
}

static void
compare_names (Measure *self, const Record *a, const Record *b)
{
  guint            n_a, n_b, common;
  g_autofree char *whole_a = g_strconcat (a->given, " ", a->family, NULL);
  g_autofree char *whole_b = g_strconcat (b->given, " ", b->family, NULL);

  compare_texts (self, "surname", a->family, b->family);
  compare_texts (self, "given", a->given, b->given);
  common = common_tokens (a->given, b->given, &n_a, &n_b);
  count (self, "given none in common", common == 0);
  common = common_tokens (g_strstrip (whole_a), g_strstrip (whole_b), &n_a, &n_b);
  count (self, "names none in common", common == 0);
  count (self, "names equal", common == n_a && n_a == n_b);
  if (is_present (a->family) && is_present (b->family))
    {
      gboolean differ = !cc_text_equal (a->family, b->family);
      gboolean swapped = differ && common_tokens (a->family, b->given, &n_a, &n_b) > 0
                         && common_tokens (b->family, a->given, &n_a, &n_b) > 0;
      g_autofree char *fold_a = cc_text_fold (a->family);
      g_autofree char *fold_b = cc_text_fold (b->family);
      guint            distance = cc_text_edit_distance (fold_a, fold_b, 4);

      count (self, "surname swapped", swapped);
      if (swapped)
        return;
      count (self, "surname distance 0", distance == 0);
      count (self, "surname distance 1", distance == 1);
      count (self, "surname distance 2", distance == 2);
      count (self, "surname distance 4+", distance >= 4);
    }
}

static char *
only_alphanumeric (const char *text)
{
  GString *kept = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (kept, *p);
  return g_string_free (kept, FALSE);
}

static void
compare_numbers (Measure *self, const Record *a, const Record *b)
{
  if (is_present (a->document) && is_present (b->document))
    {
      g_autofree char *kept_a = only_alphanumeric (a->document);
      g_autofree char *kept_b = only_alphanumeric (b->document);

      count (self, "document written", !g_str_equal (a->document, b->document));
      count (self, "document letters and digits", !g_str_equal (kept_a, kept_b));
    }
  if (is_present (a->phone) && is_present (b->phone))
    {
      count (self, "phone written", !g_str_equal (a->phone, b->phone));
      count (self, "phone last eight",
             !g_str_equal (a->phone + strlen (a->phone) - 8, b->phone + strlen (b->phone) - 8));
    }
}

static gboolean
is_full_day (const Record *record)
{
  int year, month, day;

  if (!cc_interval_is_known (record->birth) || !cc_interval_is_day (record->birth))
    return FALSE;
  cc_day_to_ymd (record->birth.first, &year, &month, &day);
  return month != 1 || day != 1;
}

/* Days on which somebody of that age on that day may be born. */
static CcInterval
birth_of_age (const Record *record)
{
  return (CcInterval){ cc_day_add_years (record->day, -record->age - 1) + 1,
                       cc_day_add_years (record->day, -record->age) };
}

static gboolean
are_apart (CcInterval a, CcInterval b)
{
  return a.last < b.first || b.last < a.first;
}

static void
compare_births (Measure *self, const Record *a, const Record *b)
{
  gboolean known_a = cc_interval_is_known (a->birth), known_b = cc_interval_is_known (b->birth);

  if (is_full_day (a) && is_full_day (b))
    count (self, "birth day", a->birth.first != b->birth.first);
  if (known_a && known_b)
    count (self, "birth year", cc_day_year (a->birth.first) != cc_day_year (b->birth.first));
  if (a->age >= 0 && b->age >= 0)
    count (self, "age intervals apart", are_apart (birth_of_age (a), birth_of_age (b)));
  if (a->age >= 0 && is_full_day (b))
    count (self, "age against day apart", are_apart (birth_of_age (a), b->birth));
  if (b->age >= 0 && is_full_day (a))
    count (self, "age against day apart", are_apart (birth_of_age (b), a->birth));
}

static void
compare_pair (Measure *self, const Record *a, const Record *b)
{
  compare_names (self, a, b);
  compare_texts (self, "alias", a->alias, b->alias);
  compare_texts (self, "father", a->father, b->father);
  compare_texts (self, "town", a->town, b->town);
  compare_texts (self, "nationality", a->nationality, b->nationality);
  compare_numbers (self, a, b);
  compare_births (self, a, b);
  if (a->sex != NULL && b->sex != NULL)
    count (self, "sex", a->sex != b->sex);
  if (a->country != NULL && b->country != NULL)
    count (self, "nationality country", a->country != b->country);
}

static int
compare_truth (gconstpointer a, gconstpointer b)
{
  const Record *x = a, *y = b;

  return (x->truth > y->truth) - (x->truth < y->truth);
}

static void
measure_level (int level, guint victims, Measure *measure)
{
  CcPracticeParams params;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPracticeData) data = cc_practice_data_load ("BEN", level, &error);
  g_autoptr (CcWorld) world = NULL;
  Collection all = { .records = g_array_new (FALSE, TRUE, sizeof (Record)) };

  g_assert_no_error (error);
  cc_practice_params_init (&params);
  params.victims = victims;
  params.level = level;
  params.seed = 11;
  world = all.world = cc_world_new (&params, data, &error);
  g_assert_no_error (error);
  g_array_set_clear_func (all.records, record_clear);
  for (guint i = 0; i < world->agencies->len; i++)
    {
      CcSheetJob job = { .world = world, .agency = i, .probe = collect, .probe_data = &all };

      g_assert_true (cc_practice_write_file (&job, &error));
    }
  g_array_sort (all.records, compare_truth);
  for (guint i = 0; i < all.records->len; i++)
    for (guint j = i + 1; j < all.records->len; j++)
      {
        const Record *a = &g_array_index (all.records, Record, i);
        const Record *b = &g_array_index (all.records, Record, j);

        if (a->truth != b->truth)
          break;
        compare_pair (measure, a, b);
      }
  g_array_unref (all.records);
}

static double
rate_of (Measure *self, const char *name)
{
  Rate *rate = g_hash_table_lookup (self->rates, name);

  g_assert_nonnull (rate);
  return 100.0 * rate->hits / rate->pairs;
}

static Measure
measure_new (void)
{
  return (Measure){ g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
}

/* Within 5 % of the reference, or 0.3 points where the rate is under 2 %. */
static void
test_rates (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "practice", "noise-rates.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCsvTable) reference = cc_csv_table_load (path, &error);
  Measure measure = measure_new ();
  guint   wrong = 0;

  g_assert_no_error (error);
  measure_level (3, VICTIMS, &measure);
  for (guint row = 0; row < cc_csv_table_get_n_rows (reference); row++)
    {
      const char *name = cc_csv_table_get (reference, row, 0);
      double      wanted = g_ascii_strtod (cc_csv_table_get (reference, row, 1), NULL);
      double      found = rate_of (&measure, name);
      double      allowed = wanted < 2 ? 0.3 : wanted * 0.05;
      gboolean    good = fabs (found - wanted) <= allowed;

      g_test_message ("%-30s wanted %5.1f found %6.2f %s", name, wanted, found,
                      good ? "" : "OUT OF BOUNDS");
      wrong += good ? 0 : 1;
    }
  g_hash_table_unref (measure.rates);
  g_assert_cmpuint (wrong, ==, 0);
}

/* A higher level is never tidier. */
static void
test_levels (void)
{
  double last = -1;

  for (int level = 1; level <= 5; level += 2)
    {
      Measure measure = measure_new ();
      double  rate;

      measure_level (level, VICTIMS / 15, &measure);
      rate = rate_of (&measure, "given folded");
      g_assert_cmpfloat (rate, >, last);
      last = rate;
      g_hash_table_unref (measure.rates);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/noise/rates", test_rates);
  g_test_add_func ("/practice/noise/levels", test_levels);
  return g_test_run ();
}
