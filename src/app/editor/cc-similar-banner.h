/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-case-draft.h"
#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_SIMILAR_BANNER (cc_similar_banner_get_type ())
G_DECLARE_FINAL_TYPE (CcSimilarBanner, cc_similar_banner, CC, SIMILAR_BANNER, AdwBin)

/* A quiet notice while a person is entered: others in the file who look alike. It decides nothing:
 * the review of duplicates does. */
void  cc_similar_banner_look (CcSimilarBanner *self,
                              CcSession       *session,
                              CcCaseDraft     *draft,
                              CcDraftUnit     *person);
guint cc_similar_banner_get_n (CcSimilarBanner *self);

G_END_DECLS
