/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-link-csv.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Records whose names may not travel: each word of a name, each number and place is replaced by
 * codes that only who knows the secret can make, so that two sides with the same secret can be
 * linked by the engine without either showing its names.
 *
 * A word has four levels: a key of its spelling, of its skeleton and of each variant group, all
 * HMAC-SHA-256 cut to 64 bits, and a Bloom filter of its pairs of letters for slips of the pen.
 * Numbers have a key, places one of the spelling and one of the skeleton. Sex, citizenship and
 * birth stay as they are.
 *
 * It is no anonymity: a code stands for the same word everywhere, so that a common name is known by
 * how often its code occurs, filters show which words share letters, and who has the secret can try
 * out names. Encoded files are personal data. */

/* Of what encoded files hold. */
#define CC_LINK_KEYS_VERSION 1

/* Fewer characters can be guessed. */
#define CC_LINK_LEAST_SECRET 32

/* What tells which secret was used, without telling the secret: 16 hexadecimal digits. */
char *cc_link_secret_id (const char *secret, GError **error);

/* ids, sources: what each record is called, by position. The lines are CSV with a header; they are
 * in the order of positions. NULL with CC_ERROR_USAGE where the secret is too short. */
GString *cc_link_encode (CcPack      *pack,
                         CcLinkTable *table,
                         GPtrArray   *ids,
                         GPtrArray   *sources,
                         const char  *secret,
                         GError     **error);

/* The same of the records of a case file, called by their UUIDs. */
GString *cc_link_encode_case (CcCaseFile *file,
                              const char *unit,
                              const char *secret,
                              CcProgress *progress,
                              guint      *n_records,
                              GError    **error);

/* Whether the file begins as encoded ones do. */
gboolean cc_link_is_encoded (const char *path);

/* Records of encoded files, ready for the engine. CC_ERROR_REFUSED where they were made with
 * different secrets or tables of names: nothing in them would match. truth: NULL. */
CcLinkCsv *cc_link_encoded_load (CcPack *pack, const char *const *paths, GError **error);

G_END_DECLS
