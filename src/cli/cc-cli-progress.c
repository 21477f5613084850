/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-cli.h"

#include <stdio.h>
#include <unistd.h>

static gboolean line_is_open;

static void
show (const CcProgressState *state, gpointer user_data)
{
  CcCli           *cli = user_data;
  const char      *phase = cc_texts_get (cli->texts, state->phase, cli->language);
  g_autofree char *done = cc_texts_number (cli->texts, cli->language, (double) state->done, 0);
  g_autofree char *total = cc_texts_number (cli->texts, cli->language, (double) state->total, 0);

  if (state->total > 0)
    fprintf (stderr, "\r\033[K%s: %s / %s", phase, done, total);
  else if (state->done > 0)
    fprintf (stderr, "\r\033[K%s: %s", phase, done);
  else
    fprintf (stderr, "\r\033[K%s", phase);
  if (state->seconds_left >= 1)
    fprintf (stderr, _ (", about %.0f s left"), state->seconds_left);
  fflush (stderr);
  line_is_open = TRUE;
}

/**
 * cc_cli_progress_new:
 *
 * Returns: (transfer full): a progress that draws on a terminal only, and is cancelled by Ctrl+C
 */
CcProgress *
cc_cli_progress_new (CcCli *cli)
{
  gboolean visible = isatty (STDERR_FILENO) && !cli->quiet && cli->texts;

  return cc_progress_new (cli->cancellable, visible ? show : NULL, cli);
}

/**
 * cc_cli_progress_end:
 *
 * Clears the line of progress, so that a message stands by itself.
 */
void
cc_cli_progress_end (void)
{
  if (line_is_open)
    fputs ("\r\033[K", stderr);
  line_is_open = FALSE;
}
