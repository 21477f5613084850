/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

/* Kinds of names in CcNameRegion. */
enum
{
  FAMILY,
  GIVEN_FEMALE,
  GIVEN_MALE,
};

static CcNameRegion *
pick_region (CcPracticeData *data, GArray *shares, CcRandom *random)
{
  guint sum = 0, at;

  for (guint i = 0; i < shares->len; i++)
    sum += g_array_index (shares, CcRegionShare, i).share;
  at = cc_random_below (random, sum);
  for (guint i = 0; i < shares->len; i++)
    {
      const CcRegionShare *share = &g_array_index (shares, CcRegionShare, i);

      if (at < share->share)
        return data->regions->pdata[share->region];
      at -= share->share;
    }
  g_return_val_if_reached (data->regions->pdata[0]);
}

static void
copy_common (CcNameRegion *region, guint kind, CcRandom *random, char **spelled)
{
  guint at = cc_random_below (random, region->sum[kind]);
  guint i = 0;

  for (; i + 1 < region->names[kind]->len; i++)
    {
      guint weight = g_array_index (region->names[kind], CcNameEntry, i).weight;

      if (at < weight)
        break;
      at -= weight;
    }
  for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
    spelled[s] = g_strdup (g_array_index (region->names[kind], CcNameEntry, i).spelled[s]);
}

static void
capitalise (GString *text)
{
  gunichar first = g_utf8_get_char (text->str);
  char     upper[6];
  int      length = g_unichar_to_utf8 (g_unichar_toupper (first), upper);

  g_string_erase (text, 0, g_utf8_next_char (text->str) - text->str);
  g_string_insert_len (text, 0, upper, length);
}

/* Rare names: two to four syllables of the region's sounds, each spelled in three ways. */
void
cc_practice_build_name (CcNameRegion *region, CcRandom *random, char **spelled)
{
  guint    more = cc_random_below (random, 100);
  guint    n = 2 + (more >= 60) + (more >= 94);
  GString *texts[CC_PRACTICE_N_SPELLINGS];

  for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
    texts[s] = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    for (guint part = 0; part < 2; part++)
      {
        GArray            *sounds = region->sounds[part];
        const CcNameEntry *sound =
            &g_array_index (sounds, CcNameEntry, cc_random_below (random, sounds->len));

        for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
          g_string_append (texts[s], sound->spelled[s]);
      }
  for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
    {
      capitalise (texts[s]);
      spelled[s] = g_string_free (texts[s], FALSE);
    }
}

static void
make_family (CcPracticeData          *data,
             const CcPracticeCountry *country,
             CcRandom                *random,
             char                   **spelled)
{
  CcNameRegion *region = pick_region (data, country->families, random);

  if (data->crowd != NULL)
    cc_crowd_draw (data->crowd, FAMILY, random, spelled);
  else if (cc_practice_chance (random, cc_practice_noise_get (&data->noise, "rare-family")))
    cc_practice_build_name (region, random, spelled);
  else
    copy_common (region, FAMILY, random, spelled);
}

static void
make_given (CcPracticeData          *data,
            const CcPracticeCountry *country,
            gboolean                 female,
            gboolean                 rare,
            CcRandom                *random,
            char                   **spelled)
{
  CcNameRegion *region = pick_region (data, country->givens, random);

  if (data->crowd != NULL)
    cc_crowd_draw (data->crowd, female ? GIVEN_FEMALE : GIVEN_MALE, random, spelled);
  else if (rare && cc_practice_chance (random, cc_practice_noise_get (&data->noise, "rare-given")))
    cc_practice_build_name (pick_region (data, country->families, random), random, spelled);
  else
    copy_common (region, female ? GIVEN_FEMALE : GIVEN_MALE, random, spelled);
}

static void
append_second_family (CcPracticeData          *data,
                      const CcPracticeCountry *country,
                      CcRandom                *random,
                      char                   **spelled)
{
  char *second[CC_PRACTICE_N_SPELLINGS] = { NULL };

  make_family (data, country, random, second);
  for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
    {
      g_autofree char *first = spelled[s];

      spelled[s] = g_strconcat (first, " ", second[s], NULL);
      g_free (second[s]);
    }
}

static void
make_shared (CcIdentity              *self,
             CcPracticeData          *data,
             const CcPracticeCountry *country,
             guint64                  family_seed)
{
  CcRandom random;
  guint    n_towns = g_strv_length (country->towns);

  cc_random_init (&random, family_seed);
  make_family (data, country, &random, self->family);
  if (cc_practice_chance (&random, country->spelling == CC_SPELLING_PORTUGUESE ? 3000 : 500))
    append_second_family (data, country, &random, self->family);
  make_given (data, country, FALSE, FALSE, &random, self->father);
  self->town = country->towns[cc_random_below (&random, n_towns)];
}

static char *
make_phone (CcPracticeData *data, guint64 seed, CcRandom *random)
{
  /* Some numbers belong to a trafficker or a shelter and stand in many files. */
  guint64  owner = seed;
  CcRandom digits;

  if (cc_practice_chance (random, cc_practice_noise_get (&data->noise, "phone-shared")))
    owner = cc_random_below (random,
                             data->crowd != NULL ? cc_crowd_count_phone_owners (data->crowd) : 40);
  cc_random_init (&digits, cc_practice_mix (owner, 77));
  return g_strdup_printf ("%08u", 10000000 + cc_random_below (&digits, 89999999));
}

/* What a person is truly called, from seeds alone: the same seeds give the same person, so nothing
 * but the seeds is kept for hundreds of thousands of persons. */
CcIdentity *
cc_identity_new (CcPracticeData *data,
                 guint64         seed,
                 guint64         family_seed,
                 guint           country_index,
                 gboolean        female)
{
  CcIdentity              *self = g_new0 (CcIdentity, 1);
  const CcPracticeCountry *country =
      &g_array_index (data->countries, CcPracticeCountry, country_index);
  CcRandom    random;
  const char *letters = "ABCEJMPT";
  char        letter;

  make_shared (self, data, country, family_seed);
  self->home = country->spelling;
  self->dial = country->dial;

  cc_random_init (&random, seed);
  make_given (data, country, female, TRUE, &random, self->given[0]);
  if (cc_practice_chance (&random, cc_practice_noise_get (&data->noise, "second-given")))
    make_given (data, country, female, FALSE, &random, self->given[1]);
  make_family (data, country, &random, self->other_family);
  make_given (data, country, female, TRUE, &random, self->other_given);
  self->alias = g_strdup (data->aliases[cc_random_below (&random, g_strv_length (data->aliases))]);
  if (cc_practice_chance (&random, 3500))
    {
      g_autofree char *bare = g_steal_pointer (&self->alias);

      self->alias = g_strconcat (bare, " ", self->given[0][self->home], NULL);
    }
  letter = letters[cc_random_below (&random, 8)];
  self->document = g_strdup_printf ("%c%07u", letter, cc_random_below (&random, 10000000));
  self->phone = make_phone (data, seed, &random);
  return self;
}

void
cc_identity_free (CcIdentity *self)
{
  if (self == NULL)
    return;
  for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
    {
      g_free (self->family[s]);
      g_free (self->given[0][s]);
      g_free (self->given[1][s]);
      g_free (self->other_family[s]);
      g_free (self->other_given[s]);
      g_free (self->father[s]);
    }
  g_free (self->alias);
  g_free (self->document);
  g_free (self->phone);
  g_free (self);
}
