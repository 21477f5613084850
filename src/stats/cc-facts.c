/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/stats/cc-facts.h>

#include "cc-count-private.h"
#include "cc-stats-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-norm.h>

#include <string.h>

static GMutex     plans_lock;
static GPtrArray *plans; /* CcStatsPlan*, kept as long as the program runs */

/* The contract of a pack, looked up once: packs are few, live long and never change. */
const CcStatsPlan *
cc_stats_plan_get (CcPack *pack)
{
  CcStatsPlan *plan = NULL;

  g_mutex_lock (&plans_lock);
  if (!plans)
    plans = g_ptr_array_new ();
  for (guint i = 0; i < plans->len; i++)
    if (((CcStatsPlan *) plans->pdata[i])->pack == pack)
      plan = plans->pdata[i];
  if (!plan)
    {
      plan = g_new0 (CcStatsPlan, 1);
      plan->pack = cc_pack_ref (pack);
      plan->fields = cc_fields_new (pack);
      plan->derive = cc_derive_plan_new (plan->fields);
      g_ptr_array_add (plans, plan);
    }
  g_mutex_unlock (&plans_lock);
  return plan;
}

/* How long writing to the disk takes, in times of making the figures. */
#define AFTER_FIGURES 0.4

/* How often progress is told, in clusters. */
#define CLUSTERS_PER_LOOK 64

/* What is done over all kinds. */
typedef struct
{
  CcProgress *progress; /* NULL for none */
  guint64     n_done, n_all;
} Looks;

static gboolean
begin_looks (Looks *looks, CcAct *act, GError **error)
{
  GError *problem = NULL;
  gint64  n;

  looks->progress = cc_act_get_progress (act);
  if (!looks->progress)
    return TRUE;
  n = cc_connection_get_int64 (cc_act_get_connection (act), "SELECT count (*) FROM dirty_cluster",
                               0, &problem);
  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  looks->n_all = (guint64) n;
  cc_progress_begin (looks->progress, "progress.counts", looks->n_all);
  cc_progress_expect (looks->progress, AFTER_FIGURES);
  return TRUE;
}

/* Derives and writes all dirty clusters of one kind. */
static gboolean
refresh_kind (const CcStatsPlan *plan,
              const CcCodeMap   *codes,
              CcCaseFile        *file,
              CcConnection      *connection,
              CcKind             kind,
              GCancellable      *cancellable,
              Looks             *looks,
              GError           **error)
{
  g_autoptr (CcFactLoader) loader =
      cc_fact_loader_new (plan->derive, codes, file, connection, kind, CC_LOAD_DIRTY, 0, error);
  g_autoptr (CcFactWriter) writer =
      loader ? cc_fact_writer_new (plan->fields, connection, kind, error) : NULL;
  g_autoptr (CcArena) arena = cc_arena_new ();
  g_autoptr (CcSourceSet) set = cc_source_set_new (kind, cc_case_file_get_country (file));
  gboolean found = TRUE;

  while (writer)
    {
      CcFact *fact;

      cc_arena_reset (arena);
      cc_source_set_clear (set);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cc_fact_loader_next (loader, set, arena, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      if (++looks->n_done % CLUSTERS_PER_LOOK == 0
          && !cc_progress_update (looks->progress, looks->n_done, error))
        return FALSE;
      fact = cc_derive (plan->derive, set, arena, cc_code_map_find_entity, (gpointer) codes);
      if (!cc_fact_writer_put (writer, fact, codes, error))
        return FALSE;
    }
  return FALSE;
}

/* Where records moved between clusters, others follow: a case counts its persons, and a person
 * remembers to which case each detection belongs. New links mark both of their ends themselves. */
static gboolean
follow_moves (CcConnection *connection, GError **error)
{
  static const char *const ends[][2] = { { "l.victim", "l.event" },
                                         { "l.event", "l.victim" },
                                         { "l.perpetrator", "l.event" } };
  static const char *const tables[] = { "victim_event", "victim_event", "perp_event" };
  GError                  *problem = NULL;
  gint64                   moved = cc_connection_get_int64 (connection,
                                                            "SELECT EXISTS (SELECT 1 FROM dirty_cluster d CROSS JOIN "
                                                                              "membership m"
                                                                              " ON m.cluster = d.cluster AND m.to_act IS NOT NULL)",
                                                            0, &problem);

  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  for (guint i = 0; moved && i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "INSERT OR IGNORE INTO dirty_cluster SELECT o.cluster FROM dirty_cluster d"
          " CROSS JOIN membership m ON m.cluster = d.cluster CROSS JOIN %s l ON %s = m.record"
          " CROSS JOIN membership o ON o.record = %s AND o.to_act IS NULL",
          tables[i], ends[i][0], ends[i][1]);

      if (!cc_connection_execute (connection, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* Runs inside each act's transaction: what counts follows what was recorded. */
static gboolean
refresh (CcAct *act, gpointer user_data, GError **error)
{
  CcConnection      *connection = cc_act_get_connection (act);
  CcCaseFile        *file = cc_act_get_file (act);
  const CcStatsPlan *plan = user_data;
  g_autoptr (CcCodeMap) codes = cc_code_map_new (file, connection, error);
  Looks looks = { 0 };

  if (!codes || !follow_moves (connection, error) || !begin_looks (&looks, act, error)
      || !cc_connection_execute (connection,
                                 "DELETE FROM person_fact WHERE cluster IN (SELECT cluster FROM "
                                 "dirty_cluster)",
                                 error))
    return FALSE;
  for (guint kind = 0; kind < CC_KIND_RETURN; kind++)
    if (!refresh_kind (plan, codes, file, connection, kind, cc_act_get_cancellable (act), &looks,
                       error))
      return FALSE;
  return cc_progress_update (looks.progress, looks.n_all, error)
         && cc_connection_execute (connection, "DELETE FROM temp.fact_member", error)
         && cc_connection_execute (connection, "DELETE FROM dirty_cluster", error);
}

static gboolean
rebuild (CcAct *act, gpointer user_data, GError **error)
{
  CcConnection *connection = cc_act_get_connection (act);

  return cc_norm_rebuild (act, error)
         && cc_connection_execute (connection, "DELETE FROM person_fact", error)
         && cc_connection_execute (connection,
                                   "INSERT OR IGNORE INTO dirty_cluster SELECT id FROM cluster",
                                   error)
         && refresh (act, user_data, error);
}

/**
 * cc_facts_rebuild:
 *
 * Derives the counting cache of the whole file anew, in one act, and the folded forms of
 * identifiers.
 */
gboolean
cc_facts_rebuild (CcCaseFile *file, GCancellable *cancellable, GError **error)
{
  const CcStatsPlan *plan = cc_stats_plan_get (cc_case_file_get_pack (file));

  return cc_case_file_act (file, "rebuild-cache", rebuild, (gpointer) plan, cancellable, error);
}

/* Nobody asked for it: the program signs. */
static gboolean
catch_up (CcCaseFile *file, GError **error)
{
  g_autofree char *user = cc_case_file_get_user (file);
  gboolean         ok;

  cc_case_file_set_user (file, CC_HISTORY_PROGRAM);
  ok = cc_facts_rebuild (file, NULL, error);
  cc_case_file_set_user (file, user);
  return ok;
}

/* Whether figures wait to be made: after a crash, in a file that came without them, after another
 * classification. */
static gboolean
is_behind (CcConnection *connection, gboolean *behind, GError **error)
{
  GError *problem = NULL;

  *behind =
      cc_connection_get_int64 (connection,
                               "SELECT EXISTS (SELECT 1 FROM dirty_cluster)"
                               " OR (EXISTS (SELECT 1 FROM cluster WHERE state = 0)"
                               "     AND NOT EXISTS (SELECT 1 FROM person_fact)"
                               "     AND EXISTS (SELECT 1 FROM membership WHERE to_act IS NULL))",
                               0, &problem)
      != 0;
  if (problem)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * cc_facts_attach:
 *
 * From now on each act leaves the counting cache right. Clusters that were changed while nothing
 * was attached are caught up with at once.
 */
gboolean
cc_facts_attach (CcCaseFile *file, GError **error)
{
  const CcStatsPlan *plan = cc_stats_plan_get (cc_case_file_get_pack (file));
  CcConnection      *connection;
  gboolean           behind, good;

  if (cc_case_file_is_read_only (file))
    return TRUE;
  connection = cc_case_file_acquire_reader (file, error);
  if (!connection)
    return FALSE;
  good = is_behind (connection, &behind, error);
  cc_case_file_release_reader (file, connection);
  if (!good)
    return FALSE;
  cc_case_file_set_refresh (file, refresh, (gpointer) plan);
  return !behind || catch_up (file, error);
}

gboolean
cc_facts_need_made (CcCaseFile *file, CcConnection *connection, GError **error)
{
  gboolean behind;

  if (!cc_case_file_is_read_only (file))
    return TRUE;
  if (!is_behind (connection, &behind, error))
    return FALSE;
  if (behind)
    g_set_error_literal (error, CC_ERROR, CC_ERROR_READ_ONLY,
                         "The figures of this file are not made yet, and it is open for reading "
                         "only, so nothing was counted. Open it for writing once: they are made "
                         "then.");
  return !behind;
}

static gboolean
fail_verify (gint64 cluster, GError **error)
{
  g_set_error (error, CC_ERROR, CC_ERROR_DAMAGED,
               "The figures kept for counting do not follow from the records of person "
               "%" G_GINT64_FORMAT ".",
               cluster);
  return FALSE;
}

/**
 * cc_facts_advise:
 * @proven: whether what was recorded is what the history says
 *
 * What to do where cc_facts_verify () found a difference: figures that are made anew from records
 * that somebody altered would cover it up.
 */
const char *
cc_facts_advise (gboolean proven)
{
  return proven ? "What was recorded is as the history says, so nothing is lost: the figures can "
                  "be made anew."
                : "What was recorded is not as the history says: do not have the figures made "
                  "anew before the file has been compared with a backup.";
}

static gboolean
verify_kind (const CcStatsPlan *plan,
             const CcCodeMap   *codes,
             CcCaseFile        *file,
             CcConnection      *connection,
             CcKind             kind,
             GCancellable      *cancellable,
             GError           **error)
{
  g_autoptr (CcFactLoader) loader =
      cc_fact_loader_new (plan->derive, codes, file, connection, kind, CC_LOAD_ALL, 0, error);
  /* Who is there; what stands there is compared by the statement. */
  g_autofree guint8 *none = g_new0 (guint8, plan->fields->of[kind]->len + 1);
  g_autoptr (CcFactReader) reader =
      loader ? cc_fact_reader_new (plan->fields, connection, codes, kind, none, FALSE, 0, error)
             : NULL;
  g_autoptr (CcArena) arena = cc_arena_new ();
  g_autoptr (CcArena) kept = cc_arena_new ();
  g_autoptr (CcSourceSet) set = cc_source_set_new (kind, cc_case_file_get_country (file));
  g_autoptr (CcFactWriter) writer =
      reader ? cc_fact_writer_new (plan->fields, connection, kind, error) : NULL;
  CcFact *stored = cc_fact_new (kept, plan->fields, kind);

  while (writer)
    {
      gboolean found, cached, same;
      CcFact  *fact;

      cc_arena_reset (arena);
      cc_source_set_clear (set);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cc_fact_loader_next (loader, set, arena, &found, error)
          || !cc_fact_reader_next (reader, stored, arena, &cached, error))
        return FALSE;
      if (!found && !cached)
        return TRUE;
      if (!found || !cached || stored->id != set->cluster)
        return fail_verify (cached && (!found || stored->id < set->cluster) ? stored->id
                                                                            : set->cluster,
                            error);
      fact = cc_derive (plan->derive, set, arena, cc_code_map_find_entity, (gpointer) codes);
      if (!cc_fact_writer_match (writer, fact, codes, &same, error))
        return FALSE;
      if (!same)
        return fail_verify (set->cluster, error);
    }
  return FALSE;
}

/* Figures of nobody who is counted. */
static gboolean
verify_kinds (CcConnection *connection, GError **error)
{
  GError      *problem = NULL;
  const gint64 cluster =
      cc_connection_get_int64 (connection,
                               "SELECT min (cluster) FROM person_fact WHERE kind IS NULL"
                               " OR kind NOT IN ('VI', 'PE', 'EV')",
                               0, &problem);

  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return cluster == 0 || fail_verify (cluster, error);
}

/* Figures of the persons, and the names as they are searched. */
static gboolean
verify_persons (CcCaseFile   *file,
                CcConnection *connection,
                GCancellable *cancellable,
                GError      **error)
{
  const CcStatsPlan *plan = cc_stats_plan_get (cc_case_file_get_pack (file));
  g_autoptr (CcCodeMap) codes = cc_code_map_new (file, connection, error);
  gboolean good = codes != NULL;

  for (guint kind = 0; good && kind < CC_KIND_RETURN; kind++)
    good = verify_kind (plan, codes, file, connection, kind, cancellable, error);
  return good && verify_kinds (connection, error);
}

/**
 * cc_facts_verify:
 *
 * Derives every fact anew and compares it with the cache, and folds every identifier anew.
 */
gboolean
cc_facts_verify (CcCaseFile *file, GCancellable *cancellable, GError **error)
{
  CcConnection *connection = cc_stats_begin (file, error);
  gboolean      good = connection && verify_persons (file, connection, cancellable, error)
                  && cc_norm_verify (connection, cancellable, error);

  if (connection)
    cc_stats_release (file, connection);
  return good;
}

gboolean
cc_facts_examine (CcCaseFile   *file,
                  GCancellable *cancellable,
                  const char  **left_out,
                  GError      **error)
{
  CcConnection *connection;
  gboolean      behind, good;

  *left_out = NULL;
  if (!cc_case_file_is_read_only (file))
    return cc_facts_verify (file, cancellable, error);
  if (cc_case_file_is_of_earlier_edition (file))
    {
      *left_out =
          "The figures kept for counting were not compared: an earlier version of Casecount, "
          "or of its classification, made them. They are made anew, and can be compared, "
          "when the file has been opened for writing.";
      return TRUE;
    }
  connection = cc_stats_begin (file, error);
  good = connection && is_behind (connection, &behind, error);
  if (good && behind)
    *left_out = "The figures kept for counting were not compared: they wait to be made, which "
                "happens when the file is opened for writing.";
  else if (good)
    good = verify_persons (file, connection, cancellable, error);
  good = good && cc_norm_verify (connection, cancellable, error);
  if (connection)
    cc_stats_release (file, connection);
  return good;
}
