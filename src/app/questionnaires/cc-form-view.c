/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-form-view.h"

#include "cc-sheet-words.h"

#include <glib/gi18n.h>
#include <cc/model/cc-texts.h>
#include <cc/report/cc-answer.h>

struct _CcFormView
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GtkLabel            *statement;

  GPtrArray           *rows; /* borrowed */
  CcAnswerBook        *book;
  const CcAnswerSheet *sheet;
  gboolean             filling; /* rows are being set, nobody types */
};

enum
{
  ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcFormView, cc_form_view, ADW_TYPE_BIN)

static void
cc_form_view_dispose (GObject *object)
{
  CcFormView *self = CC_FORM_VIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->book, cc_answer_book_unref);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_FORM_VIEW);
  G_OBJECT_CLASS (cc_form_view_parent_class)->dispose (object);
}

static void
cc_form_view_class_init (CcFormViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_form_view_dispose;
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/questionnaires/"
                                               "cc-form-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CcFormView, group);
  gtk_widget_class_bind_template_child (widget_class, CcFormView, statement);
}

static void
cc_form_view_init (CcFormView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
get_name (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "field");
}

static void
answer (CcFormView *self, GtkWidget *row, const char *value)
{
  g_signal_emit (self, signals[ANSWERED], 0, get_name (row),
                 value != NULL && *value != '\0' ? value : NULL);
}

/* What cannot be read as what the box asks for is marked, and not kept. */
static gboolean
is_good (const char *type, const char *value)
{
  CcInterval date;
  char      *end = NULL;

  if (*value == '\0')
    return TRUE;
  if (g_str_equal (type, "date"))
    return cc_interval_from_iso (value, &date) && cc_interval_is_day (date);
  if (g_str_equal (type, "number"))
    {
      g_ascii_strtod (value, &end);
      return end != value && *end == '\0';
    }
  return TRUE;
}

static void
on_applied (AdwEntryRow *row, gpointer user_data)
{
  CcFormView      *self = CC_FORM_VIEW (user_data);
  const char      *type = g_object_get_data (G_OBJECT (row), "type");
  g_autofree char *value = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (self->filling)
    return;
  if (is_good (type, value))
    {
      gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
      answer (self, GTK_WIDGET (row), value);
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
}

static void
on_chosen (AdwComboRow *row, GParamSpec *spec, gpointer user_data)
{
  CcFormView *self = CC_FORM_VIEW (user_data);
  const guint chosen = adw_combo_row_get_selected (row);
  GListModel *choices = adw_combo_row_get_model (row);

  if (self->filling)
    return;
  answer (self, GTK_WIDGET (row),
          chosen > 0 ? gtk_string_list_get_string (GTK_STRING_LIST (choices), chosen) : NULL);
}

static GtkWidget *
create_choice (const CcFieldDefinition *field, const char *value)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();
  guint      chosen = 0;

  /* Translators: first line of a list of choices, as long as none is chosen. */
  gtk_string_list_append (choices, _ ("Nothing chosen"));
  for (guint i = 0; field->choices != NULL && field->choices[i] != NULL; i++)
    {
      gtk_string_list_append (choices, field->choices[i]);
      if (g_strcmp0 (value, field->choices[i]) == 0)
        chosen = i + 1;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  return row;
}

static GtkWidget *
create_entry (const CcFieldDefinition *field, const char *value)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (row), value != NULL ? value : "");
  if (g_str_equal (field->type, "number"))
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_NUMBER);
  return row;
}

/* Later rounds begin with what was typed in earlier ones; the box says so. */
static void
add_kept (CcFormView *self, GtkWidget *row, const CcAnswerTyped *typed)
{
  g_autofree char *text = typed != NULL ? cc_sheet_words_kept (self->book, typed) : NULL;
  GtkWidget       *label;

  if (text == NULL)
    return;
  label = g_object_new (GTK_TYPE_IMAGE, "icon-name", "document-open-recent-symbolic",
                        "tooltip-text", text, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (ADW_IS_ENTRY_ROW (row))
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), label);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static void
add_field (CcFormView *self, const CcFieldDefinition *field, gboolean read_only)
{
  CcQuestionnaire     *questionnaire = cc_answer_book_get_questionnaire (self->book);
  const CcAnswerTyped *typed = cc_answer_book_find_typed (self->book, CC_ANSWER_FORM, field->name);
  const char          *value = typed != NULL ? typed->value : NULL;
  const char          *label = cc_questionnaire_get_text (questionnaire, field->group, field->key,
                                                          cc_answer_book_get_language (self->book));
  gboolean             choice = g_str_equal (field->type, "choice");
  GtkWidget           *row = choice ? create_choice (field, value) : create_entry (field, value);

  if (label == NULL)
    label = field->name;
  if (g_str_equal (field->type, "date"))
    {
      /* Translators: a box of a form for a date: what it asks, and how the date is written. */
      g_autofree char *title = g_strdup_printf (_ ("%s (year-month-day)"), label);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
    }
  else
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "field", g_strdup (field->name), g_free);
  g_object_set_data_full (G_OBJECT (row), "type", g_strdup (field->type), g_free);
  gtk_widget_set_sensitive (row, !read_only);
  add_kept (self, row, typed);
  if (choice)
    g_signal_connect (row, "notify::selected", G_CALLBACK (on_chosen), self);
  else
    g_signal_connect (row, "apply", G_CALLBACK (on_applied), self);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill (CcFormView *self, gboolean read_only)
{
  CcQuestionnaire *questionnaire = cc_answer_book_get_questionnaire (self->book);
  char           **fields = self->sheet->definition->fields;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; fields != NULL && fields[i] != NULL; i++)
    {
      const CcFieldDefinition *field = cc_questionnaire_find_field (questionnaire, fields[i]);

      if (field != NULL)
        add_field (self, field, read_only);
    }
}

/* Someone who types in one box while another one is being kept does not lose a letter. */
static gboolean
is_being_typed (CcFormView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_get_focus_child (self->rows->pdata[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
shows_same (CcFormView *self, CcAnswerBook *book, const CcAnswerSheet *sheet)
{
  return self->sheet != NULL && self->sheet->definition == sheet->definition
         && g_str_equal (cc_answer_book_get_language (self->book),
                         cc_answer_book_get_language (book));
}

void
cc_form_view_show (CcFormView *self, CcAnswerBook *book, guint sheet, gboolean read_only)
{
  const CcAnswerSheet *answer;
  const char          *statement;
  gboolean             keep;

  g_return_if_fail (CC_IS_FORM_VIEW (self) && book != NULL);
  answer = cc_answer_book_get_sheets (book)->pdata[sheet];
  keep = shows_same (self, book, answer) && is_being_typed (self);
  cc_answer_book_ref (book);
  g_clear_pointer (&self->book, cc_answer_book_unref);
  self->book = book;
  self->sheet = answer;
  statement = cc_answer_book_get_statement (book);
  gtk_label_set_label (self->statement, statement != NULL ? statement : "");
  gtk_widget_set_visible (GTK_WIDGET (self->statement), statement != NULL);
  adw_preferences_group_set_title (self->group, answer->title);
  gtk_widget_set_direction (GTK_WIDGET (self->group),
                            cc_texts_is_rtl (cc_answer_book_get_language (book))
                                ? GTK_TEXT_DIR_RTL
                                : GTK_TEXT_DIR_LTR);
  if (keep)
    return;
  self->filling = TRUE;
  fill (self, read_only);
  self->filling = FALSE;
}
