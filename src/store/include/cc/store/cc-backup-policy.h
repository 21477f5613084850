/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>

G_BEGIN_DECLS

/* The rules of backups, without files: when one is due, how it is called and which ones are kept.
 */

typedef enum
{
  CC_BACKUP_BY_HAND,
  CC_BACKUP_DAILY,
  CC_BACKUP_IMPORT,     /* before a large delivery */
  CC_BACKUP_MIGRATION,  /* before the file is brought to a newer format */
  CC_BACKUP_PASSPHRASE, /* before the passphrase is changed: opens with the old one */
  CC_BACKUP_PACK,       /* before another classification is installed */
  CC_N_BACKUP_REASONS,
} CcBackupReason;

/* How many backups are kept: the newest ones whatever their day, and the newest one each of the
 * latest days, weeks (from Monday) and months that have one. */
typedef struct
{
  guint    recent;
  guint    days;
  guint    weeks;
  guint    months;
  gint64   import_rows; /* a delivery of more rows is preceded by one; 0: never */
  gboolean daily;
} CcBackupRule;

/* What a person may choose at most, of rows and of each kind of backup. */
#define CC_BACKUP_RULE_MOST_ROWS 10000000
#define CC_BACKUP_RULE_MOST_KEPT 1000

#define CC_BACKUP_RULE_DEFAULT ((CcBackupRule){ 3, 7, 4, 12, 1000, TRUE })

/* When and why a backup was made, in the computer's time of then. */
typedef struct
{
  CcDay          day;
  int            second; /* of the day */
  CcBackupReason reason;
} CcBackupStamp;

const char *cc_backup_reason_to_word (CcBackupReason reason);
gboolean    cc_backup_reason_from_word (const char *word, CcBackupReason *reason);

CcBackupStamp cc_backup_stamp_now (CcBackupReason reason);
int           cc_backup_stamp_compare (const CcBackupStamp *a, const CcBackupStamp *b);
gint64        cc_backup_stamp_to_unix (const CcBackupStamp *self);

char *cc_backup_format_name (const char *stem, const CcBackupStamp *stamp, const char *file_tag);
gboolean
cc_backup_parse_name (const char *name, char **stem, CcBackupStamp *stamp, char **file_tag);

void cc_backup_rule_apply (const CcBackupRule  *self,
                           const CcBackupStamp *stamps,
                           guint                n_stamps,
                           gboolean            *keep);
gboolean
cc_backup_rule_is_due (const CcBackupRule *self, CcDay last, CcDay today, gboolean changed);
gboolean cc_backup_rule_equal (const CcBackupRule *self, const CcBackupRule *other);
gboolean cc_backup_rule_wants_import (const CcBackupRule *self, gint64 rows, gboolean has_data);

G_END_DECLS
