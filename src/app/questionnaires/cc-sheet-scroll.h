/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The adjustments of a GtkScrollable, and places counted from the start of the text whichever side
 * that is. */
typedef struct
{
  GtkAdjustment      *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
} CcSheetScroll;

enum
{
  CC_SHEET_SCROLL_PROP_0,
  CC_SHEET_SCROLL_PROP_HADJUSTMENT,
  CC_SHEET_SCROLL_PROP_VADJUSTMENT,
  CC_SHEET_SCROLL_PROP_HSCROLL_POLICY,
  CC_SHEET_SCROLL_PROP_VSCROLL_POLICY,
};

/* on_scrolled: called with the widget as its only argument. */
void     cc_sheet_scroll_set_adjustment (CcSheetScroll *self,
                                         GtkWidget     *widget,
                                         GtkOrientation orientation,
                                         GtkAdjustment *adjustment,
                                         GCallback      on_scrolled);
gboolean cc_sheet_scroll_set_property (CcSheetScroll *self,
                                       GtkWidget     *widget,
                                       guint          id,
                                       const GValue  *value,
                                       GCallback      on_scrolled);
gboolean cc_sheet_scroll_get_property (CcSheetScroll *self, guint id, GValue *value);

/* After a change of size: of the whole and of what is in view. */
void
cc_sheet_scroll_configure (CcSheetScroll *self, GtkOrientation orientation, int whole, int page);
int  cc_sheet_scroll_get (CcSheetScroll *self, GtkWidget *widget, GtkOrientation orientation);
void cc_sheet_scroll_set (CcSheetScroll *self,
                          GtkWidget     *widget,
                          GtkOrientation orientation,
                          double         start);

/* Scrolls by no more than it takes to bring first .. last into the view of that size. */
void cc_sheet_scroll_show (CcSheetScroll *self,
                           GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            first,
                           int            last,
                           int            page);

G_END_DECLS
