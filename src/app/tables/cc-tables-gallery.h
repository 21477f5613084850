/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-figure-work.h"

G_BEGIN_DECLS

#define CC_TYPE_TABLES_GALLERY (cc_tables_gallery_get_type ())
G_DECLARE_FINAL_TYPE (CcTablesGallery, cc_tables_gallery, CC, TABLES_GALLERY, AdwBin)

/* The charts with a small picture each, and the standard tables. Signal "opened" (id). */
CcTablesGallery *cc_tables_gallery_new (void);

/* Shows what there is and counts the pictures; choices is borrowed for the call. */
void
cc_tables_gallery_show (CcTablesGallery *self, CcSession *session, const CcFigureChoices *choices);

G_END_DECLS
