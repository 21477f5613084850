/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-model-private.h"

#include <math.h>

/* Limits of weights in bits. */
#define LEAST_WEIGHT       -8.0
#define MOST_WEIGHT        24.0
#define LEAST_SEX_WEIGHT   -5.0
#define LEAST_ALIAS_WEIGHT -2.0
#define CROSS_ALIAS_WEIGHT 4.0
#define CO_VICTIM_WEIGHT   -6.0
#define SAME_NUMBER_WEIGHT 12.0

/* Between people who may be brothers or sisters, what families share must not add up to one person:
 * the most that agreement on each comparison may weigh, in bits. */
#define RELATIVES_BIRTH  4.0 /* twins */
#define RELATIVES_NUMBER 3.0
#define RELATIVES_FATHER 0.0
#define RELATIVES_OTHER  1.0

/* Makes the weights of a run of levels, ordered from agreement to disagreement, fall: neighbours
 * that do not are pooled (pool adjacent violators on m / u). */
static void
make_monotone (CcLinkComparison *self, guint class, guint first, guint last, double *ratio)
{
  guint  starts[CC_LINK_MAX_LEVELS];
  double m[CC_LINK_MAX_LEVELS];
  double u[CC_LINK_MAX_LEVELS];
  guint  n = 0;

  for (guint k = first; k <= last; k++)
    {
      if (self->group[k] == 0)
        continue;
      starts[n] = k;
      m[n] = self->m[k];
      u[n] = self->u[class][k];
      n++;
      while (n > 1 && m[n - 2] * u[n - 1] < m[n - 1] * u[n - 2])
        {
          m[n - 2] += m[n - 1];
          u[n - 2] += u[n - 1];
          n--;
        }
    }
  for (guint i = 0; i < n; i++)
    for (guint k = starts[i]; k <= (i + 1 < n ? starts[i + 1] - 1 : last); k++)
      ratio[k] = m[i] / MAX (u[i], 1e-12);
}

static void
order_levels (const CcLinkModel *self, guint comparison, guint class, double *ratio)
{
  CcLinkComparison *at = (CcLinkComparison *) &self->comparisons[comparison];

  for (guint k = 1; k < at->n_levels; k++)
    ratio[k] = at->m[k] / MAX (at->u[class][k], 1e-12);
  if (comparison == CC_LINK_COMPARE_NAME)
    return;
  if (comparison == CC_LINK_COMPARE_BIRTH)
    for (guint k = 0; k < CC_LINK_BIRTH_CLASSES; k++)
      make_monotone (at, class, k * 8 + 1, k * 8 + 8, ratio);
  else if (at->n_levels == CC_LINK_TEXT_LEVELS)
    {
      make_monotone (at, class, 1, 3, ratio);
      make_monotone (at, class, 4, 6, ratio);
    }
  else
    make_monotone (at, class, 1, at->n_levels - 1, ratio);
}

static double
most_weight (const CcLinkModel *self, guint comparison, guint class)
{
  if (class != CC_LINK_CLASS_RELATIVES || comparison == CC_LINK_COMPARE_NAME
      || comparison == CC_LINK_COMPARE_SOURCE)
    return MOST_WEIGHT;
  if (comparison == CC_LINK_COMPARE_BIRTH)
    return RELATIVES_BIRTH + self->relief;
  if (comparison == CC_LINK_COMPARE_FATHER)
    return RELATIVES_FATHER;
  if (comparison < CC_LINK_COMPARE_COLUMN)
    return RELATIVES_OTHER;
  switch (self->kinds[comparison - CC_LINK_COMPARE_COLUMN])
    {
    case CC_LINK_COLUMN_NUMBER:
      return MOST_WEIGHT;
    case CC_LINK_COLUMN_PHONE:
      return RELATIVES_NUMBER;
    default:
      return RELATIVES_OTHER;
    }
}

/**
 * cc_link_model_set_weights:
 *
 * Turns m and u into integer weights, monotone within each ladder of levels and within limits.
 */
void
cc_link_model_set_weights (CcLinkModel *self)
{
  double share = CLAMP (self->matches / MAX (self->pairs, 1), 1e-15, 0.5);

  self->prior = cc_link_probability_to_weight (share);
  for (guint i = 0; i < self->n_comparisons; i++)
    for (guint class = 0; class < CC_LINK_CLASSES; class ++)
      {
        CcLinkComparison *at = &self->comparisons[i];
        double            ratio[CC_LINK_MAX_LEVELS] = { 0 };
        double            least = i == CC_LINK_COMPARE_SEX     ? LEAST_SEX_WEIGHT
                                  : i == CC_LINK_COMPARE_ALIAS ? LEAST_ALIAS_WEIGHT
                                                               : LEAST_WEIGHT;

        order_levels (self, i, class, ratio);
        for (guint k = 1; k < at->n_levels; k++)
          {
            double bits = at->group[k] > 0 ? CLAMP (log2 (MAX (ratio[k], 1e-9)), least,
                                                    most_weight (self, i, class))
                                           : 0;

            if (i == CC_LINK_COMPARE_ALIAS && k == CC_LINK_OTHER_CROSS && class == 0)
              bits = CROSS_ALIAS_WEIGHT;
            if (i == CC_LINK_COMPARE_SOURCE && k == CC_LINK_SOURCE_CO_VICTIMS)
              bits = CO_VICTIM_WEIGHT;
            if (i == CC_LINK_COMPARE_SOURCE && k == CC_LINK_SOURCE_SAME_NUMBER)
              bits = SAME_NUMBER_WEIGHT;
            at->weight[class][k] = (gint32) lrint (bits * CC_LINK_BIT);
          }
      }
}
