/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-csv.h>
#include <cc/linkage/cc-link-engine.h>

#include "cc-link-engine-private.h"
#include "cc-link-glance-private.h"
#include "cc-link-limit-private.h"

/* Rows of which all pairs are tried. */
#define ROWS 1500

static CcPack *pack;

static CcLinkCsv *
load_agency_sim (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency_sim_dev.csv", NULL);
  g_autofree char *ini =
      g_test_build_filename (G_TEST_DIST, "linkage", "data", "agency-sim.ini", NULL);
  const char *paths[] = { path, NULL };
  CcLinkCsv  *csv = cc_link_csv_load (pack, paths, ini, "entity_id", &error);

  g_assert_no_error (error);
  return csv;
}

/* Returns: whether the pair is kept, by way of the bounds; in the end it must be what comparing all
 * of it says */
static gboolean
try_pair (CcLinkTable        *table,
          const CcLinkLearnt *learnt,
          const CcLinkBounds *bounds,
          const CcLinkGlance *glances,
          guint               i,
          guint               j,
          gint32              keep)
{
  const CcLinkRow    *a = cc_link_table_row (table, i);
  const CcLinkRow    *b = cc_link_table_row (table, j);
  const CcLinkPattern whole = cc_link_compare (table, learnt->frequencies, a, b);
  const gint32        judged = cc_link_judge (&learnt->model, whole);
  CcLinkPattern       pattern;
  CcLinkLanes         others;
  gint32              weight;
  gboolean            kept;

  kept = cc_link_bounds_admit (bounds, table, a, b, &glances[i], &glances[j], keep, &others)
         && cc_link_bounds_score (bounds, table, &learnt->model, a, b, &others, keep, &pattern,
                                  &weight);
  g_assert_cmpint (kept, ==, judged >= keep);
  if (!kept)
    return FALSE;
  g_assert_cmpint (weight, ==, judged);
  g_assert_cmpuint (pattern.levels, ==, whole.levels);
  g_assert_cmpint (pattern.adjust, ==, whole.adjust);
  return TRUE;
}

/* Stopping early loses no pair that would be kept, whatever the level. */
static void
test_exact (void)
{
  g_autoptr (CcLinkCsv) csv = load_agency_sim ();
  g_autoptr (CcLinkLearnt) learnt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree CcLinkGlance *glances = NULL;
  const gint32             keeps[] = { -40 * CC_LINK_BIT, -7 * CC_LINK_BIT, 0, 10 * CC_LINK_BIT };
  guint                    n_kept[G_N_ELEMENTS (keeps)] = { 0 };
  CcLinkBounds             bounds;
  CcLinkParams             params;

  cc_link_params_init (&params);
  learnt = cc_link_engine_learn (csv->table, &params, NULL, &error);
  g_assert_no_error (error);
  glances = cc_link_glance_new (csv->table, learnt->frequencies);
  cc_link_bounds_init (&bounds, csv->table, learnt->frequencies, &learnt->model);
  for (guint i = 0; i < ROWS; i++)
    for (guint j = i + 1; j < ROWS; j++)
      for (guint k = 0; k < G_N_ELEMENTS (keeps); k++)
        n_kept[k] += try_pair (csv->table, learnt, &bounds, glances, i, j, keeps[k]);
  for (guint k = 0; k < G_N_ELEMENTS (keeps); k++)
    {
      g_test_message ("from %d bits on: %u pairs kept", keeps[k] / CC_LINK_BIT, n_kept[k]);
      g_assert_cmpuint (n_kept[k], >, 100);
      g_assert_cmpuint (n_kept[k], <, k == 0 ? G_MAXUINT : ROWS * 10);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  pack = cc_pack_load_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/linkage/bounds/exact", test_exact);
  status = g_test_run ();
  cc_pack_unref (pack);
  return status;
}
