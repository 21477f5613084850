/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* What becomes of the codes and variables of one classification pack when another is installed over
 * it. The concordance is a CSV file with the columns kind (code or variable), list (of a code;
 * empty for a variable), old and new; several lines with the same old code are one-to-many, an
 * empty new says that nothing corresponds. What does not stand in it keeps its name where the new
 * pack has that name, too. */

typedef enum
{
  CC_FATE_SAME,    /* under the same name */
  CC_FATE_RECODED, /* one to one: the same thing under a new name */
  CC_FATE_KEPT,  /* nothing corresponds, or another code has that name already: the old one stays */
  CC_FATE_SPLIT, /* one to many: the old one stays until a person decides case by case */
} CcFateState;

typedef struct
{
  CcFateState state;
  const char *list; /* NULL for a variable */
  const char *old;
  char       *name; /* from now on: differs from old with CC_FATE_RECODED, and where the new pack
                       uses the old name for something narrower */
  char **targets;   /* of the concordance; empty where it has no line */
} CcFate;

typedef struct _CcConcordance CcConcordance;

CcConcordance       *
cc_concordance_load (const char *path, CcPack *old_pack, CcPack *new_pack, GError **error);
void  cc_concordance_free (CcConcordance *self);
guint cc_concordance_get_n_fates (CcConcordance *self);
const CcFate *cc_concordance_get_fate (CcConcordance *self, guint index);
gboolean      cc_concordance_write_pack (CcConcordance *self,
                                         const char    *old_directory,
                                         const char    *new_directory,
                                         const char    *directory,
                                         GError       **error);

char *cc_concordance_rewrite_map (CcConcordance *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcConcordance, cc_concordance_free)

G_END_DECLS
