/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* A number of persons and what it could be, depending on the pairs nobody has decided yet. */
typedef struct
{
  gint64 value;
  gint64 low;
  gint64 high;
  guint  open_pairs;
  guint  components;
  guint  undecidable; /* records of which nobody can tell whether their person is counted
                         already: each counts as one, in low as in high */
  gboolean loose;     /* a component had too many outcomes to go through */
} CcPersonBounds;

/* unit is victim, perpetrator or event. */
gboolean cc_bounds_persons (CcCaseFile     *file,
                            const char     *unit,
                            CcPersonBounds *bounds,
                            GCancellable   *cancellable,
                            GError        **error);

G_END_DECLS
