/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <cc/store/cc-record-list.h>

#include "cases/cc-record-item.h"
#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_RECORD_MODEL (cc_record_model_get_type ())
G_DECLARE_FINAL_TYPE (CcRecordModel, cc_record_model, CC, RECORD_MODEL, GObject)

/* A list of any length: eight bytes a line, and a light object for each line that somebody looks
 * at. What these show is read in blocks, off the main loop; the last ones read are kept. */
CcRecordModel *cc_record_model_new (void);

/* Shows other ids: records of `table`, or rows set aside where it is NULL. Lines that stay are read
 * again, but keep their place and their object. */
void
cc_record_model_set (CcRecordModel *self, CcSession *session, CcRecordTable *table, GArray *ids);
void cc_record_model_clear (CcRecordModel *self);

/* Whether most lines would stay where they are if ids were shown. */
gboolean cc_record_model_is_like (CcRecordModel *self, GArray *ids);
guint    cc_record_model_find (CcRecordModel *self, gint64 id);
gint64   cc_record_model_get_id (CcRecordModel *self, guint position);

G_END_DECLS
