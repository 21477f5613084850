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
void sweep_charts (Sweep *self);
void sweep_twin (Sweep *self);
void sweep_codes (Sweep *self);
void sweep_export (Sweep *self);

/* Presses the lines of a step of an import until one asks what it means. */
void sweep_chooser (Sweep *self, const char *what);

/* What needs something made for it: two copies that contradict each other, a workbook read back. */
void sweep_rest (Sweep *self);

/* Every page on a narrow screen, and there with large text. */
void sweep_narrow (Sweep *self);

/* The windows of the program that belong to no page, and what every page may present. */
void sweep_windows (Sweep *self);

/* The other pages of the preferences and the windows that open from them. */
void sweep_preferences (Sweep *self);

/* The window before a case file is open: library, forms, passphrase, who works. Leaves
 * demo.casecount open. */
void sweep_start (Sweep *self);
