/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cell-popover.h"

#include "cc-sheet-words.h"

#include <inttypes.h>
#include <glib/gi18n.h>
#include <cc/base/cc-text.h>

struct _CcCellPopover
{
  GtkPopover parent_instance;

  GtkLabel    *heading;
  GtkLabel    *counted;
  GtkWidget   *figure_box;
  GtkEntry    *figure;
  GtkLabel    *reason_label;
  GtkEntry    *reason;
  GtkWidget   *text_frame;
  GtkTextView *text;
  GtkLabel    *kept;
  GtkButton   *remove_button;
  GtkButton   *keep_button;

  gboolean is_figure;
};

enum
{
  KEEP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CcCellPopover, cc_cell_popover, GTK_TYPE_POPOVER)

gboolean
cc_cell_popover_is_figure (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gint64           figure;

  return cc_text_to_int (trimmed, 0, G_MAXINT32, &figure);
}

static char *
get_text (CcCellPopover *self)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter      start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strdup (g_strstrip (text));
}

static gboolean
can_keep (CcCellPopover *self)
{
  g_autofree char *reason = NULL;

  if (!self->is_figure)
    return TRUE;
  reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
  return *reason != '\0'
         && cc_cell_popover_is_figure (gtk_editable_get_text (GTK_EDITABLE (self->figure)));
}

static void
on_changed_cb (CcCellPopover *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep_button), can_keep (self));
}

static void
on_keep_cb (CcCellPopover *self)
{
  g_autofree char *value = NULL;
  g_autofree char *reason = NULL;

  if (!can_keep (self))
    return;
  if (self->is_figure)
    {
      value = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->figure))));
      reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
    }
  else
    value = get_text (self);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[KEEP], 0, *value != '\0' ? value : NULL, reason);
}

static void
on_remove_cb (CcCellPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[KEEP], 0, NULL, self->is_figure ? _ ("taken away") : NULL);
}

static gboolean
on_text_key_cb (CcCellPopover *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Return || (state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  on_keep_cb (self);
  return TRUE;
}

static void
cc_cell_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_CELL_POPOVER);
  G_OBJECT_CLASS (cc_cell_popover_parent_class)->dispose (object);
}

static void
cc_cell_popover_class_init (CcCellPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_cell_popover_dispose;
  signals[KEEP] = g_signal_new ("keep", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/casecount/Casecount/questionnaires/"
                                               "cc-cell-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, heading);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, counted);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, figure_box);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, figure);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, reason_label);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, reason);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, text_frame);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, text);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, kept);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, remove_button);
  gtk_widget_class_bind_template_child (widget_class, CcCellPopover, keep_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_text_key_cb);
}

static void
cc_cell_popover_init (CcCellPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CcCellPopover *
cc_cell_popover_new (void)
{
  return g_object_new (CC_TYPE_CELL_POPOVER, NULL);
}

static void
show_figure (CcCellPopover *self, const CcAnswerPart *part, const CcAnswerTyped *typed)
{
  g_autofree char *counted = NULL;

  gtk_editable_set_text (GTK_EDITABLE (self->figure), typed != NULL ? typed->value : "");
  gtk_editable_set_text (GTK_EDITABLE (self->reason),
                         typed != NULL && typed->reason != NULL ? typed->reason : "");
  gtk_label_set_label (self->reason_label, part->result->table->entry
                                               ? _ ("Where the figure comes from")
                                               : _ ("Why it replaces the counted figure"));
  if (!part->result->table->entry)
    counted = g_strdup_printf (_ ("Counted from the case file: %" PRId64), part->cell->count);
  gtk_label_set_label (self->counted, counted != NULL ? counted : "");
  gtk_widget_set_visible (GTK_WIDGET (self->counted), counted != NULL);
}

/**
 * typed: (nullable): what stands there from a person so far
 * place: of the cell, in the widget that the popover belongs to
 */
void
cc_cell_popover_edit (CcCellPopover       *self,
                      CcAnswerBook        *book,
                      const CcAnswerPart  *part,
                      const CcAnswerTyped *typed,
                      const GdkRectangle  *place)
{
  g_autofree char *heading = NULL;
  g_autofree char *kept = typed != NULL ? cc_sheet_words_kept (book, typed) : NULL;

  g_return_if_fail (CC_IS_CELL_POPOVER (self) && book != NULL && part != NULL && place != NULL);
  self->is_figure = part->cell != NULL;
  heading = self->is_figure ? cc_answer_book_describe_place (book, part)
                            : cc_sheet_words_label (book, part);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->kept, kept != NULL ? kept : "");
  gtk_widget_set_visible (GTK_WIDGET (self->kept), kept != NULL && !self->is_figure);
  gtk_widget_set_visible (self->figure_box, self->is_figure);
  gtk_widget_set_visible (self->text_frame, !self->is_figure);
  gtk_widget_set_visible (GTK_WIDGET (self->remove_button), typed != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->counted), FALSE);
  if (self->is_figure)
    show_figure (self, part, typed);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text),
                              typed != NULL ? typed->value : "", -1);
  on_changed_cb (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), place);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->is_figure ? GTK_WIDGET (self->figure) : GTK_WIDGET (self->text));
}
