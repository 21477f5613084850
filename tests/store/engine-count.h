/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Looks through all files of code that this process has loaded, and fails the test unless one of
 * them holds SQLite, once, and nobody else can call it. */
void engine_count_check (void);
