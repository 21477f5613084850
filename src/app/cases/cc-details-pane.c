/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-details-pane.h"

#include "widgets/cc-tab.h"
#include "widgets/cc-tip.h"
#include "widgets/cc-wrap-box.h"

#include <glib/gi18n.h>

/* Of the pane, in pixels: at least, at the usual size of text, and at most. */
#define LEAST_WIDTH 320
#define WIDTH       340
#define MOST_WIDTH  480

struct _CcDetailsPane
{
  AdwBin parent_instance;

  GtkStack          *stack;
  GtkWidget         *nothing;
  GtkScrolledWindow *content;
  GtkLabel          *title;
  GtkLabel          *subtitle;
  GtkWidget         *withdrawn;
  GtkWidget         *edit_button;
  GtkWidget         *delete_button;
  GtkBox            *sections;

  gint64   id; /* of what is shown, 0 where nothing */
  gboolean parked;
};

G_DEFINE_FINAL_TYPE (CcDetailsPane, cc_details_pane, ADW_TYPE_BIN)

static GtkWidget *
create_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

/* Label above, value below: a pane is narrow, and values are what is read. */
static GtkWidget *
create_texts (const char *label, const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (label != NULL)
    gtk_box_append (GTK_BOX (box), create_text (label, "caption"));
  gtk_box_append (GTK_BOX (box), create_text (value, NULL));
  return box;
}

static const char *
get_icon (CcDetailKind kind)
{
  switch (kind)
    {
    case CC_DETAIL_ERROR:
      return "dialog-error-symbolic";
    case CC_DETAIL_WARNING:
      return "dialog-warning-symbolic";
    case CC_DETAIL_NOTE:
      return "dialog-information-symbolic";
    default:
      return NULL;
    }
}

static const char *
get_severity (CcDetailKind kind)
{
  switch (kind)
    {
    case CC_DETAIL_ERROR:
      return _ ("Error");
    case CC_DETAIL_WARNING:
      return _ ("Warning");
    default:
      return _ ("Note");
    }
}

static GtkWidget *
create_sign (CcDetailKind kind)
{
  GtkWidget *image = gtk_image_new_from_icon_name (get_icon (kind));

  cc_tip_set_text (image, get_severity (kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_severity (kind), -1);
  if (kind == CC_DETAIL_ERROR)
    gtk_widget_add_css_class (image, "error");
  else if (kind == CC_DETAIL_WARNING)
    gtk_widget_add_css_class (image, "warning");
  return image;
}

static void
name_row (GtkWidget *row, const CcDetailLine *line)
{
  g_autofree char *name = NULL;

  if (line->label == NULL)
    name = g_strdup (line->value);
  else
    /* Translators: how a line is read aloud: what it is about, and what is said. */
    name = g_strdup_printf (_ ("%s: %s"), line->label, line->value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
create_row (const CcDetailLine *line)
{
  GtkWidget     *row = gtk_list_box_row_new ();
  GtkWidget     *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  const gboolean leads = line->page != NULL;

  gtk_widget_add_css_class (box, "detail");
  if (get_icon (line->kind) != NULL)
    gtk_box_append (GTK_BOX (box), create_sign (line->kind));
  gtk_box_append (GTK_BOX (box), create_texts (line->label, line->value));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), leads);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  /* Only what leads on takes the focus: the rest is read, not passed through. */
  gtk_widget_set_focusable (row, leads);
  /* GTK 4.8 would stop at it with Tab all the same. */
  gtk_widget_set_can_focus (row, leads);
  name_row (row, line);
  if (leads)
    {
      GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

      gtk_box_append (GTK_BOX (box), arrow);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.go");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", line->page, line->target);
    }
  return row;
}

/* The lists inside an expander row take the focus, and say only what type they are. */
static void
name_lists (GtkWidget *widget, const char *name)
{
  if (GTK_IS_LIST_BOX (widget) || ADW_IS_EXPANDER_ROW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_lists (child, name);
}

static GtkWidget *
create_fold (const CcDetailLine *line)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->value);
  if (line->label != NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), line->label);
  for (guint i = 0; i < line->lines->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              create_row (g_ptr_array_index (line->lines, i)));
  name_lists (row, line->value);
  return row;
}

static GtkWidget *
create_section (const CcDetailSection *section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (section->title);
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  section->title, -1);
  for (guint i = 0; i < section->lines->len; i++)
    {
      const CcDetailLine *line = g_ptr_array_index (section->lines, i);

      gtk_list_box_append (GTK_LIST_BOX (list),
                           line->kind == CC_DETAIL_FOLD ? create_fold (line) : create_row (line));
    }
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), list);
  return box;
}

void
cc_details_pane_show (CcDetailsPane *self, const CcCaseDetails *details)
{
  GtkAdjustment *adjustment;
  GtkWidget     *child;
  gboolean       other;

  g_return_if_fail (CC_IS_DETAILS_PANE (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_box_remove (self->sections, child);
  if (details == NULL || details->title == NULL)
    {
      self->id = 0;
      gtk_stack_set_visible_child (self->stack, self->nothing);
      return;
    }
  other = self->id != details->id || self->parked != details->parked;
  self->id = details->id;
  self->parked = details->parked;
  gtk_label_set_label (self->title, details->title);
  gtk_label_set_label (self->subtitle, details->subtitle != NULL ? details->subtitle : "");
  gtk_widget_set_visible (self->withdrawn, details->withdrawn);
  gtk_widget_set_visible (self->edit_button, !details->parked && !details->withdrawn);
  gtk_widget_set_visible (self->delete_button, !details->parked && !details->withdrawn);
  for (guint i = 0; i < details->sections->len; i++)
    gtk_box_append (self->sections, create_section (g_ptr_array_index (details->sections, i)));
  adjustment = gtk_scrolled_window_get_vadjustment (self->content);
  if (other)
    gtk_adjustment_set_value (adjustment, 0);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->content));
}

/* As wide as a page of text needs it: long sentences wrap instead of taking room from the list. */
static void
cc_details_pane_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  int dpi = 0;

  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      NULL, NULL);
  if (orientation != GTK_ORIENTATION_HORIZONTAL)
    return;
  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  *minimum = MAX (*minimum, LEAST_WIDTH);
  *natural = CLAMP (WIDTH * (dpi / 1024) / 96, WIDTH, MOST_WIDTH);
  *natural = MAX (*minimum, *natural);
}

static void
cc_details_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

/* Lines that lead nowhere stand between those that do. */
static gboolean
cc_details_pane_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return cc_tab_walk (widget, direction);
  return GTK_WIDGET_CLASS (cc_details_pane_parent_class)->focus (widget, direction);
}

static void
cc_details_pane_dispose (GObject *object)
{
  /* AdwBin keeps a plain pointer to its child, which the template would take away under it. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CC_TYPE_DETAILS_PANE);
  G_OBJECT_CLASS (cc_details_pane_parent_class)->dispose (object);
}

static void
cc_details_pane_class_init (CcDetailsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_details_pane_dispose;
  widget_class->focus = cc_details_pane_focus;
  widget_class->measure = cc_details_pane_measure;
  widget_class->size_allocate = cc_details_pane_size_allocate;
  g_type_ensure (CC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/casecount/Casecount/cases/"
                                                             "cc-details-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CcDetailsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, CcDetailsPane, nothing);
  gtk_widget_class_bind_template_child (widget_class, CcDetailsPane, content);
  gtk_widget_class_bind_template_child (widget_class, CcDetailsPane, title);
  gtk_widget_class_bind_template_child (widget_class, CcDetailsPane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CcDetailsPane, withdrawn);
  gtk_widget_class_bind_template_child (widget_class, CcDetailsPane, edit_button);
  gtk_widget_class_bind_template_child (widget_class, CcDetailsPane, delete_button);
  gtk_widget_class_bind_template_child (widget_class, CcDetailsPane, sections);
}

static void
cc_details_pane_init (CcDetailsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The layout of AdwBin would measure in our place. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}
