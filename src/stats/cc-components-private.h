/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-fact-load-private.h"
#include "cc-partition-private.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 a; /* clusters */
  gint64 b;
} CcOpenPair;

/* Clusters that open pairs connect, and what may become of them. */
typedef struct
{
  GArray       *clusters;   /* gint64 */
  GArray       *pairs;      /* CcOpenPair: may still be joined */
  GArray       *different;  /* CcOpenPair: decided not to be joined */
  CcPartitions *partitions; /* NULL where they are too many: the component is loose */
  GPtrArray    *facts;      /* CcFact* or NULL: of each subset, or where loose of each cluster */
  guint         n_facts;    /* clusters that are there at all */
  guint         n_forced;   /* where loose: so many at least remain */
  guint64       present;    /* which of them, where it has partitions */
  gboolean      passing;    /* its facts are not kept: cc_component_fill () */
  gboolean      chosen;     /* a user chose values of its clusters */
} CcComponent;

typedef struct
{
  GPtrArray *items; /* CcComponent* by their smallest cluster */
  guint      n_pairs;
  guint      n_undecidable; /* clusters of one record of which nobody can tell whose it is */
  char      *state;         /* head of the audit chain when they were read */
  CcArena   *arena;         /* of the facts */
} CcComponents;

CcComponents *cc_components_load (CcConnection *connection, CcKind kind, GError **error);
gboolean      cc_components_derive (CcComponents       *self,
                                    CcCaseFile         *file,
                                    CcConnection       *connection,
                                    CcKind              kind,
                                    const CcDerivePlan *derive,
                                    const CcCodeMap    *codes,
                                    GCancellable       *cancellable,
                                    GError            **error);
void          cc_components_free (CcComponents *self);

/* Components with their facts, from the last count of the file where nothing has happened since.
 * Given back, they are there for the next one. */
CcComponents *cc_components_take (CcCaseFile         *file,
                                  CcConnection       *connection,
                                  CcKind              kind,
                                  const CcDerivePlan *derive,
                                  const CcCodeMap    *codes,
                                  GCancellable       *cancellable,
                                  GError            **error);
void          cc_components_give_back (CcComponents *self, CcCaseFile *file, CcKind kind);

gboolean cc_component_fill (CcComponent        *self,
                            CcCaseFile         *file,
                            CcConnection       *connection,
                            CcKind              kind,
                            const CcDerivePlan *derive,
                            const CcCodeMap    *codes,
                            CcArena            *arena,
                            GError            **error);
void     cc_component_empty (CcComponent *self);

void cc_components_set_budget (const CcPartitionBudget *budget);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcComponents, cc_components_free)

G_END_DECLS
