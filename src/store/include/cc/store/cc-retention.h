/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/base/cc-progress.h>
#include <cc/store/cc-act.h>

G_BEGIN_DECLS

/* How long what points to a person is kept, and its removal. What is removed are the direct
 * identifiers, the raw rows that held them and what the history kept of them; records, persons,
 * counts and what was handed in stay. */

/* What stands in place of a removed identifier: three blocks, which mean the same in any language.
 */
#define CC_PURGED_MARK "███"

/* The unit of rules for raw rows that no record points to: set aside, rejected, replaced. */
#define CC_RETENTION_ROWS "ROW"

/* A rule: identifiers of one kind are kept for some months after a day. Of several rules that fit,
 * the entity's own comes first, then the one that names the kind. */
typedef struct
{
  gint64 id;
  char  *unit;         /* VI, PE, EV, or CC_RETENTION_ROWS */
  char  *kind;         /* name of an identifier (phone ...); "*" = every kind */
  gint64 entity;       /* 0 = every entity */
  int    months;       /* from 1 */
  char  *counted_from; /* received, last-contact, case-closed */
} CcRetentionRule;

/* Reads what the history notes of a rule; FALSE where the text says none. rule: (out
 * caller-allocates): id and entity stay 0, as they are not noted; free unit, kind and counted_from
 * with cc_retention_rule_clear () */
gboolean cc_retention_rule_read (const char *noted, CcRetentionRule *rule);
void     cc_retention_rule_clear (CcRetentionRule *rule);

/* One record, or one raw row, whose time is over. */
typedef struct
{
  gint64 rule;   /* 0: it was sent again after it had been removed */
  gint64 record; /* 0 where it is a raw row of no record */
  gint64 source_row;
  guint8 uuid[16];
  char  *unit;
  char  *entity;  /* key of the reporting entity; NULL where none */
  char **kinds;   /* of its identifiers, sorted */
  CcDay  counted; /* the day its period was counted from; CC_DAY_NONE with rule 0 */
} CcRetentionDue;

/* What is due of one kind of record and one agency. */
typedef struct
{
  char      *unit;     /* VI, PE, EV, or CC_RETENTION_ROWS */
  char      *entity;   /* name of the agency; NULL: entered by hand */
  gboolean   returned; /* sent again after it had been removed */
  guint      n;        /* records, or raw rows */
  CcInterval counted;  /* from the first to the last day that periods were counted from */
  GPtrArray *goes;     /* char *: kinds of identifier that are due, sorted */
  GPtrArray *stays;    /* char *: other kinds that these records have, sorted */
} CcRetentionGroup;

/* What a removal did. */
typedef struct
{
  gint64   act;         /* its number in the history; 0 where nothing was due */
  gint64   records;     /* that lost identifiers */
  gint64   identifiers; /* replaced by the mark */
  gint64   rows;        /* raw rows emptied */
  gint64   changes;     /* of the history whose content was removed */
  gboolean compacted;   /* FALSE: freed pages are overwritten, and given back on the next opening */
} CcPurgeResult;

void cc_retention_rule_free (CcRetentionRule *self);
void cc_retention_due_free (CcRetentionDue *self);
void cc_retention_group_free (CcRetentionGroup *self);

/* Adds a rule, or changes that of the same unit, kind and entity. Sets rule->id. CC_ERROR_USAGE
 * where unit, kind or day are not known. */
gboolean cc_act_set_retention (CcAct *act, CcRetentionRule *rule, GError **error);
gboolean cc_act_remove_retention (CcAct *act, gint64 id, GError **error);

/* Element-type CcRetentionRule, by unit, kind and entity. */
GPtrArray *cc_retention_list (CcConnection *connection, GError **error);

/* Element-type CcRetentionDue, by record. undated: (out) (optional): records that a rule fits and
 * whose period cannot be counted, such as an open case. */
GPtrArray *cc_retention_list_due (CcCaseFile   *file,
                                  CcConnection *connection,
                                  CcDay         today,
                                  gint64       *undated,
                                  GError      **error);

/* due: (element-type CcRetentionDue). Returns: (transfer full): element-type CcRetentionGroup, by
 * agency and kind of record. */
GPtrArray *cc_retention_group_due (CcConnection *connection, GPtrArray *due, GError **error);

/* Removes all that is due, in one act “purge” that cannot be taken back, and compacts the file. Not
 * on a main loop. Cancelled, nothing is removed. Backups made before still hold it. */
gboolean cc_retention_purge (CcCaseFile    *file,
                             CcDay          today,
                             CcProgress    *progress,
                             CcPurgeResult *result,
                             GError       **error);

/* The same for every identifier of one record, whose person may lawfully ask for that. reason:
 * (nullable): noted in the history; it must not name the person. */
gboolean cc_retention_withdraw (CcCaseFile    *file,
                                gint64         record,
                                const char    *reason,
                                CcProgress    *progress,
                                CcPurgeResult *result,
                                GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRetentionRule, cc_retention_rule_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRetentionDue, cc_retention_due_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRetentionGroup, cc_retention_group_free)

G_END_DECLS
