/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-answer-view.h"

#include "cc-answer-keep.h"
#include "cc-answer-load.h"
#include "cc-cell-popover.h"
#include "cc-check-list.h"
#include "cc-form-view.h"
#include "cc-questionnaire-options.h"
#include "cc-sheet-tabs.h"
#include "cc-sheet-view.h"
#include "present/cc-error-presenter.h"
#include "widgets/cc-wrap-box.h"

#include <glib/gi18n.h>
#include <cc/report/cc-answer.h>

#define TICK_MS 120

struct _CcAnswerView
{
  AdwBin parent_instance;

  CcQuestionnaireOptions *options;
  GtkLabel               *refusal;
  GtkWidget              *refusal_box;
  GtkProgressBar         *progress_bar;
  GtkRevealer            *progress_revealer;
  CcSheetTabs            *tabs;
  GtkStack               *stack;
  GtkWidget              *counting;
  GtkWidget              *sheet_scroller;
  CcSheetView            *sheet_view;
  CcFormView             *form_view;
  CcCheckList            *check_list;
  AdwStatusPage          *failure;
  CcCellPopover          *popover;

  CcSession             *session;
  CcQuestionnaireChoice *choice;  /* shown, or being counted */
  CcAnswerBook          *book;    /* NULL until the first count is done */
  char                  *head;    /* state of the case file that book was counted from */
  char                  *refused; /* why the choice may not leave */
  guint                  tab;     /* sheet; n_sheets = checks */
  char                  *goal;    /* table to show as soon as it is counted; "" = the checks */
  GCancellable          *cancellable;
  CcAnswerProgress      *progress; /* of the count at work */
  guint                  tick;
};

enum
{
  LOADED,
  RECORDS_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcAnswerView, cc_answer_view, ADW_TYPE_BIN)

static guint
count_sheets (CcAnswerView *self)
{
  return self->book != NULL ? cc_answer_book_get_sheets (self->book)->len : 0;
}

static void
show_tab (CcAnswerView *self)
{
  const CcAnswerSheet *sheet;
  const gboolean       read_only = cc_session_is_read_only (self->session);

  if (self->book == NULL)
    return;
  if (self->tab >= count_sheets (self))
    {
      cc_check_list_show (self->check_list, self->book, cc_session_get_language (self->session));
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->check_list));
      return;
    }
  sheet = cc_answer_book_get_sheets (self->book)->pdata[self->tab];
  if (sheet->definition->kind == CC_SHEET_FORM)
    {
      cc_form_view_show (self->form_view, self->book, self->tab, read_only);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->form_view));
      return;
    }
  cc_sheet_view_set_sheet (self->sheet_view, self->book, self->tab);
  gtk_widget_set_direction (self->sheet_scroller,
                            gtk_widget_get_direction (GTK_WIDGET (self->sheet_view)));
  gtk_stack_set_visible_child (self->stack, self->sheet_scroller);
}

static void
on_tab_chosen_cb (CcAnswerView *self, guint tab)
{
  self->tab = tab;
  show_tab (self);
}

/* A copy for the public may be refused for what is counted, which is known only now. */
static void
update_refusal (CcAnswerView *self)
{
  GError *error = NULL;

  g_clear_pointer (&self->refused, g_free);
  if (self->book != NULL && self->choice->audience == CC_AUDIENCE_PUBLIC
      && !cc_answer_book_check_public (self->book, &error))
    self->refused = cc_describe_error (error);
  g_clear_error (&error);
  gtk_label_set_label (self->refusal, self->refused != NULL ? self->refused : "");
  gtk_widget_set_visible (self->refusal_box, self->refused != NULL);
}

static void
follow_goal (CcAnswerView *self)
{
  g_autofree char *goal = g_steal_pointer (&self->goal);

  if (goal != NULL && *goal == '\0')
    cc_answer_view_show_checks (self);
  else if (goal != NULL)
    cc_answer_view_show_table (self, goal, NULL);
}

static void
show_book (CcAnswerView *self)
{
  cc_sheet_tabs_set (self->tabs, self->book);
  self->tab = MIN (self->tab, count_sheets (self));
  cc_sheet_tabs_select (self->tabs, self->tab);
  gtk_widget_set_visible (GTK_WIDGET (self->tabs), TRUE);
  update_refusal (self);
  show_tab (self);
  g_signal_emit (self, signals[LOADED], 0);
  follow_goal (self);
}

static void
show_progress (CcAnswerView *self, gboolean counting)
{
  gtk_revealer_set_reveal_child (self->progress_revealer, counting);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->stack), GTK_ACCESSIBLE_STATE_BUSY, counting,
                               -1);
  if (!counting)
    g_clear_handle_id (&self->tick, g_source_remove);
}

static gboolean
on_tick (gpointer user_data)
{
  CcAnswerView *self = user_data;
  const int     total = g_atomic_int_get (&self->progress->total);
  const int     done = g_atomic_int_get (&self->progress->done);

  gtk_progress_bar_set_fraction (self->progress_bar, total > 0 ? (double) done / total : 0);
  return G_SOURCE_CONTINUE;
}

/* The one who counts writes into the progress until the callback: it is freed there. */
typedef struct
{
  CcAnswerView    *view;
  CcAnswerProgress progress;
} Count;

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Count *count = user_data;
  g_autoptr (CcAnswerView) self = count->view;
  g_autoptr (GError) error = NULL;
  CcAnswerBook *book = cc_answer_load_finish (result, &error);

  if (self->progress == &count->progress)
    {
      show_progress (self, FALSE);
      self->progress = NULL;
    }
  g_free (count);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (book == NULL)
    {
      g_autofree char *text = cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
      return;
    }
  g_clear_pointer (&self->book, cc_answer_book_unref);
  self->book = book;
  g_free (self->head);
  self->head = g_strdup (cc_answer_book_get_head (book));
  show_book (self);
}

void
cc_answer_view_stop (CcAnswerView *self)
{
  g_return_if_fail (CC_IS_ANSWER_VIEW (self));
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->progress = NULL;
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->progress_revealer != NULL)
    gtk_revealer_set_reveal_child (self->progress_revealer, FALSE);
}

static void
start_counting (CcAnswerView *self)
{
  Count *count = g_new0 (Count, 1);

  cc_answer_view_stop (self);
  self->cancellable = g_cancellable_new ();
  count->view = g_object_ref (self);
  self->progress = &count->progress;
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  show_progress (self, TRUE);
  self->tick = g_timeout_add (TICK_MS, on_tick, self);
  if (self->book == NULL)
    gtk_stack_set_visible_child (self->stack, self->counting);
  cc_answer_load_async (self->session, self->choice, &count->progress, self->cancellable,
                        on_counted, count);
}

static void
drop_book (CcAnswerView *self)
{
  g_clear_pointer (&self->book, cc_answer_book_unref);
  g_clear_pointer (&self->head, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self->tabs), FALSE);
  update_refusal (self);
  g_signal_emit (self, signals[LOADED], 0);
}

/* Sheets of the old choice would be taken for those of the new one, so they go at once. */
static void
on_options_changed_cb (CcAnswerView *self)
{
  const CcQuestionnaireChoice *chosen = cc_questionnaire_options_get (self->options);
  const gboolean               same = cc_questionnaire_choice_counts_alike (self->choice, chosen);

  cc_questionnaire_choice_free (self->choice);
  self->choice = cc_questionnaire_choice_copy (chosen);
  if (same)
    {
      update_refusal (self);
      g_signal_emit (self, signals[LOADED], 0);
      return;
    }
  drop_book (self);
  start_counting (self);
}

static const CcAnswerTyped *
find_typed (CcAnswerView *self, const CcAnswerPart *part)
{
  g_autofree char *place = NULL;

  if (part->kind == CC_ANSWER_BOX_TYPED)
    return cc_answer_book_find_typed (self->book, CC_ANSWER_META, part->name);
  place = cc_answer_part_get_place (part);
  return place != NULL ? cc_answer_book_find_typed (self->book, part->result->table->id, place)
                       : NULL;
}

gboolean
cc_answer_view_can_edit (CcAnswerView *self)
{
  const CcAnswerPart *part = cc_answer_view_get_part (self);
  g_autofree char    *place = NULL;

  if (part == NULL || cc_session_is_read_only (self->session))
    return FALSE;
  if (part->kind == CC_ANSWER_BOX_TYPED)
    return TRUE;
  place = cc_answer_part_get_place (part);
  return place != NULL;
}

void
cc_answer_view_edit (CcAnswerView *self)
{
  const CcAnswerPart *part = cc_answer_view_get_part (self);
  GdkRectangle        place;

  if (!cc_answer_view_can_edit (self)
      || !cc_sheet_view_get_place (self->sheet_view, GTK_WIDGET (self), &place))
    return;
  cc_cell_popover_edit (self->popover, self->book, part, find_typed (self, part), &place);
}

static void
keep (CcAnswerView *self,
      CcInterval    periods,
      const char   *table,
      const char   *cell,
      const char   *value,
      const char   *reason)
{
  cc_answer_keep (GTK_WIDGET (self), self->session,
                  &(CcAnswer){ (char *) cc_questionnaire_get_id (self->choice->questionnaire),
                               periods, (char *) table, (char *) cell, (char *) value,
                               (char *) reason });
}

static void
on_keep_cb (CcAnswerView *self, const char *value, const char *reason)
{
  const CcAnswerPart  *part = cc_answer_view_get_part (self);
  const CcAnswerTyped *typed;
  CcInterval           period;
  g_autofree char     *place = NULL;

  if (part == NULL || self->book == NULL)
    return;
  typed = find_typed (self, part);
  if (!cc_answer_keep_differs (typed, value, reason))
    return;
  if (part->kind == CC_ANSWER_BOX_TYPED)
    {
      keep (self, cc_answer_keep_choose_round (self->book, typed, value), CC_ANSWER_META,
            part->name, value, NULL);
      return;
    }
  place = cc_answer_part_get_place (part);
  cc_answer_part_get_period (part, &period);
  if (typed != NULL && cc_interval_is_known (typed->periods))
    period = typed->periods;
  keep (self, period, part->result->table->id, place, value, reason);
}

static void
on_answered_cb (CcAnswerView *self, const char *name, const char *value)
{
  const CcAnswerTyped *typed;

  if (self->book == NULL)
    return;
  typed = cc_answer_book_find_typed (self->book, CC_ANSWER_FORM, name);
  if (cc_answer_keep_differs (typed, value, NULL))
    keep (self, cc_answer_keep_choose_round (self->book, typed, value), CC_ANSWER_FORM, name, value,
          NULL);
}

/* Enter does what the cell is for: a typed one is typed into, a counted one shows its records. */
static void
on_open_cell_cb (CcAnswerView *self)
{
  const CcAnswerPart *part = cc_answer_view_get_part (self);

  if (part == NULL)
    return;
  if (part->kind == CC_ANSWER_BOX_TYPED || part->result->table->entry)
    cc_answer_view_edit (self);
  else
    g_signal_emit (self, signals[RECORDS_WANTED], 0);
}

static void
on_cell_menu_cb (CcAnswerView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget   *popover;
  GdkRectangle place;

  if (!cc_sheet_view_get_place (self->sheet_view, GTK_WIDGET (self), &place))
    return;
  g_menu_append (menu, _ ("Show the _Records Behind It"), "questionnaires.behind");
  g_menu_append (menu, _ ("_Type Here…"), "questionnaires.edit");
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  g_signal_connect (popover, "closed", G_CALLBACK (gtk_widget_unparent), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_jump_cb (CcAnswerView *self, const char *table, const char *period)
{
  cc_answer_view_show_table (self, table, period);
}

void
cc_answer_view_show_table (CcAnswerView *self, const char *table, const char *period)
{
  const CcAnswerPart *part;
  guint               sheet = 0;

  g_return_if_fail (CC_IS_ANSWER_VIEW (self) && table != NULL);
  if (self->book == NULL)
    {
      g_free (self->goal);
      self->goal = g_strdup (table);
      return;
    }
  part = cc_answer_book_find_part (self->book, table, period, &sheet);
  if (part == NULL)
    return;
  self->tab = sheet;
  cc_sheet_tabs_select (self->tabs, sheet);
  show_tab (self);
  cc_sheet_view_show_part (self->sheet_view, part);
}

void
cc_answer_view_show_checks (CcAnswerView *self)
{
  g_return_if_fail (CC_IS_ANSWER_VIEW (self));
  if (self->book == NULL)
    {
      g_free (self->goal);
      self->goal = g_strdup ("");
      return;
    }
  self->tab = count_sheets (self);
  cc_sheet_tabs_select (self->tabs, self->tab);
  show_tab (self);
}

void
cc_answer_view_step (CcAnswerView *self, int step)
{
  g_return_if_fail (CC_IS_ANSWER_VIEW (self));
  if (self->book == NULL)
    return;
  self->tab = (guint) CLAMP ((int) self->tab + step, 0, (int) count_sheets (self));
  cc_sheet_tabs_select (self->tabs, self->tab);
  show_tab (self);
}

static void
cc_answer_view_dispose (GObject *object)
{
  CcAnswerView *self = CC_ANSWER_VIEW (object);

  cc_answer_view_stop (self);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->choice, cc_questionnaire_choice_free);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_ANSWER_VIEW);
  g_clear_pointer (&self->book, cc_answer_book_unref);
  g_clear_pointer (&self->head, g_free);
  g_clear_pointer (&self->refused, g_free);
  g_clear_pointer (&self->goal, g_free);
  G_OBJECT_CLASS (cc_answer_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/questionnaires/"
                                               "cc-answer-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, options);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, refusal);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, tabs);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, stack);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, counting);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, sheet_scroller);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, sheet_view);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, form_view);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, check_list);
  gtk_widget_class_bind_template_child (widget_class, CcAnswerView, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_tab_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_options_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_open_cell_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cell_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_jump_cb);
  gtk_widget_class_bind_template_callback (widget_class, cc_answer_view_edit);
}

static void
cc_answer_view_class_init (CcAnswerViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_answer_view_dispose;
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[RECORDS_WANTED] = g_signal_new ("records-wanted", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CC_TYPE_QUESTIONNAIRE_OPTIONS);
  g_type_ensure (CC_TYPE_WRAP_BOX);
  g_type_ensure (CC_TYPE_SHEET_TABS);
  g_type_ensure (CC_TYPE_SHEET_VIEW);
  g_type_ensure (CC_TYPE_FORM_VIEW);
  g_type_ensure (CC_TYPE_CHECK_LIST);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
cc_answer_view_init (CcAnswerView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->popover = cc_cell_popover_new ();
  /* A scrolled window hands Tab to what it scrolls and never to a popover of its own. */
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  g_signal_connect_swapped (self->popover, "keep", G_CALLBACK (on_keep_cb), self);
}

/**
 * Shows the answer, counted for the years that the questionnaire asks for. What is shown already
 * and still holds is kept.
 *
 * head: the case file's present state
 */
void
cc_answer_view_open (CcAnswerView    *self,
                     CcSession       *session,
                     CcQuestionnaire *questionnaire,
                     int              last_year,
                     const char      *head)
{
  const gboolean same = self->choice != NULL && self->session == session
                        && g_str_equal (cc_questionnaire_get_checksum (self->choice->questionnaire),
                                        cc_questionnaire_get_checksum (questionnaire));

  g_return_if_fail (CC_IS_ANSWER_VIEW (self) && session != NULL && questionnaire != NULL);
  if (same)
    {
      if (self->book == NULL)
        start_counting (self);
      else
        {
          cc_answer_view_update (self, head);
          g_signal_emit (self, signals[LOADED], 0);
        }
      return;
    }
  cc_answer_view_stop (self);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  g_clear_pointer (&self->choice, cc_questionnaire_choice_free);
  self->choice =
      cc_questionnaire_choice_new (questionnaire, last_year, cc_session_get_language (session));
  cc_questionnaire_options_set (self->options, self->choice);
  self->tab = 0;
  drop_book (self);
  start_counting (self);
}

void
cc_answer_view_update (CcAnswerView *self, const char *head)
{
  g_return_if_fail (CC_IS_ANSWER_VIEW (self));
  if (self->choice == NULL || g_strcmp0 (self->head, head) == 0)
    return;
  start_counting (self);
}

const CcQuestionnaireChoice *
cc_answer_view_get_choice (CcAnswerView *self)
{
  g_return_val_if_fail (CC_IS_ANSWER_VIEW (self), NULL);
  return self->choice;
}

CcAnswerBook *
cc_answer_view_get_book (CcAnswerView *self)
{
  g_return_val_if_fail (CC_IS_ANSWER_VIEW (self), NULL);
  return self->book;
}

const CcAnswerPart *
cc_answer_view_get_part (CcAnswerView *self)
{
  g_return_val_if_fail (CC_IS_ANSWER_VIEW (self), NULL);
  if (self->book == NULL || gtk_stack_get_visible_child (self->stack) != self->sheet_scroller)
    return NULL;
  return cc_sheet_view_get_part (self->sheet_view);
}

const char *
cc_answer_view_get_refusal (CcAnswerView *self)
{
  g_return_val_if_fail (CC_IS_ANSWER_VIEW (self), NULL);
  return self->refused;
}

void
cc_answer_view_set_show_ranges (CcAnswerView *self, gboolean show_ranges)
{
  g_return_if_fail (CC_IS_ANSWER_VIEW (self));
  cc_sheet_view_set_show_ranges (self->sheet_view, show_ranges);
}
