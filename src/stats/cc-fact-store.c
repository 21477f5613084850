/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-fact-store-private.h"

#include <cc/base/cc-error.h>

#include <string.h>

struct _CcFactWriter
{
  CcFields    *fields;
  CcKind       kind;
  CcStatement *insert;
  CcStatement *match; /* the same parameters */
  GByteArray  *bytes;
};

struct _CcFactReader
{
  CcFields        *fields;
  const CcCodeMap *codes;
  CcKind           kind;
  CcStatement     *select;
  GArray          *read; /* const CcField*: in the order of columns */
  gboolean         rows;
};

/* Fields that have no column: the key itself, and what is asked anew at each count. */
static gboolean
is_stored (const CcField *field)
{
  return !g_str_equal (field->contract->type, "id")
         && !g_str_equal (field->contract->derivation, "open-pair");
}

/* The columns that facts of a kind have, in the order in which they are bound. */
static GPtrArray *
list_columns (CcFields *fields, CcKind kind)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (columns, g_strdup ("cluster"));
  g_ptr_array_add (columns, g_strdup ("kind"));
  for (guint i = 0; i < fields->of[kind]->len; i++)
    {
      const CcField *field = fields->of[kind]->pdata[i];
      const gboolean date = field->type == CC_VALUE_DATE;

      if (!is_stored (field))
        continue;
      g_ptr_array_add (columns, g_strconcat (field->column, date ? "_first" : NULL, NULL));
      if (date)
        g_ptr_array_add (columns, g_strconcat (field->column, "_last", NULL));
    }
  g_ptr_array_add (columns, g_strdup ("rows"));
  return columns;
}

/* Those of other kinds must be empty. */
static gboolean
append_empty (GString *sql, GPtrArray *columns, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) all =
      cc_connection_prepare (connection, "SELECT name FROM pragma_table_info ('person_fact')",
                             error);
  gboolean has_row = TRUE;

  while (all && has_row)
    {
      if (!cc_statement_step (all, &has_row, error))
        return FALSE;
      if (has_row
          && !g_ptr_array_find_with_equal_func (columns, cc_statement_text (all, 0), g_str_equal,
                                                NULL))
        g_string_append_printf (sql, " AND \"%s\" IS NULL", cc_statement_text (all, 0));
    }
  return all != NULL;
}

/* Prepares the statements that put one fact, and compare one. */
CcFactWriter *
cc_fact_writer_new (CcFields *fields, CcConnection *connection, CcKind kind, GError **error)
{
  g_autoptr (CcFactWriter) self = g_new0 (CcFactWriter, 1);
  g_autoptr (GPtrArray) columns = list_columns (fields, kind);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new (NULL);
  g_autoptr (GString) match = g_string_new ("SELECT 1 FROM person_fact WHERE cluster = ?1");
  g_autofree char *insert = NULL;

  self->fields = fields;
  self->kind = kind;
  self->bytes = g_byte_array_new ();
  for (guint i = 0; i < columns->len; i++)
    {
      const char *column = columns->pdata[i];

      g_string_append_printf (names, "%s\"%s\"", i ? ", " : "", column);
      g_string_append_printf (marks, "%s?%u", i ? ", " : "", i + 1);
      if (i > 0)
        g_string_append_printf (match, " AND \"%s\" IS ?%u", column, i + 1);
    }
  insert = g_strdup_printf ("INSERT OR REPLACE INTO person_fact (%s) VALUES (%s)", names->str,
                            marks->str);
  if (!append_empty (match, columns, connection, error))
    return NULL;
  self->insert = cc_connection_prepare (connection, insert, error);
  self->match = self->insert ? cc_connection_prepare (connection, match->str, error) : NULL;
  return self->match ? g_steal_pointer (&self) : NULL;
}

void
cc_fact_writer_free (CcFactWriter *self)
{
  if (!self)
    return;
  if (self->insert)
    cc_statement_release (self->insert);
  if (self->match)
    cc_statement_release (self->match);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/* Binds one value; returns the number of columns it takes. */
static int
bind_value (CcStatement       *insert,
            int                at,
            const CcField     *field,
            const CcFactValue *value,
            const CcCodeMap   *codes)
{
  if (!value->n)
    {
      cc_statement_bind_null (insert, at);
      if (field->type == CC_VALUE_DATE)
        cc_statement_bind_null (insert, at + 1);
      return field->type == CC_VALUE_DATE ? 2 : 1;
    }
  switch (field->type)
    {
    case CC_VALUE_CODE:
      cc_statement_bind_int64 (insert, at, codes->id[value->u.code]);
      return 1;
    case CC_VALUE_MASK:
      cc_statement_bind_int64 (insert, at, (gint64) value->u.mask);
      return 1;
    case CC_VALUE_LIST:
      {
        g_autofree guint16 *places = g_new (guint16, value->n);

        for (guint i = 0; i < value->n; i++)
          places[i] = GUINT16_TO_LE (value->u.list[i]);
        cc_statement_bind_blob (insert, at, places, sizeof (guint16) * value->n);
        return 1;
      }
    case CC_VALUE_DATE:
      cc_statement_bind_int64 (insert, at, value->u.date.first);
      cc_statement_bind_int64 (insert, at + 1, value->u.date.last);
      return 2;
    case CC_VALUE_INT:
      cc_statement_bind_int64 (insert, at, value->u.number);
      return 1;
    case CC_VALUE_TEXT:
    default:
      cc_statement_bind_text (insert, at, value->u.text);
      return 1;
    }
}

static void
bind_fact (CcFactWriter *self, CcStatement *statement, const CcFact *fact, const CcCodeMap *codes)
{
  int at = 3;

  cc_statement_bind_int64 (statement, 1, fact->id);
  cc_statement_bind_text (statement, 2, cc_kind_get_abbr (self->kind));
  for (guint i = 0; i < self->fields->of[self->kind]->len; i++)
    {
      const CcField *field = self->fields->of[self->kind]->pdata[i];

      if (is_stored (field))
        at += bind_value (statement, at, field, &fact->values[i], codes);
    }
  g_byte_array_set_size (self->bytes, 0);
  cc_fact_rows_pack (self->fields, fact, codes, self->bytes);
  if (self->bytes->len)
    cc_statement_bind_blob (statement, at, self->bytes->data, self->bytes->len);
  else
    cc_statement_bind_null (statement, at);
}

/* Writes a fact in place of what stood there. */
gboolean
cc_fact_writer_put (CcFactWriter *self, const CcFact *fact, const CcCodeMap *codes, GError **error)
{
  bind_fact (self, self->insert, fact, codes);
  return cc_statement_run (self->insert, error);
}

gboolean
cc_fact_writer_match (CcFactWriter    *self,
                      const CcFact    *fact,
                      const CcCodeMap *codes,
                      gboolean        *matches,
                      GError         **error)
{
  gboolean ok;

  bind_fact (self, self->match, fact, codes);
  ok = cc_statement_step (self->match, matches, error);
  cc_statement_reset (self->match);
  return ok;
}

/**
 * cc_fact_reader_new:
 * @used: one byte per field: which to read; NULL = all
 * @rows: whether to read the rows of groups
 * @cluster: only this one; 0 = all of the kind, in the order of their ids
 */
CcFactReader *
cc_fact_reader_new (CcFields        *fields,
                    CcConnection    *connection,
                    const CcCodeMap *codes,
                    CcKind           kind,
                    const guint8    *used,
                    gboolean         rows,
                    gint64           cluster,
                    GError         **error)
{
  g_autoptr (CcFactReader) self = g_new0 (CcFactReader, 1);
  g_autoptr (GString) sql = g_string_new ("SELECT cluster");

  self->fields = fields;
  self->codes = codes;
  self->kind = kind;
  self->rows = rows;
  self->read = g_array_new (FALSE, FALSE, sizeof (const CcField *));
  for (guint i = 0; i < fields->of[kind]->len; i++)
    {
      const CcField *field = fields->of[kind]->pdata[i];

      if (!is_stored (field) || (used && !used[i]))
        continue;
      g_array_append_val (self->read, field);
      if (field->type == CC_VALUE_DATE)
        g_string_append_printf (sql, ", \"%s_first\", \"%s_last\"", field->column, field->column);
      else
        g_string_append_printf (sql, ", \"%s\"", field->column);
    }
  if (rows)
    g_string_append (sql, ", rows");
  g_string_append (sql, " FROM person_fact WHERE kind = ?1");
  g_string_append (sql, cluster ? " AND cluster = ?2" : " ORDER BY cluster");
  self->select = cc_connection_prepare (connection, sql->str, error);
  if (!self->select)
    return NULL;
  cc_statement_bind_text (self->select, 1, cc_kind_get_abbr (kind));
  if (cluster)
    cc_statement_bind_int64 (self->select, 2, cluster);
  return g_steal_pointer (&self);
}

void
cc_fact_reader_free (CcFactReader *self)
{
  if (!self)
    return;
  if (self->select)
    cc_statement_release (self->select);
  g_array_unref (self->read);
  g_free (self);
}

static void
read_list (CcFactReader *self, const CcField *field, int column, CcArena *arena, CcFactValue *value)
{
  gsize         size;
  const guint8 *bytes = cc_statement_blob (self->select, column, &size);
  guint16      *list;

  if (!bytes || size < sizeof (guint16))
    return;
  list = cc_arena_alloc (arena, size);
  for (gsize i = 0; i < size / sizeof (guint16); i++)
    {
      guint16 place = (guint16) (bytes[2 * i] | bytes[2 * i + 1] << 8);

      if (place < field->codes->len)
        list[value->n++] = place;
    }
  value->u.list = list;
}

/* Reads one value; returns the number of columns it takes. */
static int
read_value (CcFactReader  *self,
            const CcField *field,
            int            column,
            CcArena       *arena,
            CcFactValue   *value)
{
  CcStatement *row = self->select;
  const char  *text;
  guint        code;

  switch (field->type)
    {
    case CC_VALUE_CODE:
      code = cc_code_map_find (self->codes, cc_statement_int64 (row, column));
      value->u.code = code - 1;
      value->n = code != 0;
      return 1;
    case CC_VALUE_MASK:
      value->u.mask = (guint64) cc_statement_int64 (row, column);
      value->n = value->u.mask != 0;
      return 1;
    case CC_VALUE_LIST:
      value->n = 0;
      read_list (self, field, column, arena, value);
      return 1;
    case CC_VALUE_DATE:
      value->n = !cc_statement_is_null (row, column);
      value->u.date = (CcInterval){ (CcDay) cc_statement_int64 (row, column),
                                    (CcDay) cc_statement_int64 (row, column + 1) };
      return 2;
    case CC_VALUE_INT:
      value->n = !cc_statement_is_null (row, column);
      value->u.number = cc_statement_int64 (row, column);
      return 1;
    case CC_VALUE_TEXT:
    default:
      text = cc_statement_text (row, column);
      value->n = text != NULL;
      if (text)
        value->u.text = strcpy (cc_arena_alloc (arena, strlen (text) + 1), text);
      return 1;
    }
}

/**
 * cc_fact_reader_next:
 * @fact: made by cc_fact_new () and used again for each row; fields that are not read stay as they
 *   are
 * @arena: for lists, texts and rows; the caller resets it between rows
 */
gboolean
cc_fact_reader_next (CcFactReader *self,
                     CcFact       *fact,
                     CcArena      *arena,
                     gboolean     *found,
                     GError      **error)
{
  int           column = 1;
  gsize         size;
  const guint8 *bytes;

  if (!cc_statement_step (self->select, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  fact->id = cc_statement_int64 (self->select, 0);
  for (guint i = 0; i < self->read->len; i++)
    {
      const CcField *field = g_array_index (self->read, const CcField *, i);

      column += read_value (self, field, column, arena, &fact->values[field->index]);
    }
  if (!self->rows)
    return TRUE;
  memset (fact->rows, 0, sizeof (fact->rows));
  bytes = cc_statement_blob (self->select, column, &size);
  if (bytes && !cc_fact_rows_unpack (self->fields, fact, self->codes, arena, bytes, size))
    {
      g_set_error_literal (error, CC_ERROR, CC_ERROR_DAMAGED,
                           "The counting cache of this case file is damaged. Nothing was changed. "
                           "Verify "
                           "the file: that tells whether what was recorded is as the history says, "
                           "and how the figures are made anew.");
      return FALSE;
    }
  return TRUE;
}
