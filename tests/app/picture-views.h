/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-tour.h"

G_BEGIN_DECLS

/* Goes through every page and every window in the look of the tour. SCENES may name those to be
 * gone to: start, demo, scenes, library, import, empty. "library" shows files that "scenes" makes.
 */
void picture_views_take (const Tour *tour);

G_END_DECLS
