/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cases/cc-cases-load.h"

G_BEGIN_DECLS

/* Places of what narrows a list and is no facet, in cases.drop. */
#define CC_CHIP_DELIVERY CC_N_FACETS
#define CC_CHIP_PERSONS  (CC_N_FACETS + 1)

/* Fills a box with a button for each thing that narrows the list; pressing it activates cases.drop
 * (facet, value). Returns whether there is any. */
gboolean cc_filter_chips_fill (GtkBox *box, CcSession *session, const CcCasesResult *shown);

G_END_DECLS
