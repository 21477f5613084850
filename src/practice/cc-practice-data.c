/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

#include <string.h>
#include <cc/base/cc-error.h>
#include <cc/model/cc-data-dir.h>

static CcCsvTable *
load_table (const char *file, const char *const *columns, GError **error)
{
  g_autofree char *path = cc_data_dir_build ("practice", file, NULL);
  g_autoptr (CcCsvTable) table = cc_csv_table_load (path, error);

  if (table == NULL || !cc_csv_table_require (table, columns, error))
    return NULL;
  return g_steal_pointer (&table);
}

static const char *
get (CcCsvTable *table, guint row, const char *column)
{
  return cc_csv_table_get (table, row, cc_csv_table_find_column (table, column));
}

static gboolean
fail_row (CcCsvTable *table, guint row, const char *what, GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "%s, line %u: %s is not known to the classification. Nothing was written.",
               cc_csv_table_get_name (table), cc_csv_table_get_line (table, row), what);
  return FALSE;
}

static void
name_entry_clear (gpointer data)
{
  CcNameEntry *entry = data;

  for (guint i = 0; i < CC_PRACTICE_N_SPELLINGS; i++)
    g_free (entry->spelled[i]);
}

static GArray *
name_entries_new (void)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (CcNameEntry));

  g_array_set_clear_func (entries, name_entry_clear);
  return entries;
}

static void
name_region_free (gpointer data)
{
  CcNameRegion *region = data;

  for (guint i = 0; i < G_N_ELEMENTS (region->names); i++)
    g_array_unref (region->names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (region->sounds); i++)
    g_array_unref (region->sounds[i]);
  g_free (region->region);
  g_free (region);
}

static guint
require_region (CcPracticeData *self, const char *name)
{
  CcNameRegion *region;

  for (guint i = 0; i < self->regions->len; i++)
    if (g_str_equal (((CcNameRegion *) self->regions->pdata[i])->region, name))
      return i;

  region = g_new0 (CcNameRegion, 1);
  region->region = g_strdup (name);
  for (guint i = 0; i < G_N_ELEMENTS (region->names); i++)
    region->names[i] = name_entries_new ();
  for (guint i = 0; i < G_N_ELEMENTS (region->sounds); i++)
    region->sounds[i] = name_entries_new ();
  g_ptr_array_add (self->regions, region);
  return self->regions->len - 1;
}

static CcNameRegion *
find_region (CcPracticeData *self, const char *name)
{
  guint index = require_region (self, name);

  return self->regions->pdata[index];
}

static gboolean
load_names (CcPracticeData *self, GError **error)
{
  const char *const columns[] = { "region", "kind", "weight", "fr", "en", "pt", NULL };
  const char *const kinds[] = { "family", "given-f", "given-m", NULL };
  g_autoptr (CcCsvTable) table = load_table ("names.csv", columns, error);

  if (table == NULL)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      CcNameRegion *region = find_region (self, get (table, row, "region"));
      CcNameEntry   entry = { 0 };
      guint         kind = 0;

      while (kinds[kind] != NULL && !g_str_equal (kinds[kind], get (table, row, "kind")))
        kind++;
      if (kinds[kind] == NULL)
        return fail_row (table, row, get (table, row, "kind"), error);
      entry.weight = (guint) g_ascii_strtoull (get (table, row, "weight"), NULL, 10);
      for (guint i = 0; i < CC_PRACTICE_N_SPELLINGS; i++)
        entry.spelled[i] = g_strdup (get (table, row, columns[3 + i]));
      g_array_append_val (region->names[kind], entry);
      region->sum[kind] += entry.weight;
    }
  return TRUE;
}

static gboolean
load_syllables (CcPracticeData *self, GError **error)
{
  const char *const columns[] = { "region", "part", "sounds", NULL };
  g_autoptr (CcCsvTable) table = load_table ("syllables.csv", columns, error);

  if (table == NULL)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      CcNameRegion *region = find_region (self, get (table, row, "region"));
      GArray *sounds = region->sounds[g_str_equal (get (table, row, "part"), "vowel") ? 1 : 0];
      g_auto (GStrv) parts = g_strsplit (get (table, row, "sounds"), " ", -1);

      for (guint i = 0; parts[i] != NULL; i++)
        {
          g_auto (GStrv) spelled = g_strsplit (parts[i], "/", -1);
          CcNameEntry entry = { .weight = 1 };

          for (guint s = 0; s < CC_PRACTICE_N_SPELLINGS; s++)
            entry.spelled[s] = g_strdup (
                g_strv_length (spelled) == CC_PRACTICE_N_SPELLINGS ? spelled[s] : spelled[0]);
          g_array_append_val (sounds, entry);
        }
    }
  return TRUE;
}

static GArray *
parse_shares (CcPracticeData *self, const char *text)
{
  GArray *shares = g_array_new (FALSE, TRUE, sizeof (CcRegionShare));
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], ":", 2);
      CcRegionShare share = { .region = require_region (self, pair[0]) };

      share.share = pair[1] != NULL ? (guint) g_ascii_strtoull (pair[1], NULL, 10) : 1;
      g_array_append_val (shares, share);
    }
  return shares;
}

static void
country_clear (gpointer data)
{
  CcPracticeCountry *country = data;

  g_clear_pointer (&country->families, g_array_unref);
  g_clear_pointer (&country->givens, g_array_unref);
  g_strfreev (country->towns);
}

static gboolean
load_countries (CcPracticeData *self, GError **error)
{
  const char *const columns[] = { "alpha3", "citizens", "destinations", "spelling", "dial",
                                  "towns",  NULL };

  self->country_table = load_table ("countries.csv", columns, error);
  if (self->country_table == NULL)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (self->country_table); row++)
    {
      CcPracticeCountry country = { .row = row };
      const char       *alpha3 = get (self->country_table, row, "alpha3");
      const char       *spelling = get (self->country_table, row, "spelling");

      country.code = cc_pack_find_code (self->pack, "COUNTRY", alpha3);
      if (country.code == NULL)
        return fail_row (self->country_table, row, alpha3, error);
      country.citizens =
          (guint) g_ascii_strtoull (get (self->country_table, row, "citizens"), NULL, 10);
      country.destinations =
          (guint) g_ascii_strtoull (get (self->country_table, row, "destinations"), NULL, 10);
      country.spelling = g_str_equal (spelling, "en")   ? CC_SPELLING_ENGLISH
                         : g_str_equal (spelling, "pt") ? CC_SPELLING_PORTUGUESE
                                                        : CC_SPELLING_FRENCH;
      country.dial = get (self->country_table, row, "dial");
      country.towns = g_strsplit (get (self->country_table, row, "towns"), ";", -1);
      g_array_append_val (self->countries, country);
    }
  return TRUE;
}

static gboolean
load_name_regions (CcPracticeData *self, GError **error)
{
  const char *const columns[] = { "countries", "family", "given", NULL };
  g_autoptr (CcCsvTable) table = load_table ("name_regions.csv", columns, error);

  if (table == NULL)
    return FALSE;
  for (guint i = 0; i < self->countries->len; i++)
    {
      CcPracticeCountry *country = &g_array_index (self->countries, CcPracticeCountry, i);

      for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
        {
          g_auto (GStrv) codes = g_strsplit (get (table, row, "countries"), ";", -1);

          if (country->families != NULL
              || (!g_strv_contains ((const char *const *) codes, country->code->code)
                  && !g_strv_contains ((const char *const *) codes, "*")))
            continue;
          country->families = parse_shares (self, get (table, row, "family"));
          country->givens = parse_shares (self, get (table, row, "given"));
        }
    }
  return TRUE;
}

static gboolean
load_weights (CcPracticeData *self, GError **error)
{
  const char *const columns[] = { "list", "code", "adult", "child", NULL };
  g_autoptr (CcCsvTable) table = load_table ("weights.csv", columns, error);

  if (table == NULL)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char *list = get (table, row, "list");
      GArray     *weights = g_hash_table_lookup (self->weights, list);
      CcWeight weight = { .code = cc_pack_find_code (self->pack, list, get (table, row, "code")) };

      if (weight.code == NULL)
        return fail_row (table, row, get (table, row, "code"), error);
      weight.weight[0] = (guint) g_ascii_strtoull (get (table, row, "adult"), NULL, 10);
      weight.weight[1] = (guint) g_ascii_strtoull (get (table, row, "child"), NULL, 10);
      if (weights == NULL)
        {
          weights = g_array_new (FALSE, TRUE, sizeof (CcWeight));
          g_hash_table_insert (self->weights, g_strdup (list), weights);
        }
      g_array_append_val (weights, weight);
    }
  return TRUE;
}

static gboolean
load_words (CcPracticeData *self, GError **error)
{
  const char *const columns[] = { "set", "list", "code", "texts", NULL };

  self->word_table = load_table ("words.csv", columns, error);
  if (self->word_table == NULL)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (self->word_table); row++)
    {
      const char *list = get (self->word_table, row, "list");
      const char *code = get (self->word_table, row, "code");
      g_auto (GStrv) texts = g_strsplit (get (self->word_table, row, "texts"), "|", -1);

      if (cc_pack_has_list (self->pack, list) && cc_pack_find_code (self->pack, list, code) == NULL)
        return fail_row (self->word_table, row, code, error);
      g_hash_table_insert (self->words,
                           g_strdup_printf ("%s/%s/%s", get (self->word_table, row, "set"), list,
                                            code),
                           g_steal_pointer (&texts));
    }
  return TRUE;
}

static gboolean
load_noise (CcPracticeData *self, int level, GError **error)
{
  const char *const  columns[] = { "name", "chance", "scaled", NULL };
  static const guint scale[] = { 15, 55, 100, 150, 210 };
  g_autoptr (CcCsvTable) table = load_table ("noise.csv", columns, error);

  if (table == NULL)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      guint chance = (guint) g_ascii_strtoull (get (table, row, "chance"), NULL, 10);

      if (g_str_equal (get (table, row, "scaled"), "yes"))
        chance = MIN (9500, chance * scale[level - 1] / 100);
      g_hash_table_insert (self->noise.chances, g_strdup (get (table, row, "name")),
                           GUINT_TO_POINTER (chance));
    }
  return TRUE;
}

static gboolean
load_aliases (CcPracticeData *self, GError **error)
{
  const char *const columns[] = { "alias", NULL };
  g_autoptr (CcCsvTable) table = load_table ("aliases.csv", columns, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (table == NULL)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    g_strv_builder_add (builder, get (table, row, "alias"));
  self->aliases = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
find_own_country (CcPracticeData *self, const char *country, GError **error)
{
  for (guint i = 0; i < self->countries->len; i++)
    if (g_str_equal (g_array_index (self->countries, CcPracticeCountry, i).code->code, country))
      {
        self->own = i;
        return TRUE;
      }
  g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
               "No names and towns are known for the country %s. Nothing was written; choose one "
               "of "
               "the countries in the practice data, such as BEN.",
               country);
  return FALSE;
}

static void
free_weights (gpointer data)
{
  g_array_unref (data);
}

/* Loads the data files of practice for a reporting country. level is 1 to 5. */
CcPracticeData *
cc_practice_data_load (const char *country, int level, GError **error)
{
  g_autoptr (CcPracticeData) self = g_new0 (CcPracticeData, 1);

  g_return_val_if_fail (level >= 1 && level <= 5, NULL);

  self->regions = g_ptr_array_new_with_free_func (name_region_free);
  self->countries = g_array_new (FALSE, TRUE, sizeof (CcPracticeCountry));
  g_array_set_clear_func (self->countries, country_clear);
  self->words =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->weights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_weights);
  self->kinds = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_agency_kind_free);
  self->noise.chances = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pack = cc_pack_load_default (error);

  if (self->pack == NULL || !load_names (self, error) || !load_syllables (self, error)
      || !load_countries (self, error) || !load_name_regions (self, error)
      || !load_weights (self, error) || !load_words (self, error)
      || !load_noise (self, level, error) || !load_aliases (self, error)
      || !find_own_country (self, country, error) || !cc_practice_layouts_load (self, error))
    return NULL;
  self->stateless = cc_pack_find_code (self->pack, "COUNTRY", "XXA");
  return g_steal_pointer (&self);
}

void
cc_practice_data_free (CcPracticeData *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->regions, g_ptr_array_unref);
  g_clear_pointer (&self->countries, g_array_unref);
  g_clear_pointer (&self->country_table, cc_csv_table_free);
  g_clear_pointer (&self->word_table, cc_csv_table_free);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->weights, g_hash_table_unref);
  g_clear_pointer (&self->noise.chances, g_hash_table_unref);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_clear_pointer (&self->pack, cc_pack_unref);
  g_clear_pointer (&self->crowd, cc_crowd_free);
  g_strfreev (self->aliases);
  g_free (self);
}

/* The weights of one list; a list without any is an error of the data files, caught by the tests.
 */
GArray *
cc_practice_data_weights (CcPracticeData *self, const char *list)
{
  GArray *weights = g_hash_table_lookup (self->weights, list);

  g_return_val_if_fail (weights != NULL, NULL);
  return weights;
}

/* The ways in which a word set writes a code; NULL where it has no word for it. */
const char *const *
cc_practice_data_words (CcPracticeData *self,
                        const char     *set,
                        const char     *list,
                        const char     *code,
                        guint          *n)
{
  g_autofree char *key = g_strdup_printf ("%s/%s/%s", set, list, code);
  char           **texts = g_hash_table_lookup (self->words, key);

  *n = texts != NULL ? g_strv_length (texts) : 0;
  return (const char *const *) texts;
}

/* A code that the program itself needs; absent codes are an error of the pack. */
const CcCode *
cc_practice_data_code (CcPracticeData *self, const char *list, const char *code)
{
  const CcCode *found = cc_pack_find_code (self->pack, list, code);

  g_return_val_if_fail (found != NULL, NULL);
  return found;
}

/* A country's name or adjective in a language; "" where the data files have none. */
const char *
cc_practice_data_country_word (CcPracticeData *self,
                               const CcCode   *country,
                               const char     *language,
                               gboolean        adjective)
{
  g_autofree char *column = g_strconcat (language, adjective ? "_adjective" : "", NULL);

  for (guint i = 0; i < self->countries->len; i++)
    if (g_array_index (self->countries, CcPracticeCountry, i).code == country)
      return cc_csv_table_get (self->country_table, i,
                               cc_csv_table_find_column (self->country_table, column));
  return "";
}

guint
cc_practice_noise_get (const CcNoise *self, const char *name)
{
  gpointer value = NULL;

  if (!g_hash_table_lookup_extended (self->chances, name, NULL, &value))
    g_return_val_if_reached (0);
  return GPOINTER_TO_UINT (value);
}
