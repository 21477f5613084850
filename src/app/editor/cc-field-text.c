/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-field-kinds.h"

#include <glib/gi18n.h>
#include <cc/base/cc-text.h>
#include <cc/intake/cc-code-text.h>

struct _CcFieldText
{
  CcFieldRow parent_instance;

  GtkText *text;
  gboolean own_change;
  gboolean unsettled; /* the text means something else than the answer, once it is whole */
};

G_DEFINE_FINAL_TYPE (CcFieldText, cc_field_text, CC_TYPE_FIELD_ROW)

static CcEntryRead
read_date (CcEditorContext *context, const char *text, CcValue *value)
{
  CcEntryRead read =
      cc_entry_read_date (context->pack, text, context->order, context->today, &value->date);

  if (read == CC_ENTRY_OK)
    value->text = g_strdup (text);
  return read;
}

static CcEntryRead
read_age (CcEditorContext *context, const char *text, CcValue *value, CcInterval *birth)
{
  CcEntryAge  age;
  CcEntryRead read = cc_entry_read_age (context->pack, text, context->order, context->today, &age);

  *birth = age.birth;
  if (read == CC_ENTRY_OK)
    {
      value->age_min = age.min;
      value->age_max = age.max;
      value->age_day = age.day;
    }
  return read;
}

static CcEntryRead
read_text (CcEditorContext *context, const char *text, CcValue *value, CcInterval *birth)
{
  *birth = CC_INTERVAL_UNKNOWN;
  switch (value->variable->type)
    {
    case CC_VARIABLE_DATE:
      return read_date (context, text, value);
    case CC_VARIABLE_AGE:
      return read_age (context, text, value, birth);
    case CC_VARIABLE_INT:
      {
        const CcEntryRead read = cc_entry_read_number (text, &value->number);

        return read == CC_ENTRY_UNREADABLE
                       && cc_word_no_value (context->pack, text) != CC_NO_VALUE_NONE
                   ? CC_ENTRY_UNKNOWN
                   : read;
      }
    default:
      if (cc_text_is_blank (text))
        return CC_ENTRY_EMPTY;
      value->text = g_strdup (text);
      return CC_ENTRY_OK;
    }
}

/* "inconnu", "refused": a kind of no value in words. */
static CcNoValue
find_no_value (CcEditorContext *context, const char *text)
{
  const CcNoValue kind = cc_word_no_value (context->pack, text);

  return kind != CC_NO_VALUE_NONE ? kind : CC_NO_VALUE_UNKNOWN;
}

static void
take_text (CcFieldText *self, gboolean settled)
{
  CcFieldRow      *row = CC_FIELD_ROW (self);
  CcEditorContext *context = cc_field_row_get_context (row);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text))));
  CcValue         *value = cc_field_row_start_value (row);
  CcInterval       birth;
  CcEntryRead      read = read_text (context, text, value, &birth);

  self->unsettled = !settled && (read == CC_ENTRY_UNKNOWN || read == CC_ENTRY_BIRTH);
  switch (read)
    {
    case CC_ENTRY_OK:
      cc_field_row_take (row, value, NULL, read);
      return;
    case CC_ENTRY_EMPTY:
      cc_entry_set_no_value (value, CC_NO_VALUE_NOT_COLLECTED);
      cc_field_row_take (row, value, NULL, read);
      return;
    case CC_ENTRY_UNKNOWN:
      cc_value_free (value);
      if (settled)
        cc_field_row_set_no_value (row, find_no_value (context, text));
      return;
    case CC_ENTRY_BIRTH:
      cc_value_free (value);
      if (settled)
        cc_field_row_take_birth (row, birth);
      return;
    default:
      cc_entry_set_no_value (value, CC_NO_VALUE_NOT_COLLECTED);
      cc_field_row_take (row, value, text, read);
      return;
    }
}

static void
on_changed_cb (CcFieldText *self)
{
  if (!self->own_change)
    take_text (self, FALSE);
}

static void
cc_field_text_settle (CcFieldRow *row)
{
  CcFieldText *self = CC_FIELD_TEXT (row);

  if (self->unsettled)
    take_text (self, TRUE);
}

static void
on_leave_cb (CcFieldText *self)
{
  /* Not while it is being taken apart. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    cc_field_text_settle (CC_FIELD_ROW (self));
}

static void
on_activate_cb (CcFieldText *self)
{
  cc_field_row_move_on (CC_FIELD_ROW (self));
}

static void
cc_field_text_show (CcFieldRow *row, const CcValue *value, const char *unread)
{
  CcFieldText     *self = CC_FIELD_TEXT (row);
  CcEditorContext *context = cc_field_row_get_context (row);
  g_autofree char *text = NULL;

  if (unread != NULL)
    text = g_strdup (unread);
  else if (value->no_value != CC_NO_VALUE_NONE)
    text = NULL;
  else if (value->variable->type == CC_VARIABLE_DATE)
    text = cc_interval_is_known (value->date) ? cc_entry_write_date (value->date, context->order)
                                              : g_strdup (value->text);
  else if (value->variable->type == CC_VARIABLE_AGE)
    text = cc_entry_write_age (value->age_min, value->age_max, value->age_day, context->order);
  else if (value->variable->type == CC_VARIABLE_INT)
    text = g_strdup_printf ("%" G_GINT64_FORMAT, value->number);
  else
    text = g_strdup (value->text);
  self->own_change = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), text != NULL ? text : "");
  self->own_change = FALSE;
  self->unsettled = FALSE;
}

static void
cc_field_text_class_init (CcFieldTextClass *klass)
{
  CC_FIELD_ROW_CLASS (klass)->show = cc_field_text_show;
  CC_FIELD_ROW_CLASS (klass)->settle = cc_field_text_settle;
}

/* A GtkText on its own has no role, so that a screen reader would pass it over. */
GtkText *
cc_field_text_create (void)
{
  return g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
}

static void
cc_field_text_init (CcFieldText *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->text = cc_field_text_create ();
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (on_changed_cb), self);
  g_signal_connect_swapped (self->text, "activate", G_CALLBACK (on_activate_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text), focus);
}

void
cc_field_text_set_up (CcFieldText *self)
{
  CcFieldRow *row = CC_FIELD_ROW (self);

  cc_field_row_set_control (row, GTK_WIDGET (self->text), GTK_WIDGET (self->text));
  switch (cc_field_row_get_variable (row)->type)
    {
    case CC_VARIABLE_INT:
      gtk_text_set_input_purpose (self->text, GTK_INPUT_PURPOSE_DIGITS);
      break;
    case CC_VARIABLE_DATE:
    case CC_VARIABLE_AGE:
      gtk_text_set_input_hints (self->text, GTK_INPUT_HINT_NO_SPELLCHECK);
      break;
    default:
      /* Names are no words of a language, and no assistant is to learn them. */
      gtk_text_set_input_hints (self->text, GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK);
      break;
    }
}
