/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-editor-private.h"

#include "cc-case-save.h"
#include "cc-editor-texts.h"
#include "cc-session-work.h"
#include "cc-set-aside-list.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"

#include <glib/gi18n.h>
#include <cc/model/cc-skip.h>

typedef struct
{
  CcCaseEditor *editor;
  CcCaseSave   *save;
  CcDraftUnit  *unit; /* shown when it was saved */
} Saving;

static AdwMessageDialog *
create_dialog (CcCaseEditor *self, const char *heading, const char *body)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));
}

/* Nobody who waits for the form to close is to do so any longer. */
static void
stay (CcCaseEditor *self)
{
  self->close_after_save = FALSE;
  cc_case_editor_cover (self, FALSE);
  g_signal_emit_by_name (self, "stayed");
}

/* record: by which the case is read again; person: that was looked at, or the event. layout:
 * (transfer full) */
static void
finish (CcCaseEditor *self, gint64 record, gint64 person, CcCaseLayout *layout)
{
  const gboolean close = self->close_after_save;

  self->close_after_save = FALSE;
  if (close || record == 0)
    {
      cc_case_layout_free (layout);
      cc_case_editor_discard (self);
      g_signal_emit_by_name (self, "saved", person);
      g_signal_emit_by_name (self, "closed");
      return;
    }
  cc_case_editor_load (self, self->session, record);
  self->layout = layout;
  g_signal_emit_by_name (self, "saved", person);
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving       *saving = user_data;
  CcCaseEditor *self = saving->editor;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;

  self->saving = FALSE;
  if (self->draft == NULL)
    {
      /* The form was left meanwhile. */
    }
  else if (cc_session_act_finish (result, &seq, &error))
    {
      const gint64 any = cc_case_save_get_any (saving->save);
      const gint64 record = cc_case_save_get_id (saving->save, saving->unit);
      const gint64 person =
          cc_case_save_get_id (saving->save, cc_draft_unit_get_head (saving->unit));

      if (self->kept == CC_KEPT_BUSY)
        self->kept = self->kept_then;
      cc_present_undo (GTK_WIDGET (self), _ ("Case saved"), seq);
      finish (self, record != 0 ? record : any, person != 0 ? person : any,
              cc_case_layout_new (self->draft, saving->save, saving->unit,
                                  self->at != NULL ? self->at->id : NULL));
    }
  else
    {
      stay (self);
      cc_case_editor_show_unit (self, self->unit, FALSE);
      cc_present_error (GTK_WIDGET (self), _ ("The Case Could Not Be Saved"), error);
    }
  if (self->kept == CC_KEPT_BUSY)
    self->kept = CC_KEPT_NONE;
  cc_case_save_free (saving->save);
  g_object_unref (self);
  g_free (saving);
}

static gboolean
run_save (CcAct *act, gpointer data, GError **error)
{
  return cc_case_save_run (act, ((Saving *) data)->save, error);
}

static void
start_save (CcCaseEditor *self)
{
  Saving *saving;

  /* Read only while the act runs: what is typed now would be lost. */
  self->saving = TRUE;
  saving = g_new0 (Saving, 1);
  saving->editor = g_object_ref (self);
  saving->save = cc_case_save_new (self->draft);
  saving->unit = self->unit;
  cc_case_editor_update (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), FALSE);
  cc_session_act_async (self->session, self->record == 0 ? "enter" : "edit", run_save, saving, NULL,
                        NULL, on_saved_cb, saving);
}

static guint
count_set_aside (CcCaseEditor *self)
{
  GPtrArray *units = cc_case_draft_get_units (self->draft);
  guint      n = 0;

  for (guint i = 0; i < units->len; i++)
    {
      CcDraftUnit *unit = units->pdata[i];
      g_autoptr (GPtrArray) aside = NULL;

      if (unit->removed || !cc_draft_unit_is_changed (unit, self->context->pack))
        continue;
      aside = cc_skip_list_set_aside (self->context->pack, unit->record);
      n += aside->len;
    }
  return n;
}

static void
on_aside_response_cb (CcCaseEditor *self, const char *response)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), TRUE);
  cc_unit_form_reload (self->form);
  cc_case_editor_update (self);
  if (g_str_equal (response, "save"))
    start_save (self);
  else
    stay (self);
}

/* The answers that other answers have made meaningless: they are not stored, unless somebody says
 * that they are right and the others wrong. */
static void
ask_set_aside (CcCaseEditor *self)
{
  AdwMessageDialog *dialog;

  if (count_set_aside (self) == 0)
    {
      start_save (self);
      return;
    }
  dialog = create_dialog (self, _ ("These Answers No Longer Count"),
                          _ ("Other answers say that these questions do not apply. They will not "
                             "be stored unless you restore them."));
  adw_message_dialog_add_responses (dialog, "back", _ ("_Go Back"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "back");
  adw_message_dialog_set_extra_child (dialog, cc_set_aside_list_new (self->session, self->draft));
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_aside_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Returns: (nullable): the first part with a text that is no answer */
static CcDraftUnit *
find_unread (CcCaseEditor *self, const CcVariable **variable, GString *list)
{
  GPtrArray   *units = cc_case_draft_get_units (self->draft);
  CcDraftUnit *first = NULL;

  for (guint i = 0; i < units->len; i++)
    {
      CcDraftUnit   *unit = units->pdata[i];
      GHashTableIter iter;
      gpointer       key, text;

      g_hash_table_iter_init (&iter, unit->unread);
      while (!unit->removed && g_hash_table_iter_next (&iter, &key, &text))
        {
          /* Translators: a question's label and the text somebody typed. */
          g_string_append_printf (list, _ ("%s: “%s”"), cc_editor_get_label (self->session, key),
                                  (const char *) text);
          g_string_append_c (list, '\n');
          if (first == NULL)
            *variable = key;
          first = first != NULL ? first : unit;
        }
    }
  return first;
}

static void
forget_unread (CcCaseEditor *self)
{
  GPtrArray *units = cc_case_draft_get_units (self->draft);

  for (guint i = 0; i < units->len; i++)
    g_hash_table_remove_all (((CcDraftUnit *) units->pdata[i])->unread);
  cc_unit_form_reload (self->form);
}

static void
on_unread_response_cb (CcCaseEditor *self, const char *response)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const CcVariable *variable = NULL;
  CcDraftUnit      *unit;

  if (self->draft == NULL)
    return;
  if (g_str_equal (response, "save"))
    {
      forget_unread (self);
      ask_set_aside (self);
      return;
    }
  stay (self);
  unit = find_unread (self, &variable, list);
  if (unit == NULL)
    return;
  cc_case_editor_show_unit (self, unit, FALSE);
  cc_unit_form_focus (self->form, variable);
}

void
cc_case_editor_save (CcCaseEditor *self)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const CcVariable *variable = NULL;
  AdwMessageDialog *dialog;
  g_autofree char  *body = NULL;

  if (self->draft == NULL || self->saving)
    return;
  /* A field that still has the keys has not said its last word. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  cc_unit_form_settle (self->form);
  if (find_unread (self, &variable, list) == NULL)
    {
      ask_set_aside (self);
      return;
    }
  body = g_strdup_printf ("%s\n\n%s", _ ("They are no dates, ages or entries of the list:"),
                          g_strchomp (list->str));
  dialog = create_dialog (self, _ ("Some Answers Cannot Be Stored"), body);
  adw_message_dialog_add_responses (dialog, "back", _ ("_Correct Them"), "save",
                                    _ ("Save _Without Them"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "back", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "back");
  adw_message_dialog_set_close_response (dialog, "back");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_unread_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_close_response_cb (CcCaseEditor *self, const char *response)
{
  if (g_str_equal (response, "save"))
    {
      self->close_after_save = TRUE;
      cc_case_editor_save (self);
    }
  else if (g_str_equal (response, "discard"))
    {
      cc_case_editor_discard (self);
      g_signal_emit_by_name (self, "closed");
    }
  else
    stay (self);
}

/**
 * Saves what can be stored, as "Save" does, without a question: nobody is there to answer one.
 */
void
cc_case_editor_keep (CcCaseEditor *self)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const CcVariable *variable = NULL;
  CcCaseSave       *save;
  guint             n;

  g_return_if_fail (CC_IS_CASE_EDITOR (self));
  self->kept = CC_KEPT_NOTHING;
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  cc_unit_form_settle (self->form);
  if (self->saving || !cc_case_editor_is_dirty (self))
    return;
  save = cc_case_save_new (self->draft);
  n = cc_session_is_read_only (self->session) ? 0 : cc_case_save_get_n (save);
  cc_case_save_free (save);
  if (n == 0)
    {
      self->kept = CC_KEPT_NONE;
      return;
    }
  self->kept_then = find_unread (self, &variable, list) != NULL || count_set_aside (self) > 0
                        ? CC_KEPT_PARTLY
                        : CC_KEPT_ALL;
  self->kept = CC_KEPT_BUSY;
  start_save (self);
}

CcKept
cc_case_editor_get_kept (CcCaseEditor *self)
{
  g_return_val_if_fail (CC_IS_CASE_EDITOR (self), CC_KEPT_NOTHING);
  return self->kept;
}

void
cc_case_editor_ask_close (CcCaseEditor *self)
{
  AdwMessageDialog *dialog =
      create_dialog (self, _ ("Save Changes?"),
                     _ ("What you entered is not in the case file yet. If you do not save it, it "
                        "is lost."));

  adw_message_dialog_add_responses (dialog, "keep", _ ("_Keep Editing"), "discard", _ ("_Discard"),
                                    "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
