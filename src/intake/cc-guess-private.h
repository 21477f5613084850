/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-guess.h>

G_BEGIN_DECLS

/* The name of a file without its ending. Returns: (transfer full) */
char *cc_guess_get_stem (const char *file_name);

/* Fills all of a guess that is about the sender. */
void cc_guess_sender (CcGuess      *self,
                      CcPack       *pack,
                      CcInspection *inspection,
                      GPtrArray    *entities,
                      GPtrArray    *profiles,
                      GPtrArray    *submissions);

/* What the words of a file describe where they name no agency that is known: new_name, new_type,
 * says_kind_only, words and words_reason. */
void cc_guess_describe_sender (CcGuess *self, CcPack *pack, CcInspection *inspection);

/* Whether two names are the same but for slips of the pen in their longer words. */
gboolean cc_guess_is_near (const char *a, const char *b);

G_END_DECLS
