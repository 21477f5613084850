/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page-test.h"

/* A window with the checks of a case file of six victims, of which a copy went on by itself. */

void exchange_test_set_up (PageTest *self, gconstpointer data);

/* Gives the first victim another name, by hand. */
void exchange_test_change (CcCaseFile *file, const char *name);

/* Returns: (transfer full): the path of a copy of the open file in which that was done */
char *exchange_test_make_copy (PageTest *self, const char *name);
