/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-tally-private.h"

#define FIRST_SIZE 4096u

void
cc_link_tally_init (CcLinkTally *self)
{
  self->size = FIRST_SIZE;
  self->used = 0;
  self->slots = g_new0 (CcLinkPatternCount, self->size);
}

void
cc_link_tally_clear (CcLinkTally *self)
{
  g_clear_pointer (&self->slots, g_free);
}

static void
grow (CcLinkTally *self)
{
  CcLinkTally bigger = { g_new0 (CcLinkPatternCount, self->size * 2), self->size * 2, 0 };

  for (guint i = 0; i < self->size; i++)
    if (self->slots[i].count > 0)
      cc_link_tally_add (&bigger, self->slots[i].key, self->slots[i].count);
  g_free (self->slots);
  *self = bigger;
}

void
cc_link_tally_add (CcLinkTally *self, guint64 key, guint64 count)
{
  guint at = (guint) ((key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32) & (self->size - 1);

  while (self->slots[at].count > 0 && self->slots[at].key != key)
    at = (at + 1) & (self->size - 1);
  if (self->slots[at].count == 0)
    {
      self->slots[at].key = key;
      self->used++;
    }
  self->slots[at].count += count;
  if (self->used * 2 > self->size)
    grow (self);
}

void
cc_link_tally_add_all (CcLinkTally *self, const CcLinkTally *other)
{
  for (guint i = 0; i < other->size; i++)
    if (other->slots[i].count > 0)
      cc_link_tally_add (self, other->slots[i].key, other->slots[i].count);
}

static int
order_by_key (gconstpointer a, gconstpointer b)
{
  guint64 x = ((const CcLinkPatternCount *) a)->key;
  guint64 y = ((const CcLinkPatternCount *) b)->key;

  return x < y ? -1 : x > y;
}

GArray *
cc_link_tally_to_array (const CcLinkTally *self)
{
  GArray *result = g_array_sized_new (FALSE, FALSE, sizeof (CcLinkPatternCount), self->used);

  for (guint i = 0; i < self->size; i++)
    if (self->slots[i].count > 0)
      g_array_append_val (result, self->slots[i]);
  g_array_sort (result, order_by_key);
  return result;
}
