/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-chart-card.h"

#include "cc-chart-table.h"
#include "cc-chart-view.h"

#include <glib/gi18n.h>
#include <cc/report/cc-report-chart.h>

struct _CcChartCard
{
  AdwBin parent_instance;

  GtkStack        *stack;
  GtkWidget       *loading;
  GtkSpinner      *spinner;
  CcChartView     *view;
  GtkWidget       *table_box;
  GtkLabel        *table_title;
  GtkLabel        *table_subtitle;
  CcChartTable    *table;
  GtkLabel        *failure;
  GtkToggleButton *table_button;

  GCancellable *cancellable;
  gboolean      has_chart;
  gboolean      show_table;
};

G_DEFINE_FINAL_TYPE (CcChartCard, cc_chart_card, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SHOW_TABLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  CcSession *session;
  char      *id;
  GArray    *periods;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  cc_session_unref (self->session);
  g_free (self->id);
  g_array_unref (self->periods);
  g_free (self);
}

static void
build_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  GError        *error = NULL;
  CcChart       *chart =
      cc_report_chart_build (cc_session_get_file (request->session), request->id, request->periods,
                             cc_session_get_texts (request->session),
                             cc_session_get_language (request->session), NULL, cancellable, &error);

  if (chart != NULL)
    g_task_return_pointer (task, chart, (GDestroyNotify) cc_chart_free);
  else
    g_task_return_error (task, error);
}

static void
refresh (CcChartCard *self)
{
  if (!self->has_chart)
    return;
  gtk_stack_set_visible_child (self->stack,
                               self->show_table ? self->table_box : GTK_WIDGET (self->view));
}

static void
on_built (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcChartCard *self = CC_CHART_CARD (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  CcChart         *chart = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_stop (self->spinner);
  if (chart != NULL)
    {
      cc_chart_card_set_chart (self, chart);
      return;
    }
  /* Translators: %s is a sentence that says what happened. */
  text = g_strdup_printf (_ ("This chart could not be drawn. %s"), error->message);
  gtk_label_set_label (self->failure, text);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}

static void
cc_chart_card_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_TABLE:
      g_value_set_boolean (value, cc_chart_card_get_show_table (CC_CHART_CARD (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cc_chart_card_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_TABLE:
      cc_chart_card_set_show_table (CC_CHART_CARD (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cc_chart_card_dispose (GObject *object)
{
  CcChartCard *self = CC_CHART_CARD (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_CHART_CARD);
  G_OBJECT_CLASS (cc_chart_card_parent_class)->dispose (object);
}

static void
cc_chart_card_class_init (CcChartCardClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cc_chart_card_get_property;
  object_class->set_property = cc_chart_card_set_property;
  object_class->dispose = cc_chart_card_dispose;
  properties[PROP_SHOW_TABLE] =
      g_param_spec_boolean ("show-table", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CC_TYPE_CHART_VIEW);
  g_type_ensure (CC_TYPE_CHART_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/widgets/cc-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, loading);
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, view);
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, table_box);
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, table_title);
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, table_subtitle);
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, table);
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, failure);
  gtk_widget_class_bind_template_child (widget_class, CcChartCard, table_button);
  gtk_widget_class_install_property_action (widget_class, "chart.show-table", "show-table");
}

static void
cc_chart_card_init (CcChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chart.show-table", FALSE);
}

CcChartCard *
cc_chart_card_new (void)
{
  return g_object_new (CC_TYPE_CHART_CARD, NULL);
}

/**
 * id: of a chart of cc_report_chart_list ()
 * periods: CcPeriod, shared and not changed any more
 */
void
cc_chart_card_load (CcChartCard *self, CcSession *session, const char *id, GArray *periods)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_return_if_fail (CC_IS_CHART_CARD (self) && session != NULL && id != NULL && periods != NULL);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child (self->stack, self->loading);
  gtk_spinner_start (self->spinner);

  request = g_new0 (Request, 1);
  request->session = cc_session_ref (session);
  request->id = g_strdup (id);
  request->periods = g_array_ref (periods);
  task = g_task_new (self, self->cancellable, on_built, NULL);
  g_task_set_name (task, "build chart");
  g_task_set_source_tag (task, cc_chart_card_load);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, build_in_thread);
}

void
cc_chart_card_set_chart (CcChartCard *self, CcChart *chart)
{
  g_autofree char *name = NULL;

  g_return_if_fail (CC_IS_CHART_CARD (self) && chart != NULL);
  /* Translators: name of a button for assistive technology; %s is the title of a chart. */
  name = g_strdup_printf (_ ("Show as a table: %s"), chart->title != NULL ? chart->title : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_label_set_label (self->table_title, chart->title != NULL ? chart->title : "");
  gtk_label_set_label (self->table_subtitle, chart->subtitle != NULL ? chart->subtitle : "");
  cc_chart_table_set_chart (self->table, chart);
  cc_chart_view_set_chart (self->view, chart);
  self->has_chart = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chart.show-table", TRUE);
  refresh (self);
}

void
cc_chart_card_set_show_table (CcChartCard *self, gboolean show_table)
{
  g_return_if_fail (CC_IS_CHART_CARD (self));
  if (self->show_table == !!show_table)
    return;
  self->show_table = !!show_table;
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_TABLE]);
}

gboolean
cc_chart_card_get_show_table (CcChartCard *self)
{
  g_return_val_if_fail (CC_IS_CHART_CARD (self), FALSE);
  return self->show_table;
}
