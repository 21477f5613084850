/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>

#include "cc-session.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_pairs;       /* questions that wait now */
  guint n_undecidable; /* records that say too little for any question */
} CcSearchFound;

/* A CcJobFunc, with the session: looks for duplicates among victims, perpetrators and cases. What
 * an accept level would join by itself is off: that needs a sample which proves it. Returns a
 * CcSearchFound, to be freed. */
gpointer cc_search_job_run (CcProgress *progress, gpointer session, GError **error);

G_END_DECLS
