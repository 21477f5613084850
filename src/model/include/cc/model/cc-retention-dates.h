/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

GPtrArray *cc_pack_get_retention_dates (CcPack *self, const char *from, const char *unit);

G_END_DECLS
