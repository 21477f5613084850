/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-import-private.h"

#include <cc/base/cc-text.h>

#include <string.h>

/**
 * cc_import_put:
 * @key: what identifies the record within (entity, unit)
 *
 * Stores one record of a row and counts it.
 */
gboolean
cc_import_put (CcImportJob *job,
               CcRecord    *record,
               const char  *key,
               gint64       source_row,
               CcPutResult *result,
               GError     **error)
{
  cc_act_make_uuid (job->act, job->entity->key, record->unit->name, key, record->uuid);
  if (!cc_act_put_record (job->act, record, job->entity->id, job->submission.id, source_row, result,
                          error))
    return FALSE;
  cc_import_count_add (job->result->records, record->unit->name, 1);
  return TRUE;
}

/* A child that an earlier delivery of the row had and this one has not. */
static gboolean
withdraw_child (CcImportJob *job,
                CcImportRow *row,
                const char  *unit,
                const char  *key,
                GError     **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (cc_act_get_connection (job->act),
                             "SELECT id, submission, state FROM record WHERE uuid = ?1", error);
  guint8   uuid[16];
  gboolean has_row, live;
  gint64   id, submission;

  if (!find)
    return FALSE;
  cc_act_make_uuid (job->act, job->entity->key, unit, key, uuid);
  cc_statement_bind_blob (find, 1, uuid, sizeof uuid);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  id = has_row ? cc_statement_int64 (find, 0) : 0;
  submission = has_row ? cc_statement_int64 (find, 1) : 0;
  live = has_row && cc_statement_int64 (find, 2) == 0;
  cc_statement_reset (find);
  if (id == 0 || submission == job->submission.id)
    return TRUE;
  return cc_act_note_absent (job->act, id, job->submission.id, row->source_row, error)
         && (!live || cc_act_withdraw_record (job->act, id, error));
}

/* A row is new with its person; it was updated when anything of it changed. */
static void
note_outcome (CcImportRow *row, CcPutResult result, gboolean is_main)
{
  if (is_main)
    row->outcome = result;
  else if (row->outcome == CC_PUT_UNCHANGED && result != CC_PUT_UNCHANGED)
    row->outcome = CC_PUT_UPDATED;
}

static gboolean
put_child (CcImportJob *job,
           CcImportRow *row,
           CcRecord    *record,
           const char  *suffix,
           gint64       first,
           gint64       second,
           GError     **error)
{
  g_autofree char *key = g_strconcat (row->key, "|", suffix, NULL);
  CcPutResult      result;

  record->parents[0] = first;
  record->parents[1] = second;
  if (!cc_import_put (job, record, key, row->source_row, &result, error))
    return FALSE;
  note_outcome (row, result, FALSE);
  return TRUE;
}

/* Whether a child is worth a record: it says something, or keeps what nobody could read or what the
 * person refused to say. Not so a step of justice: it would state that something happened. */
static gboolean
is_worth_keeping (CcRecord *record)
{
  if (!cc_record_is_empty (record))
    return TRUE;
  if (g_str_equal (record->unit->name, "justice_step"))
    return FALSE;
  for (guint i = 0; i < record->values->len; i++)
    {
      const CcValue *value = record->values->pdata[i];

      if (value->no_value != CC_NO_VALUE_NOT_COLLECTED || value->text)
        return TRUE;
    }
  return FALSE;
}

/* Stores a child that says something, or withdraws the one of an earlier delivery. */
static gboolean
put_optional (CcImportJob *job,
              CcImportRow *row,
              const char  *unit,
              gint64       first,
              gint64       second,
              gint64      *id,
              GError     **error)
{
  CcRecord        *record = cc_import_row_get (row, unit);
  g_autofree char *key = NULL;

  if (id)
    *id = 0;
  if (record && is_worth_keeping (record))
    {
      if (!put_child (job, row, record, unit, first, second, error))
        return FALSE;
      if (id)
        *id = record->id;
      return TRUE;
    }
  if (row->outcome == CC_PUT_NEW)
    return TRUE;
  key = g_strconcat (row->key, "|", unit, NULL);
  return withdraw_child (job, row, unit, key, error);
}

/* Records of which a row has one for each stage: places and steps. */
static gboolean
put_staged (CcImportJob *job,
            CcImportRow *row,
            const char  *unit,
            const char  *stage_variable,
            gint64       first,
            gint64       second,
            GError     **error)
{
  const CcVariable *variable = cc_pack_find_variable (job->pack, stage_variable);
  GPtrArray        *stages = cc_pack_get_list_codes (job->pack, variable->list);

  for (guint s = 0; s < stages->len; s++)
    {
      const CcCode    *stage = stages->pdata[s];
      g_autofree char *suffix = g_strdup_printf ("%s:%s", unit, stage->code);
      CcRecord        *record = NULL;

      for (guint i = 0; i < row->records->len; i++)
        {
          CcRowRecord *entry = row->records->pdata[i];

          if (entry->stage == stage && g_str_equal (entry->unit->name, unit)
              && is_worth_keeping (entry->record))
            record = entry->record;
        }
      if (record)
        {
          if (!cc_record_find (record, stage_variable))
            cc_record_add (record, variable)->code = stage;
          if (!put_child (job, row, record, suffix, first, second, error))
            return FALSE;
        }
      else if (row->outcome != CC_PUT_NEW)
        {
          g_autofree char *key = g_strconcat (row->key, "|", suffix, NULL);

          if (!withdraw_child (job, row, unit, key, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
has_known (CcRecord *record, const char *id, CcInterval *date)
{
  const CcValue *value = cc_record_known (record, id);

  if (!value || !cc_interval_is_known (value->date))
    return FALSE;
  *date = value->date;
  return TRUE;
}

/* The day a victim is counted by: the one stated, else the nearest thing the row says, else the
 * period the sender says its list covers. What was used in its place is noted. */
static gboolean
decide_detection (CcImportJob *job, CcImportRow *row, CcImportEvent *event)
{
  CcRecord         *victim = cc_import_row_ensure (job, row, "victim");
  const CcVariable *variable = cc_pack_find_variable (job->pack, "VI19");
  CcInterval        date = CC_INTERVAL_UNKNOWN;
  const char       *rule = "intake.finding.date-from-row";
  CcValue          *value;

  if (has_known (victim, "VI19", &date))
    return TRUE;
  if (row->date_ambiguous)
    {
      row->parked =
          row->other_calendar ? "intake.parked.date-calendar" : "intake.parked.date-ambiguous";
      return FALSE;
    }
  if (!has_known (victim, "X_VI_REGON", &date)
      && !has_known (cc_import_row_get (row, "event"), "EV06", &date))
    {
      if (event && cc_interval_is_known (event->recorded))
        date = event->recorded;
      else if (!has_known (cc_import_row_get (row, "status_decision"), "VS02", &date)
               && !has_known (cc_import_row_get (row, "referral"), "RF02", &date)
               && !has_known (cc_import_row_get (row, "assistance"), "AS03", &date)
               && !has_known (victim, "X_VI_RETON", &date))
        {
          date = row->table->period;
          rule = "intake.finding.date-from-period";
        }
    }
  if (!cc_interval_is_known (date))
    {
      row->parked = "intake.parked.date";
      return FALSE;
    }
  value = cc_record_find (victim, "VI19");
  /* A date stands there and cannot be read: it must not be said that there is none. */
  if (value && value->no_value == CC_NO_VALUE_NOT_COLLECTED && value->text)
    rule = g_str_equal (rule, "intake.finding.date-from-row")
               ? "intake.finding.date-unread-from-row"
               : "intake.finding.date-unread-from-period";
  if (!value)
    value = cc_record_add (victim, variable);
  value->no_value = CC_NO_VALUE_NONE;
  value->date = date;
  cc_import_row_find (row, rule, CC_SEVERITY_NOTE, variable, value->text);
  return TRUE;
}

static void
check_period (CcImportJob *job, CcImportRow *row)
{
  const CcValue *detected = cc_record_known (cc_import_row_get (row, "victim"), "VI19");

  if (detected && cc_interval_is_known (job->options->period)
      && cc_interval_relation (detected->date, job->options->period) == CC_RELATION_OUTSIDE)
    {
      g_autofree char *iso = cc_interval_to_iso (detected->date);

      cc_import_row_find (row, "intake.finding.date-outside-period", CC_SEVERITY_WARNING,
                          detected->variable, iso);
    }
}

static gboolean
says_nothing (CcImportRow *row)
{
  for (guint i = 0; i < row->records->len; i++)
    if (!cc_record_is_empty (((CcRowRecord *) row->records->pdata[i])->record))
      return FALSE;
  return TRUE;
}

static gboolean
write_checks (CcImportJob *job, CcImportRow *row)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) findings = NULL;

  for (guint i = 0; i < row->records->len; i++)
    g_ptr_array_add (records, ((CcRowRecord *) row->records->pdata[i])->record);
  findings = cc_check_records (job->pack, records, job->today);
  for (guint i = 0; i < findings->len; i++)
    {
      CcCheckFinding *finding = findings->pdata[i];

      cc_import_row_find (row, finding->rule, finding->severity, finding->variable, finding->value);
    }
  return TRUE;
}

/* One perpetrator with role, forms and steps, behind a row of suspects or beside a victim. */
static gboolean
write_perpetrator (CcImportJob *job,
                   CcImportRow *row,
                   gint64       event,
                   gboolean     is_main,
                   GError     **error)
{
  CcRecord   *record = cc_import_row_ensure (job, row, "perpetrator");
  CcRecord   *step = cc_import_row_get (row, "justice_step");
  CcPutResult result;

  if (is_main)
    {
      if (!cc_import_put (job, record, row->key, row->source_row, &result, error))
        return FALSE;
      note_outcome (row, result, TRUE);
    }
  else if (!put_child (job, row, record, "perpetrator", 0, 0, error))
    return FALSE;
  if (!put_child (job, row, cc_import_row_ensure (job, row, "perp_event"), "perp_event", record->id,
                  event, error))
    return FALSE;
  if (step && !cc_record_is_empty (step) && !cc_record_known (step, "JS01"))
    cc_import_row_find (row, "intake.finding.step-without-stage", CC_SEVERITY_WARNING,
                        cc_pack_find_variable (job->pack, "JS01"), NULL);
  return put_staged (job, row, "justice_step", "JS01", record->id, event, error)
         && put_optional (job, row, "justice_step", record->id, event, NULL, error);
}

/* What a step says besides its date (outcome, article, sentence) belongs to the last stage that has
 * a date of its own. */
static void
settle_steps (CcImportRow *row)
{
  CcRecord    *general = cc_import_row_get (row, "justice_step");
  CcRowRecord *last = NULL;

  if (!general || cc_record_known (general, "JS03") || cc_record_known (general, "JS01"))
    return;
  for (guint i = 0; i < row->records->len; i++)
    {
      CcRowRecord *entry = row->records->pdata[i];

      if (entry->stage && g_str_equal (entry->unit->name, "justice_step")
          && cc_record_known (entry->record, "JS03")
          && (!last || entry->stage->sort > last->stage->sort))
        last = entry;
    }
  if (!last)
    return;
  cc_record_merge (last->record, general);
  g_ptr_array_set_size (general->values, 0);
}

static gboolean
has_step_date (CcImportRow *row)
{
  for (guint i = 0; i < row->records->len; i++)
    {
      CcRowRecord *entry = row->records->pdata[i];

      if (g_str_equal (entry->unit->name, "justice_step")
          && cc_record_known (entry->record, "JS03"))
        return TRUE;
    }
  return FALSE;
}

/* A step whose stage is known and whose date is not happened in the period of the list. */
static gboolean
decide_step_date (CcImportJob *job, CcImportRow *row, CcImportEvent *event)
{
  CcRecord         *step = cc_import_row_get (row, "justice_step");
  CcInterval        date = row->table->period;
  const char       *rule = "intake.finding.date-from-period";
  const CcVariable *variable = cc_pack_find_variable (job->pack, "JS03");
  CcValue          *value;

  if (has_step_date (row))
    return TRUE;
  if (row->date_ambiguous)
    {
      row->parked =
          row->other_calendar ? "intake.parked.date-calendar" : "intake.parked.date-ambiguous";
      return FALSE;
    }
  if (event && cc_interval_is_known (event->recorded))
    {
      date = event->recorded;
      rule = "intake.finding.date-from-row";
    }
  has_known (cc_import_row_get (row, "event"), "EV06", &date);
  if (!cc_interval_is_known (date))
    {
      row->parked = "intake.parked.date";
      return FALSE;
    }
  if (!step || !cc_record_known (step, "JS01"))
    {
      cc_import_row_find (row, "intake.finding.step-missing", CC_SEVERITY_NOTE, variable, NULL);
      return TRUE;
    }
  value = cc_record_find (step, "JS03");
  if (!value)
    value = cc_record_add (step, variable);
  value->no_value = CC_NO_VALUE_NONE;
  value->date = date;
  cc_import_row_find (row, rule, CC_SEVERITY_NOTE, variable, NULL);
  return TRUE;
}

static gboolean
write_victim (CcImportJob *job, CcImportRow *row, gint64 event, GError **error)
{
  CcRecord   *victim = cc_import_row_ensure (job, row, "victim");
  CcRecord   *link = cc_import_row_ensure (job, row, "victim_event");
  CcRecord   *perpetrator = cc_import_row_get (row, "perpetrator");
  CcPutResult result;

  if (!cc_import_put (job, victim, row->key, row->source_row, &result, error))
    return FALSE;
  note_outcome (row, result, TRUE);
  if (!put_child (job, row, link, "victim_event", victim->id, event, error)
      || !put_optional (job, row, "status_decision", victim->id, 0, NULL, error)
      || !put_optional (job, row, "assistance", victim->id, 0, NULL, error)
      || !put_optional (job, row, "referral", victim->id, event, NULL, error)
      || !put_staged (job, row, "place", "X_PL_STAGE", link->id, event, error))
    return FALSE;
  if (row->table->also_perpetrator && perpetrator && !cc_record_is_empty (perpetrator))
    {
      settle_steps (row);
      return write_perpetrator (job, row, event, FALSE, error);
    }
  return TRUE;
}

/* A row of an event table. What it says of forms, means and countries is a statement about the
 * event as a whole: a link row without a victim. */
static gboolean
write_event (CcImportJob *job, CcImportRow *row, CcImportEvent *event, GError **error)
{
  CcRecord *link = cc_import_row_get (row, "victim_event");
  gint64    link_id = 0;

  row->outcome = event->first;
  if (link && !put_optional (job, row, "victim_event", 0, event->id, &link_id, error))
    return FALSE;
  return put_staged (job, row, "place", "X_PL_STAGE", link_id, event->id, error);
}

/* Whether the cell that counts the persons by a code counts all of them, each with a known one. */
static gboolean
divides_fully (const CcImportRow *row)
{
  int n = 0;

  for (guint i = 0; row->shares && i < row->shares->len; i++)
    {
      const CcCellShare *share = &g_array_index (row->shares, CcCellShare, i);

      if (!share->code)
        return FALSE;
      n += share->n;
    }
  return n > 0 && n == row->n_persons;
}

/* Several persons in one row: the event is kept with its number of persons, the number as a count,
 * and the row waits. Nobody is invented. */
static gboolean
write_several (CcImportJob *job, CcImportRow *row, CcImportEvent *event, GError **error)
{
  CcInterval date = row->table->period;

  if (!has_known (cc_import_row_get (row, "victim"), "VI19", &date))
    has_known (cc_import_row_get (row, "event"), "EV06", &date);
  if (!divides_fully (row))
    return cc_act_add_aggregate_cell (job->act, job->submission.id, row->source_row, event->id,
                                      row->table->unit, date, "", row->n_persons, error)
           != 0;
  for (guint i = 0; i < row->shares->len; i++)
    {
      const CcCellShare *share = &g_array_index (row->shares, CcCellShare, i);
      g_autofree char   *category =
          g_strdup_printf ("%s=%s", share->variable->name, share->code->code);

      if (!cc_act_add_aggregate_cell (job->act, job->submission.id, row->source_row, event->id,
                                      row->table->unit, date, category, share->n, error))
        return FALSE;
    }
  return TRUE;
}

static void
state_persons (CcImportJob *job, CcImportRow *row)
{
  gboolean          victims = !g_str_equal (row->table->unit, "perpetrator");
  const char       *id = victims ? "EV17" : "EV18";
  CcRecord         *event = cc_import_row_ensure (job, row, "event");
  CcInterval        date;
  const CcVariable *recorded = cc_pack_find_variable (job->pack, "EV06");

  if (!cc_record_known (event, id))
    cc_record_add (event, cc_pack_find_variable (job->pack, id))->number = row->n_persons;
  if (!cc_record_known (event, "EV06")
      && has_known (cc_import_row_get (row, "victim"), "VI19", &date))
    cc_record_add (event, recorded)->date = date;
}

static gboolean
decide_row (CcImportJob *job, CcImportRow *row, CcImportEvent *event)
{
  if (g_str_equal (row->table->unit, "victim"))
    return decide_detection (job, row, event);
  if (g_str_equal (row->table->unit, "perpetrator"))
    return decide_step_date (job, row, event);
  return TRUE;
}

static gboolean
write_unit (CcImportJob *job, CcImportRow *row, CcImportEvent *event, GError **error)
{
  gint64 event_id = event ? event->id : 0;

  if (g_str_equal (row->table->unit, "event"))
    return write_event (job, row, event, error);
  if (g_str_equal (row->table->unit, "perpetrator"))
    return write_perpetrator (job, row, event_id, TRUE, error);
  return write_victim (job, row, event_id, error);
}

/**
 * cc_import_write_row:
 *
 * Decides what becomes of a data row whose cells were read and whose source row was stored, and
 * stores it. row->parked tells the reason where the row has to wait, else row->outcome what became
 * of it.
 */
gboolean
cc_import_write_row (CcImportJob *job, CcImportRow *row, GError **error)
{
  gboolean       is_event = g_str_equal (row->table->unit, "event");
  gboolean       is_perpetrator = g_str_equal (row->table->unit, "perpetrator");
  CcImportEvent *event = NULL;

  if (row->parked)
    return TRUE;
  if (row->table->unit[0] == '\0')
    row->parked = "intake.parked.unit";
  else if (says_nothing (row))
    row->parked = "intake.parked.nothing-read";
  else if (row->n_persons < 0 && !is_event)
    row->parked = "intake.parked.no-person";
  else if (row->n_unclear && row->n_persons <= 1 && !is_event)
    row->parked = "intake.parked.persons-unclear";
  if (row->parked)
    return TRUE;
  if (row->unplaced
      && !cc_record_known (cc_import_row_get (row, cc_import_key_unit (row->table->unit)),
                           cc_import_key_variable (row->table->unit)))
    {
      row->parked = "intake.parked.answer-unplaced";
      return TRUE;
    }
  cc_import_make_key (job, row, cc_import_key_unit (row->table->unit),
                      cc_import_key_variable (row->table->unit));
  if (row->n_persons > 1 && !is_event)
    {
      row->parked = "intake.parked.persons";
      state_persons (job, row);
      return cc_import_get_event (job, row, &event, error)
             && write_several (job, row, event, error);
    }
  if (!cc_import_get_event (job, row, &event, error))
    return FALSE;
  if (is_perpetrator)
    settle_steps (row);
  if (!decide_row (job, row, event))
    return TRUE;
  check_period (job, row);
  write_checks (job, row);
  return write_unit (job, row, event, error);
}
