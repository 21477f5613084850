/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-queue-row.h"

#include "widgets/cc-list-names.h"
#include "widgets/cc-tip.h"

#include "cc-review-words.h"

#include <glib/gi18n.h>

struct _CcQueueRow
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *below;

  CcReviewEntry *entry;
  gulong         handler;
};

G_DEFINE_FINAL_TYPE (CcQueueRow, cc_queue_row, ADW_TYPE_BIN)

static void
forget (CcQueueRow *self)
{
  if (self->entry != NULL)
    g_clear_signal_handler (&self->handler, self->entry);
  g_clear_object (&self->entry);
}

static void
cc_queue_row_dispose (GObject *object)
{
  forget (CC_QUEUE_ROW (object));
  G_OBJECT_CLASS (cc_queue_row_parent_class)->dispose (object);
}

static void
cc_queue_row_class_init (CcQueueRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cc_queue_row_dispose;
}

static GtkLabel *
add_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
cc_queue_row_init (CcQueueRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = add_label (box);
  self->below = add_label (box);
  gtk_widget_add_css_class (GTK_WIDGET (self->below), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->below), "dim-label");
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  adw_bin_set_child (ADW_BIN (self), box);
}

CcQueueRow *
cc_queue_row_new (void)
{
  return g_object_new (CC_TYPE_QUEUE_ROW, NULL);
}

static void
show_title (CcQueueRow *self)
{
  const char *title = self->entry != NULL ? cc_review_entry_get_title (self->entry) : NULL;

  gtk_label_set_label (self->title, title != NULL ? title : "…");
  cc_tip_set_text (GTK_WIDGET (self), title);
  cc_list_line_name (GTK_WIDGET (self), title != NULL ? title : "…",
                     gtk_label_get_label (self->below));
}

static char *
describe (const CcReviewItem *item, gboolean show_band)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *records = NULL;

  if (item->n_persons > 2)
    {
      records =
          g_strdup_printf (ngettext ("Group of %u record", "Group of %u records", item->n_records),
                           item->n_records);
      g_ptr_array_add (parts, records);
    }
  if (show_band)
    g_ptr_array_add (parts, (gpointer) cc_review_get_band_word (item->band));
  if (item->changed)
    g_ptr_array_add (parts, (gpointer) _ ("changed since your decision"));
  else if (item->undecided)
    g_ptr_array_add (parts, (gpointer) _ ("could not be told before"));
  if (parts->len == 0)
    g_ptr_array_add (parts, (gpointer) _ ("Two records"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/* entry: (nullable): NULL frees the row for another one */
void
cc_queue_row_bind (CcQueueRow *self, CcReviewEntry *entry, gboolean show_band)
{
  g_autofree char *below = NULL;

  g_return_if_fail (CC_IS_QUEUE_ROW (self));
  forget (self);
  if (entry == NULL)
    return;
  self->entry = g_object_ref (entry);
  self->handler = g_signal_connect_swapped (entry, "notify::title", G_CALLBACK (show_title), self);
  below = describe (cc_review_entry_get_item (entry), show_band);
  gtk_label_set_label (self->below, below);
  show_title (self);
}
