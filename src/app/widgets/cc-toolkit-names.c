/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-toolkit-names.h"

#include <adwaita.h>
#include <string.h>

/* The functions for tests are the only ones of GTK 4.8 that tell what a name is made of. */

static gboolean
has_label (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static gboolean
is_named (GtkWidget *widget)
{
  return has_label (widget)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static gboolean
is_called (GtkWidget *widget, const char *text)
{
  g_autofree char *other = NULL;

  if (!has_label (widget))
    return FALSE;
  other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, text);
  return other == NULL;
}

static gboolean
is_labelled_by (GtkWidget *widget, GtkWidget *label)
{
  g_autofree char *others = NULL;

  if (!gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                         GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return FALSE;
  others = gtk_test_accessible_check_relation (GTK_ACCESSIBLE (widget),
                                               GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL);
  return others == NULL;
}

static void
call (GtkWidget *widget, const char *name)
{
  if (name != NULL && *name != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

static void
call_like (GtkWidget *widget, GtkWidget *other)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  other, NULL, -1);
}

/* ---- buttons ---- */

static GtkWidget *
find_label (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = GTK_IS_LABEL (child) ? child : find_label (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A button that has a name is labelled by what it shows as well. */
static void
name_button (GtkButton *button)
{
  GtkWidget  *widget = GTK_WIDGET (button);
  GtkWidget  *child = gtk_button_get_child (button);
  GtkWidget  *label = child == NULL || GTK_IS_LABEL (child) ? child : find_label (child);
  const char *text = gtk_button_get_label (button);

  /* A picture alone is told by its tooltip. */
  if (text == NULL && label == NULL && !is_named (widget))
    call (widget, gtk_widget_get_tooltip_text (widget));
  else if (GTK_IS_IMAGE (child) && is_labelled_by (widget, child))
    call (widget, has_label (widget) ? NULL : gtk_widget_get_tooltip_text (widget));
  if (!has_label (widget))
    return;
  if ((child != NULL && is_labelled_by (widget, child))
      || (label != NULL && is_labelled_by (widget, label)))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  if (text != NULL && GTK_IS_LABEL (child) && gtk_button_get_use_underline (button)
      && strchr (text, '_') != NULL && is_called (widget, text))
    call (widget, gtk_label_get_text (GTK_LABEL (child)));
}

/* The button inside of a menu button is named after that, and by its own text. */
static void
name_inner_button (GtkWidget *button, GtkWidget *outer)
{
  if (has_label (button) && has_label (outer))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
on_button_label (GtkButton *button)
{
  name_button (button);
}

static void
follow_button (GtkWidget *button)
{
  static GQuark quark;
  GtkWidget    *parent = gtk_widget_get_parent (button);

  if (quark == 0)
    quark = g_quark_from_static_string ("cc-toolkit-names");
  if (GTK_IS_MENU_BUTTON (parent))
    name_inner_button (button, parent);
  else if (GTK_IS_DROP_DOWN (parent))
    call_like (button, parent);
  else
    name_button (GTK_BUTTON (button));
  if (g_object_get_qdata (G_OBJECT (button), quark) != NULL)
    return;
  g_object_set_qdata (G_OBJECT (button), quark, button);
  g_signal_connect (button, "notify::label", G_CALLBACK (on_button_label), NULL);
}

/* ---- lists ---- */

/* What opens a list of choices: a drop-down or a row. */
static GtkWidget *
find_chooser (GtkWidget *widget)
{
  GtkWidget *at = gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN);

  return at != NULL ? at : gtk_widget_get_ancestor (widget, ADW_TYPE_COMBO_ROW);
}

static void
name_after (GtkWidget *list, GtkWidget *owner)
{
  if (ADW_IS_PREFERENCES_ROW (owner))
    call (list, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (owner)));
  else if (owner != NULL)
    call_like (list, owner);
}

static void
name_list_view (GtkWidget *list)
{
  GtkWidget *parent = gtk_widget_get_parent (list);

  if (!is_named (list))
    name_after (list, GTK_IS_COLUMN_VIEW (parent) ? parent : find_chooser (list));
}

static void name_list_box (GtkWidget *list);

static void
on_group_title (GtkWidget *list)
{
  name_list_box (list);
}

static void
follow_group (GtkWidget *list, GtkWidget *group)
{
  if (g_signal_handler_find (group, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0, NULL,
                             on_group_title, list)
      == 0)
    g_signal_connect_object (group, "notify::title", G_CALLBACK (on_group_title), list,
                             G_CONNECT_SWAPPED);
}

/* A row that unfolds has a list of its own row and one of those below it. A group without a title
 * is named in its template, or is called like its first row. */
static void
name_list_box (GtkWidget *list)
{
  GtkWidget  *first = gtk_widget_get_first_child (list);
  GtkWidget  *row = gtk_widget_get_ancestor (list, ADW_TYPE_EXPANDER_ROW);
  GtkWidget  *group = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP);
  const char *title;

  if (row != NULL && !is_named (list))
    name_after (list, row);
  if (row != NULL || group == NULL)
    return;
  follow_group (list, group);
  title = adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group));
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  if (*title != '\0')
    call (list, title);
  else if (!has_label (list) && has_label (group))
    call_like (list, group);
  else if (!has_label (list) && ADW_IS_PREFERENCES_ROW (first))
    name_after (list, first);
}

/* The lines of choices; those of other lists say more than their first label. */
static void
name_line (GtkWidget *line)
{
  GtkWidget *label;

  if (find_chooser (line) == NULL || is_named (line))
    return;
  label = find_label (line);
  if (label != NULL)
    call_like (line, label);
}

/* ---- rows ---- */

/* A row or a switch that is named by us is labelled by the title as well. */
static void
name_row (GtkWidget *row)
{
  if (has_label (row))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* What takes the keys inside of a row is about what the row is about. */
static void
name_part_of_row (GtkWidget *part, GType type)
{
  GtkWidget *row = gtk_widget_get_ancestor (part, type);

  if (row != NULL && !is_named (part))
    call (part, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
name_switch (GtkWidget *widget)
{
  name_row (widget);
  name_part_of_row (widget, ADW_TYPE_EXPANDER_ROW);
}

static void
name_text (GtkWidget *text)
{
  name_row (text);
  name_part_of_row (text, ADW_TYPE_ENTRY_ROW);
}

static void
name_expander (GtkWidget *expander)
{
  if (!is_named (expander))
    call (expander, gtk_expander_get_label (GTK_EXPANDER (expander)));
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (GTK_IS_BUTTON (widget))
    follow_button (widget);
  else if (GTK_IS_LIST_BOX (widget))
    name_list_box (widget);
  else if (ADW_IS_PREFERENCES_ROW (widget))
    name_row (widget);
  else if (GTK_IS_SWITCH (widget))
    name_switch (widget);
  else if (GTK_IS_SPIN_BUTTON (widget))
    name_row (widget);
  else if (GTK_IS_TEXT (widget))
    name_text (widget);
  else if (GTK_IS_EXPANDER (widget))
    name_expander (widget);
  else if (GTK_IS_LIST_BASE (widget))
    name_list_view (widget);
  else if (strcmp (G_OBJECT_TYPE_NAME (widget), "GtkListItemWidget") == 0)
    name_line (widget);
  return TRUE;
}

/**
 * Names what the toolkit leaves nameless, in every window.
 */
void
cc_toolkit_names_start (void)
{
  static gboolean started = FALSE;

  if (started)
    return;
  started = TRUE;
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
}
