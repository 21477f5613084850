/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-linkage.h>

G_BEGIN_DECLS

/* Linkage on other machines: the model and the prepared columns leave, scored pairs come back. */

typedef struct
{
  GPtrArray *files; /* char*: paths of what was written */
  guint      records;
} CcLinkExport;

/* Learns as cc_link_run() would with the same parameters and writes into the folder, which is made
 * where it is not there:
 *
 * - settings.json: the comparisons, levels and weights as settings for Splink 4;
 * - prepared.csv: what the comparison of two records looks at, names among it;
 * - examples.csv: pairs with the level of each comparison and the weight as found here;
 * - model.ini: the same model as the case file keeps it.
 *
 * The model and that it left are noted in one act, "export-model". On failure nothing stays. result
 * is cleared by cc_link_export_clear() either way. */
gboolean cc_link_export (CcCaseFile         *file,
                         const char         *unit,
                         const CcLinkParams *params,
                         const char         *folder,
                         CcProgress         *progress,
                         CcLinkExport       *result,
                         GError            **error);
void     cc_link_export_clear (CcLinkExport *self);

typedef struct
{
  guint        pairs;   /* read */
  guint        unknown; /* that name a record which is not here, or not any more */
  guint        below;   /* too improbable for anybody to look at */
  CcLinkCounts counts;
} CcLinkImport;

/* Brings scored pairs back, as a run that joins nothing by itself: they take the place of the
 * proposals, what an earlier run joined without a person is taken back, and verdicts of people
 * stand. path: CSV with unique_id_l, unique_id_r and match_weight (log odds in bits) or
 * match_probability. Weights are limited by the signs that a pair shows, as in cc_link_run(). */
gboolean cc_link_import_pairs (CcCaseFile   *file,
                               const char   *unit,
                               const char   *path,
                               CcProgress   *progress,
                               CcLinkImport *result,
                               GError      **error);

G_END_DECLS
