/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-evidence-view.h"

#include "cc-bits-bar.h"
#include "cc-review-words.h"
#include "widgets/cc-isolate.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>
#include <math.h>

struct _CcEvidenceView
{
  AdwBin parent_instance;

  GtkBox *box;

  CcSession    *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CcEvidenceView, cc_evidence_view, ADW_TYPE_BIN)

static void
stop_reading (CcEvidenceView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->session, cc_session_unref);
}

static void
cc_evidence_view_dispose (GObject *object)
{
  stop_reading (CC_EVIDENCE_VIEW (object));
  G_OBJECT_CLASS (cc_evidence_view_parent_class)->dispose (object);
}

static void
cc_evidence_view_class_init (CcEvidenceViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_evidence_view_dispose;
}

static void
cc_evidence_view_init (CcEvidenceView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "evidence");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 260);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->box));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

CcEvidenceView *
cc_evidence_view_new (void)
{
  return g_object_new (CC_TYPE_EVIDENCE_VIEW, NULL);
}

static void
clear (CcEvidenceView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
}

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Numbers are for who asks for them. */
static void
explain (GtkWidget *widget, const char *text)
{
  cc_tip_set_text (widget, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

static void
add_reason (GtkGrid *grid, CcSession *session, const CcLinkReason *reason, double most, int row)
{
  g_autofree char *name = cc_review_describe_comparison (reason->comparison);
  g_autofree char *outcome = cc_review_describe_outcome (reason->outcome);
  g_autofree char *weight = cc_review_describe_weight (session, reason->bits);
  GtkWidget       *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *bar = cc_bits_bar_new (reason->bits, most);
  GtkWidget       *strength = create_label (cc_review_get_strength_word (reason->bits), NULL);
  GtkWidget       *below = create_label (outcome, "caption");

  gtk_widget_add_css_class (below, "dim-label");
  gtk_box_append (GTK_BOX (texts), create_label (name, NULL));
  gtk_box_append (GTK_BOX (texts), below);
  gtk_widget_set_size_request (texts, 120, -1);
  explain (strength, weight);
  cc_tip_set_text (bar, weight);
  gtk_grid_attach (grid, texts, 0, row, 1, 1);
  gtk_grid_attach (grid, bar, 1, row, 1, 1);
  gtk_grid_attach (grid, strength, 2, row, 1, 1);
}

static void
add_pair (CcEvidenceView *self, CcSession *session, const CcReviewReasons *pair, gboolean titled)
{
  GtkWidget       *grid = gtk_grid_new ();
  g_autofree char *sum = cc_review_describe_sum (session, pair->bits);
  g_autofree char *probability = cc_review_describe_probability (session, pair->probability);
  GtkWidget       *total = create_label (probability, NULL);
  double           most = 1;

  for (guint i = 0; i < pair->reasons->len; i++)
    most = MAX (most, fabs (((CcLinkReason *) pair->reasons->pdata[i])->bits));
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  if (titled)
    gtk_box_append (self->box, create_label (pair->title, "heading"));
  explain (total, sum);
  gtk_box_append (self->box, total);
  for (guint i = 0; i < pair->reasons->len; i++)
    add_reason (GTK_GRID (grid), session, pair->reasons->pdata[i], most, (int) i);
  gtk_widget_set_halign (grid, GTK_ALIGN_START);
  gtk_box_append (self->box, grid);
}

static void
add_frequency (CcEvidenceView *self, CcSession *session, const CcReviewEvidence *evidence)
{
  const gint64     share = evidence->n_name > 0 ? evidence->n_records / evidence->n_name : 0;
  g_autofree char *number = cc_session_format_number (session, MAX (share, 1));
  g_autofree char *name = cc_isolate (evidence->name);
  g_autofree char *text = NULL;

  if (evidence->name == NULL || evidence->n_name == 0)
    return;
  if (share <= 1)
    text = g_strdup_printf (_ ("“%s” stands in nearly every record."), name);
  else
    /* Translators: how common a name is: "“Diallo” stands in 1 of 9 records." */
    text = g_strdup_printf (ngettext ("“%s” stands in 1 of %s record.",
                                      "“%s” stands in 1 of %s records.", (gulong) share),
                            name, number);
  gtk_box_append (self->box, create_label (text, "dim-label"));
}

static void
show (CcEvidenceView *self, const CcReviewEvidence *evidence)
{
  clear (self);
  for (guint i = 0; i < evidence->pairs->len; i++)
    add_pair (self, self->session, evidence->pairs->pdata[i], evidence->pairs->len > 1);
  if (evidence->pairs->len == 0)
    gtk_box_append (self->box,
                    create_label (_ ("They were found by a case number that one of them names."),
                                  NULL));
  add_frequency (self, self->session, evidence);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcEvidenceView) self = CC_EVIDENCE_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  CcReviewEvidence *evidence = cc_session_read_finish (result, &error);

  if (evidence != NULL && self->session != NULL)
    show (self, evidence);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      clear (self);
      gtk_box_append (self->box, create_label (error->message, NULL));
    }
  cc_review_evidence_free (evidence);
}

void
cc_evidence_view_load (CcEvidenceView *self, CcSession *session, const CcReviewQuestion *question)
{
  g_return_if_fail (CC_IS_EVIDENCE_VIEW (self) && session != NULL);
  stop_reading (self);
  clear (self);
  if (question == NULL)
    return;
  self->session = cc_session_ref (session);
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (session, cc_review_evidence_read, g_memdup2 (question, sizeof *question),
                         g_free, cc_review_evidence_free, self->cancellable, on_read,
                         g_object_ref (self));
}
