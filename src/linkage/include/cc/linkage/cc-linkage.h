/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>
#include <cc/linkage/cc-link-engine.h>
#include <cc/store/cc-case-file.h>
#include <cc/store/cc-decision.h>

G_BEGIN_DECLS

/* Linkage of a case file. `unit` is "victim", "perpetrator" or "event": each is a space of its own.
 */

/* What a run did. The numbers of persons are clusters after the run: at most as many as there are
 * now, at least as many as would be left if every open pair were one. */
typedef struct
{
  guint   records;
  guint64 pairs_compared;
  guint   proposals; /* open after the run */
  guint   joined;    /* pairs joined by the accept level */
  guint   clusters;
  guint  clusters_before; /* the same before the run; fewer: joins of earlier runs were dissolved */
  guint  persons_low;
  guint  persons_high;
  double seconds;
  double peak_mib;     /* of the process, 0 where not known */
  guint64 lost_pairs;  /* in blocks too large to compare: reported, never silent */
  guint   undecidable; /* records that say too little to tell whose they are: no pair of theirs
                          waits, and each is counted as one */
} CcLinkCounts;

gboolean cc_link_run (CcCaseFile         *file,
                      const char         *unit,
                      const CcLinkParams *params,
                      CcProgress         *progress,
                      CcLinkCounts       *counts,
                      GError            **error);

/* One pair that waits for a person. */
typedef struct
{
  gint64   proposal;
  gint64   a; /* records */
  gint64   b;
  guint8   uuid_a[16];
  guint8   uuid_b[16];
  gint64   cluster_a;
  gint64   cluster_b;
  double   weight; /* bits */
  double   probability;
  guint64  levels;
  gboolean undecided; /* a person looked and could not tell */
  gboolean changed;   /* decided before, but a record has changed since */
} CcLinkItem;

/* Element-type CcLinkItem; most probable first. */
GPtrArray *
cc_link_queue (CcCaseFile *file, const char *unit, double low, double high, GError **error);

/* Why two records look alike: one comparison, its outcome and what it weighs. */
typedef struct
{
  char  *comparison; /* name, birth, alias, father, sex, source, or a column of the model */
  char  *outcome;    /* a stable word, such as "equal", "variant", "same-year" */
  double bits;
} CcLinkReason;

/* Element-type CcLinkReason; the last, "rarity", is how rare the values are that agree. */
GPtrArray *cc_link_explain (CcCaseFile *file, const char *unit, gint64 a, gint64 b, GError **error);
void       cc_link_reason_free (CcLinkReason *self);

/* A person's verdict on two records; joins or splits their clusters in the same act. Gives the
 * number of clusters of the unit afterwards. */
gboolean cc_link_decide (CcCaseFile   *file,
                         const guint8  uuid_a[16],
                         const guint8  uuid_b[16],
                         CcVerdict     verdict,
                         const char   *reason,
                         guint        *persons,
                         GCancellable *cancellable,
                         GError      **error);

/* Many verdicts at once: the records of each group are one, those of different groups are not. */
typedef struct
{
  guint8  uuid[16];
  guint32 group;
} CcLinkMember;

gboolean cc_link_impose (CcCaseFile         *file,
                         const char         *unit,
                         const CcLinkMember *members,
                         guint               n_members,
                         const char         *reason,
                         guint              *persons,
                         GCancellable       *cancellable,
                         GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkReason, cc_link_reason_free)

G_END_DECLS
