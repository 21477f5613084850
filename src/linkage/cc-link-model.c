/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-model-private.h"

#include <math.h>
#include <string.h>

/* Rounds of expectation maximisation, at the most: a dozen settle it. */
#define ROUNDS 40

/* Share of the expected matches that the priors weigh, and the least number of matches. */
#define PRIOR_SHARE 0.2
#define PRIOR_LEAST 30.0

/* Pseudo-counts that smooth the chances among non-matches. */
#define CHANCE_COUNT   4.0
#define NAMESAKE_COUNT 200.0

/* What experience of conflicting names weighs against pairs proven by a number. */
#define PROVEN_COUNT 50.0

/* Pairs that a verdict weighs as (reference method, section 5.5). */
#define LABEL_COUNT 5.0

typedef double Tally[CC_LINK_MAX_COMPARISONS][CC_LINK_MAX_LEVELS];

/**
 * cc_link_weight_to_probability:
 * @weight: log odds in 1/64 bit
 */
double
cc_link_weight_to_probability (gint32 weight)
{
  return 1 / (1 + exp2 (-weight / (double) CC_LINK_BIT));
}

/**
 * cc_link_probability_to_weight:
 * @probability: above 0 and below 1
 */
gint32
cc_link_probability_to_weight (double probability)
{
  return (gint32) lrint (CC_LINK_BIT * log2 (probability / (1 - probability)));
}

/* Probabilities by weight: a round of training asks for hundreds of thousands. */
#define MOST_TABLED (64 * CC_LINK_BIT)

static const double *
get_probabilities (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      double *table = g_new (double, 2 * MOST_TABLED + 1);

      for (gint32 i = 0; i <= 2 * MOST_TABLED; i++)
        table[i] = cc_link_weight_to_probability (i - MOST_TABLED);
      g_once_init_leave (&once, (gsize) table);
    }
  return (const double *) once;
}

/**
 * cc_link_model_match_probability:
 * @key: a pattern of agreement
 *
 * Returns: that pairs with this pattern are one, as the weights stand
 */
double
cc_link_model_match_probability (const CcLinkModel *self, guint64 key)
{
  CcLinkPattern pattern = { key & ((G_GUINT64_CONSTANT (1) << CC_LINK_ADJUST_SHIFT) - 1),
                            cc_link_pattern_key_adjust (key) };

  const gint32 weight = cc_link_model_weigh (self, pattern);

  return ABS (weight) <= MOST_TABLED ? get_probabilities ()[weight + MOST_TABLED]
                                     : cc_link_weight_to_probability (weight);
}

/* Expected matches and non-matches of each level over a set of patterns. Either is NULL where it is
 * not asked for. */
typedef struct
{
  Tally *matches;
  Tally *others;
} Expected;

/* Adds up over the patterns; where class is not negative, only over those of that class of name
 * agreement. Returns: the matches expected */
static double
tally_patterns (const CcLinkModel *self, GArray *patterns, int class, Expected expected)
{
  double total = 0;

  for (guint i = 0; i < patterns->len; i++)
    {
      const CcLinkPatternCount *at = &g_array_index (patterns, CcLinkPatternCount, i);
      double                    p;
      double                    matches;
      double                    others;

      if (class >= 0 && (int) cc_link_name_class (at->key & 31) != class)
        continue;
      p = cc_link_model_match_probability (self, at->key);
      matches = p * at->count;
      others = (1 - p) * at->count;
      total += matches;
      for (guint k = 0; k < self->n_comparisons; k++)
        {
          guint level = cc_link_pattern_level (at->key, k);

          if (level == 0)
            continue;
          if (expected.matches)
            (*expected.matches)[k][level] += matches;
          (*expected.others)[k][level] += others;
        }
    }
  return total;
}

static void
sum_groups (const CcLinkComparison *self, const double *counts, double *sums)
{
  memset (sums, 0, CC_LINK_MAX_LEVELS * sizeof *sums);
  for (guint k = 1; k < self->n_levels; k++)
    sums[self->group[k]] += counts[k];
}

/* Shares of non-matches per level from counts, smoothed towards @towards (or evenly). */
static void
set_chances (CcLinkComparison *self,
             guint class,
             const double *counts,
             const double *towards,
             double        strength)
{
  double sums[CC_LINK_MAX_LEVELS];
  guint  n[CC_LINK_MAX_LEVELS] = { 0 };

  sum_groups (self, counts, sums);
  for (guint k = 1; k < self->n_levels; k++)
    n[self->group[k]]++;
  for (guint k = 1; k < self->n_levels; k++)
    {
      guint  group = self->group[k];
      double share = towards ? towards[k] : 1.0 / n[group];

      if (group > 0)
        self->u[class][k] = (counts[k] + strength * share) / (sums[group] + strength);
    }
}

/* The chance that two people share a day of birth is that of sharing the year, spread over it: a
 * random sample holds too few such pairs to count. */
static void
spread_days (CcLinkComparison *self, guint class)
{
  double *u = self->u[class];

  /* Without the days of the same month and of the same number, which have another level. */
  u[CC_LINK_BIRTH_EQUAL] = u[CC_LINK_BIRTH_WITHIN1] / (365.25 - 30.4 - 11);
}

/* By how exactly one word matches by chance, without and with words left over. */
static void
sum_one_word (const CcLinkComparison *names, double one[3])
{
  for (guint match = 0; match < 3; match++)
    {
      one[match] = names->u[0][CC_LINK_NAME_RELATIVES + match];
      for (guint left = 0; left < 3; left++)
        one[match] += names->u[0][CC_LINK_NAME_ONE + 3 * match + left];
    }
}

/* Two words match by chance at least as often as two independent names do: half the matches of one
 * word fall on each. Without this floor a level that few pairs reach could be taken for a sign of
 * its own, since blocking misses many of its non-matches. */
static void
raise_two_words (CcLinkComparison *names)
{
  double one[3];

  sum_one_word (names, one);
  for (guint match = 0; match < 3; match++)
    {
      double least = one[match] * one[match] / 4;
      double sum = 0;

      for (guint other = 0; other < match; other++)
        least += one[match] * one[other] / 2;
      for (guint left = 0; left < 3; left++)
        sum += names->u[0][CC_LINK_NAME_TWO + 3 * match + left];
      if (sum >= least)
        continue;
      for (guint left = 0; left < 3; left++)
        for (guint class = 0; class < CC_LINK_CLASSES; class ++)
          names->u[class][CC_LINK_NAME_TWO + 3 * match + left] *= least / sum;
    }
}

/* Names that blocking reaches: their non-matches are among the candidates and are counted there,
 * not in a sample. Blocks of common names are cut, and what is lost by that are non-matches too:
 * without them the commonest names would weigh most. Names that are two words but for a slip meet
 * in a block by one word and something else, if at all: those are counted among pairs that share a
 * word. matches: among the candidates, by level; nullable */
static void
count_names (CcLinkModel        *self,
             const CcLinkSample *sample,
             const double       *candidates,
             const double       *matches)
{
  CcLinkComparison *names = &self->comparisons[CC_LINK_COMPARE_NAME];
  const double      scale = sample->candidate_scale;
  double            found = 0;

  for (guint k = CC_LINK_NAME_TWO; k < CC_LINK_NAME_LEVELS; k++)
    found += candidates[k] * scale;
  for (guint k = CC_LINK_NAME_TWO; k < CC_LINK_NAME_LEVELS; k++)
    {
      double n = candidates[k] * scale * (1 + sample->n_lost / MAX (found, 1)) + 0.5;

      if (k >= CC_LINK_NAME_TWO + 3 * CC_LINK_MATCH_FUZZY && k < CC_LINK_NAME_RELATIVES)
        n = MAX (n, sample->sharing[k] - (matches ? matches[k] * scale : 0));
      for (guint class = 0; class < CC_LINK_CLASSES; class ++)
        names->u[class][k] = n / sample->n_pairs;
    }
}

/* Equal numbers: blocking reaches them all. */
static void
count_numbers (CcLinkModel *self, const CcLinkSample *sample, const Tally candidates)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      CcLinkComparison *numbers = &self->comparisons[CC_LINK_COMPARE_COLUMN + i];
      double            known = 0;
      double            all = 0;

      if (self->kinds[i] != CC_LINK_COLUMN_NUMBER && self->kinds[i] != CC_LINK_COLUMN_PHONE)
        continue;
      for (guint k = 0; k < sample->random->len; k++)
        {
          const CcLinkPatternCount *at = &g_array_index (sample->random, CcLinkPatternCount, k);

          all += at->count;
          if (cc_link_pattern_level (at->key, CC_LINK_COMPARE_COLUMN + i) > 0)
            known += at->count;
        }
      for (guint k = CC_LINK_NUMBER_FEW; k <= CC_LINK_NUMBER_MANY; k++)
        for (guint class = 0; class < CC_LINK_CLASSES; class ++)
          numbers->u[class][k] =
              (candidates[CC_LINK_COMPARE_COLUMN + i][k] * sample->candidate_scale + 0.5)
              / (sample->n_pairs * MAX (known, 1) / MAX (all, 1));
    }
}

static gboolean
depends_on_name (const CcLinkModel *self, guint comparison)
{
  if (comparison == CC_LINK_COMPARE_NAME || comparison == CC_LINK_COMPARE_BIRTH)
    return FALSE;
  if (comparison < CC_LINK_COMPARE_COLUMN)
    return TRUE;
  return self->kinds[comparison - CC_LINK_COMPARE_COLUMN] != CC_LINK_COLUMN_NUMBER
         && self->kinds[comparison - CC_LINK_COMPARE_COLUMN] != CC_LINK_COLUMN_PHONE;
}

/* Of a pair that a person decided about it is known what it is: a verdict stands in for what the
 * model believes of it, and weighs as several pairs do. */
static void
add_labels (const CcLinkModel *self, const CcLinkSample *sample, Tally *matches, Tally *others)
{
  for (guint i = 0; sample->labels && i < sample->labels->len; i++)
    {
      const CcLinkLabel *at = &g_array_index (sample->labels, CcLinkLabel, i);
      const double       p = cc_link_model_match_probability (self, at->key);
      const double       same = at->same ? LABEL_COUNT : 0;

      for (guint k = 0; k < self->n_comparisons; k++)
        {
          const guint level = cc_link_pattern_level (at->key, k);
          double     *to_matches = matches ? &(*matches)[k][level] : NULL;
          double     *to_others = &(*others)[k][level];

          if (level == 0)
            continue;
          if (to_matches)
            *to_matches = MAX (*to_matches + (same - p) / sample->candidate_scale, 0);
          *to_others =
              MAX (*to_others + (LABEL_COUNT - same - (1 - p)) / sample->candidate_scale, 0);
        }
    }
}

/* Estimates the chances; found: (out): the matches among the candidates by level, by the weights as
 * they are. Returns: how many matches there are */
static double
estimate_chances (CcLinkModel *self, const CcLinkSample *sample, Tally *found)
{
  g_autofree Tally *tallies = g_new0 (Tally, 5);
  double            n_found;

  tally_patterns (self, sample->random, -1, (Expected){ NULL, &tallies[0] });
  tally_patterns (self, sample->namesakes, 1, (Expected){ NULL, &tallies[1] });
  tally_patterns (self, sample->namesakes, 2, (Expected){ NULL, &tallies[2] });
  tally_patterns (self, sample->namesakes, CC_LINK_CLASS_RELATIVES,
                  (Expected){ NULL, &tallies[3] });
  n_found = tally_patterns (self, sample->candidates, -1, (Expected){ found, &tallies[4] });
  add_labels (self, sample, found, &tallies[4]);
  for (guint i = 0; i < self->n_comparisons; i++)
    {
      CcLinkComparison *comparison = &self->comparisons[i];

      set_chances (comparison, 0, tallies[0][i], NULL, CHANCE_COUNT);
      for (guint class = 1; class < CC_LINK_CLASSES; class ++)
        if (i != CC_LINK_COMPARE_NAME
            && (class == CC_LINK_CLASS_RELATIVES || depends_on_name (self, i)))
          set_chances (comparison, class, tallies[class][i],
                       comparison->u[class == 2   ? 1
                                     : class == 1 ? 0
                                                  : 1],
                       NAMESAKE_COUNT);
        else
          memcpy (comparison->u[class], comparison->u[0], sizeof comparison->u[0]);
    }
  for (guint class = 0; class < CC_LINK_CLASSES; class ++)
    spread_days (&self->comparisons[CC_LINK_COMPARE_BIRTH], class);
  count_names (self, sample, tallies[4][CC_LINK_COMPARE_NAME],
               found ? (*found)[CC_LINK_COMPARE_NAME] : NULL);
  count_numbers (self, sample, tallies[4]);
  raise_two_words (&self->comparisons[CC_LINK_COMPARE_NAME]);
  return n_found;
}

/* How names and births agree in pairs that a number of few carriers (a document, an e-mail address)
 * proves. */
static void
tally_proven (const CcLinkModel *self, const CcLinkSample *sample, double *names, double *births)
{
  for (guint i = 0; i < sample->candidates->len; i++)
    {
      const CcLinkPatternCount *at = &g_array_index (sample->candidates, CcLinkPatternCount, i);
      gboolean                  proven = FALSE;

      for (guint k = 0; k < self->n_columns; k++)
        proven |=
            self->kinds[k] == CC_LINK_COLUMN_NUMBER
            && cc_link_pattern_level (at->key, CC_LINK_COMPARE_COLUMN + k) == CC_LINK_NUMBER_FEW;
      if (!proven)
        continue;
      names[cc_link_pattern_level (at->key, CC_LINK_COMPARE_NAME)] += at->count;
      births[cc_link_pattern_level (at->key, CC_LINK_COMPARE_BIRTH)] += at->count;
    }
}

/* Lowers the matches of a level to the share of its group that experience and proven pairs say. */
static void
limit_level (const CcLinkComparison *self,
             const double           *proven,
             const double           *found,
             guint                   level,
             double                 *tally)
{
  double sums[2][CC_LINK_MAX_LEVELS];
  guint  group = self->group[level];

  sum_groups (self, proven, sums[0]);
  sum_groups (self, found, sums[1]);
  tally[level] = MIN (tally[level], (proven[level] + PROVEN_COUNT * self->prior[level])
                                        / (sums[0][group] + PROVEN_COUNT) * sums[1][group]);
}

/* Names that conflict are rare in one person, and frequent in relatives and namesakes, who share
 * much else; so are births that differ in more than a part. Matches by all evidence cannot tell
 * the two apart, the less so the fewer fields there are. So their share is limited to what
 * experience and the pairs proven by a number say. */
static void
limit_conflicts (const CcLinkModel *self, const CcLinkSample *sample, Tally *tally)
{
  double  proven[2][CC_LINK_MAX_LEVELS] = { 0 };
  double  found[CC_LINK_MAX_LEVELS];
  double *names = (*tally)[CC_LINK_COMPARE_NAME];
  double *births = (*tally)[CC_LINK_COMPARE_BIRTH];

  tally_proven (self, sample, proven[0], proven[1]);
  memcpy (found, names, sizeof found);
  for (guint k = CC_LINK_NAME_NONE; k < CC_LINK_NAME_LEVELS; k++)
    if (cc_link_name_conflicts (k))
      limit_level (&self->comparisons[CC_LINK_COMPARE_NAME], proven[0], found, k, names);
  memcpy (found, births, sizeof found);
  for (guint k = 1; k < CC_LINK_BIRTH_LEVELS; k++)
    if ((k - 1) % 8 + 1 >= CC_LINK_BIRTH_WITHIN1)
      limit_level (&self->comparisons[CC_LINK_COMPARE_BIRTH], proven[1], found, k, births);
}

/* found: matches among the candidates, in all and by level */
static void
maximise (CcLinkModel *self, const CcLinkSample *sample, double found, Tally *tally)
{
  double strength;

  self->matches = MAX (found * sample->candidate_scale, 1);
  limit_conflicts (self, sample, tally);
  strength = MAX (PRIOR_LEAST, PRIOR_SHARE * self->matches) / sample->candidate_scale;
  for (guint i = 0; i < self->n_comparisons; i++)
    {
      CcLinkComparison *at = &self->comparisons[i];
      double            sums[CC_LINK_MAX_LEVELS];

      sum_groups (at, tally[0][i], sums);
      for (guint k = 1; k < at->n_levels; k++)
        if (at->group[k] > 0)
          {
            /* The priors weigh as much as the share of matches in which the field is known. */
            double weight = MIN (strength, MAX (PRIOR_LEAST, PRIOR_SHARE * sums[at->group[k]]));

            at->m[k] = (tally[0][i][k] + weight * at->prior[k]) / (sums[at->group[k]] + weight);
          }
    }
}

/* All that the next round takes from this one. */
typedef struct
{
  gint32 prior;
  gint32 weights[CC_LINK_MAX_COMPARISONS][CC_LINK_CLASSES][CC_LINK_MAX_LEVELS];
} Weights;

/* Notes the weights. Returns: whether they are those noted before */
static gboolean
note_weights (const CcLinkModel *self, Weights *noted)
{
  gboolean same = noted->prior == self->prior;

  noted->prior = self->prior;
  for (guint i = 0; i < self->n_comparisons; i++)
    {
      const gint32 *weights = &self->comparisons[i].weight[0][0];

      same = same && memcmp (noted->weights[i], weights, sizeof noted->weights[i]) == 0;
      memcpy (noted->weights[i], weights, sizeof noted->weights[i]);
    }
  return same;
}

/**
 * cc_link_model_train:
 * @cancellable: (nullable): what leaves the model half trained
 *
 * Fellegi-Sunter by expectation maximisation over the whole space of pairs, on counts of patterns:
 * the share of matches per level (m) from the candidates, with Dirichlet priors; the chances among
 * non-matches (u) from random pairs, from namesakes where a field depends on the name (sex,
 * citizenship, family), and from the candidates themselves for levels that blocking reaches
 * completely. Pairs that blocking did not produce count as non-matches.
 */
void
cc_link_model_train (CcLinkModel *self, const CcLinkSample *sample, GCancellable *cancellable)
{
  g_autofree Weights *noted = g_new0 (Weights, 1);

  self->pairs = sample->n_pairs;
  if (self->matches <= 0)
    self->matches = MAX (1, 0.5 * sqrt (2 * sample->n_pairs));
  for (guint i = 0; i < self->n_comparisons; i++)
    for (guint class = 0; class < CC_LINK_CLASSES; class ++)
      for (guint k = 1; k < self->comparisons[i].n_levels; k++)
        if (self->comparisons[i].u[class][k] <= 0)
          self->comparisons[i].u[class][k] = self->comparisons[i].m[k];
  /* First chances: every random pair counts as a non-match. */
  self->prior = -1000 * CC_LINK_BIT;
  estimate_chances (self, sample, NULL);
  cc_link_model_set_weights (self);
  (void) note_weights (self, noted);
  /* Weights are whole numbers: where a round changes none, no later one does. */
  for (guint round = 0; round < ROUNDS && !g_cancellable_is_cancelled (cancellable); round++)
    {
      g_autofree Tally *found = g_new0 (Tally, 1);
      const double      n_found = estimate_chances (self, sample, found);

      maximise (self, sample, n_found, found);
      self->relief = cc_link_find_relief (self, sample);
      cc_link_model_set_weights (self);
      if (note_weights (self, noted))
        return;
    }
}
