/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-country-row.h"

#include "widgets/cc-list-names.h"
#include "widgets/cc-tab.h"

#include <glib/gi18n.h>

struct _CcCountryRow
{
  AdwActionRow parent_instance;

  GtkMenuButton      *button;
  GtkLabel           *chosen;
  GtkPopover         *popover;
  GtkSearchEntry     *search;
  GtkListView        *view;
  GtkSingleSelection *selection;
  GtkStringList      *names;
  GtkWidget          *nothing;

  CcCountryList *countries;
  GArray        *found; /* what the view shows: indexes into countries */
  char          *code;
};

G_DEFINE_FINAL_TYPE (CcCountryRow, cc_country_row, ADW_TYPE_ACTION_ROW)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_chosen (CcCountryRow *self)
{
  const char      *label = cc_country_row_get_label (self);
  g_autofree char *name = NULL;

  gtk_label_set_label (self->chosen, label != NULL ? label : _ ("Choose…"));
  if (label != NULL)
    /* Translators: name of a button; %s is the country that is chosen. */
    name = g_strdup_printf (_ ("Country: %s"), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : _ ("Choose a Country"), -1);
}

static void
choose (CcCountryRow *self, guint position)
{
  if (self->found == NULL || position >= self->found->len)
    return;
  cc_country_row_set_code (self,
                           cc_country_list_get_code (self->countries,
                                                     g_array_index (self->found, guint, position)));
  gtk_popover_popdown (self->popover);
}

/* Replaced as one, so that the view is told once. */
static void
show_found (CcCountryRow *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  if (self->countries == NULL)
    return;
  g_clear_pointer (&self->found, g_array_unref);
  self->found =
      cc_country_list_search (self->countries, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  for (guint i = 0; i < self->found->len; i++)
    g_ptr_array_add (labels,
                     (gpointer) cc_country_list_get_label (self->countries,
                                                           g_array_index (self->found, guint, i)));
  g_ptr_array_add (labels, NULL);
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)),
                          (const char *const *) labels->pdata);
  gtk_widget_set_visible (self->nothing, self->found->len == 0);
  if (self->found->len > 0)
    gtk_single_selection_set_selected (self->selection, 0);
}

static void
on_popover_shown_cb (CcCountryRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_found (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_line_setup_cb (CcCountryRow *self, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_item_set_child (item, label);
}

static void
on_line_bound_cb (CcCountryRow *self, GtkListItem *item)
{
  GtkWidget  *label = gtk_list_item_get_child (item);
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (label), name);
  cc_list_line_name (label, name, NULL);
}

static void
on_search_changed_cb (CcCountryRow *self)
{
  show_found (self);
}

/* The search is delayed a little; Enter means what is typed now. */
static void
on_search_activated_cb (CcCountryRow *self)
{
  show_found (self);
  choose (self, 0);
}

static void
on_search_stopped_cb (CcCountryRow *self)
{
  gtk_popover_popdown (self->popover);
}

static void
on_view_activated_cb (CcCountryRow *self, guint position)
{
  choose (self, position);
}

static void
cc_country_row_dispose (GObject *object)
{
  CcCountryRow *self = CC_COUNTRY_ROW (object);

  g_clear_pointer (&self->countries, cc_country_list_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_COUNTRY_ROW);
  G_OBJECT_CLASS (cc_country_row_parent_class)->dispose (object);
}

static void
cc_country_row_finalize (GObject *object)
{
  CcCountryRow *self = CC_COUNTRY_ROW (object);

  g_clear_pointer (&self->found, g_array_unref);
  g_free (self->code);
  G_OBJECT_CLASS (cc_country_row_parent_class)->finalize (object);
}

static void
cc_country_row_class_init (CcCountryRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cc_country_row_dispose;
  object_class->finalize = cc_country_row_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/start/cc-country-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CcCountryRow, button);
  gtk_widget_class_bind_template_child (widget_class, CcCountryRow, chosen);
  gtk_widget_class_bind_template_child (widget_class, CcCountryRow, popover);
  gtk_widget_class_bind_template_child (widget_class, CcCountryRow, search);
  gtk_widget_class_bind_template_child (widget_class, CcCountryRow, view);
  gtk_widget_class_bind_template_child (widget_class, CcCountryRow, selection);
  gtk_widget_class_bind_template_child (widget_class, CcCountryRow, names);
  gtk_widget_class_bind_template_child (widget_class, CcCountryRow, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_line_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_line_bound_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_view_activated_cb);
}

static void
cc_country_row_init (CcCountryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_tab_make_one_stop (GTK_WIDGET (self->view));
  show_chosen (self);
}

void
cc_country_row_set_countries (CcCountryRow *self, CcCountryList *countries)
{
  g_return_if_fail (CC_IS_COUNTRY_ROW (self) && countries != NULL);
  cc_country_list_ref (countries);
  g_clear_pointer (&self->countries, cc_country_list_unref);
  self->countries = countries;
  show_chosen (self);
}

const char *
cc_country_row_get_code (CcCountryRow *self)
{
  g_return_val_if_fail (CC_IS_COUNTRY_ROW (self), NULL);
  return self->code;
}

const char *
cc_country_row_get_label (CcCountryRow *self)
{
  g_return_val_if_fail (CC_IS_COUNTRY_ROW (self), NULL);
  return self->countries != NULL ? cc_country_list_find_label (self->countries, self->code) : NULL;
}

void
cc_country_row_set_code (CcCountryRow *self, const char *code)
{
  g_return_if_fail (CC_IS_COUNTRY_ROW (self));
  if (g_strcmp0 (self->code, code) == 0)
    return;
  g_free (self->code);
  self->code = g_strdup (code);
  show_chosen (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
