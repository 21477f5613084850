/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/stats/cc-count.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-entity.h>

typedef struct
{
  CcPack     *pack;
  char       *folder;
  char       *path;
  CcCaseFile *file;
  gint64      victims[16]; /* record ids by registration number, R01 = 1 */
  gint64      events[8];
} Fixture;

void           fixture_set_up (Fixture *fixture, gconstpointer data);
void           fixture_tear_down (Fixture *fixture, gconstpointer data);
void           fixture_worked_example (Fixture *fixture);
void           fixture_act (Fixture *fixture, CcActFunc func, gpointer data);
CcRecord      *make_record (Fixture *fixture, const char *unit, guint number);
void           set_code (CcRecord *record, Fixture *fixture, const char *name, const char *code);
void           set_codes (CcRecord *record, Fixture *fixture, const char *name, const char *codes);
void           set_date (CcRecord *record, Fixture *fixture, const char *name, const char *date);
void           set_age (CcRecord *record, Fixture *fixture, int min, int max);
gint64         put_record (CcAct *act, CcRecord *record, gint64 entity);
gint64         fixture_entity (Fixture *fixture, const char *key);
CcTableResult *count_table (Fixture         *fixture,
                            CcQuestionnaire *questionnaire,
                            const char      *table,
                            const char      *years,
                            const char      *param,
                            const char      *value);
gint64 cell (const CcTableResult *result, const char *row, const char *col, const char *period);
