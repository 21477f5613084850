/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-difference.h>

G_BEGIN_DECLS

typedef struct _CcWatch CcWatch;

/* To be told by whatever changes a record; does nothing where nobody watches. old, new: NULL where
 * the record was, or will be, none that counts. */
gboolean cc_watch_take (CcAct           *act,
                        CcDifferenceKind kind,
                        gint64           record,
                        CcRecord        *old,
                        CcRecord *new,
                        GError **error);
void     cc_watch_free (CcWatch *self);

G_END_DECLS
