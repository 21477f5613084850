/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-focus.h"

#include "sweep-arrows.h"
#include "sweep-keys.h"
#include "sweep-names.h"

#include "widgets/cc-tab.h"

#include <adwaita.h>
#include <string.h>

/* More stops than any window has. */
#define MOST_STOPS 260

char *
sweep_focus_describe (GtkWidget *widget)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = NULL;
  GtkWidget       *at = widget;

  if (widget == NULL)
    return g_strdup ("nothing");
  name = sweep_names_get (widget);
  g_string_append (text, G_OBJECT_TYPE_NAME (widget));
  if (*name != '\0')
    g_string_append_printf (text, " “%s”", name);
  /* The nearest part of our own around it. */
  while ((at = gtk_widget_get_parent (at)) != NULL)
    {
      const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (at));

      if (g_str_has_prefix (G_OBJECT_TYPE_NAME (at), "Cc"))
        {
          g_string_append_printf (text, " in %s", G_OBJECT_TYPE_NAME (at));
          break;
        }
      if (id != NULL && !g_str_has_prefix (id, "___"))
        g_string_append_printf (text, " in %s", id);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
sweep_focus_get (GtkWidget *front)
{
  GtkRoot *root = gtk_widget_get_root (front);

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

gboolean
sweep_focus_takes_keys (GtkWidget *widget)
{
  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    if (!gtk_widget_get_can_focus (at))
      return FALSE;
  return sweep_names_is_asked (widget) && gtk_widget_is_sensitive (widget)
         && gtk_widget_get_width (widget) > 0;
}

/* Whatever stands in another surface is gone through when that is open. */
static void
collect (GtkWidget *widget, GPtrArray *found)
{
  /* Lists hand the keys on to their lines. */
  if (sweep_focus_takes_keys (widget) && !GTK_IS_LIST_BOX (widget) && !GTK_IS_LIST_BASE (widget))
    g_ptr_array_add (found, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && !GTK_IS_NATIVE (child))
      collect (child, found);
}

/* Groups of which Tab goes to one and the arrows to the others. */
static gboolean
is_composite (GtkWidget *widget)
{
  static const char *const own[] = { "CcFigureGrid", "CcSheetView", "CcSheetTabs", "CcFieldRadio" };

  if (cc_tab_is_one_stop (widget))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (strcmp (G_OBJECT_TYPE_NAME (widget), own[i]) == 0)
      return TRUE;
  return GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget) || GTK_IS_FLOW_BOX (widget)
         || GTK_IS_COLUMN_VIEW (widget) || GTK_IS_POPOVER_MENU (widget) || GTK_IS_NOTEBOOK (widget)
         || GTK_IS_CALENDAR (widget);
}

static gboolean
is_with (GtkWidget *composite, GHashTable *reached)
{
  GHashTableIter iter;
  gpointer       other;

  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &other, NULL))
    if (other == composite || gtk_widget_is_ancestor (other, composite))
      return TRUE;
  return FALSE;
}

/* The arrows go from one check button to those beside it, and through a composite. */
static gboolean
is_beside_reached (GtkWidget *widget, GHashTable *reached)
{
  if (is_with (widget, reached))
    return TRUE;
  if (GTK_IS_CHECK_BUTTON (widget) && is_with (gtk_widget_get_parent (widget), reached))
    return TRUE;
  for (GtkWidget *at = gtk_widget_get_parent (widget); at != NULL; at = gtk_widget_get_parent (at))
    if (is_composite (at) && is_with (at, reached))
      return TRUE;
  return FALSE;
}

static void
add (GPtrArray *problems, GtkWidget *widget, const char *fault, const char *key)
{
  g_autofree char *what = sweep_focus_describe (widget);

  g_ptr_array_add (problems, g_strdup_printf ("%s %s with %s", what, fault, key));
}

/* Presses the key until the first widget has it again, or nothing new comes for a whole round.
 *
 * Returns: (nullable): where the keys were at the end, if not at the first */
static GtkWidget *
go_round (GtkWidget *front, const char *key, GHashTable *reached)
{
  GtkWidget *first = NULL;
  GtkWidget *last = NULL;
  guint      n_known = 0;

  for (guint n = 0; n < MOST_STOPS && n_known <= g_hash_table_size (reached); n++)
    {
      GtkWidget *focus;

      sweep_keys_press (key);
      focus = sweep_focus_get (front);
      if (focus == NULL)
        continue;
      if (focus == first && last != first && n_known == 0)
        return NULL;
      if (first == NULL)
        first = focus;
      last = focus;
      n_known = g_hash_table_add (reached, g_object_ref (focus)) ? 0 : n_known + 1;
    }
  return last;
}

/* The nearest part around that gives the keys to something inside it again. */
static GtkWidget *
find_holder (GtkWidget *trap, GtkDirectionType direction)
{
  for (GtkWidget *at = trap; at != NULL; at = gtk_widget_get_parent (at))
    if (gtk_widget_child_focus (at, direction))
      return at;
  return trap;
}

static guint
check_reached (GPtrArray *wanted, GHashTable *reached, const char *key, GPtrArray *problems)
{
  guint n = 0;

  for (guint i = 0; i < wanted->len; i++)
    if (sweep_focus_takes_keys (wanted->pdata[i])
        && !g_hash_table_contains (reached, wanted->pdata[i])
        && !is_beside_reached (wanted->pdata[i], reached))
      {
        add (problems, wanted->pdata[i], "is never reached", key);
        n++;
      }
  return n;
}

/* A part that the keys do not leave is a trap where there is something outside of it. */
static void
check_direction (GtkWidget *front, const char *key, GHashTable *reached, GPtrArray *problems)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  const GtkDirectionType direction = *key == 'T' ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD;
  GtkWidget             *last;

  collect (front, wanted);
  last = go_round (front, key, reached);
  if (check_reached (wanted, reached, key, problems) > 0 && last != NULL)
    {
      GtkWidget *holder = find_holder (last, direction);

      add (problems, last, "does not let go of the keys", key);
      if (holder != last)
        add (problems, holder, "is what holds them", key);
    }
}

void
sweep_focus_check (GtkWidget *front, GPtrArray *problems)
{
  g_autoptr (GHashTable) reached = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  check_direction (front, "Tab", reached, problems);
  sweep_arrows_check (front, reached, problems);
  g_hash_table_remove_all (reached);
  check_direction (front, "shift+Tab", reached, problems);
}
