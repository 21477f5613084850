/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-person-view.h"

#include "cc-compare-view.h"
#include "cc-person-words.h"
#include "cc-session-work.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>
#include <cc/store/cc-choice.h>

struct _CcPersonView
{
  AdwBin parent_instance;

  GtkStack      *stack;
  GtkWidget     *content;
  AdwStatusPage *failure;
  GtkLabel      *title;
  CcCompareView *compare;
  GtkListBox    *history;

  CcSession      *session;
  gint64          cluster;
  CcReviewPerson *person;
  gboolean        busy;
  GCancellable   *cancellable;
};

G_DEFINE_FINAL_TYPE (CcPersonView, cc_person_view, ADW_TYPE_BIN)

static void
free_person (gpointer person)
{
  cc_review_person_free (person);
}

static gpointer
read_person (CcSession    *session,
             CcConnection *connection,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  return cc_review_read_person (cc_session_get_file (session), connection,
                                cc_session_get_texts (session), cc_session_get_language (session),
                                *(gint64 *) data, error);
}

static void
show_history (CcPersonView *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->history, 0)) != NULL)
    gtk_list_box_remove (self->history, GTK_WIDGET (row));
  for (guint i = 0; i < self->person->steps->len; i++)
    {
      const CcReviewStep *step = self->person->steps->pdata[i];
      g_autofree char    *title = cc_person_describe_step (self->person, step);
      g_autofree char    *below = cc_person_describe_step_origin (self->session, step);
      GtkWidget          *line = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (line), below);
      gtk_list_box_append (self->history, line);
    }
}

static void
show_person (CcPersonView *self)
{
  g_autofree char *title = cc_person_describe (self->session, self->person);

  gtk_label_set_label (self->title, title);
  self->cluster = self->person->cluster;
  cc_compare_view_set_person (self->compare, self->session, self->person);
  show_history (self);
  gtk_stack_set_visible_child (self->stack, self->content);
}

static void
on_person_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcPersonView) self = CC_PERSON_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  CcReviewPerson *person = cc_session_read_finish (result, &error);

  if (person != NULL && self->session != NULL)
    {
      g_clear_pointer (&self->person, cc_review_person_free);
      self->person = person;
      show_person (self);
    }
  else
    cc_review_person_free (person);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
    }
}

static gboolean
cc_person_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return cc_tab_focus (widget, cc_person_view_parent_class, direction);
}

static gboolean
cc_person_view_grab_focus (GtkWidget *widget)
{
  return !cc_tab_is_passing (widget)
         && gtk_widget_grab_focus (GTK_WIDGET (CC_PERSON_VIEW (widget)->compare));
}

static void
cc_person_view_dispose (GObject *object)
{
  CcPersonView *self = CC_PERSON_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->person, cc_review_person_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_PERSON_VIEW);
  G_OBJECT_CLASS (cc_person_view_parent_class)->dispose (object);
}

static void
cc_person_view_class_init (CcPersonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_person_view_dispose;
  widget_class->focus = cc_person_view_focus;
  widget_class->grab_focus = cc_person_view_grab_focus;
  g_type_ensure (CC_TYPE_COMPARE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/duplicates/"
                                                             "cc-person-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CcPersonView, stack);
  gtk_widget_class_bind_template_child (widget_class, CcPersonView, content);
  gtk_widget_class_bind_template_child (widget_class, CcPersonView, failure);
  gtk_widget_class_bind_template_child (widget_class, CcPersonView, title);
  gtk_widget_class_bind_template_child (widget_class, CcPersonView, compare);
  gtk_widget_class_bind_template_child (widget_class, CcPersonView, history);
}

static void
cc_person_view_init (CcPersonView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->history));
}

void
cc_person_view_refresh (CcPersonView *self)
{
  g_return_if_fail (CC_IS_PERSON_VIEW (self));
  if (self->session == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (self->session, read_person,
                         g_memdup2 (&self->cluster, sizeof self->cluster), g_free, free_person,
                         self->cancellable, on_person_read, g_object_ref (self));
}

void
cc_person_view_load (CcPersonView *self, CcSession *session, gint64 cluster)
{
  g_return_if_fail (CC_IS_PERSON_VIEW (self) && session != NULL);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  if (self->cluster != cluster)
    {
      cc_compare_view_clear (self->compare);
      gtk_label_set_label (self->title, "");
    }
  self->cluster = cluster;
  cc_person_view_refresh (self);
}

/* One act on the person, off the main loop. */
typedef struct
{
  CcPersonView     *view; /* held; the act does not touch it */
  GArray           *records;
  gint64            taken_out;
  gint64            cluster;
  const CcVariable *variable;
  gint64            record;
} PersonAct;

static void
person_act_free (PersonAct *self)
{
  g_clear_pointer (&self->records, g_array_unref);
  g_free (self);
}

static gboolean
split (CcAct *act, gpointer data, GError **error)
{
  PersonAct *self = data;

  return cc_act_take_out (act, self->taken_out, (const gint64 *) self->records->data,
                          self->records->len, NULL, error);
}

static gboolean
choose (CcAct *act, gpointer data, GError **error)
{
  PersonAct *self = data;

  return cc_act_choose_value (act, self->cluster, self->variable, self->record, error);
}

static void
on_acted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PersonAct *done = user_data;
  g_autoptr (CcPersonView) self = done->view;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  self->busy = FALSE;
  if (!cc_session_act_finish (result, &seq, &error))
    cc_present_error (GTK_WIDGET (self),
                      done->taken_out != 0 ? _ ("The Record Could Not Be Split Off")
                                           : _ ("The Value Could Not Be Chosen"),
                      error);
  else
    cc_present_undo (GTK_WIDGET (self),
                     done->taken_out != 0 ? _ ("The record is a person of its own now")
                                          : _ ("The value that counts was changed"),
                     seq);
  person_act_free (done);
}

static PersonAct *
start_act (CcPersonView *self)
{
  PersonAct *act;

  if (self->busy || self->person == NULL || self->session == NULL
      || cc_session_is_read_only (self->session))
    return NULL;
  act = g_new0 (PersonAct, 1);
  act->view = g_object_ref (self);
  act->cluster = self->person->cluster;
  self->busy = TRUE;
  return act;
}

void
cc_person_view_split (CcPersonView *self, guint column)
{
  PersonAct *act;

  g_return_if_fail (CC_IS_PERSON_VIEW (self));
  if (self->person == NULL || column >= self->person->records->len || self->person->records->len < 2
      || (act = start_act (self)) == NULL)
    return;
  act->records = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->person->records->len; i++)
    g_array_append_val (act->records, ((CcReviewRecord *) self->person->records->pdata[i])->id);
  act->taken_out = g_array_index (act->records, gint64, column);
  cc_session_act_async (self->session, "decide", split, act, NULL, NULL, on_acted, act);
}

void
cc_person_view_choose (CcPersonView *self, guint field, gint64 record)
{
  PersonAct *act;

  g_return_if_fail (CC_IS_PERSON_VIEW (self));
  if (self->person == NULL || field >= self->person->fields->len
      || (act = start_act (self)) == NULL)
    return;
  act->variable = ((CcReviewField *) self->person->fields->pdata[field])->row->variable;
  act->record = record;
  cc_session_act_async (self->session, "choose", choose, act, NULL, NULL, on_acted, act);
}
