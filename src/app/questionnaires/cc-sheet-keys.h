/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "cc-sheet-plan.h"

G_BEGIN_DECLS

/* What a key does in a sheet. */
typedef enum
{
  CC_SHEET_KEY_NONE,
  CC_SHEET_KEY_MOVE, /* *move is set */
  CC_SHEET_KEY_PAGE_UP,
  CC_SHEET_KEY_PAGE_DOWN,
  CC_SHEET_KEY_OPEN,
  CC_SHEET_KEY_EDIT,
  CC_SHEET_KEY_MENU,
} CcSheetKey;

CcSheetKey cc_sheet_key_find (guint key, GdkModifierType state, gboolean rtl, CcSheetMove *move);

G_END_DECLS
