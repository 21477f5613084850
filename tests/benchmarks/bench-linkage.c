/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-random.h>
#include <cc/linkage/cc-link-evaluate.h>
#include <cc/linkage/cc-link-fill.h>
#include <cc/practice/cc-practice.h>

#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

/* Linkage of invented records whose names are as concentrated as real ones: one surname has 12 % of
 * the people, the rest falls off as in Zipf's law. Prints seconds per phase, and where one size is
 * twice the one before, how many times as long it took: more than 2.3 times fails. Sizes are
 * arguments; 10,000, 50,000 and 100,000 by default. "--country" before them takes the rows of
 * "casecount-cli practice --big", which are harder to tell apart. */

#define SURNAMES    20000
#define GIVEN_NAMES 4000
#define PLACES      300
#define TOP_SHARE   0.12

#define MOST_FOR_TWICE 2.3

typedef struct
{
  guint   n;
  char  **words;
  double *sums; /* cumulative shares */
} Words;

static Words
make_words (CcRandom *random, guint n, double top)
{
  static const char *const syllables[] = { "ba",  "bou", "da",  "dia", "di", "fa",  "fo", "gue",
                                           "ha",  "ka",  "ki",  "kou", "la", "lo",  "ma", "mi",
                                           "mou", "na",  "ndi", "ni",  "ou", "ra",  "sa", "se",
                                           "si",  "sou", "ta",  "te",  "ti", "tou", "va", "ya",
                                           "ye",  "yo",  "za",  "zi" };
  Words                    self = { n, g_new0 (char *, n), g_new0 (double, n) };
  double                   sum = 0;

  for (guint i = 0; i < n; i++)
    {
      GString *word = g_string_new (NULL);
      guint    length = (guint) cc_random_range (random, 2, 4);

      for (guint k = 0; k < length; k++)
        g_string_append (word, syllables[cc_random_below (random, G_N_ELEMENTS (syllables))]);
      if (i % 3 == 0)
        g_string_append_c (word, "lnrst"[cc_random_below (random, 5)]);
      self.words[i] = g_string_free (word, FALSE);
      sum += i == 0 ? 0 : 1.0 / (i + 2);
      self.sums[i] = sum;
    }
  for (guint i = 0; i < n; i++)
    self.sums[i] = top + (1 - top) * self.sums[i] / sum;
  return self;
}

static void
free_words (Words *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->words[i]);
  g_free (self->words);
  g_free (self->sums);
}

static guint
draw (const Words *self, CcRandom *random)
{
  double at = cc_random_unit (random);
  guint  low = 0;
  guint  high = self->n - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->sums[middle] < at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* A slip of the pen in one word of twelve. */
static char *
write_word (CcRandom *random, const char *word)
{
  GString *written = g_string_new (word);

  if (cc_random_chance (random, 1.0 / 12) && written->len > 4)
    {
      gsize at = 1 + cc_random_below (random, (guint32) written->len - 2);

      if (cc_random_chance (random, 0.5))
        g_string_erase (written, (gssize) at, 1);
      else
        g_string_insert_c (written, (gssize) at, written->str[at]);
    }
  return g_string_free (written, FALSE);
}

typedef struct
{
  guint surname;
  guint given;
  guint second;
  guint place;
  guint country;
  guint sex;
  CcDay born;
  guint document;
  guint phone;
} Person;

typedef struct
{
  Words surnames;
  Words given;
  Words places;
} World;

/* One record as somebody wrote it down; absent texts are NULL. */
typedef struct
{
  char       *surname;
  char       *given;
  const char *second;
  const char *country;
  const char *place;
  char       *document;
  char       *phone;
  CcCode      sex; /* code NULL: not known */
  CcInterval  birth;
  CcDay       contact;
  int         age;
  guint       entity;
} Record;

static Record
invent_record (CcRandom *random, const World *world, const Person *person)
{
  static const char *const countries[] = { "SEN", "MLI", "GIN", "CIV", "BFA", "NGA",
                                           "GMB", "SLE", "BEN", "TGO", "GHA", "NER" };
  static const char *const sexes[] = { "F", "M" };
  Record                   record = { .birth = CC_INTERVAL_UNKNOWN };

  record.surname = write_word (random, world->surnames.words[person->surname]);
  record.given = write_word (random, world->given.words[person->given]);
  record.contact = cc_day_from_ymd (2020, 1, 1) + (CcDay) cc_random_below (random, 1500);
  record.age = cc_day_completed_years (person->born, record.contact);
  if (cc_random_chance (random, 0.08))
    g_clear_pointer (&record.surname, g_free);
  if (person->second != 0 && cc_random_chance (random, 0.6))
    record.second = world->given.words[person->second];
  if (cc_random_chance (random, 0.98))
    record.sex.code = (char *) sexes[person->sex];
  if (cc_random_chance (random, 0.55))
    record.birth = cc_interval_day (person->born);
  else if (cc_random_chance (random, 0.2))
    record.birth = cc_interval_year (cc_day_year (person->born));
  if (cc_random_chance (random, 0.95))
    record.country = countries[person->country];
  if (cc_random_chance (random, 0.55))
    record.place = world->places.words[person->place];
  if (cc_random_chance (random, 0.2))
    record.document = g_strdup_printf ("A%07u", person->document);
  if (cc_random_chance (random, 0.2))
    record.phone = g_strdup_printf ("+2217%07u", person->phone);
  record.entity = 1 + cc_random_below (random, 12);
  return record;
}

static void
clear_record (Record *self)
{
  g_free (self->surname);
  g_free (self->given);
  g_free (self->document);
  g_free (self->phone);
}

static void
fill_record (CcLinkFill *fill, const Record *record, guint id)
{
  cc_link_fill_add_record (fill, id);
  cc_link_fill_add_name (fill, CC_LINK_NAME_FAMILY, record->surname);
  cc_link_fill_add_name (fill, CC_LINK_NAME_GIVEN, record->given);
  cc_link_fill_add_name (fill, CC_LINK_NAME_GIVEN, record->second);
  if (record->sex.code)
    cc_link_fill_set_sex (fill, &record->sex);
  if (cc_interval_is_known (record->birth))
    cc_link_fill_set_birth (fill, record->birth);
  else
    cc_link_fill_set_age (fill, record->age, record->age, cc_interval_day (record->contact));
  cc_link_fill_set_citizenship (fill, record->country);
  cc_link_fill_set_place (fill, record->place);
  cc_link_fill_set_document (fill, record->document);
  cc_link_fill_set_phone (fill, record->phone);
  cc_link_fill_set_source (fill, record->entity, 0, 0, NULL);
}

static Person
draw_person (CcRandom *random, const World *world)
{
  Person person = { .surname = draw (&world->surnames, random),
                    .given = draw (&world->given, random),
                    .place = draw (&world->places, random),
                    .country = cc_random_below (random, 12),
                    .sex = cc_random_below (random, 2),
                    .born = cc_day_from_ymd (1965, 1, 1) + (CcDay) cc_random_below (random, 16000),
                    .document = cc_random_below (random, 10000000),
                    .phone = cc_random_below (random, 10000000) };

  if (cc_random_chance (random, 0.3))
    person.second = draw (&world->given, random);
  return person;
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6 + usage.ru_stime.tv_sec
         + usage.ru_stime.tv_usec / 1e6;
}

static double
most_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024.0;
}

/* Elapsed and processor seconds by phase; a phase that comes twice is added up. */
typedef struct
{
  const char *names[16];
  double      elapsed[16];
  double      processor[16];
  double      memory[16]; /* the most of the process up to the end of the phase, in MiB */
  guint       n;
  guint       at;
  gint64      began;
  double      cpu;
} Phases;

static void
end_phase (Phases *self)
{
  if (self->n == 0)
    return;
  self->elapsed[self->at] += seconds_since (self->began);
  self->processor[self->at] += cpu_seconds () - self->cpu;
  self->memory[self->at] = most_memory ();
}

static void
on_progress (const CcProgressState *state, gpointer data)
{
  Phases *self = data;

  if (state->done > 0)
    return;
  end_phase (self);
  for (self->at = 0; self->at < self->n; self->at++)
    if (g_str_equal (self->names[self->at], state->phase))
      break;
  if (self->at == self->n && self->n < G_N_ELEMENTS (self->names) - 1)
    self->names[self->n++] = state->phase;
  self->began = g_get_monotonic_time ();
  self->cpu = cpu_seconds ();
}

/* A sum over all that was found, the same for the same outcome: what is meant to be faster only
 * must not change it. */
static guint64
sum_result (const CcLinkResult *result)
{
  guint64 h = 1;

  for (guint i = 0; i < result->n_records; i++)
    h = (h ^ result->cluster_of[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  for (guint i = 0; i < result->proposals->len; i++)
    {
      const CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);

      h = (h ^ at->a ^ (guint64) at->b << 32) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      h = (h ^ h >> 32 ^ (guint64) at->weight) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    }
  return h ^ h >> 32;
}

/* Who the records are about, and the time that filling them in took. */
typedef struct
{
  CcLinkFill *fill;
  CcPack     *pack;
  guint32    *truth;
  guint       n;
  gint64      filling; /* microseconds */
} Rows;

/* Plain records, as they have been measured since the first version. */
static void
invent_plain (Rows *rows, guint n)
{
  World    world;
  CcRandom random;

  cc_random_init (&random, 42);
  world.surnames = make_words (&random, SURNAMES, TOP_SHARE);
  world.given = make_words (&random, GIVEN_NAMES, 0.04);
  world.places = make_words (&random, PLACES, 0.05);
  for (guint entity = 0; rows->n < n; entity++)
    {
      Person person = draw_person (&random, &world);
      guint copies = cc_random_chance (&random, 0.62) ? 1 : (guint) cc_random_range (&random, 2, 5);

      for (guint k = 0; k < copies && rows->n < n; k++)
        {
          Record record = invent_record (&random, &world, &person);
          gint64 invented = g_get_monotonic_time ();

          fill_record (rows->fill, &record, rows->n + 1);
          rows->filling += g_get_monotonic_time () - invented;
          clear_record (&record);
          rows->truth[rows->n++] = entity;
        }
    }
  free_words (&world.surnames);
  free_words (&world.given);
  free_words (&world.places);
}

/* A row of the country, taken as link-table takes it. */
static void
take_row (const CcPracticeRecord *record, gpointer data)
{
  Rows        *rows = data;
  const gint64 start = g_get_monotonic_time ();
  const struct
  {
    CcLinkName  role;
    const char *text;
  } names[] = { { CC_LINK_NAME_FAMILY, record->family },
                { *record->family != '\0' ? CC_LINK_NAME_GIVEN : CC_LINK_NAME_FULL, record->given },
                { CC_LINK_NAME_FULL, record->full_name },
                { CC_LINK_NAME_ALIAS, record->alias },
                { CC_LINK_NAME_FATHER, record->father } };

  cc_link_fill_add_record (rows->fill, rows->n + 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (*names[i].text != '\0')
      cc_link_fill_add_name (rows->fill, names[i].role, names[i].text);
  if (record->sex)
    cc_link_fill_set_sex (rows->fill, cc_pack_find_code (rows->pack, "SEX", record->sex));
  if (cc_interval_is_known (record->birth))
    cc_link_fill_set_birth (rows->fill, record->birth);
  else
    cc_link_fill_set_age (rows->fill, record->age_min, record->age_max, record->detected);
  cc_link_fill_set_citizenship (rows->fill, record->citizenship);
  cc_link_fill_set_place (rows->fill, record->town);
  cc_link_fill_set_document (rows->fill, record->document);
  cc_link_fill_set_phone (rows->fill, record->phone);
  cc_link_fill_set_source (rows->fill, record->agency + 1, 0, 0, NULL);
  rows->truth[rows->n++] = (guint32) record->person;
  rows->filling += g_get_monotonic_time () - start;
}

/* The rows of "casecount-cli practice --big": spellings, families, twins, shared telephones. */
static void
invent_country (Rows *rows, guint n)
{
  g_autoptr (GError) error = NULL;
  CcPracticeParams params;

  cc_practice_params_init (&params);
  params.seed = 42;
  params.big = TRUE;
  params.records = n;
  (void) cc_practice_each_record (&params, take_row, rows, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->n, ==, n);
}

/* What one size took; the ratio of two is what counts. */
typedef struct
{
  guint  n;
  double processor; /* seconds of linking */
} Measured;

static Measured
measure (CcPack *pack, gboolean country, guint n)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (CcLinkTable) table = NULL;
  g_autoptr (CcLinkResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint32 *truth = g_new (guint32, n);
  Rows                rows = { .fill = fill, .pack = pack, .truth = truth };
  Measured            measured = { .n = n };
  CcLinkParams        params;
  CcLinkEvaluation    e;
  double              filled;
  double              most;
  gint64              start;
  double              cpu;
  double              prepared;
  double              inventing;
  guint64             lost = 0;
  Phases              phases = { .n = 0 };
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, on_progress, &phases);

  start = g_get_monotonic_time ();
  if (country)
    invent_country (&rows, n);
  else
    invent_plain (&rows, n);
  inventing = seconds_since (start) - rows.filling / (double) G_USEC_PER_SEC;
  start = g_get_monotonic_time ();
  table = cc_link_fill_finish (fill);
  filled = most_memory ();
  prepared = seconds_since (start) + rows.filling / (double) G_USEC_PER_SEC;
  cc_link_params_init (&params);
  params.accept = 0.99;
  params.drop = 0.2;
  cpu = cpu_seconds ();
  start = g_get_monotonic_time ();
  result = cc_link_engine_run (table, &params, progress, &error);
  g_assert_no_error (error);
  end_phase (&phases);
  measured.processor = cpu_seconds () - cpu;
  g_print ("%u records: invented in %.2f s, prepared in %.2f s, linked in %.2f s wall, %.2f s "
           "processor, ",
           n, inventing, prepared, seconds_since (start), measured.processor);
  most = most_memory ();
  cc_link_evaluate (table, result, truth, &e);
  for (guint i = 0; i < result->n_keys; i++)
    lost += result->keys[i].n_lost_pairs;
  g_print ("%" G_GUINT64_FORMAT " pairs compared, %" G_GUINT64_FORMAT
           " left out, %.0f MiB at the most, clusters F1 %.4f, %u pairs, sum %016" G_GINT64_MODIFIER
           "x\n",
           result->n_compared, lost, most, e.clusters.f1, result->proposals->len,
           sum_result (result));
  g_print ("  prepared: %.0f MiB\n", filled);
  for (guint i = 0; i < phases.n; i++)
    g_print ("  %s: %.2f s elapsed, %.2f s processor, %.0f MiB\n", phases.names[i],
             phases.elapsed[i], phases.processor[i], phases.memory[i]);
  if (g_getenv ("CASECOUNT_BENCH_KEYS"))
    for (guint i = 0; i < result->n_keys; i++)
      g_print ("  %s: %" G_GUINT64_FORMAT " pairs, %" G_GUINT64_FORMAT " left out\n",
               result->keys[i].name, result->keys[i].n_pairs, result->keys[i].n_lost_pairs);
  return measured;
}

/* Says how much longer twice the records took; FALSE where it is more than the bar. */
static gboolean
compare (const Measured *half, const Measured *whole)
{
  const double ratio = whole->processor / half->processor;

  if (half->n == 0 || whole->n != 2 * half->n)
    return TRUE;
  g_print ("Twice %u records take %.2f times the processor time (bar %.1f).\n", half->n, ratio,
           MOST_FOR_TWICE);
  return ratio <= MOST_FOR_TWICE;
}

int
main (int argc, char **argv)
{
  static const guint usual[] = { 10000, 50000, 100000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  const gboolean country = argc > 1 && g_str_equal (argv[1], "--country");
  const guint    skip = country ? 2 : 1;
  const guint    n = (guint) argc > skip ? (guint) argc - skip : G_N_ELEMENTS (usual);
  Measured       last = { 0 };
  gboolean       ok = TRUE;

  if (!pack)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  for (guint i = 0; i < n; i++)
    {
      const guint size = (guint) argc > skip ? (guint) MAX (2, atoi (argv[skip + i])) : usual[i];
      Measured    now = measure (pack, country, size);

      ok = compare (&last, &now) && ok;
      last = now;
    }
  return ok ? 0 : 1;
}
