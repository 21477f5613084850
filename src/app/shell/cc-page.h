/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-kept.h"
#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_PAGE (cc_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (CcPage, cc_page, CC, PAGE, AdwBin)

typedef void (*CcPageFunc) (gpointer user_data);

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

  /* Lets choose the files that belong on this page, where "Open" elsewhere means a case file. FALSE
   * where none can be chosen now; NULL in pages that take none. */
  gboolean (*open_files) (CcPage *self);

  /* Leaves the view inside the page. NULL in pages that have none. */
  void (*go_back) (CcPage *self);

  /* Work that is in no file yet. All NULL in pages that hold none. ask_unsaved asks what is to be
   * done with it and calls go_on once nothing is unsaved, or never; keep_unsaved saves what can be
   * stored without asking, and get_kept tells how that ended. */
  gboolean (*has_unsaved) (CcPage *self);
  void (*ask_unsaved) (CcPage *self, CcPageFunc go_on, gpointer user_data);
  void (*keep_unsaved) (CcPage *self);
  CcKept (*get_kept) (CcPage *self);

  /* Files that wait to be read in, which locking forgets, and how many were forgotten. */
  guint (*count_waiting) (CcPage *self);
  void (*tell_forgotten) (CcPage *self, guint n);

  /* Takes away a part of a page that is not seen any more and will not be used again. FALSE where
   * the rest can go at once; may be NULL. */
  gboolean (*take_apart) (CcPage *self);
};

void       cc_page_set_session (CcPage *self, CcSession *session);
CcSession *cc_page_get_session (CcPage *self);
void       cc_page_mark_stale (CcPage *self);
void       cc_page_load (CcPage *self);
void       cc_page_refresh (CcPage *self);
void       cc_page_open_target (CcPage *self, const char *target);
void       cc_page_go_back (CcPage *self);
gboolean   cc_page_open_files (CcPage *self);

gboolean cc_page_has_unsaved (CcPage *self);
void     cc_page_ask_unsaved (CcPage *self, CcPageFunc go_on, gpointer user_data);
void     cc_page_keep_unsaved (CcPage *self);
CcKept   cc_page_get_kept (CcPage *self);
guint    cc_page_count_waiting (CcPage *self);
void     cc_page_tell_forgotten (CcPage *self, guint n);
gboolean cc_page_take_apart (CcPage *self);

void        cc_page_set_title (CcPage *self, const char *title, const char *subtitle);
const char *cc_page_get_title (CcPage *self);
const char *cc_page_get_subtitle (CcPage *self);
void        cc_page_set_can_go_back (CcPage *self, gboolean can_go_back);
gboolean    cc_page_get_can_go_back (CcPage *self);
void        cc_page_set_toolbar (CcPage *self, GtkWidget *toolbar);
GtkWidget  *cc_page_get_toolbar (CcPage *self);
void        cc_page_wake_toolbar (CcPage *self);

/* Calls func from the main loop, unless the page was taken away by then. For what the header bar is
 * to show after a pane folded: that happens while sizes are given out, and the header bar has its
 * own already. */
void cc_page_call_later (CcPage *self, void (*func) (CcPage *self));

/* The page's actions ("cases" for cases.new ...): reached from the page and from its toolbar, which
 * stands in the header bar and not in the page. */
void cc_page_add_actions (CcPage *self, const char *prefix, GActionGroup *actions);

G_END_DECLS
