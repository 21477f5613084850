/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What became of a text that was being typed when the file locked itself. */
typedef enum
{
  CC_KEPT_NOTHING, /* there was none */
  CC_KEPT_BUSY,    /* it is being saved */
  CC_KEPT_ALL,
  CC_KEPT_PARTLY, /* but for what cannot be stored */
  CC_KEPT_NONE,
} CcKept;

/* One sentence for the user; NULL: there is nothing to tell. */
const char *cc_kept_describe (CcKept kept);

G_END_DECLS
