/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_FIGURE_ROW (cc_figure_row_get_type ())
G_DECLARE_FINAL_TYPE (CcFigureRow, cc_figure_row, CC, FIGURE_ROW, AdwActionRow)

/* A row with a title, an explanation below it, and a figure at its end. Read aloud it is one
 * sentence: "Rows set aside: 12". */
CcFigureRow *cc_figure_row_new (const char *title);

/* figure: "" where the subtitle holds it, so that the title has the whole width. subtitle: NULL
 * keeps the one there is. attention: something waits here, shown by a sign as well as by colour. */
void
cc_figure_row_set (CcFigureRow *self, const char *figure, const char *subtitle, gboolean attention);

/* Activating the row shows what it counts: a page of the window and the target on it. */
void cc_figure_row_set_link (CcFigureRow *self, const char *page, const char *target);

/* Quiet: the figure is a few words, in the usual size. */
void        cc_figure_row_set_quiet (CcFigureRow *self, gboolean quiet);
const char *cc_figure_row_get_figure (CcFigureRow *self);

G_END_DECLS
