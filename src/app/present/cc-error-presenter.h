/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How every page says that something failed: what happened, what was kept, what to do. Cancelling
 * is no failure and is passed over. */

/* A dialog over the window of `near`. heading says what could not be done, in Header Capitals:
 * "The Case Could Not Be Saved". While a dialog tells of a cause, no second one tells of it: damage
 * of the case file is one cause, whatever it keeps from being read. error is borrowed. */
void cc_present_error (GtkWidget *near, const char *heading, const GError *error);

/* A part of a window goes, with the case file that it showed: the dialogs over it go, and what
 * fails in it from now on is not told any more. */
void cc_present_no_more_errors (GtkWidget *part);

/* The same as one text, for a place in a page. Free it. */
char *cc_describe_error (const GError *error);

G_END_DECLS
