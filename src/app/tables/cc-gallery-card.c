/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-gallery-card.h"

#include "widgets/cc-chart-view.h"

#include <glib/gi18n.h>

struct _CcGalleryCard
{
  GtkFlowBoxChild parent_instance;

  GtkStack    *stack;
  GtkSpinner  *spinner;
  GtkLabel    *failure;
  CcChartView *view;
  GtkLabel    *title;
  GtkLabel    *subtitle;

  char         *id;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CcGalleryCard, cc_gallery_card, GTK_TYPE_FLOW_BOX_CHILD)

static void
stop_loading (CcGalleryCard *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show_figure (CcGalleryCard *self, CcReportFigure *figure)
{
  CcChart *chart = cc_chart_copy (cc_report_figure_get_chart (figure));

  chart->bare = TRUE;
  gtk_label_set_label (self->subtitle, chart->subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  chart->alt_text, -1);
  cc_chart_view_set_chart (self->view, chart);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->view));
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcGalleryCard) self = CC_GALLERY_CARD (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcReportFigure) figure = cc_figure_count_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_stop (self->spinner);
  if (figure != NULL && cc_report_figure_get_chart (figure) != NULL)
    {
      show_figure (self, figure);
      return;
    }
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}

static void
cc_gallery_card_dispose (GObject *object)
{
  CcGalleryCard *self = CC_GALLERY_CARD (object);

  stop_loading (self);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_GALLERY_CARD);
  G_OBJECT_CLASS (cc_gallery_card_parent_class)->dispose (object);
}

static void
cc_gallery_card_finalize (GObject *object)
{
  g_free (CC_GALLERY_CARD (object)->id);
  G_OBJECT_CLASS (cc_gallery_card_parent_class)->finalize (object);
}

static void
cc_gallery_card_class_init (CcGalleryCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_gallery_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_gallery_card_finalize;
  g_type_ensure (CC_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/tables/"
                                                             "cc-gallery-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CcGalleryCard, stack);
  gtk_widget_class_bind_template_child (widget_class, CcGalleryCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcGalleryCard, failure);
  gtk_widget_class_bind_template_child (widget_class, CcGalleryCard, view);
  gtk_widget_class_bind_template_child (widget_class, CcGalleryCard, title);
  gtk_widget_class_bind_template_child (widget_class, CcGalleryCard, subtitle);
}

static void
cc_gallery_card_init (CcGalleryCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CcGalleryCard *
cc_gallery_card_new (const char *id, const char *title)
{
  CcGalleryCard *self = g_object_new (CC_TYPE_GALLERY_CARD, NULL);

  self->id = g_strdup (id);
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return self;
}

const char *
cc_gallery_card_get_id (CcGalleryCard *self)
{
  g_return_val_if_fail (CC_IS_GALLERY_CARD (self), NULL);
  return self->id;
}

void
cc_gallery_card_load (CcGalleryCard *self, CcSession *session, GArray *periods)
{
  g_autoptr (CcFigureParams) params = NULL;

  g_return_if_fail (CC_IS_GALLERY_CARD (self) && session != NULL && periods != NULL);
  stop_loading (self);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  params = cc_figure_params_new (self->id, periods, cc_session_get_language (session));
  cc_figure_count_async (session, params, self->cancellable, on_counted, g_object_ref (self));
}
