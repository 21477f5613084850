/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-sheet-keys.h"

static const struct
{
  guint       key;
  guint       keypad;
  CcSheetMove move;
  CcSheetMove with_control;
} moves[] = {
  { GDK_KEY_Up, GDK_KEY_KP_Up, CC_SHEET_UP, CC_SHEET_UP },
  { GDK_KEY_Down, GDK_KEY_KP_Down, CC_SHEET_DOWN, CC_SHEET_DOWN },
  { GDK_KEY_Left, GDK_KEY_KP_Left, CC_SHEET_BACKWARD, CC_SHEET_LINE_START },
  { GDK_KEY_Right, GDK_KEY_KP_Right, CC_SHEET_FORWARD, CC_SHEET_LINE_END },
  { GDK_KEY_Home, GDK_KEY_KP_Home, CC_SHEET_LINE_START, CC_SHEET_FIRST },
  { GDK_KEY_End, GDK_KEY_KP_End, CC_SHEET_LINE_END, CC_SHEET_LAST },
};

static const struct
{
  guint      keys[3];
  CcSheetKey act;
} acts[] = {
  { { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up }, CC_SHEET_KEY_PAGE_UP },
  { { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down }, CC_SHEET_KEY_PAGE_DOWN },
  { { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter }, CC_SHEET_KEY_OPEN },
  { { GDK_KEY_F2 }, CC_SHEET_KEY_EDIT },
  { { GDK_KEY_Menu }, CC_SHEET_KEY_MENU },
};

/* Left and right go by the eye, whichever way the sheet runs. */
static CcSheetMove
mirror (CcSheetMove move)
{
  switch (move)
    {
    case CC_SHEET_BACKWARD:
      return CC_SHEET_FORWARD;
    case CC_SHEET_FORWARD:
      return CC_SHEET_BACKWARD;
    case CC_SHEET_LINE_START:
      return CC_SHEET_LINE_END;
    case CC_SHEET_LINE_END:
      return CC_SHEET_LINE_START;
    case CC_SHEET_UP:
    case CC_SHEET_DOWN:
    case CC_SHEET_FIRST:
    case CC_SHEET_LAST:
    default:
      return move;
    }
}

static gboolean
is_sideways (guint key)
{
  return key == GDK_KEY_Left || key == GDK_KEY_Right;
}

CcSheetKey
cc_sheet_key_find (guint key, GdkModifierType state, gboolean rtl, CcSheetMove *move)
{
  const gboolean control = (state & GDK_CONTROL_MASK) != 0;

  if ((state & GDK_ALT_MASK) != 0)
    return CC_SHEET_KEY_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (key == moves[i].key || key == moves[i].keypad)
      {
        *move = control ? moves[i].with_control : moves[i].move;
        if (rtl && is_sideways (moves[i].key))
          *move = mirror (*move);
        return CC_SHEET_KEY_MOVE;
      }
  if (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0)
    return CC_SHEET_KEY_MENU;
  for (guint i = 0; !control && i < G_N_ELEMENTS (acts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (acts[i].keys) && acts[i].keys[k] != 0; k++)
      if (key == acts[i].keys[k])
        return acts[i].act;
  return CC_SHEET_KEY_NONE;
}
