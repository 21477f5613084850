/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <cc/linkage/cc-review.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_COMPARE_VIEW (cc_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (CcCompareView, cc_compare_view, CC, COMPARE_VIEW, GtkWidget)

/* Records beside each other as columns, their fields as rows in groups. Equal values are quiet;
 * what differs is marked by letter, by a sign and by a word. Where there is no room the name of a
 * field stands above its values.
 *
 * Actions of a column's menu, with its index: compare.take-out, compare.show-person,
 * compare.show-record; of a field's menu, with field and record (0: the rule):
 * compare.choose. Whoever embeds the view provides them. */
CcCompareView *cc_compare_view_new (void);

/* rows: of cc_record_compare() over the records; both are used during the call alone. */
void cc_compare_view_set_records (CcCompareView *self,
                                  CcSession     *session,
                                  GPtrArray     *records,
                                  GPtrArray     *rows);

/* The same for one person: with rules and the values that count. */
void
cc_compare_view_set_person (CcCompareView *self, CcSession *session, const CcReviewPerson *person);
void cc_compare_view_clear (CcCompareView *self);

/* The column that "take out" means; -1 where none is marked. */
void cc_compare_view_set_selected (CcCompareView *self, int column);
int  cc_compare_view_get_selected (CcCompareView *self);

guint cc_compare_view_get_n_rows (CcCompareView *self);

G_END_DECLS
