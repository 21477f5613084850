/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Phrases and passwords that everybody tries first (data/passphrases/known.txt). Capitals, accents,
 * what stands between words and digits or signs in place of letters make no difference. Nothing of
 * what is typed is copied. */

/* The longest one that begins at `start`: a whole one, or at least three words of one. which: (out)
 * (optional): a number that tells it from others. Returns: how many characters it takes; 0 where
 * none begins there. */
glong
cc_known_phrases_measure (const gunichar *text, glong length, glong start, const void **which);

/* Whether at least three words are typed and all of them are words of one and the same phrase, in
 * whatever order. */
gboolean cc_known_phrases_shuffled (const gunichar *text, glong length);

G_END_DECLS
