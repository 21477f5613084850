/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-list-steps.h"

#define STEP 16

/* From here on views make no more lines. */
#define ENOUGH 320

#define KEY "cc-list-steps"

/* The part that a view knows of; NULL where the list did not come from here. */
static GtkSliceListModel *
get_part (GtkListView *view)
{
  GtkSelectionModel *selection = gtk_list_view_get_model (view);

  return selection != NULL ? g_object_get_data (G_OBJECT (selection), KEY) : NULL;
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkSliceListModel *part = user_data;
  const guint        n = g_list_model_get_n_items (gtk_slice_list_model_get_model (part));
  const guint        size = gtk_slice_list_model_get_size (part) + STEP;

  /* The view has got another list meanwhile. */
  if (get_part (GTK_LIST_VIEW (widget)) != part)
    return G_SOURCE_REMOVE;
  gtk_slice_list_model_set_size (part, size < ENOUGH ? size : n);
  return size < MIN (n, ENOUGH) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
cc_list_steps_show (GtkListView *view, GListModel *list)
{
  GtkSliceListModel *part;
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (GTK_IS_LIST_VIEW (view) && G_IS_LIST_MODEL (list));
  part = gtk_slice_list_model_new (list, 0, STEP);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (part)));
  g_object_set_data_full (G_OBJECT (selection), KEY, part, g_object_unref);
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (selection));
  if (g_list_model_get_n_items (list) > STEP)
    gtk_widget_add_tick_callback (GTK_WIDGET (view), on_frame, g_object_ref (part), g_object_unref);
}

static gboolean
take_lines_away (gpointer user_data)
{
  GtkListView       *view = user_data;
  GtkSliceListModel *part = get_part (view);
  guint              n;

  if (part == NULL)
    return G_SOURCE_REMOVE;
  n = g_list_model_get_n_items (G_LIST_MODEL (part));
  /* What lies beyond has no lines. */
  n = MIN (n, ENOUGH);
  gtk_slice_list_model_set_size (part, n > STEP ? n - STEP : 0);
  return n > STEP ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
cc_list_steps_let_go (GtkListView *view)
{
  GtkSliceListModel *part;

  g_return_if_fail (GTK_IS_LIST_VIEW (view));
  part = get_part (view);
  if (part != NULL && g_list_model_get_n_items (G_LIST_MODEL (part)) > STEP)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_lines_away, g_object_ref (view), g_object_unref);
}
