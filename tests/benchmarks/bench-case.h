/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The case file and the list of victims that the window is measured with. Both end the program
 * where they cannot be written. */

#define BENCH_PASSPHRASE "a passphrase"

char *bench_case_prepare (const char *folder, const char *path, gint64 *record);
char *bench_case_write_list (const char *folder);
