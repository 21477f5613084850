/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>

#include "cc-crypto-private.h"

G_BEGIN_DECLS

gboolean cc_page_check_run (const char  *path,
                            const CcKey *key,
                            CcProgress  *progress,
                            GPtrArray   *problems,
                            GError     **error);

G_END_DECLS
