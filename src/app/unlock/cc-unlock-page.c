/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-unlock-page.h"

#include "cc-main-menu.h"
#include "cc-open-message.h"
#include "cc-repair-flow.h"
#include "cc-session.h"
#include "cc-user-page.h"
#include "library/cc-library.h"
#include "widgets/cc-password-row.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/store/cc-repair.h>

struct _CcUnlockPage
{
  AdwBin parent_instance;

  GtkMenuButton       *menu_button;
  GtkLabel            *file_label;
  AdwPreferencesGroup *passphrase_group;
  AdwPasswordEntryRow *passphrase;
  GtkWidget           *message_box;
  GtkLabel            *message_title;
  GtkLabel            *message_body;
  GtkStack            *buttons;
  GtkWidget           *ask_buttons;
  GtkWidget           *busy_buttons;
  GtkWidget           *refused_buttons;
  GtkWidget           *open_button;
  GtkWidget           *read_only_button;
  GtkWidget           *repair_button;
  GtkWidget           *bring_in_copy_button;
  GtkLabel            *phase;
  GtkLabel            *counts;
  GtkProgressBar      *bar;
  GtkSpinner          *spinner;
  GtkStack            *steps;
  GtkWidget           *passphrase_step;
  CcUserPage          *user_page;
  GtkLabel            *notice;
  GtkWidget           *place_group;
  AdwActionRow        *place_row;
  GtkWidget           *bring_in_row;

  char          *path;
  char          *name;
  CcOpenFinding  finding;
  gboolean       outside; /* not in the library */
  CcOpenMessage *message; /* why the last attempt failed */
  GCancellable  *cancellable;
  gboolean       busy;
};

G_DEFINE_FINAL_TYPE (CcUnlockPage, cc_unlock_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_UNLOCKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A sentence that begins with a file's name in Latin letters would be laid out from the left; a
 * mark of direction in front keeps an Arabic sentence in order. */
static void
show_message_body (CcUnlockPage *self)
{
  const gboolean   rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autofree char *body = NULL;

  if (self->message != NULL)
    body = g_strconcat (rtl ? "\u200f" : "", self->message->body, NULL);
  gtk_label_set_label (self->message_body, body != NULL ? body : "");
}

/* The one place that decides what is seen, from the file's kind, the last message and whether the
 * file is being opened. */
static void
refresh (CcUnlockPage *self)
{
  const gboolean asks = self->message == NULL || self->message->ask_again;
  const gboolean typed = *gtk_editable_get_text (GTK_EDITABLE (self->passphrase)) != '\0';
  const gboolean offers_repair = self->message != NULL && self->message->offer_repair;
  GtkWidget     *buttons = self->refused_buttons;

  if (self->busy)
    buttons = self->busy_buttons;
  else if (asks)
    buttons = self->ask_buttons;
  gtk_stack_set_visible_child (self->buttons, buttons);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_group), asks);
  gtk_editable_set_editable (GTK_EDITABLE (self->passphrase), !self->busy);
  gtk_widget_set_visible (self->message_box, self->message != NULL && !self->busy);
  gtk_label_set_label (self->message_title, self->message != NULL ? self->message->title : "");
  show_message_body (self);
  gtk_widget_set_visible (self->read_only_button,
                          self->message != NULL && self->message->offer_read_only);
  gtk_widget_set_visible (self->repair_button, offers_repair);
  gtk_widget_set_visible (self->bring_in_copy_button,
                          self->message != NULL && self->message->offer_bring_in);
  if (self->message != NULL && self->message->wrong_passphrase && !self->busy)
    gtk_widget_add_css_class (GTK_WIDGET (self->passphrase), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->passphrase), "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "unlock.open", asks && typed && !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "unlock.open-read-only",
                                 asks && typed && !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "unlock.repair",
                                 offers_repair && typed && !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "unlock.cancel", self->busy);
}

static void
show_message (CcUnlockPage *self, CcOpenMessage *message)
{
  g_clear_pointer (&self->message, cc_open_message_free);
  self->message = message;
  refresh (self);
  if (message == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->message_box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  message->title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  message->body, -1);
  if (message->ask_again)
    gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
  if (message->wrong_passphrase)
    gtk_editable_select_region (GTK_EDITABLE (self->passphrase), 0, -1);
}

static gboolean
is_caps_lock_on (CcUnlockPage *self)
{
  GdkSeat   *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard != NULL && gdk_device_get_caps_lock_state (keyboard);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcUnlockPage) self = CC_UNLOCK_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcSession) session = cc_session_open_finish (result, &error);

  /* Cancelled: the page was told to wait no longer, and perhaps already asks for another file. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  g_clear_object (&self->cancellable);
  if (session == NULL)
    {
      self->finding.caps_lock = is_caps_lock_on (self);
      show_message (self, cc_open_message_new (error, self->name, &self->finding));
      if (self->message->wrong_passphrase && !self->finding.caps_lock)
        self->finding.n_misfits++;
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  show_message (self, NULL);
  /* Who only reads signs nothing. */
  if (cc_session_is_read_only (session))
    g_signal_emit (self, signals[SIGNAL_UNLOCKED], 0, session);
  else
    cc_user_page_set_session (self->user_page, session);
}

static void
on_user_ready_cb (CcUnlockPage *self)
{
  gtk_stack_set_visible_child (self->steps, GTK_WIDGET (self->user_page));
  cc_user_page_focus (self->user_page);
}

static void
on_user_chosen_cb (CcUnlockPage *self)
{
  g_autoptr (CcSession) session = cc_session_ref (cc_user_page_get_session (self->user_page));

  cc_user_page_set_session (self->user_page, NULL);
  g_signal_emit (self, signals[SIGNAL_UNLOCKED], 0, session);
}

/* Opening is quick, unless an older file is brought to the newest format. state: NULL before
 * anything is known. */
static void
show_progress (const CcSessionProgress *state, gpointer user_data)
{
  CcUnlockPage *self = CC_UNLOCK_PAGE (user_data);

  if (state != NULL && !self->busy)
    return;
  gtk_label_set_label (self->phase, state != NULL && *state->phase != '\0'
                                        ? state->phase
                                        : _ ("Opening the case file…"));
  gtk_label_set_label (self->counts, state != NULL ? state->counts : "");
  gtk_widget_set_visible (GTK_WIDGET (self->counts), state != NULL && *state->counts != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->bar), state != NULL && state->fraction >= 0);
  if (state != NULL && state->fraction >= 0)
    gtk_progress_bar_set_fraction (self->bar, state->fraction);
}

static void
open_file (CcUnlockPage *self, CcOpenMode mode)
{
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase));

  if (self->busy || self->path == NULL || *passphrase == '\0')
    return;
  self->busy = TRUE;
  self->cancellable = g_cancellable_new ();
  show_progress (NULL, self);
  cc_session_open_with_progress_async (self->path, passphrase, mode, self->cancellable,
                                       show_progress, g_object_ref (self), g_object_unref,
                                       on_opened, g_object_ref (self));
  refresh (self);
}

static void
stop_opening (CcUnlockPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->busy = FALSE;
}

/* A session that was opened but is not shown yet. */
static void
let_session_go (CcUnlockPage *self)
{
  cc_session_let_go (cc_user_page_get_session (self->user_page));
  cc_user_page_set_session (self->user_page, NULL);
}

static void
on_open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_file (CC_UNLOCK_PAGE (widget), CC_OPEN_READ_WRITE);
}

static void
on_open_read_only_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_file (CC_UNLOCK_PAGE (widget), CC_OPEN_READ_ONLY);
}

/* Repaired, it opens at once, unless another file is asked for meanwhile. */
static void
on_repair_over (gboolean repaired, gpointer user_data)
{
  CcUnlockPage *self = CC_UNLOCK_PAGE (user_data);

  if (repaired && self->message != NULL && self->message->offer_repair)
    open_file (self, CC_OPEN_READ_WRITE);
}

static void
on_repair_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CcUnlockPage *self = CC_UNLOCK_PAGE (widget);

  cc_repair_flow_start (widget, self->path, gtk_editable_get_text (GTK_EDITABLE (self->passphrase)),
                        on_repair_over, g_object_ref (self), g_object_unref);
}

static void
on_cancel_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CcUnlockPage *self = CC_UNLOCK_PAGE (widget);

  stop_opening (self);
  refresh (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
on_passphrase_activated_cb (CcUnlockPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "unlock.open", NULL);
}

static void
on_passphrase_changed_cb (CcUnlockPage *self)
{
  refresh (self);
}

static void
probe_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  CcOpenFinding *finding = g_new0 (CcOpenFinding, 1);

  finding->kind = cc_case_file_probe (task_data, NULL);
  cc_place_look (task_data, &finding->place);
  finding->may_be_repaired = cc_repair_has_source (task_data);
  g_task_return_pointer (task, finding, g_free);
}

/* What it means to work in the file where it is. */
static void
show_place (CcUnlockPage *self)
{
  const CcPlaceKind kind = self->finding.place.kind;
  const char       *title = _ ("This File Is Not in the Library");
  const char *subtitle = _ ("It is opened and changed where it is. Bring in a copy to find it "
                            "on the start page.");

  if (kind == CC_PLACE_NETWORK)
    {
      title = _ ("This File Is on a Network Drive");
      subtitle = _ ("One program at a time can work in it, and slower. If the connection breaks, "
                    "the act under way is not carried out. A copy in the library is safer.");
    }
  else if (kind == CC_PLACE_UNKNOWN)
    {
      title = _ ("This File Is on a Disk of an Unknown Kind");
      subtitle = _ ("One program at a time can work in it. A copy on a disk of this computer is "
                    "safer.");
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place_row), title);
  adw_action_row_set_subtitle (self->place_row, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->place_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->place_group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  gtk_widget_set_visible (self->bring_in_row, self->outside);
  gtk_widget_set_visible (self->place_group, self->outside || kind != CC_PLACE_LOCAL);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcUnlockPage             *self = CC_UNLOCK_PAGE (source);
  g_autofree CcOpenFinding *finding = g_task_propagate_pointer (G_TASK (result), NULL);

  if (finding == NULL || g_strcmp0 (self->path, g_task_get_task_data (G_TASK (result))) != 0)
    return;
  self->finding = *finding;
  self->finding.inside = !self->outside;
  show_place (self);
  /* A file that no passphrase opens is told at once, before one is typed in vain. */
  if (!self->busy && self->message == NULL)
    show_message (self, cc_open_message_new_for_finding (self->name, &self->finding));
}

static void
probe (CcUnlockPage *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_probed, NULL);

  g_task_set_name (task, "probe file");
  g_task_set_source_tag (task, probe);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, probe_in_thread);
}

static void
cc_unlock_page_dispose (GObject *object)
{
  CcUnlockPage *self = CC_UNLOCK_PAGE (object);

  stop_opening (self);
  if (self->user_page != NULL)
    let_session_go (self);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_UNLOCK_PAGE);
  G_OBJECT_CLASS (cc_unlock_page_parent_class)->dispose (object);
}

static void
cc_unlock_page_finalize (GObject *object)
{
  CcUnlockPage *self = CC_UNLOCK_PAGE (object);

  g_free (self->path);
  g_free (self->name);
  g_clear_pointer (&self->message, cc_open_message_free);
  G_OBJECT_CLASS (cc_unlock_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/unlock/cc-unlock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, file_label);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, passphrase_group);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, message_box);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, message_title);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, message_body);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, ask_buttons);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, busy_buttons);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, refused_buttons);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, read_only_button);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, repair_button);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, steps);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, passphrase_step);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, user_page);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, notice);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, place_group);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, place_row);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, bring_in_row);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, bring_in_copy_button);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, phase);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, counts);
  gtk_widget_class_bind_template_child (widget_class, CcUnlockPage, bar);
  gtk_widget_class_bind_template_callback (widget_class, on_passphrase_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_passphrase_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_user_ready_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_user_chosen_cb);
}

static void
cc_unlock_page_class_init (CcUnlockPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cc_unlock_page_dispose;
  object_class->finalize = cc_unlock_page_finalize;
  signals[SIGNAL_UNLOCKED] = g_signal_new ("unlocked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (CC_TYPE_USER_PAGE);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "unlock.open", NULL, on_open_activated);
  gtk_widget_class_install_action (widget_class, "unlock.open-read-only", NULL,
                                   on_open_read_only_activated);
  gtk_widget_class_install_action (widget_class, "unlock.repair", NULL, on_repair_activated);
  gtk_widget_class_install_action (widget_class, "unlock.cancel", NULL, on_cancel_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "unlock.cancel", NULL);
}

static void
cc_unlock_page_init (CcUnlockPage *self)
{
  self->finding.kind = CC_FILE_CASE_FILE;
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_main_menu_attach (self->menu_button);
  cc_password_row_name_eye (GTK_WIDGET (self->passphrase));
  refresh (self);
}

/**
 * Asks for the passphrase of a file. What was typed for another file is forgotten.
 */
void
cc_unlock_page_set_file (CcUnlockPage *self, GFile *file)
{
  g_autofree char *base = NULL;
  g_autofree char *library = NULL;

  g_return_if_fail (CC_IS_UNLOCK_PAGE (self) && G_IS_FILE (file));
  stop_opening (self);
  let_session_go (self);
  gtk_stack_set_visible_child (self->steps, self->passphrase_step);
  cc_unlock_page_set_notice (self, NULL);
  library = cc_library_get_folder ();
  self->outside = !cc_library_contains (library, file);
  g_free (self->path);
  g_free (self->name);
  base = g_file_get_basename (file);
  self->path = g_file_get_path (file);
  self->name = g_filename_display_name (base);
  self->finding = (CcOpenFinding){ .kind = CC_FILE_CASE_FILE, .inside = !self->outside };
  show_place (self);
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  gtk_label_set_label (self->file_label, self->name);
  if (self->path == NULL)
    {
      show_message (self, cc_open_message_new_not_local ());
      return;
    }
  /* Told once. */
  show_message (self, g_object_steal_data (G_OBJECT (file), CC_UNLOCK_DAMAGED) != NULL
                          ? cc_open_message_new_met (self->name)
                          : NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
  probe (self);
}

/**
 * Forgets the file, and a session that was opened but not shown yet.
 */
void
cc_unlock_page_let_go (CcUnlockPage *self)
{
  g_return_if_fail (CC_IS_UNLOCK_PAGE (self));
  stop_opening (self);
  let_session_go (self);
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  gtk_stack_set_visible_child (self->steps, self->passphrase_step);
  g_clear_pointer (&self->path, g_free);
  show_message (self, NULL);
}

/**
 * Says why the passphrase is asked for again; NULL for nothing.
 */
void
cc_unlock_page_set_notice (CcUnlockPage *self, const char *notice)
{
  g_return_if_fail (CC_IS_UNLOCK_PAGE (self));
  gtk_label_set_label (self->notice, notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), notice != NULL);
}

void
cc_unlock_page_popup_menu (CcUnlockPage *self)
{
  g_return_if_fail (CC_IS_UNLOCK_PAGE (self));
  gtk_menu_button_popup (self->menu_button);
}

/**
 * Asks who works in a file that was opened for writing without this page; the rest is as after the
 * passphrase.
 */
void
cc_unlock_page_take_session (CcUnlockPage *self, CcSession *session)
{
  g_return_if_fail (CC_IS_UNLOCK_PAGE (self) && session != NULL);
  cc_user_page_set_session (self->user_page, session);
}
