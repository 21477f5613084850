/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-figure-view.h"

#include "cc-cell-window.h"
#include "cc-figure-grid.h"
#include "cc-left-out.h"
#include "present/cc-error-presenter.h"
#include "widgets/cc-chart-view.h"
#include "widgets/cc-figure-row.h"

#include <glib/gi18n.h>

#define VIEW_CHART "chart"
#define VIEW_TABLE "table"

struct _CcFigureView
{
  AdwBin parent_instance;

  AdwFlap         *flap;
  CcFigureOptions *options;
  GtkWidget       *switcher;
  GtkSpinner      *spinner;
  GtkLabel        *state;
  GtkWidget       *left_out;
  CcFigureRow     *left_out_row;
  GtkStack        *stack;
  GtkWidget       *waiting;
  GtkWidget       *chart_card;
  CcChartView     *chart;
  GtkWidget       *table_card;
  GtkWidget       *stamp;
  GtkLabel        *stamp_label;
  GtkLabel        *title;
  GtkLabel        *subtitle;
  CcFigureGrid    *grid;
  GtkLabel        *share_note;
  GtkBox          *notes;
  GtkLabel        *failure;

  CcSession      *session;
  CcFigureParams *params;
  CcReportFigure *figure;
  GCancellable   *cancellable;
  char           *view;
  gboolean        wants_left_out; /* once it is counted */
};

G_DEFINE_FINAL_TYPE (CcFigureView, cc_figure_view, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_VIEW,
  PROP_SHOW_OPTIONS,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
show_state (CcFigureView *self, gboolean counting)
{
  gtk_spinner_set_spinning (self->spinner, counting);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), counting);
  gtk_label_set_label (self->state, counting ? _ ("Counting…") : "");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->stack), GTK_ACCESSIBLE_STATE_BUSY, counting,
                               -1);
}

static void
show_view (CcFigureView *self)
{
  const gboolean has_chart =
      self->figure != NULL && cc_report_figure_get_chart (self->figure) != NULL;
  const gboolean table = !has_chart || g_str_equal (self->view, VIEW_TABLE);

  gtk_widget_set_visible (self->switcher, has_chart);
  if (self->figure == NULL)
    gtk_stack_set_visible_child (self->stack, self->waiting);
  else
    gtk_stack_set_visible_child (self->stack, table ? self->table_card : self->chart_card);
}

static void
add_note (CcFigureView *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (self->notes, label);
}

static void
show_notes (CcFigureView *self)
{
  GPtrArray *notes = cc_report_figure_get_notes (self->figure);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->notes))) != NULL)
    gtk_box_remove (self->notes, child);
  for (guint i = 0; i < notes->len; i++)
    add_note (self, notes->pdata[i]);
  add_note (self, cc_report_figure_get_source (self->figure));
  add_note (self, cc_report_figure_get_date (self->figure));
}

/* A share without the whole it is a part of says nothing. */
static void
show_share (CcFigureView *self)
{
  static const char *const sentences[] = {
    [CC_SHARE_NONE] = NULL,
    [CC_SHARE_OF_COLUMN] = N_ ("Percentages are parts of the total of their column."),
    [CC_SHARE_OF_ROW] = N_ ("Percentages are parts of the total of their row."),
    [CC_SHARE_OF_ALL] = N_ ("Percentages are parts of everyone whom the table counts."),
  };
  const CcFigureShare share = cc_figure_options_get_share (self->options);

  gtk_widget_set_visible (GTK_WIDGET (self->share_note), sentences[share] != NULL);
  gtk_label_set_label (self->share_note, sentences[share] != NULL ? _ (sentences[share]) : "");
}

/* The card runs in the direction of its own language; the grid in it takes care of itself. */
static void
set_direction (GtkWidget *widget, GtkTextDirection direction)
{
  gtk_widget_set_direction (widget, direction);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!CC_IS_FIGURE_GRID (child))
      set_direction (child, direction);
}

/* The overview counts everybody, as long as no agencies are chosen here. */
static char *
describe_left_out (CcFigureView *self, const CcLeftOut *left_out)
{
  g_autofree char *counted = cc_session_format_number (self->session, left_out->counted);
  g_autofree char *all = cc_session_format_number (self->session, left_out->all);
  g_autofree char *reasons = cc_left_out_list_reasons (self->session, left_out);
  const gboolean   of_cases =
      cc_report_figure_get_result (self->figure)->table->count == CC_COUNT_EVENTS;

  if (self->params->agencies != NULL)
    /* Translators: two numbers of persons or cases, and a list of reasons. */
    return g_strdup_printf (_ ("The chosen agencies sent %1$s, of which this figure counts %2$s: "
                               "%3$s."),
                            all, counted, reasons);
  if (of_cases)
    return g_strdup_printf (ngettext ("The overview counts %1$s case, this figure %2$s: %3$s.",
                                      "The overview counts %1$s cases, this figure %2$s: %3$s.",
                                      (gulong) left_out->all),
                            all, counted, reasons);
  /* Translators: two numbers, and a list such as “4 are neither identified nor presumed as victims,
   * 3 have no known date”. */
  return g_strdup_printf (ngettext ("The overview counts %1$s person, this figure %2$s: %3$s.",
                                    "The overview counts %1$s persons, this figure %2$s: %3$s.",
                                    (gulong) left_out->all),
                          all, counted, reasons);
}

static void
show_left_out (CcFigureView *self)
{
  const CcTableResult *result =
      self->figure != NULL ? cc_report_figure_get_result (self->figure) : NULL;
  CcLeftOut        left_out;
  guint            row, col;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->left_out, FALSE);
  if (result == NULL)
    return;
  cc_left_out_read (&left_out, result);
  if (!cc_left_out_is_worth_saying (&left_out, result))
    return;
  number = cc_session_format_number (self->session, left_out.all - left_out.counted);
  text = describe_left_out (self, &left_out);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->left_out_row),
                                 result->table->count == CC_COUNT_EVENTS
                                     ? _ ("Cases not in this figure")
                                     : _ ("Persons not in this figure"));
  cc_figure_row_set (self->left_out_row, number, text, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->left_out_row),
                                    cc_left_out_find_total (result, &row, &col));
  gtk_widget_set_visible (self->left_out, TRUE);
}

static void
show_figure (CcFigureView *self)
{
  const CcChart *chart = cc_report_figure_get_chart (self->figure);
  const char    *stamp = cc_report_figure_get_stamp (self->figure);

  if (chart != NULL)
    cc_chart_view_set_chart (self->chart, cc_chart_copy (chart));
  gtk_widget_set_visible (self->stamp, stamp != NULL);
  gtk_label_set_label (self->stamp_label, stamp != NULL ? stamp : "");
  gtk_label_set_label (self->title, cc_report_figure_get_title (self->figure));
  gtk_label_set_label (self->subtitle, cc_report_figure_get_subtitle (self->figure));
  cc_figure_grid_set_figure (self->grid, self->figure, cc_session_get_texts (self->session));
  show_notes (self);
  set_direction (self->table_card, cc_texts_is_rtl (cc_report_figure_get_language (self->figure))
                                       ? GTK_TEXT_DIR_RTL
                                       : GTK_TEXT_DIR_LTR);
  cc_figure_options_set_small (self->options, cc_report_figure_count_small (self->figure),
                               cc_report_figure_get_threshold (self->figure));
  show_left_out (self);
  show_view (self);
}

static void
show_failure (CcFigureView *self, const GError *error)
{
  g_autofree char *text = cc_describe_error (error);

  gtk_label_set_label (self->failure, text);
  gtk_widget_set_visible (self->left_out, FALSE);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
  gtk_widget_set_visible (self->switcher, FALSE);
}

static void
stop_counting (CcFigureView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show_cell (CcFigureView *self, guint row, guint col, gboolean left_out)
{
  GtkRoot      *root = gtk_widget_get_root (GTK_WIDGET (self));
  CcCellWindow *window;

  if (self->figure == NULL)
    return;
  window = cc_cell_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  cc_cell_window_load (window, self->session, self->params, self->figure, row, col);
  if (left_out)
    cc_cell_window_show_outside (window);
  gtk_window_present (GTK_WINDOW (window));
}

/* Whoever the total does not count. */
static void
open_left_out (CcFigureView *self)
{
  guint row, col;

  self->wants_left_out = FALSE;
  if (self->figure != NULL
      && cc_left_out_find_total (cc_report_figure_get_result (self->figure), &row, &col))
    show_cell (self, row, col, TRUE);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcFigureView) self = CC_FIGURE_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  CcReportFigure *figure = cc_figure_count_finish (result, &error);

  /* Cancelled: closed, or counting with other parameters already. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  show_state (self, FALSE);
  g_clear_pointer (&self->figure, cc_report_figure_unref);
  self->figure = figure;
  if (figure != NULL)
    show_figure (self);
  else
    show_failure (self, error);
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->wants_left_out)
    open_left_out (self);
}

static void
on_params_changed (CcFigureView *self)
{
  if (self->params == NULL)
    return;
  cc_figure_options_apply (self->options, self->params);
  cc_figure_view_count (self);
}

static void
on_look_changed (CcFigureView *self)
{
  cc_figure_grid_set_ranges (self->grid, cc_figure_options_get_ranges (self->options));
  cc_figure_grid_set_share (self->grid, cc_figure_options_get_share (self->options));
  show_share (self);
  /* Both are about the table: who asks for them wants to see it. */
  g_object_set (self, "view", VIEW_TABLE, NULL);
}

static void
on_cell_activated (CcFigureView *self, guint row, guint col)
{
  show_cell (self, row, col, FALSE);
}

static void
on_left_out_activated (CcFigureView *self)
{
  open_left_out (self);
}

static void
notify_options (CcFigureView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_OPTIONS]);
}

static void
cc_figure_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CcFigureView *self = CC_FIGURE_VIEW (object);

  switch (prop_id)
    {
    case PROP_VIEW:
      g_value_set_string (value, self->view);
      break;
    case PROP_SHOW_OPTIONS:
      g_value_set_boolean (value, cc_figure_view_get_show_options (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cc_figure_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  CcFigureView *self = CC_FIGURE_VIEW (object);

  switch (prop_id)
    {
    case PROP_VIEW:
      if (g_strcmp0 (g_value_get_string (value), self->view) == 0)
        return;
      g_free (self->view);
      self->view = g_value_dup_string (value);
      show_view (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SHOW_OPTIONS:
      cc_figure_view_set_show_options (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cc_figure_view_dispose (GObject *object)
{
  CcFigureView *self = CC_FIGURE_VIEW (object);

  stop_counting (self);
  g_clear_pointer (&self->figure, cc_report_figure_unref);
  g_clear_pointer (&self->params, cc_figure_params_free);
  g_clear_pointer (&self->session, cc_session_unref);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_FIGURE_VIEW);
  G_OBJECT_CLASS (cc_figure_view_parent_class)->dispose (object);
}

static void
cc_figure_view_finalize (GObject *object)
{
  g_free (CC_FIGURE_VIEW (object)->view);
  G_OBJECT_CLASS (cc_figure_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/tables/cc-figure-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, flap);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, options);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, switcher);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, state);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, left_out);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, left_out_row);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, stack);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, waiting);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, chart_card);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, chart);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, table_card);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, stamp);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, stamp_label);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, title);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, grid);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, share_note);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, notes);
  gtk_widget_class_bind_template_child (widget_class, CcFigureView, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_params_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_look_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cell_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_left_out_activated);
  gtk_widget_class_bind_template_callback (widget_class, notify_options);
}

static void
cc_figure_view_class_init (CcFigureViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cc_figure_view_get_property;
  object_class->set_property = cc_figure_view_set_property;
  object_class->dispose = cc_figure_view_dispose;
  object_class->finalize = cc_figure_view_finalize;
  properties[PROP_VIEW] =
      g_param_spec_string ("view", NULL, NULL, VIEW_CHART,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_OPTIONS] =
      g_param_spec_boolean ("show-options", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CC_TYPE_CHART_VIEW);
  g_type_ensure (CC_TYPE_FIGURE_GRID);
  g_type_ensure (CC_TYPE_FIGURE_OPTIONS);
  g_type_ensure (CC_TYPE_FIGURE_ROW);
  bind_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "figure.view", "view");
}

static void
cc_figure_view_init (CcFigureView *self)
{
  self->view = g_strdup (VIEW_CHART);
  gtk_widget_init_template (GTK_WIDGET (self));
  show_state (self, FALSE);
  show_view (self);
}

CcFigureView *
cc_figure_view_new (void)
{
  return g_object_new (CC_TYPE_FIGURE_VIEW, NULL);
}

void
cc_figure_view_open (CcFigureView          *self,
                     CcSession             *session,
                     const CcFigureChoices *choices,
                     const CcFigureParams  *params)
{
  CcFigureParams *copy;

  g_return_if_fail (CC_IS_FIGURE_VIEW (self) && session != NULL && choices != NULL
                    && params != NULL);
  cc_figure_view_close (self);
  copy = cc_figure_params_copy (params);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  g_clear_pointer (&self->params, cc_figure_params_free);
  self->params = copy;
  cc_figure_options_set_choices (self->options, choices, copy);
  cc_figure_view_count (self);
}

/**
 * Counts again what is shown; the last result stays until the new one is there.
 */
void
cc_figure_view_count (CcFigureView *self)
{
  g_return_if_fail (CC_IS_FIGURE_VIEW (self));
  if (self->params == NULL)
    return;
  stop_counting (self);
  self->cancellable = g_cancellable_new ();
  show_state (self, TRUE);
  cc_figure_count_async (self->session, self->params, self->cancellable, on_counted,
                         g_object_ref (self));
}

void
cc_figure_view_close (CcFigureView *self)
{
  g_return_if_fail (CC_IS_FIGURE_VIEW (self));
  stop_counting (self);
  show_state (self, FALSE);
  g_clear_pointer (&self->figure, cc_report_figure_unref);
  g_clear_pointer (&self->params, cc_figure_params_free);
  self->wants_left_out = FALSE;
  show_left_out (self);
  show_view (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
cc_figure_view_show_left_out (CcFigureView *self)
{
  g_return_if_fail (CC_IS_FIGURE_VIEW (self));
  if (cc_figure_view_is_counting (self))
    self->wants_left_out = TRUE;
  else
    open_left_out (self);
}

CcReportFigure *
cc_figure_view_get_figure (CcFigureView *self)
{
  g_return_val_if_fail (CC_IS_FIGURE_VIEW (self), NULL);
  return self->figure;
}

const CcFigureParams *
cc_figure_view_get_params (CcFigureView *self)
{
  g_return_val_if_fail (CC_IS_FIGURE_VIEW (self), NULL);
  return self->params;
}

CcAudience
cc_figure_view_get_audience (CcFigureView *self)
{
  g_return_val_if_fail (CC_IS_FIGURE_VIEW (self), CC_AUDIENCE_AUTHORITY);
  return cc_figure_options_get_audience (self->options);
}

gboolean
cc_figure_view_is_counting (CcFigureView *self)
{
  g_return_val_if_fail (CC_IS_FIGURE_VIEW (self), FALSE);
  return self->cancellable != NULL;
}

void
cc_figure_view_set_show_options (CcFigureView *self, gboolean show)
{
  g_return_if_fail (CC_IS_FIGURE_VIEW (self));
  adw_flap_set_reveal_flap (self->flap, show);
}

gboolean
cc_figure_view_get_show_options (CcFigureView *self)
{
  g_return_val_if_fail (CC_IS_FIGURE_VIEW (self), FALSE);
  return adw_flap_get_reveal_flap (self->flap);
}
