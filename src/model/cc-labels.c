/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-private.h"

#include <cc/base/cc-error.h>

static const char *const statuses[] = { "taken", "inferred", "ours", "draft", NULL };

/* Sets one language of a label; scope and key together name it. */
void
cc_pack_set_label (CcPack     *self,
                   const char *scope,
                   const char *key,
                   guint       language,
                   const char *text)
{
  g_autofree char *place = cc_pack_key (scope, key, NULL);
  const char     **label = g_hash_table_lookup (self->labels, place);

  if (!label)
    {
      label = g_new0 (const char *, CC_N_LANGUAGES);
      g_hash_table_insert (self->labels, g_steal_pointer (&place), label);
    }
  label[language] = cc_pack_keep (self, text);
}

static gboolean
add_label (CcPack *self, CcCsvTable *table, guint row, GError **error)
{
  const char      *scope = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "scope"));
  const char      *key = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "key"));
  g_autofree char *place = cc_pack_key (scope, key, NULL);

  if (g_hash_table_contains (self->labels, place))
    return cc_pack_fail (table, row, error, "the label of “%s” stands twice.", place);
  for (guint i = 0; cc_pack_languages[i]; i++)
    {
      g_autofree char *column = g_strdup_printf ("%s_status", cc_pack_languages[i]);
      const char *status = cc_csv_table_get (table, row, cc_csv_table_find_column (table, column));
      const char *text =
          cc_csv_table_get (table, row, cc_csv_table_find_column (table, cc_pack_languages[i]));

      if (!*text)
        return cc_pack_fail (table, row, error, "the label of “%s” is missing in %s.", place,
                             cc_pack_languages[i]);
      if (!g_strv_contains (statuses, status))
        return cc_pack_fail (table, row, error, "“%s” is no status of a label.", status);
      cc_pack_set_label (self, scope, key, i, text);
    }
  return TRUE;
}

/* Loads labels.csv. */
gboolean
cc_pack_load_labels (CcPack *self, GError **error)
{
  const char *const columns[] = { "scope",     "key",       "en",        "en_status", "fr",
                                  "fr_status", "pt",        "pt_status", "es",        "es_status",
                                  "ar",        "ar_status", "sw",        "sw_status", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "labels.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    if (!add_label (self, table, row, error))
      return FALSE;
  return TRUE;
}

/* The lines of help in the languages that have them; English is the dictionary's own. */
static gboolean
add_definition (CcPack *self, CcCsvTable *table, guint row, GError **error)
{
  const char *id = cc_csv_table_get (table, row, cc_csv_table_find_column (table, "variable"));
  const CcVariable *variable = cc_pack_find_variable (self, id);
  g_autofree char  *place = cc_pack_key ("definition", id, NULL);

  if (!variable)
    return cc_pack_fail (table, row, error, "“%s” is no variable.", id);
  if (g_hash_table_contains (self->labels, place))
    return cc_pack_fail (table, row, error, "the definition of “%s” stands twice.", id);
  cc_pack_set_label (self, "definition", id, 0, variable->definition);
  for (guint i = 1; cc_pack_languages[i]; i++)
    {
      g_autofree char *status_column = g_strdup_printf ("%s_status", cc_pack_languages[i]);
      int              column = cc_csv_table_find_column (table, cc_pack_languages[i]);
      int              status = cc_csv_table_find_column (table, status_column);

      if (column < 0)
        continue;
      if (status < 0 || !g_strv_contains (statuses, cc_csv_table_get (table, row, status)))
        return cc_pack_fail (table, row, error, "the definition of “%s” has no status in %s.", id,
                             cc_pack_languages[i]);
      if (*cc_csv_table_get (table, row, column))
        cc_pack_set_label (self, "definition", id, i, cc_csv_table_get (table, row, column));
    }
  return TRUE;
}

/* Loads definitions.csv; variables are there already. */
gboolean
cc_pack_load_definitions (CcPack *self, GError **error)
{
  const char *const columns[] = { "variable", NULL };
  g_autoptr (CcCsvTable) table = cc_pack_load_table (self, "definitions.csv", columns, error);

  if (!table)
    return FALSE;
  for (guint row = 0; row < cc_csv_table_get_n_rows (table); row++)
    if (!add_definition (self, table, row, error))
      return FALSE;
  return TRUE;
}

static gboolean
demand_label (CcPack *self, const char *scope, const char *key, GError **error)
{
  g_autofree char *place = cc_pack_key (scope, key, NULL);

  if (g_hash_table_contains (self->labels, place))
    return TRUE;
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA, "labels.csv: there is no label of “%s”.",
               place);
  return FALSE;
}

static gboolean
check_target_labels (CcPack *self, GError **error)
{
  GHashTableIter iter;
  gpointer       place, targets;

  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, &place, &targets))
    for (guint i = 0; i < ((GPtrArray *) targets)->len; i++)
      {
        g_autofree char *key = cc_pack_key (place, ((GPtrArray *) targets)->pdata[i], NULL);

        if (!demand_label (self, "target", key, error))
          return FALSE;
      }
  return TRUE;
}

/* Everything a person may see has a label in six languages. */
gboolean
cc_pack_check_labels (CcPack *self, GError **error)
{
  GHashTableIter iter;
  gpointer       list;

  for (guint i = 0; i < self->units->len; i++)
    if (!demand_label (self, "unit", ((CcUnit *) self->units->pdata[i])->name, error))
      return FALSE;
  for (guint i = 0; i < self->variables->len; i++)
    {
      CcVariable *variable = self->variables->pdata[i];

      if (!demand_label (self, "variable", variable->id, error)
          || (*variable->group && !demand_label (self, "group", variable->group, error)))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, &list, NULL))
    if (!demand_label (self, "list", list, error))
      return FALSE;
  for (guint i = 0; i < self->codes->len; i++)
    {
      CcCode          *code = self->codes->pdata[i];
      g_autofree char *key = cc_pack_key (code->list, code->code, NULL);

      if (!demand_label (self, "code", key, error))
        return FALSE;
    }
  return check_target_labels (self, error);
}

/**
 * cc_pack_get_label:
 * @scope: unit, variable, list, code, target, group or definition
 * @key: such as "victim", "VI03", "SEX", "SEX.F", "unodc.EXPL.sexual"
 * @language: such as "fr"; English where it is none of the six
 *
 * Returns: the label, or @key where there is none
 */
const char *
cc_pack_get_label (CcPack *self, const char *scope, const char *key, const char *language)
{
  g_autofree char *place = NULL;
  const char     **label;
  int              index;

  g_return_val_if_fail (self && scope && key && language, NULL);

  place = cc_pack_key (scope, key, NULL);
  label = g_hash_table_lookup (self->labels, place);
  if (!label)
    return key;
  index = MAX (cc_pack_language_index (language), 0);
  return label[index] ? label[index] : key;
}

/**
 * cc_pack_get_code_label:
 *
 * Returns: (transfer full): the label of a code
 */
char *
cc_pack_get_code_label (CcPack *self, const CcCode *code, const char *language)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self && code && language, NULL);

  key = cc_pack_key (code->list, code->code, NULL);
  return g_strdup (cc_pack_get_label (self, "code", key, language));
}
