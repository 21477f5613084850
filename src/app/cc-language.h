/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The language of the window, as a code of the pack: labels of the data follow it, so that one
 * window never speaks two languages. */
const char *cc_language_get (void);

G_END_DECLS
