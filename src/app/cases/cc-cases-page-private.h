/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cases/cc-cases-load.h"
#include "cases/cc-cases-page.h"
#include "cases/cc-details-pane.h"
#include "cases/cc-filter-popover.h"
#include "cases/cc-record-view.h"
#include "editor/cc-case-editor.h"

G_BEGIN_DECLS

struct _CcCasesPage
{
  CcPage parent_instance;

  GtkWidget       *tools;
  GtkStack        *views;
  AdwFlap         *flap;
  GtkWidget       *details_button;
  GtkWidget       *parked_button;
  GtkSearchEntry  *search;
  GtkMenuButton   *filter_button;
  GtkMenuButton   *order_button;
  CcFilterPopover *filters;
  GtkLabel        *count;
  GtkSpinner      *spinner;
  GtkBox          *chips;
  GtkWidget       *chips_place;
  GtkWidget       *clear_button;
  GtkWidget       *hidden_notice;
  GtkStack        *stack;
  GtkWidget       *loading;
  GtkWidget       *empty;
  GtkWidget       *nothing_found;
  GtkWidget       *nothing_parked;
  AdwStatusPage   *failure;
  CcRecordView    *view;
  CcDetailsPane   *pane;

  CcCaseEditor       *editor; /* made when first wanted */
  GSimpleActionGroup *actions;
  char               *unit;
  CcRecordQuery      *query;
  CcCasesResult      *shown;
  char               *target;  /* to be shown with the next list */
  gint64              hidden;  /* was saved and is not listed, 0 for none */
  GArray             *deleted; /* gint64, here and not brought back since */
  gboolean            stale;   /* the table is not the present one */
  GCancellable       *loading_list;
  GCancellable       *loading_details;
  guint               rest;
  CcPageFunc          go_on; /* when the form is closed; NULL: nobody waits for that */
  gpointer            go_on_data;
  guint               going_on; /* source that calls it */
};

/* Asks for the list anew, as unit, query and target say now. */
void   cc_cases_page_load (CcCasesPage *self);
gint64 cc_cases_page_get_selected (CcCasesPage *self);

/* The form for one case, in place of the list. record 0: a new case of `unit`. */
void     cc_cases_page_edit (CcCasesPage *self, gint64 record, const char *unit);
gboolean cc_cases_page_is_editing (CcCasesPage *self);

/* Answers of the form that are not in the file. go_on: they no longer are, and who waits for that
 * is called; stay: nobody waits any longer. */
void cc_cases_page_class_add_unsaved (CcPageClass *klass);
void cc_cases_page_go_on (CcCasesPage *self);
void cc_cases_page_stay (CcCasesPage *self);

/* The page's actions: made once, and brought up to date with what is selected and shown. */
GSimpleActionGroup *cc_cases_page_create_actions (CcCasesPage *self);
void                cc_cases_page_update_actions (CcCasesPage *self);
void                cc_cases_page_add_shortcuts (CcCasesPage *self);

/* What the table leaves to the details while they stand beside it. */
void cc_cases_page_follow_pane (CcCasesPage *self);
void cc_cases_page_watch_pane (CcCasesPage *self);

G_END_DECLS
