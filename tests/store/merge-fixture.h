/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fixture.h"

#include <cc/store/cc-exchange.h>

/* Two copies of one case file go on apart and are brought together again. */

#define N_VICTIMS 12

/* A change that joins two persons without a verdict, as merges once did. */
#define CHANGE_JOIN 8

/* One change, by a number that stands for what and where. */
typedef struct
{
  guint what;
  guint number; /* of a victim */
  guint other;  /* of another */
  guint salt;   /* makes values differ */
} Change;

/* What a file says, without its row numbers, so that copies can be compared. */
char *merge_say (CcCaseFile *file);

gboolean      merge_is_sound (CcCaseFile *file);
CcCaseFile   *merge_open (Fixture *fixture, const char *path);
void          merge_close (CcCaseFile *file);
CcCaseFile   *merge_copy (Fixture *fixture, const char *name);
void          merge_act (CcCaseFile *file, CcActFunc func, gpointer data);
CcMergeResult merge_files (CcCaseFile *file, CcCaseFile *other);
CcKinship     merge_compare (CcCaseFile *file, CcCaseFile *other);
gboolean      merge_begin (CcAct *act, gpointer data, GError **error);
gboolean      merge_run_change (CcAct *act, gpointer data, GError **error);
Change        merge_choose (GRand *random, guint side, gboolean apart);
