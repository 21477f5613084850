/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that a sheet defines: xl/tables/table1.xml, named by the sheet's relations. */
#include "cc-xlsx-private.h"

#include <string.h>

/* A sheet of a person's making has a few. */
#define MAX_TABLES 256

/* A count of rows in an attribute, `usual` where it is missing or none. */
static guint
read_count (CcXmlReader *xml, const char *name, guint usual)
{
  const char *text = cc_xml_reader_get (xml, name);
  char       *end = NULL;
  guint64     count = text != NULL ? g_ascii_strtoull (text, &end, 10) : usual;

  return text != NULL && (end == text || *end != '\0' || count > CC_BOOK_MAX_ROWS) ? usual
                                                                                   : (guint) count;
}

/* What the first element says; FALSE where it is no table. */
static gboolean
read_table (CcXmlReader *xml, CcDefinedTable *table)
{
  guint n_rows;

  if (!cc_xml_is (xml, "table")
      || !cc_xlsx_read_range (cc_xml_reader_get (xml, "ref"), &table->range))
    return FALSE;
  table->n_header = read_count (xml, "headerRowCount", 1);
  table->n_totals = read_count (xml, "totalsRowCount", 0);
  n_rows = table->range.last_row - table->range.first_row + 1;
  return table->n_header <= n_rows && table->n_totals <= n_rows - table->n_header;
}

/* The cells are read without them, so parts that are missing or broken are no reason to stop. */
static gboolean
load_table (CcArchive *archive, const char *part, CcDefinedTable *table)
{
  g_auto (CcXlsxPart) source = { 0 };
  CcXmlEvent event;

  if (!cc_archive_has (archive, part) || !cc_xlsx_part_open (&source, archive, part, NULL))
    return FALSE;
  do
    if (!cc_xml_reader_next (source.xml, &event, NULL))
      return FALSE;
  while (event == CC_XML_TEXT);
  return event == CC_XML_START && read_table (source.xml, table);
}

static gint
compare_tables (gconstpointer a, gconstpointer b)
{
  const CcMerge *x = &((const CcDefinedTable *) a)->range;
  const CcMerge *y = &((const CcDefinedTable *) b)->range;

  if (x->first_row != y->first_row)
    return x->first_row < y->first_row ? -1 : 1;
  return x->first_column < y->first_column ? -1 : x->first_column > y->first_column;
}

GArray *
cc_xlsx_sheet_load_tables (CcArchive    *archive,
                           const char   *part,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (GArray) tables = g_array_new (FALSE, FALSE, sizeof (CcDefinedTable));
  g_autoptr (GPtrArray) relations = cc_xlsx_relations_load (archive, part, NULL);

  for (guint i = 0; relations != NULL && i < relations->len && tables->len < MAX_TABLES; i++)
    {
      const CcXlsxRelation *relation = g_ptr_array_index (relations, i);
      CcDefinedTable        table = { 0 };

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (g_str_equal (relation->type, "table") && load_table (archive, relation->target, &table))
        g_array_append_val (tables, table);
    }
  g_array_sort (tables, compare_tables);
  return g_steal_pointer (&tables);
}
