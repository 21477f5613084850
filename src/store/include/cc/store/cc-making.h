/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files and folders that are being made, and stand beside the name that they will bear until they
 * are whole. While one is made, a lock that its maker holds stands beside it under its own name and
 * ".lock": so whoever finds the two later knows whether the maker is still at work, or was killed
 * and left them. A file without that lock was not made here. */

/* Names of copies into and out of the library: the prefix and eight hexadecimal digits. */
#define CC_MAKING_PREFIX ".part-"

/* The maker's lock. */
typedef struct _CcFileLock CcMaking;

/**
 * Takes a name for something that is to be made. What a maker that was killed left under it goes.
 *
 * path: of the part
 * part: (out) (transfer full) (nullable): for cc_making_end (); NULL where no lock can be made:
 *   making the part itself tells why, or works all the same
 *
 * Returns: FALSE with CC_ERROR_LOCKED where another program makes it at this moment,
 *   CC_ERROR_EXISTS where something else is called so; neither was changed
 */
gboolean cc_making_begin (const char *path, CcMaking **part, GError **error);

/* After the part got its name, or was removed. Allows NULL. */
void cc_making_end (CcMaking *part);

/* Makes a folder of the user's own for a step of work: FOLDER/.KIND-, and six characters. kind:
 * "copy", "merge" or "package". part: as above. Returns: (transfer full) (nullable): its path, for
 * cc_making_remove_folder (); NULL with errno. */
char *cc_making_make_folder (const char *folder, const char *kind, CcMaking **part);

/* Removes it with the files in it. Both: (transfer full) (nullable). */
void cc_making_remove_folder (char *path, CcMaking *part);

/* Removes from a folder what makers that were killed left there: nothing that another program is
 * making, and nothing that was not made here. */
void cc_making_clear (const char *folder);

/* Whether the name alone tells that this program made it: in a folder of the program's own, what is
 * old and called so is left over, also where its lock was lost with the power. */
gboolean cc_making_is_hidden_name (const char *name);

/* Removes a file, or a folder with the files in it. */
void cc_making_remove (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcMaking, cc_making_end)

G_END_DECLS
