/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* From now on this program neither adds to the desktop's list of recent documents, where names and
 * places of case files and of what is read and written would stay, nor takes anything out of it. */
void cc_recent_files_stop (void);
