/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-secret.h>
#include <cc/store/cc-exchange.h>

#include "cc-session-work.h"

G_BEGIN_DECLS

/* What the window of packages has done in threads, and its sentences. No widgets here. */

/* What goes into a package and where it goes to. */
typedef struct
{
  CcSession *session;
  GStrv      entities; /* NULL: all */
  GStrv      units;    /* NULL: all */
  CcInterval period;
  gboolean   identifiers;
  char      *audience;
  GFile     *target;     /* NULL while it is only told what it would hold */
  CcSecret  *passphrase; /* the same */
} CcPackageRequest;

void cc_package_request_free (CcPackageRequest *self);

/* For cc_session_read_async (): a CcPackageRequest gives a CcPackageResult, for g_free (). */
gpointer cc_package_work_preview (CcSession    *session,
                                  CcConnection *connection,
                                  gpointer      request,
                                  GCancellable *cancellable,
                                  GError      **error);

/* For the same: element-type CcEntity. */
gpointer cc_package_work_agencies (CcSession    *session,
                                   CcConnection *connection,
                                   gpointer      data,
                                   GCancellable *cancellable,
                                   GError      **error);

/* For cc_job_run_async (): a CcPackageRequest gives a CcPackageResult, for g_free (). */
gpointer cc_package_work_write (CcProgress *progress, gpointer request, GError **error);

/* Returns: (transfer full): "120 victims, 30 perpetrators and 85 events" */
char *cc_package_describe_units (CcSession *session, const CcPackageResult *result);

/* Returns: (transfer full): what stays and why; "" where nothing does */
char *cc_package_describe_rest (CcSession *session, const CcPackageResult *result);

/* The form, as typed. */
typedef struct
{
  const CcPackageResult *told; /* NULL: not known yet */
  gboolean               period;
  gboolean               agencies; /* at least one */
  gboolean               units;    /* at least one */
  const char            *passphrase;
  const char            *again;
  const char            *name; /* of the case file */
  gboolean               practice;
} CcPackageValues;

/* Returns: (transfer none): the first thing that is missing; "" where nothing is. level, mismatch:
 * (out). */
const char *cc_package_rules_apply (const CcPackageValues *values, int *level, gboolean *mismatch);

G_END_DECLS
