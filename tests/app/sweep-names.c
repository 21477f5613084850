/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-names.h"

#include <string.h>

/* No widget is called that. */
#define NOBODY "\001"

/* A check that fails tells what stands there instead. */
static char *
get_label (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  char          *text;
  size_t         length;

  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL))
    return NULL;
  text = gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, NOBODY);
  length = text != NULL ? strlen (text) : 0;
  if (length >= 2 && text[0] == '"' && text[length - 1] == '"')
    {
      text[length - 1] = '\0';
      memmove (text, text + 1, length - 1);
    }
  return text;
}

static GtkWidget *
find_address (GtkWidget *root, gpointer address)
{
  if (root == address)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_address (child, address);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The relation is told as "GtkLabel<0x1234>GtkLabel<0x5678>". */
static void
add_labels_of_others (GtkWidget *widget, GPtrArray *names)
{
  GtkAccessible   *accessible = GTK_ACCESSIBLE (widget);
  GtkWidget       *root = GTK_WIDGET (gtk_widget_get_root (widget));
  g_autofree char *told = NULL;

  if (root == NULL
      || !gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return;
  told = gtk_test_accessible_check_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY, root,
                                             NULL);
  for (const char *at = told; at != NULL && (at = strchr (at, '<')) != NULL; at++)
    {
      GtkWidget *other =
          find_address (root, GSIZE_TO_POINTER (g_ascii_strtoull (at + 1, NULL, 16)));
      char *label = other != NULL ? get_label (other) : NULL;

      if (label != NULL)
        g_ptr_array_add (names, label);
    }
}

char *
sweep_names_get (GtkWidget *widget)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  char *label = get_label (widget);

  if (label != NULL)
    g_ptr_array_add (names, label);
  add_labels_of_others (widget, names);
  g_ptr_array_add (names, NULL);
  return g_strstrip (g_strjoinv (" ", (char **) names->pdata));
}

/* "Import Import", or one of the two twice with a blank between. */
static gboolean
is_doubled (const char *name)
{
  const size_t length = strlen (name);

  return length >= 5 && length % 2 == 1 && name[length / 2] == ' '
         && strncmp (name, name + length / 2 + 1, length / 2) == 0 && g_utf8_strlen (name, -1) > 4;
}

static gboolean
is_type_name (const char *name)
{
  const GType type = g_type_from_name (name);

  return type != G_TYPE_INVALID && g_type_is_a (type, GTK_TYPE_WIDGET);
}

/* The sign of a key stands at the beginning of a word; names of columns and files have theirs
 * inside. */
static gboolean
has_sign_of_key (const char *name)
{
  for (const char *at = strchr (name, '_'); at != NULL; at = strchr (at + 1, '_'))
    {
      const char *before = at > name ? g_utf8_prev_char (at) : NULL;

      if (g_unichar_isalpha (g_utf8_get_char (at + 1))
          && (before == NULL || !g_unichar_isalnum (g_utf8_get_char (before))))
        return TRUE;
    }
  return FALSE;
}

/* The letters of a button with the sign of its key inside of a word. */
static gboolean
is_raw_text (GtkWidget *widget, const char *name)
{
  const char *text = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

  return text != NULL && gtk_button_get_use_underline (GTK_BUTTON (widget))
         && strchr (text, '_') != NULL && strcmp (text, name) == 0;
}

/* The letters inside an entry take the keys; what is read is the entry. So is the button inside a
 * menu button. */
static GtkWidget *
get_speaker (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (parent == NULL)
    return widget;
  if (GTK_IS_TEXT (widget) && GTK_IS_EDITABLE (parent))
    return parent;
  if (GTK_IS_TOGGLE_BUTTON (widget) && (GTK_IS_MENU_BUTTON (parent) || GTK_IS_DROP_DOWN (parent)))
    return parent;
  return widget;
}

gboolean
sweep_names_is_asked (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget) && gtk_widget_get_can_focus (widget)
         && gtk_widget_get_mapped (widget) && !GTK_IS_SCROLLED_WINDOW (widget)
         && !GTK_IS_WINDOW (widget);
}

char *
sweep_names_find_fault (GtkWidget *widget)
{
  GtkWidget       *speaker = get_speaker (widget);
  g_autofree char *own = sweep_names_get (widget);
  g_autofree char *of_speaker = NULL;
  const char      *name = own;

  if (*name == '\0' && speaker != widget)
    name = of_speaker = sweep_names_get (speaker);
  if (*name == '\0')
    return g_strdup ("has no name");
  if (is_type_name (name))
    return g_strdup_printf ("is called like its class, “%s”", name);
  if (is_doubled (name))
    return g_strdup_printf ("is named twice, “%s”", name);
  if (has_sign_of_key (name) || is_raw_text (widget, name))
    return g_strdup_printf ("has the sign of a key in its name, “%s”", name);
  return NULL;
}
