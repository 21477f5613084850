/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep-arrows.h"

#include "sweep-focus.h"
#include "sweep-keys.h"

/* Lines of one list. */
#define MOST_STOPS 12

static gboolean
is_inside (GtkWidget *widget, GtkWidget *outer)
{
  return widget != NULL && (widget == outer || gtk_widget_is_ancestor (widget, outer));
}

static gboolean
takes_keys_inside (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_NATIVE (widget))
    return FALSE;
  if (sweep_focus_takes_keys (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (takes_keys_inside (child))
      return TRUE;
  return FALSE;
}

static int
get_top (GtkWidget *line)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  if (!gtk_widget_compute_bounds (line, gtk_widget_get_parent (line), &bounds))
    return 0;
  return (int) bounds.origin.y;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return get_top (*(GtkWidget *const *) a) - get_top (*(GtkWidget *const *) b);
}

/* Those that are there now, from the top down: a list view has them in any order. */
static GPtrArray *
list_lines (GtkWidget *list)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (takes_keys_inside (child))
      g_ptr_array_add (lines, child);
  g_ptr_array_sort (lines, compare_lines);
  return lines;
}

static gboolean
is_reached (GtkWidget *line, GHashTable *reached)
{
  GHashTableIter iter;
  gpointer       other;

  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &other, NULL))
    if (is_inside (other, line))
      return TRUE;
  return FALSE;
}

static guint
count_reached (GPtrArray *lines, GHashTable *reached)
{
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += is_reached (lines->pdata[i], reached) != FALSE;
  return n;
}

static void
add (GPtrArray *problems, const char *format, guint n, GtkWidget *list)
{
  g_autofree char *what = sweep_focus_describe (list);

  g_ptr_array_add (problems, g_strdup_printf ("Tab stops at %u lines of %s%s", n, what, format));
}

/* Whoever wants to go past a long list has other things to do. A list view makes its lines anew
 * while Tab goes through them, so those that are not there any more count as well. */
static void
check_stops (GtkWidget *list, GHashTable *reached, GPtrArray *problems)
{
  g_autoptr (GPtrArray) lines = list_lines (list);
  GHashTableIter iter;
  gpointer       other;
  guint          n = count_reached (lines, reached);

  g_hash_table_iter_init (&iter, reached);
  if (GTK_IS_LIST_BASE (list))
    for (n = 0; g_hash_table_iter_next (&iter, &other, NULL);)
      n += gtk_widget_get_parent (other) == list;
  if (n > MOST_STOPS)
    add (problems, ", too many to go past", n, list);
  if (GTK_IS_LIST_BOX (list) && n > 1 && n < lines->len)
    add (problems, " and leaves it before the end", n, list);
}

/* place: 0 for the first line, 1 for the second, -1 for the last */
static void
check_line (GtkWidget *front, GtkWidget *list, const char *key, int place, GPtrArray *problems)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *what = NULL;
  g_autofree char *where = NULL;
  GtkWidget       *focus;

  sweep_keys_press (key);
  /* Its lines are made anew where it scrolls. */
  if (GTK_IS_LIST_BASE (list))
    sweep_keys_settle (front);
  focus = sweep_focus_get (front);
  lines = list_lines (list);
  if (lines->len == 0
      || is_inside (focus, lines->pdata[place < 0 ? lines->len - 1 : (guint) place]))
    return;
  what = sweep_focus_describe (list);
  where = sweep_focus_describe (focus);
  g_ptr_array_add (problems, g_strdup_printf ("in %s, %s leads to %s", what, key, where));
}

static gboolean
holds_list (GtkWidget *widget)
{
  if (GTK_IS_LIST_BOX (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (holds_list (child))
      return TRUE;
  return FALSE;
}

/* The keys of a line that folds out are those of the list inside it. */
static gboolean
hold_lists (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    if (holds_list (lines->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
check_list (GtkWidget *front, GtkWidget *list, GHashTable *reached, GPtrArray *problems)
{
  g_autoptr (GPtrArray) lines = list_lines (list);
  g_autofree char *what = NULL;

  if (lines->len < 2 || hold_lists (lines) || count_reached (lines, reached) == lines->len)
    return;
  if (!gtk_widget_grab_focus (lines->pdata[0])
      && !gtk_widget_child_focus (lines->pdata[0], GTK_DIR_TAB_FORWARD))
    {
      what = sweep_focus_describe (list);
      g_ptr_array_add (problems, g_strdup_printf ("the lines of %s do not take the keys", what));
      return;
    }
  check_line (front, list, "End", -1, problems);
  check_line (front, list, "Home", 0, problems);
  check_line (front, list, "Down", 1, problems);
  check_line (front, list, "Up", 0, problems);
}

static void
collect_lists (GtkWidget *widget, GPtrArray *found)
{
  if (GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget))
    g_ptr_array_add (found, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && !GTK_IS_NATIVE (child))
      collect_lists (child, found);
}

void
sweep_arrows_check (GtkWidget *front, GHashTable *reached, GPtrArray *problems)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_object_unref);

  collect_lists (front, lists);
  /* First, since the arrows may change what is shown beside a list. */
  for (guint i = 0; i < lists->len; i++)
    check_stops (lists->pdata[i], reached, problems);
  for (guint i = 0; i < lists->len; i++)
    if (gtk_widget_get_mapped (lists->pdata[i]))
      check_list (front, lists->pdata[i], reached, problems);
}
