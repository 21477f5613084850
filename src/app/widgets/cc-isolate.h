/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* part: what an agency or a user wrote, for a line that is put together with other text, such as
 *   "agency · period"; NULL as ""
 *
 * A name in a script of the other direction would turn the line around it: the numbers of a date
 * beside an Arabic name change places. Such a part is set apart with the isolates of the Unicode
 * Bidirectional Algorithm (UAX #9, 2.4), behind a mark that keeps the line in the direction of the
 * window. Any other part is left as it is, so that most texts hold no invisible characters.
 *
 * Returns: (transfer full) */
char *cc_isolate (const char *part);

G_END_DECLS
