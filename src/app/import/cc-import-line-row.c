/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-line-row.h"

#include "widgets/cc-columns.h"

struct _CcImportLineRow
{
  AdwBin parent_instance;

  GtkStack  *stack;
  GtkLabel  *text;
  GtkLabel  *heading;
  GtkLabel  *more;
  GtkWidget *pair;
  GtkImage  *arrow;
  GtkLabel  *theirs;
  GtkLabel  *theirs_note;
  GtkLabel  *theirs_quiet;
  GtkImage  *mark;
  GtkLabel  *ours;
  GtkLabel  *ours_note;

  CcImportLine *line;
};

G_DEFINE_FINAL_TYPE (CcImportLineRow, cc_import_line_row, ADW_TYPE_BIN)

static void
show_label (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
}

static const char *
get_icon (CcLineMark mark)
{
  switch (mark)
    {
    case CC_MARK_GOOD:
      return "object-select-symbolic";
    case CC_MARK_ASK:
      return "dialog-question-symbolic";
    case CC_MARK_QUIET:
      return "list-remove-symbolic";
    case CC_MARK_NONE:
    default:
      return NULL;
    }
}

static void
show_pair (CcImportLineRow *self)
{
  const CcImportLine *line = self->line;
  const char         *icon = get_icon (line->mark);

  show_label (self->theirs, line->theirs);
  show_label (self->theirs_note, line->theirs_note);
  show_label (self->theirs_quiet, line->theirs_quiet);
  show_label (self->ours, line->ours);
  show_label (self->ours_note, line->ours_note);
  gtk_widget_set_visible (GTK_WIDGET (self->arrow), line->kind == CC_LINE_GROUP);
  gtk_image_set_from_icon_name (self->arrow, line->open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->mark), icon != NULL);
  if (icon != NULL)
    gtk_image_set_from_icon_name (self->mark, icon);
  gtk_widget_remove_css_class (GTK_WIDGET (self->mark), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->mark), "warning");
  if (line->mark == CC_MARK_ASK)
    gtk_widget_add_css_class (GTK_WIDGET (self->mark), "warning");
  else if (line->mark == CC_MARK_GOOD)
    gtk_widget_add_css_class (GTK_WIDGET (self->mark), "success");
  /* What belongs to a group is set in and stands in usual weight. */
  gtk_widget_set_margin_start (self->pair, line->inner ? 36 : 0);
  if (line->inner)
    gtk_widget_remove_css_class (GTK_WIDGET (self->theirs), "heading");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->theirs), "heading");
  gtk_stack_set_visible_child (self->stack, self->pair);
}

static void
show_line (CcImportLineRow *self)
{
  GtkWidget       *holder = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *words = cc_import_line_describe (self->line);

  switch (self->line->kind)
    {
    case CC_LINE_TEXT:
      gtk_label_set_label (self->text, self->line->theirs);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->text));
      break;
    case CC_LINE_HEADING:
      gtk_label_set_label (self->heading, self->line->theirs);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->heading));
      break;
    case CC_LINE_MORE:
      gtk_label_set_label (self->more, self->line->theirs);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->more));
      break;
    case CC_LINE_GROUP:
    case CC_LINE_PAIR:
    default:
      show_pair (self);
      break;
    }
  if (holder == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (holder), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->line->theirs_note, -1);
  if (self->line->kind == CC_LINE_GROUP)
    gtk_accessible_update_state (GTK_ACCESSIBLE (holder), GTK_ACCESSIBLE_STATE_EXPANDED,
                                 self->line->open, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (holder), GTK_ACCESSIBLE_STATE_EXPANDED);
}

static void
cc_import_line_row_dispose (GObject *object)
{
  cc_import_line_row_set_line (CC_IMPORT_LINE_ROW (object), NULL);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_IMPORT_LINE_ROW);
  G_OBJECT_CLASS (cc_import_line_row_parent_class)->dispose (object);
}

static void
cc_import_line_row_class_init (CcImportLineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_import_line_row_dispose;
  g_type_ensure (CC_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/import/"
                                                             "cc-import-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, stack);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, text);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, heading);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, more);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, pair);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, theirs);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, theirs_note);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, theirs_quiet);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, mark);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, ours);
  gtk_widget_class_bind_template_child (widget_class, CcImportLineRow, ours_note);
}

static void
cc_import_line_row_init (CcImportLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CcImportLineRow *
cc_import_line_row_new (void)
{
  return g_object_new (CC_TYPE_IMPORT_LINE_ROW, NULL);
}

/**
 * line: (nullable): NULL where the row is not used for the moment
 */
void
cc_import_line_row_set_line (CcImportLineRow *self, CcImportLine *line)
{
  g_return_if_fail (CC_IS_IMPORT_LINE_ROW (self));
  if (self->line != NULL)
    g_signal_handlers_disconnect_by_data (self->line, self);
  g_set_object (&self->line, line);
  if (line == NULL)
    return;
  g_signal_connect_swapped (line, "changed", G_CALLBACK (show_line), self);
  show_line (self);
}
