/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sheet-ruler.h"

#include "cc-sheet-words.h"

#include <string.h>

typedef struct
{
  CcSheetRuler *ruler;
  CcAnswerBook *book;
  gboolean      show_ranges;
  GHashTable   *heights; /* of texts */
} Work;

void
cc_sheet_ruler_add (CcSheetRuler *self, GtkWidget *sheet)
{
  for (guint i = 0; i < CC_SHEET_N_KINDS; i++)
    {
      GtkWidget *cell = GTK_WIDGET (cc_sheet_cell_new ((CcAnswerKind) i));

      gtk_widget_set_parent (cell, sheet);
      gtk_widget_set_child_visible (cell, FALSE);
      gtk_widget_set_can_focus (cell, FALSE);
      gtk_accessible_update_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      self->cells[i] = CC_SHEET_CELL (cell);
    }
}

static int
measure_width (double characters, gpointer user_data)
{
  const Work *work = user_data;

  return cc_sheet_cell_measure_width (work->ruler->cells[CC_ANSWER_LABEL], characters);
}

/* Labels repeat from year to year, and figures are as high as each other: each is measured once. */
static int
measure_height (const CcAnswerPart *part, int width, gpointer user_data)
{
  Work            *work = user_data;
  CcSheetCell     *cell = work->ruler->cells[part->kind];
  const gboolean   figure = cc_sheet_cell_is_figure (cell);
  g_autofree char *markup = cc_sheet_words_markup (work->book, part, work->show_ranges);
  const char      *text = !figure ? markup : strchr (markup, '\n') != NULL ? "2" : "1";
  char *key = g_strdup_printf ("%d %d %d %s", part->kind, part->total, figure ? 0 : width, text);
  int   height = GPOINTER_TO_INT (g_hash_table_lookup (work->heights, key));

  if (height > 0)
    {
      g_free (key);
      return height;
    }
  cc_sheet_cell_set (cell, markup, part->total, FALSE);
  height = cc_sheet_cell_measure_height (cell, width);
  g_hash_table_insert (work->heights, key, GINT_TO_POINTER (height));
  return height;
}

CcSheetPlan *
cc_sheet_ruler_make_plan (CcSheetRuler        *self,
                          CcAnswerBook        *book,
                          const CcAnswerSheet *sheet,
                          int                  width,
                          gboolean             show_ranges)
{
  g_autoptr (GHashTable) heights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Work work = { self, book, show_ranges, heights };

  return cc_sheet_plan_new (sheet, width, measure_width, measure_height, &work);
}
