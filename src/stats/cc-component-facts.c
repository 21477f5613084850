/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-components-private.h"

/* Work per component, counted in subsets and steps, not in time: the same file gives the same
 * bounds everywhere. Of all components together so many facts are kept in memory for the next
 * table; those of the rest are derived again each time. */
#define MAX_SUBSETS 4096
#define MAX_STEPS   400000
#define MAX_KEPT    16384

static const CcPartitionBudget usual_budget = { MAX_SUBSETS, MAX_STEPS };
static CcPartitionBudget       test_budget;
static gboolean                has_test_budget;

/* Another budget than the usual one, and nothing kept; NULL = the usual one. For tests. */
void
cc_components_set_budget (const CcPartitionBudget *budget)
{
  has_test_budget = budget != NULL;
  if (budget)
    test_budget = *budget;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 id_a = *(const gint64 *) a;
  gint64 id_b = *(const gint64 *) b;

  return id_a < id_b ? -1 : id_a > id_b;
}

/* Per cluster, the clusters that a pair ties it to. */
static void
fill_masks (const CcComponent *component, GArray *pairs, guint64 *masks)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const CcOpenPair *pair = &g_array_index (pairs, CcOpenPair, i);
      guint             a, b;

      if (!g_array_binary_search (component->clusters, &pair->a, compare_ids, &a)
          || !g_array_binary_search (component->clusters, &pair->b, compare_ids, &b))
        continue;
      masks[a] |= G_GUINT64_CONSTANT (1) << b;
      masks[b] |= G_GUINT64_CONSTANT (1) << a;
    }
}

/* Closed pairs connect nothing: no group may hold both. */
static void
plan_partitions (CcComponent *component)
{
  CcPartitionBudget budget = has_test_budget ? test_budget : usual_budget;
  guint64           adjacent[CC_PARTITION_MAX_NODES] = { 0 };
  guint64           forbidden[CC_PARTITION_MAX_NODES] = { 0 };
  guint             n = component->clusters->len;

  if (n > CC_PARTITION_MAX_NODES)
    return;
  fill_masks (component, component->pairs, adjacent);
  fill_masks (component, component->different, forbidden);
  for (guint i = 0; i < n; i++)
    adjacent[i] &= ~forbidden[i];
  component->partitions = cc_partitions_new (n, adjacent, forbidden, &budget);
}

/* What facts are made from. */
typedef struct
{
  CcCaseFile         *file;
  CcConnection       *connection;
  CcKind              kind;
  const CcDerivePlan *derive;
  const CcCodeMap    *codes;
  CcArena            *records;
  CcArena            *facts;
  GPtrArray          *sets; /* CcSourceSet* per cluster */
} Source;

static gboolean
load_sets (Source *source, const CcComponent *component, GError **error)
{
  g_ptr_array_set_size (source->sets, 0);
  for (guint i = 0; i < component->clusters->len; i++)
    {
      CcSourceSet *set = cc_source_set_new (source->kind, cc_case_file_get_country (source->file));
      g_autoptr (CcFactLoader) loader =
          cc_fact_loader_new (source->derive, source->codes, source->file, source->connection,
                              source->kind, CC_LOAD_CLUSTER,
                              g_array_index (component->clusters, gint64, i), error);
      gboolean found;

      g_ptr_array_add (source->sets, set);
      if (!loader || !cc_fact_loader_next (loader, set, source->records, &found, error))
        return FALSE;
      set->cluster = g_array_index (component->clusters, gint64, i);
    }
  return TRUE;
}

static gboolean
is_empty (const CcSourceSet *set)
{
  for (guint unit = 0; unit < CC_N_UNITS; unit++)
    if (set->of[unit]->len)
      return FALSE;
  return TRUE;
}

static void
append_set (CcSourceSet *to, const CcSourceSet *from)
{
  for (guint unit = 0; unit < CC_N_UNITS; unit++)
    for (guint i = 0; i < from->of[unit]->len; i++)
      g_ptr_array_add (to->of[unit], from->of[unit]->pdata[i]);
  for (guint kind = 0; kind < CC_N_KINDS; kind++)
    to->linked[kind] += from->linked[kind];
  g_array_append_vals (to->choices, from->choices->data, from->choices->len);
}

/* The person that the clusters of a group would be, by the same pure rules as everywhere. */
static void
derive_group (Source *source, CcComponent *component, CcSourceSet *merged, guint64 group)
{
  CcFact *fact = NULL;

  cc_source_set_clear (merged);
  merged->cluster = ((CcSourceSet *) source->sets->pdata[__builtin_ctzll (group)])->cluster;
  for (guint64 rest = group; rest; rest &= rest - 1)
    append_set (merged, source->sets->pdata[__builtin_ctzll (rest)]);
  if (!is_empty (merged))
    fact = cc_derive (source->derive, merged, source->facts, cc_code_map_find_entity,
                      (gpointer) source->codes);
  g_ptr_array_add (component->facts, fact);
}

/* Whose records are gone is in no person; notes what is left. */
static void
note_sets (Source *source, CcComponent *component)
{
  for (guint i = 0; i < source->sets->len; i++)
    {
      CcSourceSet *set = source->sets->pdata[i];

      component->chosen = component->chosen || set->choices->len;
      if (is_empty (set))
        continue;
      component->n_facts++;
      if (i < CC_PARTITION_MAX_NODES)
        component->present |= G_GUINT64_CONSTANT (1) << i;
    }
}

static void
derive_facts (Source *source, CcComponent *component)
{
  g_autoptr (CcSourceSet) merged =
      cc_source_set_new (source->kind, cc_case_file_get_country (source->file));

  for (guint i = 0; !component->partitions && i < source->sets->len; i++)
    {
      CcSourceSet *set = source->sets->pdata[i];

      g_ptr_array_add (component->facts,
                       is_empty (set)
                           ? NULL
                           : cc_derive (source->derive, set, source->facts, cc_code_map_find_entity,
                                        (gpointer) source->codes));
    }
  for (guint i = 0;
       component->partitions && i < cc_partitions_get_n_subsets (component->partitions); i++)
    derive_group (source, component, merged, cc_partitions_get_subset (component->partitions, i));
}

static gboolean
is_different (const CcComponent *component, guint a, guint b)
{
  for (guint i = 0; i < component->different->len; i++)
    {
      const CcOpenPair *pair = &g_array_index (component->different, CcOpenPair, i);
      gint64            id_a = g_array_index (component->clusters, gint64, a);
      gint64            id_b = g_array_index (component->clusters, gint64, b);

      if ((pair->a == id_a && pair->b == id_b) || (pair->a == id_b && pair->b == id_a))
        return TRUE;
    }
  return FALSE;
}

/* Clusters of which each two are decided to be different remain as many. Looked for greedily, from
 * each cluster on: any such set is a true lower bound. */
static guint
count_forced (const CcComponent *component)
{
  guint             n = component->clusters->len;
  guint             best = component->n_facts ? 1 : 0;
  g_autofree guint *taken = g_new (guint, n + 1);

  for (guint first = 0; component->different->len && first < n; first++)
    {
      guint n_taken = 0;

      for (guint i = 0; i < n; i++)
        {
          guint    next = (first + i) % n;
          gboolean fits = component->facts->pdata[next] != NULL;

          for (guint j = 0; fits && j < n_taken; j++)
            fits = is_different (component, next, taken[j]);
          if (fits)
            taken[n_taken++] = next;
        }
      best = MAX (best, n_taken);
    }
  return best;
}

/**
 * cc_components_derive:
 *
 * Works out which groups of clusters each component may fall into, and derives each group's fact.
 * Where those are more than should stay in memory, a component is left without;
 * see cc_component_fill ().
 */
gboolean
cc_components_derive (CcComponents       *self,
                      CcCaseFile         *file,
                      CcConnection       *connection,
                      CcKind              kind,
                      const CcDerivePlan *derive,
                      const CcCodeMap    *codes,
                      GCancellable       *cancellable,
                      GError            **error)
{
  guint left = has_test_budget ? 0 : MAX_KEPT;
  g_autoptr (CcArena) records = cc_arena_new ();
  g_autoptr (CcArena) passing = cc_arena_new ();
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_source_set_free);
  Source source = { file, connection, kind, derive, codes, records, NULL, sets };

  for (guint i = 0; i < self->items->len; i++)
    {
      CcComponent *component = self->items->pdata[i];
      guint        n;

      if (component->clusters->len < 2)
        continue;
      cc_arena_reset (records);
      cc_arena_reset (passing);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !load_sets (&source, component, error))
        return FALSE;
      plan_partitions (component);
      note_sets (&source, component);
      n = component->partitions ? cc_partitions_get_n_subsets (component->partitions)
                                : component->clusters->len;
      component->passing = n > left;
      if (component->partitions && component->passing)
        continue;
      source.facts = component->passing ? passing : self->arena;
      derive_facts (&source, component);
      if (!component->partitions)
        component->n_forced = count_forced (component);
      if (component->passing)
        g_ptr_array_set_size (component->facts, 0);
      else
        left -= n;
    }
  return TRUE;
}

/**
 * cc_component_fill:
 * @arena: where facts live that are not kept; the caller resets it after the component
 *
 * Makes sure that the component has its facts. Paired with cc_component_empty ().
 */
gboolean
cc_component_fill (CcComponent        *self,
                   CcCaseFile         *file,
                   CcConnection       *connection,
                   CcKind              kind,
                   const CcDerivePlan *derive,
                   const CcCodeMap    *codes,
                   CcArena            *arena,
                   GError            **error)
{
  g_autoptr (CcArena) records = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  Source source = { file, connection, kind, derive, codes, NULL, arena, NULL };

  if (!self->passing)
    return TRUE;
  source.records = records = cc_arena_new ();
  source.sets = sets = g_ptr_array_new_with_free_func ((GDestroyNotify) cc_source_set_free);
  if (!load_sets (&source, self, error))
    return FALSE;
  derive_facts (&source, self);
  return TRUE;
}

/* Forgets facts that are not kept. */
void
cc_component_empty (CcComponent *self)
{
  if (self->passing)
    g_ptr_array_set_size (self->facts, 0);
}

/* What is kept with a case file. */
typedef struct
{
  CcComponents *of[CC_N_KINDS];
} Kept;

static void
free_kept (gpointer data)
{
  Kept *kept = data;

  for (guint kind = 0; kept && kind < CC_N_KINDS; kind++)
    cc_components_free (kept->of[kind]);
  g_free (kept);
}

static gboolean
read_state (CcConnection *connection, char **state, GError **error)
{
  g_autoptr (CcStatement) row =
      cc_connection_prepare (connection,
                             "SELECT seq || ' ' || hash FROM audit ORDER BY seq DESC LIMIT 1",
                             error);
  gboolean has_row;

  if (!row || !cc_statement_step (row, &has_row, error))
    return FALSE;
  *state = g_strdup (has_row ? cc_statement_text (row, 0) : "");
  return TRUE;
}

/**
 * cc_components_take:
 *
 * The same facts serve all tables of a questionnaire. They are read anew where any act has happened
 * since: each act moves the head of the audit chain.
 *
 * Returns: (transfer full): NULL with an error; give it back with cc_components_give_back ()
 */
CcComponents *
cc_components_take (CcCaseFile         *file,
                    CcConnection       *connection,
                    CcKind              kind,
                    const CcDerivePlan *derive,
                    const CcCodeMap    *codes,
                    GCancellable       *cancellable,
                    GError            **error)
{
  g_autoptr (CcComponents) self = NULL;
  g_autofree char *state = NULL;
  Kept            *kept;

  if (!read_state (connection, &state, error))
    return NULL;
  kept = has_test_budget ? NULL : cc_case_file_swap_kept (file, NULL, NULL);
  if (kept)
    {
      self = g_steal_pointer (&kept->of[kind]);
      free_kept (cc_case_file_swap_kept (file, kept, free_kept));
    }
  if (self && g_str_equal (self->state, state))
    return g_steal_pointer (&self);
  g_clear_pointer (&self, cc_components_free);
  self = cc_components_load (connection, kind, error);
  if (!self
      || !cc_components_derive (self, file, connection, kind, derive, codes, cancellable, error))
    return NULL;
  self->state = g_steal_pointer (&state);
  return g_steal_pointer (&self);
}

void
cc_components_give_back (CcComponents *self, CcCaseFile *file, CcKind kind)
{
  Kept *kept;

  if (has_test_budget)
    {
      cc_components_free (self);
      return;
    }
  kept = cc_case_file_swap_kept (file, NULL, NULL);
  if (!kept)
    kept = g_new0 (Kept, 1);
  cc_components_free (kept->of[kind]);
  kept->of[kind] = self;
  free_kept (cc_case_file_swap_kept (file, kept, free_kept));
}
