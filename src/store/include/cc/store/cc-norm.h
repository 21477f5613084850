/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* Identifiers are kept twice: as they were written, and folded (identifier.norm), as they are
 * searched, sorted and compared. The folded form says nothing that the other does not. */

/* Returns: (transfer full) (nullable): the folded form of an identifier; NULL where it was removed
 */
char *cc_norm_make (const char *value);

/* Folds every identifier anew and compares. FALSE with CC_ERROR_DAMAGED names the first record that
 * differs. connection: in a transaction. */
gboolean cc_norm_verify (CcConnection *connection, GCancellable *cancellable, GError **error);

/* Writes the folded forms that are not as they would be written now. Must be the first in its act
 * to change what is no cache: the act keeps no rows as they were. */
gboolean cc_norm_rebuild (CcAct *act, GError **error);

G_END_DECLS
