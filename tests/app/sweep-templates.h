/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sweep.h"

/* Asks that every class with a template below the folder was seen. */
void sweep_templates (Sweep *self, const char *folder);
