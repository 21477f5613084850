/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>
#include <cc/report/cc-answer-book.h>

G_BEGIN_DECLS

/* Where the parts of a sheet stand on screen, in pixels from the sheet's start: pure arithmetic,
 * fed with measures of text. */
typedef struct
{
  const CcAnswerSheet *sheet;
  int                 *x;       /* n_columns + 1 */
  int                 *y;       /* n_lines + 1 */
  int                  width;   /* of the view: texts that run over all columns stay within it */
  gboolean             frozen;  /* row labels stay in place while figures move sideways */
  guint                tallest; /* lines that the tallest part spans */
  guint               *header;  /* by line: first line of the headings above it; n_lines for none */
  guint               *end; /* by first line of headings: the line below what they stand above */
} CcSheetPlan;

typedef int (*CcSheetWidthFunc) (double characters, gpointer user_data);
typedef int (*CcSheetHeightFunc) (const CcAnswerPart *part, int width, gpointer user_data);

CcSheetPlan *cc_sheet_plan_new (const CcAnswerSheet *sheet,
                                int                  width,
                                CcSheetWidthFunc     measure_width,
                                CcSheetHeightFunc    measure_height,
                                gpointer             user_data);
void         cc_sheet_plan_free (CcSheetPlan *self);

/* How far the headings on a line are moved down to stay in view when it is scrolled to y. */
int cc_sheet_plan_stick (const CcSheetPlan *self, guint line, int y);

/* Pixels that headings above a line take at the top of the view; 0 where it has none. */
int cc_sheet_plan_header_height (const CcSheetPlan *self, guint line);

int      cc_sheet_plan_get_width (const CcSheetPlan *self);
int      cc_sheet_plan_get_height (const CcSheetPlan *self);
gboolean cc_sheet_plan_moves (const CcSheetPlan *self, const CcAnswerPart *part);
void     cc_sheet_plan_place (const CcSheetPlan  *self,
                              const CcAnswerPart *part,
                              int                *x,
                              int                *y,
                              int                *width,
                              int                *height);

/* The same in a view that is scrolled so far: headings of a table that begins above it stay at its
 * top, labels of rows at its start. */
void cc_sheet_plan_place_in_view (const CcSheetPlan  *self,
                                  const CcAnswerPart *part,
                                  int                 scroll_x,
                                  int                 scroll_y,
                                  GdkRectangle       *box);

/* For each part whether it is in view, or less than the margin from it. Free it. */
guint8 *cc_sheet_plan_find_visible (const CcSheetPlan *self, const GdkRectangle *view, int margin);

/* How far to scroll down so that the part is seen, with the title of its table where both fit. */
int cc_sheet_plan_find_top (const CcSheetPlan *self, const CcAnswerPart *part, int page);

/* Keyboard: the part that an arrow leads to, the part itself at an edge. Only parts that can be
 * acted on are visited. */
typedef enum
{
  CC_SHEET_UP,
  CC_SHEET_DOWN,
  CC_SHEET_BACKWARD, /* towards the start of the line */
  CC_SHEET_FORWARD,
  CC_SHEET_LINE_START,
  CC_SHEET_LINE_END,
  CC_SHEET_FIRST,
  CC_SHEET_LAST,
} CcSheetMove;

gboolean cc_sheet_part_is_target (const CcAnswerPart *part);
guint    cc_sheet_find_first (const CcAnswerSheet *sheet);
guint    cc_sheet_move (const CcAnswerSheet *sheet, guint from, CcSheetMove move);

/* As many lines up or down as the view is high. move: CC_SHEET_UP or CC_SHEET_DOWN. */
guint cc_sheet_plan_move_page (const CcSheetPlan *self, guint from, CcSheetMove move, int page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSheetPlan, cc_sheet_plan_free)

G_END_DECLS
