/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-start-page.h"

#include "cc-main-menu.h"

struct _CcStartPage
{
  AdwBin parent_instance;

  AdwStatusPage *status_page;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (CcStartPage, cc_start_page, ADW_TYPE_BIN)

static void
cc_start_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_START_PAGE);
  G_OBJECT_CLASS (cc_start_page_parent_class)->dispose (object);
}

static void
cc_start_page_class_init (CcStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_start_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/start/cc-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CcStartPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, CcStartPage, menu_button);
}

static void
cc_start_page_init (CcStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cc_main_menu_attach (self->menu_button);
}

void
cc_start_page_popup_menu (CcStartPage *self)
{
  g_return_if_fail (CC_IS_START_PAGE (self));
  gtk_menu_button_popup (self->menu_button);
}
