/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-progress-text.h"

#include "cc-language.h"

#include <glib/gi18n.h>
#include <math.h>

char *
cc_progress_describe_counts (CcTexts *texts, const CcProgressState *state)
{
  const char      *language = cc_language_get ();
  g_autofree char *done = cc_texts_number (texts, language, (double) state->done, 0);
  g_autofree char *total = cc_texts_number (texts, language, (double) state->total, 0);
  g_autofree char *rate = cc_texts_number (texts, language, floor (state->rate), 0);

  if (state->total == 0)
    return state->done > 0 ? g_steal_pointer (&done) : g_strdup ("");
  if (state->rate < 1)
    /* Translators: progress of long work: how many are done of how many. */
    return g_strdup_printf (_ ("%1$s of %2$s"), done, total);
  /* Translators: progress of long work: done, of all, and how many are done in a second. */
  return g_strdup_printf (_ ("%1$s of %2$s, %3$s per second"), done, total, rate);
}

char *
cc_progress_describe_time_left (const CcProgressState *state)
{
  const double seconds = ceil (state->seconds_left);

  if (state->seconds_left < 0 || state->done == 0)
    return g_strdup ("");
  if (seconds < 90)
    return g_strdup_printf (ngettext ("About %d second left", "About %d seconds left",
                                      (gulong) MAX (seconds, 1)),
                            (int) MAX (seconds, 1));
  return g_strdup_printf (ngettext ("About %d minute left", "About %d minutes left",
                                    (gulong) ceil (seconds / 60)),
                          (int) ceil (seconds / 60));
}
