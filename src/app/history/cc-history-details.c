/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-details.h"

#include "cc-history-lines.h"
#include "cc-history-persons.h"
#include "cc-history-texts.h"
#include "cc-session-work.h"
#include "present/cc-error-presenter.h"
#include "widgets/cc-tab.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>
#include <string.h>

/* Lines made or taken away at once: all 80 that an act can show would hold up the window. */
#define STEP 10

struct _CcHistoryDetails
{
  AdwBin parent_instance;

  GtkStack            *stack;
  AdwStatusPage       *empty;
  AdwStatusPage       *failure;
  GtkWidget           *view;
  GtkLabel            *sentence;
  GtkLabel            *moment;
  GtkWidget           *undo_button;
  GtkLabel            *refusal;
  AdwPreferencesGroup *facts;
  GtkBox              *changes;
  GtkLabel            *more;

  GPtrArray     *fact_rows; /* borrowed: rows of `facts` */
  CcHistoryView *shown;
  GPtrArray     *rows;     /* borrowed: of its lines, as far as they are made */
  GPtrArray     *old_rows; /* borrowed: of the view before, hidden until they are taken away */
  guint          building; /* source that does both */
  CcSession     *session;
  GCancellable  *cancellable;
  gint64         seq; /* shown or being read; 0 where none */
  gboolean       can_undo;
};

G_DEFINE_FINAL_TYPE (CcHistoryDetails, cc_history_details, ADW_TYPE_BIN)

enum
{
  PROP_CAN_UNDO = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_can_undo (CcHistoryDetails *self, gboolean can_undo)
{
  if (self->can_undo == can_undo)
    return;
  self->can_undo = can_undo;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
}

static void
stop_reading (CcHistoryDetails *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
add_fact (CcHistoryDetails *self, const char *title, const char *value)
{
  GtkWidget *row;
  GtkWidget *label;

  if (value == NULL || *value == '\0')
    return;
  row = adw_action_row_new ();
  label = gtk_label_new (value);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (self->facts, row);
  g_ptr_array_add (self->fact_rows, row);
}

static void
add_number (CcHistoryDetails *self, const char *title, gint64 n)
{
  g_autofree char *number = cc_session_format_number (self->session, n);

  if (n > 0)
    add_fact (self, title, number);
}

static void
show_brought (CcHistoryDetails *self, const CcHistoryBrought *brought)
{
  g_autofree char *names = NULL;

  g_ptr_array_add (brought->agencies, NULL);
  names = g_strjoinv ("\n", (GStrv) brought->agencies->pdata);
  g_ptr_array_set_size (brought->agencies, (gint) brought->agencies->len - 1);
  add_fact (self, _ ("New agencies"), names);
  add_number (self, _ ("New deliveries"), brought->deliveries);
  add_number (self, _ ("New records"), brought->added);
  add_number (self, _ ("Changed records"), brought->changed);
  add_number (self, _ ("Withdrawn records"), brought->withdrawn);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), self->fact_rows->len > 0);
}

static void
show_facts (CcHistoryDetails *self, const CcHistoryEntry *entry)
{
  const CcHistoryDelivery *delivery = entry->delivery;
  g_autofree char         *period = NULL;
  g_autofree char         *rows = NULL;
  g_autofree char         *accepted = NULL;
  g_autofree char         *parked = NULL;

  for (guint i = 0; i < self->fact_rows->len; i++)
    adw_preferences_group_remove (self->facts, g_ptr_array_index (self->fact_rows, i));
  g_ptr_array_set_size (self->fact_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), delivery != NULL);
  if (entry->brought != NULL)
    show_brought (self, entry->brought);
  if (delivery == NULL)
    return;
  period = cc_session_format_interval (self->session, delivery->period);
  rows = cc_session_format_number (self->session, delivery->rows);
  add_fact (self, _ ("Agency"), delivery->agency);
  add_fact (self, _ ("Period"), period);
  add_fact (self, _ ("File"), delivery->file_name);
  if (delivery->nil)
    return;
  accepted = cc_session_format_number (self->session, delivery->accepted);
  parked = cc_session_format_number (self->session, delivery->parked);
  add_fact (self, _ ("Rows in the file"), rows);
  add_fact (self, _ ("Rows taken"), accepted);
  if (delivery->parked > 0)
    add_fact (self, _ ("Rows set aside"), parked);
}

static GtkWidget *
make_value (const char *text, gboolean old)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (old)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static char *
describe_line (const CcHistoryLine *line)
{
  if (line->before == NULL)
    /* Translators: for who cannot see: a field and what was entered into it. */
    return g_strdup_printf (_ ("%1$s: %2$s"), line->label, line->after != NULL ? line->after : "");
  if (line->after == NULL)
    /* Translators: for who cannot see: a field and the value that was removed from it. */
    return g_strdup_printf (_ ("%1$s: %2$s was removed"), line->label, line->before);
  /* Translators: for who cannot see: a field, its old value and its new value. */
  return g_strdup_printf (_ ("%1$s: %2$s became %3$s"), line->label, line->before, line->after);
}

/* "Sex", and below it "Female > Male" */
static GtkWidget *
make_line_row (const CcHistoryLine *line)
{
  GtkWidget       *row = adw_preferences_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget       *values = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget       *label = make_value (line->label, TRUE);
  g_autofree char *sentence = describe_line (line);

  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), values);
  if (line->before != NULL)
    {
      GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      gtk_box_append (GTK_BOX (values), make_value (line->before, TRUE));
      gtk_widget_add_css_class (arrow, "dim-label");
      gtk_box_append (GTK_BOX (values), arrow);
    }
  gtk_box_append (GTK_BOX (values), make_value (line->after != NULL ? line->after : _ ("nothing"),
                                                line->after == NULL));
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
  return row;
}

static GtkWidget *
make_button (const char *icon, const char *label, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  cc_tip_set_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static gboolean
is_opened_in_cases (const char *unit)
{
  return g_strcmp0 (unit, "VI") == 0 || g_strcmp0 (unit, "PE") == 0 || g_strcmp0 (unit, "EV") == 0;
}

/* Below the number of a record here, that of its agency. */
static void
describe_group (GtkWidget *group, const CcHistoryEntry *entry, gint64 record)
{
  const CcHistoryParty *party = cc_history_parties_find (entry->parties, record);
  g_autofree char      *text = NULL;
  g_autofree char      *markup = NULL;

  if (party == NULL || (party->number == NULL && party->agency == NULL))
    return;
  text = party->number != NULL ? cc_history_describe_party (party) : g_strdup (party->agency);
  markup = g_markup_escape_text (text, -1);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), markup);
}

/* The heading of the changes of one record, with the ways to it and to its life. */
static GtkWidget *
make_group (CcHistoryDetails *self, const CcHistoryLine *line)
{
  GtkWidget       *group = adw_preferences_group_new ();
  GtkWidget       *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *title = NULL;
  g_autofree char *target = g_strdup_printf ("record:%" G_GINT64_FORMAT, line->record);

  if (line->record == 0)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Details"), -1);
      return group;
    }
  title = cc_history_describe_record (self->session, line->unit, line->record);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  describe_group (group, self->shown->entry, line->record);
  if (line->unit != NULL)
    gtk_box_append (GTK_BOX (buttons),
                    make_button ("casecount-history-symbolic", _ ("All Changes of This Record"),
                                 "history.life", g_variant_new_int64 (line->record)));
  if (is_opened_in_cases (line->unit))
    gtk_box_append (GTK_BOX (buttons),
                    make_button ("go-next-symbolic", _ ("Open the Case"), "win.go",
                                 g_variant_new ("(ss)", "cases", target)));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), buttons);
  return group;
}

static GtkWidget *
get_group (GtkWidget *row)
{
  return gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);
}

static void
add_line (CcHistoryDetails *self)
{
  const GPtrArray     *lines = self->shown->lines;
  const CcHistoryLine *line = g_ptr_array_index (lines, self->rows->len);
  const CcHistoryLine *before =
      self->rows->len > 0 ? g_ptr_array_index (lines, self->rows->len - 1) : NULL;
  GtkWidget *row = make_line_row (line);
  GtkWidget *group;

  if (before == NULL || before->record != line->record)
    {
      group = make_group (self, line);
      gtk_box_append (self->changes, group);
    }
  else
    group = get_group (g_ptr_array_index (self->rows, self->rows->len - 1));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_ptr_array_add (self->rows, row);
}

static void
drop_old_row (CcHistoryDetails *self)
{
  GtkWidget *row = g_ptr_array_steal_index (self->old_rows, self->old_rows->len - 1);
  GtkWidget *group = get_group (row);

  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
  if (self->old_rows->len == 0
      || get_group (g_ptr_array_index (self->old_rows, self->old_rows->len - 1)) != group)
    gtk_box_remove (self->changes, group);
}

static gboolean
on_build (gpointer user_data)
{
  CcHistoryDetails *self = user_data;

  for (guint i = 0; i < STEP; i++)
    if (self->rows->len < self->shown->lines->len)
      add_line (self);
    else if (self->old_rows->len > 0)
      drop_old_row (self);
    else
      {
        self->building = 0;
        return G_SOURCE_REMOVE;
      }
  return G_SOURCE_CONTINUE;
}

static gboolean
are_same (const CcHistoryView *a, const CcHistoryView *b)
{
  if (a == NULL || a->entry->seq != b->entry->seq || a->lines->len != b->lines->len)
    return FALSE;
  for (guint i = 0; i < a->lines->len; i++)
    {
      const CcHistoryLine *first = g_ptr_array_index (a->lines, i);
      const CcHistoryLine *second = g_ptr_array_index (b->lines, i);

      if (first->record != second->record || g_strcmp0 (first->label, second->label) != 0
          || g_strcmp0 (first->before, second->before) != 0
          || g_strcmp0 (first->after, second->after) != 0)
        return FALSE;
    }
  return TRUE;
}

/* view: (transfer full) */
static void
show_changes (CcHistoryDetails *self, CcHistoryView *view)
{
  const gboolean same = are_same (self->shown, view);

  g_clear_pointer (&self->shown, cc_history_view_free);
  self->shown = view;
  gtk_widget_set_visible (GTK_WIDGET (self->changes), view->lines->len > 0);
  /* Read again after another act, it leaves whoever reads it where he is. */
  if (same)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      gtk_widget_set_visible (get_group (row), FALSE);
      g_ptr_array_add (self->old_rows, row);
    }
  g_ptr_array_set_size (self->rows, 0);
  if (self->building == 0)
    self->building = g_idle_add (on_build, self);
  for (guint i = 0; i < STEP && i < view->lines->len; i++)
    add_line (self);
}

static void
show_more (CcHistoryDetails *self, const CcHistoryView *view)
{
  g_autofree char *number = cc_session_format_number (self->session, view->n_more);
  g_autofree char *text = g_strdup_printf (ngettext ("And %s more change.", "And %s more changes.",
                                                     (gulong) view->n_more),
                                           number);

  gtk_label_set_label (self->more, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more), view->n_more > 0);
}

/* When, by whom, and the number under which reports and other acts name it. */
static char *
describe_moment (CcHistoryDetails *self, const CcHistoryEntry *entry)
{
  g_autofree char *moment = cc_history_describe_moment (self->session, entry);
  g_autofree char *number = cc_session_format_number (self->session, entry->act->seq);

  /* Translators: %1$s says when and by whom something was done, %2$s is its number. */
  return g_strdup_printf (_ ("%1$s · number %2$s"), moment, number);
}

/* view: (transfer full) */
static void
show_view (CcHistoryDetails *self, CcHistoryView *view)
{
  g_autofree char *sentence = cc_history_describe (self->session, view->entry);
  g_autofree char *moment = describe_moment (self, view->entry);
  g_autofree char *refusal =
      cc_session_is_read_only (self->session)
          ? g_strdup (_ ("This file is open for reading only, so nothing can be taken back."))
          : cc_history_describe_refusal (self->session, view->state, view->other);

  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->moment, moment);
  gtk_label_set_label (self->refusal, refusal != NULL ? refusal : "");
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), refusal != NULL);
  gtk_widget_set_visible (self->undo_button, refusal == NULL);
  show_facts (self, view->entry);
  show_more (self, view);
  show_changes (self, view);
  gtk_stack_set_visible_child (self->stack, self->view);
  set_can_undo (self, refusal == NULL);
}

static void
on_view_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CcHistoryDetails) self = CC_HISTORY_DETAILS (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcHistoryView) view = cc_session_read_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (view != NULL)
    {
      show_view (self, g_steal_pointer (&view));
      return;
    }
  text = cc_describe_error (error);
  adw_status_page_set_description (self->failure, text);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->failure));
}

static gpointer
read_view (CcSession    *session,
           CcConnection *connection,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  return cc_history_view_load (session, connection, *(gint64 *) data, error);
}

void
cc_history_details_show (CcHistoryDetails *self, CcSession *session, gint64 seq)
{
  g_return_if_fail (CC_IS_HISTORY_DETAILS (self) && session != NULL);
  stop_reading (self);
  set_can_undo (self, FALSE);
  cc_session_ref (session);
  g_clear_pointer (&self->session, cc_session_unref);
  self->session = session;
  self->seq = seq;
  self->cancellable = g_cancellable_new ();
  cc_session_read_async (session, read_view, g_memdup2 (&seq, sizeof seq), g_free,
                         (GDestroyNotify) cc_history_view_free, self->cancellable, on_view_read,
                         g_object_ref (self));
}

void
cc_history_details_clear (CcHistoryDetails *self)
{
  g_return_if_fail (CC_IS_HISTORY_DETAILS (self));
  stop_reading (self);
  set_can_undo (self, FALSE);
  self->seq = 0;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->empty));
}

gint64
cc_history_details_get_act (CcHistoryDetails *self)
{
  g_return_val_if_fail (CC_IS_HISTORY_DETAILS (self), 0);
  return self->seq;
}

gboolean
cc_history_details_get_can_undo (CcHistoryDetails *self)
{
  g_return_val_if_fail (CC_IS_HISTORY_DETAILS (self), FALSE);
  return self->can_undo;
}

const char *
cc_history_details_get_sentence (CcHistoryDetails *self)
{
  g_return_val_if_fail (CC_IS_HISTORY_DETAILS (self), NULL);
  return gtk_stack_get_visible_child (self->stack) == self->view
             ? gtk_label_get_label (self->sentence)
             : NULL;
}

static void
cc_history_details_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_CAN_UNDO)
    g_value_set_boolean (value, CC_HISTORY_DETAILS (object)->can_undo);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cc_history_details_dispose (GObject *object)
{
  CcHistoryDetails *self = CC_HISTORY_DETAILS (object);

  stop_reading (self);
  g_clear_pointer (&self->session, cc_session_unref);
  g_clear_handle_id (&self->building, g_source_remove);
  g_clear_pointer (&self->fact_rows, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->old_rows, g_ptr_array_unref);
  g_clear_pointer (&self->shown, cc_history_view_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_HISTORY_DETAILS);
  G_OBJECT_CLASS (cc_history_details_parent_class)->dispose (object);
}

static void
cc_history_details_class_init (CcHistoryDetailsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cc_history_details_get_property;
  object_class->dispose = cc_history_details_dispose;
  properties[PROP_CAN_UNDO] =
      g_param_spec_boolean ("can-undo", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/history/"
                                                             "cc-history-details.ui");
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, empty);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, failure);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, view);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, sentence);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, moment);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, undo_button);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, refusal);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, changes);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryDetails, more);
}

static void
cc_history_details_init (CcHistoryDetails *self)
{
  self->fact_rows = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->old_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->changes));
  cc_tab_make_one_stop (GTK_WIDGET (self->facts));
}
