/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-act-private.h"

G_BEGIN_DECLS

/* What removals took out of the history. A change that was emptied keeps its hash alone, so the
 * chain cannot tell whether a removal has emptied it or somebody else. Therefore the act that
 * empties changes names each of them, in its own changes: by act and number, and by a hash over
 * these and what the changes were about (table and key). They stand among the seals, so that pages
 * of the history do not show them.
 *
 * Files of earlier versions have removals that name nothing. The first act that names takes over
 * what such removals have left; from then on, what no act names was emptied by somebody else. */
#define CC_EMPTIED_KEY "emptied:"

/* What is said about the chain begins so. */
#define CC_VERIFY_HISTORY "History: "

/* A list in the making; places come in the order of the chain. */
typedef struct _CcEmptied CcEmptied;

CcEmptied *cc_emptied_new (void);
void       cc_emptied_free (CcEmptied *self);
void cc_emptied_add (CcEmptied *self, gint64 seq, gint64 n, const char *table, const char *key);

/* Where no act of the chain names anything yet: takes over what removals have emptied so far. */
gboolean cc_emptied_take_over (CcEmptied *self, CcConnection *connection, GError **error);

/* The same for an act of the program's own, as changes of it, keys and texts in turn. Adds nothing
 * where an act names already. notes: (element-type utf8) */
gboolean cc_emptied_begin (CcConnection *connection, GPtrArray *notes, GError **error);

/* The list as changes of the act that names, keys and texts in turn; also of an empty list, which
 * says that removals name from here on. To be called once.
 *
 * Returns: (transfer none) (element-type utf8) */
GPtrArray *cc_emptied_end (CcEmptied *self);

/* Compares what is empty in the chain with what its acts name; the acts themselves are looked at
 * elsewhere. */
gboolean cc_emptied_check (CcConnection *connection, GPtrArray *problems, GError **error);

/* Removals that do not name what they emptied. */
gboolean cc_emptied_count_nameless (CcConnection *connection, gint64 *n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcEmptied, cc_emptied_free)

G_END_DECLS
