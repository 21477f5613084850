/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-isolate.h"

#include <gtk/gtk.h>

#define LEFT_TO_RIGHT_MARK   "\342\200\216" /* U+200E */
#define RIGHT_TO_LEFT_MARK   "\342\200\217" /* U+200F */
#define FIRST_STRONG_ISOLATE "\342\201\250" /* U+2068 */
#define POP_ISOLATE          "\342\201\251" /* U+2069 */

static gboolean
is_right_to_left (gunichar letter)
{
  switch ((int) g_unichar_get_script (letter))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_ADLAM:
      return TRUE;
    default:
      return FALSE;
    }
}

/* The first letter decides, as it does for the line; a part without one fits anywhere. */
static gboolean
fits (const char *part, gboolean rtl)
{
  for (const char *at = part; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return is_right_to_left (g_utf8_get_char (at)) == rtl;
  return TRUE;
}

char *
cc_isolate (const char *part)
{
  const gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  if (part == NULL)
    return g_strdup ("");
  if (fits (part, rtl))
    return g_strdup (part);
  return g_strconcat (rtl ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK, FIRST_STRONG_ISOLATE, part,
                      POP_ISOLATE, NULL);
}
