/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-shell.h"

#include "cc-main-menu.h"
#include "cc-page.h"
#include "cc-pages.h"

#include <glib/gi18n.h>

struct _CcShell
{
  AdwBin parent_instance;

  AdwFlap        *flap;
  AdwWindowTitle *page_title;
  GtkLabel       *country;
  GtkLabel       *file_name;
  GtkWidget      *read_only;
  GtkListBox     *list;
  GtkWidget      *banner;
  GtkStack       *stack;
  GtkMenuButton  *menu_button;
};

G_DEFINE_FINAL_TYPE (CcShell, cc_shell, ADW_TYPE_BIN)

static GtkWidget *
create_row (const CcPageInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (info->icon_name);
  GtkWidget *label = gtk_label_new (_ (info->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", info->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (info->title), -1);
  return row;
}

/* The sidebar covers the page where both do not fit: choosing a page then gives the view free. */
static void
on_row_activated_cb (CcShell *self, GtkListBoxRow *row)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
add_pages (CcShell *self)
{
  for (guint i = 0; i < cc_pages_get_n (); i++)
    {
      const CcPageInfo *info = cc_pages_get (i);

      gtk_list_box_append (self->list, create_row (info));
      gtk_stack_add_named (self->stack, g_object_new (info->get_type (), NULL), info->name);
    }
}

static void
cc_shell_dispose (GObject *object)
{
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_SHELL);
  G_OBJECT_CLASS (cc_shell_parent_class)->dispose (object);
}

static void
cc_shell_class_init (CcShellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_shell_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/shell/cc-shell.ui");
  gtk_widget_class_bind_template_child (widget_class, CcShell, flap);
  gtk_widget_class_bind_template_child (widget_class, CcShell, page_title);
  gtk_widget_class_bind_template_child (widget_class, CcShell, country);
  gtk_widget_class_bind_template_child (widget_class, CcShell, file_name);
  gtk_widget_class_bind_template_child (widget_class, CcShell, read_only);
  gtk_widget_class_bind_template_child (widget_class, CcShell, list);
  gtk_widget_class_bind_template_child (widget_class, CcShell, banner);
  gtk_widget_class_bind_template_child (widget_class, CcShell, stack);
  gtk_widget_class_bind_template_child (widget_class, CcShell, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
cc_shell_init (CcShell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_main_menu_attach (self->menu_button);
  add_pages (self);
}

static void
show_practice (CcShell *self, gboolean practice)
{
  gtk_widget_set_visible (self->banner, practice);
  if (practice)
    gtk_widget_add_css_class (GTK_WIDGET (self), "practice");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "practice");
}

/**
 * Shows a case file; its first page is loaded at once.
 */
void
cc_shell_set_session (CcShell *self, CcSession *session, const char *file_name)
{
  g_autofree char *country = NULL;
  CcCaseFile      *file;

  g_return_if_fail (CC_IS_SHELL (self) && session != NULL);
  file = cc_session_get_file (session);
  country = cc_session_dup_country (session);
  gtk_label_set_label (self->country, country);
  gtk_label_set_label (self->file_name, file_name);
  gtk_widget_set_visible (self->read_only, cc_case_file_is_read_only (file));
  show_practice (self, cc_case_file_is_practice (file));
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    cc_page_set_session (CC_PAGE (page), session);
  cc_shell_show_page (self, cc_pages_get (0)->name);
}

/**
 * Returns: FALSE where no page has this name
 */
gboolean
cc_shell_show_page (CcShell *self, const char *name)
{
  g_return_val_if_fail (CC_IS_SHELL (self), FALSE);
  for (guint i = 0; i < cc_pages_get_n (); i++)
    {
      const CcPageInfo *info = cc_pages_get (i);

      if (!g_str_equal (info->name, name))
        continue;
      gtk_stack_set_visible_child_name (self->stack, name);
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) i));
      adw_window_title_set_title (self->page_title, _ (info->title));
      return TRUE;
    }
  return FALSE;
}

const char *
cc_shell_get_page (CcShell *self)
{
  g_return_val_if_fail (CC_IS_SHELL (self), NULL);
  return gtk_stack_get_visible_child_name (self->stack);
}

void
cc_shell_refresh (CcShell *self)
{
  GtkWidget *page;

  g_return_if_fail (CC_IS_SHELL (self));
  page = gtk_stack_get_visible_child (self->stack);
  if (page != NULL)
    cc_page_refresh (CC_PAGE (page));
}

void
cc_shell_toggle_sidebar (CcShell *self)
{
  g_return_if_fail (CC_IS_SHELL (self));
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

void
cc_shell_popup_menu (CcShell *self)
{
  g_return_if_fail (CC_IS_SHELL (self));
  gtk_menu_button_popup (self->menu_button);
}
