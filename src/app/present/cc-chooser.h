/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a dialog for files is for: each begins in the folder that was last chosen for the same. */
typedef enum
{
  CC_CHOOSER_IMPORT,  /* what comes in: spreadsheets, workbooks, case files, packages */
  CC_CHOOSER_EXPORT,  /* what goes out: workbooks, tables, charts, practice countries */
  CC_CHOOSER_BACKUPS, /* whole case files, kept for bad days */
} CcChooserUse;

/* Shows a dialog, in the folder that was last chosen for the same use if that still exists, and
 * remembers the folder that is chosen now: the folder only, never the name of a file. To be called
 * in place of gtk_native_dialog_show (), after the caller's own "response" handler was connected.
 * The dialog comes a moment later: whether the folder exists is not looked up in the main loop. */
void cc_chooser_show (GtkFileChooserNative *chooser, CcChooserUse use);

/* Takes away the dialogs for files of a window, as if somebody had cancelled them. */
void cc_chooser_cancel (GtkWindow *window);

/* Returns: (transfer full) (nullable): the folder that is remembered, which may be gone by now. */
GFile *cc_chooser_get_folder (CcChooserUse use);

/* file: what was chosen; folder: whether it is a folder itself. Places that are no folders of this
 * computer are not remembered. */
void cc_chooser_remember (CcChooserUse use, GFile *file, gboolean folder);

G_END_DECLS
