/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-search-job.h"

#include <cc/linkage/cc-linkage.h>

gpointer
cc_search_job_run (CcProgress *progress, gpointer session, GError **error)
{
  static const char *const  units[] = { "victim", "perpetrator", "event" };
  g_autofree CcSearchFound *found = g_new0 (CcSearchFound, 1);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      CcLinkParams params;
      CcLinkCounts counts;

      cc_link_params_init (&params);
      params.accept = 2;
      if (!cc_link_run (cc_session_get_file (session), units[i], &params, progress, &counts, error))
        return NULL;
      found->n_pairs += counts.proposals;
      found->n_undecidable += counts.undecidable;
    }
  return g_steal_pointer (&found);
}
