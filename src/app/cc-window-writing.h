/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-window.h"

G_BEGIN_DECLS

/* From a file that is open for reading only to one that can be worked in: win.try-writing opens it
 * for writing where nobody else does; win.ask-again asks for the passphrase of the file that took
 * its place. */
void cc_window_writing_add_actions (CcWindow *window);

G_END_DECLS
