/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CC_TYPE_START_PAGE (cc_start_page_get_type ())
G_DECLARE_FINAL_TYPE (CcStartPage, cc_start_page, CC, START_PAGE, AdwBin)

/* What the window shows without a case file: what to do first. */
void cc_start_page_popup_menu (CcStartPage *self);

G_END_DECLS
