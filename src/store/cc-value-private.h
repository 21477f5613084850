/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>

#include "cc-act-private.h"
#include "cc-unit-plan-private.h"

G_BEGIN_DECLS

/* The values of a record as they are stored: those that say something, ordered by the variable's
 * place in the pack, several of one identifier in the order given. */
GPtrArray *cc_record_get_stated (CcRecord *record);

/* Whether the text beside a value is kept: the text of a date always, elsewhere only where it says
 * more than the value does. The raw cell stands in source_row anyway. */
gboolean    cc_value_keeps_text (const CcValue *value);
gboolean    cc_value_is_code (const CcVariable *variable);
char       *cc_value_to_log (const CcValue *value);
const char *cc_no_value_letter (CcNoValue no_value);
CcNoValue   cc_no_value_from_letter (const char *letter);

#define CC_CONTENT_SIZE 16

/* What the store compares to tell "updated" from "unchanged". digest: begun anew here; stated: in
 * the order that counts. */
void cc_record_digest (CcDigest     *digest,
                       CcDictionary *dictionary,
                       CcRecord     *record,
                       GPtrArray    *stated,
                       guint8        content[CC_CONTENT_SIZE]);

/* The tables that hold what has no column in the table of a record's unit. */
typedef enum
{
  CC_AROUND_NO_VALUE,
  CC_AROUND_ANSWER,
  CC_AROUND_MULTI_VALUE,
  CC_AROUND_EXTRA_VALUE,
  CC_AROUND_IDENTIFIER,
  CC_N_AROUND,
} CcAround;

/* How many rows of each the value has; added to n. */
void cc_value_count_rows (const CcValue *value, guint n[CC_N_AROUND]);

/* Whether the record stands in its unit's table as the program would write it, neither more nor
 * less. match: of the plan's match_sql */
gboolean cc_store_match_row (CcCaseFile       *file,
                             CcStatement      *match,
                             const CcUnitPlan *plan,
                             CcRecord         *record,
                             GPtrArray        *stated,
                             gboolean         *matches,
                             GError          **error);

gboolean cc_act_write_values (CcAct            *self,
                              const CcUnitPlan *plan,
                              CcRecord         *record,
                              GPtrArray        *stated,
                              GError          **error);
gboolean cc_act_clear_values (CcAct *self, const CcUnitPlan *plan, gint64 record, GError **error);
gboolean cc_act_mark_affected (CcAct            *self,
                               const CcUnitPlan *plan,
                               gint64            record,
                               const gint64      parents[2],
                               gboolean          is_new,
                               GError          **error);

G_END_DECLS
