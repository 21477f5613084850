/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-table-private.h"
#include "cc-case-file-private.h"

#include <cc/base/cc-error.h>
#include <cc/base/cc-text.h>

#include <string.h>

static void
agency_free (gpointer data)
{
  CcTableAgency *self = data;

  g_free (self->name);
  g_free (self);
}

typedef struct
{
  char          *folded;
  CcTableAgency *agency;
} NamedAgency;

static int
compare_agencies (gconstpointer a, gconstpointer b)
{
  return strcmp (((const NamedAgency *) a)->folded, ((const NamedAgency *) b)->folded);
}

static void
clear_named (gpointer data)
{
  g_free (((NamedAgency *) data)->folded);
}

static gboolean
load_agencies (CcRecordTable *self, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection, "SELECT id, name FROM entity ORDER BY id", error);
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (NamedAgency));
  gboolean has_row = FALSE;
  gboolean ok = rows != NULL;

  g_array_set_clear_func (named, clear_named);
  while (ok && (ok = cc_statement_step (rows, &has_row, error)) && has_row)
    {
      CcTableAgency    *agency = g_new0 (CcTableAgency, 1);
      const char       *name = cc_statement_text (rows, 1);
      const NamedAgency entry = { cc_text_fold (name), agency };

      agency->name = g_strdup (name);
      g_array_append_val (named, entry);
      g_hash_table_insert (self->agencies, GINT_TO_POINTER ((int) cc_statement_int64 (rows, 0)),
                           agency);
    }
  g_array_sort (named, compare_agencies);
  for (guint i = 0; i < named->len; i++)
    g_array_index (named, NamedAgency, i).agency->rank = i;
  return ok;
}

/**
 * Reads the table of a unit's records, withdrawn ones too. Not on the main loop of a window.
 *
 * file: must stay open for as long as the table is used
 * connection: a reader of the file; what is read is one state of the file
 * unit: "victim", "perpetrator" or "event"
 *
 * Returns: (transfer full): the table, or NULL with an error
 */
CcRecordTable *
cc_record_table_load (CcCaseFile *file, CcConnection *connection, const char *unit, GError **error)
{
  g_autoptr (CcRecordTable) self = NULL;
  const CcUnit *found;
  gboolean      ok;

  g_return_val_if_fail (file != NULL && connection != NULL && unit != NULL, NULL);
  found = cc_pack_find_unit (file->pack, unit);
  if (found == NULL || !cc_unit_is_clustered (found))
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE, "There is no list of records of unit “%s”.",
                   unit);
      return NULL;
    }
  self = g_new0 (CcRecordTable, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->file = file;
  self->unit = found->name;
  self->abbr = found->abbr;
  self->rows = g_array_new (FALSE, TRUE, sizeof (CcTableRow));
  self->clusters = g_array_new (FALSE, TRUE, sizeof (CcTableCluster));
  self->agencies = g_hash_table_new_full (NULL, NULL, NULL, agency_free);
  if (!cc_connection_execute (connection, "BEGIN", error))
    return NULL;
  ok = load_agencies (self, connection, error)
       && cc_record_table_load_rows (self, connection, error);
  (void) cc_connection_execute (connection, "ROLLBACK", NULL);
  return ok ? g_steal_pointer (&self) : NULL;
}

CcRecordTable *
cc_record_table_ref (CcRecordTable *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cc_record_table_unref (CcRecordTable *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->rows);
  g_array_unref (self->clusters);
  g_hash_table_unref (self->agencies);
  g_free (self->by_cluster);
  for (guint i = 0; i < G_N_ELEMENTS (self->ranks); i++)
    g_free (self->ranks[i]);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const char *
cc_record_table_get_unit (CcRecordTable *self)
{
  return self->unit;
}

guint
cc_record_table_get_n_live (CcRecordTable *self)
{
  return self->n_live;
}

/* Returns: (nullable): name of an entity, valid while the table is */
const char *
cc_record_table_get_agency (CcRecordTable *self, gint64 entity)
{
  const CcTableAgency *agency =
      g_hash_table_lookup (self->agencies, GINT_TO_POINTER ((int) entity));

  return agency != NULL ? agency->name : NULL;
}

/* Returns: whether some record has company in its cluster, so that a list by persons differs */
gboolean
cc_record_table_is_joined (CcRecordTable *self)
{
  for (guint i = 0; i < self->clusters->len; i++)
    if (g_array_index (self->clusters, CcTableCluster, i).n > 1)
      return TRUE;
  return FALSE;
}

static int
compare_to_id (gconstpointer key, gconstpointer row)
{
  const gint64 a = *(const gint64 *) key;
  const gint64 b = ((const CcTableRow *) row)->id;

  return (a > b) - (a < b);
}

int
cc_record_table_find (CcRecordTable *self, gint64 id)
{
  const CcTableRow *found;

  if (self->rows->len == 0)
    return -1;
  found = bsearch (&id, self->rows->data, self->rows->len, sizeof (CcTableRow), compare_to_id);
  return found != NULL ? (int) (found - (const CcTableRow *) self->rows->data) : -1;
}

/* Returns: whether the table has this record and it is not withdrawn */
gboolean
cc_record_table_is_live (CcRecordTable *self, gint64 record)
{
  const int place = cc_record_table_find (self, record);

  return place >= 0 && !(g_array_index (self->rows, CcTableRow, place).signs & CC_SIGN_WITHDRAWN);
}

char *
cc_record_table_get_column (CcRecordTable *self,
                            const char    *unit,
                            const char    *variable,
                            const char    *suffix)
{
  const CcVariable *found = cc_pack_find_unit_variable (self->file->pack, unit, variable);

  if (found == NULL)
    return g_strdup ("NULL");
  return g_strdup_printf ("v%" G_GINT64_FORMAT "%s", cc_case_file_variable_id (self->file, found),
                          suffix);
}
