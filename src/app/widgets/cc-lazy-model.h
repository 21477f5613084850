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
 * somebody looks at. What these show is read in blocks, off the main loop.
 *
 * When the list becomes another, its lines stay and stand for other ids: a view of GTK 4.8 makes
 * some 200 lines whatever it shows, and making or taking them away at once holds up the window. For
 * the same reason views learn step by step that a list has more or fewer lines than before. */

/* Reads the rows of some ids. Each row begins with its id (gint64); one that is gone is left out.
 * data: of cc_lazy_model_set_source (). Called in a thread. */
typedef GPtrArray *(*CcLazyRead) (CcCaseFile   *file,
                                  CcConnection *connection,
                                  gpointer      data,
                                  const gint64 *ids,
                                  guint         n_ids,
                                  GError      **error);

CcLazyModel *cc_lazy_model_new (CcLazyRead read, GDestroyNotify free_row);

/* Where rows are read from now on; before cc_lazy_model_set (). data: (transfer full): freed when
 * no thread needs it any more. */
void cc_lazy_model_set_source (CcLazyModel   *self,
                               CcLazyRead     read,
                               gpointer       data,
                               GDestroyNotify free_data,
                               GDestroyNotify free_row);

/* Shows other ids; NULL none. Rows are read again even where the ids are the same. What is selected
 * by its place means another line afterwards: who has a selection sets it anew, unless
 * cc_lazy_model_is_same () says that nothing moves. ids: (element-type gint64) (transfer none): not
 * changed any more */
void     cc_lazy_model_set (CcLazyModel *self, CcSession *session, GArray *ids);
gboolean cc_lazy_model_is_same (CcLazyModel *self, CcSession *session, GArray *ids);

/* Lines of the list; views may know of fewer, or for a moment of more, which then are blank. */
guint cc_lazy_model_get_length (CcLazyModel *self);

/* Returns: the id at a place, 0 beyond the end; the place of an id, G_MAXUINT where it is not */
gint64 cc_lazy_model_get_id (CcLazyModel *self, guint position);
guint  cc_lazy_model_find (CcLazyModel *self, gint64 id);

G_END_DECLS
