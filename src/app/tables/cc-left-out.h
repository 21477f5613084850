/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/stats/cc-count.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* Who is in the case file and not in a counted table, and why. The overview counts everybody, a
 * table whoever meets its condition at a date in its periods; both say the difference in the same
 * words. */
typedef struct
{
  gint64   all;     /* persons (cases) that the table looked at */
  gint64   counted; /* in its periods together */
  gint64   filtered;
  gint64   undated;
  gint64   roughly; /* dated, but not to one period */
  gint64   elsewhen;
  gboolean by_status; /* the condition asks for identified or presumed victims */
} CcLeftOut;

void cc_left_out_read (CcLeftOut *self, const CcTableResult *result);

/* Whether the condition of a table is that persons are identified or presumed as victims. */
gboolean cc_left_out_asks_for_status (const CcTableDefinition *table);

/* Whether the table counts fewer, and the overview counts what it counts. */
gboolean cc_left_out_is_worth_saying (const CcLeftOut *self, const CcTableResult *result);

/* "4 are neither identified nor presumed as victims, 3 have no known date". Free it. */
char *cc_left_out_list_reasons (CcSession *session, const CcLeftOut *self);

/* The cell of everybody whom the table counts. FALSE where it has none. */
gboolean cc_left_out_find_total (const CcTableResult *result, guint *row, guint *col);

G_END_DECLS
