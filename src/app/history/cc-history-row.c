/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-row.h"

#include "widgets/cc-list-names.h"

#include "cc-history-entry.h"
#include "cc-history-texts.h"

struct _CcHistoryRow
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *sentence;
  GtkLabel *moment;
  GtkLabel *state;

  CcSession  *session;
  CcLazyItem *item;
  gulong      handler;
};

G_DEFINE_FINAL_TYPE (CcHistoryRow, cc_history_row, GTK_TYPE_BOX)

static const char *
choose_icon (const CcHistoryEntry *entry)
{
  if (entry->act->undoes != 0)
    return "edit-undo-symbolic";
  switch (entry->gist)
    {
    case CC_GIST_DELIVERY_CAME:
    case CC_GIST_DELIVERY_BACK:
    case CC_GIST_NIL:
    case CC_GIST_EXPECTED:
    case CC_GIST_ROW:
      return "document-open-symbolic";
    case CC_GIST_DELIVERY_LEFT:
    case CC_GIST_CASE_DELETED:
      return "user-trash-symbolic";
    case CC_GIST_CASE_NEW:
      return "list-add-symbolic";
    case CC_GIST_CASE_EDITED:
    case CC_GIST_CASE_BACK:
    case CC_GIST_ANSWER:
      return "document-edit-symbolic";
    case CC_GIST_JOINED:
    case CC_GIST_PARTED:
    case CC_GIST_DECIDED:
    case CC_GIST_LINKED:
    case CC_GIST_PAIRS_BACK:
    case CC_GIST_MODEL_LEARNT:
    case CC_GIST_MODEL_SAMPLED:
    case CC_GIST_MODEL_SIGNED:
    case CC_GIST_MODEL_ACCEPTED:
      return "edit-copy-symbolic";
    case CC_GIST_EXPORT:
    case CC_GIST_MODEL_LEFT:
      return "document-send-symbolic";
    default:
      return "emblem-system-symbolic";
    }
}

static void
show_entry (CcHistoryRow *self)
{
  const CcHistoryEntry *entry = self->item != NULL ? cc_lazy_item_get_row (self->item) : NULL;
  g_autofree char      *sentence = NULL;
  g_autofree char      *moment = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->state), entry != NULL && entry->act->undone_by != 0);
  if (entry == NULL)
    {
      gtk_label_set_label (self->sentence, "…");
      gtk_label_set_label (self->moment, "");
      return;
    }
  sentence = cc_history_describe (self->session, entry);
  moment = cc_history_describe_moment (self->session, entry);
  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->moment, moment);
  cc_list_line_name (GTK_WIDGET (self), sentence, moment);
  gtk_image_set_from_icon_name (self->icon, choose_icon (entry));
}

static void
on_loaded (CcLazyItem *item, GParamSpec *spec, CcHistoryRow *self)
{
  show_entry (self);
}

void
cc_history_row_set_item (CcHistoryRow *self, CcSession *session, CcLazyItem *item)
{
  g_return_if_fail (CC_IS_HISTORY_ROW (self));
  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_clear_object (&self->item);
  g_clear_pointer (&self->session, cc_session_unref);
  if (item == NULL)
    return;
  self->item = g_object_ref (item);
  self->session = cc_session_ref (session);
  self->handler = g_signal_connect (item, "notify::row", G_CALLBACK (on_loaded), self);
  show_entry (self);
}

static void
cc_history_row_dispose (GObject *object)
{
  CcHistoryRow *self = CC_HISTORY_ROW (object);

  cc_history_row_set_item (self, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CC_TYPE_HISTORY_ROW);
  G_OBJECT_CLASS (cc_history_row_parent_class)->dispose (object);
}

static void
cc_history_row_class_init (CcHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_history_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/history/"
                                                             "cc-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CcHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryRow, moment);
  gtk_widget_class_bind_template_child (widget_class, CcHistoryRow, state);
}

static void
cc_history_row_init (CcHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cc_history_row_new (void)
{
  return g_object_new (CC_TYPE_HISTORY_ROW, NULL);
}
