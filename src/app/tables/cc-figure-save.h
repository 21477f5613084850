/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-figure-params.h"

G_BEGIN_DECLS

/* A figure leaves the window: as a file the user chooses, or through the clipboard. */

/* suffix: png, svg, pdf or xlsx. Asks where to, writes in a thread, and says how it went. */
void cc_figure_save (GtkWidget            *near,
                     CcReportFigure       *figure,
                     const CcFigureParams *params,
                     CcAudience            audience,
                     const char           *suffix);

/* A figure with small cells stays in the window when copies are for the public. */
gboolean cc_figure_copy_picture (GtkWidget *near, CcReportFigure *figure, CcAudience audience);
gboolean cc_figure_copy_table (GtkWidget *near, CcReportFigure *figure, CcAudience audience);

G_END_DECLS
