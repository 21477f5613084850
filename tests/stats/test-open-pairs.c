/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-components-private.h"
#include "stats-fixture.h"

#include <cc/stats/cc-bounds.h>

#include <string.h>

/* Bounds from open pairs on random graphs, against all their partitions one by one. */

#define MAX_NODES 7

typedef struct
{
  guint   n;
  guint64 adjacent[MAX_NODES];
  guint64 forbidden[MAX_NODES];
} Graph;

static void
make_graph (GRand *rand, guint n, double open, double closed, Graph *graph)
{
  memset (graph, 0, sizeof (*graph));
  graph->n = n;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      {
        guint64 *masks = g_rand_double (rand) < closed ? graph->forbidden
                         : g_rand_double (rand) < open ? graph->adjacent
                                                       : NULL;

        if (!masks)
          continue;
        masks[i] |= G_GUINT64_CONSTANT (1) << j;
        masks[j] |= G_GUINT64_CONSTANT (1) << i;
      }
}

static gboolean
is_group (const Graph *graph, guint64 group)
{
  guint64 reached = group & -group;

  for (guint round = 0; round < graph->n; round++)
    for (guint i = 0; i < graph->n; i++)
      if (reached & (G_GUINT64_CONSTANT (1) << i))
        reached |= graph->adjacent[i] & group;
  for (guint i = 0; i < graph->n; i++)
    if ((group & (G_GUINT64_CONSTANT (1) << i)) && (graph->forbidden[i] & group))
      return FALSE;
  return reached == group;
}

typedef void (*PartitionFunc) (const guint64 *groups, guint n, gpointer data);

/* Puts node @at into each group there is, and into one of its own. */
static void
each_partition (const Graph  *graph,
                guint         at,
                guint64      *groups,
                guint         n,
                PartitionFunc func,
                gpointer      data)
{
  gboolean allowed = TRUE;

  if (at < graph->n)
    {
      for (guint i = 0; i <= n; i++)
        {
          guint64 before = i < n ? groups[i] : 0;

          groups[i] = before | G_GUINT64_CONSTANT (1) << at;
          each_partition (graph, at + 1, groups, MAX (n, i + 1), func, data);
          groups[i] = before;
        }
      return;
    }
  for (guint i = 0; i < n; i++)
    allowed = allowed && is_group (graph, groups[i]);
  if (allowed)
    func (groups, n, data);
}

#define N_VALUES 40

typedef struct
{
  gint8 value[1 << MAX_NODES][N_VALUES];
  gint8 low[N_VALUES];
  gint8 high[N_VALUES];
} Sums;

static void
sum_partition (const guint64 *groups, guint n, gpointer data)
{
  Sums *sums = data;

  for (guint i = 0; i < N_VALUES; i++)
    {
      gint8 sum = 0;

      for (guint j = 0; j < n; j++)
        sum = (gint8) (sum + sums->value[groups[j]][i]);
      sums->low[i] = MIN (sums->low[i], sum);
      sums->high[i] = MAX (sums->high[i], sum);
    }
}

/* Any function of groups whatever. */
static void
test_graphs (void)
{
  const CcPartitionBudget budget = { 10000, 1000000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240229);
  g_autofree Sums *sums = g_new (Sums, 1);

  for (guint round = 0; round < 300; round++)
    {
      guint64 groups[MAX_NODES] = { 0 };
      gint8   low[N_VALUES], high[N_VALUES];
      Graph   graph;
      guint   n_subsets, n_allowed = 0;
      g_autoptr (CcPartitions) partitions = NULL;
      g_autofree gint8 *values = NULL;

      make_graph (rand, (guint) g_rand_int_range (rand, 1, MAX_NODES + 1),
                  g_rand_double_range (rand, 0.2, 1), g_rand_double_range (rand, 0, 0.4), &graph);
      for (guint i = 0; i < 1 << MAX_NODES; i++)
        for (guint j = 0; j < N_VALUES; j++)
          sums->value[i][j] = g_rand_double (rand) < 0.3;
      memset (sums->low, G_MAXINT8, N_VALUES);
      memset (sums->high, 0, N_VALUES);
      each_partition (&graph, 0, groups, 0, sum_partition, sums);
      partitions = cc_partitions_new (graph.n, graph.adjacent, graph.forbidden, &budget);
      g_assert_nonnull (partitions);
      n_subsets = cc_partitions_get_n_subsets (partitions);
      for (guint i = 1; i < 1u << graph.n; i++)
        n_allowed += is_group (&graph, i);
      g_assert_cmpuint (n_subsets, ==, n_allowed);
      values = g_new (gint8, n_subsets * N_VALUES);
      for (guint i = 0; i < n_subsets; i++)
        {
          guint64 subset = cc_partitions_get_subset (partitions, i);

          g_assert_true (is_group (&graph, subset));
          memcpy (values + i * N_VALUES, sums->value[subset], N_VALUES);
        }
      cc_partitions_solve (partitions, N_VALUES, values, low, high);
      g_assert_cmpmem (low, N_VALUES, sums->low, N_VALUES);
      g_assert_cmpmem (high, N_VALUES, sums->high, N_VALUES);
    }
}

static void
add_edge (guint64 *adjacent, guint a, guint b)
{
  adjacent[a] |= G_GUINT64_CONSTANT (1) << b;
  adjacent[b] |= G_GUINT64_CONSTANT (1) << a;
}

/* A long chain is exact, whatever the order of its numbers; a star of as many has millions of
 * groups, and is given up at once. */
static void
test_large (void)
{
  const CcPartitionBudget budget = { 4096, 400000 };
  guint64                 path[24] = { 0 }, star[24] = { 0 }, forbidden[24] = { 0 };
  g_autofree gint8       *ones = NULL;
  gint8                   low, high;
  g_autoptr (CcPartitions) partitions = NULL;

  for (guint i = 1; i < 24; i++)
    {
      add_edge (path, (i - 1) * 7 % 24, i * 7 % 24);
      add_edge (star, 5, i == 5 ? 0 : i);
    }
  g_test_timer_start ();
  partitions = cc_partitions_new (24, path, forbidden, &budget);
  g_assert_nonnull (partitions);
  g_assert_cmpuint (cc_partitions_get_n_subsets (partitions), ==, 24 * 25 / 2);
  ones = g_new (gint8, 24 * 25 / 2);
  memset (ones, 1, 24 * 25 / 2);
  cc_partitions_solve (partitions, 1, ones, &low, &high);
  g_assert_cmpint (low, ==, 1);
  g_assert_cmpint (high, ==, 24);
  g_assert_null (cc_partitions_new (24, star, forbidden, &budget));
  g_assert_cmpfloat (g_test_timer_elapsed (), <, 0.5);
}

/* A graph of persons in a case file, and all its partitions carried out there. */
typedef struct
{
  Fixture         *fixture;
  Graph            graph;
  gint64           records[MAX_NODES];
  const guint64   *groups;
  guint            n_groups;
  GRand           *rand;
  CcQuestionnaire *questionnaire;
  GPtrArray       *tables; /* const char* */
  GPtrArray       *as_is;  /* CcTableResult* per table */
  GPtrArray       *low;    /* gint64[] per table */
  GPtrArray       *high;
  gint64           fewest;
  gint64           most;
} World;

static const char *
pick (GRand *rand, const char *const *words, guint n)
{
  return words[g_rand_int_range (rand, 0, (int) n)];
}

#define PICK(rand, ...)                                                                            \
  pick (rand, (const char *const[]){ __VA_ARGS__ },                                                \
        G_N_ELEMENTS (((const char *const[]){ __VA_ARGS__ })))

static void
add_entities (Fixture *fixture)
{
  static const char *const keys[][2] = { { "police", "POL" },
                                         { "shelter", "SHE" },
                                         { "hotline", "HOT" } };
  GError                  *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (cc_entity_add (fixture->file, keys[i][0], keys[i][0],
                                    cc_pack_find_code (fixture->pack, "RETYPE", keys[i][1]),
                                    &error));
      g_assert_no_error (error);
    }
}

static gboolean
add_persons (CcAct *act, gpointer data, GError **error)
{
  World   *world = data;
  Fixture *fixture = world->fixture;
  GRand   *rand = world->rand;

  for (guint i = 0; i < world->graph.n; i++)
    {
      gint64 entity = fixture_entity (fixture, PICK (rand, "police", "shelter", "hotline"));
      g_autoptr (CcRecord) victim = make_record (fixture, "victim", 100 + i);
      g_autoptr (CcRecord) link = make_record (fixture, "victim_event", 100 + i);
      g_autoptr (CcRecord) status = make_record (fixture, "status_decision", 100 + i);
      int age = g_rand_int_range (rand, 12, 24);

      set_code (victim, fixture, "sex", PICK (rand, "F", "M", "_U"));
      if (g_rand_boolean (rand))
        set_age (victim, fixture, age, age + g_rand_int_range (rand, 0, 3));
      set_date (victim, fixture, "detected_on",
                PICK (rand, "2022-05-01", "2022-12-30", "2023-01-04", "2023-07-09", "2024-02-02",
                      "2023", ""));
      set_codes (victim, fixture, "citizenship", PICK (rand, "BEN", "NGA", "TGO", "NGA;TGO", ""));
      world->records[i] = put_record (act, victim, entity);
      link->parents[0] = victim->id;
      set_codes (link, fixture, "form", PICK (rand, "SEX", "LAB", "SEX;SERV", "BEG", ""));
      put_record (act, link, entity);
      status->parents[0] = victim->id;
      set_code (status, fixture, "status", PICK (rand, "IDEN", "PRES", "NEG", "IDEN"));
      put_record (act, status, entity);
    }
  return TRUE;
}

static gboolean
add_decisions (CcAct *act, gpointer data, GError **error)
{
  World *world = data;

  for (guint i = 0; i < world->graph.n; i++)
    for (guint j = 0; j < i; j++)
      {
        guint64 bit = G_GUINT64_CONSTANT (1) << j;
        g_autoptr (CcStatement) insert = NULL;

        if (!((world->graph.adjacent[i] | world->graph.forbidden[i]) & bit))
          continue;
        insert = cc_connection_prepare (cc_act_get_connection (act),
                                        "INSERT INTO pair_decision (kind, a, b, verdict, source,"
                                        " time, act) VALUES ('VI', ?1, ?2, ?3, 'review', 0, 1)",
                                        error);
        g_assert_nonnull (insert);
        cc_statement_bind_int64 (insert, 1, MIN (world->records[i], world->records[j]));
        cc_statement_bind_int64 (insert, 2, MAX (world->records[i], world->records[j]));
        cc_statement_bind_text (insert, 3,
                                world->graph.adjacent[i] & bit ? "undecided" : "different");
        if (!cc_statement_run (insert, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
carry_out (CcAct *act, gpointer data, GError **error)
{
  World *world = data;

  for (guint i = 0; i < world->n_groups; i++)
    {
      gint64 first = world->records[__builtin_ctzll (world->groups[i])];

      for (guint64 rest = world->groups[i] & (world->groups[i] - 1); rest; rest &= rest - 1)
        if (!cc_act_join (act, cc_act_find_cluster (act, first, error),
                          cc_act_find_cluster (act, world->records[__builtin_ctzll (rest)], error),
                          0, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
take_back (CcAct *act, gpointer data, GError **error)
{
  World *world = data;

  for (guint i = 0; i < world->n_groups; i++)
    for (guint64 rest = world->groups[i] & (world->groups[i] - 1); rest; rest &= rest - 1)
      {
        gint64 record = world->records[__builtin_ctzll (rest)];

        if (!cc_act_split (act, cc_act_find_cluster (act, record, error), &record, 1, 0, error))
          return FALSE;
      }
  return TRUE;
}

static CcTableResult *
count_world (World *world, const char *table, gboolean bounds)
{
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  g_autoptr (GHashTable) repeats = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) words = g_strsplit (table, " ", 2);
  CcCountOptions options = { .periods = periods, .repeats = repeats, .no_bounds = !bounds };
  GError        *error = NULL;
  CcTableResult *result;

  if (words[1])
    g_hash_table_insert (repeats, words[0], words[1]);
  result = cc_count_table (world->fixture->file, world->questionnaire,
                           cc_questionnaire_find_table (world->questionnaire, words[0]), &options,
                           NULL, &error);
  g_assert_no_error (error);
  return result;
}

/* A slot of a table: its cells, then its totals. */
static const CcCell *
get_slot (const CcTableResult *result, guint slot)
{
  guint n = result->rows->len * result->cols->len;

  return slot < n ? &result->cells[slot] : &result->totals[slot - n];
}

static guint
count_slots (const CcTableResult *result)
{
  return result->rows->len * result->cols->len + result->periods->len + 1;
}

/* The count that stands in a slot of another count of the same table, whose lists of countries may
 * be in another order. A country that nobody has any more is not listed. */
static gint64
count_like (const CcTableResult *like, guint slot, const CcTableResult *result)
{
  guint            n = like->rows->len * like->cols->len;
  const CcHeading *row, *col;
  const CcCell    *found;
  int              period;

  if (slot >= n)
    return result->totals[slot - n].count;
  row = like->rows->pdata[slot / like->cols->len];
  col = like->cols->pdata[slot % like->cols->len];
  period = MAX (row->period, col->period);
  found = cc_table_result_find (result, row->code, col->code,
                                period < 0 ? NULL
                                           : g_array_index (like->periods, CcPeriod, period).code);
  return found ? found->count : 0;
}

static void
try_partition (const guint64 *groups, guint n, gpointer data)
{
  World *world = data;

  world->groups = groups;
  world->n_groups = n;
  world->fewest = MIN (world->fewest, (gint64) n);
  world->most = MAX (world->most, (gint64) n);
  fixture_act (world->fixture, carry_out, world);
  for (guint i = 0; i < world->tables->len; i++)
    {
      g_autoptr (CcTableResult) result = count_world (world, world->tables->pdata[i], FALSE);
      const CcTableResult *like = world->as_is->pdata[i];
      gint64              *low = world->low->pdata[i];
      gint64              *high = world->high->pdata[i];

      for (guint j = 0; j < count_slots (like); j++)
        {
          gint64 count = count_like (like, j, result);

          low[j] = MIN (low[j], count);
          high[j] = MAX (high[j], count);
        }
    }
  fixture_act (world->fixture, take_back, world);
}

/* Exact bounds are those of all partitions; loose ones hold them. */
static void
compare_bounds (World *world, gboolean loose)
{
  GError        *error = NULL;
  CcPersonBounds persons;
  guint          narrow = 0;

  for (guint i = 0; i < world->tables->len; i++)
    {
      g_autoptr (CcTableResult) result = count_world (world, world->tables->pdata[i], TRUE);
      const gint64 *low = world->low->pdata[i];
      const gint64 *high = world->high->pdata[i];

      g_test_message ("table %s", (const char *) world->tables->pdata[i]);
      for (guint j = 0; j < count_slots (result); j++)
        {
          const CcCell *cell = get_slot (result, j);

          g_assert_cmpint (cell->low, <=, cell->count);
          g_assert_cmpint (cell->high, >=, cell->count);
          if (loose)
            {
              g_assert_cmpint (cell->low, <=, low[j]);
              g_assert_cmpint (cell->high, >=, high[j]);
              g_assert_true (cell->bounds_loose || cell->low == cell->high);
              narrow += cell->high < world->graph.n;
              continue;
            }
          g_assert_cmpint (cell->low, ==, low[j]);
          g_assert_cmpint (cell->high, ==, high[j]);
          g_assert_false (cell->bounds_loose);
        }
    }
  if (loose)
    g_assert_cmpuint (narrow, >, 0);
  g_assert_true (cc_bounds_persons (world->fixture->file, "victim", &persons, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (persons.value, ==, world->graph.n);
  g_assert_cmpint (persons.low, <=, world->fewest);
  g_assert_true (persons.loose || persons.low == world->fewest);
  g_assert_true (loose || !persons.loose);
  g_assert_cmpint (persons.high, ==, world->most);
}

/* The line of a table that tells how many persons stand in an open pair. */
static void
check_line (World *world)
{
  g_autoptr (GArray) periods = cc_periods_new_years (2022, 2024, 1);
  g_autoptr (CcQuestionnaire) questionnaire = NULL;
  g_autoptr (CcTableResult) result = NULL;
  CcCountOptions options = { .periods = periods, .no_bounds = TRUE };
  GError        *error = NULL;
  gint64         in_pairs = 0;
  gint64         told = 0;
  gint64         left_out; /* who is not counted in this table */

  for (guint i = 0; i < world->graph.n; i++)
    in_pairs += world->graph.adjacent[i] != 0;
  questionnaire = cc_questionnaire_find (world->fixture->pack, "ecowas-tip", NULL, &error);
  g_assert_no_error (error);
  result =
      cc_count_table (world->fixture->file, questionnaire,
                      cc_questionnaire_find_table (questionnaire, "D1"), &options, NULL, &error);
  g_assert_no_error (error);
  left_out = world->graph.n - result->totals[result->periods->len].count;
  for (guint row = 0; row < result->rows->len; row++)
    for (guint col = 0; col < result->cols->len; col++)
      {
        const CcHeading *of_row = result->rows->pdata[row];
        const CcHeading *of_col = result->cols->pdata[col];

        if (g_str_equal (of_row->code, "open-pair") && of_col->period >= 0)
          told += result->cells[row * result->cols->len + col].count;
      }
  g_assert_cmpint (told, >=, in_pairs - left_out);
  g_assert_cmpint (told, <=, in_pairs);
  g_assert_cmpint (told, >, 0);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  static const CcPartitionBudget nothing = { 0, 0 }, plenty = { 1000, 1000000 };
  guint64                        groups[MAX_NODES] = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  g_autoptr (CcQuestionnaire) questionnaire = NULL;
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  g_autoptr (GPtrArray) as_is =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_table_result_free);
  g_autoptr (GPtrArray) low = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) high = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;
  World   world = { .fixture = fixture,
                    .rand = rand,
                    .tables = tables,
                    .as_is = as_is,
                    .low = low,
                    .high = high };

  questionnaire = cc_questionnaire_find (fixture->pack, "unodc-glotip", NULL, &error);
  g_assert_no_error (error);
  world.questionnaire = questionnaire;
  world.fewest = G_MAXINT64;
  add_entities (fixture);
  make_graph (rand, 5, 0.6, 0.2, &world.graph);
  fixture_act (fixture, add_persons, &world);
  fixture_act (fixture, add_decisions, &world);
  for (guint i = 0; i < cc_questionnaire_get_n_tables (questionnaire); i++)
    if (cc_questionnaire_get_table (questionnaire, i)->count == CC_COUNT_VICTIMS)
      g_ptr_array_add (tables, (gpointer) cc_questionnaire_get_table (questionnaire, i)->id);
  g_assert_cmpuint (tables->len, >, 2);
  g_ptr_array_add (tables, (gpointer) "Q7 yearly");
  g_ptr_array_add (tables, (gpointer) "Q7 new-event");
  for (guint i = 0; i < tables->len; i++)
    {
      CcTableResult *result = count_world (&world, tables->pdata[i], FALSE);
      gint64        *none = g_new (gint64, count_slots (result));

      for (guint j = 0; j < count_slots (result); j++)
        none[j] = G_MAXINT64;
      g_ptr_array_add (as_is, result);
      g_ptr_array_add (low, none);
      g_ptr_array_add (high, g_new0 (gint64, count_slots (result)));
    }
  check_line (&world);
  each_partition (&world.graph, 0, groups, 0, try_partition, &world);
  compare_bounds (&world, FALSE);
  compare_bounds (&world, FALSE);
  cc_components_set_budget (&plenty);
  compare_bounds (&world, FALSE);
  cc_components_set_budget (&nothing);
  compare_bounds (&world, TRUE);
  cc_components_set_budget (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/open-pairs/graphs", test_graphs);
  g_test_add_func ("/stats/open-pairs/large", test_large);
  for (guint seed = 1; seed <= 4; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/stats/open-pairs/file/%u", seed);

      g_test_add (path, Fixture, GUINT_TO_POINTER (seed), fixture_set_up, test_file,
                  fixture_tear_down);
    }
  return g_test_run ();
}
