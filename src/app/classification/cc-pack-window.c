/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-window.h"

#include "cc-pack-work.h"
#include "present/cc-chooser.h"

#include <glib/gi18n.h>

/* Changes that are shown one by one; the rest is told as a number. */
#define MOST_ROWS 60

struct _CcPackWindow
{
  CcFormWindow parent_instance;

  GtkStack            *stack;
  GtkWidget           *cancel_button;
  GtkWidget           *accept_button;
  GtkWidget           *close_button;
  AdwStatusPage       *done;
  AdwActionRow        *in_use;
  AdwActionRow        *statement;
  AdwPreferencesGroup *new_group;
  AdwActionRow        *folder_row;
  AdwActionRow        *concordance_row;
  AdwPreferencesGroup *changes_group;
  AdwActionRow        *summary;
  CcMessageCard       *message;
  GtkLabel            *hint;

  CcSession            *session;
  char                 *folder;
  char                 *concordance;
  CcPackPreview        *preview; /* NULL: not worked out, or refused */
  GPtrArray            *rows;    /* of changes, not owned */
  GtkFileChooserNative *chooser;
  gboolean              installing;
  gboolean              installed;
};

G_DEFINE_FINAL_TYPE (CcPackWindow, cc_pack_window, CC_TYPE_FORM_WINDOW)

enum
{
  SIGNAL_INSTALLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_row (AdwActionRow *row, const char *title, const char *subtitle)
{
  g_autofree char *first = g_markup_escape_text (title, -1);
  g_autofree char *second = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), first);
  adw_action_row_set_subtitle (row, second);
}

static const char *
choose_hint (CcPackWindow *self)
{
  if (self->session == NULL || cc_session_is_read_only (self->session))
    return _ ("The case file is open for reading only.");
  if (self->folder == NULL)
    return _ ("Choose the folder of the new classification.");
  if (self->concordance == NULL)
    return _ ("Choose the concordance: the table that says what each old code becomes.");
  return "";
}

static void
set_chosen (AdwActionRow *row, const char *path, const char *otherwise)
{
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *escaped = g_markup_escape_text (name != NULL ? name : otherwise, -1);

  adw_action_row_set_subtitle (row, escaped);
}

static void
cc_pack_window_refresh (CcFormWindow *form)
{
  CcPackWindow  *self = CC_PACK_WINDOW (form);
  const gboolean idle = self->session != NULL && !cc_form_window_is_busy (form)
                        && !cc_session_is_read_only (self->session);

  set_chosen (self->folder_row, self->folder, _ ("None chosen yet"));
  set_chosen (self->concordance_row, self->concordance, _ ("None chosen yet"));
  gtk_label_set_label (self->hint, choose_hint (self));
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *choose_hint (self) != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->changes_group), self->preview != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pack.choose-folder", idle);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pack.choose-concordance",
                                 idle && self->folder != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pack.install",
                                 idle && self->preview != NULL && !self->installed);
}

/* ---- what changes ---- */

static void
clear_preview (CcPackWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->changes_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->preview, cc_pack_preview_free);
}

static void
add_row (CcPackWindow *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  set_row (ADW_ACTION_ROW (row), title, subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_preferences_group_add (self->changes_group, row);
  g_ptr_array_add (self->rows, row);
}

/* The codes that records state come first: those are what somebody wants to know about. */
static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const CcPackChange *first = *(const CcPackChange *const *) a;
  const CcPackChange *second = *(const CcPackChange *const *) b;

  if ((first->records > 0) != (second->records > 0))
    return first->records > 0 ? -1 : 1;
  return (int) first->kind - (int) second->kind;
}

static void
show_preview (CcPackWindow *self)
{
  GPtrArray       *changes = self->preview->changes;
  g_autofree char *title =
      g_strdup (cc_pack_get_title (self->preview->pack, cc_session_get_language (self->session)));
  g_autofree char *version = cc_pack_describe_version (self->session, self->preview->pack);
  g_autofree char *changed = cc_pack_describe_preview (self->session, self->preview);
  g_autofree char *text = g_strdup_printf ("%s\n%s", version, changed);

  set_row (self->summary, title, text);
  g_ptr_array_sort (changes, compare_changes);
  for (guint i = 0; i < MIN (changes->len, MOST_ROWS); i++)
    {
      const CcPackChange *change = g_ptr_array_index (changes, i);
      g_autofree char    *old = cc_pack_describe_old (self->session, change);
      g_autofree char *what = cc_pack_describe_change (self->session, self->preview->pack, change);

      add_row (self, old, what);
    }
  if (changes->len > MOST_ROWS)
    {
      g_autofree char *more = cc_session_format_number (self->session, changes->len - MOST_ROWS);
      g_autofree char *rest =
          g_strdup_printf (ngettext ("%s more change", "%s more changes", changes->len - MOST_ROWS),
                           more);

      add_row (self, rest, "");
    }
}

static void
work_out (CcPackWindow *self)
{
  clear_preview (self);
  cc_form_window_changed (CC_FORM_WINDOW (self));
  if (self->folder == NULL || self->concordance == NULL)
    return;
  self->installing = FALSE;
  cc_form_window_run (CC_FORM_WINDOW (self), _ ("Comparing the Classifications"),
                      cc_pack_work_preview,
                      cc_pack_request_new (self->session, self->folder, self->concordance),
                      (GDestroyNotify) cc_pack_request_free, (GDestroyNotify) cc_pack_preview_free);
}

void
cc_pack_window_choose (CcPackWindow *self, const char *folder, const char *concordance)
{
  g_return_if_fail (CC_IS_PACK_WINDOW (self) && folder != NULL && self->session != NULL);
  if (cc_form_window_is_busy (CC_FORM_WINDOW (self)))
    return;
  g_free (self->folder);
  self->folder = g_strdup (folder);
  g_free (self->concordance);
  self->concordance = concordance != NULL ? g_strdup (concordance)
                                          : cc_pack_find_concordance (self->session, folder);
  work_out (self);
}

static void
on_response (CcPackWindow *self, int response)
{
  const gboolean folder = gtk_file_chooser_get_action (GTK_FILE_CHOOSER (self->chooser))
                          == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *kept = g_strdup (self->folder);

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_clear_object (&self->chooser);
  if (self->session == NULL || file == NULL)
    return;
  if (path == NULL)
    cc_form_window_show_message (CC_FORM_WINDOW (self),
                                 _ ("Choose what lies on a disk of this computer, or on a stick."));
  else if (folder)
    cc_pack_window_choose (self, path, NULL);
  else
    cc_pack_window_choose (self, kept, path);
}

static void
choose (CcPackWindow *self, const char *title, GtkFileChooserAction action)
{
  if (self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    {
      g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();

      gtk_file_filter_set_name (tables, _ ("Tables (CSV)"));
      gtk_file_filter_add_suffix (tables, "csv");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), tables);
    }
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_response), self,
                           G_CONNECT_SWAPPED);
  cc_chooser_show (self->chooser, CC_CHOOSER_IMPORT);
}

static void
on_choose_folder_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  choose (CC_PACK_WINDOW (widget), _ ("Folder of the Classification"),
          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
on_choose_concordance_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  choose (CC_PACK_WINDOW (widget), _ ("Concordance"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

/* ---- installing ---- */

static void
show_outcome (CcPackWindow *self, const CcPackOutcome *outcome)
{
  g_autofree char *text = cc_pack_describe_outcome (self->session, outcome);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  self->installed = TRUE;
  adw_status_page_set_title (self->done, _ ("The Classification Is Installed"));
  adw_status_page_set_description (self->done, escaped);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_widget_set_visible (self->accept_button, FALSE);
  gtk_widget_grab_focus (self->close_button);
}

static void
cc_pack_window_done (CcFormWindow *form, gpointer result)
{
  CcPackWindow *self = CC_PACK_WINDOW (form);

  if (self->installing)
    {
      g_autoptr (CcPackOutcome) outcome = result;

      show_outcome (self, outcome);
      return;
    }
  self->preview = result;
  show_preview (self);
}

static void
on_answered (AdwMessageDialog *dialog, const char *response, CcPackWindow *self)
{
  if (!g_str_equal (response, "install") || self->session == NULL || self->preview == NULL)
    return;
  self->installing = TRUE;
  cc_form_window_run (CC_FORM_WINDOW (self), _ ("Installing the Classification"),
                      cc_pack_work_install,
                      cc_pack_request_new (self->session, self->folder, self->concordance),
                      (GDestroyNotify) cc_pack_request_free, (GDestroyNotify) cc_pack_outcome_free);
}

static void
on_install_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (widget), _ ("Install This Classification?"), NULL));

  adw_message_dialog_set_body (dialog, _ ("A backup is made first. Installing cannot be undone; "
                                          "the case file is closed after it and has to be opened "
                                          "again."));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "install", _ ("_Install"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "install", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answered), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- class ---- */

static gboolean
cc_pack_window_close_request (GtkWindow *window)
{
  CcPackWindow *self = CC_PACK_WINDOW (window);

  /* What runs has to end: afterwards the case file must be opened again. */
  if (cc_form_window_is_busy (CC_FORM_WINDOW (self)) && self->installing)
    return TRUE;
  if (self->installed)
    {
      self->installed = FALSE;
      g_signal_emit (self, signals[SIGNAL_INSTALLED], 0);
    }
  return GTK_WINDOW_CLASS (cc_pack_window_parent_class)->close_request (window);
}

static void
cc_pack_window_dispose (GObject *object)
{
  CcPackWindow *self = CC_PACK_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->session, cc_session_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_PACK_WINDOW);
  G_OBJECT_CLASS (cc_pack_window_parent_class)->dispose (object);
}

static void
cc_pack_window_finalize (GObject *object)
{
  CcPackWindow *self = CC_PACK_WINDOW (object);

  g_clear_pointer (&self->preview, cc_pack_preview_free);
  g_ptr_array_unref (self->rows);
  g_free (self->folder);
  g_free (self->concordance);
  G_OBJECT_CLASS (cc_pack_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, accept_button);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, close_button);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, done);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, in_use);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, statement);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, new_group);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, folder_row);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, concordance_row);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, changes_group);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, message);
  gtk_widget_class_bind_template_child (widget_class, CcPackWindow, hint);
}

static void
cc_pack_window_class_init (CcPackWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  CC_FORM_WINDOW_CLASS (klass)->accept_action = "pack.install";
  CC_FORM_WINDOW_CLASS (klass)->refresh = cc_pack_window_refresh;
  CC_FORM_WINDOW_CLASS (klass)->done = cc_pack_window_done;
  GTK_WINDOW_CLASS (klass)->close_request = cc_pack_window_close_request;
  object_class->dispose = cc_pack_window_dispose;
  object_class->finalize = cc_pack_window_finalize;
  signals[SIGNAL_INSTALLED] = g_signal_new ("installed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/classification/"
                                               "cc-pack-window.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "pack.choose-folder", NULL,
                                   on_choose_folder_activated);
  gtk_widget_class_install_action (widget_class, "pack.choose-concordance", NULL,
                                   on_choose_concordance_activated);
  gtk_widget_class_install_action (widget_class, "pack.install", NULL, on_install_activated);
}

static void
cc_pack_window_init (CcPackWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_form_window_set_card (CC_FORM_WINDOW (self), self->message);
  cc_form_window_changed (CC_FORM_WINDOW (self));
}

GtkWidget *
cc_pack_window_new (GtkWindow *parent, CcSession *session)
{
  CcPackWindow    *self = g_object_new (CC_TYPE_PACK_WINDOW, "transient-for", parent, NULL);
  CcPack          *pack = cc_case_file_get_pack (cc_session_get_file (session));
  const char      *language = cc_session_get_language (session);
  g_autofree char *version = cc_pack_describe_version (session, pack);

  self->session = cc_session_ref (session);
  set_row (self->in_use, cc_pack_get_title (pack, language), version);
  set_row (self->statement, _ ("What It Is"), cc_pack_get_statement (pack, language));
  cc_form_window_changed (CC_FORM_WINDOW (self));
  return GTK_WIDGET (self);
}
