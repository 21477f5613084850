/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-connection-private.h"

#include <string.h>

/* SQLite's caches, statements and bindings hold names in the clear. SQLCipher's own setting for
 * this, cipher_memory_security, also locks every allocation into memory, which on caches of 64 MiB
 * exceeds what the system allows and costs a system call each time; wiping alone costs next to
 * nothing, as caches keep their blocks until a connection is closed. Keys are wiped by SQLCipher
 * in any case. */

static sqlite3_mem_methods inner;

static void
wipe_and_free (void *memory)
{
  if (memory == NULL)
    return;
  explicit_bzero (memory, (size_t) inner.xSize (memory));
  inner.xFree (memory);
}

/* The system's way of growing a block may move it and leave the old one as it was. */
static void *
move (void *memory, int size)
{
  const int old = inner.xSize (memory);
  void     *larger;

  if (size <= old && size > old / 2)
    return memory;
  larger = inner.xMalloc (size);
  if (larger == NULL)
    return NULL;
  memcpy (larger, memory, (size_t) MIN (old, size));
  wipe_and_free (memory);
  return larger;
}

/**
 * Makes SQLite wipe all memory that it gives back. Before the library's first use; later it has no
 * effect. Builds on the methods in force, so that tests can put their own below.
 */
void
cc_sqlite_wipe_memory (void)
{
  sqlite3_mem_methods methods;

  if (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &inner) != SQLITE_OK)
    return;
  methods = inner;
  methods.xFree = wipe_and_free;
  methods.xRealloc = move;
  (void) sqlite3_config (SQLITE_CONFIG_MALLOC, &methods);
}
