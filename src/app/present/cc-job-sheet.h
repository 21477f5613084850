/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <cc/base/cc-progress.h>

G_BEGIN_DECLS

#define CC_TYPE_JOB_SHEET (cc_job_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CcJobSheet, cc_job_sheet, CC, JOB_SHEET, AdwWindow)

/* What the user sees of long work: phase, counts, rate, time left, and a button to cancel. */
CcJobSheet *cc_job_sheet_new (const char *title, GCancellable *cancellable);
void        cc_job_sheet_show (CcJobSheet *self, GtkWindow *parent);

/* A CcProgressFunc: may be called from any thread as long as the caller holds the sheet. */
void cc_job_sheet_tell (const CcProgressState *state, gpointer sheet);

G_END_DECLS
