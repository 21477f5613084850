/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-review.h>

#include <string.h>
#include <cc/base/cc-error.h>

static void
free_record (gpointer data)
{
  cc_review_record_free (data);
}

static void
free_field (gpointer data)
{
  CcReviewField *self = data;

  cc_compare_row_free (self->row);
  g_free (self->taken);
  g_free (self);
}

static void
free_step (gpointer data)
{
  CcReviewStep *self = data;

  g_free (self->user);
  g_free (self->act);
  g_free (self->reason);
  g_free (self);
}

void
cc_review_person_free (CcReviewPerson *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

/* The cluster as it is now: what was joined into another is that one. */
static gboolean
find_cluster (CcConnection *connection, CcReviewPerson *self, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT kind, merged_into FROM cluster WHERE id = ?1",
                             error);
  gboolean has_row = TRUE;

  if (!find)
    return FALSE;
  while (has_row)
    {
      cc_statement_reset (find);
      cc_statement_bind_int64 (find, 1, self->cluster);
      if (!cc_statement_step (find, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      if (cc_statement_is_null (find, 1))
        {
          self->kind = g_strdup (cc_statement_text (find, 0));
          return TRUE;
        }
      self->cluster = cc_statement_int64 (find, 1);
    }
  g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                       "This person is no longer in the case file.");
  return FALSE;
}

/* The order in which the selection rules read records. */
static int
order_records (gconstpointer x, gconstpointer y)
{
  const CcReviewRecord *a = *(CcReviewRecord *const *) x;
  const CcReviewRecord *b = *(CcReviewRecord *const *) y;
  const gboolean        known_a = cc_interval_is_known (a->day);
  const gboolean        known_b = cc_interval_is_known (b->day);
  int                   order;

  if (known_a != known_b)
    return known_a ? -1 : 1;
  if (known_a && a->day.first != b->day.first)
    return a->day.first < b->day.first ? -1 : 1;
  if (known_a && a->day.last != b->day.last)
    return a->day.last < b->day.last ? -1 : 1;
  order = strcmp (a->entity_key, b->entity_key);
  if (order != 0)
    return order;
  return a->id < b->id ? -1 : a->id > b->id;
}

static gboolean
read_members (CcCaseFile *file, CcConnection *connection, CcReviewPerson *self, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (
      connection,
      "SELECT record FROM membership WHERE cluster = ?1 AND to_act IS NULL ORDER BY record", error);
  g_autoptr (GArray) ids = NULL;

  if (!rows)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, self->cluster);
  ids = cc_statement_list_ids (rows, error);
  if (!ids)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      CcReviewRecord *record =
          cc_review_read_record (file, connection, g_array_index (ids, gint64, i), error);

      if (!record)
        return FALSE;
      g_ptr_array_add (self->records, record);
    }
  g_ptr_array_sort (self->records, order_records);
  return TRUE;
}

static const char *
get_contract_name (const char *kind)
{
  if (strcmp (kind, "VI") == 0)
    return "victim";
  return strcmp (kind, "PE") == 0 ? "perp" : "event";
}

/* The contract's rule for the values of a row; "" where the field is not counted. Of a birth the
 * age is counted, of decisions on a status the status. */
static const char *
find_rule (GPtrArray *contract, const CcVariable *variable)
{
  for (guint i = 0; i < contract->len; i++)
    {
      const CcContractField *field = contract->pdata[i];

      if (strcmp (field->variable, variable->id) == 0
          || (strcmp (variable->name, "birth_date") == 0 && strcmp (field->field, "age") == 0)
          || (strcmp (variable->unit, "status_decision") == 0
              && strcmp (field->field, "status") == 0))
        return field->select;
    }
  return "";
}

static gboolean
says (const CcCompareRow *row, guint i)
{
  return ((CcCompareCell *) row->cells->pdata[i])->text != NULL;
}

static CcDay
get_width (CcInterval interval)
{
  return cc_interval_is_known (interval) ? interval.last - interval.first : G_MAXINT32;
}

/* The first, the earliest or the most exact of those that say something. */
static void
take_one (CcReviewField *field, const char *rule)
{
  int best = -1;

  for (guint i = 0; i < field->row->cells->len; i++)
    {
      const CcCompareCell *cell = field->row->cells->pdata[i];
      const CcCompareCell *chosen = best >= 0 ? field->row->cells->pdata[best] : NULL;

      if (!says (field->row, i))
        continue;
      if (chosen == NULL
          || (strcmp (rule, "earliest") == 0 && cc_interval_is_known (cell->date)
              && (!cc_interval_is_known (chosen->date) || cell->date.first < chosen->date.first
                  || (cell->date.first == chosen->date.first
                      && cell->date.last < chosen->date.last)))
          || (strcmp (rule, "most-exact-earliest") == 0
              && get_width (cell->date) < get_width (chosen->date)))
        best = (int) i;
    }
  if (best >= 0)
    field->taken[best] = TRUE;
}

/* What one decision on a status is worth: the day it was taken where somebody entitled decided,
 * else how far it goes. */
typedef struct
{
  gboolean entitled;
  CcDay    day;
  int      rank;
} Status;

static const CcValue *
find_value (CcRecord *record, const char *name)
{
  for (guint i = 0; i < record->values->len; i++)
    if (strcmp (((CcValue *) record->values->pdata[i])->variable->name, name) == 0)
      return record->values->pdata[i];
  return NULL;
}

static gboolean
read_status (const CcReviewRecord *record, CcRecord *decision, Status *status)
{
  static const char *const ranks[] = { "FLAG", "PRES", "PEND" };
  const CcValue           *value = find_value (decision, "status");
  const CcValue           *day = find_value (decision, "decided_on");

  if (strcmp (decision->unit->name, "status_decision") != 0 || value == NULL || value->code == NULL)
    return FALSE;
  status->entitled =
      record->identifies
      && (strcmp (value->code->code, "IDEN") == 0 || strcmp (value->code->code, "NEG") == 0);
  status->day =
      day != NULL && cc_interval_is_known (day->date) ? day->date.first : record->day.first;
  status->rank = strcmp (value->code->code, "IDEN") == 0 ? 1 : -1;
  for (int i = 0; i < (int) G_N_ELEMENTS (ranks); i++)
    if (strcmp (value->code->code, ranks[i]) == 0)
      status->rank = i;
  return status->entitled || status->rank >= 0;
}

static gboolean
outranks (const Status *a, const Status *b)
{
  if (a->entitled != b->entitled)
    return a->entitled;
  return a->entitled ? a->day > b->day : a->rank > b->rank;
}

static void
take_status (CcReviewField *field, GPtrArray *records)
{
  Status best = { 0 };
  int    chosen = -1;

  for (guint i = 0; i < records->len; i++)
    {
      const CcReviewRecord *record = records->pdata[i];

      for (guint k = 0; k < record->source.children->len; k++)
        {
          Status status;

          if (read_status (record, record->source.children->pdata[k], &status)
              && (chosen < 0 || outranks (&status, &best)))
            {
              best = status;
              chosen = (int) i;
            }
        }
    }
  if (chosen >= 0)
    field->taken[chosen] = TRUE;
}

static void
take_all (CcReviewField *field)
{
  for (guint i = 0; i < field->row->cells->len; i++)
    field->taken[i] = says (field->row, i);
}

static void
apply_rule (CcReviewField *field, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    if (((CcReviewRecord *) records->pdata[i])->id == field->choice && says (field->row, i))
      {
        field->taken[i] = TRUE;
        return;
      }
  if (strcmp (field->rule, "latest-entitled") == 0)
    take_status (field, records);
  else if (strcmp (field->rule, "first-known") == 0 || strcmp (field->rule, "earliest") == 0
           || strcmp (field->rule, "most-exact-earliest") == 0)
    take_one (field, field->rule);
  else
    take_all (field);
}

static gboolean
read_choices (CcCaseFile *file, CcConnection *connection, CcReviewPerson *self, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection,
                             "SELECT variable, record FROM cluster_choice WHERE cluster = ?1",
                             error);
  gboolean has_row = TRUE;

  if (!rows)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, self->cluster);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      for (guint i = 0; has_row && i < self->fields->len; i++)
        {
          CcReviewField *field = self->fields->pdata[i];

          if (cc_case_file_variable_id (file, field->row->variable) == cc_statement_int64 (rows, 0))
            field->choice = cc_statement_int64 (rows, 1);
        }
    }
  return TRUE;
}

/* A choice is heeded where a value is taken as one record states it. */
static gboolean
is_choosable (GPtrArray *contract, const CcReviewPerson *self, const CcVariable *variable)
{
  const CcReviewRecord *first = self->records->pdata[0];

  for (guint i = 0; i < contract->len; i++)
    {
      const CcContractField *field = contract->pdata[i];

      if (strcmp (field->variable, variable->id) == 0 && strcmp (field->derivation, "value") == 0
          && strcmp (field->unit, first->source.record->unit->name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
make_fields (CcCaseFile     *file,
             CcConnection   *connection,
             CcTexts        *texts,
             const char     *language,
             CcReviewPerson *self,
             GError        **error)
{
  const guint                 n = self->records->len;
  CcPack                     *pack = cc_case_file_get_pack (file);
  g_autofree CcCompareSource *sources = g_new (CcCompareSource, MAX (n, 1));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) contract = cc_pack_get_fields (pack, get_contract_name (self->kind));

  for (guint i = 0; i < n; i++)
    sources[i] = ((CcReviewRecord *) self->records->pdata[i])->source;
  rows = cc_record_compare (pack, texts, language, sources, n);
  while (rows->len > 0)
    {
      CcReviewField *field = g_new0 (CcReviewField, 1);

      field->row = g_ptr_array_steal_index (rows, 0);
      field->rule = find_rule (contract, field->row->variable);
      field->choosable = is_choosable (contract, self, field->row->variable);
      field->taken = g_new0 (gboolean, MAX (n, 1));
      g_ptr_array_add (self->fields, field);
    }
  if (!read_choices (file, connection, self, error))
    return FALSE;
  for (guint i = 0; i < self->fields->len; i++)
    apply_rule (self->fields->pdata[i], self->records);
  return TRUE;
}

static void
add_step (CcReviewPerson *self, CcStatement *row)
{
  CcReviewStep *step = g_new0 (CcReviewStep, 1);

  step->record = cc_statement_int64 (row, 0);
  step->left = cc_statement_int64 (row, 1) != 0;
  step->other = cc_statement_int64 (row, 2);
  step->time = cc_statement_int64 (row, 3);
  step->user = g_strdup (cc_statement_text (row, 4));
  step->act = g_strdup (cc_statement_text (row, 5));
  step->by_verdict = cc_statement_text (row, 6) != NULL
                     && cc_verdict_from_text (cc_statement_text (row, 6), &step->verdict);
  step->reason = g_strdup (cc_statement_text (row, 7));
  g_ptr_array_add (self->steps, step);
}

/* Records that came and records that left. What left was parted by a verdict of the same act. */
static gboolean
read_steps (CcConnection *connection, CcReviewPerson *self, GError **error)
{
  g_autoptr (CcStatement) rows = cc_connection_prepare (
      connection,
      "SELECT m.record, 0, (SELECT e.cluster FROM membership e WHERE e.record = m.record"
      "  AND e.to_act = m.from_act AND e.cluster <> m.cluster),"
      " a.time, a.user, a.act, d.verdict, d.reason, a.seq"
      " FROM membership m JOIN audit a ON a.seq = m.from_act"
      " LEFT JOIN pair_decision d ON d.id = m.decision WHERE m.cluster = ?1"
      " UNION ALL"
      " SELECT m.record, 1, (SELECT n.cluster FROM membership n WHERE n.record = m.record"
      "  AND n.from_act = m.to_act AND n.cluster <> m.cluster),"
      " a.time, a.user, a.act, d.verdict, d.reason, a.seq"
      " FROM membership m JOIN audit a ON a.seq = m.to_act"
      " LEFT JOIN pair_decision d ON d.id = (SELECT max (x.id) FROM pair_decision x"
      "  WHERE x.act = m.to_act AND (x.a = m.record OR x.b = m.record))"
      " WHERE m.cluster = ?1 AND m.to_act IS NOT NULL ORDER BY 9, 1",
      error);
  gboolean has_row = TRUE;

  if (!rows)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, self->cluster);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        add_step (self, rows);
    }
  return TRUE;
}

/**
 * cc_review_read_person:
 * @language: of labels and of the pack's words
 * @cluster: the number of a person or event, also one that has been joined into another
 *
 * Returns: (transfer full): the person with all records, what each of them says, which value counts
 *   by which rule, and how the records came together
 */
CcReviewPerson *
cc_review_read_person (CcCaseFile   *file,
                       CcConnection *connection,
                       CcTexts      *texts,
                       const char   *language,
                       gint64        cluster,
                       GError      **error)
{
  g_autoptr (CcReviewPerson) self = g_new0 (CcReviewPerson, 1);

  self->cluster = cluster;
  self->records = g_ptr_array_new_with_free_func (free_record);
  self->fields = g_ptr_array_new_with_free_func (free_field);
  self->steps = g_ptr_array_new_with_free_func (free_step);
  if (!find_cluster (connection, self, error) || !read_members (file, connection, self, error))
    return NULL;
  if (self->records->len > 0 && !make_fields (file, connection, texts, language, self, error))
    return NULL;
  return read_steps (connection, self, error) ? g_steal_pointer (&self) : NULL;
}
