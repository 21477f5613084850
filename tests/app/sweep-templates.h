/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sweep.h"

/* Asks that every class with a template below the folder was seen, but for those that are listed
 * with the reason; one that is listed and was seen is a fault, too. */
void sweep_templates (Sweep *self, const char *folder);
