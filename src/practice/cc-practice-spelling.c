/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

#include <string.h>

static gboolean
happens (CcPracticeData *data, CcRandom *random, const char *what)
{
  return cc_practice_chance (random, cc_practice_noise_get (&data->noise, what));
}

/* One slip of the pen in a text: a letter doubled, lost, exchanged with its neighbour or replaced.
 */
static void
slip (char **text, CcRandom *random)
{
  g_autofree gunichar *letters = NULL;
  glong                n = 0, at;
  g_autoptr (GString) result = g_string_new (NULL);
  guint       kind = cc_random_below (random, 4);
  const char *replacements = "aeiounrstlmdbk";
  gunichar    other = (gunichar) replacements[cc_random_below (random, 14)];

  letters = g_utf8_to_ucs4_fast (*text, -1, &n);
  if (n < 4)
    return;
  at = 1 + (glong) cc_random_below (random, (guint) (n - 2));
  for (glong i = 0; i < n; i++)
    {
      if (i != at)
        {
          g_string_append_unichar (result, letters[i]);
          continue;
        }
      switch (kind)
        {
        case 0:
          g_string_append_unichar (result, letters[i]);
          g_string_append_unichar (result, letters[i]);
          break;
        case 1:
          break;
        case 2:
          g_string_append_unichar (result, letters[i + 1]);
          g_string_append_unichar (result, letters[i]);
          i++;
          break;
        default:
          g_string_append_unichar (result, other);
          break;
        }
    }
  g_free (*text);
  *text = g_strdup (result->str);
}

static char *
strip_accents (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) result = g_string_new (NULL);

  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (result, g_utf8_get_char (p));
  return g_strdup (result->str);
}

static void
dress (char **text, gboolean upper, gboolean accents)
{
  if (!accents)
    {
      char *plain = strip_accents (*text);

      g_free (*text);
      *text = plain;
    }
  if (upper)
    {
      char *capitals = g_utf8_strup (*text, -1);

      g_free (*text);
      *text = capitals;
    }
}

static char *
choose_given (CcPracticeData   *data,
              const CcIdentity *identity,
              CcSpelling        spelling,
              CcRandom         *random)
{
  const char *first = identity->given[0][spelling];
  const char *second = identity->given[1][spelling];

  if (happens (data, random, "other-given"))
    return g_strdup (identity->other_given[spelling]);
  if (second == NULL || happens (data, random, "given-dropped"))
    return g_strdup (second != NULL && cc_practice_chance (random, 3000) ? second : first);
  if (happens (data, random, "given-turned"))
    return g_strconcat (second, " ", first, NULL);
  return g_strconcat (first, " ", second, NULL);
}

static void
write_name (CcWrittenNames         *self,
            CcPracticeData         *data,
            const CcIdentity       *identity,
            const CcPracticeAgency *agency,
            gboolean                single,
            CcRandom               *random)
{
  CcSpelling spelling =
      happens (data, random, "tradition") ? agency->kind->spelling : identity->home;
  CcSpelling given_spelling =
      happens (data, random, "tradition-given") ? agency->kind->spelling : identity->home;
  gboolean accents = !agency->kind->upper && happens (data, random, "accents");
  gboolean upper_given = agency->kind->upper && cc_practice_chance (random, 5000);

  self->family = g_strdup (happens (data, random, "other-family") ? identity->other_family[spelling]
                                                                  : identity->family[spelling]);
  self->given = choose_given (data, identity, given_spelling, random);
  if (happens (data, random, "family-dropped") && strchr (self->family, ' ') != NULL)
    *strchr (self->family, ' ') = '\0';
  if (happens (data, random, "slip-family"))
    slip (&self->family, random);
  if (happens (data, random, "slip-family-twice"))
    {
      slip (&self->family, random);
      slip (&self->family, random);
    }
  if (happens (data, random, "slip-given"))
    slip (&self->given, random);
  if (happens (data, random, "slip-given-twice"))
    {
      slip (&self->given, random);
      slip (&self->given, random);
    }
  if (single)
    {
      g_autofree char *given = g_steal_pointer (&self->given);
      g_autofree char *family = g_steal_pointer (&self->family);

      self->given = happens (data, random, "single-given") ? g_strdup (given)
                    : cc_practice_chance (random, 5000)    ? g_strconcat (given, " ", family, NULL)
                                                           : g_strconcat (family, " ", given, NULL);
      self->family = g_strdup ("");
    }
  else if (happens (data, random, "swapped"))
    {
      char *family = self->family;

      self->family = self->given;
      self->given = family;
    }
  dress (&self->family, agency->kind->upper, accents);
  dress (&self->given, upper_given, accents);
}

static char *
write_document (CcPracticeData *data, const CcIdentity *identity, CcRandom *random)
{
  char *text = g_strdup (identity->document);

  if (happens (data, random, "slip-document"))
    {
      guint at = 1 + cc_random_below (random, (guint) strlen (text) - 1);

      text[at] = (char) ('0' + (text[at] - '0' + 1 + cc_random_below (random, 9)) % 10);
    }
  if (happens (data, random, "document-blank"))
    {
      g_autofree char *tight = g_steal_pointer (&text);

      text = g_strdup_printf ("%c %s", tight[0], tight + 1);
    }
  return text;
}

static char *
write_phone (CcPracticeData *data, const CcIdentity *identity, CcRandom *random)
{
  g_autofree char *digits = g_strdup (identity->phone);
  guint            form = cc_random_below (random, 100);

  if (happens (data, random, "slip-phone"))
    {
      guint at = cc_random_below (random, (guint) strlen (digits));

      digits[at] = (char) ('0' + (digits[at] - '0' + 1 + cc_random_below (random, 9)) % 10);
    }
  if (form < 55)
    return g_strdup_printf ("+%s%s", identity->dial, digits);
  return form < 83 ? g_strdup_printf ("00%s%s", identity->dial, digits) : g_steal_pointer (&digits);
}

static char *
write_town (CcPracticeData *data, const CcIdentity *identity, gboolean upper, CcRandom *random)
{
  g_autofree char *text = g_strdup (identity->town);

  if (happens (data, random, "other-town"))
    {
      const CcPracticeCountry *country =
          &g_array_index (data->countries, CcPracticeCountry, data->own);

      g_free (text);
      text = g_strdup (country->towns[cc_random_below (random, g_strv_length (country->towns))]);
    }
  if (happens (data, random, "slip-town"))
    slip (&text, random);
  if (happens (data, random, "plain-town"))
    return strip_accents (text);
  return g_steal_pointer (&text);
}

/* What one agency writes for a person's names and numbers: its own spelling tradition or the
 * person's, with slips, swapped and missing parts. The same seed gives the same texts. */
void
cc_written_names_write (CcWrittenNames         *self,
                        CcPracticeData         *data,
                        const CcIdentity       *identity,
                        const CcPracticeAgency *agency,
                        guint64                 seed,
                        gboolean                single)
{
  CcRandom random;
  gboolean other_father;

  cc_random_init (&random, cc_practice_mix (seed, 1));
  write_name (self, data, identity, agency, single, &random);
  self->alias =
      g_strdup (happens (data, &random, "other-alias")
                    ? data->aliases[cc_random_below (&random, g_strv_length (data->aliases))]
                    : identity->alias);
  other_father = happens (data, &random, "tradition");
  self->father =
      g_strdup (identity->father[other_father ? agency->kind->spelling : identity->home]);
  if (happens (data, &random, "slip-father"))
    slip (&self->father, &random);
  dress (&self->father, FALSE, !agency->kind->upper && happens (data, &random, "accents"));
  self->town = write_town (data, identity, agency->kind->upper, &random);
  self->document = write_document (data, identity, &random);
  self->phone = write_phone (data, identity, &random);
}

void
cc_written_names_clear (CcWrittenNames *self)
{
  g_clear_pointer (&self->family, g_free);
  g_clear_pointer (&self->given, g_free);
  g_clear_pointer (&self->alias, g_free);
  g_clear_pointer (&self->father, g_free);
  g_clear_pointer (&self->town, g_free);
  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->phone, g_free);
}
