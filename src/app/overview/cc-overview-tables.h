/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"
#include "tables/cc-left-out.h"

G_BEGIN_DECLS

/* What the tables make of the persons whom the overview counts: the standard table of victims by
 * year, with the years that it has when it is opened. */
typedef struct
{
  CcLeftOut  left_out;
  CcInterval years; /* unknown where no victim has a date yet */
} CcOverviewTables;

void              cc_overview_tables_load_async (CcSession          *session,
                                                 GCancellable       *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer            user_data);
CcOverviewTables *cc_overview_tables_load_finish (GAsyncResult *result, GError **error);

/* "Persons not in the tables of 2021–2024". Free it, as the other. */
char *cc_overview_tables_describe_title (CcSession *session, const CcOverviewTables *self);

/* "The tables count 13 of these 20 persons: 4 are neither identified nor presumed as victims" */
char *cc_overview_tables_describe_reasons (CcSession *session, const CcOverviewTables *self);

G_END_DECLS
