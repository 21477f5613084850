/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-case-load.h"

#include <cc/store/cc-case.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-finding.h>

void
cc_case_load_free (gpointer data)
{
  CcCaseLoad *self = data;

  if (self == NULL)
    return;
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

/* What the checks find is found anew while somebody types; what an import could not read is not. */
static gboolean
add_findings (CcCaseLoad   *self,
              CcCaseFile   *file,
              CcConnection *connection,
              gint64        record,
              GError      **error)
{
  g_autoptr (GPtrArray) found = cc_store_list_record_findings (file, connection, record, error);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      CcFinding *finding = found->pdata[i];

      if (!g_str_equal (finding->state, "open")
          || !g_str_has_prefix (finding->rule, "intake.finding"))
        continue;
      found->pdata[i] = NULL;
      g_ptr_array_add (self->findings, finding);
    }
  return TRUE;
}

static gboolean
read_case (CcCaseLoad   *self,
           CcCaseFile   *file,
           CcConnection *connection,
           gint64        record,
           GError      **error)
{
  self->records = cc_store_read_case (file, connection, record, &self->cut, error);
  for (guint i = 0; self->records != NULL && i < self->records->len; i++)
    {
      const CcRecord *each = ((CcCaseRecord *) self->records->pdata[i])->record;

      if (each->parents[0] == 0 && each->parents[1] == 0
          && !add_findings (self, file, connection, each->id, error))
        return FALSE;
    }
  return self->records != NULL;
}

gpointer
cc_case_load_run (CcSession    *session,
                  CcConnection *connection,
                  gpointer      data,
                  GCancellable *cancellable,
                  GError      **error)
{
  CcCaseFile  *file = cc_session_get_file (session);
  CcCaseLoad  *self = g_new0 (CcCaseLoad, 1);
  const gint64 record = *(gint64 *) data;

  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_finding_free);
  self->entities = cc_entity_list (file, error);
  if (self->entities == NULL || (record != 0 && !read_case (self, file, connection, record, error)))
    g_clear_pointer (&self, cc_case_load_free);
  return self;
}
