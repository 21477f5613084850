/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-pack-install.h>

#include "cc-pack-plan-private.h"

#include <string.h>

static void
change_free (gpointer data)
{
  CcPackChange *self = data;

  g_free (self->list);
  g_free (self->old);
  g_free (self->name);
  g_strfreev (self->targets);
  g_free (self);
}

void
cc_pack_preview_free (CcPackPreview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->pack, cc_pack_unref);
  g_free (self);
}

/* One-to-one to a code that another old one became already: several become one, and the later ones
 * stay beside it, rolled up as they were. */
static CcPackChangeKind
get_kind (const CcFate *fate)
{
  switch (fate->state)
    {
    case CC_FATE_RECODED:
      return CC_PACK_CHANGE_RENAMED;
    case CC_FATE_SPLIT:
      return CC_PACK_CHANGE_SPLIT;
    case CC_FATE_KEPT:
    case CC_FATE_SAME:
    default:
      return fate->targets[0] != NULL ? CC_PACK_CHANGE_MERGED : CC_PACK_CHANGE_KEPT;
    }
}

/* Codes that no record ever stated have no id yet where the file is older than them. */
static gint64
find_id (CcCaseFile *file, const CcFate *fate)
{
  return fate->list != NULL
             ? cc_case_file_code_id (file, cc_pack_find_code (file->pack, fate->list, fate->old))
             : 0;
}

static gboolean
add_change (CcPackPreview *self,
            CcCaseFile    *file,
            CcConnection  *connection,
            GHashTable    *uses,
            const CcFate  *fate,
            GError       **error)
{
  CcPackChange *change = g_new0 (CcPackChange, 1);
  const gint64  id = find_id (file, fate);

  change->kind = get_kind (fate);
  change->list = g_strdup (fate->list);
  change->old = g_strdup (fate->old);
  change->name = g_strdup (fate->name);
  change->targets = g_strdupv (fate->targets);
  g_ptr_array_add (self->changes, change);
  self->n[change->kind] += fate->list != NULL;
  self->variables += fate->list == NULL;
  if (id != 0)
    change->records = cc_pack_uses_count (file, connection, uses, fate->list, id, error);
  return change->records >= 0;
}

static guint
count_added (CcCaseFile *file, CcPackPlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < cc_pack_get_n_codes (plan->pack); i++)
    {
      const CcCode *code = cc_pack_get_code (plan->pack, i);

      n += cc_pack_find_code (file->pack, code->list, code->code) == NULL;
    }
  return n;
}

static gboolean
fill (CcPackPreview *self,
      CcCaseFile    *file,
      CcConnection  *connection,
      CcPackPlan    *plan,
      GError       **error)
{
  g_autoptr (GHashTable) uses = cc_pack_uses_new ();
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < cc_concordance_get_n_fates (plan->concordance); i++)
    {
      const CcFate *fate = cc_concordance_get_fate (plan->concordance, i);
      const gint64  id = find_id (file, fate);

      if (fate->state == CC_FATE_SAME)
        continue;
      if (!add_change (self, file, connection, uses, fate, error))
        return FALSE;
      if (id != 0)
        g_array_append_val (codes, id);
    }
  self->added = count_added (file, plan);
  self->records = cc_pack_uses_count_any (file, connection, codes, error);
  return self->records >= 0;
}

CcPackPreview *
cc_pack_preview (CcCaseFile   *file,
                 const char   *directory,
                 const char   *concordance,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (CcPackPreview) self = g_new0 (CcPackPreview, 1);
  g_auto (CcPackPlan) plan = { 0 };
  CcConnection *reader;
  gboolean      ok;

  g_return_val_if_fail (file != NULL && directory != NULL && concordance != NULL, NULL);
  self->changes = g_ptr_array_new_with_free_func (change_free);
  if (!cc_pack_plan_load (&plan, file, directory, concordance, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  reader = cc_case_file_acquire_reader (file, error);
  if (reader == NULL)
    return NULL;
  cc_connection_set_cancellable (reader, cancellable);
  ok = fill (self, file, reader, &plan, error);
  cc_connection_set_cancellable (reader, NULL);
  cc_case_file_release_reader (file, reader);
  self->pack = cc_pack_ref (plan.pack);
  return ok ? g_steal_pointer (&self) : NULL;
}
