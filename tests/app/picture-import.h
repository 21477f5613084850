/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture-tour.h"

G_BEGIN_DECLS

/* The steps of an agency's first file, and its next ones: they are compared with it, and one is
 * taken back. */
void picture_import_take (const Tour *tour);

G_END_DECLS
