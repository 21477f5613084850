/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-random.h>
#include <cc/linkage/cc-link-evaluate.h>
#include <cc/linkage/cc-link-fill.h>

#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

/* Linkage of invented records whose names are as concentrated as real ones: one surname has 12 % of
 * the people, the rest falls off as in Zipf's law. Prints seconds per phase, so that twice the size
 * can be compared with twice the time. Sizes are arguments; 10,000 and 100,000 by default. */

#define SURNAMES    20000
#define GIVEN_NAMES 4000
#define PLACES      300
#define TOP_SHARE   0.12

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

/* Elapsed and processor seconds by phase; a phase that comes twice is added up. */
typedef struct
{
  const char *names[16];
  double      elapsed[16];
  double      processor[16];
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

static void
measure (CcPack *pack, guint n)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (pack);
  g_autoptr (CcLinkTable) table = NULL;
  g_autoptr (CcLinkResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint32 *truth = g_new (guint32, n);
  World               world;
  CcRandom            random;
  CcLinkParams        params;
  CcLinkEvaluation    e;
  struct rusage       usage;
  gint64              start;
  double              cpu;
  double              prepared;
  double              inventing;
  gint64              filling = 0;
  guint64             lost = 0;
  Phases              phases = { .n = 0 };
  g_autoptr (CcProgress) progress = cc_progress_new (NULL, on_progress, &phases);

  cc_random_init (&random, 42);
  world.surnames = make_words (&random, SURNAMES, TOP_SHARE);
  world.given = make_words (&random, GIVEN_NAMES, 0.04);
  world.places = make_words (&random, PLACES, 0.05);
  start = g_get_monotonic_time ();
  for (guint i = 0, entity = 0; i < n; entity++)
    {
      Person person = draw_person (&random, &world);
      guint copies = cc_random_chance (&random, 0.62) ? 1 : (guint) cc_random_range (&random, 2, 5);

      for (guint k = 0; k < copies && i < n; k++, i++)
        {
          Record record = invent_record (&random, &world, &person);
          gint64 invented = g_get_monotonic_time ();

          fill_record (fill, &record, i + 1);
          filling += g_get_monotonic_time () - invented;
          clear_record (&record);
          truth[i] = entity;
        }
    }
  inventing = seconds_since (start) - filling / (double) G_USEC_PER_SEC;
  start = g_get_monotonic_time ();
  table = cc_link_fill_finish (fill);
  prepared = seconds_since (start) + filling / (double) G_USEC_PER_SEC;
  cc_link_params_init (&params);
  params.accept = 0.99;
  params.drop = 0.2;
  cpu = cpu_seconds ();
  start = g_get_monotonic_time ();
  result = cc_link_engine_run (table, &params, progress, &error);
  g_assert_no_error (error);
  end_phase (&phases);
  g_print ("%u records: invented in %.2f s, prepared in %.2f s, linked in %.2f s wall, %.2f s "
           "processor, ",
           n, inventing, prepared, seconds_since (start), cpu_seconds () - cpu);
  getrusage (RUSAGE_SELF, &usage);
  cc_link_evaluate (table, result, truth, &e);
  for (guint i = 0; i < result->n_keys; i++)
    lost += result->keys[i].n_lost_pairs;
  g_print ("%" G_GUINT64_FORMAT " pairs compared, %" G_GUINT64_FORMAT
           " left out, %.0f MiB at the most, clusters F1 %.4f, %u pairs, sum %016" G_GINT64_MODIFIER
           "x\n",
           result->n_compared, lost, usage.ru_maxrss / 1024.0, e.clusters.f1,
           result->proposals->len, sum_result (result));
  for (guint i = 0; i < phases.n; i++)
    g_print ("  %s: %.2f s elapsed, %.2f s processor\n", phases.names[i], phases.elapsed[i],
             phases.processor[i]);
  if (g_getenv ("CASECOUNT_BENCH_KEYS"))
    for (guint i = 0; i < result->n_keys; i++)
      g_print ("  %s: %" G_GUINT64_FORMAT " pairs, %" G_GUINT64_FORMAT " left out\n",
               result->keys[i].name, result->keys[i].n_pairs, result->keys[i].n_lost_pairs);
  free_words (&world.surnames);
  free_words (&world.given);
  free_words (&world.places);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);

  if (!pack)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  if (argc < 2)
    {
      measure (pack, 10000);
      measure (pack, 100000);
    }
  for (int i = 1; i < argc; i++)
    measure (pack, (guint) MAX (2, atoi (argv[i])));
  return 0;
}
