/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A short message at the foot of the window of `near`, for what went well. */
void cc_present_toast (GtkWidget *near, const char *text);

/* The same for what must not be missed: it stays until it is closed. */
void cc_present_notice (GtkWidget *near, const char *text);

/* The same with a button that takes act number seq of the audit chain back. */
void cc_present_undo (GtkWidget *near, const char *text, gint64 seq);

/* Sends away a toast that offers Undo: what it would take back is being taken back otherwise, or
 * its case file closes. */
void cc_present_withdraw_undo (GtkWidget *near);

G_END_DECLS
