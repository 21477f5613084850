/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-figures.h>
#include <cc/store/cc-record-list.h>

#include <string.h>

/* Rows of a key and its counts. */
typedef void (*TakeCount) (CcFigures *self, const char *key, CcStatement *statement);

static gboolean
read_counts (CcConnection *connection,
             const char   *sql,
             CcFigures    *self,
             TakeCount     take,
             GError      **error)
{
  g_autoptr (CcStatement) statement = cc_connection_prepare (connection, sql, error);
  gboolean has_row = FALSE;
  gboolean ok;

  if (statement == NULL)
    return FALSE;
  while ((ok = cc_statement_step (statement, &has_row, error)) && has_row)
    take (self, cc_statement_text (statement, 0), statement);
  return ok;
}

static void
take_records (CcFigures *self, const char *unit, CcStatement *statement)
{
  const gint64 n = cc_statement_int64 (statement, 1);

  if (strcmp (unit, "VI") == 0)
    {
      self->n_victims = n;
      self->n_sources = cc_statement_int64 (statement, 2);
    }
  else if (strcmp (unit, "PE") == 0)
    self->n_perpetrators = n;
  else
    self->n_events = n;
}

static void
take_findings (CcFigures *self, const char *severity, CcStatement *statement)
{
  const gint64 n = cc_statement_int64 (statement, 1);
  const gint64 unmapped = cc_statement_int64 (statement, 2);

  self->unmapped += unmapped;
  if (strcmp (severity, "error") == 0)
    self->errors = n - unmapped;
  else if (strcmp (severity, "warning") == 0)
    self->warnings = n - unmapped;
  else
    self->notes += n - unmapped;
}

/**
 * connection: a reader of the file or the connection of a running act
 * figures: (out caller-allocates)
 */
gboolean
cc_figures_read (CcConnection *connection, CcFigures *figures, GError **error)
{
  GError *problem = NULL;

  memset (figures, 0, sizeof *figures);
  figures->parked =
      cc_connection_get_int64 (connection,
                               "SELECT count (*) FROM source_row r"
                               " JOIN submission s ON s.id = r.submission"
                               " WHERE r.state = 'parked' AND s.state = 'live'" CC_NOT_ANSWERED,
                               0, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return read_counts (connection,
                      "SELECT unit, count (*), count (DISTINCT entity) FROM record"
                      " WHERE state = 0 AND unit IN ('VI', 'PE', 'EV') GROUP BY unit",
                      figures, take_records, error)
         && read_counts (connection,
                         "SELECT severity, count (*), total (rule IN"
                         " ('intake.finding.value-unmapped', 'intake.finding.value-ask'))"
                         " FROM finding f LEFT JOIN submission s ON s.id = f.submission"
                         " LEFT JOIN record r ON r.id = f.record WHERE f.state = 'open'"
                         " AND ifnull (s.state, 'live') = 'live' AND ifnull (r.state, 0) = 0"
                         " GROUP BY severity",
                         figures, take_findings, error);
}

void
cc_returns_free (CcReturns *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  g_free (self);
}

static CcReturns *
read_returns (CcCaseFile *file, CcStatement *statement)
{
  CcReturns *returns = g_new0 (CcReturns, 1);

  returns->entity = cc_statement_int64 (statement, 0);
  returns->key = g_strdup (cc_statement_text (statement, 1));
  returns->name = g_strdup (cc_statement_text (statement, 2));
  returns->type = cc_case_file_code_from_id (file, cc_statement_int64 (statement, 3));
  returns->expected = cc_statement_int64 (statement, 4);
  returns->missing = cc_statement_int64 (statement, 5);
  returns->received = cc_statement_int64 (statement, 6);
  returns->nil = cc_statement_int64 (statement, 7);
  returns->last_time = cc_statement_int64 (statement, 8);
  returns->n_records = cc_statement_int64 (statement, 9);
  return returns;
}

/**
 * A period counts as covered in the sense of the view q_return: some live delivery overlaps it.
 *
 * Returns: (transfer full) (element-type CcReturns)
 */
GPtrArray *
cc_returns_list (CcCaseFile *file, CcConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_returns_free);
  g_autoptr (CcStatement) statement = NULL;
  gboolean has_row = FALSE;
  gboolean ok;

  statement = cc_connection_prepare (
      connection,
      "WITH sent AS (SELECT entity, total (NOT nil) AS received, total (nil) AS nil,"
      "   max (received) AS last FROM submission WHERE state = 'live' GROUP BY entity),"
      " owed AS (SELECT entity, count (*) AS expected, total (NOT EXISTS (SELECT 1 FROM submission "
      "s"
      "   WHERE s.entity = x.entity AND s.state = 'live' AND s.first <= x.last"
      "   AND s.last >= x.first)) AS missing FROM expected_return x GROUP BY entity),"
      " held AS (SELECT entity, count (*) AS n FROM record WHERE state = 0"
      "   AND unit IN ('VI', 'PE', 'EV') GROUP BY entity)"
      " SELECT e.id, e.key, e.name, e.type, ifnull (owed.expected, 0), ifnull (owed.missing, 0),"
      "   ifnull (sent.received, 0), ifnull (sent.nil, 0), ifnull (sent.last, 0), ifnull (held.n, "
      "0)"
      " FROM entity e LEFT JOIN sent ON sent.entity = e.id LEFT JOIN owed ON owed.entity = e.id"
      " LEFT JOIN held ON held.entity = e.id ORDER BY 6 DESC, e.name, e.key",
      error);
  if (statement == NULL)
    return NULL;
  while ((ok = cc_statement_step (statement, &has_row, error)) && has_row)
    g_ptr_array_add (list, read_returns (file, statement));
  return ok ? g_steal_pointer (&list) : NULL;
}

/**
 * Returns: (transfer full) (element-type CcUnitCount)
 */
GArray *
cc_figures_count_units (CcCaseFile *file, CcConnection *connection, GError **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (CcUnitCount));
  g_autoptr (CcStatement) statement = NULL;
  gboolean has_row = FALSE;
  gboolean ok;

  statement = cc_connection_prepare (connection,
                                     "SELECT unit, count (*) FROM record WHERE state = 0 GROUP BY "
                                     "unit ORDER BY unit",
                                     error);
  if (statement == NULL)
    return NULL;
  while ((ok = cc_statement_step (statement, &has_row, error)) && has_row)
    {
      const CcUnitCount count = { cc_pack_find_unit (cc_case_file_get_pack (file),
                                                     cc_statement_text (statement, 0)),
                                  cc_statement_int64 (statement, 1) };

      g_array_append_val (counts, count);
    }
  return ok ? g_steal_pointer (&counts) : NULL;
}
