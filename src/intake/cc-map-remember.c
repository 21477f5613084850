/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-text.h>

#include "cc-map-private.h"

/* What a profile has learnt is not forgotten because one file was poorer than the others: a column
 * that is missing this time keeps its decision for the next. */

/* Share of the columns of the smaller table that both have. */
static double
measure_common (const CcMapTable *a, const CcMapTable *b)
{
  const guint smaller = MIN (a->columns->len, b->columns->len);
  guint       n_common = 0;

  for (guint i = 0; i < a->columns->len; i++)
    n_common +=
        cc_map_table_find_column (b, ((CcMapColumn *) a->columns->pdata[i])->header) != NULL;
  return smaller > 0 ? (double) n_common / smaller : 0;
}

/* The table of the file that a table of the profile goes on in: by its name, else the one with most
 * of its columns, as sheets are called after months. */
static CcMapTable *
find_heir (CcMap *self, CcMap *known, const CcMapTable *table)
{
  CcMapTable *heir = cc_map_find_table (self, table->name);
  double      most = 0.5;

  for (guint i = 0; !heir && i < self->tables->len; i++)
    {
      CcMapTable  *other = self->tables->pdata[i];
      const double common = measure_common (table, other);

      /* One that goes on under its own name is nobody else's. */
      if (common < most || cc_map_find_table (known, other->name))
        continue;
      most = common;
      heir = other;
    }
  return heir;
}

/* Moves the last column behind the one that stood before it in the profile. */
static void
place_last (CcMapTable *to, const CcMapTable *from, guint at)
{
  const CcMapColumn *before = NULL;
  CcMapColumn       *last;
  guint              position = 0;

  if (at > 0)
    before = cc_map_table_find_column (to, ((CcMapColumn *) from->columns->pdata[at - 1])->header);
  if (before && g_ptr_array_find (to->columns, before, &position))
    position++;
  else if (at > 0)
    return;
  last = g_ptr_array_steal_index (to->columns, to->columns->len - 1);
  g_ptr_array_insert (to->columns, (int) position, last);
}

static void
add_columns (CcMapTable *to, const CcMapTable *from)
{
  for (guint i = 0; i < from->columns->len; i++)
    {
      const CcMapColumn *column = from->columns->pdata[i];

      if (cc_map_table_find_column (to, column->header))
        continue;
      cc_map_table_set_column (to, column->header, column->targets);
      place_last (to, from, i);
    }
}

/* Nobody was asked about a column that is new to the profile and nobody knows: it is new again next
 * time. */
static void
forget_unasked (CcMapTable *table)
{
  for (guint i = table->columns->len; i > 0; i--)
    {
      const CcMapColumn *column = table->columns->pdata[i - 1];

      if (column->targets[0] != '\0' || g_strcmp0 (column->reason, "intake.reason.new-column") != 0)
        continue;
      g_hash_table_remove (table->index, column->folded);
      g_ptr_array_remove_index (table->columns, i - 1);
    }
}

/**
 * cc_map_remember:
 * @known: (nullable): the profile as it was
 *
 * Makes the map of a file into what its profile shall say from now on: tables and columns that
 * @known has and the file had not are added, with what was decided about them.
 */
void
cc_map_remember (CcMap *self, CcMap *known)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->tables->len; i++)
    forget_unasked (self->tables->pdata[i]);
  for (guint i = 0; known && i < known->tables->len; i++)
    {
      const CcMapTable *table = known->tables->pdata[i];
      CcMapTable       *heir = find_heir (self, known, table);

      if (!heir)
        {
          heir = cc_map_add_table (self, table->name);
          heir->sheet = g_strdup (table->sheet);
          heir->unit = g_strdup (table->unit);
          heir->also = g_strdup (table->also);
          heir->header_row = table->header_row;
          heir->last_row = table->last_row;
        }
      add_columns (heir, table);
    }
}

/**
 * cc_map_remember_values:
 *
 * Adds the decisions about values and numbers that @known has and this map has not.
 */
void
cc_map_remember_values (CcMap *self, CcMap *known)
{
  g_return_if_fail (self != NULL && known != NULL);

  cc_map_copy_numbers (known, self);
  for (guint i = 0; i < known->values->len; i++)
    {
      const CcMapValues *values = known->values->pdata[i];
      CcMapValues       *own = cc_map_add_values (self, values->variable);

      for (guint j = 0; j < values->texts->len; j++)
        if (!cc_map_values_get (own, values->texts->pdata[j]))
          cc_map_values_set (own, values->texts->pdata[j], values->codes->pdata[j]);
    }
}
