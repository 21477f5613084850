/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-act.h>

#include "cc-case-draft.h"

G_BEGIN_DECLS

/* What saving a draft will do, taken from it at one moment, so that the act can run on the writer
 * thread while the form stays what it is. */
typedef struct _CcCaseSave CcCaseSave;

CcCaseSave *cc_case_save_new (CcCaseDraft *draft);
void        cc_case_save_free (gpointer self);

/* A CcActFunc over a CcCaseSave: all changed records of the case in one act, deleted ones
 * withdrawn, the findings of the checks anew. */
gboolean cc_case_save_run (CcAct *act, gpointer self, GError **error);

/* How many records are written or withdrawn; 0: there is nothing to save. */
guint cc_case_save_get_n (CcCaseSave *self);

/* After the act: the id that the unit's record got; 0 where it was not stored. */
gint64 cc_case_save_get_id (CcCaseSave *self, CcDraftUnit *unit);

/* After the act: a record by which the case can be opened again, 0 where nothing is left of it. */
gint64 cc_case_save_get_any (CcCaseSave *self);

/* Whether a unit of the draft would be stored: empty ones are not, unless something hangs on them.
 */
gboolean cc_case_save_keeps (CcCaseDraft *draft, CcDraftUnit *unit);

G_END_DECLS
