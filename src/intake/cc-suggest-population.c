/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of inhabitants: they have the years, sexes and ages of a table of victims, and are none.
 */
#include "cc-suggest-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

/* What the figures of the population are taken over from; see cc_population_import (). */
static const char *const own_columns[] = { "year", "sex", "age_class", "count", "source" };

static const char *
header_of (const CcInspectColumn *column)
{
  return column->leaf ? column->leaf : column->label ? column->label : column->header;
}

static const CcInspectColumn *
find_column (const CcInspectTable *table, const char *header)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcInspectColumn *column = table->columns->pdata[i];

      if (g_ascii_strcasecmp (header_of (column), header) == 0)
        return column;
    }
  return NULL;
}

static gboolean
is_of_numbers (const CcInspectColumn *column)
{
  return column->n_number > 0 && column->n_number == column->n_filled;
}

static gboolean
has_own_columns (const CcInspectTable *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_columns); i++)
    if (!find_column (table, own_columns[i]))
      return FALSE;
  return is_of_numbers (find_column (table, "count"))
         && is_of_numbers (find_column (table, "year"));
}

/* Under "Inhabitants" stand numbers of inhabitants; where persons or cases are counted, too, it is
 * a table of those, with what they are compared with. */
static gboolean
counts_inhabitants (const CcInspectTable *table, CcPack *pack)
{
  gboolean found = FALSE;

  if (table->identifies)
    return FALSE;
  for (guint i = 0; i < table->columns->len; i++)
    {
      const CcInspectColumn *column = table->columns->pdata[i];
      const char            *header = header_of (column);

      if (!is_of_numbers (column))
        continue;
      if (cc_pack_match_token (pack, "population-header", header))
        found = TRUE;
      else if (!column->years)
        return FALSE;
    }
  return found;
}

/**
 * cc_suggest_population:
 *
 * Says whether the table holds figures of the population, and whether they can be taken over as
 * they are.
 */
void
cc_suggest_population (CcInspectTable *table, CcPack *pack)
{
  table->population_ready = has_own_columns (table);
  table->population = table->population_ready || counts_inhabitants (table, pack);
}
