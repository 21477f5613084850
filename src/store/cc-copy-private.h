/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>

#include "cc-connection-private.h"

G_BEGIN_DECLS

/* What a copy is held against: taken from the same state of the file. */
typedef struct
{
  char   *head;   /* hash of the last act */
  char   *counts; /* rows per table, one table a line */
  guint64 pages;
} CcCopyMarks;

void cc_copy_marks_clear (CcCopyMarks *self);

/* How copying the bytes of a file ended. */
typedef enum
{
  CC_COPY_DONE,
  CC_COPY_CANCELLED,
  CC_COPY_UNREADABLE,
  CC_COPY_UNWRITABLE,
} CcCopyEnd;

CcCopyEnd cc_copy_bytes (const char *from, const char *to, GCancellable *cancellable);

gboolean cc_copy_pages (CcConnection *source,
                        const char   *target,
                        const CcKey  *key,
                        CcCopyMarks  *marks,
                        CcProgress   *progress,
                        GError      **error);
gboolean cc_copy_test (const char        *copy,
                       const CcKey       *key,
                       const CcCopyMarks *marks,
                       CcProgress        *progress,
                       GError           **error);
gboolean cc_copy_read_marks (CcConnection *connection, CcCopyMarks *marks, GError **error);
gboolean cc_copy_end_log (const char *path, const CcKey *key, GError **error);
gboolean cc_copy_connection (CcConnection *source,
                             const CcKey  *key,
                             const char   *path,
                             CcProgress   *progress,
                             GError      **error);
gboolean cc_copy_make_empty (const char *path, GError **error);
gboolean cc_copy_settle (const char *part, const char *path, gboolean replace, GError **error);
void     cc_copy_discard (const char *part);
void     cc_copy_rights (const char *from, const char *to);
gboolean cc_copy_sync (const char *path, GError **error);
gboolean cc_copy_sync_folder (const char *path, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CcCopyMarks, cc_copy_marks_clear)

G_END_DECLS
