/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-repair.h>

#include "cc-crypto-private.h"

G_BEGIN_DECLS

/* Keeps the first page of a closed file with its backups, where it has a folder of them. It is
 * encrypted like the file; where it cannot be written, nothing is said. */
void cc_repair_keep_beginning (const char *path);

/* Whether the kept first page or a backup speaks for the passphrase, though the file's own
 * beginning does not. key: what the passphrase gives with the salt that stands there. */
gboolean cc_repair_knows_passphrase (const char *path, const char *passphrase, const CcKey *key);

G_END_DECLS
