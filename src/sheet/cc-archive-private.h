/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A zip file opened for reading, with the limits that keep a small file from unpacking into a full
 * memory. The only place of the readers that sees zip.h. */
typedef struct _CcArchive CcArchive;
/* One of its parts as a stream of bytes; lives no longer than the archive. */
typedef struct _CcPart CcPart;

/* A part may unpack to this much, and beyond CC_PART_FREE_SIZE to CC_PART_MAX_RATIO times its
 * packed size. Deflate reaches 1032; the most repetitive real sheets seen stay near 60. */
#define CC_PART_MAX_SIZE  (G_GUINT64_CONSTANT (4) << 30)
#define CC_PART_FREE_SIZE (G_GUINT64_CONSTANT (64) << 20)
#define CC_PART_MAX_RATIO 250

/* Either `path` or `bytes` (which are referenced). CC_ERROR_DAMAGED when the end is missing. */
CcArchive *cc_archive_open (const char *path, GBytes *bytes, GError **error);
void       cc_archive_free (CcArchive *self);
gboolean   cc_archive_has (CcArchive *self, const char *name);
/* Whether it has a part in this folder ("Basic/"). */
gboolean cc_archive_has_folder (CcArchive *self, const char *folder);
/* `name` without a leading slash; letter case does not count where no exact name is found.
 * CC_ERROR_NOT_FOUND when there is none. */
CcPart *cc_archive_open_part (CcArchive *self, const char *name, GError **error);
void    cc_part_free (CcPart *self);
/* Bytes read, 0 at the end, -1 on error. The end is told only after the checksum was found right.
 */
gssize cc_part_read (CcPart *self, void *buffer, gsize size, GError **error);
double cc_part_get_fraction (CcPart *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcArchive, cc_archive_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPart, cc_part_free)
