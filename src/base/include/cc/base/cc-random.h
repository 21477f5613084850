/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small generator whose sequence is the same on every machine for ever (xoshiro256**, seeded
 * through splitmix64; Blackman and Vigna 2018). Not for secrets. */
typedef struct
{
  guint64 s[4];
} CcRandom;

void     cc_random_init (CcRandom *self, guint64 seed);
guint64  cc_random_next (CcRandom *self);
guint32  cc_random_below (CcRandom *self, guint32 bound);
int      cc_random_range (CcRandom *self, int low, int high);
double   cc_random_unit (CcRandom *self);
gboolean cc_random_chance (CcRandom *self, double probability);

G_END_DECLS
