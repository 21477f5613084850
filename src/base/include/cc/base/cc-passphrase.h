/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a passphrase withstands somebody who tries all likely ones, as an honest estimate from
 * below: whole words, repeats, years, rows of the keyboard, well-known phrases and what everybody
 * can see (the name of the country or of the file) count little, whatever their length. */
typedef enum
{
  CC_PASSPHRASE_NONE,     /* nothing typed */
  CC_PASSPHRASE_TOO_EASY, /* minutes */
  CC_PASSPHRASE_WEAK,     /* days */
  CC_PASSPHRASE_FAIR,     /* months to a few years */
  CC_PASSPHRASE_STRONG,   /* decades */
} CcPassphraseLevel;

/* Returns: the number of binary guesses it is worth. known: (array zero-terminated=1) (nullable):
 * words that anybody would try first. */
double cc_passphrase_bits (const char *passphrase, const char *const *known);

CcPassphraseLevel cc_passphrase_level (double bits);

/* Whether most of what is typed, without what stands between words, is a phrase that is known. */
gboolean cc_passphrase_is_well_known (const char *passphrase);

G_END_DECLS
