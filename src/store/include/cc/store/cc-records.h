/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Reading records back. `connection` is a reader of the file or the connection of a running act. */
CcRecord        *
cc_store_read_record (CcCaseFile *file, CcConnection *connection, gint64 id, GError **error);
gint64 cc_store_find_uuid (CcConnection *connection, const guint8 uuid[16], GError **error);

G_END_DECLS
