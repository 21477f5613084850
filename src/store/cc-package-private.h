/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-exchange.h>

#include "cc-act-private.h"
#include "cc-lineage-private.h"

G_BEGIN_DECLS

/* What is known while a package is made. `out` is the new file with the origin attached as
 * "source"; both are seen in one transaction. */
typedef struct
{
  CcCaseFile           *file;
  const CcPackageOrder *order;
  CcConnection         *out;
  CcPackageResult      *result;
} CcPackageJob;

/* Chooses the records: fills temp.keep. */
gboolean cc_package_choose (CcPackageJob *self, GError **error);

/* Copies what belongs to them. */
gboolean cc_package_copy (CcPackageJob *self, GError **error);

/* How a table takes part in packages: NULL for one that nobody has thought of. */
const char *cc_package_get_rule (const char *table);

G_END_DECLS
