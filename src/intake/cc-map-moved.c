/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-map-private.h"

/* Columns are found by their headers, wherever they stand; that some stand elsewhere is worth a
 * word, as it may be the sign of another table. */

static int
find_position (const CcMapTable *known, const CcInspectColumn *column)
{
  const CcMapColumn *decided = cc_map_table_find_column (known, column->header);
  guint              position;

  if (!decided && column->machine)
    decided = cc_map_table_find_column (known, column->machine);
  return decided && g_ptr_array_find (known->columns, decided, &position) ? (int) position : -1;
}

/**
 * cc_map_list_moved:
 *
 * Names the fewest columns that would have to be moved to bring the table into the order that the
 * profile knows: those outside the longest run of columns that rises in both.
 *
 * Returns: (transfer full) (element-type utf8): headers of the file, in its order
 */
GPtrArray *
cc_map_list_moved (const CcMapTable *known, CcInspectTable *found)
{
  GPtrArray       *moved = g_ptr_array_new_with_free_func (g_free);
  const guint      n = found->columns->len;
  g_autofree int  *positions = g_new (int, n + 1);
  g_autofree int  *lengths = g_new0 (int, n + 1); /* of the longest run that ends there */
  g_autofree int  *before = g_new (int, n + 1);
  g_autofree char *stays = g_new0 (char, n + 1);
  int              last = -1;

  for (guint i = 0; i < n; i++)
    {
      positions[i] = find_position (known, found->columns->pdata[i]);
      before[i] = -1;
      if (positions[i] < 0)
        continue;
      lengths[i] = 1;
      for (guint j = 0; j < i; j++)
        if (positions[j] >= 0 && positions[j] <= positions[i] && lengths[j] + 1 > lengths[i])
          {
            lengths[i] = lengths[j] + 1;
            before[i] = (int) j;
          }
      if (last < 0 || lengths[i] > lengths[last])
        last = (int) i;
    }
  for (; last >= 0; last = before[last])
    stays[last] = 1;
  for (guint i = 0; i < n; i++)
    if (positions[i] >= 0 && !stays[i])
      g_ptr_array_add (moved, g_strdup (((CcInspectColumn *) found->columns->pdata[i])->header));
  return moved;
}
