/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CC_TYPE_DETAIL_ITEM (cc_detail_item_get_type ())
G_DECLARE_FINAL_TYPE (CcDetailItem, cc_detail_item, CC, DETAIL_ITEM, GObject)

/* A line of a window of details: a heading, or something with a place it leads to. */
CcDetailItem *cc_detail_item_new_heading (const char *title, const char *subtitle);
CcDetailItem *cc_detail_item_new (const char *title, const char *subtitle, gint64 record);

gboolean    cc_detail_item_is_heading (CcDetailItem *self);
const char *cc_detail_item_get_title (CcDetailItem *self);
const char *cc_detail_item_get_subtitle (CcDetailItem *self); /* "" where there is none */
gint64      cc_detail_item_get_record (CcDetailItem *self);   /* 0 where it leads nowhere */

G_END_DECLS
