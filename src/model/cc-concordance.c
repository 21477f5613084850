/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-concordance-private.h"

#include <cc/base/cc-error.h>

#include "cc-pack-private.h"

#include <string.h>

/* Put behind an old code whose name the new pack uses for something narrower. */
#define OLD_SUFFIX "_OLD"

static void
free_fate (gpointer data)
{
  CcFate *fate = data;

  g_free (fate->name);
  g_strfreev (fate->targets);
  g_free (fate);
}

/**
 * cc_concordance_free:
 */
void
cc_concordance_free (CcConcordance *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->fates);
  cc_pack_unref (self->new_pack);
  cc_pack_unref (self->old_pack);
  g_free (self);
}

/* Element-type GPtrArray of texts, by the key of what is old. */
static GHashTable *
read_lines (CcCsvTable *table, CcConcordance *self, GError **error)
{
#define CELL(column) cc_csv_table_get (table, row, cc_csv_table_find_column (table, column))
  g_autoptr (GHashTable) lines =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    {
      const char      *kind = CELL ("kind");
      const char      *list = CELL ("list");
      const char      *old = CELL ("old");
      const char      *target = CELL ("new");
      const gboolean   code = g_str_equal (kind, "code");
      g_autofree char *key = cc_pack_key (kind, list, old, NULL);
      GPtrArray       *targets = g_hash_table_lookup (lines, key);

      if (!code && !g_str_equal (kind, "variable"))
        cc_pack_fail (table, row, error, "“%s” is neither code nor variable.", kind);
      else if (code ? !cc_pack_find_code (self->old_pack, list, old)
                    : !cc_pack_find_variable (self->old_pack, old))
        cc_pack_fail (table, row, error, "the pack in use has no “%s”.", old);
      else if (*target
               && (code ? !cc_pack_find_code (self->new_pack, list, target)
                        : !cc_pack_find_variable (self->new_pack, target)))
        cc_pack_fail (table, row, error, "the new pack has no “%s”.", target);
      else
        {
          if (!targets)
            {
              targets = g_ptr_array_new_with_free_func (g_free);
              g_hash_table_insert (lines, g_steal_pointer (&key), targets);
            }
          if (*target)
            g_ptr_array_add (targets, g_strdup (target));
          continue;
        }
      return NULL;
    }
  return g_steal_pointer (&lines);
#undef CELL
}

static gboolean
new_has (CcConcordance *self, const char *list, const char *name)
{
  return list ? cc_pack_find_code (self->new_pack, list, name) != NULL
              : cc_pack_find_variable (self->new_pack, name) != NULL;
}

static void
add_fate (CcConcordance *self, const char *list, const char *old, GHashTable *lines)
{
  CcFate          *fate = g_new0 (CcFate, 1);
  g_autofree char *key = cc_pack_key (list ? "code" : "variable", list ? list : "", old, NULL);
  GPtrArray       *targets = g_hash_table_lookup (lines, key);

  fate->list = list;
  fate->old = old;
  fate->targets = g_new0 (char *, (targets ? targets->len : 0) + 1);
  for (guint i = 0; targets && i < targets->len; i++)
    fate->targets[i] = g_strdup (targets->pdata[i]);
  if (!targets)
    fate->state = new_has (self, list, old) ? CC_FATE_SAME : CC_FATE_KEPT;
  else if (targets->len == 0)
    fate->state = CC_FATE_KEPT;
  else if (targets->len > 1)
    fate->state = CC_FATE_SPLIT;
  else
    fate->state = g_str_equal (targets->pdata[0], old) ? CC_FATE_SAME : CC_FATE_RECODED;
  g_ptr_array_add (self->fates, fate);
  g_hash_table_insert (self->by_key, g_steal_pointer (&key), fate);
}

static gboolean
take_name (GHashTable *taken, const CcFate *fate, const char *name)
{
  char *key = cc_pack_key (fate->list ? fate->list : "", name, NULL);

  if (g_hash_table_contains (taken, key))
    {
      g_free (key);
      return FALSE;
    }
  return g_hash_table_add (taken, key);
}

/* An old code stays beside the new ones; if they use its name, under another. */
static void
name_kept (CcConcordance *self, CcFate *fate, GHashTable *taken)
{
  fate->name = g_strdup (fate->old);
  while (new_has (self, fate->list, fate->name) || !take_name (taken, fate, fate->name))
    {
      char *longer = g_strconcat (fate->name, OLD_SUFFIX, NULL);

      g_free (fate->name);
      fate->name = longer;
    }
}

/* Each name of the new pack stands for one thing of the old one at most: what keeps its name comes
 * first, then the first in the pack's order. The others are kept beside it. */
static void
settle_names (CcConcordance *self)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->fates->len; i++)
    {
      CcFate *fate = self->fates->pdata[i];

      if (fate->state != CC_FATE_SAME)
        continue;
      fate->name = g_strdup (fate->old);
      (void) take_name (taken, fate, fate->name);
    }
  for (guint i = 0; i < self->fates->len; i++)
    {
      CcFate *fate = self->fates->pdata[i];

      if (fate->state != CC_FATE_RECODED)
        continue;
      if (take_name (taken, fate, fate->targets[0]))
        fate->name = g_strdup (fate->targets[0]);
      else
        fate->state = CC_FATE_KEPT;
    }
  for (guint i = 0; i < self->fates->len; i++)
    {
      CcFate *fate = self->fates->pdata[i];

      if (!fate->name)
        name_kept (self, fate, taken);
    }
}

static gboolean
is_same_kind (const CcVariable *old, const CcVariable *new)
{
  return g_str_equal (old->unit, new->unit) && old->type == new->type
         && old->storage == new->storage &&g_str_equal (old->list, new->list)
         && (old->storage != CC_STORAGE_IDENTIFIER || g_str_equal (old->name, new->name));
}

/* Columns and lists of what is stored stay: so a variable may get another id, nothing else. */
static gboolean
check_variables (CcConcordance *self, GError **error)
{
  for (guint i = 0; i < self->fates->len; i++)
    {
      const CcFate     *fate = self->fates->pdata[i];
      const CcVariable *old = fate->list ? NULL : cc_pack_find_variable (self->old_pack, fate->old);
      const CcVariable *new = NULL;
      const CcVariable *namesake = NULL;

      if (!old)
        continue;
      if (fate->state <= CC_FATE_RECODED)
        new = cc_pack_find_variable (self->new_pack, fate->name);
      else
        namesake = cc_pack_find_unit_variable (self->new_pack, old->unit, old->name);
      if (fate->state == CC_FATE_SPLIT || namesake || (new && !is_same_kind (old, new)))
        {
          g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                       "The variable “%s” cannot become “%s”: unit, type, list and, for "
                       "identifiers, name must be the same, and it must be one variable. Nothing "
                       "was changed. Correct the concordance or the new classification.",
                       fate->old,
                       new        ? new->id
                       : namesake ? namesake->id
                                  : fate->targets[0]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_units (CcConcordance *self, GError **error)
{
  for (guint i = 0; i < cc_pack_get_n_units (self->old_pack); i++)
    {
      const CcUnit *old = cc_pack_get_unit (self->old_pack, i);
      const CcUnit *new = cc_pack_find_unit (self->new_pack, old->name);

      if (new &&g_str_equal (new->abbr, old->abbr)
          && g_strv_equal ((const char *const *) new->parents, (const char *const *) old->parents))
        continue;
      g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                   "The new classification lacks the unit “%s”, or hangs it elsewhere. Nothing was "
                   "changed.",
                   old->name);
      return FALSE;
    }
  return TRUE;
}

/**
 * cc_concordance_load:
 * @path: the CSV file
 * @old_pack: the pack in use
 * @new_pack: the pack that is installed over it
 *
 * Returns: (transfer full): what becomes of every code and variable of @old_pack; %NULL with an
 *   error that names the line, where it names what neither pack has or asks for what cannot be done
 */
CcConcordance *
cc_concordance_load (const char *path, CcPack *old_pack, CcPack *new_pack, GError **error)
{
  const char *const columns[] = { "kind", "list", "old", "new", NULL };
  g_autoptr (CcConcordance) self = g_new0 (CcConcordance, 1);
  g_autoptr (CcCsvTable) table = NULL;
  g_autoptr (GHashTable) lines = NULL;

  self->old_pack = cc_pack_ref (old_pack);
  self->new_pack = cc_pack_ref (new_pack);
  self->fates = g_ptr_array_new_with_free_func (free_fate);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  table = cc_csv_table_load (path, error);
  if (!table || !cc_csv_table_require (table, columns, error) || !check_units (self, error)
      || !(lines = read_lines (table, self, error)))
    return NULL;
  for (guint i = 0; i < cc_pack_get_n_codes (old_pack); i++)
    {
      const CcCode *code = cc_pack_get_code (old_pack, i);

      add_fate (self, code->list, code->code, lines);
    }
  for (guint i = 0; i < cc_pack_get_n_variables (old_pack); i++)
    add_fate (self, NULL, cc_pack_get_variable (old_pack, i)->id, lines);
  settle_names (self);
  if (!check_variables (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * cc_concordance_get_n_fates:
 *
 * Returns: the number of codes and variables of the old pack
 */
guint
cc_concordance_get_n_fates (CcConcordance *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->fates->len;
}

/**
 * cc_concordance_get_fate:
 *
 * Returns: (transfer none): codes in the old pack's order, then variables
 */
const CcFate *
cc_concordance_get_fate (CcConcordance *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->fates->len, NULL);

  return self->fates->pdata[index];
}

const CcFate *
cc_concordance_find (CcConcordance *self, const char *kind, const char *list, const char *old)
{
  g_autofree char *key = cc_pack_key (kind, list, old, NULL);

  return g_hash_table_lookup (self->by_key, key);
}
