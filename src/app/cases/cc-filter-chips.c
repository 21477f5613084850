/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-filter-chips.h"

#include "cases/cc-cases-texts.h"
#include "widgets/cc-tip.h"

#include <glib/gi18n.h>

/* Longest chip, in characters. */
#define MOST_CHARACTERS 28

static void
add_chip (GtkBox *box, guint facet, gint64 value, const char *text)
{
  GtkWidget       *button = gtk_button_new ();
  GtkWidget       *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *label = gtk_label_new (text);
  g_autofree char *name = NULL;

  /* Translators: takes away what narrows the list: an agency, a year, a status ... */
  name = g_strdup_printf (_ ("Remove the Filter “%s”"), text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARACTERS);
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "chip");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  cc_tip_set_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "cases.drop");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ux)", facet, value);
  gtk_box_append (box, button);
}

static guint
add_facet (GtkBox *box, CcSession *session, const CcCasesResult *shown, CcFacet facet)
{
  const GArray *chosen = shown->query->chosen[facet];

  for (guint i = 0; chosen != NULL && i < chosen->len; i++)
    {
      const gint64     value = g_array_index (chosen, gint64, i);
      g_autofree char *label = cc_cases_value_label (session, shown->table, facet, value);
      g_autofree char *text = NULL;

      /* What does not tell by itself what it is about says so. */
      if (value == 0)
        /* Translators: what a list is narrowed by, and the value: "Sex: Not known". */
        text = g_strdup_printf (_ ("%1$s: %2$s"), cc_cases_facet_title (shown->unit, facet), label);
      add_chip (box, facet, value, text != NULL ? text : label);
    }
  return chosen != NULL ? chosen->len : 0;
}

gboolean
cc_filter_chips_fill (GtkBox *box, CcSession *session, const CcCasesResult *shown)
{
  GtkWidget *child;
  guint      n = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  if (shown == NULL)
    return FALSE;
  if (shown->query->submission != 0)
    {
      /* Translators: %s is the name of a file. */
      g_autofree char *text =
          g_strdup_printf (_ ("Delivery: %s"), shown->delivery != NULL ? shown->delivery : "?");

      add_chip (box, CC_CHIP_DELIVERY, shown->query->submission, text);
      n++;
    }
  if (shown->query->one_per_person)
    {
      add_chip (box, CC_CHIP_PERSONS, 0, _ ("One Line for Each Person"));
      n++;
    }
  for (CcFacet facet = 0; shown->table != NULL && facet < CC_N_FACETS; facet++)
    n += add_facet (box, session, shown, facet);
  return n > 0;
}
