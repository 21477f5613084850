/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-user-page.h"

#include "present/cc-error-presenter.h"
#include "widgets/cc-hat-row.h"

#include <glib/gi18n.h>
#include <cc/store/cc-user.h>

struct _CcUserPage
{
  AdwBin parent_instance;

  GtkListBox  *names;
  GtkEditable *other;
  CcHatRow    *hat;
  GtkLabel    *problem;
  GtkWidget   *continue_button;

  CcSession    *session;
  GCancellable *cancellable;
  CcUserList   *users;     /* whom the file knows */
  char         *suggested; /* what was put into the row of the function by itself */
  GtkWidget    *group;     /* of the rows' buttons; a group of one would be a box to tick */
  gboolean      busy;
};

G_DEFINE_FINAL_TYPE (CcUserPage, cc_user_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_READY,
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
find_marked (CcUserPage *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->names)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *check = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        return g_object_get_data (G_OBJECT (row), "name");
    }
  return NULL;
}

/* What is typed wins over what is marked. Returns: (transfer full): "" for nobody. */
static char *
get_choice (CcUserPage *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->other)));
  const char      *marked = find_marked (self);

  if (*typed != '\0' || marked == NULL)
    return g_steal_pointer (&typed);
  return g_strdup (marked);
}

static void
refresh (CcUserPage *self)
{
  g_autofree char *choice = get_choice (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "user.continue",
                                 self->session != NULL && !self->busy && *choice != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "user.continue-without",
                                 self->session != NULL && !self->busy);
}

static void
show_problem (CcUserPage *self, const GError *error)
{
  g_autofree char *text = error != NULL ? cc_describe_error (error) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  gtk_label_set_label (self->problem, text != NULL ? text : "");
}

/* Returns: (transfer none): what a person worked as last; "" where that is not known */
static const char *
find_hat (CcUserPage *self, const char *name)
{
  for (guint i = 0; self->users != NULL && i < self->users->users->len; i++)
    {
      const CcUser *user = g_ptr_array_index (self->users->users, i);

      if (g_str_equal (user->name, name))
        return user->hat;
    }
  return "";
}

/* The function follows the name, unless somebody has written another one. */
static void
suggest_hat (CcUserPage *self)
{
  g_autofree char *choice = get_choice (self);
  g_autofree char *hat = g_strdup (find_hat (self, choice));

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->hat)), self->suggested)
      || g_str_equal (hat, self->suggested))
    return;
  g_free (self->suggested);
  self->suggested = g_steal_pointer (&hat);
  gtk_editable_set_text (GTK_EDITABLE (self->hat), self->suggested);
}

static void
on_changed_cb (CcUserPage *self)
{
  show_problem (self, NULL);
  refresh (self);
}

static void
on_name_changed_cb (CcUserPage *self)
{
  suggest_hat (self);
  show_problem (self, NULL);
  refresh (self);
}

static void
on_entry_activated_cb (CcUserPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "user.continue", NULL);
}

/* ---- the names of the file ---- */

static void
list_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError     *error = NULL;
  CcUserList *users = cc_user_list (cc_session_get_file (task_data), &error);

  if (users == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, users, (GDestroyNotify) cc_user_list_free);
}

static void
add_row (CcUserPage *self, const char *name, gboolean marked)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *check = gtk_check_button_new ();
  g_autofree char *title = g_markup_escape_text (name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (self->group));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), marked);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_name_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->names, row);
}

static void
clear_names (CcUserPage *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->names))) != NULL)
    gtk_list_box_remove (self->names, row);
}

/* Whoever worked last is marked: on a desk of one person Enter is enough. */
static void
show_users (CcUserPage *self)
{
  const guint n = self->users != NULL ? self->users->users->len : 0;

  clear_names (self);
  for (guint i = 0; i < n; i++)
    {
      const CcUser *user = g_ptr_array_index (self->users->users, i);

      add_row (self, user->name, g_strcmp0 (user->name, self->users->last) == 0);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->names), n > 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->other),
                                 n > 0 ? _ ("Another Name") : _ ("Your Name"));
  cc_hat_row_set_known (self->hat, self->users != NULL ? self->users->hats : NULL);
  suggest_hat (self);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcUserPage *self = CC_USER_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcUserList) users = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  g_clear_pointer (&self->users, cc_user_list_free);
  self->users = g_steal_pointer (&users);
  show_users (self);
  show_problem (self, error);
  refresh (self);
  g_signal_emit (self, signals[SIGNAL_READY], 0);
}

/* ---- signing ---- */

typedef struct
{
  CcSession *session;
  char      *name;
  char      *hat;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *self = data;

  cc_session_unref (self->session);
  g_free (self->name);
  g_free (self->hat);
  g_free (self);
}

static void
choose_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Choice *self = task_data;
  GError *error = NULL;

  if (cc_user_choose (cc_session_get_file (self->session), self->name, self->hat, cancellable,
                      &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcUserPage *self = CC_USER_PAGE (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  show_problem (self, error);
  refresh (self);
  if (error == NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
sign_with (CcUserPage *self, const char *name, const char *hat)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_chosen, NULL);
  Choice *choice = g_new0 (Choice, 1);

  choice->session = cc_session_ref (self->session);
  choice->name = g_strdup (name);
  choice->hat = g_strdup (hat);
  self->busy = TRUE;
  refresh (self);
  g_task_set_name (task, "choose user");
  g_task_set_source_tag (task, sign_with);
  g_task_set_task_data (task, choice, choice_free);
  g_task_run_in_thread (task, choose_in_thread);
}

static void
on_continue_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcUserPage      *self = CC_USER_PAGE (widget);
  g_autofree char *choice = get_choice (self);
  g_autofree char *hat = cc_hat_row_dup_hat (self->hat);

  sign_with (self, choice, hat);
}

static void
on_continue_without_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sign_with (CC_USER_PAGE (widget), "", "");
}

/* ---- class ---- */

static void
let_go (CcUserPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->users, cc_user_list_free);
  self->busy = FALSE;
}

static void
cc_user_page_dispose (GObject *object)
{
  CcUserPage *self = CC_USER_PAGE (object);

  let_go (self);
  g_clear_object (&self->group);
  g_clear_pointer (&self->suggested, g_free);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_USER_PAGE);
  G_OBJECT_CLASS (cc_user_page_parent_class)->dispose (object);
}

static void
cc_user_page_class_init (CcUserPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_user_page_dispose;
  g_type_ensure (CC_TYPE_HAT_ROW);
  signals[SIGNAL_READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/unlock/cc-user-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcUserPage, names);
  gtk_widget_class_bind_template_child (widget_class, CcUserPage, other);
  gtk_widget_class_bind_template_child (widget_class, CcUserPage, hat);
  gtk_widget_class_bind_template_child (widget_class, CcUserPage, problem);
  gtk_widget_class_bind_template_child (widget_class, CcUserPage, continue_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated_cb);
  gtk_widget_class_install_action (widget_class, "user.continue", NULL, on_continue_activated);
  gtk_widget_class_install_action (widget_class, "user.continue-without", NULL,
                                   on_continue_without_activated);
}

static void
cc_user_page_init (CcUserPage *self)
{
  self->suggested = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  self->group = g_object_ref_sink (gtk_check_button_new ());
  refresh (self);
}

void
cc_user_page_set_session (CcUserPage *self, CcSession *session)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CC_IS_USER_PAGE (self));
  let_go (self);
  clear_names (self);
  gtk_editable_set_text (self->other, "");
  gtk_editable_set_text (GTK_EDITABLE (self->hat), "");
  g_free (self->suggested);
  self->suggested = g_strdup ("");
  show_problem (self, NULL);
  refresh (self);
  if (session == NULL)
    return;
  self->session = cc_session_ref (session);
  self->busy = TRUE;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_listed, NULL);
  g_task_set_name (task, "list users");
  g_task_set_source_tag (task, cc_user_page_set_session);
  g_task_set_task_data (task, cc_session_ref (session), (GDestroyNotify) cc_session_unref);
  g_task_run_in_thread (task, list_in_thread);
}

CcSession *
cc_user_page_get_session (CcUserPage *self)
{
  g_return_val_if_fail (CC_IS_USER_PAGE (self), NULL);
  return self->session;
}

void
cc_user_page_focus (CcUserPage *self)
{
  g_return_if_fail (CC_IS_USER_PAGE (self));
  if (find_marked (self) != NULL)
    gtk_widget_grab_focus (self->continue_button);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->other));
}
