/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-fact-private.h"

#include <string.h>

#define CHUNK_SIZE (64 * 1024)

typedef struct _Chunk Chunk;
struct _Chunk
{
  Chunk *next;
  gsize  size;
  gsize  used;
  guint8 bytes[] __attribute__ ((aligned (16)));
};

struct _CcArena
{
  Chunk *first; /* kept over resets */
  Chunk *chunk; /* the one being filled */
};

static Chunk *
new_chunk (gsize size)
{
  Chunk *chunk = g_malloc (sizeof (Chunk) + size);

  chunk->next = NULL;
  chunk->size = size;
  chunk->used = 0;
  return chunk;
}

CcArena *
cc_arena_new (void)
{
  CcArena *self = g_new0 (CcArena, 1);

  self->first = self->chunk = new_chunk (CHUNK_SIZE);
  return self;
}

void
cc_arena_free (CcArena *self)
{
  if (!self)
    return;
  for (Chunk *chunk = self->first, *next; chunk; chunk = next)
    {
      next = chunk->next;
      g_free (chunk);
    }
  g_free (self);
}

/* Forgets everything allocated; the memory is kept for what comes next. */
void
cc_arena_reset (CcArena *self)
{
  for (Chunk *chunk = self->first; chunk; chunk = chunk->next)
    chunk->used = 0;
  self->chunk = self->first;
}

/* Zeroed memory that lives until the next reset. */
gpointer
cc_arena_alloc (CcArena *self, gsize size)
{
  gpointer memory;

  size = (size + 15) & ~(gsize) 15;
  while (self->chunk->size - self->chunk->used < size)
    {
      if (!self->chunk->next)
        self->chunk->next = new_chunk (MAX (size, CHUNK_SIZE));
      self->chunk = self->chunk->next;
    }
  memory = self->chunk->bytes + self->chunk->used;
  self->chunk->used += size;
  return memset (memory, 0, size);
}

/* A fact of which nothing is known. */
CcFact *
cc_fact_new (CcArena *arena, CcFields *fields, CcKind kind)
{
  CcFact *self = cc_arena_alloc (arena, sizeof (CcFact));

  self->kind = kind;
  self->values = cc_arena_alloc (arena, sizeof (CcFactValue) * fields->of[kind]->len);
  return self;
}
