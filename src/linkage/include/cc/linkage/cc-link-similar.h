/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/model/cc-pack.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* A quick look for persons like one that is being entered. No weights and no decisions: who shares
 * a document, or the skeletons of two names, with a fitting year of birth. */
typedef struct
{
  const CcUnit *unit;
  GPtrArray    *names;     /* texts: family, given, full names, aliases */
  GPtrArray    *documents; /* texts */
  CcInterval    birth;
  gint64        except; /* record that is not looked at, 0 for none */
} CcLinkProbe;

typedef struct
{
  gint64   record;
  gint64   entity;   /* that stated it */
  guint    n_names;  /* names shared */
  gboolean document; /* shares a document's number */
  gboolean birth;    /* the dates of birth fit */
} CcLinkSimilar;

CcLinkProbe *cc_link_probe_new (const CcUnit *unit);
void         cc_link_probe_free (CcLinkProbe *self);

/* Element-type CcLinkSimilar, the most alike first, at most `most`. Reads all names of the unit:
 * away from the main loop. */
GPtrArray *cc_link_find_similar (CcCaseFile        *file,
                                 CcConnection      *connection,
                                 const CcLinkProbe *probe,
                                 guint              most,
                                 GCancellable      *cancellable,
                                 GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkProbe, cc_link_probe_free)

G_END_DECLS
