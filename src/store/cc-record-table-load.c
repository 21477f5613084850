/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-table-private.h"
#include "cc-bind-private.h"
#include "cc-case-file-private.h"

#include <stdlib.h>
#include <string.h>

/* How a table is filled: a few passes over narrow rows, in the order in which they lie in the file,
 * instead of one query that searches for each record in five places. */

typedef struct
{
  gint64 code;
  int    from, to; /* ages, inclusive */
} AgeClass;

typedef struct
{
  CcRecordTable *table;
  CcConnection  *connection;
  GArray        *age_classes;
  CcInterval    *births;    /* by row: perpetrators are aged when their first step is known */
  CcDay         *days;      /* by row: day of the statement that gave the status */
  GHashTable    *withdrawn; /* child records that do not count */
} Load;

typedef void (*TakeRow) (Load *self, CcTableRow *row, guint place, CcStatement *statement);

/* Calls back for each result whose first column is a record of the table. */
static gboolean
for_rows (Load *self, const char *sql, TakeRow take, GError **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (self->connection, sql, error);
  GArray  *rows = self->table->rows;
  gboolean has_row = FALSE;
  guint    place = 0;

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gint64 id;

      if (!cc_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      id = cc_statement_int64 (statement, 0);
      /* Mostly the next row of the table is meant. */
      if (place + 1 < rows->len && g_array_index (rows, CcTableRow, place + 1).id == id)
        place++;
      else if (place >= rows->len || g_array_index (rows, CcTableRow, place).id != id)
        {
          const int found = cc_record_table_find (self->table, id);

          if (found < 0)
            continue;
          place = (guint) found;
        }
      take (self, &g_array_index (rows, CcTableRow, place), place, statement);
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const gint64 x = ((const CcTableRow *) a)->id;
  const gint64 y = ((const CcTableRow *) b)->id;

  return (x > y) - (x < y);
}

/* The unit is written out: only so the partial index is used, and it answers without the table. */
static gboolean
load_heads (Load *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, entity, state, submission FROM record"
                                          " WHERE unit = '%s'",
                                          self->table->abbr);
  g_autoptr (CcStatement) statement = cc_connection_prepare (self->connection, sql, error);
  gboolean has_row = FALSE;
  gboolean ok = statement != NULL;

  while (ok && (ok = cc_statement_step (statement, &has_row, error)) && has_row)
    {
      CcTableRow row = { .id = cc_statement_int64 (statement, 0),
                         .first = CC_DAY_NONE,
                         .last = CC_DAY_NONE,
                         .entity = (gint32) cc_statement_int64 (statement, 1),
                         .submission = (gint32) cc_statement_int64 (statement, 3),
                         .cluster = -1,
                         .age_min = -1,
                         .age_max = -1 };

      if (cc_statement_int64 (statement, 2) != 0)
        row.signs |= CC_SIGN_WITHDRAWN;
      else
        self->table->n_live++;
      if (row.submission == 0)
        row.signs |= CC_SIGN_TYPED;
      g_array_append_val (self->table->rows, row);
    }
  g_array_sort (self->table->rows, compare_rows);
  return ok;
}

static void
load_age_classes (Load *self)
{
  GPtrArray *codes = cc_pack_get_list_codes (self->table->file->pack, "AGE2");

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    {
      const CcCode    *code = g_ptr_array_index (codes, i);
      g_autofree char *from = cc_code_get_attribute (code, "from");
      g_autofree char *to = cc_code_get_attribute (code, "to");
      const AgeClass   entry = { cc_case_file_code_id (self->table->file, code),
                               from != NULL ? atoi (from) : 0, to != NULL ? atoi (to) : G_MAXINT };

      g_array_append_val (self->age_classes, entry);
    }
}

/* Age from the birth date where none is stated; the class where all possible ages lie in one. */
static void
settle_age (Load *self, CcTableRow *row, CcInterval birth)
{
  int min, max;

  if (row->age_min < 0 && row->age_max < 0 && cc_interval_is_known (birth)
      && row->first != CC_DAY_NONE)
    {
      row->age_min = (gint16) CLAMP (cc_day_completed_years (birth.last, row->first), 0, 999);
      row->age_max = (gint16) CLAMP (cc_day_completed_years (birth.first, row->last), 0, 999);
    }
  if (row->age_min < 0 && row->age_max < 0)
    return;
  min = MAX (row->age_min, 0);
  max = row->age_max >= 0 ? row->age_max : G_MAXINT;
  for (guint i = 0; i < self->age_classes->len; i++)
    {
      const AgeClass *entry = &g_array_index (self->age_classes, AgeClass, i);

      if (min >= entry->from && max <= entry->to)
        row->age_class = (gint32) entry->code;
    }
}

/* The kinds of no value are codes, too; in a list they are all "no value". */
static gint32
read_code (Load *self, CcStatement *statement, int column)
{
  const gint64 *none = self->table->file->no_value_ids;
  const gint64  id = cc_statement_int64 (statement, column);

  for (guint i = CC_NO_VALUE_UNKNOWN; i <= CC_NO_VALUE_NOT_APPLICABLE; i++)
    if (id == none[i])
      return 0;
  return (gint32) id;
}

static gint16
read_age (CcStatement *statement, int column)
{
  return cc_statement_is_null (statement, column)
             ? -1
             : (gint16) CLAMP (cc_statement_int64 (statement, column), 0, 999);
}

/* record, sex, age min and max, birth first and last, date first and last, status */
static void
take_unit (Load *self, CcTableRow *row, guint place, CcStatement *statement)
{
  const CcInterval birth = { cc_read_day (statement, 4), cc_read_day (statement, 5) };

  row->sex = read_code (self, statement, 1);
  row->age_min = read_age (statement, 2);
  row->age_max = read_age (statement, 3);
  row->first = cc_read_day (statement, 6);
  row->last = cc_read_day (statement, 7);
  row->status = read_code (self, statement, 8);
  if (self->births != NULL)
    self->births[place] = birth;
  else
    settle_age (self, row, birth);
}

static char *
get_unit_sql (CcRecordTable *self)
{
  const gboolean   event = strcmp (self->abbr, "EV") == 0;
  const gboolean   victim = strcmp (self->abbr, "VI") == 0;
  const char      *day = event ? "recorded_on" : victim ? "detected_on" : "";
  g_autofree char *sex = cc_record_table_get_column (self, self->unit, "sex", "");
  g_autofree char *age_min = cc_record_table_get_column (self, self->unit, "age", "_min");
  g_autofree char *age_max = cc_record_table_get_column (self, self->unit, "age", "_max");
  g_autofree char *born = cc_record_table_get_column (self, self->unit, "birth_date", "_first");
  g_autofree char *born_last = cc_record_table_get_column (self, self->unit, "birth_date", "_last");
  g_autofree char *first = cc_record_table_get_column (self, self->unit, day, "_first");
  g_autofree char *last = cc_record_table_get_column (self, self->unit, day, "_last");
  g_autofree char *status = cc_record_table_get_column (self, self->unit, event ? "stage" : "", "");

  return g_strdup_printf ("SELECT record, %s, %s, %s, %s, %s, %s, %s, %s FROM \"%s\""
                          " ORDER BY record",
                          sex, age_min, age_max, born, born_last, first, last, status, self->unit);
}

static gboolean
load_withdrawn (Load *self, const char *unit, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT id FROM record WHERE state <> 0 AND unit = '%s'", unit);
  g_autoptr (CcStatement) statement = cc_connection_prepare (self->connection, sql, error);
  gboolean has_row = FALSE;
  gboolean ok = statement != NULL;

  while (ok && (ok = cc_statement_step (statement, &has_row, error)) && has_row)
    g_hash_table_add (self->withdrawn, GINT_TO_POINTER ((int) cc_statement_int64 (statement, 0)));
  return ok;
}

static gboolean
is_withdrawn (Load *self, gint64 record)
{
  return g_hash_table_contains (self->withdrawn, GINT_TO_POINTER ((int) record));
}

/* What a statement weighs against another of the same record: a later decision outweighs an earlier
 * one, any decision outweighs a presumption, among these the stronger wins. */
typedef struct
{
  gboolean decides;
  int      rank;
  CcDay    day;
} Weight;

static void
weigh (Load *self, gint32 code, CcDay day, gboolean by_day, Weight *weight)
{
  const CcCode    *found = cc_case_file_code_from_id (self->table->file, code);
  g_autofree char *decides = found != NULL ? cc_code_get_attribute (found, "decides") : NULL;
  g_autofree char *rank = found != NULL ? cc_code_get_attribute (found, "rank") : NULL;

  weight->decides = by_day || g_strcmp0 (decides, "yes") == 0;
  weight->rank = rank != NULL ? atoi (rank) : 0;
  weight->day = weight->decides ? day : CC_DAY_NONE;
}

static gboolean
outweighs (const Weight *a, const Weight *b)
{
  if (a->decides != b->decides)
    return a->decides;
  if (a->day != b->day)
    return a->day > b->day;
  return a->rank > b->rank;
}

/* Most records have one statement; only of a second one the first one's weight is asked. */
static void
take_statement (Load *self, CcTableRow *row, guint place, CcStatement *statement, gboolean by_day)
{
  const gint32 code = read_code (self, statement, 1);
  const CcDay  day = cc_read_day (statement, 2);
  Weight       a, b;

  if (code == 0 || is_withdrawn (self, cc_statement_int64 (statement, 4)))
    return;
  if (row->status != 0)
    {
      weigh (self, code, day, by_day, &a);
      weigh (self, row->status, self->days[place], by_day, &b);
      if (!outweighs (&a, &b))
        return;
    }
  row->status = code;
  self->days[place] = day;
}

static gboolean
load_statements (Load       *self,
                 const char *unit,
                 const char *parent,
                 const char *code,
                 const char *day,
                 TakeRow     take,
                 GError    **error)
{
  const CcUnit    *found = cc_pack_find_unit (self->table->file->pack, unit);
  g_autofree char *column = cc_record_table_get_column (self->table, unit, code, "");
  g_autofree char *first = cc_record_table_get_column (self->table, unit, day, "_first");
  g_autofree char *last = cc_record_table_get_column (self->table, unit, day, "_last");
  g_autofree char *sql = NULL;

  if (found == NULL || !load_withdrawn (self, found->abbr, error))
    return found == NULL;
  sql = g_strdup_printf ("SELECT %s, %s, %s, %s, record FROM %s WHERE %s IS NOT NULL"
                         " ORDER BY record",
                         parent, column, first, last, unit, parent);
  return for_rows (self, sql, take, error);
}

static void
take_decision (Load *self, CcTableRow *row, guint place, CcStatement *statement)
{
  take_statement (self, row, place, statement, FALSE);
}

/* A perpetrator is counted by the day of the first step and stands where the last one led. */
static void
take_step (Load *self, CcTableRow *row, guint place, CcStatement *statement)
{
  const CcInterval day = { cc_read_day (statement, 2), cc_read_day (statement, 3) };

  if (is_withdrawn (self, cc_statement_int64 (statement, 4)))
    return;
  take_statement (self, row, place, statement, TRUE);
  if (cc_interval_is_known (day) && (row->first == CC_DAY_NONE || day.first < row->first))
    {
      row->first = day.first;
      row->last = day.last;
    }
}

static gboolean
load_perpetrators (Load *self, const char *sql, GError **error)
{
  const guint n = self->table->rows->len;

  self->births = g_new (CcInterval, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    self->births[i] = CC_INTERVAL_UNKNOWN;
  if (!for_rows (self, sql, take_unit, error)
      || !load_statements (self, "justice_step", "perpetrator", "stage", "step_on", take_step,
                           error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    settle_age (self, &g_array_index (self->table->rows, CcTableRow, i), self->births[i]);
  return TRUE;
}

static gboolean
load_unit (Load *self, GError **error)
{
  g_autofree char *sql = get_unit_sql (self->table);

  self->days = g_new0 (CcDay, MAX (self->table->rows->len, 1));
  if (strcmp (self->table->abbr, "PE") == 0)
    return load_perpetrators (self, sql, error);
  if (!for_rows (self, sql, take_unit, error))
    return FALSE;
  return strcmp (self->table->abbr, "VI") != 0
         || load_statements (self, "status_decision", "victim", "status", "decided_on",
                             take_decision, error);
}

static void
take_finding (Load *self, CcTableRow *row, guint place, CcStatement *statement)
{
  row->signs |=
      strcmp (cc_statement_text (statement, 1), "error") == 0 ? CC_SIGN_ERROR : CC_SIGN_WARNING;
}

static void
take_pair (Load *self, CcTableRow *row, guint place, CcStatement *statement)
{
  row->signs |= CC_SIGN_PAIR;
}

/* Notes ask for nothing and give no sign. */
static gboolean
load_signs (Load *self, GError **error)
{
  g_autofree char *a = g_strdup_printf ("SELECT a FROM proposal WHERE state = 'open'"
                                        " AND kind = '%s'",
                                        self->table->abbr);
  g_autofree char *b = g_strdup_printf ("SELECT b FROM proposal WHERE state = 'open'"
                                        " AND kind = '%s'",
                                        self->table->abbr);

  return for_rows (self,
                   "SELECT record, severity FROM finding WHERE state = 'open'"
                   " AND record IS NOT NULL AND severity <> 'note'",
                   take_finding, error)
         && for_rows (self, a, take_pair, error) && for_rows (self, b, take_pair, error);
}

typedef struct
{
  gint64 cluster;
  guint  place;
} Member;

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *x = a;
  const Member *y = b;

  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static gboolean
load_clusters (Load *self, GError **error)
{
  CcRecordTable *table = self->table;
  g_autoptr (GArray) members = g_array_sized_new (FALSE, FALSE, sizeof (Member), table->n_live);
  g_autoptr (CcStatement) statement = NULL;
  gboolean has_row = FALSE;
  gboolean ok;

  statement = cc_connection_prepare (self->connection,
                                     "SELECT record, cluster FROM membership"
                                     " WHERE to_act IS NULL ORDER BY id",
                                     error);
  ok = statement != NULL;
  while (ok && (ok = cc_statement_step (statement, &has_row, error)) && has_row)
    {
      const int    place = cc_record_table_find (table, cc_statement_int64 (statement, 0));
      const Member member = { cc_statement_int64 (statement, 1), (guint) place };

      if (place >= 0)
        g_array_append_val (members, member);
    }
  g_array_sort (members, compare_members);
  table->by_cluster = g_new (guint32, MAX (members->len, 1));
  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = &g_array_index (members, Member, i);

      if (i == 0 || member->cluster != (member - 1)->cluster)
        {
          const CcTableCluster cluster = { member->cluster, 0, i };

          g_array_append_val (table->clusters, cluster);
        }
      g_array_index (table->clusters, CcTableCluster, table->clusters->len - 1).n++;
      g_array_index (table->rows, CcTableRow, member->place).cluster =
          (gint32) table->clusters->len - 1;
      table->by_cluster[i] = member->place;
    }
  return ok;
}

static void
mark_joined (CcRecordTable *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      CcTableRow *row = &g_array_index (self->rows, CcTableRow, i);

      if (row->cluster >= 0 && g_array_index (self->clusters, CcTableCluster, row->cluster).n > 1)
        row->signs |= CC_SIGN_JOINED;
    }
}

gboolean
cc_record_table_load_rows (CcRecordTable *self, CcConnection *connection, GError **error)
{
  Load     load = { .table = self, .connection = connection };
  gboolean ok;

  load.age_classes = g_array_new (FALSE, FALSE, sizeof (AgeClass));
  load.withdrawn = g_hash_table_new (NULL, NULL);
  load_age_classes (&load);
  ok = load_heads (&load, error) && load_unit (&load, error) && load_signs (&load, error)
       && load_clusters (&load, error);
  if (ok)
    mark_joined (self);
  g_array_unref (load.age_classes);
  g_hash_table_unref (load.withdrawn);
  g_free (load.births);
  g_free (load.days);
  return ok;
}
