/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/stats/cc-count.h>

G_BEGIN_DECLS

/* What a person types into a questionnaire: boxes of forms (cover, law), texts of the metadata
 * boxes, figures of tables that are not counted, and figures that replace a counted one.
 * questionnaire_answer keeps them: tbl is the table id, "@form" or "@meta"; cell is
 * "ROW,PERIOD;COL" of a table (codes; "ROW,PERIOD" where the period is the only column axis, and
 * "ROW,COL" where there is none), the name of the field, or the name of the metadata box. */
#define CC_ANSWER_FORM "@form"
#define CC_ANSWER_META "@meta"

/* Stores one answer as one act; value NULL removes it. reason may be NULL for forms and metadata
 * boxes; a figure of a table needs one (CC_ERROR_USAGE). */
gboolean cc_answer_set (CcCaseFile *file,
                        const char *questionnaire,
                        CcInterval  periods, /* from the first to the last day asked */
                        const char *table,
                        const char *cell,
                        const char *value,
                        const char *reason,
                        GError    **error);

/* The same as part of an act of the caller's. */
typedef struct
{
  char      *questionnaire;
  CcInterval periods;
  char      *table;
  char      *cell;
  char      *value;  /* NULL removes it */
  char      *reason; /* may be NULL */
} CcAnswer;

gboolean cc_act_set_answer (CcAct *act, const CcAnswer *answer, GError **error);
void     cc_answer_free (CcAnswer *self);

/* All that was typed for a questionnaire, element-type CcAnswer: later rounds last, so that the
 * last one of a place is in force. */
GPtrArray *cc_answer_list (CcCaseFile *file, const char *questionnaire, GError **error);

/* The value in force, the latest round that has one; NULL where there is none. Free it. */
char *cc_answer_get (CcCaseFile *file,
                     const char *questionnaire,
                     const char *table,
                     const char *cell,
                     GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcAnswer, cc_answer_free)

G_END_DECLS
