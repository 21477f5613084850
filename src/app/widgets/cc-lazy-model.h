/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <cc/store/cc-connection.h>

#include "cc-session.h"
#include "widgets/cc-lazy-item.h"

G_BEGIN_DECLS

#define CC_TYPE_LAZY_MODEL (cc_lazy_model_get_type ())
G_DECLARE_FINAL_TYPE (CcLazyModel, cc_lazy_model, CC, LAZY_MODEL, GObject)

/* A list of any length for list views: eight bytes a line, and a CcLazyItem for each line that
 * somebody looks at. What these show is read in blocks, off the main loop. */

/* Reads the rows of some ids. Each row begins with its id (gint64); one that is gone is left out.
 * Called in a thread. */
typedef GPtrArray *(*CcLazyRead) (CcCaseFile   *file,
                                  CcConnection *connection,
                                  const gint64 *ids,
                                  guint         n_ids,
                                  GError      **error);

CcLazyModel *cc_lazy_model_new (CcLazyRead read, GDestroyNotify free_row);

/* Shows other ids; NULL none. ids: (element-type gint64) (transfer none) */
void   cc_lazy_model_set (CcLazyModel *self, CcSession *session, GArray *ids);
gint64 cc_lazy_model_get_id (CcLazyModel *self, guint position);

G_END_DECLS
