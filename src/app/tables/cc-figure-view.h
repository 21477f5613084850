/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-figure-options.h"
#include "cc-figure-work.h"

G_BEGIN_DECLS

#define CC_TYPE_FIGURE_VIEW (cc_figure_view_get_type ())
G_DECLARE_FINAL_TYPE (CcFigureView, cc_figure_view, CC, FIGURE_VIEW, AdwBin)

/* One figure, as a chart or as a table, with its options. While it counts anew the last result
 * stays. Action: figure.view ("chart" or "table"). Signal "changed": another figure is shown, or
 * none (see cc_figure_view_get_figure). */
CcFigureView *cc_figure_view_new (void);

/* choices and params are borrowed for the call. */
void cc_figure_view_open (CcFigureView          *self,
                          CcSession             *session,
                          const CcFigureChoices *choices,
                          const CcFigureParams  *params);
void cc_figure_view_count (CcFigureView *self);
void cc_figure_view_close (CcFigureView *self);

/* Lists who is not in the figure and why, once it is counted. */
void cc_figure_view_show_left_out (CcFigureView *self);

/* Borrowed; NULL until something is counted. */
CcReportFigure       *cc_figure_view_get_figure (CcFigureView *self);
const CcFigureParams *cc_figure_view_get_params (CcFigureView *self);
CcAudience            cc_figure_view_get_audience (CcFigureView *self);
gboolean              cc_figure_view_is_counting (CcFigureView *self);

void     cc_figure_view_set_show_options (CcFigureView *self, gboolean show);
gboolean cc_figure_view_get_show_options (CcFigureView *self);

G_END_DECLS
