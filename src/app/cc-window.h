/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"
#include "shell/cc-page.h"

G_BEGIN_DECLS

#define CC_TYPE_WINDOW (cc_window_get_type ())
G_DECLARE_FINAL_TYPE (CcWindow, cc_window, CC, WINDOW, AdwApplicationWindow)

/* One window: the start page and its forms, the passphrase page, or an open case file.
 * Actions: win.new-file, win.open, win.bring-in, win.practice-country, win.show-start; of an open
 * case file win.page, win.go, win.refresh, win.toggle-sidebar; win.show-menu. */
CcWindow *cc_window_new (GtkApplication *application);

/* Asks for the passphrase of a file and then shows it. A window that shows a case file already
 * opens another window. */
void cc_window_open (CcWindow *self, GFile *file);

/* The same for a file that was locked or is open: page (nullable) is shown after it is unlocked,
 * and notice (nullable) says why the passphrase is asked for. kept and n_waiting are what the
 * window told of itself when it was locked: its user hears of it. */
void cc_window_reopen (CcWindow   *self,
                       GFile      *file,
                       const char *page,
                       const char *notice,
                       CcKept      kept,
                       guint       n_waiting);

/* After cc_window_reopen(): the file was opened for writing already; only who works in it is asked.
 */
void cc_window_sign_in (CcWindow *self, CcSession *session);

/* Copies a case file into the library and opens it; a window that shows a case file opens another
 * window for it. */
void cc_window_bring_in (CcWindow *self, GFile *file);

/* TRUE where the window shows this file or asks for its passphrase. */
gboolean cc_window_shows (CcWindow *self, GFile *file);

/* Returns: (transfer none) (nullable): the file of cc_window_shows(). */
GFile *cc_window_get_file (CcWindow *self);

/* Returns: (transfer none) (nullable): of the case file that is open in it; and its page. */
CcSession  *cc_window_get_session (CcWindow *self);
const char *cc_window_get_page (CcWindow *self);

/* Lets choose the files that the visible page takes. FALSE where it takes none. */
gboolean cc_window_open_files (CcWindow *self);

/* Asks what to do with what was typed and not saved, if there is something; then go_on is called,
 * or never. FALSE: there is nothing. */
gboolean cc_window_ask_unsaved (CcWindow *self, CcPageFunc go_on, gpointer user_data);

/* Saves it without asking, as far as it can be stored; how that ended; and the number of files that
 * wait to be read in, which locking forgets. */
void   cc_window_keep_unsaved (CcWindow *self);
CcKept cc_window_get_kept (CcWindow *self);
guint  cc_window_count_waiting (CcWindow *self);

/* Lets go of the case file and hides everything of it, while it is closed in the background. */
void     cc_window_lock (CcWindow *self);
gboolean cc_window_is_locking (CcWindow *self);

/* Remembers size and page for the next time. */
void cc_window_save_state (CcWindow *self);

/* The same, and closes the window without asking about anything unsaved. */
void cc_window_close (CcWindow *self);

G_END_DECLS
