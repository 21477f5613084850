/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Who works in the file. A user declares a name when the file is unlocked; the acts carry it. It is
 * a note for colleagues and no proof: whoever knows the passphrase can give any name. */

/* The names known to the file, in the order of the alphabet. last: (out) (transfer full)
 * (nullable): the one that signed the newest signed act. Returns: (transfer full): char*; NULL with
 * an error where the file cannot be read. */
GPtrArray *cc_user_list (CcCaseFile *self, char **last, GError **error);

/* Signs the next acts with a name; "" leaves them unsigned. A name that is new to a file open for
 * writing is added to it, which is an act of its own ("user"). Must not be called from the main
 * loop. Errors: CC_ERROR_USAGE for a name of blanks or control characters, those of acts. */
gboolean
cc_user_choose (CcCaseFile *self, const char *name, GCancellable *cancellable, GError **error);

G_END_DECLS
