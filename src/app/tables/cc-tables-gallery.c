/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-tables-gallery.h"

#include "cc-gallery-card.h"

#include <glib/gi18n.h>

struct _CcTablesGallery
{
  AdwBin parent_instance;

  GtkFlowBox          *charts;
  AdwPreferencesGroup *tables;

  GPtrArray *rows; /* GtkWidget *, borrowed from the group */
};

G_DEFINE_FINAL_TYPE (CcTablesGallery, cc_tables_gallery, ADW_TYPE_BIN)

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_card_activated (CcTablesGallery *self, CcGalleryCard *card)
{
  g_signal_emit (self, signals[OPENED], 0, cc_gallery_card_get_id (card));
}

static void
on_row_activated (AdwActionRow *row, gpointer user_data)
{
  g_signal_emit (user_data, signals[OPENED], 0, gtk_widget_get_name (GTK_WIDGET (row)));
}

static void
add_row (CcTablesGallery *self, const CcReportFigureInfo *info)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (info->title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("casecount-table-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, info->title,
                                  -1);
  gtk_widget_set_name (row, info->id);
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), self);
  adw_preferences_group_add (self->tables, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear (CcTablesGallery *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->charts))) != NULL)
    gtk_flow_box_remove (self->charts, child);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->tables, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
cc_tables_gallery_dispose (GObject *object)
{
  CcTablesGallery *self = CC_TABLES_GALLERY (object);

  g_ptr_array_set_size (self->rows, 0);
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_TABLES_GALLERY);
  G_OBJECT_CLASS (cc_tables_gallery_parent_class)->dispose (object);
}

static void
cc_tables_gallery_finalize (GObject *object)
{
  g_ptr_array_unref (CC_TABLES_GALLERY (object)->rows);
  G_OBJECT_CLASS (cc_tables_gallery_parent_class)->finalize (object);
}

static void
cc_tables_gallery_class_init (CcTablesGalleryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_tables_gallery_dispose;
  G_OBJECT_CLASS (klass)->finalize = cc_tables_gallery_finalize;
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/tables/"
                                                             "cc-tables-gallery.ui");
  gtk_widget_class_bind_template_child (widget_class, CcTablesGallery, charts);
  gtk_widget_class_bind_template_child (widget_class, CcTablesGallery, tables);
  gtk_widget_class_bind_template_callback (widget_class, on_card_activated);
}

static void
cc_tables_gallery_init (CcTablesGallery *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

CcTablesGallery *
cc_tables_gallery_new (void)
{
  return g_object_new (CC_TYPE_TABLES_GALLERY, NULL);
}

/* Cards of the same charts stay, so that the focus stays where it is. */
static gboolean
reload_cards (CcTablesGallery       *self,
              CcSession             *session,
              const CcFigureChoices *choices,
              GArray                *periods)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->charts));
  guint      n_rows = 0;

  for (guint i = 0; i < choices->figures->len; i++)
    {
      const CcReportFigureInfo *info = choices->figures->pdata[i];

      n_rows += !info->chart;
      if (!info->chart)
        continue;
      if (card == NULL || !g_str_equal (cc_gallery_card_get_id (CC_GALLERY_CARD (card)), info->id))
        return FALSE;
      card = gtk_widget_get_next_sibling (card);
    }
  if (card != NULL || n_rows != self->rows->len)
    return FALSE;
  for (card = gtk_widget_get_first_child (GTK_WIDGET (self->charts)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    cc_gallery_card_load (CC_GALLERY_CARD (card), session, periods);
  return TRUE;
}

void
cc_tables_gallery_show (CcTablesGallery *self, CcSession *session, const CcFigureChoices *choices)
{
  g_autoptr (GArray) periods = NULL;

  g_return_if_fail (CC_IS_TABLES_GALLERY (self) && session != NULL && choices != NULL);
  periods = cc_figure_choices_make_periods (choices);
  if (reload_cards (self, session, choices, periods))
    return;
  clear (self);
  for (guint i = 0; i < choices->figures->len; i++)
    {
      const CcReportFigureInfo *info = choices->figures->pdata[i];
      CcGalleryCard            *card;

      if (!info->chart)
        {
          add_row (self, info);
          continue;
        }
      card = cc_gallery_card_new (info->id, info->title);
      gtk_flow_box_insert (self->charts, GTK_WIDGET (card), -1);
      cc_gallery_card_load (card, session, periods);
    }
}
