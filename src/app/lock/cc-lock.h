/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Locking ends in starting the program anew in the same process: nothing of what was read, typed or
 * derived from a passphrase stays in memory. What the new program has to come back to is handed
 * over in its environment, which only this user can read. */

typedef struct
{
  char *path;
  char *page;      /* "" where none is known */
  guint kept;      /* CcKept */
  guint n_waiting; /* files that were to be read in; their names stay behind */
} CcLockedFile;

typedef struct
{
  GPtrArray *files;   /* CcLockedFile*, one window each */
  int        minutes; /* without use; 0: locked by hand */
} CcLocked;

CcLocked     *cc_locked_new (int minutes);
CcLockedFile *cc_locked_add (CcLocked *self, const char *path, const char *page);
void          cc_locked_free (CcLocked *self);

/* As text and back; NULL for a text that is not one. */
char     *cc_locked_pack (const CcLocked *self);
CcLocked *cc_locked_unpack (const char *text);

/* What the program that was here before handed over; NULL: nothing. Taken once. */
CcLocked *cc_lock_take_over (void);

/* Starts the program anew. Returns only where that failed. */
void cc_lock_restart (GApplication *application, const CcLocked *locked);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLocked, cc_locked_free)

G_END_DECLS
