/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-form-view.h"

#include "cc-sheet-words.h"

#include <glib/gi18n.h>
#include <string.h>
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
  GHashTable          *drafts;  /* "questionnaire/field" -> what is typed and not kept yet */
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

  self->filling = TRUE; /* a row that goes loses the focus, and is not left by anybody */
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
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
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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

/* Half a date is no mistake yet. */
static gboolean
may_become_good (const char *type, const char *value)
{
  return g_str_equal (type, "date") && strlen (value) < 10
         && strspn (value, "0123456789-") == strlen (value);
}

/* The title says what is expected while something else stands in the box. */
static void
mark (GtkWidget *row, gboolean good)
{
  const char      *label = g_object_get_data (G_OBJECT (row), "label");
  const char      *type = g_object_get_data (G_OBJECT (row), "type");
  const gboolean   date = g_str_equal (type, "date");
  g_autofree char *title = NULL;

  if (good && date)
    /* Translators: a box of a form for a date: what it asks, and how the date is written. */
    title = g_strdup_printf (_ ("%s (year-month-day)"), label);
  else if (good)
    title = g_strdup (label);
  else if (date)
    /* Translators: %s is what a box of a form asks for; the date is year-month-day. */
    title = g_strdup_printf (_ ("%s: Write the date as 2024-02-28"), label);
  else
    /* Translators: %s is what a box of a form asks for. */
    title = g_strdup_printf (_ ("%s: Write a number, such as 120"), label);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  good ? label : title, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  if (good)
    gtk_widget_remove_css_class (row, "error");
  else
    gtk_widget_add_css_class (row, "error");
}

static char *
read_row (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static char *
make_draft_key (CcFormView *self, const char *field)
{
  return g_strdup_printf ("%s/%s",
                          cc_questionnaire_get_id (cc_answer_book_get_questionnaire (self->book)),
                          field);
}

static void
on_typed (AdwEntryRow *row, gpointer user_data)
{
  CcFormView      *self = CC_FORM_VIEW (user_data);
  const char      *type = g_object_get_data (G_OBJECT (row), "type");
  g_autofree char *value = read_row (GTK_WIDGET (row));

  if (self->filling)
    return;
  g_hash_table_replace (self->drafts, make_draft_key (self, get_name (GTK_WIDGET (row))),
                        g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  mark (GTK_WIDGET (row), is_good (type, value) || may_become_good (type, value));
}

/* What is no date stays in the box, marked, until somebody mends it. */
static void
on_applied (AdwEntryRow *row, gpointer user_data)
{
  CcFormView      *self = CC_FORM_VIEW (user_data);
  const char      *type = g_object_get_data (G_OBJECT (row), "type");
  g_autofree char *value = read_row (GTK_WIDGET (row));
  g_autofree char *key = NULL;
  const gboolean   good = is_good (type, value);

  if (self->filling)
    return;
  mark (GTK_WIDGET (row), good);
  if (!good)
    return;
  key = make_draft_key (self, get_name (GTK_WIDGET (row)));
  g_hash_table_remove (self->drafts, key);
  answer (self, GTK_WIDGET (row), value);
}

/* Whoever goes on to the next box, sheet or page means what stands in this one. */
static void
on_left (GtkEventControllerFocus *controller, gpointer user_data)
{
  CcFormView      *self = CC_FORM_VIEW (user_data);
  GtkWidget       *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  g_autofree char *key = NULL;

  if (self->filling)
    return;
  key = make_draft_key (self, get_name (row));
  if (g_hash_table_contains (self->drafts, key))
    on_applied (ADW_ENTRY_ROW (row), self);
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
follow_typing (CcFormView *self, GtkWidget *row)
{
  const char         *type = g_object_get_data (G_OBJECT (row), "type");
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char    *key = make_draft_key (self, get_name (row));
  const char         *draft = g_hash_table_lookup (self->drafts, key);

  if (draft != NULL)
    {
      g_autofree char *value = g_strstrip (g_strdup (draft));

      gtk_editable_set_text (GTK_EDITABLE (row), draft);
      mark (row, is_good (type, value));
    }
  g_signal_connect (row, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect (row, "apply", G_CALLBACK (on_applied), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_left), self);
  gtk_widget_add_controller (row, focus);
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
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set_data_full (G_OBJECT (row), "label", g_strdup (label), g_free);
  g_object_set_data_full (G_OBJECT (row), "field", g_strdup (field->name), g_free);
  g_object_set_data_full (G_OBJECT (row), "type", g_strdup (field->type), g_free);
  mark (row, TRUE);
  gtk_widget_set_sensitive (row, !read_only);
  add_kept (self, row, typed);
  if (choice)
    g_signal_connect (row, "notify::selected", G_CALLBACK (on_chosen), self);
  else
    follow_typing (self, row);
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
