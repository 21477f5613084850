/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which call of the program shall fail, and how. SQLite's calls come through the VFS of fault-vfs.h
 * and its allocator, the program's own through the C library's functions of fault-disk.h; both ask
 * here. */

typedef enum
{
  FAULT_OPEN = 1 << 0,
  FAULT_READ = 1 << 1,
  FAULT_WRITE = 1 << 2,
  FAULT_SYNC = 1 << 3,
  FAULT_TRUNCATE = 1 << 4,
  FAULT_DELETE = 1 << 5,
  FAULT_RENAME = 1 << 6,
  FAULT_LOCK = 1 << 7,
  FAULT_SHARED_MEMORY = 1 << 8,
  FAULT_ASK = 1 << 9, /* does it exist, how large is it */
  FAULT_ALLOCATE = 1 << 10,
  FAULT_CREATE = 1 << 11, /* opening what is not there yet */
} FaultCalls;

#define FAULT_ALL_WRITING (FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_DELETE | FAULT_RENAME)
#define FAULT_ALL_CALLS                                                                            \
  (FAULT_ALL_WRITING | FAULT_OPEN | FAULT_CREATE | FAULT_READ | FAULT_LOCK | FAULT_SHARED_MEMORY   \
   | FAULT_ASK)

typedef enum
{
  FAULT_PASS,  /* goes through; only in answers */
  FAULT_ERROR, /* an error of the medium */
  FAULT_FULL,  /* no space left */
  FAULT_SHORT, /* half is written, then an error */
  FAULT_CUT,   /* the power goes: nothing works from here on */
} FaultHow;

void     fault_plan_arm (FaultCalls calls, FaultHow how, guint at, gboolean lasting);
guint    fault_plan_disarm (gboolean *happened);
FaultHow fault_plan_ask (FaultCalls call);

/* Calls of the C library made by SQLite's own VFS were asked about already. */
void     fault_plan_enter (void);
void     fault_plan_leave (void);
gboolean fault_plan_is_inside (void);

/* Notes which functions led to each call from here on; a try's calls come in the same order.
 * Returns: (element-type guint): the first, the middle and the last call of each place that was
 * noted */
void    fault_plan_note_places (void);
GArray *fault_plan_take_places (void);

/* Allocations of this thread succeed, and are not counted. */
void fault_plan_spare_memory (gboolean spare);

/* The next one does. */
void fault_plan_spare_next_memory (void);

G_END_DECLS
