/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-link-table-private.h"

G_BEGIN_DECLS

/* What columns of the table follow, as NAME:KIND. */
#define CC_LINK_ENCODED_HEADER                                                                     \
  "keys_version,normalise_version,secret_id,source,id,names,aliases,fathers,sex,birth,birth_"      \
  "first,"                                                                                         \
  "birth_last,age"
#define CC_LINK_ENCODED_COLUMNS 13

G_END_DECLS
