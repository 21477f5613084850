/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-difference.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* What a delivery that comes or goes changes, in words. */

/* "Persons Who Changed" */
const char *cc_import_title_difference (CcDifferenceKind kind, gboolean cases);

/* (transfer full) (nullable): a line for each of the first persons or cases, value by value; NULL
 * where there are none. */
char *cc_import_describe_difference (CcSession          *session,
                                     const CcDifference *difference,
                                     CcDifferenceKind    kind,
                                     gboolean            cases);
/* (transfer full): the same for rows that are only named. */
char *cc_import_describe_rows (CcSession *session, GPtrArray *rows, gint64 n_all);

/* (transfer full) (nullable): all kinds under each other, as markup for a dialog. */
char *cc_import_describe_all (CcSession *session, const CcDifference *difference);

G_END_DECLS
