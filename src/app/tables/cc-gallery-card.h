/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-figure-work.h"

G_BEGIN_DECLS

#define CC_TYPE_GALLERY_CARD (cc_gallery_card_get_type ())
G_DECLARE_FINAL_TYPE (CcGalleryCard, cc_gallery_card, CC, GALLERY_CARD, GtkFlowBoxChild)

/* A chart of the gallery: its small picture with the present figures, and its title. */
CcGalleryCard *cc_gallery_card_new (const char *id, const char *title);
const char    *cc_gallery_card_get_id (CcGalleryCard *self);

/* Counts and draws; a count that runs is given up. */
void cc_gallery_card_load (CcGalleryCard *self, CcSession *session, GArray *periods);

G_END_DECLS
