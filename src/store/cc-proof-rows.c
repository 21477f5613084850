/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-proof-private.h"
#include "cc-purge-private.h"
#include "cc-row-image-private.h"

#include <string.h>

/* Rows that acts kept as they were: what the newest change of each column left is what must
 * stand. */

typedef struct
{
  CcRowLayout *layout;
  char        *sql;       /* the row by its key, each column as a literal */
  gboolean     by_record; /* the key begins with a record */
  gboolean     silent;    /* deliveries bring and change such rows without keeping them */
  gboolean     packed;    /* and so do classifications */
} Layout;

void
cc_proof_layout_free (gpointer layout)
{
  Layout *self = layout;

  cc_row_layout_free (self->layout);
  g_free (self->sql);
  g_free (self);
}

static gboolean
is_one_of (const char *name, const char *const *names)
{
  for (; *names != NULL; names++)
    if (strcmp (name, *names) == 0)
      return TRUE;
  return FALSE;
}

static char *
build_sql (const CcRowLayout *layout)
{
  g_autofree char *match = cc_row_layout_match_keys (layout, 1);
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  for (guint i = 0; i < layout->columns->len; i++)
    g_string_append_printf (sql, "%squote (\"%s\")", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (layout->columns, i));
  g_string_append_printf (sql, " FROM \"%s\"%s", layout->table, match);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* Returns: (transfer none): NULL with an error */
static Layout *
find_layout (CcProof *self, const char *table, GError **error)
{
  static const char *const silent[] = { "finding",    "source_row",      "aggregate_cell",
                                        "submission", "membership",      "cluster",
                                        "profile",    "profile_version", NULL };
  static const char *const packed[] = { "variable",        "code",      "concordance", "profile",
                                        "profile_version", "pack_file", NULL };
  Layout                  *found = g_hash_table_lookup (self->layouts, table);
  CcRowLayout *layout = found == NULL ? cc_row_layout_read (self->connection, table, error) : NULL;

  if (layout == NULL)
    return found;
  found = g_new0 (Layout, 1);
  found->layout = layout;
  found->by_record =
      layout->keys->len > 0 && strcmp (g_ptr_array_index (layout->keys, 0), "record") == 0;
  found->silent = is_one_of (table, silent);
  found->packed = is_one_of (table, packed);
  if (layout->keys->len > 0)
    found->sql = build_sql (layout);
  g_hash_table_insert (self->layouts, g_strdup (table), found);
  return found;
}

/* The record that a row is or is about; NULL: none. */
static CcProofRecord *
get_record (CcProof *self, const Layout *layout, const char *key)
{
  if (!layout->by_record && strcmp (layout->layout->table, "record") != 0)
    return NULL;
  return cc_proof_get_record (self, g_ascii_strtoll (key, NULL, 10));
}

/* Whether newer acts may have made, changed or removed the row without keeping it. */
static gboolean
is_open (CcProof *self, const Layout *layout, const CcProofRecord *record)
{
  return (record != NULL && (record->flags & CC_PROOF_VOID) != 0)
         || (layout->silent && self->deliveries) || (layout->packed && self->seq < self->last_pack);
}

/* The same of whether it stands at all. Who is a person with whom is never removed but by an act
 * that keeps it; only numbers that were taken back are given anew. */
static gboolean
is_standing_open (CcProof *self, const Layout *layout, const CcProofRecord *record, gboolean stands)
{
  const char *table = layout->layout->table;

  if (strcmp (table, "membership") == 0 || strcmp (table, "cluster") == 0)
    return stands && (self->deliveries || self->lost_links);
  return is_open (self, layout, record);
}

/* Whether newer acts may have changed one column of it. */
static gboolean
is_column_open (CcProof             *self,
                const Layout        *layout,
                const char          *key,
                const CcProofRecord *record,
                const char          *column)
{
  const char *table = layout->layout->table;

  /* Made anew from the value: cc_norm_verify () looks at it. */
  if (strcmp (table, "identifier") == 0 && strcmp (column, "norm") == 0)
    return TRUE;
  if (strcmp (table, "record") == 0 && strcmp (column, "state") == 0)
    return (record->flags & CC_PROOF_STATE) != 0;
  if (strcmp (table, "submission") == 0)
    {
      g_autofree char *seal = g_strconcat ("submission:", key, NULL);

      return self->unsealed || g_hash_table_contains (self->seals, seal);
    }
  if (strcmp (table, "membership") == 0)
    return (self->deliveries || self->lost_links) && strcmp (column, "to_act") == 0;
  if (strcmp (table, "cluster") == 0)
    return (self->deliveries && strcmp (column, "state") == 0)
           || (self->lost_links && strcmp (column, "kind") != 0);
  /* Sealed with their delivery; their state follows it. */
  if (strcmp (table, "source_row") == 0 || strcmp (table, "finding") == 0)
    return self->deliveries;
  return is_open (self, layout, record);
}

static void
tell_row (CcProof *self, const Layout *layout, const char *key, gboolean gone)
{
  const char      *table = layout->layout->table;
  CcProofRecord   *record = get_record (self, layout, key);
  const gint64     id = g_ascii_strtoll (key, NULL, 10);
  g_autofree char *name = NULL;

  if (record != NULL && (record->flags & CC_PROOF_FOREIGN) != 0)
    return;
  if (record != NULL)
    {
      record->flags |= CC_PROOF_FOREIGN;
      name = cc_proof_name_record (self, id);
      cc_proof_tell (self, CC_PROOF_OF_RECORDS,
                     "%s: what it says was changed " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE, name);
      return;
    }
  if (strcmp (table, "entity") == 0)
    name = g_strdup_printf ("Agency %" G_GINT64_FORMAT, id);
  else if (strcmp (table, "submission") == 0)
    name = cc_proof_name_delivery (self, id);
  else if (strcmp (table, "setting") == 0)
    name = g_strdup_printf ("The setting %s", key);
  else if (strcmp (table, "membership") == 0 || strcmp (table, "cluster") == 0)
    name = g_strdup_printf ("Which records are one person (%s %s)", table, key);
  else if (strcmp (table, "pair_decision") == 0)
    name = g_strdup_printf ("Decision %s on whether two records are the same", key);
  else
    name = g_strdup_printf ("What is kept in “%s” under %s", table, key);
  cc_proof_tell (self, CC_PROOF_OF_ROWS,
                 gone ? "%s: it was removed " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE
                      : "%s: it was changed " CC_PROOF_BY_OTHERS
                        " since the last act that changed it. " CC_PROOF_ADVICE,
                 name);
}

static gboolean
bind_key (CcStatement *find, const char *key)
{
  g_autoptr (GPtrArray) cells = cc_row_cells_parse (key);

  for (guint i = 0; i < cells->len; i++)
    if (!cc_row_literal_bind (find, (int) i + 1,
                              ((const CcRowCell *) g_ptr_array_index (cells, i))->literal))
      return FALSE;
  return TRUE;
}

static int
find_column (const CcRowLayout *layout, const char *column)
{
  for (guint i = 0; i < layout->columns->len; i++)
    if (g_strcmp0 (g_ptr_array_index (layout->columns, i), column) == 0)
      return (int) i;
  return -1;
}

/* How a row compares so far: one flag a column. */
typedef struct
{
  guint8  *settled;
  guint    n;
  gboolean differs;
} Cover;

/* A column must be as an act left it, unless a newer act has said otherwise. */
static void
settle (CcProof     *self,
        Layout      *layout,
        const char  *key,
        CcStatement *now,
        Cover       *cover,
        int          column,
        const char  *literal)
{
  const CcProofRecord *record = get_record (self, layout, key);
  const char          *name;

  if (column < 0 || cover->settled[column])
    return;
  cover->settled[column] = CC_PROOF_EXACT;
  name = g_ptr_array_index (layout->layout->columns, (guint) column);
  if (is_column_open (self, layout, key, record, name))
    {
      if (strcmp (cc_statement_text (now, column), literal) != 0)
        cover->settled[column] = CC_PROOF_OPEN;
      return;
    }
  cover->differs = cover->differs || strcmp (cc_statement_text (now, column), literal) != 0;
}

static void
settle_image (CcProof     *self,
              Layout      *layout,
              const char  *key,
              CcStatement *now,
              Cover       *cover,
              const char  *after,
              gboolean     made)
{
  g_autoptr (GPtrArray) cells = cc_row_cells_parse (after);

  for (guint i = 0; i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);

      settle (self, layout, key, now, cover, find_column (layout->layout, cell->column),
              cell->literal);
    }
  /* What a new row does not mention is empty. */
  for (guint i = 0; made && i < cover->n; i++)
    settle (self, layout, key, now, cover, (int) i, "NULL");
}

/* What the image says of the record itself. */
static void
take_record (CcProof *self, CcProofRecord *record, gint64 id, const char *before, const char *after)
{
  static const char *const writing[] = { "uuid", "unit", "entity", "submission", "digest", NULL };
  g_autoptr (GPtrArray) cells = after != NULL ? cc_row_cells_parse (after) : NULL;

  if ((record->flags & CC_PROOF_KNOWN) == 0)
    record->flags |= CC_PROOF_KNOWN | (after == NULL ? CC_PROOF_GONE : CC_PROOF_MUST);
  for (guint i = 0; cells != NULL && i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);

      if (g_strcmp0 (cell->column, "state") == 0)
        record->flags |= CC_PROOF_STATE;
      if (g_strcmp0 (cell->column, "digest") == 0 && record->stated == 0)
        record->stated = (guint32) self->seq;
      if (record->written == 0 && cell->column != NULL && is_one_of (cell->column, writing))
        record->written = (guint32) self->seq;
    }
  if (before != NULL)
    {
      if ((record->flags & CC_PROOF_WRITTEN) == 0)
        cc_proof_take_bond (self, id, before);
      return;
    }
  record->flags |= CC_PROOF_STATE | CC_PROOF_WRITTEN;
  if (record->stated == 0)
    record->stated = (guint32) self->seq;
  if (record->brought == 0 && (record->flags & CC_PROOF_UNBROUGHT) == 0)
    record->brought = (guint32) self->seq;
}

static gboolean
compare (CcProof    *self,
         Layout     *layout,
         const char *key,
         const char *before,
         const char *after,
         guint8     *settled,
         GError    **error)
{
  g_autoptr (CcStatement) find = cc_connection_prepare (self->connection, layout->sql, error);
  const CcProofRecord *record = get_record (self, layout, key);
  const gboolean       is_record = strcmp (layout->layout->table, "record") == 0;
  Cover                cover = { settled, layout->layout->columns->len, FALSE };
  gboolean             has_row;

  if (find == NULL)
    return FALSE;
  if (!bind_key (find, key))
    return TRUE;
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row && after != NULL)
    settle_image (self, layout, key, find, &cover, after, before == NULL);
  else
    {
      const gboolean open = is_standing_open (self, layout, record, has_row);

      /* Whether records stand is looked at with all of them. */
      if (has_row != (after != NULL) && !is_record && !open)
        tell_row (self, layout, key, !has_row);
      /* What newer acts say of the row that has this number now stands. */
      for (guint i = 0; i < cover.n; i++)
        if (!settled[i])
          settled[i] = has_row && open ? CC_PROOF_OPEN : CC_PROOF_EXACT;
    }
  /* What could not be read for want of memory does not differ. */
  if (!cc_statement_check (find, error))
    return FALSE;
  if (cover.differs)
    tell_row (self, layout, key, FALSE);
  return TRUE;
}

/* What a removal leaves of a row, in each column that it overwrites. */
static const struct
{
  const char *table;
  const char *column;
  const char *left; /* as a literal, besides NULL */
} removed[] = {
  { "identifier", "value", "'" CC_PURGED_MARK "'" },
  { "source_row", "cells", "'" CC_PURGED_CELLS "'" },
  { "finding", "value", "'" CC_PURGED_MARK "'" },
  { "merge_conflict", "mine", "NULL" },
  { "merge_conflict", "theirs", "NULL" },
};

/* A row whose words were removed proves no more than the removal: where it still stands, the mark
 * stands in it, unless a newer act has said otherwise. Of its other columns nothing is known. */
static gboolean
take_removed (CcProof *self, Layout *layout, const char *key, guint8 *settled, GError **error)
{
  const char          *table = layout->layout->table;
  const CcProofRecord *record = get_record (self, layout, key);
  gboolean             has_row = FALSE;
  gboolean             differs = FALSE;
  g_autoptr (CcStatement) find = cc_connection_prepare (self->connection, layout->sql, error);

  if (find == NULL || (bind_key (find, key) && !cc_statement_step (find, &has_row, error)))
    return FALSE;
  for (guint i = 0; has_row && i < G_N_ELEMENTS (removed); i++)
    {
      const int   column = strcmp (table, removed[i].table) == 0
                               ? find_column (layout->layout, removed[i].column)
                               : -1;
      const char *now = column >= 0 ? cc_statement_text (find, column) : NULL;

      if (now == NULL || settled[column]
          || is_column_open (self, layout, key, record, removed[i].column))
        continue;
      differs = differs || (strcmp (now, removed[i].left) != 0 && strcmp (now, "NULL") != 0);
    }
  if (differs)
    tell_row (self, layout, key, FALSE);
  for (guint i = 0; i < layout->layout->columns->len; i++)
    if (!settled[i])
      settled[i] = CC_PROOF_OPEN;
  return TRUE;
}

gboolean
cc_proof_take_image (CcProof    *self,
                     const char *table,
                     const char *key,
                     const char *before,
                     const char *after,
                     gboolean    purged,
                     GError    **error)
{
  g_autofree char *name = g_strdup_printf ("%s %s", table, key);
  Layout          *layout = find_layout (self, table, error);
  guint8          *settled = g_hash_table_lookup (self->rows, name);
  CcProofRecord   *record;

  if (layout == NULL)
    return FALSE;
  if (layout->sql == NULL)
    return TRUE;
  if (self->has_sealed_rows && !purged)
    cc_proof_keep_past (self, name, before, after);
  if (settled == NULL)
    {
      settled = g_new0 (guint8, layout->layout->columns->len);
      g_hash_table_insert (self->rows, g_steal_pointer (&name), settled);
    }
  if (purged)
    {
      if (!take_removed (self, layout, key, settled, error))
        return FALSE;
    }
  /* Where every column is settled by newer acts, this one says nothing that still counts. */
  else if (memchr (settled, FALSE, layout->layout->columns->len) != NULL
           && !compare (self, layout, key, before, after, settled, error))
    return FALSE;
  record = strcmp (table, "record") == 0 ? get_record (self, layout, key) : NULL;
  if (strcmp (table, "cluster") == 0 && before != NULL && after != NULL)
    cc_proof_take_join (self, g_ascii_strtoll (key, NULL, 10), before);
  if (record != NULL && !purged)
    take_record (self, record, g_ascii_strtoll (key, NULL, 10), before, after);
  return TRUE;
}

gboolean
cc_proof_take_sealed (CcProof *self, const char *name, const char *hash, GError **error)
{
  const char      *blank = strchr (name, ' ');
  g_autofree char *table = blank != NULL ? g_strndup (name, (gsize) (blank - name)) : NULL;
  g_autoptr (CcStatement) find = NULL;
  Layout  *layout;
  guint8  *settled;
  gboolean has_row;
  gboolean fits;

  self->began = self->began || table == NULL;
  if (table == NULL || cc_proof_is_lost (self, table))
    return TRUE;
  layout = find_layout (self, table, error);
  find = layout != NULL ? cc_connection_prepare (self->connection, layout->sql, error) : NULL;
  if (find == NULL)
    return FALSE;
  if (!bind_key (find, blank + 1))
    return TRUE;
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  fits = cc_proof_fits_past (self, name, layout->layout, has_row ? find : NULL, hash);
  if (!cc_statement_check (find, error))
    return FALSE;
  if (!fits)
    tell_row (self, layout, blank + 1, !has_row);
  settled = g_new0 (guint8, layout->layout->columns->len);
  memset (settled, CC_PROOF_EXACT, layout->layout->columns->len);
  g_hash_table_replace (self->rows, g_strdup (name), settled);
  return TRUE;
}

CcProofCover
cc_proof_get_cover (CcProof *self, const char *table, gint64 key, const char *column)
{
  const Layout *layout = g_hash_table_lookup (self->layouts, table);
  const guint8 *settled;
  char          name[80];
  int           index;

  if (layout == NULL)
    return CC_PROOF_NOT_SAID;
  g_snprintf (name, sizeof name, "%s %" G_GINT64_FORMAT, table, key);
  settled = g_hash_table_lookup (self->rows, name);
  index = find_column (layout->layout, column);
  return settled != NULL && index >= 0 ? (CcProofCover) settled[index] : CC_PROOF_NOT_SAID;
}

/* Rows of which every one was brought by an act that says so. */
static const struct
{
  const char *table;
  const char *sql; /* its key as rows are noted, its key in words, its name */
} brought[] = {
  { "entity", "SELECT quote (id), key, 'Agency “' || name || '”' FROM entity" },
  { "submission",
    "SELECT quote (id), id, 'Delivery ' || id || coalesce (' (“' || file_name || '”)',"
    " '') FROM submission" },
  { "pack_file", "SELECT quote (name), name, 'Classifications (“' || name || '”)' FROM pack_file" },
  { "setting", "SELECT quote (key), key, 'The setting “' || key || '”' FROM setting" },
};

static void
check_brought (CcProof *self, const char *table, CcStatement *row)
{
  g_autofree char *noted = g_strdup_printf ("%s %s", table, cc_statement_text (row, 0));
  g_autofree char *said = g_strdup_printf ("%s %s", table, cc_statement_text (row, 1));
  g_autofree char *seal = g_strdup_printf ("%s:%s", table, cc_statement_text (row, 1));

  if (strcmp (table, "pack_file") == 0 && g_hash_table_contains (self->named, "meta pack"))
    return;
  if (!g_hash_table_contains (self->rows, noted) && !g_hash_table_contains (self->named, said)
      && !(self->copied && g_hash_table_contains (self->seals, seal)))
    cc_proof_tell (self, CC_PROOF_OF_ROWS,
                   "%s: no act of the history has brought it. It was added " CC_PROOF_BY_OTHERS
                   ". " CC_PROOF_ADVICE,
                   cc_statement_text (row, 2));
}

/* Tables whose rows only come by acts that keep each of them. */
static const char *const kept[] = {
  "expected_return", "population", "pack_overlay",   "pair_decision", "proposal",
  "link_model",      "link_run",   "cluster_choice", "named_table",   "questionnaire_answer",
  "layout",          "release",    "retention",      "merge_conflict"
};

static gboolean
check_kept (CcProof *self, const char *table, GError **error)
{
  g_autoptr (CcRowLayout) layout = cc_row_layout_read (self->connection, table, error);
  g_autofree char *keys = layout != NULL ? cc_row_layout_quote_keys (layout, "") : NULL;
  g_autofree char *sql =
      keys != NULL ? g_strdup_printf ("SELECT %s FROM \"%s\"", keys, table) : NULL;
  g_autoptr (CcStatement) rows =
      sql != NULL ? cc_connection_prepare (self->connection, sql, error) : NULL;
  gboolean has_row = TRUE;

  while (rows != NULL && has_row)
    {
      g_autofree char *noted = NULL;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      noted = g_strdup_printf ("%s %s", table, cc_statement_text (rows, 0));
      if (!g_hash_table_contains (self->rows, noted))
        cc_proof_tell (self, CC_PROOF_OF_ROWS,
                       "What is kept in “%s” under %s: no act of the history has brought it. It "
                       "was "
                       "added " CC_PROOF_BY_OTHERS ". " CC_PROOF_ADVICE,
                       table, cc_statement_text (rows, 0));
    }
  return rows != NULL;
}

gboolean
cc_proof_check_rows (CcProof *self, GError **error)
{
  /* A merge brings of everything; what a package began with was not always noted. */
  const gboolean unknown = self->copied && !self->began;

  for (guint i = 0; !unknown && !self->merged && i < G_N_ELEMENTS (kept); i++)
    if (!cc_proof_is_lost (self, kept[i]) && !check_kept (self, kept[i], error))
      return FALSE;
  for (guint i = 0; !unknown && i < G_N_ELEMENTS (brought); i++)
    {
      g_autoptr (CcStatement) rows =
          cc_connection_prepare (self->connection, brought[i].sql, error);
      gboolean has_row = TRUE;

      if (rows == NULL)
        return FALSE;
      while (has_row)
        {
          if (!cc_statement_step (rows, &has_row, error))
            return FALSE;
          if (has_row)
            check_brought (self, brought[i].table, rows);
        }
    }
  return TRUE;
}
