/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-page.h"

#include "cc-import-home.h"
#include "cc-import-undo.h"
#include "cc-import-wizard.h"
#include "cc-session-work.h"
#include "present/cc-chooser.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/store/cc-act.h>

struct _CcImportPage
{
  CcPage parent_instance;

  GtkStack       *stack;
  CcImportHome   *home;
  CcImportWizard *wizard; /* (nullable): made in a quiet moment after the page is shown first */
  guint           wizard_source;

  GListStore           *queue; /* CcImportDraft */
  GtkFileChooserNative *chooser;
  GSimpleActionGroup   *actions;
  GCancellable         *cancellable;
  CcSession            *session;
  gboolean              seen; /* the result that is shown was looked at, and left */
};

G_DEFINE_FINAL_TYPE (CcImportPage, cc_import_page, CC_TYPE_PAGE)

typedef struct
{
  GPtrArray *submissions;
  GPtrArray *entities;
} Deliveries;

static void
deliveries_free (gpointer data)
{
  Deliveries *self = data;

  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  g_free (self);
}

static gpointer
load_deliveries (CcSession    *session,
                 CcConnection *connection,
                 gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  CcCaseFile *file = cc_session_get_file (session);
  Deliveries *self = g_new0 (Deliveries, 1);

  self->submissions = cc_submission_list (file, error);
  if (self->submissions != NULL)
    self->entities = cc_entity_list (file, error);
  if (self->entities == NULL)
    g_clear_pointer (&self, deliveries_free);
  return self;
}

static void
on_deliveries (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcImportPage) self = CC_IMPORT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  Deliveries *deliveries = cc_session_read_finish (result, &error);

  if (deliveries == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        cc_present_error (GTK_WIDGET (self), _ ("The Deliveries Could Not Be Read"), error);
      return;
    }
  cc_import_home_show_deliveries (self->home, self->session,
                                  g_steal_pointer (&deliveries->submissions),
                                  g_steal_pointer (&deliveries->entities));
  deliveries_free (deliveries);
}

static void
stop_loading (CcImportPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static CcImportDraft *
get_draft (CcImportPage *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->queue), position);
}

/* Files are read one after the other: the next one when none is being read. */
static void
read_next (CcImportPage *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->queue));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CcImportDraft) draft = get_draft (self, i);

      if (draft->state == CC_DRAFT_READING)
        return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CcImportDraft) draft = get_draft (self, i);

      if (draft->state == CC_DRAFT_WAITING)
        {
          cc_import_draft_read (draft);
          return;
        }
    }
}

static void
on_draft_changed (CcImportPage *self, CcImportDraft *draft)
{
  if (draft->state != CC_DRAFT_READING && draft->state != CC_DRAFT_WAITING)
    read_next (self);
}

static guint
count_waiting (CcImportPage *self, CcImportDraft *without)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (CcImportDraft) draft = get_draft (self, i);

      n += draft != without && draft->state != CC_DRAFT_DONE && draft->state != CC_DRAFT_FAILED;
    }
  return n;
}

static void on_left_cb (CcImportPage *self);
static void on_next_cb (CcImportPage *self);
static void on_another_cb (CcImportPage *self);
static void show_titles (CcImportPage *self);

static CcImportWizard *
get_wizard (CcImportPage *self)
{
  if (self->wizard != NULL)
    return self->wizard;
  g_clear_handle_id (&self->wizard_source, g_source_remove);
  self->wizard = g_object_new (CC_TYPE_IMPORT_WIZARD, NULL);
  g_signal_connect_object (self->wizard, "left", G_CALLBACK (on_left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wizard, "next", G_CALLBACK (on_next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wizard, "another", G_CALLBACK (on_another_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wizard, "step-changed", G_CALLBACK (show_titles), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->wizard));
  return self->wizard;
}

static gboolean
on_quiet (gpointer user_data)
{
  CcImportPage *self = user_data;

  self->wizard_source = 0;
  get_wizard (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_home (CcImportPage *self)
{
  return gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->home);
}

static void
show_titles (CcImportPage *self)
{
  const gboolean   home = is_home (self);
  g_autofree char *subtitle = home ? NULL : cc_import_wizard_get_subtitle (self->wizard);

  cc_page_set_title (CC_PAGE (self), home ? NULL : cc_import_wizard_get_title (self->wizard),
                     subtitle);
  cc_page_set_can_go_back (CC_PAGE (self), !home);
}

static void
open_draft (CcImportPage *self, CcImportDraft *draft)
{
  CcImportWizard *wizard = get_wizard (self);

  cc_import_wizard_set_n_waiting (wizard, count_waiting (self, draft));
  cc_import_wizard_set_draft (wizard, draft);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (wizard));
  show_titles (self);
}

/* What is done leaves the queue: it stands among the deliveries. */
static void
sweep_queue (CcImportPage *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i > 0; i--)
    {
      g_autoptr (CcImportDraft) draft = get_draft (self, i - 1);

      if (draft->state == CC_DRAFT_DONE)
        g_list_store_remove (self->queue, i - 1);
      else
        cc_import_draft_reload (draft);
    }
}

static void
show_home (CcImportPage *self)
{
  if (self->wizard != NULL)
    cc_import_wizard_set_draft (self->wizard, NULL);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->home));
  sweep_queue (self);
  show_titles (self);
}

static void
on_next_cb (CcImportPage *self)
{
  g_autoptr (CcImportDraft) next = NULL;

  sweep_queue (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)) && next == NULL; i++)
    {
      g_autoptr (CcImportDraft) draft = get_draft (self, i);

      if (draft->state != CC_DRAFT_FAILED)
        next = g_steal_pointer (&draft);
    }
  if (next != NULL)
    open_draft (self, next);
  else
    show_home (self);
}

static void
on_left_cb (CcImportPage *self)
{
  show_home (self);
}

static void
on_opened_cb (CcImportPage *self, CcImportDraft *draft)
{
  open_draft (self, draft);
}

static void
on_removed_cb (CcImportPage *self, CcImportDraft *draft)
{
  guint position;

  if (!g_list_store_find (self->queue, draft, &position))
    return;
  cc_import_draft_cancel (draft);
  g_signal_handlers_disconnect_by_data (draft, self);
  g_list_store_remove (self->queue, position);
  read_next (self);
}

static void
on_files_cb (CcImportPage *self, GListModel *files)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        cc_import_page_add_file (self, path);
    }
}

static void
on_files_chosen (CcImportPage *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));

      on_files_cb (self, files);
    }
  g_clear_object (&self->chooser);
}

/* A result is looked at once; who comes back comes for the next file. */
static void
cc_import_page_unmap (GtkWidget *widget)
{
  CcImportPage *self = CC_IMPORT_PAGE (widget);

  g_clear_handle_id (&self->wizard_source, g_source_remove);
  self->seen = !is_home (self) && cc_import_wizard_get_step (self->wizard) == CC_WIZARD_RESULT;
  GTK_WIDGET_CLASS (cc_import_page_parent_class)->unmap (widget);
}

static void
cc_import_page_map (GtkWidget *widget)
{
  CcImportPage *self = CC_IMPORT_PAGE (widget);

  if (self->seen)
    show_home (self);
  self->seen = FALSE;
  GTK_WIDGET_CLASS (cc_import_page_parent_class)->map (widget);
  if (self->wizard == NULL && self->wizard_source == 0)
    self->wizard_source = g_idle_add_full (G_PRIORITY_LOW, on_quiet, self, NULL);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_equal (suffixes[i], "*"))
      gtk_file_filter_add_pattern (filter, "*");
    else
      gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
choose_files (CcImportPage *self)
{
  static const char *const sheets[] = { "xlsx", "xlsm", "ods", "xls", "csv", "txt", "tsv", NULL };
  static const char *const all[] = { "*", NULL };

  if (self->chooser != NULL || self->session == NULL || cc_session_is_read_only (self->session))
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Choose Spreadsheets"),
                                   GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("Spreadsheets"), sheets);
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("All Files"), all);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_files_chosen), self);
  cc_chooser_show (self->chooser, CC_CHOOSER_IMPORT);
}

static void
on_choose_cb (CcImportPage *self)
{
  choose_files (self);
}

static void
on_another_cb (CcImportPage *self)
{
  show_home (self);
  choose_files (self);
}

static gboolean
cc_import_page_open_files (CcPage *page)
{
  CcImportPage *self = CC_IMPORT_PAGE (page);

  if (self->session == NULL || cc_session_is_read_only (self->session))
    return FALSE;
  choose_files (self);
  return TRUE;
}

static void
on_choose_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  choose_files (user_data);
}

static void
on_continue_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CcImportPage *self = user_data;

  if (!is_home (self))
    cc_import_wizard_go_on (self->wizard);
}

static void
on_undo_cb (CcImportPage *self, gint64 id)
{
  const char         *agency;
  const CcSubmission *submission = cc_import_home_find_delivery (self->home, id, &agency);

  if (submission != NULL)
    cc_import_ask_undo (GTK_WIDGET (self), self->session, submission, agency);
}

static void
cc_import_page_refresh (CcPage *page, CcSession *session)
{
  CcImportPage *self = CC_IMPORT_PAGE (page);
  GAction      *choose = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "choose");

  stop_loading (self);
  /* Another case file: what waited for the former one is not for it. */
  if (self->session != session)
    {
      show_home (self);
      g_list_store_remove_all (self->queue);
    }
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  g_simple_action_set_enabled (G_SIMPLE_ACTION (choose), !cc_session_is_read_only (session));
  cc_import_home_set_read_only (self->home, cc_session_is_read_only (session));
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (session, load_deliveries, NULL, NULL, deliveries_free, self->cancellable,
                         on_deliveries, g_object_ref (self));
}

static void
cc_import_page_open_target (CcPage *page, const char *target)
{
  CcImportPage *self = CC_IMPORT_PAGE (page);

  show_home (self);
  if (g_str_equal (target, "new"))
    choose_files (self);
  else if (g_str_has_prefix (target, "submission:"))
    cc_import_home_open_delivery (self->home,
                                  g_ascii_strtoll (target + strlen ("submission:"), NULL, 10));
}

static void
cc_import_page_go_back (CcPage *page)
{
  cc_import_wizard_go_back (get_wizard (CC_IMPORT_PAGE (page)));
}

static guint
cc_import_page_count_waiting (CcPage *page)
{
  CcImportPage *self = CC_IMPORT_PAGE (page);
  guint         n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (CcImportDraft) draft = get_draft (self, i);

      n += draft->state != CC_DRAFT_DONE;
    }
  return n;
}

static void
cc_import_page_tell_forgotten (CcPage *page, guint n)
{
  cc_import_home_set_forgotten (CC_IMPORT_PAGE (page)->home, n);
}

static void
stop_queue (CcImportPage *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (CcImportDraft) draft = get_draft (self, i);

      g_signal_handlers_disconnect_by_data (draft, self);
      cc_import_draft_cancel (draft);
    }
}

/* The steps of the wizard, one by one. */
static gboolean
cc_import_page_take_apart (CcPage *page)
{
  CcImportPage *self = CC_IMPORT_PAGE (page);

  stop_loading (self);
  stop_queue (self);
  g_clear_handle_id (&self->wizard_source, g_source_remove);
  return self->wizard != NULL && cc_import_wizard_take_apart (self->wizard);
}

static void
cc_import_page_dispose (GObject *object)
{
  CcImportPage *self = CC_IMPORT_PAGE (object);

  stop_loading (self);
  if (self->queue != NULL)
    stop_queue (self);
  g_clear_handle_id (&self->wizard_source, g_source_remove);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  self->wizard = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_IMPORT_PAGE);
  g_clear_object (&self->queue);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->session, cc_session_unref);
  G_OBJECT_CLASS (cc_import_page_parent_class)->dispose (object);
}

static void
cc_import_page_class_init (CcImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_import_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = cc_import_page_map;
  GTK_WIDGET_CLASS (klass)->unmap = cc_import_page_unmap;
  CC_PAGE_CLASS (klass)->refresh = cc_import_page_refresh;
  CC_PAGE_CLASS (klass)->open_files = cc_import_page_open_files;
  CC_PAGE_CLASS (klass)->open_target = cc_import_page_open_target;
  CC_PAGE_CLASS (klass)->go_back = cc_import_page_go_back;
  CC_PAGE_CLASS (klass)->count_waiting = cc_import_page_count_waiting;
  CC_PAGE_CLASS (klass)->tell_forgotten = cc_import_page_tell_forgotten;
  CC_PAGE_CLASS (klass)->take_apart = cc_import_page_take_apart;
  g_type_ensure (CC_TYPE_IMPORT_HOME);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/import/cc-import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CcImportPage, home);
  gtk_widget_class_bind_template_callback (widget_class, on_files_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_cb);
}

static void
cc_import_page_init (CcImportPage *self)
{
  static const GActionEntry entries[] = {
    { "choose", on_choose_activated, NULL, NULL, NULL, { 0 } },
    { "continue", on_continue_activated, NULL, NULL, NULL, { 0 } },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->queue = g_list_store_new (CC_TYPE_IMPORT_DRAFT);
  cc_import_home_set_queue (self->home, G_LIST_MODEL (self->queue));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  cc_page_add_actions (CC_PAGE (self), "import", G_ACTION_GROUP (self->actions));
}

/* A file that waits already is not added again. */
static gboolean
is_queued (CcImportPage *self, const char *path)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (CcImportDraft) draft = get_draft (self, i);

      if (g_str_equal (draft->path, path) && draft->state != CC_DRAFT_DONE)
        return TRUE;
    }
  return FALSE;
}

void
cc_import_page_add_file (CcImportPage *self, const char *path)
{
  g_autoptr (CcImportDraft) draft = NULL;

  g_return_if_fail (CC_IS_IMPORT_PAGE (self) && path != NULL);
  if (self->session == NULL || is_queued (self, path))
    return;
  draft = cc_import_draft_new (self->session, path);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
  g_list_store_append (self->queue, draft);
  read_next (self);
}
