/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sheet-scroll.h"

void
cc_sheet_scroll_set_adjustment (CcSheetScroll *self,
                                GtkWidget     *widget,
                                GtkOrientation orientation,
                                GtkAdjustment *adjustment,
                                GCallback      on_scrolled)
{
  GtkAdjustment *old = self->adjustments[orientation];

  if (old == adjustment)
    return;
  if (old != NULL)
    g_signal_handlers_disconnect_by_data (old, widget);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment != NULL)
    g_signal_connect_swapped (adjustment, "value-changed", on_scrolled, widget);
}

gboolean
cc_sheet_scroll_set_property (CcSheetScroll *self,
                              GtkWidget     *widget,
                              guint          id,
                              const GValue  *value,
                              GCallback      on_scrolled)
{
  switch (id)
    {
    case CC_SHEET_SCROLL_PROP_HADJUSTMENT:
      cc_sheet_scroll_set_adjustment (self, widget, GTK_ORIENTATION_HORIZONTAL,
                                      g_value_get_object (value), on_scrolled);
      return TRUE;
    case CC_SHEET_SCROLL_PROP_VADJUSTMENT:
      cc_sheet_scroll_set_adjustment (self, widget, GTK_ORIENTATION_VERTICAL,
                                      g_value_get_object (value), on_scrolled);
      return TRUE;
    case CC_SHEET_SCROLL_PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      return TRUE;
    case CC_SHEET_SCROLL_PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
cc_sheet_scroll_get_property (CcSheetScroll *self, guint id, GValue *value)
{
  switch (id)
    {
    case CC_SHEET_SCROLL_PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      return TRUE;
    case CC_SHEET_SCROLL_PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      return TRUE;
    case CC_SHEET_SCROLL_PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      return TRUE;
    case CC_SHEET_SCROLL_PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      return TRUE;
    default:
      return FALSE;
    }
}

void
cc_sheet_scroll_configure (CcSheetScroll *self, GtkOrientation orientation, int whole, int page)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  if (adjustment == NULL)
    return;
  gtk_adjustment_configure (adjustment, gtk_adjustment_get_value (adjustment), 0, MAX (whole, page),
                            page * 0.1, page * 0.9, page);
}

static gboolean
is_mirrored (GtkWidget *widget, GtkOrientation orientation)
{
  return orientation == GTK_ORIENTATION_HORIZONTAL
         && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
}

static double
get_most (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
}

int
cc_sheet_scroll_get (CcSheetScroll *self, GtkWidget *widget, GtkOrientation orientation)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double         value;

  if (adjustment == NULL)
    return 0;
  value = gtk_adjustment_get_value (adjustment);
  return (int) (is_mirrored (widget, orientation) ? get_most (adjustment) - value : value);
}

void
cc_sheet_scroll_set (CcSheetScroll *self,
                     GtkWidget     *widget,
                     GtkOrientation orientation,
                     double         start)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  if (adjustment == NULL)
    return;
  gtk_adjustment_set_value (adjustment, is_mirrored (widget, orientation)
                                            ? get_most (adjustment) - start
                                            : start);
}

void
cc_sheet_scroll_show (CcSheetScroll *self,
                      GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            first,
                      int            last,
                      int            page)
{
  const int now = cc_sheet_scroll_get (self, widget, orientation);

  if (first < now)
    cc_sheet_scroll_set (self, widget, orientation, first);
  else if (last > now + page)
    cc_sheet_scroll_set (self, widget, orientation, last - page);
}
