/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The victim list of 25 columns that measurements import: headers that are known or not, one column
 * that is always blank. A path that ends in .csv gets separated text, any other a workbook. The
 * same for the same number of rows. Ends the program where it cannot be written. */
void bench_list_write (const char *path, guint rows);
