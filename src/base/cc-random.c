/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-random.h>

static guint64
rotate_left (guint64 value, int bits)
{
  return (value << bits) | (value >> (64 - bits));
}

static guint64
next_splitmix (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * cc_random_init:
 * @seed: any number; equal seeds give equal sequences on every machine
 */
void
cc_random_init (CcRandom *self, guint64 seed)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->s); i++)
    self->s[i] = next_splitmix (&seed);
}

/**
 * cc_random_next:
 *
 * Returns: the next 64 bits
 */
guint64
cc_random_next (CcRandom *self)
{
  guint64 result = rotate_left (self->s[1] * 5, 7) * 9;
  guint64 t = self->s[1] << 17;

  self->s[2] ^= self->s[0];
  self->s[3] ^= self->s[1];
  self->s[1] ^= self->s[2];
  self->s[0] ^= self->s[3];
  self->s[2] ^= t;
  self->s[3] = rotate_left (self->s[3], 45);
  return result;
}

/**
 * cc_random_below:
 * @bound: above 0
 *
 * Multiply-shift with rejection (Lemire 2019), so that no value is favoured.
 *
 * Returns: a number from 0 to @bound - 1
 */
guint32
cc_random_below (CcRandom *self, guint32 bound)
{
  guint32 threshold;

  g_return_val_if_fail (bound > 0, 0);

  threshold = -bound % bound;
  for (;;)
    {
      guint64 product = (guint64) (guint32) (cc_random_next (self) >> 32) * bound;

      if ((guint32) product >= threshold)
        return product >> 32;
    }
}

/**
 * cc_random_range:
 *
 * Returns: a number from @low to @high, both inclusive
 */
int
cc_random_range (CcRandom *self, int low, int high)
{
  g_return_val_if_fail (low <= high, low);

  return low + (int) cc_random_below (self, (guint32) (high - low) + 1);
}

/**
 * cc_random_unit:
 *
 * Returns: a number from 0 (inclusive) to 1 (exclusive)
 */
double
cc_random_unit (CcRandom *self)
{
  return (double) (cc_random_next (self) >> 11) * 0x1.0p-53;
}

/**
 * cc_random_chance:
 * @probability: 0 to 1
 *
 * Returns: %TRUE with that probability
 */
gboolean
cc_random_chance (CcRandom *self, double probability)
{
  return cc_random_unit (self) < probability;
}
