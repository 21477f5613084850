/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-derive-private.h"

#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

typedef enum
{
  CC_LOAD_DIRTY,   /* clusters in dirty_cluster */
  CC_LOAD_ALL,     /* all clusters of the kind */
  CC_LOAD_CLUSTER, /* one cluster */
  CC_LOAD_RECORDS, /* each victim record on its own */
} CcLoadScope;

/* Code ids of a case file and indices of the pack, both ways; entities by id. */
typedef struct
{
  CcPack     *pack;
  guint32    *index; /* per code id: index + 1, 0 = not a code of the pack, or no value */
  guint       n_index;
  gint64     *id;       /* per index */
  GHashTable *entities; /* gint64* -> CcSourceEntity* */
} CcCodeMap;

typedef struct _CcFactLoader CcFactLoader;

CcCodeMap            *cc_code_map_new (CcCaseFile *file, CcConnection *connection, GError **error);
void                  cc_code_map_free (CcCodeMap *self);
guint                 cc_code_map_find (const CcCodeMap *self, gint64 id);
const CcSourceEntity *cc_code_map_find_entity (gpointer map, gint64 id);

CcFactLoader *cc_fact_loader_new (const CcDerivePlan *plan,
                                  const CcCodeMap    *codes,
                                  CcCaseFile         *file,
                                  CcConnection       *connection,
                                  CcKind              kind,
                                  CcLoadScope         scope,
                                  gint64              cluster,
                                  GError            **error);
void          cc_fact_loader_free (CcFactLoader *self);
gboolean      cc_fact_loader_next (CcFactLoader *self,
                                   CcSourceSet  *set,
                                   CcArena      *arena,
                                   gboolean     *found,
                                   GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcCodeMap, cc_code_map_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcFactLoader, cc_fact_loader_free)

G_END_DECLS
