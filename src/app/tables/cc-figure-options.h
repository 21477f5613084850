/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-figure-cells.h"
#include "cc-figure-work.h"

G_BEGIN_DECLS

#define CC_TYPE_FIGURE_OPTIONS (cc_figure_options_get_type ())
G_DECLARE_FINAL_TYPE (CcFigureOptions, cc_figure_options, CC, FIGURE_OPTIONS, AdwBin)

/* What can be chosen for a figure: years or days, agencies, language of the labels, what the table
 * shows beside its figures, and for whom copies are.
 *
 * Signals: "params-changed" (count anew), "look-changed" (only the table looks different). */
CcFigureOptions *cc_figure_options_new (void);

/* Both are borrowed for the call; nothing is signalled. */
void cc_figure_options_set_choices (CcFigureOptions       *self,
                                    const CcFigureChoices *choices,
                                    const CcFigureParams  *params);

/* Writes what is chosen into the parameters. */
void          cc_figure_options_apply (CcFigureOptions *self, CcFigureParams *params);
gboolean      cc_figure_options_get_ranges (CcFigureOptions *self);
CcFigureShare cc_figure_options_get_share (CcFigureOptions *self);
CcAudience    cc_figure_options_get_audience (CcFigureOptions *self);

/* How many cells of the figure are small: says what becomes of a public copy. */
void cc_figure_options_set_small (CcFigureOptions *self, guint n_small, int threshold);

G_END_DECLS
