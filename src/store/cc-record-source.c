/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-record-source.h>

#include <cc/base/cc-error.h>

void
cc_record_source_free (CcRecordSource *self)
{
  if (self == NULL)
    return;
  g_free (self->unit);
  g_free (self->entity);
  g_free (self->file_name);
  g_free (self->sheet);
  g_free (self);
}

static char *
dup_text (CcStatement *rows, int column)
{
  return g_strdup (cc_statement_is_null (rows, column) ? "" : cc_statement_text (rows, column));
}

/**
 * cc_record_source_read:
 *
 * Returns: (transfer full): the source; %NULL with CC_ERROR_NOT_FOUND where there is no such record
 */
CcRecordSource *
cc_record_source_read (CcConnection *connection, gint64 record, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean        has_row = FALSE;
  CcRecordSource *self;

  g_return_val_if_fail (connection != NULL, NULL);

  rows = cc_connection_prepare (
      connection,
      "SELECT r.unit, e.name, s.file_name, w.sheet, w.row, s.received FROM record r"
      " LEFT JOIN entity e ON e.id = r.entity LEFT JOIN submission s ON s.id = r.submission"
      " LEFT JOIN source_row w ON w.id = r.source_row WHERE r.id = ?1",
      error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, record);
  if (!cc_statement_step (rows, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND, "There is no such record.");
      return NULL;
    }
  self = g_new0 (CcRecordSource, 1);
  self->record = record;
  self->unit = dup_text (rows, 0);
  self->entity = dup_text (rows, 1);
  self->file_name = dup_text (rows, 2);
  self->sheet = dup_text (rows, 3);
  self->row = cc_statement_is_null (rows, 4) ? 0 : cc_statement_int64 (rows, 4);
  self->received = cc_statement_is_null (rows, 5) ? 0 : cc_statement_int64 (rows, 5);
  return self;
}
