/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing that takes the keys may stand where nobody sees it, on a narrow screen with large text.
 */
#include "sweep-dialogs.h"

#include "app-test.h"
#include "sweep-focus.h"
#include "sweep-keys.h"
#include "sweep-names.h"

#include "shell/cc-pages.h"

#include <math.h>

#define NARROW 360
#define HIGH   720

/* What scrolls sideways shows the rest by and by. */
static gboolean
scrolls_sideways (GtkWidget *widget)
{
  GtkPolicyType policy = GTK_POLICY_NEVER;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
  return policy != GTK_POLICY_NEVER;
}

static void
check_inside (GtkWidget *front, GtkWidget *widget, GPtrArray *problems)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget) || GTK_IS_NATIVE (widget) || scrolls_sideways (widget))
    return;
  if (sweep_focus_takes_keys (widget) && gtk_widget_compute_bounds (widget, front, &bounds)
      && (bounds.origin.x < -0.5F
          || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (front) + 0.5F))
    {
      g_autofree char *what = sweep_focus_describe (widget);

      g_ptr_array_add (problems,
                       g_strdup_printf ("%s stands from %.0f to %.0f of %d", what, bounds.origin.x,
                                        bounds.origin.x + bounds.size.width,
                                        gtk_widget_get_width (front)));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_inside (front, child, problems);
}

static void
check_width (GtkWidget *window, GPtrArray *problems)
{
  g_autofree char *what = NULL;
  GtkWidget       *wide = NULL;

  if (gtk_widget_get_width (window) <= NARROW)
    return;
  wide = app_test_find_wide (window, NARROW);
  what = sweep_focus_describe (wide);
  g_ptr_array_add (problems, g_strdup_printf ("the window is %d wide because of %s",
                                              gtk_widget_get_width (window), what));
}

static void
check_page (Sweep *self, const char *name, const char *how)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *what = g_strdup_printf ("%s %s", name, how);

  sweep_keys_settle (self->window);
  check_width (self->window, problems);
  for (GtkWidget *child = gtk_widget_get_first_child (self->window); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_inside (self->window, child, problems);
  sweep_tell (self, what, problems);
}

static void
go_through (Sweep *self, const char *how)
{
  for (guint i = 0; i < cc_pages_get_n (); i++)
    {
      g_action_group_activate_action (G_ACTION_GROUP (self->window), "page",
                                      g_variant_new_string (cc_pages_get (i)->name));
      check_page (self, cc_pages_get (i)->name, how);
    }
}

void
sweep_narrow (Sweep *self)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int          dpi = 0;

  gtk_window_set_default_size (GTK_WINDOW (self->window), NARROW, HIGH);
  sweep_keys_settle (self->window);
  go_through (self, "on a narrow screen");
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  go_through (self, "with large text");
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}
