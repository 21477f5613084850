/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_PAGE (cc_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (CcPage, cc_page, CC, PAGE, AdwBin)

/* One page of the window: a folder of src/app, listed in cc-pages.c. */
struct _CcPageClass
{
  AdwBinClass parent_class;

  /* Shows the case file's present state anew. Called when the page gets its session and whenever
   * the user asks; must not block. */
  void (*refresh) (CcPage *self, CcSession *session);
};

void cc_page_set_session (CcPage *self, CcSession *session);
void cc_page_refresh (CcPage *self);

G_END_DECLS
