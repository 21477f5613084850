/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sheet-plan.h"

/* Room at the edges of the sheet. */
#define EDGE 18
/* An empty line between tables, and the least height of one that holds something. */
#define GAP_HEIGHT   14
#define LEAST_HEIGHT 26
/* Labels stay in place only where they leave this share of the view to figures. */
#define FROZEN_SHARE 0.6
/* What they take of a narrow view, and the least width of one of them in characters. */
#define LABEL_SHARE 0.4
#define LEAST_LABEL 10.0

static gboolean
is_wide (const CcAnswerPart *part)
{
  switch (part->kind)
    {
    case CC_ANSWER_SHEET_TITLE:
    case CC_ANSWER_STATEMENT:
    case CC_ANSWER_TITLE:
    case CC_ANSWER_SUBTITLE:
    case CC_ANSWER_BAND:
    case CC_ANSWER_BOX_LABEL:
    case CC_ANSWER_BOX_STATED:
    case CC_ANSWER_BOX_TYPED:
      return TRUE;
    case CC_ANSWER_HEADER:
    case CC_ANSWER_LABEL:
    case CC_ANSWER_FIGURE:
    case CC_ANSWER_NOTE_LABEL:
    case CC_ANSWER_NOTE_FIGURE:
    default:
      return FALSE;
    }
}

static gboolean
is_box (const CcAnswerPart *part)
{
  return part->kind == CC_ANSWER_BOX_STATED || part->kind == CC_ANSWER_BOX_TYPED;
}

/* The label of a box takes at most this much of a narrow view. */
static int
box_label_width (const CcSheetPlan *self)
{
  return MIN (self->x[1] - EDGE, self->width * 2 / 5);
}

static void
span_x (const CcSheetPlan *self, const CcAnswerPart *part, int *x, int *width)
{
  const int whole = MIN (self->x[self->sheet->n_columns], self->width - EDGE);

  if (part->kind == CC_ANSWER_BOX_LABEL)
    {
      *x = EDGE;
      *width = box_label_width (self);
    }
  else if (is_box (part))
    {
      *x = EDGE + box_label_width (self);
      *width = whole - *x;
    }
  else if (is_wide (part))
    {
      *x = EDGE;
      *width = MIN (whole, self->x[part->column + part->n_columns]) - EDGE;
    }
  else
    {
      *x = self->x[part->column];
      *width = self->x[part->column + part->n_columns] - *x;
    }
}

static void
plan_lines (CcSheetPlan *self, CcSheetHeightFunc measure, gpointer user_data)
{
  const CcAnswerSheet *sheet = self->sheet;
  g_autofree int      *heights = g_new0 (int, sheet->n_lines + 1);

  for (guint i = 0; i < sheet->parts->len; i++)
    {
      const CcAnswerPart *part = sheet->parts->pdata[i];
      int                 x, width;

      self->tallest = MAX (self->tallest, part->n_lines);
      if (part->n_lines > 1)
        {
          for (guint line = 0; line < part->n_lines; line++)
            heights[part->line + line] = MAX (heights[part->line + line], LEAST_HEIGHT);
          continue;
        }
      span_x (self, part, &x, &width);
      heights[part->line] =
          MAX (heights[part->line], MAX (measure (part, width, user_data), LEAST_HEIGHT));
    }
  /* What spans lines and finds too little room makes the last of them taller. */
  for (guint i = 0; i < sheet->parts->len; i++)
    {
      const CcAnswerPart *part = sheet->parts->pdata[i];
      const guint         last = part->line + part->n_lines - 1;
      int                 x, width, room = 0, need;

      if (part->n_lines == 1)
        continue;
      span_x (self, part, &x, &width);
      for (guint line = part->line; line <= last; line++)
        room += heights[line];
      need = measure (part, width, user_data);
      heights[last] += MAX (need - room, 0);
    }
  for (guint line = 0; line < sheet->n_lines; line++)
    self->y[line + 1] = self->y[line] + (heights[line] > 0 ? heights[line] : GAP_HEIGHT);
}

/* Labels give way in a narrow view, down to what still reads as words. */
static void
plan_columns (CcSheetPlan *self, CcSheetWidthFunc measure, gpointer user_data)
{
  const CcAnswerSheet *sheet = self->sheet;
  const int            room = (int) (self->width * LABEL_SHARE);
  int                  labels = 0;

  for (guint i = 0; i < sheet->n_labels; i++)
    labels += measure (sheet->widths[i], user_data);
  self->x[0] = EDGE;
  for (guint i = 0; i < sheet->n_columns; i++)
    {
      int width = measure (sheet->widths[i], user_data);

      if (i < sheet->n_labels && labels > room)
        width = MAX (width * room / labels, measure (LEAST_LABEL, user_data));
      self->x[i + 1] = self->x[i] + width;
    }
  self->frozen = self->x[sheet->n_labels] <= self->width * FROZEN_SHARE;
}

static gboolean
has_kind (const CcAnswerSheet *sheet, guint line, CcAnswerKind kind)
{
  for (guint i = sheet->first[line]; i < sheet->first[line + 1]; i++)
    if (((const CcAnswerPart *) sheet->parts->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

static gboolean
is_under_header (const CcAnswerSheet *sheet, guint line)
{
  return has_kind (sheet, line, CC_ANSWER_FIGURE) || has_kind (sheet, line, CC_ANSWER_BAND)
         || has_kind (sheet, line, CC_ANSWER_NOTE_FIGURE);
}

/* Headings come first; what follows without a gap belongs to them. */
static void
plan_headers (CcSheetPlan *self)
{
  const CcAnswerSheet *sheet = self->sheet;
  guint                header = sheet->n_lines;

  for (guint line = 0; line < sheet->n_lines; line++)
    {
      if (has_kind (sheet, line, CC_ANSWER_HEADER))
        {
          if (header == sheet->n_lines || self->end[header] != line
              || is_under_header (sheet, line - 1))
            header = line;
        }
      else if (!is_under_header (sheet, line))
        header = sheet->n_lines;
      self->header[line] = header;
      if (header < sheet->n_lines)
        self->end[header] = line + 1;
    }
}

int
cc_sheet_plan_header_height (const CcSheetPlan *self, guint line)
{
  const guint header = self->header[line];
  guint       last = header;

  if (header >= self->sheet->n_lines)
    return 0;
  while (last < self->end[header] && !is_under_header (self->sheet, last))
    last++;
  return self->y[last] - self->y[header];
}

int
cc_sheet_plan_stick (const CcSheetPlan *self, guint line, int y)
{
  const guint header = self->header[line];
  int         most;

  if (header >= self->sheet->n_lines)
    return 0;
  most = self->y[self->end[header]] - self->y[header] - cc_sheet_plan_header_height (self, line);
  return CLAMP (y - self->y[header], 0, most);
}

/**
 * Returns: (transfer full): the plan for a view of that width; the sheet must outlive it
 */
CcSheetPlan *
cc_sheet_plan_new (const CcAnswerSheet *sheet,
                   int                  width,
                   CcSheetWidthFunc     measure_width,
                   CcSheetHeightFunc    measure_height,
                   gpointer             user_data)
{
  CcSheetPlan *self = g_new0 (CcSheetPlan, 1);

  g_return_val_if_fail (sheet != NULL && measure_width != NULL && measure_height != NULL, NULL);
  self->sheet = sheet;
  self->width = width;
  self->x = g_new0 (int, sheet->n_columns + 1);
  self->y = g_new0 (int, sheet->n_lines + 1);
  self->y[0] = EDGE / 2;
  plan_columns (self, measure_width, user_data);
  plan_lines (self, measure_height, user_data);
  self->header = g_new0 (guint, sheet->n_lines + 1);
  self->end = g_new0 (guint, sheet->n_lines + 1);
  plan_headers (self);
  return self;
}

void
cc_sheet_plan_free (CcSheetPlan *self)
{
  if (self == NULL)
    return;
  g_free (self->x);
  g_free (self->y);
  g_free (self->header);
  g_free (self->end);
  g_free (self);
}

int
cc_sheet_plan_get_width (const CcSheetPlan *self)
{
  return self->x[self->sheet->n_columns] + EDGE;
}

int
cc_sheet_plan_get_height (const CcSheetPlan *self)
{
  return self->y[self->sheet->n_lines];
}

/**
 * Returns: whether the part moves when the view is scrolled sideways
 */
gboolean
cc_sheet_plan_moves (const CcSheetPlan *self, const CcAnswerPart *part)
{
  if (is_wide (part))
    return FALSE;
  return !self->frozen || part->column >= self->sheet->n_labels;
}

void
cc_sheet_plan_place (const CcSheetPlan  *self,
                     const CcAnswerPart *part,
                     int                *x,
                     int                *y,
                     int                *width,
                     int                *height)
{
  span_x (self, part, x, width);
  *y = self->y[part->line];
  *height = self->y[part->line + part->n_lines] - *y;
}

void
cc_sheet_plan_place_in_view (const CcSheetPlan  *self,
                             const CcAnswerPart *part,
                             int                 scroll_x,
                             int                 scroll_y,
                             GdkRectangle       *box)
{
  cc_sheet_plan_place (self, part, &box->x, &box->y, &box->width, &box->height);
  if (part->kind == CC_ANSWER_HEADER)
    box->y += cc_sheet_plan_stick (self, part->line, scroll_y);
  box->y -= scroll_y;
  if (cc_sheet_plan_moves (self, part))
    box->x -= scroll_x;
}

static guint
find_line (const CcSheetPlan *self, int y)
{
  guint low = 0, high = self->sheet->n_lines;

  while (low + 1 < high)
    {
      const guint middle = (low + high) / 2;

      if (self->y[middle] <= y)
        low = middle;
      else
        high = middle;
    }
  return low;
}

guint8 *
cc_sheet_plan_find_visible (const CcSheetPlan *self, const GdkRectangle *view, int margin)
{
  const CcAnswerSheet *sheet = self->sheet;
  guint8              *visible = g_new0 (guint8, sheet->parts->len + 1);
  const guint          top = find_line (self, MAX (view->y, 0));
  const guint          above = find_line (self, MAX (view->y - margin, 0));
  const guint          first = sheet->first[above - MIN (above, self->tallest)];

  for (guint i = first; i < sheet->parts->len; i++)
    {
      const CcAnswerPart *part = sheet->parts->pdata[i];
      GdkRectangle        box;

      if (self->y[part->line] > view->y + view->height + margin)
        break;
      cc_sheet_plan_place_in_view (self, part, view->x, view->y, &box);
      visible[i] = box.y + box.height > -margin && box.y < view->height + margin
                   && box.x + box.width > -margin && box.x < view->width + margin;
    }
  /* Headings above the view stay at its top while their table is in view. */
  if (self->header[top] < sheet->n_lines)
    for (guint i = sheet->first[self->header[top]];
         i < sheet->parts->len
         && ((const CcAnswerPart *) sheet->parts->pdata[i])->kind == CC_ANSWER_HEADER;
         i++)
      visible[i] = TRUE;
  return visible;
}

int
cc_sheet_plan_find_top (const CcSheetPlan *self, const CcAnswerPart *part, int page)
{
  const int bottom = self->y[part->line + 1];
  int       top = self->y[part->line];

  for (guint i = 0; i < self->sheet->titles->len; i++)
    {
      const CcAnswerPart *title = self->sheet->titles->pdata[i];

      if (title->result == part->result)
        top = self->y[title->line];
    }
  return bottom - top > page ? bottom - page : top;
}

gboolean
cc_sheet_part_is_target (const CcAnswerPart *part)
{
  return part->kind == CC_ANSWER_FIGURE || part->kind == CC_ANSWER_BOX_TYPED;
}

/* Where the keyboard begins; G_MAXUINT in a sheet that nobody can act on. */
guint
cc_sheet_find_first (const CcAnswerSheet *sheet)
{
  for (guint i = 0; i < sheet->parts->len; i++)
    if (cc_sheet_part_is_target (sheet->parts->pdata[i]))
      return i;
  return G_MAXUINT;
}

/* The first or the last target of a line, or the one nearest to a column; -1 where there is none.
 */
static int
find_in_line (const CcAnswerSheet *sheet, guint line, guint column)
{
  int best = -1;

  for (guint i = sheet->first[line]; i < sheet->first[line + 1]; i++)
    {
      const CcAnswerPart *part = sheet->parts->pdata[i];

      if (!cc_sheet_part_is_target (part))
        continue;
      if (best < 0 || part->column <= column)
        best = (int) i;
    }
  return best;
}

static guint
move_lines (const CcAnswerSheet *sheet, guint from, int step)
{
  const CcAnswerPart *part = sheet->parts->pdata[from];

  for (int line = (int) part->line + step; line >= 0 && line < (int) sheet->n_lines; line += step)
    {
      const int found = find_in_line (sheet, (guint) line, part->column);

      if (found >= 0)
        return (guint) found;
    }
  return from;
}

static guint
move_parts (const CcAnswerSheet *sheet, int at, int step, guint fallback, int line)
{
  for (; at >= 0 && at < (int) sheet->parts->len; at += step)
    {
      const CcAnswerPart *part = sheet->parts->pdata[at];

      if (line >= 0 && (int) part->line != line)
        return fallback;
      if (cc_sheet_part_is_target (part))
        return (guint) at;
    }
  return fallback;
}

guint
cc_sheet_move (const CcAnswerSheet *sheet, guint from, CcSheetMove move)
{
  const CcAnswerPart *part;
  int                 line;

  g_return_val_if_fail (sheet != NULL && from < sheet->parts->len, from);
  part = sheet->parts->pdata[from];
  line = (int) part->line;
  switch (move)
    {
    case CC_SHEET_UP:
      return move_lines (sheet, from, -1);
    case CC_SHEET_DOWN:
      return move_lines (sheet, from, 1);
    case CC_SHEET_BACKWARD:
      return move_parts (sheet, (int) from - 1, -1, from, line);
    case CC_SHEET_FORWARD:
      return move_parts (sheet, (int) from + 1, 1, from, line);
    case CC_SHEET_LINE_START:
      return move_parts (sheet, (int) sheet->first[line], 1, from, line);
    case CC_SHEET_LINE_END:
      return move_parts (sheet, (int) sheet->first[line + 1] - 1, -1, from, line);
    case CC_SHEET_FIRST:
      return move_parts (sheet, 0, 1, from, -1);
    case CC_SHEET_LAST:
      return move_parts (sheet, (int) sheet->parts->len - 1, -1, from, -1);
    default:
      return from;
    }
}

guint
cc_sheet_plan_move_page (const CcSheetPlan *self, guint from, CcSheetMove move, int page)
{
  const CcAnswerSheet *sheet = self->sheet;
  const int            step = move == CC_SHEET_UP ? -page : page;
  const int goal = self->y[((const CcAnswerPart *) sheet->parts->pdata[from])->line] + step;
  guint     at = from;

  for (;;)
    {
      const guint next = cc_sheet_move (sheet, at, move);
      const int   y = self->y[((const CcAnswerPart *) sheet->parts->pdata[next])->line];

      if (next == at || (step < 0 ? y < goal : y > goal))
        return at;
      at = next;
    }
}
