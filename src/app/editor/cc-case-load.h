/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session-work.h"

G_BEGIN_DECLS

/* What the editor reads before it shows a case. */
typedef struct
{
  GPtrArray *records;  /* CcCaseRecord; NULL for a new case */
  GPtrArray *entities; /* CcEntity */
  GPtrArray *findings; /* CcFinding: open ones of imports about persons and events of the case */
  gboolean   cut;      /* the case has more records than are shown */
} CcCaseLoad;

void cc_case_load_free (gpointer self);

/* A CcReadFunc; data points to the record's id, 0 for a new case. */
gpointer cc_case_load_run (CcSession    *session,
                           CcConnection *connection,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error);

G_END_DECLS
