/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that are no part of a delivery: lists behind drop-downs, copies of another sheet, figures
 * of the population. */
#include "cc-suggest-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

/* One row that is alike may have been typed twice on purpose. */
#define COPY_ROWS 2

/* First and last day, each with a word. */
#define MAX_LIMITS 4

static gboolean
is_named_as_lists (CcPack *pack, const CcInspectTable *table)
{
  g_autofree char *folded = cc_text_fold (table->sheet_name);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  if (cc_pack_match_token (pack, "sheet-lists", table->sheet_name)
      || (table->heading && cc_pack_match_token (pack, "sheet-lists", table->heading)))
    return TRUE;
  for (guint i = 0; words[i]; i++)
    if (words[i][0] && cc_pack_match_token (pack, "sheet-lists", words[i]))
      return TRUE;
  return FALSE;
}

/* Columns of texts, some longer than others. In a list of people some value comes back; here none
 * does, unless the sheet's own name says what it is. Then the limits of a drop-down's days may
 * stand among the lists, too: a few cells in a column that is far shorter than others. */
static gboolean
looks_like_lists (const CcInspectTable *table, gboolean named)
{
  guint n_columns = 0, shortest = G_MAXUINT, longest = 0, n_limits = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcInspectColumn *column = table->columns->pdata[i];

      if (column->n_filled == 0)
        continue;
      if (named && column->n_date > 0 && column->n_filled <= MAX_LIMITS)
        {
          n_limits = MAX (n_limits, column->n_filled);
          continue;
        }
      if (column->n_date > 0 || column->n_number * 2 > column->n_filled || column->too_many
          || (!named && column->values->len < column->n_filled))
        return FALSE;
      n_columns++;
      shortest = MIN (shortest, column->n_filled);
      longest = MAX (longest, column->n_filled);
    }
  return n_columns > 0 && (shortest < longest || n_columns == 1) && n_limits * 10 <= longest;
}

static gboolean
has_rows_elsewhere (CcInspection *inspection, const CcInspectTable *table)
{
  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *other = inspection->tables->pdata[i];

      if (other != table && other->sheet != table->sheet && other->n_rows[CC_ROW_DATA] > 0)
        return TRUE;
    }
  return FALSE;
}

static const CcInspectTable *
find_original (CcInspection *inspection, guint position)
{
  const CcInspectTable *table = inspection->tables->pdata[position];
  const CcInspectSheet *sheet = inspection->sheets->pdata[table->sheet];

  /* Without numbers and days two months may be alike and are two. */
  if (sheet->hidden ? table->n_rows[CC_ROW_DATA] == 0
                    : table->n_rows[CC_ROW_DATA] < COPY_ROWS || !table->identifies)
    return NULL;
  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const CcInspectTable *other = inspection->tables->pdata[i];
      const CcInspectSheet *its = inspection->sheets->pdata[other->sheet];

      /* Of two copies the visible one is taken, else the first. */
      if (i == position || other->sheet == table->sheet || other->digest != table->digest
          || other->n_rows[CC_ROW_DATA] != table->n_rows[CC_ROW_DATA]
          || !g_str_equal (other->signature, table->signature))
        continue;
      if (its->hidden == sheet->hidden ? i < position : sheet->hidden)
        return other;
    }
  return NULL;
}

static void
leave_out (CcInspectTable *table, const char *note)
{
  g_free (table->unit);
  table->unit = g_strdup ("-");
  g_ptr_array_add (table->notes, g_strdup (note));
}

/**
 * cc_suggest_leave_out:
 *
 * Suggests to leave a table out whose rows are no rows of the delivery, and says why.
 */
void
cc_suggest_leave_out (CcInspection *inspection, CcPack *pack, guint position)
{
  CcInspectTable *table = inspection->tables->pdata[position];

  if (table->population)
    leave_out (table, "intake.note.population");
  else if (find_original (inspection, position))
    leave_out (table, "intake.note.copy");
  else if (table->n_rows[CC_ROW_DATA] > 0 && has_rows_elsewhere (inspection, table))
    {
      const CcInspectSheet *sheet = inspection->sheets->pdata[table->sheet];
      gboolean              named = is_named_as_lists (pack, table);

      if ((named || sheet->hidden) && looks_like_lists (table, named))
        leave_out (table, "intake.note.lists");
    }
}
