/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/cc-shell.h"

/* Closes a window: it is gone for the user at once, and what it showed is taken away page by page,
 * so that nothing else is held up. The program stays until then.
 *
 * shell: (nullable): what the window shows of a case file */
void cc_window_leave (GtkWindow *window, CcShell *shell);

/* Takes apart what no window shows any more of a case file, page by page, and then out of the stack
 * that it is in. The program stays until then. */
void cc_window_let_go_of (CcShell *shell);

/* Dialogs over a window show data, too. */
void cc_window_destroy_dialogs (GtkWindow *window);
