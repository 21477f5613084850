/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sheet-view.h"

#include "cc-sheet-cell.h"
#include "cc-sheet-keys.h"
#include "cc-sheet-plan.h"
#include "cc-sheet-ruler.h"
#include "cc-sheet-scroll.h"
#include "cc-sheet-words.h"
#include "widgets/cc-tip.h"

#include <cc/model/cc-texts.h>

#define NONE G_MAXUINT
/* Cells just outside the view exist, so that a step of the scroll wheel shows no hole. */
#define MARGIN 120

struct _CcSheetView
{
  GtkWidget parent_instance;

  CcSheetScroll        scroll;
  CcAnswerBook        *book;
  const CcAnswerSheet *sheet;
  CcSheetPlan         *plan;
  CcSheetRuler         ruler;
  GPtrArray           *pools[CC_SHEET_N_KINDS]; /* cells to use again */
  CcSheetCell        **cells;                   /* by part; NULL where it is out of view */
  guint                present;                 /* part */
  guint                goal;                    /* part to show as soon as there is a size */
  gboolean             show_ranges;
  gboolean             at_start; /* scrolled sideways to the start as soon as there is a size */
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

static void
make_plan (CcSheetView *self, int width)
{
  self->plan =
      cc_sheet_ruler_make_plan (&self->ruler, self->book, self->sheet, width, self->show_ranges);
}

/* Another style dropped it and the keys come before the next frame: they must not be lost. */
static gboolean
ensure_plan (CcSheetView *self)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->plan == NULL && self->sheet != NULL && width > 0)
    make_plan (self, width);
  return self->plan != NULL;
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

static int
get_scroll (CcSheetView *self, GtkOrientation orientation)
{
  return cc_sheet_scroll_get (&self->scroll, GTK_WIDGET (self), orientation);
}

static void
set_scroll (CcSheetView *self, GtkOrientation orientation, double start)
{
  cc_sheet_scroll_set (&self->scroll, GTK_WIDGET (self), orientation, start);
}

/* Where a part stands in the view. */
static void
place_part (CcSheetView *self, const CcAnswerPart *part, GtkAllocation *box)
{
  cc_sheet_plan_place_in_view (self->plan, part, get_scroll (self, GTK_ORIENTATION_HORIZONTAL),
                               get_scroll (self, GTK_ORIENTATION_VERTICAL), box);
  if (is_rtl (self))
    box->x = gtk_widget_get_width (GTK_WIDGET (self)) - box->x - box->width;
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
  const GdkRectangle view = { get_scroll (self, GTK_ORIENTATION_HORIZONTAL),
                              get_scroll (self, GTK_ORIENTATION_VERTICAL),
                              gtk_widget_get_width (GTK_WIDGET (self)),
                              gtk_widget_get_height (GTK_WIDGET (self)) };
  g_autofree guint8 *wanted = cc_sheet_plan_find_visible (self->plan, &view, MARGIN);
  GtkAllocation      box;

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
cc_sheet_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CcSheetView *self = CC_SHEET_VIEW (widget);

  if (self->sheet == NULL)
    return;
  if (self->plan != NULL && self->plan->width != width)
    g_clear_pointer (&self->plan, cc_sheet_plan_free);
  if (self->plan == NULL)
    make_plan (self, width);
  cc_sheet_scroll_configure (&self->scroll, GTK_ORIENTATION_HORIZONTAL,
                             cc_sheet_plan_get_width (self->plan), width);
  cc_sheet_scroll_configure (&self->scroll, GTK_ORIENTATION_VERTICAL,
                             cc_sheet_plan_get_height (self->plan), height);
  if (self->at_start)
    {
      self->at_start = FALSE;
      set_scroll (self, GTK_ORIENTATION_HORIZONTAL, 0);
      set_scroll (self, GTK_ORIENTATION_VERTICAL, 0);
    }
  if (self->goal != NONE)
    {
      set_scroll (self, GTK_ORIENTATION_VERTICAL,
                  cc_sheet_plan_find_top (self->plan, get_part (self, self->goal), height));
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
cc_sheet_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  CcSheetView *self = CC_SHEET_VIEW (object);

  if (!cc_sheet_scroll_set_property (&self->scroll, GTK_WIDGET (self), id, value,
                                     G_CALLBACK (on_scrolled)))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
cc_sheet_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (!cc_sheet_scroll_get_property (&CC_SHEET_VIEW (object)->scroll, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
scroll_to (CcSheetView *self, const CcAnswerPart *part)
{
  GtkWidget    *widget = GTK_WIDGET (self);
  const int     labels = self->plan->frozen ? self->plan->x[self->sheet->n_labels] : 0;
  const int     header = cc_sheet_plan_header_height (self->plan, part->line);
  GtkAllocation box;

  cc_sheet_plan_place (self->plan, part, &box.x, &box.y, &box.width, &box.height);
  cc_sheet_scroll_show (&self->scroll, widget, GTK_ORIENTATION_VERTICAL, box.y - header,
                        box.y + box.height, gtk_widget_get_height (widget));
  if (cc_sheet_plan_moves (self->plan, part))
    cc_sheet_scroll_show (&self->scroll, widget, GTK_ORIENTATION_HORIZONTAL, box.x - labels,
                          box.x + box.width, gtk_widget_get_width (widget));
}

static gboolean
focus_part (CcSheetView *self, guint index)
{
  GtkAllocation box;

  if (!ensure_plan (self))
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
on_key_pressed (CcSheetView *self, guint key, guint code, GdkModifierType state)
{
  const int   page = gtk_widget_get_height (GTK_WIDGET (self));
  CcSheetMove move = CC_SHEET_UP;

  if (self->present == NONE || !ensure_plan (self))
    return FALSE;
  switch (cc_sheet_key_find (key, state, is_rtl (self), &move))
    {
    case CC_SHEET_KEY_MOVE:
      focus_part (self, cc_sheet_move (self->sheet, self->present, move));
      return TRUE;
    case CC_SHEET_KEY_PAGE_UP:
      focus_part (self, cc_sheet_plan_move_page (self->plan, self->present, CC_SHEET_UP, page));
      return TRUE;
    case CC_SHEET_KEY_PAGE_DOWN:
      focus_part (self, cc_sheet_plan_move_page (self->plan, self->present, CC_SHEET_DOWN, page));
      return TRUE;
    case CC_SHEET_KEY_OPEN:
      g_signal_emit (self, signals[OPEN_CELL], 0);
      return TRUE;
    case CC_SHEET_KEY_EDIT:
      g_signal_emit (self, signals[EDIT_CELL], 0);
      return TRUE;
    case CC_SHEET_KEY_MENU:
      g_signal_emit (self, signals[CELL_MENU], 0);
      return TRUE;
    case CC_SHEET_KEY_NONE:
    default:
      return FALSE;
    }
}

/* The part below the pointer, NONE where there is none. */
static guint
pick_part (CcSheetView *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (widget == NULL || !CC_IS_SHEET_CELL (widget))
    return NONE;
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "index"));
}

static void
on_pressed (CcSheetView *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  const guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  const guint index = pick_part (self, x, y);

  if (index == NONE || !cc_sheet_part_is_target (get_part (self, index)))
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
  const guint      index = keyboard ? self->present : pick_part (self, x, y);
  g_autofree char *text = NULL;

  if (index != NONE && !cc_tip_is_blocked (widget))
    text = cc_sheet_words_tooltip (self->book, get_part (self, index));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
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

  for (guint i = 0; i < 2; i++)
    cc_sheet_scroll_set_adjustment (&self->scroll, GTK_WIDGET (self), (GtkOrientation) i, NULL,
                                    NULL);
  self->sheet = NULL;
  g_clear_pointer (&self->plan, cc_sheet_plan_free);
  g_clear_pointer (&self->cells, g_free);
  for (guint i = 0; i < CC_SHEET_N_KINDS; i++)
    g_clear_pointer (&self->pools[i], g_ptr_array_unref);
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
  g_object_class_override_property (object_class, CC_SHEET_SCROLL_PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, CC_SHEET_SCROLL_PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, CC_SHEET_SCROLL_PROP_HSCROLL_POLICY,
                                    "hscroll-policy");
  g_object_class_override_property (object_class, CC_SHEET_SCROLL_PROP_VSCROLL_POLICY,
                                    "vscroll-policy");
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
  for (guint i = 0; i < CC_SHEET_N_KINDS; i++)
    self->pools[i] = g_ptr_array_new ();
  cc_sheet_ruler_add (&self->ruler, GTK_WIDGET (self));
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
  for (guint i = 0; self->sheet != NULL && i < self->sheet->parts->len; i++)
    hide_cell (self, i);
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
      self->present = cc_sheet_find_first (answer);
      self->at_start = TRUE;
    }
  gtk_widget_set_direction (GTK_WIDGET (self), cc_texts_is_rtl (cc_answer_book_get_language (book))
                                                   ? GTK_TEXT_DIR_RTL
                                                   : GTK_TEXT_DIR_LTR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  answer->title, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (focused && self->present != NONE)
    focus_part (self, self->present);
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

/* What is shown beside the cell has no place where the cell is far out of view. */
gboolean
cc_sheet_view_get_place (CcSheetView *self, GtkWidget *around, GdkRectangle *place)
{
  double x, y;

  g_return_val_if_fail (CC_IS_SHEET_VIEW (self) && GTK_IS_WIDGET (around) && place != NULL, FALSE);
  if (self->present == NONE || !ensure_plan (self))
    return FALSE;
  scroll_to (self, get_part (self, self->present));
  place_part (self, get_part (self, self->present), place);
  if (!gtk_widget_translate_coordinates (GTK_WIDGET (self), around, place->x, place->y, &x, &y))
    return FALSE;
  place->x = (int) x;
  place->y = (int) y;
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
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
