/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-figures.h>
#include <cc/store/cc-returns.h>
#include <cc/store/cc-sent-counts.h>

#include "cc-session-work.h"

G_BEGIN_DECLS

/* What the page of agencies shows, read in another thread. */
typedef struct
{
  GPtrArray *list;    /* CcReturns *, those with gaps first */
  guint      chosen;  /* index of the one shown whole; the list may be empty */
  CcEntity  *entity;  /* it; NULL where the list is empty */
  GPtrArray *returns; /* CcReturn *, of it */
  GPtrArray *sent;    /* CcSentCounts *, of it */
} CcAgencies;

/* A CcReadFunc; data: key (char *) of the one to show, or NULL for the first. */
gpointer cc_agencies_read (CcSession    *session,
                           CcConnection *connection,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error);
void     cc_agencies_free (CcAgencies *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcAgencies, cc_agencies_free)

G_END_DECLS
