/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-evaluate.h>

#include <stdio.h>
#include <stdlib.h>

#include <cc/linkage/cc-link-csv.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CcPack) pack = cc_pack_load_default (&error);
  g_autoptr (CcLinkCsv) set = NULL;
  g_autoptr (CcLinkResult) result = NULL;
  CcLinkParams     params;
  CcLinkEvaluation e;

  if (!pack)
    g_error ("%s", error->message);
  {
    const char *paths[] = { argv[1], NULL };
    set = cc_link_csv_load (pack, paths, argv[6], argv[7], &error);
    if (!set)
      g_error ("%s", error->message);
  }
  cc_link_params_init (&params);
  params.accept = argc > 2 ? atof (argv[2]) : 0.99;
  params.drop = argc > 3 ? atof (argv[3]) : 0.02;
  result = cc_link_engine_run (set->table, &params, NULL, &error);
  cc_link_evaluate (result, set->truth, &e);
  if (argc > 4)
    fputs (result->model, stdout);
  printf ("records %u compared %" G_GUINT64_FORMAT " proposals %u clusters %u\n", result->n_records,
          result->n_compared, result->proposals->len, result->n_clusters);
  for (guint i = 0; i < result->n_keys; i++)
    printf ("  %-22s %" G_GUINT64_FORMAT "\n", result->keys[i].name, result->keys[i].n_pairs);
#define P(name, s)                                                                                 \
  printf ("%-9s P %.4f R %.4f F1 %.4f (%" G_GUINT64_FORMAT ")\n", name, s.precision, s.recall,     \
          s.f1, s.found)
  P ("pairs .50", e.pairs50);
  P ("pairs .90", e.pairs90);
  P ("pairs .99", e.pairs99);
  P ("clusters", e.clusters);
  P ("accepted", e.accepted);
  printf ("reach %.4f bcubed %.4f exact %.4f largest %u open %" G_GUINT64_FORMAT
          " per 100: %.1f covered %.4f calibration %.4f\n",
          e.reach, e.bcubed, e.exact, e.largest, e.n_open, 100.0 * e.n_open / result->n_records,
          e.covered, e.calibration_error);
  {
    guint32 *parent = g_new (guint32, result->n_records);
    double   drops[] = { 0.02, 0.05, 0.1, 0.2, 0.3, 0.5 };
    guint    high = 0;

    for (guint i = 0; i < result->n_records; i++)
      high += result->accept_of[i] == i;
    printf ("bounds at drop:");
    for (guint d = 0; d < G_N_ELEMENTS (drops); d++)
      {
        guint low = high, open = 0;

        for (guint i = 0; i < result->n_records; i++)
          parent[i] = result->accept_of[i];
        for (guint i = 0; i < result->proposals->len; i++)
          {
            CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);
            guint32         a = at->a, b = at->b;

            if (at->probability < drops[d] || at->joined)
              continue;
            open++;
            while (parent[a] != a)
              a = parent[a];
            while (parent[b] != b)
              b = parent[b];
            if (a != b)
              {
                parent[MAX (a, b)] = MIN (a, b);
                low--;
              }
          }
        printf (" %.2f: %u-%u (%u)", drops[d], low, high, open);
      }
    printf ("\n");
  }
  for (guint i = 0; i < 10; i++)
    printf ("  %.2f: %5.0f stated %.3f true %.3f\n", i / 10.0, (double) e.bands[i].n_proposals,
            e.bands[i].probability,
            e.bands[i].n_true_proposals / (double) MAX (e.bands[i].n_proposals, 1));
  if (argc > 5)
    {
      FILE *out = fopen (argv[5], "w");

      for (guint i = 0; i < result->proposals->len; i++)
        {
          CcLinkProposal *at = &g_array_index (result->proposals, CcLinkProposal, i);

          fprintf (out, "%u,%u,%.4f,%" G_GINT64_MODIFIER "x,%d,%d,%.2f\n", at->a, at->b,
                   at->probability, at->levels, at->joined,
                   result->cluster_of[at->a] == result->cluster_of[at->b], at->weight / 64.0);
        }
      fclose (out);
    }
  return 0;
}
