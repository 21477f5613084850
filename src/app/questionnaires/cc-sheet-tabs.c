/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sheet-tabs.h"

#include "cc-check-groups.h"

#include <glib/gi18n.h>

struct _CcSheetTabs
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *box;
  gboolean   filling;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcSheetTabs, cc_sheet_tabs, GTK_TYPE_WIDGET)

static void
cc_sheet_tabs_dispose (GObject *object)
{
  g_clear_pointer (&CC_SHEET_TABS (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (cc_sheet_tabs_parent_class)->dispose (object);
}

static void
cc_sheet_tabs_class_init (CcSheetTabsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_sheet_tabs_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cc_sheet_tabs_init (CcSheetTabs *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 6);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sheets"), -1);
}

static void
on_toggled (GtkToggleButton *button, gpointer user_data)
{
  CcSheetTabs *self = CC_SHEET_TABS (user_data);

  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  g_signal_emit (self, signals[CHOSEN], 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "tab")));
}

static void
add_tab (CcSheetTabs *self, guint tab, const char *title, const char *icon_name, const char *spoken)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *first = gtk_widget_get_first_child (self->box);

  if (icon_name != NULL)
    gtk_box_append (GTK_BOX (content),
                    g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (content), gtk_label_new (title));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "text-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken != NULL ? spoken : title, -1);
  g_object_set_data (G_OBJECT (button), "tab", GUINT_TO_POINTER (tab));
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
add_checks (CcSheetTabs *self, guint tab, CcAnswerBook *book)
{
  g_autoptr (GPtrArray) checks =
      cc_answer_book_list_checks (book, cc_answer_book_get_language (book));
  const guint      n_errors = cc_check_groups_count (checks, CC_CHECKS_ERRORS);
  const guint      n_warnings = cc_check_groups_count (checks, CC_CHECKS_WARNINGS);
  g_autofree char *title = NULL;
  g_autofree char *spoken = NULL;

  if (n_errors > 0)
    {
      /* Translators: a tab, and the number of errors behind it. */
      title = g_strdup_printf (_ ("Checks: %u"), n_errors);
      spoken =
          g_strdup_printf (ngettext ("Checks: %u error", "Checks: %u errors", n_errors), n_errors);
      add_tab (self, tab, title, "dialog-error-symbolic", spoken);
    }
  else if (n_warnings > 0)
    {
      title = g_strdup_printf (_ ("Checks: %u"), n_warnings);
      spoken = g_strdup_printf (ngettext ("Checks: %u warning", "Checks: %u warnings", n_warnings),
                                n_warnings);
      add_tab (self, tab, title, "dialog-warning-symbolic", spoken);
    }
  else
    add_tab (self, tab, _ ("Checks"), "emblem-ok-symbolic", _ ("Checks: no errors, no warnings"));
}

void
cc_sheet_tabs_set (CcSheetTabs *self, CcAnswerBook *book)
{
  GPtrArray *sheets;
  GtkWidget *child;

  g_return_if_fail (CC_IS_SHEET_TABS (self) && book != NULL);
  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  sheets = cc_answer_book_get_sheets (book);
  for (guint i = 0; i < sheets->len; i++)
    add_tab (self, i, ((const CcAnswerSheet *) sheets->pdata[i])->title, NULL, NULL);
  add_checks (self, sheets->len, book);
  self->filling = FALSE;
}

/* The chosen tab may lie beyond the edge of a narrow window. */
static void
scroll_to (CcSheetTabs *self, GtkWidget *tab)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (tab, self->box, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.x,
                               bounds.origin.x + bounds.size.width + 24);
}

void
cc_sheet_tabs_select (CcSheetTabs *self, guint tab)
{
  g_return_if_fail (CC_IS_SHEET_TABS (self));
  self->filling = TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), "tab")) == tab)
      {
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), TRUE);
        scroll_to (self, child);
      }
  self->filling = FALSE;
}
