/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-concordance-private.h"
#include "cc-pack-private.h"

#include <string.h>

/* The pack that a case file uses from then on: the new one, and behind its lines those of the old
 * codes and variables that stay. */

/* One table of the new pack, lines being added at its end. */
typedef struct
{
  char    *path;
  char   **header;
  GString *text;
} Table;

static void
table_clear (Table *self)
{
  g_free (self->path);
  g_strfreev (self->header);
  if (self->text)
    g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static gboolean
table_open (Table *self, const char *from, const char *to, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (from, name, NULL);
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  first = g_strndup (text, strcspn (text, "\r\n"));
  self->path = g_build_filename (to, name, NULL);
  self->header = g_strsplit (first, ",", -1);
  self->text = g_string_new (text);
  if (self->text->len > 0 && self->text->str[self->text->len - 1] != '\n')
    g_string_append_c (self->text, '\n');
  return TRUE;
}

static gboolean
table_save (Table *self, GError **error)
{
  return g_file_set_contents (self->path, self->text->str, (gssize) self->text->len, error);
}

static void
append_cell (GString *text, const char *cell)
{
  if (!strpbrk (cell, ",\"\r\n"))
    {
      g_string_append (text, cell);
      return;
    }
  g_string_append_c (text, '"');
  for (; *cell; cell++)
    {
      if (*cell == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *cell);
    }
  g_string_append_c (text, '"');
}

/* Adds a line; cells by their column's name. What is not given is empty. */
static void
table_add (Table *self, GHashTable *cells)
{
  for (guint i = 0; self->header[i]; i++)
    {
      const char *cell = g_hash_table_lookup (cells, self->header[i]);

      if (i > 0)
        g_string_append_c (self->text, ',');
      append_cell (self->text, cell ? cell : "");
    }
  g_string_append_c (self->text, '\n');
}

static void
table_add_cells (Table *self, const char *column, const char *cell, ...) G_GNUC_NULL_TERMINATED;

static void
table_add_cells (Table *self, const char *column, const char *cell, ...)
{
  g_autoptr (GHashTable) cells = g_hash_table_new (g_str_hash, g_str_equal);
  va_list list;

  va_start (list, cell);
  while (column)
    {
      g_hash_table_insert (cells, (gpointer) column, (gpointer) cell);
      column = va_arg (list, const char *);
      cell = column ? va_arg (list, const char *) : NULL;
    }
  va_end (list);
  table_add (self, cells);
}

static gboolean
is_kept (const CcFate *fate)
{
  return fate->state >= CC_FATE_KEPT;
}

/* The label as the old pack has it, under the key of the new one. */
static void
add_label (Table *labels, CcPack *old, const char *scope, const char *old_key, const char *key)
{
  g_autoptr (GHashTable) cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_hash_table_insert (cells, g_strdup ("scope"), (gpointer) scope);
  g_hash_table_insert (cells, g_strdup ("key"), (gpointer) key);
  for (guint i = 0; cc_pack_languages[i]; i++)
    {
      g_hash_table_insert (cells, g_strdup (cc_pack_languages[i]),
                           (gpointer) cc_pack_get_label (old, scope, old_key,
                                                         cc_pack_languages[i]));
      g_hash_table_insert (cells, g_strconcat (cc_pack_languages[i], "_status", NULL),
                           (gpointer) "taken");
    }
  table_add (labels, cells);
}

typedef struct
{
  Table lists, codes, ever, targets, roll_ups, variables, labels;
} Tables;

static void
tables_clear (Tables *self)
{
  table_clear (&self->lists);
  table_clear (&self->codes);
  table_clear (&self->ever);
  table_clear (&self->targets);
  table_clear (&self->roll_ups);
  table_clear (&self->variables);
  table_clear (&self->labels);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tables, tables_clear)

static gboolean
has_text (GPtrArray *texts, const char *text)
{
  return texts && g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

/* Each scheme that speaks of the list: where the old code went, if the target is still there. */
static void
add_roll_ups (CcConcordance *self, Tables *tables, const CcFate *fate)
{
  GPtrArray *schemes = cc_pack_get_schemes (self->new_pack);

  for (guint i = 0; i < schemes->len; i++)
    {
      const char *scheme = schemes->pdata[i];
      GPtrArray  *targets = cc_pack_get_targets (self->new_pack, scheme, fate->list);
      const char *target = cc_pack_roll_up (self->old_pack, scheme, fate->list, fate->old);

      if (!targets)
        continue;
      table_add_cells (&tables->roll_ups, "scheme", scheme, "list", fate->list, "code", fate->name,
                       "target", target && has_text (targets, target) ? target : "none", NULL);
    }
}

/* A list that the new pack lacks comes over with its roll-ups. */
static void
add_list_roll_ups (CcConcordance *self, Tables *tables, const char *list)
{
  GPtrArray *schemes = cc_pack_get_schemes (self->old_pack);
  GPtrArray *codes = cc_pack_get_list_codes (self->old_pack, list);

  for (guint i = 0; i < schemes->len; i++)
    {
      const char *scheme = schemes->pdata[i];
      GPtrArray  *targets = cc_pack_get_targets (self->old_pack, scheme, list);

      for (guint j = 0; targets && j < targets->len; j++)
        {
          g_autofree char *sort = g_strdup_printf ("%u", (j + 1) * 10);
          g_autofree char *key = cc_pack_key (scheme, list, targets->pdata[j], NULL);

          table_add_cells (&tables->targets, "scheme", scheme, "list", list, "target",
                           targets->pdata[j], "sort", sort, NULL);
          add_label (&tables->labels, self->old_pack, "target", key, key);
        }
      for (guint j = 0; targets && j < codes->len; j++)
        {
          const CcCode *code = codes->pdata[j];
          const CcFate *fate = cc_concordance_find (self, "code", list, code->code);
          const char   *target = cc_pack_roll_up (self->old_pack, scheme, list, code->code);

          table_add_cells (&tables->roll_ups, "scheme", scheme, "list", list, "code", fate->name,
                           "target", target ? target : "none", NULL);
        }
    }
}

static void
add_code (CcConcordance *self, Tables *tables, const CcFate *fate)
{
  const CcCode    *code = cc_pack_find_code (self->old_pack, fate->list, fate->old);
  const CcFate    *parent = cc_concordance_find (self, "code", fate->list, code->parent);
  g_autofree char *sort = g_strdup_printf ("%d", code->sort);
  g_autofree char *since = g_strdup_printf ("%d", cc_pack_get_version (self->new_pack));
  g_autofree char *old_key = cc_pack_key (fate->list, fate->old, NULL);
  g_autofree char *key = cc_pack_key (fate->list, fate->name, NULL);

  table_add_cells (&tables->codes, "list", fate->list, "code", fate->name, "parent",
                   parent ? parent->name : "", "sort", sort, "grade", "D", "ours", "no",
                   "attributes", code->attributes, NULL);
  table_add_cells (&tables->ever, "list", fate->list, "code", fate->name, "since", since, NULL);
  add_label (&tables->labels, self->old_pack, "code", old_key, key);
  if (cc_pack_has_list (self->new_pack, fate->list))
    add_roll_ups (self, tables, fate);
}

static void
add_lists (CcConcordance *self, Tables *tables, CcCsvTable *lists)
{
  for (guint row = 0; row < cc_csv_table_get_n_rows (lists); row++)
    {
      const char *list = cc_csv_table_get (lists, row, cc_csv_table_find_column (lists, "list"));
      const char *kind = cc_csv_table_get (lists, row, cc_csv_table_find_column (lists, "kind"));

      if (cc_pack_has_list (self->new_pack, list))
        continue;
      table_add_cells (&tables->lists, "list", list, "kind", kind, "grade", "D", "ours", "no",
                       NULL);
      add_label (&tables->labels, self->old_pack, "list", list, list);
      add_list_roll_ups (self, tables, list);
    }
}

/* A variable that stays comes over as its line stands. */
static void
add_variable (CcConcordance *self,
              Tables        *tables,
              CcCsvTable    *variables,
              GHashTable    *groups,
              guint          row)
{
  const int     id = cc_csv_table_find_column (variables, "id");
  const int     group = cc_csv_table_find_column (variables, "group");
  const char   *name = cc_csv_table_get (variables, row, id);
  const CcFate *fate = cc_concordance_find (self, "variable", "", name);
  const char   *in_group = cc_csv_table_get (variables, row, group);
  g_autoptr (GHashTable) cells = g_hash_table_new (g_str_hash, g_str_equal);

  if (!fate || !is_kept (fate))
    return;
  for (guint i = 0; tables->variables.header[i]; i++)
    {
      const int column = cc_csv_table_find_column (variables, tables->variables.header[i]);

      if (column >= 0)
        g_hash_table_insert (cells, tables->variables.header[i],
                             (gpointer) cc_csv_table_get (variables, row, column));
    }
  table_add (&tables->variables, cells);
  add_label (&tables->labels, self->old_pack, "variable", name, name);
  if (*in_group && g_hash_table_add (groups, (gpointer) in_group))
    add_label (&tables->labels, self->old_pack, "group", in_group, in_group);
}

static void
add_all (CcConcordance *self, Tables *tables, CcCsvTable *lists, CcCsvTable *variables)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  add_lists (self, tables, lists);
  for (guint i = 0; i < self->fates->len; i++)
    {
      const CcFate *fate = self->fates->pdata[i];

      if (fate->list && is_kept (fate))
        add_code (self, tables, fate);
    }
  for (guint i = 0; i < cc_pack_get_n_variables (self->new_pack); i++)
    g_hash_table_add (groups, (gpointer) cc_pack_get_variable (self->new_pack, i)->group);
  for (guint row = 0; row < cc_csv_table_get_n_rows (variables); row++)
    add_variable (self, tables, variables, groups, row);
}

static gboolean
copy_files (const char *from, const char *to, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (from, 0, error);
  const char *name;

  if (!folder)
    return FALSE;
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *contents = NULL;
      gsize            size;

      if (!g_str_has_suffix (name, ".csv") && !g_str_has_suffix (name, ".ini"))
        continue;
      if (!g_file_get_contents (source, &contents, &size, error)
          || !g_file_set_contents (target, contents, (gssize) size, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cc_concordance_write_pack:
 * @old_directory: files of the old pack
 * @new_directory: files of the new pack
 * @directory: an empty folder
 *
 * Writes the pack that a case file uses from then on: the new one with the old codes and variables
 * that stay, their labels and where they roll up to.
 */
gboolean
cc_concordance_write_pack (CcConcordance *self,
                           const char    *old_directory,
                           const char    *new_directory,
                           const char    *directory,
                           GError       **error)
{
  g_auto (Tables) tables = { 0 };
  Table *const opened[] = { &tables.lists,    &tables.codes,     &tables.ever,  &tables.targets,
                            &tables.roll_ups, &tables.variables, &tables.labels };
  const char *const names[] = { "lists.csv",          "codes.csv",   "codes-ever.csv",
                                "rollup_targets.csv", "rollups.csv", "variables.csv",
                                "labels.csv" };
  g_autofree char  *lists_path = g_build_filename (old_directory, "lists.csv", NULL);
  g_autofree char  *variables_path = g_build_filename (old_directory, "variables.csv", NULL);
  g_autoptr (CcCsvTable) lists = cc_csv_table_load (lists_path, error);
  g_autoptr (CcCsvTable) variables = lists ? cc_csv_table_load (variables_path, error) : NULL;

  if (!variables || !copy_files (new_directory, directory, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (opened); i++)
    if (!table_open (opened[i], new_directory, directory, names[i], error))
      return FALSE;
  add_all (self, &tables, lists, variables);
  for (guint i = 0; i < G_N_ELEMENTS (opened); i++)
    if (!table_save (opened[i], error))
      return FALSE;
  return TRUE;
}
