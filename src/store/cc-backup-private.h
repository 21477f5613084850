/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-backup.h>

#include "cc-case-file-private.h"

G_BEGIN_DECLS

/* Backups on a connection of the caller's, outside a transaction: for what happens to a file that
 * has no writer and no readers at that moment. path: (out) (transfer full). head: (out) (optional)
 * (transfer full): hash of the last act in it. */
gboolean cc_backup_make (CcCaseFile    *file,
                         CcConnection  *connection,
                         const char    *folder,
                         CcBackupReason reason,
                         CcProgress    *progress,
                         char         **path,
                         char         **head,
                         GError       **error);

/* A backup before the file is brought to a newer format. Where it fails, the error says so and the
 * migration is refused. The history is told once the migration is done. path, head: (out)
 * (transfer full). */
gboolean cc_backup_before_migration (CcCaseFile   *file,
                                     CcConnection *connection,
                                     CcProgress   *progress,
                                     char        **path,
                                     char        **head,
                                     GError      **error);
gboolean cc_backup_note_to (CcConnection *connection,
                            const char   *user,
                            const char   *path,
                            const char   *head,
                            GError      **error);

/* own: names of the backups that the file's history tells of. A copy of the file has its mark, too,
 * and may keep its backups in the same folder under the same name: those are not touched. */
void cc_backup_rotate (const CcBackup *made, const CcBackupRule *rule, GHashTable *own);

G_END_DECLS
