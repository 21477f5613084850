/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-chooser.h"

#include "widgets/cc-tab.h"

#include <cc/base/cc-text.h>

struct _CcImportChooser
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkLabel       *question;
  GtkEditable    *search;
  GtkWidget      *other;
  GtkLabel       *other_label;
  GtkStack       *stack;
  GtkListView    *list;
  GtkWidget      *several_bar;
  GtkLabel       *several_label;
  GtkSwitch      *several;
  GtkWidget      *done;

  GListModel         *choices;
  GtkCustomFilter    *filter;
  GtkCustomSorter    *sorter;
  GtkSingleSelection *selection;
  char               *typed; /* folded */
  gboolean            suggests_none;
};

enum
{
  CHOSEN,
  OTHER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcImportChooser, cc_import_chooser, ADW_TYPE_WINDOW)

static gboolean
match_choice (gpointer item, gpointer user_data)
{
  CcImportChooser *self = user_data;

  return cc_import_choice_rank (item, self->typed) >= 0;
}

static int
compare_choices (gconstpointer a, gconstpointer b, gpointer user_data)
{
  CcImportChooser *self = user_data;

  return cc_import_choice_rank ((CcImportChoice *) a, self->typed)
         - cc_import_choice_rank ((CcImportChoice *) b, self->typed);
}

static void
show_found (CcImportChooser *self)
{
  const gboolean found = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_stack_set_visible_child_name (self->stack, found ? "list" : "nothing");
}

/* What Enter takes: the first line, unless nothing speaks for it and nothing is typed. */
static void
select_first (CcImportChooser *self)
{
  const gboolean none = self->suggests_none && self->typed[0] == '\0';

  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_single_selection_set_selected (self->selection, none ? GTK_INVALID_LIST_POSITION : 0);
}

static void
on_typed_cb (CcImportChooser *self)
{
  g_free (self->typed);
  self->typed = cc_text_fold (gtk_editable_get_text (self->search));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  select_first (self);
  show_found (self);
}

static void
finish (CcImportChooser *self)
{
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->choices); i++)
    {
      g_autoptr (CcImportChoice) choice = g_list_model_get_item (self->choices, i);

      if (cc_import_choice_get_selected (choice))
        g_string_append_printf (values, "%s%s", values->len > 0 ? ", " : "",
                                cc_import_choice_get_value (choice));
    }
  g_signal_emit (self, signals[CHOSEN], 0, values->str);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
select_only (CcImportChooser *self, CcImportChoice *wanted)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->choices); i++)
    {
      g_autoptr (CcImportChoice) choice = g_list_model_get_item (self->choices, i);

      cc_import_choice_set_selected (choice, choice == wanted);
    }
}

static void
on_activated_cb (CcImportChooser *self, guint position)
{
  g_autoptr (CcImportChoice) choice =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (choice == NULL)
    return;
  if (gtk_switch_get_active (self->several))
    {
      cc_import_choice_set_selected (choice, !cc_import_choice_get_selected (choice));
      return;
    }
  select_only (self, choice);
  finish (self);
}

/* Enter in the search takes the first line; arrow down goes into the list. */
static void
on_search_activated_cb (CcImportChooser *self)
{
  /* The entry tells of the last letters only after a moment. */
  on_typed_cb (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    on_activated_cb (self, gtk_single_selection_get_selected (self->selection));
}

/* Escape takes the letters away; where there are none, the window. */
static void
on_search_stopped_cb (CcImportChooser *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
on_search_key_cb (CcImportChooser *self, guint key)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return GDK_EVENT_STOP;
}

static void
on_several_cb (CcImportChooser *self)
{
  gtk_widget_set_visible (self->done, gtk_switch_get_active (self->several));
}

static void
on_done_cb (CcImportChooser *self)
{
  finish (self);
}

static void
on_other_cb (CcImportChooser *self)
{
  g_signal_emit (self, signals[OTHER], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (detail), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 6);
  gtk_widget_set_margin_end (row, 6);
  gtk_box_append (GTK_BOX (texts), label);
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), check);
  gtk_list_item_set_child (item, row);
}

static void
name_row (GtkListItem *item, CcImportChoice *choice)
{
  GtkWidget *widget = gtk_widget_get_parent (gtk_list_item_get_child (item));

  if (widget == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  cc_import_choice_get_label (choice),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  cc_import_choice_get_detail (choice), -1);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  CcImportChoice *choice = gtk_list_item_get_item (item);
  GtkWidget      *texts = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget      *label = gtk_widget_get_first_child (texts);
  GtkWidget      *detail = gtk_widget_get_next_sibling (label);
  GtkWidget      *check = gtk_widget_get_next_sibling (texts);
  const char     *text = cc_import_choice_get_detail (choice);

  gtk_label_set_label (GTK_LABEL (label), cc_import_choice_get_label (choice));
  gtk_label_set_label (GTK_LABEL (detail), text);
  gtk_widget_set_visible (detail, text[0] != '\0');
  g_object_set_data_full (G_OBJECT (item), "binding",
                          g_object_ref (g_object_bind_property (choice, "selected", check,
                                                                "visible", G_BINDING_SYNC_CREATE)),
                          g_object_unref);
  name_row (item, choice);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GBinding *binding = g_object_get_data (G_OBJECT (item), "binding");

  if (binding != NULL)
    g_binding_unbind (binding);
  g_object_set_data (G_OBJECT (item), "binding", NULL);
}

static void
cc_import_chooser_finalize (GObject *object)
{
  CcImportChooser *self = CC_IMPORT_CHOOSER (object);

  g_clear_object (&self->choices);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->selection);
  g_free (self->typed);
  G_OBJECT_CLASS (cc_import_chooser_parent_class)->finalize (object);
}

static void
cc_import_chooser_class_init (CcImportChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cc_import_chooser_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", CC_TYPE_IMPORT_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OTHER] = g_signal_new ("other", CC_TYPE_IMPORT_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/import/"
                                                             "cc-import-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, window_title);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, question);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, search);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, other);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, other_label);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, list);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, several_bar);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, several_label);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, several);
  gtk_widget_class_bind_template_child (widget_class, CcImportChooser, done);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_several_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_other_cb);
}

static void
cc_import_chooser_init (CcImportChooser *self)
{
  GtkListItemFactory *factory;

  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->list));
  self->typed = g_strdup ("");
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
}

CcImportChooser *
cc_import_chooser_new (GtkWidget *near, const char *title, const char *question)
{
  CcImportChooser *self = g_object_new (CC_TYPE_IMPORT_CHOOSER, NULL);

  g_return_val_if_fail (GTK_IS_WIDGET (near), self);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->window_title, title);
  gtk_label_set_label (self->question, question);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (gtk_widget_get_root (near)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  question, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  return self;
}

void
cc_import_chooser_set_choices (CcImportChooser *self, GListModel *choices)
{
  GListModel *model;

  g_return_if_fail (CC_IS_IMPORT_CHOOSER (self) && G_IS_LIST_MODEL (choices));
  g_clear_object (&self->choices);
  self->choices = choices;
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->selection);
  self->filter = gtk_custom_filter_new (match_choice, self, NULL);
  self->sorter = gtk_custom_sorter_new (compare_choices, self, NULL);
  model = G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (choices), g_object_ref (GTK_FILTER (self->filter))));
  model = G_LIST_MODEL (gtk_sort_list_model_new (model, g_object_ref (GTK_SORTER (self->sorter))));
  self->selection = gtk_single_selection_new (model);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  show_found (self);
}

void
cc_import_chooser_suggest_none (CcImportChooser *self)
{
  g_return_if_fail (CC_IS_IMPORT_CHOOSER (self) && self->selection != NULL);
  self->suggests_none = TRUE;
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  select_first (self);
}

void
cc_import_chooser_offer_several (CcImportChooser *self, const char *label, gboolean active)
{
  g_return_if_fail (CC_IS_IMPORT_CHOOSER (self));
  gtk_label_set_label (self->several_label, label);
  gtk_switch_set_active (self->several, active);
  gtk_widget_set_visible (self->several_bar, TRUE);
  on_several_cb (self);
}

void
cc_import_chooser_offer_other (CcImportChooser *self, const char *label)
{
  g_return_if_fail (CC_IS_IMPORT_CHOOSER (self));
  gtk_label_set_label (self->other_label, label);
  gtk_widget_set_visible (self->other, TRUE);
}
