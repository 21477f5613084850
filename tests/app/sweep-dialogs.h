/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sweep.h"

/* What is found only by hand on a page, called when the page is shown. */
void sweep_figures (Sweep *self);
void sweep_builder (Sweep *self);
void sweep_agencies (Sweep *self);
void sweep_answer (Sweep *self);
void sweep_agency (Sweep *self);
void sweep_act (Sweep *self);
void sweep_unsaved (Sweep *self);
void sweep_import (Sweep *self);

/* The windows of the program that belong to no page, and what every page may present. */
void sweep_windows (Sweep *self);

/* The other pages of the preferences and the windows that open from them. */
void sweep_preferences (Sweep *self);

/* The window before a case file is open: library, forms, passphrase, who works. Leaves
 * demo.casecount open. */
void sweep_start (Sweep *self);
