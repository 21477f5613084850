/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-elsewhere.h>

#include <cc/base/cc-csv.h>
#include <cc/base/cc-error.h>
#include <cc/base/cc-sort.h>
#include <cc/store/cc-records.h>

#include <math.h>
#include <string.h>

#include "cc-link-evidence-private.h"
#include "cc-link-limit-private.h"
#include "cc-link-outcome-private.h"

/* Pairs that weigh more or less say no more. */
#define MOST_BITS 200.0

#define ROWS_PER_LOOK 1024

/* Digits of a UUID; what stands before them is the row. */
#define UUID_DIGITS 32

typedef struct
{
  CcConnection      *connection;
  CcLinkTable       *table;
  CcLinkFrequencies *frequencies;
  CcLinkModel        model;
  GArray            *pairs; /* CcLinkPair */
  GArray            *edges; /* CcLinkEdge, the same by rows */
  int                left;  /* columns of the file, -1 where not there */
  int                right;
  int                weight;
  int                probability;
  CcLinkImport      *result;
} Import;

static gboolean
refuse_row (guint line, const char *what, GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
               "Line %u of the pairs has %s. Nothing was changed. The columns are unique_id_l, "
               "unique_id_r and match_weight or match_probability, as Splink writes them.",
               line, what);
  return FALSE;
}

static int
find_cell (const CcCsvRow *row, const char *name)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (strcmp (row->cells[i], name) == 0)
      return (int) i;
  return -1;
}

static gboolean
read_header (Import *self, const CcCsvRow *row, GError **error)
{
  self->left = find_cell (row, "unique_id_l");
  self->right = find_cell (row, "unique_id_r");
  self->weight = find_cell (row, "match_weight");
  self->probability = find_cell (row, "match_probability");
  if (self->left >= 0 && self->right >= 0 && (self->weight >= 0 || self->probability >= 0))
    return TRUE;
  return refuse_row (row->line, "other headings", error);
}

static const char *
get_cell (const CcCsvRow *row, int column)
{
  return column >= 0 && (guint) column < row->n_cells ? row->cells[column] : "";
}

/* "00000012-dd885c69187bc794749b39af4868c17c", or the UUID alone. */
static gboolean
read_uuid (const char *text, guint8 uuid[16])
{
  const gsize length = strlen (text);
  const char *digits = text + (length > UUID_DIGITS ? length - UUID_DIGITS : 0);

  if (length < UUID_DIGITS)
    return FALSE;
  for (guint i = 0; i < UUID_DIGITS; i++)
    {
      const int value = g_ascii_xdigit_value (digits[i]);

      if (value < 0)
        return FALSE;
      uuid[i / 2] = (guint8) (i % 2 ? uuid[i / 2] | value : value << 4);
    }
  return TRUE;
}

/* Sets the record's position in the table, -1 where there is no such record any more. */
static gboolean
find_position (Import *self, const CcCsvRow *row, int column, int *position, GError **error)
{
  guint8  uuid[16];
  GError *problem = NULL;
  gint64  record;

  *position = -1;
  if (!read_uuid (get_cell (row, column), uuid))
    return refuse_row (row->line, "something else where a record's number belongs", error);
  record = cc_store_find_uuid (self->connection, uuid, &problem);
  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (record > 0)
    *position = cc_link_find_record (self->table, record);
  return TRUE;
}

static gboolean
read_score (const char *text, double *value)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*value);
}

/* Log odds in bits. */
static gboolean
read_bits (Import *self, const CcCsvRow *row, double *bits, GError **error)
{
  if (self->weight >= 0 && read_score (get_cell (row, self->weight), bits))
    {
      *bits = CLAMP (*bits, -MOST_BITS, MOST_BITS);
      return TRUE;
    }
  if (self->probability >= 0 && read_score (get_cell (row, self->probability), bits) && *bits >= 0
      && *bits <= 1)
    {
      *bits = CLAMP (log2 (*bits / (1 - *bits)), -MOST_BITS, MOST_BITS);
      return TRUE;
    }
  return refuse_row (row->line, "no weight and no probability", error);
}

/* The levels are looked up here: which signs a pair shows decides how far its weight may go. */
static void
add_pair (Import *self, guint x, guint y, double bits, double drop)
{
  const guint32    a = MIN (self->table->row_at[x], self->table->row_at[y]);
  const guint32    b = MAX (self->table->row_at[x], self->table->row_at[y]);
  const CcLinkRow *row_a = cc_link_table_row (self->table, a);
  const CcLinkRow *row_b = cc_link_table_row (self->table, b);
  CcLinkPattern    pattern = cc_link_compare (self->table, self->frequencies, row_a, row_b);
  const gint32     weight =
      cc_link_limit_weight (&self->model, pattern.levels, (gint32) lrint (bits * CC_LINK_BIT));
  CcLinkPair pair = {
    .a = cc_link_table_get_record_id (self->table, MIN (x, y)),
    .b = cc_link_table_get_record_id (self->table, MAX (x, y)),
    .weight = weight / (double) CC_LINK_BIT,
    .probability = cc_link_weight_to_probability (weight),
    .levels = pattern.levels,
  };
  CcLinkEdge edge = { a, b, weight, pattern.adjust, pattern.levels };

  if (pair.probability < drop)
    {
      self->result->below++;
      return;
    }
  g_array_append_val (self->pairs, pair);
  g_array_append_val (self->edges, edge);
}

static gboolean
read_row (Import *self, const CcCsvRow *row, double drop, GError **error)
{
  int    x;
  int    y;
  double bits;

  if (!find_position (self, row, self->left, &x, error)
      || !find_position (self, row, self->right, &y, error) || !read_bits (self, row, &bits, error))
    return FALSE;
  self->result->pairs++;
  if (x < 0 || y < 0)
    self->result->unknown++;
  else if (x == y)
    return refuse_row (row->line, "one record twice", error);
  else
    add_pair (self, (guint) x, (guint) y, bits, drop);
  return TRUE;
}

static GFileInputStream *
open_pairs (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) problem = NULL;
  GFileInputStream *stream = g_file_read (file, cancellable, &problem);

  if (!stream)
    g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                 "The pairs “%s” cannot be read: %s. Nothing was changed.", path, problem->message);
  return stream;
}

static gboolean
read_rows (Import *self, const char *path, double drop, CcProgress *progress, GError **error)
{
  GCancellable *cancellable = cc_progress_get_cancellable (progress);
  g_autoptr (GFileInputStream) stream = open_pairs (path, cancellable, error);
  g_autoptr (CcCsvReader) reader = NULL;
  CcCsvRow row;

  if (!stream)
    return FALSE;
  reader = cc_csv_reader_new (G_INPUT_STREAM (stream), ',');
  if (!cc_csv_reader_next (reader, &row, cancellable, error) || !read_header (self, &row, error))
    return FALSE;
  while (cc_csv_reader_next (reader, &row, cancellable, error))
    {
      if (row.n_cells == 0)
        return TRUE;
      if ((row.n_cells > 1 && !read_row (self, &row, drop, error))
          || (row.line % ROWS_PER_LOOK == 0 && !cc_progress_update (progress, row.line, error)))
        return FALSE;
    }
  return FALSE;
}

static int
order_pairs (gconstpointer x, gconstpointer y)
{
  const CcLinkPair *a = x;
  const CcLinkPair *b = y;

  if (a->a != b->a)
    return a->a < b->a ? -1 : 1;
  if (a->b != b->b)
    return a->b < b->b ? -1 : 1;
  return a->weight > b->weight ? -1 : a->weight < b->weight;
}

/* Of a pair that stands twice the greater weight. */
static void
drop_repeated (Import *self)
{
  guint kept = 0;

  g_array_sort (self->pairs, order_pairs);
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const CcLinkPair *at = &g_array_index (self->pairs, CcLinkPair, i);
      const CcLinkPair *last = kept > 0 ? &g_array_index (self->pairs, CcLinkPair, kept - 1) : NULL;

      if (!last || last->a != at->a || last->b != at->b)
        g_array_index (self->pairs, CcLinkPair, kept++) = *at;
    }
  g_array_set_size (self->pairs, kept);
}

/* The model of the kind that left last: the pairs were scored by it. (transfer full) */
static char *
read_model (CcConnection *connection, const char *kind, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection,
                             "SELECT m.body FROM audit_change c JOIN link_model m ON m.id = CAST "
                             "(c.key AS INTEGER)"
                             " WHERE c.tbl = 'link_model' AND c.after = 'exported' AND m.kind = ?1"
                             " ORDER BY c.seq DESC LIMIT 1",
                             error);
  gboolean has_row;

  if (!find)
    return NULL;
  cc_statement_bind_text (find, 1, kind);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  if (has_row)
    return g_strdup (cc_statement_text (find, 0));
  g_set_error_literal (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                       "No model of this case file was written out, so the pairs cannot have been "
                       "scored by it. Write the model out first, and score the pairs by that; "
                       "nothing was "
                       "changed.");
  return NULL;
}

/* Records that say too little, and that no pair and no verdict names. */
static void
find_undecidable (Import *self, const CcLinkParams *params, GArray *undecidable)
{
  const guint         n = self->table->rows->len;
  g_autofree guint8  *weak = NULL;
  g_autofree guint32 *faint = g_new0 (guint32, MAX (n, 1));
  g_autofree guint8  *found = NULL;
  CcLinkHopeless      hopeless;
  guint               n_found;

  weak = cc_link_evidence_find_weak (self->table, self->frequencies, &self->model);
  hopeless = (CcLinkHopeless){ weak, faint };
  found = cc_link_evidence_find_undecidable (self->table, params, self->edges, &hopeless, &n_found);
  for (guint position = 0; position < n; position++)
    if (found[self->table->row_at[position]])
      {
        const gint64 record = cc_link_table_get_record_id (self->table, position);

        g_array_append_val (undecidable, record);
      }
}

static gboolean
read_pairs (Import *self, const char *path, CcLinkOutcome *outcome, GError **error)
{
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (CcLinkVerdict));
  CcLinkParams params = *outcome->params;

  outcome->model = read_model (self->connection, outcome->kind, error);
  if (!outcome->model
      || !cc_link_model_from_text (&self->model, self->table, outcome->model, error))
    return FALSE;
  self->frequencies = cc_link_frequencies_new (self->table, NULL);
  cc_progress_begin (outcome->progress, "progress.compare", 0);
  if (!read_rows (self, path, params.drop, outcome->progress, error)
      || !cc_link_take_verdicts (self->connection, self->table, outcome->kind, verdicts, error))
    return FALSE;
  for (guint i = 0; i < verdicts->len; i++)
    {
      CcLinkVerdict *at = &g_array_index (verdicts, CcLinkVerdict, i);

      at->a = self->table->row_at[at->a];
      at->b = self->table->row_at[at->b];
    }
  params.verdicts = (const CcLinkVerdict *) verdicts->data;
  params.n_verdicts = verdicts->len;
  drop_repeated (self);
  find_undecidable (self, &params, outcome->undecidable);
  outcome->counts->records = self->table->rows->len;
  outcome->counts->pairs_compared = self->result->pairs;
  return TRUE;
}

static gboolean
import_pairs (CcCaseFile    *file,
              const char    *unit,
              const char    *path,
              Import        *self,
              CcLinkOutcome *outcome,
              GError       **error)
{
  gboolean ok;

  self->connection = cc_case_file_acquire_reader (file, error);
  if (!self->connection)
    return FALSE;
  self->table = cc_link_prepare (file, self->connection, unit, outcome->progress, error);
  ok = self->table != NULL && read_pairs (self, path, outcome, error);
  cc_case_file_release_reader (file, self->connection);
  return ok
         && cc_case_file_act (file, "import-pairs", cc_link_write_outcome, outcome,
                              cc_progress_get_cancellable (outcome->progress), error);
}

gboolean
cc_link_import_pairs (CcCaseFile   *file,
                      const char   *unit,
                      const char   *path,
                      CcProgress   *progress,
                      CcLinkImport *result,
                      GError      **error)
{
  CcLinkParams  params;
  CcLinkOutcome outcome = { .kind = cc_link_get_kind (file, unit, error),
                            .params = &params,
                            .progress = progress,
                            .counts = &result->counts };
  Import        self = { .result = result };
  gboolean      ok;

  memset (result, 0, sizeof *result);
  cc_link_params_init (&params);
  if (!outcome.kind)
    return FALSE;
  self.pairs = outcome.pairs = g_array_new (FALSE, FALSE, sizeof (CcLinkPair));
  self.edges = g_array_new (FALSE, FALSE, sizeof (CcLinkEdge));
  outcome.ties = g_array_new (FALSE, FALSE, sizeof (guint));
  outcome.undecidable = g_array_new (FALSE, FALSE, sizeof (gint64));
  ok = import_pairs (file, unit, path, &self, &outcome, error);
  g_array_unref (outcome.pairs);
  g_array_unref (self.edges);
  g_array_unref (outcome.ties);
  g_array_unref (outcome.undecidable);
  g_free (outcome.model);
  cc_link_frequencies_free (self.frequencies);
  cc_link_table_free (self.table);
  return ok;
}
