/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-book-private.h"

#include <string.h>

/* A text of a cell, 32,767 characters of four bytes, fits into one block. */
#define BLOCK_SIZE (256 * 1024)

void
cc_text_pool_init (CcTextPool *self)
{
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->used = BLOCK_SIZE;
  self->total = 0;
}

void
cc_text_pool_clear (CcTextPool *self)
{
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
}

void
cc_text_pool_reset (CcTextPool *self)
{
  if (self->blocks->len > 1)
    g_ptr_array_set_size (self->blocks, 1);
  self->used = self->blocks->len > 0 ? 0 : BLOCK_SIZE;
  self->total = 0;
}

char *
cc_text_pool_take (CcTextPool *self, gsize size)
{
  char *result;

  g_return_val_if_fail (size <= BLOCK_SIZE, NULL);

  if (BLOCK_SIZE - self->used < size)
    {
      g_ptr_array_add (self->blocks, g_malloc (BLOCK_SIZE));
      self->used = 0;
    }
  result = (char *) g_ptr_array_index (self->blocks, self->blocks->len - 1) + self->used;
  self->used += size;
  self->total += size;
  return result;
}

char *
cc_text_pool_copy (CcTextPool *self, const char *text, gsize length)
{
  char *copy = cc_text_pool_take (self, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}
