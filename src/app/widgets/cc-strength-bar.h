/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "start/cc-passphrase.h"

G_BEGIN_DECLS

#define CC_TYPE_STRENGTH_BAR (cc_strength_bar_get_type ())
G_DECLARE_FINAL_TYPE (CcStrengthBar, cc_strength_bar, CC, STRENGTH_BAR, GtkBox)

/* How hard a passphrase is to guess, as a bar and a sentence, under the rows where it is chosen. */
void cc_strength_bar_set_level (CcStrengthBar *self, CcPassphraseLevel level);

/* The same, with the reason where the passphrase is one that everybody knows. */
void cc_strength_bar_show (CcStrengthBar *self, const char *passphrase, CcPassphraseLevel level);

G_END_DECLS
