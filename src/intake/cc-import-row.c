/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

static void
clear_finding (gpointer data)
{
  g_free (((CcRowFinding *) data)->value);
}

static void
free_row_record (gpointer data)
{
  CcRowRecord *self = data;

  cc_record_free (self->record);
  g_free (self);
}

GArray *
cc_import_findings_new (void)
{
  GArray *findings = g_array_new (FALSE, FALSE, sizeof (CcRowFinding));

  g_array_set_clear_func (findings, clear_finding);
  return findings;
}

void
cc_import_row_clear (CcImportRow *row)
{
  /* Blank cells are NULL among the others. */
  for (guint i = 0; row->texts && i < row->table->columns->len; i++)
    g_free (row->texts[i]);
  g_free (row->texts);
  g_free (row->cells);
  g_free (row->key);
  g_clear_pointer (&row->records, g_ptr_array_unref);
  g_clear_pointer (&row->findings, g_array_unref);
  g_clear_pointer (&row->shares, g_array_unref);
  g_clear_pointer (&row->date_parts, g_array_unref);
  memset (row, 0, sizeof *row);
}

void
cc_import_row_find (CcImportRow      *row,
                    const char       *rule,
                    CcSeverity        severity,
                    const CcVariable *variable,
                    const char       *value)
{
  CcRowFinding finding = { rule, severity, variable, g_strdup (value) };

  g_array_append_val (row->findings, finding);
}

static CcRecord *
get_staged (CcImportRow *row, const CcUnit *unit, const CcCode *stage)
{
  CcRowRecord *entry;

  for (guint i = 0; i < row->records->len; i++)
    {
      entry = row->records->pdata[i];
      if (entry->unit == unit && entry->stage == stage)
        return entry->record;
    }
  entry = g_new0 (CcRowRecord, 1);
  entry->unit = unit;
  entry->stage = stage;
  entry->record = cc_record_new (unit);
  g_ptr_array_add (row->records, entry);
  return entry->record;
}

/* The row's record of a unit; NULL where the row says nothing of it. */
CcRecord *
cc_import_row_get (CcImportRow *row, const char *unit)
{
  for (guint i = 0; i < row->records->len; i++)
    {
      CcRowRecord *entry = row->records->pdata[i];

      if (!entry->stage && g_str_equal (entry->unit->name, unit))
        return entry->record;
    }
  return NULL;
}

CcRecord *
cc_import_row_ensure (CcImportJob *job, CcImportRow *row, const char *unit)
{
  return get_staged (row, cc_pack_find_unit (job->pack, unit), NULL);
}

/* A value that says something; NULL where it is missing or one of the kinds of no value. */
const CcValue *
cc_record_known (CcRecord *record, const char *id)
{
  for (guint i = 0; record && i < record->values->len; i++)
    {
      const CcValue *value = record->values->pdata[i];

      if (value->no_value == CC_NO_VALUE_NONE && g_str_equal (value->variable->id, id))
        return value;
    }
  return NULL;
}

static void
count_unmapped (CcImportJob    *job,
                CcImportTable  *table,
                CcImportColumn *column,
                const CcTarget *target,
                const char     *text)
{
  g_autofree char  *key = g_strdup_printf ("%s\x1f%s\x1f%s\x1f%s", table->found->name,
                                           column->found->header, target->variable->id, text);
  CcImportUnmapped *unmapped = g_hash_table_lookup (job->unmapped, key);

  if (!unmapped)
    {
      unmapped = g_new0 (CcImportUnmapped, 1);
      unmapped->table = g_strdup (table->found->name);
      unmapped->header = g_strdup (column->found->header);
      unmapped->variable =
          g_strdup_printf ("%s.%s", target->variable->unit, target->variable->name);
      unmapped->text = g_strdup (text);
      g_hash_table_insert (job->unmapped, g_steal_pointer (&key), unmapped);
      g_ptr_array_add (job->result->unmapped_values, unmapped);
    }
  unmapped->count++;
}

static gboolean
is_person_count (const CcVariable *variable, const char *unit)
{
  return (g_str_equal (variable->id, "EV17") && g_str_equal (unit, "victim"))
         || (g_str_equal (variable->id, "EV18") && g_str_equal (unit, "perpetrator"));
}

static void
take_cell (CcImportJob    *job,
           CcImportRow    *row,
           CcImportColumn *column,
           CcCellReader   *reader,
           const char     *text)
{
  const CcTarget   *target = reader->target;
  const CcCellRead *read = cc_cell_reader_read (reader, text);
  gboolean          staged = target->part == CC_TARGET_STEP || target->part == CC_TARGET_PLACE;
  CcRecord         *record;

  if (read->rule)
    cc_import_row_find (row, read->rule, read->minor ? CC_SEVERITY_NOTE : CC_SEVERITY_WARNING,
                        target->variable, text);
  if (read->once && !reader->said)
    {
      reader->said = TRUE;
      cc_import_row_find (row, read->once, CC_SEVERITY_NOTE, target->variable, text);
    }
  if (read->note)
    cc_import_row_find (row, read->note, CC_SEVERITY_NOTE, target->variable, text);
  for (guint i = 0; read->unmapped && read->unmapped[i]; i++)
    count_unmapped (job, row->table, column, target, read->unmapped[i]);
  if (read->n_persons > 1)
    row->n_persons = MAX (row->n_persons, read->n_persons);
  if (read->shares && !row->shares)
    row->shares = g_array_ref (read->shares);
  if (read->n_unclear && is_person_count (target->variable, row->table->unit))
    row->n_unclear = TRUE;
  if (read->ambiguous
      && (g_str_equal (target->variable->id, "VI19") || g_str_equal (target->variable->id, "EV06")
          || g_str_equal (target->variable->id, "JS03")))
    {
      row->date_ambiguous = TRUE;
      row->other_calendar = row->other_calendar || read->other_calendar;
    }
  if (read->part != 0)
    cc_import_row_note_part (row, reader, read, text);
  if (!read->value && !read->extra)
    return;
  record = get_staged (row, target->unit, staged ? target->code : NULL);
  if (read->value)
    {
      cc_record_add_known (record, read->value);
      if (is_person_count (target->variable, row->table->unit)
          && read->value->no_value == CC_NO_VALUE_NONE)
        row->n_persons = read->value->number == 0
                             ? -1
                             : MAX (row->n_persons, (int) MIN (read->value->number, 100000));
    }
  if (read->extra)
    cc_record_add_known (record, read->extra);
}

void
cc_import_row_begin (CcImportRow *row)
{
  row->records = g_ptr_array_new_with_free_func (free_row_record);
  row->findings = cc_import_findings_new ();
}

/* Reads all mapped cells of a data row into records. */
void
cc_import_row_read (CcImportJob *job, CcImportRow *row)
{
  cc_import_row_begin (row);
  for (guint i = 0; i < row->table->columns->len; i++)
    {
      CcImportColumn *column = row->table->columns->pdata[i];

      for (guint j = 0; j < column->readers->len; j++)
        take_cell (job, row, column, column->readers->pdata[j], row->texts[i]);
    }
  for (guint i = 0; i < row->table->constants->len; i++)
    {
      const CcConstant *constant = row->table->constants->pdata[i];

      cc_record_add_known (get_staged (row, constant->target->unit, NULL), constant->value);
    }
  cc_import_row_join_dates (job, row);
}
