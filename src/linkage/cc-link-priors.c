/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-model-private.h"

#include <math.h>
#include <string.h>

/* What matching pairs look like by experience of the field, before any data: shares per level of
 * each group, in the order of the levels. They carry the weight of a fraction of the expected
 * matches in training, so that weak identifiers do not drift (reference method 5.5). */
static const double name_prior[CC_LINK_NAME_LEVELS] = {
  [CC_LINK_NAME_NONE] = 0.06,
  /* One word: nothing left over, left over on one side, on both. */
  [CC_LINK_NAME_ONE] = 0.06,
  0.12,
  0.02,
  /* ... loosely */
  0.03,
  0.05,
  0.01,
  /* ... but for a slip */
  0.02,
  0.03,
  0.004,
  /* Two words or more, likewise. */
  [CC_LINK_NAME_TWO] = 0.20,
  0.07,
  0.01,
  0.10,
  0.04,
  0.01,
  0.06,
  0.02,
  0.005,
  /* Only the family name. */
  [CC_LINK_NAME_RELATIVES] = 0.01,
  0.005,
  0.002,
};

static const double birth_prior[CC_LINK_BIRTH_CLASSES][8] = {
  { 0.86, 0.06, 0.02, 0.015, 0.01, 0.01, 0.01, 0.015 }, /* day, day */
  { 0.0, 0.0, 0.90, 0.04, 0.015, 0.015, 0.015, 0.015 }, /* month */
  { 0.0, 0.0, 0.90, 0.04, 0.015, 0.015, 0.015, 0.015 }, /* year */
  { 0.0, 0.0, 0.74, 0.18, 0.04, 0.0, 0.025, 0.015 },    /* age, day */
  { 0.0, 0.0, 0.80, 0.13, 0.03, 0.0, 0.025, 0.015 },    /* age, month or year */
  { 0.0, 0.0, 0.74, 0.18, 0.04, 0.0, 0.025, 0.015 },    /* age, age */
  { 0.0, 0.0, 0.80, 0.12, 0.04, 0.0, 0.025, 0.015 },    /* rounded age */
};

static const double other_prior[] = { 0, 0.55, 0.15, 0.10, 0, 0.20 };
static const double sex_prior[] = { 0, 0.985, 0.015 };
static const double citizenship_prior[] = { 0, 0.95, 0.05 };
static const double code_prior[] = { 0, 0.92, 0.08 };
static const double text_prior[] = { 0, 0.80, 0.12, 0.08, 0.80, 0.12, 0.08 };
static const double number_prior[] = { 0, 0.50, 0.25, 0.12, 0.08, 0.05 };

static void
set_levels (CcLinkComparison *self, const double *prior, guint n_levels)
{
  self->n_levels = n_levels;
  for (guint i = 1; i < n_levels; i++)
    {
      self->prior[i] = prior[i];
      self->group[i] = 1;
    }
}

static void
set_birth (CcLinkComparison *self)
{
  self->n_levels = CC_LINK_BIRTH_LEVELS;
  for (guint class = 0; class < CC_LINK_BIRTH_CLASSES; class ++)
    for (guint i = 0; i < 8; i++)
      {
        self->prior[class * 8 + i + 1] = birth_prior[class][i];
        self->group[class * 8 + i + 1] = birth_prior[class][i] > 0 ? class + 1 : 0;
      }
}

static void
set_column (CcLinkComparison *self, CcLinkColumnKind kind)
{
  switch (kind)
    {
    case CC_LINK_COLUMN_CITIZENSHIP:
      set_levels (self, citizenship_prior, CC_LINK_SIMPLE_LEVELS);
      break;
    case CC_LINK_COLUMN_CODE:
      set_levels (self, code_prior, CC_LINK_SIMPLE_LEVELS);
      break;
    case CC_LINK_COLUMN_NUMBER:
    case CC_LINK_COLUMN_PHONE:
      set_levels (self, number_prior, CC_LINK_NUMBER_LEVELS);
      break;
    case CC_LINK_COLUMN_PLACE:
    case CC_LINK_COLUMN_TEXT:
    default:
      set_levels (self, text_prior, CC_LINK_TEXT_LEVELS);
      for (guint i = 4; i < CC_LINK_TEXT_LEVELS; i++)
        self->group[i] = 2;
      break;
    }
}

/**
 * cc_link_model_init:
 *
 * Sets up the comparisons of a table with what is believed before training.
 */
void
cc_link_model_init (CcLinkModel *self, CcLinkTable *table)
{
  memset (self, 0, sizeof *self);
  self->n_columns = table->n_columns;
  self->n_comparisons = CC_LINK_COMPARE_COLUMN + table->n_columns;
  set_levels (&self->comparisons[CC_LINK_COMPARE_NAME], name_prior, CC_LINK_NAME_LEVELS);
  set_birth (&self->comparisons[CC_LINK_COMPARE_BIRTH]);
  set_levels (&self->comparisons[CC_LINK_COMPARE_ALIAS], other_prior, CC_LINK_OTHER_LEVELS);
  set_levels (&self->comparisons[CC_LINK_COMPARE_FATHER], other_prior, CC_LINK_OTHER_LEVELS);
  /* The alias of one among the names of the other has no counterpart and weighs a fixed amount. */
  self->comparisons[CC_LINK_COMPARE_ALIAS].group[CC_LINK_OTHER_CROSS] = 0;
  self->comparisons[CC_LINK_COMPARE_FATHER].group[CC_LINK_OTHER_CROSS] = 0;
  set_levels (&self->comparisons[CC_LINK_COMPARE_SEX], sex_prior, CC_LINK_SIMPLE_LEVELS);
  self->comparisons[CC_LINK_COMPARE_SOURCE].n_levels = CC_LINK_SOURCE_LEVELS;
  for (guint i = 0; i < table->n_columns; i++)
    {
      self->kinds[i] = table->columns[i].kind;
      set_column (&self->comparisons[CC_LINK_COMPARE_COLUMN + i], table->columns[i].kind);
    }
  for (guint i = 0; i < self->n_comparisons; i++)
    {
      CcLinkComparison *comparison = &self->comparisons[i];
      double            sums[CC_LINK_MAX_LEVELS] = { 0 };

      for (guint k = 1; k < comparison->n_levels; k++)
        sums[comparison->group[k]] += comparison->prior[k];
      for (guint k = 1; k < comparison->n_levels; k++)
        if (comparison->group[k] > 0)
          comparison->m[k] = comparison->prior[k] /= sums[comparison->group[k]];
    }
}
