/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/practice/cc-practice.h>

/* An invented country in a folder of its own, which goes with it. */
typedef struct
{
  char             *directory;
  CcPracticeResult *result;
} Country;

void country_generate (Country *self, const CcPracticeParams *params);
void country_clear (Country *self);
void country_remove_folder (const char *directory);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Country, country_clear)
