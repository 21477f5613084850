/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mark that practice files carry: whoever reads it knows that nobody in them is real. */
#include "cc-inspect-private.h"

#include <cc/model/cc-words.h>

static gboolean
is_mark (CcPack *pack, const char *text)
{
  return text && cc_pack_match_token (pack, "practice-mark", text) != NULL;
}

static const char *
find_in_table (CcPack *pack, const CcInspectTable *table)
{
  for (guint i = 0; i < table->titles->len; i++)
    if (is_mark (pack, table->titles->pdata[i]))
      return table->titles->pdata[i];
  /* Figures have no title; the column that names their source says it in every row. */
  for (guint i = 0; table->population && i < table->columns->len; i++)
    {
      const CcInspectColumn *column = table->columns->pdata[i];
      const CcDistinct      *first = column->values->len > 0 ? column->values->pdata[0] : NULL;

      if (first && is_mark (pack, first->text))
        return first->text;
    }
  return NULL;
}

/* A title above a table, the name of a sheet or the title of the workbook, as it is written; NULL
 * where none says that the persons are invented. */
char *
cc_inspect_find_mark (CcPack *pack, const CcInspection *inspection, const char *book_title)
{
  for (guint i = 0; i < inspection->tables->len; i++)
    {
      const char *found = find_in_table (pack, inspection->tables->pdata[i]);

      if (found)
        return g_strdup (found);
    }
  for (guint i = 0; i < inspection->sheets->len; i++)
    {
      const CcInspectSheet *sheet = inspection->sheets->pdata[i];

      if (is_mark (pack, sheet->name))
        return g_strdup (sheet->name);
    }
  return is_mark (pack, book_title) ? g_strdup (book_title) : NULL;
}
