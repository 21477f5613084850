/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-history.h>

G_BEGIN_DECLS

/* Records named in one sentence. */
#define CC_HISTORY_N_NAMED 4

/* Whom an act about persons is about. */
typedef struct
{
  CcHistoryParty *apart;  /* of a verdict on one against the others: that one; else NULL */
  GPtrArray      *named;  /* CcHistoryParty *: the first ones, in order; without `apart` */
  gint64          n;      /* all of those */
  gint64          person; /* that they are now, or were; 0 where there are several */
  gint64          n_persons;
} CcHistoryParties;

void cc_history_parties_free (CcHistoryParties *self);

/* Returns: (nullable): what a record is known by, where it is one of those named */
const CcHistoryParty *cc_history_parties_find (const CcHistoryParties *self, gint64 record);

/* changes: (element-type CcHistoryChange): all of the act. joined: persons became one; with all
 * records that they had. parted: records left a person; those that left alone. Else the records
 * that were decided upon. */
CcHistoryParties *cc_history_parties_load (CcConnection *connection,
                                           gint64        seq,
                                           GPtrArray    *changes,
                                           gboolean      joined,
                                           gboolean      parted,
                                           GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryParties, cc_history_parties_free)

G_END_DECLS
