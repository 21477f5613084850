/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-field-row.h"

#include "cc-editor-texts.h"
#include "cc-field-kinds.h"
#include "cc-field-menu.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>

typedef struct
{
  CcEditorContext *context;
  CcFormField      field;
  CcValue         *value; /* never NULL */
  char            *unread;
  CcEntryRead      read; /* why it is unread */
  CcInterval       birth;
  gboolean         focused;

  GtkWidget *box;
  GtkWidget *label;
  GtkWidget *control; /* place of the control */
  GtkWidget *focus;
  GtkWidget *state;
  GtkWidget *menu;
  GtkWidget *aside;
  GtkWidget *problem;
  GtkWidget *findings;
} CcFieldRowPrivate;

enum
{
  CHANGED,
  FOCUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CcFieldRow, cc_field_row, GTK_TYPE_WIDGET)

#define PRIV(self) ((CcFieldRowPrivate *) cc_field_row_get_instance_private (self))

static void
set_caption (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

/* What was understood, where it is not plain from what was typed. */
static char *
write_reading (CcFieldRow *self)
{
  CcFieldRowPrivate *priv = PRIV (self);

  if (priv->unread != NULL || priv->value->no_value != CC_NO_VALUE_NONE)
    return NULL;
  if (priv->value->variable->type == CC_VARIABLE_DATE)
    return cc_session_format_interval (priv->context->session, priv->value->date);
  if (priv->value->variable->type == CC_VARIABLE_AGE
      && (priv->value->age_min != priv->value->age_max || priv->value->age_day != CC_DAY_NONE))
    return cc_editor_write_age (priv->context->session, priv->value);
  if (priv->value->variable->type == CC_VARIABLE_MULTI && priv->value->complete == 1)
    return g_strdup (priv->value->codes->len > 0 ? _ ("Complete list") : _ ("None of these"));
  return NULL;
}

static void
show_state (CcFieldRow *self)
{
  CcFieldRowPrivate *priv = PRIV (self);
  /* "Not asked" is what an empty field says. */
  const gboolean none = priv->value->no_value != CC_NO_VALUE_NONE
                        && priv->value->no_value != CC_NO_VALUE_NOT_COLLECTED
                        && priv->unread == NULL;
  g_autofree char *reading = write_reading (self);
  g_autofree char *problem = NULL;

  set_caption (priv->state, none ? cc_editor_name_no_value (priv->value->no_value) : reading);
  if (none)
    gtk_widget_add_css_class (priv->state, "no-value");
  else
    gtk_widget_remove_css_class (priv->state, "no-value");
  /* While somebody types, nothing is wrong yet. */
  if (priv->unread != NULL && !priv->focused)
    problem =
        cc_editor_explain_read (priv->context, priv->read, priv->field.variable, priv->unread);
  gtk_widget_set_visible (priv->problem, problem != NULL);
  if (problem != NULL)
    gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (priv->problem)), problem);
  if (priv->focus != NULL)
    {
      const char *text = gtk_label_get_label (GTK_LABEL (priv->state));

      gtk_accessible_update_property (GTK_ACCESSIBLE (priv->focus),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      problem != NULL ? problem : text, -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (priv->focus), GTK_ACCESSIBLE_STATE_INVALID,
                                   problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                                   : GTK_ACCESSIBLE_INVALID_FALSE,
                                   -1);
    }
}

static GtkWidget *
create_finding (CcFieldSign sign, const char *text)
{
  static const char *const icons[] = { "dialog-information-symbolic", "dialog-warning-symbolic",
                                       "dialog-error-symbolic" };
  static const char *const classes[] = { "dim-label", "warning", "error" };
  GtkWidget               *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget               *icon = gtk_image_new_from_icon_name (icons[sign]);
  GtkWidget               *label = gtk_label_new (text);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, classes[sign]);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
on_enter_cb (CcFieldRow *self)
{
  PRIV (self)->focused = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "focused");
  g_signal_emit (self, signals[FOCUSED], 0);
}

static void
on_leave_cb (CcFieldRow *self)
{
  PRIV (self)->focused = FALSE;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "focused");
  show_state (self);
}

static void
on_pressed_cb (CcFieldRow *self)
{
  if (PRIV (self)->focus != NULL)
    gtk_widget_grab_focus (PRIV (self)->focus);
}

static void
no_value_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cc_field_row_set_no_value (CC_FIELD_ROW (widget), cc_field_menu_get_kind (name));
}

static void
list_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CcFieldRow        *self = CC_FIELD_ROW (widget);
  CcFieldRowPrivate *priv = PRIV (self);
  g_autoptr (CcValue) value = NULL;

  if (priv->field.variable->type != CC_VARIABLE_MULTI)
    return;
  value = cc_value_copy (priv->value);
  if (g_str_equal (name, "field.none-of-these"))
    cc_entry_set_none_of_these (value);
  else if (value->codes->len > 0)
    value->complete = value->complete == 1 ? -1 : 1;
  else
    return;
  CC_FIELD_ROW_GET_CLASS (self)->show (self, value, NULL);
  cc_field_row_take (self, g_steal_pointer (&value), NULL, CC_ENTRY_OK);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (PRIV (CC_FIELD_ROW (widget))->menu));
}

static gboolean
cc_field_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return cc_tab_focus (widget, cc_field_row_parent_class, direction);
}

static gboolean
cc_field_row_grab_focus (GtkWidget *widget)
{
  CcFieldRowPrivate *priv = PRIV (CC_FIELD_ROW (widget));

  return !cc_tab_is_passing (widget) && priv->focus != NULL && gtk_widget_grab_focus (priv->focus);
}

static void
cc_field_row_dispose (GObject *object)
{
  CcFieldRowPrivate *priv = PRIV (CC_FIELD_ROW (object));

  priv->focus = NULL;
  g_clear_pointer (&priv->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cc_field_row_parent_class)->dispose (object);
}

static void
cc_field_row_finalize (GObject *object)
{
  CcFieldRowPrivate *priv = PRIV (CC_FIELD_ROW (object));

  g_clear_pointer (&priv->value, cc_value_free);
  g_clear_pointer (&priv->context, cc_editor_context_unref);
  g_free (priv->unread);
  G_OBJECT_CLASS (cc_field_row_parent_class)->finalize (object);
}

static void
cc_field_row_class_init (CcFieldRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cc_field_row_dispose;
  object_class->finalize = cc_field_row_finalize;
  widget_class->focus = cc_field_row_focus;
  widget_class->grab_focus = cc_field_row_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", CC_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[FOCUSED] = g_signal_new ("focused", CC_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "field.unknown", NULL, no_value_action);
  gtk_widget_class_install_action (widget_class, "field.refused", NULL, no_value_action);
  gtk_widget_class_install_action (widget_class, "field.not-asked", NULL, no_value_action);
  gtk_widget_class_install_action (widget_class, "field.not-applicable", NULL, no_value_action);
  gtk_widget_class_install_action (widget_class, "field.none-of-these", NULL, list_action);
  gtk_widget_class_install_action (widget_class, "field.complete", NULL, list_action);
  gtk_widget_class_install_action (widget_class, "field.menu", NULL, menu_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "fieldrow");
}

static GtkWidget *
create_caption (gboolean wrap)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
create_top (CcFieldRow *self)
{
  CcFieldRowPrivate *priv = PRIV (self);
  GtkWidget         *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget         *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  priv->label = create_caption (TRUE);
  priv->control = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_valign (left, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (left), priv->label);
  gtk_box_append (GTK_BOX (left), priv->control);
  priv->state = create_caption (TRUE);
  gtk_label_set_xalign (GTK_LABEL (priv->state), 1);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (priv->state), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_valign (priv->state, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (priv->state, FALSE);
  priv->menu = cc_field_menu_create_button ();
  gtk_box_append (GTK_BOX (top), left);
  gtk_box_append (GTK_BOX (top), priv->state);
  gtk_box_append (GTK_BOX (top), priv->menu);
  return top;
}

static void
cc_field_row_init (CcFieldRow *self)
{
  CcFieldRowPrivate  *priv = PRIV (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  priv->birth = CC_INTERVAL_UNKNOWN;
  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (priv->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (priv->box), create_top (self));
  priv->aside = create_caption (TRUE);
  gtk_widget_set_visible (priv->aside, FALSE);
  gtk_box_append (GTK_BOX (priv->box), priv->aside);
  priv->problem = create_finding (CC_FIELD_ERROR, NULL);
  gtk_widget_set_visible (priv->problem, FALSE);
  gtk_box_append (GTK_BOX (priv->box), priv->problem);
  priv->findings = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_visible (priv->findings, FALSE);
  gtk_box_append (GTK_BOX (priv->box), priv->findings);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_enter_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  cc_field_menu_add_keys (GTK_WIDGET (self));
}

CcFieldRow *
cc_field_row_new (CcEditorContext *context, const CcFormField *field)
{
  CcFieldRow        *self = g_object_new (cc_field_kind_for (context, field), NULL);
  CcFieldRowPrivate *priv = PRIV (self);
  const char        *label = cc_editor_get_label (context->session, field->variable);

  priv->context = cc_editor_context_ref (context);
  priv->field = *field;
  priv->value = cc_value_new (field->variable);
  gtk_label_set_label (GTK_LABEL (priv->label), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  cc_field_menu_set_variable (priv->menu, field->variable, label);
  cc_field_kind_set_up (self);
  return self;
}

const CcVariable *
cc_field_row_get_variable (CcFieldRow *self)
{
  return PRIV (self)->field.variable;
}

gboolean
cc_field_row_get_repeats (CcFieldRow *self)
{
  return PRIV (self)->field.repeats;
}

guint
cc_field_row_get_most (CcFieldRow *self)
{
  return PRIV (self)->field.most;
}

const CcValue *
cc_field_row_get_value (CcFieldRow *self)
{
  return PRIV (self)->value;
}

const char *
cc_field_row_get_unread (CcFieldRow *self)
{
  return PRIV (self)->unread;
}

CcInterval
cc_field_row_get_birth (CcFieldRow *self)
{
  return PRIV (self)->birth;
}

CcEditorContext *
cc_field_row_get_context (CcFieldRow *self)
{
  return PRIV (self)->context;
}

void
cc_field_row_set_control (CcFieldRow *self, GtkWidget *control, GtkWidget *focus)
{
  CcFieldRowPrivate *priv = PRIV (self);

  gtk_box_append (GTK_BOX (priv->control), control);
  priv->focus = focus;
  cc_field_row_name_widget (self, focus);
}

void
cc_field_row_name_widget (CcFieldRow *self, GtkWidget *widget)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (PRIV (self)->label)), -1);
}

/* Identifiers may stand several times in the record: one field shows them all. */
static CcValue *
gather (CcFieldRow *self, CcRecord *record)
{
  CcFieldRowPrivate *priv = PRIV (self);
  CcValue           *found = cc_record_find (record, priv->field.variable->id);
  CcValue *value = found != NULL ? cc_value_copy (found) : cc_value_new (priv->field.variable);
  GString *text;

  /* A number that nobody stated is not 0. */
  if (found == NULL && value->variable->type == CC_VARIABLE_INT)
    value->no_value = CC_NO_VALUE_NOT_COLLECTED;
  if (!priv->field.repeats || found == NULL)
    return value;
  text = g_string_new (NULL);
  for (guint i = 0; i < record->values->len; i++)
    {
      const CcValue *each = record->values->pdata[i];

      if (each->variable == priv->field.variable && each->text != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", each->text);
    }
  g_free (value->text);
  value->text = g_string_free (text, FALSE);
  return value;
}

void
cc_field_row_load (CcFieldRow *self, CcRecord *record, const char *unread)
{
  CcFieldRowPrivate *priv = PRIV (self);

  g_return_if_fail (CC_IS_FIELD_ROW (self) && record != NULL);
  cc_value_free (priv->value);
  priv->value = gather (self, record);
  g_free (priv->unread);
  priv->unread = g_strdup (unread);
  priv->read = CC_ENTRY_UNREADABLE;
  CC_FIELD_ROW_GET_CLASS (self)->show (self, priv->value, unread);
  show_state (self);
}

void
cc_field_row_set_aside (CcFieldRow *self, const char *reason)
{
  CcFieldRowPrivate *priv = PRIV (self);

  set_caption (priv->aside, reason);
  gtk_widget_set_sensitive (priv->control, reason == NULL);
  gtk_widget_set_sensitive (priv->menu, reason == NULL);
  if (reason != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "aside");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "aside");
}

void
cc_field_row_clear_findings (CcFieldRow *self)
{
  CcFieldRowPrivate *priv = PRIV (self);
  GtkWidget         *child;

  while ((child = gtk_widget_get_first_child (priv->findings)) != NULL)
    gtk_box_remove (GTK_BOX (priv->findings), child);
  gtk_widget_set_visible (priv->findings, FALSE);
}

void
cc_field_row_add_finding (CcFieldRow *self, CcFieldSign sign, const char *text)
{
  gtk_box_append (GTK_BOX (PRIV (self)->findings), create_finding (sign, text));
  gtk_widget_set_visible (PRIV (self)->findings, TRUE);
}

void
cc_field_row_set_no_value (CcFieldRow *self, CcNoValue no_value)
{
  CcValue *value = cc_value_copy (PRIV (self)->value);

  cc_entry_set_no_value (value, no_value);
  CC_FIELD_ROW_GET_CLASS (self)->show (self, value, NULL);
  cc_field_row_take (self, value, NULL, CC_ENTRY_OK);
}

void
cc_field_row_settle (CcFieldRow *self)
{
  if (CC_FIELD_ROW_GET_CLASS (self)->settle != NULL)
    CC_FIELD_ROW_GET_CLASS (self)->settle (self);
}

void
cc_field_row_take (CcFieldRow *self, CcValue *value, const char *unread, CcEntryRead read)
{
  CcFieldRowPrivate *priv = PRIV (self);

  cc_value_free (priv->value);
  priv->value = value;
  g_free (priv->unread);
  priv->unread = g_strdup (unread);
  priv->read = read;
  show_state (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
cc_field_row_take_birth (CcFieldRow *self, CcInterval birth)
{
  CcFieldRowPrivate *priv = PRIV (self);

  priv->birth = birth;
  cc_field_row_take (self, cc_value_new (priv->field.variable), NULL, CC_ENTRY_OK);
  priv->birth = CC_INTERVAL_UNKNOWN;
}

/**
 * Returns: (transfer full): a value that says nothing, to be filled
 */
CcValue *
cc_field_row_start_value (CcFieldRow *self)
{
  return cc_value_new (PRIV (self)->field.variable);
}

/* Enter goes on to the next question, as clerks are used to. */
void
cc_field_row_move_on (CcFieldRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    gtk_widget_child_focus (GTK_WIDGET (root), GTK_DIR_TAB_FORWARD);
}
