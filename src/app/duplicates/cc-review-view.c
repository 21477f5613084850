/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-review-view.h"

#include "cc-compare-view.h"
#include "cc-evidence-view.h"
#include "cc-queue-pane.h"
#include "cc-reason-button.h"
#include "cc-review-act.h"
#include "cc-review-ahead.h"
#include "cc-review-ask.h"
#include "cc-review-words.h"
#include "cc-verdict-bar.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"
#include "widgets/cc-folding-bar.h"

#include <glib/gi18n.h>
#include <string.h>

/* Questions that are read before they are asked for. */
#define N_AHEAD 3

struct _CcReviewView
{
  AdwBin parent_instance;

  AdwFlap        *flap;
  CcQueuePane    *pane;
  GtkStack       *stack;
  GtkWidget      *question;
  AdwStatusPage  *done;
  GtkLabel       *title;
  GtkLabel       *explanation;
  CcCompareView  *compare;
  GtkRevealer    *evidence_revealer;
  CcEvidenceView *evidence;
  CcReasonButton *reason;
  GtkLabel       *hint;
  CcVerdictBar   *verdicts;

  CcSession     *session;
  CcReviewState  state;
  CcReviewPace   pace;
  CcReviewAhead *ahead;
  CcReviewItem   item; /* the question that is asked */
  gboolean       has_item;
  gboolean       is_shown;                        /* its records are there */
  gint64         records[CC_REVIEW_MOST_RECORDS]; /* as they are shown */
  guint          n_records;
  gint64         wanted; /* a proposal to select after loading, 0 for none */
  int            last_position;
  GArray        *acts; /* CcReviewDecided: what Undo takes back, the oldest first */
  gboolean       busy;
  gboolean       show_evidence;
};

enum
{
  KIND_SELECTED,
  RELOAD,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcReviewView, cc_review_view, ADW_TYPE_BIN)

static void show_item (CcReviewView *self);

static void
tell_changed (CcReviewView *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_progress (CcReviewView *self)
{
  cc_queue_pane_show_progress (self->pane, self->session, &self->pace, self->state.n_new);
}

/* Evidence is read when it is looked at. */
static void
read_evidence (CcReviewView *self)
{
  CcReviewQuestion question = { .item = self->item };

  g_strlcpy (question.kind, cc_queue_pane_get_kind (self->pane), sizeof question.kind);
  cc_evidence_view_load (self->evidence, self->session,
                         self->show_evidence && self->has_item ? &question : NULL);
}

static void
show_records (CcReviewView *self, CcReviewShown *shown)
{
  GPtrArray       *records = shown->records->records;
  const char      *kind = cc_queue_pane_get_kind (self->pane);
  g_autofree char *title = cc_review_ask (kind, records->len, self->item.n_persons);
  g_autofree char *explanation =
      cc_review_explain_question (kind, records->len, self->item.n_persons);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->explanation, explanation != NULL ? explanation : "");
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), explanation != NULL);
  cc_verdict_bar_ask (self->verdicts, kind, records->len, self->item.n_persons);
  cc_compare_view_set_records (self->compare, self->session, records, shown->rows);
  if (self->item.n_persons > 2)
    cc_compare_view_set_selected (self->compare, (int) records->len - 1);
  gtk_label_set_label (self->hint, self->item.n_persons > 2
                                       ? _ ("← → mark a record, ↑ ↓ change the question")
                                       : _ ("↑ ↓ change the question"));
  self->is_shown = TRUE;
  self->n_records = records->len;
  for (guint i = 0; i < records->len; i++)
    self->records[i] = ((CcReviewRecord *) records->pdata[i])->id;
  read_evidence (self);
  tell_changed (self);
}

static void
on_shown_read (CcReviewShown *shown, const GError *error, gpointer user_data)
{
  CcReviewView *self = user_data;

  if (shown == NULL)
    cc_present_error (GTK_WIDGET (self), _ ("The Records Could Not Be Read"), error);
  else if (self->has_item && self->item.proposal == shown->proposal && !self->is_shown)
    show_item (self);
}

static void
read_ahead (CcReviewView *self)
{
  CcReviewModel *model = cc_queue_pane_get_model (self->pane);
  const guint    n = g_list_model_get_n_items (G_LIST_MODEL (model));
  const int      position = cc_queue_pane_get_position (self->pane);

  for (int i = position; i >= 0 && i <= position + N_AHEAD && i < (int) n; i++)
    cc_review_ahead_read (self->ahead, cc_review_model_get_item (model, (guint) i));
}

static void
show_nothing (CcReviewView *self)
{
  const guint n_open = cc_review_model_get_n_open (cc_queue_pane_get_model (self->pane));

  self->has_item = FALSE;
  self->is_shown = FALSE;
  adw_status_page_set_title (self->done,
                             n_open > 0 ? _ ("Nothing Chosen Waits") : _ ("Nothing Waits"));
  adw_status_page_set_description (
      self->done, n_open > 0 ? _ ("Choose other questions beside, or show all of them.")
                             : _ ("Every pair that looked alike has been decided. Look for "
                                  "duplicates again when new records have come."));
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->done));
  tell_changed (self);
}

static void
forget_item (CcReviewView *self, gint64 proposal)
{
  cc_review_ahead_forget (self->ahead, proposal);
  cc_review_model_remove (cc_queue_pane_get_model (self->pane), proposal);
}

/* Shows the chosen question, at once where it has been read. One that was answered by other
 * decisions meanwhile is passed over. */
static void
show_item (CcReviewView *self)
{
  const CcReviewItem *item;
  CcReviewShown      *shown = NULL;

  while ((item = cc_queue_pane_get_selected (self->pane)) != NULL)
    {
      const gint64 proposal = item->proposal;
      const int    position = cc_queue_pane_get_position (self->pane);
      const guint  n =
          g_list_model_get_n_items (G_LIST_MODEL (cc_queue_pane_get_model (self->pane)));

      shown = cc_review_ahead_find (self->ahead, proposal);
      if (shown == NULL || shown->records->open)
        break;
      forget_item (self, proposal);
      cc_queue_pane_select (self->pane, n > 1 ? MIN (position, (int) n - 2) : -1);
    }
  if (item == NULL)
    {
      show_nothing (self);
      return;
    }
  self->is_shown = self->is_shown && self->has_item && self->item.proposal == item->proposal;
  self->item = *item;
  self->has_item = TRUE;
  self->last_position = cc_queue_pane_get_position (self->pane);
  gtk_stack_set_visible_child (self->stack, self->question);
  if (shown != NULL && !self->is_shown)
    show_records (self, shown);
  else
    tell_changed (self);
  read_ahead (self);
}

static void
on_item_selected_cb (CcReviewView *self)
{
  if (self->session == NULL)
    return;
  if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap)
      && gtk_widget_get_focus_child (GTK_WIDGET (self->pane)) == NULL)
    adw_flap_set_reveal_flap (self->flap, FALSE);
  show_item (self);
}

static void
on_kind_selected (CcReviewView *self)
{
  g_signal_emit (self, signals[KIND_SELECTED], 0);
}

static void
cc_review_view_dispose (GObject *object)
{
  CcReviewView *self = CC_REVIEW_VIEW (object);

  g_clear_pointer (&self->ahead, cc_review_ahead_free);
  g_clear_pointer (&self->session, cc_session_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_REVIEW_VIEW);
  G_OBJECT_CLASS (cc_review_view_parent_class)->dispose (object);
}

static void
cc_review_view_finalize (GObject *object)
{
  CcReviewView *self = CC_REVIEW_VIEW (object);

  g_array_unref (self->acts);
  G_OBJECT_CLASS (cc_review_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/duplicates/"
                                                             "cc-review-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, flap);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, pane);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, stack);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, question);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, done);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, title);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, explanation);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, compare);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, evidence_revealer);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, evidence);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, reason);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, hint);
  gtk_widget_class_bind_template_child (widget_class, CcReviewView, verdicts);
  gtk_widget_class_bind_template_callback (widget_class, on_item_selected_cb);
}

static void
cc_review_view_class_init (CcReviewViewClass *klass)
{
  static const char *const names[N_SIGNALS] = { "kind-selected", "reload", "changed" };

  G_OBJECT_CLASS (klass)->dispose = cc_review_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_review_view_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], CC_TYPE_REVIEW_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  g_type_ensure (CC_TYPE_QUEUE_PANE);
  g_type_ensure (CC_TYPE_COMPARE_VIEW);
  g_type_ensure (CC_TYPE_EVIDENCE_VIEW);
  g_type_ensure (CC_TYPE_REASON_BUTTON);
  g_type_ensure (CC_TYPE_VERDICT_BAR);
  g_type_ensure (CC_TYPE_FOLDING_BAR);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
cc_review_view_init (CcReviewView *self)
{
  self->ahead = cc_review_ahead_new (on_shown_read, self);
  self->acts = g_array_new (FALSE, FALSE, sizeof (CcReviewDecided));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->pane, "kind-selected", G_CALLBACK (on_kind_selected), self,
                           G_CONNECT_SWAPPED);
}

/* The question that was asked stays; where it is gone, the one in its place. */
static int
find_position (CcReviewView *self)
{
  CcReviewModel *model = cc_queue_pane_get_model (self->pane);
  const guint    n = g_list_model_get_n_items (G_LIST_MODEL (model));
  int            position = -1;

  if (self->wanted != 0)
    position = cc_review_model_find (model, self->wanted);
  if (position < 0 && self->has_item)
    position = cc_review_model_find (model, self->item.proposal);
  if (position < 0 && n > 0)
    position = CLAMP (self->last_position, 0, (int) n - 1);
  self->wanted = 0;
  return position;
}

/* Returns: (transfer full): what to read for cc_review_view_set_load () */
CcReviewWish *
cc_review_view_create_wish (CcReviewView *self)
{
  return cc_review_acts_create_wish (self->acts, cc_queue_pane_get_kind (self->pane));
}

void
cc_review_view_set_load (CcReviewView *self, CcSession *session, CcReviewLoad *load)
{
  gint64 undone;

  g_return_if_fail (CC_IS_REVIEW_VIEW (self) && load->queue != NULL);
  cc_session_ref (session);
  /* Without it the new queue's first question is not taken for one that was chosen. */
  g_clear_pointer (&self->session, cc_session_unref);
  self->state = load->state;
  cc_review_ahead_start (self->ahead, session);
  if (strcmp (cc_queue_pane_get_kind (self->pane), load->kind) != 0)
    self->has_item = FALSE;
  cc_queue_pane_set_kind (self->pane, load->kind);
  cc_queue_pane_set_agencies (self->pane, load->agency_ids, load->agency_names);
  cc_review_model_set_queue (cc_queue_pane_get_model (self->pane), session,
                             g_steal_pointer (&load->queue));
  for (guint i = 0; i < load->undone->len; i++)
    cc_review_pace_take_back (&self->pace);
  undone = cc_review_acts_take_undone (self->acts, load->undone);
  self->wanted = undone != 0 ? undone : self->wanted;
  cc_review_load_free (load);
  cc_queue_pane_select (self->pane, find_position (self));
  self->session = session;
  self->is_shown = FALSE;
  show_progress (self);
  show_item (self);
}

const char *
cc_review_view_get_kind (CcReviewView *self)
{
  g_return_val_if_fail (CC_IS_REVIEW_VIEW (self), NULL);
  return cc_queue_pane_get_kind (self->pane);
}

void
cc_review_view_select (CcReviewView *self, gint64 proposal)
{
  const int position = cc_review_model_find (cc_queue_pane_get_model (self->pane), proposal);

  g_return_if_fail (CC_IS_REVIEW_VIEW (self));
  self->wanted = proposal;
  if (position < 0)
    return;
  self->wanted = 0;
  cc_queue_pane_select (self->pane, position);
  show_item (self);
}

gboolean
cc_review_view_is_busy (CcReviewView *self)
{
  return self->busy;
}

gboolean
cc_review_view_has_question (CcReviewView *self)
{
  return self->has_item && self->is_shown && !self->busy
         && !cc_session_is_read_only (self->session);
}

gboolean
cc_review_view_is_group (CcReviewView *self)
{
  return self->has_item && self->item.n_persons > 2;
}

gboolean
cc_review_view_can_undo (CcReviewView *self)
{
  return self->acts->len > 0 && !self->busy && self->session != NULL
         && !cc_session_is_read_only (self->session);
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcReviewDecision *decision = user_data;
  g_autoptr (CcReviewView) self = g_steal_pointer (&decision->owner);
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  self->busy = FALSE;
  if (cc_session_act_finish (result, &seq, &error))
    {
      g_autofree char      *text = cc_review_decision_describe (decision);
      const CcReviewDecided decided = { seq, decision->proposal };

      g_array_append_val (self->acts, decided);
      cc_review_pace_note (&self->pace, g_get_monotonic_time ());
      cc_present_undo (GTK_WIDGET (self->compare), text, seq);
      if (self->session != NULL)
        show_progress (self);
      /* What is left of a group is another question. */
      if (decision->regroup)
        g_signal_emit (self, signals[RELOAD], 0);
      tell_changed (self);
    }
  else if (self->session != NULL)
    {
      self->wanted = decision->proposal;
      g_signal_emit (self, signals[RELOAD], 0);
      cc_present_error (GTK_WIDGET (self), _ ("The Decision Could Not Be Kept"), error);
    }
  cc_review_decision_free (decision);
}

static CcReviewDecision *
create_decision (CcReviewView *self, CcVerdict verdict)
{
  CcReviewDecision *decision = g_new0 (CcReviewDecision, 1);

  decision->owner = g_object_ref (self);
  decision->proposal = self->item.proposal;
  decision->verdict = verdict;
  decision->reason = cc_reason_button_dup_reason (self->reason);
  memcpy (decision->records, self->records, sizeof decision->records);
  decision->n_records = self->n_records;
  decision->n_persons = self->item.n_persons;
  g_strlcpy (decision->kind, cc_queue_pane_get_kind (self->pane), sizeof decision->kind);
  return decision;
}

/* The next question is shown while the act runs. */
static void
run_decision (CcReviewView *self, CcReviewDecision *decision)
{
  const gint64 proposal = decision->proposal;
  const int    position = cc_queue_pane_get_position (self->pane);
  guint        n;

  self->busy = TRUE;
  cc_reason_button_clear (self->reason);
  cc_session_act_async (self->session, "decide", cc_review_decision_act, decision, NULL, NULL,
                        on_decided, decision);
  forget_item (self, proposal);
  n = g_list_model_get_n_items (G_LIST_MODEL (cc_queue_pane_get_model (self->pane)));
  cc_queue_pane_select (self->pane, n > 0 ? MIN (position, (int) n - 1) : -1);
  self->is_shown = FALSE;
  show_item (self);
}

void
cc_review_view_decide (CcReviewView *self, CcVerdict verdict)
{
  g_return_if_fail (CC_IS_REVIEW_VIEW (self));
  if (cc_review_view_has_question (self))
    run_decision (self, create_decision (self, verdict));
}

void
cc_review_view_take_out (CcReviewView *self, int column)
{
  CcReviewDecision *decision;

  g_return_if_fail (CC_IS_REVIEW_VIEW (self));
  if (!cc_review_view_has_question (self))
    return;
  if (column < 0)
    column = cc_compare_view_get_selected (self->compare);
  decision = create_decision (self, CC_VERDICT_DIFFERENT);
  if (column < 0 || column >= (int) decision->n_records)
    {
      cc_review_decision_free (decision);
      return;
    }
  decision->taken_out = decision->records[column];
  decision->regroup = self->item.n_persons > 2;
  self->wanted = self->item.proposal;
  run_decision (self, decision);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcReviewDecision *decision = user_data;
  g_autoptr (CcReviewView) self = g_steal_pointer (&decision->owner);
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (cc_session_act_finish (result, NULL, &error))
    {
      cc_review_pace_take_back (&self->pace);
      self->wanted = decision->proposal;
      cc_present_toast (GTK_WIDGET (self->compare), _ ("The decision was taken back"));
    }
  else
    cc_present_error (GTK_WIDGET (self), _ ("The Decision Could Not Be Taken Back"), error);
  if (self->session != NULL)
    g_signal_emit (self, signals[RELOAD], 0);
  cc_review_decision_free (decision);
}

void
cc_review_view_undo (CcReviewView *self)
{
  CcReviewDecision *decision;
  CcReviewDecided   last;

  g_return_if_fail (CC_IS_REVIEW_VIEW (self));
  if (!cc_review_view_can_undo (self))
    return;
  decision = g_new0 (CcReviewDecision, 1);
  decision->owner = g_object_ref (self);
  last = g_array_index (self->acts, CcReviewDecided, self->acts->len - 1);
  decision->seq = last.seq;
  decision->proposal = last.proposal;
  g_array_set_size (self->acts, self->acts->len - 1);
  self->busy = TRUE;
  tell_changed (self);
  cc_session_act_async (self->session, "undo", cc_review_undo_act, decision, NULL, NULL, on_undone,
                        decision);
}

gboolean
cc_review_view_move (CcReviewView *self, int by)
{
  g_return_val_if_fail (CC_IS_REVIEW_VIEW (self), FALSE);
  return self->session != NULL && cc_queue_pane_move (self->pane, by);
}

/* Marks the next or an earlier column. */
void
cc_review_view_mark (CcReviewView *self, int by)
{
  const int column = cc_compare_view_get_selected (self->compare);

  if (cc_review_view_is_group (self) && column + by >= 0 && column + by < self->item.n_records)
    cc_compare_view_set_selected (self->compare, column + by);
}

/* index: from 0 */
void
cc_review_view_set_reason (CcReviewView *self, guint index)
{
  g_return_if_fail (CC_IS_REVIEW_VIEW (self));
  cc_reason_button_choose (self->reason, index);
}

void
cc_review_view_write_note (CcReviewView *self)
{
  g_return_if_fail (CC_IS_REVIEW_VIEW (self));
  cc_reason_button_write_note (self->reason);
}

void
cc_review_view_set_show_evidence (CcReviewView *self, gboolean show)
{
  g_return_if_fail (CC_IS_REVIEW_VIEW (self));
  self->show_evidence = show;
  gtk_revealer_set_reveal_child (self->evidence_revealer, show);
  if (self->session != NULL)
    read_evidence (self);
}

void
cc_review_view_toggle_queue (CcReviewView *self)
{
  g_return_if_fail (CC_IS_REVIEW_VIEW (self));
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

/* Single keys work where the focus is in the page. */
void
cc_review_view_take_focus (CcReviewView *self)
{
  g_return_if_fail (CC_IS_REVIEW_VIEW (self));
  if (gtk_widget_get_mapped (self->question))
    gtk_widget_grab_focus (GTK_WIDGET (self->compare));
}
