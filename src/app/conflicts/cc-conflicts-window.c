/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-conflicts-window.h"

#include "cc-conflicts-load.h"
#include "present/cc-error-presenter.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>
#include <cc/store/cc-act.h>

struct _CcConflictsWindow
{
  AdwWindow parent_instance;

  GtkStack      *stack;
  GtkWidget     *spinner;
  GtkWidget     *list_view;
  GtkWidget     *nothing;
  AdwStatusPage *failure;
  GtkLabel      *sentence;
  GtkListBox    *list;

  CcSession    *session;
  GCancellable *cancellable;
  gboolean      settling;
};

G_DEFINE_FINAL_TYPE (CcConflictsWindow, cc_conflicts_window, ADW_TYPE_WINDOW)

typedef struct
{
  gint64   id;
  gboolean theirs;
} Choice;

static void load (CcConflictsWindow *self);

static gboolean
settle (CcAct *act, gpointer data, GError **error)
{
  const Choice *choice = data;

  return cc_act_settle_conflict (act, choice->id, choice->theirs, error);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcConflictsWindow) self = CC_CONFLICTS_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  self->settling = FALSE;
  if (!cc_session_act_finish (result, NULL, &error) && self->session != NULL)
    cc_present_error (GTK_WIDGET (self), _ ("The Answer Could Not Be Saved"), error);
  load (self);
}

static void
on_answer_activated (AdwActionRow *row, gpointer user_data)
{
  CcConflictsWindow *self = CC_CONFLICTS_WINDOW (user_data);
  const Choice      *choice = g_object_get_data (G_OBJECT (row), "choice");

  if (self->settling || self->session == NULL || cc_session_is_read_only (self->session))
    return;
  self->settling = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  cc_session_act_async (self->session, "settle-merge", settle, g_memdup2 (choice, sizeof *choice),
                        g_free, NULL, on_settled, g_object_ref (self));
}

static void
mark (GtkWidget *row)
{
  GtkWidget *sign = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (sign), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), sign);
}

/* What somebody wrote since: it stands until one of both is chosen. */
static GtkWidget *
create_now (const CcConflictLine *line)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (line->now, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Changed here after the files were brought "
                                                        "together. This stands now, unless you "
                                                        "choose one of the two below."));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  mark (row);
  return row;
}

/* One answer: activated, it is taken. */
static GtkWidget *
create_answer (CcConflictsWindow *self, const CcConflictLine *line, gboolean theirs)
{
  GtkWidget       *row = adw_action_row_new ();
  Choice          *choice = g_new0 (Choice, 1);
  const gboolean   stands = line->now == NULL && theirs == line->kept_theirs;
  const char      *moment = theirs ? line->theirs_moment : line->mine_moment;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  choice->id = line->id;
  choice->theirs = theirs;
  title = g_markup_escape_text (theirs ? line->theirs : line->mine, -1);
  subtitle = stands ? g_strdup_printf (theirs
                                           /* Translators: %s is a day and a time. */
                                           ? _ ("Brought in, changed %s. This stands now.")
                                           /* Translators: %s is a day and a time. */
                                           : _ ("Here, changed %s. This stands now."),
                                       moment)
                    : g_strdup_printf (theirs
                                           /* Translators: %s is a day and a time. */
                                           ? _ ("Brought in, changed %s.")
                                           /* Translators: %s is a day and a time. */
                                           : _ ("Here, changed %s."),
                                       moment);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row),
                                    !cc_session_is_read_only (self->session));
  if (stands)
    mark (row);
  g_object_set_data_full (G_OBJECT (row), "choice", choice, g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_answer_activated), self, 0);
  return row;
}

/* Whom it is about. */
static GtkWidget *
create_record (const CcConflictRecord *record)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (record->title, -1);
  g_autofree char *subtitle = g_markup_escape_text (record->text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static GtkWidget *
create_question (CcConflictsWindow *self, const CcConflictLine *line)
{
  GtkWidget       *row = adw_expander_row_new ();
  g_autofree char *title = g_markup_escape_text (line->title, -1);
  /* Translators: what was said here, and what was brought in. */
  g_autofree char *both =
      g_strdup_printf (_ ("Here: %1$s. Brought in: %2$s."), line->mine, line->theirs);
  g_autofree char *subtitle = g_markup_escape_text (both, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, line->title,
                                  -1);
  for (guint i = 0; i < line->records->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              create_record (g_ptr_array_index (line->records, i)));
  if (line->now != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), create_now (line));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), create_answer (self, line, FALSE));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), create_answer (self, line, TRUE));
  return row;
}

static void
show_conflicts (CcConflictsWindow *self, const CcConflicts *conflicts)
{
  g_autofree char *sentence = cc_conflicts_describe_open (self->session, conflicts->n_open);
  GtkWidget       *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < conflicts->lines->len; i++)
    gtk_list_box_append (self->list,
                         create_question (self, g_ptr_array_index (conflicts->lines, i)));
  child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  if (child != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (child), TRUE);
  gtk_label_set_label (self->sentence, sentence);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), TRUE);
  gtk_stack_set_visible_child (self->stack,
                               conflicts->n_open > 0 ? self->list_view : self->nothing);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcConflictsWindow) self = CC_CONFLICTS_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  CcConflicts *conflicts = cc_session_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (conflicts == NULL)
    {
      g_autofree char *text = cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
      return;
    }
  show_conflicts (self, conflicts);
  cc_conflicts_free (conflicts);
}

static void
load (CcConflictsWindow *self)
{
  if (self->session == NULL)
    return;
  cc_session_read_async (self->session, cc_conflicts_read, NULL, NULL, cc_conflicts_free,
                         self->cancellable, on_read, g_object_ref (self));
}

static void
cc_conflicts_window_dispose (GObject *object)
{
  CcConflictsWindow *self = CC_CONFLICTS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->session, cc_session_unref);
  G_OBJECT_CLASS (cc_conflicts_window_parent_class)->dispose (object);
}

static void
cc_conflicts_window_finalize (GObject *object)
{
  g_object_unref (CC_CONFLICTS_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (cc_conflicts_window_parent_class)->finalize (object);
}

static void
cc_conflicts_window_class_init (CcConflictsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_conflicts_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_conflicts_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/conflicts/"
                                                             "cc-conflicts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CcConflictsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CcConflictsWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcConflictsWindow, list_view);
  gtk_widget_class_bind_template_child (widget_class, CcConflictsWindow, nothing);
  gtk_widget_class_bind_template_child (widget_class, CcConflictsWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, CcConflictsWindow, sentence);
  gtk_widget_class_bind_template_child (widget_class, CcConflictsWindow, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cc_conflicts_window_init (CcConflictsWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->list));
}

CcConflictsWindow *
cc_conflicts_window_new (GtkWindow *parent, CcSession *session)
{
  CcConflictsWindow *self = g_object_new (CC_TYPE_CONFLICTS_WINDOW, "transient-for", parent, NULL);

  self->session = cc_session_ref (session);
  load (self);
  return self;
}
