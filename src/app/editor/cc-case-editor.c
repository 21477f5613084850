/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-editor-private.h"

#include "cc-case-load.h"
#include "cc-editor-texts.h"
#include "cc-session-work.h"
#include "cc-similar-banner.h"
#include "present/cc-error-presenter.h"

#include <glib/gi18n.h>
#include <cc/intake/cc-check.h>
#include <cc/store/cc-finding.h>

/* Checks follow the typing after a pause. */
#define CHECK_MILLISECONDS 250

/* Of a question to the edge of the view, in pixels. */
#define MARGIN 24

enum
{
  SAVED,
  CLOSED,
  STAYED,
  N_SIGNALS,
};

enum
{
  PROP_TITLE = 1,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcCaseEditor, cc_case_editor, ADW_TYPE_BIN)

/* What an import could not read stands at its field until somebody types there. */
static GPtrArray *
list_stored_findings (CcCaseEditor *self, CcDraftUnit *head)
{
  GPtrArray *findings = g_ptr_array_new ();

  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    {
      const CcFinding *finding = self->findings->pdata[i];

      if (finding->variable != NULL && finding->record == head->record->id
          && (cc_record_find (self->unit->record, finding->variable->id) == NULL
              || !cc_draft_unit_is_changed (self->unit, self->context->pack)))
        g_ptr_array_add (findings, (gpointer) finding);
    }
  return findings;
}

static void
show_findings (CcCaseEditor *self)
{
  CcDraftUnit *head = cc_draft_unit_get_head (self->unit);
  g_autoptr (GPtrArray) records = cc_case_draft_list_checked (self->draft, head);
  g_autoptr (GPtrArray) found =
      cc_check_records (self->context->pack, records, self->context->today);
  g_autoptr (GPtrArray) stored = list_stored_findings (self, head);

  cc_unit_form_show_findings (self->form, found, stored);
}

/* The viewport shows the text with the keys; a question is read whole, with what stands below. */
static void
scroll_to (CcCaseEditor *self, GtkWidget *row)
{
  GtkAdjustment  *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  GtkWidget      *clamp = gtk_widget_get_ancestor (GTK_WIDGET (self->form), ADW_TYPE_CLAMP);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (row, clamp, &bounds))
    gtk_adjustment_clamp_page (adjustment, MAX (bounds.origin.y - MARGIN, 0),
                               bounds.origin.y + bounds.size.height + MARGIN);
}

static void
scroll_to_focus (CcCaseEditor *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, CC_TYPE_FIELD_ROW) : NULL;

  if (row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self->form)))
    scroll_to (self, row);
}

static gboolean
on_check_time_cb (gpointer user_data)
{
  CcCaseEditor *self = user_data;

  self->check_id = 0;
  if (self->unit != NULL)
    {
      show_findings (self);
      if (cc_draft_unit_get_head (self->unit) == self->unit)
        cc_similar_banner_look (CC_SIMILAR_BANNER (self->similar_place), self->session, self->draft,
                                self->unit);
      scroll_to_focus (self);
    }
  return G_SOURCE_REMOVE;
}

static void
show_status (CcCaseEditor *self)
{
  guint            n = 0;
  GPtrArray       *units = cc_case_draft_get_units (self->draft);
  g_autofree char *text = NULL;

  for (guint i = 0; i < units->len; i++)
    n += cc_draft_unit_is_changed (units->pdata[i], self->context->pack);
  if (cc_session_is_read_only (self->session))
    text = g_strdup (_ ("This file is open for reading only."));
  else if (n > 0)
    text = g_strdup_printf (ngettext ("%u part not saved yet", "%u parts not saved yet", n), n);
  gtk_label_set_label (self->status, text != NULL ? text : "");
  /* Alone, the line of help stands in the middle of its bar. */
  gtk_widget_set_visible (GTK_WIDGET (self->status), text != NULL);
}

static void
show_head (CcCaseEditor *self)
{
  g_autofree char *name = cc_editor_name_unit (self->draft, self->unit);
  g_autofree char *summary = cc_editor_summarise_unit (self->session, self->unit);
  CcDraftUnit     *head = cc_draft_unit_get_head (self->unit);
  CcDraftUnit     *next = cc_case_tree_get_next (self->tree, 1);
  g_autofree char *next_name = next != NULL ? cc_editor_name_unit (self->draft, next) : NULL;
  g_autofree char *next_text = NULL;

  if (head != self->unit)
    {
      g_autofree char *person = cc_editor_summarise_unit (self->session, head);
      g_autofree char *kind = cc_editor_name_unit (self->draft, head);

      g_free (summary);
      /* Translators: whose part of the case it is: "Victim 2" and "Awa Diallo, Female, 17". */
      summary =
          person != NULL ? g_strdup_printf (_ ("%s: %s"), kind, person) : g_steal_pointer (&kind);
    }
  gtk_label_set_label (self->unit_name, name);
  gtk_label_set_label (self->unit_summary, summary != NULL ? summary : "");
  gtk_widget_set_visible (GTK_WIDGET (self->unit_summary), summary != NULL);
  /* Translators: a button; %s is the part of the case that comes after this one. */
  next_text = next_name != NULL ? g_strdup_printf (_ ("Next: %s"), next_name) : NULL;
  gtk_label_set_label (self->next_label, next_text != NULL ? next_text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->next_label), -1);
  gtk_widget_set_visible (self->next_button, next != NULL);
}

/* Everything that depends on the answers, after one changed. */
void
cc_case_editor_update (CcCaseEditor *self)
{
  if (self->unit == NULL)
    return;
  if (self->unit->stored == NULL)
    self->agency = self->unit->entity;
  cc_case_tree_show (self->tree, self->session, self->draft, self->unit);
  show_head (self);
  show_status (self);
  cc_case_editor_update_actions (self);
  g_object_notify (G_OBJECT (self), "title");
  if (self->check_id == 0)
    self->check_id = g_timeout_add (CHECK_MILLISECONDS, on_check_time_cb, self);
}

void
cc_case_editor_show_unit (CcCaseEditor *self, CcDraftUnit *unit, gboolean focus)
{
  self->unit = unit;
  self->at = NULL;
  cc_unit_form_fill (self->form, self->context, self->draft, unit,
                     cc_session_is_read_only (self->session) || self->saving);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), !self->saving);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  gtk_label_set_label (self->help, "");
  gtk_widget_set_visible (self->similar_place, FALSE);
  cc_case_editor_update (self);
  show_findings (self);
  if (focus)
    cc_unit_form_focus (self->form, NULL);
}

static void
on_tree_selected_cb (CcCaseEditor *self)
{
  CcDraftUnit *unit = cc_case_tree_get_selected (self->tree);

  if (unit != NULL && unit != self->unit)
    cc_case_editor_show_unit (self, unit, FALSE);
}

static void
on_form_changed_cb (CcCaseEditor *self)
{
  cc_case_editor_update (self);
}

static void
on_form_focused_cb (CcCaseEditor *self, CcFieldRow *row)
{
  const CcVariable *variable = cc_field_row_get_variable (row);
  const char       *definition = cc_editor_get_definition (self->session, variable);
  const char       *label = cc_editor_get_label (self->session, variable);

  self->at = variable;
  gtk_label_set_label (self->help, g_str_equal (definition, label) ? "" : definition);
  scroll_to (self, GTK_WIDGET (row));
}

static void
on_tree_activated_cb (CcCaseEditor *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
cc_case_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CcCaseEditor *self = CC_CASE_EDITOR (object);

  g_return_if_fail (id == PROP_TITLE);
  if (self->draft == NULL || self->unit == NULL)
    g_value_set_string (value, NULL);
  else if (self->record == 0)
    g_value_set_static_string (value, _ ("New Case"));
  else
    g_value_set_static_string (value, _ ("Edit Case"));
}

static void
clear_case (CcCaseEditor *self)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->form != NULL)
    cc_unit_form_empty (self->form);
  if (self->tree != NULL)
    cc_case_tree_empty (self->tree);
  self->unit = NULL;
  self->at = NULL;
  g_clear_pointer (&self->layout, cc_case_layout_free);
  g_clear_pointer (&self->draft, cc_case_draft_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

static void
cc_case_editor_dispose (GObject *object)
{
  CcCaseEditor *self = CC_CASE_EDITOR (object);

  clear_case (self);
  g_clear_pointer (&self->context, cc_editor_context_unref);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->start_unit, g_free);
  g_clear_object (&self->actions);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_CASE_EDITOR);
  self->form = NULL;
  self->tree = NULL;
  G_OBJECT_CLASS (cc_case_editor_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, covered);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, flap);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, tree);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, add_button);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, unit_name);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, unit_summary);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, cut_notice);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, similar_place);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, form);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, scrolled);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, delete_button);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, next_button);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, next_label);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, help);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, status);
  gtk_widget_class_bind_template_child (widget_class, CcCaseEditor, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_tree_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_tree_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_focused_cb);
}

static void
cc_case_editor_class_init (CcCaseEditorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CC_TYPE_CASE_TREE);
  g_type_ensure (CC_TYPE_UNIT_FORM);
  g_type_ensure (CC_TYPE_SIMILAR_BANNER);
  object_class->dispose = cc_case_editor_dispose;
  object_class->get_property = cc_case_editor_get_property;
  g_object_class_install_property (object_class, PROP_TITLE,
                                   g_param_spec_string ("title", NULL, NULL, NULL,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  signals[SAVED] = g_signal_new ("saved", CC_TYPE_CASE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CLOSED] = g_signal_new ("closed", CC_TYPE_CASE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[STAYED] = g_signal_new ("stayed", CC_TYPE_CASE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/editor/cc-case-editor.ui");
  bind_children (widget_class);
}

static void
cc_case_editor_init (CcCaseEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_case_editor_add_actions (self);
}

GtkWidget *
cc_case_editor_new (void)
{
  return g_object_new (CC_TYPE_CASE_EDITOR, NULL);
}

static void
show_failure (CcCaseEditor *self, const GError *error)
{
  g_autofree char *text = cc_describe_error (error);

  adw_status_page_set_description (self->failure, text);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

/* Who saved in the middle of the work goes on where they were. */
static gboolean
show_as_before (CcCaseEditor *self)
{
  g_autoptr (CcCaseLayout) layout = g_steal_pointer (&self->layout);
  CcDraftUnit *unit = layout != NULL ? cc_case_layout_apply (layout, self->draft) : NULL;
  CcFieldRow  *row = NULL;

  if (unit == NULL)
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "case");
  cc_case_editor_show_unit (self, unit, FALSE);
  if (cc_case_layout_get_variable (layout) != NULL)
    row = cc_unit_form_find_row (self->form, cc_case_layout_get_variable (layout));
  cc_unit_form_focus (self->form, row != NULL ? cc_field_row_get_variable (row) : NULL);
  return TRUE;
}

static void
show_case (CcCaseEditor *self, CcCaseLoad *load)
{
  CcDraftUnit *unit;

  g_clear_pointer (&self->context, cc_editor_context_unref);
  self->context = cc_editor_context_new (self->session, g_steal_pointer (&load->entities));
  self->findings = g_steal_pointer (&load->findings);
  gtk_widget_set_visible (self->cut_notice, load->cut);
  if (load->records != NULL)
    {
      self->draft = cc_case_draft_new_from_case (self->context->pack, load->records);
      unit = cc_case_draft_find (self->draft, self->record);
      if (show_as_before (self))
        return;
    }
  else
    {
      self->draft = cc_case_draft_new (self->context->pack);
      unit = cc_case_draft_start (self->draft, self->start_unit);
      /* Cases come in heaps from one agency. */
      cc_case_draft_set_entity (self->draft, unit, self->agency);
    }
  gtk_stack_set_visible_child_name (self->stack, "case");
  cc_case_editor_show_unit (self, unit, TRUE);
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcCaseEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  CcCaseLoad *load = cc_session_read_finish (result, &error);

  if (load != NULL)
    show_case (self, load);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_failure (self, error);
  cc_case_load_free (load);
}

static void
load_case (CcCaseEditor *self, CcSession *session, gint64 record)
{
  cc_case_editor_cover (self, FALSE);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  clear_case (self);
  self->record = record;
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "loading");
  cc_session_read_async (session, cc_case_load_run, g_memdup2 (&record, sizeof record), g_free,
                         cc_case_load_free, self->cancellable, on_loaded_cb, g_object_ref (self));
}

/**
 * Shows the case around a record; unsaved answers are forgotten.
 */
void
cc_case_editor_load (CcCaseEditor *self, CcSession *session, gint64 record)
{
  g_return_if_fail (CC_IS_CASE_EDITOR (self) && session != NULL && record != 0);
  load_case (self, session, record);
}

/**
 * unit: what the new case begins with: victim, perpetrator or event
 */
void
cc_case_editor_start (CcCaseEditor *self, CcSession *session, const char *unit)
{
  g_return_if_fail (CC_IS_CASE_EDITOR (self) && session != NULL && unit != NULL);
  g_free (self->start_unit);
  self->start_unit = g_strdup (unit);
  load_case (self, session, 0);
}

/* Who locks the file and is asked about it first may have gone: nobody reads the case behind the
 * question. */
void
cc_case_editor_cover (CcCaseEditor *self, gboolean cover)
{
  g_return_if_fail (CC_IS_CASE_EDITOR (self));
  gtk_widget_set_opacity (GTK_WIDGET (self->stack), cover ? 0 : 1);
  gtk_widget_set_visible (self->covered, cover);
}

gboolean
cc_case_editor_is_dirty (CcCaseEditor *self)
{
  g_return_val_if_fail (CC_IS_CASE_EDITOR (self), FALSE);
  return self->draft != NULL && cc_case_draft_is_dirty (self->draft);
}

void
cc_case_editor_refresh (CcCaseEditor *self)
{
  g_return_if_fail (CC_IS_CASE_EDITOR (self));
  if (self->unit != NULL && self->unit->record->id != 0 && !self->saving
      && !cc_case_editor_is_dirty (self))
    load_case (self, self->session, self->unit->record->id);
}

void
cc_case_editor_request_close (CcCaseEditor *self)
{
  g_return_if_fail (CC_IS_CASE_EDITOR (self));
  /* What is on its way into the file is nothing to ask about: the form closes when it is there. */
  if (self->saving)
    {
      self->close_after_save = TRUE;
      return;
    }
  cc_unit_form_settle (self->form);
  if (cc_case_editor_is_dirty (self))
    cc_case_editor_ask_close (self);
  else
    g_signal_emit (self, signals[CLOSED], 0);
}

void
cc_case_editor_discard (CcCaseEditor *self)
{
  g_return_if_fail (CC_IS_CASE_EDITOR (self));
  clear_case (self);
}
