/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/store/cc-sent-counts.h>

#include "cc-bind-private.h"

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>
#include <cc/store/cc-record-list.h>

#include <string.h>

/* The cells of deliveries that stand. What the agency states again in a later delivery, the same
 * figure of the same table, is marked: the later one holds. An answered row was stated anew. */
#define CELLS                                                                                      \
  "SELECT s.id AS submission, s.entity AS entity, e.key AS key, e.name AS name, s.file_name,"      \
  " a.unit AS unit, a.first AS first, a.last AS last, ifnull (r.sheet, ''), ifnull (r.row, 0),"    \
  " a.source_row, ifnull (a.categories, '') AS categories, a.count,"                               \
  " a.categories LIKE '%column=%' AND s.id < max (s.id) OVER (PARTITION BY s.entity, a.unit,"      \
  "  a.first, a.last, a.categories),"                                                              \
  " EXISTS (SELECT 1 FROM submission c WHERE c.entity = s.entity AND c.state = 'live'"             \
  "  AND NOT c.nil AND c.accepted > 0 AND (c.first IS NULL OR a.first IS NULL"                     \
  "  OR (c.first <= a.last AND c.last >= a.first))), a.id"                                         \
  " FROM aggregate_cell a JOIN submission s ON s.id = a.submission"                                \
  " JOIN entity e ON e.id = s.entity LEFT JOIN source_row r ON r.id = a.source_row"                \
  " WHERE s.state = 'live'" CC_NOT_ANSWERED

enum
{
  SUBMISSION,
  ENTITY,
  KEY,
  NAME,
  FILE_NAME,
  UNIT,
  FIRST,
  LAST,
  SHEET,
  ROW,
  SOURCE_ROW,
  CATEGORIES,
  COUNT,
  REPEATED,
  HAS_RECORDS,
};

/* One figure while the total of its table is looked for. */
typedef struct
{
  gint64 source_row;
  char  *column;
  char **names;
  char **texts;
  gint64 count;
} Cell;

static void
free_cell (gpointer data)
{
  Cell *self = data;

  g_free (self->column);
  g_strfreev (self->names);
  g_strfreev (self->texts);
  g_free (self);
}

void
cc_sent_counts_free (CcSentCounts *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->agency);
  g_free (self->file_name);
  g_free (self->unit);
  g_free (self);
}

void
cc_sent_figure_free (CcSentFigure *self)
{
  if (self == NULL)
    return;
  g_free (self->sheet);
  g_free (self->unit);
  g_free (self->column);
  g_strfreev (self->names);
  g_strfreev (self->texts);
  g_free (self);
}

/* "Province=Zou;Sex=F;column=Number" */
static void
parse_categories (const char *categories, char **column, char ***names, char ***texts)
{
  g_auto (GStrv) pairs = g_strsplit (categories, ";", -1);
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) right = g_strv_builder_new ();

  *column = NULL;
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *sign = strchr (pairs[i], '=');

      if (sign == NULL)
        continue;
      *sign = '\0';
      if (pairs[i + 1] == NULL && g_str_equal (pairs[i], "column"))
        *column = g_strdup (sign + 1);
      else
        {
          g_strv_builder_add (left, pairs[i]);
          g_strv_builder_add (right, sign + 1);
        }
    }
  *names = g_strv_builder_end (left);
  *texts = g_strv_builder_end (right);
}

/* The innermost of a header's levels: "Children placed / Total". */
static const char *
get_leaf (const char *header)
{
  const char *leaf = g_strrstr (header, " / ");

  return leaf != NULL ? leaf + 3 : header;
}

static gboolean
is_token (CcPack *pack, const char *kind, const char *header)
{
  return cc_pack_match_token (pack, kind, header) != NULL
         || cc_pack_match_token (pack, kind, get_leaf (header)) != NULL;
}

/* Two columns that part the persons by one thing: men and women. */
static gboolean
part_in_two (CcPack *pack, GPtrArray *columns, const char *one, const char *other)
{
  for (guint i = 0; columns->len == 2 && i < 2; i++)
    if (is_token (pack, one, columns->pdata[i]) && !is_token (pack, other, columns->pdata[i])
        && is_token (pack, other, columns->pdata[1 - i])
        && !is_token (pack, one, columns->pdata[1 - i]))
      return TRUE;
  return FALSE;
}

/* Women, men, girls and boys. "Male, Female, Boys, Girls" counts children twice. */
static gboolean
part_by_sex_and_age (CcPack *pack, GPtrArray *columns)
{
  guint seen = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      const gboolean female = is_token (pack, "female", columns->pdata[i]);
      const gboolean child = is_token (pack, "child", columns->pdata[i]);
      const guint    bit = 1u << (2 * child + female);

      if (female == is_token (pack, "male", columns->pdata[i])
          || child == is_token (pack, "adult", columns->pdata[i]) || (seen & bit) != 0)
        return FALSE;
      seen |= bit;
    }
  return TRUE;
}

static gboolean
part_by_country (CcPack *pack, GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    if (cc_pack_match_value (pack, "COUNTRY", get_leaf (columns->pdata[i]), NULL) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_listed (GPtrArray *texts, const char *text)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

static GPtrArray *
list_columns (GPtrArray *cells)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; i < cells->len; i++)
    {
      Cell *cell = cells->pdata[i];

      if (!is_listed (columns, cell->column))
        g_ptr_array_add (columns, cell->column);
    }
  return columns;
}

/* The column of totals: the only one, or the only one that stands under no other header. */
static char *
find_total_column (CcPack *pack, GPtrArray *columns, gboolean *several)
{
  char *of[2] = { NULL, NULL };
  guint n[2] = { 0, 0 };

  for (guint i = 0; i < columns->len; i++)
    if (is_token (pack, "total", columns->pdata[i]))
      {
        const gboolean inner = get_leaf (columns->pdata[i]) != columns->pdata[i];

        of[inner] = columns->pdata[i];
        n[inner]++;
      }
  *several = n[0] > 1 || (n[0] == 0 && n[1] > 1);
  return n[0] == 1 ? of[0] : n[0] == 0 && n[1] == 1 ? of[1] : NULL;
}

static gboolean
add_up (CcPack *pack, GPtrArray *columns)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  /* Whose class is not known stands beside the classes. */
  for (guint i = 0; i < columns->len; i++)
    if (!is_token (pack, "unknown", columns->pdata[i]))
      g_ptr_array_add (parts, columns->pdata[i]);
  if (columns->len == 1)
    return TRUE;
  return parts->len + 1 >= columns->len
         && (part_in_two (pack, parts, "male", "female")
             || part_in_two (pack, parts, "child", "adult") || part_by_sex_and_age (pack, parts)
             || part_by_country (pack, parts));
}

/* The columns whose figures add up to all persons; NULL where they do not tell. */
static GPtrArray *
choose_columns (CcPack *pack, GPtrArray *cells)
{
  g_autoptr (GPtrArray) columns = list_columns (cells);
  gboolean several;
  char    *total = find_total_column (pack, columns, &several);

  if (total != NULL)
    {
      g_ptr_array_set_size (columns, 0);
      g_ptr_array_add (columns, total);
    }
  else if (several || !add_up (pack, columns))
    return NULL;
  return g_steal_pointer (&columns);
}

static const char *
find_text (const Cell *cell, const char *name)
{
  for (guint i = 0; cell->names[i] != NULL; i++)
    if (g_str_equal (cell->names[i], name))
      return cell->texts[i];
  return NULL;
}

/* Headers under which "Total" stands somewhere: there, only these rows count all. */
static GPtrArray *
list_totalled (CcPack *pack, GPtrArray *cells)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = cells->pdata[i];

      for (guint j = 0; cell->names[j] != NULL; j++)
        if (is_token (pack, "total", cell->texts[j]) && !is_listed (names, cell->names[j]))
          g_ptr_array_add (names, cell->names[j]);
    }
  return names;
}

/* Whether the rows tell of different things: "Indicator", "Unit of measurement". */
static gboolean
mixes_things (CcPack *pack, GPtrArray *cells)
{
  const Cell *first = cells->pdata[0];

  for (guint j = 0; first->names[j] != NULL; j++)
    {
      if (!is_token (pack, "statistics-header", first->names[j])
          || is_token (pack, "total", first->texts[j]))
        continue;
      for (guint i = 1; i < cells->len; i++)
        if (g_strcmp0 (find_text (cells->pdata[i], first->names[j]), first->texts[j]) != 0)
          return TRUE;
    }
  return FALSE;
}

static gboolean
is_total_row (CcPack *pack, const Cell *cell, GPtrArray *totalled)
{
  for (guint i = 0; i < totalled->len; i++)
    {
      const char *text = find_text (cell, totalled->pdata[i]);

      if (text == NULL || !is_token (pack, "total", text))
        return FALSE;
    }
  return TRUE;
}

/* The sum of a table's columns that count all; -1 where a row says nothing there. */
static gint64
sum_table (CcPack *pack, GPtrArray *cells, GPtrArray *columns)
{
  g_autoptr (GPtrArray) totalled = list_totalled (pack, cells);
  gint64   sum = -1;
  gboolean stated = TRUE;

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = cells->pdata[i];

      if (!is_total_row (pack, cell, totalled))
        continue;
      if (i == 0 || ((Cell *) cells->pdata[i - 1])->source_row != cell->source_row)
        {
          if (!stated)
            return -1;
          stated = FALSE;
        }
      if (is_listed (columns, cell->column))
        {
          sum = MAX (sum, 0) + cell->count;
          stated = TRUE;
        }
    }
  return stated ? sum : -1;
}

/* How many persons or cases the figures state together; -1 where they do not tell which of them add
 * up. */
static gint64
find_total (CcPack *pack, CcSentKind kind, GPtrArray *cells)
{
  g_autoptr (GPtrArray) columns = NULL;
  gint64 sum = 0;

  if (kind == CC_SENT_TABLE)
    {
      columns = choose_columns (pack, cells);
      return columns != NULL && !mixes_things (pack, cells) ? sum_table (pack, cells, columns) : -1;
    }
  for (guint i = 0; i < cells->len; i++)
    sum += ((Cell *) cells->pdata[i])->count;
  return sum;
}

static CcSentCounts *
start_group (CcStatement *row, CcSentKind kind)
{
  CcSentCounts *self = g_new0 (CcSentCounts, 1);

  self->submission = cc_statement_int64 (row, SUBMISSION);
  self->entity = cc_statement_int64 (row, ENTITY);
  self->key = g_strdup (cc_statement_text (row, KEY));
  self->agency = g_strdup (cc_statement_text (row, NAME));
  self->file_name = g_strdup (cc_statement_text (row, FILE_NAME));
  self->kind = kind;
  self->unit = g_strdup (cc_statement_text (row, UNIT));
  self->period = (CcInterval){ cc_read_day (row, FIRST), cc_read_day (row, LAST) };
  self->has_records = cc_statement_int64 (row, HAS_RECORDS) != 0;
  return self;
}

static gboolean
belongs_to (const CcSentCounts *self, CcStatement *row, CcSentKind kind)
{
  return self != NULL && self->kind == kind
         && self->submission == cc_statement_int64 (row, SUBMISSION)
         && self->period.first == cc_read_day (row, FIRST)
         && self->period.last == cc_read_day (row, LAST)
         && g_str_equal (self->unit, cc_statement_text (row, UNIT));
}

static void
finish_group (CcPack *pack, CcSentCounts *group, GPtrArray *cells)
{
  if (group == NULL)
    return;
  group->n_figures = cells->len;
  group->total = find_total (pack, group->kind, cells);
  g_ptr_array_set_size (cells, 0);
}

/**
 * cc_sent_counts_list:
 *
 * The total of a table of counts is taken from its column of totals, else from columns that part
 * the persons by one thing (questionnaires.md 10.7: counts are never made persons, nor added to
 * records of the same agency and period). Figures that a later delivery states again are left out.
 *
 * Returns: (transfer full): %NULL with an error
 */
GPtrArray *
cc_sent_counts_list (CcConnection *connection, CcPack *pack, gint64 submission, GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_sent_counts_free);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (free_cell);
  g_autoptr (CcStatement) row = NULL;
  CcSentCounts *group = NULL;
  gboolean      has_row = FALSE;
  gboolean      ok;

  g_return_val_if_fail (connection != NULL && pack != NULL, NULL);

  row = cc_connection_prepare (connection,
                               "SELECT * FROM (" CELLS ") WHERE ?1 IN (0, submission)"
                               " ORDER BY name, key, first, last, unit, submission,"
                               " categories NOT LIKE '%column=%', id",
                               error);
  if (row == NULL)
    return NULL;
  cc_statement_bind_int64 (row, 1, submission);
  while ((ok = cc_statement_step (row, &has_row, error)) && has_row)
    {
      Cell      *cell;
      CcSentKind kind;

      if (cc_statement_int64 (row, REPEATED))
        continue;
      cell = g_new0 (Cell, 1);
      cell->source_row = cc_statement_int64 (row, SOURCE_ROW);
      cell->count = cc_statement_int64 (row, COUNT);
      parse_categories (cc_statement_text (row, CATEGORIES), &cell->column, &cell->names,
                        &cell->texts);
      kind = cell->column != NULL ? CC_SENT_TABLE : CC_SENT_ROWS;
      if (!belongs_to (group, row, kind))
        {
          finish_group (pack, group, cells);
          group = start_group (row, kind);
          g_ptr_array_add (list, group);
        }
      g_ptr_array_add (cells, cell);
    }
  finish_group (pack, group, cells);
  return ok ? g_steal_pointer (&list) : NULL;
}

static CcSentFigure *
read_figure (CcStatement *row)
{
  CcSentFigure *self = g_new0 (CcSentFigure, 1);

  self->sheet = g_strdup (cc_statement_text (row, SHEET));
  self->row = cc_statement_int64 (row, ROW);
  self->unit = g_strdup (cc_statement_text (row, UNIT));
  self->period = (CcInterval){ cc_read_day (row, FIRST), cc_read_day (row, LAST) };
  self->count = cc_statement_int64 (row, COUNT);
  self->repeated = cc_statement_int64 (row, REPEATED) != 0;
  parse_categories (cc_statement_text (row, CATEGORIES), &self->column, &self->names, &self->texts);
  self->kind = self->column != NULL ? CC_SENT_TABLE : CC_SENT_ROWS;
  return self;
}

/**
 * cc_sent_counts_read:
 *
 * Returns: (transfer full): the figures of one delivery; %NULL with an error
 */
GPtrArray *
cc_sent_counts_read (CcConnection *connection, gint64 submission, GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_sent_figure_free);
  g_autoptr (CcStatement) row = NULL;
  gboolean has_row = FALSE;
  gboolean ok;

  g_return_val_if_fail (connection != NULL, NULL);

  row =
      cc_connection_prepare (connection,
                             "SELECT * FROM (" CELLS ") WHERE submission = ?1 ORDER BY id", error);
  if (row == NULL)
    return NULL;
  cc_statement_bind_int64 (row, 1, submission);
  while ((ok = cc_statement_step (row, &has_row, error)) && has_row)
    g_ptr_array_add (list, read_figure (row));
  return ok ? g_steal_pointer (&list) : NULL;
}
