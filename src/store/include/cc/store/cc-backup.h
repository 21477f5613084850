/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Copies of a case file, and its passphrase. All take seconds on large files: not on a main loop.
 */

/* Writes a copy with the same passphrase into a folder, while the file stays in use. The name has
 * the date and time. path: (out) (transfer full) (nullable). */
gboolean cc_case_file_backup (CcCaseFile *self, const char *folder, char **path, GError **error);

/* Brings a backup back under a name that does not exist yet, after examining it whole. */
gboolean cc_case_file_restore (const char *backup,
                               const char *passphrase,
                               CcPack     *pack,
                               const char *path,
                               GError    **error);

/* Changes the passphrase; refused with CC_ERROR_WRONG_PASSPHRASE where the old one is not right.
 * Backups made before keep the old one. */
gboolean cc_case_file_change_passphrase (CcCaseFile *self,
                                         const char *old_passphrase,
                                         const char *new_passphrase,
                                         GError    **error);

G_END_DECLS
