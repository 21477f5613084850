/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-exchange.h>

#include "cc-act-private.h"
#include "cc-lineage-private.h"
#include "cc-row-image-private.h"

G_BEGIN_DECLS

/* One merge under way, inside its act. "Here" is the file that receives, "there" the one that is
 * brought in, which is only read. */
typedef struct
{
  CcAct         *act;
  CcCaseFile    *here_file;
  CcCaseFile    *there_file;
  CcConnection  *here;
  CcConnection  *there;
  CcLineage     *here_line;
  CcLineage     *there_line;
  gint64         here_seen;  /* place up to which the other file has seen this one */
  gint64         there_seen; /* place up to which this file has seen the other */
  CcTouches     *here_touches;
  CcTouches     *there_touches;
  GHashTable    *maps;   /* name of a kind of row to GHashTable: id there to id here */
  GHashTable    *added;  /* record ids here that this merge brought */
  GArray        *judged; /* gint64, two by two: pairs here that the sides judged differently */
  CcMergeResult *result;
  CcProgress    *progress;
} CcMerge;

/* Ids there to ids here, by kind: entity, code, variable, submission, record ... */
GHashTable *cc_merge_get_map (CcMerge *self, const char *kind);
void        cc_merge_map (CcMerge *self, const char *kind, gint64 there, gint64 here);
gint64      cc_merge_find (CcMerge *self, const char *kind, gint64 there);

/* The steps, in this order. */
gboolean cc_merge_codes (CcMerge *self, GError **error);
gboolean cc_merge_rows (CcMerge *self, gboolean before_records, GError **error);
gboolean cc_merge_source_rows (CcMerge *self, GError **error);
gboolean cc_merge_records (CcMerge *self, GError **error);
gboolean cc_merge_decisions (CcMerge *self, GError **error);
gboolean cc_merge_persons (CcMerge *self, GError **error);

/* A step of cc_merge_persons (). */
gboolean cc_merge_follow_verdicts (CcMerge *self, GError **error);

/* How a table takes part in merging: NULL for one that nobody has thought of. */
const char *cc_merge_get_rule (const char *table);

/* TRUE where what was changed there is newer; equal times are decided by the texts, so that both
 * sides decide alike. */
gboolean
cc_merge_is_newer (gint64 theirs, gint64 mine, const char *their_text, const char *my_text);

/* Values of one variable of one record as the queue of conflicts keeps them. */
char      *cc_values_to_image (GPtrArray *values);
GPtrArray *cc_values_from_image (CcPack *pack, const CcVariable *variable, const char *image);
GPtrArray *cc_record_collect (CcRecord *record, const CcVariable *variable);

/* Queues a conflict. Fields that do not apply are 0 or NULL; the texts are what each side has. */
typedef struct
{
  CcConflictKind kind;
  gint64         record;
  const char    *variable;
  const char    *table;
  const char    *key;  /* of the row here, as literals */
  const char    *name; /* of the row in words */
  const char    *mine;
  const char    *theirs;
  gint64         mine_time;
  gint64         theirs_time;
  gboolean       kept_theirs;
} CcConflictEntry;

gboolean cc_merge_add_conflict (CcMerge *self, const CcConflictEntry *entry, GError **error);

/* Has the pairs judged (gint64, two by two) be what the verdicts that stand say. */
gboolean cc_act_heed_verdicts (CcAct *act, GArray *judged, GError **error);

/* Parts those of a group that are one though it stands that they are not. */
gboolean cc_act_part_barred (CcAct *act, GArray *group, GError **error);

/* Has the records of a group be one person or event of their own. */
gboolean cc_act_group_records (CcAct *act, GArray *records, guint *n_moved, GError **error);

G_END_DECLS
