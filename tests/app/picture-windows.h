/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-tour.h"

/* The windows that the program puts in front of an open case file. */
void picture_windows_take (const Tour *tour, CcWindow *window);

/* What stands in a case file only after copies were brought together, acts taken back and rules
 * made; and then what the library shows and asks with two copies of one file, and with a damaged
 * one. */
void picture_windows_take_scenes (const Tour *tour);
void picture_windows_take_library (const Tour *tour);
