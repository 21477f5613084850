/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_PAGE (cc_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (CcPage, cc_page, CC, PAGE, AdwBin)

/* One page of the window: a folder of src/app, listed in cc-pages.c. A page loads when it is shown
 * and its data is not the present one: at first, after acts elsewhere, and when the user asks.
 *
 * Properties, watched by the shell: "title" and "subtitle" of a view inside the page (NULL: the
 * page's own title), "can-go-back" while such a view is shown, "toolbar" (a widget with the page's
 * buttons for the header bar, given in the template). */
struct _CcPageClass
{
  AdwBinClass parent_class;

  /* Shows the case file's present state anew; must not block. */
  void (*refresh) (CcPage *self, CcSession *session);

  /* Shows one thing: "record:12", "entity:police", "new". May be NULL. Called after refresh. */
  void (*open_target) (CcPage *self, const char *target);

  /* Leaves the view inside the page. NULL in pages that have none. */
  void (*go_back) (CcPage *self);
};

void       cc_page_set_session (CcPage *self, CcSession *session);
CcSession *cc_page_get_session (CcPage *self);
void       cc_page_mark_stale (CcPage *self);
void       cc_page_load (CcPage *self);
void       cc_page_refresh (CcPage *self);
void       cc_page_open_target (CcPage *self, const char *target);
void       cc_page_go_back (CcPage *self);

void        cc_page_set_title (CcPage *self, const char *title, const char *subtitle);
const char *cc_page_get_title (CcPage *self);
const char *cc_page_get_subtitle (CcPage *self);
void        cc_page_set_can_go_back (CcPage *self, gboolean can_go_back);
gboolean    cc_page_get_can_go_back (CcPage *self);
void        cc_page_set_toolbar (CcPage *self, GtkWidget *toolbar);
GtkWidget  *cc_page_get_toolbar (CcPage *self);

/* The page's actions ("cases" for cases.new ...): reached from the page and from its toolbar, which
 * stands in the header bar and not in the page. */
void cc_page_add_actions (CcPage *self, const char *prefix, GActionGroup *actions);

G_END_DECLS
