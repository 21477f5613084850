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

/* A case file was opened: remembers country and practice mark of one of the library for the start
 * page, and goes on with what it was opened for. */
void cc_window_files_opened (CcWindow *window);

/* Adds win.open; win.open-here, which lets choose what the visible page takes, else a case file,
 * too; win.save-copy, win.package, which hands a part on, win.merge, which brings a package or
 * another copy in, and win.classification. win.package-of and win.brought-in take the path of a
 * file of the library: it is opened to hand a part of it on, or because it was just brought in. */
void cc_window_files_add_actions (CcWindow *window);

G_END_DECLS
