/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

#include <cc/base/cc-text.h>
#include <cc/store/cc-records.h>

#include <string.h>

void
cc_import_event_free (CcImportEvent *self)
{
  if (!self)
    return;
  cc_record_free (self->record);
  cc_record_free (self->own);
  cc_record_free (self->stored);
  g_free (self);
}

/* The record with this UUID: 0 where there is none. */
static gboolean
find_record (CcImportJob *job, const guint8 uuid[16], gint64 *id, gboolean *live, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (cc_act_get_connection (job->act),
                             "SELECT id, state FROM record WHERE uuid = ?1", error);
  gboolean has_row;

  *id = 0;
  *live = FALSE;
  if (!find)
    return FALSE;
  cc_statement_bind_blob (find, 1, uuid, 16);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *id = cc_statement_int64 (find, 0);
      *live = cc_statement_int64 (find, 1) == 0;
    }
  return TRUE;
}

/* Whether a statement about an event says more than its numbers. */
static gboolean
says_more (CcRecord *record)
{
  for (guint i = 0; i < record->values->len; i++)
    if (!g_str_equal (((CcValue *) record->values->pdata[i])->variable->id, "EV02"))
      return TRUE;
  return FALSE;
}

static gboolean
put_event (CcImportJob   *job,
           CcImportEvent *event,
           CcRecord      *record,
           gint64         source_row,
           CcPutResult   *result,
           GError       **error)
{
  if (!cc_act_put_record (job->act, record, job->entity->id, job->submission.id, source_row, result,
                          error))
    return FALSE;
  event->id = record->id;
  return TRUE;
}

static void
note_recorded (CcImportEvent *event, CcRecord *record)
{
  const CcValue *recorded = cc_record_known (record, "EV06");

  if (recorded && cc_interval_is_known (recorded->date))
    event->recorded = recorded->date;
}

/* Other deliveries named the case: what they said of it is kept apart from what this one says. */
static gboolean
note_first (CcImportJob *job, CcImportEvent *event, gint64 id, CcRecord *stated, GError **error)
{
  event->stored = cc_store_read_record (job->file, cc_act_get_connection (job->act), id, error);
  if (!event->stored)
    return FALSE;
  event->own = cc_record_new (stated->unit);
  event->own->id = id;
  memcpy (event->own->uuid, event->record->uuid, sizeof event->own->uuid);
  cc_record_merge (event->own, stated);
  return cc_act_note_first (job->act, event->stored, error);
}

/* The first row that names a case: an event of an earlier delivery keeps what this one does not
 * state again, so that a list of victims never empties the register of cases. */
static gboolean
start_event (CcImportJob   *job,
             CcImportRow   *row,
             const char    *key,
             CcImportEvent *event,
             GError       **error)
{
  CcRecord *stated = cc_import_row_ensure (job, row, "event");
  gint64    id;
  gboolean  live;

  event->recorded = CC_INTERVAL_UNKNOWN;
  event->source_row = row->source_row;
  event->first = CC_PUT_UNCHANGED;
  event->record = cc_record_new (stated->unit);
  cc_act_make_uuid (job->act, job->entity->key, "event", key, event->record->uuid);
  if (!find_record (job, event->record->uuid, &id, &live, error))
    return FALSE;
  cc_record_merge (event->record, stated);
  if (id && !note_first (job, event, id, stated, error))
    return FALSE;
  if (id && live)
    {
      event->id = id;
      cc_record_merge (event->record, event->stored);
      event->changed = says_more (stated);
    }
  note_recorded (event, event->record);
  if ((!id || !live || g_str_equal (row->table->unit, "event"))
      && !put_event (job, event, event->record, row->source_row, &event->first, error))
    return FALSE;
  if (g_str_equal (row->table->unit, "event"))
    event->changed = FALSE;
  if (!id)
    cc_import_count_add (job->result->records, "event", 1);
  /* Nothing but its number: no need to hold on to it. */
  if (!says_more (event->record))
    g_clear_pointer (&event->record, cc_record_free);
  if (!live)
    g_clear_pointer (&event->stored, cc_record_free);
  return TRUE;
}

/* Values, kinds of no value with their texts, and codes of lists: merging only ever adds to them.
 */
static guint
count_stated (CcRecord *record)
{
  guint n = 0;

  for (guint i = 0; i < record->values->len; i++)
    {
      CcValue *value = record->values->pdata[i];

      n += value->no_value == CC_NO_VALUE_NONE ? 2 + (value->codes ? value->codes->len : 0) : 1;
    }
  return n;
}

/* All that this delivery says of the case goes before what others said of it. */
static void
join_stored (CcImportEvent *event)
{
  cc_record_free (event->record);
  event->record = cc_record_copy (event->own);
  cc_record_merge (event->record, event->stored);
  note_recorded (event, event->record);
  event->changed = TRUE;
}

/* Another row that names the case adds what was not said yet. */
static gboolean
continue_event (CcImportJob *job, CcImportRow *row, CcImportEvent *event, GError **error)
{
  CcRecord *stated = cc_import_row_get (row, "event");
  guint     before;

  if (!stated || !says_more (stated))
    return TRUE;
  if (event->own)
    cc_record_merge (event->own, stated);
  if (event->stored)
    {
      join_stored (event);
      return TRUE;
    }
  if (!event->record)
    {
      event->record =
          cc_store_read_record (job->file, cc_act_get_connection (job->act), event->id, error);
      if (!event->record)
        return FALSE;
    }
  before = count_stated (event->record);
  cc_record_merge (event->record, stated);
  note_recorded (event, event->record);
  if (count_stated (event->record) > before)
    event->changed = TRUE;
  return TRUE;
}

/**
 * cc_import_get_event:
 * @event: (out): the event the row belongs to, NULL where it names none
 *
 * Finds or makes the event by (entity, case number). Rows that state several persons, and rows of
 * event tables, have an event even without a number.
 */
gboolean
cc_import_get_event (CcImportJob *job, CcImportRow *row, CcImportEvent **event, GError **error)
{
  CcRecord        *stated = cc_import_row_get (row, "event");
  const CcValue   *number = stated ? cc_record_known (stated, "EV02") : NULL;
  g_autofree char *key = NULL;

  *event = NULL;
  if (number)
    {
      g_autofree char *folded = cc_text_fold_keep (number->text, "/-.");

      key = g_strconcat ("case:", folded, NULL);
    }
  else if (g_str_equal (row->table->unit, "event") || row->n_persons > 1)
    key = g_strconcat ("event:", row->key, NULL);
  else
    return TRUE;
  *event = g_hash_table_lookup (job->events, key);
  if (*event)
    return continue_event (job, row, *event, error);
  *event = g_new0 (CcImportEvent, 1);
  g_hash_table_insert (job->events, g_strdup (key), *event);
  g_ptr_array_add (job->event_order, *event);
  return start_event (job, row, key, *event, error);
}

/* Stores what later rows added to events. */
gboolean
cc_import_flush_events (CcImportJob *job, GError **error)
{
  for (guint i = 0; i < job->event_order->len; i++)
    {
      CcImportEvent *event = job->event_order->pdata[i];
      CcPutResult    result;

      if (event->changed && event->record
          && !put_event (job, event, event->record, event->source_row, &result, error))
        return FALSE;
      if (event->own
          && !cc_act_note_stated (job->act, event->own, job->submission.id, event->source_row,
                                  error))
        return FALSE;
    }
  return TRUE;
}
