/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-code-entry.h"

#include "cc-choice-list.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>
#include <string.h>
#include <cc/base/cc-text.h>

#define PAGE 8

struct _CcCodeEntry
{
  GtkWidget parent_instance;

  GtkWidget    *box;
  GtkText      *text;
  GtkWidget    *arrow;
  CcChoiceList *list; /* made when it is first opened: a form has dozens of entries */

  CcChoiceFunc   func;
  gpointer       source;
  GDestroyNotify free_source;

  gconstpointer id;    /* what is chosen */
  char         *shown; /* its label */
  gboolean      several;
  gboolean      own_change; /* the text is changed by us */
  gboolean      marked;     /* the marked line was meant, not only the first */
  gboolean      unsettled;  /* nobody has looked yet what the text means */
};

enum
{
  CHOSEN,
  UNREAD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcCodeEntry, cc_code_entry, GTK_TYPE_WIDGET)

static void
set_text (CcCodeEntry *self, const char *text)
{
  self->own_change = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), text != NULL ? text : "");
  gtk_editable_set_position (GTK_EDITABLE (self->text), -1);
  self->own_change = FALSE;
  self->unsettled = FALSE;
}

static const char *
get_text (CcCodeEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

static void
tell_open (CcCodeEntry *self, gboolean open)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_EXPANDED, open,
                               -1);
}

static void
close_list (CcCodeEntry *self)
{
  self->marked = FALSE;
  if (self->list == NULL || !cc_choice_list_is_open (self->list))
    return;
  cc_choice_list_close (self->list);
  tell_open (self, FALSE);
}

static void
choose (CcCodeEntry *self, CcChoice *choice)
{
  g_autoptr (CcChoice) kept = g_object_ref (choice);

  close_list (self);
  if (self->several)
    set_text (self, NULL);
  else
    {
      self->id = cc_choice_get_id (kept);
      g_free (self->shown);
      self->shown = g_strdup (cc_choice_get_label (kept));
      set_text (self, self->shown);
    }
  g_signal_emit (self, signals[CHOSEN], 0, cc_choice_get_id (kept));
}

static void
on_list_chosen_cb (CcCodeEntry *self, CcChoice *choice)
{
  choose (self, choice);
}

/* A reader of the screen hears which line is marked, since the keys stay in the text. */
static void
on_list_marked_cb (CcCodeEntry *self)
{
  CcChoice *choice = cc_choice_list_get_marked (self->list);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  choice != NULL ? cc_choice_get_label (choice) : "", -1);
}

static void
open_list (CcCodeEntry *self, const char *typed)
{
  g_autoptr (GPtrArray) choices = NULL;

  if (self->func == NULL || !gtk_widget_get_root (GTK_WIDGET (self)))
    return;
  if (self->list == NULL)
    {
      self->list = cc_choice_list_new ();
      gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
      g_signal_connect_object (self->list, "chosen", G_CALLBACK (on_list_chosen_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->list, "marked", G_CALLBACK (on_list_marked_cb), self,
                               G_CONNECT_SWAPPED);
    }
  choices = self->func (self->source, typed);
  cc_choice_list_open (self->list, choices, *typed == '\0' ? self->id : NULL,
                       gtk_widget_get_width (GTK_WIDGET (self)));
  tell_open (self, TRUE);
}

static void
on_text_changed_cb (CcCodeEntry *self)
{
  if (self->own_change)
    return;
  self->marked = FALSE;
  self->unsettled = TRUE;
  if (cc_text_is_blank (get_text (self)))
    close_list (self);
  else
    open_list (self, get_text (self));
}

static gboolean
is_open (CcCodeEntry *self)
{
  return self->list != NULL && cc_choice_list_is_open (self->list);
}

static void
move_mark (CcCodeEntry *self, int by)
{
  if (!is_open (self))
    {
      open_list (self, "");
      self->marked = self->id != NULL;
      return;
    }
  cc_choice_list_move (self->list, by);
  self->marked = TRUE;
}

/* The text says something else than what is chosen. */
static gboolean
is_typed (CcCodeEntry *self)
{
  return g_strcmp0 (get_text (self), self->several || self->shown == NULL ? "" : self->shown) != 0;
}

/* Takes the marked line where it was meant. */
static gboolean
take_marked (CcCodeEntry *self)
{
  CcChoice *choice = is_open (self) ? cc_choice_list_get_marked (self->list) : NULL;

  if (choice == NULL || !(self->marked || is_typed (self)))
    return FALSE;
  choose (self, choice);
  return TRUE;
}

static void
restore (CcCodeEntry *self)
{
  close_list (self);
  set_text (self, self->several ? NULL : self->shown);
}

gboolean
cc_code_entry_press (CcCodeEntry *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_mark (self, 1);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      if (!is_open (self))
        return FALSE;
      move_mark (self, -1);
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_Page_Up:
      if (!is_open (self))
        return FALSE;
      move_mark (self, key == GDK_KEY_Page_Down ? PAGE : -PAGE);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (!is_open (self))
        return FALSE;
      self->marked = TRUE;
      take_marked (self);
      return TRUE;
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      take_marked (self);
      close_list (self);
      return FALSE;
    case GDK_KEY_Escape:
      if (!is_open (self) && !is_typed (self))
        return FALSE;
      restore (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
on_key_pressed_cb (CcCodeEntry *self, guint key, guint keycode, GdkModifierType state)
{
  const GdkModifierType mods = state & gtk_accelerator_get_default_mod_mask ();

  if ((mods & ~(GDK_SHIFT_MASK | GDK_ALT_MASK)) != 0
      || ((mods & GDK_ALT_MASK) != 0 && key != GDK_KEY_Down))
    return FALSE;
  return cc_code_entry_press (self, key);
}

/* A text left behind is an entry of the list, or nothing that can be stored. */
static void
settle (CcCodeEntry *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (get_text (self)));
  g_autoptr (GPtrArray) choices = NULL;

  close_list (self);
  if (!self->unsettled || !is_typed (self))
    return;
  self->unsettled = FALSE;
  if (*typed == '\0')
    {
      self->id = NULL;
      g_clear_pointer (&self->shown, g_free);
      if (!self->several)
        g_signal_emit (self, signals[CHOSEN], 0, NULL);
      return;
    }
  choices = self->func != NULL ? self->func (self->source, typed) : NULL;
  if (choices != NULL && choices->len > 0
      && (choices->len == 1 || cc_text_equal (cc_choice_get_label (choices->pdata[0]), typed)))
    choose (self, choices->pdata[0]);
  else
    {
      self->id = NULL;
      g_clear_pointer (&self->shown, g_free);
      g_signal_emit (self, signals[UNREAD], 0, typed);
    }
}

static void
on_focus_leave_cb (CcCodeEntry *self)
{
  /* Not while it is being taken apart. */
  if (self->box != NULL)
    settle (self);
}

static void
on_arrow_clicked_cb (CcCodeEntry *self)
{
  const gboolean open = is_open (self);

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  if (open)
    close_list (self);
  else
    open_list (self, "");
}

static void
on_pressed_cb (CcCodeEntry *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
cc_code_entry_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  gtk_widget_measure (CC_CODE_ENTRY (widget)->box, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
cc_code_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CcCodeEntry *self = CC_CODE_ENTRY (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  if (self->list != NULL)
    gtk_popover_present (GTK_POPOVER (self->list));
}

static gboolean
cc_code_entry_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return cc_tab_focus (widget, cc_code_entry_parent_class, direction);
}

static gboolean
cc_code_entry_grab_focus (GtkWidget *widget)
{
  return !cc_tab_is_passing (widget)
         && gtk_widget_grab_focus (GTK_WIDGET (CC_CODE_ENTRY (widget)->text));
}

static void
cc_code_entry_dispose (GObject *object)
{
  CcCodeEntry *self = CC_CODE_ENTRY (object);

  if (self->list != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->list));
  self->list = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  if (self->free_source != NULL)
    self->free_source (self->source);
  self->free_source = NULL;
  self->func = NULL;
  G_OBJECT_CLASS (cc_code_entry_parent_class)->dispose (object);
}

static void
cc_code_entry_finalize (GObject *object)
{
  g_free (CC_CODE_ENTRY (object)->shown);
  G_OBJECT_CLASS (cc_code_entry_parent_class)->finalize (object);
}

static void
cc_code_entry_class_init (CcCodeEntryClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cc_code_entry_dispose;
  object_class->finalize = cc_code_entry_finalize;
  widget_class->measure = cc_code_entry_measure;
  widget_class->size_allocate = cc_code_entry_size_allocate;
  widget_class->focus = cc_code_entry_focus;
  widget_class->grab_focus = cc_code_entry_grab_focus;
  signals[CHOSEN] = g_signal_new ("chosen", CC_TYPE_CODE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[UNREAD] = g_signal_new ("unread", CC_TYPE_CODE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "codeentry");
}

static void
watch (CcCodeEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text), focus);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
cc_code_entry_init (CcCodeEntry *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_COMBO_BOX,
                             "hexpand", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP,
                                  TRUE, GTK_ACCESSIBLE_PROPERTY_AUTOCOMPLETE,
                                  GTK_ACCESSIBLE_AUTOCOMPLETE_LIST, -1);
  tell_open (self, FALSE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->text));
  self->arrow = gtk_button_new_from_icon_name ("pan-down-symbolic");
  gtk_widget_add_css_class (self->arrow, "flat");
  gtk_widget_add_css_class (self->arrow, "circular");
  gtk_widget_set_valign (self->arrow, GTK_ALIGN_CENTER);
  /* The keys do the same from the text: a stop less for each field. */
  gtk_widget_set_focusable (self->arrow, FALSE);
  gtk_widget_set_focus_on_click (self->arrow, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->arrow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show All"), -1);
  gtk_box_append (GTK_BOX (self->box), self->arrow);
  g_signal_connect_swapped (self->arrow, "clicked", G_CALLBACK (on_arrow_clicked_cb), self);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (on_text_changed_cb), self);
  watch (self);
}

CcCodeEntry *
cc_code_entry_new (void)
{
  return g_object_new (CC_TYPE_CODE_ENTRY, NULL);
}

/**
 * source: (transfer full): given to func
 */
void
cc_code_entry_set_source (CcCodeEntry   *self,
                          CcChoiceFunc   func,
                          gpointer       source,
                          GDestroyNotify free_source)
{
  g_return_if_fail (CC_IS_CODE_ENTRY (self));
  if (self->free_source != NULL)
    self->free_source (self->source);
  self->func = func;
  self->source = source;
  self->free_source = free_source;
}

void
cc_code_entry_set_several (CcCodeEntry *self, gboolean several)
{
  g_return_if_fail (CC_IS_CODE_ENTRY (self));
  self->several = several;
}

void
cc_code_entry_set_placeholder (CcCodeEntry *self, const char *text)
{
  g_return_if_fail (CC_IS_CODE_ENTRY (self));
  gtk_text_set_placeholder_text (self->text, text);
}

/**
 * id: (nullable): what is chosen; NULL: nothing, and text is what could not be read
 */
void
cc_code_entry_show (CcCodeEntry *self, gconstpointer id, const char *text)
{
  g_return_if_fail (CC_IS_CODE_ENTRY (self));
  self->id = id;
  g_free (self->shown);
  self->shown = g_strdup (text);
  set_text (self, text);
}

void
cc_code_entry_type (CcCodeEntry *self, const char *text)
{
  g_return_if_fail (CC_IS_CODE_ENTRY (self));
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
}

GtkWidget *
cc_code_entry_get_text_widget (CcCodeEntry *self)
{
  g_return_val_if_fail (CC_IS_CODE_ENTRY (self), NULL);
  return GTK_WIDGET (self->text);
}

gboolean
cc_code_entry_is_open (CcCodeEntry *self)
{
  g_return_val_if_fail (CC_IS_CODE_ENTRY (self), FALSE);
  return is_open (self);
}

guint
cc_code_entry_get_n_choices (CcCodeEntry *self)
{
  g_return_val_if_fail (CC_IS_CODE_ENTRY (self), 0);
  return is_open (self) ? cc_choice_list_get_n (self->list) : 0;
}

void
cc_code_entry_settle (CcCodeEntry *self)
{
  g_return_if_fail (CC_IS_CODE_ENTRY (self));
  settle (self);
}

const char *
cc_code_entry_get_text (CcCodeEntry *self)
{
  g_return_val_if_fail (CC_IS_CODE_ENTRY (self), NULL);
  return get_text (self);
}
