/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-file-private.h"

#include <cc/store/cc-retention.h>
#include <cc/base/cc-error.h>
#include <cc/linkage/cc-link-fill.h>

#include <string.h>

#define RECORDS_PER_LOOK 256

/* The statements that walk a unit's records, its identifiers, citizenships and events side by side,
 * all in the order of records. */
typedef struct
{
  CcCaseFile  *file;
  CcStatement *records;
  CcStatement *identifiers;
  CcStatement *citizenships;
  CcStatement *events;
  gboolean     has_identifier;
  gboolean     has_citizenship;
  gboolean     has_event;
} Walk;

/* Identifiers of one record, by kind. */
typedef struct
{
  GPtrArray *family;
  GPtrArray *given;
  GPtrArray *full;
  GPtrArray *alias;
  GPtrArray *father;
  char      *document;
  char      *phone;
  char      *email;
  char      *place;
  char      *own_number;
} Identifiers;

static void
clear_identifiers (Identifiers *self)
{
  GPtrArray *lists[] = { self->family, self->given, self->full, self->alias, self->father };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_ptr_array_set_size (lists[i], 0);
  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->phone, g_free);
  g_clear_pointer (&self->email, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->own_number, g_free);
}

static void
free_identifiers (Identifiers *self)
{
  clear_identifiers (self);
  g_ptr_array_unref (self->family);
  g_ptr_array_unref (self->given);
  g_ptr_array_unref (self->full);
  g_ptr_array_unref (self->alias);
  g_ptr_array_unref (self->father);
}

static void
init_identifiers (Identifiers *self)
{
  memset (self, 0, sizeof *self);
  self->family = g_ptr_array_new_with_free_func (g_free);
  self->given = g_ptr_array_new_with_free_func (g_free);
  self->full = g_ptr_array_new_with_free_func (g_free);
  self->alias = g_ptr_array_new_with_free_func (g_free);
  self->father = g_ptr_array_new_with_free_func (g_free);
}

/* The first value of a kind that takes one only. */
static void
take_first (char **target, const char *value)
{
  if (!*target)
    *target = g_strdup (value);
}

static void
take_identifier (Identifiers *self, const char *kind, const char *value)
{
  struct
  {
    const char *kind;
    GPtrArray  *list;
    char      **first;
  } targets[] = {
    { "family", self->family, NULL },      { "given", self->given, NULL },
    { "full_name", self->full, NULL },     { "alias", self->alias, NULL },
    { "father_name", self->father, NULL }, { "document_no", NULL, &self->document },
    { "phone", NULL, &self->phone },       { "email", NULL, &self->email },
    { "birth_place", NULL, &self->place }, { "agency_ref", NULL, &self->own_number },
  };

  if (!kind || !value || !*value)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (strcmp (targets[i].kind, kind) == 0)
      {
        if (targets[i].list)
          g_ptr_array_add (targets[i].list, g_strdup (value));
        else
          take_first (targets[i].first, value);
        return;
      }
}

static void
fill_names (CcLinkFill *fill, CcLinkName role, GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    cc_link_fill_add_name (fill, role, texts->pdata[i]);
}

static void
fill_identifiers (CcLinkFill *fill, Identifiers *found)
{
  /* Without a family name it is not known what the other field holds. */
  gboolean split = found->family->len > 0;

  fill_names (fill, CC_LINK_NAME_FAMILY, found->family);
  fill_names (fill, split ? CC_LINK_NAME_GIVEN : CC_LINK_NAME_FULL, found->given);
  fill_names (fill, CC_LINK_NAME_FULL, found->full);
  fill_names (fill, CC_LINK_NAME_ALIAS, found->alias);
  fill_names (fill, CC_LINK_NAME_FATHER, found->father);
  cc_link_fill_set_document (fill, found->document);
  cc_link_fill_set_phone (fill, found->phone);
  cc_link_fill_set_email (fill, found->email);
  cc_link_fill_set_place (fill, found->place);
}

static char *
column_of (CcCaseFile *file, const char *unit, const char *name, const char *suffix)
{
  const CcVariable *variable =
      cc_pack_find_unit_variable (cc_case_file_get_pack (file), unit, name);
  gint64 id = variable ? cc_case_file_variable_id (file, variable) : 0;

  return id ? g_strdup_printf ("t.v%" G_GINT64_FORMAT "%s", id, suffix) : g_strdup ("NULL");
}

/* The record's columns: id, entity, submission, sex, birth first and last, age min, max and day,
 * first day of detection. */
static char *
make_records_sql (CcCaseFile *file, const char *unit)
{
  static const struct
  {
    const char *name;
    const char *suffix;
  } columns[] = {
    { "sex", "" },
    { "birth_date", "_first" },
    { "birth_date", "_last" },
    { "age", "_min" },
    { "age", "_max" },
    { "age", "_day" },
    { "detected_on", "_first" },
    { "detected_on", "_last" },
  };
  GString *sql = g_string_new ("SELECT r.id, r.entity, r.submission");

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *column = column_of (file, unit, columns[i].name, columns[i].suffix);

      g_string_append_printf (sql, ", %s", column);
    }
  g_string_append_printf (sql,
                          " FROM record r JOIN \"%s\" t ON t.record = r.id"
                          " WHERE r.unit = ?1 AND r.state = 0 AND r.basis = 0 ORDER BY r.id",
                          unit);
  return g_string_free (sql, FALSE);
}

static gboolean
start_walk (Walk         *walk,
            CcConnection *connection,
            const char   *unit,
            const char   *kind,
            GError      **error)
{
  const CcVariable *citizenship =
      cc_pack_find_unit_variable (cc_case_file_get_pack (walk->file), unit, "citizenship");
  g_autofree char *sql = make_records_sql (walk->file, unit);

  walk->records = cc_connection_prepare (connection, sql, error);
  if (!walk->records)
    return FALSE;
  cc_statement_bind_text (walk->records, 1, kind);
  walk->identifiers =
      cc_connection_prepare (connection,
                             "SELECT record, kind, value FROM identifier WHERE value <> "
                             "'" CC_PURGED_MARK "' ORDER BY record, kind, seq",
                             error);
  walk->citizenships = cc_connection_prepare (connection,
                                              "SELECT record, code FROM multi_value WHERE variable "
                                              "= ?1 ORDER BY record, seq",
                                              error);
  walk->events = cc_connection_prepare (
      connection,
      strcmp (unit, "victim") == 0
          ? "SELECT victim, min (event) FROM victim_event WHERE event IS NOT NULL"
            " GROUP BY victim ORDER BY victim"
          : "SELECT perpetrator, min (event) FROM perp_event WHERE event IS NOT NULL"
            " GROUP BY perpetrator ORDER BY perpetrator",
      error);
  if (!walk->identifiers || !walk->citizenships || !walk->events)
    return FALSE;
  cc_statement_bind_int64 (walk->citizenships, 1,
                           citizenship ? cc_case_file_variable_id (walk->file, citizenship) : 0);
  return cc_statement_step (walk->identifiers, &walk->has_identifier, error)
         && cc_statement_step (walk->citizenships, &walk->has_citizenship, error)
         && cc_statement_step (walk->events, &walk->has_event, error);
}

static void
end_walk (Walk *walk)
{
  CcStatement *statements[] = { walk->records, walk->identifiers, walk->citizenships,
                                walk->events };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (statements[i])
      cc_statement_release (statements[i]);
}

static gboolean
collect_identifiers (Walk *walk, gint64 record, Identifiers *found, GError **error)
{
  while (walk->has_identifier && cc_statement_int64 (walk->identifiers, 0) <= record)
    {
      if (cc_statement_int64 (walk->identifiers, 0) == record)
        take_identifier (found, cc_statement_text (walk->identifiers, 1),
                         cc_statement_text (walk->identifiers, 2));
      if (!cc_statement_step (walk->identifiers, &walk->has_identifier, error))
        return FALSE;
    }
  return TRUE;
}

/* The value that a side statement holds for the record: its first row. */
static gboolean
find_beside (CcStatement *statement,
             gboolean    *has_row,
             gint64       record,
             gint64      *value,
             GError     **error)
{
  *value = 0;
  while (*has_row && cc_statement_int64 (statement, 0) <= record)
    {
      if (cc_statement_int64 (statement, 0) == record && *value == 0)
        *value = cc_statement_int64 (statement, 1);
      if (!cc_statement_step (statement, has_row, error))
        return FALSE;
    }
  return TRUE;
}

static CcInterval
read_interval (CcStatement *row, int first, int last)
{
  if (cc_statement_is_null (row, first) || cc_statement_is_null (row, last))
    return CC_INTERVAL_UNKNOWN;
  return (CcInterval){ (CcDay) cc_statement_int64 (row, first),
                       (CcDay) cc_statement_int64 (row, last) };
}

static void
fill_birth (CcLinkFill *fill, CcStatement *row)
{
  CcInterval birth = read_interval (row, 4, 5);
  CcInterval day = read_interval (row, 8, 8);

  if (cc_interval_is_known (birth))
    {
      cc_link_fill_set_birth (fill, birth);
      return;
    }
  if (!cc_interval_is_known (day))
    day = read_interval (row, 9, 10);
  if (!cc_statement_is_null (row, 6) && !cc_statement_is_null (row, 7))
    cc_link_fill_set_age (fill, (int) cc_statement_int64 (row, 6),
                          (int) cc_statement_int64 (row, 7), day);
}

static gboolean
fill_record (Walk *walk, CcLinkFill *fill, Identifiers *found, GError **error)
{
  CcStatement  *row = walk->records;
  gint64        record = cc_statement_int64 (row, 0);
  const CcCode *code;
  gint64        citizenship;
  gint64        event;

  clear_identifiers (found);
  if (!collect_identifiers (walk, record, found, error)
      || !find_beside (walk->citizenships, &walk->has_citizenship, record, &citizenship, error)
      || !find_beside (walk->events, &walk->has_event, record, &event, error))
    return FALSE;
  cc_link_fill_add_record (fill, record);
  fill_identifiers (fill, found);
  cc_link_fill_set_source (fill, cc_statement_int64 (row, 1), cc_statement_int64 (row, 2), event,
                           found->own_number);
  if (!cc_statement_is_null (row, 3))
    cc_link_fill_set_sex (fill,
                          cc_case_file_code_from_id (walk->file, cc_statement_int64 (row, 3)));
  fill_birth (fill, row);
  code = citizenship ? cc_case_file_code_from_id (walk->file, citizenship) : NULL;
  cc_link_fill_set_citizenship (fill, code ? code->code : NULL);
  return TRUE;
}

static gboolean
fill_records (Walk *walk, CcLinkFill *fill, CcProgress *progress, GError **error)
{
  Identifiers found;
  gboolean    has_row = TRUE;
  gboolean    ok = TRUE;

  init_identifiers (&found);
  for (guint i = 0; ok && has_row; i++)
    {
      ok = cc_statement_step (walk->records, &has_row, error)
           && (i % RECORDS_PER_LOOK != 0 || cc_progress_update (progress, i, error));
      if (ok && has_row)
        ok = fill_record (walk, fill, &found, error);
    }
  free_identifiers (&found);
  return ok;
}

CcLinkTable *
cc_link_prepare (CcCaseFile   *file,
                 CcConnection *connection,
                 const char   *unit,
                 CcProgress   *progress,
                 GError      **error)
{
  g_autoptr (CcLinkFill) fill = cc_link_fill_new (cc_case_file_get_pack (file));
  g_autoptr (CcLinkTable) table = NULL;
  GCancellable *cancellable = cc_progress_get_cancellable (progress);
  const char   *kind = cc_link_get_kind (file, unit, error);
  Walk          walk = { .file = file };
  gboolean      ok;

  if (!kind)
    return NULL;
  cc_progress_begin (progress, "progress.prepare", 0);
  cc_connection_set_cancellable (connection, cancellable);
  cc_link_fill_set_cancellable (fill, cancellable);
  ok = start_walk (&walk, connection, unit, kind, error)
       && fill_records (&walk, fill, progress, error);
  end_walk (&walk);
  cc_connection_set_cancellable (connection, NULL);
  if (!ok)
    return NULL;
  table = cc_link_fill_finish (fill);
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL
                                                                   : g_steal_pointer (&table);
}

int
cc_link_find_record (CcLinkTable *table, gint64 record)
{
  guint low = 0;
  guint high = cc_link_table_get_n_records (table);

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cc_link_table_get_record_id (table, middle) < record)
        low = middle + 1;
      else
        high = middle;
    }
  return low < cc_link_table_get_n_records (table)
                 && cc_link_table_get_record_id (table, low) == record
             ? (int) low
             : -1;
}

/* The abbreviation by which clusters, pairs and runs name the unit. */
const char *
cc_link_get_kind (CcCaseFile *file, const char *unit, GError **error)
{
  const CcUnit *found = cc_pack_find_unit (cc_case_file_get_pack (file), unit);

  if (found
      && (strcmp (unit, "victim") == 0 || strcmp (unit, "perpetrator") == 0
          || strcmp (unit, "event") == 0))
    return found->abbr;
  g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
               "“%s” cannot be linked. Victims, perpetrators and events can.", unit);
  return NULL;
}
