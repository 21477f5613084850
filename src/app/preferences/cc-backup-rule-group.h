/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/store/cc-backup-policy.h>

G_BEGIN_DECLS

#define CC_TYPE_BACKUP_RULE_GROUP (cc_backup_rule_group_get_type ())
G_DECLARE_FINAL_TYPE (CcBackupRuleGroup,
                      cc_backup_rule_group,
                      CC,
                      BACKUP_RULE_GROUP,
                      AdwPreferencesGroup)

/* When backups are made by themselves and how many are kept, to be changed. The button activates
 * backups.set-rule, "Usual Rule" backups.usual-rule. Signal: changed, when a row was. */
void cc_backup_rule_group_show (CcBackupRuleGroup *self, const CcBackupRule *rule);
/* A practice file gets no backups by itself; the rows that say when are then hidden. */
void cc_backup_rule_group_set_practice (CcBackupRuleGroup *self, gboolean practice);
void cc_backup_rule_group_read (CcBackupRuleGroup *self, CcBackupRule *rule);

G_END_DECLS
