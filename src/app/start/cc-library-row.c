/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-library-row.h"

#include "cc-language.h"
#include "cc-library-text.h"

#include <glib/gi18n.h>

struct _CcLibraryRow
{
  AdwActionRow parent_instance;

  GtkLabel      *badge;
  GtkWidget     *training;
  GtkMenuButton *menu_button;
  char          *path;
};

G_DEFINE_FINAL_TYPE (CcLibraryRow, cc_library_row, ADW_TYPE_ACTION_ROW)

static void
cc_library_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_LIBRARY_ROW);
  G_OBJECT_CLASS (cc_library_row_parent_class)->dispose (object);
}

static void
cc_library_row_finalize (GObject *object)
{
  g_free (CC_LIBRARY_ROW (object)->path);
  G_OBJECT_CLASS (cc_library_row_parent_class)->finalize (object);
}

static void
cc_library_row_class_init (CcLibraryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_library_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_library_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/start/cc-library-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CcLibraryRow, badge);
  gtk_widget_class_bind_template_child (widget_class, CcLibraryRow, training);
  gtk_widget_class_bind_template_child (widget_class, CcLibraryRow, menu_button);
}

static void
cc_library_row_init (CcLibraryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
append_item (GMenu *menu, const char *label, const char *action, const char *path)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", path);
  g_menu_append_item (menu, item);
}

static GMenuModel *
create_menu (const char *path)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) removal = g_menu_new ();

  append_item (menu, _ ("_Save a Copy…"), "start.save-copy", path);
  append_item (menu, _ ("_Hand On a Package…"), "win.package-of", path);
  append_item (menu, _ ("Re_name…"), "start.rename", path);
  append_item (removal, _ ("Remo_ve…"), "start.remove", path);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

void
cc_library_row_update (CcLibraryRow        *self,
                       const CcLibraryItem *item,
                       CcCountryList       *countries,
                       CcTexts             *texts)
{
  const gboolean   is_practice = item->mark == CC_LIBRARY_MARK_PRACTICE;
  g_autofree char *subtitle = NULL;

  g_return_if_fail (CC_IS_LIBRARY_ROW (self) && item != NULL);
  subtitle =
      cc_library_text_describe (item, cc_country_list_find_label (countries, item->country), texts,
                                cc_language_get (), g_get_real_time () / G_USEC_PER_SEC);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  /* Letters of the name would be taken for a country. */
  gtk_label_set_label (self->badge, item->country != NULL ? item->country : "?");
  gtk_widget_set_visible (self->training, is_practice);
  if (is_practice)
    gtk_widget_add_css_class (GTK_WIDGET (self->badge), "practice-badge");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->badge), "practice-badge");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
}

const char *
cc_library_row_get_path (CcLibraryRow *self)
{
  g_return_val_if_fail (CC_IS_LIBRARY_ROW (self), NULL);
  return self->path;
}

GtkWidget *
cc_library_row_new (const CcLibraryItem *item, CcCountryList *countries, CcTexts *texts)
{
  CcLibraryRow    *self = g_object_new (CC_TYPE_LIBRARY_ROW, NULL);
  g_autofree char *menu_name = NULL;
  g_autofree char *name = g_markup_escape_text (item->name, -1);
  g_autoptr (GMenuModel) menu = create_menu (item->path);

  self->path = g_strdup (item->path);
  /* Translators: name of a menu button; %s is a case file. */
  menu_name = g_strdup_printf (_ ("More for %s"), item->name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), menu_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu_name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, item->name,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", item->path);
  cc_library_row_update (self, item, countries, texts);
  return GTK_WIDGET (self);
}
