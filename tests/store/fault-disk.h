/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A disk that can lose its power. The program that links this has its calls of the C library for
 * files of one folder noted: what was written and not synced, which names were made, changed and
 * removed without syncing their folder. After a cut the folder is made to look as a machine may
 * find it when it is switched on again. The calls also fail as planned (fault-plan.h). */

typedef enum
{
  FAULT_LOSE_ALL,   /* nothing that was not synced is there */
  FAULT_LOSE_NONE,  /* everything is there: as after the end of the process alone */
  FAULT_LOSE_SOME,  /* any sectors, and names up to some moment */
  FAULT_LOSE_NAMES, /* all sectors of the files that are there, and no name that was not synced */
  FAULT_N_LOSSES,
} FaultLoss;

void fault_disk_watch (const char *folder);
void fault_disk_forget (void);

/* The disk says of itself that it is of another machine. */
void fault_disk_set_network (gboolean network);
void fault_disk_crash (FaultLoss loss, guint32 seed);

G_END_DECLS
