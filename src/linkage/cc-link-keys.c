/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-keys-private.h"

#include "cc-link-block-private.h"

/* Years of one interval that make keys; wider intervals are cut around their middle. */
#define MAX_YEARS 6

#define SLIP_BEARERS 100

/**
 * cc_link_mix:
 *
 * Mixes two numbers into a hash that is never 0 (the finaliser of MurmurHash3, which is bijective
 * on 64 bits; Appleby 2011).
 */
guint32
cc_link_mix (guint32 seed, guint32 a, guint32 b)
{
  guint64 h = ((guint64) a << 32 | b) ^ ((guint64) seed * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  h ^= h >> 33;
  h *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  h ^= h >> 33;
  h *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  h ^= h >> 33;
  return (guint32) h ? (guint32) h : 1;
}

static void
emit (CcLinkKeyHashes *out, guint32 a, guint32 b)
{
  guint32 hash = cc_link_mix (1, a, b);

  for (guint i = 0; i < out->n; i++)
    if (out->hashes[i] == hash)
      return;
  if (out->n < G_N_ELEMENTS (out->hashes))
    out->hashes[out->n++] = hash;
}

/* What stands for a word in keys: its skeleton and its variant groups. */
static guint
list_forms (CcLinkTable *table, guint32 token, guint32 forms[1 + CC_LINK_MAX_GROUPS])
{
  const CcLinkToken *at = cc_link_table_token (table, token);
  guint              n = 0;

  forms[n++] = at->skeleton;
  for (guint i = 0; i < at->n_groups; i++)
    forms[n++] = cc_link_mix (2, at->groups[i], 0);
  return n;
}

static guint
list_name_forms (CcLinkTable *table, const CcLinkRow *row, guint32 *forms)
{
  guint n = 0;

  for (guint i = 0; i < row->n_names; i++)
    n += list_forms (table, row->names[i], forms + n);
  return n;
}

#define MAX_FORMS (CC_LINK_MAX_NAMES * (1 + CC_LINK_MAX_GROUPS))

static guint
list_years (const CcLinkRow *row, int years[MAX_YEARS])
{
  int   first;
  int   last;
  guint n = 0;

  if (row->precision == CC_LINK_PRECISION_NONE)
    return 0;
  first = cc_day_year (row->birth_first);
  last = cc_day_year (row->birth_last);
  /* Stated ages are off by a year as often as not. */
  if (row->precision == CC_LINK_PRECISION_AGE)
    {
      first--;
      last++;
    }
  if (last - first >= MAX_YEARS)
    {
      first = (first + last - MAX_YEARS + 1) / 2;
      last = first + MAX_YEARS - 1;
    }
  for (int year = first; year <= last; year++)
    years[n++] = year;
  return n;
}

static void
emit_values (CcLinkTable *table, const CcLinkRow *row, CcLinkColumnKind kind, CcLinkKeyHashes *out)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (table->columns[i].kind == kind && row->values[i] != 0)
      emit (out, i, row->values[i]);
}

static void
key_number (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  emit_values (table, row, CC_LINK_COLUMN_NUMBER, out);
}

static void
key_phone (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  emit_values (table, row, CC_LINK_COLUMN_PHONE, out);
}

static void
key_two_names (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  guint32 a[1 + CC_LINK_MAX_GROUPS];
  guint32 b[1 + CC_LINK_MAX_GROUPS];

  for (guint i = 0; i < row->n_names; i++)
    for (guint j = i + 1; j < row->n_names; j++)
      {
        guint na = list_forms (table, row->names[i], a);
        guint nb = list_forms (table, row->names[j], b);

        for (guint x = 0; x < na; x++)
          for (guint y = 0; y < nb; y++)
            emit (out, MIN (a[x], b[y]), MAX (a[x], b[y]));
      }
}

static void
key_name_year (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  guint32 forms[MAX_FORMS];
  int     years[MAX_YEARS];
  guint   n = list_name_forms (table, row, forms);
  guint   n_years = list_years (row, years);

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n_years; k++)
      emit (out, forms[i], (guint32) years[k]);
}

static void
key_name_day (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  guint32 forms[MAX_FORMS];
  guint   n = list_name_forms (table, row, forms);
  int     y, m, d;

  if (row->precision != CC_LINK_PRECISION_DAY)
    return;
  cc_day_to_ymd (row->birth_first, &y, &m, &d);
  for (guint i = 0; i < n; i++)
    emit (out, forms[i], m * 100 + d);
}

static gboolean
is_text (CcLinkTable *table, guint column)
{
  return table->columns[column].kind == CC_LINK_COLUMN_PLACE
         || table->columns[column].kind == CC_LINK_COLUMN_TEXT;
}

static void
key_name_place (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  guint32 forms[MAX_FORMS];
  guint   n = list_name_forms (table, row, forms);

  for (guint c = 0; c < table->n_columns; c++)
    {
      if (row->values[c] == 0 || !is_text (table, c))
        continue;
      for (guint i = 0; i < n; i++)
        emit (out, forms[i],
              cc_link_mix (3, c, cc_link_table_value (table, c, row->values[c])->skeleton));
    }
}

static void
key_name_citizenship (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  guint32 forms[MAX_FORMS];
  guint   n = list_name_forms (table, row, forms);

  if (table->citizenship < 0 || row->values[table->citizenship] == 0)
    return;
  for (guint i = 0; i < n; i++)
    emit (out, forms[i], row->values[table->citizenship]);
}

/* Records that do not tell the sex meet women and men. */
static void
key_day_sex (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  if (row->precision != CC_LINK_PRECISION_DAY)
    return;
  if (row->sex != 0)
    emit (out, (guint32) row->birth_first, row->sex);
  for (guint32 sex = CC_LINK_SEX_FEMALE; row->sex == 0 && sex <= CC_LINK_SEX_MALE; sex++)
    emit (out, (guint32) row->birth_first, sex);
}

/* The same day with any place or text; and any two texts, for tables without names. */
static void
key_day_text (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  for (guint c = 0; c < table->n_columns; c++)
    {
      guint32 value = row->values[c];

      if (value == 0 || !is_text (table, c))
        continue;
      value = cc_link_mix (3, c, cc_link_table_value (table, c, value)->skeleton);
      if (row->precision == CC_LINK_PRECISION_DAY)
        emit (out, (guint32) row->birth_first, value);
      for (guint d = c + 1; d < table->n_columns; d++)
        if (row->values[d] != 0 && is_text (table, d))
          emit (out, value,
                cc_link_mix (3, d, cc_link_table_value (table, d, row->values[d])->skeleton));
    }
}

static void
key_father_name (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  guint32 forms[MAX_FORMS];
  guint   n = list_name_forms (table, row, forms);

  for (guint k = 0; k < row->n_fathers; k++)
    for (guint i = 0; i < n; i++)
      emit (out, forms[i], cc_link_table_token (table, row->fathers[k])->skeleton);
}

static void
key_alias_year (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  int   years[MAX_YEARS];
  guint n_years = list_years (row, years);

  for (guint i = 0; i < row->n_aliases; i++)
    for (guint k = 0; k < n_years; k++)
      emit (out, cc_link_table_token (table, row->aliases[i])->skeleton, (guint32) years[k]);
  /* The names too, so that an alias meets the name it was taken from. */
  if (row->n_aliases > 0 || row->n_names == 1)
    for (guint i = 0; i < row->n_names; i++)
      for (guint k = 0; k < n_years; k++)
        emit (out, cc_link_table_token (table, row->names[i])->skeleton, (guint32) years[k]);
}

/* Words with one letter left out, so that a slip within a rare word still meets; with the year. The
 * blocks of common words would be too large: their slips are met by the other name. */
static void
key_slip_year (CcLinkTable *table, const CcLinkRow *row, CcLinkKeyHashes *out)
{
  int years[MAX_YEARS];
  int middle;

  if (list_years (row, years) == 0)
    return;
  middle = cc_day_year (row->birth_first / 2 + row->birth_last / 2);
  for (guint i = 0; i < row->n_names; i++)
    {
      const CcLinkToken *at = cc_link_table_token (table, row->names[i]);
      const char        *text = cc_link_table_text (table, at);

      if (at->bloom != 0 || at->length < 4 || at->length > 16
          || table->bearers[at->skeleton] > SLIP_BEARERS)
        continue;
      for (int skip = -1; skip < at->length; skip++)
        {
          guint32 hash = 5;

          for (int k = 0; k < at->length; k++)
            if (k != skip)
              hash = cc_link_mix (hash, (guchar) text[k], 4);
          emit (out, hash, middle / 2);
        }
    }
}

/* The order matters little: a pair belongs to the first key that produces it. */
const CcLinkKeyKind cc_link_key_kinds[] = {
  { "number", key_number, 50, TRUE },
  { "phone", key_phone, 50, TRUE },
  { "two names", key_two_names, 100, TRUE },
  { "name, day of the year", key_name_day, 60, TRUE },
  { "name, place", key_name_place, 40, FALSE },
  { "name, father", key_father_name, 100, FALSE },
  { "day, sex", key_day_sex, 60, FALSE },
  { "day, text", key_day_text, 300, FALSE },
  { "name, year", key_name_year, 40, FALSE },
  { "name, citizenship", key_name_citizenship, 20, FALSE },
  { "alias, year", key_alias_year, 100, FALSE },
  { "name with a slip, year", key_slip_year, 6, FALSE },
};
const guint cc_link_n_key_kinds = G_N_ELEMENTS (cc_link_key_kinds);
G_STATIC_ASSERT (G_N_ELEMENTS (cc_link_key_kinds) <= CC_LINK_MAX_KEYS);

/**
 * cc_link_split_part:
 *
 * Returns: the part's value, 0 where it is missing
 */
guint32
cc_link_split_part (CcLinkTable *table, const CcLinkRow *row, guint part)
{
  if (part == 0)
    return row->sex;
  if (part == 1)
    return table->citizenship >= 0 ? row->values[table->citizenship] : 0;
  return row->precision == CC_LINK_PRECISION_NONE
             ? 0
             : (guint32) (cc_day_year (row->birth_first / 2 + row->birth_last / 2) / 4);
}
