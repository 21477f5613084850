/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-page.h"
#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_SHELL (cc_shell_get_type ())
G_DECLARE_FINAL_TYPE (CcShell, cc_shell, CC, SHELL, AdwBin)

/* An open case file: the sidebar with its pages, and the page chosen. */
void        cc_shell_set_session (CcShell *self, CcSession *session, const char *file_name);
void        cc_shell_set_trying (CcShell *self, gboolean trying);
gboolean    cc_shell_show_page (CcShell *self, const char *name);
gboolean    cc_shell_go (CcShell *self, const char *name, const char *target);
void        cc_shell_go_back (CcShell *self);
gboolean    cc_shell_open_files (CcShell *self);
const char *cc_shell_get_page (CcShell *self);
void        cc_shell_refresh (CcShell *self);
void        cc_shell_undo (CcShell *self, gint64 seq);
void        cc_shell_redo (CcShell *self);
void        cc_shell_toggle_sidebar (CcShell *self);
void        cc_shell_popup_menu (CcShell *self);

/* Over all pages: the visible one is not the only one with something in it. */
gboolean cc_shell_ask_unsaved (CcShell *self, CcPageFunc go_on, gpointer user_data);
void     cc_shell_keep_unsaved (CcShell *self);
CcKept   cc_shell_get_kept (CcShell *self);
guint    cc_shell_count_waiting (CcShell *self);
void     cc_shell_tell_forgotten (CcShell *self, guint n);
gboolean cc_shell_take_apart (CcShell *self);

G_END_DECLS
