/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import-fixture.h"

/* What somebody does in a case file, chosen by chance. */

#define OWN_ACTS_PASSPHRASE "four quiet river stones"
#define OWN_ACTS_FIRST      2 /* the act that adds the offices, after the creation: it stays */

typedef struct
{
  CcCaseFile *file;
  const char *folder;
  GRand      *random;
  guint       n_copies;
  gint64      first;      /* acts up to this one stay; 0 is OWN_ACTS_FIRST */
  gint64      submission; /* deliveries up to this one are not taken back by themselves */
  GString    *told;       /* what was done */
} Worker;

typedef struct
{
  const char *name;
  gboolean (*func) (Worker *self, GError **error);
  guint weight;
} Deed;

/* All that need no other file; the last has no name. */
extern const Deed own_acts_deeds[];

gint32 own_acts_roll (Worker *self, gint32 n);
gboolean
own_acts_act (Worker *self, const char *name, CcActFunc func, gpointer data, GError **error);

/* The number that a question has as its answer. */
gint64 own_acts_ask (Worker *self, const char *sql);

/* One of the numbers in a column of a table; 0: there is none. */
gint64 own_acts_pick (Worker *self, const char *column, const char *from);

/* The newest act that can be taken back. */
gint64   own_acts_find_undoable (Worker *self);
gboolean own_acts_undo (Worker *self, gint64 seq, GError **error);

/* A list of one of a few agencies and periods. */
gboolean own_acts_deliver_again (Worker *self, GError **error);

CcCaseFile *own_acts_open (const char *path);
void        own_acts_close (CcCaseFile *file);
