/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sweep.h"

/* Every page of cc-pages.c and the views inside; the case file is open and unlocked. A page that
 * this does not know fails. */
void sweep_pages (Sweep *self);
