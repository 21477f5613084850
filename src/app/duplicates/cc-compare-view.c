/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-compare-view.h"

#include "cc-compare-head.h"
#include "cc-review-words.h"
#include "widgets/cc-tab.h"
#include "widgets/cc-tip.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* In letters: what the name of a field and a column need to stand beside each other. */
#define NAME_CHARS   20
#define COLUMN_CHARS 20
#define LEAST_CHARS  9

/* Of the rows, where what stands around them leaves hardly any room. */
#define LEAST_HEIGHT 120

struct _CcCompareView
{
  GtkWidget parent_instance;

  GtkScrolledWindow *sideways;
  GtkWidget         *head; /* a spacer, then the columns' heads */
  GtkWidget         *spacer;
  GtkBox            *heads;
  GtkListBox        *list;
  GPtrArray         *lines; /* GtkBox* of the rows (borrowed): name beside or above values */
  GPtrArray         *names; /* their first children: AdwClamp around name and state */
  guint              n_columns;
  int                selected;
  gboolean           narrow;
  guint              idle;
};

G_DEFINE_FINAL_TYPE (CcCompareView, cc_compare_view, GTK_TYPE_WIDGET)

static int
get_char_width (CcCompareView *self)
{
  PangoContext     *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  const int         width = pango_font_metrics_get_approximate_char_width (metrics);

  pango_font_metrics_unref (metrics);
  return MAX (PANGO_PIXELS (width), 1);
}

/* The name and what is said below it, without the button beside. */
static GtkOrientable *
get_texts (gpointer clamp)
{
  return GTK_ORIENTABLE (gtk_widget_get_first_child (adw_clamp_get_child (clamp)));
}

/* Beside each other, names keep one width; above their values they take the whole one. */
static void
apply_width (CcCompareView *self)
{
  const GtkOrientation orientation =
      self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  const int width = self->narrow ? -1 : get_char_width (self) * NAME_CHARS;

  gtk_widget_set_visible (self->spacer, !self->narrow);
  for (GtkWidget *head = gtk_widget_get_first_child (GTK_WIDGET (self->heads)); head != NULL;
       head = gtk_widget_get_next_sibling (head))
    cc_compare_shorten_head (head, self->narrow);
  gtk_widget_set_size_request (self->spacer, width, -1);
  for (guint i = 0; i < self->lines->len; i++)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->lines->pdata[i]), orientation);
      gtk_box_set_spacing (GTK_BOX (self->lines->pdata[i]), self->narrow ? 3 : 12);
      gtk_widget_set_size_request (self->names->pdata[i], width, -1);
      adw_clamp_set_maximum_size (self->names->pdata[i], self->narrow ? G_MAXINT16 : width);
      adw_clamp_set_tightening_threshold (self->names->pdata[i], self->narrow ? G_MAXINT16 : width);
      gtk_orientable_set_orientation (get_texts (self->names->pdata[i]),
                                      self->narrow ? GTK_ORIENTATION_HORIZONTAL
                                                   : GTK_ORIENTATION_VERTICAL);
    }
}

static gboolean
on_idle (gpointer user_data)
{
  CcCompareView *self = user_data;

  self->idle = 0;
  apply_width (self);
  return G_SOURCE_REMOVE;
}

static void
cc_compare_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CcCompareView *self = CC_COMPARE_VIEW (widget);
  const int      needed =
      get_char_width (self) * (NAME_CHARS + (int) self->n_columns * COLUMN_CHARS) + 48;

  gtk_widget_allocate (GTK_WIDGET (self->sideways), width, height, baseline, NULL);
  if (self->narrow == (width < needed))
    return;
  self->narrow = width < needed;
  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
}

static void
cc_compare_view_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  CcCompareView *self = CC_COMPARE_VIEW (widget);

  gtk_widget_measure (GTK_WIDGET (self->sideways), orientation, for_size, minimum, natural, NULL,
                      NULL);
}

static void
show_group (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const int  group = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "group"));
  GtkWidget *title;

  if (before != NULL && GPOINTER_TO_INT (g_object_get_data (G_OBJECT (before), "group")) == group)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  title = gtk_label_new (cc_review_get_group_title ((CcCompareGroup) group));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "compare-group");
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_list_box_row_set_header (row, title);
}

static void
cc_compare_view_dispose (GObject *object)
{
  CcCompareView *self = CC_COMPARE_VIEW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->sideways != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->sideways));
  self->sideways = NULL;
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  G_OBJECT_CLASS (cc_compare_view_parent_class)->dispose (object);
}

static gboolean
cc_compare_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return cc_tab_focus (widget, cc_compare_view_parent_class, direction);
}

static gboolean
cc_compare_view_grab_focus (GtkWidget *widget)
{
  CcCompareView *self = CC_COMPARE_VIEW (widget);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  return !cc_tab_is_passing (widget) && first != NULL && gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
cc_compare_view_class_init (CcCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cc_compare_view_dispose;
  widget_class->size_allocate = cc_compare_view_size_allocate;
  widget_class->measure = cc_compare_view_measure;
  widget_class->focus = cc_compare_view_focus;
  widget_class->grab_focus = cc_compare_view_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "compareview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cc_compare_view_init (CcCompareView *self)
{
  GtkWidget *down = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->selected = -1;
  self->lines = g_ptr_array_new ();
  self->names = g_ptr_array_new ();
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->head, "compare-heads");
  self->spacer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->heads = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_box_set_homogeneous (self->heads, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->heads), TRUE);
  gtk_box_append (GTK_BOX (self->head), self->spacer);
  gtk_box_append (GTK_BOX (self->head), GTK_WIDGET (self->heads));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_header_func (self->list, show_group, NULL, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "compare-rows");
  cc_tab_make_one_stop (GTK_WIDGET (self->list));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Fields of the records"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (down), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (down), LEAST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (down), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (down, TRUE);
  gtk_box_append (GTK_BOX (box), self->head);
  gtk_box_append (GTK_BOX (box), down);
  self->sideways = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->sideways, GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (self->sideways, box);
  gtk_widget_set_parent (GTK_WIDGET (self->sideways), GTK_WIDGET (self));
}

CcCompareView *
cc_compare_view_new (void)
{
  return g_object_new (CC_TYPE_COMPARE_VIEW, NULL);
}

/* Marks for the eye that does not see colours: bold and underlined. Arabic letters join, and a
 * change of weight would part them: there the line alone has to do. */
static PangoAttrList *
make_marks (const CcCompareCell *cell, guint offset)
{
  PangoAttrList *marks = pango_attr_list_new ();

  for (guint i = 0; i < cell->spans->len; i++)
    {
      const CcLetterSpan *span = &g_array_index (cell->spans, CcLetterSpan, i);
      const gboolean      joins = g_unichar_get_script (g_utf8_get_char (cell->text + span->start))
                             == G_UNICODE_SCRIPT_ARABIC;
      PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);
      PangoAttribute *weight =
          pango_attr_weight_new (joins ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_BOLD);

      line->start_index = weight->start_index = span->start + offset;
      line->end_index = weight->end_index = span->end + offset;
      pango_attr_list_insert (marks, line);
      if (joins)
        pango_attribute_destroy (weight);
      else
        pango_attr_list_insert (marks, weight);
    }
  return marks;
}

static GtkLabel *
create_text (const char *text, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (label, LEAST_CHARS);
  gtk_label_set_max_width_chars (label, LEAST_CHARS);
  gtk_widget_set_valign (GTK_WIDGET (label), GTK_ALIGN_START);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

/* taken: 1 the value counts, 0 it does not, -1 nothing is said about that. */
static GtkWidget *
create_cell (CcSession *session, const CcCompareCell *cell, int taken)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = cc_review_describe_cell (session, cell);
  g_autofree char *reading = cc_review_describe_reading (session, cell);
  GtkLabel        *label;

  if (text == NULL)
    {
      gtk_box_append (GTK_BOX (box),
                      GTK_WIDGET (
                          create_text (cc_review_get_no_value_word (cell->no_value), "dim-label")));
      return box;
    }
  if (taken == 1)
    {
      g_autofree char *marked = g_strdup_printf ("✓ %s", text);

      label = create_text (marked, NULL);
      cc_tip_set_text (GTK_WIDGET (label), _ ("This value counts"));
    }
  else
    {
      const char    *found = strstr (text, cell->text);
      PangoAttrList *marks = make_marks (cell, found != NULL ? (guint) (found - text) : 0);

      label = create_text (text, taken == 0 ? "dim-label" : NULL);
      gtk_label_set_attributes (label, marks);
      pango_attr_list_unref (marks);
    }
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  if (reading != NULL)
    {
      GtkLabel *below = create_text (reading, "caption");

      gtk_widget_add_css_class (GTK_WIDGET (below), "dim-label");
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (below));
    }
  return box;
}

static GtkWidget *
create_name (const char *name, const char *below, const char *css_class)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkLabel  *label = create_text (name, NULL);
  GtkLabel  *state = create_text (below, "caption");

  gtk_widget_set_margin_end (GTK_WIDGET (label), 9);
  gtk_widget_set_valign (GTK_WIDGET (state), GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (GTK_WIDGET (label), GTK_ALIGN_BASELINE);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (state), css_class);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (state));
  gtk_box_append (GTK_BOX (outer), box);
  adw_clamp_set_child (ADW_CLAMP (clamp), outer);
  gtk_widget_set_halign (clamp, GTK_ALIGN_START);
  return clamp;
}

/* Adds a row; returns the box of its values. */
static GtkWidget *
add_row (CcCompareView *self, CcCompareGroup group, GtkWidget *name, const char *spoken)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cells = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (cells), TRUE);
  gtk_widget_set_hexpand (cells, TRUE);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), cells);
  g_ptr_array_add (self->lines, line);
  g_ptr_array_add (self->names, name);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data (G_OBJECT (row), "group", GINT_TO_POINTER (group));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->list, row);
  return cells;
}

static const char *
get_state_class (CcCompareState state)
{
  switch (state)
    {
    case CC_COMPARE_CONTRADICTS:
      return "error";
    case CC_COMPARE_DIFFERS:
    case CC_COMPARE_SLIP:
      return "compare-differs";
    case CC_COMPARE_EQUAL:
      return NULL; /* the whole row is quiet */
    default:
      return "dim-label";
    }
}

static void
add_compare_row (CcCompareView *self, CcSession *session, const CcCompareRow *row)
{
  g_autofree char *spoken = cc_review_describe_row (session, row);
  g_autofree char *state = g_strdup_printf ("%s %s", cc_review_get_state_sign (row->state),
                                            cc_review_get_state_word (row->state));
  GtkWidget       *name = create_name (row->label, state, get_state_class (row->state));
  GtkWidget       *cells = add_row (self, row->group, name, spoken);

  if (row->state == CC_COMPARE_EQUAL)
    gtk_widget_add_css_class (gtk_widget_get_parent (cells), "compare-equal");
  for (guint i = 0; i < row->cells->len; i++)
    gtk_box_append (GTK_BOX (cells), create_cell (session, row->cells->pdata[i], -1));
}

static guint
count_said (const CcCompareRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->cells->len; i++)
    n += ((CcCompareCell *) row->cells->pdata[i])->text != NULL;
  return n;
}

/* A menu of the values that can be chosen instead of the rule's. */
static GtkWidget *
create_choice (const CcReviewPerson *person, const CcReviewField *field, guint index)
{
  GtkWidget       *button = gtk_menu_button_new ();
  g_autofree char *title = g_strdup_printf (_ ("Choose which value counts: %s"), field->row->label);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) by_rule = g_menu_item_new (_ ("As the Rule Says"), NULL);

  g_menu_item_set_action_and_target (by_rule, "compare.choose", "(ux)", index, (gint64) 0);
  g_menu_append_item (menu, by_rule);
  for (guint i = 0; i < field->row->cells->len; i++)
    {
      const CcCompareCell  *cell = field->row->cells->pdata[i];
      const CcReviewRecord *record = person->records->pdata[i];
      g_autofree char      *label = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (cell->text == NULL)
        continue;
      /* Translators: a value and the agency that states it. */
      label = g_strdup_printf (_ ("%s (%s)"), cell->text, record->entity_name);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "compare.choose", "(ux)", index, record->id);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-edit-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  cc_tip_set_text (button, title);
  cc_compare_name_menu_button (button, title);
  return button;
}

static void
add_person_row (CcCompareView *self, CcSession *session, const CcReviewPerson *person, guint index)
{
  const CcReviewField *field = person->fields->pdata[index];
  const char          *rule =
      field->choice != 0 ? _ ("Chosen by hand.") : cc_review_get_rule_sentence (field->rule);
  g_autofree char *row = cc_review_describe_row (session, field->row);
  g_autofree char *spoken = g_strdup_printf ("%s. %s", row, rule);
  GtkWidget       *name = create_name (field->row->label, rule, "dim-label");
  GtkWidget       *cells = add_row (self, field->row->group, name, spoken);
  const gboolean   counted = *field->rule != '\0' || field->choice != 0;

  for (guint i = 0; i < field->row->cells->len; i++)
    gtk_box_append (GTK_BOX (cells), create_cell (session, field->row->cells->pdata[i],
                                                  counted ? (field->taken[i] ? 1 : 0) : -1));
  if (field->choosable && count_said (field->row) > 1)
    gtk_box_append (GTK_BOX (adw_clamp_get_child (ADW_CLAMP (name))),
                    create_choice (person, field, index));
}

void
cc_compare_view_clear (CcCompareView *self)
{
  GtkWidget *child;

  g_return_if_fail (CC_IS_COMPARE_VIEW (self));
  g_ptr_array_set_size (self->lines, 0);
  g_ptr_array_set_size (self->names, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->heads))) != NULL)
    gtk_box_remove (self->heads, child);
  while ((child = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, child);
  self->n_columns = 0;
  self->selected = -1;
}

static void
add_heads (CcCompareView *self, CcSession *session, GPtrArray *records, gboolean one_person)
{
  self->n_columns = records->len;
  for (guint i = 0; i < records->len; i++)
    gtk_box_append (self->heads, cc_compare_create_head (session, records, i, one_person));
}

static void
show_from_top (CcCompareView *self)
{
  GtkWidget     *down = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (down));

  gtk_adjustment_set_value (adjustment, 0);
  apply_width (self);
}

void
cc_compare_view_set_records (CcCompareView *self,
                             CcSession     *session,
                             GPtrArray     *records,
                             GPtrArray     *rows)
{
  const gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  g_return_if_fail (CC_IS_COMPARE_VIEW (self) && session != NULL);
  cc_compare_view_clear (self);
  add_heads (self, session, records, FALSE);
  for (guint i = 0; i < rows->len; i++)
    add_compare_row (self, session, rows->pdata[i]);
  show_from_top (self);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
cc_compare_view_set_person (CcCompareView *self, CcSession *session, const CcReviewPerson *person)
{
  g_return_if_fail (CC_IS_COMPARE_VIEW (self) && session != NULL);
  cc_compare_view_clear (self);
  add_heads (self, session, person->records, TRUE);
  for (guint i = 0; i < person->fields->len; i++)
    add_person_row (self, session, person, i);
  show_from_top (self);
}

void
cc_compare_view_set_selected (CcCompareView *self, int column)
{
  int i = 0;

  g_return_if_fail (CC_IS_COMPARE_VIEW (self));
  self->selected = column >= 0 && column < (int) self->n_columns ? column : -1;
  for (GtkWidget *head = gtk_widget_get_first_child (GTK_WIDGET (self->heads)); head != NULL;
       head = gtk_widget_get_next_sibling (head), i++)
    cc_compare_mark_head (head, i == self->selected);
}

int
cc_compare_view_get_selected (CcCompareView *self)
{
  g_return_val_if_fail (CC_IS_COMPARE_VIEW (self), -1);
  return self->selected;
}

guint
cc_compare_view_get_n_rows (CcCompareView *self)
{
  g_return_val_if_fail (CC_IS_COMPARE_VIEW (self), 0);
  return self->lines->len;
}
