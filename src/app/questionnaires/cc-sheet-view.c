/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sheet-view.h"

#include "cc-sheet-cell.h"
#include "cc-sheet-plan.h"
#include "cc-sheet-words.h"

#include <cc/model/cc-texts.h>

#define N_KINDS (CC_ANSWER_BOX_TYPED + 1)
#define NONE    G_MAXUINT
/* Cells just outside the view exist, so that a step of the scroll wheel shows no hole. */
#define MARGIN 120

struct _CcSheetView
{
  GtkWidget parent_instance;

  GtkAdjustment       *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy  policies[2];
  CcAnswerBook        *book;
  const CcAnswerSheet *sheet;
  CcSheetPlan         *plan;
  CcSheetCell         *rulers[N_KINDS]; /* never shown; measure text */
  GPtrArray           *pools[N_KINDS];  /* cells to use again */
  CcSheetCell        **cells;           /* by part; NULL where it is out of view */
  guint                present;         /* part */
  guint                goal;            /* part to show as soon as there is a size */
  gboolean             show_ranges;
  gboolean             at_start; /* scrolled sideways to the start as soon as there is a size */
};

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  OPEN_CELL,
  EDIT_CELL,
  CELL_MENU,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (CcSheetView,
                               cc_sheet_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static gboolean
is_rtl (CcSheetView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static const CcAnswerPart *
get_part (CcSheetView *self, guint index)
{
  return self->sheet->parts->pdata[index];
}

static CcSheetCell *
get_ruler (CcSheetView *self, CcAnswerKind kind)
{
  if (self->rulers[kind] == NULL)
    {
      self->rulers[kind] = cc_sheet_cell_new (kind);
      gtk_widget_set_parent (GTK_WIDGET (self->rulers[kind]), GTK_WIDGET (self));
      gtk_widget_set_child_visible (GTK_WIDGET (self->rulers[kind]), FALSE);
      gtk_widget_set_can_focus (GTK_WIDGET (self->rulers[kind]), FALSE);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->rulers[kind]), GTK_ACCESSIBLE_STATE_HIDDEN,
                                   TRUE, -1);
    }
  return self->rulers[kind];
}

static int
measure_width (double characters, gpointer user_data)
{
  return cc_sheet_cell_measure_width (get_ruler (user_data, CC_ANSWER_LABEL), characters);
}

static int
measure_height (const CcAnswerPart *part, int width, gpointer user_data)
{
  CcSheetView     *self = user_data;
  CcSheetCell     *ruler = get_ruler (self, part->kind);
  g_autofree char *markup = cc_sheet_words_markup (self->book, part, self->show_ranges);

  cc_sheet_cell_set (ruler, markup, part->total, FALSE);
  return cc_sheet_cell_measure_height (ruler, width);
}

static void
drop_plan (CcSheetView *self)
{
  g_clear_pointer (&self->plan, cc_sheet_plan_free);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
bind_cell (CcSheetView *self, guint index)
{
  const CcAnswerPart *part = get_part (self, index);
  CcSheetCell        *cell = self->cells[index];
  g_autofree char    *markup = cc_sheet_words_markup (self->book, part, self->show_ranges);
  g_autofree char    *spoken = cc_sheet_words_spoken (self->book, part);

  cc_sheet_cell_set (cell, markup, part->total, cc_sheet_words_is_typed (part));
  g_object_set_data (G_OBJECT (cell), "index", GUINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static CcSheetCell *
show_cell (CcSheetView *self, guint index)
{
  const CcAnswerKind kind = get_part (self, index)->kind;
  GPtrArray         *pool = self->pools[kind];

  if (self->cells[index] != NULL)
    return self->cells[index];
  if (pool->len > 0)
    self->cells[index] = g_ptr_array_steal_index_fast (pool, pool->len - 1);
  else
    {
      self->cells[index] = cc_sheet_cell_new (kind);
      gtk_widget_set_parent (GTK_WIDGET (self->cells[index]), GTK_WIDGET (self));
    }
  gtk_widget_set_child_visible (GTK_WIDGET (self->cells[index]), TRUE);
  bind_cell (self, index);
  return self->cells[index];
}

static void
hide_cell (CcSheetView *self, guint index)
{
  CcSheetCell *cell = g_steal_pointer (&self->cells[index]);

  if (cell == NULL)
    return;
  gtk_widget_set_child_visible (GTK_WIDGET (cell), FALSE);
  g_ptr_array_add (self->pools[cc_sheet_cell_get_kind (cell)], cell);
}

static void
hide_cells (CcSheetView *self)
{
  for (guint i = 0; self->sheet != NULL && i < self->sheet->parts->len; i++)
    hide_cell (self, i);
}

/* Pixels from the start of the sheet, whichever side that is. */
static int
get_scroll (CcSheetView *self, GtkOrientation orientation)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double         value;

  if (adjustment == NULL)
    return 0;
  value = gtk_adjustment_get_value (adjustment);
  if (orientation == GTK_ORIENTATION_HORIZONTAL && is_rtl (self))
    value =
        gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - value;
  return (int) value;
}

static void
set_scroll (CcSheetView *self, GtkOrientation orientation, double start)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  if (adjustment == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL && is_rtl (self))
    start =
        gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - start;
  gtk_adjustment_set_value (adjustment, start);
}

/* Where a part stands in the view. */
static void
place_part (CcSheetView *self, const CcAnswerPart *part, GtkAllocation *box)
{
  cc_sheet_plan_place (self->plan, part, &box->x, &box->y, &box->width, &box->height);
  if (part->kind == CC_ANSWER_HEADER)
    box->y +=
        cc_sheet_plan_stick (self->plan, part->line, get_scroll (self, GTK_ORIENTATION_VERTICAL));
  box->y -= get_scroll (self, GTK_ORIENTATION_VERTICAL);
  if (cc_sheet_plan_moves (self->plan, part))
    box->x -= get_scroll (self, GTK_ORIENTATION_HORIZONTAL);
  if (is_rtl (self))
    box->x = gtk_widget_get_width (GTK_WIDGET (self)) - box->x - box->width;
}

static gboolean
is_in_view (CcSheetView *self, const GtkAllocation *box)
{
  return box->y + box->height > -MARGIN
         && box->y < gtk_widget_get_height (GTK_WIDGET (self)) + MARGIN
         && box->x + box->width > -MARGIN
         && box->x < gtk_widget_get_width (GTK_WIDGET (self)) + MARGIN;
}

static void
allocate_cell (CcSheetView *self, guint index, const GtkAllocation *box)
{
  GtkWidget *cell = GTK_WIDGET (show_cell (self, index));
  int        unused;

  gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &unused, NULL, NULL, NULL);
  gtk_widget_size_allocate (cell, box, -1);
}

static void
allocate_cells (CcSheetView *self)
{
  const int          top = get_scroll (self, GTK_ORIENTATION_VERTICAL) - MARGIN;
  const int          bottom = top + gtk_widget_get_height (GTK_WIDGET (self)) + 2 * MARGIN;
  g_autofree guint8 *wanted = g_new0 (guint8, self->sheet->parts->len + 1);
  const guint        line = cc_sheet_plan_find_line (self->plan, MAX (top + MARGIN, 0));
  guint              first = cc_sheet_plan_first_part (self->plan, MAX (top, 0));
  GtkAllocation      box;

  /* Headings above the view stay at its top while their table is in view. */
  if (self->plan->header[line] < self->sheet->n_lines)
    for (guint i = self->sheet->first[self->plan->header[line]];
         i < first && get_part (self, i)->kind == CC_ANSWER_HEADER; i++)
      wanted[i] = TRUE;
  for (guint i = first; i < self->sheet->parts->len; i++)
    {
      const CcAnswerPart *part = get_part (self, i);

      if (self->plan->y[part->line] > bottom)
        break;
      place_part (self, part, &box);
      wanted[i] = is_in_view (self, &box);
    }
  if (self->present != NONE && gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    wanted[self->present] = TRUE;
  for (guint i = 0; i < self->sheet->parts->len; i++)
    if (!wanted[i])
      hide_cell (self, i);
  for (guint i = 0; i < self->sheet->parts->len; i++)
    if (wanted[i])
      {
        place_part (self, get_part (self, i), &box);
        allocate_cell (self, i, &box);
      }
}

static void
configure (CcSheetView *self, GtkOrientation orientation, int whole, int page)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  if (adjustment == NULL)
    return;
  gtk_adjustment_configure (adjustment, gtk_adjustment_get_value (adjustment), 0, MAX (whole, page),
                            page * 0.1, page * 0.9, page);
}

/* The table of a figure begins in view, so that the figure is seen with its title and headings. */
static const CcAnswerPart *
find_title (CcSheetView *self, const CcAnswerPart *part)
{
  for (guint i = 0; i < self->sheet->titles->len; i++)
    {
      const CcAnswerPart *title = self->sheet->titles->pdata[i];

      if (title->result == part->result)
        return title;
    }
  return part;
}

static void
show_at_top (CcSheetView *self, const CcAnswerPart *part)
{
  const CcAnswerPart *title = find_title (self, part);
  const int           page = gtk_widget_get_height (GTK_WIDGET (self));
  const int           top = self->plan->y[title->line];

  set_scroll (self, GTK_ORIENTATION_VERTICAL, top);
  if (self->plan->y[part->line + 1] - top > page)
    set_scroll (self, GTK_ORIENTATION_VERTICAL, self->plan->y[part->line + 1] - page);
}

static void
cc_sheet_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CcSheetView *self = CC_SHEET_VIEW (widget);

  if (self->sheet == NULL)
    return;
  if (self->plan != NULL && self->plan->width != width)
    g_clear_pointer (&self->plan, cc_sheet_plan_free);
  if (self->plan == NULL)
    self->plan = cc_sheet_plan_new (self->sheet, width, measure_width, measure_height, self);
  configure (self, GTK_ORIENTATION_HORIZONTAL, cc_sheet_plan_get_width (self->plan), width);
  configure (self, GTK_ORIENTATION_VERTICAL, cc_sheet_plan_get_height (self->plan), height);
  if (self->at_start)
    {
      self->at_start = FALSE;
      set_scroll (self, GTK_ORIENTATION_HORIZONTAL, 0);
      set_scroll (self, GTK_ORIENTATION_VERTICAL, 0);
    }
  if (self->goal != NONE)
    {
      show_at_top (self, get_part (self, self->goal));
      self->goal = NONE;
    }
  allocate_cells (self);
}

static void
cc_sheet_view_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  CcSheetView *self = CC_SHEET_VIEW (widget);

  *minimum = 0;
  *natural = self->plan == NULL                          ? 0
             : orientation == GTK_ORIENTATION_HORIZONTAL ? cc_sheet_plan_get_width (self->plan)
                                                         : cc_sheet_plan_get_height (self->plan);
}

/* What stays in place is painted over what moves below it. */
static guint
layer_of (CcSheetView *self, const CcAnswerPart *part)
{
  return (part->kind == CC_ANSWER_HEADER ? 2 : 0)
         + (cc_sheet_plan_moves (self->plan, part) ? 0 : 1);
}

static void
cc_sheet_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CcSheetView *self = CC_SHEET_VIEW (widget);

  if (self->plan == NULL)
    return;
  for (guint layer = 0; layer < 4; layer++)
    for (guint i = 0; i < self->sheet->parts->len; i++)
      if (self->cells[i] != NULL && layer_of (self, get_part (self, i)) == layer)
        gtk_widget_snapshot_child (widget, GTK_WIDGET (self->cells[i]), snapshot);
}

static void
on_scrolled (CcSheetView *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_adjustment (CcSheetView *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment *old = self->adjustments[orientation];

  if (old == adjustment)
    return;
  if (old != NULL)
    g_signal_handlers_disconnect_by_func (old, on_scrolled, self);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment != NULL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
cc_sheet_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  CcSheetView *self = CC_SHEET_VIEW (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
cc_sheet_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  CcSheetView *self = CC_SHEET_VIEW (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

/* Scrolls by no more than it takes. */
static void
scroll_to (CcSheetView *self, const CcAnswerPart *part)
{
  GtkAllocation box;
  const int     labels = self->plan->frozen ? self->plan->x[self->sheet->n_labels] : 0;
  const int     header = cc_sheet_plan_header_height (self->plan, part->line);
  int           x, y;

  cc_sheet_plan_place (self->plan, part, &box.x, &box.y, &box.width, &box.height);
  y = get_scroll (self, GTK_ORIENTATION_VERTICAL);
  x = get_scroll (self, GTK_ORIENTATION_HORIZONTAL);
  if (box.y - header < y)
    set_scroll (self, GTK_ORIENTATION_VERTICAL, box.y - header);
  else if (box.y + box.height > y + gtk_widget_get_height (GTK_WIDGET (self)))
    set_scroll (self, GTK_ORIENTATION_VERTICAL,
                box.y + box.height - gtk_widget_get_height (GTK_WIDGET (self)));
  if (!cc_sheet_plan_moves (self->plan, part))
    return;
  if (box.x - labels < x)
    set_scroll (self, GTK_ORIENTATION_HORIZONTAL, box.x - labels);
  else if (box.x + box.width > x + gtk_widget_get_width (GTK_WIDGET (self)))
    set_scroll (self, GTK_ORIENTATION_HORIZONTAL,
                box.x + box.width - gtk_widget_get_width (GTK_WIDGET (self)));
}

static gboolean
focus_part (CcSheetView *self, guint index)
{
  GtkAllocation box;

  if (self->plan == NULL)
    return FALSE;
  self->present = index;
  scroll_to (self, get_part (self, index));
  place_part (self, get_part (self, index), &box);
  allocate_cell (self, index, &box);
  return gtk_widget_grab_focus (GTK_WIDGET (self->cells[index]));
}

/* Tab goes to the present cell, and from it on to what follows the sheet. */
static gboolean
cc_sheet_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CcSheetView *self = CC_SHEET_VIEW (widget);

  if (gtk_widget_get_focus_child (widget) != NULL || self->sheet == NULL || self->present == NONE)
    return FALSE;
  return focus_part (self, self->present);
}

static gboolean
cc_sheet_view_grab_focus (GtkWidget *widget)
{
  CcSheetView *self = CC_SHEET_VIEW (widget);

  return self->sheet != NULL && self->present != NONE && focus_part (self, self->present);
}

static gboolean
move_by_page (CcSheetView *self, int direction)
{
  const CcAnswerPart *part = get_part (self, self->present);
  const int           page = gtk_widget_get_height (GTK_WIDGET (self));
  const int           goal = self->plan->y[part->line] + direction * page;
  guint               at = self->present;

  for (;;)
    {
      const guint next =
          cc_sheet_move (self->sheet, at, direction < 0 ? CC_SHEET_UP : CC_SHEET_DOWN);
      const int y = self->plan->y[get_part (self, next)->line];

      if (next == at || (direction < 0 ? y < goal : y > goal))
        break;
      at = next;
    }
  return focus_part (self, at);
}

static gboolean
on_key_pressed (CcSheetView *self, guint key, guint code, GdkModifierType state)
{
  const gboolean rtl = is_rtl (self);
  const gboolean control = (state & GDK_CONTROL_MASK) != 0;
  CcSheetMove    move;

  if (self->sheet == NULL || self->plan == NULL || self->present == NONE
      || (state & GDK_ALT_MASK) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move = CC_SHEET_UP;
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move = CC_SHEET_DOWN;
      break;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move = rtl ? CC_SHEET_FORWARD : CC_SHEET_BACKWARD;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move = rtl ? CC_SHEET_BACKWARD : CC_SHEET_FORWARD;
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move = control ? CC_SHEET_FIRST : CC_SHEET_LINE_START;
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move = control ? CC_SHEET_LAST : CC_SHEET_LINE_END;
      break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return !control && move_by_page (self, -1);
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return !control && move_by_page (self, 1);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      g_signal_emit (self, signals[OPEN_CELL], 0);
      return TRUE;
    case GDK_KEY_F2:
      g_signal_emit (self, signals[EDIT_CELL], 0);
      return TRUE;
    case GDK_KEY_Menu:
      g_signal_emit (self, signals[CELL_MENU], 0);
      return TRUE;
    case GDK_KEY_F10:
      if ((state & GDK_SHIFT_MASK) == 0)
        return FALSE;
      g_signal_emit (self, signals[CELL_MENU], 0);
      return TRUE;
    default:
      return FALSE;
    }
  focus_part (self, cc_sheet_move (self->sheet, self->present, move));
  return TRUE;
}

static CcSheetCell *
pick_cell (CcSheetView *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return widget != NULL && CC_IS_SHEET_CELL (widget) ? CC_SHEET_CELL (widget) : NULL;
}

static void
on_pressed (CcSheetView *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  const guint  button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  CcSheetCell *cell = pick_cell (self, x, y);
  guint        index;

  if (cell == NULL)
    return;
  index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "index"));
  if (!cc_sheet_part_is_target (get_part (self, index)))
    return;
  focus_part (self, index);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (button == GDK_BUTTON_SECONDARY)
    g_signal_emit (self, signals[CELL_MENU], 0);
  else if (button == GDK_BUTTON_PRIMARY && n_press == 2)
    g_signal_emit (self, signals[OPEN_CELL], 0);
}

static gboolean
cc_sheet_view_query_tooltip (GtkWidget  *widget,
                             int         x,
                             int         y,
                             gboolean    keyboard,
                             GtkTooltip *tooltip)
{
  CcSheetView     *self = CC_SHEET_VIEW (widget);
  CcSheetCell     *cell = pick_cell (self, x, y);
  g_autofree char *text = NULL;

  if (cell == NULL || self->book == NULL)
    return FALSE;
  text =
      cc_sheet_words_tooltip (self->book,
                              get_part (self, GPOINTER_TO_UINT (
                                                  g_object_get_data (G_OBJECT (cell), "index"))));
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* Larger text and another direction need another plan. */
static void
cc_sheet_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cc_sheet_view_parent_class)->css_changed (widget, change);
  drop_plan (CC_SHEET_VIEW (widget));
}

static void
cc_sheet_view_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (cc_sheet_view_parent_class)->direction_changed (widget, previous);
  CC_SHEET_VIEW (widget)->at_start = TRUE;
  drop_plan (CC_SHEET_VIEW (widget));
}

static void
cc_sheet_view_dispose (GObject *object)
{
  CcSheetView *self = CC_SHEET_VIEW (object);
  GtkWidget   *child;

  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  self->sheet = NULL;
  g_clear_pointer (&self->plan, cc_sheet_plan_free);
  g_clear_pointer (&self->cells, g_free);
  for (guint i = 0; i < N_KINDS; i++)
    {
      g_clear_pointer (&self->pools[i], g_ptr_array_unref);
      self->rulers[i] = NULL;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->book, cc_answer_book_unref);
  G_OBJECT_CLASS (cc_sheet_view_parent_class)->dispose (object);
}

static void
cc_sheet_view_class_init (CcSheetViewClass *klass)
{
  static const char *const names[N_SIGNALS] = { "open-cell", "edit-cell", "cell-menu" };
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass          *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = cc_sheet_view_set_property;
  object_class->get_property = cc_sheet_view_get_property;
  object_class->dispose = cc_sheet_view_dispose;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  widget_class->measure = cc_sheet_view_measure;
  widget_class->size_allocate = cc_sheet_view_size_allocate;
  widget_class->snapshot = cc_sheet_view_snapshot;
  widget_class->focus = cc_sheet_view_focus;
  widget_class->grab_focus = cc_sheet_view_grab_focus;
  widget_class->query_tooltip = cc_sheet_view_query_tooltip;
  widget_class->css_changed = cc_sheet_view_css_changed;
  widget_class->direction_changed = cc_sheet_view_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "sheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
cc_sheet_view_init (CcSheetView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  self->present = self->goal = NONE;
  for (guint i = 0; i < N_KINDS; i++)
    self->pools[i] = g_ptr_array_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

CcSheetView *
cc_sheet_view_new (void)
{
  return g_object_new (CC_TYPE_SHEET_VIEW, NULL);
}

static guint
find_first (const CcAnswerSheet *sheet)
{
  for (guint i = 0; i < sheet->parts->len; i++)
    if (cc_sheet_part_is_target (sheet->parts->pdata[i]))
      return i;
  return NONE;
}

/**
 * Shows a sheet. The same sheet counted anew keeps its place.
 */
void
cc_sheet_view_set_sheet (CcSheetView *self, CcAnswerBook *book, guint sheet)
{
  const CcAnswerSheet *answer;
  gboolean             same, focused;

  g_return_if_fail (CC_IS_SHEET_VIEW (self) && book != NULL);
  answer = cc_answer_book_get_sheets (book)->pdata[sheet];
  same = self->sheet != NULL && self->sheet->definition == answer->definition
         && self->sheet->parts->len == answer->parts->len;
  focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  hide_cells (self);
  g_clear_pointer (&self->plan, cc_sheet_plan_free);
  g_free (self->cells);
  cc_answer_book_ref (book);
  g_clear_pointer (&self->book, cc_answer_book_unref);
  self->book = book;
  self->sheet = answer;
  self->cells = g_new0 (CcSheetCell *, answer->parts->len + 1);
  self->goal = NONE;
  if (!same)
    {
      self->present = find_first (answer);
      self->at_start = TRUE;
    }
  gtk_widget_set_direction (GTK_WIDGET (self), cc_texts_is_rtl (cc_answer_book_get_language (book))
                                                   ? GTK_TEXT_DIR_RTL
                                                   : GTK_TEXT_DIR_LTR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  answer->title, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (focused && self->present != NONE && gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    {
      self->plan = cc_sheet_plan_new (answer, gtk_widget_get_width (GTK_WIDGET (self)),
                                      measure_width, measure_height, self);
      focus_part (self, self->present);
    }
}

void
cc_sheet_view_set_show_ranges (CcSheetView *self, gboolean show_ranges)
{
  g_return_if_fail (CC_IS_SHEET_VIEW (self));
  if (self->show_ranges == !!show_ranges)
    return;
  self->show_ranges = !!show_ranges;
  for (guint i = 0; self->sheet != NULL && i < self->sheet->parts->len; i++)
    if (self->cells[i] != NULL)
      bind_cell (self, i);
  drop_plan (self);
}

const CcAnswerPart *
cc_sheet_view_get_part (CcSheetView *self)
{
  g_return_val_if_fail (CC_IS_SHEET_VIEW (self), NULL);
  return self->sheet != NULL && self->present != NONE ? get_part (self, self->present) : NULL;
}

gboolean
cc_sheet_view_get_place (CcSheetView *self, GdkRectangle *place)
{
  g_return_val_if_fail (CC_IS_SHEET_VIEW (self) && place != NULL, FALSE);
  if (self->plan == NULL || self->present == NONE)
    return FALSE;
  place_part (self, get_part (self, self->present), place);
  return TRUE;
}

void
cc_sheet_view_show_part (CcSheetView *self, const CcAnswerPart *part)
{
  guint index;

  g_return_if_fail (CC_IS_SHEET_VIEW (self) && part != NULL);
  if (self->sheet == NULL || !g_ptr_array_find (self->sheet->parts, part, &index))
    return;
  if (cc_sheet_part_is_target (part))
    self->present = index;
  self->goal = index;
  self->at_start = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
