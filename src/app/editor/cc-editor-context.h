/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-entry.h>
#include <cc/model/cc-code-search.h>
#include <cc/store/cc-entity.h>

#include "cc-session.h"

G_BEGIN_DECLS

/* What all fields of a form share. */
typedef struct
{
  gatomicrefcount ref_count;
  CcSession      *session;
  CcPack         *pack; /* of the session's file */
  CcDateOrder     order;
  CcDay           today;
  GPtrArray      *entities; /* CcEntity, by name */
  GHashTable     *searches; /* list -> CcCodeSearch */
} CcEditorContext;

/* entities: (transfer full): CcEntity */
CcEditorContext *cc_editor_context_new (CcSession *session, GPtrArray *entities);
CcEditorContext *cc_editor_context_ref (CcEditorContext *self);
void             cc_editor_context_unref (gpointer self);
CcCodeSearch    *cc_editor_context_get_search (CcEditorContext *self, const char *list);
const CcEntity  *cc_editor_context_find_entity (CcEditorContext *self, gint64 id);

/* For entries that choose an agency: CcChoiceFunc with the context as source; ids are CcEntity. */
GPtrArray *cc_editor_context_find_entities (gpointer self, const char *text);

/* For entries that choose a code: CcChoiceFunc with a search as source; ids are CcCode. */
GPtrArray *cc_editor_find_codes (gpointer search, const char *text);

G_END_DECLS
