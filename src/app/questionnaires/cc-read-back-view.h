/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cc-session.h"

#include <cc/report/cc-read-back.h>

G_BEGIN_DECLS

/* Asks for a workbook of ours and lists what in it differs from the case file. Nothing is stored:
 * a person decides what to do about it. */
void cc_read_back_run (GtkWidget *near, CcSession *session);

/* Sentences; all transfer full. */
char *cc_read_back_describe (CcSession *session, const CcReadBack *back);
char *cc_read_back_describe_place (const CcReadChange *change);
char *cc_read_back_describe_change (CcSession *session, const CcReadChange *change);

G_END_DECLS
