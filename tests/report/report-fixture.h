/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-texts.h>
#include <cc/stats/cc-questionnaire.h>
#include <cc/store/cc-case-file.h>

/* The worked example in a case file of Benin: six victims of 2023 and 2024 from two agencies. */
typedef struct
{
  char       *folder;
  CcCaseFile *file;
} Fixture;

/* Loaded by main () of each test. */
extern CcPack  *pack;
extern CcTexts *texts;

/* data: GINT_TO_POINTER (TRUE) for a practice file. */
void             set_up (Fixture *fixture, gconstpointer data);
void             tear_down (Fixture *fixture, gconstpointer data);
CcQuestionnaire *find_questionnaire (const char *id);
