/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

/* Sentences of one kind: whoever writes past the program may have written everything. */
#define MAX_TOLD 20

/* Numbers of records beyond this are no numbers of records. */
#define MAX_RECORDS 100000000

void
cc_proof_tell (CcProof *self, CcProofKind kind, const char *format, ...)
{
  va_list args;

  if (self->n_told[kind]++ >= MAX_TOLD)
    return;
  va_start (args, format);
  g_ptr_array_add (self->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
tell_rest (CcProof *self)
{
  static const char *const of_kinds[] = { "records", "rows", "deliveries", "parts of the file",
                                          "persons" };

  for (guint i = 0; i < G_N_ELEMENTS (of_kinds); i++)
    if (self->n_told[i] > MAX_TOLD)
      g_ptr_array_add (self->problems, g_strdup_printf ("%u more %s were changed likewise.",
                                                        self->n_told[i] - MAX_TOLD, of_kinds[i]));
}

CcProofRecord *
cc_proof_get_record (CcProof *self, gint64 id)
{
  return id > 0 && id < (gint64) self->records->len
             ? &g_array_index (self->records, CcProofRecord, id)
             : NULL;
}

/* One line of text out of one number. */
static char *
look_up (CcProof *self, const char *sql, gint64 id)
{
  g_autoptr (CcStatement) find = cc_connection_prepare (self->connection, sql, NULL);
  gboolean has_row = FALSE;

  if (find == NULL)
    return NULL;
  cc_statement_bind_int64 (find, 1, id);
  return cc_statement_step (find, &has_row, NULL) && has_row
             ? g_strdup (cc_statement_text (find, 0))
             : NULL;
}

char *
cc_proof_name_record (CcProof *self, gint64 record)
{
  g_autofree char *from = look_up (
      self,
      "SELECT coalesce (' of “' || e.name || '”', '')"
      "  || coalesce (', delivery ' || s.id || coalesce (' (“' || s.file_name || '”)', ''), '')"
      "  || coalesce (', row ' || w.row, '')"
      " FROM record r LEFT JOIN entity e ON e.id = r.entity"
      " LEFT JOIN submission s ON s.id = r.submission LEFT JOIN source_row w ON w.id = r.source_row"
      " WHERE r.id = ?1",
      record);
  g_autofree char *abbr = look_up (self, "SELECT unit FROM record WHERE id = ?1", record);
  const char      *unit = NULL;

  for (guint i = 0; abbr != NULL && i < cc_pack_get_n_units (self->file->pack); i++)
    if (strcmp (cc_pack_get_unit (self->file->pack, i)->abbr, abbr) == 0)
      unit = cc_pack_get_unit (self->file->pack, i)->name;
  return g_strdup_printf ("Record %" G_GINT64_FORMAT "%s%s%s%s", record, unit != NULL ? " (" : "",
                          unit != NULL ? unit : "", unit != NULL ? ")" : "",
                          from != NULL ? from : "");
}

char *
cc_proof_name_delivery (CcProof *self, gint64 submission)
{
  g_autofree char *from =
      look_up (self,
               "SELECT coalesce (' (“' || s.file_name || '”)', '')"
               "  || coalesce (' of “' || e.name || '”', '')"
               " FROM submission s LEFT JOIN entity e ON e.id = s.entity WHERE s.id = ?1",
               submission);

  return g_strdup_printf ("Delivery %" G_GINT64_FORMAT "%s", submission, from != NULL ? from : "");
}

static gboolean
get_number (CcProof *self, const char *sql, gint64 *number, GError **error)
{
  GError *problem = NULL;

  *number = cc_connection_get_int64 (self->connection, sql, 0, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

static gboolean
prepare (CcProof *self, GError **error)
{
  gint64 stored;
  gint64 named;
  gint64 sealed;

  if (!get_number (self, "SELECT max (id) FROM record", &stored, error)
      || !get_number (self,
                      "SELECT max (CAST (key AS INTEGER)) FROM audit_change"
                      " WHERE tbl IN ('record', 'row:record')",
                      &named, error)
      || !get_number (self, "SELECT min (seq) FROM audit WHERE act IN ('pack', 'migrate')",
                      &self->first_pack, error)
      || !get_number (self, "SELECT max (seq) FROM audit WHERE act IN ('pack', 'migrate')",
                      &self->last_pack, error))
    return FALSE;
  if (!get_number (self,
                   "SELECT EXISTS (SELECT 1 FROM audit_change WHERE tbl = '" CC_SEAL_TABLE
                   "' AND key >= '" CC_SEAL_ROW "' AND key < 'row;'"
                   " AND NOT (tbl = 'record' AND before IS NULL))",
                   &sealed, error))
    return FALSE;
  self->has_sealed_rows = sealed != 0;
  g_array_set_size (self->records, (guint) CLAMP (MAX (stored, named) + 1, 1, MAX_RECORDS));
  return TRUE;
}

static void
begin (CcProof *self)
{
  self->records = g_array_new (FALSE, TRUE, sizeof (CcProofRecord));
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cc_proof_layout_free);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->seals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sealed_by = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->whole = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->moves = g_hash_table_new_full (cc_proof_move_hash, cc_proof_move_equal, g_free, NULL);
  self->leaving = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->joins =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  self->pasts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cc_proof_past_free);
  self->bonds = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
end (CcProof *self)
{
  g_array_unref (self->records);
  g_hash_table_unref (self->layouts);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->seals);
  g_hash_table_unref (self->sealed_by);
  g_hash_table_unref (self->whole);
  g_hash_table_unref (self->named);
  g_hash_table_unref (self->leaving);
  g_hash_table_unref (self->moves);
  g_hash_table_unref (self->joins);
  g_hash_table_unref (self->pasts);
  g_hash_table_unref (self->bonds);
}

gboolean
cc_proof_run (CcCaseFile   *file,
              CcConnection *connection,
              CcProgress   *progress,
              GPtrArray    *problems,
              GError      **error)
{
  CcProof  self = { .file = file,
                    .connection = connection,
                    .progress = progress,
                    .problems = problems };
  GError  *problem = NULL;
  gboolean ok;

  begin (&self);
  ok = cc_proof_check_schema (&self, &problem) && prepare (&self, &problem)
       && cc_proof_read_chain (&self, &problem) && cc_proof_check_rows (&self, &problem);
  /* Where numbers may stand for other codes and variables, nobody knows what a record says. */
  if (ok && !self.other_words)
    ok = cc_proof_check_records (&self, &problem) && cc_proof_check_persons (&self, &problem);
  ok = ok && cc_proof_check_types (&self, &problem);
  /* That a column is not there any more was told. */
  if (!ok && self.n_told[CC_PROOF_OF_SCHEMA] > 0
      && g_error_matches (problem, CC_ERROR, CC_ERROR_FAILED))
    {
      g_clear_error (&problem);
      ok = TRUE;
    }
  if (problem != NULL)
    g_propagate_error (error, problem);
  if (ok)
    tell_rest (&self);
  end (&self);
  return ok;
}
