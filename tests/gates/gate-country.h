/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-import.h>
#include <cc/practice/cc-practice.h>
#include <cc/stats/cc-count.h>
#include <cc/store/cc-act.h>

/* An invented country with its case file and its answer key, for the gates. */

#define GATE_MAX_SHOWN 40

typedef struct
{
  char             *directory;
  CcPracticeResult *country;
  CcPack           *pack;
  CcCaseFile       *file;
  char            **key; /* lines of the answer key */
} Gate;

typedef struct
{
  const char *name;
  guint64     seed;
  int         level;
  guint       victims;
  guint       agencies;
  const char *country;
} GateCase;

typedef void (*GateTableFunc) (Gate *gate, const char *table, GPtrArray *lines, gpointer data);

void           gate_make_country (Gate *self, const GateCase *wanted);
void           gate_import_all (Gate *self);
GHashTable    *gate_load_records (Gate *self);
CcTableResult *gate_count_table (Gate *self, const char *name, gboolean bounds);
const CcCell  *gate_find_cell (const CcTableResult *result, char **fields);
void           gate_for_each_table (Gate *self, GateTableFunc func, gpointer data);
void           gate_clear (Gate *self);
void           gate_remove_folder (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gate, gate_clear)
