/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-figure-row.h"

#include <glib/gi18n.h>

struct _CcFigureRow
{
  AdwActionRow parent_instance;

  GtkLabel *figure;
  GtkImage *sign;
};

/* A figure of a few words keeps to one line, and the title gives way. */
#define SHORT_FIGURE 16

G_DEFINE_FINAL_TYPE (CcFigureRow, cc_figure_row, ADW_TYPE_ACTION_ROW)

static void
name_row (CcFigureRow *self)
{
  const char      *figure = gtk_label_get_label (self->figure);
  g_autofree char *name =
      /* Translators: how a row is read aloud: what it is about, and its figure. */
      g_strdup_printf (_ ("%s: %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                       *figure != '\0' ? figure
                                       : adw_action_row_get_subtitle (ADW_ACTION_ROW (self)));

  /* The title alone, which names a row of libadwaita, would be read a second time. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
cc_figure_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_FIGURE_ROW);
  G_OBJECT_CLASS (cc_figure_row_parent_class)->dispose (object);
}

static void
cc_figure_row_class_init (CcFigureRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_figure_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/widgets/cc-figure-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CcFigureRow, figure);
  gtk_widget_class_bind_template_child (widget_class, CcFigureRow, sign);
}

static void
cc_figure_row_init (CcFigureRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CcFigureRow *
cc_figure_row_new (const char *title)
{
  return g_object_new (CC_TYPE_FIGURE_ROW, "title", title, NULL);
}

void
cc_figure_row_set (CcFigureRow *self, const char *figure, const char *subtitle, gboolean attention)
{
  g_return_if_fail (CC_IS_FIGURE_ROW (self) && figure != NULL);
  gtk_label_set_label (self->figure, figure);
  gtk_widget_set_visible (GTK_WIDGET (self->figure), *figure != '\0');
  gtk_label_set_wrap (self->figure, g_utf8_strlen (figure, -1) > SHORT_FIGURE);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->sign), attention);
  name_row (self);
}

void
cc_figure_row_set_quiet (CcFigureRow *self, gboolean quiet)
{
  g_return_if_fail (CC_IS_FIGURE_ROW (self));
  if (quiet)
    gtk_widget_remove_css_class (GTK_WIDGET (self->figure), "title-3");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->figure), "title-3");
}

void
cc_figure_row_set_link (CcFigureRow *self, const char *page, const char *target)
{
  g_return_if_fail (CC_IS_FIGURE_ROW (self));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "(ss)", page, target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.go");
}

const char *
cc_figure_row_get_figure (CcFigureRow *self)
{
  g_return_val_if_fail (CC_IS_FIGURE_ROW (self), NULL);
  return gtk_label_get_label (self->figure);
}
