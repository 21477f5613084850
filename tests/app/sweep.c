/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep.h"

#include "app-test.h"
#include "sweep-focus.h"
#include "sweep-keys.h"
#include "sweep-names.h"

#include <adwaita.h>
#include <string.h>

#define MOST_TRIES 5u

Sweep *
sweep_new (const char *demo, const char *passphrase)
{
  Sweep *self = g_new0 (Sweep, 1);

  self->demo = demo;
  self->passphrase = passphrase;
  self->told = g_get_monotonic_time ();
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
sweep_free (Sweep *self)
{
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->opened);
  g_free (self);
}

void
sweep_tell (Sweep *self, const char *what, GPtrArray *problems)
{
  const gboolean good = problems == NULL || problems->len == 0;
  const gint64   now = g_get_monotonic_time ();

  self->n_checks++;
  self->n_failed += !good;
  g_print ("%s %u %s\n", good ? "ok" : "not ok", self->n_checks, what);
  g_print ("# %.1f s\n", (double) (now - self->told) / G_TIME_SPAN_SECOND);
  self->told = now;
  for (guint i = 0; !good && i < problems->len; i++)
    g_print ("#   %s\n", (const char *) problems->pdata[i]);
}

void
sweep_fail (Sweep *self, const char *what, const char *problem)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();

  g_ptr_array_add (problems, (gpointer) problem);
  sweep_tell (self, what, problems);
}

/* ---- finding ---- */

GtkWidget *
sweep_get_front (Sweep *self)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();
  GtkWidget *front = self->window;

  for (GList *item = all; item != NULL; item = item->next)
    if (item->data != self->window && gtk_widget_get_mapped (item->data)
        && (front == self->window
            || gtk_window_get_transient_for (item->data) == GTK_WINDOW (front)))
      front = item->data;
  return front;
}

static GtkWidget *
find_below (GtkWidget *widget, const char *type_name, const char *id)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (strcmp (G_OBJECT_TYPE_NAME (widget), type_name) == 0
      && (id == NULL
          || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, type_name, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
sweep_find (Sweep *self, const char *type_name, const char *id)
{
  return find_below (sweep_get_front (self), type_name, id);
}

static GtkWidget *
find_action (GtkWidget *widget, const char *action)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_ACTIONABLE (widget) && gtk_widget_is_sensitive (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_action (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
sweep_find_action (Sweep *self, const char *action)
{
  return find_action (sweep_get_front (self), action);
}

void
sweep_activate (Sweep *self, const char *action, GVariant *target)
{
  g_autoptr (GVariant) held = target != NULL ? g_variant_ref_sink (target) : NULL;
  GtkWidget *focus = sweep_focus_get (self->window);
  GtkWidget *from = find_action (self->window, action);

  if (from == NULL)
    from = focus != NULL ? focus : self->window;
  if (!gtk_widget_activate_action_variant (from, action, held))
    sweep_fail (self, action, "there is no such action, or it is off");
}

/* ---- looking ---- */

static void
note_seen (Sweep *self, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  for (GType type = G_OBJECT_TYPE (widget); g_str_has_prefix (g_type_name (type), "Cc");
       type = g_type_parent (type))
    g_hash_table_add (self->seen, g_strdup (g_type_name (type)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    note_seen (self, child);
}

static void
check_names (Sweep *self, GtkWidget *widget, GPtrArray *problems)
{
  /* What the toolkit builds whole is its own. */
  if (ADW_IS_ABOUT_WINDOW (widget) || strcmp (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget") == 0)
    return;
  if (sweep_names_is_asked (widget))
    {
      g_autofree char *fault = sweep_names_find_fault (widget);
      g_autofree char *what = fault != NULL ? sweep_focus_describe (widget) : NULL;

      self->n_asked++;
      if (fault != NULL)
        g_ptr_array_add (problems, g_strdup_printf ("%s %s", what, fault));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      check_names (self, child, problems);
}

/* ---- what opens ---- */

static gboolean
opens_something (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    return gtk_menu_button_get_popover (GTK_MENU_BUTTON (widget)) != NULL
           || gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL;
  return GTK_IS_DROP_DOWN (widget) || ADW_IS_COMBO_ROW (widget);
}

/* Widgets live as long as the view; those that go while a menu is open are left out. */
static void
collect_openers (GtkWidget *widget, GPtrArray *found)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (opens_something (widget) && gtk_widget_is_sensitive (widget))
    g_ptr_array_add (found, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      collect_openers (child, found);
}

static GtkWidget *
find_open_popover (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (GTK_IS_POPOVER (child) && gtk_widget_get_mapped (child))
        return child;
      found = find_open_popover (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_inside (GtkWidget *widget, GtkWidget *outer)
{
  return widget != NULL && (widget == outer || gtk_widget_is_ancestor (widget, outer));
}

/* with_tab: FALSE for the lists of choices of the toolkit, which the arrows alone go through */
static void
look_at_popover (Sweep *self, GtkWidget *popover, gboolean with_tab, GPtrArray *problems)
{
  g_object_ref (popover);
  sweep_keys_settle (popover);
  note_seen (self, popover);
  check_names (self, popover, problems);
  if (!is_inside (sweep_focus_get (popover), popover))
    g_ptr_array_add (problems, g_strdup ("it opens without the keys"));
  if (with_tab)
    sweep_focus_check (popover, problems);
  /* A menu inside closes first. */
  for (guint n = 0; n < 4 && gtk_widget_get_mapped (popover); n++)
    {
      sweep_keys_press ("Escape");
      app_test_settle ();
    }
  if (gtk_widget_get_mapped (popover))
    {
      g_ptr_array_add (problems, g_strdup ("it is not closed by Escape"));
      gtk_popover_popdown (GTK_POPOVER (popover));
    }
  g_object_unref (popover);
}

void
sweep_popover (Sweep *self, const char *what, GtkWidget *popover)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (popover == NULL)
    g_ptr_array_add (problems, g_strdup ("it did not open"));
  else
    look_at_popover (self, popover, TRUE, problems);
  sweep_tell (self, what, problems);
}

static void
look_into_popover (Sweep *self, GtkWidget *opener, const char *what, GPtrArray *problems)
{
  GtkWidget  *popover = find_open_popover (opener);
  const guint n_before = problems->len;

  if (popover == NULL)
    g_ptr_array_add (problems, g_strdup ("it opens nothing with the keys"));
  else
    look_at_popover (self, popover, GTK_IS_MENU_BUTTON (opener), problems);
  if (problems->len > n_before)
    g_ptr_array_insert (problems, (int) n_before, g_strdup_printf ("in %s:", what));
}

static gboolean
is_in_view (GtkWidget *front, GtkWidget *widget)
{
  graphene_rect_t place;
  const double    height = gtk_widget_get_height (front);

  return gtk_widget_compute_bounds (widget, front, &place) && place.origin.y > -place.size.height
         && place.origin.y < height;
}

/* What has the keys is scrolled into view with the next frames, and lists that fill late push it
 * out again. A popover over what is not on the screen makes GTK complain that it finds no monitor.
 */
static gboolean
bring_into_view (GtkWidget *front, GtkWidget *opener)
{
  for (guint i = 0; i < MOST_TRIES; i++)
    {
      if (!gtk_widget_grab_focus (opener) && !gtk_widget_child_focus (opener, GTK_DIR_TAB_FORWARD))
        return FALSE;
      sweep_keys_settle (front);
      if (is_in_view (front, opener))
        return TRUE;
      gtk_root_set_focus (GTK_ROOT (front), NULL);
    }
  return FALSE;
}

static void
look_into_opener (Sweep *self, GtkWidget *front, GtkWidget *opener, GPtrArray *problems)
{
  g_autofree char *what = sweep_focus_describe (opener);
  GtkWidget       *focus;

  if (!gtk_widget_get_mapped (opener) || g_hash_table_contains (self->opened, what))
    return;
  g_hash_table_add (self->opened, g_strdup (what));
  if (!bring_into_view (front, opener))
    {
      g_ptr_array_add (problems, g_strdup_printf ("%s does not take the keys in view", what));
      return;
    }
  sweep_keys_press ("space");
  app_test_settle ();
  look_into_popover (self, opener, what, problems);
  sweep_keys_settle (front);
  focus = sweep_focus_get (front);
  if (gtk_widget_get_mapped (opener) && !is_inside (focus, opener))
    {
      g_autofree char *where = sweep_focus_describe (focus);

      g_ptr_array_add (problems, g_strdup_printf ("after %s the keys are at %s", what, where));
    }
}

static void
look_into_openers (Sweep *self, GtkWidget *front, GPtrArray *problems)
{
  g_autoptr (GPtrArray) openers = g_ptr_array_new_with_free_func (g_object_unref);

  collect_openers (front, openers);
  for (guint i = 0; i < openers->len; i++)
    look_into_opener (self, front, openers->pdata[i], problems);
}

static void
look (Sweep *self, GtkWidget *front, GPtrArray *problems)
{
  sweep_keys_settle (front);
  note_seen (self, front);
  check_names (self, front, problems);
  sweep_focus_check (front, problems);
  look_into_openers (self, front, problems);
}

void
sweep_view (Sweep *self, const char *what)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  look (self, sweep_get_front (self), problems);
  sweep_tell (self, what, problems);
}

void
sweep_press (Sweep *self, GtkWidget *opener)
{
  if (opener == NULL)
    return;
  if (!gtk_widget_grab_focus (opener))
    gtk_widget_child_focus (opener, GTK_DIR_TAB_FORWARD);
  app_test_settle ();
  sweep_keys_press ("Return");
  sweep_keys_settle (sweep_get_front (self));
}

void
sweep_dialog (Sweep *self, const char *what, GtkWidget *opener)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *front = sweep_get_front (self);
  GtkWidget *behind;

  if (front == self->window)
    {
      sweep_fail (self, what, "no dialog came");
      return;
    }
  g_object_ref (front);
  look (self, front, problems);
  sweep_keys_press ("Escape");
  /* Work that is cancelled may take a moment. */
  for (guint n = 0; n < 20 && gtk_widget_get_mapped (front); n++)
    sweep_keys_settle (front);
  if (gtk_widget_get_mapped (front))
    {
      g_ptr_array_add (problems, g_strdup ("Escape does not close it"));
      gtk_window_destroy (GTK_WINDOW (front));
    }
  g_object_unref (front);
  sweep_keys_settle (sweep_get_front (self));
  behind = sweep_focus_get (sweep_get_front (self));
  if (opener != NULL && gtk_widget_get_mapped (opener) && !is_inside (behind, opener))
    {
      g_autofree char *where = sweep_focus_describe (behind);

      g_ptr_array_add (problems, g_strdup_printf ("after it the keys are at %s", where));
    }
  sweep_tell (self, what, problems);
}
