/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-questionnaires-page.h"

#include "cc-answer-view.h"
#include "cc-questionnaire-export.h"
#include "cc-questionnaire-shelf.h"
#include "cc-questionnaires-home.h"
#include "cc-read-back-view.h"
#include "present/cc-error-presenter.h"
#include "tables/cc-cell-window.h"

#include <string.h>

#include <glib/gi18n.h>

struct _CcQuestionnairesPage
{
  CcPage parent_instance;

  GtkStack             *stack;
  GtkWidget            *loading;
  CcQuestionnairesHome *home;
  CcAnswerView         *answer;
  AdwStatusPage        *failure;
  GtkWidget            *toolbar;

  GSimpleActionGroup   *actions;
  CcQuestionnaireShelf *shelf;
  char                 *target; /* asked for before there was a shelf */
  GCancellable         *cancellable;
};

G_DEFINE_FINAL_TYPE (CcQuestionnairesPage, cc_questionnaires_page, CC_TYPE_PAGE)

static gboolean
shows_answer (CcQuestionnairesPage *self)
{
  return gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->answer);
}

static void
enable (CcQuestionnairesPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (CcQuestionnairesPage *self)
{
  CcSession     *session = cc_page_get_session (CC_PAGE (self));
  const gboolean answer = shows_answer (self);
  const gboolean counted = answer && cc_answer_view_get_book (self->answer) != NULL;
  const gboolean writable = session != NULL && !cc_session_is_read_only (session);

  enable (self, "export", counted && writable && cc_answer_view_get_refusal (self->answer) == NULL);
  enable (self, "export-blank", answer);
  enable (self, "show-checks", counted);
  enable (self, "next-sheet", counted);
  enable (self, "previous-sheet", counted);
  enable (self, "show-ranges", answer);
  enable (self, "edit", counted && writable);
  enable (self, "behind", counted);
  enable (self, "open", self->shelf != NULL);
  gtk_widget_set_visible (self->toolbar, answer);
}

static void
show_home (CcQuestionnairesPage *self)
{
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->home));
  cc_page_set_title (CC_PAGE (self), NULL, NULL);
  cc_page_set_can_go_back (CC_PAGE (self), FALSE);
  update_actions (self);
}

static void
show_answer (CcQuestionnairesPage *self, const char *id)
{
  CcSession *session = cc_page_get_session (CC_PAGE (self));

  for (guint i = 0; self->shelf != NULL && i < self->shelf->entries->len; i++)
    {
      const CcQuestionnaireEntry *entry = self->shelf->entries->pdata[i];
      g_autofree char            *title = NULL;
      g_autoptr (GDateTime) now = NULL;

      if (!g_str_equal (entry->id, id) || entry->questionnaire == NULL)
        continue;
      now = g_date_time_new_now_local ();
      title = cc_questionnaire_shelf_title_entry (entry, session);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->answer));
      cc_page_set_title (CC_PAGE (self), title, NULL);
      cc_page_set_can_go_back (CC_PAGE (self), TRUE);
      cc_answer_view_open (self->answer, session, entry->questionnaire,
                           cc_questionnaire_choice_find_last_year (self->shelf->newest_year,
                                                                   g_date_time_get_year (now)),
                           self->shelf->head);
      update_actions (self);
      return;
    }
}

static void
follow_target (CcQuestionnairesPage *self)
{
  g_autofree char *target = g_steal_pointer (&self->target);
  const char      *colon = target != NULL ? strchr (target, ':') : NULL;
  g_autofree char *id = NULL;

  if (colon == NULL)
    return;
  id = g_strndup (colon + 1, strcspn (colon + 1, "/"));
  show_answer (self, id);
  if (!shows_answer (self))
    return;
  if (g_str_has_prefix (target, "checks:"))
    cc_answer_view_show_checks (self->answer);
  else if (strchr (colon, '/') != NULL)
    cc_answer_view_show_table (self->answer, strchr (colon, '/') + 1, NULL);
}

static void
on_shelf_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcQuestionnairesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  CcQuestionnaireShelf *shelf = cc_session_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (shelf == NULL)
    {
      g_autofree char *text = cc_describe_error (error);

      adw_status_page_set_description (self->failure, text);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
      return;
    }
  g_clear_pointer (&self->shelf, cc_questionnaire_shelf_free);
  self->shelf = shelf;
  cc_questionnaires_home_show (self->home, cc_page_get_session (CC_PAGE (self)), shelf);
  if (shows_answer (self))
    cc_answer_view_update (self->answer, shelf->head);
  else
    show_home (self);
  update_actions (self);
  follow_target (self);
}

static void
stop_loading (CcQuestionnairesPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
cc_questionnaires_page_refresh (CcPage *page, CcSession *session)
{
  CcQuestionnairesPage *self = CC_QUESTIONNAIRES_PAGE (page);

  stop_loading (self);
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (session, cc_questionnaire_shelf_load, NULL, NULL,
                         (GDestroyNotify) cc_questionnaire_shelf_free, self->cancellable,
                         on_shelf_loaded, g_object_ref (self));
}

static void
cc_questionnaires_page_open_target (CcPage *page, const char *target)
{
  CcQuestionnairesPage *self = CC_QUESTIONNAIRES_PAGE (page);

  g_free (self->target);
  self->target = g_strdup (target);
  if (self->shelf != NULL)
    follow_target (self);
}

static void
cc_questionnaires_page_go_back (CcPage *page)
{
  CcQuestionnairesPage *self = CC_QUESTIONNAIRES_PAGE (page);

  cc_answer_view_stop (self->answer);
  show_home (self);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_answer (user_data, g_variant_get_string (parameter, NULL));
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcQuestionnairesPage *self = user_data;

  cc_questionnaire_export_run (GTK_WIDGET (self), cc_page_get_session (CC_PAGE (self)),
                               cc_answer_view_get_choice (self->answer),
                               cc_answer_view_get_book (self->answer));
}

static void
on_export_blank (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcQuestionnairesPage *self = user_data;

  cc_questionnaire_export_run_blank (GTK_WIDGET (self), cc_page_get_session (CC_PAGE (self)),
                                     cc_answer_view_get_choice (self->answer));
}

static void
on_read_back (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_read_back_run (GTK_WIDGET (user_data), cc_page_get_session (CC_PAGE (user_data)));
}

static void
on_show_checks (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_answer_view_show_checks (CC_QUESTIONNAIRES_PAGE (user_data)->answer);
}

static void
on_next_sheet (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_answer_view_step (CC_QUESTIONNAIRES_PAGE (user_data)->answer, 1);
}

static void
on_previous_sheet (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_answer_view_step (CC_QUESTIONNAIRES_PAGE (user_data)->answer, -1);
}

static void
on_show_ranges (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  cc_answer_view_set_show_ranges (CC_QUESTIONNAIRES_PAGE (user_data)->answer,
                                  g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

static void
on_edit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  cc_answer_view_edit (CC_QUESTIONNAIRES_PAGE (user_data)->answer);
}

static void
show_behind (CcQuestionnairesPage *self)
{
  CcAnswerBook       *book = cc_answer_view_get_book (self->answer);
  const CcAnswerPart *part = cc_answer_view_get_part (self->answer);
  GtkRoot            *root = gtk_widget_get_root (GTK_WIDGET (self));
  CcSession          *session = cc_page_get_session (CC_PAGE (self));
  g_autoptr (CcFigureParams) params = NULL;
  g_autofree char *name = NULL;
  CcCellWindow    *window;

  if (book == NULL || part == NULL || part->cell == NULL || !GTK_IS_WINDOW (root))
    return;
  params = cc_figure_params_new (NULL, cc_answer_book_get_periods (book),
                                 cc_session_get_language (session));
  name = cc_answer_book_describe_place (book, part);
  window = cc_cell_window_new (GTK_WINDOW (root));
  cc_cell_window_load_cell (window, session, params, part->result, name, part->row, part->col);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_behind (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_behind (user_data);
}

/* The folder is made when it is first looked into: nobody needs an empty one. */
static void
on_open_folder (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *folder = cc_questionnaire_shelf_get_folder ();
  g_autofree char *uri = NULL;
  GtkRoot         *root = gtk_widget_get_root (GTK_WIDGET (user_data));

  g_mkdir_with_parents (folder, 0700);
  uri = g_filename_to_uri (folder, NULL, NULL);
  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static const GActionEntry entries[] = {
  { .name = "open", .activate = on_open, .parameter_type = "s" },
  { .name = "export", .activate = on_export },
  { .name = "export-blank", .activate = on_export_blank },
  { .name = "read-back", .activate = on_read_back },
  { .name = "show-checks", .activate = on_show_checks },
  { .name = "next-sheet", .activate = on_next_sheet },
  { .name = "previous-sheet", .activate = on_previous_sheet },
  { .name = "show-ranges", .state = "false", .change_state = on_show_ranges },
  { .name = "edit", .activate = on_edit },
  { .name = "behind", .activate = on_behind },
  { .name = "open-folder", .activate = on_open_folder },
};

static void
on_loaded_cb (CcQuestionnairesPage *self)
{
  update_actions (self);
}

static void
on_records_wanted_cb (CcQuestionnairesPage *self)
{
  show_behind (self);
}

static void
cc_questionnaires_page_dispose (GObject *object)
{
  CcQuestionnairesPage *self = CC_QUESTIONNAIRES_PAGE (object);

  stop_loading (self);
  g_clear_pointer (&self->shelf, cc_questionnaire_shelf_free);
  g_clear_pointer (&self->target, g_free);
  g_clear_object (&self->actions);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_QUESTIONNAIRES_PAGE);
  G_OBJECT_CLASS (cc_questionnaires_page_parent_class)->dispose (object);
}

static void
cc_questionnaires_page_class_init (CcQuestionnairesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_questionnaires_page_dispose;
  CC_PAGE_CLASS (klass)->refresh = cc_questionnaires_page_refresh;
  CC_PAGE_CLASS (klass)->open_target = cc_questionnaires_page_open_target;
  CC_PAGE_CLASS (klass)->go_back = cc_questionnaires_page_go_back;
  g_type_ensure (CC_TYPE_QUESTIONNAIRES_HOME);
  g_type_ensure (CC_TYPE_ANSWER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/questionnaires/"
                                               "cc-questionnaires-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesPage, loading);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesPage, home);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesPage, answer);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesPage, failure);
  gtk_widget_class_bind_template_child (widget_class, CcQuestionnairesPage, toolbar);
  gtk_widget_class_bind_template_callback (widget_class, on_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_records_wanted_cb);
}

static void
cc_questionnaires_page_init (CcQuestionnairesPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_page_add_actions (CC_PAGE (self), "questionnaires", G_ACTION_GROUP (self->actions));
  update_actions (self);
}
