/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-passphrase.h>

G_BEGIN_DECLS

/* Returns: (transfer none): the level as a sentence in the user's language; "" for none. */
const char *cc_passphrase_describe (CcPassphraseLevel level);

/* The same, or that the passphrase is one that everybody knows where that makes it weak. */
const char *cc_passphrase_explain (const char *passphrase, CcPassphraseLevel level);

G_END_DECLS
