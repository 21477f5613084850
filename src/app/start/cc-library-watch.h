/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CC_TYPE_LIBRARY_WATCH (cc_library_watch_get_type ())
G_DECLARE_FINAL_TYPE (CcLibraryWatch, cc_library_watch, CC, LIBRARY_WATCH, GObject)

/* Tells when the list of the library may say something else: a case file came, went, was changed,
 * opened, closed or backed up, by this program or another. The signal "changed" comes once things
 * have been quiet for a moment, and now and then while they are not; what it is about is for
 * whoever listens to read. Nothing blocks the main loop. */
CcLibraryWatch *cc_library_watch_new (void);

/* Begins to watch; "changed" comes when it does, because something may have happened before. */
void cc_library_watch_start (CcLibraryWatch *self);
void cc_library_watch_stop (CcLibraryWatch *self);

/* Whether a file of the list is open. A program that is killed lets go of its lock without a trace
 * in the folder, so "changed" then comes every few seconds, each time only after this was called
 * anew. */
void cc_library_watch_set_in_use (CcLibraryWatch *self, gboolean in_use);

G_END_DECLS
