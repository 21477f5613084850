/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-filter-popover.h"

#include "cases/cc-cases-texts.h"

#include <cc/base/cc-text.h>
#include <glib/gi18n.h>
#include <string.h>

/* A facet of more values gets an entry to find one in. */
#define MOST_WITHOUT_SEARCH 10

/* More values than these are not offered at once. */
#define MOST_SHOWN 60

struct _CcFilterPopover
{
  GtkPopover parent_instance;

  GtkBox    *content;
  GtkWidget *persons_row;
  GtkSwitch *persons;

  GtkWidget *sections[CC_N_FACETS];
  GtkBox    *values[CC_N_FACETS];
  GtkWidget *entries[CC_N_FACETS];
  GtkLabel  *titles[CC_N_FACETS];
  gboolean   quiet; /* what happens now was not done by the user */
};

G_DEFINE_FINAL_TYPE (CcFilterPopover, cc_filter_popover, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  PERSONS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One value of a facet: what a check button stands for. */
typedef struct
{
  CcFilterPopover *popover;
  CcFacet          facet;
  gint64           value;
  GtkLabel        *label;
  GtkLabel        *count;
  char            *folded;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_free (self->folded);
  g_free (self);
}

static Choice *
get_choice (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "choice");
}

static void
on_toggled (GtkCheckButton *button, Choice *choice)
{
  if (!choice->popover->quiet)
    g_signal_emit (choice->popover, signals[CHOSEN], 0, (guint) choice->facet, choice->value,
                   gtk_check_button_get_active (button));
}

static GtkWidget *
create_choice (CcFilterPopover *self, CcFacet facet, gint64 value, const char *text)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  Choice    *choice = g_new0 (Choice, 1);

  choice->popover = self;
  choice->facet = facet;
  choice->value = value;
  choice->folded = cc_text_fold (text);
  choice->label = GTK_LABEL (gtk_label_new (text));
  choice->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (choice->label, 0);
  gtk_label_set_wrap (choice->label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (choice->label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (choice->count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (choice->count), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (choice->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (choice->count));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
  g_object_set_data_full (G_OBJECT (button), "choice", choice, choice_free);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), choice);
  return button;
}

static void
show_count (CcSession *session, GtkWidget *button, guint n, gboolean active)
{
  Choice          *choice = get_choice (button);
  g_autofree char *count = cc_session_format_number (session, n);
  /* Translators: a value by which a list can be narrowed, and how many records have it. */
  g_autofree char *name =
      g_strdup_printf (_ ("%1$s: %2$s"), gtk_label_get_label (choice->label), count);

  gtk_label_set_label (choice->count, count);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), active);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Whether the buttons of a facet stand for these values, so that only the counts are new. */
static gboolean
has_values (CcFilterPopover *self, CcFacet facet, const GArray *values)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->values[facet]));

  for (guint i = 0; i < MIN (values->len, MOST_SHOWN); i++)
    {
      if (button == NULL
          || get_choice (button)->value != g_array_index (values, CcFacetValue, i).value)
        return FALSE;
      button = gtk_widget_get_next_sibling (button);
    }
  return button == NULL;
}

static void
search_values (CcFilterPopover *self, CcFacet facet)
{
  g_autofree char *text =
      cc_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->entries[facet])));

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->values[facet]));
       button != NULL; button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_visible (button, strstr (get_choice (button)->folded, text) != NULL
                                        || gtk_check_button_get_active (GTK_CHECK_BUTTON (button)));
}

static void
update_facet (CcFilterPopover     *self,
              CcSession           *session,
              CcRecordTable       *table,
              CcFacet              facet,
              const GArray        *values,
              const CcRecordQuery *query)
{
  GtkWidget *button;

  if (!has_values (self, facet, values))
    {
      while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->values[facet]))) != NULL)
        gtk_box_remove (self->values[facet], button);
      for (guint i = 0; i < MIN (values->len, MOST_SHOWN); i++)
        {
          const gint64     value = g_array_index (values, CcFacetValue, i).value;
          g_autofree char *text = cc_cases_value_label (session, table, facet, value);

          gtk_box_append (self->values[facet],
                          create_choice (self, facet, value, text != NULL ? text : ""));
        }
    }
  button = gtk_widget_get_first_child (GTK_WIDGET (self->values[facet]));
  for (guint i = 0; button != NULL; i++, button = gtk_widget_get_next_sibling (button))
    {
      const CcFacetValue *value = &g_array_index (values, CcFacetValue, i);

      show_count (session, button, value->n, cc_record_query_has (query, facet, value->value));
    }
  gtk_widget_set_visible (self->entries[facet], values->len > MOST_WITHOUT_SEARCH);
  search_values (self, facet);
}

/* A facet that tells nothing apart is not offered. */
static gboolean
is_offered (const CcRecordQuery *query, CcFacet facet, const GArray *values)
{
  if (query->chosen[facet] != NULL && query->chosen[facet]->len > 0)
    return TRUE;
  if (facet == CC_FACET_SIGN || facet == CC_FACET_STATE)
    return values->len > 0
           && !(facet == CC_FACET_STATE && values->len == 1
                && g_array_index (values, CcFacetValue, 0).value == 0);
  return values->len > 1;
}

void
cc_filter_popover_update (CcFilterPopover     *self,
                          CcSession           *session,
                          CcRecordTable       *table,
                          const CcRecordList  *list,
                          const CcRecordQuery *query)
{
  g_return_if_fail (CC_IS_FILTER_POPOVER (self) && table != NULL && list != NULL);
  self->quiet = TRUE;
  for (CcFacet facet = 0; facet < CC_N_FACETS; facet++)
    {
      const char *title = cc_cases_facet_title (cc_record_table_get_unit (table), facet);

      gtk_label_set_label (self->titles[facet], title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->values[facet]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      update_facet (self, session, table, facet, list->facets[facet], query);
      gtk_widget_set_visible (self->sections[facet],
                              is_offered (query, facet, list->facets[facet]));
    }
  gtk_switch_set_active (self->persons, query->one_per_person);
  gtk_widget_set_visible (self->persons_row,
                          cc_record_table_is_joined (table) || query->one_per_person);
  self->quiet = FALSE;
}

static void
on_persons_changed_cb (CcFilterPopover *self)
{
  if (!self->quiet)
    g_signal_emit (self, signals[PERSONS], 0, gtk_switch_get_active (self->persons));
}

static void
on_search_changed (GtkWidget *entry, gpointer user_data)
{
  CcFilterPopover *self = user_data;

  for (CcFacet facet = 0; facet < CC_N_FACETS; facet++)
    if (self->entries[facet] == entry)
      search_values (self, facet);
}

static void
add_section (CcFilterPopover *self, CcFacet facet)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *entry = gtk_search_entry_new ();
  GtkWidget *values = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  g_object_set (entry, "placeholder-text", _ ("Find an entry"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find an entry"), -1);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (on_search_changed), self, 0);
  gtk_box_append (GTK_BOX (section), title);
  gtk_box_append (GTK_BOX (section), entry);
  gtk_box_append (GTK_BOX (section), values);
  gtk_box_append (self->content, section);
  self->sections[facet] = section;
  self->titles[facet] = GTK_LABEL (title);
  self->entries[facet] = entry;
  self->values[facet] = GTK_BOX (values);
}

static void
cc_filter_popover_dispose (GObject *object)
{
  CC_FILTER_POPOVER (object)->quiet = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_FILTER_POPOVER);
  G_OBJECT_CLASS (cc_filter_popover_parent_class)->dispose (object);
}

static void
cc_filter_popover_class_init (CcFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType     type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_filter_popover_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_INT64, G_TYPE_BOOLEAN);
  signals[PERSONS] = g_signal_new ("persons", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/cases/"
                                                             "cc-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CcFilterPopover, content);
  gtk_widget_class_bind_template_child (widget_class, CcFilterPopover, persons_row);
  gtk_widget_class_bind_template_child (widget_class, CcFilterPopover, persons);
  gtk_widget_class_bind_template_callback (widget_class, on_persons_changed_cb);
}

static void
cc_filter_popover_init (CcFilterPopover *self)
{
  static const CcFacet order[] = { CC_FACET_SIGN, CC_FACET_YEAR, CC_FACET_AGENCY, CC_FACET_STATUS,
                                   CC_FACET_SEX,  CC_FACET_AGE,  CC_FACET_STATE };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    add_section (self, order[i]);
}
