/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-repair.h>

#include "cc-crypto-private.h"

G_BEGIN_DECLS

gboolean cc_repair_read_first_page (const char *path, guint8 page[CC_PAGE_SIZE]);

/* Keeps the first page of a closed file with its backups, where it has a folder of them. It is
 * encrypted like the file; where it cannot be written, nothing is said. */
void cc_repair_keep_beginning (const char *path);

/* Removes the copy that a program left that ended in the middle of a repair. Needs the file's lock.
 */
void cc_repair_clear (const char *path);

/* Whether the kept first page or a backup speaks for the passphrase, though the file's own
 * beginning does not. key: what the passphrase gives with the salt that stands there. */
gboolean cc_repair_knows_passphrase (const char *path, const char *passphrase, const CcKey *key);

/* Backups whose beginning is looked at: those of another file of the same name do not fit. */
#define CC_REPAIR_BACKUPS_LOOKED_AT 8

/* Whether the first page of a file, or one that is kept, was written under the passphrase. known:
 * (nullable): the key that the passphrase gives with a salt already; deriving one takes its time.
 */
gboolean cc_repair_fits (const char *source, const char *passphrase, const CcKey *known);

/* Whether one of a file's first pages was written under the passphrase and the salt at its
 * beginning: then it is the file that is damaged. */
gboolean cc_repair_fits_pages (const char *path, const char *passphrase);

/* Of the first pages that are kept, that which is the file's as it stands, else the first that the
 * passphrase opens. key: (nullable): as above. *as_closed: the file begins as it was closed
 *
 * Returns: (transfer full) (nullable) */
char *cc_repair_choose_kept (const char  *path,
                             const char  *passphrase,
                             const CcKey *key,
                             gboolean    *as_closed);

/* Returns: (transfer full): "count" of "count.casecount" */
char *cc_repair_dup_stem (const char *path);

/* Returns: (transfer full): the backups of this file's name in all folders where it may have some,
 * newest first */
GPtrArray *cc_repair_list_backups (const char *path);

/* Returns: (transfer full): ".count.casecount-0123456789ab.beginning" in a folder of backups: where
 * it stands already, else where it would be kept. The digits are those of the file's place. */
char *cc_repair_build_kept_path (const char *path);

/* Returns: (transfer full) (element-type filename): first pages that are kept and may be this
 * file's: its own; where there is none, those under the name without a place, or of another place
 * that the file may have been moved from. These may be of other files: each is held against the
 * passphrase, and what it makes of the file is examined. */
GPtrArray *cc_repair_list_kept (const char *path);

G_END_DECLS
