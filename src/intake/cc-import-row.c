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

/* Two statements of one age: where they agree, both hold; two different numbers are a range. */
static void
combine_ages (CcValue *a, const CcValue *b)
{
  int a_max = a->age_max < 0 ? G_MAXINT : a->age_max;
  int b_max = b->age_max < 0 ? G_MAXINT : b->age_max;
  int a_min = MAX (a->age_min, 0), b_min = MAX (b->age_min, 0);
  int min = MAX (a_min, b_min), max = MIN (a_max, b_max);

  if (min > max)
    {
      min = MIN (a_min, b_min);
      max = MAX (a_max, b_max);
    }
  a->age_min = min;
  a->age_max = max == G_MAXINT ? -1 : max;
}

static void
merge_value (CcValue *own, const CcValue *other)
{
  if (other->no_value != CC_NO_VALUE_NONE)
    return;
  switch (own->variable->type)
    {
    case CC_VARIABLE_MULTI:
      for (guint i = 0; i < other->codes->len; i++)
        if (!g_ptr_array_find (own->codes, other->codes->pdata[i], NULL))
          g_ptr_array_add (own->codes, other->codes->pdata[i]);
      own->complete = MAX (own->complete, other->complete);
      break;
    case CC_VARIABLE_AGE:
      combine_ages (own, other);
      break;
    default:
      break;
    }
}

/* Adds a value to a record: what is known wins over what is not, what came first over what came
 * later, lists are joined. */
static void
add_value (CcRecord *record, const CcValue *value)
{
  for (guint i = 0; i < record->values->len; i++)
    {
      CcValue *own = record->values->pdata[i];

      if (own->variable != value->variable)
        continue;
      if (value->variable->type == CC_VARIABLE_IDENTIFIER)
        {
          if (value->no_value != CC_NO_VALUE_NONE || g_strcmp0 (own->text, value->text) == 0)
            return;
          if (own->no_value == CC_NO_VALUE_NONE)
            continue;
        }
      if (own->no_value == CC_NO_VALUE_NONE)
        {
          if (value->variable->type == CC_VARIABLE_IDENTIFIER)
            continue;
          merge_value (own, value);
          return;
        }
      if (value->no_value == CC_NO_VALUE_NONE)
        {
          cc_value_free (own);
          record->values->pdata[i] = cc_value_copy (value);
        }
      return;
    }
  cc_record_take (record, cc_value_copy (value));
}

/* Adds what another statement about the same thing says and this one does not. */
void
cc_record_merge (CcRecord *self, CcRecord *other)
{
  for (guint i = 0; i < other->values->len; i++)
    add_value (self, other->values->pdata[i]);
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
  for (guint i = 0; read->unmapped && read->unmapped[i]; i++)
    count_unmapped (job, row->table, column, target, read->unmapped[i]);
  if (read->n_persons > 1)
    row->n_persons = MAX (row->n_persons, read->n_persons);
  if (read->ambiguous
      && (g_str_equal (target->variable->id, "VI19") || g_str_equal (target->variable->id, "EV06")
          || g_str_equal (target->variable->id, "JS03")))
    row->date_ambiguous = TRUE;
  if (!read->value && !read->extra)
    return;
  record = get_staged (row, target->unit, staged ? target->code : NULL);
  if (read->value)
    {
      add_value (record, read->value);
      if (is_person_count (target->variable, row->table->unit)
          && read->value->no_value == CC_NO_VALUE_NONE)
        row->n_persons = read->value->number == 0
                             ? -1
                             : MAX (row->n_persons, (int) MIN (read->value->number, 100000));
    }
  if (read->extra)
    add_value (record, read->extra);
}

/* Reads all mapped cells of a data row into records. */
void
cc_import_row_read (CcImportJob *job, CcImportRow *row)
{
  row->records = g_ptr_array_new_with_free_func (free_row_record);
  row->findings = g_array_new (FALSE, FALSE, sizeof (CcRowFinding));
  g_array_set_clear_func (row->findings, clear_finding);
  for (guint i = 0; i < row->table->columns->len; i++)
    {
      CcImportColumn *column = row->table->columns->pdata[i];

      for (guint j = 0; j < column->readers->len; j++)
        take_cell (job, row, column, column->readers->pdata[j], row->texts[i]);
    }
}
