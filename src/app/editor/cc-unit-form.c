/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-unit-form.h"

#include "cc-code-entry.h"
#include "cc-editor-texts.h"
#include "cc-form-section.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/intake/cc-check.h>
#include <cc/model/cc-skip.h>
#include <cc/store/cc-finding.h>

struct _CcUnitForm
{
  AdwBin parent_instance;

  GtkWidget   *box; /* of sections */
  CcCodeEntry *agency;

  CcEditorContext *context;
  CcCaseDraft     *draft;
  CcDraftUnit     *unit;
  GPtrArray       *layout;   /* CcFormSection */
  GPtrArray       *sections; /* CcFormSectionView, one for each of layout */
  GPtrArray       *rows;     /* CcFieldRow, those that are made */
  GPtrArray       *findings; /* CcCheckFinding; NULL: none */
  GPtrArray       *stored;   /* CcFinding; NULL: none */
  gboolean         read_only;
};

enum
{
  CHANGED,
  FOCUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcUnitForm, cc_unit_form, ADW_TYPE_BIN)

/* Which answer a question hangs on, and what it is now. */
static char *
explain_aside (CcUnitForm *self, const CcSkip *skip)
{
  const CcValue   *value = cc_record_find (self->unit->record, skip->when->id);
  const char      *label = cc_editor_get_label (self->context->session, skip->when);
  g_autofree char *answer =
      value != NULL ? cc_editor_write_value (self->context->session, value) : NULL;

  if (answer == NULL)
    /* Translators: %s is the label of another question. */
    return g_strdup_printf (_ ("Does not apply, because of “%s”."), label);
  /* Translators: the label of another question and its answer. */
  return g_strdup_printf (_ ("Does not apply, because of “%s”: %s."), label, answer);
}

static gboolean
is_answered (CcUnitForm *self, const CcVariable *variable)
{
  const GPtrArray *values = self->unit->record->values;

  if (g_hash_table_contains (self->unit->unread, variable))
    return TRUE;
  for (guint i = 0; i < values->len; i++)
    {
      const CcValue *value = values->pdata[i];

      if (value->variable == variable && value->no_value != CC_NO_VALUE_NOT_COLLECTED
          && cc_entry_is_stated (value))
        return TRUE;
    }
  return FALSE;
}

static guint
count_answers (CcUnitForm *self, const GPtrArray *fields)
{
  guint n = 0;

  for (guint i = 0; i < fields->len; i++)
    n += is_answered (self, ((const CcFormField *) fields->pdata[i])->variable);
  return n;
}

/* first: the rows before are left as they are */
static void
show_asides_from (CcUnitForm *self, guint first)
{
  for (guint i = first; i < self->rows->len; i++)
    {
      CcFieldRow      *row = self->rows->pdata[i];
      const CcSkip    *skip = cc_skip_find_reason (self->context->pack, self->unit->record,
                                                   cc_field_row_get_variable (row));
      g_autofree char *reason = skip != NULL ? explain_aside (self, skip) : NULL;

      cc_field_row_set_aside (row, reason);
    }
}

static void
show_asides (CcUnitForm *self)
{
  show_asides_from (self, 0);
  for (guint i = 0; i < self->sections->len; i++)
    {
      const CcFormSection *section = self->layout->pdata[i];

      cc_form_section_update (self->sections->pdata[i], count_answers (self, section->more));
    }
}

/* Among the rows that are made; first: where to begin. */
static CcFieldRow *
find_made (CcUnitForm *self, const CcVariable *variable, guint first)
{
  for (guint i = first; i < self->rows->len; i++)
    if (cc_field_row_get_variable (self->rows->pdata[i]) == variable)
      return self->rows->pdata[i];
  return NULL;
}

/* The date of birth that was typed as an age goes where it belongs. */
static void
take_birth (CcUnitForm *self, CcInterval birth)
{
  const CcVariable *variable =
      cc_pack_find_unit_variable (self->context->pack, self->unit->record->unit->name,
                                  "birth_date");
  CcFieldRow *row;
  CcValue    *value;

  if (variable == NULL || !cc_form_is_asked (self->context->pack, variable))
    return;
  value = cc_value_new (variable);
  value->date = birth;
  value->text = cc_entry_write_date (birth, self->context->order);
  cc_draft_unit_set_value (self->unit, self->context->pack, value);
  row = find_made (self, variable, 0);
  if (row != NULL)
    cc_field_row_load (row, self->unit->record, NULL);
}

static void
set_texts (CcUnitForm *self, CcFieldRow *row)
{
  const CcValue *value = cc_field_row_get_value (row);
  g_auto (GStrv) texts = g_strsplit (value->text != NULL ? value->text : "", ";", -1);

  cc_draft_unit_set_texts (self->unit, cc_field_row_get_variable (row),
                           (const char *const *) texts);
}

static void
on_row_changed_cb (CcUnitForm *self, CcFieldRow *row)
{
  const CcVariable *variable = cc_field_row_get_variable (row);
  const CcValue    *value = cc_field_row_get_value (row);
  const CcInterval  birth = cc_field_row_get_birth (row);

  if (self->unit == NULL)
    return;
  if (cc_field_row_get_repeats (row) && value->no_value == CC_NO_VALUE_NONE)
    set_texts (self, row);
  else
    cc_draft_unit_set_value (self->unit, self->context->pack, cc_value_copy (value));
  cc_draft_unit_set_unread (self->unit, variable, cc_field_row_get_unread (row));
  if (cc_interval_is_known (birth))
    {
      take_birth (self, birth);
      cc_field_row_load (row, self->unit->record, NULL);
    }
  show_asides (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* except: (nullable): where somebody is still typing */
static void
settle_rows (CcUnitForm *self, CcFieldRow *except)
{
  if (self->agency != NULL && except == NULL)
    cc_code_entry_settle (self->agency);
  for (guint i = 0; i < self->rows->len; i++)
    if (self->rows->pdata[i] != except)
      cc_field_row_settle (self->rows->pdata[i]);
}

static void
on_row_focused_cb (CcUnitForm *self, CcFieldRow *row)
{
  settle_rows (self, row);
  g_signal_emit (self, signals[FOCUSED], 0, row);
}

static void
on_agency_chosen_cb (CcUnitForm *self, gpointer id)
{
  if (self->unit == NULL)
    return;
  cc_case_draft_set_entity (self->draft, self->unit, id != NULL ? ((CcEntity *) id)->id : 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Who says all this: one agency for everything that is entered together. */
static GtkWidget *
create_agency (CcUnitForm *self)
{
  GtkWidget      *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget      *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget      *label = gtk_label_new (_ ("Stated by"));
  const CcEntity *entity = cc_editor_context_find_entity (self->context, self->unit->entity);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  self->agency = cc_code_entry_new ();
  cc_code_entry_set_source (self->agency, cc_editor_context_find_entities,
                            cc_editor_context_ref (self->context), cc_editor_context_unref);
  cc_code_entry_set_placeholder (self->agency, _ ("Choose the agency"));
  cc_code_entry_show (self->agency, entity, entity != NULL ? entity->name : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cc_code_entry_get_text_widget (self->agency)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Stated by"), -1);
  g_signal_connect_object (self->agency, "chosen", G_CALLBACK (on_agency_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (row, "field");
  gtk_widget_set_sensitive (row, !self->read_only);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->agency));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "form-card");
  gtk_box_append (GTK_BOX (card), row);
  return card;
}

static void
add_rows (CcUnitForm *self, CcFormSectionView *view, GPtrArray *fields, gboolean more)
{
  for (guint i = 0; i < fields->len; i++)
    {
      CcFieldRow *row = cc_field_row_new (self->context, fields->pdata[i]);

      g_ptr_array_add (self->rows, row);
      gtk_widget_set_sensitive (GTK_WIDGET (row), !self->read_only);
      g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "focused", G_CALLBACK (on_row_focused_cb), self,
                               G_CONNECT_SWAPPED);
      cc_form_section_append (view, row, more);
    }
}

static CcFieldSign
get_sign (const char *severity)
{
  return g_str_equal (severity, "error")     ? CC_FIELD_ERROR
         : g_str_equal (severity, "warning") ? CC_FIELD_WARNING
                                             : CC_FIELD_REMARK;
}

static void
show_finding (CcUnitForm       *self,
              guint             first,
              const char       *rule,
              const char       *severity,
              const CcVariable *variable,
              const char       *value)
{
  CcFieldRow      *row = variable != NULL ? find_made (self, variable, first) : NULL;
  CcSession       *session = self->context->session;
  const char      *sentence;
  g_autofree char *text = NULL;

  if (row == NULL)
    return;
  sentence = cc_texts_get (cc_session_get_texts (session), rule, cc_session_get_language (session));
  text = value != NULL && g_str_has_prefix (rule, "intake.finding.")
             /* Translators: what a check says, and the text of the sender it is about. */
             ? g_strdup_printf (_ ("%s “%s”"), sentence, value)
             : g_strdup (sentence);
  cc_field_row_add_finding (row, get_sign (severity), text);
}

static void
show_findings_from (CcUnitForm *self, guint first)
{
  for (guint i = first; i < self->rows->len; i++)
    cc_field_row_clear_findings (self->rows->pdata[i]);
  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    {
      const CcCheckFinding *finding = self->findings->pdata[i];

      show_finding (self, first, finding->rule, cc_severity_to_text (finding->severity),
                    finding->variable, NULL);
    }
  for (guint i = 0; self->stored != NULL && i < self->stored->len; i++)
    {
      const CcFinding *finding = self->stored->pdata[i];

      show_finding (self, first, finding->rule, finding->severity, finding->variable,
                    finding->value);
    }
}

static void
load_rows (CcUnitForm *self, guint first)
{
  for (guint i = first; i < self->rows->len; i++)
    {
      CcFieldRow *row = self->rows->pdata[i];

      cc_field_row_load (row, self->unit->record,
                         g_hash_table_lookup (self->unit->unread, cc_field_row_get_variable (row)));
    }
}

static void
make_more (CcFormSectionView *view, gpointer user_data)
{
  CcUnitForm *self = user_data;
  const guint first = self->rows->len;
  guint       i;

  if (!g_ptr_array_find (self->sections, view, &i))
    return;
  add_rows (self, view, ((CcFormSection *) self->layout->pdata[i])->more, TRUE);
  load_rows (self, first);
  show_asides_from (self, first);
  show_findings_from (self, first);
}

static void
add_section (CcUnitForm *self, const CcFormSection *section)
{
  g_autofree char   *title = cc_editor_name_section (self->context->session, section);
  CcFormSectionView *view = cc_form_section_new (title);

  add_rows (self, view, section->essential, FALSE);
  cc_form_section_set_more (view, section->more->len, make_more, self);
  g_ptr_array_add (self->sections, view);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (view));
}

static void
forget_findings (CcUnitForm *self)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->stored, g_ptr_array_unref);
}

static void
cc_unit_form_dispose (GObject *object)
{
  CcUnitForm *self = CC_UNIT_FORM (object);

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->sections, 0);
  g_clear_pointer (&self->layout, g_ptr_array_unref);
  forget_findings (self);
  g_clear_pointer (&self->context, cc_editor_context_unref);
  G_OBJECT_CLASS (cc_unit_form_parent_class)->dispose (object);
}

static void
cc_unit_form_finalize (GObject *object)
{
  g_ptr_array_unref (CC_UNIT_FORM (object)->rows);
  g_ptr_array_unref (CC_UNIT_FORM (object)->sections);
  G_OBJECT_CLASS (cc_unit_form_parent_class)->finalize (object);
}

static void
cc_unit_form_class_init (CcUnitFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cc_unit_form_dispose;
  object_class->finalize = cc_unit_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", CC_TYPE_UNIT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[FOCUSED] = g_signal_new ("focused", CC_TYPE_UNIT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, CC_TYPE_FIELD_ROW);
}

static void
cc_unit_form_init (CcUnitForm *self)
{
  self->rows = g_ptr_array_new ();
  self->sections = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

CcUnitForm *
cc_unit_form_new (void)
{
  return g_object_new (CC_TYPE_UNIT_FORM, NULL);
}

/* The field with the keys says its last word while there is a part to say it of. */
static void
drop_focus (CcUnitForm *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
  if (root != NULL)
    settle_rows (self, NULL);
}

void
cc_unit_form_empty (CcUnitForm *self)
{
  GtkWidget *child;

  g_return_if_fail (CC_IS_UNIT_FORM (self));
  drop_focus (self);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->sections, 0);
  g_clear_pointer (&self->layout, g_ptr_array_unref);
  forget_findings (self);
  self->agency = NULL;
  self->unit = NULL;
  self->draft = NULL;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

void
cc_unit_form_fill (CcUnitForm      *self,
                   CcEditorContext *context,
                   CcCaseDraft     *draft,
                   CcDraftUnit     *unit,
                   gboolean         read_only)
{
  g_return_if_fail (CC_IS_UNIT_FORM (self) && context != NULL && draft != NULL && unit != NULL);
  cc_unit_form_empty (self);
  cc_editor_context_ref (context);
  g_clear_pointer (&self->context, cc_editor_context_unref);
  self->context = context;
  self->draft = draft;
  self->unit = unit;
  self->read_only = read_only;
  gtk_box_append (GTK_BOX (self->box), create_agency (self));
  self->layout = cc_form_build (context->pack, unit->record->unit);
  for (guint i = 0; i < self->layout->len; i++)
    add_section (self, self->layout->pdata[i]);
  cc_unit_form_reload (self);
}

void
cc_unit_form_settle (CcUnitForm *self)
{
  g_return_if_fail (CC_IS_UNIT_FORM (self));
  settle_rows (self, NULL);
}

void
cc_unit_form_reload (CcUnitForm *self)
{
  g_return_if_fail (CC_IS_UNIT_FORM (self));
  if (self->unit == NULL)
    return;
  load_rows (self, 0);
  show_asides (self);
}

static gboolean
has_field (const GPtrArray *fields, const CcVariable *variable)
{
  for (guint i = 0; i < fields->len; i++)
    if (((const CcFormField *) fields->pdata[i])->variable == variable)
      return TRUE;
  return FALSE;
}

/**
 * Returns: (nullable): the row of a question, which is made for it where it is folded away
 */
CcFieldRow *
cc_unit_form_find_row (CcUnitForm *self, const char *variable)
{
  const CcVariable *wanted;

  g_return_val_if_fail (CC_IS_UNIT_FORM (self) && variable != NULL, NULL);
  wanted = self->context != NULL ? cc_pack_find_variable (self->context->pack, variable) : NULL;
  if (wanted == NULL || self->unit == NULL)
    return NULL;
  for (guint i = 0; i < self->sections->len; i++)
    if (has_field (((CcFormSection *) self->layout->pdata[i])->more, wanted))
      cc_form_section_make_more (self->sections->pdata[i]);
  return find_made (self, wanted, 0);
}

/**
 * Shows what checks say beside the questions.
 *
 * findings: (nullable) (element-type CcCheckFinding): of what is typed now
 * stored: (nullable) (element-type CcFinding): of what was imported
 */
void
cc_unit_form_show_findings (CcUnitForm *self, GPtrArray *findings, GPtrArray *stored)
{
  g_return_if_fail (CC_IS_UNIT_FORM (self));
  forget_findings (self);
  self->findings = findings != NULL ? g_ptr_array_ref (findings) : NULL;
  self->stored = stored != NULL ? g_ptr_array_ref (stored) : NULL;
  show_findings_from (self, 0);
}

void
cc_unit_form_focus (CcUnitForm *self, const CcVariable *variable)
{
  CcFieldRow *row = NULL;

  g_return_if_fail (CC_IS_UNIT_FORM (self));
  if (variable != NULL)
    row = cc_unit_form_find_row (self, variable->id);
  for (guint i = 0; i < self->sections->len; i++)
    if (row != NULL && gtk_widget_is_ancestor (GTK_WIDGET (row), self->sections->pdata[i]))
      cc_form_section_unfold (self->sections->pdata[i]);
  /* Whose statement it is comes first, where nobody has said it yet. */
  if (row == NULL && self->unit != NULL && self->unit->entity == 0 && self->unit->stored == NULL
      && self->context->entities->len > 0)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->agency));
      return;
    }
  if (row == NULL && self->rows->len > 0)
    row = self->rows->pdata[0];
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}
