/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>
#include <cc/model/cc-texts.h>

G_BEGIN_DECLS

/* Progress in words of the window's language. Each returns (transfer full) a text, which is empty
 * where nothing is known yet. */
char *cc_progress_describe_counts (CcTexts *texts, const CcProgressState *state);
char *cc_progress_describe_time_left (const CcProgressState *state);

G_END_DECLS
