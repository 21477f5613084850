/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/stats/cc-bounds.h>
#include <cc/stats/cc-count.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* What one reporting entity owes and sent. */
typedef struct
{
  char  *name;
  char  *type; /* in the window's language */
  gint64 expected;
  gint64 received; /* deliveries with rows */
  gint64 nil;      /* nil returns */
  gint64 missing;  /* expected periods that nothing covers */
} CcOverviewDelivery;

/* What the overview says about a case file, read in another thread. */
typedef struct
{
  CcPersonBounds victims;
  CcPersonBounds perpetrators;
  CcPersonBounds events;
  gint64         n_victim_records;
  gint64         n_perpetrator_records;
  gint64         n_event_records;
  gint64         n_sources; /* entities that have victim records */

  GPtrArray *deliveries; /* CcOverviewDelivery *, those with gaps first */
  gint64     expected;
  gint64     received;
  gint64     nil;
  gint64     missing;

  gint64 victim_pairs; /* of records, waiting for a decision */
  gint64 perpetrator_pairs;
  gint64 event_pairs;
  gint64 parked; /* rows that could not be taken in yet */
  gint64 errors; /* open findings */
  gint64 warnings;
  gint64 notes;

  GPtrArray *chart_ids; /* char * */
  GArray    *periods;   /* CcPeriod: the years the charts show; empty without dates */
} CcOverviewFigures;

void               cc_overview_figures_load_async (CcSession          *session,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
CcOverviewFigures *cc_overview_figures_load_finish (GAsyncResult *result, GError **error);
CcOverviewFigures      *
cc_overview_figures_load (CcSession *session, GCancellable *cancellable, GError **error);
void cc_overview_figures_free (CcOverviewFigures *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcOverviewFigures, cc_overview_figures_free)

G_END_DECLS
