/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-linkage.h>
#include <cc/store/cc-connection.h>

G_BEGIN_DECLS

/* The records of one unit, prepared. Records without names, or whose names may not be used (basis),
 * take part with what they have; aggregates and withdrawn ones do not. progress: nullable, phase
 * "progress.prepare"; it also cancels. */
CcLinkTable *cc_link_prepare (CcCaseFile   *file,
                              CcConnection *connection,
                              const char   *unit,
                              CcProgress   *progress,
                              GError      **error);

/* Position of a record in a table ordered by record id, -1 where it is not in it. */
int cc_link_find_record (CcLinkTable *table, gint64 record);

/* A pair of event records of which one names the other's case number. */
typedef struct
{
  gint64 a; /* a < b */
  gint64 b;
  double probability;
} CcLinkReference;

GArray *cc_link_find_references (CcConnection *connection, guint *n_records, GError **error);

/* The unit of a record as an abbreviation; NULL with CC_ERROR_NOT_FOUND. */
char *cc_link_find_kind (CcConnection *connection, gint64 record, GError **error);

/* Takes the proposals on a pair off the queue. */
gboolean cc_link_close_proposals (CcConnection *connection, gint64 a, gint64 b, GError **error);

guint       cc_link_count_clusters (CcConnection *connection, const char *kind, GError **error);
const char *cc_link_get_kind (CcCaseFile *file, const char *unit, GError **error);

G_END_DECLS
