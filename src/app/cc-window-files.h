/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-session.h"
#include "cc-window.h"

G_BEGIN_DECLS

/* How case files come to a window. */

/* Asks for a case file anywhere, which is brought into the library; one of the library is opened.
 */
void cc_window_files_choose (CcWindow *window);

/* Asks for a place and saves a copy of the open case file there, while it stays in use. */
void cc_window_files_save_copy (CcWindow *window);

/* Remembers the country and the practice mark of a file of the library for the start page; files
 * elsewhere are passed over. */
void cc_window_files_note (GFile *file, CcSession *session);

/* Adds win.save-copy, and win.merge, which brings a package or another copy in. */
void cc_window_files_add_actions (CcWindow *window);

G_END_DECLS
