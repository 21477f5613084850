/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-agency-view.h"

#include "cc-agency-acts.h"
#include "cc-agency-sent.h"
#include "cc-return-periods.h"
#include "cc-sent-window.h"
#include "cc-session-work.h"
#include "import/cc-import-send-back.h"
#include "present/cc-error-presenter.h"
#include "present/cc-toast.h"
#include "widgets/cc-figure-row.h"
#include "widgets/cc-tip.h"
#include "widgets/cc-whole-labels.h"

#include <glib/gi18n.h>

struct _CcAgencyView
{
  GtkBox parent_instance;

  AdwEntryRow         *name_row;
  AdwComboRow         *type_row;
  GtkSwitch           *identifies;
  GtkWidget           *add_button; /* beside the returns */
  CcFigureRow         *key_row;
  CcFigureRow         *records_row;
  AdwPreferencesGroup *returns;
  AdwPreferencesGroup *sent;

  CcSession *session;
  CcEntity  *entity;    /* what the file says; the widgets may say something newer */
  GPtrArray *types;     /* CcCode *, in the order of type_row */
  GPtrArray *rows;      /* borrowed: rows of `returns` */
  GPtrArray *sent_rows; /* borrowed: rows of `sent` */
  GPtrArray *counts;    /* CcSentCounts *: what they show */
  gboolean   showing;
};

G_DEFINE_FINAL_TYPE (CcAgencyView, cc_agency_view, GTK_TYPE_BOX)

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcAgencyView) self = CC_AGENCY_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  gint64 seq;

  if (cc_session_act_finish (result, &seq, &error))
    cc_present_undo (GTK_WIDGET (self), _ ("The agency was changed."), seq);
  else
    cc_present_error (GTK_WIDGET (self), _ ("The Agency Could Not Be Changed"), error);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcAgencyView) self = CC_AGENCY_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  gint64 seq;

  if (cc_session_act_finish (result, &seq, &error))
    cc_present_undo (GTK_WIDGET (self), _ ("The return is no longer expected."), seq);
  else
    cc_present_error (GTK_WIDGET (self), _ ("The Returns Could Not Be Changed"), error);
}

static gboolean
says_what_the_file_says (const CcAgencyAct *act, const CcEntity *entity)
{
  return g_strcmp0 (act->name, entity->name) == 0 && act->type == entity->type
         && !act->identifies == !entity->identifies;
}

static void
save (CcAgencyView *self)
{
  CcAgencyAct *act;
  guint        chosen;

  if (self->showing || self->entity == NULL)
    return;
  chosen = adw_combo_row_get_selected (self->type_row);
  act = cc_agency_act_new (self->entity);
  g_free (act->name);
  act->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  g_strstrip (act->name);
  if (chosen < self->types->len)
    act->type = g_ptr_array_index (self->types, chosen);
  act->identifies = gtk_switch_get_active (self->identifies);
  if (says_what_the_file_says (act, self->entity))
    cc_agency_act_free (act);
  else
    cc_session_act_async (self->session, "entity", cc_agency_act_run, act, cc_agency_act_free, NULL,
                          on_saved, g_object_ref (self));
}

static void
fill_types (CcAgencyView *self)
{
  CcPack *pack = cc_case_file_get_pack (cc_session_get_file (self->session));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_clear_pointer (&self->types, g_ptr_array_unref);
  self->types = g_ptr_array_ref (cc_pack_get_list_codes (pack, "RETYPE"));
  for (guint i = 0; i < self->types->len; i++)
    {
      g_autofree char *label = cc_pack_get_code_label (pack, g_ptr_array_index (self->types, i),
                                                       cc_session_get_language (self->session));

      gtk_string_list_append (names, label);
    }
  adw_combo_row_set_model (self->type_row, G_LIST_MODEL (names));
}

static void
on_remove_clicked (GtkButton *button, CcAgencyView *self)
{
  CcReturnAct *act = g_new0 (CcReturnAct, 1);

  act->expected = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "expected"));
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  cc_session_act_async (self->session, "expect", cc_return_act_remove, act, g_free, NULL,
                        on_removed, g_object_ref (self));
}

static GtkWidget *
create_remove_button (CcAgencyView *self, const CcReturn *item, const char *period)
{
  GtkWidget       *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *name = NULL;

  /* Translators: %s is a period, such as "2024". */
  name = g_strdup_printf (_ ("Do Not Expect %s"), period);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  cc_tip_set_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "expected", GSIZE_TO_POINTER (item->expected));
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_clicked), self);
  gtk_widget_set_sensitive (button, !cc_session_is_read_only (self->session));
  return button;
}

static void
on_send_back_clicked (GtkButton *button, CcAgencyView *self)
{
  cc_import_send_back (GTK_WIDGET (self), self->session,
                       *(gint64 *) g_object_get_data (G_OBJECT (button), "submission"),
                       g_object_get_data (G_OBJECT (button), "file-name"), NULL);
}

static GtkWidget *
create_send_back_button (CcAgencyView *self, const CcReturn *item)
{
  GtkWidget       *button = gtk_button_new_from_icon_name ("document-save-as-symbolic");
  g_autofree char *name = NULL;

  /* Translators: %s is the name of a file. */
  name = g_strdup_printf (_ ("Send “%s” Back With Questions…"), item->file_name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  cc_tip_set_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "submission",
                          g_memdup2 (&item->submission, sizeof item->submission), g_free);
  g_object_set_data_full (G_OBJECT (button), "file-name", g_strdup (item->file_name), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_send_back_clicked), self);
  gtk_widget_set_sensitive (button, !cc_session_is_read_only (self->session));
  return button;
}

static char *
describe_return (CcAgencyView *self, const CcReturn *item)
{
  g_autofree char *rows = cc_session_format_number (self->session, item->rows);

  switch (item->state)
    {
    case CC_RETURN_MISSING:
      return g_strdup (_ ("Missing"));
    case CC_RETURN_NIL:
      return g_strdup (_ ("No case"));
    case CC_RETURN_WITHDRAWN:
      return g_strdup (_ ("Taken back"));
    default:
      return g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) item->rows), rows);
    }
}

static char *
describe_origin (CcAgencyView *self, const CcReturn *item)
{
  g_autofree char *day = NULL;
  g_autofree char *parked = NULL;

  if (item->submission == 0)
    return NULL;
  day = cc_session_format_time (self->session, item->received);
  parked = cc_session_format_number (self->session, item->parked);
  if (item->file_name == NULL)
    /* Translators: %s is a day and time. */
    return g_strdup_printf (_ ("Noted on %s"), day);
  if (item->parked > 0 && item->state == CC_RETURN_RECEIVED)
    /* Translators: a file, the moment it came, and how many of its rows were set aside. */
    return g_strdup_printf (ngettext ("%1$s, received on %2$s; %3$s row set aside",
                                      "%1$s, received on %2$s; %3$s rows set aside",
                                      (gulong) item->parked),
                            item->file_name, day, parked);
  /* Translators: a file and the moment it came. */
  return g_strdup_printf (_ ("%1$s, received on %2$s"), item->file_name, day);
}

static const char *
get_icon (CcReturnState state)
{
  switch (state)
    {
    case CC_RETURN_MISSING:
      return "dialog-question-symbolic";
    case CC_RETURN_NIL:
      return "list-remove-symbolic";
    case CC_RETURN_WITHDRAWN:
      return "edit-undo-symbolic";
    default:
      return "object-select-symbolic";
    }
}

static void
add_return (CcAgencyView *self, const CcReturn *item)
{
  g_autofree char *period = cc_return_periods_describe (self->session, item->period);
  g_autofree char *state = describe_return (self, item);
  g_autofree char *origin = describe_origin (self, item);
  CcFigureRow     *row = cc_figure_row_new (period);

  cc_figure_row_set_quiet (row, TRUE);
  cc_figure_row_set (row, state, origin, FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (get_icon (item->state)));
  if (item->state == CC_RETURN_MISSING)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_remove_button (self, item, period));
  else if (item->state == CC_RETURN_RECEIVED)
    {
      g_autofree char *target = g_strdup_printf ("submission:%" G_GINT64_FORMAT, item->submission);

      cc_figure_row_set_link (row, "import", target);
      if (item->file_name != NULL)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_send_back_button (self, item));
    }
  adw_preferences_group_add (self->returns, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

static void
show_returns (CcAgencyView *self, GPtrArray *returns)
{
  guint n_missing = 0;
  guint n_expected = 0;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->returns, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < returns->len; i++)
    {
      const CcReturn *item = g_ptr_array_index (returns, i);

      n_missing += item->state == CC_RETURN_MISSING;
      n_expected += item->expected != 0;
      add_return (self, item);
    }
  if (n_expected == 0)
    adw_preferences_group_set_description (
        self->returns, _ ("No return is expected of it. Say which returns you expect, and what is "
                          "missing will be told."));
  else
    {
      g_autofree char *number = cc_session_format_number (self->session, n_missing);
      g_autofree char *text =
          n_missing == 0 ? g_strdup (_ ("Nothing is missing."))
                         : g_strdup_printf (ngettext ("%s return is missing.",
                                                      "%s returns are missing.", n_missing),
                                            number);

      adw_preferences_group_set_description (self->returns, text);
    }
}

static void
on_sent_activated (AdwActionRow *row, CcAgencyView *self)
{
  guint         position;
  CcSentWindow *window;

  if (!g_ptr_array_find (self->sent_rows, row, &position))
    return;
  window = cc_sent_window_new (GTK_WIDGET (self));
  cc_sent_window_load (window, self->session, g_ptr_array_index (self->counts, position));
  gtk_window_present (GTK_WINDOW (window));
}

static void
add_sent (CcAgencyView *self, const CcSentCounts *counts)
{
  g_autofree char *period = cc_return_periods_describe (self->session, counts->period);
  g_autofree char *total = cc_agency_sent_describe_total (self->session, counts);
  g_autofree char *remark = cc_agency_sent_describe (self->session, counts);
  CcFigureRow     *row = cc_figure_row_new (period);

  cc_figure_row_set_quiet (row, TRUE);
  cc_figure_row_set (row, total, remark, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (on_sent_activated), self);
  adw_preferences_group_add (self->sent, GTK_WIDGET (row));
  g_ptr_array_add (self->sent_rows, row);
}

static void
show_sent (CcAgencyView *self, GPtrArray *counts)
{
  for (guint i = 0; i < self->sent_rows->len; i++)
    adw_preferences_group_remove (self->sent, g_ptr_array_index (self->sent_rows, i));
  g_ptr_array_set_size (self->sent_rows, 0);
  g_ptr_array_ref (counts);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  self->counts = counts;
  for (guint i = 0; i < counts->len; i++)
    add_sent (self, g_ptr_array_index (counts, i));
  gtk_widget_set_visible (GTK_WIDGET (self->sent), counts->len > 0);
}

static void
show_entity (CcAgencyView *self, gint64 n_records)
{
  g_autofree char *records = cc_session_format_number (self->session, n_records);
  g_autofree char *target = g_strconcat ("entity:", self->entity->key, NULL);
  guint            position;

  /* A row with the button offers to apply what it was given, too. */
  adw_entry_row_set_show_apply_button (self->name_row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), self->entity->name);
  adw_entry_row_set_show_apply_button (self->name_row, TRUE);
  if (g_ptr_array_find (self->types, self->entity->type, &position))
    adw_combo_row_set_selected (self->type_row, position);
  else
    adw_combo_row_set_selected (self->type_row, GTK_INVALID_LIST_POSITION);
  gtk_switch_set_active (self->identifies, self->entity->identifies);
  cc_figure_row_set (self->key_row, self->entity->key, NULL, FALSE);
  cc_figure_row_set (self->records_row, records, NULL, FALSE);
  cc_figure_row_set_link (self->records_row, "cases", target);
}

void
cc_agency_view_set (CcAgencyView   *self,
                    CcSession      *session,
                    const CcEntity *entity,
                    gint64          n_records,
                    GPtrArray      *returns,
                    GPtrArray      *sent)
{
  const gboolean can_act = !cc_session_is_read_only (session);

  g_return_if_fail (CC_IS_AGENCY_VIEW (self) && entity != NULL);
  self->showing = TRUE;
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  g_clear_pointer (&self->entity, cc_entity_free);
  self->entity = cc_entity_copy (entity);
  fill_types (self);
  show_entity (self, n_records);
  show_returns (self, returns);
  show_sent (self, sent);
  gtk_widget_set_sensitive (GTK_WIDGET (self->name_row), can_act);
  gtk_widget_set_sensitive (GTK_WIDGET (self->type_row), can_act);
  gtk_widget_set_sensitive (GTK_WIDGET (self->identifies), can_act);
  gtk_widget_set_sensitive (self->add_button, can_act);
  self->showing = FALSE;
}

static void
cc_agency_view_dispose (GObject *object)
{
  CcAgencyView *self = CC_AGENCY_VIEW (object);

  self->showing = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_AGENCY_VIEW);
  G_OBJECT_CLASS (cc_agency_view_parent_class)->dispose (object);
}

static void
cc_agency_view_finalize (GObject *object)
{
  CcAgencyView *self = CC_AGENCY_VIEW (object);

  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_pointer (&self->entity, cc_entity_free);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->sent_rows, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  G_OBJECT_CLASS (cc_agency_view_parent_class)->finalize (object);
}

static void
cc_agency_view_class_init (CcAgencyViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_agency_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_agency_view_finalize;
  g_type_ensure (CC_TYPE_FIGURE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/agencies/"
                                                             "cc-agency-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CcAgencyView, name_row);
  gtk_widget_class_bind_template_child (widget_class, CcAgencyView, type_row);
  gtk_widget_class_bind_template_child (widget_class, CcAgencyView, identifies);
  gtk_widget_class_bind_template_child (widget_class, CcAgencyView, add_button);
  gtk_widget_class_bind_template_child (widget_class, CcAgencyView, key_row);
  gtk_widget_class_bind_template_child (widget_class, CcAgencyView, records_row);
  gtk_widget_class_bind_template_child (widget_class, CcAgencyView, returns);
  gtk_widget_class_bind_template_child (widget_class, CcAgencyView, sent);
  gtk_widget_class_bind_template_callback (widget_class, save);
}

static void
cc_agency_view_init (CcAgencyView *self)
{
  self->rows = g_ptr_array_new ();
  self->sent_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_combo_row_show_whole_labels (self->type_row);
  cc_figure_row_set_quiet (self->key_row, TRUE);
  cc_figure_row_set_quiet (self->records_row, TRUE);
}
