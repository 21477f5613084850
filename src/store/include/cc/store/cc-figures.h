/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>
#include <cc/store/cc-connection.h>

G_BEGIN_DECLS

/* What a case file holds and what waits in it, in numbers. */

typedef struct
{
  gint64 n_victims; /* live records */
  gint64 n_perpetrators;
  gint64 n_events;
  gint64 n_sources; /* entities that have victim records */

  gint64 parked;   /* rows of live deliveries that were set aside */
  gint64 unmapped; /* open findings about values without a code */
  gint64 errors;   /* open findings of the other kinds */
  gint64 warnings;
  gint64 notes;
} CcFigures;

/* What one reporting entity owes and sent. */
typedef struct
{
  gint64        entity;
  char         *key;
  char         *name;
  const CcCode *type;
  gint64        expected;  /* periods */
  gint64        missing;   /* expected periods that no live delivery touches */
  gint64        received;  /* live deliveries with rows */
  gint64        nil;       /* live nil returns */
  gint64        last_time; /* Unix seconds of the latest of both; 0 where there is none */
  gint64        n_records; /* live victim, perpetrator and event records */
} CcReturns;

/* Live records of one unit. */
typedef struct
{
  const CcUnit *unit;
  gint64        n;
} CcUnitCount;

gboolean cc_figures_read (CcConnection *connection, CcFigures *figures, GError **error);

/* Element-type CcReturns: those with gaps first, then by name. */
GPtrArray *cc_returns_list (CcCaseFile *file, CcConnection *connection, GError **error);
void       cc_returns_free (CcReturns *self);

/* Element-type CcUnitCount: units that have live records, by abbreviation. */
GArray *cc_figures_count_units (CcCaseFile *file, CcConnection *connection, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcReturns, cc_returns_free)

G_END_DECLS
