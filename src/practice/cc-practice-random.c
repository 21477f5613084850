/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-practice-private.h"

/* True with a chance given in 10,000: whole numbers, so that every machine decides alike. */
gboolean
cc_practice_chance (CcRandom *random, guint per_10000)
{
  return cc_random_below (random, 10000) < per_10000;
}

/* A waiting time with roughly exponential spread around `mean`, from its twentieths, without the
 * mathematics library whose last digits differ between machines. */
guint
cc_practice_spread (CcRandom *random, guint mean)
{
  static const guint twentieths[] = { 0,   51,  105,  163,  223,  288,  357,  431,  511,  598, 693,
                                      799, 916, 1050, 1204, 1386, 1609, 1897, 2303, 2996, 5300 };
  guint              step = cc_random_below (random, 20);
  guint              within = cc_random_below (random, 1000);
  guint              low = twentieths[step], high = twentieths[step + 1];

  return (guint) ((guint64) mean * (low * 1000 + (high - low) * within) / 1000000);
}

/* A new seed from two numbers (finalizer of splitmix64 over their mixture). */
guint64
cc_practice_mix (guint64 a, guint64 b)
{
  guint64 z =
      a * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + b + G_GUINT64_CONSTANT (0x632be59bd9b4e019);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* One code by the weights of adults or children; NULL where all weights are 0. */
const CcCode *
cc_practice_pick (GArray *weights, gboolean child, CcRandom *random)
{
  guint sum = 0, at;

  for (guint i = 0; i < weights->len; i++)
    sum += g_array_index (weights, CcWeight, i).weight[child ? 1 : 0];
  if (sum == 0)
    return NULL;
  at = cc_random_below (random, sum);
  for (guint i = 0; i < weights->len; i++)
    {
      const CcWeight *weight = &g_array_index (weights, CcWeight, i);

      if (at < weight->weight[child ? 1 : 0])
        return weight->code;
      at -= weight->weight[child ? 1 : 0];
    }
  return NULL;
}
