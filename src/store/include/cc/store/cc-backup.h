/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>
#include <cc/store/cc-backup-policy.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Copies of a case file, and its passphrase. All take seconds on large files: not on a main loop.
 * Progress is in pages, in the phases "progress.copy" and "progress.test"; cancelling leaves
 * nothing behind. */

/* One backup in a folder. Each was tested before it got its name: it opened, its structure was
 * whole, and it held what the case file held. */
typedef struct
{
  char         *path;
  char         *stem;     /* of the case file, when the backup was made */
  char         *file_tag; /* tells files of the same name apart */
  CcBackupStamp stamp;
  gint64        time; /* Unix seconds, of the stamp */
  goffset       size;
} CcBackup;

/* The newest backup as the case file remembers it. */
typedef struct
{
  char    *path;
  char    *head;    /* hash of the last act it holds */
  gint64   time;    /* Unix seconds */
  gint64   seq;     /* the act that tells of it */
  gboolean changed; /* acts came after it, other than making backups */
} CcLastBackup;

/* Where backups of this program go: NULL, the default, is a folder “backups” beside each case
 * file. A folder that is set must exist when a backup is made. */
void  cc_backup_set_folder (const char *folder);
char *cc_backup_dup_folder (const char *case_file);

/* Writes a copy with the same passphrase, while the file stays in use, tests it, notes it in the
 * history and, unless it was asked for by hand, removes those that the file's rule no longer keeps.
 * folder: (nullable): NULL for cc_backup_dup_folder (). path: (out) (optional) (transfer full). */
gboolean cc_case_file_backup (CcCaseFile    *self,
                              const char    *folder,
                              CcBackupReason reason,
                              CcProgress    *progress,
                              char         **path,
                              GError       **error);

/* The day's backup, where it is due: path stays NULL where it is not. Files for training have none.
 */
gboolean
cc_case_file_backup_if_due (CcCaseFile *self, CcProgress *progress, char **path, GError **error);

/* A backup before a delivery of so many rows, where the file's rule wants one. */
gboolean cc_case_file_backup_before_import (CcCaseFile *self,
                                            gint64      rows,
                                            CcProgress *progress,
                                            char      **path,
                                            GError    **error);

/* A copy under a name that must not exist, with the same passphrase, tested; no backup: nothing is
 * noted and nothing removed. */
gboolean
cc_case_file_copy (CcCaseFile *self, const char *path, CcProgress *progress, GError **error);

/* Element-type CcBackup, newest first. Of a folder that does not exist: none. stem, file_tag:
 * (nullable): only those. */
GPtrArray      *
cc_backup_list (const char *folder, const char *stem, const char *file_tag, GError **error);
void cc_backup_free (CcBackup *self);

/* Element-type CcBackup, newest first: the open file's own, whatever it was called then. */
GPtrArray *cc_case_file_list_backups (CcCaseFile *self, const char *folder, GError **error);

/* Returns: (transfer full) (nullable): NULL without an error where none was made. */
CcLastBackup *cc_backup_find_last (CcConnection *connection, GError **error);
void          cc_last_backup_free (CcLastBackup *self);

/* The rule of a case file, kept with its data as settings. */
gboolean cc_backup_load_rule (CcConnection *connection, CcBackupRule *rule, GError **error);
gboolean cc_act_set_backup_rule (CcAct *act, const CcBackupRule *rule, GError **error);

/* Brings a backup back under a name that does not exist yet, after examining it whole: the codes of
 * all pages, the structure, the history. Phases "progress.verify" and "progress.copy". */
gboolean cc_case_file_restore (const char *backup,
                               const char *passphrase,
                               CcPack     *pack,
                               const char *path,
                               CcProgress *progress,
                               GError    **error);

/* Changes the passphrase. First a backup is made, which opens with the old one as all made before
 * do; then a copy under the new one takes the file's place in one step, so that whatever happens
 * the file is there whole, under the old passphrase or the new one. Refused with
 * CC_ERROR_WRONG_PASSPHRASE where the old one is not right. Reading waits meanwhile. folder:
 * (nullable): for the backup. backup: (out) (optional) (transfer full): its path. */
gboolean cc_case_file_change_passphrase (CcCaseFile *self,
                                         const char *old_passphrase,
                                         const char *new_passphrase,
                                         const char *folder,
                                         CcProgress *progress,
                                         char      **backup,
                                         GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcBackup, cc_backup_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLastBackup, cc_last_backup_free)

G_END_DECLS
