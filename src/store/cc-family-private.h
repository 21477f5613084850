/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-connection-private.h"

G_BEGIN_DECLS

#define CC_FAMILY_META "family"

/* Copies and packages of one case file are its family: the same row has the same UUID in all of
 * them. The mark of the family is a message code under the record secret (RFC 2104), so it can be
 * shown to anyone: a package without direct identifiers holds the mark in the place of the secret,
 * with which the agencies' case numbers could be found out from the UUIDs by trying.
 *
 * Returns: (transfer full): the mark in digits; NULL with CC_ERROR_DAMAGED where the file has
 *   neither mark nor secret */
char *cc_family_read (CcConnection *connection, GError **error);

G_END_DECLS
