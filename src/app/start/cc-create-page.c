/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-create-page.h"

#include "cc-country-row.h"
#include "cc-create-rules.h"
#include "cc-create-work.h"
#include "cc-session.h"
#include "present/cc-error-presenter.h"
#include "widgets/cc-hat-row.h"
#include "widgets/cc-message-card.h"
#include "widgets/cc-password-row.h"
#include "widgets/cc-scroll.h"
#include "widgets/cc-strength-bar.h"
#include "widgets/cc-suggestion.h"

#include <glib/gi18n.h>
#include <cc/base/cc-error.h>
#include <cc/store/cc-user.h>
#include <string.h>

struct _CcCreatePage
{
  AdwBin parent_instance;

  GtkWidget     *back_button;
  GtkWidget     *form;
  CcCountryRow  *country;
  GtkEditable   *name;
  GtkEditable   *passphrase;
  GtkEditable   *again;
  GtkEditable   *user;
  CcHatRow      *hat;
  GtkSwitch     *practice;
  CcStrengthBar *strength;
  CcMessageCard *message;
  GtkLabel      *hint;
  GtkSpinner    *spinner;

  GCancellable *cancellable; /* of loading the countries */
  char         *path;        /* of the file that was made */
  gboolean      name_typed;  /* else the name follows the country */
  gboolean      filling;
  gboolean      busy;
};

G_DEFINE_FINAL_TYPE (CcCreatePage, cc_create_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_CREATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
read_form (CcCreatePage *self, CcCreateValues *values)
{
  values->country = cc_country_row_get_code (self->country);
  values->country_label = cc_country_row_get_label (self->country);
  values->name = gtk_editable_get_text (self->name);
  values->passphrase = gtk_editable_get_text (self->passphrase);
  values->again = gtk_editable_get_text (self->again);
  values->user = gtk_editable_get_text (self->user);
  values->hat = gtk_editable_get_text (GTK_EDITABLE (self->hat));
  values->practice = gtk_switch_get_active (self->practice);
}

static void
refresh (CcCreatePage *self)
{
  CcCreateValues values;
  CcCreateState  state;

  if (self->filling)
    return;
  read_form (self, &values);
  cc_create_rules_apply (&values, &state);
  cc_strength_bar_show (self->strength, values.passphrase, state.level);
  cc_password_row_mark_error (GTK_WIDGET (self->again), state.mismatch);
  gtk_label_set_label (self->hint, self->busy ? _ ("The file is being made…") : state.hint);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_widget_set_sensitive (self->back_button, !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "create.create", state.complete && !self->busy);
}

/* ---- what is wrong, beside the field that it is about ---- */

static GtkWidget *
get_field (CcCreatePage *self, CcCreateField field)
{
  switch (field)
    {
    case CC_CREATE_FIELD_NAME:
      return GTK_WIDGET (self->name);
    case CC_CREATE_FIELD_USER:
      return GTK_WIDGET (self->user);
    case CC_CREATE_FIELD_HAT:
      return GTK_WIDGET (self->hat);
    case CC_CREATE_FIELD_NONE:
    case CC_CREATE_FIELD_FOLDER:
    default:
      return NULL;
    }
}

/* The card stands below the group of the field, else at the end of the form. */
static void
place_message (CcCreatePage *self, GtkWidget *field)
{
  GtkWidget *part = field != NULL ? field : gtk_widget_get_last_child (self->form);

  while (gtk_widget_get_parent (part) != self->form)
    part = gtk_widget_get_parent (part);
  if (part != GTK_WIDGET (self->message))
    gtk_box_reorder_child_after (GTK_BOX (self->form), GTK_WIDGET (self->message), part);
}

static void
show_message (CcCreatePage *self, const char *text, CcCreateField fault)
{
  GtkWidget *field = get_field (self, fault);

  for (CcCreateField each = CC_CREATE_FIELD_NAME; each <= CC_CREATE_FIELD_HAT; each++)
    cc_password_row_mark_error (get_field (self, each), text != NULL && each == fault);
  cc_message_card_show (self->message, text);
  if (text == NULL)
    return;
  place_message (self, field);
  if (field != NULL)
    gtk_widget_grab_focus (field);
  cc_scroll_to (GTK_WIDGET (self->message));
}

static void
on_changed_cb (CcCreatePage *self)
{
  show_message (self, NULL, CC_CREATE_FIELD_NONE);
  refresh (self);
}

static void
on_country_changed_cb (CcCreatePage *self)
{
  const char *label = cc_country_row_get_label (self->country);

  if (!self->name_typed && label != NULL)
    {
      self->filling = TRUE;
      cc_suggestion_set (self->name, label);
      self->filling = FALSE;
    }
  on_changed_cb (self);
}

static void
on_name_changed_cb (CcCreatePage *self)
{
  if (self->filling)
    return;
  self->name_typed = *gtk_editable_get_text (self->name) != '\0';
  on_changed_cb (self);
}

static void
on_entry_activated_cb (CcCreatePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "create.create", NULL);
}

/* ---- creating ---- */

/* text: (nullable): what went wrong */
static void
stop_working (CcCreatePage *self, const char *text, CcCreateField fault)
{
  self->busy = FALSE;
  refresh (self);
  show_message (self, text, fault);
}

/* There was no file before, so none is as it was. */
static char *
describe_failure (const GError *error, CcCreateField fault)
{
  if (g_error_matches (error, CC_ERROR, CC_ERROR_NO_SPACE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_ ("The disk is full. The case file was not made, and nothing was left "
                        "behind. Free some space, then try again."));
  /* What the library says is in the user's language already. */
  return fault == CC_CREATE_FIELD_NAME || fault == CC_CREATE_FIELD_FOLDER
             ? g_strdup (error->message)
             : cc_describe_error (error);
}

static void
clear_passphrases (CcCreatePage *self)
{
  self->filling = TRUE;
  gtk_editable_set_text (self->passphrase, "");
  gtk_editable_set_text (self->again, "");
  self->filling = FALSE;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcCreatePage) self = CC_CREATE_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcSession) session = cc_session_open_finish (result, &error);
  g_autoptr (GFile) file = NULL;
  g_autofree char *user = NULL;
  g_autofree char *hat = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *text = NULL;

  if (session != NULL)
    {
      user = g_strstrip (g_strdup (gtk_editable_get_text (self->user)));
      hat = cc_hat_row_dup_hat (self->hat);
      signature = cc_user_join (user, hat);
      cc_case_file_set_user (cc_session_get_file (session), signature);
      clear_passphrases (self);
    }
  if (session == NULL)
    text = cc_describe_error (error);
  stop_working (self, text, CC_CREATE_FIELD_NONE);
  if (session == NULL)
    return;
  file = g_file_new_for_path (self->path);
  g_signal_emit (self, signals[SIGNAL_CREATED], 0, session, file);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcCreatePage) self = CC_CREATE_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  CcCreateField    fault;

  g_free (self->path);
  self->path = cc_new_file_create_finish (result, &fault, &error);
  if (self->path == NULL)
    {
      text = describe_failure (error, fault);
      stop_working (self, text, fault);
      return;
    }
  cc_session_open_async (self->path, gtk_editable_get_text (self->passphrase), CC_OPEN_READ_WRITE,
                         NULL, on_opened, g_object_ref (self));
}

static void
on_create_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CcCreatePage  *self = CC_CREATE_PAGE (widget);
  CcNewFile     *file = g_new0 (CcNewFile, 1);
  CcCreateValues values;

  read_form (self, &values);
  file->country = g_strdup (values.country);
  file->name = g_strstrip (g_strdup (values.name));
  file->passphrase = g_strdup (values.passphrase);
  file->user = g_strstrip (g_strdup (gtk_editable_get_text (self->user)));
  file->hat = cc_hat_row_dup_hat (self->hat);
  file->practice = values.practice;
  self->busy = TRUE;
  show_message (self, NULL, CC_CREATE_FIELD_NONE);
  refresh (self);
  cc_new_file_create_async (file, on_created, g_object_ref (self));
}

/* ---- countries ---- */

static void
on_countries_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CcCreatePage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CcCountryList) countries = cc_countries_load_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (countries == NULL)
    {
      text = cc_describe_error (error);
      show_message (self, text, CC_CREATE_FIELD_NONE);
      return;
    }
  cc_country_row_set_countries (self->country, countries);
  on_country_changed_cb (self);
}

static void
load_countries (CcCreatePage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  cc_countries_load_async (FALSE, self->cancellable, on_countries_loaded, self);
}

/* ---- class ---- */

static void
cc_create_page_dispose (GObject *object)
{
  CcCreatePage *self = CC_CREATE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_CREATE_PAGE);
  G_OBJECT_CLASS (cc_create_page_parent_class)->dispose (object);
}

static void
cc_create_page_finalize (GObject *object)
{
  g_free (CC_CREATE_PAGE (object)->path);
  G_OBJECT_CLASS (cc_create_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CC_TYPE_HAT_ROW);
  g_type_ensure (CC_TYPE_MESSAGE_CARD);
  g_type_ensure (CC_TYPE_STRENGTH_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/start/cc-create-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, form);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, country);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, name);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, again);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, user);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, hat);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, practice);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, strength);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, message);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, hint);
  gtk_widget_class_bind_template_child (widget_class, CcCreatePage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_country_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated_cb);
}

static void
cc_create_page_class_init (CcCreatePageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cc_create_page_dispose;
  object_class->finalize = cc_create_page_finalize;
  signals[SIGNAL_CREATED] =
      g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_FILE);
  g_type_ensure (CC_TYPE_COUNTRY_ROW);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "create.create", NULL, on_create_activated);
}

static void
cc_create_page_init (CcCreatePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_password_row_name_eye (GTK_WIDGET (self->passphrase));
  cc_password_row_name_eye (GTK_WIDGET (self->again));
  refresh (self);
}

void
cc_create_page_start (CcCreatePage *self, const char *country, gboolean practice)
{
  g_return_if_fail (CC_IS_CREATE_PAGE (self));
  if (self->busy)
    return;
  clear_passphrases (self);
  self->name_typed = FALSE;
  self->filling = TRUE;
  gtk_editable_set_text (self->name, "");
  gtk_switch_set_active (self->practice, practice);
  cc_country_row_set_code (self->country, country);
  self->filling = FALSE;
  show_message (self, NULL, CC_CREATE_FIELD_NONE);
  refresh (self);
  load_countries (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->country));
}
