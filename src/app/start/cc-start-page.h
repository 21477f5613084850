/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_START_PAGE (cc_start_page_get_type ())
G_DECLARE_FINAL_TYPE (CcStartPage, cc_start_page, CC, START_PAGE, AdwBin)

/* What the window shows without a case file: the library, or what to do first.
 * Signal "open-file" (GFile). Actions: start.refresh; with a path of the library as target
 * start.open, start.save-copy, start.rename, start.remove. */
void cc_start_page_refresh (CcStartPage *self);

/* Copies a case file from anywhere into the library and opens it. */
void cc_start_page_bring_in (CcStartPage *self, GFile *file);

void cc_start_page_popup_menu (CcStartPage *self);

G_END_DECLS
