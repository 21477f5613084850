/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-agency-dialog.h"

#include "cc-import-names.h"
#include "cc-session-work.h"
#include "present/cc-error-presenter.h"
#include "widgets/cc-suggestion.h"
#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>
#include <cc/base/cc-text.h>
#include <cc/intake/cc-guess.h>
#include <cc/store/cc-entity.h>

struct _CcImportAgencyDialog
{
  AdwWindow parent_instance;

  AdwEntryRow *name;
  AdwComboRow *type;
  GtkWidget   *add;

  CcSession *session;
  GPtrArray *types; /* const CcCode*, as in the list; first NULL: not chosen yet */
  char      *key;
  gboolean   only_asks;
  gboolean   type_said; /* a person chose the kind */
  gboolean   guessing;
};

enum
{
  ADDED,
  NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportAgencyDialog, cc_import_agency_dialog, ADW_TYPE_WINDOW)

typedef struct
{
  char         *name;
  const CcCode *type;
  char        **key; /* borrowed: of the dialog, which waits for the act */
} NewAgency;

static void
new_agency_free (gpointer data)
{
  NewAgency *self = data;

  g_free (self->name);
  g_free (self);
}

static gboolean
add_agency (CcAct *act, gpointer data, GError **error)
{
  NewAgency *new_agency = data;

  return cc_act_add_named_entity (act, new_agency->name, new_agency->type, new_agency->key, error)
         != 0;
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcImportAgencyDialog) self = CC_IMPORT_AGENCY_DIALOG (user_data);
  g_autoptr (GError) error = NULL;

  if (!cc_session_act_finish (result, NULL, &error))
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->add), TRUE);
      cc_present_error (GTK_WIDGET (self), _ ("The Agency Could Not Be Added"), error);
      return;
    }
  g_signal_emit (self, signals[ADDED], 0, self->key);
  gtk_window_destroy (GTK_WINDOW (self));
}

static const CcCode *
get_type (CcImportAgencyDialog *self)
{
  return g_ptr_array_index (self->types, adw_combo_row_get_selected (self->type));
}

static void
on_add_cb (CcImportAgencyDialog *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  NewAgency  *new_agency;

  if (!gtk_widget_get_sensitive (self->add))
    return;
  if (self->only_asks)
    {
      g_signal_emit (self, signals[NAMED], 0, name, get_type (self));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (self->add, FALSE);
  g_clear_pointer (&self->key, g_free);
  new_agency = g_new0 (NewAgency, 1);
  new_agency->name = g_strdup (name);
  new_agency->type = get_type (self);
  new_agency->key = &self->key;
  cc_session_act_async (self->session, "entity", add_agency, new_agency, new_agency_free, NULL,
                        on_added, g_object_ref (self));
}

static void
on_changed_cb (CcImportAgencyDialog *self)
{
  gtk_widget_set_sensitive (self->add,
                            !cc_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->name)))
                                && adw_combo_row_get_selected (self->type) > 0);
}

static void
show_type (CcImportAgencyDialog *self, const CcCode *type)
{
  guint position = 0;

  for (guint i = 1; type != NULL && i < self->types->len; i++)
    if (g_ptr_array_index (self->types, i) == type)
      position = i;
  self->guessing = TRUE;
  adw_combo_row_set_selected (self->type, position);
  self->guessing = FALSE;
}

/* The kind decides what the agency's word counts for. Where the name says it, it stands there to be
 * confirmed; what a person chose stays. */
static void
guess_type (CcImportAgencyDialog *self)
{
  CcPack *pack = cc_case_file_get_pack (cc_session_get_file (self->session));

  if (!self->type_said)
    show_type (self,
               cc_guess_agency_type (pack, gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static void
on_named_cb (CcImportAgencyDialog *self)
{
  if (self->types != NULL)
    guess_type (self);
  on_changed_cb (self);
}

static void
on_type_cb (CcImportAgencyDialog *self)
{
  self->type_said = self->type_said || !self->guessing;
  on_changed_cb (self);
}

static void
cc_import_agency_dialog_dispose (GObject *object)
{
  CcImportAgencyDialog *self = CC_IMPORT_AGENCY_DIALOG (object);

  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (cc_import_agency_dialog_parent_class)->dispose (object);
}

static void
cc_import_agency_dialog_class_init (CcImportAgencyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_import_agency_dialog_dispose;
  signals[ADDED] = g_signal_new ("added", CC_TYPE_IMPORT_AGENCY_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NAMED] = g_signal_new ("named", CC_TYPE_IMPORT_AGENCY_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/import/"
                                                             "cc-import-agency-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportAgencyDialog, name);
  gtk_widget_class_bind_template_child (widget_class, CcImportAgencyDialog, type);
  gtk_widget_class_bind_template_child (widget_class, CcImportAgencyDialog, add);
  gtk_widget_class_bind_template_callback (widget_class, on_add_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_named_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_type_cb);
}

static void
cc_import_agency_dialog_init (CcImportAgencyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
list_types (CcImportAgencyDialog *self)
{
  CcPack    *pack = cc_case_file_get_pack (cc_session_get_file (self->session));
  GPtrArray *codes = cc_pack_get_list_codes (pack, "RETYPE");
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  self->guessing = TRUE;
  self->types = g_ptr_array_new ();
  g_ptr_array_add (self->types, NULL);
  /* Translators: in the place of the kind of an agency, as long as none is chosen. */
  gtk_string_list_append (labels, _ ("Choose…"));
  for (guint i = 0; i < codes->len; i++)
    {
      CcCode          *code = g_ptr_array_index (codes, i);
      g_autofree char *label = NULL;

      if (cc_no_value_from_code (code->code) != CC_NO_VALUE_NONE)
        continue;
      label = cc_pack_get_code_label (pack, code, cc_session_get_language (self->session));
      gtk_string_list_append (labels, label);
      g_ptr_array_add (self->types, code);
    }
  cc_combo_row_show_whole_labels (self->type);
  adw_combo_row_set_model (self->type, G_LIST_MODEL (labels));
  self->guessing = FALSE;
}

CcImportAgencyDialog *
cc_import_agency_dialog_new (GtkWidget *near, CcSession *session)
{
  CcImportAgencyDialog *self = g_object_new (CC_TYPE_IMPORT_AGENCY_DIALOG, NULL);

  g_return_val_if_fail (GTK_IS_WIDGET (near) && session != NULL, self);
  self->session = cc_session_ref (session);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (gtk_widget_get_root (near)));
  list_types (self);
  on_changed_cb (self);
  cc_import_name_parts (GTK_WIDGET (self));
  return self;
}

CcImportAgencyDialog *
cc_import_agency_dialog_new_question (GtkWidget *near, CcSession *session)
{
  CcImportAgencyDialog *self = cc_import_agency_dialog_new (near, session);

  self->only_asks = TRUE;
  return self;
}

void
cc_import_agency_dialog_suggest (CcImportAgencyDialog *self, const char *name, const CcCode *type)
{
  g_return_if_fail (CC_IS_IMPORT_AGENCY_DIALOG (self) && name != NULL);
  cc_suggestion_set (GTK_EDITABLE (self->name), name);
  if (type != NULL)
    show_type (self, type);
}
