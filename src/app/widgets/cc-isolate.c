/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-isolate.h"

#include <gtk/gtk.h>

#define LEFT_TO_RIGHT_MARK   "\342\200\216" /* U+200E */
#define RIGHT_TO_LEFT_MARK   "\342\200\217" /* U+200F */
#define FIRST_STRONG_ISOLATE "\342\201\250" /* U+2068 */
#define POP_ISOLATE          "\342\201\251" /* U+2069 */

char *
cc_isolate (const char *part)
{
  const gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  PangoDirection direction;

  if (part == NULL)
    return g_strdup ("");
  direction = pango_find_base_dir (part, -1);
  if (direction == PANGO_DIRECTION_NEUTRAL || (direction == PANGO_DIRECTION_RTL) == rtl)
    return g_strdup (part);
  return g_strconcat (rtl ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK, FIRST_STRONG_ISOLATE, part,
                      POP_ISOLATE, NULL);
}
