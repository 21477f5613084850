/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-record-table-private.h"
#include "cc-case-file-private.h"

#include <cc/base/cc-text.h>

#include <stdlib.h>
#include <string.h>

/* Most values of one facet that one record or person can have. */
#define MAX_VALUES 64

CcRecordQuery *
cc_record_query_new (void)
{
  CcRecordQuery *self = g_new0 (CcRecordQuery, 1);

  self->period = CC_INTERVAL_UNKNOWN;
  self->descending = TRUE;
  return self;
}

CcRecordQuery *
cc_record_query_copy (const CcRecordQuery *self)
{
  CcRecordQuery *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  for (guint i = 0; i < CC_N_FACETS; i++)
    copy->chosen[i] = self->chosen[i] != NULL ? g_array_copy (self->chosen[i]) : NULL;
  return copy;
}

void
cc_record_query_free (CcRecordQuery *self)
{
  if (self == NULL)
    return;
  cc_record_query_clear (self);
  g_free (self);
}

/* Asks for everything again; the order stays. */
void
cc_record_query_clear (CcRecordQuery *self)
{
  g_clear_pointer (&self->text, g_free);
  for (guint i = 0; i < CC_N_FACETS; i++)
    g_clear_pointer (&self->chosen[i], g_array_unref);
  self->period = CC_INTERVAL_UNKNOWN;
  self->submission = 0;
  self->one_per_person = FALSE;
}

gboolean
cc_record_query_has (const CcRecordQuery *self, CcFacet facet, gint64 value)
{
  const GArray *chosen = self->chosen[facet];

  for (guint i = 0; chosen != NULL && i < chosen->len; i++)
    if (g_array_index (chosen, gint64, i) == value)
      return TRUE;
  return FALSE;
}

/* Adds a value to those of which a record must have one, or takes it away again. */
void
cc_record_query_choose (CcRecordQuery *self, CcFacet facet, gint64 value, gboolean chosen)
{
  GArray *values = self->chosen[facet];

  if (cc_record_query_has (self, facet, value) == chosen)
    return;
  if (values == NULL)
    values = self->chosen[facet] = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (chosen)
    {
      g_array_append_val (values, value);
      return;
    }
  for (guint i = 0; i < values->len; i++)
    if (g_array_index (values, gint64, i) == value)
      {
        g_array_remove_index (values, i);
        return;
      }
}

/* Returns: whether anything narrows the list */
gboolean
cc_record_query_is_filtered (const CcRecordQuery *self)
{
  for (guint i = 0; i < CC_N_FACETS; i++)
    if (self->chosen[i] != NULL && self->chosen[i]->len > 0)
      return TRUE;
  return (self->text != NULL && *self->text != '\0') || cc_interval_is_known (self->period)
         || self->submission != 0 || self->one_per_person;
}

void
cc_record_list_free (CcRecordList *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->ids);
  for (guint i = 0; i < CC_N_FACETS; i++)
    g_clear_pointer (&self->facets[i], g_array_unref);
  g_free (self);
}

typedef struct
{
  CcRecordTable       *table;
  const CcRecordQuery *query;
  const guint8        *found;               /* by the search; NULL = all */
  GHashTable          *counts[CC_N_FACETS]; /* value to number */
  GArray              *places;              /* guint32: rows that fit */
} Run;

static gint64
get_year (const CcTableRow *row)
{
  const int year = row->first != CC_DAY_NONE ? cc_day_year (row->first) : 0;

  return row->last != CC_DAY_NONE && cc_day_year (row->last) == year ? year : 0;
}

/* Values of one facet; signs are the only one of which a record has several. */
static guint
get_values (const CcTableRow *row, CcFacet facet, gint64 values[CC_N_SIGNS])
{
  guint n = 0;

  switch (facet)
    {
    case CC_FACET_AGENCY:
      values[0] = row->entity;
      return 1;
    case CC_FACET_YEAR:
      values[0] = get_year (row);
      return 1;
    case CC_FACET_SEX:
      values[0] = row->sex;
      return 1;
    case CC_FACET_AGE:
      values[0] = row->age_class;
      return 1;
    case CC_FACET_STATUS:
      values[0] = row->status;
      return 1;
    case CC_FACET_STATE:
      values[0] = (row->signs & CC_SIGN_WITHDRAWN) != 0;
      return 1;
    case CC_FACET_SIGN:
    case CC_N_FACETS:
    default:
      for (guint i = 0; i < CC_N_SIGNS; i++)
        if (row->signs & (1 << i) && (1 << i) != CC_SIGN_WITHDRAWN)
          values[n++] = 1 << i;
      return n;
    }
}

static gboolean
fits_facet (const Run *self, const CcTableRow *row, CcFacet facet)
{
  const GArray *chosen = self->query->chosen[facet];
  gint64        values[CC_N_SIGNS];
  guint         n;

  if (chosen == NULL || chosen->len == 0)
    return facet != CC_FACET_STATE || !(row->signs & CC_SIGN_WITHDRAWN);
  n = get_values (row, facet, values);
  for (guint i = 0; i < n; i++)
    if (cc_record_query_has (self->query, facet, values[i]))
      return TRUE;
  return FALSE;
}

/* What is no facet. */
static gboolean
fits_rest (const Run *self, const CcTableRow *row, guint32 place)
{
  const CcRecordQuery *query = self->query;
  const CcInterval     date = { row->first, row->last };

  if (self->found != NULL && !self->found[place])
    return FALSE;
  if (query->submission != 0 && row->submission != query->submission)
    return FALSE;
  return !cc_interval_is_known (query->period)
         || cc_interval_relation (date, query->period) == CC_RELATION_INSIDE;
}

static void
count_value (Run *self, CcFacet facet, gint64 value)
{
  gpointer key = GINT_TO_POINTER ((int) value);
  guint    n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts[facet], key));

  g_hash_table_insert (self->counts[facet], key, GUINT_TO_POINTER (n + 1));
}

/* Values of a person's records that were counted already. */
typedef struct
{
  gint64 values[CC_N_FACETS][MAX_VALUES];
  guint  n[CC_N_FACETS];
} Seen;

static gboolean
is_new (Seen *seen, CcFacet facet, gint64 value)
{
  if (seen == NULL)
    return TRUE;
  for (guint i = 0; i < seen->n[facet]; i++)
    if (seen->values[facet][i] == value)
      return FALSE;
  if (seen->n[facet] < MAX_VALUES)
    seen->values[facet][seen->n[facet]++] = value;
  return TRUE;
}

/* A row that misses one facet alone still counts there: these are the ones that would come if
 * another value of that facet were chosen. */
static gboolean
look_at (Run *self, guint32 place, Seen *seen)
{
  const CcTableRow *row = &g_array_index (self->table->rows, CcTableRow, place);
  gint64            values[CC_N_SIGNS];
  guint             missed = 0;
  CcFacet           one = CC_N_FACETS;

  if (!fits_rest (self, row, place))
    return FALSE;
  for (CcFacet facet = 0; facet < CC_N_FACETS; facet++)
    if (!fits_facet (self, row, facet))
      {
        missed++;
        one = facet;
      }
  if (missed > 1)
    return FALSE;
  for (CcFacet facet = missed == 1 ? one : 0; facet < (missed == 1 ? one + 1 : CC_N_FACETS);
       facet++)
    {
      const guint n = get_values (row, facet, values);

      for (guint i = 0; i < n; i++)
        if (is_new (seen, facet, values[i]))
          count_value (self, facet, values[i]);
    }
  return missed == 0;
}

static void
look_at_persons (Run *self)
{
  for (guint i = 0; i < self->table->clusters->len; i++)
    {
      const CcTableCluster *cluster = &g_array_index (self->table->clusters, CcTableCluster, i);
      Seen                  seen;
      gboolean              taken = FALSE;

      memset (seen.n, 0, sizeof seen.n);
      for (guint j = 0; j < cluster->n; j++)
        {
          const guint32 place = self->table->by_cluster[cluster->first + j];

          if (look_at (self, place, cluster->n > 1 ? &seen : NULL) && !taken)
            {
              g_array_append_val (self->places, place);
              taken = TRUE;
            }
        }
    }
}

/* Withdrawn records belong to no person: they stand for themselves. */
static void
look_at_records (Run *self, gboolean withdrawn_only)
{
  for (guint32 place = 0; place < self->table->rows->len; place++)
    if (!withdrawn_only || g_array_index (self->table->rows, CcTableRow, place).cluster < 0)
      if (look_at (self, place, NULL))
        g_array_append_val (self->places, place);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const guint64 x = *(const guint64 *) a;
  const guint64 y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

static GArray *
sort_places (Run *self, const guint32 *ranks)
{
  const guint n = self->places->len;
  GArray     *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), MAX (n, 1));
  g_autoptr (GArray) keys = g_array_sized_new (FALSE, FALSE, sizeof (guint64), MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      const guint32 place = g_array_index (self->places, guint32, i);
      guint32       rank = ranks[place];
      guint64       key;

      if (rank != CC_ORDER_NONE && self->query->descending)
        rank = CC_ORDER_NONE - 1 - rank;
      key = (guint64) rank << 32 | place;
      g_array_append_val (keys, key);
    }
  g_array_sort (keys, compare_keys);
  for (guint i = 0; i < n; i++)
    {
      const guint32 place = (guint32) g_array_index (keys, guint64, i);

      g_array_append_val (ids, g_array_index (self->table->rows, CcTableRow, place).id);
    }
  return ids;
}

typedef struct
{
  CcFacetValue entry;
  gint64       rank;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a;
  const Ranked *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return (x->entry.value > y->entry.value) - (x->entry.value < y->entry.value);
}

/* Agencies by name, years from the newest, codes as in the pack; what is not known comes last. */
static gint64
rank_value (const Run *self, CcFacet facet, gint64 value)
{
  const CcTableAgency *agency;
  const CcCode        *code;

  if (facet == CC_FACET_SIGN || facet == CC_FACET_STATE)
    return value;
  if (value == 0)
    return G_MAXINT64;
  if (facet == CC_FACET_YEAR)
    return -value;
  if (facet == CC_FACET_AGENCY)
    {
      agency = g_hash_table_lookup (self->table->agencies, GINT_TO_POINTER ((int) value));
      return agency != NULL ? agency->rank : G_MAXINT64;
    }
  code = cc_case_file_code_from_id (self->table->file, value);
  return code != NULL ? code->index : G_MAXINT64;
}

/* A chosen value stays listed although nothing has it, so that it can be taken back. */
static GArray *
list_values (Run *self, CcFacet facet)
{
  GArray       *values = g_array_new (FALSE, FALSE, sizeof (CcFacetValue));
  const GArray *chosen = self->query->chosen[facet];
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  GHashTableIter iter;
  gpointer       value, n;

  for (guint i = 0; chosen != NULL && i < chosen->len; i++)
    {
      gpointer key = GINT_TO_POINTER ((int) g_array_index (chosen, gint64, i));

      if (!g_hash_table_contains (self->counts[facet], key))
        g_hash_table_insert (self->counts[facet], key, NULL);
    }
  g_hash_table_iter_init (&iter, self->counts[facet]);
  while (g_hash_table_iter_next (&iter, &value, &n))
    {
      const Ranked entry = { { GPOINTER_TO_INT (value), GPOINTER_TO_UINT (n) },
                             rank_value (self, facet, GPOINTER_TO_INT (value)) };

      g_array_append_val (ranked, entry);
    }
  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < ranked->len; i++)
    g_array_append_val (values, g_array_index (ranked, Ranked, i).entry);
  return values;
}

/**
 * Finds, counts and orders. The first order by name, number or last change and each search of a
 * text read from the file; everything else works in memory.
 *
 * connection: a reader of the file
 *
 * Returns: (transfer full): the list, or NULL with an error
 */
CcRecordList *
cc_record_table_query (CcRecordTable       *self,
                       CcConnection        *connection,
                       const CcRecordQuery *query,
                       GError             **error)
{
  Run                run = { .table = self, .query = query };
  const guint32     *ranks;
  CcRecordList      *list;
  g_autofree guint8 *found = NULL;

  g_return_val_if_fail (self != NULL && connection != NULL && query != NULL, NULL);
  ranks = cc_record_table_get_ranks (self, connection, query->order, error);
  if (ranks == NULL)
    return NULL;
  if (query->text != NULL && !cc_text_is_blank (query->text))
    {
      found = cc_record_table_search (self, connection, query->text, error);
      if (found == NULL)
        return NULL;
    }
  run.found = found;
  run.places = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < CC_N_FACETS; i++)
    run.counts[i] = g_hash_table_new (NULL, NULL);
  if (query->one_per_person)
    look_at_persons (&run);
  look_at_records (&run, query->one_per_person);
  list = g_new0 (CcRecordList, 1);
  list->ids = sort_places (&run, ranks);
  list->n_all = self->n_live;
  for (guint i = 0; i < CC_N_FACETS; i++)
    {
      list->facets[i] = list_values (&run, i);
      g_hash_table_unref (run.counts[i]);
    }
  g_array_unref (run.places);
  return list;
}
