/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-book-private.h"

#include <string.h>

void
cc_text_pool_init (CcTextPool *self)
{
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->block = NULL;
  self->used = CC_TEXT_POOL_BLOCK;
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
  self->block = self->blocks->len > 0 ? g_ptr_array_index (self->blocks, 0) : NULL;
  self->used = self->block != NULL ? 0 : CC_TEXT_POOL_BLOCK;
  self->total = 0;
}

char *
cc_text_pool_grow (CcTextPool *self, gsize size)
{
  g_return_val_if_fail (size <= CC_TEXT_POOL_BLOCK, NULL);

  self->block = g_malloc (CC_TEXT_POOL_BLOCK);
  g_ptr_array_add (self->blocks, self->block);
  self->used = size;
  return self->block;
}

char *
cc_text_pool_copy (CcTextPool *self, const char *text, gsize length)
{
  char *copy = cc_text_pool_take (self, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}
