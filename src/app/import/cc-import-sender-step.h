/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-import-step.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_SENDER_STEP (cc_import_sender_step_get_type ())
G_DECLARE_FINAL_TYPE (CcImportSenderStep,
                      cc_import_sender_step,
                      CC,
                      IMPORT_SENDER_STEP,
                      CcImportStep)

/* First step: which agency sent the file, and which period it covers. */

G_END_DECLS
