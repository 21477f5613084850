/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/stats/cc-bounds.h>
#include <cc/stats/cc-count.h>
#include <cc/store/cc-figures.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* What the overview says about a case file, read in another thread. */
typedef struct
{
  CcPersonBounds victims;
  CcPersonBounds perpetrators;
  CcPersonBounds events;
  CcFigures      held;

  gint64 victim_questions; /* as the queue of duplicates asks them */
  gint64 perpetrator_questions;
  gint64 event_questions;
  gint64 conflicts; /* answers of a merge that wait */

  GPtrArray *returns;  /* CcReturns *, those with gaps first */
  gint64     expected; /* sums over them */
  gint64     received;
  gint64     nil;
  gint64     missing;

  GPtrArray *chart_ids; /* char *: the charts to show */
  GArray    *periods;   /* CcPeriod: the years they show; empty without dates */
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
