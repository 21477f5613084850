/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-overview-page.h"

#include "cc-overview-tables.h"
#include "cc-overview-texts.h"
#include "present/cc-error-presenter.h"
#include "widgets/cc-chart-card.h"
#include "widgets/cc-columns.h"
#include "widgets/cc-figure-row.h"
#include "widgets/cc-range-bar.h"

#include <glib/gi18n.h>

/* Agencies shown here at most; the page of agencies has them all. */
#define N_AGENCIES 6

/* A longer number is smaller, so that it fits a narrow window with large text. */
#define MOST_LETTERS 5

struct _CcOverviewPage
{
  CcPage parent_instance;

  GtkStack            *stack;
  GtkWidget           *content;
  AdwStatusPage       *failure;
  GtkWidget           *headline;
  GtkLabel            *persons;
  CcRangeBar          *range_bar;
  GtkLabel            *range;
  GtkLabel            *sources;
  GtkWidget           *left_out;
  CcFigureRow         *left_out_row;
  GtkWidget           *first_steps;
  GtkWidget           *units;
  GtkSpinner          *spinner;
  CcColumns           *details;
  CcFigureRow         *pairs_row;
  CcFigureRow         *parked_row;
  CcFigureRow         *unmapped_row;
  CcFigureRow         *findings_row;
  CcFigureRow         *conflicts_row;
  CcFigureRow         *victims_row;
  CcFigureRow         *perpetrators_row;
  CcFigureRow         *events_row;
  AdwPreferencesGroup *deliveries;
  GtkWidget           *charts_title;
  CcColumns           *charts;

  GPtrArray    *delivery_rows; /* borrowed: rows of `deliveries` */
  CcSession    *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CcOverviewPage, cc_overview_page, CC_TYPE_PAGE)

static void
show_headline (CcOverviewPage *self, const CcOverviewFigures *figures)
{
  const CcPersonBounds *victims = &figures->victims;
  g_autofree char      *number = cc_session_format_number (self->session, victims->value);
  g_autofree char      *sentence = cc_overview_describe_persons (self->session, figures);
  g_autofree char      *range = cc_overview_describe_range (self->session, victims);
  g_autofree char      *sources = cc_overview_describe_records (self->session, figures);

  gtk_label_set_label (self->persons, number);
  if (g_utf8_strlen (number, -1) > MOST_LETTERS)
    gtk_widget_add_css_class (GTK_WIDGET (self->persons), "long");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->persons), "long");
  gtk_label_set_label (self->range, range);
  gtk_label_set_label (self->sources, sources);
  cc_range_bar_set (self->range_bar, victims->low, victims->value, victims->high);
  gtk_widget_set_visible (GTK_WIDGET (self->range_bar), victims->low < victims->high);
  gtk_widget_set_visible (GTK_WIDGET (self->range), figures->held.n_victims > 0);
  gtk_widget_set_visible (self->first_steps, figures->held.n_victims == 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->persons), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence, -1);
}

static void
show_unit (CcOverviewPage *self, CcFigureRow *row, const CcPersonBounds *bounds, gint64 n_records)
{
  g_autofree char *number = cc_session_format_number (self->session, bounds->value);
  g_autofree char *records = cc_overview_describe_unit_records (self->session, n_records);

  cc_figure_row_set (row, number, records, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (row), n_records > 0);
}

static void
show_waiting (CcOverviewPage *self, const CcOverviewFigures *figures)
{
  const gint64 n_findings = figures->held.errors + figures->held.warnings;
  const gint64 n_pairs =
      figures->victim_questions + figures->perpetrator_questions + figures->event_questions;
  g_autofree char *pairs = cc_session_format_number (self->session, n_pairs);
  g_autofree char *pair_kinds = cc_overview_describe_pairs (self->session, figures);
  g_autofree char *parked = cc_session_format_number (self->session, figures->held.parked);
  g_autofree char *unmapped = cc_session_format_number (self->session, figures->held.unmapped);
  g_autofree char *findings = cc_session_format_number (self->session, n_findings);
  g_autofree char *conflicts = cc_session_format_number (self->session, figures->conflicts);
  g_autofree char *kinds = cc_overview_describe_findings (self->session, figures);

  cc_figure_row_set (self->pairs_row, pairs, pair_kinds, FALSE);
  cc_figure_row_set (self->parked_row, parked, NULL, figures->held.parked > 0);
  cc_figure_row_set (self->unmapped_row, unmapped, NULL, figures->held.unmapped > 0);
  cc_figure_row_set (self->findings_row, findings, kinds, figures->held.errors > 0);
  cc_figure_row_set (self->conflicts_row, conflicts, NULL, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts_row), figures->conflicts > 0);
}

static void
add_delivery_row (CcOverviewPage *self, CcFigureRow *row, const char *target)
{
  cc_figure_row_set_quiet (row, TRUE);
  cc_figure_row_set_link (row, "agencies", target);
  adw_preferences_group_add (self->deliveries, GTK_WIDGET (row));
  g_ptr_array_add (self->delivery_rows, row);
}

static void
show_delivery (CcOverviewPage *self, const CcReturns *returns)
{
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (self->session));
  const char      *language = cc_session_get_language (self->session);
  g_autofree char *state = cc_overview_describe_delivery (self->session, returns);
  g_autofree char *target = g_strconcat ("entity:", returns->key, NULL);
  g_autofree char *type = NULL;
  CcFigureRow     *row = cc_figure_row_new (returns->name);

  if (returns->type != NULL)
    type = cc_pack_get_code_label (pack, returns->type, language);
  cc_figure_row_set (row, state, type, returns->missing > 0);
  add_delivery_row (self, row, target);
}

/* Where expected deliveries and nil returns are noted, whether any agency is known yet or not. */
static void
show_all_agencies (CcOverviewPage *self, const CcOverviewFigures *figures)
{
  g_autofree char *number = cc_session_format_number (self->session, figures->returns->len);
  CcFigureRow     *row = cc_figure_row_new (_ ("All agencies"));

  cc_figure_row_set (row, number, _ ("What they still owe, and which had no cases."), FALSE);
  add_delivery_row (self, row, "");
}

/* Those with gaps come first; a long list would push everything else out of sight. */
static void
show_deliveries (CcOverviewPage *self, const CcOverviewFigures *figures)
{
  g_autofree char *summary = cc_overview_describe_deliveries (self->session, figures);
  const guint      n_shown = MIN (figures->returns->len, N_AGENCIES);

  for (guint i = 0; i < self->delivery_rows->len; i++)
    adw_preferences_group_remove (self->deliveries, g_ptr_array_index (self->delivery_rows, i));
  g_ptr_array_set_size (self->delivery_rows, 0);
  adw_preferences_group_set_description (self->deliveries, summary);
  for (guint i = 0; i < n_shown; i++)
    show_delivery (self, g_ptr_array_index (figures->returns, i));
  show_all_agencies (self, figures);
}

static void
show_charts (CcOverviewPage *self, const CcOverviewFigures *figures)
{
  const gboolean drawn = figures->periods->len > 0 && figures->chart_ids->len > 0;

  cc_columns_clear (self->charts);
  gtk_widget_set_visible (self->charts_title, drawn);
  gtk_widget_set_visible (GTK_WIDGET (self->charts), drawn);
  for (guint i = 0; drawn && i < figures->chart_ids->len; i++)
    {
      CcChartCard *card = cc_chart_card_new ();

      cc_columns_append (self->charts, GTK_WIDGET (card));
      cc_chart_card_load (card, self->session, g_ptr_array_index (figures->chart_ids, i),
                          figures->periods);
    }
}

static void
show_failure (CcOverviewPage *self, const GError *error)
{
  g_autofree char *text = cc_describe_error (error);

  adw_status_page_set_description (self->failure, text);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}

static void
show_loading (CcOverviewPage *self, gboolean loading)
{
  gtk_spinner_set_spinning (self->spinner, loading);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), loading);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->headline), GTK_ACCESSIBLE_STATE_BUSY, loading,
                               -1);
}

static void
on_tables_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcOverviewPage) self = CC_OVERVIEW_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree CcOverviewTables *tables = cc_overview_tables_load_finish (result, &error);
  g_autofree char             *number = NULL;
  g_autofree char             *title = NULL;
  g_autofree char             *reasons = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Who looks at the tables is told what is wrong. */
  gtk_widget_set_visible (self->left_out,
                          tables != NULL && tables->left_out.counted < tables->left_out.all);
  if (tables == NULL)
    return;
  number =
      cc_session_format_number (self->session, tables->left_out.all - tables->left_out.counted);
  title = cc_overview_tables_describe_title (self->session, tables);
  reasons = cc_overview_tables_describe_reasons (self->session, tables);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->left_out_row), title);
  cc_figure_row_set (self->left_out_row, number, reasons, FALSE);
}

static void
on_figures_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcOverviewPage) self = CC_OVERVIEW_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcOverviewFigures) figures = cc_overview_figures_load_finish (result, &error);

  /* Cancelled: the page is gone, or counts anew already. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  show_loading (self, FALSE);
  if (figures == NULL)
    {
      show_failure (self, error);
      return;
    }
  show_headline (self, figures);
  show_waiting (self, figures);
  show_unit (self, self->victims_row, &figures->victims, figures->held.n_victims);
  show_unit (self, self->perpetrators_row, &figures->perpetrators, figures->held.n_perpetrators);
  show_unit (self, self->events_row, &figures->events, figures->held.n_events);
  gtk_widget_set_visible (self->units, figures->held.n_victims + figures->held.n_perpetrators
                                               + figures->held.n_events
                                           > 0);
  if (figures->held.n_victims > 0)
    cc_overview_tables_load_async (self->session, self->cancellable, on_tables_counted,
                                   g_object_ref (self));
  else
    gtk_widget_set_visible (self->left_out, FALSE);
  show_deliveries (self, figures);
  show_charts (self, figures);
  gtk_widget_set_visible (GTK_WIDGET (self->details), TRUE);
}

static void
stop_loading (CcOverviewPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
cc_overview_page_refresh (CcPage *page, CcSession *session)
{
  CcOverviewPage *self = CC_OVERVIEW_PAGE (page);

  stop_loading (self);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child (self->stack, self->content);
  show_loading (self, TRUE);
  cc_overview_figures_load_async (session, self->cancellable, on_figures_loaded,
                                  g_object_ref (self));
}

static void
cc_overview_page_dispose (GObject *object)
{
  CcOverviewPage *self = CC_OVERVIEW_PAGE (object);

  stop_loading (self);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->delivery_rows, g_ptr_array_unref);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_OVERVIEW_PAGE);
  G_OBJECT_CLASS (cc_overview_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/overview/"
                                                             "cc-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, content);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, failure);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, headline);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, persons);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, left_out);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, left_out_row);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, first_steps);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, units);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, range);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, range_bar);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, sources);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, details);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, pairs_row);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, parked_row);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, unmapped_row);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, findings_row);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, conflicts_row);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, victims_row);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, perpetrators_row);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, events_row);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, deliveries);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, charts_title);
  gtk_widget_class_bind_template_child (widget_class, CcOverviewPage, charts);
}

static void
cc_overview_page_class_init (CcOverviewPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_overview_page_dispose;
  CC_PAGE_CLASS (klass)->refresh = cc_overview_page_refresh;
  g_type_ensure (CC_TYPE_COLUMNS);
  g_type_ensure (CC_TYPE_FIGURE_ROW);
  g_type_ensure (CC_TYPE_RANGE_BAR);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
cc_overview_page_init (CcOverviewPage *self)
{
  self->delivery_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
